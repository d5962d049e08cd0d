// Diagnostics as JSON: ruff's field names, then ours under `parallel`. Rows and columns are 1-based
// and count characters. The whole answer is {"schema_version": 1, "diagnostics": [...]}.
#pragma once

#include "diagnostics/diagnostic.h"

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

namespace unspool::diagnostics {

inline constexpr int kJsonSchemaVersion = 1;

nlohmann::ordered_json ToJson(const Diagnostic& diagnostic);
// {"filename", "cell", "location", "end_location"}.
nlohmann::ordered_json ToJson(const Place& place);
nlohmann::ordered_json ToJson(const Parallel& parallel);

// Indented by two spaces, with a final newline. Bytes of paths that are not UTF-8 become U+FFFD.
std::string RenderJson(std::span<const Diagnostic> diagnostics);
// One object a line, without the frame.
std::string RenderJsonLine(const Diagnostic& diagnostic);

}  // namespace unspool::diagnostics
