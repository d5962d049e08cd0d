// What the language asks of objects by itself: truth, hash, order, text, what a class statement and
// a pattern run. Special methods may be called by anybody, so that all there is to do is to note
// them where results are recorded.
#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;
using declarations::MeaningKind;
using declarations::MemberHit;

namespace {

// Objects within objects are asked no deeper than this.
constexpr int kMaxAsked = 4;

// Special methods for making objects and classes, which no operation on an object runs.
bool IsForMaking(std::string_view name) {
  return name == "__init__" || name == "__new__" || name == "__init_subclass__" ||
         name == "__class_getitem__" || name == "__set_name__" || name == "__post_init__" ||
         name == "__prepare__" || name == "__mro_entries__" || name == "__subclasshook__" ||
         name == "__instancecheck__" || name == "__subclasscheck__" || name == "__del__";
}

bool IsSpecial(std::string_view name) {
  return name.size() > 4 && name.starts_with("__") && name.ends_with("__") && !IsForMaking(name);
}

}  // namespace

bool Evaluator::IsOfProgram(ClassId cls) const {
  return cls && session_.SourceAt(decls().classes[cls].unit).has_value();
}

// Where special methods of an object are looked for.
ClassId Evaluator::ClassOf(Type type) const {
  switch (type.kind()) {
    case TypeKind::Instance:
      return ClassId(type.subject());
    case TypeKind::Class:
      return decls().classes[ClassId(type.subject())].metaclass;
    case TypeKind::Module:
      return decls().known.module;
    case TypeKind::Frame:
    case TypeKind::Stub:
      return decls().known.function;
    case TypeKind::Callable:
      return ClassId();
  }
  return ClassId();
}

void Evaluator::NoteValue(NodeId id, const Value& callees) {
  for (Type callee : callees.types()) {
    if (callee.kind() == TypeKind::Frame || callee.kind() == TypeKind::Class) {
      NoteCall(id, callee);
    } else if (callee.kind() == TypeKind::Instance) {
      AskOne(id, callee, session_.names.get);
      AskOne(id, callee, session_.names.call);
    }
  }
  if (callees.unknown()) NoteUnknown(id, callees.cause());
}

// A method or property of a class of the program.
void Evaluator::NoteMember(NodeId id, const declarations::Name& member, ClassId owner) {
  if (member.meaning.Is(MeaningKind::Property)) {
    const FunctionId getter = member.meaning.function_id();
    if (const auto frame = session_.FrameOf(getter)) NoteCall(id, Type(TypeKind::Frame, *frame));
    for (FunctionId function : decls().GroupOf(getter)) {
      if (const auto frame = session_.FrameOf(function)) {
        NoteCall(id, Type(TypeKind::Frame, *frame));
      }
    }
    return;
  }
  NoteValue(id, ClassLevelValue(owner, static_cast<uint32_t>(&member - decls().names.data())));
}

// Notes the program's methods of a name, of subclasses too; false where the object has none but
// what every object has.
bool Evaluator::AskOne(NodeId id, Type type, SymbolId name) {
  const ClassId cls = ClassOf(type);
  if (!name || !cls || !recording_) return false;
  // Answers may lead to further questions, and back to this one.
  const std::pair<uint64_t, uint32_t> question = {type.bits(), name.value()};
  if (std::ranges::find(asking_, question) != asking_.end()) return true;
  asking_.push_back(question);
  const bool answers = AskClass(id, type, cls, name);
  asking_.pop_back();
  return answers;
}

bool Evaluator::AskClass(NodeId id, Type type, ClassId cls, SymbolId name) {
  NoteProtocol(id, type);
  const MemberHit hit = decls().LookupMember(cls, name);
  bool answers = hit.kind != MemberHit::Kind::Absent;
  if (hit.kind == MemberHit::Kind::Unknown) {
    NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
  } else if (answers) {
    answers = hit.owner != decls().known.object;
    const declarations::Name& member = decls().names[hit.name];
    if (IsOfProgram(hit.owner)) {
      NoteMember(id, member, hit.owner);
    } else if (IsOfProgram(cls) && member.meaning.Is(MeaningKind::Function)) {
      AskReceiver(id, member.meaning.function_id(), type);
    }
  }
  // `C.__eq__ = function`
  const uint32_t number = session_.NameOf(name).number;
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    if (!IsOfProgram(entry.class_id)) continue;
    const Value stored = Read(CellKey(CellKind::ClassAttribute, entry.class_id.value(), number));
    answers |= !stored.empty();
    NoteValue(id, stored);
  }
  if (type.kind() != TypeKind::Instance || type.exact()) return answers;
  bool all = true;
  for (ClassId below : ClassesBelow(cls, all)) {
    const declarations::Name* own = decls().FindName(decls().classes[below].members, name);
    if (own && IsOfProgram(below)) NoteMember(id, *own, below);
  }
  if (!all) NoteUnknown(id, CauseAt(CauseCode::TooManyTypes, id));
  return answers;
}

