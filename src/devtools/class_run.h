// `unspool debug classes`: what files and modules declare, as text or JSON.
#pragma once

#include "syntax/parse.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::devtools {

struct ClassRunOptions {
  std::string python;                     // empty: by configuration, virtual environment, python3
  std::optional<syntax::Version> target;  // none: that of the interpreter
  std::vector<std::string> modules;       // by name: their stub, or else their source
  bool json = false;
  bool time = false;  // say on standard error what it took
  int threads = 0;    // 0: all cores
};

// Prints to standard output. The exit code: 2 where a path, a module or the interpreter cannot be
// read.
int RunClasses(const std::vector<std::string>& paths, const ClassRunOptions& options);

}  // namespace unspool::devtools
