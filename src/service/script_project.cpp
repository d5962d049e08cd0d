#include "service/script_project.h"

#include "diagnostics/json.h"
#include "service/analyzed_file.h"
#include "service/loop_records.h"
#include "source/atomic_write.h"
#include "source/interpreter.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace unspool::service {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using pipeline::Analysis;

namespace {

// The folder that is copied for a run: the current one, where the script lies below it, else the
// one that holds both.
base::Result<fs::path> RootOf(const fs::path& script, const fs::path& working) {
  fs::path root;
  auto a = script.parent_path();
  auto left = a.begin();
  auto right = working.begin();
  for (; left != a.end() && right != working.end() && *left == *right; ++left, ++right) {
    root /= *left;
  }
  const char* home = std::getenv("HOME");
  const bool too_wide = root == root.root_path() || root == "/home" || root == "/tmp" ||
                        (home && root == fs::path(home) && root != working);
  if (too_wide && root != working) {
    return base::Fail(fmt::format(
        "the script and the current folder have only {} in common, which is too much to copy for a "
        "run; change to the folder of the script (cd {})",
        root.string(), script.parent_path().string()));
  }
  return root;
}

std::string_view OriginOf(const std::string& function) {
  return function == "<module>" ? std::string_view() : std::string_view(function);
}

}  // namespace

std::vector<Rewrite> ScriptVersion::Rewrites() const {
  std::vector<Rewrite> all = {script};
  if (support.missing) all.push_back(SupportRewrite(support.path));
  return all;
}

ScriptProject::Opened ScriptProject::Open(const ScriptRequest& request) {
  Opened opened;
  ScriptProject project;
  project.request_ = request;
  Settings settings(request.settings);
  project.config_ = settings.For(request.script);
  opened.problems = settings.TakeProblems();
  if (!opened.problems.empty()) return opened;
  if (request.script == "-" || source::IsNotebookPath(request.script)) {
    opened.error = "only a script in a file can be run; save it as a .py file";
    return opened;
  }
  project.request_.script = FollowLink(request.script, project.config_->root);
  FileRequest file_request;
  file_request.path = project.request_.script;
  file_request.world = World::Script;
  if (const auto target = project.config_->Target()) {
    file_request.target = {target->major, target->minor};
  }
  WithDeepStack([&] {
    AnalyzedFile file = AnalyzeFile(file_request);
    opened.problems = std::move(file.problems);
    if (!opened.problems.empty()) return;
    project.analysis_ = file.parts.front();
    if (!project.analysis_->parses()) {
      opened.problems = pipeline::Diagnose(*project.analysis_, false);
    }
  });
  if (!opened.problems.empty()) return opened;
  std::error_code error;
  const fs::path script = fs::canonical(request.script, error);
  const fs::path working = fs::current_path(error);
  if (error) {
    opened.error = fmt::format("cannot find the current folder: {}", error.message());
    return opened;
  }
  auto root = RootOf(script, fs::canonical(working, error));
  if (!root) {
    opened.error = root.error().message;
    return opened;
  }
  project.root_ = root->string();
  project.script_ = script.lexically_relative(*root).string();
  project.working_folder_ = fs::canonical(working, error).lexically_relative(*root).string();
  if (project.working_folder_ == ".") project.working_folder_.clear();
  project.python_ = source::ChoosePython(request.python, project.config_->python);
  opened.project = std::move(project);
  return opened;
}

bool ScriptProject::MayRewrite(const Analysis& analysis, size_t index) const {
  const transform::Plan& plan = analysis.plans[index];
  if (!plan.edits) return false;
  const bool unsafe = request_.unsafe_fixes || config_->unsafe_fixes;
  const source::Applicability applicability = plan.applicability();
  return applicability == source::Applicability::Safe ||
         (unsafe && applicability == source::Applicability::Unsafe);
}

std::vector<size_t> ScriptProject::Offered() const {
  std::vector<size_t> found;
  for (size_t index = 0; index < analysis_->plans.size(); ++index) {
    if (analysis_->plans[index].offers_rewrite() && MayRewrite(*analysis_, index)) {
      found.push_back(index);
    }
  }
  return found;
}

std::vector<size_t> ScriptProject::Candidates() const {
  std::vector<size_t> found;
  for (size_t index = 0; index < analysis_->plans.size(); ++index) {
    if (!MayRewrite(*analysis_, index)) continue;
    const auto& refusals = analysis_->plans[index].refusals;
    const bool only_inside = std::ranges::all_of(refusals, [](const transform::Refusal& refusal) {
      return refusal.code == "inside-parallel";
    });
    if (only_inside) found.push_back(index);
  }
  return found;
}

