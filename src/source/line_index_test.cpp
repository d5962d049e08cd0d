#include "source/line_index.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::source {
namespace {

TEST(LineIndex, RowsEndAtEveryKindOfLineEnd) {
  LineIndex lines("a\nb\r\nc\rd\n\re\fx");
  EXPECT_EQ(lines.row_count(), 6u);
  EXPECT_EQ(lines.RowText(1), "a");
  EXPECT_EQ(lines.RowText(2), "b");
  EXPECT_EQ(lines.RowText(3), "c");
  EXPECT_EQ(lines.RowText(4), "d");
  EXPECT_EQ(lines.RowText(5), "");
  EXPECT_EQ(lines.RowText(6), "e\fx");
  EXPECT_EQ(lines.RowText(7), "");
}

TEST(LineIndex, TextThatEndsInALineEndHasAnEmptyRowMore) {
  EXPECT_EQ(LineIndex("").row_count(), 1u);
  EXPECT_EQ(LineIndex("a").row_count(), 1u);
  EXPECT_EQ(LineIndex("a\n").row_count(), 2u);
  EXPECT_EQ(LineIndex("a\r").row_count(), 2u);
  EXPECT_EQ(LineIndex("a\r\n").row_count(), 2u);
}

TEST(LineIndex, ColumnsInEveryUnit) {
  std::string text = "x\né中😀z\n";
  LineIndex lines(text);
  auto z = static_cast<uint32_t>(text.find('z'));
  EXPECT_EQ(lines.PositionOf(z, ColumnUnit::Byte), (Position{2, 10}));
  EXPECT_EQ(lines.PositionOf(z, ColumnUnit::CodePoint), (Position{2, 4}));
  EXPECT_EQ(lines.PositionOf(z, ColumnUnit::Utf16), (Position{2, 5}));
  // Inside the four bytes of the emoji, and past the end.
  EXPECT_EQ(lines.PositionOf(z - 1), (Position{2, 3}));
  EXPECT_EQ(lines.PositionOf(999), (Position{3, 1}));
}

TEST(LineIndex, OffsetsAndPositionsAreInverse) {
  std::string text = "a\tb\r\né\r\r\n中😀\n";
  LineIndex lines(text);
  for (ColumnUnit unit : {ColumnUnit::Byte, ColumnUnit::CodePoint, ColumnUnit::Utf16}) {
    for (uint32_t at = 0; at <= text.size(); ++at) {
      bool inside = at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
      bool in_line_end = at > 0 && at < text.size() && text[at] == '\n' && text[at - 1] == '\r';
      if (inside || in_line_end) continue;
      EXPECT_EQ(lines.OffsetOf(lines.PositionOf(at, unit), unit), at);
    }
  }
}

TEST(LineIndex, ColumnsPastTheEndAreTheEnd) {
  LineIndex lines("ab\ncd");
  EXPECT_EQ(lines.OffsetOf({1, 99}), 2u);
  EXPECT_EQ(lines.OffsetOf({9, 1}), 5u);
  EXPECT_EQ(lines.OffsetOf({0, 0}), 0u);
  // The second half of a surrogate pair is the character's beginning.
  EXPECT_EQ(LineIndex("😀b").OffsetOf({1, 2}, ColumnUnit::Utf16), 0u);
}

}  // namespace
}  // namespace unspool::source
