// Attributes: of instances through their classes, of modules, classes and library objects.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

const Value* Interpreter::FindInClasses(const Object& instance, Symbol name, size_t from) const {
  auto is_generated = [&] {
    const std::string_view text = Text(name);
    return text == "__eq__" || text == "__repr__" || text == "__hash__";
  };
  for (size_t index = from; index < instance.classes.size(); ++index) {
    const Object& cls = facts_.heap_[instance.classes[index]];
    auto at = cls.attributes.find(name);
    if (at != cls.attributes.end() && !at->second.empty()) return &at->second;
    // What a data class generates hides what its bases define.
    if (cls.data_class && is_generated()) return nullptr;
  }
  return nullptr;
}

bool Interpreter::IsExceptionInstance(const Object& object) const {
  for (ObjectId cls : object.classes) {
    if (facts_.heap_[cls].kind == ObjectKind::Builtin) return true;
  }
  return false;
}

Value Interpreter::GetAttribute(NodeId id, const Value& object, Symbol name) {
  if (Missing(id, object)) return Value();
  Value result;
  if (object.is_unknown()) result.Join(UnknownOperation(id, object, "the attribute"));
  uint16_t scalars = object.scalars() & ~kNone;
  if (scalars) {
    std::string_view text = Text(name);
    if ((text == "real" || text == "imag") && (scalars & ~kNumbers) == 0) {
      result.Join(Value::OfScalar(scalars & kComplex ? kFloat | kInt : scalars));
    } else {
      // A method of a built-in class, taken as a value.
      Value method = Value::OfObject(ObjectFor(id, ObjectKind::BoundMethod, name),
                                     static_cast<Age>(frame_->depth));
      StoreContent(method.refs()[0], object.OnlyScalars(scalars));
      result.Join(method);
    }
  }
  for (const Ref& ref : object.refs()) result.Join(GetAttributeOf(id, ref, name));
  return result;
}

void Interpreter::NoteAttributeRead(NodeId id, ObjectId object, Symbol name) {
  Place place;
  place.kind = PlaceKind::Attribute;
  place.object = object;
  place.name = name;
  Note(id, place, WriteHow::NotAWrite, kOld);
}

