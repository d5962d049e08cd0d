#include "verify/comparison.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace unspool::verify {

namespace {

// More are no news.
constexpr size_t kMaxDifferences = 100;

std::string AdviceFor(const Difference& difference) {
  auto same_but_digits = [](const std::string& a, const std::string& b) {
    auto letters = [](const std::string& text) {
      std::string rest;
      for (char c : text) {
        if (!std::isdigit(static_cast<unsigned char>(c)) && c != '.') rest += c;
      }
      return rest;
    };
    return letters(a) == letters(b);
  };
  switch (difference.kind) {
    case DifferenceKind::Stdout:
    case DifferenceKind::Stderr:
    case DifferenceKind::FileContent:
      if (same_but_digits(difference.original, difference.rewritten)) {
        return "only numbers differ between two runs: a time, a process id or an unseeded random "
               "number; leave it out or fix the seed for the verification";
      }
      return "two runs of the original differ here: seed random numbers, sort what comes in no "
             "order, leave out what depends on the moment";
    case DifferenceKind::FileMissing:
    case DifferenceKind::FileExtra:
      return "the names of the files differ from run to run: give them fixed names for the "
             "verification";
    case DifferenceKind::Survivors:
      return "the program sometimes leaves processes running: wait for them";
    default:
      return "the original does not end in the same way twice: make the run repeatable first";
  }
}

class Comparing {
 public:
  Comparing(Runner& runner, const Matrix& matrix)
      : runner_(runner), matrix_(matrix), comparer_(runner) {
    for (StartMethod method : matrix.start_methods) {
      for (int workers : matrix.workers) cells_.push_back({method, workers});
    }
    if (cells_.empty()) cells_.push_back({});
  }

  base::Result<Comparison> Run() {
    if (auto done = RunOriginalTwice(); !done) return std::unexpected(done.error());
    if (result_.reason.empty()) {
      for (const RunConfig& cell : cells_) {
        auto equal = RunCell(cell);
        if (!equal) return std::unexpected(equal.error());
        if (!*equal && matrix_.stop_at_first_difference) break;
      }
      Judge();
    }
    Report("");
    return std::move(result_);
  }

 private:
  void Report(std::string label) {
    const auto& progress = runner_.options().progress;
    if (!progress) return;
    const size_t total = 2 + cells_.size();
    const size_t done = label.empty() ? total : std::min(done_++, total);
    progress({"compare", done, total, std::move(label)});
  }

  base::Result<void> RunOriginalTwice() {
    Report("original");
    auto first = runner_.Execute(Side::Original, {}, true);
    if (!first) return std::unexpected(first.error());
    baseline_ = std::move(*first);
    ++result_.original_runs;
    Describe();
    if (!result_.reason.empty()) return {};
    Report("original, once more");
    auto again = runner_.Execute(Side::Original, {}, true);
    if (!again) return std::unexpected(again.error());
    ++result_.original_runs;
    return NoteInstability(*baseline_, *again);
  }

  void Describe() {
    const verify::Run& run = *baseline_;
    std::error_code error;
    result_.exit_code =
        run.process.ending == Ending::Signalled ? -run.process.signal : run.process.exit_code;
    result_.stdout_bytes = std::filesystem::file_size(run.stdout_path, error);
    result_.stderr_bytes = std::filesystem::file_size(run.stderr_path, error);
    result_.files_changed = run.changes.size();
    result_.notes = runner_.workspace().notes();
    if (run.exception) result_.exception_type = run.exception->type;
    result_.failure = FailureOf(runner_, run);
    if (run.process.ending == Ending::TimedOut) {
      result_.reason = "timeout";
    } else if (run.process.ending == Ending::OutputLimit) {
      result_.reason = "output-limit";
    } else if (run.exception &&
               (run.exception->type == "ModuleNotFoundError" ||
                run.exception->type == "ImportError" || run.exception->type == "SyntaxError")) {
      result_.reason = "import-failed";
      result_.notes.push_back(
          Excerpt(fmt::format("{}: {}", run.exception->type, run.exception->message)));
    }
    if (run.process.survivors > 0) {
      result_.notes.push_back(
          Excerpt("the original leaves processes running: " + run.process.survivor_command));
    }
  }

