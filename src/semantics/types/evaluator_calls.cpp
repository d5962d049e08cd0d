// Calls: of functions whose text is there, of classes, of what only a stub describes, and of what
// nobody knows.
#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;
using declarations::FunctionKind;
using declarations::Meaning;
using declarations::MeaningKind;
using declarations::MemberHit;

namespace {

bool IsFunction(Type type) {
  return type.kind() == TypeKind::Frame || type.kind() == TypeKind::Stub;
}

}  // namespace

void Evaluator::NoteCall(NodeId id, Type callee) {
  if (recording_) recorder_->Called(id, id != written_, callee);
}

void Evaluator::NoteUnknown(NodeId id, Cause cause) {
  if (recording_) recorder_->CalledUnknown(id, id != written_, cause);
}

Value Evaluator::Call(NodeId id, const Value& callee, const Arguments& arguments) {
  Value result;
  for (Type type : callee.types()) JoinAndEscape(result, CallType(id, type, arguments));
  if (callee.unknown()) {
    NoteUnknown(id, callee.cause());
    result.Join(UnknownAt(CauseCode::UnknownCall, id));
    arguments.ForEach([&](const Value& value) { Escape(value); });
  }
  result.Weaken(callee.provenance());
  return result;
}

Value Evaluator::CallType(NodeId id, Type callee, const Arguments& arguments) {
  std::optional<Type> receiver;
  if (IsFunction(callee) && callee.has_detail()) {
    receiver = Type::FromBits(session_.receivers[callee.detail()]);
  }
  switch (callee.kind()) {
    case TypeKind::Frame:
      return CallFrame(id, callee.subject(), receiver, arguments);
    case TypeKind::Stub: {
      NoteCall(id, callee);
      if (receiver) NoteProtocol(id, *receiver);
      const ImplicitScope implicit(*this);
      if (auto modelled = CallModelled(id, FunctionId(callee.subject()), receiver, arguments)) {
        return *modelled;
      }
      return CallStub(id, FunctionId(callee.subject()), receiver, arguments);
    }
    case TypeKind::Class:
      return CallClass(id, callee, arguments);
    case TypeKind::Callable:
      NoteUnknown(id, CauseAt(CauseCode::UnknownCall, id));
      arguments.ForEach([&](const Value& value) { Escape(value); });
      return CallDeclared(id, DeclTypeId(callee.subject()), arguments);
    case TypeKind::Instance:
    case TypeKind::Module: {
      if (callee.kind() == TypeKind::Instance && session_.classes.partial &&
          ClassId(callee.subject()) == session_.classes.partial && callee.has_detail()) {
        return CallPartial(id, callee, arguments);
      }
      Value result;
      if (!CallSpecial(id, Value::Of(callee), session_.names.call, arguments, result) &&
          result.empty() && callee.kind() == TypeKind::Instance &&
          decls().classes[ClassId(callee.subject())].mro_state !=
              declarations::MroState::Complete) {
        result.Join(UnknownAt(CauseCode::UnknownBase, id));
      }
      return result;
    }
  }
  return Value();
}

// What a call of a frame gives: for generators and coroutines an object of the frame's own site.
Value Evaluator::ResultOf(uint32_t frame, NodeId id) {
  const FrameInfo& info = session_.frames[frame];
  const Source& source = session_.SourceOf(frame);
  const Scope& scope = (*source.scopes)[info.scope];
  const bool is_async = scope.is_async && scope.kind == ScopeKind::Function;
  const Value returned = Read(CellKey(CellKind::Return, frame));
  if (!scope.is_generator && !is_async) return returned;
  const ClassId cls = !scope.is_generator ? session_.classes.coroutine
                      : is_async          ? session_.classes.async_generator
                                          : session_.classes.generator;
  if (!cls) return UnknownAt(CauseCode::UnknownImport, id);
  const uint32_t site = session_.SiteAt(info.source, scope.node, 0);
  if (scope.is_generator) PostContent(site, 0, Read(CellKey(CellKind::Yield, frame)));
  PostContent(site, 2, returned);
  return Value::Of(Type(TypeKind::Instance, cls.value(), true, site));
}

