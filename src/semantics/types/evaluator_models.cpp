// Library code that does what no signature can say, and what data classes and named tuples
// generate.
#include "semantics/types/evaluator.h"
#include "syntax/constants.h"

#include <algorithm>

namespace unspool::semantics::types {

namespace {

// Where a functools.partial keeps what it was given, among the contents of its site.
constexpr uint32_t kPartialFunction = 50;
constexpr uint32_t kPartialPositional = 51;
constexpr uint32_t kPartialKeywords = 52;

}  // namespace

using namespace syntax;
using declarations::Meaning;
using declarations::MeaningKind;

bool Evaluator::HasFields(ClassId cls) const {
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    if (decls().classes[entry.class_id].flags &
        (declarations::kDataclass | declarations::kNamedTuple)) {
      return true;
    }
  }
  return false;
}

// What the values that an enumeration's body has left under a name are in the class: members, but
// for functions and other descriptors.
Value Evaluator::MembersOf(ClassId cls, const Value& left) {
  Value members;
  for (Type type : left.types()) {
    const bool describes =
        type.kind() == TypeKind::Frame || type.kind() == TypeKind::Stub ||
        (type.kind() == TypeKind::Instance &&
         decls().LookupMember(ClassId(type.subject()), session_.names.get).kind !=
             declarations::MemberHit::Kind::Absent);
    members.Add(describes ? type : Instance(cls));
  }
  if (left.unknown()) {
    members.Join(Of(cls));
    members.Weaken(Provenance::Declared);
  }
  return members;
}

// `x: list = field(default_factory=list)` leaves the default in the class, and in instances.
Value Evaluator::WithoutFields(NodeId id, const Value& left) {
  auto is_field = [&](Type type) {
    return type.kind() == TypeKind::Instance && type.has_detail() &&
           ClassId(type.subject()) == session_.classes.field;
  };
  Value kept = left.Filter([&](Type type) { return !is_field(type); });
  for (Type type : left.types()) {
    if (is_field(type)) JoinAndEscape(kept, Content(type.detail(), 0, id));
  }
  return kept;
}

// Where anybody may call the class, its fields get what is declared, as parameters do.
void Evaluator::OpenFields(ClassId cls) {
  const declarations::Class& declared = decls().classes[cls];
  if (session_.options.closed_world || declared.in_function ||
      !(declared.flags & (declarations::kDataclass | declarations::kNamedTuple)) ||
      decls().Text(declared.name).starts_with("_")) {
    return;
  }
  for (const declarations::Name& member : decls().MembersOf(cls)) {
    if (!member.meaning.Is(MeaningKind::Variable)) continue;
    const declarations::Definition& field = decls().definitions[member.meaning.definition_id()];
    if (!field.annotation.node || (field.annotation.marks & declarations::kClassVar)) continue;
    Post(CellKey(CellKind::Attribute, cls.value(), session_.NameOf(member.symbol).number),
         FromAnnotation(field.annotation.node, field.annotation.type));
  }
}

// What __init__ of a data class or named tuple does: fields of bases first, each where it was first
// named. What is passed by *args may go to any field; fields that are no parameters get what is
// passed to others as well, which is more than may happen.
void Evaluator::InitializeFields(NodeId id, Type made, const Arguments& arguments) {
  const ImplicitScope implicit(*this);
  std::vector<SymbolId> fields;
  const auto order = decls().MroOf(ClassId(made.subject()));
  bool by_place = true;
  for (size_t index = order.size(); index-- > 0;) {
    const declarations::Class& cls = decls().classes[order[index].class_id];
    if (!(cls.flags & (declarations::kDataclass | declarations::kNamedTuple))) continue;
    for (const declarations::Name& member : decls().MembersOf(order[index].class_id)) {
      if (!member.meaning.Is(MeaningKind::Variable)) continue;
      const declarations::Definition& field = decls().definitions[member.meaning.definition_id()];
      if (!field.annotation.node || (field.annotation.marks & declarations::kClassVar)) continue;
      // `field(init=False)`, `KW_ONLY` and the like move the places of those behind.
      by_place &= !(field.annotation.marks & declarations::kInitVar) &&
                  !(field.expression &&
                    decls().units[cls.unit].tree->kind(field.expression) == NodeKind::Call) &&
                  decls().Text(member.symbol) != "_";
      if (std::ranges::find(fields, member.symbol) == fields.end()) fields.push_back(member.symbol);
    }
  }
  for (size_t place = 0; place < fields.size(); ++place) {
    const AttributeName name = session_.NameOf(fields[place]);
    auto store = [&](const Value& value) { StoreAttribute(id, Value::Of(made), name, value); };
    for (size_t index = 0; index < arguments.positional.size(); ++index) {
      const bool spread = arguments.positional[index].starred || !by_place;
      by_place &= !arguments.positional[index].starred;
      if (spread || index == place) store(arguments.positional[index].value);
    }
    for (const Arguments::Keyword& keyword : arguments.keywords) {
      if (keyword.name.number == name.number) store(keyword.value);
    }
    if (arguments.double_star) store(*arguments.double_star);
  }
  const SymbolId post_init = session_.names.post_init;
  Value ignored;
  Arguments passed;
  arguments.ForEach([&](const Value& value) { passed.positional.push_back({value, true}); });
  if (post_init) CallSpecial(id, Value::Of(made), post_init, passed, ignored);
}

