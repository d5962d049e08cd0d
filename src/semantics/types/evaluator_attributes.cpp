// Attributes: by the order of resolution, descriptors included, and what code stores in instances.
#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;
using declarations::Definition;
using declarations::FunctionKind;
using declarations::Meaning;
using declarations::MeaningKind;
using declarations::MemberHit;

Value Evaluator::Attribute(NodeId id, const Value& object, AttributeName name) {
  Value result;
  for (Type type : object.types()) {
    Value one = AttributeOf(id, type, name);
    if (one.empty() && Settled()) one = UnknownAt(CauseCode::UnknownAttribute, id);
    JoinAndEscape(result, one);
  }
  if (object.unknown()) {
    NoteUnknown(id, object.cause());
    result.Join(Value::Unknown(object.cause()));
    OpenByName(id, name);
  }
  result.Weaken(object.provenance());
  return result;
}

// Somebody of whom nothing is known has an attribute: it may be any function of that name, and be
// called with anything.
void Evaluator::OpenByName(NodeId id, AttributeName name) {
  for (uint32_t frame : session_.PrivateFunctions(name.number)) {
    Post(CellKey(CellKind::Open, frame), UnknownAt(CauseCode::UnknownParameter, id));
  }
}

Value Evaluator::AttributeOf(NodeId id, Type type, AttributeName name) {
  switch (type.kind()) {
    case TypeKind::Instance:
      // Of a module that was found at run time.
      if (ClassId(type.subject()) == decls().known.module) OpenByName(id, name);
      return InstanceAttribute(id, type, name);
    case TypeKind::Class:
      return ClassAttribute(id, type, name);
    case TypeKind::Module:
      return ModuleAttribute(id, UnitId(type.subject()), name);
    case TypeKind::Frame:
    case TypeKind::Stub: {
      if (name.declared && type.has_detail() && name.declared == session_.names.func) {
        return Value::Of(Type(type.kind(), type.subject()));
      }
      if (name.declared && type.has_detail() && name.declared == session_.names.self) {
        return Value::Of(Type::FromBits(session_.receivers[type.detail()]));
      }
      if (name.declared && name.declared == session_.names.call) return Value::Of(type);
      // It may be bound to anything from here on.
      if (name.declared && name.declared == session_.names.get) Escape(Value::Of(type));
      if (!decls().known.function) return UnknownAt(CauseCode::UnknownAttribute, id);
      const Value value = InstanceAttribute(id, Instance(decls().known.function), name);
      return value.empty() ? UnknownAt(CauseCode::UnknownAttribute, id) : value;
    }
    case TypeKind::Callable:
      return UnknownAt(CauseCode::UnknownAttribute, id);
  }
  return Value();
}

// What code of the program stores in instances of a class under a name.
Value Evaluator::InstanceCells(NodeId id, Type type, AttributeName name) {
  const ClassId cls(type.subject());
  // Numbers, texts and containers have no attributes but those of their class.
  if (type.kind() == TypeKind::Instance && type.exact() && session_.IsWithoutDict(cls)) {
    return Value();
  }
  const bool through_class = type.kind() == TypeKind::Class;
  Value value;
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    const uint32_t owner = entry.class_id.value();
    if (!through_class) {
      JoinAndEscape(value, Read(CellKey(CellKind::Attribute, owner, name.number)));
    }
    JoinAndEscape(value, BindTo(type, Read(CellKey(CellKind::ClassAttribute, owner, name.number)),
                                through_class, id));
    JoinAndEscape(value, Read(CellKey(CellKind::AnyName, owner)));
  }
  // Somebody stores something under some name in something.
  if (!Read(CellKey(CellKind::AnyName, CellKey::kAnyOwner)).empty()) {
    value.Weaken(Provenance::Declared);
  }
  if (through_class) return value;
  if (!type.exact()) {
    JoinAndEscape(value, Read(CellKey(CellKind::AttributeBelow, cls.value(), name.number)));
  }
  JoinAndEscape(value, Read(CellKey(CellKind::AnyAttribute, 0, name.number)));
  return value;
}

