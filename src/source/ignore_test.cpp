#include "source/ignore.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::source {
namespace {

bool Ignores(std::string_view text, std::string_view path, bool is_folder = false) {
  return IgnoreFile(text).Decide(path, is_folder) == IgnoreVerdict::Ignored;
}

TEST(IgnoreFile, NamesMatchAnywhereAndPathsFromTheFolder) {
  EXPECT_TRUE(Ignores("a.py", "x/y/a.py"));
  EXPECT_FALSE(Ignores("/a.py", "x/a.py"));
  EXPECT_FALSE(Ignores("y/a.py", "x/y/a.py"));
  EXPECT_TRUE(Ignores("**/y/a.py", "x/y/a.py"));
  EXPECT_TRUE(Ignores("x/**/a.py", "x/a.py"));
  EXPECT_TRUE(Ignores("x/**", "x/y/a.py"));
  EXPECT_FALSE(Ignores("x/*", "x/y/a.py"));
}

TEST(IgnoreFile, FoldersNegationCommentsAndEscapes) {
  EXPECT_TRUE(Ignores("b/", "b", true));
  EXPECT_FALSE(Ignores("b/", "b", false));
  EXPECT_FALSE(Ignores("*.py\n!a.py", "a.py"));
  EXPECT_TRUE(Ignores("!a.py\n*.py", "a.py"));
  EXPECT_FALSE(Ignores("#a", "#a"));
  EXPECT_TRUE(Ignores("\\#a\r\n", "#a"));
  EXPECT_TRUE(Ignores("\\!a", "!a"));
  EXPECT_TRUE(Ignores("a  ", "a"));
  EXPECT_TRUE(Ignores("a\\ ", "a "));
}

TEST(WildMatch, ManyStarsStayCheap) {
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "*a";
  EXPECT_FALSE(WildMatch(pattern + "b", std::string(2000, 'a'), true));
}

TEST(WildMatch, Brackets) {
  EXPECT_TRUE(WildMatch("[]-]", "]", true));
  EXPECT_TRUE(WildMatch("[!a]", "b", true));
  EXPECT_FALSE(WildMatch("[!a]", "/", true));
  EXPECT_TRUE(WildMatch("[[:digit:]x]", "7", true));
  EXPECT_FALSE(WildMatch("[a", "a", true));
}

}  // namespace
}  // namespace unspool::source
