// The statements of a module's top level in the order of the text: what each binds, and what is
// bound for sure when the module has run to its end. One of the two parts of module_facts.h.
#pragma once

#include "semantics/modules/module_facts.h"
#include "semantics/modules/static_condition.h"
#include "syntax/tree.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

struct TopLevelNames {
  std::map<std::string, syntax::NodeId, std::less<>> values;  // none where assigned twice
  std::vector<syntax::NodeId> functions;

  // The value of a name that one plain assignment binds, and nothing else.
  syntax::NodeId ValueOf(const ModuleFacts& facts, std::string_view name) const;
  // The function of the name, where nothing else binds it.
  syntax::NodeId FunctionOf(const syntax::Tree& tree, const ModuleFacts& facts,
                            std::string_view name) const;
};

// Adds bindings (unsorted), definite, deleted, stars, loads and may_have_more to the facts.
TopLevelNames ReadTopLevel(const syntax::Tree& tree, const Platform& platform, ModuleFacts& facts);

}  // namespace unspool::semantics
