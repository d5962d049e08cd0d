// What data flow says of the nodes of a frame.
#include "devtools/cfg_frames.h"
#include "semantics/flow/dominance.h"
#include "semantics/flow/reaching_definitions.h"

#include <algorithm>

namespace unspool::devtools {

using semantics::Cfg;
using semantics::CfgRegion;

namespace {

// A table has a bit for each node and variable; for frames where that is too much, a part of the
// variables is asked about at a time.
constexpr size_t kMostBits = size_t{1} << 28;

// Calls visit(region) for regions of all nodes that have all slots between them. A slot needs as
// many bits a node as it has bindings.
template <typename Visit>
void ForEachPart(const CfgFrame& frame, Visit&& visit) {
  const Cfg& cfg = frame.cfg();
  std::vector<size_t> bits(frame.slot_count(), 1);
  size_t of_any = 0;
  for (uint32_t node = 0; node < cfg.nodes().size(); ++node) {
    of_any += cfg.nodes()[node].binds_anything;
    for (uint32_t slot : cfg.Clears(node)) ++bits[slot];
  }
  CfgRegion region = CfgRegion::OfAllNodes(cfg, frame.slot_count());
  size_t used = 0;
  for (uint32_t slot = 0; slot < frame.slot_count(); ++slot) {
    region.slots.Add(slot);
    used += (bits[slot] + of_any) * cfg.nodes().size();
    if (used < kMostBits && slot + 1 < frame.slot_count()) continue;
    visit(region);
    region.slots.Clear();
    used = 0;
  }
}

void AddSlots(const CfgRegion& region, const semantics::SlotTable& table,
              std::vector<std::vector<uint32_t>>& facts) {
  for (uint32_t node = 0; node < facts.size(); ++node) {
    for (uint32_t slot = 0; slot < region.slots.size(); ++slot) {
      if (table.Has(node, slot)) facts[node].push_back(region.slots.keys()[slot]);
    }
  }
}

}  // namespace

void AddLiveness(const CfgFrame& frame, CfgFlowFacts& facts) {
  facts.live.resize(frame.cfg().nodes().size());
  ForEachPart(frame, [&](const CfgRegion& region) {
    AddSlots(region, semantics::LiveBefore(frame.cfg(), region), facts.live);
  });
}

void AddBound(const CfgFrame& frame, CfgFlowFacts& facts) {
  facts.bound.resize(frame.cfg().nodes().size());
  ForEachPart(frame, [&](const CfgRegion& region) {
    AddSlots(region, semantics::BoundBefore(frame.cfg(), region, frame.cfg().entry(), {}).before,
             facts.bound);
  });
}

void AddDefinitions(const CfgFrame& frame, CfgFlowFacts& facts) {
  const Cfg& cfg = frame.cfg();
  facts.reads.resize(cfg.nodes().size());
  ForEachPart(frame, [&](const CfgRegion& region) {
    const semantics::ReachingDefinitions reaching(cfg, region, cfg.entry());
    for (uint32_t node = 0; node < cfg.nodes().size(); ++node) {
      for (uint32_t slot : cfg.Uses(node)) {
        if (!region.slots.Has(slot)) continue;
        CfgFlowFacts::Read read{.slot = slot, .nodes = {}, .maybe_unbound = false};
        for (uint32_t index : reaching.At(node, region.slots.PositionOf(slot))) {
          const semantics::Definition& definition = reaching.definitions()[index];
          const bool before = definition.node == semantics::Definition::kBefore;
          read.maybe_unbound |= before;
          if (!before) read.nodes.push_back(definition.node);
        }
        facts.reads[node].push_back(std::move(read));
      }
    }
  });
}

void AddDominators(const CfgFrame& frame, CfgFlowFacts& facts) {
  const Cfg& cfg = frame.cfg();
  const auto dominators = semantics::DominatorTree::Of(cfg);
  const auto ends = semantics::DominatorTree::OfEnds(cfg);
  const auto nest = semantics::LoopNest::Of(cfg, dominators);
  for (uint32_t node = 0; node < cfg.nodes().size(); ++node) {
    facts.dominator.push_back(node == cfg.entry() ? UINT32_MAX : dominators.Parent(node));
    const uint32_t end = ends.Parent(node);
    facts.end_dominator.push_back(end == cfg.nodes().size() ? UINT32_MAX : end);
    const uint32_t loop = nest.innermost[node];
    facts.loop.push_back(loop == semantics::LoopNest::kNone ? UINT32_MAX : nest.loops[loop].header);
  }
}

}  // namespace unspool::devtools
