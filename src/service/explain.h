// The request behind `unspool explain FILE:LINE`: all that is known about one loop, with the
// rewrite that is offered for it.
#pragma once

#include "service/check.h"
#include "service/loops.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct ExplainRequest {
  PlaceInFile place;
  SettingsRequest settings;
  std::optional<bool> as_script;
};

struct ExplainResult {
  std::optional<LoopRecord> loop;
  bool as_script = false;  // how the file was analysed
  std::string diff;        // of the rewrite of this loop alone; empty: none
  std::vector<diagnostics::Diagnostic> problems;
  std::string usage_error;  // no loop there; names the nearest ones
};

ExplainResult Explain(const ExplainRequest& request);

}  // namespace unspool::service
