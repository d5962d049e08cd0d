// The user's settings: [tool.unspool] of pyproject.toml, or unspool.toml, or .unspool.toml (the
// later wins within one folder). The nearest file to a source wins whole, nothing is merged but
// what `extend` names. Every unknown key, wrong type or bad value is a record with its place. Keys
// are declared in config_keys.def.
#pragma once

#include "source/file.h"
#include "source/problem.h"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::source {

struct PythonVersion {
  uint8_t major = 3;
  uint8_t minor = 11;
  constexpr auto operator<=>(const PythonVersion&) const = default;
};
inline constexpr PythonVersion kLowestPython{3, 8};
inline constexpr PythonVersion kHighestPython{3, 15};

// "py311", "3.11".
std::optional<PythonVersion> ParsePythonVersion(std::string_view text);
// The lowest version from 3.8 to 3.15 that a `requires-python` such as ">=3.9,!=3.10.*" allows.
std::optional<PythonVersion> LowestAllowed(std::string_view requires_python);

struct Config {
  std::string path;  // of the file read; empty for the defaults
  std::string root;  // its folder: what relative paths and patterns mean; "." for the defaults

  std::string extend;
  std::string target_version;
  std::string python;
  std::vector<std::string> exclude;
  std::vector<std::string> extend_exclude;
  bool respect_gitignore = true;
  bool force_exclude = false;
  std::string cache_dir = ".unspool_cache";
  std::string output_format = "full";
  bool preview = false;
  std::string trust = "proved";

  std::vector<std::string> select;  // empty: all stable rules
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
  std::vector<std::string> fixable;  // empty: all
  std::vector<std::string> extend_fixable;
  std::vector<std::string> unfixable;
  bool fix = false;
  bool unsafe_fixes = false;
  bool show_fixes = false;
  bool show_refusals = false;
  std::string numeric = "exact";
  bool assume_safe_http = true;

  std::vector<std::string> allowed_strategies;  // empty: all
  std::vector<std::string> forbidden_strategies;
  int64_t max_workers = 0;  // 0: as many as there are processors
  std::vector<std::string> allow_dependencies;
  std::string target = "stdlib";
  std::string io = "asyncio";

  double verify_timeout = 0;  // 0: derived from the run of the original
  double tolerance = 0;
  bool sandbox = true;

  double min_speedup = 1.10;
  int64_t runs = 0;  // 0: as many as the statistics need
  int64_t min_runs = 5;
  int64_t warmup = 1;

  std::vector<std::pair<std::string, std::vector<std::string>>> per_file_ignores;

  // From requires-python of the pyproject.toml beside the file; nothing where neither says.
  std::optional<PythonVersion> inferred_version;
  std::optional<PythonVersion> Target() const {
    if (!target_version.empty()) return ParsePythonVersion(target_version);
    return inferred_version;
  }
};
using ConfigPtr = std::shared_ptr<const Config>;

struct ConfigLoad {
  ConfigPtr config;  // what could be understood; the defaults for the rest
  std::vector<Problem> problems;
  std::vector<SourceFilePtr> texts;  // the files read, for excerpts

  bool ok() const { return problems.empty(); }
};

// A file named by --config.
ConfigLoad LoadConfig(const std::string& path);
// `--config "key = value"` on top of another configuration; `shown` is the path in records.
ConfigLoad OverrideConfig(const Config& base, std::string_view toml, std::string_view shown);
// The configuration file for sources in the folder: the nearest one upwards; empty where none.
std::string FindConfig(const std::string& folder);

// Configurations by folder, each file read once. Not for several threads at once.
class ConfigResolver {
 public:
  const ConfigLoad& For(const std::string& source_path);

 private:
  std::map<std::string, std::string> file_of_folder_;
  std::map<std::string, ConfigLoad> loads_;
};

// The JSON Schema of a configuration file, from config_keys.def.
std::string ConfigSchema();

// The nearest of the words to a mistyped one, or nothing.
std::string Nearest(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace unspool::source
