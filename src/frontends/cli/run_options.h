// What `verify` and `optimize` have in common: the script with its own arguments, how it is run,
// and how the wait is shown.
#pragma once

#include "frontends/cli/common_options.h"
#include "verify/comparison.h"
#include "verify/interrupt.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace unspool::cli {

struct RunCommandOptions {
  std::vector<std::string> script_and_arguments;
  std::string python;
  std::string stdin_file;
  int runs = 0;        // 0: as many as the statistics need
  double timeout = 0;  // seconds; 0: by configuration
  std::vector<std::string> start_methods;
  std::vector<int> workers;
  bool json = false;
  SettingsOptions settings;
  OutputOptions output;

  verify::Matrix MatrixOf() const;
  std::filesystem::path StandardInput() const;  // empty: none
};
void AddRunOptions(CLI::App* command, RunCommandOptions& options);

// Takes SCRIPT and its arguments from what CLI11 left over; false, with a message, without one.
bool TakeScript(CLI::App* command, RunCommandOptions& options);

// The wait on a terminal as a bar, in a pipe as one line a phase.
class RunProgress {
 public:
  explicit RunProgress(const OutputOptions& output);

  void Phase(const std::string& words);
  void Step(const verify::Progress& progress);
  void Done() { bar_.Clear(); }

 private:
  bool talks_;
  bool live_;
  ProgressBar bar_;
  std::string_view last_phase_;
};

// 2, or 130 and its like after a signal; with the message.
int CouldNotRun(const std::string& error, const verify::InterruptScope& interrupts);

}  // namespace unspool::cli