base::Result<ScriptVersion> ScriptProject::VersionWith(
    const std::vector<size_t>& loops, const std::map<size_t, uint32_t>& min_items) const {
  ScriptVersion version;
  transform::TransformOptions options = analysis_->options.transform;
  for (size_t index : loops) options.only.push_back(analysis_->verdicts[index].loop);
  for (const auto& [index, items] : min_items) {
    options.min_items[analysis_->verdicts[index].loop] = items;
  }
  WithDeepStack([&] { version.analysis = Reanalyze(*analysis_, options); });
  const Analysis& analysis = *version.analysis;
  std::vector<const transform::Plan*> plans;
  for (size_t index = 0; index < analysis.plans.size(); ++index) {
    if (!analysis.plans[index].offers_rewrite() || !MayRewrite(analysis, index)) continue;
    plans.push_back(&analysis.plans[index]);
    version.loops.push_back(index);
  }
  if (plans.empty()) return base::Fail("no loop is left to rewrite");
  const auto edits = transform::ComposeFix(*analysis.module, plans, analysis.file->line_end());
  if (!edits) return base::Fail("the rewrites of these loops cannot be put together");
  auto edited = source::Apply(*analysis.file, *edits);
  if (!edited) return base::Fail(diagnostics::FromProblem(edited.error()).message);
  version.script.path = request_.script;
  version.script.expected = analysis.file->hash();
  version.script.old_bytes = analysis.file->bytes();
  version.script.new_bytes = std::move(edited->bytes);
  version.script.old_text = analysis.file->text();
  version.script.new_text = std::move(edited->text);
  version.support = SupportFileFor(request_.script);
  version.script.support = version.support.path;
  version.diff = DiffOf({version.script});
  return version;
}

verify::Subject ScriptProject::BaseSubject() const {
  verify::Subject subject;
  subject.root = root_;
  subject.working_folder = working_folder_;
  subject.script = script_;
  subject.arguments = request_.arguments;
  subject.python = python_;
  return subject;
}

verify::Subject ScriptProject::SubjectWith(const std::string& text) const {
  verify::Subject subject = BaseSubject();
  verify::FileVersion file;
  file.path = script_;
  file.original = analysis_->file->bytes();
  file.rewritten = text;
  subject.files.push_back(std::move(file));
  return subject;
}

verify::Subject ScriptProject::SubjectFor(const ScriptVersion& version) const {
  verify::Subject subject = SubjectWith(version.script.new_bytes);
  const fs::path support = fs::path(script_).parent_path() / "parallel_support.py";
  if (version.support.missing) {
    verify::FileVersion file;
    file.path = support;
    file.created = true;
    file.rewritten = transform::SupportModuleText();
    subject.files.push_back(std::move(file));
  }
  subject.support_files.push_back(support);
  for (size_t index : version.loops) {
    const transform::Plan& plan = version.analysis->plans[index];
    subject.generated_functions.push_back(
        {script_, plan.worker, std::string(OriginOf(version.analysis->verdicts[index].function))});
  }
  return subject;
}

verify::MeasureOptions ScriptProject::MeasureOptionsFor(int runs) const {
  verify::MeasureOptions measure;
  if (runs == 0) runs = static_cast<int>(config_->runs);
  // With fewer than four of each, no difference can be significant.
  if (runs > 0) measure.max_runs = std::max(runs, 4);
  measure.min_runs = std::min(static_cast<int>(config_->min_runs), measure.max_runs);
  measure.warmup = static_cast<int>(config_->warmup);
  measure.min_speedup = config_->min_speedup;
  return measure;
}

verify::RunOptions ScriptProject::RunOptionsFor(verify::RunOptions options, double timeout) const {
  if (timeout <= 0) timeout = config_->verify_timeout;
  if (timeout > 0) {
    options.timeout = std::chrono::milliseconds(static_cast<int64_t>(timeout * 1000));
  }
  return options;
}

Json ScriptProject::ObligationsOf(const ScriptVersion& version) const {
  Json all = Json::array();
  for (size_t index : version.loops) {
    const LoopRecord record = RecordOf(*version.analysis, index);
    for (const LoopEvidence& item : record.evidence) {
      Json places = Json::array();
      for (const diagnostics::Place& place : item.places) {
        places.push_back(diagnostics::ToJson(place));
      }
      all.push_back({{"loop", fmt::format("{}:{}", script_, record.place.begin.row)},
                     {"id", item.id},
                     {"evidence", item.evidence},
                     {"because", item.because},
                     {"places", std::move(places)}});
    }
  }
  return all;
}

Json ScriptProject::Assumptions() {
  return Json::array(
      {{{"id", "A1"},
        {"text", "nothing outside the project rebinds a name, attribute or builtin at run time"}},
       {{"id", "A2"}, {"text", "the facts about libraries hold for the versions installed"}},
       {{"id", "A3"},
        {"text",
         "no tracer, debugger, signal handler or lack of memory intervenes, and no worker "
         "is killed from outside"}},
       {{"id", "A4"}, {"text", "files in use are not changed by other programs meanwhile"}}});
}

std::string ScriptProject::ReportFolder() const {
  const bool configured = !config_->path.empty() && !config_->root.empty();
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path folder = (configured ? fs::absolute(config_->root, error) : here) / ".unspool";
  return folder.lexically_normal().lexically_proximate(here).string();
}

std::string ScriptProject::Stem() const {
  return fs::path(script_).stem().string();
}

base::Result<std::string> WriteReportFile(const std::string& folder, const std::string& name,
                                          std::string_view bytes) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return base::Fail(fmt::format("cannot create {}: {}", folder, error.message()));
  const fs::path ignore = fs::path(folder) / ".gitignore";
  if (!fs::exists(ignore, error)) {
    if (auto written = source::WriteNew(ignore.string(), "*\n"); !written) {
      return base::Fail(fmt::format("{}: {}", ignore.string(),
                                    diagnostics::FromProblem(written.error()).message));
    }
  }
  const std::string path = (fs::path(folder) / name).string();
  if (auto written = source::WriteNew(path, bytes); !written) {
    return base::Fail(
        fmt::format("{}: {}", path, diagnostics::FromProblem(written.error()).message));
  }
  return path;
}

}  // namespace unspool::service
