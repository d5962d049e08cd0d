#include "service/optimize.h"

#include "report/html_report.h"
#include "service/loop_records.h"
#include "service/script_project.h"
#include "verify/format.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace unspool::service {

namespace {

// The lower end of what the whole program is predicted to gain has to be above this.
constexpr double kWorthTrying = 1.2;

class Optimizing {
 public:
  Optimizing(const OptimizeRequest& request, OptimizeResult& result)
      : request_(request), result_(result) {}

  void Run() {
    ScriptProject::Opened opened =
        ScriptProject::Open({request_.script, request_.arguments, request_.python,
                             request_.settings, request_.unsafe_fixes});
    result_.problems = std::move(opened.problems);
    result_.error = std::move(opened.error);
    if (!opened.project) return;
    project_ = std::move(opened.project);
    Begin();
    if (candidates_.empty()) return;
    if (SupportFile support = SupportFileFor(project_->analysis().file->path()); support.problem) {
      result_.problems.push_back(std::move(*support.problem));
      return;
    }
    if (!Profile()) return;
    Choose();
    if (!chosen_.empty()) Try();
    if (!result_.error.empty()) return;
    Keep();
  }

 private:
  void Tell(const std::string& words) const {
    if (request_.phase) request_.phase(words);
  }

  void Begin() {
    const pipeline::Analysis& analysis = project_->analysis();
    for (size_t index = 0; index < analysis.verdicts.size(); ++index) {
      OptimizedLoop loop;
      loop.record = RecordOf(analysis, index);
      loop.why = Reason(loop.record);
      result_.loops.push_back(std::move(loop));
    }
    candidates_ = project_->Candidates();
    // Loops that are not rewritten, but could be worth it, are under the clock too, so that the
    // summary can say what they cost.
    watched_ = candidates_;
    for (size_t index = 0; index < analysis.verdicts.size(); ++index) {
      const std::string_view kind = analysis.verdicts[index].kind;
      const bool watchable =
          kind == "for" || kind == "listcomp" || kind == "setcomp" || kind == "dictcomp";
      const bool candidate = std::ranges::find(candidates_, index) != candidates_.end();
      const bool outermost = watchable && !candidate && IsOutermost(index) &&
                             analysis.plans[index].cost.workload != strategy::Workload::Trivial;
      if (outermost) watched_.push_back(index);
    }
    const verify::Machine machine = verify::DescribeMachine();
    result_.workers = machine.cpus_allowed;
    result_.load_before = machine.load_average;
  }

  verify::RunOptions RunOptions() const {
    return project_->RunOptionsFor(request_.run, request_.timeout);
  }

  bool Contains(size_t outer, size_t inner) const {
    const pipeline::Analysis& analysis = project_->analysis();
    const source::Span a = analysis.SpanOf(analysis.verdicts[outer].loop);
    const source::Span b = analysis.SpanOf(analysis.verdicts[inner].loop);
    return outer != inner && a.begin <= b.begin && b.end <= a.end;
  }

  bool IsOutermost(size_t index) const {
    for (size_t other = 0; other < project_->analysis().verdicts.size(); ++other) {
      if (Contains(other, index)) return false;
    }
    return true;
  }

  static std::string Reason(const LoopRecord& record) {
    for (bool concrete : {true, false}) {
      for (const LoopObstacle& obstacle : record.obstacles) {
        if (obstacle.concrete == concrete) {
          return fmt::format("{} (line {})", obstacle.message, obstacle.from.begin.row);
        }
      }
    }
    if (!record.refusals.empty()) return record.refusals.front().message;
    return {};
  }

  bool Profile() {
    Tell(fmt::format("Profiling {} loop{} in one run", candidates_.size(),
                     candidates_.size() == 1 ? "" : "s"));
    auto profile = ProfileLoops(*project_, watched_, RunOptions());
    if (!profile) {
      result_.error = profile.error().message;
      return false;
    }
    if (!profile->ending.empty()) {
      result_.failure = profile->failure;
      result_.error = "the script " + profile->ending;
      return false;
    }
    result_.profile_seconds = profile->seconds;
    result_.failure = profile->failure;
    for (size_t i = 0; i < watched_.size(); ++i)
      result_.loops[watched_[i]].profile = profile->loops[i];
    return true;
  }

  const LoopProfile& ProfileOf(size_t index) const { return *result_.loops[index].profile; }

  double Saving(size_t index) const {
    return ProfileOf(index).seconds - PredictLoop(ProfileOf(index), result_.workers).slow;
  }