Value Evaluator::InstanceAttribute(NodeId id, Type type, AttributeName name) {
  const ClassId cls(type.subject());
  if (name.declared == session_.names.class_) {
    return Value::Of(Type(TypeKind::Class, cls.value(), type.exact()));
  }
  // A class that answers for all attributes itself.
  const MemberHit answers = decls().LookupMember(cls, session_.names.getattribute);
  if (answers.kind == MemberHit::Kind::Found &&
      session_.SourceAt(decls().classes[answers.owner].unit)) {
    Value given;
    CallSpecial(id, Value::Of(type), session_.names.getattribute,
                Arguments::Of({Of(decls().known.str)}), given);
    given.Join(UnknownAt(CauseCode::UnknownAttribute, id));
    return given;
  }
  if (name.declared && name.declared == session_.names.dict_ && !only_read_) {
    StoreAnyName(id, Value::Of(type), UnknownAt(CauseCode::Dynamic, id));
  }
  Value value = InstanceCells(id, type, name);
  MemberHit hit;
  if (name.declared)
    hit = LookupIn(cls, name.declared);
  else if (decls().classes[cls].mro_state != declarations::MroState::Complete) {
    hit.kind = MemberHit::Kind::Unknown;
  } else {
    hit.kind = MemberHit::Kind::Absent;
  }
  switch (hit.kind) {
    case MemberHit::Kind::Found:
      JoinAndEscape(value, Member(id, type, hit, false));
      // What a property raises may be that there is no such attribute.
      if (recording_ && decls().names[hit.name].meaning.Is(MeaningKind::Property)) {
        AskOne(id, type, session_.names.getattr);
      }
      break;
    case MemberHit::Kind::Unknown:
      NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
      value.Join(UnknownAt(CauseCode::UnknownBase, id));
      break;
    case MemberHit::Kind::Absent: {
      Value given;
      if (decls().LookupMember(cls, session_.names.getattr).kind == MemberHit::Kind::Found) {
        CallSpecial(id, Value::Of(type), session_.names.getattr,
                    Arguments::Of({Of(decls().known.str)}), given);
        JoinAndEscape(value, given);
      } else if (value.empty() && !session_.SourceAt(decls().classes[cls].unit)) {
        value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
      }
      if (!type.exact()) AskOne(id, type, session_.names.getattr);
      break;
    }
  }
  if (type.exact()) return value;
  JoinAndEscape(value, OutsideOverrides(id, hit));
  // Classes outside the program may derive from it.
  if (!session_.options.closed_world) value.Weaken(Provenance::Declared);
  JoinAndEscape(value, Overrides(id, type, name));
  return value;
}

// What a class that is not seen may have instead of a variable of a class of the program: something
// of the type that is declared.
Value Evaluator::OutsideOverrides(NodeId id, const MemberHit& hit) {
  if (session_.options.closed_world || hit.kind != MemberHit::Kind::Found) return Value();
  const Meaning& meaning = decls().names[hit.name].meaning;
  if (!meaning.Is(MeaningKind::Variable) || !session_.SourceAt(decls().classes[hit.owner].unit)) {
    return Value();
  }
  const Definition& definition = decls().definitions[meaning.definition_id()];
  if (!definition.annotation.type) return Value();
  const PurposeScope purpose(*this, Purpose::Attribute);
  return FromAnnotation(id, definition.annotation.type);
}

// Named tuples have methods that no base of theirs has.
MemberHit Evaluator::LookupIn(ClassId cls, SymbolId name) const {
  const MemberHit hit = decls().LookupMember(cls, name);
  if (hit.kind != MemberHit::Kind::Absent || !session_.classes.named_tuple) return hit;
  const bool is_named = std::ranges::any_of(decls().MroOf(cls), [&](const auto& entry) {
    return decls().classes[entry.class_id].flags & declarations::kNamedTuple;
  });
  return is_named ? decls().LookupMember(session_.classes.named_tuple, name) : hit;
}

