#include "diagnostics/render.h"
#include "frontends/cli/run_commands.h"
#include "frontends/cli/run_options.h"
#include "service/optimize.h"
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
using service::LoopOutcome;
using service::OptimizedLoop;
using service::OptimizeResult;
using verify::FormatSeconds;

struct OptimizeOptions {
  RunCommandOptions run;
  bool dry_run = false;
  bool diff = false;
};

std::string_view OutcomeWord(LoopOutcome outcome) {
  switch (outcome) {
    case LoopOutcome::Rewritten:
      return "rewritten";
    case LoopOutcome::TooLittle:
      return "too-little";
    case LoopOutcome::NotReached:
      return "not-reached";
    case LoopOutcome::NotFaster:
      return "not-faster";
    case LoopOutcome::NotEqual:
      return "not-equal";
    case LoopOutcome::Refused:
      return "refused";
  }
  return "refused";
}

// What a user wants to know at a glance, then the details.
class Summary {
 public:
  Summary(const OptimizeResult& result, const OptimizeOptions& options, const Palette& paint)
      : result_(result), options_(options), paint_(paint) {}

  std::string Text() {
    Headline();
    Done();
    Left();
    Gains();
    Paths();
    return std::move(out_);
  }

 private:
  const verify::Measurement* measurement() const {
    return result_.certificate && result_.certificate->measurement
               ? &*result_.certificate->measurement
               : nullptr;
  }

  void Headline() {
    const std::string& script = options_.run.script_and_arguments.front();
    if (result_.kept) {
      const auto& speed = measurement()->speed;
      out_ += paint_(Style::Note, fmt::format("{} is {:.2f} times as fast, with the same results",
                                              script, speed.ratio)) +
              "\n";
    } else {
      out_ += paint_(Style::Warning, fmt::format("{} stays as it is", script)) + "\n";
    }
    if (result_.failure) out_ += verify::FormatText(*result_.failure);
    size_t rewritable = 0;
    for (const OptimizedLoop& loop : result_.loops) {
      rewritable += loop.outcome != LoopOutcome::Refused;
    }
    out_ += fmt::format("Found {} loop{} or comprehension{}, {} of them safe to run in parallel.\n",
                        result_.loops.size(), result_.loops.size() == 1 ? "" : "s",
                        result_.loops.size() == 1 ? "" : "s", rewritable);
  }

  void Line(const OptimizedLoop& loop, std::string_view mark, const std::string& text) {
    std::string where =
        fmt::format("line {:<5} {}", loop.record.place.begin.row,
                    loop.record.function == "<module>" ? "module level" : loop.record.function);
    if (where.size() < 32) where.resize(32, ' ');
    out_ += fmt::format("  {} {}  {}\n", mark, where, text);
  }

  void Done() {
    bool any = false;
    for (const OptimizedLoop& loop : result_.loops) {
      if (loop.outcome != LoopOutcome::Rewritten) continue;
      if (!any) {
        const bool only_shown = !result_.written;
        out_ += "\n" + paint_(Style::Bold, only_shown ? "Would rewrite" : "Rewritten") + "\n";
      }
      any = true;
      Line(loop, paint_(Style::Added, "✓"),
           fmt::format("process pool; was {}",
                       loop.profile ? service::WorkInWords(*loop.profile) : ""));
    }
  }

  void Left() {
    std::vector<const OptimizedLoop*> left;
    size_t others = 0;
    for (const OptimizedLoop& loop : result_.loops) {
      if (loop.outcome == LoopOutcome::Rewritten) continue;
      if (service::IsWorthALine(loop)) {
        left.push_back(&loop);
      } else {
        ++others;
      }
    }
    if (left.empty() && others == 0) return;
    out_ += "\n" + paint_(Style::Bold, "Left alone") + "\n";
    std::ranges::stable_sort(left, [](const OptimizedLoop* a, const OptimizedLoop* b) {
      return (a->profile ? a->profile->seconds : 0) > (b->profile ? b->profile->seconds : 0);
    });
    constexpr size_t kShown = 8;
    for (size_t i = 0; i < std::min(kShown, left.size()); ++i) {
      const OptimizedLoop& loop = *left[i];
      std::string why = loop.why.empty() ? "no rule is about it" : loop.why;
      if (loop.outcome == LoopOutcome::Refused && loop.profile && loop.profile->executions > 0) {
        why += fmt::format(" [{}]", service::WorkInWords(*loop.profile));
      }
      Line(loop, paint_(Style::Warning, "·"), why);
    }
    if (left.size() > kShown) others += left.size() - kShown;
    if (others > 0) {
      out_ += fmt::format(
          "  and {} more that take{} little time or cannot be rewritten; `unspool "
          "check --show-refusals` lists them\n",
          others, others == 1 ? "s" : "");
    }
  }

  void Gains() {
    if (!result_.profile_seconds) return;
    out_ += "\n" + paint_(Style::Bold, "Gain of the whole program") + "\n";
    if (result_.predicted) {
      out_ += fmt::format(
          "  predicted  {:.2f} to {:.2f} times with {} workers (the profiled run took {})\n",
          result_.predicted->low, result_.predicted->high, result_.workers,
          FormatSeconds(*result_.profile_seconds));
    } else {
      out_ += fmt::format("  predicted  none (the profiled run took {})\n",
                          FormatSeconds(*result_.profile_seconds));
    }
    if (measurement()) {
      const auto& m = *measurement();
      out_ += fmt::format(
          "  measured   {:.2f} times (95 % interval {:.2f} to {:.2f}): {} before, {} after, {} "
          "runs "
          "each\n",
          m.speed.ratio, m.speed.interval.low, m.speed.interval.high,
          FormatSeconds(m.original.summary.median), FormatSeconds(m.rewritten.summary.median),
          m.original.times.size());
      if (result_.load_before > 0.5 * result_.workers) {
        out_ += fmt::format(
            "  note       the machine was busy when this began (load {:.1f} on {} processors): "
            "measure again when it is idle\n",
            result_.load_before, result_.workers);
      }
    }
    if (result_.certificate && result_.certificate->comparison) {
      const auto& comparison = *result_.certificate->comparison;
      if (comparison.verdict == verify::ComparisonVerdict::Equal) {
        out_ += fmt::format(
            "  compared   equal in all {} ways to run: exit code, output, exceptions, "
            "files\n",
            comparison.cells.size());
      } else {
        out_ += verify::FormatText(comparison);
      }
    }
  }