Value Evaluator::CallFrame(NodeId id, uint32_t frame, std::optional<Type> receiver,
                           const Arguments& arguments) {
  NoteCall(id, Type(TypeKind::Frame, frame, true,
                    receiver ? session_.receivers.Number(receiver->bits()) : Type::kNoDetail));
  PassArguments(frame, receiver ? std::optional<Value>(Value::Of(*receiver)) : std::nullopt,
                arguments);
  return ResultOf(frame, id);
}

// Joins what is passed into the cells of the parameters, by the rules of the language.
void Evaluator::PassArguments(uint32_t frame, std::optional<Value> first, const Arguments& given) {
  const Source& source = session_.SourceOf(frame);
  const NodeId node = (*source.scopes)[session_.frames[frame].scope].node;
  const NodeId arguments_id = source.tree->kind(node) == NodeKind::Lambda
                                  ? LambdaView(*source.tree, node).args()
                                  : FunctionLike(*source.tree, node).args;
  argumentsView arguments(*source.tree, arguments_id);
  struct Slot {
    NameId name;
    bool by_position;
    bool by_name;
  };
  std::vector<Slot> slots;
  for (NodeId arg : arguments.posonlyargs()) {
    slots.push_back({argView(*source.tree, arg).arg(), true, false});
  }
  for (NodeId arg : arguments.args()) {
    slots.push_back({argView(*source.tree, arg).arg(), true, true});
  }
  const uint32_t positional = static_cast<uint32_t>(slots.size());
  const uint32_t rest = positional;  // the index of *args
  if (arguments.vararg()) slots.push_back({NameId(), false, false});
  for (NodeId arg : arguments.kwonlyargs()) {
    slots.push_back({argView(*source.tree, arg).arg(), false, true});
  }
  const uint32_t keywords = static_cast<uint32_t>(slots.size());  // of **kwargs
  auto post = [&](uint32_t index, const Value& value) {
    Post(CellKey(CellKind::Parameter, frame, index), value);
  };
  auto post_rest = [&](const Value& value) {
    if (!arguments.vararg()) return;
    const uint32_t site = session_.SiteAt(session_.frames[frame].source, arguments.vararg(), 0);
    PostContent(site, 0, value);
  };
  if (arguments.vararg()) {
    const uint32_t site = session_.SiteAt(session_.frames[frame].source, arguments.vararg(), 0);
    post(rest, Value::Of(Type(TypeKind::Instance, decls().known.tuple.value(), true, site)));
  }
  std::optional<uint32_t> double_star_site;
  if (arguments.kwarg()) {
    double_star_site = session_.SiteAt(session_.frames[frame].source, arguments.kwarg(), 0);
    post(keywords,
         Value::Of(Type(TypeKind::Instance, decls().known.dict.value(), true, *double_star_site)));
    PostContent(*double_star_site, 0, Of(decls().known.str));
  }
  uint32_t index = 0;
  bool starred = false;
  auto pass = [&](const Value& value, bool is_starred) {
    starred |= is_starred;
    if (starred) {
      // From a starred argument on, each may go to any place behind.
      for (uint32_t place = index; place < positional; ++place) post(place, value);
      post_rest(value);
    } else if (index < positional) {
      post(index++, value);
    } else {
      post_rest(value);
    }
  };
  if (first) pass(*first, false);
  for (const Arguments::Positional& argument : given.positional) {
    pass(argument.value, argument.starred);
  }
  for (const Arguments::Keyword& argument : given.keywords) {
    const std::string_view text = session_.attribute_names.Text(base::NameId(argument.name.number));
    const NameId name = source.tree->names().Find(text);
    bool found = false;
    for (uint32_t place = 0; name && place < slots.size(); ++place) {
      if (slots[place].by_name && slots[place].name == name) {
        post(place, argument.value);
        found = true;
      }
    }
    if (!found && double_star_site) PostContent(*double_star_site, 1, argument.value);
  }
  if (given.double_star) {
    // What has come by position does not come by name.
    for (uint32_t place = index; place < slots.size(); ++place) {
      if (slots[place].by_name) post(place, *given.double_star);
    }
    if (double_star_site) PostContent(*double_star_site, 1, *given.double_star);
  }
}

