#include "knowledge/match.h"

#include <algorithm>
#include <array>

namespace unspool::knowledge {
namespace {

constexpr std::array<std::string_view, 7> kPlainContainers = {
    "bytearray", "dict", "frozenset", "list", "range", "set", "tuple"};

TypeExpr Simple(TypeKind kind) {
  return {kind, false, {}, {}};
}

bool IsPlain(const TypeExpr& type) {
  switch (type.kind) {
    case TypeKind::Nothing:
    case TypeKind::Literal:
    case TypeKind::Plain:
    case TypeKind::Frozen:
      return true;
    case TypeKind::Union:
      return std::ranges::all_of(type.args, IsPlain);
    case TypeKind::Class:
      if (IsScalarClass(type.name)) return true;
      if (std::ranges::find(kPlainContainers, type.name) == kPlainContainers.end()) return false;
      // A container whose parameters are not stated may hold anything.
      if (type.args.empty()) return type.name == "bytearray" || type.name == "range";
      return std::ranges::all_of(type.args, IsPlain);
    default:
      return false;
  }
}

bool IsFrozen(const TypeExpr& type) {
  switch (type.kind) {
    case TypeKind::Nothing:
    case TypeKind::Literal:
    case TypeKind::Frozen:
      return true;
    case TypeKind::Union:
      return std::ranges::all_of(type.args, IsFrozen);
    case TypeKind::Class:
      if (IsScalarClass(type.name)) return true;
      if (type.name != "tuple" && type.name != "frozenset") return false;
      if (type.args.empty()) return false;
      return std::ranges::all_of(type.args, IsFrozen);
    default:
      return false;
  }
}

class Matcher {
 public:
  Matcher(const KnowledgeBase& base, Bindings& bindings) : base_(base), bindings_(bindings) {}

  bool Accepts(const TypeExpr& required, const TypeExpr& actual) {
    if (required.kind == TypeKind::Variable) return Bind(required.name, actual);
    if (required.kind == TypeKind::Any || actual.kind == TypeKind::Nothing) return true;
    if (actual.kind == TypeKind::Union) {
      return std::ranges::all_of(actual.args,
                                 [&](const TypeExpr& each) { return Accepts(required, each); });
    }
    switch (required.kind) {
      case TypeKind::Union:
        return AcceptsOneOf(required, actual);
      case TypeKind::Plain:
        return IsPlain(actual);
      case TypeKind::Frozen:
        return IsFrozen(actual);
      case TypeKind::Literal:
        return required == actual;
      case TypeKind::Type:
        return actual.kind == TypeKind::Type;
      case TypeKind::Callable:
        return AcceptsCallable(required, actual);
      case TypeKind::Iterator:
        return actual.kind == TypeKind::Iterator && Accepts(required.args[0], actual.args[0]);
      case TypeKind::Iterable: {
        TypeExpr item = ItemType(base_, actual);
        return item.kind != TypeKind::Unknown && Accepts(required.args[0], item);
      }
      case TypeKind::Class:
        return AcceptsClass(required, actual);
      default:
        return false;
    }
  }

 private:
  // A variable takes the union of all it meets: it only ever describes what is held or passed on.
  bool Bind(const std::string& name, const TypeExpr& actual) {
    auto [slot, is_new] = bindings_.try_emplace(name, actual);
    if (!is_new) slot->second = Union(slot->second, actual);
    return true;
  }

  bool AcceptsOneOf(const TypeExpr& required, const TypeExpr& actual) {
    // Members that bind nothing first, so that T in "T|None" does not take the None.
    for (bool variables : {false, true}) {
      for (const TypeExpr& member : required.args) {
        if ((member.kind == TypeKind::Variable) != variables) continue;
        Bindings saved = bindings_;
        if (Accepts(member, actual)) return true;
        bindings_ = std::move(saved);
      }
    }
    return false;
  }

