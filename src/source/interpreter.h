// What one Python interpreter says of itself: version, platform, built-in and frozen modules,
// suffixes, folders. It is asked with `-I -S -E -c`, which runs nothing of the user's: no site, no
// .pth file, no sitecustomize, no variable of the environment. Kept for the path and its time of
// change. What start-up makes of these folders is environment.h.
#pragma once

#include "base/result.h"
#include "source/config.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::source {

struct FrozenModule {
  std::string name;
  bool is_package = false;
  std::string file;                   // of the standard library; empty where none belongs to it
  std::vector<std::string> portions;  // its __path__
};

// A module that is there before the first line of a program: nothing can stand in its way.
struct PreloadedModule {
  std::string name;  // its key in sys.modules: "os.path"
  std::string spec;  // the name it was found by: "posixpath"
};

struct Interpreter {
  std::string executable;
  PythonVersion version;
  std::string platform;        // sys.platform
  std::string os_name;         // os.name
  std::string implementation;  // sys.implementation.name
  bool little_endian = true;
  bool pointers_64 = true;  // sys.maxsize > 2**32

  std::vector<std::string> path;           // sys.path before site: the standard library
  std::vector<std::string> site_venv;      // folders of the virtual environment alone
  std::vector<std::string> site_prefixes;  // folders of the installation
  std::string user_site;
  bool skips_hidden_pth = false;  // its site leaves out `.name.pth`
  std::string venv_config;        // path of pyvenv.cfg; empty where there is none

  std::vector<std::string> builtin_modules;  // sorted
  std::vector<FrozenModule> frozen_modules;  // sorted by name
  std::vector<PreloadedModule> preloaded;    // sorted by name
  std::vector<std::string> extension_suffixes;
};
using InterpreterPtr = std::shared_ptr<const Interpreter>;

// Which interpreter is meant: the option, the configuration, the active virtual environment,
// `python3`. A folder stands for the virtual environment in it.
std::string ChoosePython(std::string_view option, std::string_view configured);

base::Result<InterpreterPtr> AskInterpreter(const std::string& python);

}  // namespace unspool::source