Value Evaluator::CallClass(NodeId id, Type type, const Arguments& arguments) {
  const PurposeScope purpose(*this, purpose_ == Purpose::Result ? Purpose::Made : purpose_);
  const ClassId cls(type.subject());
  const declarations::Class& declared = decls().classes[cls];
  const auto& known = decls().known;
  if (cls == known.type && arguments.positional.size() == 1 && arguments.keywords.empty()) {
    NoteCall(id, type);
    Value result;
    for (Type of : arguments.positional[0].value.types()) {
      if (of.kind() == TypeKind::Instance) {
        result.Add(Type(TypeKind::Class, of.subject(), of.exact()));
      } else {
        result.Join(UnknownAt(CauseCode::Unsupported, id));
      }
    }
    if (arguments.positional[0].value.unknown())
      result.Join(UnknownAt(CauseCode::UnknownResult, id));
    return result;
  }
  if (declared.flags & declarations::kTypedDict) {
    NoteCall(id, type);
    arguments.ForEach([&](const Value& value) { Escape(value); });
    return Of(known.dict);
  }
  const bool is_enum = declared.flags & declarations::kEnum;
  if (MetaclassMayCall(cls) || is_enum) {
    if (is_enum) {
      NoteCall(id, type);
      bool has_members = false;
      for (const declarations::Name& member : decls().MembersOf(cls)) {
        has_members |= member.meaning.Is(MeaningKind::Variable) &&
                       !decls().Text(member.symbol).starts_with("_");
      }
      AskEnumeration(id, cls, arguments);
      // `Enum("E", "A B")` makes a class.
      return has_members ? Value::Of(Instance(cls, true)) : UnknownAt(CauseCode::Metaclass, id);
    }
    NoteUnknown(id, CauseAt(CauseCode::Metaclass, id));
    arguments.ForEach([&](const Value& value) { Escape(value); });
    Value made = UnknownAt(CauseCode::Metaclass, id);
    made.Add(Instance(cls, false));
    return made;
  }
  if (declared.metaclass && session_.SourceAt(decls().classes[declared.metaclass].unit)) {
    const MemberHit own = decls().LookupMember(declared.metaclass, session_.names.call);
    if (own.kind != MemberHit::Kind::Found || session_.SourceAt(decls().classes[own.owner].unit)) {
      Value result;
      CallSpecial(id, Value::Of(type), session_.names.call, arguments, result);
      if (result.empty()) result.Join(UnknownAt(CauseCode::Metaclass, id));
      return result;
    }
  }
  // Where the program has the text of what makes or initialises it, that is the target.
  auto of_program = [&](SymbolId name) {
    const MemberHit hit = decls().LookupMember(cls, name);
    return hit.kind == MemberHit::Kind::Found &&
           session_.SourceAt(decls().classes[hit.owner].unit).has_value();
  };
  if (!of_program(session_.names.init) && !of_program(session_.names.new_)) NoteCall(id, type);
  if (session_.classes.partial && cls == session_.classes.partial) {
    if (const auto made = MakePartial(id, cls, arguments)) return *made;
  }
  // Who makes it: __new__, where the program has one of its own.
  const MemberHit maker = decls().LookupMember(cls, session_.names.new_);
  const MemberHit initializer = decls().LookupMember(cls, session_.names.init);
  if (maker.kind == MemberHit::Kind::Unknown || initializer.kind == MemberHit::Kind::Unknown) {
    arguments.ForEach([&](const Value& value) { Escape(value); });
    Value made = Value::Of(InstanceAt(id, cls, 0, type.exact()));
    // A base nobody knows may have its own way of making instances.
    if (maker.kind == MemberHit::Kind::Unknown) made.Join(UnknownAt(CauseCode::UnknownBase, id));
    return made;
  }
  Value result;
  const bool own_maker =
      maker.kind == MemberHit::Kind::Found && session_.SourceAt(decls().classes[maker.owner].unit);
  const Type made = InstanceAt(id, cls, 0, type.exact() && !ChoosesSubclass(cls, arguments));
  if (own_maker) {
    const Value function = ClassLevelValue(maker.owner, maker.name);
    for (Type callee : function.types()) {
      if (callee.kind() != TypeKind::Frame) {
        result.Join(UnknownAt(CauseCode::UnknownResult, id));
        continue;
      }
      NoteCall(id, callee);
      PassArguments(callee.subject(), Value::Of(type), arguments);
      JoinAndEscape(result, ResultOf(callee.subject(), id));
    }
    if (function.unknown()) result.Join(Value::Unknown(function.cause()));
    // What nobody knows is mostly what object.__new__ makes.
    if (result.unknown()) result.Add(Instance(cls, false));
  } else {
    result = Value::Of(made);
    // A named tuple has a maker of its own that takes the fields.
    const bool by_fields = maker.owner == known.tuple && HasFields(cls);
    if (maker.kind == MemberHit::Kind::Found && maker.owner != known.object && !by_fields) {
      const Meaning& meaning = decls().names[maker.name].meaning;
      if (meaning.Is(MeaningKind::Function)) {
        const Value given = CallStub(id, meaning.function_id(), made, arguments);
        // reversed() and the like make objects of other classes.
        const bool itself =
            !given.unknown() && given.types().size() == 1 && given.types()[0] == made;
        // Nothing yet is no instance of this class either.
        if (!itself) result = given;
      }
    }
  }
  // Whatever of the class was made is initialised.
  if (initializer.kind == MemberHit::Kind::Found && initializer.owner != known.object) {
    for (Type instance : result.types()) {
      if (instance.kind() != TypeKind::Instance || !IsSubclass(ClassId(instance.subject()), cls)) {
        continue;
      }
      const Value method = Member(id, instance, initializer, false);
      for (Type callee : method.types()) {
        // What a stub describes is part of making the instance.
        if (callee.kind() == TypeKind::Stub) {
          CallStub(id, FunctionId(callee.subject()), instance, arguments);
        } else {
          CallType(id, callee, arguments);
        }
      }
      if (method.unknown()) {
        NoteUnknown(id, method.cause());
        arguments.ForEach([&](const Value& value) { Escape(value); });
      }
    }
  } else if (initializer.kind != MemberHit::Kind::Unknown && HasFields(cls)) {
    InitializeFields(id, made, arguments);
    AskFactories(id, cls);
  }
  // A subclass that nobody names may be meant, and be initialised with the same.
  if (!type.exact()) {
    bool all = true;
    for (ClassId below : ClassesBelow(cls, all)) {
      const declarations::Name* own =
          decls().FindName(decls().classes[below].members, session_.names.init);
      if (!own || !session_.SourceAt(decls().classes[below].unit)) continue;
      const Value function =
          ClassLevelValue(below, static_cast<uint32_t>(own - decls().names.data()));
      for (Type callee : function.types()) {
        if (callee.kind() != TypeKind::Frame) continue;
        NoteCall(id, callee);
        PassArguments(callee.subject(), Value::Of(Instance(below, false)), arguments);
      }
    }
    if (!all) NoteUnknown(id, CauseAt(CauseCode::TooManyTypes, id));
  }
  AddChangedClasses(id, result);
  return result;
}