  bool AcceptsCallable(const TypeExpr& required, const TypeExpr& actual) {
    if (actual.kind != TypeKind::Callable) return false;
    return Accepts(required.args.back(), actual.args.back());
  }

  bool AcceptsClass(const TypeExpr& required, const TypeExpr& actual) {
    if (actual.kind == TypeKind::Literal) return required.name == "str";
    if (actual.kind != TypeKind::Class || actual.name != required.name) return false;
    if (required.name == "tuple") return AcceptsTuple(required, actual);
    if (required.args.empty()) return true;
    if (actual.args.empty()) {
      // Parameters nobody stated: only good where nothing is asked of them.
      return std::ranges::all_of(required.args, [&](const TypeExpr& each) {
        return Accepts(each, Simple(TypeKind::Unknown));
      });
    }
    if (actual.args.size() != required.args.size()) return false;
    for (size_t i = 0; i < required.args.size(); ++i) {
      if (!Accepts(required.args[i], actual.args[i])) return false;
    }
    return true;
  }

  bool AcceptsTuple(const TypeExpr& required, const TypeExpr& actual) {
    if (required.variadic) {
      return std::ranges::all_of(
          actual.args, [&](const TypeExpr& each) { return Accepts(required.args[0], each); });
    }
    if (actual.variadic || actual.args.size() != required.args.size()) return false;
    for (size_t i = 0; i < required.args.size(); ++i) {
      if (!Accepts(required.args[i], actual.args[i])) return false;
    }
    return true;
  }

