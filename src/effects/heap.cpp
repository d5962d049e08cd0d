#include "effects/heap.h"

#include <algorithm>

namespace unspool::effects {

std::string_view ObjectKindName(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::List:
      return "list";
    case ObjectKind::Tuple:
      return "tuple";
    case ObjectKind::Dict:
      return "dict";
    case ObjectKind::Set:
      return "set";
    case ObjectKind::FrozenSet:
      return "frozenset";
    case ObjectKind::ByteArray:
      return "bytearray";
    case ObjectKind::Range:
      return "range";
    case ObjectKind::Slice:
      return "slice";
    case ObjectKind::Iterator:
      return "iterator";
    case ObjectKind::View:
      return "view";
    case ObjectKind::Generator:
      return "generator";
    case ObjectKind::Instance:
      return "instance";
    case ObjectKind::Library:
      return "library object";
    case ObjectKind::Exception:
      return "exception";
    case ObjectKind::Class:
      return "class";
    case ObjectKind::Function:
      return "function";
    case ObjectKind::BoundMethod:
      return "method";
    case ObjectKind::Builtin:
      return "builtin";
    case ObjectKind::Module:
      return "module";
    case ObjectKind::Super:
      return "super";
    case ObjectKind::Property:
      return "property";
    case ObjectKind::Opaque:
      return "object";
  }
  return "object";
}

// The holder's true age may be above its lower bound, up to the current depth: unless it is exact,
// the distance is taken from there, so that it is never underestimated.
Value Heap::Relative(const Value& value, const Ref& holder, Age depth) {
  return value.WithoutConstant().MapRefs([&](Ref ref) {
    int highest = holder.exact ? holder.age : depth;
    Age distance = kOld;
    if (ref.age != kOld) {
      int difference = std::min(0, int{ref.age} - highest);
      if (difference >= kOldestTracked) distance = static_cast<Age>(difference);
    }
    if (holder.exact && holder.age == kOld) distance = kOld;
    return Ref{ref.object, distance, false};
  });
}

Value Heap::Absolute(const Value& stored, Age holder) {
  return stored.MapRefs([&](Ref ref) {
    if (ref.age == kOld || holder == kOld) return Ref{ref.object, kOld, false};
    return Ref{ref.object, static_cast<Age>(holder + ref.age), false};
  });
}

}  // namespace unspool::effects