// The classes of the program below one, to a bound.
std::vector<ClassId> Evaluator::ClassesBelow(ClassId cls, bool& all) const {
  constexpr size_t kMost = 64;
  std::vector<ClassId> found;
  std::set<ClassId> seen = {cls};
  std::vector<ClassId> stack = {cls};
  while (!stack.empty()) {
    const ClassId top = stack.back();
    stack.pop_back();
    for (ClassId below : decls().SubclassesOf(top)) {
      if (!seen.insert(below).second) continue;
      if (found.size() == kMost) {
        all = false;
        return found;
      }
      found.push_back(below);
      stack.push_back(below);
    }
  }
  return found;
}

// A function that only a stub describes: the overloads that the arguments fit are applied.
Value Evaluator::CallStub(NodeId id, FunctionId function, std::optional<Type> receiver,
                          const Arguments& arguments) {
  const ImplicitScope implicit(*this);
  std::vector<FunctionId> overloads(decls().GroupOf(function).begin(),
                                    decls().GroupOf(function).end());
  if (overloads.empty()) overloads.push_back(function);
  Value result;
  bool any = false;
  for (FunctionId overload : overloads) {
    const declarations::Function& declared = decls().functions[overload];
    if (overloads.size() > 1 && !(declared.flags & declarations::kOverload)) continue;
    const bool is_maker = decls().Text(declared.name) == "__new__";
    const bool takes_receiver = receiver && (declared.kind != FunctionKind::Static || is_maker);
    std::vector<std::pair<DeclTypeId, Value>> passed;
    const auto matched = Match(overload, takes_receiver ? 1 : 0, arguments, passed);
    if (!matched || !matched->possible) continue;
    any = true;
    Bindings bindings;
    const bool is_instance = receiver && receiver->kind() == TypeKind::Instance;
    if (is_instance && declared.in_class) bindings = BindingsOf(id, *receiver, declared.in_class);
    if (receiver) {
      const bool exact = receiver->exact() && !ChoosesSubclass(ClassId(receiver->subject()), {});
      bindings.self = is_instance ? Value::Of(*receiver)
                                  : Value::Of(Type(TypeKind::Instance, receiver->subject(), exact));
    }
    if (takes_receiver) {
      const auto params = decls().ParamsOf(overload);
      if (!params.empty() && params[0].annotation) {
        Mention(params[0].annotation.type, bindings, 0);
        Unify(id, params[0].annotation.type, Value::Of(*receiver), bindings, 0);
      }
    }
    for (const auto& [type, value] : passed) {
      if (type) Mention(type, bindings, 0);
    }
    UnifyAll(id, passed, bindings);
    const bool makes = is_maker || declared.name == session_.names.init;
    if (is_instance && declared.in_class && (makes || !session_.StoresNothing(overload))) {
      // What the method was given under the class's own parameters, the object may hold now.
      const auto params = decls().TypeParamsOf(declared.in_class);
      for (uint32_t index = 0; index < params.size(); ++index) {
        const Value* bound = bindings.Find(params[index]);
        if (bound) HoldUnder(*receiver, declared.in_class, index, *bound);
      }
      if (makes) HoldFromTheStart(id, overload, *receiver, bindings);
    }
    // What is sent into a generator is not followed to where it arrives.
    const bool sends = declared.in_class && (declared.in_class == session_.classes.generator ||
                                             declared.in_class == session_.classes.coroutine ||
                                             declared.in_class == session_.classes.async_generator);
    if (sends) arguments.ForEach([&](const Value& value) { Escape(value); });
    if (!session_.StoresNothing(overload)) {
      for (const auto& [type, value] : passed) {
        if (type) FlowBack(type, value, bindings, 0);
        // What is taken as it comes, and no type parameter stands for, may be kept and changed.
        if (!type || !decls().types[type].has_params) {
          Escape(value);
        } else {
          for (Type passed_type : value.types()) {
            if (IsFunction(passed_type)) out_.Escape(passed_type);
          }
          OpenMembers(id, value, type);
        }
      }
    } else {
      // Functions are called with what the declaration says, and with nothing else.
      for (const auto& [type, value] : passed) {
        if (type && decls().types[type].kind == declarations::DeclTypeKind::Callable) continue;
        if (type) OpenMembers(id, value, type);
        for (Type passed_type : value.types()) {
          if (IsFunction(passed_type)) out_.Escape(passed_type);
        }
      }
    }
    if (declared.flags & declarations::kAsync) {
      const Type coroutine = InstanceAt(id, session_.classes.coroutine);
      if (coroutine.has_detail() && declared.returns.type) {
        PostContent(coroutine.detail(), 2, FromDeclared(id, declared.returns.type, bindings));
      }
      JoinAndEscape(result, Value::Of(coroutine));
    } else if (declared.returns.type) {
      JoinAndEscape(result, FromDeclared(id, declared.returns.type, bindings));
    } else {
      result.Join(UnknownAt(CauseCode::UnknownResult, id));
    }
    AskByLibrary(id, overload, receiver, passed);
    HoldCallbacks(result, receiver, passed);
    if (MayWrap(receiver, passed, result)) {
      result.Join(UnknownAt(CauseCode::UnknownResult, id));
    }
    if (matched->certain) break;
  }
  if (!any) {
    // The stub does not let the arguments in; the function may take them all the same.
    NoteUnknown(id, CauseAt(CauseCode::UnknownResult, id));
    result.Join(UnknownAt(CauseCode::UnknownResult, id));
  }
  result.Weaken(Provenance::Declared);
  return result;
}

