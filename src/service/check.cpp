#include "service/check.h"

#include "service/analyzed_file.h"
#include "service/selection.h"
#include "source/walk.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <set>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace unspool::service {

namespace fs = std::filesystem;
using diagnostics::Diagnostic;
using diagnostics::Kind;
using pipeline::Analysis;
using source::Applicability;
using transform::Plan;

namespace {

bool IsParallelRule(Kind kind) {
  return kind == Kind::ParallelLoop || kind == Kind::ParallelComprehension;
}

// Reading, writing and settings; the file's content is a finding like others.
bool IsFailure(Kind kind) {
  const std::string_view code = InfoOf(kind).code;
  return code <= "UNS009" || (code >= "UNS040" && code <= "UNS049") ||
         (code >= "UNS060" && code <= "UNS069" && kind != Kind::EditOverlap);
}

struct FileTask {
  FileRequest request;
  source::ConfigPtr config;
  std::vector<uint32_t> only;  // rows; empty: the whole file
};

struct FileOutcome {
  std::vector<Diagnostic> left;
  std::optional<Rewrite> rewrite;
  std::vector<Diagnostic> fixed;             // by the rewrite
  std::optional<source::OffsetMap> offsets;  // of the rewrite
  std::string stdin_bytes;
  size_t fixable = 0;
  size_t unsafe_fixable = 0;
  std::vector<uint32_t> rows_without_loop;
};

std::string NormalPath(const std::string& path) {
  return fs::path(path).lexically_normal().string();
}

class FileCheck {
 public:
  FileCheck(const FileTask& task, FixMode mode) : task_(task), config_(*task.config), mode_(mode) {
    if (mode_ == FixMode::None && config_.fix) mode_ = FixMode::Apply;
  }

  FileOutcome Run() {
    AnalyzedFile file = AnalyzeFile(task_.request);
    outcome_.left = std::move(file.problems);
    if (task_.request.path == "-" && !file.parts.empty()) {
      outcome_.stdin_bytes = file.parts.front()->file->bytes();
    }
    for (auto& part : file.parts) {
      if (!task_.only.empty() && part->parses()) SelectLoops(part);
      Part(*part, file);
    }
    return std::move(outcome_);
  }

 private:
  // Plans only the loops that were named, so that an outer one does not take the place of an inner.
  void SelectLoops(std::shared_ptr<const Analysis>& part) {
    transform::TransformOptions options = part->options.transform;
    for (uint32_t row : task_.only) {
      auto loop = LoopAt(*part, row);
      if (!loop) {
        outcome_.rows_without_loop.push_back(row);
        continue;
      }
      options.only.push_back(part->verdicts[*loop].loop);
    }
    if (!options.only.empty()) part = Reanalyze(*part, options);
  }

  void Part(const Analysis& analysis, const AnalyzedFile& file) {
    const bool refusals = config_.show_refusals;
    std::vector<Diagnostic> found = pipeline::Diagnose(analysis, refusals);
    if (!analysis.parses()) {
      for (Diagnostic& diagnostic : found) outcome_.left.push_back(std::move(diagnostic));
      return;
    }
    source::Pragmas pragmas = PragmasOf(*analysis.file, analysis.options.parse);
    for (const source::Problem& problem : pragmas.problems()) {
      outcome_.left.push_back(diagnostics::FromProblem(problem, analysis.file));
    }
    const RuleSelection rules(config_, file.path);
    std::vector<const Plan*> offered;
    for (const Plan& plan : analysis.plans) {
      if (plan.offers_rewrite()) offered.push_back(&plan);
    }
    std::vector<const Plan*> chosen;
    std::vector<Diagnostic> fixed;
    size_t next = 0;
    for (Diagnostic& diagnostic : found) {
      const Plan* plan = IsParallelRule(diagnostic.kind) ? offered[next++] : nullptr;
      if (!Wanted(analysis, diagnostic)) continue;
      if (file.notebook || file.is_stub()) {
        plan = nullptr;
        LeaveNotebook(diagnostic, file);
      }
      if (diagnostic.kind == Kind::LeftAlone && !refusals) continue;
      if (!rules.Runs(diagnostic.kind)) continue;
      const uint32_t offset = analysis.file->lines().OffsetOf(diagnostic.place.begin);
      if (pragmas.Suppresses(diagnostic.code(), InfoOf(diagnostic.kind).name, offset)) continue;
      if (!plan || !diagnostic.fix) {
        outcome_.left.push_back(std::move(diagnostic));
        continue;
      }
      if (!file.finds_neighbours) Demote(diagnostic);
      const Applicability applicability = diagnostic.fix->edits.applicability();
      const bool may_fix = rules.Fixes(diagnostic.kind);
      const bool applies =
          may_fix && (applicability == Applicability::Safe ||
                      (applicability == Applicability::Unsafe && config_.unsafe_fixes));
      if (applies && mode_ != FixMode::None) {
        chosen.push_back(plan);
        fixed.push_back(std::move(diagnostic));
        continue;
      }
      outcome_.fixable += applies;
      outcome_.unsafe_fixable += may_fix && applicability == Applicability::Unsafe && !applies;
      outcome_.left.push_back(std::move(diagnostic));
    }
    if (!chosen.empty()) Apply(analysis, std::move(chosen), std::move(fixed), file);
  }

