// The request behind `unspool optimize`: profile, choose, rewrite in a copy, compare, measure, and
// keep only what came out equal and faster. Runs user code in copies; writes the script last.
#pragma once

#include "diagnostics/diagnostic.h"
#include "service/loops.h"
#include "service/profile.h"
#include "service/rewrites.h"
#include "service/settings.h"
#include "verify/certificate.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct OptimizeRequest {
  std::string script;
  std::vector<std::string> arguments;
  std::string python;
  SettingsRequest settings;
  bool unsafe_fixes = false;
  bool dry_run = false;  // the script stays; reports are written all the same
  verify::Matrix matrix;
  int runs = 0;        // most runs of each version; 0: by configuration
  double timeout = 0;  // seconds one run may take; 0: by configuration
  verify::RunOptions run;
  std::string tool_version;
  // A step of the way in words, as it begins.
  std::function<void(const std::string&)> phase;
};

enum class LoopOutcome : uint8_t {
  Rewritten,
  TooLittle,   // work, by the profile
  NotReached,  // in this run
  NotFaster,   // as measured
  NotEqual,    // the rewritten program did something else: a defect of ours
  Refused,     // no rewrite is offered: `why`
};

struct OptimizedLoop {
  LoopRecord record;
  LoopOutcome outcome = LoopOutcome::Refused;
  std::string why;
  std::optional<LoopProfile> profile;
};

struct Range {
  double low = 1;
  double high = 1;
};

// One attempt at a rewrite, kept or not.
struct Attempt {
  std::vector<size_t> rows;  // first lines of the loops
  verify::Verdict verdict = verify::Verdict::CouldNotRun;
  double speedup = 0;
  bool kept = false;
};

struct OptimizeResult {
  std::vector<OptimizedLoop> loops;  // all of the script
  std::optional<double> profile_seconds;
  std::optional<verify::Failure> failure;  // of the profiled run
  std::optional<Range> predicted;          // gain of the whole program
  int workers = 0;
  std::vector<Attempt> attempts;
  double load_before = -1;                         // of the machine when all began; -1: not known
  std::optional<verify::Certificate> certificate;  // of what is kept, else of the first attempt
  bool kept = false;
  bool written = false;
  std::string diff;
  std::vector<Rewrite> rewrites;
  std::string command;
  std::string report_path, certificate_path, diff_path;
  std::vector<diagnostics::Diagnostic> problems;
  std::string error;
};

OptimizeResult Optimize(const OptimizeRequest& request);

// The script failed before it came to any loop that could run in parallel: nothing was learned.
bool FailedBeforeLoops(const OptimizeResult& result);

// What the loop spends its time for is worth a line in a summary.
bool IsWorthALine(const OptimizedLoop& loop);

}  // namespace unspool::service
