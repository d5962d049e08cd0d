// Dominators and post-dominators (Cooper, Harvey and Kennedy 2001), as a problem of data_flow.h,
// and the loops that back edges make. Edges of exceptions count like any other.
#pragma once

#include "semantics/flow/flow_graph.h"

#include <cstdint>
#include <vector>

namespace unspool::semantics {

// A tree over nodes, by the parent of each; the root is its own.
class DominatorTree {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;  // no way leads from the root

  static DominatorTree Of(const Cfg& cfg);
  // Which nodes lie on every way from a node to the end of the frame, by return or exception. The
  // root is the number after the last node: it stands for both exits. Nodes from which no way leads
  // to an end (endless loops) have none.
  static DominatorTree OfEnds(const Cfg& cfg);

  uint32_t Parent(uint32_t node) const { return parent_[node]; }
  bool Has(uint32_t node) const { return parent_[node] != kNone; }
  bool Dominates(uint32_t upper, uint32_t lower) const {
    return Has(lower) && Has(upper) && first_[upper] <= first_[lower] &&
           last_[lower] <= last_[upper];
  }

 private:
  void Number(uint32_t root);

  std::vector<uint32_t> parent_;
  // When a walk over the tree enters and leaves each node.
  std::vector<uint32_t> first_, last_;
};

struct NaturalLoop {
  uint32_t header;
  uint32_t outer = UINT32_MAX;  // the loop around, by its number
  uint32_t depth = 1;
  std::vector<uint32_t> back;  // where the back edges come from
};

// The loops in the order of their headers (outer ones first), and the innermost one around each
// node. Python has no way to jump into a loop, so that all cycles are loops of this kind.
struct LoopNest {
  static constexpr uint32_t kNone = UINT32_MAX;

  static LoopNest Of(const Cfg& cfg, const DominatorTree& dominators);

  std::vector<NaturalLoop> loops;
  std::vector<uint32_t> innermost;
};

}  // namespace unspool::semantics
