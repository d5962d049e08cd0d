#include "knowledge/type_expr.h"

#include "knowledge/signature.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

namespace unspool::knowledge {
namespace {

constexpr std::array<std::string_view, 7> kScalars = {"None",    "bool", "int",  "float",
                                                      "complex", "str",  "bytes"};
constexpr std::array<std::string_view, 17> kBuiltins = {
    "NotImplementedType", "bytearray", "dict", "dict_items", "dict_keys", "dict_values",
    "ellipsis",           "frozenset", "list", "memoryview", "module",    "object",
    "property",           "range",     "set",  "slice",      "tuple"};

TypeExpr MakeClass(std::string_view name) {
  return {TypeKind::Class, false, std::string(name), {}};
}

TypeExpr MakeUnion(size_t first, size_t last) {
  TypeExpr type{TypeKind::Union, false, {}, {}};
  for (size_t i = first; i < last; ++i) type.args.push_back(MakeClass(kScalars[i]));
  return type;
}

bool IsVariableName(std::string_view name) {
  return name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
}

// A word without brackets, unless it is a class: what it abbreviates.
bool ExpandWord(std::string_view word, TypeExpr& type) {
  if (word == "unknown") {
    type.kind = TypeKind::Unknown;
  } else if (word == "nothing") {
    type.kind = TypeKind::Nothing;
  } else if (word == "any") {
    type.kind = TypeKind::Any;
  } else if (word == "plain") {
    type.kind = TypeKind::Plain;
  } else if (word == "frozen") {
    type.kind = TypeKind::Frozen;
  } else if (word == "type") {
    type.kind = TypeKind::Type;
  } else if (word == "scalar") {
    type = MakeUnion(0, 7);
  } else if (word == "real") {
    type = MakeUnion(1, 4);
  } else if (word == "number") {
    type = MakeUnion(1, 5);
  } else if (word == "buffer") {
    type = {TypeKind::Union, false, {}, {MakeClass("bytes"), MakeClass("bytearray")}};
  } else if (IsVariableName(word)) {
    type.kind = TypeKind::Variable;
    type.name = word;
  } else {
    return false;
  }
  return true;
}

base::Result<TypeExpr> ParseOne(TextScanner& scanner);

// The part in brackets after a name.
base::Result<TypeExpr> ParseArguments(TextScanner& scanner, TypeExpr type) {
  if (type.kind == TypeKind::Callable) {
    if (!scanner.Take("[")) return base::Fail("callable[[...], R] needs a list of parameters");
    while (!scanner.Take("]")) {
      auto argument = ParseTypeAt(scanner);
      if (!argument) return argument;
      type.args.push_back(std::move(*argument));
      scanner.Take(",");
    }
    if (!scanner.Take(",")) return base::Fail("callable needs a result type");
  }
  do {
    if (scanner.Take("...")) {
      if (type.name != "tuple" || type.args.size() != 1) {
        return base::Fail("... is only for tuple[T, ...]");
      }
      type.variadic = true;
      continue;
    }
    auto argument = ParseTypeAt(scanner);
    if (!argument) return argument;
    type.args.push_back(std::move(*argument));
  } while (scanner.Take(","));
  if (!scanner.Take("]")) return base::Fail("missing ]");
  return type;
}

base::Result<TypeExpr> ParseOne(TextScanner& scanner) {
  if (scanner.Take("'")) {
    TypeExpr literal{TypeKind::Literal, false, std::string(scanner.TakeUntil('\'')), {}};
    if (!scanner.Take("'")) return base::Fail("missing '");
    return literal;
  }
  std::string_view word = scanner.TakeName(true);
  if (word.empty()) return base::Fail(fmt::format("expected a type at '{}'", scanner.Rest()));
  TypeExpr type;
  if (ExpandWord(word, type)) return type;
  if (word == "iterable" || word == "iterator" || word == "callable") {
    type.kind = word == "iterable"   ? TypeKind::Iterable
                : word == "iterator" ? TypeKind::Iterator
                                     : TypeKind::Callable;
    if (!scanner.Take("[")) return base::Fail(fmt::format("{} needs brackets", word));
    auto parsed = ParseArguments(scanner, std::move(type));
    if (parsed && parsed->kind != TypeKind::Callable && parsed->args.size() != 1) {
      return base::Fail(fmt::format("{} takes one type", word));
    }
    return parsed;
  }
  if (word.find('.') == std::string_view::npos && !IsScalarClass(word) && !IsBuiltinClass(word)) {
    return base::Fail(fmt::format("no type is called '{}'", word));
  }
  type = MakeClass(word);
  if (scanner.Peek() != '[') return type;
  scanner.Take("[");
  if (word == "tuple" && scanner.Take("]")) return type;
  return ParseArguments(scanner, std::move(type));
}

}  // namespace

base::Result<TypeExpr> ParseTypeAt(TextScanner& scanner) {
  auto first = ParseOne(scanner);
  if (!first || scanner.Peek() != '|') return first;
  TypeExpr type{TypeKind::Union, false, {}, {}};
  auto add = [&type](TypeExpr member) {
    if (member.kind == TypeKind::Union) {
      for (TypeExpr& each : member.args) {
        if (std::ranges::find(type.args, each) == type.args.end()) type.args.push_back(each);
      }
    } else if (std::ranges::find(type.args, member) == type.args.end()) {
      type.args.push_back(std::move(member));
    }
  };
  add(std::move(*first));
  while (scanner.Take("|")) {
    auto next = ParseOne(scanner);
    if (!next) return next;
    add(std::move(*next));
  }
  return type;
}

base::Result<TypeExpr> ParseType(std::string_view text) {
  TextScanner scanner(text);
  auto type = ParseTypeAt(scanner);
  if (type && !scanner.AtEnd()) {
    return base::Fail(fmt::format("unexpected '{}' after a type", scanner.Rest()));
  }
  return type;
}

std::string ToString(const TypeExpr& type) {
  auto list = [&type](size_t last, std::string_view separator) {
    std::string text;
    for (size_t i = 0; i < last; ++i) {
      if (i > 0) text += separator;
      text += ToString(type.args[i]);
    }
    return text;
  };
  switch (type.kind) {
    case TypeKind::Unknown:
      return "unknown";
    case TypeKind::Nothing:
      return "nothing";
    case TypeKind::Any:
      return "any";
    case TypeKind::Literal:
      return fmt::format("'{}'", type.name);
    case TypeKind::Plain:
      return "plain";
    case TypeKind::Frozen:
      return "frozen";
    case TypeKind::Type:
      return "type";
    case TypeKind::Variable:
      return type.name;
    case TypeKind::Union:
      return list(type.args.size(), "|");
    case TypeKind::Iterable:
      return fmt::format("iterable[{}]", ToString(type.args[0]));
    case TypeKind::Iterator:
      return fmt::format("iterator[{}]", ToString(type.args[0]));
    case TypeKind::Callable:
      return fmt::format("callable[[{}], {}]", list(type.args.size() - 1, ", "),
                         ToString(type.args.back()));
    case TypeKind::Class:
      break;
  }
  if (type.args.empty()) return type.name;
  return fmt::format("{}[{}{}]", type.name, list(type.args.size(), ", "),
                     type.variadic ? ", ..." : "");
}

bool IsScalarClass(std::string_view name) {
  return std::ranges::find(kScalars, name) != kScalars.end();
}

bool IsBuiltinClass(std::string_view name) {
  if (std::ranges::binary_search(kBuiltins, name) || IsScalarClass(name)) return true;
  // Exceptions are the only built-in classes that start with a capital.
  return name.size() > 1 && name[0] >= 'A' && name[0] <= 'Z';
}

}  // namespace unspool::knowledge
