// Data-flow questions on a graph or part of it: some of its nodes, and some of the scope's
// variables. What they cost grows with the part, whatever the size of the function around.
#pragma once

#include "base/sparse_set.h"
#include "semantics/flow/cfg.h"
#include "semantics/flow/slot_table.h"

#include <cstdint>
#include <span>
#include <vector>

namespace unspool::semantics {

// Both sets number their members from 0, and the answers below go by those numbers. Edges to nodes
// outside carry nothing.
struct CfgRegion {
  CfgRegion(const Cfg& cfg, size_t slots_of_scope)
      : nodes(cfg.nodes().size()), slots(slots_of_scope) {}
  // All nodes, in their order.
  static CfgRegion OfAllNodes(const Cfg& cfg, size_t slots_of_scope);

  base::SparseSet nodes;
  base::SparseSet slots;
};

// Live slots before each node: those that some path from there reads before it binds them anew.
SlotTable LiveBefore(const Cfg& cfg, const CfgRegion& region);

struct BoundSlots {
  SlotTable before;           // all slots where no way leads to a node
  std::vector<bool> reached;  // the nodes to which a way leads
};

// Slots certainly bound before each node, whatever way led there from node `from`, before which
// those of `bound` are.
BoundSlots BoundBefore(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                       std::span<const uint32_t> bound);

// For each slot whether it is bound on every way from node `from` through the region to `to`, when
// none is bound before `from`. Ways along exceptions count where they lead to other nodes.
std::vector<bool> BoundOnEveryWay(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                                  uint32_t to);

}  // namespace unspool::semantics
