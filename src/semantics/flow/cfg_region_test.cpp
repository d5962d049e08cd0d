#include "semantics/flow/cfg_region.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <utility>

namespace unspool::semantics {
namespace {

// The body of the loop that is the function's first statement, as a region.
class LoopBody {
 public:
  explicit LoopBody(std::string text) : text_(std::move(text)), parsed_(syntax::Parse(text_, {})) {
    EXPECT_TRUE(parsed_.errors.empty());
    const syntax::Tree& tree = *parsed_.tree;
    scopes_ = ScopeTree::Build(tree);
    const NodeId function = syntax::ModuleView(tree, tree.root()).body()[0];
    const syntax::NodeList body = syntax::FunctionDefView(tree, function).body();
    scope_ = scopes_.ScopeAt(body[0]);
    cfg_ = Cfg::Build(tree, scopes_, scope_);
    loop_ = cfg_.LoopsAt(body[0]).front();
    region_.emplace(cfg_, scopes_[scope_].symbols.size());
    for (uint32_t node = loop_.first; node < loop_.after; ++node) region_->nodes.Add(node);
  }

  // Numbered in the order in which they are named here.
  LoopBody& Slots(const std::vector<std::string_view>& names) {
    for (std::string_view name : names) {
      const NameId id = parsed_.tree->names().Find(name);
      region_->slots.Add(scopes_[scope_].slot_of.at(id.value()));
    }
    return *this;
  }

  std::vector<bool> LiveAtStart() const {
    const SlotTable live = LiveBefore(cfg_, *region_);
    std::vector<bool> found;
    for (uint32_t slot = 0; slot < region_->slots.size(); ++slot) {
      found.push_back(live.Has(region_->nodes.PositionOf(loop_.first), slot));
    }
    return found;
  }
  std::vector<bool> BoundAtEnd() const {
    return BoundOnEveryWay(cfg_, *region_, loop_.first, loop_.header);
  }

