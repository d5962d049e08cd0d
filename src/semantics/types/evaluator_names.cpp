// Reading and binding names: of the frame itself by version, of others by cell.
#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;
using declarations::Meaning;
using declarations::MeaningKind;

Value Evaluator::ReadName(NodeId id) {
  const NameId name = NameView(tree(), id).id();
  const Resolution resolution = scopes().Resolve(scopes().ScopeAt(id), name);
  if (resolution.kind == NameKind::Implicit) return ReadBuiltin(id, name);
  for (Active* active = active_; active; active = active->outer) {
    if (active->scope != resolution.scope) continue;
    const Symbol& symbol = scopes()[resolution.scope].symbols[resolution.slot];
    Value value = ReadSlot(active, resolution.slot);
    // Others may have bound it anew.
    if (symbol.rebound_inside || session_.frames[FrameAt(resolution.scope)].rebound_by_class) {
      JoinAndEscape(value, ReadSharedSlot(resolution.scope, resolution.slot));
    }
    const ScopeKind kind = scopes()[resolution.scope].kind;
    if (kind == ScopeKind::Module) {
      if (value.empty()) value = ReadSharedSlot(resolution.scope, resolution.slot);
      JoinAndEscape(value, ModuleChanges(source_.unit));
      JoinAndEscape(value, StoredInModule(resolution.scope, resolution.slot));
    }
    if (kind == ScopeKind::Class && MayBeUnbound(active, resolution.slot)) {
      // A class body falls back to what is outside.
      const Resolution outside = scopes().ResolveGlobal(resolution.scope, name);
      JoinAndEscape(value, outside.kind == NameKind::Global
                               ? ReadSharedSlot(outside.scope, outside.slot)
                               : ReadBuiltin(id, name));
    } else if (kind == ScopeKind::Module && MayBeUnbound(active, resolution.slot)) {
      const SymbolId symbol_id = SymbolOf(name);
      const UnitId builtins = session_.builtins;
      if (symbol_id && builtins && decls().LookupAttribute(builtins, symbol_id).known()) {
        JoinAndEscape(value, ReadBuiltin(id, name));
      }
    }
    if (value.empty() && Settled()) return UnknownAt(CauseCode::UnknownName, id);
    return value;
  }
  Value value = ReadSharedSlot(resolution.scope, resolution.slot);
  if (value.empty() && Settled()) return UnknownAt(CauseCode::UnknownName, id);
  return value;
}

// Whether the variable may have no value yet where the node at hand begins.
bool Evaluator::MayBeUnbound(Active* active, uint32_t slot) const {
  const Ssa& ssa = active->graph->ssa;
  const auto uses = active->graph->cfg.Uses(active->node);
  const auto versions = ssa.UsesAt(active->node);
  for (size_t index = 0; index < versions.size(); ++index) {
    if (uses[index] == slot && ssa.versions()[versions[index]].may_be_entry) return true;
  }
  return false;
}

// What a slot holds at the node at hand, with what the node itself has bound and learned so far.
Value Evaluator::ReadSlot(Active* active, uint32_t slot) {
  for (size_t index = active->narrowed.size(); index-- > 0;) {
    if (active->narrowed[index].first == slot) return active->narrowed[index].second;
  }
  const Cfg& cfg = active->graph->cfg;
  const Ssa& ssa = active->graph->ssa;
  const auto uses = cfg.Uses(active->node);
  Value value;
  const auto versions = ssa.UsesAt(active->node);
  for (size_t index = 0; index < versions.size() && index < uses.size(); ++index) {
    if (uses[index] == slot) value = active->versions[versions[index]];
  }
  for (const auto& [bound, what] : active->bound) {
    if (bound == slot) JoinAndEscape(value, what);
  }
  return value;
}

// A variable as everybody sees it: whatever any code binds to it.
Value Evaluator::ReadSharedSlot(ScopeId scope, uint32_t slot) {
  Value value = Read(CellKey(CellKind::Slot, FrameAt(scope), slot));
  if (scopes()[scope].kind == ScopeKind::Module) {
    JoinAndEscape(value, ModuleChanges(source_.unit));
    JoinAndEscape(value, StoredInModule(scope, slot));
  }
  return value;
}

