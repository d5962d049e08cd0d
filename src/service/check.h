// The request behind `unspool check`: findings of many files, the rewrites they offer, and their
// application. Runs no user code; writes only where asked, and then all of it or nothing.
#pragma once

#include "diagnostics/diagnostic.h"
#include "service/rewrites.h"
#include "service/settings.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct PlaceInFile {
  std::string path;
  uint32_t row = 0;
};
// "pkg/mod.py:12" or "pkg/mod.py:12:5"; nothing where there is no row.
std::optional<PlaceInFile> ParsePlace(std::string_view text);

enum class FixMode : uint8_t { None, Prepare, Apply };

struct CheckRequest {
  std::vector<std::string> paths;
  std::string stdin_filename = "-";
  SettingsRequest settings;
  std::optional<bool> as_script;  // --entry; nothing: by main guard
  FixMode fix = FixMode::None;    // beyond what the configuration says
  bool list_only = false;         // --show-files
  std::vector<PlaceInFile> only;
  std::function<void(size_t done, size_t total)> progress;
};

struct CheckResult {
  std::vector<diagnostics::Diagnostic> diagnostics;  // sorted; without what was fixed
  std::vector<std::string> files;                    // looked at
  std::vector<Rewrite> rewrites;
  std::string stdin_bytes;  // as read, where standard input was checked
  bool written = false;
  size_t fixed = 0;           // findings whose fix is in `rewrites`
  size_t fixable = 0;         // of the findings left: with a safe fix
  size_t unsafe_fixable = 0;  // with one that needs --unsafe-fixes
  bool failed = false;        // something could not be read, written or understood: exit code 2
  std::string usage_error;    // the request itself made no sense
};

CheckResult Check(const CheckRequest& request);

// Findings that count for the exit code: errors in files, and rules that match.
bool Counts(const diagnostics::Diagnostic& diagnostic);

}  // namespace unspool::service
