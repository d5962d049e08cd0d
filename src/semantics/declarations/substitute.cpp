// Type parameters replaced by what stands for them.
#include "semantics/declarations/declarations.h"

#include <algorithm>
#include <unordered_map>

namespace unspool::semantics::declarations {

namespace {

class Substituter {
 public:
  Substituter(DeclTypeArena& types, const Substitution& substitution)
      : types_(types), substitution_(substitution) {}

  // Types nest no deeper than the evaluation of annotations allows, times the depth of aliases:
  // beyond this the type stays as it is, cut off as unknown.
  DeclTypeId Run(DeclTypeId id, int depth = 0) {
    if (!types_[id].has_params) return id;
    if (auto at = done_.find(id.value()); at != done_.end()) return at->second;
    if (depth > kMaxDepth)
      return types_.Unknown({.cause = Cause::TooDeep, .unit = {}, .node = {}, .name = {}});
    const DeclTypeId result = Replace(id, depth);
    done_.emplace(id.value(), result);
    return result;
  }

 private:
  static constexpr int kMaxDepth = 2000;

  DeclTypeId Find(TypeParamId param) const {
    const auto params = substitution_.params;
    const size_t count = std::min(params.size(), substitution_.args.size());
    for (size_t index = 0; index < count; ++index) {
      if (params[index] == param) return substitution_.args[index];
    }
    return {};
  }

  // Arguments with a TypeVarTuple's or a tuple's items in place of its Unpack.
  std::vector<DeclTypeId> Spread(DeclTypeId id, int depth) {
    const auto list = types_.Args(id);
    const std::vector<DeclTypeId> args(list.begin(), list.end());
    std::vector<DeclTypeId> result;
    for (DeclTypeId arg : args) {
      const DeclTypeId made = Run(arg, depth + 1);
      if (types_[made].kind == DeclTypeKind::Unpack) {
        const DeclTypeId inner = types_.Args(made)[0];
        if (types_[inner].kind == DeclTypeKind::Tuple &&
            types_[inner].tuple_form() == TupleForm::Fixed) {
          const auto items = types_.Args(inner);
          result.insert(result.end(), items.begin(), items.end());
          continue;
        }
      }
      result.push_back(made);
    }
    return result;
  }

  DeclTypeId Replace(DeclTypeId id, int depth) {
    const DeclType type = types_[id];
    switch (type.kind) {
      case DeclTypeKind::TypeVar:
      case DeclTypeKind::ParamSpec:
      case DeclTypeKind::TypeVarTuple: {
        const DeclTypeId found = Find(type.type_param_id());
        return found ? found : id;
      }
      case DeclTypeKind::ParamSpecArgs:
      case DeclTypeKind::ParamSpecKwargs: {
        const DeclTypeId found = Find(type.type_param_id());
        if (!found) return id;
        if (types_[found].kind == DeclTypeKind::ParamSpec) {
          return types_.TypeParam(type.kind, types_[found].type_param_id());
        }
        // The parameters are known one by one then: what *args holds is not one type.
        return DeclTypeArena::kAny;
      }
      case DeclTypeKind::Self:
        return substitution_.self ? substitution_.self : id;
      case DeclTypeKind::Union:
        return types_.Union(Spread(id, depth));
      case DeclTypeKind::Callable:
        return Callable(id, type, depth);
      case DeclTypeKind::Concatenate: {
        std::vector<DeclTypeId> args = Spread(id, depth);
        // Concatenate[A, P] with P = [B, C] is [A, B, C].
        if (!args.empty() && types_[args.back()].kind == DeclTypeKind::ParamList) {
          const auto list = types_.Args(args.back());
          const std::vector<DeclTypeId> tail(list.begin(), list.end());
          args.pop_back();
          args.insert(args.end(), tail.begin(), tail.end());
          return types_.Make(DeclTypeKind::ParamList, 0, UINT32_MAX, args);
        }
        return types_.Make(DeclTypeKind::Concatenate, 0, UINT32_MAX, args);
      }
      default: {
        const std::vector<DeclTypeId> args = Spread(id, depth);
        return types_.Make(type.kind, type.form, type.value, args);
      }
    }
  }

  DeclTypeId Callable(DeclTypeId id, const DeclType& type, int depth) {
    std::vector<DeclTypeId> args = Spread(id, depth);
    if (type.callable_form() == CallableForm::List || type.callable_form() == CallableForm::Any) {
      return types_.Callable(type.callable_form(), args);
    }
    const DeclTypeId result = args.back();
    args.pop_back();
    if (args.empty()) return types_.Callable(CallableForm::Any, {&result, 1});
    const DeclTypeId params = args.back();
    switch (types_[params].kind) {
      case DeclTypeKind::ParamList: {
        const auto list = types_.Args(params);
        const std::vector<DeclTypeId> tail(list.begin(), list.end());
        args.pop_back();
        args.insert(args.end(), tail.begin(), tail.end());
        args.push_back(result);
        return types_.Callable(CallableForm::List, args);
      }
      case DeclTypeKind::Concatenate: {
        const auto list = types_.Args(params);
        const std::vector<DeclTypeId> tail(list.begin(), list.end());
        args.pop_back();
        args.insert(args.end(), tail.begin(), tail.end());
        args.push_back(result);
        return types_.Callable(CallableForm::Concatenate, args);
      }
      case DeclTypeKind::Ellipsis:
      case DeclTypeKind::Any:
        if (args.size() == 1) return types_.Callable(CallableForm::Any, {&result, 1});
        args.back() = DeclTypeArena::kEllipsis;
        args.push_back(result);
        return types_.Callable(CallableForm::Concatenate, args);
      case DeclTypeKind::ParamSpec:
        args.push_back(result);
        return types_.Callable(
            args.size() == 2 ? CallableForm::ParamSpec : CallableForm::Concatenate, args);
      default:
        return types_.Callable(CallableForm::Any, {&result, 1});
    }
  }

  DeclTypeArena& types_;
  const Substitution& substitution_;
  std::unordered_map<uint32_t, DeclTypeId> done_;
};

}  // namespace

DeclTypeId Substitute(const Declarations&, DeclTypeArena& types, DeclTypeId type,
                      const Substitution& substitution) {
  if (!type || !types[type].has_params) return type;
  if (substitution.params.empty() && !substitution.self) return type;
  return Substituter(types, substitution).Run(type);
}

std::vector<DeclTypeId> ArgumentsAs(const Declarations& declarations, DeclTypeArena& types,
                                    ClassId derived, std::span<const DeclTypeId> args,
                                    ClassId base) {
  std::vector<DeclTypeId> result;
  const auto params = declarations.TypeParamsOf(derived);
  std::vector<DeclTypeId> given(args.begin(), args.end());
  // None given: any.
  while (given.size() < params.size()) {
    const DeclTypeId otherwise = declarations.type_params[params[given.size()]].default_type;
    given.push_back(otherwise ? otherwise : DeclTypeArena::kAny);
  }
  const Substitution substitution{params, given, {}};
  for (DeclTypeId type : declarations.ArgumentsOf(derived, base)) {
    result.push_back(Substitute(declarations, types, type, substitution));
  }
  return result;
}

}  // namespace unspool::semantics::declarations
