// A `for` statement rewritten: its body in a worker function, its updates replayed in the parent.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

void PlanStatement(Draft& draft);

}  // namespace unspool::transform