// Of what is only declared to have some methods, any class of the program may be meant.
void Evaluator::NoteProtocol(NodeId id, Type type) {
  if (type.kind() != TypeKind::Instance || type.exact()) return;
  if (decls().classes[ClassId(type.subject())].flags & declarations::kProtocol) {
    NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
  }
}

void Evaluator::Ask(NodeId id, const Value& value, Questions questions) {
  if (!recording_ || questions.empty()) return;
  for (Type type : value.types()) NoteProtocol(id, type);
  for (Type type : value.types()) AskType(id, type, questions, 0);
  if (value.unknown()) NoteUnknown(id, value.cause());
}

// Keys of dicts and elements of sets.
void Evaluator::AskDisplay(NodeId id, const Value& items) {
  Ask(id, items, Questions::kHash | Questions::kEqual);
}

// Of an object whose iteration only a stub describes.
void Evaluator::AskIteration(NodeId id, Type type) {
  if (!recording_) return;
  AskHeld(id, type, 0);
  AskOne(id, type, session_.names.iter);
  AskOne(id, type, session_.names.next);
}

// `**mapping`: what is no dict is asked for its keys, and for what it has under each.
void Evaluator::AskMapping(NodeId id, const Value& mapping) {
  const KnownNames& names = session_.names;
  for (Type type : mapping.types()) {
    if (type.kind() != TypeKind::Instance || !IsOfProgram(ClassId(type.subject()))) continue;
    Value keys, items;
    if (names.keys) CallSpecial(id, Value::Of(type), names.keys, {}, keys);
    const Value key = ItemsOf(id, keys);
    CallSpecial(id, Value::Of(type), names.getitem, Arguments::Of({key}), items);
  }
  if (mapping.unknown()) NoteUnknown(id, mapping.cause());
}

// A name that a module does not have: its __getattr__ is asked.
void Evaluator::AskModule(NodeId id, UnitId unit) {
  const auto index = recording_ ? session_.SourceAt(unit) : std::nullopt;
  if (!index) return;
  const Source& module = session_.sources[*index];
  const Scope& scope = (*module.scopes)[module.scopes->module_scope()];
  const NameId name = module.tree->names().Find("__getattr__");
  const auto slot = name ? scope.slot_of.find(name.value()) : scope.slot_of.end();
  if (slot == scope.slot_of.end()) return;
  NoteValue(id, Read(CellKey(CellKind::Slot, module.first_frame, slot->second)));
}

