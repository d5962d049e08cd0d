#include "knowledge/signature.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace unspool::knowledge {
namespace {

constexpr std::array<std::string_view, 17> kChannels = {
    "clock",       "cwd",    "decimal", "env",     "fs",      "imports",
    "interpreter", "locale", "network", "process", "random",  "signal",
    "stderr",      "stdin",  "stdout",  "threads", "warnings"};
constexpr std::array<std::string_view, 6> kBlocking = {"disk",    "input", "lock",
                                                       "network", "sleep", "subprocess"};
constexpr std::array<std::pair<std::string_view, WriteHow>, 8> kHows = {{
    {"append", WriteHow::Append},
    {"extend", WriteHow::Extend},
    {"set-key", WriteHow::SetKey},
    {"add-to-set", WriteHow::AddToSet},
    {"delete-key", WriteHow::DeleteKey},
    {"delete", WriteHow::Delete},
    {"resize", WriteHow::Resize},
    {"arbitrary", WriteHow::Arbitrary},
}};

std::unexpected<base::Error> Expected(std::string_view what, TextScanner& scanner) {
  return base::Fail(
      fmt::format("expected {} at '{}' in '{}'", what, scanner.Rest(), scanner.text()));
}

base::Result<int> TakeParameter(TextScanner& scanner, const CallFact& fact) {
  std::string_view name = scanner.TakeName(false);
  int index = fact.FindParameter(name);
  if (index < 0) {
    return base::Fail(fmt::format("no parameter is called '{}' in '{}'", name, scanner.text()));
  }
  return index;
}

base::Result<FactPlace> TakePlace(TextScanner& scanner, const CallFact& fact) {
  FactPlace place;
  if (scanner.Take("@")) {
    place.channel = scanner.TakeName(false);
    if (!std::ranges::binary_search(kChannels, std::string_view(place.channel))) {
      return base::Fail(fmt::format("no channel is called '{}'", place.channel));
    }
    if (scanner.Take("(")) {
      auto parameter = TakeParameter(scanner, fact);
      if (!parameter) return std::unexpected(parameter.error());
      place.parameter = *parameter;
      if (!scanner.Take(")")) return Expected(")", scanner);
    }
    return place;
  }
  auto parameter = TakeParameter(scanner, fact);
  if (!parameter) return std::unexpected(parameter.error());
  place.parameter = *parameter;
  if (scanner.Take(".**")) {
    place.part = PlacePart::Deep;
  } else if (scanner.Take(".items")) {
    place.part = PlacePart::Items;
  } else if (scanner.Take(".keys")) {
    place.part = PlacePart::Keys;
  } else if (scanner.Take(".values")) {
    place.part = PlacePart::Values;
  } else if (scanner.Take("()")) {
    place.part = PlacePart::Called;
  }
  return place;
}

std::optional<base::Error> ParseVariables(TextScanner& scanner, CallFact& fact) {
  do {
    TypeVariable variable;
    variable.name = scanner.TakeName(false);
    variable.bound.kind = TypeKind::Any;
    if (variable.name.size() != 1) return base::Error{"a type variable is one capital letter"};
    if (scanner.Take(":")) {
      auto bound = ParseTypeAt(scanner);
      if (!bound) return bound.error();
      variable.bound = std::move(*bound);
    }
    fact.variables.push_back(std::move(variable));
  } while (scanner.Take(","));
  if (!scanner.Take("]")) return Expected("]", scanner).error();
  return std::nullopt;
}

std::optional<base::Error> ParseParameters(TextScanner& scanner, const TypeExpr* self,
                                           CallFact& fact) {
  bool keyword_only = false;
  while (!scanner.Take(")")) {
    Parameter parameter;
    parameter.kind = keyword_only ? ParameterKind::KeywordOnly : ParameterKind::PositionalOrKeyword;
    if (scanner.Take("/")) {
      for (Parameter& earlier : fact.parameters) earlier.kind = ParameterKind::PositionalOnly;
      scanner.Take(",");
      continue;
    }
    if (scanner.Take("**")) {
      parameter.kind = ParameterKind::VarKeyword;
      parameter.optional = true;
    } else if (scanner.Take("*")) {
      keyword_only = true;
      if (scanner.Take(",")) continue;
      parameter.kind = ParameterKind::VarPositional;
      parameter.optional = true;
    }
    parameter.name = scanner.TakeName(false);
    if (parameter.name.empty()) return Expected("a parameter", scanner).error();
    if (scanner.Take(":")) {
      auto type = ParseTypeAt(scanner);
      if (!type) return type.error();
      parameter.type = std::move(*type);
    } else if (parameter.name == "self" && self) {
      parameter.type = *self;
    } else {
      return base::Error{fmt::format("parameter '{}' has no type", parameter.name)};
    }
    if (parameter.name == "self") parameter.kind = ParameterKind::PositionalOnly;
    if (scanner.Take("=")) {
      parameter.optional = true;
      parameter.default_text = scanner.TakeDefault();
    }
    fact.parameters.push_back(std::move(parameter));
    if (!scanner.Take(",") && scanner.Peek() != ')') return Expected(", or )", scanner).error();
  }
  return std::nullopt;
}

std::optional<base::Error> CheckVariables(const TypeExpr& type, const CallFact& fact) {
  if (type.kind == TypeKind::Variable && !fact.FindVariable(type.name)) {
    return base::Error{fmt::format("type variable {} is bound nowhere", type.name)};
  }
  for (const TypeExpr& argument : type.args) {
    if (auto error = CheckVariables(argument, fact)) return error;
  }
  return std::nullopt;
}

// Variables need no declaration where they have no bound.
void DeclareVariables(const TypeExpr& type, CallFact& fact) {
  if (type.kind == TypeKind::Variable && !fact.FindVariable(type.name)) {
    fact.variables.push_back({type.name, TypeExpr{TypeKind::Any, false, {}, {}}});
  }
  for (const TypeExpr& argument : type.args) DeclareVariables(argument, fact);
}

// 0: nothing of it is looked at (or there is nothing to change in it), 1: its own content, 2: more.
int ReadDepth(const TypeExpr& type, const CallFact& fact) {
  switch (type.kind) {
    case TypeKind::Unknown:
    case TypeKind::Nothing:
    case TypeKind::Literal:
    case TypeKind::Any:
    case TypeKind::Callable:
    case TypeKind::Type:
      return 0;
    case TypeKind::Plain:
    case TypeKind::Frozen:
      return 2;
    case TypeKind::Variable:
      return ReadDepth(fact.FindVariable(type.name)->bound, fact);
    case TypeKind::Union:
    case TypeKind::Class:
    case TypeKind::Iterable:
    case TypeKind::Iterator:
      break;
  }
  int inner = 0;
  for (const TypeExpr& argument : type.args) inner = std::max(inner, ReadDepth(argument, fact));
  if (type.kind == TypeKind::Union) return inner;
  if (type.kind == TypeKind::Class && IsScalarClass(type.name)) return 0;
  return inner > 0 ? 2 : 1;
}

}  // namespace

