// The tree as Python prints it: byte for byte `ast.dump(ast.parse(source), include_attributes=True,
// indent=2)` of the target version (3.9 and newer; 3.8 is printed as 3.9 would). Used by `unspool
// debug ast` and by the conformance tests.
#pragma once

#include "syntax/parse.h"
#include "syntax/tree.h"

#include <string>

namespace unspool::syntax {

// Without a line end at the end. Always ASCII-safe UTF-8: repr writes lone surrogates as escapes.
std::string Dump(const Tree& tree, Version target);

}  // namespace unspool::syntax
