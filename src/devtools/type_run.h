// `unspool debug types` and `unspool debug callgraph`: what each place may be, and what each call
// may reach, as text or JSON.
#pragma once

#include "devtools/module_run.h"

#include <string>
#include <vector>

namespace unspool::devtools {

struct TypeRunOptions {
  ModuleRunOptions modules;
  bool closed_world = false;  // nobody but the files given calls their functions
  bool statistics = false;    // print totals only
  std::string function;       // only of this one, by its qualified name
};

// Print to standard output. The exit code: 2 where a path or the interpreter cannot be read.
int RunTypes(const std::vector<std::string>& paths, const TypeRunOptions& options);
int RunCallGraph(const std::vector<std::string>& paths, const TypeRunOptions& options);

}  // namespace unspool::devtools