  void Paths() {
    out_ += "\n";
    if (result_.written) {
      for (const service::Rewrite& rewrite : result_.rewrites) {
        out_ += fmt::format("{} {}\n", rewrite.created ? "Added  " : "Rewrote", rewrite.path);
      }
    }
    if (!result_.report_path.empty()) out_ += fmt::format("Report  {}\n", result_.report_path);
  }

  const OptimizeResult& result_;
  const OptimizeOptions& options_;
  const Palette& paint_;
  std::string out_;
};

std::string JsonOf(const OptimizeResult& result) {
  using Json = nlohmann::ordered_json;
  Json loops = Json::array();
  for (const OptimizedLoop& loop : result.loops) {
    Json profile = nullptr;
    if (loop.profile) {
      profile = {{"executions", loop.profile->executions},
                 {"iterations", loop.profile->iterations},
                 {"seconds", loop.profile->seconds}};
    }
    loops.push_back({{"line", loop.record.place.begin.row},
                     {"column", loop.record.place.begin.column},
                     {"function", loop.record.function},
                     {"verdict", loop.record.verdict},
                     {"outcome", OutcomeWord(loop.outcome)},
                     {"why", loop.why},
                     {"profile", std::move(profile)}});
  }
  Json predicted = nullptr;
  if (result.predicted)
    predicted = {{"low", result.predicted->low}, {"high", result.predicted->high}};
  std::string_view reason = "no-rewrite";
  if (service::FailedBeforeLoops(result)) reason = "script-failed";
  if (result.certificate) reason = verify::VerdictName(result.certificate->verdict());
  const Json json = {
      {"schema_version", 1},
      {"kept", result.kept},
      {"written", result.written},
      {"reason", reason},
      {"predicted", std::move(predicted)},
      {"loops", std::move(loops)},
      {"diff", result.diff},
      {"report", result.report_path},
      {"certificate", result.certificate ? verify::ToJson(*result.certificate) : Json(nullptr)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int ExitCodeOf(const OptimizeResult& result) {
  if (result.kept) return 0;
  if (service::FailedBeforeLoops(result)) return 2;
  return result.certificate ? std::max(1, verify::ExitCode(result.certificate->verdict())) : 1;
}

int RunOptimize(const OptimizeOptions& options) {
  verify::InterruptScope interrupts;
  RunProgress progress(options.run.output);
  service::OptimizeRequest request;
  const auto& words = options.run.script_and_arguments;
  request.script = words.front();
  request.arguments.assign(words.begin() + 1, words.end());
  request.python = options.run.python;
  request.settings = options.run.settings.Request();
  request.unsafe_fixes = options.run.settings.unsafe_fixes.value_or(false);
  request.dry_run = options.dry_run || options.diff;
  request.matrix = options.run.MatrixOf();
  request.runs = options.run.runs;
  request.timeout = options.run.timeout;
  request.tool_version = kVersion;
  request.run.cancelled = interrupts.flag();
  request.run.stdin_file = options.run.StandardInput();
  request.run.progress = [&](const verify::Progress& step) { progress.Step(step); };
  request.phase = [&](const std::string& text) { progress.Phase(text); };
  const OptimizeResult result = service::Optimize(request);
  progress.Done();
  diagnostics::RenderOptions render;
  render.color = options.run.output.ColorOn(STDERR_FILENO);
  fmt::print(stderr, "{}", diagnostics::RenderAllFull(result.problems, render));
  if (!result.error.empty()) {
    if (result.failure) fmt::print(stderr, "{}", verify::FormatText(*result.failure));
    return CouldNotRun(result.error, interrupts);
  }
  if (!result.problems.empty()) return 2;
  const Palette paint(options.run.output.ColorOn(STDOUT_FILENO));
  std::string text;
  if (options.run.json) {
    text = JsonOf(result);
  } else if (options.diff) {
    text = diagnostics::PaintDiff(service::DiffOf(result.rewrites), paint);
    if (!options.run.output.verbosity.quiet) {
      fmt::print(stderr, "{}", Summary(result, options, Palette(render.color)).Text());
    }
  } else if (!options.run.output.verbosity.silent) {
    text = Summary(result, options, paint).Text();
  }
  if (!PrintOut(text)) return 2;
  return ExitCodeOf(result);
}

}  // namespace

void AddOptimizeCommand(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand(
      "optimize", "Rewrite a script where that is safe and, as measured, faster");
  auto options = std::make_shared<OptimizeOptions>();
  AddRunOptions(command, options->run);
  command->add_flag("--dry-run", options->dry_run, "Do everything but change the script");
  command->add_flag("--diff", options->diff, "As --dry-run, and print the diff");
  command->add_flag("--json", options->run.json, "Print the outcome as JSON");
  command->callback([command, options, &status] {
    status = TakeScript(command, options->run) ? RunOptimize(*options) : 2;
  });
}

}  // namespace unspool::cli