// What the program's subclasses have instead of what a class has.
Value Evaluator::Overrides(NodeId id, Type type, AttributeName name) {
  Value value;
  if (!name.declared) return value;
  const bool is_class = type.kind() == TypeKind::Class;
  bool all = true;
  const MemberHit here = decls().LookupMember(ClassId(type.subject()), name.declared);
  std::set<std::pair<uint32_t, uint32_t>> asked = {{here.owner.value(), here.name}};
  for (ClassId below : ClassesBelow(ClassId(type.subject()), all)) {
    // Stubs describe what is the same for all subclasses.
    if (!session_.SourceAt(decls().classes[below].unit)) continue;
    // By its own order of resolution: another base of the subclass may come first.
    const MemberHit hit = decls().LookupMember(below, name.declared);
    if (hit.kind == MemberHit::Kind::Unknown) value.Join(UnknownAt(CauseCode::UnknownBase, id));
    if (hit.kind != MemberHit::Kind::Found) continue;
    if (!asked.insert({hit.owner.value(), hit.name}).second) continue;
    JoinAndEscape(value, Member(id, Type(type.kind(), below.value(), false), hit, is_class));
  }
  if (!all) value.Join(UnknownAt(CauseCode::TooManyTypes, id));
  return value;
}

Value Evaluator::ClassAttribute(NodeId id, Type type, AttributeName name) {
  const ClassId cls(type.subject());
  if (!name.declared) {
    Value value = InstanceCells(id, type, name);
    if (value.empty()) {
      AskOne(id, type, session_.names.getattr);
      value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
    }
    return value;
  }
  if (name.declared == session_.names.dict_ && !only_read_) {
    StoreAnyName(id, Value::Of(type), UnknownAt(CauseCode::Dynamic, id));
  }
  Value value = InstanceCells(id, type, name);
  const MemberHit hit = LookupIn(cls, name.declared);
  if (!type.exact()) {
    JoinAndEscape(value, OutsideOverrides(id, hit));
    if (!session_.options.closed_world) value.Weaken(Provenance::Declared);
    JoinAndEscape(value, Overrides(id, type, name));
  }
  bool found = !value.empty();
  if (hit.kind == MemberHit::Kind::Found) {
    found = true;
    // object's own special attributes are the metaclass's first.
    JoinAndEscape(value, Member(id, type, hit, true));
    if (hit.owner != decls().known.object) return value;
  } else if (hit.kind == MemberHit::Kind::Unknown) {
    value.Join(UnknownAt(CauseCode::UnknownBase, id));
    return value;
  }
  const ClassId metaclass = decls().classes[cls].metaclass;
  if (decls().classes[cls].metaclass_state == declarations::MetaclassState::Unknown) {
    value.Join(UnknownAt(CauseCode::Metaclass, id));
  } else if (metaclass) {
    const MemberHit above = decls().LookupMember(metaclass, name.declared);
    if (above.kind == MemberHit::Kind::Found && above.owner != decls().known.object) {
      found = true;
      JoinAndEscape(value, Member(id, type, above, false));
    } else if (above.kind == MemberHit::Kind::Unknown) {
      value.Join(UnknownAt(CauseCode::Metaclass, id));
    }
  }
  if (!found && value.empty()) {
    AskOne(id, type, session_.names.getattr);
    value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
  }
  return value;
}

Value Evaluator::ModuleAttribute(NodeId id, UnitId unit, AttributeName name) {
  const auto source = session_.SourceAt(unit);
  Value value =
      Read(CellKey(CellKind::ClassAttribute, CellKey::kModules | unit.value(), name.number));
  JoinAndEscape(value, ModuleChanges(unit));
  if (source) {
    const Source& module = session_.sources[*source];
    const Scope& scope = (*module.scopes)[module.scopes->module_scope()];
    if (const auto slot = module.SlotOf(name.number)) {
      JoinAndEscape(value, Read(CellKey(CellKind::Slot, module.first_frame, *slot)));
      if (scope.symbols[*slot].bound() || scope.symbols[*slot].rebound_inside) {
        if (decls().units[unit].open) value.Join(UnknownAt(CauseCode::Dynamic, id));
        return value;
      }
    }
  }
  if (!name.declared) {
    AskModule(id, unit);
    const std::string_view text = session_.TextOf(name);
    const UnitId inner =
        text.empty() ? UnitId()
                     : decls().FindUnit(decls().units[unit].module + "." + std::string(text));
    JoinAndEscape(value, inner ? Value::Of(Type(TypeKind::Module, inner.value()))
                               : UnknownAt(CauseCode::UnknownAttribute, id));
    return value;
  }
  Bindings bindings;
  const Meaning meaning = decls().LookupAttribute(unit, name.declared);
  if (!meaning.known()) {
    AskModule(id, unit);
    // Modules have a few names of their own.
    const std::string_view text = session_.TextOf(name);
    if (text == "__name__" || text == "__file__" || text == "__doc__") {
      return Of(decls().known.str);
    }
    value.Join(
        UnknownAt(decls().units[unit].open ? CauseCode::Dynamic : CauseCode::UnknownAttribute, id));
    return value;
  }
  JoinAndEscape(value, MeaningValue(id, meaning, bindings));
  return value;
}

