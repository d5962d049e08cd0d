#include "knowledge/type_expr.h"

#include <gtest/gtest.h>

namespace unspool::knowledge {
namespace {

TEST(TypeExprTest, PrintsWhatItRead) {
  for (const char* text :
       {"int", "None", "list[T]", "tuple[int, str]", "tuple[T, ...]", "dict[str, list[float]]",
        "iterator[tuple[K, V]]", "re.Match|None", "callable[[A, B], R]", "callable[[], R]",
        "random.Random", "plain", "frozen", "any", "unknown", "type", "tuple"}) {
    auto type = ParseType(text);
    ASSERT_TRUE(type) << text << ": " << type.error().message;
    EXPECT_EQ(ToString(*type), text);
  }
}

TEST(TypeExprTest, ExpandsShortWords) {
  EXPECT_EQ(ToString(*ParseType("real")), "bool|int|float");
  EXPECT_EQ(ToString(*ParseType("buffer|None")), "bytes|bytearray|None");
  EXPECT_EQ(ParseType("scalar|int")->args.size(), 7u);
}

TEST(TypeExprTest, RefusesNonsense) {
  for (const char* text : {"", "lst[int]", "list[", "list[int", "iterable", "iterator[int, str]",
                           "callable[int]", "int|", "list[...]", "int int", "dict[K, ...]"}) {
    EXPECT_FALSE(ParseType(text)) << text;
  }
}

}  // namespace
}  // namespace unspool::knowledge
