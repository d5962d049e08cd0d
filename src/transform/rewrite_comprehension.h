// A comprehension rewritten: its elements computed in a worker function.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

void PlanComprehension(Draft& draft);

}  // namespace unspool::transform
