// Step 5 of the way, second half: what is the change worth? Both versions run in turn in fresh
// processes, nothing forced, until the question is decided or the bounds are reached. Every run is
// also compared with the first of the original: a rewrite that is wrong under load shows here.
#pragma once

#include "base/result.h"
#include "verify/compare.h"
#include "verify/machine.h"
#include "verify/runner.h"
#include "verify/statistics.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

struct MeasureOptions {
  int warmup = 1;    // pairs of runs that do not count
  int min_runs = 5;  // of each version
  int max_runs = 20;
  std::chrono::milliseconds budget{5 * 60 * 1000};  // no further pair is begun after it
  double min_speedup = 1.10;
  double confidence = 0.95;
  double early_confidence = 0.99;  // for stopping before max_runs
  double significance = 0.05;
  int resamples = 10'000;
  uint64_t seed = 20'240'229;
};

enum class SpeedVerdict : uint8_t { Faster, NotSignificant, Slower };

std::string_view SpeedVerdictName(SpeedVerdict verdict);

struct Timings {
  std::string command;
  std::vector<double> times;  // seconds
  std::vector<double> user, system;
  std::vector<int> exit_codes;  // -N for signal N
  std::vector<int64_t> max_rss_kib;
  Summary summary;
};

// What the samples say.
struct SpeedJudgement {
  double ratio = 0;  // of the medians, original / rewritten
  Interval interval;
  double p = 1;
  SpeedVerdict verdict = SpeedVerdict::NotSignificant;
  bool accepted = false;  // the low end of the interval reaches min_speedup
};

SpeedJudgement JudgeSpeed(const std::vector<double>& original, const std::vector<double>& rewritten,
                          const MeasureOptions& options, double confidence);

struct Measurement {
  Timings original;
  Timings rewritten;
  SpeedJudgement speed;
  MeasureOptions options;
  std::string stopped_by;  // "decided", "runs", "budget"
  Machine machine;
  double load_average_after = -1;
  Interpreter interpreter;
  std::vector<Difference> differences;  // seen while measuring
};

// `unstable` channels are not compared: those of Comparison::instabilities.
base::Result<Measurement> Measure(Runner& runner, const MeasureOptions& options,
                                  const std::vector<std::string>& unstable = {});

}  // namespace unspool::verify
