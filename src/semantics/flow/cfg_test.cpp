#include "semantics/flow/cfg.h"

#include "semantics/flow/dominance.h"
#include "semantics/flow/reaching_definitions.h"
#include "syntax/parse.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <utility>

namespace unspool::semantics {
namespace {

// The graph of the first function of a text, or of the module where there is none.
class Graph {
 public:
  explicit Graph(std::string text) : text_(std::move(text)), parsed_(syntax::Parse(text_, {})) {
    EXPECT_TRUE(parsed_.errors.empty());
    scopes_ = ScopeTree::Build(*parsed_.tree);
    ScopeId wanted = scopes_.module_scope();
    for (uint32_t index = 0; index < scopes_.size(); ++index) {
      if (scopes_[ScopeId(index)].kind == ScopeKind::Function) wanted = ScopeId(index);
    }
    cfg_ = Cfg::Build(*parsed_.tree, scopes_, wanted);
  }

  const Cfg& cfg() const { return cfg_; }

  // The nodes of one part whose text begins so, in ascending order.
  std::vector<uint32_t> Find(CfgPart part, std::string_view text) const {
    std::vector<uint32_t> found;
    for (uint32_t index = 0; index < cfg_.nodes().size(); ++index) {
      const CfgNode& node = cfg_.nodes()[index];
      const NodeId code = node.code ? node.code : node.ast;
      if (node.part != part || !parsed_.tree->TextOf(code).starts_with(text)) continue;
      found.push_back(index);
    }
    return found;
  }
  uint32_t Statement(std::string_view text) const {
    const std::vector<uint32_t> found = Find(CfgPart::Statement, text);
    EXPECT_EQ(found.size(), 1U) << text;
    return found.empty() ? 0 : found.front();
  }

  // Whether a way leads from one node to another, without the edges of raising where so wished.
  bool Leads(uint32_t from, uint32_t to, bool raising = true) const {
    std::set<uint32_t> seen;
    std::vector<uint32_t> pending = {from};
    while (!pending.empty()) {
      const uint32_t node = pending.back();
      pending.pop_back();
      for (const CfgEdge& edge : cfg_.EdgesFrom(node)) {
        if (edge.is_raise() && !raising) continue;
        if (edge.to == to) return true;
        if (seen.insert(edge.to).second) pending.push_back(edge.to);
      }
    }
    return false;
  }
  bool Has(uint32_t from, uint32_t to, CfgEdgeKind kind) const {
    return std::ranges::any_of(cfg_.EdgesFrom(from), [&](const CfgEdge& edge) {
      return edge.to == to && edge.kind == kind;
    });
  }

  CfgRegion Whole() const {
    const size_t slots = scopes_[cfg_.scope()].symbols.size();
    CfgRegion whole = CfgRegion::OfAllNodes(cfg_, slots);
    for (uint32_t slot = 0; slot < slots; ++slot) whole.slots.Add(slot);
    return whole;
  }
  uint32_t Slot(std::string_view name) const {
    return scopes_[cfg_.scope()].slot_of.at(parsed_.tree->names().Find(name).value());
  }

