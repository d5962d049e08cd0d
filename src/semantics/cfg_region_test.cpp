#include "semantics/cfg_region.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <utility>

namespace unspool::semantics {
namespace {

// The body of the loop that is the function's first statement, as a region without joining nodes.
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
    loop_ = *cfg_.LoopAt(body[0]);
    region_.emplace(cfg_, scopes_[scope_].symbols.size());
    for (uint32_t node = loop_.header + 1; node < loop_.after; ++node) region_->nodes.Add(node);
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
      found.push_back(live.Has(region_->nodes.PositionOf(loop_.header + 1), slot));
    }
    return found;
  }
  std::vector<bool> BoundAtEnd() const {
    return BoundOnEveryWay(cfg_, *region_, loop_.header + 1, loop_.header);
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
  std::vector<uint32_t> parameters;
  uint32_t wanted = UINT32_MAX;
  for (uint32_t slot = 0; slot < slots; ++slot) {
    whole.slots.Add(slot);
    const std::string_view symbol = tree.Name(scopes[scope].symbols[slot].name);
    if (symbol == "x") parameters.push_back(slot);
    if (symbol == name) wanted = slot;
  }
  const BoundSlots bound = BoundBefore(cfg, whole, cfg.entry(), parameters);
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) {
    if (cfg.nodes()[index].ast == last) return bound.before.Has(index, wanted);
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