  void Choose() {
    for (size_t index : candidates_) {
      OptimizedLoop& loop = result_.loops[index];
      const bool reached = loop.profile->executions > 0;
      loop.outcome = reached ? LoopOutcome::TooLittle : LoopOutcome::NotReached;
      const bool repeated = reached && loop.profile->executions > 1;
      loop.why = reached ? fmt::format("too little work{}: {}", repeated ? " at a time" : "",
                                       WorkInWords(*loop.profile))
                         : "not reached with these arguments";
    }
    if (result_.workers < 2) {
      for (size_t index : candidates_) {
        result_.loops[index].why = "this machine allows one processor only";
      }
      return;
    }
    std::vector<size_t> order = candidates_;
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return Saving(a) > Saving(b); });
    double slow = *result_.profile_seconds;
    double fast = slow;
    for (size_t index : order) {
      if (Saving(index) <= 0) break;
      const bool nested = std::ranges::any_of(
          chosen_, [&](size_t other) { return Contains(other, index) || Contains(index, other); });
      if (nested) {
        result_.loops[index].why = "runs within another loop that is run in parallel";
        continue;
      }
      const strategy::Prediction prediction = PredictLoop(ProfileOf(index), result_.workers);
      slow += prediction.slow - ProfileOf(index).seconds;
      fast += prediction.fast - ProfileOf(index).seconds;
      chosen_.push_back(index);
    }
    if (chosen_.empty()) return;
    const double now = *result_.profile_seconds;
    const double floor = now * 0.01;
    result_.predicted = Range{now / std::max(slow, floor), now / std::max(fast, floor)};
    if (result_.predicted->low > kWorthTrying) return;
    for (size_t index : chosen_) {
      result_.loops[index].why = fmt::format(
          "too little to gain: the whole program would be {:.2f} to {:.2f} times as "
          "fast ({})",
          result_.predicted->low, result_.predicted->high, WorkInWords(ProfileOf(index)));
    }
    chosen_.clear();
  }

  std::map<size_t, uint32_t> MinItems(const std::vector<size_t>& loops) const {
    std::map<size_t, uint32_t> items;
    for (size_t index : loops) {
      const uint32_t crossover = CrossoverItems(ProfileOf(index), result_.workers);
      // Where the run was close to it, a threshold says more about noise than about the loop.
      if (crossover > 1 && crossover <= ProfileOf(index).most) items[index] = crossover;
    }
    return items;
  }

  base::Result<verify::Certificate> Verify(const ScriptVersion& version) {
    auto runner = verify::Runner::Create(project_->SubjectFor(version), RunOptions());
    if (!runner) return std::unexpected(runner.error());
    auto certificate = verify::BeginCertificate(**runner, request_.tool_version);
    if (!certificate) return certificate;
    certificate->obligations = project_->ObligationsOf(version);
    certificate->assumptions = ScriptProject::Assumptions();
    verify::Matrix matrix = request_.matrix;
    matrix.stop_at_first_difference = true;
    Tell(fmt::format("Comparing the rewrite of line{} {} with the original",
                     version.loops.size() == 1 ? "" : "s", RowsOf(version)));
    auto comparison = verify::Compare(**runner, matrix);
    if (!comparison) return std::unexpected(comparison.error());
    const bool equal = comparison->verdict == verify::ComparisonVerdict::Equal;
    std::vector<std::string> unstable;
    for (const verify::Instability& instability : comparison->instabilities) {
      unstable.push_back(instability.difference.Channel());
    }
    certificate->comparison = std::move(*comparison);
    if (!equal) return certificate;
    Tell("Measuring both versions in turn");
    auto measurement =
        verify::Measure(**runner, project_->MeasureOptionsFor(request_.runs), unstable);
    if (!measurement) return std::unexpected(measurement.error());
    certificate->measurement = std::move(*measurement);
    return certificate;
  }

  static std::string RowsOf(const ScriptVersion& version) {
    std::string rows;
    for (size_t index : version.loops) {
      const auto& analysis = *version.analysis;
      const uint32_t begin = analysis.SpanOf(analysis.verdicts[index].loop).begin;
      rows += fmt::format("{}{}", rows.empty() ? "" : ", ", analysis.file->PositionOf(begin).row);
    }
    return rows;
  }

  // One rewrite through comparison and measurement; true where it may stay.
  bool TryLoops(const std::vector<size_t>& loops) {
    auto version = project_->VersionWith(loops, MinItems(loops));
    if (!version) {
      for (size_t index : loops) result_.loops[index].why = version.error().message;
      return false;
    }
    auto certificate = Verify(*version);
    if (!certificate) {
      result_.error = certificate.error().message;
      return false;
    }
    Attempt attempt;
    for (size_t index : version->loops) {
      attempt.rows.push_back(result_.loops[index].record.place.begin.row);
    }
    attempt.verdict = certificate->verdict();
    if (certificate->measurement) attempt.speedup = certificate->measurement->speed.ratio;
    attempt.kept = attempt.verdict == verify::Verdict::EqualAndFaster;
    result_.attempts.push_back(attempt);
    for (size_t index : version->loops) Judge(result_.loops[index], *certificate);
    if (attempt.kept || !result_.certificate) result_.certificate = *certificate;
    if (attempt.kept) kept_ = std::move(*version);
    return attempt.kept;
  }

  static void Judge(OptimizedLoop& loop, const verify::Certificate& certificate) {
    switch (certificate.verdict()) {
      case verify::Verdict::EqualAndFaster:
        loop.outcome = LoopOutcome::Rewritten;
        loop.why.clear();
        return;
      case verify::Verdict::NotFaster:
        loop.outcome = LoopOutcome::NotFaster;
        loop.why = fmt::format("not surely faster: {:.2f} times ({:.2f} to {:.2f}) when measured",
                               certificate.measurement->speed.ratio,
                               certificate.measurement->speed.interval.low,
                               certificate.measurement->speed.interval.high);
        return;
      case verify::Verdict::Mismatch:
        loop.outcome = LoopOutcome::NotEqual;
        loop.why = "the rewritten program did something else; please report this as a bug";
        return;
      default:
        loop.outcome = LoopOutcome::NotFaster;
        loop.why = verify::FormatVerdict(certificate);
        return;
    }
  }

  void Try() {
    if (TryLoops(chosen_) || !result_.error.empty()) return;
    const verify::Verdict verdict =
        result_.attempts.empty() ? verify::Verdict::NotFaster : result_.attempts.back().verdict;
    // One by one, where that can change the answer.
    const bool alone_differs =
        verdict == verify::Verdict::NotFaster || verdict == verify::Verdict::Mismatch;
    if (chosen_.size() < 2 || !alone_differs) return;
    std::vector<size_t> order = chosen_;
    std::ranges::stable_sort(
        order, [&](size_t a, size_t b) { return ProfileOf(a).seconds > ProfileOf(b).seconds; });
    for (size_t index : order) {
      if (TryLoops({index}) || !result_.error.empty()) return;
    }
  }

  void Keep() {
    if (result_.certificate) result_.command = result_.certificate->command;
    if (kept_) {
      result_.kept = true;
      result_.diff = kept_->diff;
      result_.rewrites = kept_->Rewrites();
      if (!request_.dry_run) {
        WriteResult written = WriteRewrites(result_.rewrites, project_->config().root);
        result_.written = written.problems.empty();
        for (auto& problem : written.problems) result_.problems.push_back(std::move(problem));
      }
    }
    WriteReports();
  }

  void WriteReports() {
    const std::string folder = project_->ReportFolder();
    const std::string stem = project_->Stem();
    auto write = [&](const std::string& name, const std::string& bytes, std::string& path) {
      auto written = WriteReportFile(folder, name, bytes);
      if (written) {
        path = *written;
      } else {
        result_.error = written.error().message;
      }
    };
    if (result_.certificate) {
      write(stem + ".certificate.json", verify::ToJson(*result_.certificate).dump(2) + "\n",
            result_.certificate_path);
    }
    if (result_.kept) write(stem + ".diff", DiffOf(result_.rewrites), result_.diff_path);
    write(stem + ".html", report::RenderHtml(ReportData()), result_.report_path);
  }

  report::ReportData ReportData() const {
    report::ReportData data;
    data.script = request_.script;
    data.command = result_.command.empty() ? request_.script : result_.command;
    data.tool_version = request_.tool_version;
    data.profile_seconds = result_.profile_seconds.value_or(0);
    data.workers = result_.workers;
    data.kept = result_.kept;
    data.written = result_.written;
    data.diff = result_.diff;
    if (result_.predicted) {
      data.predicted_low = result_.predicted->low;
      data.predicted_high = result_.predicted->high;
    }
    if (result_.certificate) data.certificate = &*result_.certificate;
    if (result_.failure) data.failure = &*result_.failure;
    for (const OptimizedLoop& loop : result_.loops) {
      report::ReportLoop out;
      out.row = loop.record.place.begin.row;
      out.function = loop.record.function;
      out.kind = loop.record.kind;
      out.verdict = loop.record.verdict;
      out.workload = loop.record.workload;
      out.rewritten = loop.outcome == LoopOutcome::Rewritten;
      out.why = loop.why;
      if (loop.profile) out.work = WorkInWords(*loop.profile);
      if (loop.profile) out.seconds = loop.profile->seconds;
      for (const LoopEvidence& item : loop.record.evidence) {
        out.evidence.push_back({item.id, item.evidence, item.because});
      }
      data.loops.push_back(std::move(out));
    }
    return data;
  }

  const OptimizeRequest& request_;
  OptimizeResult& result_;
  std::optional<ScriptProject> project_;
  std::vector<size_t> candidates_;
  std::vector<size_t> watched_;
  std::vector<size_t> chosen_;
  std::optional<ScriptVersion> kept_;
};

}  // namespace

OptimizeResult Optimize(const OptimizeRequest& request) {
  OptimizeResult result;
  Optimizing(request, result).Run();
  return result;
}

bool FailedBeforeLoops(const OptimizeResult& result) {
  return result.failure && !result.kept &&
         std::ranges::none_of(result.loops, [](const OptimizedLoop& loop) {
           return loop.outcome != LoopOutcome::Refused && loop.outcome != LoopOutcome::NotReached;
         });
}

bool IsWorthALine(const OptimizedLoop& loop) {
  if (loop.outcome != LoopOutcome::Refused) return true;
  return loop.profile && loop.profile->executions > 0 && loop.profile->seconds >= 0.05;
}

}  // namespace unspool::service