 private:
  std::string text_;
  syntax::ParseResult parsed_;
  ScopeTree scopes_;
  Cfg cfg_;
};

TEST(Cfg, BranchesAreLabelled) {
  const Graph graph(
      "def f(x):\n    if x: a()\n    else: b()\n    for i in x: c()\n    else: d()\n");
  const uint32_t test = graph.Find(CfgPart::Test, "x").front();
  EXPECT_TRUE(graph.Has(test, graph.Statement("a"), CfgEdgeKind::True));
  EXPECT_TRUE(graph.Has(test, graph.Statement("b"), CfgEdgeKind::False));
  const uint32_t next = graph.Find(CfgPart::Next, "x").front();
  EXPECT_TRUE(graph.Has(next, next + 1, CfgEdgeKind::Iterate));
  EXPECT_FALSE(graph.Leads(graph.Statement("d"), next));
}

TEST(Cfg, AFinallyBlockHasACopyForEachReason) {
  const Graph graph(
      "def f(x):\n    for i in x:\n        try:\n            if i: return a()\n"
      "            if x: break\n            if f: continue\n            b()\n"
      "        finally:\n            c()\n");
  EXPECT_EQ(graph.Find(CfgPart::Statement, "c()").size(), 5U);
}

TEST(Cfg, FinallyBlocksInsideOthersAreShared) {
  std::string text = "def f(x):\n";
  std::string indent = "    ";
  for (int depth = 0; depth < 60; ++depth) {
    text += indent + "try: return x()\n" + indent + "finally:\n";
    indent += ' ';
  }
  text += indent + "last()\n";
  const Graph graph(text);
  EXPECT_LE(graph.Find(CfgPart::Statement, "last()").size(), 5U);
  EXPECT_LT(graph.cfg().nodes().size(), 5U * 60 * 8);
}

TEST(Cfg, SharedBlocksSayByWhichReasonTheyAreLeft) {
  const Graph graph(
      "def f(x):\n    try: pass\n    finally:\n        try:\n            if x: return 1\n"
      "            a()\n        finally:\n            b()\n        c()\n");
  for (uint32_t end : graph.Find(CfgPart::FinallyEnd, "")) {
    std::set<CfgEdgeKind> kinds;
    for (const CfgEdge& edge : graph.cfg().EdgesFrom(end)) kinds.insert(edge.kind);
    EXPECT_EQ(kinds, (std::set{CfgEdgeKind::Next, CfgEdgeKind::Return, CfgEdgeKind::Reraise}));
  }
}

TEST(Cfg, AnExceptionPassesOnAfterFinally) {
  const Graph graph("def f(x):\n    try:\n        a()\n    finally:\n        b()\n    c()\n");
  for (uint32_t copy : graph.Find(CfgPart::Statement, "b()")) {
    const bool normal = graph.cfg().nodes()[copy].reason == CfgReason::Normal;
    EXPECT_EQ(graph.Leads(copy, graph.Statement("c()"), false), normal);
  }
}

TEST(Cfg, AnExitMaySwallowOnlyExceptions) {
  const Graph graph("def f(x):\n    with x:\n        a()\n    b()\n");
  const std::vector<uint32_t> exits = graph.Find(CfgPart::WithExit, "x");
  ASSERT_EQ(exits.size(), 2U);
  EXPECT_TRUE(graph.Has(exits[0], graph.Statement("b()"), CfgEdgeKind::Next));
  EXPECT_TRUE(graph.Has(exits[1], graph.Statement("b()"), CfgEdgeKind::Swallowed));
  EXPECT_TRUE(graph.Has(exits[1], graph.cfg().raise_exit(), CfgEdgeKind::Reraise));
}

TEST(Cfg, GroupsOfExceptionsGoThroughAllClauses) {
  const Graph graph(
      "def f(x):\n    try:\n        a()\n    except* A:\n        b()\n    except* B:\n        c()\n"
      "    d()\n");
  EXPECT_TRUE(graph.Leads(graph.Statement("b()"), graph.Statement("c()")));
  EXPECT_TRUE(graph.Leads(graph.Statement("b()"), graph.cfg().raise_exit()));
  EXPECT_TRUE(graph.Leads(graph.Statement("c()"), graph.Statement("d()")));
}

TEST(Cfg, YieldsAndAwaitsSuspend) {
  const Graph graph(
      "async def f(x):\n    a = [i async for i in x]\n    b = (i async for i in x)\n    await x\n"
      "    async with x: pass\n");
  EXPECT_TRUE(graph.cfg().nodes()[graph.cfg().entry()].suspends);
  EXPECT_TRUE(graph.cfg().nodes()[graph.Statement("a =")].suspends);
  EXPECT_FALSE(graph.cfg().nodes()[graph.Statement("b =")].suspends);
  EXPECT_TRUE(graph.cfg().nodes()[graph.Statement("await")].suspends);
  for (uint32_t exit : graph.Find(CfgPart::WithExit, "x")) {
    EXPECT_TRUE(graph.cfg().nodes()[exit].suspends);
  }
}

TEST(Cfg, WhatFollowsAnEndlessLoopIsNotReached) {
  const Graph graph("def f(x):\n    while 1:\n        a()\n    b()\n");
  EXPECT_FALSE(graph.Leads(graph.cfg().entry(), graph.Statement("b()")));
  EXPECT_TRUE(graph.Leads(graph.cfg().entry(), graph.cfg().raise_exit()));
}

TEST(Cfg, ChainsMayBeLong) {
  // The parser refuses trees much deeper than that.
  constexpr uint32_t kLength = 2'500;
  std::string text = "def f(x):\n    if x: a()\n";
  for (uint32_t index = 0; index < kLength; ++index) text += "    elif x: b()\n";
  const Graph graph(text + "    c()\n");
  EXPECT_LT(graph.cfg().nodes().size(), 3 * kLength);
  const DominatorTree dominators = DominatorTree::Of(graph.cfg());
  EXPECT_TRUE(dominators.Dominates(graph.Statement("a()") - 1, graph.Statement("c()")));
  EXPECT_FALSE(dominators.Dominates(graph.Statement("a()"), graph.Statement("c()")));
}

TEST(Cfg, StraightCodeMayBeLong) {
  std::string text = "def f(x):\n";
  for (int index = 0; index < 100'000; ++index) text += "    if x: x()\n";
  const Graph graph(text);
  const CfgRegion whole = graph.Whole();
  const BoundSlots bound = BoundBefore(graph.cfg(), whole, graph.cfg().entry(), {});
  EXPECT_TRUE(bound.before.Has(graph.cfg().exit(), whole.slots.PositionOf(graph.Slot("x"))));
  const DominatorTree dominators = DominatorTree::Of(graph.cfg());
  EXPECT_TRUE(dominators.Dominates(graph.cfg().entry(), graph.cfg().exit()));
}

TEST(Cfg, ManyItemsOfWith) {
  std::string text = "def f(x):\n    with (x as a";
  for (int index = 0; index < 20'000; ++index) text += ", x";
  const Graph graph(text + "):\n        return a\n");
  EXPECT_LT(graph.cfg().nodes().size(), 200'000U);
  EXPECT_TRUE(graph.Leads(graph.cfg().entry(), graph.cfg().exit()));
}

TEST(Dominance, OfLoopsAndEnds) {
  const Graph graph(
      "def f(x):\n    while x:\n        a()\n        for i in x:\n            b()\n    c()\n");
  const DominatorTree dominators = DominatorTree::Of(graph.cfg());
  const uint32_t test = graph.Find(CfgPart::Test, "x").front();
  EXPECT_TRUE(dominators.Dominates(test, graph.Statement("c()")));
  EXPECT_FALSE(dominators.Dominates(graph.Statement("a()"), graph.Statement("c()")));
  const LoopNest nest = LoopNest::Of(graph.cfg(), dominators);
  ASSERT_EQ(nest.loops.size(), 2U);
  EXPECT_EQ(nest.loops[0].header, test);
  EXPECT_EQ(nest.loops[1].outer, 0U);
  EXPECT_EQ(nest.loops[1].depth, 2U);
  EXPECT_EQ(nest.innermost[graph.Statement("a()")], 0U);
  EXPECT_EQ(nest.innermost[graph.Statement("b()")], 1U);
  EXPECT_EQ(nest.innermost[graph.Statement("c()")], LoopNest::kNone);
}

TEST(Dominance, PostDominatorsCountExceptions) {
  const Graph graph("def f(x):\n    try:\n        a()\n    finally:\n        pass\n    return 1\n");
  const DominatorTree ends = DominatorTree::OfEnds(graph.cfg());
  const uint32_t root = static_cast<uint32_t>(graph.cfg().nodes().size());
  EXPECT_EQ(ends.Parent(graph.Statement("a()")), root);
  EXPECT_EQ(ends.Parent(graph.Statement("return")), graph.cfg().exit());
}

// The statements (by their nodes) whose bindings reach the last one.
std::vector<uint32_t> Reaching(const Graph& graph, std::string_view name, uint32_t at) {
  const CfgRegion whole = graph.Whole();
  const ReachingDefinitions reaching(graph.cfg(), whole, graph.cfg().entry());
  std::vector<uint32_t> nodes;
  for (uint32_t index : reaching.At(at, whole.slots.PositionOf(graph.Slot(name)))) {
    nodes.push_back(reaching.definitions()[index].node);
  }
  return nodes;
}

TEST(ReachingDefinitions, JoinAndAreHidden) {
  const Graph graph(
      "def f(x):\n    a = 1\n    b = 1\n    if x:\n        a = 2\n        b = 2\n    else:\n"
      "        b = 3\n    print(a, b, c)\n    c = 1\n");
  const uint32_t print = graph.Statement("print");
  EXPECT_EQ(Reaching(graph, "a", print),
            (std::vector{graph.Statement("a = 1"), graph.Statement("a = 2")}));
  EXPECT_EQ(Reaching(graph, "b", print),
            (std::vector{graph.Statement("b = 2"), graph.Statement("b = 3")}));
  EXPECT_EQ(Reaching(graph, "c", print), (std::vector{Definition::kBefore}));
  EXPECT_EQ(Reaching(graph, "x", print), (std::vector{graph.cfg().entry()}));
}

TEST(ReachingDefinitions, ExceptionsCarryBoth) {
  const Graph graph(
      "def f(x):\n    a = 1\n    try:\n        a = x()\n    except E:\n        print(a)\n");
  EXPECT_EQ(Reaching(graph, "a", graph.Statement("print")),
            (std::vector{graph.Statement("a = 1"), graph.Statement("a = x")}));
}

TEST(ReachingDefinitions, GoRoundLoops) {
  const Graph graph("def f(x):\n    a = 1\n    while x:\n        print(a)\n        a = x()\n");
  EXPECT_EQ(Reaching(graph, "a", graph.Statement("print")),
            (std::vector{graph.Statement("a = 1"), graph.Statement("a = x")}));
}

}  // namespace
}  // namespace unspool::semantics