std::optional<base::Error> ParseSignature(std::string_view text, const TypeExpr* self,
                                          CallFact& fact) {
  TextScanner scanner(text);
  if (scanner.Take("[")) {
    if (auto error = ParseVariables(scanner, fact)) return error;
  }
  if (!scanner.Take("(")) return Expected("(", scanner).error();
  if (auto error = ParseParameters(scanner, self, fact)) return error;
  if (!scanner.Take("->")) return Expected("->", scanner).error();
  auto result = ParseTypeAt(scanner);
  if (!result) return result.error();
  fact.result = std::move(*result);
  if (!scanner.AtEnd()) return Expected("the end", scanner).error();
  for (const Parameter& parameter : fact.parameters) DeclareVariables(parameter.type, fact);
  return CheckVariables(fact.result, fact);
}

base::Result<FactEffect> ParseEffect(std::string_view text, const CallFact& fact) {
  TextScanner scanner(text);
  FactEffect effect;
  std::string_view verb = scanner.TakeName(false);
  auto place_then = [&](EffectKind kind) -> base::Result<bool> {
    effect.kind = kind;
    auto place = TakePlace(scanner, fact);
    if (!place) return std::unexpected(place.error());
    effect.place = std::move(*place);
    return true;
  };
  base::Result<bool> done = true;
  if (verb == "read") {
    done = place_then(EffectKind::Read);
  } else if (verb == "drop") {
    done = place_then(EffectKind::Drop);
  } else if (verb == "consume") {
    done = place_then(EffectKind::Consume);
  } else if (verb == "draw") {
    done = place_then(EffectKind::Draw);
  } else if (verb == "write") {
    done = place_then(EffectKind::Write);
    if (!done) return std::unexpected(done.error());
    auto how = std::ranges::find_if(kHows, [&](auto& each) { return scanner.Take(each.first); });
    if (how == kHows.end()) return Expected("how it is written", scanner);
    effect.how = how->second;
    if (scanner.Take("(")) {
      auto key = TakeParameter(scanner, fact);
      if (!key) return std::unexpected(key.error());
      effect.key = *key;
      if (!scanner.Take(")")) return Expected(")", scanner);
    }
  } else if (verb == "escape") {
    done = place_then(EffectKind::Escape);
    if (!done) return std::unexpected(done.error());
    if (!scanner.Take("into")) return Expected("into", scanner);
    auto into = TakePlace(scanner, fact);
    if (!into) return std::unexpected(into.error());
    effect.into = std::move(*into);
  } else if (verb == "call") {
    effect.kind = EffectKind::Call;
    auto callee = TakeParameter(scanner, fact);
    if (!callee) return std::unexpected(callee.error());
    effect.place.parameter = *callee;
    if (!scanner.Take("(")) return Expected("(", scanner);
    while (!scanner.Take(")")) {
      auto argument = TakePlace(scanner, fact);
      if (!argument) return std::unexpected(argument.error());
      effect.arguments.push_back(std::move(*argument));
      if (!scanner.Take(",") && scanner.Peek() != ')') return Expected(", or )", scanner);
    }
  } else if (verb == "block") {
    effect.kind = EffectKind::Block;
    effect.word = scanner.TakeName(false);
    if (!std::ranges::binary_search(kBlocking, std::string_view(effect.word))) {
      return base::Fail(fmt::format("no way of blocking is called '{}'", effect.word));
    }
  } else if (verb == "warn") {
    effect.kind = EffectKind::Warn;
    if (scanner.Take("regex(")) {
      effect.word = "regex";
      auto parameter = TakeParameter(scanner, fact);
      if (!parameter) return std::unexpected(parameter.error());
      effect.place.parameter = *parameter;
      if (!scanner.Take(")")) return Expected(")", scanner);
    }
  } else if (verb == "unknown") {
    effect.kind = EffectKind::Unknown;
    effect.word = scanner.Rest();
    if (effect.word.empty()) return base::Fail("unknown needs a reason");
    return effect;
  } else {
    return base::Fail(fmt::format("no effect is called '{}'", verb));
  }
  if (!done) return std::unexpected(done.error());
  if (!scanner.AtEnd()) return Expected("the end", scanner);
  return effect;
}

