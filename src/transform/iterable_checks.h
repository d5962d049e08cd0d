// Whether reading the iterable ahead of the loop's body is harmless.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

// The iterable is a container, or an iterator whose state nobody else sees; its items travel.
void CheckIterable(Draft& draft);

}  // namespace unspool::transform
