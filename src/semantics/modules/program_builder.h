// Builds a Program from files: parses them, names their modules, resolves their imports (over all
// cores), numbers what was found and joins it to a graph. Linear in the text of the files.
#pragma once

#include "semantics/modules/program.h"
#include "source/folder_cache.h"

#include <string>
#include <vector>

namespace unspool::semantics {

struct ProgramOptions {
  source::EnvironmentPtr environment;
  Platform platform;               // what conditions and stubs are read for
  std::vector<std::string> files;  // absolute; .pyi and notebooks are left out
  std::vector<std::string> roots;  // absolute; folders of top-level modules (see ProjectRoots)
  bool keep_trees = true;
  bool parse_reached = false;  // also what imports lead to and what that imports, to the end
  bool stubs = true;
};

Program BuildProgram(const ProgramOptions& options, source::FolderCache& folders);

// The folders of top-level modules for what a user names: the project's folder (the nearest one
// upwards with pyproject.toml, setup.py, setup.cfg or .git; else the one named), `src` in it, and
// above the packages named. Nothing for folders that are on the interpreter's path already.
std::vector<std::string> ProjectRoots(const std::vector<std::string>& paths,
                                      const source::Environment& environment,
                                      source::FolderCache& folders);

// For an interpreter, with the version that conditions are read for in its place where given.
Platform PlatformOf(const source::Interpreter& interpreter);

}  // namespace unspool::semantics
