#include "source/pragmas.h"

#include <gtest/gtest.h>

namespace unspool::source {
namespace {

Span Find(const SourceFile& file, std::string_view what) {
  auto begin = static_cast<uint32_t>(file.text().find(what));
  return {begin, begin + static_cast<uint32_t>(what.size())};
}

TEST(Pragmas, ACommentInsideBracketsSpeaksOfTheWholeLogicalLine) {
  auto file = SourceFile::FromText("a.py",
                                   "x = [\n    f(y)  # unspool: ignore[UNS102]\n"
                                   "    for y in ys]\nz = 1\n")
                  .value();
  Span comment = Find(*file, "# unspool: ignore[UNS102]");
  Span lines[] = {{0, Find(*file, "]\nz").begin + 1}, Find(*file, "z = 1")};
  Pragmas pragmas(*file, {&comment, 1}, lines);
  EXPECT_EQ(pragmas.Unused().size(), 1u);
  EXPECT_TRUE(pragmas.Suppresses("UNS102", "parallel-comprehension", 4));
  EXPECT_FALSE(pragmas.Suppresses("UNS101", "parallel-loop", 4));
  EXPECT_FALSE(pragmas.Suppresses("UNS102", "parallel-comprehension", lines[1].begin));
  EXPECT_TRUE(pragmas.Unused().empty());
}

TEST(Pragmas, AFileIgnoreCountsEverywhereAndNamesWork) {
  auto file =
      SourceFile::FromText("a.py", "x = 1\n# unspool: file-ignore[parallel-loop]\n").value();
  Span comment = Find(*file, "# unspool: file-ignore[parallel-loop]");
  Pragmas pragmas(*file, {&comment, 1}, {});
  EXPECT_TRUE(pragmas.Suppresses("UNS101", "parallel-loop", 0));
}

TEST(Pragmas, OptionsAreRead) {
  auto file =
      SourceFile::FromText("a.py", "# unspool: parallel[strategy=threads, workers=8]\nx = 1\n")
          .value();
  Span comment = Find(*file, "# unspool: parallel[strategy=threads, workers=8]");
  Pragmas pragmas(*file, {&comment, 1}, {});
  auto facts = pragmas.FactsAt(Find(*file, "x = 1").begin);
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0]->Option("strategy"), "threads");
  EXPECT_EQ(facts[0]->Option("workers"), "8");
  EXPECT_EQ(facts[0]->Option("chunk"), "");
}

}  // namespace
}  // namespace unspool::source
