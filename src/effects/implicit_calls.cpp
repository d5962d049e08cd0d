// What the language asks objects by itself: whether they are equal, true or in order, for their
// hash and their text. On a class of the user's that runs the user's code.
#include "effects/interpreter.h"

#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

// The class whose fields an instance is made of, or none; classes derived from it add nothing.
const Object* Interpreter::FieldsClassOf(const Object& instance) const {
  for (ObjectId id : instance.classes) {
    const Object& cls = facts_.heap_[id];
    if (cls.data_class || cls.tuple_like) return &cls;
  }
  return nullptr;
}

bool Interpreter::IsDataClass(const Object& instance) const {
  return FieldsClassOf(instance) != nullptr;
}

// Data classes and named tuples compare, hash and print by their fields, with those of the other
// one where there is one.
void Interpreter::CheckFields(NodeId id, const Ref& ref, FieldUse use, const Value& other) {
  // Each of many instances may hold each of many others: the depth alone does not bound the work.
  constexpr int kMaxFieldChecks = 256;
  if (nesting_ == 0) field_checks_ = 0;
  if (++field_checks_ > kMaxFieldChecks) {
    UnknownOperation(id, Value::OfObject(ref.object, ref.age, ref.exact),
                     "comparing, hashing or printing so many fields");
    return;
  }
  const Object object = facts_.heap_[ref.object];
  const std::vector<Symbol> fields = FieldsClassOf(object)->fields;
  for (Symbol field : fields) {
    Place place;
    place.kind = PlaceKind::Attribute;
    place.object = ref.object;
    place.name = field;
    Note(id, place, WriteHow::NotAWrite, ref.age);
    auto at = object.attributes.find(field);
    if (at == object.attributes.end()) continue;
    Value own = Load(at->second, ref);
    Value others = own;
    for (const Ref& side : other.refs()) {
      const Object& opposite = facts_.heap_[side.object];
      auto held = opposite.attributes.find(field);
      if (held != opposite.attributes.end()) others.Join(Load(held->second, side));
    }
    if (IsPlain(others)) {
      if (use == FieldUse::Text)
        CheckText(id, own, TextUse::Repr);
      else
        NoteDeepRead(id, own);
      continue;
    }
    if (own.is_unknown() || nesting_ >= 4) {
      UnknownOperation(id, own, "comparing, hashing or printing a field");
      continue;
    }
    ++nesting_;
    switch (use) {
      case FieldUse::Equality:
        CheckEquality(id, own, others);
        break;
      case FieldUse::Order:
        // The first fields that are not equal decide, as with tuples.
        CheckEquality(id, own, others);
        Compare(id, Operator::Lt, own, others);
        break;
      case FieldUse::Hash:
        CheckHashable(id, own);
        break;
      case FieldUse::Text:
        CheckText(id, own, TextUse::Repr);
        break;
    }
    --nesting_;
  }
}

// Containers find a NaN by its identity, which no copy has. Only programs that mention infinity or
// NaN are taken to have one.
void Interpreter::CheckFloatIdentity(NodeId id, const Value& value) {
  if (!mentions_nan_ || facts_.dynamic_) return;
  bool floats = value.scalars() & (kFloat | kComplex);
  auto look = [&](const Value& held) { floats |= (held.scalars() & (kFloat | kComplex)) != 0; };
  for (ObjectId object : Reachable(value)) ForEachHeld(facts_.heap_[object], look);
  if (!floats) return;
  facts_.dynamic_ = MakeCause(CauseCode::Dynamic, id,
                              fmt::format("`{}` may find a NaN by its identity, and workers have "
                                          "copies",
                                          Excerpt(id)));
  changed_ = true;
}

void Interpreter::CheckEquality(NodeId id, const Value& left, const Value& right) {
  CheckFloatIdentity(id, left);
  CheckFloatIdentity(id, right);
  for (const Value* side : {&left, &right}) {
    if (IsPlain(*side)) {
      NoteDeepRead(id, *side);
      continue;
    }
    if (side->is_unknown()) {
      UnknownOperation(id, *side, "the comparison");
      continue;
    }
    for (const Ref& ref : side->refs()) {
      Value self = Value::OfObject(ref.object, ref.age, ref.exact);
      if (IsPlain(self)) {
        NoteDeepRead(id, self);
        continue;
      }
      const Object& object = facts_.heap_[ref.object];
      switch (object.kind) {
        case ObjectKind::Instance: {
          Value ignored;
          const Value& other = side == &left ? right : left;
          if (CallDunder(id, ref, "__eq__", {other}, ignored)) break;
          if (IsDataClass(object))
            CheckFields(id, ref, FieldUse::Equality, other);
          else
            NoteIdentity(id, self);
          break;
        }
        case ObjectKind::Function:
        case ObjectKind::Class:
        case ObjectKind::Builtin:
        case ObjectKind::Module:
          break;
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Set:
        case ObjectKind::FrozenSet:
        case ObjectKind::Dict:
          if (nesting_ < 4) {
            // Element against element: what the other side holds, or is.
            Value other = side == &left ? right : left;
            Value elements = other;
            for (const Ref& held : other.refs()) {
              elements.Join(ContentOf(held));
              elements.Join(Load(facts_.heap_[held.object].keys, held));
            }
            NoteContent(id, ref, WriteHow::NotAWrite);
            ++nesting_;
            CheckEquality(id, ContentOf(ref), elements);
            if (object.kind == ObjectKind::Dict) {
              CheckEquality(id, Load(object.keys, ref), elements);
            }
            --nesting_;
            break;
          }
          [[fallthrough]];
        default:
          UnknownOperation(id, self, "the comparison");
          break;
      }
    }
  }
}

