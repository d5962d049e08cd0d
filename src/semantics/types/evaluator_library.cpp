// What library code calls back: methods of what it is given, by what its parameters are declared to
// be; what it was given before, from the objects that keep it; and what a class of the program has
// in the place of a library method. As with all special methods, and whatever stands for something
// in a library class, it is enough to note them.
#include "semantics/types/evaluator.h"
#include "syntax/constants.h"

#include <algorithm>

namespace unspool::semantics::types {

using declarations::DeclType;
using declarations::DeclTypeKind;
using declarations::MeaningKind;
using declarations::MemberHit;
using syntax::NodeId;
using syntax::NodeKind;

namespace {

// Where an object of the library keeps what it may call later, among the contents of its site, but
// behind those that escape with it: nobody gets at a container by an iterator over it. And where a
// functools.partial keeps its function (evaluator_models.cpp).
constexpr uint32_t kHeld = Type::kNoArity + 1;
constexpr uint32_t kHeldByPartial = 50;
constexpr int kMaxPassed = 4;

}  // namespace

// Whether an object is one of the library that may keep what it is given and call it later: map,
// zip, defaultdict, ExitStack. Built-in collections only keep.
bool Evaluator::HoldsCallbacks(Type type) const {
  if (type.kind() != TypeKind::Instance || type.positional()) return false;
  const ClassId cls(type.subject());
  if (IsOfProgram(cls) || cls == session_.classes.generator || cls == session_.classes.coroutine ||
      cls == session_.classes.async_generator) {
    return false;
  }
  const bool is_builtin = decls().units[decls().classes[cls].unit].module == "builtins";
  if (!type.has_detail()) return !is_builtin;
  return !is_builtin || !IsSubclass(cls, session_.classes.collection);
}

// Where it keeps that: with its own contents, or, of objects that are not told apart, by class.
CellKey Evaluator::HeldBy(Type holder) const {
  return holder.has_detail() ? CellKey(CellKind::Content, holder.detail(), kHeld)
                             : CellKey(CellKind::Held, holder.subject());
}

void Evaluator::HoldCallbacks(const Value& result, std::optional<Type> receiver,
                              const std::vector<std::pair<DeclTypeId, Value>>& passed) {
  auto hold_in = [&](Type holder) {
    if (!HoldsCallbacks(holder)) return;
    for (const auto& [declared, value] : passed) {
      const Value held = value.Filter([&](Type type) {
        if (type == holder) return false;
        if (type.kind() == TypeKind::Frame) return true;
        const bool is_class = type.kind() == TypeKind::Class;
        if (!is_class && type.kind() != TypeKind::Instance) return false;
        return IsOfProgram(ClassId(type.subject())) || (!is_class && type.has_detail());
      });
      // Of objects that are not told apart, one that was given something unknown says nothing.
      Post(HeldBy(holder), holder.has_detail() ? held : held.WithoutUnknown());
    }
  };
  for (Type type : result.types()) hold_in(type);
  if (!receiver || receiver->kind() != TypeKind::Instance) return;
  hold_in(*receiver);
  HoldOrigin(result, *receiver);
  // What such a function is given, the object may call as well: `@dispatcher.register(int)`.
  const bool gives_function = std::ranges::any_of(
      result.types(), [](Type type) { return type.kind() == TypeKind::Callable; });
  if (gives_function && receiver->has_detail() && HoldsCallbacks(*receiver)) {
    Post(HeldBy(*receiver), Value::Unknown(Cause(CauseCode::UnknownCall, 0, 0)));
  }
}

// What an object gives may run what the object itself may run: the groups of a groupby, the views
// of a mapping.
void Evaluator::HoldOrigin(const Value& given, Type origin, bool inside) {
  if (!HoldsCallbacks(origin) && !IsOfProgram(ClassOf(origin))) return;
  for (Type type : given.types()) {
    if (type.positional()) {
      for (uint32_t index = 0; index < type.arity() && !inside; ++index) {
        HoldOrigin(Read(CellKey(CellKind::Content, type.detail(), index)), origin, true);
      }
    } else if (type != origin && HoldsCallbacks(type)) {
      Post(HeldBy(type), Value::Of(origin));
    }
  }
}

// `-> F` of a function that was passed does not say that it comes back as it is: an object that
// runs code of the program may have put that around it (ContextDecorator).
bool Evaluator::MayWrap(std::optional<Type> receiver,
                        const std::vector<std::pair<DeclTypeId, Value>>& passed,
                        const Value& result) const {
  if (!receiver || receiver->kind() != TypeKind::Instance) return false;
  const bool runs_program =
      IsOfProgram(ClassOf(*receiver)) || (receiver->has_detail() && HoldsCallbacks(*receiver));
  if (!runs_program) return false;
  return std::ranges::any_of(passed, [&](const auto& argument) {
    const DeclTypeId declared = argument.first;
    if (!declared || decls().types[declared].kind != DeclTypeKind::TypeVar) return false;
    return std::ranges::any_of(argument.second.types(), [&](Type type) {
      return type.kind() == TypeKind::Frame && result.Has(type);
    });
  });
}

// What using an object of the library may run.
void Evaluator::AskHeld(NodeId id, Type library_object, int depth) {
  if (!recording_ || depth > kMaxPassed || !HoldsCallbacks(library_object)) return;
  std::vector<Value> all = {Read(HeldBy(library_object))};
  if (library_object.has_detail()) {
    all = {Content(library_object.detail(), kHeld, id),
           Content(library_object.detail(), kHeldByPartial, id)};
  }
  for (const Value& held : all) {
    for (Type type : held.types()) {
      if (type.kind() == TypeKind::Frame || type.kind() == TypeKind::Class) {
        NoteMaking(id, type);
      } else if (HoldsCallbacks(type)) {
        AskHeld(id, type, depth + 1);
      } else {
        AskType(id, type, Questions::kAny, depth);
      }
    }
    if (held.unknown()) NoteUnknown(id, held.cause());
  }
}

// A function, or a class with what makes and initialises its instances.
void Evaluator::NoteMaking(NodeId id, Type callee) {
  if (callee.kind() == TypeKind::Frame) return NoteCall(id, callee);
  if (callee.kind() != TypeKind::Class) return;
  const ClassId cls(callee.subject());
  bool of_program = false;
  for (SymbolId name : {session_.names.new_, session_.names.init}) {
    const MemberHit hit = name ? decls().LookupMember(cls, name) : MemberHit();
    if (hit.kind == MemberHit::Kind::Unknown) NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
    if (hit.kind != MemberHit::Kind::Found || !IsOfProgram(hit.owner)) continue;
    of_program = true;
    NoteMember(id, decls().names[hit.name], hit.owner);
  }
  if (!of_program && IsOfProgram(cls)) NoteCall(id, callee);
}

void Evaluator::AskByLibrary(NodeId id, FunctionId function, std::optional<Type> receiver,
                             const std::vector<std::pair<DeclTypeId, Value>>& passed) {
  if (!recording_) return;
  const std::optional<Questions> asked = AskedBy(decls(), function);
  if (!asked && !session_.IsKnown(function)) {
    NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
  }
  const Questions questions =
      session_.LeavesAlone(function) ? Questions() : asked.value_or(Questions(Questions::kAny));
  for (const auto& [declared, value] : passed) AskPassed(id, declared, value, questions, 0);
  const declarations::Function& declared = decls().functions[function];
  const bool unbound = !receiver && declared.in_class && !passed.empty() &&
                       declared.kind == declarations::FunctionKind::Instance;
  if (unbound) {
    for (Type type : passed[0].second.types()) AskReceiver(id, function, type);
  }
  if (!receiver) return;
  if (questions.Has(Questions::kFormat)) AskFields(id, function, passed);
  AskReceiver(id, function, *receiver);
  AskContents(id, function, *receiver, questions, !passed.empty());
}

// What a method asks of what its object holds.
void Evaluator::AskContents(NodeId id, FunctionId function, Type receiver, Questions questions,
                            bool has_arguments) {
  const SymbolId name = decls().functions[function].name;
  // What is being made holds what was passed, and has been asked as such.
  if (name == session_.names.init || name == session_.names.new_) return;
  const auto params = decls().ParamsOf(function);
  if (!params.empty() && params[0].annotation) {
    AskPassed(id, params[0].annotation.type, Value::Of(receiver), questions, 0);
  }
  const bool asks = has_arguments || questions.Has(Questions::kOrder) ||
                    questions.Has(Questions::kText) || questions.Has(Questions::kRepresentation);
  const Questions of_items = questions.OfItems();
  if (!asks || of_items.empty() || receiver.kind() != TypeKind::Instance) return;
  const ClassId cls(receiver.subject());
  if (IsSubclass(cls, decls().known.dict)) {
    // Only equality of dicts goes to the values.
    const Value keys = BaseArgument(id, receiver, decls().known.dict, 0);
    for (Type key : keys.types()) AskType(id, key, of_items, 1);
    if (keys.unknown()) NoteUnknown(id, keys.cause());
    const std::string_view text = decls().Text(name);
    if (text != "__eq__" && text != "__ne__") return;
  }
  if (!IsOfProgram(cls)) AskType(id, receiver, of_items, 0);
}

// `"{0.name}".format(object)` reads attributes and items by names in the text.
void Evaluator::AskFields(NodeId id, FunctionId function,
                          const std::vector<std::pair<DeclTypeId, Value>>& passed) {
  if (decls().Text(decls().functions[function].name) != "format") return;
  const bool of_program = std::ranges::any_of(passed, [&](const auto& argument) {
    return std::ranges::any_of(argument.second.types(),
                               [&](Type type) { return IsOfProgram(ClassOf(type)); });
  });
  if (!of_program) return;
  std::optional<std::string> text;
  if (tree().kind(id) == NodeKind::Call) {
    const NodeId callee = syntax::CallView(tree(), id).func();
    if (tree().kind(callee) == NodeKind::Attribute) {
      text = syntax::StringOf(tree(), syntax::AttributeView(tree(), callee).value());
    }
  }
  // A field is `{`, a name, and perhaps parts of what the name stands for.
  for (size_t at = 0; text && at < text->size(); ++at) {
    if ((*text)[at] != '{') continue;
    const size_t end = text->find_first_of("}:!", at);
    if (text->substr(at, end - at).find_first_of(".[") != std::string::npos) text.reset();
  }
  if (!text) NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
}

// What a function may ask of an argument: the methods of the class that is declared for it, and,
// where that is any object, `questions`.
void Evaluator::AskPassed(NodeId id, DeclTypeId declared, const Value& value, Questions questions,
                          int depth) {
  if (depth > kMaxPassed) return;
  for (Type type : value.types()) AskPassedType(id, declared, type, questions, depth);
  if (!value.unknown()) return;
  if (!declared || decls().types[declared].kind == DeclTypeKind::Any) {
    if (!questions.empty()) NoteUnknown(id, value.cause());
    return;
  }
  const DeclType& want = decls().types[declared];
  switch (want.kind) {
    case DeclTypeKind::None:
    case DeclTypeKind::Never:
    case DeclTypeKind::Literal:
    case DeclTypeKind::Module:
      return;
    case DeclTypeKind::TypeVar: {
      const declarations::TypeParam& param = decls().type_params[want.type_param_id()];
      if (param.bound)
        return AskPassed(id, param.bound, Value::Unknown(value.cause()), questions, depth + 1);
      if (!questions.empty()) NoteUnknown(id, value.cause());
      return;
    }
    case DeclTypeKind::Union:
      for (DeclTypeId arm : decls().types.Args(declared)) {
        AskPassed(id, arm, Value::Unknown(value.cause()), questions, depth + 1);
      }
      return;
    case DeclTypeKind::Class: {
      const auto& known = decls().known;
      const ClassId cls = want.class_id();
      // What C reads without asking the object.
      const bool read = cls == known.str || cls == known.bytes || cls == known.int_type ||
                        cls == known.float_type || cls == known.bool_type ||
                        cls == known.bytearray || cls == known.complex_type;
      if (!read && (cls != known.object || !questions.empty())) NoteUnknown(id, value.cause());
      return;
    }
    default:
      NoteUnknown(id, value.cause());
      return;
  }
}

void Evaluator::AskPassedType(NodeId id, DeclTypeId declared, Type type, Questions questions,
                              int depth) {
  auto ask_object = [&] {
    AskType(id, type, questions, depth);
    if (!questions.empty()) AskHeld(id, type, 0);
  };
  // Library code that says nothing of what it takes may do anything with it.
  auto ask_anything = [&] {
    ask_object();
    const bool has_class = type.kind() == TypeKind::Class || type.kind() == TypeKind::Instance;
    const bool of_program =
        has_class ? IsOfProgram(ClassId(type.subject())) : type.kind() == TypeKind::Frame;
    if (of_program && questions.Has(Questions::kAny)) {
      NoteUnknown(id, CauseAt(CauseCode::Escaped, id));
    }
  };
  if (!declared) return ask_anything();
  const DeclType& want = decls().types[declared];
  const auto args = decls().types.Args(declared);
  switch (want.kind) {
    case DeclTypeKind::Any:
    case DeclTypeKind::Unknown:
      return ask_anything();
    case DeclTypeKind::TypeVar: {
      const declarations::TypeParam& param = decls().type_params[want.type_param_id()];
      if (param.bound) return AskPassedType(id, param.bound, type, questions, depth + 1);
      return ask_object();
    }
    case DeclTypeKind::Union: {
      bool taken = false;
      for (DeclTypeId arm : args) {
        if (Accepts(arm, type) == Fit::No) continue;
        taken = true;
        AskPassedType(id, arm, type, questions, depth + 1);
      }
      if (!taken) ask_object();
      return;
    }
    case DeclTypeKind::Tuple:
    case DeclTypeKind::Class: {
      const ClassId base = want.kind == DeclTypeKind::Tuple ? decls().known.tuple : want.class_id();
      const ClassId cls = ClassOf(type);
      if (base == decls().known.object || base == decls().known.type || !cls) return ask_object();
      if (cls == decls().known.slice) return;  // its parts were asked where it was made
      const bool is_protocol = decls().classes[base].flags & declarations::kProtocol;
      if (type.kind() != TypeKind::Instance && !is_protocol && !IsSubclass(cls, base)) return;
      AskHeld(id, type, 0);
      NoteProtocol(id, type);
      // Who runs a coroutine runs what else is waiting.
      if (cls == session_.classes.coroutine) NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
      if (IsOfProgram(cls)) AskMembers(id, type, base);
      if (questions.Has(Questions::kItem)) AskType(id, type, Questions::kItem, depth);
      const bool iterates = IsSubclass(base, session_.classes.iterable);
      Value items;
      if (iterates && (IsOfProgram(cls) || !IsSubclass(cls, base))) {
        items = ItemsOf(id, Value::Of(type));
        Ask(id, Value::Of(type), Questions::kLength);
      }
      for (uint32_t index = 0; index < args.size(); ++index) {
        const bool fixed = want.kind == DeclTypeKind::Tuple && type.positional() &&
                           want.tuple_form() == declarations::TupleForm::Fixed;
        const Value inner =
            fixed ? (index < type.arity() ? Content(type.detail(), index, id) : Value())
                  : BaseArgument(id, type, base, want.kind == DeclTypeKind::Tuple ? 0 : index);
        AskPassed(id, args[index], inner, questions, depth + 1);
        if (index == 0) AskPassed(id, args[index], items, questions, depth + 1);
      }
      return;
    }
    case DeclTypeKind::Callable:
      if (questions.empty()) return;
      AskHeld(id, type, 0);
      if (type.kind() == TypeKind::Instance) AskOne(id, type, session_.names.call);
      return NoteMaking(id, type);
    case DeclTypeKind::Type:
      ask_object();
      if (!questions.Has(Questions::kAny)) return;
      NoteMaking(id, type);
      // And its instances are asked.
      if (type.kind() == TypeKind::Class && decls().types[args[0]].kind == DeclTypeKind::Class) {
        AskMembers(id, Type(TypeKind::Instance, type.subject(), type.exact()),
                   decls().types[args[0]].class_id());
      }
      return;
    case DeclTypeKind::None:
    case DeclTypeKind::Never:
    case DeclTypeKind::Literal:
    case DeclTypeKind::Module:
      return;
    default:
      return ask_object();
  }
}

// Methods of the program that stand for those of a library class.
void Evaluator::AskMembers(NodeId id, Type type, ClassId of) {
  const ClassId cls = ClassOf(type);
  auto ask_in = [&](ClassId owner) {
    if (!IsOfProgram(owner)) return;
    for (const declarations::Name& member : decls().MembersOf(owner)) {
      if (member.symbol == session_.names.init || member.symbol == session_.names.new_) continue;
      const bool is_code =
          member.meaning.Is(MeaningKind::Function) || member.meaning.Is(MeaningKind::Property);
      if (member.symbol == session_.names.missing) NoteMember(id, member, owner);
      const MemberHit hit = decls().LookupMember(of, member.symbol);
      if (!is_code || hit.kind != MemberHit::Kind::Found || hit.owner == decls().known.object) {
        continue;
      }
      NoteMember(id, member, owner);
    }
  };
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) ask_in(entry.class_id);
  // functools.total_ordering makes one comparison of another.
  const KnownNames& names = session_.names;
  if (names.lt && decls().LookupMember(of, names.lt).kind == MemberHit::Kind::Found &&
      !AskOne(id, type, names.lt)) {
    for (SymbolId name : {names.gt, names.le, names.ge}) AskOne(id, type, name);
  }
  if (type.exact()) return;
  bool all = true;
  for (ClassId below : ClassesBelow(cls, all)) ask_in(below);
  if (!all) NoteUnknown(id, CauseAt(CauseCode::TooManyTypes, id));
}

