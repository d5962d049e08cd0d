// Finds a module by its dotted name as the interpreter's import machinery does, from folders and
// files alone: sys.modules at start-up, built-in, frozen, then along the search path (package
// before module, extension before source before bytecode, namespace portions last), then what an
// editable install maps; submodules along their package's __path__. Where code could change the
// answer and is not read, the answer is Unknown with its cause. Safe for several threads; asked
// twice, it remembers.
#pragma once

#include "base/ids.h"
#include "semantics/modules/module_kinds.h"
#include "semantics/modules/parsed_module.h"
#include "semantics/modules/startup.h"
#include "source/environment.h"
#include "source/folder_cache.h"

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics {

// What a file searches before and after the interpreter's own path.
struct SearchContext {
  std::vector<std::string> front;
  std::vector<std::string> back;
  // The folder of the file as a script, in `front` too: what only it has depends on the start.
  std::string script_folder;
  bool unread_front = false;  // sys.path is changed in a way that is not read
  bool unread_back = false;
  std::string unread_in;  // the file that does it

  bool operator==(const SearchContext&) const = default;
};
struct ContextTag;
using ContextId = base::Id<ContextTag>;

class ModuleFinder {
 public:
  ModuleFinder(source::EnvironmentPtr environment, Startup startup, source::FolderCache& folders,
               ModuleFactsCache& facts);

  // Contexts alike share an id. Not while other threads search.
  ContextId AddContext(SearchContext context);

  // The reference holds as long as the finder.
  const FoundModule& Find(std::string_view name, ContextId context);

  const source::Environment& environment() const { return *environment_; }
  source::FolderCache& folders() { return folders_; }
  ModuleFactsCache& facts() { return facts_; }

  // What one folder list has under a name without a dot; `full_name` is for the result.
  FoundModule SearchFolders(std::span<const std::string> folders, std::string_view tail,
                            std::string_view full_name);

 private:
  FoundModule FindNew(std::string_view name, ContextId context);
  FoundModule FindTop(std::string_view name, const SearchContext& context);
  FoundModule FindBelow(const FoundModule& parent, std::string_view name, ContextId context);
  FoundModule FindInLibrary(std::string_view name);
  bool FindBuiltinOrFrozen(std::string_view name, FoundModule& found) const;
  // By the mappings of editable installs.
  bool FindEditable(std::string_view name, FoundModule& found);
  // The module that `sys.modules["a.b"] = name` puts there.
  FoundModule Registered(const FoundModule& parent, const ModuleFacts& facts,
                         std::string_view variable, std::string_view name, ContextId context);
  std::vector<std::string> ExtendedPath(const FoundModule& parent, ContextId context);

  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::unique_ptr<const FoundModule>> found;
  };
  static constexpr size_t kShards = 32;

  source::EnvironmentPtr environment_;
  Startup startup_;
  source::FolderCache& folders_;
  ModuleFactsCache& facts_;
  std::vector<std::string> suffixes_;  // in the order in which importlib tries them
  base::IdVector<ContextId, SearchContext> contexts_;
  Shard shards_[kShards];
};

// `name` as seen from a package: "." is the package itself. Nothing where it goes beyond the top.
std::optional<std::string> AbsoluteModuleName(std::string_view package, uint32_t level,
                                              std::string_view name);

}  // namespace unspool::semantics
