#include "verify/measurement.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace unspool::verify {

namespace {

// Looking after every pair would find a difference by chance sooner or later.
bool IsLook(int runs, const MeasureOptions& options) {
  for (double look = options.min_runs; look < options.max_runs; look *= 1.4) {
    if (static_cast<int>(look) == runs) return true;
  }
  return false;
}

// An answer that further runs would hardly turn.
bool IsDecided(const SpeedJudgement& early, const MeasureOptions& options) {
  if (early.accepted && early.p < 1 - options.early_confidence) return true;
  return early.interval.high < options.min_speedup;
}

class Measuring {
 public:
  Measuring(Runner& runner, const MeasureOptions& options, const std::vector<std::string>& unstable)
      : runner_(runner), comparer_(runner), unstable_(unstable) {
    result_.options = options;
    result_.options.min_runs = std::max(options.min_runs, 1);
    result_.options.max_runs = std::max(options.max_runs, result_.options.min_runs);
  }

  base::Result<Measurement> Run() {
    const MeasureOptions& options = result_.options;
    result_.machine = DescribeMachine();
    result_.interpreter = runner_.interpreter();
    result_.original.command = runner_.CommandLine();
    result_.rewritten.command = runner_.CommandLine();
    const auto end = std::chrono::steady_clock::now() + options.budget;
    for (int i = 0; i < options.warmup; ++i) {
      if (auto done = RunPair(i, false); !done) return std::unexpected(done.error());
    }
    result_.stopped_by = "runs";
    for (int i = 0; i < options.max_runs; ++i) {
      if (auto done = RunPair(i, true); !done) return std::unexpected(done.error());
      if (i + 1 >= options.min_runs && IsLook(i + 1, options) &&
          IsDecided(Judge(options.early_confidence), options)) {
        result_.stopped_by = "decided";
        break;
      }
      if (i + 1 < options.max_runs && std::chrono::steady_clock::now() >= end) {
        result_.stopped_by = "budget";
        break;
      }
    }
    result_.original.summary = Summarise(result_.original.times);
    result_.rewritten.summary = Summarise(result_.rewritten.times);
    result_.speed = Judge(options.confidence);
    result_.load_average_after = DescribeMachine().load_average;
    Report("", true);
    return std::move(result_);
  }

 private:
  SpeedJudgement Judge(double confidence) const {
    return JudgeSpeed(result_.original.times, result_.rewritten.times, result_.options, confidence);
  }

  void Report(std::string label, bool last = false) {
    const auto& progress = runner_.options().progress;
    if (!progress) return;
    const size_t total = 2 * static_cast<size_t>(result_.options.warmup + result_.options.max_runs);
    progress({"measure", last ? total : done_++, total, std::move(label)});
  }

  // Every other pair the other way round: neither version always profits from going second.
  base::Result<void> RunPair(int index, bool counts) {
    std::array<Side, 2> order = {Side::Original, Side::Rewritten};
    if (index % 2 == 1) std::swap(order[0], order[1]);
    for (Side side : order) {
      Report(fmt::format("{}{}", SideName(side), counts ? "" : ", warm-up"));
      auto run = runner_.Execute(side, {}, false);
      if (!run) return std::unexpected(run.error());
      if (counts) Count(side == Side::Original ? result_.original : result_.rewritten, *run);
      if (auto done = CompareWithFirst(*run); !done) return done;
      if (!first_ && side == Side::Original) first_ = std::move(*run);
    }
    return {};
  }

  static void Count(Timings& timings, const verify::Run& run) {
    timings.times.push_back(run.process.wall_seconds);
    timings.user.push_back(run.process.user_seconds);
    timings.system.push_back(run.process.system_seconds);
    timings.exit_codes.push_back(run.process.ending == Ending::Signalled ? -run.process.signal
                                                                         : run.process.exit_code);
    timings.max_rss_kib.push_back(run.max_rss_kib);
  }

  base::Result<void> CompareWithFirst(const verify::Run& run) {
    if (!first_ || run.side == Side::Original || !result_.differences.empty()) return {};
    auto differences = comparer_.Compare(*first_, run);
    if (!differences) return std::unexpected(differences.error());
    for (Difference& difference : *differences) {
      const std::string channel = difference.Channel();
      if (std::find(unstable_.begin(), unstable_.end(), channel) == unstable_.end()) {
        result_.differences.push_back(std::move(difference));
      }
    }
    return {};
  }

  Runner& runner_;
  Comparer comparer_;
  const std::vector<std::string>& unstable_;
  std::optional<verify::Run> first_;
  Measurement result_;
  size_t done_ = 0;
};

}  // namespace

std::string_view SpeedVerdictName(SpeedVerdict verdict) {
  switch (verdict) {
    case SpeedVerdict::Faster:
      return "faster";
    case SpeedVerdict::NotSignificant:
      return "not significant";
    case SpeedVerdict::Slower:
      return "slower";
  }
  return "not significant";
}

SpeedJudgement JudgeSpeed(const std::vector<double>& original, const std::vector<double>& rewritten,
                          const MeasureOptions& options, double confidence) {
  SpeedJudgement judgement;
  const double denominator = Median(rewritten);
  judgement.ratio = denominator > 0 ? Median(original) / denominator : 0;
  judgement.interval =
      BootstrapRatioOfMedians(original, rewritten, confidence, options.resamples, options.seed);
  judgement.p = MannWhitneyP(original, rewritten);
  const bool significant = judgement.p < options.significance;
  if (significant && judgement.interval.low > 1) judgement.verdict = SpeedVerdict::Faster;
  if (significant && judgement.interval.high < 1) judgement.verdict = SpeedVerdict::Slower;
  judgement.accepted =
      judgement.verdict == SpeedVerdict::Faster && judgement.interval.low >= options.min_speedup;
  return judgement;
}

base::Result<Measurement> Measure(Runner& runner, const MeasureOptions& options,
                                  const std::vector<std::string>& unstable) {
  return Measuring(runner, options, unstable).Run();
}

}  // namespace unspool::verify
