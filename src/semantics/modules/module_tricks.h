// How a module changes names and modules other than by the bindings of its top level: __all__, its
// __path__, sys.modules, sys.path, import hooks, its own dictionary. One of the two parts of
// module_facts.h.
#pragma once

#include "semantics/modules/top_level.h"

namespace unspool::semantics {

// Looks at every node once. Adds to the bindings that `top` was read with.
void FindModuleTricks(const syntax::Tree& tree, const TopLevelNames& top, std::string_view file,
                      std::string_view module, ModuleFacts& facts);

}  // namespace unspool::semantics