base::Result<Origin> ParseOrigin(std::string_view text, const CallFact& fact) {
  if (text == "fresh") return Origin{};
  TextScanner scanner(text);
  Origin origin;
  origin.kind = scanner.Take("holds ")      ? OriginKind::Holds
                : scanner.Take("iterator ") ? OriginKind::Iterator
                : scanner.Take("view ")     ? OriginKind::View
                                            : OriginKind::Place;
  auto place = TakePlace(scanner, fact);
  if (!place) return std::unexpected(place.error());
  origin.place = std::move(*place);
  if (!scanner.AtEnd()) return Expected("the end", scanner);
  return origin;
}

void AddImpliedReads(CallFact& fact) {
  std::vector<FactEffect> reads;
  for (int i = 0; i < static_cast<int>(fact.parameters.size()); ++i) {
    bool stated = std::ranges::any_of(fact.effects, [i](const FactEffect& effect) {
      return effect.place.parameter == i && !effect.place.is_channel() &&
             (effect.kind == EffectKind::Write || effect.kind == EffectKind::Read);
    });
    int depth = ReadDepth(fact.parameters[i].type, fact);
    if (stated || depth == 0) continue;
    FactEffect read;
    read.kind = EffectKind::Read;
    read.place.parameter = i;
    read.place.part = depth == 1 ? PlacePart::Itself : PlacePart::Deep;
    reads.push_back(std::move(read));
  }
  fact.effects.insert(fact.effects.begin(), reads.begin(), reads.end());
}

}  // namespace unspool::knowledge
