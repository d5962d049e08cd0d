#include "knowledge/facts.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::knowledge {

int CallFact::FindParameter(std::string_view parameter_name) const {
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].name == parameter_name) return static_cast<int>(i);
  }
  return -1;
}

const TypeVariable* CallFact::FindVariable(std::string_view letter) const {
  auto found = std::ranges::find(variables, letter, &TypeVariable::name);
  return found == variables.end() ? nullptr : &*found;
}

bool CallFact::IsPure() const {
  return std::ranges::all_of(effects, [](const FactEffect& effect) {
    return effect.kind == EffectKind::Read && !effect.place.is_channel();
  });
}

bool CallFact::HasEffect(EffectKind kind) const {
  return std::ranges::any_of(effects, [kind](const FactEffect& each) { return each.kind == kind; });
}

std::string_view ToString(EffectKind kind) {
  switch (kind) {
    case EffectKind::Read:
      return "read";
    case EffectKind::Write:
      return "write";
    case EffectKind::Escape:
      return "escape";
    case EffectKind::Drop:
      return "drop";
    case EffectKind::Consume:
      return "consume";
    case EffectKind::Call:
      return "call";
    case EffectKind::Draw:
      return "draw";
    case EffectKind::Block:
      return "block";
    case EffectKind::Warn:
      return "warn";
    case EffectKind::Unknown:
      return "unknown";
  }
  return "";
}

std::string_view ToString(WriteHow how) {
  switch (how) {
    case WriteHow::Append:
      return "append";
    case WriteHow::Extend:
      return "extend";
    case WriteHow::SetKey:
      return "set-key";
    case WriteHow::AddToSet:
      return "add-to-set";
    case WriteHow::DeleteKey:
      return "delete-key";
    case WriteHow::Delete:
      return "delete";
    case WriteHow::Resize:
      return "resize";
    case WriteHow::Arbitrary:
      return "arbitrary";
  }
  return "";
}

std::string ToString(const CallFact& fact) {
  std::string text = fact.name;
  std::string bounds;
  for (const TypeVariable& variable : fact.variables) {
    if (variable.bound.kind == TypeKind::Any) continue;
    if (!bounds.empty()) bounds += ", ";
    bounds += fmt::format("{}: {}", variable.name, ToString(variable.bound));
  }
  if (!bounds.empty()) text += fmt::format("[{}]", bounds);
  text += "(";
  const Parameter* previous = nullptr;
  for (const Parameter& parameter : fact.parameters) {
    if (previous) {
      text += ", ";
      if (previous->kind == ParameterKind::PositionalOnly &&
          parameter.kind != ParameterKind::PositionalOnly) {
        text += "/, ";
      }
    }
    bool star_needed = parameter.kind == ParameterKind::KeywordOnly &&
                       (!previous || (previous->kind != ParameterKind::KeywordOnly &&
                                      previous->kind != ParameterKind::VarPositional));
    if (star_needed) text += "*, ";
    if (parameter.kind == ParameterKind::VarPositional) text += "*";
    if (parameter.kind == ParameterKind::VarKeyword) text += "**";
    text += fmt::format("{}: {}", parameter.name, ToString(parameter.type));
    if (!parameter.default_text.empty()) text += fmt::format(" = {}", parameter.default_text);
    previous = &parameter;
  }
  if (previous && previous->kind == ParameterKind::PositionalOnly) text += ", /";
  return fmt::format("{}) -> {}", text, ToString(fact.result));
}

}  // namespace unspool::knowledge
