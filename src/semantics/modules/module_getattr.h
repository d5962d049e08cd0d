// A module's `def __getattr__(name)` (PEP 562) as far as its answer for one literal name can be
// read: which tests of the name lead to AttributeError, to a submodule of the name, or to something
// else. For packages that load submodules lazily.
#pragma once

#include "semantics/modules/path_expression.h"
#include "syntax/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

struct GetattrStep {
  enum class Kind : uint8_t {
    TestIn,      // the name is one of `names`: `body`, else `orelse`
    TestUnread,  // either
    Submodule,   // raises AttributeError, or answers the submodule of the name: alike for `from`
    Other,
  };
  Kind kind = Kind::Other;
  std::vector<std::string> names;
  std::vector<GetattrStep> body, orelse;
};

struct ModuleGetattr {
  bool read = false;  // one function of one parameter
  std::vector<GetattrStep> steps;

  // `from p import name` takes the submodule p.name, whatever way the function goes.
  bool LeavesSubmodule(std::string_view name) const;
};

ModuleGetattr ReadModuleGetattr(const syntax::Tree& tree, syntax::NodeId function,
                                std::string_view module, const NamedExpression& value_of);

}  // namespace unspool::semantics