// What a name of a stub, or of a class level, comes to.
Value Evaluator::MeaningValue(NodeId id, const Meaning& meaning, Bindings& bindings) {
  switch (meaning.kind) {
    case MeaningKind::Class: {
      const declarations::Unit& unit = decls().units[decls().classes[meaning.class_id()].unit];
      Value cls = Value::Of(Type(TypeKind::Class, meaning.class_id().value()));
      // Elsewhere a stub may call a class what is a function, or has another name.
      if (unit.kind == declarations::UnitKind::Stub && unit.module != "builtins") {
        cls.Weaken(Provenance::Declared);
      }
      return cls;
    }
    case MeaningKind::Function: {
      const FunctionId function = meaning.function_id();
      if (const auto frame = session_.FrameOf(function)) {
        // Decorators make something else of it: what the name holds tells.
        const declarations::Function& declared = decls().functions[function];
        const Source& source = session_.SourceOf(*frame);
        if (declared.decorators.count == 0 && declared.group.count <= 1) {
          return Value::Of(Type(TypeKind::Frame, *frame));
        }
        const ScopeId around = source.scopes->ScopeAt(declared.node);
        const Scope& scope = (*source.scopes)[around];
        const NameId name = source.tree->names().Find(decls().Text(declared.name));
        const Resolution resolution = name ? source.scopes->Resolve(around, name) : Resolution{};
        if (resolution.scope == around && scope.symbols.size() > resolution.slot) {
          return Read(
              CellKey(CellKind::Slot, source.first_frame + around.value(), resolution.slot));
        }
        return UnknownAt(CauseCode::Decorator, id);
      }
      if (decls().functions[function].flags & declarations::kUnknownWrapper) {
        return UnknownAt(CauseCode::Decorator, id);
      }
      return Value::Of(Type(TypeKind::Stub, function.value()), Provenance::Declared);
    }
    case MeaningKind::Variable: {
      const Definition& definition = decls().definitions[meaning.definition_id()];
      const UnitId unit = decls().namespaces[definition.in].unit;
      if (definition.annotation && !session_.SourceAt(unit)) {
        return FromDeclared(id, definition.annotation.type, bindings);
      }
      return UnknownAt(CauseCode::Annotation, id);
    }
    case MeaningKind::Module:
      return Value::Of(Type(TypeKind::Module, meaning.unit_id().value()));
    case MeaningKind::Alias: {
      const declarations::DeclType& type = decls().types[decls().aliases[meaning.alias_id()].type];
      if (type.kind == declarations::DeclTypeKind::Class) {
        return Value::Of(Type(TypeKind::Class, type.class_id().value()));
      }
      return UnknownAt(CauseCode::Annotation, id);
    }
    case MeaningKind::Property:
      return UnknownAt(CauseCode::Unsupported, id);
    case MeaningKind::Absent:
      return UnknownAt(CauseCode::UnknownName, id);
    case MeaningKind::BareModule:
      return UnknownAt(CauseCode::UnknownImport, id);
    default:
      return UnknownAt(CauseCode::Unsupported, id);
  }
}

