#include "semantics/modules/module_all.h"

#include "syntax/parse.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace unspool::semantics {
namespace {

// The names with `@` before what stands for another list; "absent"; or "? reason".
std::string AllOf(const std::string& text) {
  const syntax::ParseResult parsed = syntax::Parse(text, {});
  EXPECT_TRUE(parsed.errors.empty());
  const ScopeTree scopes = ScopeTree::Build(*parsed.tree);
  const ModuleAll all = FindModuleAll(*parsed.tree, scopes);
  if (all.state == ModuleAll::State::Absent) return "absent";
  if (all.state == ModuleAll::State::Unknown) return "? " + all.reason;
  std::string names;
  for (const ModuleAll::Item& item : all.items) {
    if (!names.empty()) names += ' ';
    names += item.module ? fmt::format("@{}", parsed.tree->TextOf(item.module)) : item.name;
  }
  if (all.star_import_later) names += " *";
  return names;
}

TEST(ModuleAllTest, ListsAndWhatIsDoneToThem) {
  EXPECT_EQ(AllOf("x = 1\n"), "absent");
  EXPECT_EQ(AllOf("print(__all__)\n"), "absent");
  EXPECT_EQ(AllOf("__all__ = ['a', 'b']\n"), "a b");
  EXPECT_EQ(AllOf("__all__: list[str] = ('a',)\n"), "a");
  EXPECT_EQ(AllOf("__all__ = ['a'] + ['b'] + list(('c',))\n__all__ += ['d']\n"), "a b c d");
  EXPECT_EQ(AllOf("__all__ = []\n__all__.append('a')\n__all__.extend(['b', 'c'])\n"
                  "__all__.remove('b')\n"),
            "a c");
  EXPECT_EQ(AllOf("__all__ = ['a']\n__all__ = __all__ + ['b']\n"), "a b");
  EXPECT_EQ(AllOf("__all__ = ['a']\ndel __all__\n"), "absent");
}

TEST(ModuleAllTest, ListsOfOtherModules) {
  EXPECT_EQ(AllOf("import m.n\n__all__ = ['a', *m.n.__all__]\n__all__ += m.__all__\n"),
            "a @m.n @m");
  EXPECT_EQ(AllOf("from m import __all__\n__all__ += ['a']\n"), "@from m import __all__ a");
  EXPECT_EQ(AllOf("from m import *\n__all__ = ['a']\n"), "a");
  EXPECT_EQ(AllOf("__all__ = ['a']\nfrom m import *\n"), "a *");
  EXPECT_EQ(AllOf("import m\n__all__ = m.__all__\n__all__.remove('a')\n"),
            "? `a` is removed, which another module's `__all__` may list");
}

TEST(ModuleAllTest, ReadingItChangesNothing) {
  EXPECT_EQ(AllOf("__all__ = ['a']\nfor name in __all__: print(name)\n"
                  "def f(): return len(__all__), sorted(__all__), 'a' in __all__, __all__[0]\n"),
            "a");
}

TEST(ModuleAllTest, UnknownHasAReason) {
  EXPECT_EQ(AllOf("__all__ = [name for name in dir()]\n"), "? `__all__` is computed");
  EXPECT_EQ(AllOf("__all__ = ['a', name]\n"), "? `__all__` holds what is no string literal");
  EXPECT_EQ(AllOf("__all__ = ['a']\nif x: __all__ += ['b']\n"),
            "? `__all__` is bound where it may be left out (augmented assignment)");
  EXPECT_EQ(AllOf("__all__ = ['a']\nif x: __all__.append('b')\n"),
            "? `__all__` is used in a way that may change it");
  EXPECT_EQ(AllOf("__all__ = ['a']\ndef f():\n  global __all__\n  __all__ = []\n"),
            "? `__all__` is bound by a function (assignment)");
  EXPECT_EQ(AllOf("__all__ = names = ['a']\n"), "? `__all__` is bound (assignment)");
  EXPECT_EQ(AllOf("__all__ = ['a']\nf(__all__)\n"),
            "? `__all__` is used in a way that may change it");
  EXPECT_EQ(AllOf("__all__ = ['a']\n__all__.remove('b')\n"), "? `b` is removed and was not listed");
  EXPECT_EQ(AllOf("def list(x): return []\n__all__ = list(['a'])\n"), "? `__all__` is computed");
}

}  // namespace
}  // namespace unspool::semantics
