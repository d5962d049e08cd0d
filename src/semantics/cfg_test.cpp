#include "semantics/cfg.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <gtest/gtest.h>

namespace unspool::semantics {
namespace {

// Whether the variable is certainly bound where the function's last statement begins.
bool BoundAtLast(const std::string& text, std::string_view name) {
  const syntax::ParseResult parsed = syntax::Parse(text, {});
  EXPECT_TRUE(parsed.errors.empty());
  const syntax::Tree& tree = *parsed.tree;
  const ScopeTree scopes = ScopeTree::Build(tree);
  const syntax::NodeId function = syntax::ModuleView(tree, tree.root()).body()[0];
  const syntax::NodeId last = syntax::FunctionDefView(tree, function).body().back();
  const ScopeId scope = scopes.FrameOf(scopes.ScopeAt(last));
  const Cfg cfg = Cfg::Build(tree, scopes, scope);
  const size_t slots = scopes[scope].symbols.size();
  SlotSet parameters(slots);
  uint32_t wanted = UINT32_MAX;
  for (uint32_t slot = 0; slot < slots; ++slot) {
    const std::string_view symbol = tree.Name(scopes[scope].symbols[slot].name);
    if (symbol == "x") parameters.Add(slot);
    if (symbol == name) wanted = slot;
  }
  const std::vector<SlotSet> bound = BoundBefore(cfg, slots, parameters);
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) {
    if (cfg.nodes()[index].ast == last) return bound[index].Has(wanted);
  }
  ADD_FAILURE() << "no node for the last statement";
  return false;
}

TEST(BoundBefore, SeesWhatIsTakenAwayWhereAllWasBound) {
  EXPECT_FALSE(BoundAtLast("def f(x):\n    del x\n    print(x)\n", "x"));
  EXPECT_TRUE(BoundAtLast("def f(x):\n    pass\n    print(x)\n", "x"));
}

TEST(BoundBefore, JoinsPaths) {
  EXPECT_FALSE(BoundAtLast("def f(x):\n    if x:\n        y = 1\n    print(y)\n", "y"));
  EXPECT_TRUE(BoundAtLast(
      "def f(x):\n    if x:\n        y = 1\n    else:\n        y = 2\n    print(y)\n", "y"));
  EXPECT_FALSE(BoundAtLast("def f(x):\n    for i in x:\n        y = 1\n    print(y)\n", "y"));
}

}  // namespace
}  // namespace unspool::semantics
