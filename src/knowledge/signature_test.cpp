#include "knowledge/signature.h"

#include <gtest/gtest.h>

namespace unspool::knowledge {
namespace {

CallFact Parse(std::string_view text) {
  CallFact fact;
  fact.name = "f";
  auto error = ParseSignature(text, nullptr, fact);
  EXPECT_FALSE(error) << (error ? error->message : "");
  return fact;
}

TEST(SignatureTest, KindsOfParameters) {
  CallFact fact =
      Parse("[T: plain](a: T, /, b: int = 0, *rest: any, c: str = ',)', **d: float) -> list[T]");
  ASSERT_EQ(fact.parameters.size(), 5u);
  EXPECT_EQ(fact.parameters[0].kind, ParameterKind::PositionalOnly);
  EXPECT_EQ(fact.parameters[1].kind, ParameterKind::PositionalOrKeyword);
  EXPECT_TRUE(fact.parameters[1].optional);
  EXPECT_EQ(fact.parameters[2].kind, ParameterKind::VarPositional);
  EXPECT_EQ(fact.parameters[3].kind, ParameterKind::KeywordOnly);
  EXPECT_EQ(fact.parameters[3].default_text, "',)'");
  EXPECT_EQ(fact.parameters[4].kind, ParameterKind::VarKeyword);
  EXPECT_EQ(ToString(fact.FindVariable("T")->bound), "plain");
}

TEST(SignatureTest, RefusesNonsense) {
  for (const char* text : {"", "(x) -> int", "(x: int", "(x: int)", "(x: int) -> T",
                           "(x: int) -> int more", "(x int) -> int", "[TT](x: int) -> int"}) {
    CallFact fact;
    EXPECT_TRUE(ParseSignature(text, nullptr, fact)) << text;
  }
}

TEST(SignatureTest, Effects) {
  CallFact fact = Parse("(a: list[T], b: dict[K, V], f: callable[[T], R], k: K) -> None");
  auto write = ParseEffect("write b set-key(k)", fact);
  ASSERT_TRUE(write);
  EXPECT_EQ(write->how, WriteHow::SetKey);
  EXPECT_EQ(write->key, 3);
  auto escape = ParseEffect("escape a.items into b.values", fact);
  ASSERT_TRUE(escape);
  EXPECT_EQ(escape->place.part, PlacePart::Items);
  EXPECT_EQ(escape->into.part, PlacePart::Values);
  auto call = ParseEffect("call f(a.items)", fact);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->arguments.size(), 1u);
  auto channel = ParseEffect("read @fs(k)", fact);
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->place.channel, "fs");
  EXPECT_EQ(channel->place.parameter, 3);
  for (const char* text : {"write a", "write x append", "read @nowhere", "escape a", "call f",
                           "block forever", "unknown", "dance", "read a b"}) {
    EXPECT_FALSE(ParseEffect(text, fact)) << text;
  }
}

TEST(SignatureTest, ImpliedReadsGoAsDeepAsTheTypeDescribes) {
  CallFact fact = Parse(
      "[P: plain](a: list[T], b: list[P], c: int, d: any, e: P, g: callable[[], R], h: "
      "list[list[int]], "
      "w: list[T]) -> None");
  auto effect = ParseEffect("write w append", fact);
  fact.effects.push_back(*effect);
  AddImpliedReads(fact);
  ASSERT_EQ(fact.effects.size(), 5u);
  auto part_of = [&](int parameter) -> int {
    for (const FactEffect& each : fact.effects) {
      if (each.kind == EffectKind::Read && each.place.parameter == parameter) {
        return static_cast<int>(each.place.part);
      }
    }
    return -1;
  };
  EXPECT_EQ(part_of(0), static_cast<int>(PlacePart::Itself));
  EXPECT_EQ(part_of(1), static_cast<int>(PlacePart::Deep));
  EXPECT_EQ(part_of(2), -1);
  EXPECT_EQ(part_of(3), -1);
  EXPECT_EQ(part_of(4), static_cast<int>(PlacePart::Deep));
  EXPECT_EQ(part_of(6), static_cast<int>(PlacePart::Deep));
  EXPECT_EQ(part_of(7), -1) << "what is written is read only if the fact says so";
}

}  // namespace
}  // namespace unspool::knowledge