// The object holds what parameter `index` of a base class stands for, if that is one of its own.
void Evaluator::HoldUnder(Type object, ClassId base, uint32_t index, const Value& value) {
  if (!object.has_detail() || object.positional()) return;
  const ClassId cls(object.subject());
  if (cls == base) return PostContent(object.detail(), index, value);
  const auto own = decls().TypeParamsOf(cls);
  const auto args = decls().ArgumentsOf(cls, base);
  if (index >= args.size()) return;
  const declarations::DeclType& arg = decls().types[args[index]];
  if (arg.kind != declarations::DeclTypeKind::TypeVar) return;
  for (uint32_t place = 0; place < own.size(); ++place) {
    if (own[place] == arg.type_param_id()) PostContent(object.detail(), place, value);
  }
}

// What __init__ or __new__ says of the object beside its arguments: `self: dict[str, V]`, and
// defaults of type parameters that it does not mention.
void Evaluator::HoldFromTheStart(NodeId id, FunctionId maker, Type object,
                                 const Bindings& bindings) {
  const ClassId owner = decls().functions[maker].in_class;
  const auto params = decls().ParamsOf(maker);
  const DeclTypeId self = params.empty() ? DeclTypeId() : params[0].annotation.type;
  const PurposeScope purpose(*this, Purpose::Base);
  uint32_t part = 0;
  if (self && decls().types[self].kind == declarations::DeclTypeKind::Class &&
      decls().types[self].class_id() == owner) {
    const auto args = decls().types.Args(self);
    for (uint32_t index = 0; index < args.size(); ++index) {
      HoldUnder(object, owner, index, FromDeclared(id, args[index], bindings, part, 0));
    }
    return;
  }
  const auto own = decls().TypeParamsOf(owner);
  for (uint32_t index = 0; index < own.size(); ++index) {
    const DeclTypeId otherwise = decls().type_params[own[index]].default_type;
    const bool mentioned = std::ranges::any_of(params, [&](const declarations::Parameter& param) {
      return param.annotation.type && Mentions(param.annotation.type, own[index], 0);
    });
    if (!otherwise || mentioned) continue;
    HoldUnder(object, owner, index, FromDeclared(id, otherwise, bindings, part, 0));
  }
}

