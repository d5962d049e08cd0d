#include "dependence/frame_flow.h"

#include "dependence/loop_body.h"

#include <algorithm>

namespace unspool::dependence {

using semantics::Cfg;
using semantics::CfgLoop;
using semantics::CfgNode;
using syntax::NodeKind;

FrameFlow::FrameFlow(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                     const base::IdVector<NodeId, NodeId>& starts, semantics::ScopeId scope)
    : tree_(tree),
      starts_(starts),
      cfg_(Cfg::Build(tree, scopes, scope)),
      whole_(semantics::CfgRegion::OfAllNodes(cfg_, scopes[scope].symbols.size())),
      live_(0, 0),
      region_(cfg_, scopes[scope].symbols.size()),
      dead_ends_(cfg_.nodes().size()) {
  for (uint32_t index = 0; index < cfg_.nodes().size(); ++index) {
    if (cfg_.nodes()[index].ast) by_statement_.emplace_back(cfg_.nodes()[index].ast, index);
  }
  std::sort(by_statement_.begin(), by_statement_.end());
  AddLoopSlots();
  live_ = semantics::LiveBefore(cfg_, whole_);
}

// Only what loops bind is ever asked about, and in long straight code that is little.
void FrameFlow::AddLoopSlots() {
  for (const auto& [loop, place] : cfg_.loops()) {
    for (const auto& [statement, index] : NodesIn(starts_[NodeId(loop)], NodeId(loop))) {
      for (uint32_t slot : cfg_.nodes()[index].clears) whole_.slots.Add(slot);
    }
  }
  whole_.slots.Sort();
}

std::span<const std::pair<NodeId, uint32_t>> FrameFlow::NodesIn(NodeId first, NodeId last) const {
  auto begin = std::lower_bound(by_statement_.begin(), by_statement_.end(), std::pair(first, 0U));
  auto end = std::upper_bound(begin, by_statement_.end(), std::pair(last, UINT32_MAX));
  return {begin, end};
}

const LoopRegion* FrameFlow::RegionOf(NodeId loop) {
  const CfgLoop* place = cfg_.LoopAt(loop);
  if (!place) return nullptr;
  region_.part.nodes.Clear();
  region_.part.slots.Clear();
  region_.writes.clear();
  const bool is_for = tree_.kind(loop) != NodeKind::While;
  region_.header = place->header;
  // Binding the target belongs to the iteration; so does the test of a `while`.
  region_.entry = is_for ? place->header + 1 : place->header;
  const syntax::NodeList body = BodyOfLoop(tree_, loop);
  for (const auto& [statement, index] : NodesIn(starts_[body.front()], body.back())) {
    region_.part.nodes.Add(index);
  }
  region_.part.nodes.Sort();
  for (uint32_t index : region_.part.nodes.keys()) {
    const CfgNode& node = cfg_.nodes()[index];
    for (uint32_t slot : node.clears) region_.writes.try_emplace(slot, node.ast);
  }
  for (const auto& [slot, write] : region_.writes) region_.part.slots.Add(slot);
  region_.part.nodes.Add(region_.entry);
  AddJoins(*place);
  region_.part.nodes.Sort();
  AddExits(*place);
  return &region_;
}

// Joining nodes without a statement (after inner loops, `with`, `finally`) belong to the region if
// what they come from does, and they lead on within it.
void FrameFlow::AddJoins(const CfgLoop& place) {
  base::SparseSet& inside = region_.part.nodes;
  dead_ends_.Clear();
  // The set grows while it is walked.
  for (size_t at = 0; at < inside.size(); ++at) {
    const CfgNode& node = cfg_.nodes()[inside.keys()[at]];
    for (const auto* edges : {&node.next, &node.raises}) {
      for (uint32_t next : *edges) {
        if (cfg_.nodes()[next].ast || next == cfg_.exit() || next == place.after) continue;
        if (!inside.Has(next) && LeadsBack(next)) inside.Add(next);
      }
    }
  }
}

// Whether a way without statements leads from a node into the region, or on to the next iteration.
bool FrameFlow::LeadsBack(uint32_t from) {
  const size_t known = dead_ends_.size();
  stack_.assign(1, from);
  while (!stack_.empty()) {
    const uint32_t index = stack_.back();
    stack_.pop_back();
    if (index == region_.header || region_.part.nodes.Has(index)) {
      dead_ends_.Truncate(known);
      return true;
    }
    if (dead_ends_.Has(index) || cfg_.nodes()[index].ast) continue;
    dead_ends_.Add(index);
    for (uint32_t next : cfg_.nodes()[index].next) stack_.push_back(next);
  }
  return false;
}

void FrameFlow::AddExits(const CfgLoop& place) {
  region_.outside.Clear();
  region_.handlers.Clear();
  region_.outside.Add(place.after);
  for (uint32_t index : region_.part.nodes.keys()) {
    const CfgNode& node = cfg_.nodes()[index];
    for (uint32_t next : node.next) {
      if (next != place.header && !region_.part.nodes.Has(next)) region_.outside.Add(next);
    }
    for (uint32_t handler : node.raises) {
      if (region_.part.nodes.Has(handler)) continue;
      region_.handlers.Add(handler);
      if (handler != place.header) region_.outside.Add(handler);
    }
  }
}

bool FrameFlow::LiveBeforeAny(const base::SparseSet& nodes, uint32_t slot) const {
  const uint32_t number = whole_.slots.PositionOf(slot);
  return std::ranges::any_of(nodes.keys(), [&](uint32_t node) { return live_.Has(node, number); });
}

}  // namespace unspool::dependence
