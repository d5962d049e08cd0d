#include "semantics/flow/ssa.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {
namespace {

struct Program {
  explicit Program(std::string_view text)
      : parsed(syntax::Parse(text, {})),
        scopes(ScopeTree::Build(*parsed.tree)),
        cfg(Cfg::Build(*parsed.tree, scopes, scopes.module_scope())),
        ssa(Ssa::Build(cfg, scopes[scopes.module_scope()].symbols.size())) {}

  // Where the value that a variable has at its last reading comes from: lines of bindings, sorted;
  // 0 for none.
  std::vector<uint32_t> SourcesOfLastUse(std::string_view name) const {
    uint32_t slot = 0;
    const auto& symbols = scopes[scopes.module_scope()].symbols;
    while (scopes.Text(symbols[slot].key) != name) ++slot;
    std::vector<uint32_t> stack;
    for (uint32_t node : ssa.order()) {
      const auto uses = cfg.Uses(node);
      for (size_t index = 0; index < uses.size(); ++index) {
        if (uses[index] == slot) stack = {ssa.UsesAt(node)[index]};
      }
    }
    std::vector<bool> seen(ssa.versions().size());
    std::vector<uint32_t> lines;
    while (!stack.empty()) {
      const uint32_t index = stack.back();
      stack.pop_back();
      if (seen[index]) continue;
      seen[index] = true;
      const SsaVersion& version = ssa.versions()[index];
      if (version.kind == VersionKind::Entry) lines.push_back(0);
      if (version.kind == VersionKind::Binding) lines.push_back(LineOf(version.node));
      for (uint32_t operand : ssa.OperandsOf(version)) stack.push_back(operand);
    }
    std::ranges::sort(lines);
    return lines;
  }

  uint32_t LineOf(uint32_t node) const {
    const std::string_view before =
        parsed.tree->text().substr(0, parsed.tree->begin(cfg.nodes()[node].ast));
    return 1 + static_cast<uint32_t>(std::ranges::count(before, '\n'));
  }

  syntax::ParseResult parsed;
  ScopeTree scopes;
  Cfg cfg;
  Ssa ssa;
};

using Lines = std::vector<uint32_t>;

TEST(Ssa, StraightLine) {
  EXPECT_EQ(Program("x = 1\nx = 2\nx\n").SourcesOfLastUse("x"), Lines({2}));
  EXPECT_EQ(Program("x\nx = 1\n").SourcesOfLastUse("x"), Lines({0}));
}

TEST(Ssa, BranchesMeet) {
  EXPECT_EQ(Program("x = 1\nif a:\n  x = 2\nx\n").SourcesOfLastUse("x"), Lines({1, 3}));
  EXPECT_EQ(Program("if a:\n  x = 2\nelse:\n  x = 4\nx\n").SourcesOfLastUse("x"), Lines({2, 4}));
  EXPECT_EQ(Program("if a:\n  x = 2\nx\n").SourcesOfLastUse("x"), Lines({0, 2}));
}

TEST(Ssa, LoopsCarry) {
  EXPECT_EQ(Program("x = 1\nwhile a:\n  x\n  x = 4\n").SourcesOfLastUse("x"), Lines({1, 4}));
  EXPECT_EQ(Program("for x in a:\n  pass\nx\n").SourcesOfLastUse("x"), Lines({0, 1}));
}

// An exception may come before a binding and after it.
TEST(Ssa, HandlersSeeEveryState) {
  EXPECT_EQ(Program("x = 1\ntry:\n  x = f()\n  x = g()\nexcept E:\n  x\n").SourcesOfLastUse("x"),
            Lines({1, 3, 4}));
}

TEST(Ssa, FinallyGoesOnAsItCame) {
  EXPECT_EQ(Program("x = 1\ntry:\n  x = f()\nfinally:\n  pass\nx\n").SourcesOfLastUse("x"),
            Lines({3}));
}

TEST(Ssa, AssignmentExpressionsMayNotHappen) {
  EXPECT_EQ(Program("x = 1\na and (x := 2)\nx\n").SourcesOfLastUse("x"), Lines({1, 2}));
}

TEST(Ssa, ConditionsNarrow) {
  const Program program("x = f()\nif x is None:\n  x = 3\nx\n");
  size_t narrowed = 0;
  for (const SsaVersion& version : program.ssa.versions()) {
    narrowed += version.kind == VersionKind::Narrowed;
  }
  // On the way into the branch, and on the way around it.
  EXPECT_EQ(narrowed, 2U);
  EXPECT_EQ(program.SourcesOfLastUse("x"), Lines({1, 3}));
}

// Chains of statements cost their length, not its square.
TEST(Ssa, ManyStatements) {
  std::string text = "try:\n";
  for (int index = 0; index < 20000; ++index) text += "  x = f(x)\n";
  text += "except E:\n  x\n";
  EXPECT_EQ(Program(text).SourcesOfLastUse("x").size(), 20001U);
}

}  // namespace
}  // namespace unspool::semantics
