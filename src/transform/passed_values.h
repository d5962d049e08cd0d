// What a worker needs beside the item: the free names of the body, sorted into names of the module
// that every process has and values that are passed.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

// Finds the constants to pass, and refuses what would differ in a worker.
void Classify(Draft& draft, const std::vector<FreeName>& needed);

// Free names that the worker's part mentions: those that only name containers stay behind.
std::vector<FreeName> NeededByWorker(const Draft& draft);

// All that a name may stand for in the loop.
effects::Value ValueOfName(const Draft& draft, NameId name);

}  // namespace unspool::transform
