// Operators and subscripts, which on a class of the user's run the user's code.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {

// Forward and reflected method of each binary operator (Data Model 3.3.8).
struct DunderPair {
  Operator op;
  std::string_view forward;
  std::string_view reflected;
  std::string_view in_place;
};
constexpr DunderPair kDunders[] = {
    {Operator::Add, "__add__", "__radd__", "__iadd__"},
    {Operator::Sub, "__sub__", "__rsub__", "__isub__"},
    {Operator::Mult, "__mul__", "__rmul__", "__imul__"},
    {Operator::MatMult, "__matmul__", "__rmatmul__", "__imatmul__"},
    {Operator::Div, "__truediv__", "__rtruediv__", "__itruediv__"},
    {Operator::FloorDiv, "__floordiv__", "__rfloordiv__", "__ifloordiv__"},
    {Operator::Mod, "__mod__", "__rmod__", "__imod__"},
    {Operator::Pow, "__pow__", "__rpow__", "__ipow__"},
    {Operator::LShift, "__lshift__", "__rlshift__", "__ilshift__"},
    {Operator::RShift, "__rshift__", "__rrshift__", "__irshift__"},
    {Operator::BitAnd, "__and__", "__rand__", "__iand__"},
    {Operator::BitOr, "__or__", "__ror__", "__ior__"},
    {Operator::BitXor, "__xor__", "__rxor__", "__ixor__"},
    {Operator::Eq, "__eq__", "__eq__", ""},
    {Operator::NotEq, "__ne__", "__ne__", ""},
    {Operator::Lt, "__lt__", "__gt__", ""},
    {Operator::LtE, "__le__", "__ge__", ""},
    {Operator::Gt, "__gt__", "__lt__", ""},
    {Operator::GtE, "__ge__", "__le__", ""},
};

const DunderPair* DundersOf(Operator op) {
  for (const DunderPair& pair : kDunders) {
    if (pair.op == op) return &pair;
  }
  return nullptr;
}

constexpr uint16_t kScalarBits[] = {kNone, kBool,  kInt,      kFloat,         kComplex,
                                    kStr,  kBytes, kEllipsis, kNotImplemented};

// What an operator gives for two exact built-in scalars; 0 where it raises TypeError.
uint16_t ScalarResult(Operator op, uint16_t left, uint16_t right) {
  bool numbers = (left & kNumbers) && (right & kNumbers);
  bool integers = (left & (kBool | kInt)) && (right & (kBool | kInt));
  bool complex = left == kComplex || right == kComplex;
  bool floats = left == kFloat || right == kFloat;
  switch (op) {
    case Operator::Add:
      if (left == right && (left == kStr || left == kBytes)) return left;
      [[fallthrough]];
    case Operator::Sub:
      if (!numbers) return 0;
      return complex ? kComplex : floats ? kFloat : kInt;
    case Operator::Mult:
      if ((left & (kStr | kBytes)) && (right & (kBool | kInt))) return left;
      if ((right & (kStr | kBytes)) && (left & (kBool | kInt))) return right;
      if (!numbers) return 0;
      return complex ? kComplex : floats ? kFloat : kInt;
    case Operator::Div:
      if (!numbers) return 0;
      return complex ? kComplex : kFloat;
    case Operator::FloorDiv:
    case Operator::Mod:
      if (op == Operator::Mod && (left & (kStr | kBytes))) return left;
      if (!numbers || complex) return 0;
      return floats ? kFloat : kInt;
    case Operator::Pow:
      if (!numbers) return 0;
      if (complex) return kComplex;
      // A negative base to a fraction is complex; an int to a negative int is a float.
      return floats ? kFloat | kComplex : kInt | kFloat;
    case Operator::LShift:
    case Operator::RShift:
      return integers ? kInt : 0;
    case Operator::BitAnd:
    case Operator::BitOr:
    case Operator::BitXor:
      if (!integers) return 0;
      return left == kBool && right == kBool ? kBool : kInt;
    default:
      return 0;
  }
}