  const KnowledgeBase& base_;
  Bindings& bindings_;
};

bool WithinBounds(const KnowledgeBase& base, const CallFact& fact, Bindings& bindings) {
  for (const TypeVariable& variable : fact.variables) {
    auto bound = bindings.find(variable.name);
    if (bound == bindings.end()) continue;
    Bindings none;
    if (!Accepts(base, variable.bound, bound->second, none)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<int>> BindArguments(const CallFact& fact, size_t positional,
                                              std::span<const std::string_view> keywords) {
  std::vector<int> answer;
  std::vector<bool> given(fact.parameters.size(), false);
  size_t next = 0;
  for (size_t i = 0; i < positional; ++i) {
    if (next == fact.parameters.size()) return std::nullopt;
    ParameterKind kind = fact.parameters[next].kind;
    if (kind == ParameterKind::KeywordOnly || kind == ParameterKind::VarKeyword) {
      return std::nullopt;
    }
    answer.push_back(static_cast<int>(next));
    given[next] = true;
    if (kind != ParameterKind::VarPositional) ++next;
  }
  for (std::string_view keyword : keywords) {
    int target = -1;
    for (size_t i = 0; i < fact.parameters.size(); ++i) {
      const Parameter& parameter = fact.parameters[i];
      bool by_name = parameter.kind == ParameterKind::PositionalOrKeyword ||
                     parameter.kind == ParameterKind::KeywordOnly;
      if (by_name && parameter.name == keyword) target = static_cast<int>(i);
    }
    if (target >= 0 && given[target]) return std::nullopt;
    for (size_t i = 0; target < 0 && i < fact.parameters.size(); ++i) {
      if (fact.parameters[i].kind == ParameterKind::VarKeyword) target = static_cast<int>(i);
    }
    if (target < 0) return std::nullopt;
    given[target] = true;
    answer.push_back(target);
  }
  for (size_t i = 0; i < fact.parameters.size(); ++i) {
    if (!given[i] && !fact.parameters[i].optional) return std::nullopt;
  }
  return answer;
}

bool Accepts(const KnowledgeBase& base, const TypeExpr& required, const TypeExpr& actual,
             Bindings& bindings) {
  return Matcher(base, bindings).Accepts(required, actual);
}

std::optional<MatchedCall> MatchCall(
    const KnowledgeBase& base, const CallFact& first_overload, std::span<const TypeExpr> positional,
    std::span<const std::pair<std::string_view, TypeExpr>> keywords,
    std::optional<uint16_t> version) {
  std::vector<std::string_view> names;
  for (const auto& [name, type] : keywords) names.push_back(name);
  for (const CallFact* fact = &first_overload; fact; fact = fact->next_overload) {
    if (version && !fact->HoldsFor(*version)) continue;
    auto parameters = BindArguments(*fact, positional.size(), names);
    if (!parameters) continue;
    MatchedCall match{fact, std::move(*parameters), {}, {}};
    bool good = true;
    for (size_t i = 0; good && i < match.parameters.size(); ++i) {
      const TypeExpr& actual =
          i < positional.size() ? positional[i] : keywords[i - positional.size()].second;
      good = Accepts(base, fact->parameters[match.parameters[i]].type, actual, match.bindings);
    }
    if (!good || !WithinBounds(base, *fact, match.bindings)) continue;
    match.result = Substitute(fact->result, match.bindings);
    return match;
  }
  return std::nullopt;
}

TypeExpr Substitute(const TypeExpr& type, const Bindings& bindings) {
  if (type.kind == TypeKind::Variable) {
    auto found = bindings.find(type.name);
    return found == bindings.end() ? TypeExpr{} : found->second;
  }
  if (type.kind == TypeKind::Union) {
    TypeExpr joined = Substitute(type.args[0], bindings);
    for (size_t i = 1; i < type.args.size(); ++i) {
      joined = Union(std::move(joined), Substitute(type.args[i], bindings));
    }
    return joined;
  }
  TypeExpr copy = type;
  for (TypeExpr& argument : copy.args) argument = Substitute(argument, bindings);
  return copy;
}

TypeExpr ItemType(const KnowledgeBase& base, const TypeExpr& type) {
  switch (type.kind) {
    case TypeKind::Iterator:
    case TypeKind::Iterable:
      return type.args[0];
    case TypeKind::Literal:
      return {TypeKind::Class, false, "str", {}};
    case TypeKind::Union: {
      TypeExpr joined = ItemType(base, type.args[0]);
      for (size_t i = 1; i < type.args.size(); ++i) {
        joined = Union(std::move(joined), ItemType(base, type.args[i]));
      }
      return joined;
    }
    case TypeKind::Class:
      break;
    default:
      return {};
  }
  if (type.name == "tuple") {
    if (type.args.empty()) return {};
    TypeExpr joined = type.args[0];
    for (size_t i = 1; i < type.args.size(); ++i) joined = Union(std::move(joined), type.args[i]);
    return joined;
  }
  const ClassFact* fact = base.FindClass(type.name);
  if (!fact || !fact->iterable) return {};
  Bindings bindings;
  for (size_t i = 0; i < fact->variables.size(); ++i) {
    TypeExpr argument = i < type.args.size() ? type.args[i] : Simple(TypeKind::Any);
    bindings.emplace(fact->variables[i], std::move(argument));
  }
  return Substitute(fact->item, bindings);
}

TypeExpr Union(TypeExpr left, const TypeExpr& right) {
  if (left.kind == TypeKind::Unknown || right.kind == TypeKind::Unknown) return {};
  if (left.kind == TypeKind::Any || right.kind == TypeKind::Any) return Simple(TypeKind::Any);
  if (left.kind == TypeKind::Nothing || left == right) return right;
  if (right.kind == TypeKind::Nothing) return left;
  if (left.kind != TypeKind::Union) left = TypeExpr{TypeKind::Union, false, {}, {std::move(left)}};
  auto add = [&left](const TypeExpr& member) {
    if (std::ranges::find(left.args, member) == left.args.end()) left.args.push_back(member);
  };
  if (right.kind == TypeKind::Union) {
    std::ranges::for_each(right.args, add);
  } else {
    add(right);
  }
  return left.args.size() == 1 ? left.args[0] : left;
}

}  // namespace unspool::knowledge