  base::Result<void> NoteInstability(const verify::Run& a, const verify::Run& b) {
    auto differences = comparer_.Compare(a, b);
    if (!differences) return std::unexpected(differences.error());
    for (Difference& difference : *differences) {
      if (!unstable_.insert(difference.Channel()).second) continue;
      std::string advice = AdviceFor(difference);
      result_.instabilities.push_back({std::move(difference), std::move(advice)});
    }
    return {};
  }

  base::Result<std::vector<Difference>> StableDifferences(const verify::Run& a,
                                                          const verify::Run& b) {
    auto differences = comparer_.Compare(a, b);
    if (!differences) return differences;
    std::erase_if(*differences, [&](const Difference& difference) {
      return unstable_.contains(difference.Channel());
    });
    return differences;
  }

  // The original in the same circumstances, where they may matter to it.
  base::Result<bool> RunCell(const RunConfig& cell) {
    Report(ConfigName(cell));
    auto run = runner_.Execute(Side::Rewritten, cell, true);
    if (!run) return std::unexpected(run.error());
    std::optional<verify::Run> own;
    if (baseline_->asked_machine) {
      if (auto done = RunOriginalIn(cell, own); !done) return std::unexpected(done.error());
    }
    auto differences = StableDifferences(own ? *own : *baseline_, *run);
    if (!differences) return std::unexpected(differences.error());
    if (!differences->empty() && !own) {
      // Twice the same may have been luck: the original gets another chance to differ.
      if (auto done = RunOriginalIn(cell, own); !done) return std::unexpected(done.error());
      if (auto done = NoteInstability(*baseline_, *own); !done) {
        return std::unexpected(done.error());
      }
      differences = StableDifferences(*own, *run);
      if (!differences) return std::unexpected(differences.error());
    }
    const bool equal = differences->empty();
    result_.cells.push_back({cell, equal, run->process.wall_seconds});
    for (Difference& difference : *differences) {
      if (result_.differences.size() < kMaxDifferences) {
        result_.differences.push_back(std::move(difference));
      }
    }
    return equal;
  }

  base::Result<void> RunOriginalIn(const RunConfig& cell, std::optional<verify::Run>& own) {
    auto run = runner_.Execute(Side::Original, cell, true);
    if (!run) return std::unexpected(run.error());
    ++result_.original_runs;
    own = std::move(*run);
    return {};
  }

  void Judge() {
    // A channel found unstable late is no proof of a difference found in it early.
    std::erase_if(result_.differences, [&](const Difference& difference) {
      return unstable_.contains(difference.Channel());
    });
    if (!result_.differences.empty()) {
      result_.verdict = ComparisonVerdict::Different;
    } else {
      result_.verdict = unstable_.empty() ? ComparisonVerdict::Equal : ComparisonVerdict::Unstable;
    }
  }

  Runner& runner_;
  const Matrix& matrix_;
  Comparer comparer_;
  std::vector<RunConfig> cells_;
  std::optional<verify::Run> baseline_;
  std::set<std::string> unstable_;
  Comparison result_;
  size_t done_ = 0;
};

}  // namespace

std::string_view ComparisonVerdictName(ComparisonVerdict verdict) {
  switch (verdict) {
    case ComparisonVerdict::Equal:
      return "equal";
    case ComparisonVerdict::Different:
      return "different";
    case ComparisonVerdict::Unstable:
      return "unstable";
    case ComparisonVerdict::NotRunnable:
      return "not-runnable";
  }
  return "not-runnable";
}

base::Result<Comparison> Compare(Runner& runner, const Matrix& matrix) {
  return Comparing(runner, matrix).Run();
}

}  // namespace unspool::verify
