#include "frontends/cli/check_command.h"

#include "diagnostics/json.h"
#include "diagnostics/render.h"
#include "frontends/cli/common_options.h"
#include "service/check.h"
#include "source/atomic_write.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <unistd.h>

namespace unspool::cli {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Palette;
using diagnostics::Style;
using service::CheckRequest;
using service::CheckResult;
using service::FixMode;

struct CheckOptions {
  std::vector<std::string> paths;
  SettingsOptions settings;
  OutputOptions output;
  std::string format;
  std::string output_file;
  std::string stdin_filename = "-";
  std::vector<std::string> only;
  bool diff = false;
  bool fix = false;
  bool no_fix = false;
  bool fix_only = false;
  bool show_fixes = false;
  bool entry = false;
  bool no_entry = false;
  bool exit_zero = false;
  bool exit_non_zero_on_fix = false;
  bool statistics = false;
  bool show_files = false;
};

std::string Plural(size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

// Runs one check and prints it; `Run` gives the exit code.
class CheckCommand {
 public:
  explicit CheckCommand(const CheckOptions& options) : options_(options) {}

  int Run() {
    if (const char* from = std::getenv("UNSPOOL_OUTPUT_FORMAT"); from && options_.format.empty()) {
      options_.format = from;
    }
    if (const char* file = std::getenv("UNSPOOL_OUTPUT_FILE");
        file && options_.output_file.empty()) {
      options_.output_file = file;
    }
    auto request = Request();
    if (!request) return 2;
    if (!options_.format.empty() && !KnownFormat(options_.format)) return 2;
    const auto begin = std::chrono::steady_clock::now();
    ProgressBar bar("Checking", !options_.output.verbosity.silent);
    request->progress = [&](size_t done, size_t total) { bar.Show(done, total); };
    CheckResult result = service::Check(*request);
    bar.Clear();
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!result.usage_error.empty()) {
      PrintError(result.usage_error);
      return 2;
    }
    if (options_.show_files) {
      std::string text;
      for (const std::string& file : result.files) text += file + "\n";
      return PrintOut(text) && !result.failed ? 0 : 2;
    }
    return Print(result);
  }

 private:
  static bool KnownFormat(const std::string& format) {
    for (std::string_view known : {"full", "concise", "json", "github"}) {
      if (format == known) return true;
    }
    PrintError(fmt::format("output format `{}` is not one of full, concise, json, github", format));
    return false;
  }

  std::optional<CheckRequest> Request() {
    CheckRequest request;
    request.paths = options_.paths;
    request.stdin_filename = options_.stdin_filename;
    request.settings = options_.settings.Request();
    // What the configuration says of output is the command's to follow.
    auto adjust = request.settings.adjust;
    request.settings.adjust = [this, adjust](source::Config& config) {
      if (config_format_.empty()) config_format_ = config.output_format;
      if (options_.no_fix || options_.diff) config.fix = false;
      adjust(config);
      unsafe_fixes_ |= config.unsafe_fixes;
    };
    if (options_.entry || options_.no_entry) request.as_script = options_.entry;
    if (options_.fix || options_.fix_only) request.fix = FixMode::Apply;
    if (options_.diff) request.fix = FixMode::Prepare;
    request.list_only = options_.show_files;
    for (const std::string& text : options_.only) {
      auto place = service::ParsePlace(text);
      if (!place) {
        PrintError(fmt::format("`--only {}` is not FILE:LINE", text));
        return std::nullopt;
      }
      request.only.push_back(*place);
    }
    return request;
  }

  bool FromStandardInput() const {
    return options_.paths.size() == 1 && options_.paths.front() == "-";
  }

  int Print(const CheckResult& result) {
    const bool fix_mode = options_.fix || options_.fix_only;
    std::string out;
    std::string errors;
    if (options_.diff) {
      const Palette paint(options_.output.ColorOn(STDOUT_FILENO));
      out = diagnostics::PaintDiff(service::DiffOf(result.rewrites), paint);
      errors = Findings(result, true);
      if (result.fixed > 0 && Talks()) {
        errors += fmt::format("Would fix {}\n", Plural(result.fixed, "candidate"));
      }
    } else if (fix_mode && FromStandardInput()) {
      out = Fixed(result);
      errors = Findings(result, options_.fix_only) + Summary(result);
    } else {
      out = Findings(result, options_.fix_only);
      if (options_.statistics && IsText()) out = Statistics(result);
      out += Summary(result);
    }
    if (!errors.empty() && !options_.output.verbosity.silent) fmt::print(stderr, "{}", errors);
    if (!Write(out)) return 2;
    if (options_.output.verbosity.verbose) {
      PrintNote(
          fmt::format("{} checked in {:.2f} s", Plural(result.files.size(), "file"), seconds_));
    }
    return ExitCode(result);
  }

  int ExitCode(const CheckResult& result) const {
    if (result.failed) return 2;
    if (options_.exit_zero) return 0;
    if (options_.diff) return result.rewrites.empty() ? 0 : 1;
    if (options_.exit_non_zero_on_fix && result.fixed > 0) return 1;
    if (options_.fix_only) return 0;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      if (service::Counts(diagnostic)) return 1;
    }
    return 0;
  }