// `module.name = value`, from wherever.
Value Evaluator::StoredInModule(ScopeId scope, uint32_t slot) {
  if (scopes()[scope].kind != ScopeKind::Module) return Value();
  return Read(CellKey(CellKind::ClassAttribute, CellKey::kModules | source_.unit.value(),
                      source_.variable_names[slot]));
}

Value Evaluator::ReadBuiltin(NodeId id, NameId name_id) {
  const UnitId builtins = session_.builtins;
  const std::string_view name = tree().Name(name_id);
  const SymbolId symbol = SymbolOf(name_id);
  if (!builtins) return UnknownAt(CauseCode::UnknownImport, id);
  // Names that the module's star imports may bind come first.
  if (!scopes().star_imports().empty()) {
    if (symbol) {
      const Meaning meaning = decls().LookupAttribute(source_.unit, symbol);
      if (meaning.known()) {
        Bindings bindings;
        return MeaningValue(id, meaning, bindings);
      }
      if (meaning.Is(MeaningKind::Unknown)) return UnknownAt(CauseCode::UnknownName, id);
    }
  }
  if (name == "__name__" || name == "__qualname__" || name == "__module__") {
    return Of(decls().known.str);
  }
  if (name == "__file__" || name == "__doc__" || name == "__package__") {
    Value text = Of(decls().known.str);
    text.Join(Of(decls().known.none_type));
    return text;
  }
  Value stored;
  if (!Read(CellKey(CellKind::AnyName, CellKey::kChangedBuiltins)).empty()) {
    stored = Read(CellKey(CellKind::ClassAttribute, CellKey::kModules | builtins.value(),
                          NameOf(name_id).number));
    JoinAndEscape(stored, ModuleChanges(builtins));
  }
  const Meaning meaning = symbol ? decls().LookupAttribute(builtins, symbol) : Meaning();
  if (!meaning.known()) return stored.empty() ? UnknownAt(CauseCode::UnknownName, id) : stored;
  Bindings bindings;
  JoinAndEscape(stored, MeaningValue(id, meaning, bindings));
  return stored;
}

void Evaluator::BindSlot(const Resolution& resolution, NodeId at, const Value& value) {
  if (!resolution.scope) return;
  const Scope& scope = scopes()[resolution.scope];
  const Symbol& symbol = scope.symbols[resolution.slot];
  for (Active* active = active_; active; active = active->outer) {
    if (active->scope != resolution.scope) continue;
    active->bound.emplace_back(resolution.slot, AsReadBack(resolution.scope, at, value));
    break;
  }
  const bool seen_by_others =
      scope.kind == ScopeKind::Module || scope.kind == ScopeKind::Class || symbol.captured ||
      symbol.rebound_inside || session_.frames[FrameAt(resolution.scope)].has_inner_class ||
      scopes().FrameOf(resolution.scope) != scopes().FrameOf(active_->scope);
  if (seen_by_others) {
    Post(CellKey(CellKind::Slot, FrameAt(resolution.scope), resolution.slot), value);
  }
  const NodeKind kind = tree().kind(at);
  if (kind == NodeKind::arg) {
    Note(PlaceKind::Parameter, at, value);
  } else if (kind == NodeKind::Name || kind == NodeKind::ExceptHandler ||
             kind == NodeKind::MatchAs || kind == NodeKind::MatchStar) {
    Note(PlaceKind::Local, at, value);
  }
}

// The namespace of an enumeration puts a number, or what the class says, in place of `auto()`.
Value Evaluator::AsReadBack(ScopeId scope, NodeId at, const Value& value) const {
  const ClassId cls = session_.frames[FrameAt(scope)].cls;
  if (scopes()[scope].kind != ScopeKind::Class || !cls ||
      !(decls().classes[cls].flags & declarations::kEnum)) {
    return value;
  }
  auto is_auto = [&](Type type) {
    return type.kind() == TypeKind::Instance &&
           ClassId(type.subject()) == session_.classes.auto_value;
  };
  Value read = value.Filter([&](Type type) { return !is_auto(type); });
  if (std::ranges::any_of(value.types(), is_auto)) read.Join(UnknownAt(CauseCode::Dynamic, at));
  return read;
}

