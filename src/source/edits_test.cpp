#include "source/edits.h"

#include <gtest/gtest.h>

namespace unspool::source {
namespace {

std::string Applied(std::string_view text, const EditSet& edits) {
  return ApplyToText(text, edits, LineEnd::Lf).value();
}

TEST(EditSet, OrdersEditsAndKeepsTheOrderOfInsertions) {
  EditSet edits;
  EXPECT_TRUE(edits.Add({4, 5, "E"}));
  EXPECT_TRUE(edits.Insert(0, "1"));
  EXPECT_TRUE(edits.Insert(0, "2"));
  EXPECT_TRUE(edits.Delete(1, 2));
  EXPECT_EQ(Applied("abcdef", edits), "12acdEf");
}

TEST(EditSet, RefusesOverlapAndChangesNothing) {
  EditSet edits;
  ASSERT_TRUE(edits.Add({2, 4, "x"}));
  EditSet before = edits;
  EXPECT_FALSE(edits.Add({3, 5, "y"}));
  EXPECT_FALSE(edits.Add({0, 3, "y"}));
  EXPECT_FALSE(edits.Add({2, 4, "y"}));
  EXPECT_FALSE(edits.Add({0, 9, "y"}));
  EXPECT_FALSE(edits.Insert(3, "y"));
  EXPECT_FALSE(edits.Add({5, 4, "y"}));
  EXPECT_EQ(edits, before);
}

TEST(EditSet, InsertionsMayTouchAReplacement) {
  EditSet edits;
  ASSERT_TRUE(edits.Add({1, 2, "X"}));
  EXPECT_TRUE(edits.Insert(1, "<"));
  EXPECT_TRUE(edits.Insert(2, ">"));
  EXPECT_TRUE(edits.Insert(1, "("));
  EXPECT_EQ(Applied("abc", edits), "a<(X>c");
}

TEST(EditSet, ALongEditOverInsertionsIsFound) {
  EditSet edits;
  ASSERT_TRUE(edits.Insert(3, "i"));
  ASSERT_TRUE(edits.Insert(3, "j"));
  EXPECT_FALSE(edits.Add({2, 4, "x"}));
  EXPECT_TRUE(edits.Add({3, 4, "x"}));
  EXPECT_FALSE(edits.Add({1, 9, "x"}));
}

TEST(EditSet, MergeIsAllOrNothingAndKeepsTheLesserApplicability) {
  EditSet safe;
  ASSERT_TRUE(safe.Add({0, 1, "x"}));
  EditSet unsafe(Applicability::Unsafe);
  ASSERT_TRUE(unsafe.Add({2, 3, "y"}));
  EXPECT_TRUE(safe.Merge(unsafe));
  EXPECT_EQ(safe.applicability(), Applicability::Unsafe);
  EditSet clash;
  ASSERT_TRUE(clash.Add({5, 6, "z"}));
  ASSERT_TRUE(clash.Add({2, 3, "z"}));
  EditSet before = safe;
  EXPECT_TRUE(safe.Overlaps(clash));
  EXPECT_FALSE(safe.Merge(clash));
  EXPECT_EQ(safe, before);
}

TEST(OffsetMap, PlacesMapForthAndBack) {
  EditSet edits;
  ASSERT_TRUE(edits.Insert(0, "import x\n"));
  ASSERT_TRUE(edits.Delete(3, 5));
  ASSERT_TRUE(edits.Add({6, 7, "four"}));
  OffsetMap map(edits.edits(), LineEnd::CrLf);
  EXPECT_EQ(map.ToNew(0), 10u);
  EXPECT_EQ(map.ToNew(2), 12u);
  EXPECT_EQ(map.ToNew(4), 13u);
  EXPECT_EQ(map.ToNew(5), 13u);
  EXPECT_EQ(map.ToNew(7), 18u);
  EXPECT_EQ(map.ToOld(9), std::nullopt);
  EXPECT_EQ(map.ToOld(10), 0u);
  EXPECT_EQ(map.ToOld(13), 5u);
  EXPECT_EQ(map.ToOld(15), std::nullopt);
  EXPECT_EQ(map.ToOld(18), 7u);
}

TEST(Apply, KeepsBomAndWritesTheFilesOwnLineEnds) {
  auto file = SourceFile::FromBytes("a.py", "\xEF\xBB\xBFx = 1\r\ny = 2\r\n").value();
  EditSet edits;
  ASSERT_TRUE(edits.Insert(7, "z = 3\n"));
  EditedFile edited = Apply(*file, edits).value();
  EXPECT_EQ(edited.bytes, "\xEF\xBB\xBFx = 1\r\nz = 3\r\ny = 2\r\n");
  EXPECT_EQ(edited.text, "x = 1\r\nz = 3\r\ny = 2\r\n");
}

}  // namespace
}  // namespace unspool::source
