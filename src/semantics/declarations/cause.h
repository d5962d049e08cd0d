// Why a declaration, or a part of one, is unknown, and where. Kept wherever an answer could not be
// given; counted by `./dev conformance declarations`.
#pragma once

#include "semantics/declarations/ids.h"
#include "syntax/tree.h"

#include <cstdint>
#include <string_view>

namespace unspool::semantics::declarations {

enum class Cause : uint8_t {
  None,
  // Of units and imports.
  ModuleNotFound,  // nothing that is loaded declares the module
  ModuleUnread,    // its text cannot be read or parsed
  ImportUnknown,   // the module system cannot tell what is imported
  DynamicModule,   // the module answers for names itself: __getattr__, globals(), sys.modules
  StarUnknown,     // a star import may bind the name
  NotExported,     // a stub imports the name for itself only
  // Of names.
  NameMissing,      // no text binds the name
  SeveralBindings,  // bound to different things, at different times or on different paths
  Conditional,      // bound on some paths only
  BoundElsewhere,   // rebound by `global`, `nonlocal` or a function
  DeletedName,      // `del name`
  ParameterName,    // a variable of a function
  NotStatic,        // an expression whose value only the run tells
  ModuleAttribute,  // a module has no such name
  // Of classes.
  BaseUnknown,      // a base class is not known
  BaseNotClass,     // a base is something else than a class
  InconsistentMro,  // no linear order, or the same base twice
  CyclicBases,
  ClassDecorator,  // a decorator may put something else in the class's place
  FunctionDecorator,
  UnknownMetaclass,
  // Of annotations.
  InvalidForm,      // no type expression
  UnsupportedForm,  // one that is not evaluated
  StringSyntax,     // a string annotation that does not parse
  RecursiveAlias,
  TooDeep,
  TooLarge,
  VariableAsType,  // a variable stands where a type is wanted
  WrongArguments,  // number or kind of type arguments
};

// "base-unknown", ...
std::string_view CauseName(Cause cause);
// A sentence's end.
std::string_view CauseText(Cause cause);

// An unknown's cause and place.
struct Reason {
  Cause cause = Cause::None;
  UnitId unit;
  syntax::NodeId node;
  SymbolId name;  // that it is about, where there is one

  explicit operator bool() const { return cause != Cause::None; }
};

}  // namespace unspool::semantics::declarations
