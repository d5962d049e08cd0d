// Options that several commands share, with ruff's spelling, and what they mean for requests.
#pragma once

#include "diagnostics/style.h"
#include "frontends/cli/terminal.h"
#include "service/settings.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace unspool::cli {

struct SettingsOptions {
  std::vector<std::string> config;
  bool isolated = false;
  std::string target_version;
  std::vector<std::string> select, extend_select, ignore;
  std::vector<std::string> fixable, unfixable, extend_fixable;
  std::vector<std::string> exclude, extend_exclude;
  bool no_gitignore = false;
  bool force_exclude = false;
  std::optional<bool> unsafe_fixes;
  bool show_refusals = false;

  service::SettingsRequest Request() const;
};
void AddSettings(CLI::App* command, SettingsOptions& options);
void AddWalk(CLI::App* command, SettingsOptions& options);
void AddRules(CLI::App* command, SettingsOptions& options);

struct OutputOptions {
  diagnostics::ColorChoice color = diagnostics::ColorChoice::Auto;
  Verbosity verbosity;

  bool ColorOn(int descriptor) const { return diagnostics::WantsColor(color, descriptor); }
};
void AddOutput(CLI::App* command, OutputOptions& options);

// Each `@FILE` of the command line becomes the arguments in FILE, one a line. Nothing, with a
// message, where the file cannot be read.
std::optional<std::vector<std::string>> ExpandArgumentFiles(int argc, char** argv);

}  // namespace unspool::cli