bool IsSequence(ObjectKind kind) {
  return kind == ObjectKind::List || kind == ObjectKind::Tuple || kind == ObjectKind::ByteArray;
}
bool IsSetLike(ObjectKind kind) {
  return kind == ObjectKind::Set || kind == ObjectKind::FrozenSet || kind == ObjectKind::View;
}

}  // namespace

// Calls a method of the user's class, if it has it.
bool Interpreter::CallDunder(NodeId id, const Ref& receiver, std::string_view name,
                             const std::vector<Value>& arguments, Value& result) {
  const Object& object = facts_.heap_[receiver.object];
  if (object.kind != ObjectKind::Instance) return false;
  const Value* method = FindInClasses(object, Sym(name));
  if (!method) return false;
  Value function = *method;
  CallArguments call;
  call.positional.push_back(Value::OfObject(receiver.object, receiver.age, receiver.exact));
  call.positional.insert(call.positional.end(), arguments.begin(), arguments.end());
  result.Join(Call(id, Load(function, {receiver.object, kOld, false}), call));
  return true;
}

Value Interpreter::Binary(NodeId id, Operator op, const Value& left, const Value& right) {
  if (Missing(id, left) || Missing(id, right)) return Value();
  if (left.is_unknown()) return UnknownOperation(id, left, "the operator");
  if (right.is_unknown()) return UnknownOperation(id, right, "the operator");
  Value result;
  uint16_t scalars = 0;
  for (uint16_t a : kScalarBits) {
    for (uint16_t b : kScalarBits) {
      if ((left.scalars() & a) && (right.scalars() & b)) scalars |= ScalarResult(op, a, b);
    }
  }
  if (op == Operator::Pow && right.has_number() && right.only(kInt)) {
    // A constant exponent that is not negative keeps the class of the base.
    if (right.number() >= 0 && left.only(kReals)) {
      scalars = (left.scalars() & kFloat) | (left.scalars() & (kInt | kBool) ? kInt : 0);
    }
  }
  if (op == Operator::Mod && (left.scalars() & (kStr | kBytes))) {
    CheckFormatted(id, left, right);
    scalars |= left.scalars() & (kStr | kBytes);
  }
  if (left.has_number() && right.has_number() && left.only(kInt) && right.only(kInt)) {
    // Small constants, for starts and steps of ranges.
    int64_t a = left.number(), b = right.number(), value = 0;
    bool fits = op == Operator::Add    ? !__builtin_add_overflow(a, b, &value)
                : op == Operator::Sub  ? !__builtin_sub_overflow(a, b, &value)
                : op == Operator::Mult ? !__builtin_mul_overflow(a, b, &value)
                                       : false;
    if (fits) return Value::OfInt(value);
  }
  if (scalars) result.Join(Value::OfScalar(scalars));
  if (left.refs().empty() && right.refs().empty()) return result;

  // Pairs with at least one object.
  const DunderPair* names = DundersOf(op);
  auto combine = [&](const Ref* a, const Value& a_value, const Ref* b, const Value& b_value) {
    ObjectKind a_kind = a ? facts_.heap_[a->object].kind : ObjectKind::Opaque;
    ObjectKind b_kind = b ? facts_.heap_[b->object].kind : ObjectKind::Opaque;
    bool a_instance = a && a_kind == ObjectKind::Instance;
    bool b_instance = b && b_kind == ObjectKind::Instance;
    if ((a_instance || b_instance) && names) {
      bool called = false;
      Value value;
      if (a_instance) called |= CallDunder(id, *a, names->forward, {b_value}, value);
      // The reflected method is tried where the first one declines, and first if its class derives
      // from the other one.
      bool declines = !called || (value.scalars() & kNotImplemented) || value.is_unknown() ||
                      (a_instance && b_instance && DerivesFrom(*b, *a));
      if (b_instance && declines) called |= CallDunder(id, *b, names->reflected, {a_value}, value);
      // Classes of libraries on the other side may define the operator, too.
      bool foreign = (a && a_kind == ObjectKind::Library) || (b && b_kind == ObjectKind::Library);
      // A sequence is repeated as often as the instance says.
      const Ref& instance = a_instance ? *a : *b;
      bool repeats =
          op == Operator::Mult && FindInClasses(facts_.heap_[instance.object], Sym("__index__"));
      if (foreign || repeats) value.Join(UnknownOperation(id, a_value, "the operator"));
      result.Join(value.WithoutScalars(kNotImplemented));
      return;
    }
    if (a && b && IsSequence(a_kind) && a_kind == b_kind && op == Operator::Add) {
      Value fresh = Allocate(id, a_kind);
      NoteContent(id, *a, WriteHow::NotAWrite);
      NoteContent(id, *b, WriteHow::NotAWrite);
      if (a_kind == ObjectKind::Tuple) facts_.heap_[fresh.refs()[0].object].positional = false;
      StoreContent(fresh.refs()[0], ContentOf(*a));
      StoreContent(fresh.refs()[0], ContentOf(*b));
      result.Join(fresh);
      return;
    }
    if (op == Operator::Mult && ((a && IsSequence(a_kind) && b_value.only(kInt | kBool)) ||
                                 (b && IsSequence(b_kind) && a_value.only(kInt | kBool)))) {
      const Ref& sequence = a && IsSequence(a_kind) ? *a : *b;
      Value fresh = Allocate(id, facts_.heap_[sequence.object].kind);
      NoteContent(id, sequence, WriteHow::NotAWrite);
      StoreContent(fresh.refs()[0], ContentOf(sequence));
      result.Join(fresh);
      return;
    }
    bool set_operator = op == Operator::BitAnd || op == Operator::BitOr || op == Operator::BitXor ||
                        op == Operator::Sub;
    if (a && b && IsSetLike(a_kind) && IsSetLike(b_kind) && set_operator) {
      Value fresh = Allocate(id, a_kind == ObjectKind::FrozenSet ? a_kind : ObjectKind::Set);
      for (const Ref* side : {a, b}) {
        NoteContent(id, *side, WriteHow::NotAWrite);
        Value content = Iterate(id, Value::OfObject(side->object, side->age, side->exact));
        StoreContent(fresh.refs()[0], content);
        CheckKey(id, fresh.refs()[0], content);
      }
      result.Join(fresh);
      return;
    }
    if (a && b && a_kind == ObjectKind::Dict && b_kind == ObjectKind::Dict &&
        op == Operator::BitOr) {
      Value fresh = Allocate(id, ObjectKind::Dict);
      for (const Ref* side : {a, b}) {
        NoteContent(id, *side, WriteHow::NotAWrite);
        CopyEntries(*side, fresh.refs()[0]);
      }
      result.Join(fresh);
      return;
    }
    if (op == Operator::Mod && !a && (a_value.scalars() & (kStr | kBytes))) return;  // formatting
    result.Join(LibraryOperator(id, op, a, a_value, b, b_value));
  };
  Value left_scalars = left.OnlyScalars(left.scalars());
  Value right_scalars = right.OnlyScalars(right.scalars());
  for (const Ref& a : left.refs()) {
    Value a_value = Value::OfObject(a.object, a.age, a.exact);
    for (const Ref& b : right.refs()) {
      combine(&a, a_value, &b, Value::OfObject(b.object, b.age, b.exact));
    }
    if (right.scalars()) combine(&a, a_value, nullptr, right_scalars);
  }
  if (left.scalars()) {
    for (const Ref& b : right.refs()) {
      combine(nullptr, left_scalars, &b, Value::OfObject(b.object, b.age, b.exact));
    }
  }
  return result;
}

