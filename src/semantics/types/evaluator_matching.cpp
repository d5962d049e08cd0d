// What a declaration lets in: types against declared types, arguments against parameters.
#include "semantics/types/evaluator.h"

namespace unspool::semantics::types {

using declarations::DeclType;
using declarations::DeclTypeKind;
using declarations::ParamKind;
using declarations::TupleForm;

Evaluator::Fit Evaluator::Accepts(DeclTypeId declared, Type type) const {
  const DeclType& want = decls().types[declared];
  const auto& known = decls().known;
  auto subclass = [&](ClassId base) {
    if (type.kind() != TypeKind::Instance) {
      return base == known.object ? Fit::Yes : Fit::Maybe;
    }
    const ClassId cls(type.subject());
    const std::optional<bool> is = decls().IsSubclass(cls, base);
    if (is.value_or(false)) return Fit::Yes;
    // An int stands for a float, and both for a complex, where annotations are concerned.
    if ((base == known.float_type || base == known.complex_type) &&
        (IsSubclass(cls, known.int_type) || IsSubclass(cls, known.float_type))) {
      return Fit::Maybe;
    }
    if (decls().classes[base].flags & declarations::kProtocol) {
      for (const declarations::Name& member : decls().MembersOf(base)) {
        const std::string_view name = decls().Text(member.symbol);
        if (name == "__hash__" || name == "__slots__") continue;
        const auto hit = decls().LookupMember(cls, member.symbol);
        if (hit.kind == declarations::MemberHit::Kind::Absent) return Fit::No;
        if (hit.kind == declarations::MemberHit::Kind::Unknown) return Fit::Maybe;
      }
      return Fit::Yes;
    }
    if (!is || !type.exact()) return Fit::Maybe;
    return Fit::No;
  };
  switch (want.kind) {
    case DeclTypeKind::Any:
    case DeclTypeKind::Unknown:
      return Fit::Yes;
    case DeclTypeKind::None:
      if (type.kind() != TypeKind::Instance) return Fit::No;
      return ClassId(type.subject()) == known.none_type ? Fit::Yes : Fit::No;
    case DeclTypeKind::Never:
      return Fit::No;
    case DeclTypeKind::Class: {
      if (type.kind() == TypeKind::Class && want.class_id() == known.type) return Fit::Yes;
      if (type.kind() == TypeKind::Module && want.class_id() == known.module) return Fit::Yes;
      const Fit fit = subclass(want.class_id());
      // What it has to hold is not looked into.
      return fit == Fit::Yes && !HoldsAnything(declared, 0) ? Fit::Maybe : fit;
    }
    case DeclTypeKind::Tuple:
      if (type.kind() != TypeKind::Instance) return Fit::No;
      if (!IsSubclass(ClassId(type.subject()), known.tuple))
        return type.exact() ? Fit::No : Fit::Maybe;
      if (want.tuple_form() == TupleForm::Fixed && type.positional() &&
          decls().types.Args(declared).size() != type.arity()) {
        return Fit::Maybe;
      }
      return Fit::Yes;
    case DeclTypeKind::Union: {
      Fit best = Fit::No;
      for (DeclTypeId alternative : decls().types.Args(declared)) {
        best = std::max(best, Accepts(alternative, type));
      }
      return best;
    }
    case DeclTypeKind::Literal: {
      const ClassId cls = decls().types.literal(want.literal_id()).class_id;
      const Fit fit = subclass(cls);
      return fit == Fit::Yes ? Fit::Maybe : fit;
    }
    case DeclTypeKind::Callable:
      if (type.kind() == TypeKind::Instance) {
        return decls().LookupMember(ClassId(type.subject()), session_.names.call).kind ==
                       declarations::MemberHit::Kind::Absent
                   ? Fit::No
                   : Fit::Yes;
      }
      if (type.kind() == TypeKind::Module) return Fit::No;
      // What it gives is not looked into.
      return decls().types.Args(declared).empty() || !HoldsAnything(declared, 0) ? Fit::Maybe
                                                                                 : Fit::Yes;
    case DeclTypeKind::Type:
      if (type.kind() == TypeKind::Class) return Fit::Yes;
      return type.kind() == TypeKind::Instance && type.exact() ? Fit::No : Fit::Maybe;
    case DeclTypeKind::TypeVar: {
      const declarations::TypeParam& param = decls().type_params[want.type_param_id()];
      if (param.bound) return Accepts(param.bound, type);
      if (param.constraints.count == 0) return Fit::Yes;
      Fit best = Fit::No;
      for (DeclTypeId choice : Declarations::Span(decls().type_lists, param.constraints)) {
        best = std::max(best, Accepts(choice, type));
      }
      return best;
    }
    default:
      return Fit::Maybe;
  }
}

// Whether a declared type lets its objects hold whatever they like.
bool Evaluator::HoldsAnything(DeclTypeId declared, int depth) const {
  if (depth > kMaxNesting) return false;
  for (DeclTypeId arg : decls().types.Args(declared)) {
    const DeclType& type = decls().types[arg];
    switch (type.kind) {
      case DeclTypeKind::Any:
        break;
      case DeclTypeKind::TypeVar: {
        const declarations::TypeParam& param = decls().type_params[type.type_param_id()];
        if (param.bound || param.constraints.count > 0) return false;
        break;
      }
      case DeclTypeKind::Class:
        if (type.class_id() != decls().known.object) return false;
        break;
      case DeclTypeKind::Tuple:
        if (!HoldsAnything(arg, depth + 1)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

Evaluator::Fit Evaluator::AcceptsAll(DeclTypeId declared, const Value& value) const {
  if (value.empty()) return Fit::Maybe;
  bool any = value.unknown();
  bool all = !value.unknown();
  for (Type type : value.types()) {
    const Fit fit = Accepts(declared, type);
    any |= fit != Fit::No;
    all &= fit == Fit::Yes;
  }
  return all ? Fit::Yes : any ? Fit::Maybe : Fit::No;
}

// Whether the arguments fit the parameters behind the first `skip`; what goes where, in `passed`.
std::optional<Evaluator::Matched> Evaluator::Match(
    FunctionId function, size_t skip, const Arguments& arguments,
    std::vector<std::pair<DeclTypeId, Value>>& passed) const {
  const auto params = decls().ParamsOf(function);
  std::vector<bool> filled(params.size());
  Matched matched;
  auto give = [&](size_t index, const Value& value, bool certain) {
    filled[index] = true;
    const DeclTypeId type = params[index].annotation.type;
    passed.emplace_back(type, value);
    if (!type) return;
    const Fit fit = AcceptsAll(type, value);
    if (fit == Fit::No && !value.empty()) matched.possible &= !certain;
    if (fit != Fit::Yes) matched.certain = false;
  };
  size_t next = skip;
  for (size_t index = 0; index < skip && index < params.size(); ++index) filled[index] = true;
  bool starred = false;
  for (const Arguments::Positional& argument : arguments.positional) {
    if (argument.starred) {
      starred = true;
      matched.certain = false;
      for (size_t index = next; index < params.size(); ++index) {
        const ParamKind kind = params[index].kind;
        if (kind == ParamKind::KeywordOnly || kind == ParamKind::VarKeywords) break;
        give(index, argument.value, false);
      }
      continue;
    }
    if (next >= params.size()) {
      if (starred) continue;
      return std::nullopt;
    }
    const ParamKind kind = params[next].kind;
    if (kind == ParamKind::KeywordOnly || kind == ParamKind::VarKeywords) return std::nullopt;
    give(next, argument.value, !starred);
    if (kind != ParamKind::VarArgs) ++next;
  }
  for (const Arguments::Keyword& argument : arguments.keywords) {
    size_t place = params.size();
    size_t rest = params.size();
    for (size_t index = skip; index < params.size(); ++index) {
      const ParamKind kind = params[index].kind;
      if (kind == ParamKind::VarKeywords) rest = index;
      if ((kind == ParamKind::Normal || kind == ParamKind::KeywordOnly) &&
          params[index].name == argument.name.declared) {
        place = index;
      }
    }
    if (place == params.size()) place = rest;
    if (place == params.size()) return std::nullopt;
    if (filled[place] && params[place].kind != ParamKind::VarKeywords && !starred) {
      return std::nullopt;
    }
    give(place, argument.value, true);
  }
  for (size_t index = skip; index < params.size(); ++index) {
    const ParamKind kind = params[index].kind;
    const bool required = kind != ParamKind::VarArgs && kind != ParamKind::VarKeywords &&
                          !params[index].default_value;
    const bool by_name = kind != ParamKind::PositionalOnly && kind != ParamKind::VarArgs;
    if (arguments.double_star && by_name && (!filled[index] || kind == ParamKind::VarKeywords)) {
      matched.certain = false;
      passed.emplace_back(params[index].annotation.type, *arguments.double_star);
      continue;
    }
    if (required && !filled[index] && !starred) return std::nullopt;
  }
  return matched;
}

}  // namespace unspool::semantics::types