void Evaluator::AssignName(NodeId id, NameId name, const Value& value) {
  const ScopeId from = tree().kind(id) == NodeKind::Name ? scopes().ScopeAt(id) : active_->scope;
  if (recording_ && scopes()[active_->scope].kind == ScopeKind::Class) AskNamespace(id);
  BindSlot(scopes().Resolve(from, name), id, value);
}

void Evaluator::Assign(NodeId target, const Value& value) {
  switch (tree().kind(target)) {
    case NodeKind::Name:
      return AssignName(target, NameView(tree(), target).id(), value);
    case NodeKind::Starred: {
      // What is left of a sequence comes as a list.
      const Type list = InstanceAt(target, decls().known.list);
      if (list.has_detail()) PostContent(list.detail(), 0, value);
      return Assign(StarredView(tree(), target).value(), Value::Of(list));
    }
    case NodeKind::Tuple:
      return Unpack(target, TupleView(tree(), target).elts(), value);
    case NodeKind::List:
      return Unpack(target, ListView(tree(), target).elts(), value);
    case NodeKind::Attribute: {
      AttributeView attribute(tree(), target);
      const Value object = Eval(attribute.value());
      Note(PlaceKind::Attribute, target, value);
      for (Type type : object.types()) AskOne(target, type, session_.names.setattr);
      if (object.unknown()) NoteUnknown(target, object.cause());
      return StoreAttribute(target, object, NameOf(attribute.attr()), value);
    }
    case NodeKind::Subscript: {
      SubscriptView subscript(tree(), target);
      const Value object = Eval(subscript.value());
      const Value key = Eval(subscript.slice());
      Value ignored;
      CallSpecial(target, object, session_.names.setitem, Arguments::Of({key, value}), ignored);
      if (object.unknown()) {
        Escape(value);
        Escape(key);
      }
      return;
    }
    default:
      return;
  }
}

void Evaluator::Unpack(NodeId id, NodeList targets, const Value& value) {
  size_t star = targets.size();
  for (size_t index = 0; index < targets.size(); ++index) {
    if (tree().kind(targets[index]) == NodeKind::Starred) star = index;
  }
  std::vector<Value> parts(targets.size());
  Value rest = value.Filter([](Type type) { return !type.positional(); });
  for (Type type : value.types()) {
    if (!type.positional()) continue;
    const size_t arity = type.arity();
    const bool has_star = star < targets.size();
    // Too few or too many values are an error: nothing is bound.
    if (has_star ? arity + 1 < targets.size() : arity != targets.size()) continue;
    for (size_t index = 0; index < arity; ++index) {
      const size_t from_end = arity - index;
      const size_t to = !has_star || index < star          ? index
                        : from_end < targets.size() - star ? targets.size() - from_end
                                                           : star;
      JoinAndEscape(parts[to], Content(type.detail(), static_cast<uint32_t>(index), id));
    }
  }
  if (!rest.empty()) {
    const Value items = ItemsOf(id, rest);
    for (Value& part : parts) JoinAndEscape(part, items);
  }
  for (size_t index = 0; index < targets.size(); ++index) Assign(targets[index], parts[index]);
}