// `"%s %d" % value`: a tuple holds several, a mapping is asked for its items, and instances are
// asked for numbers.
void Interpreter::CheckFormatted(NodeId id, const Value& format, const Value& value) {
  bool known = format.text() && format.only(kStr);
  std::string_view text = known ? Text(format.text()) : "";
  bool named = !known || text.find("%(") != std::string_view::npos;
  bool represents = !known || text.find_first_of("ra") != std::string_view::npos;
  Value parts = value;
  for (const Ref& ref : value.refs()) {
    if (facts_.heap_[ref.object].kind == ObjectKind::Tuple) {
      parts.RemoveRef(ref.object);
      parts.Join(ContentOf(ref));
    }
    if (facts_.heap_[ref.object].kind == ObjectKind::Dict) parts.Join(ContentOf(ref));
  }
  CheckText(id, parts, TextUse::Str);
  if (represents) CheckText(id, parts, TextUse::Repr);
  for (const Ref& ref : parts.refs()) {
    Value ignored;
    for (std::string_view method : {"__index__", "__int__", "__float__", "__bytes__"}) {
      CallDunder(id, ref, method, {}, ignored);
    }
    CallDunder(id, ref, "__getitem__", {Value::OfScalar(kStr)}, ignored);
    // A default dict makes what is missing.
    if (named && facts_.heap_[ref.object].kind == ObjectKind::Dict) {
      GetItem(id, Value::OfObject(ref.object, ref.age, ref.exact), Value::OfScalar(kStr));
    }
  }
}

