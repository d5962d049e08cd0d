#include "strategy/gain.h"

#include <algorithm>
#include <cmath>

namespace unspool::strategy {

namespace {

// Starting two to eight workers, from fork on an idle machine to spawn on a busy one, in seconds.
constexpr double kStartSlow = 0.20;
constexpr double kStartFast = 0.04;
// What each worker beyond the first adds, where processors share caches and clock rates.
constexpr double kShareSlow = 0.85;

}  // namespace

Prediction PredictPool(const LoopLoad& load, int workers) {
  if (load.executions == 0 || load.iterations == 0) return {load.seconds, load.seconds};
  const double shares = std::min(double(workers), load.iterations / load.executions);
  if (shares <= 1) return {load.seconds, load.seconds};
  // No execution is over before its longest iteration.
  return {load.executions * kStartSlow +
              std::max(load.seconds / (1 + (shares - 1) * kShareSlow), load.longest),
          load.executions * kStartFast + std::max(load.seconds / shares, load.longest)};
}

uint64_t BreakEven(double seconds_each, int workers) {
  if (seconds_each <= 0 || workers < 2) return 0;
  return static_cast<uint64_t>(std::ceil(kStartSlow / (seconds_each * (1 - 1.0 / workers))));
}

std::optional<Estimate> EstimateGain(const Work& iteration, std::optional<uint64_t> trips,
                                     int workers) {
  if (!iteration.bounded() || iteration.most <= 0) return std::nullopt;
  Estimate estimate;
  // Counted operations are right within a small factor; the geometric mean is the better guess.
  const double middle = std::sqrt(std::max(iteration.least, iteration.most / 100) * iteration.most);
  if (uint64_t items = BreakEven(middle, workers)) estimate.break_even = items;
  if (!trips) return estimate;
  const double count = double(*trips);
  auto load = [&](double each) { return LoopLoad{each * count, 1, count, each}; };
  auto ratio = [](double before, double after) { return after > 0 ? before / after : 1; };
  const LoopLoad little = load(iteration.least), much = load(iteration.most);
  estimate.low = ratio(little.seconds, PredictPool(little, workers).slow);
  estimate.high = ratio(much.seconds, PredictPool(much, workers).fast);
  return estimate;
}

std::string_view WorkloadName(Workload workload) {
  constexpr std::string_view kNames[] = {"cpu", "io", "data", "trivial", "unknown"};
  return kNames[static_cast<size_t>(workload)];
}

LoopCost CostOf(WorkModel& model, NodeId loop) {
  LoopCost cost;
  cost.iteration = model.OfIteration(loop);
  cost.trips = model.TripsOf(loop);
  cost.workload = cost.iteration.unknown      ? Workload::Unknown
                  : NeverPays(cost.iteration) ? Workload::Trivial
                                              : Workload::Cpu;
  return cost;
}

}  // namespace unspool::strategy
