#include "diagnostics/render.h"
#include "frontends/cli/run_commands.h"
#include "frontends/cli/run_options.h"
#include "service/verify_script.h"
#include "verify/format.h"
#include "version.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace unspool::cli {

namespace {

using diagnostics::Palette;
using diagnostics::Style;
using Json = nlohmann::ordered_json;

struct VerifyOptions {
  RunCommandOptions run;
  bool no_measure = false;
};

// The cells of a comparison as a small table.
std::string MatrixText(const verify::Comparison& comparison, const Palette& paint) {
  std::vector<int> workers;
  std::vector<verify::StartMethod> methods;
  for (const verify::CellResult& cell : comparison.cells) {
    if (std::ranges::find(workers, cell.config.workers) == workers.end()) {
      workers.push_back(cell.config.workers);
    }
    if (std::ranges::find(methods, cell.config.start_method) == methods.end()) {
      methods.push_back(cell.config.start_method);
    }
  }
  std::string text = fmt::format("  {:<12}", "workers");
  for (int count : workers) text += fmt::format("{:>4}", count);
  text += "\n";
  for (verify::StartMethod method : methods) {
    text += fmt::format("  {:<12}", verify::StartMethodName(method));
    for (int count : workers) {
      std::string mark = " ";
      for (const verify::CellResult& cell : comparison.cells) {
        if (cell.config.start_method != method || cell.config.workers != count) continue;
        mark = cell.equal ? paint(Style::Added, "✓") : paint(Style::Error, "✗");
      }
      text += "   " + mark;
    }
    text += "\n";
  }
  return text;
}

std::string PageOf(const service::VerifyResult& result, const Palette& paint) {
  const verify::Certificate& certificate = *result.certificate;
  std::string text = paint(Style::Bold, certificate.command) + "\n";
  for (const service::LoopRecord& loop : result.rewritten) {
    text += fmt::format("  line {}: {} in `{}` runs in a process pool ({})\n", loop.place.begin.row,
                        loop.kind, loop.function, loop.rule);
  }
  text += "\n";
  if (certificate.comparison) {
    std::string comparison = verify::FormatText(*certificate.comparison);
    const size_t first = comparison.find('\n') + 1;
    text += paint(Style::Bold, comparison.substr(0, first - 1)) + "\n";
    if (!certificate.comparison->cells.empty()) text += MatrixText(*certificate.comparison, paint);
    text += comparison.substr(first) + "\n";
  }
  if (certificate.measurement) {
    const std::string measurement = verify::FormatText(*certificate.measurement);
    const size_t first = measurement.find('\n') + 1;
    text += paint(Style::Bold, measurement.substr(0, first - 1)) + "\n" +
            measurement.substr(first) + "\n";
  }
  const bool good = verify::ExitCode(certificate.verdict()) == 0;
  text += paint(good ? Style::Note : Style::Error, verify::FormatVerdict(certificate)) + ".\n";
  if (!result.certificate_path.empty()) {
    text += fmt::format("Certificate: {}\n", result.certificate_path);
  }
  return text;
}

int RunVerify(const VerifyOptions& options) {
  verify::InterruptScope interrupts;
  RunProgress progress(options.run.output);
  service::VerifyRequest request;
  const auto& words = options.run.script_and_arguments;
  request.script = words.front();
  request.arguments.assign(words.begin() + 1, words.end());
  request.python = options.run.python;
  request.settings = options.run.settings.Request();
  request.unsafe_fixes = options.run.settings.unsafe_fixes.value_or(false);
  request.matrix = options.run.MatrixOf();
  request.runs = options.run.runs;
  request.timeout = options.run.timeout;
  request.measure = !options.no_measure;
  request.tool_version = kVersion;
  request.run.cancelled = interrupts.flag();
  request.run.stdin_file = options.run.StandardInput();
  request.run.progress = [&](const verify::Progress& step) { progress.Step(step); };
  const service::VerifyResult result = service::VerifyScript(request);
  progress.Done();
  diagnostics::RenderOptions render;
  render.color = options.run.output.ColorOn(STDERR_FILENO);
  fmt::print(stderr, "{}", diagnostics::RenderAllFull(result.problems, render));
  if (!result.problems.empty()) return 2;
  if (result.nothing_to_do) {
    if (options.run.json) return PrintOut("{\"reason\": \"no-rewrite\"}\n") ? 1 : 2;
    PrintNote(
        fmt::format("no loop of {0} has a safe rewrite, so there is nothing to verify; "
                    "`unspool check --show-refusals {0}` says why",
                    request.script));
    return 1;
  }
  if (!result.certificate) return CouldNotRun(result.error, interrupts);
  if (!result.error.empty()) PrintError(result.error);
  if (options.run.json) {
    if (!PrintOut(verify::ToJson(*result.certificate).dump(2) + "\n")) return 2;
  } else if (!options.run.output.verbosity.silent) {
    if (!PrintOut(PageOf(result, Palette(options.run.output.ColorOn(STDOUT_FILENO))))) return 2;
  }
  return result.error.empty() ? verify::ExitCode(result.certificate->verdict()) : 2;
}

}  // namespace

void AddVerifyCommand(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand(
      "verify", "Run a script and its rewrite, compare all they do, measure both");
  auto options = std::make_shared<VerifyOptions>();
  AddRunOptions(command, options->run);
  command->add_flag("--no-measure", options->no_measure, "Compare only");
  command->add_flag("--json", options->run.json, "Print the certificate");
  command->callback([command, options, &status] {
    status = TakeScript(command, options->run) ? RunVerify(*options) : 2;
  });
}

}  // namespace unspool::cli
