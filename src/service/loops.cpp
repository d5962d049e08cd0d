#include "service/loops.h"

#include "diagnostics/json.h"
#include "service/analyzed_file.h"
#include "service/check.h"
#include "service/loop_records.h"
#include "source/walk.h"

#include <nlohmann/json.hpp>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace unspool::service {

using Json = nlohmann::ordered_json;

namespace {

struct FileLoops {
  std::vector<LoopRecord> loops;
  std::vector<diagnostics::Diagnostic> problems;
};

FileLoops LoopsOf(const FileRequest& request) {
  FileLoops result;
  const AnalyzedFile file = AnalyzeFile(request);
  result.problems = file.problems;
  for (const auto& part : file.parts) {
    for (diagnostics::Diagnostic& problem : pipeline::Diagnose(*part, false)) {
      if (!part->parses()) result.problems.push_back(std::move(problem));
    }
    if (!part->parses()) continue;
    for (size_t index = 0; index < part->verdicts.size(); ++index) {
      LoopRecord record = RecordOf(*part, index);
      if ((file.notebook || file.is_stub()) && !record.applicability.empty()) {
        record.applicability.clear();
        record.strategy = "none";
        record.refusals.push_back({"not-importable",
                                   "worker processes cannot import the functions of this file",
                                   record.place});
      } else if (!file.finds_neighbours && record.applicability == "safe") {
        record.applicability = "unsafe";
        record.notes.push_back(
            "the folder has no __init__.py: it is not certain that the support module is found");
      }
      result.loops.push_back(std::move(record));
    }
  }
  return result;
}

Json PlaceJson(const diagnostics::Place& place) {
  return diagnostics::ToJson(place);
}

}  // namespace

LoopsResult Loops(const LoopsRequest& request) {
  LoopsResult result;
  Settings settings(request.settings);
  const source::ConfigPtr base = settings.For(".");
  source::WalkOptions walk;
  walk.exclude = base->exclude;
  walk.extend_exclude = base->extend_exclude;
  walk.respect_gitignore = base->respect_gitignore;
  walk.force_exclude = base->force_exclude;
  walk.root = base->root.empty() ? "." : base->root;
  const source::WalkResult walked = source::Walk(request.paths, walk);
  for (const source::Problem& problem : walked.problems) {
    result.problems.push_back(diagnostics::FromProblem(problem));
    result.failed = true;
  }
  std::vector<FileRequest> files;
  for (const source::WalkedFile& file : walked.files) {
    FileRequest one;
    one.path = file.path;
    one.stdin_filename = request.stdin_filename;
    one.alone = walked.files.size() == 1 && file.named;
    if (request.as_script) one.world = *request.as_script ? World::Script : World::Module;
    const auto target = settings.For(file.path == "-" ? "." : file.path)->Target();
    if (target) one.target = {target->major, target->minor};
    files.push_back(std::move(one));
  }
  for (diagnostics::Diagnostic& problem : settings.TakeProblems()) {
    result.problems.push_back(std::move(problem));
    result.failed = true;
  }
  if (result.failed && files.empty()) return result;
  std::vector<FileLoops> found(files.size());
  WithDeepStack([&] {
    if (files.size() == 1) {
      found[0] = LoopsOf(files[0]);
      return;
    }
    tbb::global_control stack(tbb::global_control::thread_stack_size, kDeepStack);
    tbb::parallel_for(size_t{0}, files.size(),
                      [&](size_t index) { found[index] = LoopsOf(files[index]); });
  });
  for (FileLoops& one : found) {
    for (LoopRecord& loop : one.loops) result.loops.push_back(std::move(loop));
    for (diagnostics::Diagnostic& problem : one.problems) {
      result.failed |= problem.code() < "UNS010";
      result.problems.push_back(std::move(problem));
    }
  }
  diagnostics::Sort(result.problems);
  return result;
}

Json ToJson(const LoopRecord& loop) {
  auto places = [](const std::vector<diagnostics::Place>& list) {
    Json out = Json::array();
    for (const diagnostics::Place& place : list) out.push_back(PlaceJson(place));
    return out;
  };
  Json obstacles = Json::array();
  for (const LoopObstacle& obstacle : loop.obstacles) {
    obstacles.push_back({{"code", obstacle.code},
                         {"message", obstacle.message},
                         {"concrete", obstacle.concrete},
                         {"unlock", obstacle.unlock},
                         {"from", PlaceJson(obstacle.from)},
                         {"to", PlaceJson(obstacle.to)},
                         {"path", places(obstacle.path)}});
  }
  // What keeps a loop from being rewritten although its iterations are independent.
  for (const auto* remarks : {&loop.hazards, &loop.refusals}) {
    if (remarks == &loop.refusals && loop.rule.empty()) break;
    for (const LoopRemark& remark : *remarks) {
      obstacles.push_back({{"code", remark.code},
                           {"message", remark.message},
                           {"concrete", false},
                           {"unlock", ""},
                           {"from", PlaceJson(remark.place)},
                           {"to", PlaceJson(remark.place)},
                           {"path", Json::array()}});
    }
  }
  Json variables = Json::array();
  for (const LoopVariable& variable : loop.variables) {
    variables.push_back({{"name", variable.name},
                         {"class", variable.variable_class},
                         {"write", variable.write ? PlaceJson(*variable.write) : Json(nullptr)},
                         {"read", variable.read ? PlaceJson(*variable.read) : Json(nullptr)}});
  }
  Json evidence = Json::array();
  for (const LoopEvidence& item : loop.evidence) {
    evidence.push_back({{"id", item.id},
                        {"evidence", item.evidence},
                        {"because", item.because},
                        {"places", places(item.places)}});
  }
  const Json place = PlaceJson(loop.place);
  return {{"filename", place.at("filename")},
          {"cell", place.at("cell")},
          {"line", loop.place.begin.row},
          {"column", loop.place.begin.column},
          {"end_line", loop.place.end.row},
          {"function", loop.function},
          {"kind", loop.kind},
          {"verdict", loop.verdict},
          {"conditions", loop.conditions},
          {"workload", loop.workload},
          {"iteration_seconds", std::isfinite(loop.iteration_most)
                                    ? Json{loop.iteration_least, loop.iteration_most}
                                    : Json(nullptr)},
          {"trips", loop.trips ? Json(*loop.trips) : Json(nullptr)},
          {"rule", loop.rule.empty() ? Json(nullptr) : Json(loop.rule)},
          {"strategy", loop.strategy},
          {"applicability", loop.applicability.empty() ? Json(nullptr) : Json(loop.applicability)},
          {"variables", std::move(variables)},
          {"evidence", std::move(evidence)},
          {"obstacles", std::move(obstacles)}};
}

}  // namespace unspool::service
