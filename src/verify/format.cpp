#include "verify/format.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace unspool::verify {

namespace {

std::string Line(const std::string& label, const std::string& text) {
  return fmt::format("  {:<10} {}\n", label, text);
}

std::string TimingsLine(const Timings& timings) {
  const Summary& summary = timings.summary;
  std::string text = fmt::format(
      "{} ± {} median, {} ± {} mean, {} … {}, {} runs", FormatSeconds(summary.median),
      FormatSeconds(summary.mad), FormatSeconds(summary.mean), FormatSeconds(summary.stddev),
      FormatSeconds(summary.min), FormatSeconds(summary.max), summary.count);
  if (summary.outliers > 0) {
    text += fmt::format(", {} outlier{}", summary.outliers, summary.outliers == 1 ? "" : "s");
  }
  return text;
}

}  // namespace

std::string FormatSeconds(double seconds) {
  const double size = std::abs(seconds);
  // Three digits, as rounded.
  if (size >= 99.95) return fmt::format("{:.0f} s", seconds);
  if (size >= 9.995) return fmt::format("{:.1f} s", seconds);
  if (size >= 0.9995) return fmt::format("{:.2f} s", seconds);
  if (size >= 0.09995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (size >= 0.009995) return fmt::format("{:.1f} ms", seconds * 1e3);
  if (size >= 0.0009995 || size == 0) return fmt::format("{:.2f} ms", seconds * 1e3);
  if (size >= 0.00009995) return fmt::format("{:.0f} µs", seconds * 1e6);
  if (size >= 0.000009995) return fmt::format("{:.1f} µs", seconds * 1e6);
  return fmt::format("{:.2f} µs", seconds * 1e6);
}

std::string FormatText(const Difference& difference) {
  return fmt::format("  {} ({}; {})\n    original:  {}\n    rewritten: {}\n", difference.place,
                     DifferenceKindName(difference.kind), ConfigName(difference.config),
                     difference.original, difference.rewritten);
}

std::string FormatText(const Comparison& comparison) {
  std::string text = fmt::format("Comparison: {}", ComparisonVerdictName(comparison.verdict));
  if (!comparison.reason.empty()) text += fmt::format(" ({})", comparison.reason);
  text += "\n";
  const auto equal = std::count_if(comparison.cells.begin(), comparison.cells.end(),
                                   [](const CellResult& cell) { return cell.equal; });
  if (!comparison.cells.empty()) {
    text += Line("runs", fmt::format("{} of {} ways to run equal, original run {} times", equal,
                                     comparison.cells.size(), comparison.original_runs));
    std::string failed;
    for (const CellResult& cell : comparison.cells) {
      if (!cell.equal) failed += (failed.empty() ? "" : "; ") + ConfigName(cell.config);
    }
    if (!failed.empty()) text += Line("different", failed);
  }
  text += Line("compared", fmt::format("exit code {}, {} bytes of output, {} of errors, {} files",
                                       comparison.exit_code, comparison.stdout_bytes,
                                       comparison.stderr_bytes, comparison.files_changed));
  for (const std::string& note : comparison.notes) text += Line("note", note);
  if (comparison.failure) text += FormatText(*comparison.failure);
  constexpr size_t kShown = 10;
  for (size_t i = 0; i < std::min(kShown, comparison.differences.size()); ++i) {
    text += FormatText(comparison.differences[i]);
  }
  if (comparison.differences.size() > kShown) {
    text += fmt::format("  and {} more\n", comparison.differences.size() - kShown);
  }
  for (const Instability& instability : comparison.instabilities) {
    const Difference& difference = instability.difference;
    text += fmt::format(
        "  {} differs between two runs of the original\n    first:  {}\n    second: {}\n    {}\n",
        difference.place, difference.original, difference.rewritten, instability.advice);
  }
  return text;
}

std::string FormatText(const Measurement& measurement) {
  const SpeedJudgement& speed = measurement.speed;
  std::string text = fmt::format("Measurement: {}", SpeedVerdictName(speed.verdict));
  if (speed.verdict == SpeedVerdict::Faster && !speed.accepted) {
    text += fmt::format(", but not surely by {:.2f} times", measurement.options.min_speedup);
  }
  text += "\n";
  text += Line("original", TimingsLine(measurement.original));
  text += Line("rewritten", TimingsLine(measurement.rewritten));
  text +=
      Line("speed-up", fmt::format("{:.2f} times ({:.0f} % interval {:.2f} … {:.2f}, p = {:.2g})",
                                   speed.ratio, measurement.options.confidence * 100,
                                   speed.interval.low, speed.interval.high, speed.p));
  const Machine& machine = measurement.machine;
  std::string load;
  if (machine.load_average >= 0) load = fmt::format(", load {:.2f}", machine.load_average);
  text += Line("machine",
               fmt::format("{} CPU{} allowed{}, {} {}{}, start method {}", machine.cpus_allowed,
                           machine.cpus_allowed == 1 ? "" : "s", load,
                           measurement.interpreter.implementation, measurement.interpreter.version,
                           measurement.interpreter.free_threaded ? " (free-threaded)" : "",
                           measurement.interpreter.default_start_method));
  for (const Difference& difference : measurement.differences) text += FormatText(difference);
  return text;
}

std::string FormatVerdict(const Certificate& certificate) {
  switch (certificate.verdict()) {
    case Verdict::EqualAndFaster:
      return fmt::format("Does the same and is {:.2f} times as fast",
                         certificate.measurement->speed.ratio);
    case Verdict::EqualNotMeasured:
      return "Does the same; not measured";
    case Verdict::NotFaster:
      return fmt::format(
          "Does the same, but is not faster by {:.2f} times: {:.2f} ({:.2f} … {:.2f})",
          certificate.measurement->options.min_speedup, certificate.measurement->speed.ratio,
          certificate.measurement->speed.interval.low,
          certificate.measurement->speed.interval.high);
    case Verdict::Mismatch:
      return "Does not do the same";
    case Verdict::Unstable:
      return "Cannot be verified: two runs of the original differ";
    case Verdict::CouldNotRun: {
      std::string why = certificate.failure;
      if (why.empty() && certificate.comparison) why = certificate.comparison->reason;
      return "Could not run" + (why.empty() ? "" : ": " + why);
    }
  }
  return {};
}

}  // namespace unspool::verify
