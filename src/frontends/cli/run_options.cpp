#include "frontends/cli/run_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace unspool::cli {

verify::Matrix RunCommandOptions::MatrixOf() const {
  verify::Matrix matrix;
  if (!start_methods.empty()) {
    matrix.start_methods.clear();
    for (const std::string& name : start_methods) {
      matrix.start_methods.push_back(*verify::StartMethodFromName(name));
    }
  }
  if (!workers.empty()) matrix.workers = workers;
  return matrix;
}

std::filesystem::path RunCommandOptions::StandardInput() const {
  std::error_code error;
  return stdin_file.empty() ? std::filesystem::path()
                            : std::filesystem::absolute(stdin_file, error);
}

void AddRunOptions(CLI::App* command, RunCommandOptions& options) {
  command->add_option("--python", options.python,
                      "Interpreter that runs the script (default: the virtual environment's, or "
                      "python3)");
  command
      ->add_option("--stdin", options.stdin_file,
                   "File that the script reads as standard input (default: none, it is empty)")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--runs", options.runs, "Most runs of each version when measuring, at least 4")
      ->check(CLI::Range(4, 10'000));
  command->add_option("--timeout", options.timeout, "Seconds one run may take (default: 600)")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--start-method", options.start_methods,
                   "Compare under this start method: fork, spawn or forkserver (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"fork", "spawn", "forkserver"}));
  command
      ->add_option("--workers", options.workers,
                   "Compare with this many workers (default: 1, 2, 3 and 8)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(1, 1024));
  command->add_flag(
      "--unsafe-fixes", [&options](int64_t count) { options.settings.unsafe_fixes = count > 0; },
      "Take in rewrites whose safety is not proved");
  AddSettings(command, options.settings);
  AddOutput(command, options.output);
  command->prefix_command();
  command->footer(
      "After the options: SCRIPT, and the arguments it is run with.\n"
      "This command runs the script, in copies of its folder.");
}

bool TakeScript(CLI::App* command, RunCommandOptions& options) {
  options.script_and_arguments = command->remaining();
  if (!options.script_and_arguments.empty() && options.script_and_arguments.front() == "--") {
    options.script_and_arguments.erase(options.script_and_arguments.begin());
  } else if (!options.script_and_arguments.empty() &&
             options.script_and_arguments.front().starts_with('-') &&
             options.script_and_arguments.front() != "-") {
    PrintError(fmt::format("unknown option {}", options.script_and_arguments.front()));
    return false;
  }
  if (options.script_and_arguments.empty()) {
    PrintError(fmt::format("SCRIPT is missing, as in `unspool {} photos.py`", command->get_name()));
    return false;
  }
  return true;
}

RunProgress::RunProgress(const OutputOptions& output)
    : talks_(!output.verbosity.quiet && !output.verbosity.silent),
      live_(HasLiveTerminal()),
      bar_("Running", talks_) {}

void RunProgress::Phase(const std::string& words) {
  if (!talks_) return;
  bar_.Clear();
  const diagnostics::Palette paint(
      diagnostics::WantsColor(diagnostics::ColorChoice::Auto, STDERR_FILENO));
  fmt::print(stderr, "{} {}\n", paint(diagnostics::Style::Help, "•"), words);
}

void RunProgress::Step(const verify::Progress& progress) {
  if (!talks_ || !live_) return;
  bar_.SetTitle(progress.phase == "measure" ? "Measuring" : "Comparing");
  bar_.Show(progress.done, progress.total, progress.label);
}

int CouldNotRun(const std::string& error, const verify::InterruptScope& interrupts) {
  if (interrupts.signal() != 0) {
    PrintError("interrupted; nothing was changed");
    return 128 + interrupts.signal();
  }
  PrintError(error);
  return 2;
}

}  // namespace unspool::cli
