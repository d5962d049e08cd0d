// Imports that a rewrite needs, merged into the file's import block: after docstring and
// __future__, beside their kin, and not at all where the name is imported already.
#pragma once

#include "rewrite/layout.h"
#include "source/edits.h"
#include "syntax/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::rewrite {

struct NeededImport {
  std::string module;  // "functools"; ".parallel_support" is relative
  std::string name;    // "partial"
  bool local = false;  // of the user's project: in a block of its own at the end
};

// True if the module imports this name, at its top level, and binds it to nothing else.
bool IsImported(const syntax::Tree& tree, const NeededImport& needed);

// Insertions for those that are not imported yet; false where the file offers no place.
bool AddImports(const syntax::Tree& tree, const Layout& layout,
                const std::vector<NeededImport>& needed, source::EditSet& edits);

}  // namespace unspool::rewrite
