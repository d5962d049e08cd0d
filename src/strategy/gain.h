// What running independent iterations in a pool of processes is worth: the cost model, one place
// for the constants that a prediction from a profile and one from the text alone share.
#pragma once

#include "strategy/work.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace unspool::strategy {

// Seconds, from the least to the most hopeful guess.
struct Prediction {
  double slow = 0;
  double fast = 0;
};

// One loop as it was seen, or is thought, to run.
struct LoopLoad {
  double seconds = 0;     // in all iterations
  double executions = 0;  // of the whole loop, each with workers of its own
  double iterations = 0;  // in all executions
  double longest = 0;     // seconds in one iteration
};

// How long what is done in `load.seconds` by one process would take with this many workers.
Prediction PredictPool(const LoopLoad& load, int workers);

// From how many iterations of this many seconds on workers pay, by the careful guess; 0: never.
uint64_t BreakEven(double seconds_each, int workers);

// Whether no number of iterations makes it worth moving them.
inline bool NeverPays(const Work& iteration) {
  return iteration.most <= kLeastTransport;
}

// Gain of a loop by the text alone, as a ratio to running it in one process.
struct Estimate {
  double low = 1;
  double high = 1;
  std::optional<uint64_t> break_even;  // iterations
};
// Empty where the work of an iteration has no bound.
std::optional<Estimate> EstimateGain(const Work& iteration, std::optional<uint64_t> trips,
                                     int workers);

enum class Workload : uint8_t { Cpu, Io, Data, Trivial, Unknown };
std::string_view WorkloadName(Workload workload);

// All that is known of a loop's cost without running it.
struct LoopCost {
  Workload workload = Workload::Unknown;
  Work iteration;
  std::optional<uint64_t> trips;
};
LoopCost CostOf(WorkModel& model, NodeId loop);

}  // namespace unspool::strategy
