// One run of the original, in a copy, with the candidate loops under the clock; and what running
// them in parallel would be worth.
#pragma once

#include "base/result.h"
#include "strategy/gain.h"
#include "verify/failure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

class ScriptProject;

struct LoopProfile {
  uint64_t executions = 0;
  uint64_t iterations = 0;
  uint64_t most = 0;  // iterations of one execution
  uint64_t fewest = 0;
  double seconds = 0;  // in all iterations
  double longest = 0;  // one iteration

  double per_iteration() const { return iterations ? seconds / double(iterations) : 0; }
};

struct ScriptProfile {
  double seconds = 0;              // of the whole run
  std::vector<LoopProfile> loops;  // one a candidate asked for, in that order
  std::string ending;              // empty, or how the run ended other than by itself
  std::optional<verify::Failure> failure;
};

base::Result<ScriptProfile> ProfileLoops(const ScriptProject& project,
                                         const std::vector<size_t>& loops,
                                         const verify::RunOptions& run);

// How long what is done in `seconds` now would take, from the least to the most hopeful guess.
strategy::Prediction PredictLoop(const LoopProfile& loop, int workers);

// From how many items on workers pay, with a wide margin; 0: always, for what was seen.
uint32_t CrossoverItems(const LoopProfile& loop, int workers);

// "3.1 ms in 12 iterations"
std::string WorkInWords(const LoopProfile& loop);

}  // namespace unspool::service
