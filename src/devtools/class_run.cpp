#include "devtools/class_run.h"

#include "devtools/class_text.h"
#include "devtools/source_text.h"
#include "semantics/declarations/declare.h"
#include "semantics/modules/program_builder.h"
#include "source/folder_cache.h"
#include "source/interpreter.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <tbb/global_control.h>

namespace unspool::devtools {

namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

int RunClasses(const std::vector<std::string>& paths, const ClassRunOptions& options) {
  int status = 0;
  std::vector<std::string> absolute, files;
  if (!CollectPaths(paths, absolute, files)) status = 2;
  auto interpreter = source::AskInterpreter(source::ChoosePython(options.python, ""));
  if (!interpreter) {
    fmt::print(stderr, "{}\n", interpreter.error().message);
    return 2;
  }
  std::unique_ptr<tbb::global_control> limit;
  if (options.threads > 0) {
    limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                  static_cast<size_t>(options.threads));
  }
  source::FolderCache folders;
  semantics::ProgramOptions program;
  program.environment = source::EnvironmentOf(*interpreter, folders);
  program.platform = semantics::PlatformOf(**interpreter);
  if (options.target) program.platform.version = *options.target;
  program.files = std::move(files);
  if (!absolute.empty()) {
    program.roots = semantics::ProjectRoots(absolute, *program.environment, folders);
  }
  const auto begin = Clock::now();
  const semantics::Program built = semantics::BuildProgram(program, folders);
  const auto middle = Clock::now();
  namespace decl = semantics::declarations;
  const std::unique_ptr<decl::Declarations> declarations =
      decl::DeclareProgram(built, {.installed_sources = true, .modules = options.modules});
  const auto end = Clock::now();

  std::vector<decl::UnitId> units;
  for (uint32_t index = 0; index < declarations->units.size(); ++index) {
    if (declarations->units[decl::UnitId(index)].in_project) units.push_back(decl::UnitId(index));
  }
  for (const std::string& name : options.modules) {
    if (decl::UnitId unit = declarations->FindUnit(name)) {
      units.push_back(unit);
    } else {
      fmt::print(stderr, "{}: no stub and no source\n", name);
      status = 2;
    }
  }
  const std::string text =
      options.json ? ClassesJson(*declarations, units) : ClassesText(*declarations, units);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (options.time) {
    auto milliseconds = [](Clock::duration span) {
      return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
    };
    fmt::print(stderr,
               "modules {} ms, declarations {} ms: {} units, {} classes, {} functions, {} names, "
               "{} types\n",
               milliseconds(middle - begin), milliseconds(end - middle), declarations->units.size(),
               declarations->classes.size(), declarations->functions.size(),
               declarations->names.size(), declarations->types.size());
  }
  return status;
}

}  // namespace unspool::devtools