void Evaluator::AskType(NodeId id, Type type, Questions questions, int depth) {
  if (questions.empty() || depth > kMaxAsked) return;
  const KnownNames& names = session_.names;
  const bool is_instance = type.kind() == TypeKind::Instance;
  if (IsOfProgram(ClassOf(type))) {
    // Subclasses may answer what the class itself leaves to the next method.
    auto ask = [&](SymbolId name) { return AskOne(id, type, name) && type.exact(); };
    if (questions.Has(Questions::kTruth) && !ask(names.bool_)) ask(names.len);
    if (questions.Has(Questions::kHash)) ask(names.hash);
    if (questions.Has(Questions::kEqual)) ask(names.eq);
    if (questions.Has(Questions::kOrder)) {
      for (SymbolId name : {names.lt, names.gt, names.le, names.ge}) ask(name);
    }
    bool text = questions.Has(Questions::kText);
    if (questions.Has(Questions::kFormat)) {
      ask(names.format);
      // What the library formats without a specification, it turns into text.
      const MemberHit hit = decls().LookupMember(ClassOf(type), names.format);
      text |= !IsOfProgram(hit.owner) || !type.exact();
    }
    if (text && !ask(names.str)) ask(names.repr);
    if (questions.Has(Questions::kRepresentation)) ask(names.repr);
    if (questions.Has(Questions::kLength)) {
      ask(names.len);
      ask(names.length_hint);
    }
    if (questions.Has(Questions::kNumber)) {
      for (SymbolId name : {names.add, names.radd, names.iadd}) ask(name);
    }
    if (questions.Has(Questions::kItem)) {
      const bool by_item = ask(names.getitem);
      const bool by_missing = ask(names.missing);
      if (by_item || by_missing) NoteUnknown(id, CauseAt(CauseCode::UnknownItem, id));
    }
    if (questions.Has(Questions::kAny)) AskSpecial(id, type);
  }
  if (type.kind() == TypeKind::Class && questions.Has(Questions::kInstance)) {
    AskOne(id, type, names.instancecheck);
    AskOne(id, type, names.subclasscheck);
    const ClassId cls(type.subject());
    const MemberHit hook = decls().LookupMember(cls, names.subclasshook);
    if (hook.kind == MemberHit::Kind::Found && IsOfProgram(hook.owner)) {
      NoteMember(id, decls().names[hook.name], hook.owner);
    }
  }
  const Questions of_items = questions.OfItems();
  if (!is_instance || of_items.empty()) return;
  if (!type.has_detail()) AskHeld(id, type, depth);
  auto ask_items = [&](const Value& items) {
    for (Type item : items.types()) AskType(id, item, of_items, depth + 1);
    if (items.unknown()) NoteUnknown(id, items.cause());
  };
  const ClassId cls(type.subject());
  if (decls().classes[cls].flags & declarations::kException) {
    // What it was made with.
    NoteUnknown(id, CauseAt(CauseCode::UnknownItem, id));
  }
  if (type.has_detail()) {
    const size_t parts = type.positional() ? type.arity() : decls().TypeParamsOf(cls).size();
    for (uint32_t index = 0; index < parts; ++index) {
      ask_items(Content(type.detail(), index, id));
    }
  }
  // What is generated for data classes asks their fields.
  if (!IsOfProgram(cls) || !HasFields(cls)) return;
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    if (!IsOfProgram(entry.class_id)) continue;
    for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
      if (!member.meaning.Is(MeaningKind::Variable)) continue;
      ask_items(InstanceCells(id, type, session_.NameOf(member.symbol)));
    }
  }
}

// Any special method may be asked, and what stands for a method of a library class.
void Evaluator::AskSpecial(NodeId id, Type type) {
  const ClassId cls = ClassOf(type);
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    const bool of_library =
        !IsOfProgram(entry.class_id) && entry.class_id != decls().known.object &&
        decls().units[decls().classes[entry.class_id].unit].module != "builtins";
    if (of_library) AskMembers(id, type, entry.class_id);
    if (!IsOfProgram(entry.class_id)) continue;
    for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
      if (!IsSpecial(decls().Text(member.symbol))) continue;
      if (decls().LookupMember(cls, member.symbol).owner != entry.class_id) continue;
      if (member.meaning.Is(MeaningKind::Function)) AskOne(id, type, member.symbol);
    }
  }
  if (decls().classes[cls].mro_state != declarations::MroState::Complete) {
    NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
  }
}

// What a class statement runs beside its body.
void Evaluator::AskForClass(NodeId id, ClassId cls) {
  if (!recording_ || !cls) return;
  const KnownNames& names = session_.names;
  const declarations::Class& declared = decls().classes[cls];
  auto note = [&](const MemberHit& hit) {
    if (hit.kind == MemberHit::Kind::Unknown) {
      NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
    } else if (hit.kind == MemberHit::Kind::Found && IsOfProgram(hit.owner)) {
      NoteMember(id, decls().names[hit.name], hit.owner);
    }
  };
  if (declared.metaclass_state == declarations::MetaclassState::Unknown) {
    NoteUnknown(id, CauseAt(CauseCode::Metaclass, id));
  } else if (IsOfProgram(declared.metaclass)) {
    for (SymbolId name : {names.prepare, names.new_, names.init}) {
      if (name) note(decls().LookupMember(declared.metaclass, name));
    }
  }
  if (names.init_subclass) note(decls().LookupMemberAfter(cls, cls, names.init_subclass));
  const bool is_enum = declared.flags & declarations::kEnum;
  if (is_enum) {
    for (SymbolId name : {names.new_, names.init, names.generate_next_value}) {
      if (name) note(decls().LookupMember(cls, name));
    }
  }
  for (const declarations::Name& member : decls().MembersOf(cls)) {
    const uint32_t index = static_cast<uint32_t>(&member - decls().names.data());
    const Value value = ClassLevelValue(cls, index);
    for (Type type : value.types()) {
      if (type.kind() == TypeKind::Instance) AskOne(id, type, names.set_name);
    }
    if (value.unknown()) NoteUnknown(id, value.cause());
    if (is_enum) Ask(id, value, Questions::kHash | Questions::kEqual);
  }
}

