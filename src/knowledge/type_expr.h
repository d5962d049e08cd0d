// Types as facts state them: "list[T]", "str|None", "iterable[tuple[K, V]]". In: the text of a type
// in a fact file. Out: an immutable tree, parsed once. The words of the language stand in
// data/effects/README.md. Print with ToString.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::knowledge {

enum class TypeKind : uint8_t {
  Unknown,   // nothing is known (results only)
  Nothing,   // no object: the elements of a new, empty container
  Any,       // any object; nothing is run on it and nothing looked at in it
  Class,     // exactly this class: `name`, with its parameters in `args`
  Literal,   // exactly this str: `name`; written in quotes
  Plain,     // scalars and built-in containers of plain: no operation on it runs the user's code
  Frozen,    // scalars, tuples and frozensets of frozen: hashing and comparing run no user code
  Union,     // one of `args`, never nested
  Variable,  // `name` is the letter; its bound stands in the fact
  Callable,  // `args` are the parameters, followed by the result
  Iterable,  // args[0]: an object of a class with `iter` in its facts, or an Iterator
  Iterator,  // args[0]: an iterator over what runs no user code when it is advanced
  Type,      // a class whose metaclass is exactly `type`
};

// "real", "number", "scalar" and "buffer" are unions by the time they get here.
struct TypeExpr {
  TypeKind kind = TypeKind::Unknown;
  bool variadic = false;  // tuple[T, ...]: any length, all elements args[0]
  std::string name;       // Class: "list", "re.Match"; Variable: "T"
  std::vector<TypeExpr> args;

  bool IsClass(std::string_view class_name) const {
    return kind == TypeKind::Class && name == class_name;
  }
  bool operator==(const TypeExpr&) const = default;
};

base::Result<TypeExpr> ParseType(std::string_view text);
std::string ToString(const TypeExpr& type);

// None, bool, int, float, complex, str, bytes: values without parts and without identity.
bool IsScalarClass(std::string_view name);
// A class that the type language knows by a bare name (list, dict_keys, range, ...).
bool IsBuiltinClass(std::string_view name);

}  // namespace unspool::knowledge
