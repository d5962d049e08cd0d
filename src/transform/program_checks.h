// What a program does anywhere that shows when results are copies, or when exceptions rise in
// another process: asked of the whole file, since the values go where nobody follows them.
#pragma once

#include "transform/process_pool.h"

#include <vector>

namespace unspool::transform {

// Reasons against running this loop's body in other processes that lie in the program around it.
std::vector<Refusal> ProgramRefusals(const Module& module, const LoopVerdict& verdict);

// Whether an exception that leaves the loop ends the program, with nobody left to look at what the
// loop had done by then: no handler, `finally` or `with` anywhere that could, nothing that runs at
// the exit, no other thread. What stands inside the loop itself does not count.
bool FailureEndsProgram(const Module& module, const LoopVerdict& verdict);

// Whether the program compares objects by identity where that could tell a copy. What is made by
// one iteration and can change comes back as one object, however often the result holds it: among
// such objects `is` gives what it gave.
bool AsksForIdentity(const Module& module);
bool PicklesText(const Module& module, const effects::Value& value);

}  // namespace unspool::transform
