#include "source/diff.h"

#include <gtest/gtest.h>

namespace unspool::source {
namespace {

TEST(UnifiedDiff, ShowsHunksWithContext) {
  EXPECT_EQ(
      UnifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n", {"a", "b", 2}),
      "--- a\n+++ b\n@@ -3,5 +3,5 @@\n 3\n 4\n-5\n+x\n 6\n 7\n");
}

TEST(UnifiedDiff, EqualTextsHaveNone) {
  EXPECT_EQ(UnifiedDiff("a\n", "a\n", {"a", "b", 3}), "");
}

TEST(UnifiedDiff, SaysWhereTheLastLineHasNoEnd) {
  EXPECT_EQ(UnifiedDiff("a", "a\n", {"a", "b", 3}),
            "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  EXPECT_EQ(UnifiedDiff("", "a", {"a", "b", 3}),
            "--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n");
}

TEST(UnifiedDiff, JoinsNearChanges) {
  std::string diff = UnifiedDiff("1\n2\n3\n4\n5\n6\n", "x\n2\n3\n4\n5\ny\n", {"a", "b", 2});
  EXPECT_EQ(diff.find("@@ -", diff.find("@@ -") + 1), std::string::npos);
  diff = UnifiedDiff("1\n2\n3\n4\n5\n6\n7\n", "x\n2\n3\n4\n5\n6\ny\n", {"a", "b", 2});
  EXPECT_NE(diff.find("@@ -", diff.find("@@ -") + 1), std::string::npos);
}

}  // namespace
}  // namespace unspool::source