Value Interpreter::GetAttributeOf(NodeId id, const Ref& ref, Symbol name) {
  const Object object = facts_.heap_[ref.object];
  Value self = Value::OfObject(ref.object, ref.age, ref.exact);
  std::string_view text = Text(name);
  Place place;
  place.kind = PlaceKind::Attribute;
  place.object = ref.object;
  place.name = name;
  switch (object.kind) {
    case ObjectKind::Instance: {
      Value result;
      auto own = object.attributes.find(name);
      if (own != object.attributes.end()) {
        Note(id, place, WriteHow::NotAWrite, ref.age);
        result.Join(Load(own->second, ref));
      }
      if (const Value* found = FindInClasses(object, name)) {
        Value methods = Load(*found, {ref.object, kOld, false});
        for (const Ref& attribute : methods.refs()) {
          const Object& value = facts_.heap_[attribute.object];
          bool property = value.kind == ObjectKind::Property && Text(value.name) == "property";
          if (property) {
            CallArguments getter;
            getter.positional.push_back(self);
            result.Join(Call(id, Load(value.content, attribute), getter));
          } else if (value.kind == ObjectKind::Function || value.kind == ObjectKind::Property) {
            for (ObjectId cls : object.classes) NoteAttributeRead(id, cls, name);
            // Of a data class, the field itself is only there while the class is made.
            bool field = value.kind == ObjectKind::Property && Text(value.name) == "field";
            if (!field || own == object.attributes.end()) result.Join(BindMethod(ref, name, id));
          } else {
            place.object = object.classes[0];
            Note(id, place, WriteHow::NotAWrite, kOld);
            result.Join(Value::OfObject(attribute.object, kOld, false));
          }
        }
        if (methods.is_unknown()) UnknownOperation(id, methods, "the attribute");  // a descriptor?
        if (methods.scalars() || methods.is_unknown()) {
          place.object = object.classes[0];
          Note(id, place, WriteHow::NotAWrite, kOld);
          Value rest = methods;
          for (const Ref& attribute : methods.refs()) rest.RemoveRef(attribute.object);
          result.Join(rest);
        }
      }
      if (text == "__class__") return Value::OfObject(object.classes[0], kOld, false);
      if (result.empty()) {
        if (text == "__dict__" || IsExceptionInstance(object)) {
          return UnknownOperation(id, self, "the attribute");
        }
        // Not set anywhere (yet): AttributeError, or a later round of the analysis knows more. What
        // every object has besides is not modelled.
        Missing(id, result);
      }
      return result;
    }
    case ObjectKind::Module: {
      if (linked_.contains(Text(object.name))) return LinkedAttribute(id, Text(object.name), name);
      std::string full = fmt::format("{}.{}", Text(object.name), text);
      if (options_.unknown_modules.contains(Text(object.name))) {
        return UnknownAt(id, CauseCode::UnknownCall,
                         fmt::format("nothing is known about `{}`", full));
      }
      return ModuleAttribute(id, Text(object.name), text, full);
    }
    case ObjectKind::Class: {
      Value result;
      for (ObjectId cls : object.classes) {
        const Object& owner = facts_.heap_[cls];
        auto at = owner.attributes.find(name);
        if (at == owner.attributes.end()) continue;
        // Another class may come before this one, or have it instead; and what makes the class, as
        // that of enumerations, may put something else in the place of what its body binds.
        // A named tuple has descriptors in the place of its defaults.
        const bool replaced =
            owner.tuple_like &&
            std::find(owner.fields.begin(), owner.fields.end(), name) != owner.fields.end();
        if (object.unknown_bases || replaced) {
          result.Join(UnknownOperation(id, self, "the attribute"));
        }
        place.object = cls;
        Note(id, place, WriteHow::NotAWrite, kOld);
        Value values = Load(at->second, {cls, kOld, false});
        for (const Ref& attribute : values.refs()) {
          const Object& value = facts_.heap_[attribute.object];
          if (value.kind == ObjectKind::Property && Text(value.name) == "staticmethod") {
            result.Join(Load(value.content, attribute));
          } else if (value.kind == ObjectKind::Property && Text(value.name) == "classmethod") {
            result.Join(BindMethod({ref.object, kOld, false}, name, id));
          } else {
            result.Join(Value::OfObject(attribute.object, kOld, false));
          }
        }
        for (const Ref& attribute : Value(values).refs()) values.RemoveRef(attribute.object);
        result.Join(values);
        return result;
      }
      if (text == "__module__") NoteWorld(id, Channel::ModuleName, WriteHow::NotAWrite);
      if (text == "__name__" || text == "__qualname__" || text == "__module__" ||
          text == "__doc__") {
        return Value::OfScalar(kStr | (text == "__doc__" ? kNone : 0));
      }
      if (object.unknown_bases) return UnknownOperation(id, self, "the attribute");
      Missing(id, Value());
      return Value();
    }
    case ObjectKind::Function:
      if (object.attributes.contains(name)) {
        Note(id, place, WriteHow::NotAWrite, ref.age);
        return Load(object.attributes.at(name), ref);
      }
      if (text == "__module__") NoteWorld(id, Channel::ModuleName, WriteHow::NotAWrite);
      if (text == "__name__" || text == "__qualname__" || text == "__module__") {
        return Value::OfScalar(kStr);
      }
      if (text == "__doc__") return Value::OfScalar(kStr | kNone);
      return UnknownOperation(id, self, "the attribute");
    case ObjectKind::Builtin: {
      // A method of a built-in or library class, unbound: str.upper, dict.fromkeys.
      std::string full = fmt::format("{}.{}", Text(object.name), text);
      if (knowledge_.FindCall(full)) {
        return Value::OfObject(Global(ObjectKind::Builtin, full), kOld, false);
      }
      if (text == "__name__") return Value::OfScalar(kStr);
      if (const knowledge::ClassFact* fact = knowledge_.FindClass(Text(object.name))) {
        auto at = fact->constants.find(text);
        if (at != fact->constants.end()) return FromType(id, at->second, 0);
      }
      return UnknownOperation(id, self, "the attribute");
    }
    case ObjectKind::Library: {
      if (const knowledge::ClassFact* fact = knowledge_.FindClass(Text(object.name))) {
        auto at = fact->attributes.find(text);
        if (at != fact->attributes.end()) {
          NoteContent(id, ref, WriteHow::NotAWrite);
          return FromType(id, at->second, 0);
        }
        auto constant = fact->constants.find(text);
        if (constant != fact->constants.end()) return FromType(id, constant->second, 0);
        if (knowledge_.FindMethod(fact->name, text)) return BindMethod(ref, name, id);
      }
      if (object.attributes.contains(name)) {
        Note(id, place, WriteHow::NotAWrite, ref.age);
        return Load(object.attributes.at(name), ref);
      }
      return UnknownOperation(id, self, "the attribute");
    }
    case ObjectKind::List:
    case ObjectKind::Tuple:
    case ObjectKind::Dict:
    case ObjectKind::Set:
    case ObjectKind::FrozenSet:
    case ObjectKind::ByteArray:
    case ObjectKind::Iterator:
    case ObjectKind::Generator:
    case ObjectKind::View:
      return BindMethod(ref, name, id);
    case ObjectKind::Super: {
      // What is no method may be a property.
      Value receivers = Load(object.content, ref);
      bool methods = !receivers.is_unknown();
      for (const Ref& target : receivers.refs()) {
        const Object& instance = facts_.heap_[target.object];
        auto at = std::find(instance.classes.begin(), instance.classes.end(), object.source);
        size_t from = at == instance.classes.end() ? 0 : at - instance.classes.begin() + 1;
        const Value* found = FindInClasses(instance, name, from);
        methods &= found && !found->is_unknown() && found->scalars() == 0;
        if (!found) continue;
        for (const Ref& attribute : found->refs()) {
          methods &= facts_.heap_[attribute.object].kind == ObjectKind::Function;
        }
      }
      return methods ? BindMethod(ref, name, id) : UnknownOperation(id, self, "the attribute");
    }
    case ObjectKind::Range:
      return Value::OfScalar(kInt);
    default:
      return UnknownOperation(id, self, "the attribute");
  }
}