// `P._make(items)` and `p._replace(x=1)` of named tuples: what is given comes into the fields.
std::optional<Value> Evaluator::MakeNamedTuple(NodeId id, SymbolId method, Type receiver,
                                               const Arguments& arguments) {
  const std::string_view name = decls().Text(method);
  if (name != "_make" && name != "_replace") return std::nullopt;
  const PurposeScope purpose(*this, Purpose::Made);
  const Type made = InstanceAt(id, ClassId(receiver.subject()), 0, receiver.exact());
  Arguments fields;
  if (name == "_make") {
    for (const Arguments::Positional& argument : arguments.positional) {
      fields.positional.push_back({ItemsOf(id, argument.value), true});
    }
  } else {
    fields.keywords = arguments.keywords;
    fields.double_star = arguments.double_star;
    // The others are those of the receiver.
    if (receiver.has_detail() && made.has_detail()) {
      PostContent(made.detail(), 0, TypeArgument(id, receiver, 0));
    }
  }
  InitializeFields(id, made, fields);
  return Value::Of(made);
}

// `object.__class__ = C` makes an object of another class of what somebody made.
void Evaluator::ChangeClass(NodeId id, const Value& object, const Value& cls) {
  const AttributeName name = session_.NameOf(session_.names.class_);
  Post(CellKey(CellKind::AnyName, CellKey::kChangedClasses), UnknownAt(CauseCode::Dynamic, id));
  for (Type type : object.types()) {
    if (type.kind() == TypeKind::Instance) {
      Post(CellKey(CellKind::Attribute, type.subject(), name.number), cls);
    }
  }
  if (object.unknown()) Post(CellKey(CellKind::AnyAttribute, 0, name.number), cls);
}

// Whoever holds an object whose class may be changed holds one of the other class then.
void Evaluator::AddChangedClasses(NodeId id, Value& value) {
  if (Read(CellKey(CellKind::AnyName, CellKey::kChangedClasses)).empty()) return;
  const AttributeName name = session_.NameOf(session_.names.class_);
  Value changed;
  for (Type type : value.types()) {
    if (type.kind() != TypeKind::Instance) continue;
    const ClassId cls(type.subject());
    if (!session_.SourceAt(decls().classes[cls].unit)) continue;
    changed.Join(Read(CellKey(CellKind::AnyAttribute, 0, name.number)));
    for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
      changed.Join(Read(CellKey(CellKind::Attribute, entry.class_id.value(), name.number)));
    }
  }
  for (Type type : changed.types()) {
    if (type.kind() != TypeKind::Class) continue;
    JoinAndEscape(value, Value::Of(Instance(ClassId(type.subject()), type.exact())));
  }
  if (changed.unknown()) value.Join(UnknownAt(CauseCode::Dynamic, id));
}

// OSError(2, "...") is a FileNotFoundError: it goes by the number, where there is one. Paths go by
// the system.
bool Evaluator::ChoosesSubclass(ClassId cls, const Arguments& arguments) const {
  const auto& given = arguments.positional;
  const bool has_number = given.size() > 1 || (given.size() == 1 && given[0].starred);
  return (has_number && cls == session_.classes.os_error) || cls == session_.classes.path ||
         cls == session_.classes.pure_path;
}

// Whether the class has a metaclass that nobody knows, and that may do anything when it is called.
// Where only a stub does not say whether a class of the library is an abstract one, it does not.
bool Evaluator::MetaclassMayCall(ClassId cls) const {
  const declarations::Class& declared = decls().classes[cls];
  if (declared.metaclass_state != declarations::MetaclassState::Unknown) return false;
  if (declared.mro_state != declarations::MroState::Complete) return true;
  return std::ranges::any_of(decls().MroOf(cls), [&](const declarations::MroEntry& entry) {
    const declarations::Class& base = decls().classes[entry.class_id];
    const auto source = session_.SourceAt(base.unit);
    if (!source) return false;
    const Tree& text = *session_.sources[*source].tree;
    if (!base.node || text.kind(base.node) != NodeKind::ClassDef) return true;
    return !ClassDefView(text, base.node).keywords().empty();
  });
}

