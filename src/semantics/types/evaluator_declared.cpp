// Declared types and values: what a declaration lets in, what type parameters stand for, and what a
// declared result may be.
#include "semantics/types/evaluator.h"

#include <algorithm>
#include <utility>

namespace unspool::semantics::types {

using declarations::DeclType;
using declarations::DeclTypeKind;
using declarations::TupleForm;
using declarations::TypeParamId;

const Value* Bindings::Find(TypeParamId param) const {
  for (const auto& [id, value] : params) {
    if (id == param) return &value;
  }
  return nullptr;
}

void Bindings::Join(TypeParamId param, const Value& value, std::vector<Type>* dropped) {
  for (auto& [id, bound] : params) {
    if (id == param) {
      bound.Join(value, dropped);
      return;
    }
  }
  params.emplace_back(param, value);
}

// What the type parameters of the class that declares a member stand for in an instance.
Bindings Evaluator::BindingsOf(NodeId id, Type instance, ClassId owner) {
  Bindings bindings;
  const auto params = decls().TypeParamsOf(owner);
  for (uint32_t index = 0; index < params.size(); ++index) {
    bindings.params.emplace_back(params[index], BaseArgument(id, instance, owner, index));
  }
  return bindings;
}

// What the object holds under a parameter of its own class.
Value Evaluator::TypeArgument(NodeId id, Type instance, uint32_t index) {
  if (!instance.has_detail()) return UnknownAt(CauseCode::UnknownItem, id);
  if (instance.positional()) {
    Value items;
    for (uint32_t position = 0; position < instance.arity(); ++position) {
      JoinAndEscape(items, Content(instance.detail(), position, id));
    }
    return items;
  }
  return Content(instance.detail(), index, id);
}

// The same under a parameter of a base class. Empty where it is no base.
Value Evaluator::BaseArgument(NodeId id, Type instance, ClassId base, uint32_t index) {
  if (instance.kind() != TypeKind::Instance || !base) return Value();
  const ClassId cls(instance.subject());
  if (cls == base) return TypeArgument(id, instance, index);
  if (!IsSubclass(cls, base)) return Value();
  const auto args = decls().ArgumentsOf(cls, base);
  if (index >= args.size()) return Value();
  const PurposeScope purpose(*this, Purpose::Base);
  Bindings own;
  const auto params = decls().TypeParamsOf(cls);
  for (uint32_t place = 0; place < params.size(); ++place) {
    own.params.emplace_back(params[place], TypeArgument(id, instance, place));
  }
  own.self = Value::Of(instance);
  return FromDeclared(id, args[index], own);
}

bool Evaluator::Mentions(DeclTypeId type, TypeParamId param, int depth) const {
  const DeclType& what = decls().types[type];
  if (!what.has_params || depth > kMaxNesting) return false;
  if (what.kind == DeclTypeKind::TypeVar) return what.type_param_id() == param;
  for (DeclTypeId arg : decls().types.Args(type)) {
    if (Mentions(arg, param, depth + 1)) return true;
  }
  return false;
}

// Whether objects of a class can be given, after they were made, what its parameter stands for.
// What is read-only (Iterable, Sequence) holds nothing else for being passed to a function.
bool Evaluator::TakesIn(ClassId cls, uint32_t index) const {
  const auto args_of = decls().MroOf(cls);
  const TypeParamId param = decls().TypeParamsOf(cls)[index];
  for (const declarations::MroEntry& entry : args_of) {
    const auto params = decls().TypeParamsOf(entry.class_id);
    for (uint32_t place = 0; place < params.size(); ++place) {
      const bool same = entry.class_id == cls
                            ? place == index
                            : place < entry.args.count &&
                                  Mentions(decls().type_lists[entry.args.begin + place], param, 0);
      if (!same) continue;
      for (const declarations::Name& member : decls().MembersOf(entry.class_id)) {
        if (!member.meaning.Is(declarations::MeaningKind::Function)) continue;
        if (member.symbol == session_.names.init || member.symbol == session_.names.new_) continue;
        for (const declarations::Parameter& parameter :
             decls().ParamsOf(member.meaning.function_id())) {
          if (parameter.annotation && Mentions(parameter.annotation.type, params[place], 0)) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

// ---- what type parameters stand for ----

void Evaluator::Unify(NodeId id, DeclTypeId declared, const Value& value, Bindings& bindings,
                      int depth) {
  if (value.empty() || depth > kMaxNesting) return;
  const DeclType& want = decls().types[declared];
  if (!want.has_params && want.kind != DeclTypeKind::Callable) return;
  const auto args = decls().types.Args(declared);
  switch (want.kind) {
    case DeclTypeKind::TypeVar: {
      const declarations::TypeParam& param = decls().type_params[want.type_param_id()];
      std::vector<Type> dropped;
      bindings.Join(want.type_param_id(),
                    param.constraints.count > 0 ? Constrained(id, param, value) : value, &dropped);
      for (Type type : dropped) out_.Escape(type);
      return;
    }
    case DeclTypeKind::Union: {
      // A type goes to the alternatives that say what it is; to a bare parameter goes the rest.
      Value rest;
      rest.Join(Value::Unknown(value.cause()));
      if (!value.unknown()) rest = Value();
      for (Type type : value.types()) {
        bool taken = false;
        for (DeclTypeId alternative : args) {
          if (decls().types[alternative].kind == DeclTypeKind::TypeVar) continue;
          if (Accepts(alternative, type) == Fit::No) continue;
          taken = true;
          Unify(id, alternative, Value::Of(type), bindings, depth + 1);
        }
        if (!taken) rest.Add(type);
      }
      for (DeclTypeId alternative : args) {
        if (decls().types[alternative].kind == DeclTypeKind::TypeVar || value.unknown()) {
          Unify(id, alternative, rest, bindings, depth + 1);
        }
      }
      return;
    }
    case DeclTypeKind::Class: {
      const ClassId base = want.class_id();
      if (value.unknown()) {
        for (DeclTypeId arg : args) {
          Unify(id, arg, UnknownAt(CauseCode::UnknownItem, id), bindings, depth + 1);
        }
      }
      for (Type type : value.types()) {
        const ClassId cls(type.kind() == TypeKind::Instance ? ClassId(type.subject()) : ClassId());
        if (cls && IsSubclass(cls, base)) {
          for (uint32_t index = 0; index < args.size(); ++index) {
            Unify(id, args[index], BaseArgument(id, type, base, index), bindings, depth + 1);
          }
          continue;
        }
        if (!(decls().classes[base].flags & declarations::kProtocol)) continue;
        // By shape: what its methods, or a metaclass's, give binds the protocol's parameters.
        const Bindings shape = ShapeOf(id, base, type);
        const auto params = decls().TypeParamsOf(base);
        for (uint32_t index = 0; index < args.size() && index < params.size(); ++index) {
          const Value* bound = shape.Find(params[index]);
          if (bound) Unify(id, args[index], *bound, bindings, depth + 1);
        }
      }
      return;
    }
    case DeclTypeKind::Tuple:
      for (Type type : value.types()) {
        if (type.kind() != TypeKind::Instance) continue;
        const bool fixed = want.tuple_form() == TupleForm::Fixed;
        for (uint32_t index = 0; index < args.size(); ++index) {
          const Value item = fixed && type.positional() && index < type.arity()
                                 ? Content(type.detail(), index, id)
                                 : BaseArgument(id, type, decls().known.tuple, 0);
          Unify(id, args[index], item, bindings, depth + 1);
        }
      }
      if (value.unknown()) {
        for (DeclTypeId arg : args) {
          Unify(id, arg, UnknownAt(CauseCode::UnknownItem, id), bindings, depth + 1);
        }
      }
      return;
    case DeclTypeKind::Type:
      for (Type type : value.types()) {
        if (type.kind() == TypeKind::Class) {
          Unify(id, args[0], Value::Of(Type(TypeKind::Instance, type.subject(), type.exact())),
                bindings, depth + 1);
        } else {
          Unify(id, args[0], UnknownAt(CauseCode::UnknownItem, id), bindings, depth + 1);
        }
      }
      if (value.unknown()) {
        Unify(id, args[0], UnknownAt(CauseCode::UnknownItem, id), bindings, depth + 1);
      }
      return;
    case DeclTypeKind::Callable: {
      if (args.empty()) return;
      Arguments arguments;
      const auto form = want.callable_form();
      if (form == declarations::CallableForm::List) {
        for (size_t index = 0; index + 1 < args.size(); ++index) {
          arguments.positional.push_back({FromDeclared(id, args[index], bindings), false});
        }
      } else {
        arguments.positional.push_back({UnknownAt(CauseCode::UnknownParameter, id), true});
        arguments.double_star = UnknownAt(CauseCode::UnknownParameter, id);
      }
      const PurposeScope purpose(*this, Purpose::Callback);
      Value result;
      for (Type type : value.types()) JoinAndEscape(result, CallType(id, type, arguments));
      if (value.unknown()) result.Join(UnknownAt(CauseCode::UnknownResult, id));
      Unify(id, args.back(), result, bindings, depth + 1);
      return;
    }
    default:
      return;
  }
}

// Binds what the arguments say of type parameters. Callbacks are called with what the other
// arguments have bound, and again while what they give goes into what they are called with.
void Evaluator::UnifyAll(NodeId id, std::span<const std::pair<DeclTypeId, Value>> passed,
                         Bindings& bindings) {
  constexpr int kMaxCalls = 4;
  auto is_callback = [&](DeclTypeId type) {
    return decls().types[type].kind == declarations::DeclTypeKind::Callable;
  };
  for (const auto& [type, value] : passed) {
    if (type && !is_callback(type)) Unify(id, type, value, bindings, 0);
  }
  for (const auto& [type, value] : passed) {
    if (!type || !is_callback(type)) continue;
    const auto args = decls().types.Args(type);
    for (int calls = 1;; ++calls) {
      const Bindings before = bindings;
      Unify(id, type, value, bindings, 0);
      bool grew = false;
      for (auto& [param, bound] : bindings.params) {
        const Value* was = before.Find(param);
        if (!was || *was == bound) continue;
        const bool given = std::ranges::any_of(
            args.first(args.empty() ? 0 : args.size() - 1),
            [&, asked = param](DeclTypeId arg) { return Mentions(arg, asked, 0); });
        if (given && calls == kMaxCalls) JoinAndEscape(bound, UnknownAt(CauseCode::Limit, id));
        grew |= given;
      }
      if (!grew || calls == kMaxCalls) break;
    }
  }
}

// Under a parameter that stands for one of several classes, another class stands for the one that
// takes it: the mean of ints is a float.
Value Evaluator::Constrained(NodeId id, const declarations::TypeParam& param, const Value& value) {
  const auto choices = Declarations::Span(decls().type_lists, param.constraints);
  Value bound = value;
  for (Type type : value.types()) {
    auto is_it = [&](DeclTypeId choice) {
      const DeclType& want = decls().types[choice];
      return want.kind == DeclTypeKind::Class && type.kind() == TypeKind::Instance &&
             want.class_id() == ClassId(type.subject());
    };
    if (std::ranges::any_of(choices, is_it)) continue;
    for (DeclTypeId choice : choices) {
      if (Accepts(choice, type) == Fit::No) continue;
      JoinAndEscape(bound, FromDeclared(id, choice, Bindings()));
      break;
    }
  }
  return bound;
}

// What the methods of a type say that a protocol's parameters stand for. Protocols speak of each
// other (an iterator is iterable), and so do objects: what is asked again on the way adds nothing,
// and what was answered at this place is kept.
Bindings Evaluator::ShapeOf(NodeId id, ClassId protocol, Type type) {
  const ShapeKey key{id.value(), static_cast<uint32_t>(purpose_), protocol.value(), type.bits()};
  const auto known = shapes_.find(key);
  if (known != shapes_.end()) return known->second;
  if (std::ranges::find(shaping_, key) != shaping_.end()) {
    shape_cut_ = true;
    return {};
  }
  Bindings shape;
  if (shaping_.size() == kMaxShapes) {
    shape_cut_ = true;
    for (declarations::TypeParamId param : decls().TypeParamsOf(protocol)) {
      shape.Join(param, UnknownAt(CauseCode::Limit, id), nullptr);
    }
    return shape;
  }
  const bool outer_cut = std::exchange(shape_cut_, false);
  shaping_.push_back(key);
  for (const declarations::Name& member : decls().MembersOf(protocol)) {
    if (!member.meaning.Is(declarations::MeaningKind::Function)) continue;
    const declarations::Function& method = decls().functions[member.meaning.function_id()];
    if (!method.returns.type || !decls().types[method.returns.type].has_params) continue;
    if (method.params.count > 1) {
      // What it gives may depend on what it is asked with.
      for (declarations::TypeParamId param : decls().TypeParamsOf(protocol)) {
        shape.Join(param, UnknownAt(CauseCode::UnknownItem, id), nullptr);
      }
      continue;
    }
    Value given;
    CallSpecial(id, Value::Of(type), member.symbol, {}, given);
    Unify(id, method.returns.type, given, shape, 0);
  }
  shaping_.pop_back();
  // An answer that leaves out what is being asked further up is good for that question only.
  if (!shape_cut_ || shaping_.empty()) shapes_.emplace(key, shape);
  shape_cut_ = !shaping_.empty() && (shape_cut_ || outer_cut);
  return shape;
}

// Parameters about which an argument will say something, though nothing has come there yet.
void Evaluator::Mention(DeclTypeId declared, Bindings& bindings, int depth) const {
  const DeclType& type = decls().types[declared];
  if (!type.has_params || depth > kMaxNesting) return;
  if (type.kind == DeclTypeKind::TypeVar) {
    bindings.Join(type.type_param_id(), Value(), nullptr);
    return;
  }
  for (DeclTypeId arg : decls().types.Args(declared)) Mention(arg, bindings, depth + 1);
}

// Objects that a function was given may hold from now on what their type parameters stand for.
void Evaluator::FlowBack(DeclTypeId declared, const Value& value, const Bindings& bindings,
                         int depth) {
  const DeclType& want = decls().types[declared];
  if (depth > kMaxNesting || !want.has_params) return;
  const auto args = decls().types.Args(declared);
  if (want.kind == DeclTypeKind::Union) {
    for (DeclTypeId alternative : args) FlowBack(alternative, value, bindings, depth + 1);
    return;
  }
  if (want.kind != DeclTypeKind::Class) return;
  const size_t wanted_params = decls().TypeParamsOf(want.class_id()).size();
  for (Type type : value.types()) {
    if (type.kind() != TypeKind::Instance || !type.has_detail() || type.positional()) continue;
    const ClassId cls(type.subject());
    if (!IsSubclass(cls, want.class_id())) continue;
    for (uint32_t index = 0; index < args.size(); ++index) {
      if (decls().types[args[index]].kind != DeclTypeKind::TypeVar) continue;
      const Value* bound = bindings.Find(decls().types[args[index]].type_param_id());
      if (!bound || index >= wanted_params || !TakesIn(want.class_id(), index)) continue;
      HoldUnder(type, want.class_id(), index, *bound);
    }
  }
}

// ---- what a declared type may be ----

Value Evaluator::FromDeclared(NodeId id, DeclTypeId declared, const Bindings& bindings) {
  uint32_t part = 0;
  Value value = FromDeclared(id, declared, bindings, part, 0);
  return value;
}

// The same of an annotation in the program, or of what it stands for: who says float takes ints.
Value Evaluator::FromAnnotation(NodeId id, DeclTypeId declared) {
  promotes_ = true;
  Value value = FromDeclared(id, declared, Bindings());
  promotes_ = false;
  return value;
}

// Each object that the type describes gets a site of its own: part `part` of the node.
Value Evaluator::FromDeclared(NodeId id, DeclTypeId declared, const Bindings& bindings,
                              uint32_t& part, int depth) {
  if (depth > kMaxNesting) return UnknownAt(CauseCode::Limit, id);
  const DeclType& type = decls().types[declared];
  const auto args = decls().types.Args(declared);
  const auto& known = decls().known;
  Value value;
  switch (type.kind) {
    case DeclTypeKind::Any:
      return UnknownAt(CauseCode::DeclaredAny, id);
    case DeclTypeKind::Unknown:
      return UnknownAt(CauseCode::Annotation, id);
    case DeclTypeKind::None:
      return Of(known.none_type);
    case DeclTypeKind::Never:
      return Value();
    case DeclTypeKind::Class: {
      const ClassId cls = type.class_id();
      if (cls == known.object) return UnknownAt(CauseCode::DeclaredAny, id);
      const bool exact = decls().classes[cls].flags & declarations::kFinalClass;
      const Type made = InstanceAt(id, cls, part++, exact);
      if (made.has_detail()) {
        for (uint32_t index = 0; index < args.size(); ++index) {
          PostContent(made.detail(), index,
                      FromDeclared(id, args[index], bindings, part, depth + 1));
        }
        if (args.empty()) {
          for (uint32_t index = 0; index < decls().TypeParamsOf(cls).size(); ++index) {
            PostContent(made.detail(), index, UnknownAt(CauseCode::DeclaredAny, id));
          }
        }
      }
      value = Value::Of(made);
      if (promotes_ && (cls == known.float_type || cls == known.complex_type)) {
        value.Add(Instance(known.int_type, false));
        if (cls == known.complex_type) value.Add(Instance(known.float_type, false));
      }
      break;
    }
    case DeclTypeKind::Tuple: {
      if (part >= Session::kPartsOfPurpose) return Of(known.tuple, false);
      const uint32_t site = SiteOf(id, part++);
      const bool fixed = type.tuple_form() == TupleForm::Fixed && args.size() < Type::kNoArity;
      for (DeclTypeId arg : args) {
        if (decls().types[arg].kind == DeclTypeKind::Unpack) {
          PostContent(site, 0, UnknownAt(CauseCode::Annotation, id));
          return Value::Of(Type(TypeKind::Instance, known.tuple.value(), false, site),
                           Provenance::Declared);
        }
      }
      for (uint32_t index = 0; index < args.size(); ++index) {
        PostContent(site, fixed ? index : 0,
                    FromDeclared(id, args[index], bindings, part, depth + 1));
      }
      value = Value::Of(Type(TypeKind::Instance, known.tuple.value(), false, site,
                             fixed ? static_cast<uint32_t>(args.size()) : Type::kNoArity));
      break;
    }
    case DeclTypeKind::Union:
      for (DeclTypeId alternative : args) {
        JoinAndEscape(value, FromDeclared(id, alternative, bindings, part, depth + 1));
      }
      break;
    case DeclTypeKind::Literal:
      value = Of(decls().types.literal(type.literal_id()).class_id, false);
      break;
    case DeclTypeKind::Callable:
      value = Value::Of(Type(TypeKind::Callable, declared.value()));
      break;
    case DeclTypeKind::Type: {
      const Value of = FromDeclared(id, args[0], bindings, part, depth + 1);
      for (Type instance : of.types()) {
        if (instance.kind() == TypeKind::Instance) {
          value.Add(Type(TypeKind::Class, instance.subject(), instance.exact()));
        } else {
          value.Join(UnknownAt(CauseCode::Annotation, id));
        }
      }
      if (of.unknown()) value.Join(Value::Unknown(of.cause()));
      break;
    }
    case DeclTypeKind::TypeVar: {
      if (const Value* bound = bindings.Find(type.type_param_id())) return *bound;
      // A parameter that no argument tells is what its bound says, at least.
      return UnknownAt(CauseCode::UnknownResult, id);
    }
    case DeclTypeKind::Self:
      if (bindings.self) return *bindings.self;
      return UnknownAt(CauseCode::UnknownResult, id);
    case DeclTypeKind::NewType:
      return FromDeclared(id, args[0], bindings, part, depth + 1);
    case DeclTypeKind::Module:
      value = Value::Of(Type(TypeKind::Module, type.unit_id().value()));
      break;
    default:
      return UnknownAt(CauseCode::Annotation, id);
  }
  value.Weaken(Provenance::Declared);
  return value;
}

}  // namespace unspool::semantics::types
