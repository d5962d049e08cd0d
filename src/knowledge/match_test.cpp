#include "knowledge/match.h"

#include <gtest/gtest.h>

namespace unspool::knowledge {
namespace {

TypeExpr Type(std::string_view text) {
  auto type = ParseType(text);
  EXPECT_TRUE(type) << text;
  return type.value_or(TypeExpr{});
}

constexpr uint16_t kOracle = 0x030B;

// The result type of a call, or why there is none.
std::string Call(std::string_view name, const std::vector<std::string_view>& positional,
                 const std::vector<std::pair<std::string_view, std::string_view>>& keywords = {},
                 std::optional<uint16_t> version = kOracle) {
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  const CallFact* fact = base.FindCall(name);
  if (!fact) return "no fact";
  std::vector<TypeExpr> types;
  for (std::string_view each : positional) types.push_back(Type(each));
  std::vector<std::pair<std::string_view, TypeExpr>> named;
  for (auto [key, text] : keywords) named.emplace_back(key, Type(text));
  auto match = MatchCall(base, *fact, types, named, version);
  return match ? ToString(match->result) : "no match";
}

TEST(MatchTest, Results) {
  EXPECT_EQ(Call("math.sqrt", {"int"}), "float");
  EXPECT_EQ(Call("math.sqrt", {"str"}), "no match");
  EXPECT_EQ(Call("math.sqrt", {"float", "float"}), "no match");
  EXPECT_EQ(Call("math.sqrt", {}), "no match");
  EXPECT_EQ(Call("builtins.abs", {"int"}), "int");
  EXPECT_EQ(Call("builtins.abs", {"float"}), "float");
  EXPECT_EQ(Call("builtins.sorted", {"list[str]"}), "list[str]");
  EXPECT_EQ(Call("builtins.sorted", {"dict[str, int]"}), "list[str]");
  EXPECT_EQ(Call("builtins.sorted", {"list[float]"}, {{"reverse", "bool"}}), "list[float]");
  EXPECT_EQ(Call("builtins.sorted", {"list[any]"}), "no match")
      << "elements may compare by user code";
  EXPECT_EQ(Call("list", {"range"}), "list[int]");
  EXPECT_EQ(Call("list", {"str"}), "list[str]");
  EXPECT_EQ(Call("list", {"any"}), "no match") << "iterating may run user code";
  EXPECT_EQ(Call("builtins.enumerate", {"list[str]"}), "iterator[tuple[int, str]]");
  EXPECT_EQ(Call("list.append", {"list[int]", "any"}), "None");
  EXPECT_EQ(Call("dict.get", {"dict[str, int]", "str"}), "int|None");
  EXPECT_EQ(Call("dict.items", {"dict[str, int]"}), "dict_items[tuple[str, int]]");
  EXPECT_EQ(Call("str.join", {"str", "list[str]"}), "str");
  EXPECT_EQ(Call("str.join", {"str", "list[int]"}), "no match");
}

TEST(MatchTest, Versions) {
  auto pairs = [](std::optional<uint16_t> version) {
    return Call("itertools.pairwise", {"list[int]"}, {}, version);
  };
  EXPECT_EQ(pairs(0x0309), "no match") << "came with 3.10";
  EXPECT_EQ(pairs(0x030A), "iterator[tuple[int, int]]");
  EXPECT_EQ(pairs(0x030F), "iterator[tuple[int, int]]");
  EXPECT_EQ(pairs(std::nullopt), "iterator[tuple[int, int]]");
  // One overload of two ends: a count by position warns from 3.13 on, one by name does not.
  auto replaced = [](uint16_t version) {
    return Call("re.sub", {"str", "str", "str", "int"}, {}, version);
  };
  EXPECT_EQ(replaced(0x030C), "str");
  EXPECT_EQ(replaced(0x030D), "no match");
  EXPECT_EQ(Call("re.sub", {"str", "str", "str"}, {{"count", "int"}}, 0x030D), "str");
}

TEST(MatchTest, PlainAndFrozen) {
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  auto accepts = [&](std::string_view required, std::string_view actual) {
    Bindings bindings;
    return Accepts(base, Type(required), Type(actual), bindings);
  };
  EXPECT_TRUE(accepts("plain", "list[tuple[int, str]]"));
  EXPECT_TRUE(accepts("plain", "dict[str, list[float]]"));
  EXPECT_FALSE(accepts("plain", "list"));
  EXPECT_FALSE(accepts("plain", "list[random.Random]"));
  EXPECT_FALSE(accepts("plain", "unknown"));
  EXPECT_TRUE(accepts("frozen", "tuple[int, tuple[str, ...]]"));
  EXPECT_FALSE(accepts("frozen", "tuple[list[int]]"));
  EXPECT_TRUE(accepts("scalar", "int|str"));
  EXPECT_FALSE(accepts("int", "int|str"));
  EXPECT_TRUE(accepts("iterable[int]", "range"));
  EXPECT_TRUE(accepts("iterable[tuple[K, V]]", "dict_items[tuple[str, int]]"));
  EXPECT_FALSE(accepts("iterable[int]", "int"));
  EXPECT_TRUE(accepts("any", "unknown"));
}

TEST(MatchTest, VariablesTakeTheUnion) {
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  Bindings bindings;
  EXPECT_TRUE(Accepts(base, Type("list[T]"), Type("list[int]"), bindings));
  EXPECT_TRUE(Accepts(base, Type("T"), Type("str"), bindings));
  EXPECT_EQ(ToString(bindings.at("T")), "int|str");
  EXPECT_EQ(ToString(Substitute(Type("dict[T, U]"), bindings)), "dict[int|str, unknown]");
}

}  // namespace
}  // namespace unspool::knowledge
