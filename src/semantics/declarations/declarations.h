// Everything that source files and stubs say statically about classes, functions and annotated
// types, without flow analysis. In: units (declare.h). Out: tables of plain records, by id,
// complete and immutable once built, so that any number of threads may read them. What is not
// certain is unknown with its Reason. Printed by `unspool debug classes`; oracle: the running
// interpreter
// (`./dev conformance declarations`).
#pragma once

#include "base/interner.h"
#include "base/key_index.h"
#include "semantics/declarations/decl_type.h"
#include "semantics/declarations/unit.h"
#include "source/file.h"
#include "syntax/parse.h"

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics::declarations {

// ---- functions ----

enum class ParamKind : uint8_t { PositionalOnly, Normal, VarArgs, KeywordOnly, VarKeywords };

struct Parameter {
  SymbolId name;
  ParamKind kind = ParamKind::Normal;
  syntax::NodeId node;           // arg
  syntax::NodeId default_value;  // none: required (or * and **)
  Annotation annotation;         // of * and **: of one argument, as written
};

enum class FunctionKind : uint8_t {
  Plain,  // not in a class body, or a @staticmethod's target elsewhere
  Instance,
  Class,   // @classmethod, and __init_subclass__, __class_getitem__
  Static,  // @staticmethod, and __new__
  Getter,  // @property, cached_property, ...
  Setter,
  Deleter,
};

// Bits of Function::flags.
enum FunctionFlag : uint16_t {
  kAsync = 1,
  kGenerator = 2,  // has a yield of its own
  kAbstract = 4,   // @abstractmethod
  kOverload = 8,
  kOverride = 16,
  kFinalFunction = 32,
  kCached = 64,           // functools.cache, lru_cache
  kUnknownWrapper = 128,  // a decorator that is not known: what the name holds is something else
  kContextManager = 256,  // @contextmanager, @asynccontextmanager
  kCachedProperty = 512,
  kDeprecated = 1024,
  kTypeCheckOnly = 2048,
  kFullyAnnotated = 4096,  // each parameter but self, and the result
  kAbstractProperty = 8192,
};

struct Decorator {
  syntax::NodeId node;  // the expression behind @; its func where it is a call
  bool called = false;
  Meaning meaning;
};

struct Function {
  UnitId unit;
  syntax::NodeId node;  // FunctionDef or AsyncFunctionDef
  SymbolId name;
  SymbolId qualified_name;  // as __qualname__: Outer.f.<locals>.g
  NamespaceId in;           // where it is bound
  NamespaceId scope;        // its own, where something is declared in it or it has type parameters
  ClassId in_class;         // whose body it stands in directly
  FunctionId in_function;   // that it stands in, however deeply
  FunctionKind kind = FunctionKind::Plain;
  uint16_t flags = 0;
  Range params;  // Declarations::params, in the order of the call
  Annotation returns;
  Range decorators;   // Declarations::decorators, outermost first
  Range type_params;  // PEP 695: Declarations::type_param_lists
  // All functions that make up what its name holds, in source order: overloads and implementation;
  // getter, setter, deleter. Declarations::function_groups. Empty: alone.
  Range group;
};

// ---- classes ----

enum ClassFlag : uint16_t {
  kProtocol = 1,       // a protocol itself: Protocol among its bases
  kGeneric = 2,        // has type parameters
  kAbstractClass = 4,  // some abstract member is not overridden
  kFinalClass = 8,
  kEnum = 16,        // below enum.Enum
  kDataclass = 32,   // @dataclass itself
  kNamedTuple = 64,  // typing.NamedTuple among its bases, or by call
  kTypedDict = 128,
  kException = 256,          // below BaseException
  kSynthetic = 512,          // typing.Generic, typing.Protocol: no text declares them as classes
  kFunctional = 1024,        // made by a call: NamedTuple("P", ...), TypedDict(...), Enum(...)
  kCheckOnly = 2048,         // @type_check_only, or under TYPE_CHECKING: not there at run time
  kNotTotal = 4096,          // TypedDict, total=False
  kConditionalClass = 8192,  // its statement may be left out
};

struct BaseClass {
  syntax::NodeId node;
  DeclTypeId type;  // Class, Tuple, or Unknown with its reason
  ClassId class_id;
};

// A class in the order of another's resolution, and what its type parameters are as seen from
// there.
struct MroEntry {
  ClassId class_id;
  Range args;  // Declarations::type_lists; one for each type parameter of class_id
};

enum class MroState : uint8_t {
  Complete,
  Partial,       // `mro` is what is certain: everything up to where an unknown class may stand
  Inconsistent,  // no order: the statement raises TypeError
};

enum class MetaclassState : uint8_t { Known, Unknown };

enum class SlotsState : uint8_t { None, Known, Unknown };

struct Class {
  UnitId unit;
  syntax::NodeId node;  // ClassDef; Call where made by one
  SymbolId name;
  SymbolId qualified_name;  // as __qualname__: Outer.f.<locals>.Inner
  NamespaceId in;           // where it is bound
  NamespaceId members;      // the names of its body
  ClassId in_class;
  FunctionId in_function;
  uint16_t flags = 0;
  Range type_params;  // Declarations::type_param_lists
  Range bases;        // Declarations::bases, as written; object is not among them
  Range mro;          // Declarations::mros; the class itself first
  MroState mro_state = MroState::Complete;
  Reason mro_reason;  // of Partial and Inconsistent
  ClassId metaclass;  // of Known; builtins.type where nothing else is said
  MetaclassState metaclass_state = MetaclassState::Known;
  Range subclasses;  // Declarations::subclasses: those that name it as a base, by id
  Range decorators;  // Declarations::decorators
  SlotsState slots_state = SlotsState::None;
  Range slots;                // Declarations::slot_names
  Range instance_attributes;  // Declarations::attribute_sites, by name and then by place
};

// `self.x = ...` in a method of a source class, self being the first parameter and not rebound.
struct AttributeSite {
  SymbolId name;
  FunctionId method;
  syntax::NodeId target;      // the Attribute
  syntax::NodeId annotation;  // of `self.x: type = ...`
  Annotation declared;
};

// ---- type parameters and aliases ----

enum class TypeParamKind : uint8_t { TypeVar, ParamSpec, TypeVarTuple };

struct TypeParam {
  TypeParamKind kind = TypeParamKind::TypeVar;
  UnitId unit;
  syntax::NodeId node;  // the call, or the PEP 695 parameter
  SymbolId name;
  DeclTypeId bound;
  Range constraints;  // Declarations::type_lists
  DeclTypeId default_type;
};

// `X: TypeAlias = ...`, `type X = ...`, or `X = <type expression>`.
struct Alias {
  UnitId unit;
  syntax::NodeId node;
  SymbolId name;
  Range type_params;  // Declarations::type_param_lists, in order of first appearance
  DeclTypeId type;
};

// ---- lookups ----

struct MemberHit {
  enum class Kind : uint8_t { Found, Absent, Unknown };
  Kind kind = Kind::Unknown;
  ClassId owner;           // of Found
  uint32_t name = 0;       // of Found: index into Declarations::names
  uint32_t mro_index = 0;  // of the owner in the class's mro
  Reason reason;           // of Unknown: an unknown class comes before any that has it
};

class Declarations {
 public:
  // ---- tables, in the order of their ids ----
  base::IdVector<UnitId, Unit> units;
  base::IdVector<NamespaceId, Namespace> namespaces;
  base::IdVector<DefinitionId, Definition> definitions;
  base::IdVector<ClassId, Class> classes;
  base::IdVector<FunctionId, Function> functions;
  base::IdVector<TypeParamId, TypeParam> type_params;
  base::IdVector<AliasId, Alias> aliases;
  std::vector<Name> names;
  std::vector<Parameter> params;
  std::vector<Decorator> decorators;
  std::vector<BaseClass> bases;
  std::vector<MroEntry> mros;
  std::vector<ClassId> subclasses;
  std::vector<FunctionId> function_groups;
  std::vector<TypeParamId> type_param_lists;
  std::vector<DeclTypeId> type_lists;
  std::vector<SymbolId> slot_names;
  std::vector<AttributeSite> attribute_sites;
  DeclTypeArena types;
  syntax::Version version;

  // ---- names ----
  SymbolId Find(std::string_view text) const;  // none: no unit mentions it
  std::string_view Text(SymbolId symbol) const {
    return symbols_.Text(base::NameId(symbol.value()));
  }

  // ---- units ----
  // The unit that describes a module to a reader of sources: the project's source, else the stub,
  // else the installed source. None where it is not loaded.
  UnitId FindUnit(std::string_view module) const;
  UnitId FindUnit(std::string_view module, UnitKind kind) const;

  // ---- names in units ----
  // The entry of a name that the namespace itself binds; nothing where it has none.
  const Name* FindName(NamespaceId in, SymbolId symbol) const;
  // What `unit.symbol` gives from outside: names, then submodules. Absent where it is not there.
  Meaning LookupAttribute(UnitId unit, SymbolId symbol, bool typing = false) const;
  // What the name means where it is read in the namespace: lexical, through to builtins. Class
  // bodies are seen from themselves only. Bindings by order of statements are not told apart.
  Meaning LookupFrom(NamespaceId in, SymbolId symbol, bool typing = false) const;
  // A class by its names: FindClass("collections", "OrderedDict").
  ClassId FindClass(std::string_view module, std::string_view qualified_name) const;
  ClassId FindClass(UnitId unit, std::string_view qualified_name) const;
  // The class or function that a node declares; none where it declares none.
  ClassId ClassAt(UnitId unit, syntax::NodeId node) const;
  FunctionId FunctionAt(UnitId unit, syntax::NodeId node) const;

  // ---- classes ----
  std::span<const MroEntry> MroOf(ClassId id) const { return Span(mros, classes[id].mro); }
  std::span<const BaseClass> BasesOf(ClassId id) const { return Span(bases, classes[id].bases); }
  std::span<const ClassId> SubclassesOf(ClassId id) const {
    return Span(subclasses, classes[id].subclasses);
  }
  std::span<const TypeParamId> TypeParamsOf(ClassId id) const {
    return Span(type_param_lists, classes[id].type_params);
  }
  std::span<const Name> MembersOf(ClassId id) const {
    return Span(names, namespaces[classes[id].members].names);
  }
  // True, false, or nothing where an unknown base decides. Of classes, not of protocols' shape.
  std::optional<bool> IsSubclass(ClassId derived, ClassId base) const;
  // Along the order of resolution; attributes of the metaclass and of instances are not asked. A
  // hit may be `name: type` without a value (kDeclarationOnly), and a metaclass that is not known
  // may have put something else in its place.
  MemberHit LookupMember(ClassId id, SymbolId symbol) const;
  // The same from behind `after` in the order: what super() finds.
  MemberHit LookupMemberAfter(ClassId id, ClassId after, SymbolId symbol) const;
  // `self.x = ...` sites of one name.
  std::span<const AttributeSite> AttributeSitesOf(ClassId id, SymbolId symbol) const;
  // What the type parameters of `base` are as seen from `derived`, in terms of the derived class's
  // own; empty where it is no base or has no parameters.
  std::span<const DeclTypeId> ArgumentsOf(ClassId derived, ClassId base) const;

  // ---- functions ----
  std::span<const Parameter> ParamsOf(FunctionId id) const {
    return Span(params, functions[id].params);
  }
  std::span<const Decorator> DecoratorsOf(FunctionId id) const {
    return Span(decorators, functions[id].decorators);
  }
  std::span<const FunctionId> GroupOf(FunctionId id) const {
    return Span(function_groups, functions[id].group);
  }

  // ---- well-known classes of builtins and typing; none where no stubs are loaded ----
  struct {
    ClassId object, type, none_type, int_type, float_type, complex_type, bool_type, str, bytes,
        bytearray, list, tuple, dict, set, frozenset, slice, function, method, module, ellipsis,
        property, classmethod, staticmethod, base_exception, exception, enum_type, enum_meta,
        abc_meta, generic, protocol, generator, coroutine, async_generator, typed_dict, named_tuple;
  } known;

  template <typename T>
  static std::span<const T> Span(const std::vector<T>& table, Range range) {
    return std::span(table).subspan(range.begin, range.count);
  }

 private:
  friend class Builder;
  friend struct Lookup;

  base::Interner symbols_;
  base::KeyIndex name_of_;  // namespace and symbol -> names
  std::unordered_map<std::string_view, std::pair<UnitId, UnitId>> unit_of_;  // stub, source
  std::vector<std::unordered_map<uint32_t, uint32_t>> declared_at_;          // by unit: node -> id
  std::vector<std::shared_ptr<const void>> kept_;                            // texts and trees
};

// ---- substitution ----

// What type parameters stand for. Those not named stay as they are.
struct Substitution {
  std::span<const TypeParamId> params;
  std::span<const DeclTypeId> args;  // as many
  DeclTypeId self;                   // of Self, where given
};

// The type with its parameters replaced. Linear in the size of the type; TypeVarTuples are spread
// where their argument is a Tuple, ParamSpecs where it is a ParamList.
DeclTypeId Substitute(const Declarations& declarations, DeclTypeArena& types, DeclTypeId type,
                      const Substitution& substitution);

// `dict[str, int]` seen as Mapping: (dict, {str, int}, Mapping) -> {str, int}. Empty where `base`
// is no base, or has no parameters.
std::vector<DeclTypeId> ArgumentsAs(const Declarations& declarations, DeclTypeArena& types,
                                    ClassId derived, std::span<const DeclTypeId> args,
                                    ClassId base);

// As Python writes it: "builtins.dict[builtins.str, T]", "int | None" with `short_names`; cut where
// it is very long.
std::string TypeText(const Declarations& declarations, const DeclTypeArena& types, DeclTypeId type,
                     bool short_names = false);

}  // namespace unspool::semantics::declarations