 private:
  std::string text_;  // which the tree refers to
  syntax::ParseResult parsed_;
  ScopeTree scopes_;
  ScopeId scope_;
  Cfg cfg_;
  CfgLoop loop_{};
  std::optional<CfgRegion> region_;
};

using Answers = std::vector<bool>;

TEST(LiveBeforeInRegion, StopsWhereTheRegionDoes) {
  LoopBody body(
      "def f(x):\n"
      "    for i in x:\n"
      "        print(a)\n"
      "        a = i\n"
      "        b = i\n"
      "        print(b)\n"
      "        c = i\n"
      "    print(a, b, c)\n");
  EXPECT_EQ(body.Slots({"c", "a", "b", "i"}).LiveAtStart(), (Answers{false, true, false, false}));
}

TEST(LiveBeforeInRegion, ExceptionsComeBeforeWhatIsBound) {
  LoopBody body(
      "def f(x):\n"
      "    for i in x:\n"
      "        try:\n"
      "            a = i\n"
      "        except ValueError:\n"
      "            print(a)\n"
      "        b = i\n"
      "        print(b)\n");
  EXPECT_EQ(body.Slots({"a", "b"}).LiveAtStart(), (Answers{true, false}));
}

TEST(LiveBeforeInRegion, ManySlotsGoRoundInnerLoops) {
  std::string text = "def f(x):\n    for i in x:\n        while i:\n";
  std::vector<std::string> names;
  for (int index = 0; index < 130; ++index) names.push_back("v" + std::to_string(index));
  for (const std::string& name : names) {
    const bool read_first = name.ends_with('7');
    const std::string read = "            print(" + name + ")\n";
    const std::string write = "            " + name + " = 1\n";
    text += read_first ? read + write : write + read;
  }
  LoopBody body(text);
  const std::vector<bool> live = body.Slots({names.begin(), names.end()}).LiveAtStart();
  for (size_t index = 0; index < names.size(); ++index) {
    EXPECT_EQ(live[index], names[index].ends_with('7')) << names[index];
  }
}

TEST(BoundOnEveryWay, JoinsTheWays) {
  LoopBody body(
      "def f(x):\n"
      "    for i in x:\n"
      "        a = i\n"
      "        if a:\n"
      "            b = 1\n"
      "            c = 1\n"
      "        else:\n"
      "            c = 2\n"
      "        d = 1\n"
      "        del d\n");
  EXPECT_EQ(body.Slots({"a", "b", "c", "d", "i"}).BoundAtEnd(),
            (Answers{true, false, true, false, true}));
}

TEST(BoundOnEveryWay, TakesInContinueButNotBreak) {
  LoopBody body(
      "def f(x):\n"
      "    for i in x:\n"
      "        if i == 1:\n"
      "            break\n"
      "        a = i\n"
      "        if i == 2:\n"
      "            continue\n"
      "        b = i\n");
  EXPECT_EQ(body.Slots({"a", "b"}).BoundAtEnd(), (Answers{true, false}));
}

TEST(BoundOnEveryWay, AHandlerMayFindNothingBound) {
  LoopBody body(
      "def f(x):\n"
      "    for i in x:\n"
      "        try:\n"
      "            a = i\n"
      "            b = i\n"
      "        except ValueError:\n"
      "            b = 0\n");
  EXPECT_EQ(body.Slots({"a", "b"}).BoundAtEnd(), (Answers{false, true}));
}

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
  CfgRegion whole = CfgRegion::OfAllNodes(cfg, slots);
  uint32_t wanted = UINT32_MAX;
  for (uint32_t slot = 0; slot < slots; ++slot) {
    whole.slots.Add(slot);
    const std::string_view symbol = tree.Name(scopes[scope].symbols[slot].name);
    if (symbol == name) wanted = slot;
  }
  const BoundSlots bound = BoundBefore(cfg, whole, cfg.entry(), {});
  const std::vector<uint32_t> starts = cfg.StartsOf(last);
  EXPECT_EQ(starts.size(), 1U);
  return !starts.empty() && bound.before.Has(starts.front(), wanted);
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

TEST(BoundBefore, WhatFailsUnbindsNothing) {
  EXPECT_TRUE(
      BoundAtLast("def f(x):\n    y = 0\n    try:\n        y = x()\n    except E:\n        pass\n"
                  "    print(y)\n",
                  "y"));
  EXPECT_FALSE(
      BoundAtLast("def f(x):\n    y = x\n    try:\n        del y\n    except E:\n        pass\n"
                  "    print(y)\n",
                  "y"));
}

TEST(BoundBefore, AFinallyBlockGoesOnAsItWasEntered) {
  EXPECT_TRUE(BoundAtLast(
      "def f(x):\n    try:\n        y = x()\n    finally:\n        x()\n    print(y)\n", "y"));
  EXPECT_TRUE(
      BoundAtLast("def f(x):\n    for i in x:\n        try:\n            if i: continue\n"
                  "            y = i\n            break\n        finally:\n            x()\n"
                  "    else:\n        y = 1\n    print(y)\n",
                  "y"));
}

TEST(BoundBefore, TheNameOfAHandlerEndsWithIt) {
  EXPECT_FALSE(
      BoundAtLast("def f(x):\n    e = x\n    try:\n        x()\n    except E as e:\n        x(e)\n"
                  "    print(e)\n",
                  "e"));
}

TEST(BoundBefore, AnExitMaySwallow) {
  EXPECT_FALSE(BoundAtLast("def f(x):\n    with x:\n        y = x()\n    print(y)\n", "y"));
  EXPECT_TRUE(BoundAtLast("def f(x):\n    with x as y:\n        x()\n    print(y)\n", "y"));
  EXPECT_FALSE(
      BoundAtLast("def f(x):\n    with x as (x[0], y):\n        x()\n    print(y)\n", "y"));
}

TEST(BoundBefore, APatternBindsAllItsNamesOrNone) {
  EXPECT_TRUE(
      BoundAtLast("def f(x):\n    match x:\n        case [y]:\n            x()\n        case y:\n"
                  "            x()\n    print(y)\n",
                  "y"));
  EXPECT_FALSE(BoundAtLast(
      "def f(x):\n    match x:\n        case [y]:\n            x()\n    print(y)\n", "y"));
}

TEST(BoundBefore, AnEndlessLoopIsLeftByBreakOnly) {
  EXPECT_TRUE(BoundAtLast(
      "def f(x):\n    while True:\n        y = x()\n        if y: break\n    print(y)\n", "y"));
}

}  // namespace
}  // namespace unspool::semantics