void Evaluator::StoreAttribute(NodeId id, const Value& object, AttributeName name,
                               const Value& value) {
  if (name.declared && name.declared == session_.names.class_) {
    return ChangeClass(id, object, value);
  }
  // All attributes at once, under whatever names the dict has.
  if (name.declared && name.declared == session_.names.dict_)
    return StoreAnyName(id, object, value);
  for (Type type : object.types()) {
    switch (type.kind()) {
      case TypeKind::Instance: {
        const ClassId cls(type.subject());
        // A descriptor with __set__ takes what is stored.
        if (name.declared) {
          const declarations::MemberHit hit = decls().LookupMember(cls, name.declared);
          if (hit.kind == declarations::MemberHit::Kind::Found &&
              CallSetter(id, type, hit, value)) {
            Escape(value);
            break;
          }
        }
        Post(CellKey(CellKind::Attribute, cls.value(), name.number), value);
        for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
          Post(CellKey(CellKind::AttributeBelow, entry.class_id.value(), name.number), value);
        }
        // What a class that only a stub describes does with it, nobody sees.
        if (!session_.SourceAt(decls().classes[cls].unit)) Escape(value);
        break;
      }
      case TypeKind::Class: {
        Post(CellKey(CellKind::ClassAttribute, type.subject(), name.number), value);
        for (const declarations::MroEntry& entry : decls().MroOf(ClassId(type.subject()))) {
          Post(CellKey(CellKind::AttributeBelow, entry.class_id.value(), name.number), value);
        }
        break;
      }
      case TypeKind::Module: {
        Post(CellKey(CellKind::ClassAttribute, CellKey::kModules | type.subject(), name.number),
             value);
        const auto source = session_.SourceAt(UnitId(type.subject()));
        if (UnitId(type.subject()) == decls().FindUnit("builtins")) {
          Post(CellKey(CellKind::AnyName, CellKey::kChangedBuiltins),
               UnknownAt(CauseCode::Dynamic, id));
        }
        if (!source) {
          Escape(value);
          break;
        }
        const Source& module = session_.sources[*source];
        if (const auto slot = module.SlotOf(name.number)) {
          Post(CellKey(CellKind::Slot, module.first_frame, *slot), value);
        }
        break;
      }
      case TypeKind::Frame:
        // Defaults and code of a function are attributes, too.
        if (name.declared && decls().Text(name.declared).starts_with("__")) {
          const Value changed = UnknownAt(CauseCode::Dynamic, id);
          Post(CellKey(CellKind::Open, type.subject()), changed);
          if (name.declared == session_.names.code) {
            Post(CellKey(CellKind::Return, type.subject()), changed);
          }
        }
        Escape(value);
        break;
      default:
        Escape(value);
        break;
    }
  }
  if (object.unknown()) {
    // Any object with such an attribute may be meant.
    Post(CellKey(CellKind::AnyAttribute, 0, name.number), value);
    Escape(value);
  }
}

// What a class has under the name of an attribute takes what is stored: true of properties.
bool Evaluator::CallSetter(NodeId id, Type type, const declarations::MemberHit& hit,
                           const Value& value) {
  using declarations::FunctionKind;
  const Meaning& meaning = decls().names[hit.name].meaning;
  if (!meaning.Is(MeaningKind::Property)) {
    if (!IsOfProgram(hit.owner) || !session_.names.set) return false;
    const Value stored = ClassLevelValue(hit.owner, hit.name);
    if (stored.unknown()) NoteUnknown(id, stored.cause());
    for (Type descriptor : stored.types()) {
      if (descriptor.kind() != TypeKind::Instance) continue;
      if (ClassId(descriptor.subject()) == decls().known.property) {
        NoteUnknown(id, CauseAt(CauseCode::Decorator, id));
      }
      Value ignored;
      CallSpecial(id, Value::Of(descriptor), session_.names.set,
                  Arguments::Of({Value::Of(type), value}), ignored);
    }
    return false;
  }
  bool has_setter = false;
  for (FunctionId function : decls().GroupOf(meaning.function_id())) {
    if (decls().functions[function].kind != FunctionKind::Setter) continue;
    has_setter = true;
    if (const auto frame = session_.FrameOf(function)) {
      NoteCall(id, Type(TypeKind::Frame, *frame, true, session_.receivers.Number(type.bits())));
      PassArguments(*frame, Value::Of(type), Arguments::Of({value}));
    }
  }
  return has_setter;
}

void Evaluator::DeleteAttribute(NodeId id, const Value& object, AttributeName name) {
  using declarations::FunctionKind;
  for (Type type : object.types()) {
    AskOne(id, type, session_.names.delattr);
    const auto hit = type.kind() == TypeKind::Instance && name.declared
                         ? decls().LookupMember(ClassId(type.subject()), name.declared)
                         : declarations::MemberHit();
    if (hit.kind != declarations::MemberHit::Kind::Found || !IsOfProgram(hit.owner)) continue;
    const Meaning& meaning = decls().names[hit.name].meaning;
    if (!meaning.Is(MeaningKind::Property)) {
      for (Type descriptor : ClassLevelValue(hit.owner, hit.name).types()) {
        AskOne(id, descriptor, session_.names.delete_);
        if (ClassOf(descriptor) == decls().known.property) {
          NoteUnknown(id, CauseAt(CauseCode::Decorator, id));
        }
      }
      continue;
    }
    for (FunctionId function : decls().GroupOf(meaning.function_id())) {
      if (decls().functions[function].kind != FunctionKind::Deleter) continue;
      const auto frame = session_.FrameOf(function);
      if (frame) CallFrame(id, *frame, type, {});
    }
  }
  if (object.unknown()) NoteUnknown(id, object.cause());
}

