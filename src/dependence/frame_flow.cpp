#include "dependence/frame_flow.h"

#include <algorithm>

namespace unspool::dependence {

using semantics::Cfg;
using semantics::CfgEdge;
using semantics::CfgLoop;

FrameFlow::FrameFlow(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                     semantics::ScopeId scope)
    : cfg_(Cfg::Build(tree, scopes, scope)),
      whole_(semantics::CfgRegion::OfAllNodes(cfg_, scopes[scope].symbols.size())),
      live_(0, 0),
      region_(cfg_, scopes[scope].symbols.size()) {
  AddLoopSlots();
  live_ = semantics::LiveBefore(cfg_, whole_);
}

// Only what loops bind is ever asked about, and in long straight code that is little.
void FrameFlow::AddLoopSlots() {
  uint32_t done = 0;
  for (const auto& [statement, loop] : cfg_.loops()) {
    // Inner loops come after the ones around them, and lie within.
    for (done = std::max(done, loop.header); done < loop.after; ++done) {
      for (uint32_t slot : cfg_.Clears(done)) whole_.slots.Add(slot);
    }
  }
  whole_.slots.Sort();
}

const LoopRegion* FrameFlow::RegionOf(NodeId loop) {
  const std::span<const CfgLoop> copies = cfg_.LoopsAt(loop);
  if (copies.empty()) return nullptr;
  const CfgLoop& place = copies.front();
  region_.part.nodes.Clear();
  region_.part.slots.Clear();
  region_.writes.clear();
  region_.header = place.header;
  // Binding the target belongs to the iteration; so does the test of a `while`.
  region_.entry = place.first;
  for (uint32_t node = place.first; node < place.after; ++node) {
    region_.part.nodes.Add(node);
    if (node == place.first) continue;
    for (uint32_t slot : cfg_.Clears(node)) {
      region_.writes.try_emplace(slot, cfg_.nodes()[node].ast);
    }
  }
  for (const auto& [slot, write] : region_.writes) region_.part.slots.Add(slot);
  AddExits(copies);
  return &region_;
}

void FrameFlow::AddExits(std::span<const CfgLoop> copies) {
  region_.outside.Clear();
  region_.handlers.Clear();
  for (const CfgLoop& place : copies) {
    region_.outside.Add(place.after);
    for (uint32_t node = place.first; node < place.after; ++node) {
      for (const CfgEdge& edge : cfg_.EdgesFrom(node)) {
        const bool inside = place.first <= edge.to && edge.to < place.after;
        if (inside || edge.to == place.header) continue;
        region_.outside.Add(edge.to);
        // Where an exception leaves the frame, nothing handles it.
        const bool handled = edge.to != cfg_.raise_exit();
        if (edge.carries_exception() && handled) region_.handlers.Add(edge.to);
      }
    }
  }
}

bool FrameFlow::LiveBeforeAny(const base::SparseSet& nodes, uint32_t slot) const {
  const uint32_t number = whole_.slots.PositionOf(slot);
  return std::ranges::any_of(nodes.keys(), [&](uint32_t node) { return live_.Has(node, number); });
}

}  // namespace unspool::dependence
