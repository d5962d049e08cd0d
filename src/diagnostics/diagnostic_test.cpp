#include "diagnostics/diagnostic.h"

#include "diagnostics/render.h"
#include "diagnostics/style.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::diagnostics {
namespace {

TEST(Make, ArgumentsWithBracesAndBadBytesStayWords) {
  std::string arguments[] = {"{0} \xFF {1}"};
  Diagnostic d = Make(Kind::SyntaxError, Place{}, arguments);
  EXPECT_EQ(d.message, "{0} \xEF\xBF\xBD {1}");
}

TEST(FindKind, ByCodeAndByName) {
  EXPECT_EQ(FindKind("UNS101"), Kind::ParallelLoop);
  EXPECT_EQ(FindKind("parallel-loop"), Kind::ParallelLoop);
  EXPECT_EQ(FindKind("UNS1"), std::nullopt);
}

TEST(Sort, ByPathCellPlaceAndCodeWithoutRepetitions) {
  auto at = [](std::string path, uint32_t cell, uint32_t row, Kind kind) {
    Place place;
    place.path = std::move(path);
    place.cell = cell;
    place.begin = place.end = {row, 1};
    std::string words[] = {"m"};
    return Make(kind, place, words);
  };
  std::vector<Diagnostic> list = {
      at("b", 0, 1, Kind::ParallelLoop), at("a", 2, 1, Kind::ParallelLoop),
      at("a", 1, 9, Kind::ParallelLoop), at("a", 1, 9, Kind::SyntaxError),
      at("b", 0, 1, Kind::ParallelLoop)};
  Sort(list);
  std::string order;
  for (const Diagnostic& d : list) order += RenderConcise(d, {});
  EXPECT_EQ(order,
            "a:cell 1:9:1: UNS020 m\na:cell 1:9:1: UNS101 m\na:cell 2:1:1: UNS101 m\n"
            "b:1:1: UNS101 m\n");
}

TEST(Style, WidthsOfWideCombiningAndControlCharacters) {
  EXPECT_EQ(WidthOf("ab"), 2u);
  EXPECT_EQ(WidthOf("漢字"), 4u);
  EXPECT_EQ(WidthOf("e\xCC\x81"), 1u);
  EXPECT_EQ(WidthOf("a\tb"), 5u);
  EXPECT_EQ(Printable("\x1b[31m"), "␛[31m");
  EXPECT_EQ(Printable("\xE2\x80\xAE"), "\xEF\xBF\xBD");
}

TEST(RenderFull, ARowOfTenMegabytesIsCutAtOnce) {
  std::string text(10'000'000, 'x');
  auto file = source::SourceFile::FromText("a.py", text).value();
  std::string out =
      RenderFull(MakeAt(Kind::SyntaxError, file, {5'000'000, 5'000'003}, {"long"}), {});
  EXPECT_LT(out.size(), 1000u);
  EXPECT_NE(out.find("^^^\n"), std::string::npos);
}

TEST(RenderGitHub, EscapesAndLeavesOutColumnsOverSeveralRows) {
  auto file = source::SourceFile::FromText("a,b:c.py", "x\ny\n").value();
  EXPECT_EQ(RenderGitHub(MakeAt(Kind::SyntaxError, file, {0, 3}, {"50% of\nit"})),
            "::error title=unspool (UNS020),file=a%2Cb%3Ac.py,line=1,endLine=2::50%25 of%0Ait\n");
}

}  // namespace
}  // namespace unspool::diagnostics
