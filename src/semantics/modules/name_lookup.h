// What `from p import n` takes: an attribute that p's own code binds, else p's submodule n (which
// Python looks for where p is a package), else nothing. Decided from the text of p, of the modules
// it takes names from with `*`, and from p's folders.
#pragma once

#include "semantics/modules/module_finder.h"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace unspool::semantics {

struct NameAnswer {
  enum class Kind : uint8_t { Submodule, Attribute, Missing, Unknown };
  Kind kind = Kind::Missing;
  bool seen = true;  // an attribute: its binding is written somewhere; else it is there or fails
  const FoundModule* submodule = nullptr;  // of Submodule
  ImportCause cause = ImportCause::None;
  std::string detail;
};

class NameLookup {
 public:
  explicit NameLookup(ModuleFinder& finder) : finder_(finder) {}

  // `module` was found in the context.
  NameAnswer Find(const FoundModule& module, std::string_view name, ContextId context) const;

 private:
  enum class Bound : uint8_t {
    No,
    Value,      // an attribute for sure
    Submodule,  // by an import of the submodule itself
    Maybe,      // nobody can tell: see the cause
  };
  struct Binding {
    Bound bound = Bound::No;
    ImportCause cause = ImportCause::None;
    std::string detail;
  };
  using Visited = std::set<std::pair<std::string, std::string>>;

  Binding BindingOf(const FoundModule& module, std::string_view name, ContextId context,
                    Visited& visited) const;
  Binding OwnBinding(const FoundModule& module, const ModuleFacts& facts, std::string_view name,
                     bool has_submodule, ContextId context) const;
  Binding StarBinding(const FoundModule& module, const ModuleFacts& facts, std::string_view name,
                      ContextId context, Visited& visited) const;

  // The submodules that are loaded whenever the package is, by itself or by what it loads.
  const std::set<std::string, std::less<>>& LoadedWith(const FoundModule& package,
                                                       ContextId context) const;

  ModuleFinder& finder_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::set<std::string, std::less<>>> loaded_with_;
};

// The package whose relative imports a module's are: itself, or the one it lies in.
std::string PackageOf(const FoundModule& module);

}  // namespace unspool::semantics
