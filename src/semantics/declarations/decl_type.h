// Declared types: what annotations and bases say, evaluated to structure. Hash-consed in one arena:
// equal types have equal ids. What could not be evaluated is Unknown with its reason. Immutable but
// for growing; printed by TypeText.
#pragma once

#include "semantics/declarations/cause.h"
#include "semantics/declarations/ids.h"
#include "syntax/tree.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics::declarations {

enum class DeclTypeKind : uint8_t {
  Unknown,  // reason(id)
  Any,
  None,
  Never,      // Never, NoReturn
  Class,      // class_id; args: its type arguments, as many as it has parameters, or none given
  Tuple,      // builtins.tuple. Fixed: args are the items, some may be Unpack. Homogeneous: args[0]
  Union,      // args: two or more, flat, none twice, in the order written
  Literal,    // literal_id: one value; several are a Union
  Callable,   // args: parameter types, then the result; see CallableForm
  Type,       // type[X]: args[0]
  TypeVar,    // type_param_id
  ParamSpec,  // type_param_id
  TypeVarTuple,     // type_param_id
  Self,             // class_id: the class whose body it stands in; none outside
  Unpack,           // *Ts, Unpack[Ts], Unpack[tuple[...]]: args[0]
  ParamList,        // [int, str] as an argument for a ParamSpec: args
  Ellipsis,         // `...` as an argument for a ParamSpec
  Concatenate,      // args: types, then a ParamSpec or Ellipsis
  ParamSpecArgs,    // P.args: type_param_id
  ParamSpecKwargs,  // P.kwargs: type_param_id
  NewType,          // definition_id of the NewType; args[0]: what it is a new name for
  Module,           // unit_id: types.ModuleType of one module
};

enum class TupleForm : uint8_t { Fixed, Homogeneous };

enum class CallableForm : uint8_t {
  List,         // Callable[[A, B], R]: args A, B, R
  Any,          // Callable[..., R]: args R
  ParamSpec,    // Callable[P, R]: args P, R
  Concatenate,  // Callable[Concatenate[A, P], R]: args A, P or Ellipsis, R
};

enum class LiteralKind : uint8_t { Int, Bool, Str, Bytes, Enum };

struct LiteralValue {
  LiteralKind kind = LiteralKind::Int;
  std::string text;  // Int: decimal, with its sign; Bool: "True"; Str: WTF-8; Bytes: as they are;
                     // Enum: the member's name
  ClassId class_id;  // int, bool, str, bytes, or the enumeration
  bool operator==(const LiteralValue&) const = default;
};

struct DeclType {
  DeclTypeKind kind = DeclTypeKind::Unknown;
  uint8_t form = 0;         // TupleForm, CallableForm
  bool has_params = false;  // a TypeVar, ParamSpec, TypeVarTuple or Self is in it somewhere
  bool has_unknown = false;
  uint32_t value = UINT32_MAX;  // the id that the kind's comment names
  Range args;                   // DeclTypeArena::args

  ClassId class_id() const { return ClassId(value); }
  LiteralId literal_id() const { return LiteralId(value); }
  TypeParamId type_param_id() const { return TypeParamId(value); }
  DefinitionId definition_id() const { return DefinitionId(value); }
  UnitId unit_id() const { return UnitId(value); }
  TupleForm tuple_form() const { return static_cast<TupleForm>(form); }
  CallableForm callable_form() const { return static_cast<CallableForm>(form); }
};

class DeclTypeArena {
 public:
  DeclTypeArena();

  // Ids that are always the same.
  static constexpr DeclTypeId kAny = DeclTypeId(0);
  static constexpr DeclTypeId kNone = DeclTypeId(1);
  static constexpr DeclTypeId kNever = DeclTypeId(2);
  static constexpr DeclTypeId kEllipsis = DeclTypeId(3);

  const DeclType& operator[](DeclTypeId id) const { return types_[id.value()]; }
  size_t size() const { return types_.size(); }
  std::span<const DeclTypeId> Args(DeclTypeId id) const {
    const Range range = types_[id.value()].args;
    return std::span(args_).subspan(range.begin, range.count);
  }
  const Reason& reason(DeclTypeId unknown) const { return reasons_[types_[unknown.value()].value]; }
  const LiteralValue& literal(LiteralId id) const { return literals_[id.value()]; }

  DeclTypeId Unknown(const Reason& reason);
  DeclTypeId Class(ClassId id, std::span<const DeclTypeId> args = {});
  DeclTypeId Tuple(TupleForm form, std::span<const DeclTypeId> args);
  // Flattens, drops doubles, keeps the order; one alternative is itself, none is Never.
  DeclTypeId Union(std::span<const DeclTypeId> alternatives);
  DeclTypeId Literal(LiteralValue value);
  DeclTypeId Callable(CallableForm form, std::span<const DeclTypeId> args);
  DeclTypeId TypeParam(DeclTypeKind kind, TypeParamId id);
  DeclTypeId Self(ClassId in);
  // Any other kind.
  DeclTypeId Make(DeclTypeKind kind, uint8_t form, uint32_t value,
                  std::span<const DeclTypeId> args);

 private:
  uint64_t HashOf(DeclTypeKind kind, uint8_t form, uint32_t value,
                  std::span<const DeclTypeId> args) const;
  void Grow();

  std::vector<DeclType> types_;
  std::vector<DeclTypeId> args_;
  std::vector<Reason> reasons_;
  std::vector<LiteralValue> literals_;
  std::unordered_map<std::string, LiteralId> literal_of_;
  std::vector<uint32_t> slots_;  // open addressing: type index + 1
};

// What stands around a type in an annotation and is no part of it.
enum AnnotationMark : uint16_t {
  kClassVar = 1,
  kFinal = 2,
  kRequired = 4,
  kNotRequired = 8,
  kReadOnly = 16,
  kTypeGuard = 32,  // type is bool; `narrowed` says of what
  kTypeIs = 64,
  kTypeAliasMark = 128,  // X: TypeAlias = ...
  kInitVar = 256,
  kAnnotated = 512,  // Annotated[type, ...]
};

struct Annotation {
  syntax::NodeId node;  // none: nothing is written
  DeclTypeId type;      // none where nothing is written, or only `Final`, `ClassVar`
  uint16_t marks = 0;
  DeclTypeId narrowed;  // X of TypeGuard[X], TypeIs[X]

  explicit operator bool() const { return type.has_value(); }
};

}  // namespace unspool::semantics::declarations
