// Reads what one text binds: module, class bodies, and functions with definitions inside; classes
// and functions with their parts as written. Resolves nothing.
#pragma once

#include "semantics/declarations/builder.h"

namespace unspool::semantics::declarations {

void Collect(Builder& builder, UnitId unit);

}  // namespace unspool::semantics::declarations
