// Loads the closure of units: the inputs, and what they import, round by round, each round parsed
// over all cores. Out: the units sorted by module name, stub before source, so that their numbers
// do not depend on threads.
#pragma once

#include "semantics/declarations/declare.h"

#include <vector>

namespace unspool::semantics::declarations {

struct LoadedUnit {
  UnitInput input;
  bool parsed = false;  // its tree has no errors
};

std::vector<LoadedUnit> LoadUnits(const DeclareOptions& options);

}  // namespace unspool::semantics::declarations