bool Interpreter::DerivesFrom(const Ref& derived, const Ref& base) const {
  const std::vector<ObjectId>& above = facts_.heap_[derived.object].classes;
  const std::vector<ObjectId>& classes = facts_.heap_[base.object].classes;
  return !classes.empty() && !above.empty() && above[0] != classes[0] &&
         std::find(above.begin(), above.end(), classes[0]) != above.end();
}

// Operators of library classes are facts under their method's name: `datetime.date.__sub__`.
Value Interpreter::LibraryOperator(NodeId id, Operator op, const Ref* a, const Value& a_value,
                                   const Ref* b, const Value& b_value) {
  const DunderPair* names = DundersOf(op);
  for (bool reflected : {false, true}) {
    const Ref* receiver = reflected ? b : a;
    if (!receiver || facts_.heap_[receiver->object].kind != ObjectKind::Library || !names) continue;
    std::string name = fmt::format("{}.{}", Text(facts_.heap_[receiver->object].name),
                                   reflected ? names->reflected : names->forward);
    if (!knowledge_.FindCall(name)) continue;
    CallArguments arguments;
    arguments.positional.push_back(reflected ? a_value : b_value);
    return CallLibrary(id, name, reflected ? &b_value : &a_value, arguments);
  }
  return UnknownOperation(id, a ? a_value : b_value, "the operator");
}

Value Interpreter::InPlace(NodeId id, Operator op, const Value& left, const Value& right) {
  if (left.refs().empty() || left.is_unknown()) return Binary(id, op, left, right);
  Value result;
  const DunderPair* names = DundersOf(op);
  Value others = left;
  for (const Ref& ref : left.refs()) {
    ObjectKind kind = facts_.heap_[ref.object].kind;
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    bool in_place = true;
    if ((kind == ObjectKind::List || kind == ObjectKind::ByteArray) && op == Operator::Add) {
      Value content = Exhaust(id, right);
      NoteContent(id, ref, WriteHow::Extend);
      StoreContent(ref, content);
    } else if (kind == ObjectKind::List && op == Operator::Mult) {
      NoteContent(id, ref, WriteHow::Resize);
    } else if (kind == ObjectKind::Set && op == Operator::BitOr) {
      Value content = Exhaust(id, right);
      NoteContent(id, ref, WriteHow::AddToSet);
      StoreContent(ref, content);
      CheckKey(id, ref, content);
    } else if (kind == ObjectKind::Set) {
      CheckKey(id, ref, Exhaust(id, right));
      NoteContent(id, ref, WriteHow::Resize);
    } else if (kind == ObjectKind::Dict && op == Operator::BitOr) {
      NoteContent(id, ref, WriteHow::SetKey);
      if (!UpdateDict(id, ref, right)) UnknownOperation(id, right, "the operator");
    } else if (kind == ObjectKind::Instance && names && !names->in_place.empty() &&
               CallDunder(id, ref, names->in_place, {right}, result)) {
      if (!(result.scalars() & kNotImplemented)) others.RemoveRef(ref.object);
      result = result.WithoutScalars(kNotImplemented);
      continue;
    } else {
      in_place = false;
    }
    if (in_place) {
      result.Join(self);
      others.RemoveRef(ref.object);
    }
  }
  if (!others.empty()) result.Join(Binary(id, op, others, right));
  return result;
}