Value Evaluator::Member(NodeId id, Type type, const MemberHit& hit, bool through_class) {
  const PurposeScope purpose(*this, Purpose::Attribute);
  const declarations::Name& entry = decls().names[hit.name];
  const declarations::Class& owner = decls().classes[hit.owner];
  const auto source = session_.SourceAt(owner.unit);
  const bool is_instance = type.kind() == TypeKind::Instance;
  if (entry.meaning.Is(MeaningKind::Property) && !through_class) {
    const FunctionId getter = entry.meaning.function_id();
    if (const auto frame = session_.FrameOf(getter)) {
      return CallFrame(id, *frame, type, {});
    }
    NoteCall(id, Type(TypeKind::Stub, getter.value()));
    Bindings bindings = is_instance ? BindingsOf(id, type, hit.owner) : Bindings();
    bindings.self = Value::Of(type);
    const DeclTypeId returns = decls().functions[getter].returns.type;
    if (!returns) return UnknownAt(CauseCode::Annotation, id);
    return FromDeclared(id, returns, bindings);
  }
  const bool is_member = (owner.flags & declarations::kEnum) &&
                         entry.meaning.Is(MeaningKind::Variable) &&
                         !decls().Text(entry.symbol).starts_with("_");
  if (source && owner.node) {
    // The value that the class body left under the name, decorators and all.
    Value left = ClassLevelValue(hit.owner, hit.name);
    if (is_member) left = MembersOf(hit.owner, left);
    if (owner.flags & declarations::kDataclass) left = WithoutFields(id, left);
    return BindTo(type, left, through_class, id);
  }
  if (is_member) return Of(hit.owner);
  Bindings bindings = is_instance ? BindingsOf(id, type, hit.owner) : Bindings();
  bindings.self = is_instance ? Value::Of(type)
                              : Value::Of(Type(TypeKind::Instance, type.subject(), type.exact()));
  return BindTo(type, MeaningValue(id, entry.meaning, bindings), through_class, id);
}

Value Evaluator::ClassLevelValue(ClassId owner, uint32_t name_index) {
  const auto place = session_.PlaceOfMember(owner, name_index);
  if (place) return Read(CellKey(CellKind::Slot, place->first, place->second));
  const declarations::Class& cls = decls().classes[owner];
  return Value::Unknown(Cause(CauseCode::UnknownAttribute, cls.unit.value(), cls.node.value()));
}

// Functions found in a class become methods; what else has __get__ is not followed.
Value Evaluator::BindTo(Type receiver, const Value& found, bool through_class, NodeId id) {
  Value value;
  for (Type type : found.types()) {
    if ((type.kind() == TypeKind::Frame || type.kind() == TypeKind::Stub) && !type.has_detail()) {
      FunctionKind kind = FunctionKind::Instance;
      const FunctionId function = type.kind() == TypeKind::Stub
                                      ? FunctionId(type.subject())
                                      : session_.frames[type.subject()].function;
      if (function && decls().functions[function].in_class) kind = decls().functions[function].kind;
      if (kind == FunctionKind::Static) {
        value.Add(type);
        continue;
      }
      if (kind == FunctionKind::Class) {
        const Type bound(TypeKind::Class, receiver.subject(), receiver.exact());
        value.Add(Type(type.kind(), type.subject(), true, session_.receivers.Number(bound.bits())));
        continue;
      }
      if (through_class) {
        value.Add(type);
        continue;
      }
      value.Add(
          Type(type.kind(), type.subject(), true, session_.receivers.Number(receiver.bits())));
      continue;
    }
    if (type.kind() == TypeKind::Instance) {
      const ClassId cls(type.subject());
      const auto& known = decls().known;
      if (cls == known.staticmethod || cls == known.classmethod || cls == known.property) {
        NoteUnknown(id, CauseAt(CauseCode::Decorator, id));
        value.Join(UnknownAt(CauseCode::Decorator, id));
        continue;
      }
      const bool describes =
          decls().LookupMember(cls, session_.names.get).kind != MemberHit::Kind::Absent;
      if (describes) {
        Value given;
        const Value of_class = receiver.kind() == TypeKind::Instance
                                   ? Value::Of(Type(TypeKind::Class, receiver.subject(), false))
                                   : Value::Of(receiver);
        const Value instance = through_class ? Of(known.none_type) : Value::Of(receiver);
        CallSpecial(id, Value::Of(type), session_.names.get, Arguments::Of({instance, of_class}),
                    given);
        JoinAndEscape(value, given);
        continue;
      }
    }
    value.Add(type);
  }
  if (found.unknown()) {
    // A descriptor, perhaps.
    NoteUnknown(id, found.cause());
    value.Join(Value::Unknown(found.cause()));
  }
  value.Weaken(found.provenance());
  return value;
}

// What the first parameter of a method may be.
Value Evaluator::SelfOf(uint32_t frame) {
  Value self = Read(CellKey(CellKind::Parameter, frame, 0));
  const FrameInfo& info = session_.frames[frame];
  if (info.function && info.cls && (info.open || !Read(CellKey(CellKind::Open, frame)).empty())) {
    const bool of_class = decls().functions[info.function].kind == FunctionKind::Class;
    self.Join(
        Value::Of(Type(of_class ? TypeKind::Class : TypeKind::Instance, info.cls.value(), false)));
  }
  return self;
}

