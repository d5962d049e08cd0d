#include "semantics/scopes/scopes.h"
#include "syntax/parse.h"
#include "syntax/views.h"

#include <gtest/gtest.h>
#include <vector>

namespace unspool::semantics {
namespace {

constexpr std::string_view kTexts[] = {
    "total = 0\ndef f(x):\n    global total\n    total += x\n    return [y for y in x if total]\n"
    "class C:\n    __hidden = 1\n    def get(self): return self.__hidden, total, len\n",
    "total = print\nclass C:\n    def __own(self): return lambda: (C, total, missing, __class__)\n",
    "import total\ndef g():\n    total = 1\n    def h():\n        nonlocal total\n"
    "        total = 2\n    return total, f\n",
};

TEST(LinkedScopes, MeanInEachFileWhatTheyMeantThere) {
  std::vector<syntax::ParseResult> parsed;
  std::vector<ScopeTree> own;
  for (std::string_view text : kTexts) {
    parsed.push_back(syntax::Parse(text, {}));
    own.push_back(ScopeTree::Build(*parsed.back().tree));
  }
  std::vector<const syntax::Tree*> trees;
  std::vector<const ScopeTree*> parts;
  for (const syntax::ParseResult& result : parsed) trees.push_back(result.tree.get());
  for (const ScopeTree& scopes : own) parts.push_back(&scopes);
  const auto linked = syntax::LinkTrees(trees);
  const ScopeTree all = ScopeTree::Link(*linked, parts);
  uint32_t first_scope = 0;
  for (size_t part = 0; part < parts.size(); ++part) {
    const ScopeTree& scopes = *parts[part];
    const uint32_t first = linked->parts[part].first_node;
    for (uint32_t index = 0; index < trees[part]->size(); ++index) {
      const NodeId node(index), there(first + index);
      ASSERT_EQ(all.ScopeAt(there).value(), first_scope + scopes.ScopeAt(node).value());
      EXPECT_EQ(all.ModuleOf(all.ScopeAt(there)).value(), first_scope);
      const ScopeId opened = scopes.ScopeOpenedBy(node);
      EXPECT_EQ(all.ScopeOpenedBy(there).has_value(), opened.has_value());
      if (trees[part]->kind(node) != syntax::NodeKind::Name) continue;
      const Resolution then =
          scopes.Resolve(scopes.ScopeAt(node), syntax::NameView(*trees[part], node).id());
      const Resolution now =
          all.Resolve(all.ScopeAt(there), syntax::NameView(*linked->tree, there).id());
      EXPECT_EQ(now.kind, then.kind) << trees[part]->TextOf(node);
      if (then.kind == NameKind::Implicit) continue;
      EXPECT_EQ(now.scope.value(), first_scope + then.scope.value());
      EXPECT_EQ(now.slot, then.slot);
      const Symbol& symbol = scopes[then.scope].symbols[then.slot];
      const Symbol& moved = all[now.scope].symbols[now.slot];
      EXPECT_EQ(all.Text(moved.key), scopes.Text(symbol.key));
      ASSERT_EQ(all.BindingsOf(moved).size(), scopes.BindingsOf(symbol).size());
      for (size_t at = 0; at < scopes.BindingsOf(symbol).size(); ++at) {
        EXPECT_EQ(all.BindingsOf(moved)[at].node.value(),
                  first + scopes.BindingsOf(symbol)[at].node.value());
      }
    }
    first_scope += static_cast<uint32_t>(scopes.size());
  }
}

}  // namespace
}  // namespace unspool::semantics
