#include "diagnostics/json.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace unspool::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

Json Location(source::Position position) {
  // As ruff: what has no place of its own stands at the beginning of the file.
  return {{"row", std::max(1u, position.row)}, {"column", std::max(1u, position.column)}};
}

std::string FileName(const std::string& path) {
  if (path == "-" || path.empty()) return path;
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

Json CellOf(uint32_t cell) {
  return cell == 0 ? Json(nullptr) : Json(cell);
}

Json ToJson(const Fix& fix, const Place& place) {
  Json edits = Json::array();
  for (const source::Edit& edit : fix.edits.edits()) {
    source::Position begin = place.begin;
    source::Position end = place.end;
    if (place.file != nullptr) {
      begin = place.file->PositionOf(edit.begin);
      end = place.file->PositionOf(edit.end);
    }
    edits.push_back({{"content", edit.replacement},
                     {"location", Location(begin)},
                     {"end_location", Location(end)}});
  }
  return {{"applicability", source::ApplicabilityName(fix.edits.applicability())},
          {"message", fix.message},
          {"edits", std::move(edits)}};
}

Json Places(std::span<const Place> places) {
  Json out = Json::array();
  for (const Place& place : places) out.push_back(ToJson(place));
  return out;
}

std::string Dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Json ToJson(const Place& place) {
  return {{"filename", FileName(place.path)},
          {"cell", CellOf(place.cell)},
          {"location", Location(place.begin)},
          {"end_location", Location(std::max(place.begin, place.end))}};
}

Json ToJson(const Parallel& parallel) {
  Json obstacles = Json::array();
  for (const Obstacle& obstacle : parallel.obstacles) {
    obstacles.push_back({{"code", obstacle.code},
                         {"message", obstacle.message},
                         {"from", ToJson(obstacle.from)},
                         {"to", ToJson(obstacle.to)},
                         {"path", Places(obstacle.path)}});
  }
  Json obligations = Json::array();
  for (const Obligation& obligation : parallel.obligations) {
    obligations.push_back(
        {{"id", obligation.id},
         {"evidence", obligation.evidence.empty() ? Json(nullptr) : Json(obligation.evidence)},
         {"places", Places(obligation.places)}});
  }
  Json estimate = nullptr;
  if (parallel.estimate) {
    const Estimate& e = *parallel.estimate;
    estimate = {{"speedup", e.speedup},
                {"low", e.low},
                {"high", e.high},
                {"break_even_n", e.break_even_n ? Json(*e.break_even_n) : Json(nullptr)}};
  }
  return {{"verdict", parallel.verdict},           {"conditions", parallel.conditions},
          {"workload", parallel.workload},         {"strategy", parallel.strategy},
          {"estimate", std::move(estimate)},       {"obstacles", std::move(obstacles)},
          {"obligations", std::move(obligations)}, {"assumptions", parallel.assumptions}};
}

Json ToJson(const Diagnostic& d) {
  Json out = {{"code", d.code()},
              {"name", InfoOf(d.kind).name},
              {"message", d.message},
              {"severity", SeverityName(d.severity())},
              {"filename", FileName(d.place.path)},
              {"cell", CellOf(d.place.cell)},
              {"location", Location(d.place.begin)},
              {"end_location", Location(std::max(d.place.begin, d.place.end))},
              {"url", nullptr},
              {"noqa_row", d.noqa_row == 0 ? Json(nullptr) : Json(d.noqa_row)},
              {"fix", d.fix ? ToJson(*d.fix, d.place) : Json(nullptr)}};
  if (d.parallel != nullptr) out["parallel"] = ToJson(*d.parallel);
  return out;
}

std::string RenderJson(std::span<const Diagnostic> diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) list.push_back(ToJson(diagnostic));
  Json answer = {{"schema_version", kJsonSchemaVersion}, {"diagnostics", std::move(list)}};
  return Dump(answer, 2) + "\n";
}

std::string RenderJsonLine(const Diagnostic& diagnostic) {
  return Dump(ToJson(diagnostic), -1) + "\n";
}

}  // namespace unspool::diagnostics