// Of annotations that are evaluated where they stand: calls, and subscripts of the program's
// classes. The forms of typing run nothing of the program.
void Evaluator::RunAnnotation(NodeId annotation) {
  if (!annotation) return;
  const NodeKind kind = tree().kind(annotation);
  if (kind == NodeKind::Name || kind == NodeKind::Constant || kind == NodeKind::Attribute) return;
  if (scopes()[scopes().ScopeAt(annotation)].kind == ScopeKind::Annotation) return;
  std::vector<NodeId> stack = {annotation};
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    if (tree().kind(id) == NodeKind::Call) {
      Eval(id);
      continue;
    }
    ForEachChild(tree(), id, [&](NodeId child) {
      if (InfoOf(tree().kind(child)).category == Category::Expr) stack.push_back(child);
    });
    if (tree().kind(id) != NodeKind::Subscript || !recording_) continue;
    for (Type type : Eval(SubscriptView(tree(), id).value()).types()) {
      if (type.kind() == TypeKind::Class) ClassSubscript(id, type, Value());
    }
  }
}

// Where a class body binds a name: a metaclass may have given it a mapping of its own.
void Evaluator::AskNamespace(NodeId id) {
  const ClassId cls = session_.frames[active_->frame].cls;
  if (!cls) return;
  const declarations::Class& declared = decls().classes[cls];
  const SymbolId prepare = session_.names.prepare;
  const bool known = declared.metaclass_state == declarations::MetaclassState::Known;
  const MemberHit hit = known && declared.metaclass && prepare
                            ? decls().LookupMember(declared.metaclass, prepare)
                            : MemberHit();
  if (!known || (hit.kind == MemberHit::Kind::Found && IsOfProgram(hit.owner))) {
    NoteUnknown(id, CauseAt(CauseCode::Metaclass, id));
  }
  const SymbolId next_value = session_.names.generate_next_value;
  if (!(declared.flags & declarations::kEnum) || !next_value) return;
  const MemberHit generator = decls().LookupMember(cls, next_value);
  if (generator.kind == MemberHit::Kind::Found && IsOfProgram(generator.owner)) {
    NoteMember(id, decls().names[generator.name], generator.owner);
  }
}

// `field(default_factory=...)`: what a data class calls for fields that are left out.
void Evaluator::AskFactories(NodeId id, ClassId cls) {
  if (!recording_) return;
  const ImplicitScope implicit(*this);
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    const auto index = session_.SourceAt(decls().classes[entry.class_id].unit);
    if (!index) continue;
    const Source& source = session_.sources[*index];
    for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
      if (!member.meaning.Is(MeaningKind::Variable)) continue;
      const NodeId value = decls().definitions[member.meaning.definition_id()].expression;
      if (!value || source.tree->kind(value) != NodeKind::Call) continue;
      for (NodeId keyword_id : CallView(*source.tree, value).keywords()) {
        keywordView keyword(*source.tree, keyword_id);
        if (!keyword.arg() || source.tree->Name(keyword.arg()) != "default_factory") continue;
        NoteFactory(id, source, entry.class_id, keyword.value());
      }
    }
  }
}

// By what its name is declared as; the value itself is that of another frame.
void Evaluator::NoteFactory(NodeId id, const Source& source, ClassId cls, NodeId factory) {
  if (source.tree->kind(factory) == NodeKind::Lambda) {
    const ScopeId scope = source.scopes->ScopeOpenedBy(factory);
    return NoteCall(id, Type(TypeKind::Frame, source.first_frame + scope.value()));
  }
  if (source.tree->kind(factory) == NodeKind::Name) {
    const NameId name = NameView(*source.tree, factory).id();
    const SymbolId symbol = source.names[name.value()].declared;
    const declarations::Meaning meaning =
        symbol ? decls().LookupFrom(decls().classes[cls].members, symbol) : declarations::Meaning();
    if (meaning.Is(MeaningKind::Class)) {
      return NoteMaking(id, Type(TypeKind::Class, meaning.class_id().value()));
    }
    const auto frame =
        meaning.Is(MeaningKind::Function) ? session_.FrameOf(meaning.function_id()) : std::nullopt;
    if (frame) NoteCall(id, Type(TypeKind::Frame, *frame));
    if (frame && decls().functions[meaning.function_id()].decorators.count == 0) return;
  }
  NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
}

