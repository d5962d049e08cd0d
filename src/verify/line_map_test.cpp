#include "verify/line_map.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace unspool::verify {
namespace {

using Map = std::vector<uint32_t>;

TEST(LineMap, SameTextIsTheIdentity) {
  EXPECT_EQ(MapLines("a\nb\nc\n", "a\nb\nc\n"), (Map{1, 2, 3}));
  EXPECT_EQ(MapLines("", ""), Map{});
}

TEST(LineMap, InsertedAndDeletedLines) {
  EXPECT_EQ(MapLines("a\nb\nc\n", "a\nx\nb\nc\n"), (Map{1, 0, 2, 3}));
  EXPECT_EQ(MapLines("a\nb\nc\n", "a\nc\n"), (Map{1, 3}));
  EXPECT_EQ(MapLines("a\n", "x\ny\n"), (Map{0, 0}));
  EXPECT_EQ(MapLines("", "x\n"), (Map{0}));
}

TEST(LineMap, MovedLinesKeepTheirPlaceWhateverTheirIndentation) {
  EXPECT_EQ(MapLines("def f():\n    for x in xs:\n        y = g(x)  # why\n        out(y)\n",
                     "def _h(x):\n    y = g(x)  # why\n    return y\n\n\n"
                     "def f():\n    for y in ordered(_h):\n        out(y)\n"),
            (Map{0, 3, 0, 0, 0, 1, 0, 4}));
}

TEST(LineMap, AmbiguousMovesAreNotGuessed) {
  EXPECT_EQ(MapLines("p\nq\nm\n", "m1\nm\nm\np\nq\n"), (Map{0, 0, 0, 1, 2}));
}

TEST(LineMap, LastLineWithoutEnd) {
  EXPECT_EQ(MapLines("a\nb", "x\na\nb"), (Map{0, 1, 2}));
}

// What the map pairs is equal text, and no original line stands for two.
TEST(LineMap, PairsEqualLinesOnly) {
  uint32_t seed = 7;
  auto text = [&] {
    std::string lines;
    for (int i = 0; i < 60; ++i) {
      seed = seed * 1664525 + 1013904223;
      lines += static_cast<char>('a' + (seed >> 24) % 5);
      lines += '\n';
    }
    return lines;
  };
  for (int round = 0; round < 200; ++round) {
    const std::string a = text(), b = text();
    const Map map = MapLines(a, b);
    ASSERT_EQ(map.size(), 60u);
    int paired = 0;
    std::set<uint32_t> used;
    for (size_t i = 0; i < map.size(); ++i) {
      if (map[i] == 0) continue;
      EXPECT_EQ(a[2 * (map[i] - 1)], b[2 * i]);
      EXPECT_TRUE(used.insert(map[i]).second);
      ++paired;
    }
    EXPECT_GT(paired, 20);  // random texts over five letters have far more in common
  }
}

}  // namespace
}  // namespace unspool::verify
