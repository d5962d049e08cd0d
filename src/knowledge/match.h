// Whether the arguments of a call fit the signature of a fact, and what its type variables stand
// for then. In: argument types as TypeExpr (exact classes; Unknown where nothing is known). Out:
// which parameter each argument meets, the bindings, and the result type with them filled in.
#pragma once

#include "knowledge/facts.h"
#include "knowledge/knowledge_base.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::knowledge {

// Type variable -> what it met; several types give a union.
using Bindings = std::map<std::string, TypeExpr, std::less<>>;

// Which parameter each argument goes to, by CPython's rules for positional and keyword arguments;
// empty if the call does not fit (too many, unknown keyword, one missing). Positional arguments
// come first in the answer, then keywords in the order given.
std::optional<std::vector<int>> BindArguments(const CallFact& fact, size_t positional,
                                              std::span<const std::string_view> keywords);

// Whether an object of type `actual` is certainly what `required` asks for; extends `bindings`.
bool Accepts(const KnowledgeBase& base, const TypeExpr& required, const TypeExpr& actual,
             Bindings& bindings);

// All at once: the fact holds for that version of Python (written as `CallFact::since` is; absent:
// for any), arguments fit in number, name and type, variables within their bounds.
struct MatchedCall {
  const CallFact* fact = nullptr;
  std::vector<int> parameters;  // as from BindArguments
  Bindings bindings;
  TypeExpr result;
};
std::optional<MatchedCall> MatchCall(
    const KnowledgeBase& base, const CallFact& first_overload, std::span<const TypeExpr> positional,
    std::span<const std::pair<std::string_view, TypeExpr>> keywords,
    std::optional<uint16_t> version);

// The type with variables replaced; a variable without binding becomes Unknown.
TypeExpr Substitute(const TypeExpr& type, const Bindings& bindings);
// What iterating an object of this type yields; Unknown if it is not known to be iterable.
TypeExpr ItemType(const KnowledgeBase& base, const TypeExpr& type);

// Types that fit every value of both; flattened and without duplicates.
TypeExpr Union(TypeExpr left, const TypeExpr& right);

}  // namespace unspool::knowledge