// Under a name that is worked out at run time.
void Evaluator::StoreAnyName(NodeId id, const Value& object, const Value& value) {
  // Any attribute may be meant, and most are something else: unknown says more than one value more.
  const Value changed = UnknownAt(CauseCode::Dynamic, id);
  for (Type type : object.types()) {
    switch (type.kind()) {
      case TypeKind::Instance:
      case TypeKind::Class: {
        // Of an object of any class nothing is known.
        const bool any = ClassId(type.subject()) == decls().known.object;
        Post(CellKey(CellKind::AnyName, any ? CellKey::kAnyOwner : type.subject()), changed);
        break;
      }
      case TypeKind::Module:
        Post(CellKey(CellKind::AnyName, CellKey::kModules | type.subject()), changed);
        if (UnitId(type.subject()) == decls().FindUnit("builtins")) {
          Post(CellKey(CellKind::AnyName, CellKey::kChangedBuiltins), changed);
        }
        break;
      default:
        break;
    }
  }
  if (object.unknown()) Post(CellKey(CellKind::AnyName, CellKey::kAnyOwner), changed);
  Escape(value);
}

// What is stored in a module under names worked out at run time: any variable may be meant.
Value Evaluator::ModuleChanges(UnitId unit) {
  return Read(CellKey(CellKind::AnyName, CellKey::kModules | unit.value()));
}

// Captures of a pattern that has matched. What is inside a subject of unknown shape is unknown.
void Evaluator::BindPattern(NodeId pattern, const Value& subject) {
  struct Item {
    NodeId pattern;
    Value subject;
  };
  std::vector<Item> stack = {{pattern, subject}};
  while (!stack.empty()) {
    const Item item = stack.back();
    stack.pop_back();
    const NodeId id = item.pattern;
    switch (tree().kind(id)) {
      case NodeKind::MatchAs: {
        MatchAsView as(tree(), id);
        Value value = item.subject;
        if (as.pattern() && tree().kind(as.pattern()) == NodeKind::MatchClass) {
          value = KeepInstances(value, Eval(MatchClassView(tree(), as.pattern()).cls()), true);
        }
        if (as.name()) AssignName(id, as.name(), value);
        if (as.pattern()) stack.push_back({as.pattern(), value});
        break;
      }
      case NodeKind::MatchStar: {
        const Type list = InstanceAt(id, decls().known.list);
        if (list.has_detail()) PostContent(list.detail(), 0, ItemsOf(id, item.subject));
        if (NameId name = MatchStarView(tree(), id).name()) AssignName(id, name, Value::Of(list));
        break;
      }
      case NodeKind::MatchOr:
        for (NodeId choice : MatchOrView(tree(), id).patterns()) {
          stack.push_back({choice, item.subject});
        }
        break;
      case NodeKind::MatchSequence: {
        const Value items = ItemsOf(id, item.subject);
        for (NodeId part : MatchSequenceView(tree(), id).patterns()) {
          stack.push_back({part, tree().kind(part) == NodeKind::MatchStar ? item.subject : items});
        }
        break;
      }
      case NodeKind::MatchMapping: {
        MatchMappingView mapping(tree(), id);
        const Value unknown = UnknownAt(CauseCode::UnknownItem, id);
        for (NodeId part : mapping.patterns()) stack.push_back({part, unknown});
        if (mapping.rest()) {
          const Type dict = InstanceAt(id, decls().known.dict);
          if (dict.has_detail()) {
            PostContent(dict.detail(), 0, unknown);
            PostContent(dict.detail(), 1, unknown);
          }
          AssignName(id, mapping.rest(), Value::Of(dict));
        }
        break;
      }
      case NodeKind::MatchClass: {
        MatchClassView match(tree(), id);
        const Value unknown = UnknownAt(CauseCode::UnknownItem, id);
        for (NodeId part : match.patterns()) stack.push_back({part, unknown});
        for (NodeId part : match.kwd_patterns()) stack.push_back({part, unknown});
        break;
      }
      default:
        break;
    }
  }
}

}  // namespace unspool::semantics::types
