// Types of a whole program: evaluates every frame until no cell changes any more. In: the program's
// texts and declarations. Out: a session at its fixed point, from which the results of each frame
// can be read by evaluating it once more with a Recorder. Printed by `unspool debug types` and
// `debug callgraph`; oracle: what recorded runs show (`./dev conformance types`, `callgraph`).
#pragma once

#include "semantics/types/evaluator.h"
#include "semantics/types/session.h"

#include <cstdint>
#include <vector>

namespace unspool::semantics::types {

struct InferenceStatistics {
  uint32_t rounds = 0;
  uint64_t evaluations = 0;
  uint64_t cells = 0;
};

InferenceStatistics Infer(Session& session);

// The frames that are evaluated by themselves: modules, classes, functions and lambdas.
std::vector<uint32_t> OwnFrames(const Session& session);

}  // namespace unspool::semantics::types
