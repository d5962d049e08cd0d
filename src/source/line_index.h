// Byte offsets of a text against rows and columns, both ways. Rows end at \n, \r\n or a lone \r, as
// CPython's tokenizer reads them; a form feed ends none. Rows and columns are 1-based. A column
// counts bytes (UTF-8), characters (code points; what people and JSON get) or UTF-16 units (LSP).
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace unspool::source {

struct Position {
  uint32_t row = 0;  // 0: no place
  uint32_t column = 0;
  constexpr auto operator<=>(const Position&) const = default;
};

// A range of bytes in a decoded text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  constexpr auto operator<=>(const Span&) const = default;
};

enum class ColumnUnit : uint8_t { Byte, CodePoint, Utf16 };

class LineIndex {
 public:
  // `text` is valid UTF-8 below 4 GiB and must outlive the index.
  explicit LineIndex(std::string_view text);

  // At least 1: a text that ends in a line end has one more, empty row.
  uint32_t row_count() const { return static_cast<uint32_t>(starts_.size()); }
  // Of rows past the end: the end of the text.
  uint32_t RowBegin(uint32_t row) const;
  // The end of the row without its line end.
  uint32_t RowEnd(uint32_t row) const;
  std::string_view RowText(uint32_t row) const {
    return text_.substr(RowBegin(row), RowEnd(row) - RowBegin(row));
  }
  uint32_t RowOf(uint32_t offset) const;

  // Offsets past the end count as the end; offsets inside a character as its beginning.
  Position PositionOf(uint32_t offset, ColumnUnit unit = ColumnUnit::CodePoint) const;
  // Columns past the end of the row count as its end, as LSP demands.
  uint32_t OffsetOf(Position position, ColumnUnit unit = ColumnUnit::CodePoint) const;

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;
  bool ascii_ = false;
};

}  // namespace unspool::source