// The name that is written as an argument, where it is a text and what is called gets the arguments
// as they are written: not by `*`, a partial or a function that calls it back.
std::optional<AttributeName> Evaluator::ConstantName(NodeId call_id, size_t index,
                                                     const Arguments& arguments) const {
  if (tree().kind(call_id) != NodeKind::Call || purpose_ != Purpose::Result) return std::nullopt;
  const NodeList written = CallView(tree(), call_id).args();
  if (written.size() != arguments.positional.size() || written.size() <= index) return std::nullopt;
  for (NodeId argument : written) {
    if (tree().kind(argument) == NodeKind::Starred) return std::nullopt;
  }
  const auto text = StringOf(tree(), written[index]);
  if (!text) return std::nullopt;
  return session_.NameOf(*text);
}

// Of `f"visit_{name}"`, `"visit_" + name` and the like.
NamePattern Evaluator::PatternOf(NodeId call_id, size_t index) const {
  NamePattern pattern;
  if (tree().kind(call_id) != NodeKind::Call || purpose_ != Purpose::Result) return pattern;
  const NodeList written = CallView(tree(), call_id).args();
  if (written.size() <= index) return pattern;
  for (size_t before = 0; before <= index; ++before) {
    if (tree().kind(written[before]) == NodeKind::Starred) return pattern;
  }
  auto text_of = [&](NodeId part) { return StringOf(tree(), part).value_or(""); };
  const NodeId name = written[index];
  if (tree().kind(name) == NodeKind::JoinedStr) {
    const NodeList parts = JoinedStrView(tree(), name).values();
    if (parts.empty()) return pattern;
    pattern.prefix = text_of(parts.front());
    if (parts.size() > 1) pattern.suffix = text_of(parts.back());
  } else if (tree().kind(name) == NodeKind::BinOp) {
    BinOpView operation(tree(), name);
    const std::string_view left = text_of(operation.left());
    if (operation.op() == Operator::Add) {
      pattern.prefix = left;
      pattern.suffix = text_of(operation.right());
    } else if (operation.op() == Operator::Mod) {
      pattern.prefix = left.substr(0, left.find('%'));
    }
  }
  return pattern;
}

std::optional<Value> Evaluator::MakePartial(NodeId id, ClassId cls, const Arguments& arguments) {
  const Type made = InstanceAt(id, cls);
  if (!made.has_detail() || arguments.positional.empty() || arguments.positional[0].starred) {
    return std::nullopt;
  }
  PostContent(made.detail(), kPartialFunction, arguments.positional[0].value);
  for (size_t index = 1; index < arguments.positional.size(); ++index) {
    PostContent(made.detail(), kPartialPositional, arguments.positional[index].value);
  }
  for (const Arguments::Keyword& keyword : arguments.keywords) {
    PostContent(made.detail(), kPartialKeywords, keyword.value);
  }
  if (arguments.double_star) PostContent(made.detail(), kPartialKeywords, *arguments.double_star);
  return Value::Of(made);
}

// The order of what was bound and what is passed now is not kept: each may go to any parameter.
Value Evaluator::CallPartial(NodeId id, Type partial, const Arguments& arguments) {
  const Value function = Content(partial.detail(), kPartialFunction, id);
  const Value bound = Content(partial.detail(), kPartialPositional, id);
  const Value keywords = Content(partial.detail(), kPartialKeywords, id);
  Arguments all = arguments;
  if (!bound.empty()) {
    for (Arguments::Positional& argument : all.positional) argument.starred = true;
    all.positional.insert(all.positional.begin(), {bound, true});
  }
  if (!keywords.empty()) {
    if (!all.double_star) all.double_star.emplace();
    all.double_star->Join(keywords);
  }
  return Call(id, function, all);
}

// Whatever has a name in one of the modules can be had by a text.
void Evaluator::EscapeModules(const Value& modules) {
  for (Type type : modules.types()) {
    if (type.kind() != TypeKind::Module) continue;
    const auto source = session_.SourceAt(UnitId(type.subject()));
    if (!source) continue;
    const Source& module = session_.sources[*source];
    const Scope& scope = (*module.scopes)[module.scopes->module_scope()];
    for (uint32_t slot = 0; slot < scope.symbols.size(); ++slot) {
      Escape(Read(CellKey(CellKind::Slot, module.first_frame, slot)));
    }
  }
}

