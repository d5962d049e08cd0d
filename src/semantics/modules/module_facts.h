// What the text of one module says about names and modules: what it binds at its top level and how,
// which names a star import takes from it, and every trick by which it changes where modules are
// found (__path__, sys.modules, sys.path, import hooks). Nothing is run; what cannot be read is
// said to be so.
#pragma once

#include "semantics/modules/module_getattr.h"
#include "semantics/modules/static_condition.h"
#include "syntax/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::semantics {

// A module as an import names it: `level` dots and then the name.
struct ModuleReference {
  uint32_t level = 0;
  std::string name;
};

enum class BindingHow : uint8_t {
  Value,       // def, class, assignment, ...
  Import,      // `import a.b` (binds a) or `import a.b as n`
  FromImport,  // `from m import x as n`
};

struct ModuleBinding {
  std::string name;
  BindingHow how = BindingHow::Value;
  uint32_t order = 0;      // place in the file
  bool straight = false;   // not in a branch or loop: run whenever the module is
  bool fallback = false;   // in the handler of an ImportError
  ModuleReference module;  // of Import and FromImport
  std::string imported;    // of FromImport: x; of `import a.b as n`: "as"
};

// An import at the top level, which may load a submodule: that binds it in its package.
struct ModuleLoad {
  ModuleReference module;
  std::string name;  // of `from`; "*"; empty
  uint32_t order = 0;
  bool definite = false;  // run whenever the module is
};

enum class PathChange : uint8_t {
  None,
  ExtendPath,  // __path__ = pkgutil.extend_path(__path__, __name__)
  Appended,    // grown at its end: by `appended`, or by what is not read
  Unread,
};

struct PathChanges {
  bool front = false;                      // a folder that is not read may come first
  bool back = false;                       // or last
  std::vector<std::string> front_folders;  // that are read, in the order in which they are searched
  std::vector<std::string> back_folders;
  uint32_t order = UINT32_MAX;  // place of the first change in the file

  bool any() const { return order != UINT32_MAX; }
};

struct ModuleFacts {
  bool parsed = false;  // false: the file cannot be read, or has syntax errors

  std::vector<ModuleBinding> bindings;  // sorted by name, then by place
  std::vector<std::string> definite;    // sorted: bound when the module has run to its end
  std::vector<std::string> deleted;     // sorted: `del n` somewhere at top level
  std::vector<ModuleReference> stars;
  std::vector<ModuleLoad> loads;
  std::optional<std::vector<std::string>> all;  // __all__ where it is a list of literals
  bool has_all = false;
  bool dynamic_names = false;  // globals()[...] = ..., exec, setattr on the module itself
  bool may_have_more = false;  // decorators and calls that may bind further names
  ModuleGetattr getattr;       // where `__getattr__` is bound, by one function

  PathChange path = PathChange::None;
  std::vector<std::string> path_appended;
  bool replaces_itself = false;                                // sys.modules[__name__] = ...
  std::vector<std::pair<std::string, std::string>> registers;  // sys.modules["a.b"] = name
  bool registers_unread = false;                               // under a key that is not read
  bool installs_hooks = false;                                 // sys.meta_path, sys.path_hooks
  PathChanges sys_path;                                        // at top level
  uint32_t sys_path_in_function = UINT32_MAX;                  // place of the first in a function

  // The bindings of a name, in source order.
  std::pair<const ModuleBinding*, const ModuleBinding*> BindingsOf(std::string_view name) const;
  bool IsDefinite(std::string_view name) const;
};

// `file` is where the tree was read from, `module` its dotted name: for `__file__` and `__name__`.
ModuleFacts ModuleFactsOf(const syntax::Tree& tree, const Platform& platform, std::string_view file,
                          std::string_view module);

}  // namespace unspool::semantics
