// What the code that an interpreter runs at start-up (source/environment.h) does to imports, as far
// as it can be read: the mappings of setuptools' editable installs are; other code is a hook that
// may answer imports itself.
#pragma once

#include "semantics/modules/static_condition.h"
#include "source/environment.h"
#include "source/folder_cache.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::semantics {

// Asked where sys.path has nothing.
struct EditableFinder {
  std::string file;
  std::vector<std::pair<std::string, std::string>> mapping;  // module, path without suffix
  std::vector<std::pair<std::string, std::vector<std::string>>> namespaces;

  const std::string* PathOf(std::string_view module) const;
};

struct StartupHook {
  std::string file;
  uint32_t line = 0;  // of a .pth file; 0: the whole file
  std::string text;
  // The top-level modules that it answers for, where that is known of the code; else any.
  bool any_name = true;
  std::vector<std::string> names;
};

struct Startup {
  std::vector<EditableFinder> editable;
  std::vector<StartupHook> hooks;

  // The hook that may answer for a module that nothing else has, or may go before what has it.
  const StartupHook* HookFor(std::string_view module) const;
  const StartupHook* HookBefore(std::string_view module) const;
};

Startup ReadStartup(const source::Environment& environment, source::FolderCache& folders,
                    const Platform& platform);

}  // namespace unspool::semantics
