// What a program does anywhere that shows when results are copies, or when exceptions rise in
// another process: asked of the whole file, since the values go where nobody follows them.
#pragma once

#include "transform/process_pool.h"

#include <vector>

namespace unspool::transform {

// Reasons against running this loop's body in other processes that lie in the program around it.
std::vector<Refusal> ProgramRefusals(const Module& module, const LoopVerdict& verdict);

// Whether the program compares objects by identity where that could tell a copy.
bool AsksForIdentity(const syntax::Tree& tree);

}  // namespace unspool::transform