// Looking a member up by its value.
void Evaluator::AskEnumeration(NodeId id, ClassId cls, const Arguments& arguments) {
  if (!recording_) return;
  const ImplicitScope implicit(*this);
  arguments.ForEach([&](const Value& value) { AskDisplay(id, value); });
  AskOne(id, Instance(cls), decls().Find("_missing_"));
}

// What matching a pattern runs: comparisons, lengths, items, attributes.
void Evaluator::AskPattern(NodeId pattern, const Value& subject) {
  const KnownNames& names = session_.names;
  struct Item {
    NodeId pattern;
    Value subject;
  };
  std::vector<Item> stack = {{pattern, subject}};
  while (!stack.empty()) {
    const Item item = stack.back();
    stack.pop_back();
    const NodeId id = item.pattern;
    const Value unknown = UnknownAt(CauseCode::UnknownItem, id);
    switch (tree().kind(id)) {
      case NodeKind::MatchValue: {
        const Value value = Eval(MatchValueView(tree(), id).value());
        Ask(id, Binary(id, Operator::Eq, item.subject, value, false), Questions::kTruth);
        break;
      }
      case NodeKind::MatchAs:
        if (const NodeId inner = MatchAsView(tree(), id).pattern()) {
          stack.push_back({inner, item.subject});
        }
        break;
      case NodeKind::MatchOr:
        for (NodeId choice : MatchOrView(tree(), id).patterns()) {
          stack.push_back({choice, item.subject});
        }
        break;
      case NodeKind::MatchSequence: {
        Ask(id, item.subject, Questions::kLength);
        for (Type type : item.subject.types()) AskOne(id, type, names.getitem);
        const Value items = ItemsOf(id, item.subject);
        for (NodeId part : MatchSequenceView(tree(), id).patterns()) stack.push_back({part, items});
        break;
      }
      case NodeKind::MatchMapping: {
        MatchMappingView mapping(tree(), id);
        for (NodeId key : mapping.keys()) AskDisplay(id, Eval(key));
        Ask(id, item.subject, Questions::kLength);
        for (Type type : item.subject.types()) {
          for (SymbolId name : {decls().Find("get"), names.keys, names.getitem}) {
            AskOne(id, type, name);
          }
        }
        if (mapping.rest()) AskMapping(id, item.subject);
        for (NodeId part : mapping.patterns()) stack.push_back({part, unknown});
        break;
      }
      case NodeKind::MatchClass: {
        MatchClassView match(tree(), id);
        const Value cls = Eval(match.cls());
        Ask(id, cls, Questions::kInstance);
        const Value object = KeepInstances(item.subject, cls, true);
        for (size_t index = 0; index < match.kwd_patterns().size(); ++index) {
          const Value value = Attribute(id, object, NameOf(NameId(match.kwd_attrs()[index])));
          stack.push_back({match.kwd_patterns()[index], value});
        }
        if (match.patterns().empty()) break;
        ReadProperties(id, object);
        for (NodeId part : match.patterns()) stack.push_back({part, unknown});
        break;
      }
      default:
        break;
    }
  }
}

// Attributes by names that are not followed (__match_args__): any property may be read.
void Evaluator::ReadProperties(NodeId id, const Value& object) {
  for (Type type : object.types()) {
    if (type.kind() != TypeKind::Instance) continue;
    for (const declarations::MroEntry& entry : decls().MroOf(ClassId(type.subject()))) {
      if (!IsOfProgram(entry.class_id)) continue;
      for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
        if (!member.meaning.Is(MeaningKind::Property)) continue;
        AttributeOf(id, type, session_.NameOf(member.symbol));
      }
    }
    AskOne(id, type, session_.names.getattr);
  }
  if (object.unknown()) NoteUnknown(id, object.cause());
}

}  // namespace unspool::semantics::types
