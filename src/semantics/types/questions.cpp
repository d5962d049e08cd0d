#include "semantics/types/questions.h"

#include <string>
#include <unordered_map>

namespace unspool::semantics::types {

namespace {

using AskTable = std::unordered_map<std::string_view, Questions>;

const AskTable& Asks() {
  using enum Questions::Bit;
  static const AskTable table = {
#define UNSPOOL_ASKS(name, questions) {name, Questions(questions)},
#include "semantics/types/asks.def"
  };
  return table;
}

}  // namespace

std::optional<Questions> AskedBy(const declarations::Declarations& declarations,
                                 declarations::FunctionId function) {
  const declarations::Function& declared = declarations.functions[function];
  std::string name = declarations.units[declared.unit].module;
  name += '.';
  name += declarations.Text(declared.qualified_name);
  const AskTable& table = Asks();
  auto at = table.find(name);
  if (at == table.end()) {
    name.replace(name.rfind('.') + 1, std::string::npos, "*");
    at = table.find(name);
  }
  return at == table.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace unspool::semantics::types