// What a parameter takes as a class, the function may call the members of: of an instance of the
// program's own class its methods of those names, with what nobody sees.
void Evaluator::OpenMembers(NodeId id, const Value& value, DeclTypeId declared) {
  const declarations::DeclType& type = decls().types[declared];
  if (type.kind == declarations::DeclTypeKind::Union) {
    for (DeclTypeId arm : decls().types.Args(declared)) OpenMembers(id, value, arm);
    return;
  }
  if (type.kind != declarations::DeclTypeKind::Class) return;
  for (Type passed : value.types()) {
    if (passed.kind() == TypeKind::Instance) OpenMethods(id, passed, type.class_id());
  }
}

// Methods of the program that an object or class has may be called: those with a name that `wanted`
// knows, and where that is none all of them, private ones too.
void Evaluator::OpenMethods(NodeId id, Type type, ClassId wanted, const NamePattern& pattern) {
  if (type.kind() != TypeKind::Instance && type.kind() != TypeKind::Class) return;
  for (const declarations::MroEntry& entry : decls().MroOf(ClassId(type.subject()))) {
    if (!session_.SourceAt(decls().classes[entry.class_id].unit)) continue;
    for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
      if (!member.meaning.Is(MeaningKind::Function)) continue;
      if (wanted && decls().LookupMember(wanted, member.symbol).kind == MemberHit::Kind::Absent) {
        continue;
      }
      if (!pattern.Matches(decls().Text(member.symbol))) continue;
      const auto frame = session_.FrameOf(member.meaning.function_id());
      if (!frame) continue;
      const Value anything = UnknownAt(CauseCode::UnknownParameter, id);
      Post(CellKey(CellKind::Open, *frame), anything);
      if (wanted) continue;
      // Whoever looks it up by a name that is worked out knows no declaration, either.
      Arguments arguments;
      arguments.positional.push_back({anything, true});
      arguments.double_star = anything;
      const FunctionKind kind = decls().functions[member.meaning.function_id()].kind;
      const bool of_class = kind == FunctionKind::Class;
      std::optional<Value> first =
          Value::Of(of_class ? Type(TypeKind::Class, type.subject(), type.exact()) : type);
      if (kind == FunctionKind::Static) first.reset();
      PassArguments(*frame, first, arguments);
    }
  }
}

// Something of which only Callable[...] is known.
Value Evaluator::CallDeclared(NodeId id, DeclTypeId callable, const Arguments&) {
  const auto args = decls().types.Args(callable);
  if (args.empty()) return UnknownAt(CauseCode::UnknownCall, id);
  return FromAnnotation(id, args.back());
}

}  // namespace unspool::semantics::types