  bool Wanted(const Analysis& analysis, const Diagnostic& diagnostic) const {
    if (task_.only.empty()) return true;
    for (uint32_t row : task_.only) {
      auto loop = LoopAt(analysis, row);
      if (!loop) continue;
      const uint32_t begin = analysis.SpanOf(analysis.verdicts[*loop].loop).begin;
      if (analysis.file->PositionOf(begin) == diagnostic.place.begin) return true;
    }
    return false;
  }

  // Workers cannot import a notebook; a stub has nothing to run.
  static void LeaveNotebook(Diagnostic& diagnostic, const AnalyzedFile& file) {
    if (!IsParallelRule(diagnostic.kind)) return;
    Diagnostic left = diagnostics::Make(
        Kind::LeftAlone, diagnostic.place,
        std::vector<std::string>{
            "loop", diagnostic.parallel ? diagnostic.parallel->verdict : "parallel",
            file.notebook ? "worker processes cannot import the functions of a notebook"
                          : "a stub is not run"});
    if (file.notebook) left.help.push_back("move the function with the loop to a module");
    left.parallel = diagnostic.parallel;
    diagnostic = std::move(left);
  }

  static void Demote(Diagnostic& diagnostic) {
    if (diagnostic.fix->edits.applicability() != Applicability::Safe) return;
    diagnostic.fix->edits.set_applicability(Applicability::Unsafe);
    diagnostic.notes.push_back(
        "not safe: the folder has no __init__.py, so it is not certain that the support module "
        "beside this file is found");
  }

  void Apply(const Analysis& analysis, std::vector<const Plan*> plans,
             std::vector<Diagnostic> fixed, const AnalyzedFile& file) {
    auto edits = transform::ComposeFix(*analysis.module, plans, analysis.file->line_end());
    if (!edits) {
      // One by one: what does not fit with the others stays for another run.
      std::vector<const Plan*> fitting;
      std::vector<Diagnostic> kept;
      for (size_t index = 0; index < plans.size(); ++index) {
        fitting.push_back(plans[index]);
        auto longer = transform::ComposeFix(*analysis.module, fitting, analysis.file->line_end());
        if (longer) {
          edits = std::move(longer);
          kept.push_back(std::move(fixed[index]));
        } else {
          fitting.pop_back();
          outcome_.fixable += 1;
          outcome_.left.push_back(std::move(fixed[index]));
        }
      }
      fixed = std::move(kept);
    }
    if (!edits || edits->empty()) return;
    auto edited = source::Apply(*analysis.file, *edits);
    if (!edited) {
      outcome_.left.push_back(diagnostics::FromProblem(edited.error(), analysis.file));
      for (Diagnostic& diagnostic : fixed) outcome_.left.push_back(std::move(diagnostic));
      return;
    }
    Rewrite rewrite;
    rewrite.path = file.path;
    rewrite.expected = analysis.file->hash();
    rewrite.old_bytes = analysis.file->bytes();
    rewrite.new_bytes = std::move(edited->bytes);
    rewrite.old_text = analysis.file->text();
    rewrite.new_text = std::move(edited->text);
    outcome_.fixed = std::move(fixed);
    outcome_.offsets = std::move(edited->offsets);
    outcome_.rewrite = std::move(rewrite);
  }

