// The order of method resolution by C3, with unknown classes among the bases: what is certain comes
// out, up to where a class that is not known may stand. Knows no declarations: its own tests.
#pragma once

#include "semantics/declarations/ids.h"

#include <span>
#include <vector>

namespace unspool::semantics::declarations {

// One base and its own order. `open`: behind `order` come classes that are not known; an unknown
// base is open with nothing in it.
struct BaseOrder {
  ClassId base;
  std::span<const ClassId> order;
  bool open = false;
};

struct LinearOrder {
  enum class State : unsigned char { Complete, Partial, Inconsistent };
  State state = State::Complete;
  std::vector<ClassId> classes;  // behind the class itself
};

LinearOrder Linearize(std::span<const BaseOrder> bases);

}  // namespace unspool::semantics::declarations
