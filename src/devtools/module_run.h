// `unspool debug modules`: which module every import of the files leads to, as text or JSON.
#pragma once

#include "semantics/modules/program.h"
#include "syntax/parse.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::devtools {

struct ModuleRunOptions {
  std::string python;                     // empty: by configuration, virtual environment, python3
  std::optional<syntax::Version> target;  // none: that of the interpreter
  bool json = false;
  bool reached = false;  // also what is reached by imports, to the end
  int threads = 0;       // 0: all cores
};

// The program of the files and folders; nothing where the interpreter, or all paths, cannot be
// read, which is said on standard error. `unreadable` is set where some cannot.
std::optional<semantics::Program> ReadProgram(const std::vector<std::string>& paths,
                                              const ModuleRunOptions& options, bool keep_trees,
                                              bool& unreadable);

// Prints to standard output. The exit code: 2 where a path or the interpreter cannot be read.
int RunModules(const std::vector<std::string>& paths, const ModuleRunOptions& options);

}  // namespace unspool::devtools
