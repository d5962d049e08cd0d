// A unit is one text that declares things: a module's source or a stub. Its namespaces (module,
// class body, function with definitions inside) say for each name what binds it and what that
// comes to, imports followed to their end.
#pragma once

#include "semantics/declarations/cause.h"
#include "semantics/declarations/decl_type.h"
#include "semantics/declarations/ids.h"
#include "syntax/tree.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace unspool::semantics::declarations {

enum class UnitKind : uint8_t { Stub, Source };

struct Unit {
  std::string module;   // dotted
  std::string package;  // what its relative imports are relative to
  std::string path;     // of the file, or "typeshed/os/path.pyi" inside the executable
  UnitKind kind = UnitKind::Stub;
  bool is_package = false;
  bool in_project = false;
  bool typeshed = false;
  const syntax::Tree* tree = nullptr;  // none where the text cannot be parsed
  NamespaceId names;
  Range classes;    // ids of the classes it declares, wherever they stand: ClassId(begin)...
  Range functions;  // ids likewise
  bool has_getattr = false;  // a __getattr__ answers for names that it does not bind (PEP 562)
  bool open = false;         // may bind names that are not written in it
  Reason open_reason;
};

enum class DefinitionKind : uint8_t {
  Class,       // class_id
  Function,    // function_id
  Assignment,  // `name = value`, and `name: type = value`, and `name: type`
  TypeAlias,   // `type name = ...`
  Import,      // `import a.b` (binds a), `import a.b as name`
  FromImport,  // `from m import n as name`
  StarImport,  // one name that `from m import *` binds; the statement binds others too
  Submodule,   // of a package: bound when the submodule is loaded
  Parameter,   // of a function's namespace
  TypeParam,   // PEP 695: type_param_id
  Augmented,   // `name += value`
  Other,       // loop target, `with`, walrus, exception name, capture of a pattern, part of a tuple
  Delete,      // `del name`
  Elsewhere,   // by a function that declares it `global` or `nonlocal`
};

// Bits of Definition::flags.
enum DefinitionFlag : uint8_t {
  kConditional = 1,      // stands where it may be left out: a branch, a loop, a `try`, a case
  kCheckingOnly = 2,     // under TYPE_CHECKING: what type checkers see, and not run
  kRuntimeOnly = 4,      // under `not TYPE_CHECKING`
  kDeclarationOnly = 8,  // `name: type` without a value
  kInHandler = 16,       // in an `except`
};

// One place that binds a name.
struct Definition {
  DefinitionKind kind = DefinitionKind::Other;
  uint8_t flags = 0;
  SymbolId name;
  NamespaceId in;
  syntax::NodeId node;          // the statement; of a part of a tuple and the like, the Name
  uint32_t value = UINT32_MAX;  // the id that the kind's comment names
  syntax::NodeId expression;    // Assignment: the value, where there is one
  Annotation annotation;        // Assignment
  SymbolId module;    // Import, FromImport, StarImport: absolute and dotted; none where it has none
  SymbolId imported;  // FromImport: n; `import a.b as name`: none

  ClassId class_id() const { return ClassId(value); }
  FunctionId function_id() const { return FunctionId(value); }
  TypeParamId type_param_id() const { return TypeParamId(value); }
};

enum class MeaningKind : uint8_t {
  Unknown,      // reason; of FunctionDecorator and ClassDecorator also the id of what is decorated
  Absent,       // nothing binds the name, for sure
  Class,        // class_id
  Function,     // function_id: see Function::group for overloads
  Property,     // function_id of the getter; Function::group has setter and deleter
  Variable,     // definition_id: the first one with an annotation, else the only one
  Module,       // unit_id
  Alias,        // alias_id: of a type expression that is no plain class
  TypeParam,    // type_param_id: T = TypeVar("T")
  NewType,      // definition_id
  SpecialForm,  // special_form: of typing
  BareModule,   // a module that no loaded unit declares: `value` is the SymbolId of its name
};

// Names of typing (and typing_extensions) that the evaluation of annotations knows itself.
enum class SpecialForm : uint8_t {
  Any,
  Union,
  Optional,
  Callable,
  Literal,
  ClassVar,
  Final,
  Annotated,
  Required,
  NotRequired,
  ReadOnly,
  TypeGuard,
  TypeIs,
  Self,
  Never,
  NoReturn,
  LiteralString,
  Concatenate,
  Unpack,
  Generic,
  Protocol,
  TypeAlias,
  NamedTuple,
  TypedDict,
  NewType,
  TypeVar,
  ParamSpec,
  TypeVarTuple,
  Type,
  Tuple,
  TypeAliasType,
  ForwardRef,
  TypeForm,
};
std::string_view SpecialFormName(SpecialForm form);

// What a name or a dotted name comes to.
struct Meaning {
  MeaningKind kind = MeaningKind::Unknown;
  uint32_t value = UINT32_MAX;  // the id that the kind's comment names
  Reason reason;

  ClassId class_id() const { return ClassId(value); }
  FunctionId function_id() const { return FunctionId(value); }
  DefinitionId definition_id() const { return DefinitionId(value); }
  UnitId unit_id() const { return UnitId(value); }
  AliasId alias_id() const { return AliasId(value); }
  TypeParamId type_param_id() const { return TypeParamId(value); }
  SpecialForm special_form() const { return static_cast<SpecialForm>(value); }
  bool known() const { return kind != MeaningKind::Unknown && kind != MeaningKind::Absent; }
  bool Is(MeaningKind of) const { return kind == of; }
};

// Bits of Name::flags.
enum NameFlag : uint8_t {
  kPrivateImport = 1,  // of a stub: imported for itself, not for those who import the stub
  kMayBeUnbound = 2,   // some path leaves it without a value
  kSeveral = 4,        // more than one definition that is not one group of functions
};

struct Name {
  SymbolId symbol;
  uint8_t flags = 0;
  Range definitions;  // Declarations::definitions, in source order
  Meaning meaning;    // when the program runs; of a stub, what it declares
  Meaning typing;     // what an annotation means by it: differs under TYPE_CHECKING
};

enum class NamespaceKind : uint8_t { Module, Class, Function, TypeParams };

struct Namespace {
  NamespaceKind kind = NamespaceKind::Module;
  UnitId unit = {};
  NamespaceId parent = {};      // lexical; none of a module
  uint32_t owner = UINT32_MAX;  // ClassId or FunctionId
  bool open = false;            // other names may be bound in it
  Range names = {};             // Declarations::names, in order of first appearance
};

}  // namespace unspool::semantics::declarations
