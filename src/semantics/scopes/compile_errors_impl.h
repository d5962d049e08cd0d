// What the passes behind FindCompileErrors share. They run in CPython's order, since it reports
// only the first error: `from __future__`, symbol table, code. Each pass goes on after an error.
#pragma once

#include "semantics/scopes/compile_errors.h"
#include "syntax/views.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace unspool::semantics::compile_errors {

using syntax::ExprContext;
using syntax::NameId;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::NodeList;
using syntax::Tree;
using syntax::Version;

// What the symbol table learns of a function, lambda or comprehension for the code pass.
struct BodyTraits {
  bool generator = false;  // has a yield of its own
  bool coroutine = false;  // is async, or awaits
};

struct Context {
  Context(const Tree& the_tree, const CompileOptions& the_options)
      : tree(the_tree), options(the_options) {}

  const Tree& tree;
  const CompileOptions& options;
  std::vector<syntax::SyntaxError> errors;
  bool future_annotations = false;
  // Where the last `from __future__` at the top of the file begins; none where there is none.
  std::optional<uint32_t> last_future;
  std::unordered_map<uint32_t, BodyTraits> traits;  // by the node that opens the body

  bool Since(uint8_t minor) const { return options.target >= Version{3, minor}; }
  std::string_view Text(NameId name) const { return tree.Name(name); }

  void Fail(NodeId at, std::string message) {
    Fail(tree.begin(at), tree.end(at), std::move(message));
  }
  void Fail(uint32_t begin, uint32_t end, std::string message) {
    errors.push_back({std::move(message), begin, end});
  }

  // `__debug__` may not be bound. From 3.14 on the symbol table says so, before that the compiler.
  bool IsForbidden(NameId name) const { return name && Text(name) == "__debug__"; }
  void CheckBinding(NameId name, NodeId at) {
    if (IsForbidden(name)) Fail(at, "cannot assign to __debug__");
  }

  // Reads the `from __future__` imports at the top of the file, and says what is wrong with them.
  void CheckFutureImports();
  // An import from `__future__` on a later line than the last one at the top of the file. From 3.14
  // on the symbol table says so.
  void CheckLateFuture(NodeId statement);
};

void CheckCode(Context& context);
// One pattern of a case. `visit` takes the expressions in it.
void CheckPattern(Context& context, NodeId pattern, bool may_be_irrefutable,
                  const std::function<void(NodeId)>& visit);

inline constexpr std::string_view kAsyncComprehension =
    "asynchronous comprehension outside of an asynchronous function";

}  // namespace unspool::semantics::compile_errors

namespace unspool::semantics {

class ScopeTree;

// The scopes of a file, and with them the errors of CPython's symbol table.
ScopeTree BuildScopes(compile_errors::Context& context);

}  // namespace unspool::semantics
