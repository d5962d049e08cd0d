// Everything known about each loop and comprehension of a file, as plain records: what
// `debug loops` prints, what `explain` tells in words, and what reports show.
#pragma once

#include "diagnostics/diagnostic.h"
#include "service/settings.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct LoopObstacle {
  std::string code;
  std::string message;
  diagnostics::Place from;
  diagnostics::Place to;
  std::vector<diagnostics::Place> path;  // the calls through which the ends are reached
  bool concrete = true;                  // a dependence; else something not understood
  std::string unlock;
};

struct LoopVariable {
  std::string name;
  std::string variable_class;
  std::optional<diagnostics::Place> write;
  std::optional<diagnostics::Place> read;
};

struct LoopUpdate {
  std::string how;  // "append"
  diagnostics::Place place;
};

struct LoopRemark {
  std::string code;
  std::string message;
  diagnostics::Place place;
};

struct LoopEvidence {
  std::string id;
  std::string evidence;  // "proved", ..., "open"
  std::string because;
  std::vector<diagnostics::Place> places;
};

struct LoopRecord {
  diagnostics::Place place;
  diagnostics::Place header;
  std::string function;
  std::string kind;
  std::string verdict;
  std::vector<std::string> conditions;
  std::string workload;
  // Seconds in one iteration by the text alone; `most` may be infinite. Iterations of one
  // execution.
  double iteration_least = 0;
  double iteration_most = 0;
  std::optional<uint64_t> trips;
  std::optional<diagnostics::Estimate> estimate;  // of a rewrite, with two workers
  bool reached = false;
  std::string rule;           // empty: no rule is about it
  std::string strategy;       // "none" where it stays
  std::string applicability;  // empty: no rewrite
  std::vector<LoopVariable> variables;
  std::vector<LoopUpdate> updates;
  std::vector<LoopObstacle> obstacles;
  std::vector<LoopRemark> hazards;
  std::vector<LoopRemark> refusals;
  std::vector<LoopEvidence> evidence;
  std::vector<std::string> notes;
  std::string worker;  // the function a rewrite makes
};

struct LoopsRequest {
  std::vector<std::string> paths;
  std::string stdin_filename = "-";
  SettingsRequest settings;
  std::optional<bool> as_script;
};

struct LoopsResult {
  std::vector<LoopRecord> loops;
  std::vector<diagnostics::Diagnostic> problems;  // files without an answer
  bool failed = false;                            // something could not be read
};

LoopsResult Loops(const LoopsRequest& request);

// The stable array of `debug loops --output-format json`.
nlohmann::ordered_json ToJson(const LoopRecord& loop);

}  // namespace unspool::service
