// The `from __future__` imports at the top of a file. In: a tree. Out: what they switch on, and
// what is wrong with them. From 3.14 on ast.parse refuses features it does not know, before that
// only compile() does.
#pragma once

#include "syntax/parse.h"

#include <optional>

namespace unspool::syntax {

struct FutureImports {
  bool annotations = false;            // PEP 563
  std::optional<uint32_t> last;        // where the last one begins
  std::optional<SyntaxError> unknown;  // the first feature there is not
  // One on the line of the first other statement, behind it.
  NodeId late;
};

FutureImports FindFutureImports(const Tree& tree, Version target);

// Whether the statement imports from `__future__`, as far as the target looks.
bool IsFutureImport(const Tree& tree, NodeId statement, Version target);

}  // namespace unspool::syntax