// A method taken as a value: it holds its receiver, and is looked up again when it is called.
Value Interpreter::BindMethod(const Ref& receiver, Symbol name, NodeId id) {
  Value method = Value::OfObject(ObjectFor(id, ObjectKind::BoundMethod, name),
                                 static_cast<Age>(frame_->depth));
  StoreContent(method.refs()[0], Value::OfObject(receiver.object, receiver.age, receiver.exact));
  return method;
}

void Interpreter::SetAttribute(NodeId id, const Value& object, Symbol name, const Value& value) {
  frame_->state.not_none.clear();
  if (Missing(id, object)) return;
  if (object.is_unknown() || (object.scalars() & ~kNone)) {
    UnknownOperation(id, object, "setting an attribute");
    // It may be a class or module of this program.
    if (object.is_unknown()) SetDynamic(id, Excerpt(id));
  }
  for (const Ref& ref : object.refs()) {
    const Object target = facts_.heap_[ref.object];
    Place place;
    place.kind = PlaceKind::Attribute;
    place.object = ref.object;
    place.name = name;
    switch (target.kind) {
      case ObjectKind::Instance: {
        // A property's setter is a call.
        if (const Value* found = FindInClasses(target, name)) {
          bool property = found->is_unknown();
          for (const Ref& attribute : found->refs()) {
            property |= facts_.heap_[attribute.object].kind == ObjectKind::Property;
          }
          if (property) {
            UnknownOperation(id, object, "setting a property");
            break;
          }
        }
        Note(id, place, WriteHow::Assign, ref.age);
        Store(facts_.heap_[ref.object].attributes[name], value, ref);
        break;
      }
      case ObjectKind::Class:
      case ObjectKind::Function: {
        // Special methods act by themselves: which ones are modelled is asked of the class body.
        // While it is not set, what a base has under the name counts.
        bool hides = !target.attributes.contains(name) && FindInClasses(target, name, 1);
        if ((Text(name).starts_with("__") || hides) && !facts_.heap_[ref.object].unknown_bases) {
          facts_.heap_[ref.object].unknown_bases = true;
          changed_ = true;
        }
        Note(id, place, WriteHow::Assign, ref.age);
        Value held = value;
        if (hides) held.set_maybe_unbound(true);
        Store(facts_.heap_[ref.object].attributes[name], held, ref);
        break;
      }
      default:
        // Attributes of modules and library classes: what is known about them no longer holds.
        SetDynamic(id, Excerpt(id));
        UnknownOperation(id, Value::OfObject(ref.object, ref.age), "setting an attribute");
        break;
    }
  }
}

}  // namespace unspool::effects
