#include "semantics/scopes/scopes.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace unspool::semantics {
namespace {

using namespace syntax;

class ScopesTest : public testing::Test {
 protected:
  void Build(std::string text, uint8_t minor = 11) {
    text_ = std::move(text);
    parsed_ = Parse(text_, {.target = {3, minor}});
    ASSERT_TRUE(parsed_.errors.empty());
    scopes_ = ScopeTree::Build(*parsed_.tree, {3, minor});
  }
  const Tree& tree() const { return *parsed_.tree; }

  // The n-th place where the name stands, in source order.
  NodeId NameAt(std::string_view name, size_t number) const {
    std::vector<NodeId> found;
    for (uint32_t index = 0; index < tree().size(); ++index) {
      const NodeId node(index);
      if (tree().kind(node) != NodeKind::Name) continue;
      if (tree().Name(NameView(tree(), node).id()) == name) found.push_back(node);
    }
    std::ranges::sort(found, {}, [&](NodeId node) { return tree().begin(node); });
    return found.at(number);
  }
  Resolution Meaning(std::string_view name, size_t number) const {
    const NodeId node = NameAt(name, number);
    return scopes_.Resolve(scopes_.ScopeAt(node), NameView(tree(), node).id());
  }
  const Symbol& SymbolOf(const Resolution& found) const {
    return scopes_[found.scope].symbols[found.slot];
  }
  // "kind@line", with `?` where it may be left out and `<` where it stands in another scope.
  std::string Bindings(const Resolution& found) const {
    std::string text;
    for (const Binding& binding : scopes_.BindingsOf(SymbolOf(found))) {
      const auto line = std::ranges::count(text_.substr(0, tree().begin(binding.node)), '\n') + 1;
      if (!text.empty()) text += ", ";
      text += std::string(WordOf(binding.kind)) + "@" + std::to_string(line);
      if (binding.conditional) text += "?";
      if (binding.from != found.scope) text += "<";
    }
    return text;
  }