  const FileTask& task_;
  const source::Config& config_;
  FixMode mode_;
  FileOutcome outcome_;
};

// The same for all names of a file but hard links.
std::string NameOf(const std::string& path) {
  std::error_code error;
  const fs::path real = path == "-" ? fs::path() : fs::canonical(path, error);
  return real.empty() ? path : real.string();
}

// What is left is shown where it stands in the file as it is now.
void MoveToNewText(FileOutcome& outcome) {
  if (outcome.left.empty()) return;
  auto now =
      source::SourceFile::FromText(outcome.left.front().place.path, outcome.rewrite->new_text);
  if (!now) return;
  auto move = [&](diagnostics::Place& place) {
    if (!place.file || place.begin.row == 0) return;
    const source::LineIndex& lines = place.file->lines();
    const source::Span span{outcome.offsets->ToNew(lines.OffsetOf(place.begin)),
                            outcome.offsets->ToNew(lines.OffsetOf(place.end))};
    place = diagnostics::PlaceOf(*now, span);
  };
  for (Diagnostic& diagnostic : outcome.left) {
    move(diagnostic.place);
    for (diagnostics::Label& label : diagnostic.labels) move(label.place);
    diagnostic.fix.reset();
    if (!diagnostic.parallel) continue;
    auto parallel = std::make_shared<diagnostics::Parallel>(*diagnostic.parallel);
    for (diagnostics::Obstacle& obstacle : parallel->obstacles) {
      move(obstacle.from);
      move(obstacle.to);
      for (diagnostics::Place& place : obstacle.path) move(place);
    }
    for (diagnostics::Obligation& obligation : parallel->obligations) {
      for (diagnostics::Place& place : obligation.places) move(place);
    }
    diagnostic.parallel = std::move(parallel);
  }
}

// The rewrite cannot be: what it would have fixed is left.
void TakeBack(FileOutcome& outcome) {
  outcome.fixable += outcome.fixed.size();
  for (Diagnostic& diagnostic : outcome.fixed) outcome.left.push_back(std::move(diagnostic));
  outcome.fixed.clear();
  outcome.rewrite.reset();
}

syntax::Version VersionOf(const source::Config& config) {
  const auto target = config.Target();
  return target ? syntax::Version{target->major, target->minor} : syntax::Version{3, 11};
}

class CheckRun {
 public:
  explicit CheckRun(const CheckRequest& request) : request_(request), settings_(request.settings) {}

  CheckResult Run() {
    if (!Collect()) return Finish();
    if (request_.list_only) return Finish();
    Analyze();
    AddSupport();
    if (apply_ && result_.usage_error.empty()) Write();
    return Finish();
  }

 private:
  bool Collect() {
    std::vector<std::string> paths = request_.paths;
    for (const PlaceInFile& place : request_.only) {
      if (request_.paths.empty()) paths.push_back(place.path);
    }
    // The settings of the walk are those of the place it begins at.
    const std::string first = paths.empty() || paths.front() == "-" ? "." : paths.front();
    std::error_code ignored;
    source::ConfigPtr base =
        settings_.For(fs::is_directory(first, ignored) ? first + "/x.py" : first);
    root_ = base->root.empty() ? "." : base->root;
    source::WalkOptions walk;
    walk.exclude = base->exclude;
    walk.extend_exclude = base->extend_exclude;
    walk.respect_gitignore = base->respect_gitignore;
    walk.force_exclude = base->force_exclude;
    walk.root = root_;
    source::WalkResult walked = source::Walk(paths, walk);
    for (const source::Problem& problem : walked.problems) {
      result_.diagnostics.push_back(diagnostics::FromProblem(problem));
    }
    std::set<std::string> known;
    for (const source::WalkedFile& file : walked.files) {
      FileTask task;
      task.request.path = FollowLink(file.path, root_);
      if (!known.insert(NameOf(task.request.path)).second) continue;
      task.request.stdin_filename = request_.stdin_filename;
      task.config = settings_.For(file.path == "-" ? request_.stdin_filename : file.path);
      task.request.alone = walked.files.size() == 1 && file.named;
      if (request_.as_script) {
        task.request.world = *request_.as_script ? World::Script : World::Module;
      }
      task.request.target = VersionOf(*task.config);
      for (const PlaceInFile& place : request_.only) {
        if (NormalPath(place.path) == NormalPath(file.path)) task.only.push_back(place.row);
      }
      if (!request_.only.empty() && task.only.empty()) continue;
      apply_ |=
          request_.fix == FixMode::Apply || (request_.fix == FixMode::None && task.config->fix);
      result_.files.push_back(file.path);
      tasks_.push_back(std::move(task));
    }
    std::vector<Diagnostic> problems = settings_.TakeProblems();
    const bool fine = problems.empty();
    for (Diagnostic& problem : problems) result_.diagnostics.push_back(std::move(problem));
    return fine;
  }

