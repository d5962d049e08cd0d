// Control flow of one function or module, and the parts of it that its loops are. A loop is found
// and judged in time that grows with the loop alone: functions may have very many.
#pragma once

#include "semantics/flow/cfg_region.h"

#include <map>

namespace unspool::dependence {

using semantics::NodeId;

// One loop's iterations in the graph. A loop in a finally block stands there once for each reason
// of leaving; the copies are alike inside, and go on in different places.
struct LoopRegion {
  LoopRegion(const semantics::Cfg& cfg, size_t slots)
      : part(cfg, slots), outside(cfg.nodes().size()), handlers(cfg.nodes().size()) {}

  // The nodes of an iteration of one copy in ascending order, and the slots that the body binds or
  // unbinds.
  semantics::CfgRegion part;
  uint32_t entry = 0;   // where an iteration begins
  uint32_t header = 0;  // where it goes when it is done
  // The first node that binds each slot of the part.
  std::map<uint32_t, NodeId> writes;
  // Where control goes on after any copy, however it ends; the handlers among them.
  base::SparseSet outside;
  base::SparseSet handlers;
};

class FrameFlow {
 public:
  FrameFlow(const syntax::Tree& tree, const semantics::ScopeTree& scopes, semantics::ScopeId scope);

  const semantics::Cfg& cfg() const { return cfg_; }
  // The loop's region, until that of another is asked for; none for code that is not in the graph.
  const LoopRegion* RegionOf(NodeId loop);
  // Whether a slot that some loop binds is live before one of the nodes.
  bool LiveBeforeAny(const base::SparseSet& nodes, uint32_t slot) const;

 private:
  void AddLoopSlots();
  void AddExits(std::span<const semantics::CfgLoop> copies);

  semantics::Cfg cfg_;
  // All nodes, and the slots that some loop binds.
  semantics::CfgRegion whole_;
  semantics::SlotTable live_;
  LoopRegion region_;
};

}  // namespace unspool::dependence