  std::string text_;
  ParseResult parsed_;
  ScopeTree scopes_;
};

TEST_F(ScopesTest, PrivateNamesAreOneVariableHoweverWritten) {
  Build("def f():\n  _C__x = 1\n  class C:\n    def m(self):\n      return __x\n");
  const Resolution inner = Meaning("__x", 0);
  EXPECT_EQ(inner.kind, NameKind::Cell);
  EXPECT_EQ(inner.scope, Meaning("_C__x", 0).scope);
  EXPECT_EQ(inner.slot, Meaning("_C__x", 0).slot);
  EXPECT_TRUE(SymbolOf(inner).captured);
}

TEST_F(ScopesTest, FunctionsDoNotSeeTheClassAroundThem) {
  Build("x = 1\nclass C:\n  x = 2\n  y = x\n  def m(self): return x\n  z = [x for _ in x]\n");
  EXPECT_EQ(Meaning("x", 2).kind, NameKind::Local);
  EXPECT_EQ(
      scopes_.ResolveGlobal(scopes_.ScopeAt(NameAt("x", 2)), NameView(tree(), NameAt("x", 2)).id())
          .kind,
      NameKind::Global);
  EXPECT_EQ(Meaning("x", 3).kind, NameKind::Global);
  EXPECT_EQ(Meaning("x", 4).kind, NameKind::Global);  // the element
  EXPECT_EQ(Meaning("x", 5).kind, NameKind::Local);   // the first iterable
}

TEST_F(ScopesTest, ClassCellIsNoVariableOfTheModule) {
  Build("__class__ = 1\nclass C:\n  def m(self): return __class__\nprint(__class__)\n");
  EXPECT_EQ(Meaning("__class__", 1).kind, NameKind::Implicit);
  EXPECT_EQ(Meaning("__class__", 2).kind, NameKind::Global);
}

TEST_F(ScopesTest, AssignmentExpressionsBindOutsideOfComprehensions) {
  Build("def f(a):\n  [y := x for x in a]\n  return y\n[z := x for x in z]\n");
  EXPECT_EQ(Meaning("y", 0).kind, NameKind::Local);
  EXPECT_EQ(Meaning("y", 0).scope, Meaning("y", 1).scope);
  EXPECT_EQ(Bindings(Meaning("y", 1)), "assignment expression@2?<");
  EXPECT_EQ(Meaning("z", 0).kind, NameKind::Global);
  EXPECT_FALSE(SymbolOf(Meaning("z", 0)).rebound_inside);
}

TEST_F(ScopesTest, GlobalInOneFunctionIsSeenByTheOthers) {
  Build(
      "def set():\n  global n\n  n = 1\ndef get(): return n\ndef outer():\n  global k\n"
      "  def inner(): return k\n");
  EXPECT_EQ(Meaning("n", 1).kind, NameKind::Global);
  EXPECT_TRUE(SymbolOf(Meaning("n", 1)).rebound_inside);
  EXPECT_EQ(Bindings(Meaning("n", 1)), "assignment@3<");
  EXPECT_EQ(Meaning("k", 0).kind, NameKind::Global);
}

TEST_F(ScopesTest, EveryWayToBind) {
  Build(R"(import n.a
from m import x as n
n = 1
n += 1
n: int = 2
n: int
for n in n: pass
with n as n: pass
try: pass
except n as n: pass
match n:
  case [n, *n]: pass
  case {1: _, **n}: pass
  case int() as n: pass
def n(): pass
class n: pass
(n := 3) and (n := 4)
if n: n = 5
del n
)");
  EXPECT_EQ(Bindings(Meaning("n", 0)),
            "import@1, from import@2, assignment@3, augmented assignment@4, "
            "annotated assignment@5, annotation@6, for@7?, with@8, except@10?, match@12?, "
            "match@12?, match@13?, match@14?, function@15, class@16, assignment expression@17, "
            "assignment expression@17?, assignment@18?, del@19");
}

TEST_F(ScopesTest, ParametersAndTypeParameters) {
  Build("def f[T](a, /, b, *c, d=1, **e): return T, a\n", 12);
  EXPECT_EQ(Bindings(Meaning("T", 0)), "type parameter@1");
  EXPECT_EQ(scopes_[Meaning("T", 0).scope].kind, ScopeKind::TypeParameters);
  EXPECT_EQ(Bindings(Meaning("a", 0)), "parameter@1");
}

TEST_F(ScopesTest, AnnotationsSeeTheClassAndMayBeNoPartOfTheProgram) {
  const std::string text = "class C:\n  T = int\n  def m(self, a: T): pass\n";
  Build(text, 14);
  const Resolution lazy = Meaning("T", 1);
  EXPECT_EQ(scopes_[scopes_.ScopeAt(NameAt("T", 1))].kind, ScopeKind::Annotation);
  EXPECT_EQ(scopes_[lazy.scope].kind, ScopeKind::Class);
  EXPECT_TRUE(SymbolOf(lazy).captured);
  Build("from __future__ import annotations\n" + text);
  EXPECT_TRUE(scopes_[scopes_.ScopeAt(NameAt("T", 1))].detached);
  Build(text);
  EXPECT_EQ(scopes_[scopes_.ScopeAt(NameAt("T", 1))].kind, ScopeKind::Class);
}

TEST_F(ScopesTest, InlinedComprehensionsLeaveMeaningsAlone) {
  Build("def f(a):\n  def g(): return x\n  return [x for x in a]\n", 12);
  EXPECT_EQ(Meaning("x", 0).kind, NameKind::Implicit);
  EXPECT_EQ(Meaning("x", 1).kind, NameKind::Local);
  EXPECT_EQ(scopes_[Meaning("x", 1).scope].kind, ScopeKind::Comprehension);
}

TEST_F(ScopesTest, StarImportsAreKept) {
  Build("from a import *\ntry:\n  from b import *\nexcept E: pass\n");
  EXPECT_EQ(scopes_.star_imports().size(), 2);
  EXPECT_TRUE(scopes_[scopes_.module_scope()].has_star_import);
}

}  // namespace
}  // namespace unspool::semantics