  std::string Format() const {
    if (!options_.format.empty()) return options_.format;
    return config_format_.empty() ? "full" : config_format_;
  }
  bool IsText() const { return Format() == "full" || Format() == "concise"; }
  bool Talks() const {
    return !options_.output.verbosity.quiet && !options_.output.verbosity.silent;
  }

  // The text of standard input after the fix.
  static std::string Fixed(const CheckResult& result) {
    for (const service::Rewrite& rewrite : result.rewrites) {
      if (!rewrite.created) return rewrite.new_bytes;
    }
    return result.stdin_bytes;
  }

  std::string Findings(const CheckResult& result, bool errors_only) const {
    std::vector<Diagnostic> shown;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      const bool error = diagnostic.severity() == diagnostics::Severity::Error;
      if (!errors_only || error) shown.push_back(diagnostic);
    }
    diagnostics::RenderOptions render;
    // What goes beside a diff or a fixed text goes to standard error.
    const bool aside =
        options_.diff || ((options_.fix || options_.fix_only) && FromStandardInput());
    render.color = options_.output_file.empty() &&
                   options_.output.ColorOn(aside ? STDERR_FILENO : STDOUT_FILENO);
    render.unsafe_fixes = unsafe_fixes_;
    const std::string format = Format();
    if (format == "json") return errors_only && shown.empty() ? "" : diagnostics::RenderJson(shown);
    std::string text;
    if (format == "full") {
      text = diagnostics::RenderAllFull(shown, render);
      if (!text.empty()) text += "\n";
      return text;
    }
    for (const Diagnostic& diagnostic : shown) {
      text += format == "github" ? diagnostics::RenderGitHub(diagnostic)
                                 : diagnostics::RenderConcise(diagnostic, render);
    }
    return text;
  }

  std::string Statistics(const CheckResult& result) const {
    std::map<std::string_view, std::pair<size_t, size_t>> counts;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      auto& [count, fixable] = counts[diagnostic.code()];
      ++count;
      fixable += diagnostic.fix.has_value();
    }
    std::string text;
    for (const auto& [code, count] : counts) {
      const auto kind = diagnostics::FindKind(code);
      text += fmt::format("{}\t{}\t[{}] {}\n", count.first, code, count.second ? '*' : ' ',
                          InfoOf(*kind).name);
    }
    return text;
  }

  std::string Summary(const CheckResult& result) const {
    if (!Talks() || !IsText()) return {};
    size_t candidates = 0;
    size_t problems = 0;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      if (!service::Counts(diagnostic)) continue;
      (diagnostic.code() >= "UNS1" ? candidates : problems) += 1;
    }
    std::string text;
    if (options_.fix_only) {
      if (result.fixed > 0) text = fmt::format("Fixed {}.\n", Plural(result.fixed, "candidate"));
    } else if (candidates + problems + result.fixed == 0) {
      text = fmt::format("Nothing to rewrite in {}.\n", Plural(result.files.size(), "file"));
    } else {
      text = "Found " + Plural(candidates + result.fixed, "candidate");
      if (result.fixed > 0) {
        text += fmt::format(" ({} fixed, {} remaining)", result.fixed, candidates);
      }
      if (problems > 0) text += fmt::format(" and {}", Plural(problems, "error"));
      text += ".\n";
    }
    if (result.fixable > 0) {
      text += fmt::format("[*] {} fixable with the `--fix` option.\n", result.fixable);
    }
    if (result.unsafe_fixable > 0) {
      text += fmt::format("{} unsafe, applied only with the `--unsafe-fixes` option.\n",
                          result.unsafe_fixable);
    }
    if (options_.show_fixes || result.written) {
      for (const service::Rewrite& rewrite : result.rewrites) {
        if (!result.written) break;
        text += fmt::format("{} {}\n", rewrite.created ? "Added" : "Rewrote", rewrite.path);
      }
    }
    return text;
  }

  bool Write(const std::string& text) {
    if (options_.output.verbosity.silent && options_.output_file.empty()) return true;
    if (options_.output_file.empty()) return PrintOut(text);
    auto written = source::WriteNew(options_.output_file, text);
    if (written) return true;
    const Diagnostic problem = diagnostics::FromProblem(written.error());
    PrintError(fmt::format("{}: {}", options_.output_file, problem.message));
    return false;
  }

  CheckOptions options_;
  std::string config_format_;
  bool unsafe_fixes_ = false;
  double seconds_ = 0;
};

}  // namespace

