// What start-up makes of an interpreter's folders, without running anything: sys.path after site
// (PYTHONPATH, virtual environment, user folder, .pth files in CPython's order), and what would
// have been run: `import` lines of .pth files, sitecustomize. That code may change how modules are
// found; semantics/modules/startup.h says what can be read off it.
#pragma once

#include "source/interpreter.h"

#include <memory>
#include <string>
#include <vector>

namespace unspool::source {

class FolderCache;

// Code that runs before the program and was only read.
struct StartupCode {
  std::string file;
  uint32_t line = 0;  // of a .pth file; 0: the whole file
  std::string text;   // the line; empty for a whole file
};

struct Environment {
  InterpreterPtr interpreter;
  std::vector<std::string> path;  // sys.path without the script's folder; absolute, none twice
  size_t library_begin = 0;       // [begin, end) of `path` is the interpreter's own part; before it
  size_t library_end = 0;         // PYTHONPATH, after it what site added
  std::vector<StartupCode> startup_code;
};
using EnvironmentPtr = std::shared_ptr<const Environment>;

struct EnvironmentOptions {
  bool use_variables = true;  // PYTHONPATH, PYTHONNOUSERSITE
};

EnvironmentPtr EnvironmentOf(InterpreterPtr interpreter, FolderCache& folders,
                             const EnvironmentOptions& options = {});

}  // namespace unspool::source
