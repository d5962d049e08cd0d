// Tables of the lexer: classes of bytes and the perfect hash of the keywords.
#pragma once

#include "syntax/token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace unspool::syntax {

inline constexpr uint8_t kIdentifierByte = 1;  // letters, digits, `_` and all bytes from 0x80
inline constexpr uint8_t kDigitByte = 2;
inline constexpr uint8_t kHexByte = 4;
inline constexpr uint8_t kAsciiIdentifierByte = 8;
inline constexpr uint8_t kIdentifierStartByte = 16;  // of ASCII
// Behind a word of ASCII: quotes, for which it may be a prefix, and bytes from 0x80.
inline constexpr uint8_t kWordGoesOnByte = 32;
// Behind the blanks at the start of a line: what makes more of the indentation, or the line a blank
// one.
inline constexpr uint8_t kBlankLineByte = 64;

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
    if (byte == '"' || byte == '\'' || byte >= 0x80) flags |= kWordGoesOnByte;
    if (byte == '\t' || byte == '\f' || byte == '\n' || byte == '\r' || byte == '#' ||
        byte == '\\') {
      flags |= kBlankLineByte;
    }
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

// Which of the lowest bytes of a word belong to a word of that length; none where it is longer than
// any keyword.
inline constexpr std::array<uint64_t, 10> kKeywordBytes = [] {
  std::array<uint64_t, 10> masks{};
  for (int length = 1; length <= 8; ++length) masks[length] = ~uint64_t{0} >> (64 - 8 * length);
  return masks;
}();

// The kind of an identifier of ASCII letters; `limit` is the end of the readable text. Without a
// branch on the word itself: whether a word is a keyword cannot be foreseen.
inline TokenKind KindOfWord(const char* word, uint32_t length, const char* limit) {
  uint64_t bytes = 0;
  if (limit - word >= 8) [[likely]] {
    std::memcpy(&bytes, word, 8);
  } else {
    std::memcpy(&bytes, word, std::min(length, 7u));
  }
  bytes &= kKeywordBytes[std::min(length, 9u)];
  const KeywordEntry& entry = kKeywords.slots[kKeywords.SlotOf(
      static_cast<uint8_t>(word[0]), static_cast<uint8_t>(word[length - 1]), length)];
  // Empty slots hold Name (0) for any word.
  const auto kept = static_cast<uint8_t>(-static_cast<int>(bytes == entry.word));
  return static_cast<TokenKind>(static_cast<uint8_t>(entry.kind) & kept);
}
static_assert(static_cast<uint8_t>(TokenKind::Name) == 0);

inline constexpr uint8_t kEqualTail = 1;
inline constexpr uint8_t kGreaterTail = 2;
inline constexpr uint8_t kLessTail = 4;
inline constexpr uint8_t kStarTail = 8;
inline constexpr uint8_t kSlashTail = 16;
inline constexpr uint8_t kDotOrDigitTail = 32;
// Every byte has this one, so that the entry of a byte that is no mark never fits.
inline constexpr uint8_t kAnyTail = 128;
// Not by the next byte: the marks that end something inside a replacement field.
inline constexpr uint8_t kFieldTail = 64;

// Marks of one byte, and which bytes behind them make them longer (classes of kMarkTail).
struct MarkEntry {
  TokenKind kind = TokenKind::Error;
  uint8_t tails = kAnyTail;
  char opening = 0;    // of a closing bracket: what it closes
  char closes = 0;     // all bits set for a closing bracket
  int8_t nesting = 0;  // the brackets it opens, negative: closes
};

inline constexpr std::array<uint8_t, 256> kMarkTail = [] {
  std::array<uint8_t, 256> table{};
  table.fill(kAnyTail);
  table['='] |= kEqualTail;
  table['>'] |= kGreaterTail;
  table['<'] |= kLessTail;
  table['*'] |= kStarTail;
  table['/'] |= kSlashTail;
  table['.'] |= kDotOrDigitTail;
  for (int digit = '0'; digit <= '9'; ++digit) table[digit] |= kDotOrDigitTail;
  return table;
}();