Value Interpreter::Unary(NodeId id, Operator op, const Value& operand) {
  if (op == Operator::Not) {
    CheckTruth(id, operand);
    if (operand.has_number() && operand.only(kBool)) return Value::OfBool(operand.number() == 0);
    return Value::OfScalar(kBool);
  }
  if (Missing(id, operand)) return Value();
  if (operand.is_unknown()) return UnknownOperation(id, operand, "the operator");
  if (op == Operator::USub && operand.has_number() && operand.only(kInt) &&
      operand.number() != INT64_MIN) {
    return Value::OfInt(-operand.number());
  }
  Value result;
  uint16_t scalars = 0;
  if (operand.scalars() & (kBool | kInt)) scalars |= kInt;
  if (op != Operator::Invert) scalars |= operand.scalars() & (kFloat | kComplex);
  if (scalars) result.Join(Value::OfScalar(scalars));
  std::string_view name = op == Operator::USub   ? "__neg__"
                          : op == Operator::UAdd ? "__pos__"
                                                 : "__invert__";
  for (const Ref& ref : operand.refs()) {
    if (!CallDunder(id, ref, name, {}, result)) {
      Value self = Value::OfObject(ref.object, ref.age, ref.exact);
      const Object& object = facts_.heap_[ref.object];
      // Only some kinds of objects have a name.
      const std::string fact = object.kind == ObjectKind::Library
                                   ? fmt::format("{}.{}", Text(object.name), name)
                                   : std::string();
      if (knowledge_.FindCall(fact)) {
        result.Join(CallLibrary(id, fact, &self, {}));
      } else {
        result.Join(UnknownOperation(id, self, "the operator"));
      }
    }
  }
  return result;
}

