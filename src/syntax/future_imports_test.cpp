#include "syntax/future_imports.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

std::string FirstErrorFor(std::string_view text, Version target) {
  ParseResult parsed = Parse(text, {.target = target});
  return parsed.errors.empty() ? "" : parsed.errors.front().message;
}

TEST(FutureImports, UnknownFeaturesAreErrorsOfTheParserFrom314On) {
  const std::string_view text = "'doc'\nfrom __future__ import division, foo\n";
  EXPECT_EQ(FirstErrorFor(text, {3, 13}), "");
  EXPECT_EQ(FirstErrorFor(text, {3, 14}), "future feature foo is not defined");
  EXPECT_EQ(FirstErrorFor("from __future__ import braces\n", {3, 14}), "not a chance");
  // The compiler's: not at the top.
  EXPECT_EQ(FirstErrorFor("x = 1; from __future__ import foo\n", {3, 14}), "");
  EXPECT_EQ(FirstErrorFor("from __future__ import foo\nx = (\n", {3, 14}), "'(' was never closed");
  EXPECT_EQ(FirstErrorFor("from .__future__ import foo\n", {3, 14}), "");
}

TEST(FutureImports, AreNeverLazy) {
  const std::string_view message = "lazy from __future__ import is not allowed";
  EXPECT_EQ(FirstErrorFor("def f():\n  lazy from __future__ import division\n", {3, 15}), message);
  EXPECT_EQ(FirstErrorFor("lazy from .__future__ import division\n", {3, 15}), "");
}

TEST(FutureImports, AreReadUpToTheFirstOtherStatement) {
  const std::string_view text =
      "from __future__ import division\nfrom __future__ import annotations; x = 1\n"
      "from __future__ import foo\n";
  ParseResult parsed = Parse(text);
  FutureImports found = FindFutureImports(*parsed.tree, {3, 11});
  EXPECT_TRUE(found.annotations);
  EXPECT_EQ(found.last, 32u);
  EXPECT_FALSE(found.unknown);
  EXPECT_FALSE(found.late);
}

}  // namespace
}  // namespace unspool::syntax
