// The module's `__all__`, as far as its text tells. In: a tree and its scopes. Out: the names it
// lists, in order, with those of other modules' `__all__` named and not looked up; or unknown, with
// the reason and its place. What code outside the file does to the list is not seen.
#pragma once

#include "semantics/scopes/scopes.h"

#include <string>
#include <vector>

namespace unspool::semantics {

struct ModuleAll {
  enum class State : uint8_t {
    Absent,  // the module binds no `__all__`
    Known,
    Unknown,
  };
  struct Item {
    std::string name;
    // Instead of a name, the whole `__all__` of what this expression (a name, or attributes of one)
    // means.
    NodeId module;
  };

  State state = State::Absent;
  std::vector<Item> items;
  // A star import behind the first assignment; it replaces the list where that module exports
  // `__all__` itself.
  NodeId star_import_later;
  std::string reason;  // of Unknown
  NodeId place;
};

ModuleAll FindModuleAll(const syntax::Tree& tree, const ScopeTree& scopes);

}  // namespace unspool::semantics
