#include "source/line_index.h"

#include "base/ascii.h"

#include <algorithm>
#include <cstring>

namespace unspool::source {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// How many bytes the character that starts here takes.
uint32_t LengthOf(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

uint32_t UnitsOf(uint32_t length, ColumnUnit unit) {
  switch (unit) {
    case ColumnUnit::Byte:
      return length;
    case ColumnUnit::CodePoint:
      return 1;
    case ColumnUnit::Utf16:
      return length == 4 ? 2 : 1;
  }
  return 1;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), ascii_(base::IsAscii(text)) {
  starts_.push_back(0);
  if (std::memchr(text.data(), '\r', text.size()) == nullptr) {
    const char* begin = text.data();
    const char* end = begin + text.size();
    for (const char* at = begin; at < end;) {
      const void* found = std::memchr(at, '\n', static_cast<size_t>(end - at));
      if (found == nullptr) break;
      at = static_cast<const char*>(found) + 1;
      starts_.push_back(static_cast<uint32_t>(at - begin));
    }
    return;
  }
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    if (text[at] == '\n' || text[at] == '\r') starts_.push_back(at + 1);
  }
}

uint32_t LineIndex::RowBegin(uint32_t row) const {
  if (row == 0) return 0;
  if (row > starts_.size()) return static_cast<uint32_t>(text_.size());
  return starts_[row - 1];
}

uint32_t LineIndex::RowEnd(uint32_t row) const {
  uint32_t begin = RowBegin(row);
  uint32_t end = RowBegin(row + 1);
  if (row == 0 || row >= starts_.size()) return row == 0 ? begin : end;
  bool feed = text_[end - 1] == '\n';
  --end;
  if (feed && end > begin && text_[end - 1] == '\r') --end;
  return end;
}

uint32_t LineIndex::RowOf(uint32_t offset) const {
  auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(after - starts_.begin());
}

Position LineIndex::PositionOf(uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  while (offset > 0 && offset < text_.size() && IsContinuation(text_[offset])) --offset;
  uint32_t row = RowOf(offset);
  uint32_t begin = RowBegin(row);
  if (ascii_ || unit == ColumnUnit::Byte) return {row, offset - begin + 1};
  uint32_t column = 1;
  for (uint32_t at = begin; at < offset;) {
    uint32_t length = LengthOf(text_[at]);
    column += UnitsOf(length, unit);
    at += length;
  }
  return {row, column};
}

uint32_t LineIndex::OffsetOf(Position position, ColumnUnit unit) const {
  uint32_t begin = RowBegin(position.row);
  uint32_t end = RowEnd(position.row);
  uint32_t wanted = position.column == 0 ? 0 : position.column - 1;
  if (ascii_) return std::min(begin + std::min(wanted, end - begin), end);
  uint32_t at = begin;
  for (uint32_t column = 0; at < end;) {
    uint32_t length = LengthOf(text_[at]);
    column += UnitsOf(length, unit);
    if (column > wanted) break;
    at += length;
  }
  return at;
}

}  // namespace unspool::source