  void Analyze() {
    outcomes_.resize(tasks_.size());
    std::atomic<size_t> done = 0;
    std::mutex telling;
    auto one = [&](size_t index) {
      outcomes_[index] = FileCheck(tasks_[index], request_.fix).Run();
      const size_t count = ++done;
      if (request_.progress) {
        std::lock_guard lock(telling);
        request_.progress(count, tasks_.size());
      }
    };
    WithDeepStack([&] {
      if (tasks_.size() == 1) return one(0);
      tbb::global_control stack(tbb::global_control::thread_stack_size, kDeepStack);
      tbb::parallel_for(size_t{0}, tasks_.size(), one);
    });
    for (size_t index = 0; index < outcomes_.size(); ++index) {
      for (uint32_t row : outcomes_[index].rows_without_loop) {
        result_.usage_error =
            fmt::format("no loop or comprehension at {}:{}", tasks_[index].request.path, row);
      }
    }
    for (const PlaceInFile& place : request_.only) {
      const bool seen = std::ranges::any_of(result_.files, [&](const std::string& path) {
        return NormalPath(path) == NormalPath(place.path);
      });
      if (!seen) result_.usage_error = fmt::format("{} is not among the files", place.path);
    }
  }

  void AddSupport() {
    std::map<std::string, SupportFile> known;
    for (FileOutcome& outcome : outcomes_) {
      if (!outcome.rewrite) continue;
      SupportFile found = SupportFileFor(outcome.rewrite->path);
      outcome.rewrite->support = found.path;
      const auto [support, is_new] = known.emplace(found.path, std::move(found));
      if (support->second.problem) {
        if (is_new) result_.diagnostics.push_back(*support->second.problem);
        TakeBack(outcome);
      } else if (is_new && support->second.missing) {
        supports_.push_back(SupportRewrite(support->first));
      }
    }
  }

  void Write() {
    if (request_.paths.size() == 1 && request_.paths.front() == "-") {
      for (FileOutcome& outcome : outcomes_) {
        if (outcome.rewrite) MoveToNewText(outcome);
      }
      return;
    }
    std::vector<Rewrite> all = supports_;
    for (const FileOutcome& outcome : outcomes_) {
      if (outcome.rewrite) all.push_back(*outcome.rewrite);
    }
    WriteResult written = WriteRewrites(all, root_);
    result_.written = !written.written.empty();
    for (Diagnostic& problem : written.problems) result_.diagnostics.push_back(std::move(problem));
    std::set<std::string> paths(written.written.begin(), written.written.end());
    for (FileOutcome& outcome : outcomes_) {
      if (!outcome.rewrite) continue;
      if (paths.contains(outcome.rewrite->path)) {
        MoveToNewText(outcome);
      } else {
        TakeBack(outcome);
      }
    }
    std::erase_if(supports_, [&](const Rewrite& support) { return !paths.contains(support.path); });
  }

  CheckResult Finish() {
    for (FileOutcome& outcome : outcomes_) {
      for (Diagnostic& diagnostic : outcome.left) {
        result_.diagnostics.push_back(std::move(diagnostic));
      }
      result_.fixable += outcome.fixable;
      result_.unsafe_fixable += outcome.unsafe_fixable;
      result_.fixed += outcome.fixed.size();
      if (!outcome.stdin_bytes.empty()) result_.stdin_bytes = std::move(outcome.stdin_bytes);
      if (outcome.rewrite) result_.rewrites.push_back(std::move(*outcome.rewrite));
    }
    for (Rewrite& support : supports_) result_.rewrites.push_back(std::move(support));
    diagnostics::Sort(result_.diagnostics);
    result_.failed |= std::ranges::any_of(result_.diagnostics, [](const Diagnostic& diagnostic) {
      return IsFailure(diagnostic.kind);
    });
    return std::move(result_);
  }

  const CheckRequest& request_;
  Settings settings_;
  std::string root_;
  std::vector<FileTask> tasks_;
  std::vector<FileOutcome> outcomes_;  // of the tasks
  std::vector<Rewrite> supports_;
  bool apply_ = false;
  CheckResult result_;
};

}  // namespace

std::optional<PlaceInFile> ParsePlace(std::string_view text) {
  auto number = [](std::string_view digits) -> std::optional<uint32_t> {
    uint32_t value = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value == 0) return {};
    return value;
  };
  const size_t last = text.rfind(':');
  if (last == std::string_view::npos || last == 0) return std::nullopt;
  const auto row_or_column = number(text.substr(last + 1));
  if (!row_or_column) return std::nullopt;
  const size_t before = text.rfind(':', last - 1);
  if (before != std::string_view::npos && before > 0) {
    if (const auto row = number(text.substr(before + 1, last - before - 1))) {
      return PlaceInFile{std::string(text.substr(0, before)), *row};
    }
  }
  return PlaceInFile{std::string(text.substr(0, last)), *row_or_column};
}

CheckResult Check(const CheckRequest& request) {
  return CheckRun(request).Run();
}

bool Counts(const Diagnostic& diagnostic) {
  return diagnostic.severity() != diagnostics::Severity::Info;
}

}  // namespace unspool::service