// The same of this one, and of what is bound in functions here.
void Evaluator::EscapeNames(bool of_frames) {
  EscapeModules(Value::Of(Type(TypeKind::Module, source_.unit.value())));
  for (const Active* active = active_; active && of_frames; active = active->outer) {
    for (const Value& value : active->versions) Escape(value);
  }
}

// Adds one after the other: the stub does not say what the sum of two lists holds.
std::optional<Value> Evaluator::CallSum(NodeId id, const Arguments& arguments) {
  constexpr int kMaxAdditions = 4;
  const auto& given = arguments.positional;
  const bool named = arguments.keywords.size() == 1 && given.size() == 1;
  if (given.empty() || given.size() > 2 || arguments.double_star || given[0].starred ||
      given.back().starred || (!arguments.keywords.empty() && !named)) {
    return std::nullopt;
  }
  const Value items = ItemsOf(id, given[0].value);
  Value sum = named              ? arguments.keywords[0].value
              : given.size() > 1 ? given[1].value
                                 : Of(decls().known.int_type);
  for (int additions = 0; additions < kMaxAdditions; ++additions) {
    const Value added = Binary(id, Operator::Add, sum, items, false);
    const Value before = sum;
    JoinAndEscape(sum, added);
    if (sum == before) return sum;
  }
  sum.Join(UnknownAt(CauseCode::Limit, id));
  return sum;
}

// The stub says that a tuple comes of it, to tell the results apart; it is a list.
Value Evaluator::CallGather(NodeId id, FunctionId function, const Arguments& arguments) {
  constexpr uint32_t kList = Session::kPartsOfPurpose - 1;
  constexpr uint32_t kFuture = kList - 1;
  const Value declared = CallStub(id, function, std::nullopt, arguments);
  Value items;
  for (const Arguments::Positional& argument : arguments.positional) {
    JoinAndEscape(items, Await(id, argument.value));
  }
  // Exceptions are results where that is asked for.
  if (!arguments.keywords.empty() || arguments.double_star) {
    items.Join(UnknownAt(CauseCode::UnknownResult, id));
  }
  const Type list = InstanceAt(id, decls().known.list, kList);
  PostContent(list.detail(), 0, items);
  Value result = declared.Filter([](Type type) { return !type.has_detail(); });
  for (Type type : declared.types()) {
    if (!type.has_detail() || type.kind() != TypeKind::Instance) continue;
    const Type future(TypeKind::Instance, type.subject(), type.exact(), SiteOf(id, kFuture));
    PostContent(future.detail(), 0, Value::Of(list));
    result.Add(future);
  }
  result.Weaken(Provenance::Declared);
  return result;
}

