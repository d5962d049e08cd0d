// Tables of the lexer: classes of bytes and the perfect hash of the keywords.
#pragma once

#include "syntax/token.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace unspool::syntax {

inline constexpr uint8_t kIdentifierByte = 1;  // letters, digits, `_` and all bytes from 0x80
inline constexpr uint8_t kDigitByte = 2;
inline constexpr uint8_t kHexByte = 4;
inline constexpr uint8_t kAsciiIdentifierByte = 8;
inline constexpr uint8_t kIdentifierStartByte = 16;  // of ASCII

inline constexpr std::array<uint8_t, 256> kByteClass = [] {
  std::array<uint8_t, 256> table{};
  for (int byte = 0; byte < 256; ++byte) {
    bool digit = byte >= '0' && byte <= '9';
    bool lower = byte >= 'a' && byte <= 'z';
    bool upper = byte >= 'A' && byte <= 'Z';
    uint8_t flags = 0;
    if (digit || lower || upper || byte == '_' || byte >= 0x80) flags |= kIdentifierByte;
    if (digit || lower || upper || byte == '_') flags |= kAsciiIdentifierByte;
    if (lower || upper || byte == '_') flags |= kIdentifierStartByte;
    if (digit) flags |= kDigitByte;
    if (digit || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F')) flags |= kHexByte;
    table[byte] = flags;
  }
  return table;
}();

constexpr bool IsIdentifierByte(char byte) {
  return kByteClass[static_cast<uint8_t>(byte)] & kIdentifierByte;
}
constexpr bool IsDigit(char byte) {
  return kByteClass[static_cast<uint8_t>(byte)] & kDigitByte;
}
constexpr bool IsHexDigit(char byte) {
  return kByteClass[static_cast<uint8_t>(byte)] & kHexByte;
}

struct KeywordEntry {
  uint64_t word = 0;  // the letters, first one lowest, as loaded on a little-endian machine
  TokenKind kind = TokenKind::Name;
};

inline constexpr std::pair<std::string_view, TokenKind> kKeywordList[] = {
    {"False", TokenKind::False},
    {"None", TokenKind::None},
    {"True", TokenKind::True},
    {"and", TokenKind::And},
    {"as", TokenKind::As},
    {"assert", TokenKind::Assert},
    {"async", TokenKind::Async},
    {"await", TokenKind::Await},
    {"break", TokenKind::Break},
    {"class", TokenKind::Class},
    {"continue", TokenKind::Continue},
    {"def", TokenKind::Def},
    {"del", TokenKind::Del},
    {"elif", TokenKind::Elif},
    {"else", TokenKind::Else},
    {"except", TokenKind::Except},
    {"finally", TokenKind::Finally},
    {"for", TokenKind::For},
    {"from", TokenKind::From},
    {"global", TokenKind::Global},
    {"if", TokenKind::If},
    {"import", TokenKind::Import},
    {"in", TokenKind::In},
    {"is", TokenKind::Is},
    {"lambda", TokenKind::Lambda},
    {"nonlocal", TokenKind::Nonlocal},
    {"not", TokenKind::Not},
    {"or", TokenKind::Or},
    {"pass", TokenKind::Pass},
    {"raise", TokenKind::Raise},
    {"return", TokenKind::Return},
    {"try", TokenKind::Try},
    {"while", TokenKind::While},
    {"with", TokenKind::With},
    {"yield", TokenKind::Yield},
    {"match", TokenKind::NameMatch},
    {"case", TokenKind::NameCase},
    {"type", TokenKind::NameType},
    {"lazy", TokenKind::NameLazy},
};

struct KeywordTable {
  static constexpr uint32_t kSlots = 256;
  std::array<KeywordEntry, kSlots> slots{};
  uint32_t multiplier = 0;

  constexpr uint32_t SlotOf(uint8_t first, uint8_t last, uint32_t length) const {
    return (first * multiplier + last * 7 + length * 31) & (kSlots - 1);
  }
};

inline constexpr KeywordTable kKeywords = [] {
  KeywordTable table;
  for (uint32_t multiplier = 1; multiplier < 255; ++multiplier) {
    table = KeywordTable();
    table.multiplier = multiplier;
    bool collision = false;
    for (const auto& [text, kind] : kKeywordList) {
      KeywordEntry& slot = table.slots[table.SlotOf(static_cast<uint8_t>(text.front()),
                                                    static_cast<uint8_t>(text.back()),
                                                    static_cast<uint32_t>(text.size()))];
      if (slot.word) {
        collision = true;
        break;
      }
      for (size_t index = text.size(); index-- > 0;) {
        slot.word = slot.word << 8 | static_cast<uint8_t>(text[index]);
      }
      slot.kind = kind;
    }
    if (!collision) return table;
  }
  table.multiplier = 0;
  return table;
}();
static_assert(kKeywords.multiplier != 0, "no perfect hash for the keywords");

// The kind of an identifier of ASCII letters; `limit` is the end of the readable text.
inline TokenKind KindOfWord(const char* word, uint32_t length, const char* limit) {
  if (length > 8 || length < 2) return TokenKind::Name;
  const KeywordEntry& entry = kKeywords.slots[kKeywords.SlotOf(
      static_cast<uint8_t>(word[0]), static_cast<uint8_t>(word[length - 1]), length)];
  if (entry.kind == TokenKind::Name) return TokenKind::Name;
  uint64_t bytes = 0;
  if (limit - word >= 8) [[likely]] {
    std::memcpy(&bytes, word, 8);
    bytes &= ~uint64_t{0} >> (64 - 8 * length);
  } else {
    std::memcpy(&bytes, word, length);
  }
  return bytes == entry.word ? entry.kind : TokenKind::Name;
}

}  // namespace unspool::syntax
