// What comes back from the workers, and the updates that the parent replays with it.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

// Refuses a result that would not come back as it is.
void CheckResult(Draft& draft, NodeId expression);

// The same for a variable of the body that is used after the loop.
void CheckLastValue(Draft& draft, NameId name);

// Where the iteration that fails has updated containers before, those updates must be out of
// everybody's sight.
void CheckPartialUpdates(Draft& draft);

// An update that may raise, inside a `try` or `with` of the body, must not be taken out of it.
void CheckUpdatesInTry(Draft& draft);

}  // namespace unspool::transform