inline constexpr std::array<MarkEntry, 256> kMarks = [] {
  std::array<MarkEntry, 256> table;
  table.fill(MarkEntry{});  // GCC 12 makes zeros of `table{}`
  auto set = [&](char mark, TokenKind kind, uint8_t tails) {
    table[static_cast<uint8_t>(mark)] = {.kind = kind, .tails = tails};
  };
  auto set_pair = [&](char opening, TokenKind open, char closing, TokenKind close) {
    table[static_cast<uint8_t>(opening)] = {.kind = open, .tails = kFieldTail, .nesting = 1};
    table[static_cast<uint8_t>(closing)] = {.kind = close,
                                            .tails = kFieldTail,
                                            .opening = opening,
                                            .closes = static_cast<char>(0xFF),
                                            .nesting = -1};
  };
  set_pair('(', TokenKind::LParen, ')', TokenKind::RParen);
  set_pair('[', TokenKind::LBracket, ']', TokenKind::RBracket);
  set_pair('{', TokenKind::LBrace, '}', TokenKind::RBrace);
  set(',', TokenKind::Comma, 0);
  set(';', TokenKind::Semicolon, 0);
  set('~', TokenKind::Tilde, 0);
  set('.', TokenKind::Dot, kDotOrDigitTail);
  set(':', TokenKind::Colon, kEqualTail | kFieldTail);
  set('=', TokenKind::Equal, kEqualTail);
  set('+', TokenKind::Plus, kEqualTail);
  set('-', TokenKind::Minus, kEqualTail | kGreaterTail);
  set('*', TokenKind::Star, kEqualTail | kStarTail);
  set('/', TokenKind::Slash, kEqualTail | kSlashTail);
  set('%', TokenKind::Percent, kEqualTail);
  set('@', TokenKind::At, kEqualTail);
  set('&', TokenKind::Amper, kEqualTail);
  set('|', TokenKind::VBar, kEqualTail);
  set('^', TokenKind::Caret, kEqualTail);
  set('<', TokenKind::Less, kEqualTail | kLessTail | kGreaterTail);
  set('>', TokenKind::Greater, kEqualTail | kGreaterTail);
  return table;
}();

// A mark of two or three bytes.
struct LongMark {
  TokenKind kind;
  uint32_t length;  // 0: none
};

inline LongMark LongMarkAt(const char* at) {
  auto with_equal = [at](TokenKind longer, TokenKind mark) {
    return at[2] == '=' ? LongMark{longer, 3} : LongMark{mark, 2};
  };
  if (at[1] == at[0]) {
    switch (at[0]) {
      case '*':
        return with_equal(TokenKind::DoubleStarEqual, TokenKind::DoubleStar);
      case '/':
        return with_equal(TokenKind::DoubleSlashEqual, TokenKind::DoubleSlash);
      case '<':
        return with_equal(TokenKind::LeftShiftEqual, TokenKind::LeftShift);
      case '>':
        return with_equal(TokenKind::RightShiftEqual, TokenKind::RightShift);
    }
  }
  if (at[1] == '=') {
    switch (at[0]) {
      case '=':
        return {TokenKind::EqEqual, 2};
      case '!':
        return {TokenKind::NotEqual, 2};
      case '<':
        return {TokenKind::LessEqual, 2};
      case '>':
        return {TokenKind::GreaterEqual, 2};
      case ':':
        return {TokenKind::ColonEqual, 2};
      case '+':
        return {TokenKind::PlusEqual, 2};
      case '-':
        return {TokenKind::MinusEqual, 2};
      case '*':
        return {TokenKind::StarEqual, 2};
      case '/':
        return {TokenKind::SlashEqual, 2};
      case '%':
        return {TokenKind::PercentEqual, 2};
      case '@':
        return {TokenKind::AtEqual, 2};
      case '&':
        return {TokenKind::AmperEqual, 2};
      case '|':
        return {TokenKind::VBarEqual, 2};
      case '^':
        return {TokenKind::CaretEqual, 2};
    }
  }
  if (at[0] == '-' && at[1] == '>') return {TokenKind::Arrow, 2};
  if (at[0] == '<' && at[1] == '>') return {TokenKind::LessGreater, 2};
  return {TokenKind::Error, 0};
}

}  // namespace unspool::syntax