// `super().name` in a method: what comes behind the class in the order of resolution of `self`.
Value Evaluator::SuperAttribute(NodeId id, AttributeName name, bool& is_super) {
  AttributeView attribute(tree(), id);
  const NodeId call_id = attribute.value();
  if (tree().kind(call_id) != NodeKind::Call) return Value();
  CallView call(tree(), call_id);
  const bool with_arguments = call.args().size() == 2;
  if (tree().kind(call.func()) != NodeKind::Name || (!call.args().empty() && !with_arguments) ||
      !call.keywords().empty() || tree().Name(NameView(tree(), call.func()).id()) != "super") {
    return Value();
  }
  const ScopeId here = scopes().ScopeAt(call.func());
  if (scopes().Resolve(here, NameView(tree(), call.func()).id()).kind != NameKind::Implicit) {
    return Value();
  }
  is_super = true;
  if (session_.classes.super_type) {
    const Type super_class(TypeKind::Class, session_.classes.super_type.value());
    Note(PlaceKind::Expression, call.func(), Value::Of(super_class));
    Note(PlaceKind::Expression, call_id, Of(session_.classes.super_type));
    const ImplicitScope written(*this, call_id);
    NoteCall(call_id, super_class);
  }
  if (with_arguments) return SuperOf(id, call.args()[0], call.args()[1], name);
  const FrameInfo& frame = session_.frames[FrameAt(scopes().FrameOf(here))];
  // Inner functions see the class of the method around them; their `self` is not looked for.
  if (!frame.function || !frame.cls) return UnknownAt(CauseCode::Unsupported, id);
  const declarations::Function& function = decls().functions[frame.function];
  const ClassId around = function.in_class;
  if (!around || !name.declared) return UnknownAt(CauseCode::UnknownAttribute, id);
  return BehindClass(id, around, SelfOf(FrameAt(scopes().FrameOf(here))),
                     function.kind != FunctionKind::Instance, name);
}

// `super(C, object).name`
Value Evaluator::SuperOf(NodeId id, NodeId cls, NodeId object, AttributeName name) {
  const Value classes = Eval(cls);
  const Value self = Eval(object);
  Value value;
  for (Type type : classes.types()) {
    if (type.kind() != TypeKind::Class || !name.declared) {
      value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
      continue;
    }
    JoinAndEscape(value, BehindClass(id, ClassId(type.subject()), self, true, name));
  }
  if (classes.unknown()) value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
  return value;
}

// What the order of resolution of `self` has behind a class.
Value Evaluator::BehindClass(NodeId id, ClassId around, const Value& self, bool may_be_class,
                             AttributeName name) {
  Value value;
  for (Type type : self.types()) {
    if (type.kind() != TypeKind::Instance && type.kind() != TypeKind::Class) {
      value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
      continue;
    }
    const bool through_class = type.kind() == TypeKind::Class && may_be_class;
    // Another subclass may put other classes in between: all of them are asked.
    std::vector<ClassId> starts = {ClassId(type.subject())};
    if (!type.exact()) {
      std::set<ClassId> seen = {starts[0]};
      for (size_t index = 0; index < starts.size() && starts.size() < 64; ++index) {
        for (ClassId below : decls().SubclassesOf(starts[index])) {
          if (seen.insert(below).second) starts.push_back(below);
        }
      }
      if (starts.size() >= 64) value.Join(UnknownAt(CauseCode::TooManyTypes, id));
    }
    std::set<std::pair<uint32_t, uint32_t>> asked;
    for (ClassId start : starts) {
      const MemberHit hit = decls().LookupMemberAfter(start, around, name.declared);
      if (hit.kind == MemberHit::Kind::Found) {
        if (asked.insert({hit.owner.value(), hit.name}).second) {
          JoinAndEscape(value, Member(id, type, hit, through_class));
        }
      } else if (hit.kind == MemberHit::Kind::Unknown) {
        value.Join(UnknownAt(CauseCode::UnknownBase, id));
      }
    }
  }
  if (self.unknown() || (value.empty() && Settled())) {
    value.Join(UnknownAt(CauseCode::UnknownAttribute, id));
  }
  return value;
}

}  // namespace unspool::semantics::types