void AddCheckCommand(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand(
      "check", "Find loops that could run in parallel, show or apply the rewrites");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("FILES", options->paths,
                      "Files and folders; - is standard input (default: the current folder)");
  command->add_flag("--fix", options->fix, "Apply safe fixes");
  command->add_flag("--no-fix", options->no_fix, "Apply none, whatever the configuration says");
  command->add_flag("--fix-only", options->fix_only, "Apply fixes, do not report what is left");
  command->add_flag(
      "--unsafe-fixes,!--no-unsafe-fixes",
      [options](int64_t count) { options->settings.unsafe_fixes = count > 0; },
      "Take in fixes whose safety is not proved");
  command->add_flag("--show-fixes", options->show_fixes, "List the files that were changed");
  command->add_flag("--diff", options->diff, "Print the rewrites as a diff, change nothing");
  command->add_flag("--show-refusals", options->settings.show_refusals,
                    "Show the loops that are left alone, and why");
  command->add_option("--only", options->only, "One place alone, as FILE:LINE")
      ->allow_extra_args(false);
  CLI::Option* entry =
      command->add_flag("--entry", options->entry,
                        "The files are scripts that run by themselves (default: those "
                        "with a main guard, or one file named alone)");
  command->add_flag("--no-entry", options->no_entry, "The files are modules that anybody may call")
      ->excludes(entry);
  command->add_option("--output-format", options->format, "full, concise, json or github");
  command->add_option("-o,--output-file", options->output_file, "Write the findings to a file");
  command->add_option("--stdin-filename", options->stdin_filename, "Name of standard input");
  command->add_flag("--statistics", options->statistics, "Print counts by rule");
  command->add_flag("--show-files", options->show_files, "Print the files that would be checked");
  command->add_flag("-e,--exit-zero", options->exit_zero,
                    "Exit with 0 even where there are findings");
  command->add_flag("--exit-non-zero-on-fix", options->exit_non_zero_on_fix,
                    "Exit with 1 where something was fixed");
  AddRules(command, options->settings);
  AddWalk(command, options->settings);
  AddSettings(command, options->settings);
  AddOutput(command, options->output);
  command->callback([options, &status] { status = CheckCommand(*options).Run(); });
}

}  // namespace unspool::cli
