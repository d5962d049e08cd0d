// Step 5 of the way, first half: is the rewritten program the same program? The original runs twice
// to see where it differs from itself, then the rewritten one under every start method and number
// of workers. Where what the original does may depend on those, it runs under each of them too.
#pragma once

#include "base/result.h"
#include "verify/compare.h"
#include "verify/failure.h"
#include "verify/runner.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

enum class ComparisonVerdict : uint8_t {
  Equal,
  Different,    // the rewrite is wrong
  Unstable,     // the original differs from itself: nothing can be shown there
  NotRunnable,  // the original does not run to an end of its own
};

std::string_view ComparisonVerdictName(ComparisonVerdict verdict);

struct Matrix {
  std::vector<StartMethod> start_methods = {StartMethod::Fork, StartMethod::Spawn,
                                            StartMethod::ForkServer};
  std::vector<int> workers = {1, 2, 3, 8};
  bool stop_at_first_difference = false;
};

// Where two runs of the original differ.
struct Instability {
  Difference difference;
  std::string advice;
};

struct CellResult {
  RunConfig config;
  bool equal = false;
  double seconds = 0;
};

struct Comparison {
  ComparisonVerdict verdict = ComparisonVerdict::NotRunnable;
  std::string reason;  // of NotRunnable: "timeout", "import-failed", "output-limit"
  std::vector<CellResult> cells;
  std::vector<Difference> differences;
  std::vector<Instability> instabilities;
  std::vector<std::string> notes;
  int original_runs = 0;
  int exit_code = 0;               // of the original; -N for signal N
  std::string exception_type;      // that ended the original
  std::optional<Failure> failure;  // of the original
  uint64_t stdout_bytes = 0;
  uint64_t stderr_bytes = 0;
  size_t files_changed = 0;
};

base::Result<Comparison> Compare(Runner& runner, const Matrix& matrix = {});

}  // namespace unspool::verify
