// Control flow of one function or module, and the parts of it that its loops are. A loop is found
// and judged in time that grows with the loop alone: functions may have very many.
#pragma once

#include "semantics/cfg_region.h"

#include <map>

namespace unspool::dependence {

using semantics::NodeId;

// One loop's iterations in the graph.
struct LoopRegion {
  LoopRegion(const semantics::Cfg& cfg, size_t slots)
      : part(cfg, slots), outside(cfg.nodes().size()), handlers(cfg.nodes().size()) {}

  // The nodes of an iteration in ascending order, and the slots that the body binds or unbinds.
  semantics::CfgRegion part;
  uint32_t entry = 0;   // where an iteration begins
  uint32_t header = 0;  // where it goes when it is done
  // The first node that binds each slot of the part.
  std::map<uint32_t, NodeId> writes;
  // Where control goes on after the loop, however it ends; the handlers among them.
  base::SparseSet outside;
  base::SparseSet handlers;
};

class FrameFlow {
 public:
  FrameFlow(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
            const base::IdVector<NodeId, NodeId>& starts, semantics::ScopeId scope);

  const semantics::Cfg& cfg() const { return cfg_; }
  // The loop's region, until that of another is asked for; none for code that is not in the graph.
  const LoopRegion* RegionOf(NodeId loop);
  // Whether a slot that some loop binds is live before one of the nodes.
  bool LiveBeforeAny(const base::SparseSet& nodes, uint32_t slot) const;

 private:
  std::span<const std::pair<NodeId, uint32_t>> NodesIn(NodeId first, NodeId last) const;
  void AddLoopSlots();
  void AddJoins(const semantics::CfgLoop& place);
  bool LeadsBack(uint32_t from);
  void AddExits(const semantics::CfgLoop& place);

  const syntax::Tree& tree_;
  const base::IdVector<NodeId, NodeId>& starts_;
  semantics::Cfg cfg_;
  // Statements and their nodes of the graph, in the order of the tree, where a body is one range.
  std::vector<std::pair<NodeId, uint32_t>> by_statement_;
  // All nodes, and the slots that some loop binds.
  semantics::CfgRegion whole_;
  semantics::SlotTable live_;
  LoopRegion region_;
  base::SparseSet dead_ends_;
  std::vector<uint32_t> stack_;
};

}  // namespace unspool::dependence