Value Interpreter::Compare(NodeId id, Operator op, const Value& left, const Value& right) {
  if (Missing(id, left) || Missing(id, right)) return Value();
  switch (op) {
    case Operator::Is:
    case Operator::IsNot:
      // Asking for None, True or an enum member looks at no identity that could be lost.
      if (!left.only_scalars() && !right.only_scalars()) {
        NoteIdentity(id, left);
        NoteIdentity(id, right);
      }
      if (left.is_unknown() || right.is_unknown()) {
        if (!left.only(kNone) && !right.only(kNone)) {
          NoteAnything(id, left.is_unknown() ? left.cause() : right.cause());
        }
      }
      if (left.only(kNone) && right.only(kNone)) return Value::OfBool(op == Operator::Is);
      return Value::OfScalar(kBool);
    case Operator::In:
    case Operator::NotIn: {
      if (right.is_unknown()) return UnknownOperation(id, right, "`in`");
      if (left.is_unknown()) return UnknownOperation(id, left, "`in`");
      for (const Ref& ref : right.refs()) {
        ObjectKind kind = facts_.heap_[ref.object].kind;
        switch (kind) {
          case ObjectKind::List:
          case ObjectKind::Tuple:
          case ObjectKind::ByteArray:
            NoteContent(id, ref, WriteHow::NotAWrite);
            CheckEquality(id, left, ContentOf(ref));
            break;
          case ObjectKind::Dict:
          case ObjectKind::Set:
          case ObjectKind::FrozenSet:
            NoteContent(id, ref, WriteHow::NotAWrite);
            CheckKey(id, ref, left);
            break;
          case ObjectKind::Range:
            if (!left.only_scalars()) UnknownOperation(id, left, "`in`");
            break;
          case ObjectKind::View:
            NoteContent(id, {facts_.heap_[ref.object].source, kOld, false}, WriteHow::NotAWrite);
            CheckEquality(id, left, ContentOf(ref));
            break;
          default: {
            Value ignored;
            if (!CallDunder(id, ref, "__contains__", {left}, ignored)) {
              Value element = Exhaust(id, Value::OfObject(ref.object, ref.age, ref.exact));
              CheckEquality(id, left, element);
            }
            break;
          }
        }
      }
      return Value::OfScalar(kBool);
    }
    case Operator::Eq:
    case Operator::NotEq:
      for (const Value* side : {&left, &right}) {
        if (!side->refs().empty()) CheckFloatIdentity(id, *side);
      }
      if (left.text() && right.text() && left.only(kStr) && right.only(kStr)) {
        return Value::OfBool((left.text() == right.text()) == (op == Operator::Eq));
      }
      break;
    default:
      break;
  }
  // Ordering and equality.
  if (left.is_unknown()) return UnknownOperation(id, left, "the comparison");
  if (right.is_unknown()) return UnknownOperation(id, right, "the comparison");
  Value result = Value::OfScalar(kBool);
  bool equality = op == Operator::Eq || op == Operator::NotEq;
  for (bool reflected : {false, true}) {
    const Value& self = reflected ? right : left;
    const Value& other = reflected ? left : right;
    for (const Ref& ref : self.refs()) {
      const Object& object = facts_.heap_[ref.object];
      if (object.kind == ObjectKind::Instance) {
        std::string_view name = reflected ? DundersOf(op)->reflected : DundersOf(op)->forward;
        Value answer;
        bool called = CallDunder(id, ref, name, {other}, answer);
        // != falls back on ==.
        if (!called && op == Operator::NotEq)
          called = CallDunder(id, ref, "__eq__", {other}, answer);
        if (called) {
          result.Join(answer.WithoutScalars(kNotImplemented));
          continue;
        }
        if (IsDataClass(object)) {
          CheckFields(id, ref, equality ? FieldUse::Equality : FieldUse::Order, other);
          continue;
        }
        if (equality) NoteIdentity(id, Value::OfObject(ref.object, ref.age, ref.exact));
        continue;
      }
      Value self_value = Value::OfObject(ref.object, ref.age, ref.exact);
      if (object.kind == ObjectKind::Library) {
        std::string fact =
            fmt::format("{}.{}", Text(object.name),
                        reflected ? DundersOf(op)->reflected : DundersOf(op)->forward);
        if (knowledge_.FindCall(fact)) {
          CallArguments arguments;
          arguments.positional.push_back(other);
          result.Join(CallLibrary(id, fact, &self_value, arguments));
          continue;
        }
      }
      if (IsPlain(self_value)) {
        NoteDeepRead(id, self_value);
        continue;
      }
      // Containers order by their elements' == and <.
      CheckEquality(id, self_value, other);
      if (!equality && object.kind != ObjectKind::Instance) {
        UnknownOperation(id, self_value, "the order of objects in a container");
      }
    }
  }
  return result;
}

