// Errors that CPython finds after parsing, in its symbol table and its compiler: `return` outside a
// function, duplicate parameters, `nonlocal` without a binding, unreachable patterns and the like.
// In: the tree of a file that parses. Out: these errors in CPython's words and at CPython's place.
// `ast.parse` accepts such files, so they are not the parser's; `compile()` and Python do not.
#pragma once

#include "syntax/parse.h"
#include "syntax/tree.h"

#include <vector>

namespace unspool::semantics {

struct CompileOptions {
  syntax::Version target{3, 11};
  // As in a notebook cell: `await` and the like may stand outside functions.
  bool top_level_await = false;
};

class ScopeTree;

// Empty exactly where compile() accepts. The first is the one CPython reports, the others follow in
// source order. `scopes`, where asked for, are those that the errors were looked for in.
std::vector<syntax::SyntaxError> FindCompileErrors(const syntax::Tree& tree,
                                                   const CompileOptions& options,
                                                   ScopeTree* scopes = nullptr);

}  // namespace unspool::semantics