std::optional<Value> Evaluator::CallModelled(NodeId id, FunctionId function,
                                             std::optional<Type> receiver,
                                             const Arguments& arguments) {
  const declarations::Function& declared = decls().functions[function];
  if (declared.in_class) {
    // The stub says that the function stays what it was; it is wrapped, and called by the wrapper.
    if (declared.name == session_.names.call &&
        decls().units[declared.unit].module == "contextlib") {
      arguments.ForEach([&](const Value& value) { Escape(value); });
      Value wrapped = UnknownAt(CauseCode::Decorator, id);
      JoinAndEscape(wrapped, CallStub(id, function, receiver, arguments).WithoutUnknown());
      return wrapped;
    }
    if (receiver && HasFields(ClassId(receiver->subject()))) {
      if (auto made = MakeNamedTuple(id, declared.name, *receiver, arguments)) return made;
    }
    if (declared.name != session_.names.setattr) return std::nullopt;
    // `object.__setattr__(self, "name", value)`, or bound by super().
    const auto& given = arguments.positional;
    if (given.size() != (receiver ? 2u : 3u)) return std::nullopt;
    const Value object = receiver ? Value::Of(*receiver) : given[0].value;
    const std::optional<AttributeName> constant = ConstantName(id, receiver ? 0 : 1, arguments);
    if (constant) {
      StoreAttribute(id, object, *constant, given.back().value);
    } else {
      StoreAnyName(id, object, given.back().value);
    }
    return Of(decls().known.none_type);
  }
  const std::string_view module = decls().units[declared.unit].module;
  const std::string_view name = decls().Text(declared.name);
  if (module == "builtins") {
    const auto& given = arguments.positional;
    // The name is a text whose characters are not followed here.
    if (name == "setattr" && given.size() == 3) {
      for (Type type : given[0].value.types()) AskOne(id, type, session_.names.setattr);
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) {
        StoreAttribute(id, given[0].value, *constant, given[2].value);
      } else {
        StoreAnyName(id, given[0].value, given[2].value);
      }
      return Of(decls().known.none_type);
    }
    if (name == "getattr" && given.size() >= 2) {
      if (const std::optional<AttributeName> constant = ConstantName(id, 1, arguments)) {
        Value value = Attribute(id, given[0].value, *constant);
        if (given.size() == 3) JoinAndEscape(value, given[2].value);
        return value;
      }
      Escape(given[0].value);
      NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      EscapeModules(given[0].value);
      const NamePattern pattern = PatternOf(id, 1);
      for (Type type : given[0].value.types()) OpenMethods(id, type, ClassId(), pattern);
      Value value = UnknownAt(CauseCode::Dynamic, id);
      if (given.size() == 3) JoinAndEscape(value, given[2].value);
      return value;
    }
    if (name == "hasattr" && given.size() == 2) {
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) {
        Attribute(id, given[0].value, *constant);
      } else {
        NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
        const NamePattern pattern = PatternOf(id, 1);
        for (Type type : given[0].value.types()) OpenMethods(id, type, ClassId(), pattern);
      }
      return Of(decls().known.bool_type);
    }
    if (name == "delattr" && given.size() == 2) {
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) DeleteAttribute(id, given[0].value, *constant);
      if (!constant) NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      return Of(decls().known.none_type);
    }
    if (name == "vars" && given.size() == 1) EscapeModules(given[0].value);
    if (name == "vars" && given.size() == 1 && !only_read_) {
      StoreAnyName(id, given[0].value, UnknownAt(CauseCode::Dynamic, id));
    }
    if (name == "sum") return CallSum(id, arguments);
    const bool runs_text = name == "exec" || name == "eval";
    const bool names_all =
        name == "globals" || ((name == "vars" || name == "locals") && given.empty());
    if (runs_text || names_all) EscapeNames(runs_text || name != "globals");
    if ((runs_text && given.size() == 1) || (name == "globals" && !only_read_)) {
      const Type module_type(TypeKind::Module, source_.unit.value());
      StoreAnyName(id, Value::Of(module_type), UnknownAt(CauseCode::Dynamic, id));
    }
    if (runs_text) {
      NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      arguments.ForEach([&](const Value& value) { Escape(value); });
      return UnknownAt(CauseCode::Dynamic, id);
    }
  }
  if (module == "asyncio.tasks" && name == "gather") return CallGather(id, function, arguments);
  if (module == "dataclasses" && name == "field" && session_.classes.field) {
    // The stub says that it gives the default.
    const Type made = InstanceAt(id, session_.classes.field);
    if (!made.has_detail()) return std::nullopt;
    PostContent(made.detail(), 0, CallStub(id, function, receiver, arguments));
    return Value::Of(made);
  }
  if (module == "functools") {
    // The stub says that the result is an object that remembers what is wrapped; it is the wrapper.
    const size_t wrapped = name == "wraps" ? 0 : 1;
    if ((name == "wraps" || name == "update_wrapper") && session_.names.wrapped &&
        arguments.positional.size() > wrapped) {
      // The wrapper has it as an attribute.
      const AttributeName attribute = session_.NameOf(session_.names.wrapped);
      Post(CellKey(CellKind::AnyAttribute, 0, attribute.number),
           arguments.positional[wrapped].value);
    }
    if (name == "update_wrapper" && !arguments.positional.empty()) {
      return arguments.positional[0].value;
    }
    if (name == "wraps" && session_.classes.partial) {
      const SymbolId update = decls().Find("update_wrapper");
      const Meaning meaning = decls().LookupAttribute(declared.unit, update);
      const PurposeScope purpose(*this, Purpose::Made);
      const Type made = InstanceAt(id, session_.classes.partial);
      if (!meaning.Is(MeaningKind::Function) || !made.has_detail()) return std::nullopt;
      PostContent(made.detail(), kPartialFunction,
                  Value::Of(Type(TypeKind::Stub, meaning.function_id().value())));
      return Value::Of(made);
    }
  }
  // Gives back what it was given, whatever it is said to be.
  if (module == "typing" && name == "cast" && arguments.positional.size() == 2 &&
      !arguments.positional[1].value.unknown()) {
    return arguments.positional[1].value;
  }
  return std::nullopt;
}

}  // namespace unspool::semantics::types
