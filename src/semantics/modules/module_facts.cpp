#include "semantics/modules/module_facts.h"

#include "semantics/modules/module_tricks.h"
#include "semantics/modules/top_level.h"

#include <algorithm>
#include <tuple>

namespace unspool::semantics {

using namespace syntax;

std::pair<const ModuleBinding*, const ModuleBinding*> ModuleFacts::BindingsOf(
    std::string_view name) const {
  auto range = std::ranges::equal_range(
      bindings, name, {},
      [](const ModuleBinding& binding) -> std::string_view { return binding.name; });
  return {bindings.data() + (range.begin() - bindings.begin()),
          bindings.data() + (range.end() - bindings.begin())};
}

bool ModuleFacts::IsDefinite(std::string_view name) const {
  return std::ranges::binary_search(definite, name);
}

ModuleFacts ModuleFactsOf(const Tree& tree, const Platform& platform, std::string_view file,
                          std::string_view module) {
  ModuleFacts facts;
  facts.parsed = true;
  const TopLevelNames top = ReadTopLevel(tree, platform, facts);
  FindModuleTricks(tree, top, file, module, facts);
  if (const NodeId function = top.FunctionOf(tree, facts, "__getattr__")) {
    facts.getattr = ReadModuleGetattr(
        tree, function, module, [&](std::string_view name) { return top.ValueOf(facts, name); });
  }
  std::ranges::sort(facts.bindings, [](const ModuleBinding& left, const ModuleBinding& right) {
    return std::tie(left.name, left.order) < std::tie(right.name, right.order);
  });
  return facts;
}

}  // namespace unspool::semantics