// What a library method may run of the object it is called on.
void Evaluator::AskReceiver(NodeId id, FunctionId function, Type receiver) {
  if (!recording_) return;
  const declarations::Function& method = decls().functions[function];
  const ClassId owner = method.in_class;
  const ClassId cls(receiver.subject());
  if (receiver.kind() == TypeKind::Class && method.kind == declarations::FunctionKind::Class &&
      IsOfProgram(cls)) {
    // An alternative maker.
    return NoteMaking(id, receiver);
  }
  if (receiver.kind() != TypeKind::Instance || !owner) return;
  AskHeld(id, receiver, 0);
  const std::string_view called = decls().Text(method.name);
  if ((cls == session_.classes.generator || cls == session_.classes.coroutine ||
       cls == session_.classes.async_generator) &&
      (called == "close" || called == "throw")) {
    // Handed on to what the generator waits for.
    NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
  }
  if (!IsOfProgram(cls)) return;
  const KnownNames& names = session_.names;
  if (owner == decls().known.object) {
    if (called == "__ne__") AskOne(id, receiver, names.eq);
    if (HasFields(cls)) {
      // What a data class has in its place goes to the fields.
      const Questions asked = called == "__eq__" || called == "__ne__" ? Questions::kEqual
                              : called == "__hash__"                   ? Questions::kHash
                              : called == "__repr__" || called == "__str__"
                                  ? Questions::kRepresentation
                                  : Questions();
      AskType(id, receiver, asked, 1);
    }
    if (called == "__str__") AskOne(id, receiver, names.repr);
    if (called == "__format__" && !AskOne(id, receiver, names.str)) {
      AskOne(id, receiver, names.repr);
    }
    if (called.starts_with("__reduce") || called == "__getstate__") AskSpecial(id, receiver);
    return;
  }
  if (called == "__getitem__") AskOne(id, receiver, names.missing);
  // Built-in classes do without what a subclass has in their methods' place.
  if (decls().units[method.unit].module != "builtins") AskMembers(id, receiver, owner);
}

}  // namespace unspool::semantics::types