Value Interpreter::GetItem(NodeId id, const Value& object, const Value& key) {
  if (Missing(id, object) || Missing(id, key)) return Value();
  if (object.is_unknown()) return UnknownOperation(id, object, "the subscript");
  bool slice = IsSlice(key);
  Value result;
  if (object.scalars() & kStr) result.Join(Value::OfScalar(kStr));
  if (object.scalars() & kBytes) result.Join(Value::OfScalar(slice ? kBytes : kInt));
  if (!key.only(kInt | kBool) && !slice && (object.scalars() & (kStr | kBytes))) {
    UnknownOperation(id, key, "the subscript");
  }
  for (const Ref& ref : object.refs()) {
    ObjectKind kind = facts_.heap_[ref.object].kind;
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    switch (kind) {
      case ObjectKind::List:
      case ObjectKind::Tuple:
      case ObjectKind::ByteArray: {
        if (!slice && !key.only(kInt | kBool)) {
          result.Join(UnknownOperation(id, key, "the subscript"));
          break;
        }
        NoteContent(id, ref, WriteHow::NotAWrite, key.term().loop);
        const Object& sequence = facts_.heap_[ref.object];
        if (slice) {
          Value fresh = Allocate(id, kind);
          StoreContent(fresh.refs()[0], ContentOf(ref));
          result.Join(fresh);
        } else if (sequence.positional && key.has_number()) {
          int64_t size = static_cast<int64_t>(sequence.items.size());
          int64_t index = key.number() < 0 ? key.number() + size : key.number();
          if (index >= 0 && index < size) {
            result.Join(Load(sequence.items[static_cast<size_t>(index)], ref));
          }
        } else {
          result.Join(ContentOf(ref));
        }
        break;
      }
      case ObjectKind::Dict: {
        CheckKey(id, ref, key);
        NoteContent(id, ref, WriteHow::NotAWrite, key.term().loop);
        result.Join(EntryOf(ref, key, false));
        // A default dict makes what is missing: a write.
        const Value factory = facts_.heap_[ref.object].default_factory;
        if (!factory.empty()) {
          NoteContent(id, ref, WriteHow::SetKey, key.term().loop);
          Value made = Call(id, Load(factory, ref), {});
          StoreEntry(ref, key, made);
          result.Join(made);
        }
        break;
      }
      case ObjectKind::Range:
        if (!slice && !key.only(kInt | kBool)) {
          result.Join(UnknownOperation(id, key, "the subscript"));
          break;
        }
        if (slice) {
          result.Join(Allocate(id, ObjectKind::Range));
        } else {
          result.Join(Value::OfScalar(kInt));
        }
        break;
      case ObjectKind::Instance:
        if (!CallDunder(id, ref, "__getitem__", {key}, result)) {
          const Object& instance = facts_.heap_[ref.object];
          std::vector<Value> parts = PositionsOf(ref);
          int64_t size = static_cast<int64_t>(parts.size());
          int64_t index = key.has_number() && key.number() < 0 ? key.number() + size : key.number();
          if (key.has_number() && key.only(kInt) && index >= 0 && index < size) {
            result.Join(parts[static_cast<size_t>(index)]);
          } else if (!instance.classes.empty() && facts_.heap_[instance.classes[0]].tuple_like) {
            for (const auto& [name, value] : instance.attributes) result.Join(Load(value, ref));
          } else {
            result.Join(UnknownOperation(id, self, "the subscript"));
          }
        }
        break;
      case ObjectKind::Class:
        // `__class_getitem__`, or the members of an enumeration.
        if (facts_.heap_[ref.object].unknown_bases) {
          result.Join(UnknownOperation(id, self, "the subscript"));
          break;
        }
        [[fallthrough]];
      case ObjectKind::Builtin:
        // list[int] and the like: a generic alias, which is only ever an annotation.
        result.Join(Value::OfObject(ref.object, ref.age, ref.exact));
        break;
      case ObjectKind::Library: {
        std::string fact = fmt::format("{}.__getitem__", Text(facts_.heap_[ref.object].name));
        if (knowledge_.FindCall(fact)) {
          CallArguments arguments;
          arguments.positional.push_back(key);
          result.Join(CallLibrary(id, fact, &self, arguments));
          break;
        }
        result.Join(UnknownOperation(id, self, "the subscript"));
        break;
      }
      default:
        result.Join(UnknownOperation(id, self, "the subscript"));
        break;
    }
  }
  return result;
}

}  // namespace unspool::effects
