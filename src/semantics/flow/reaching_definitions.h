// Which bindings of a variable may be its last where a node begins. A definition is a node that may
// bind or unbind a slot, or what the variable is before the region; both ends count as definitions,
// so that a slot of whose definitions `before` is one may still be unbound.
//
// Only what the frame itself binds is seen. What inner functions rebind (Symbol::rebound_inside),
// and variables of modules and classes, may be bound elsewhere at any call.
#pragma once

#include "semantics/flow/cfg_region.h"

#include <cstdint>
#include <vector>

namespace unspool::semantics {

struct Definition {
  static constexpr uint32_t kBefore = UINT32_MAX;
  uint32_t node = kBefore;  // of the graph; kBefore: what was there before the region was entered
  uint32_t slot = 0;        // the number of the slot in the region
};

class ReachingDefinitions {
 public:
  // `from` is the node with which the region begins.
  ReachingDefinitions(const Cfg& cfg, const CfgRegion& region, uint32_t from);

  // Sorted by slot, and by node within; that of before comes first.
  const std::vector<Definition>& definitions() const { return definitions_; }
  // The definitions of one slot (by its number in the region) that reach the beginning of a node
  // (by its number there), as indices into definitions(). Where the node binds the slot in the
  // midst of what it reads, its own binding is one.
  std::vector<uint32_t> At(uint32_t row, uint32_t slot) const;
  // Those that are the last ones where the node ends without an exception.
  std::vector<uint32_t> After(uint32_t row, uint32_t slot) const;

 private:
  class Problem;

  const Cfg& cfg_;
  const CfgRegion& region_;
  std::vector<Definition> definitions_;
  std::vector<uint32_t> first_of_slot_;  // and one more
  // For each row, its own definitions; those of row r are own_[own_begin_[r]] and on.
  std::vector<uint32_t> own_, own_begin_;
  SlotTable before_;
};

}  // namespace unspool::semantics