void Interpreter::CheckHashable(NodeId id, const Value& key) {
  CheckFloatIdentity(id, key);
  if (IsPlain(key)) return;
  HoldInException(key);  // KeyError
  if (key.is_unknown()) {
    UnknownOperation(id, key, "hashing");
    return;
  }
  for (const Ref& ref : key.refs()) {
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    if (IsPlain(self)) continue;
    const Object& object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::Instance: {
        Value ignored;
        if (CallDunder(id, ref, "__hash__", {}, ignored)) break;
        if (IsDataClass(object))
          CheckFields(id, ref, FieldUse::Hash, Value());
        else
          NoteIdentity(id, self);
        break;
      }
      case ObjectKind::Tuple:
      case ObjectKind::FrozenSet:
        if (nesting_ < 4) {
          ++nesting_;
          CheckHashable(id, ContentOf(ref));
          --nesting_;
          break;
        }
        [[fallthrough]];
      case ObjectKind::Function:
      case ObjectKind::Class:
      case ObjectKind::Builtin:
      case ObjectKind::Module:
        if (object.kind != ObjectKind::Tuple && object.kind != ObjectKind::FrozenSet) {
          NoteIdentity(id, self);
          break;
        }
        [[fallthrough]];
      default:
        UnknownOperation(id, self, "hashing");
        break;
    }
  }
}

// A look-up or insertion of the key in a dict or set: it is hashed, and what is there under an
// equal hash is asked whether it is equal.
void Interpreter::CheckKey(NodeId id, const Ref& container, const Value& key) {
  CheckHashable(id, key);
  const Object& object = facts_.heap_[container.object];
  Value stored =
      object.kind == ObjectKind::Dict ? Load(object.keys, container) : ContentOf(container);
  if (stored.empty() || (IsPlain(key) && IsPlain(stored))) return;
  CheckEquality(id, key, stored);
}

void Interpreter::CheckTruth(NodeId id, const Value& value) {
  if (value.is_unknown()) {
    UnknownOperation(id, value, "the truth");
    return;
  }
  for (const Ref& ref : value.refs()) {
    const Object& object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::ByteArray:
        NoteContent(id, ref, WriteHow::NotAWrite);
        break;
      case ObjectKind::View:
        NoteContent(id, {object.source, kOld, false}, WriteHow::NotAWrite);
        break;
      case ObjectKind::Instance: {
        Value ignored;
        if (!CallDunder(id, ref, "__bool__", {}, ignored)) {
          CallDunder(id, ref, "__len__", {}, ignored);
        }
        break;
      }
      case ObjectKind::Library: {
        const knowledge::ClassFact* cls = knowledge_.FindClass(Text(object.name));
        if (cls && cls->always_true) break;
        std::string fact = fmt::format("{}.__bool__", Text(object.name));
        Value self = Value::OfObject(ref.object, ref.age, ref.exact);
        if (knowledge_.FindCall(fact))
          CallLibrary(id, fact, &self, {});
        else
          UnknownOperation(id, self, "the truth");
        break;
      }
      default:
        break;  // always true, or immutable
    }
  }
}

void Interpreter::CheckText(NodeId id, const Value& value, TextUse use) {
  if (IsPlain(value)) {
    NoteDeepRead(id, value);
    for (ObjectId object : Reachable(value)) {
      ObjectKind kind = facts_.heap_[object].kind;
      if (kind == ObjectKind::Set || kind == ObjectKind::FrozenSet) {
        NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
      }
    }
    return;
  }
  if (value.is_unknown()) {
    UnknownOperation(id, value, "formatting");
    return;
  }
  for (const Ref& ref : value.refs()) {
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    if (IsPlain(self)) {
      NoteDeepRead(id, self);
      continue;
    }
    const Object& object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::Instance: {
        // Each one falls back on the next.
        Value ignored;
        if (use == TextUse::Format &&
            CallDunder(id, ref, "__format__", {Value::OfScalar(kStr)}, ignored)) {
          break;
        }
        if (use != TextUse::Repr && CallDunder(id, ref, "__str__", {}, ignored)) break;
        if (CallDunder(id, ref, "__repr__", {}, ignored)) break;
        if (IsDataClass(object))
          CheckFields(id, ref, FieldUse::Text, Value());
        else
          NoteIdentity(id, self);  // the default text holds the address
        break;
      }
      case ObjectKind::List:
      case ObjectKind::Tuple:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
        NoteContent(id, ref, WriteHow::NotAWrite);
        if (nesting_ < 4) {
          ++nesting_;
          CheckText(id, ContentOf(ref), TextUse::Repr);
          CheckText(id, Load(object.keys, ref), TextUse::Repr);
          --nesting_;
          break;
        }
        UnknownOperation(id, self, "formatting");
        break;
      case ObjectKind::Class:
        NoteWorld(id, Channel::ModuleName, WriteHow::NotAWrite);
        break;
      case ObjectKind::Library: {
        std::string fact = fmt::format("{}.__str__", Text(object.name));
        if (knowledge_.FindCall(fact)) {
          CallLibrary(id, fact, &self, {});
          break;
        }
        UnknownOperation(id, self, "formatting");
        break;
      }
      case ObjectKind::Exception:
        // The text of a builtin exception is that of its arguments.
        if (exceptions_hold_objects_) UnknownOperation(id, self, "the text of an exception");
        break;
      default:
        UnknownOperation(id, self, "formatting");
        break;
    }
  }
}

// Sorting and the like compare with <.
void Interpreter::CheckOrder(NodeId id, const Value& value) {
  if (IsPlain(value)) return;
  Compare(id, Operator::Lt, value, value);
}

}  // namespace unspool::effects
