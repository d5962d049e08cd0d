#include "semantics/modules/module_facts.h"
#include "syntax/parse.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::semantics {
namespace {

bool Leaves(const std::string& body, std::string_view name) {
  const std::string text = "names = ['a', 'b']\ndef __getattr__(name):\n" + body;
  const syntax::ParseResult parsed = syntax::Parse(text);
  EXPECT_TRUE(parsed.errors.empty()) << body;
  return ModuleFactsOf(*parsed.tree, {}, "/p/__init__.py", "p").getattr.LeavesSubmodule(name);
}

TEST(ModuleGetattr, RaisesOrImports) {
  EXPECT_TRUE(Leaves("    raise AttributeError(name)\n", "a"));
  const std::string lazy =
      "    if name in names:\n        return importlib.import_module('.' + name, __name__)\n"
      "    raise AttributeError\n";
  EXPECT_TRUE(Leaves(lazy, "a"));
  EXPECT_TRUE(Leaves(lazy, "c"));
  EXPECT_TRUE(Leaves("    return import_module(f'p.{name}')\n", "a"));
  EXPECT_FALSE(Leaves("    return import_module(f'q.{name}')\n", "a"));
  EXPECT_FALSE(Leaves("    return import_module('.' + name, 'q')\n", "a"));
}

TEST(ModuleGetattr, OtherAnswers) {
  const std::string other = "    if name == 'a':\n        return 1\n    raise AttributeError\n";
  EXPECT_FALSE(Leaves(other, "a"));
  EXPECT_TRUE(Leaves(other, "b"));
  EXPECT_FALSE(Leaves("    pass\n", "a"));  // None
  EXPECT_FALSE(Leaves("    if flag:\n        return 1\n    raise AttributeError\n", "a"));
  EXPECT_FALSE(Leaves("    raise ValueError\n", "a"));
  EXPECT_FALSE(Leaves("    for x in y:\n        return x\n    raise AttributeError\n", "a"));
}

TEST(ModuleGetattr, ImportsUnderTheName) {
  const std::string text =
      "    if name == 'a':\n        import p.a as found\n        return found\n"
      "    raise AttributeError\n";
  EXPECT_TRUE(Leaves(text, "a"));
  const std::string another =
      "    if name == 'a':\n        import p.b as found\n        return found\n"
      "    raise AttributeError\n";
  EXPECT_FALSE(Leaves(another, "a"));
}

TEST(ModuleFacts, Bindings) {
  const std::string text =
      "try:\n    import fast as impl\nexcept ImportError:\n    import slow as impl\n"
      "if flag:\n    sometimes = 1\nelse:\n    other = 2\n"
      "always = 1\ndel always\n"
      "from .sub import *\n__all__ = ['a']\n__all__ += ['b']\n";
  const syntax::ParseResult parsed = syntax::Parse(text);
  const ModuleFacts facts = ModuleFactsOf(*parsed.tree, {}, "/p/__init__.py", "p");
  EXPECT_TRUE(facts.IsDefinite("impl"));
  EXPECT_FALSE(facts.IsDefinite("sometimes"));
  EXPECT_FALSE(facts.IsDefinite("always"));
  auto [begin, end] = facts.BindingsOf("impl");
  ASSERT_EQ(end - begin, 2);
  EXPECT_FALSE(begin->fallback);
  EXPECT_TRUE(begin[1].fallback);
  ASSERT_TRUE(facts.all.has_value());
  EXPECT_EQ(*facts.all, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(facts.stars.size(), 1u);
}

}  // namespace
}  // namespace unspool::semantics
