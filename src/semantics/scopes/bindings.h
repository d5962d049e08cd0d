// What binds a variable, and where: a side table of the scopes, by symbol. Kept for the phases that
// ask what a name may be.
#pragma once

#include "base/ids.h"
#include "syntax/tree.h"

#include <cstdint>
#include <string_view>

namespace unspool::semantics {

struct ScopeTag;

enum class BindingKind : uint8_t {
  Assignment,
  Augmented,       // `name += value`
  Annotated,       // `name: type = value`
  AnnotationOnly,  // `name: type`, which makes a name local and gives it no value
  For,             // the target of a `for` statement
  With,            // behind `as`
  Comprehension,   // the target of a comprehension's `for`
  Walrus,          // `name := value`
  Delete,          // `del name`
  Import,          // `import m`, `import m.n as name`
  ImportFrom,      // `from m import name`
  Function,
  Class,
  Parameter,
  ExceptionName,  // `except E as name`, which is deleted behind the handler
  MatchCapture,   // a capture, `as`, `*name` or `**name` of a pattern
  TypeParameter,  // PEP 695
  TypeAlias,      // `type name = ...`
};

struct Binding {
  syntax::NodeId node;  // the Name, alias, arg, handler, pattern, type parameter or definition
  BindingKind kind = BindingKind::Assignment;
  // Stands in a part of its scope's body that may be left out: a branch, a loop, a `try`, a case.
  bool conditional = false;
  // Where it stands: another scope than the symbol's for `global`, `nonlocal` and := in a
  // comprehension.
  base::Id<ScopeTag> from;
};

// "assignment", "for", ...
std::string_view WordOf(BindingKind kind);

}  // namespace unspool::semantics
