#include "devtools/module_run.h"

#include "devtools/module_text.h"
#include "devtools/source_text.h"
#include "semantics/modules/program_builder.h"
#include "source/config.h"
#include "source/folder_cache.h"
#include "source/interpreter.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <tbb/global_control.h>

namespace unspool::devtools {

namespace {

namespace fs = std::filesystem;

std::string ConfiguredPython(const std::string& path) {
  std::error_code ignored;
  const bool is_folder = fs::is_directory(path, ignored);
  const std::string folder = is_folder ? path : std::string(source::FolderOfPath(path));
  const std::string config = source::FindConfig(folder);
  return config.empty() ? std::string() : source::LoadConfig(config).config->python;
}

}  // namespace

std::optional<semantics::Program> ReadProgram(const std::vector<std::string>& paths,
                                              const ModuleRunOptions& options, bool keep_trees,
                                              bool& unreadable) {
  std::vector<std::string> absolute, files;
  if (!CollectPaths(paths, absolute, files)) unreadable = true;
  if (files.empty() && unreadable) return std::nullopt;
  const std::string configured = options.python.empty() ? ConfiguredPython(absolute[0]) : "";
  auto interpreter = source::AskInterpreter(source::ChoosePython(options.python, configured));
  if (!interpreter) {
    fmt::print(stderr, "{}\n", interpreter.error().message);
    return std::nullopt;
  }
  source::FolderCache folders;
  semantics::ProgramOptions program;
  program.environment = source::EnvironmentOf(*interpreter, folders);
  program.platform = semantics::PlatformOf(**interpreter);
  if (options.target) program.platform.version = *options.target;
  program.files = std::move(files);
  program.roots = semantics::ProjectRoots(absolute, *program.environment, folders);
  program.keep_trees = keep_trees;
  program.parse_reached = options.reached;
  return semantics::BuildProgram(program, folders);
}

int RunModules(const std::vector<std::string>& paths, const ModuleRunOptions& options) {
  std::unique_ptr<tbb::global_control> limit;
  if (options.threads > 0) {
    limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                  static_cast<size_t>(options.threads));
  }
  bool unreadable = false;
  const auto built = ReadProgram(paths, options, false, unreadable);
  if (!built) return 2;
  const std::string text = options.json ? ModulesJson(*built) : ModulesText(*built);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return unreadable ? 2 : 0;
}

}  // namespace unspool::devtools
