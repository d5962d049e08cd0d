// Tokens of one file, kept as arrays: one byte of kind and eight bytes of range a token. Comments,
// blank lines and line joinings are the gaps between tokens, so the text between `begin(0)` and the
// last `end` can be printed back from them. Printed by `unspool debug tokens`.
#pragma once

#include "base/check.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace unspool::syntax {

// The order matters: names first, then what else starts an expression, see the predicates below.
// clang-format off
enum class TokenKind : uint8_t {
  // Names. The soft keywords have kinds of their own but are names wherever a name is expected.
  Name, NameMatch, NameCase, NameType, NameLazy,
  // Literals. `String` is without prefix, escapes and carriage returns: its body is its value.
  Int, Float, Imag, String, StringSpecial, FStringStart, TStringStart,
  // Keywords and marks that can start an expression.
  None, True, False, Ellipsis, LParen, LBracket, LBrace,
  Minus, Plus, Tilde, Not, Lambda, Await, Yield, Star, DoubleStar,
  // Keywords.
  And, As, Assert, Async, Break, Class, Continue, Def, Del, Elif, Else, Except, Finally, For, From,
  Global, If, Import, In, Is, Nonlocal, Or, Pass, Raise, Return, Try, While, With,
  // Operators and delimiters.
  RParen, RBracket, RBrace, Comma, Colon, ColonEqual, Semicolon, Dot, Arrow, At, Equal,
  Slash, DoubleSlash, Percent, VBar, Amper, Caret, LeftShift, RightShift,
  EqEqual, NotEqual, LessGreater, Less, LessEqual, Greater, GreaterEqual,
  PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual, AtEqual,
  AmperEqual, VBarEqual, CaretEqual, LeftShiftEqual, RightShiftEqual, DoubleStarEqual,
  // Inside f-strings (from 3.12 on). `FieldOpenDebug` opens a field that is written `{x=}`.
  FStringMiddle, FStringEnd, FieldOpen, FieldOpenDebug, FieldClose, Exclamation, FormatColon,
  // Structure.
  Newline, Indent, Dedent, EndMarker,
  // A notebook's magic or shell line.
  Opaque,
  // `$`, `?` or a backquote: CPython's tokenizer has no objection, its parser has.
  Unknown,
  // A lexical error; its message is in the list of errors. `IndentationError` marks a line whose
  // indentation is wrong but whose text is as good as any.
  Error, IndentationError,
  // Where the parser stands after an error: matches nothing.
  Stop,
};
// clang-format on

constexpr bool IsName(TokenKind kind) {
  return kind <= TokenKind::NameLazy;
}
constexpr bool IsNumber(TokenKind kind) {
  return kind >= TokenKind::Int && kind <= TokenKind::Imag;
}
constexpr bool IsStringStart(TokenKind kind) {
  return kind >= TokenKind::String && kind <= TokenKind::TStringStart;
}
constexpr bool StartsExpression(TokenKind kind) {
  return kind <= TokenKind::Await;
}
// Makes more of the operand before it: attribute, call, subscript, power.
constexpr bool ContinuesOperand(TokenKind kind) {
  return kind == TokenKind::Dot || kind == TokenKind::LParen || kind == TokenKind::LBracket ||
         kind == TokenKind::DoubleStar;
}
constexpr bool IsKeyword(TokenKind kind) {
  return (kind >= TokenKind::And && kind <= TokenKind::With) ||
         (kind >= TokenKind::None && kind <= TokenKind::False) ||
         (kind >= TokenKind::Not && kind <= TokenKind::Yield);
}
constexpr bool IsAugmentedAssign(TokenKind kind) {
  return kind >= TokenKind::PlusEqual && kind <= TokenKind::DoubleStarEqual;
}
// Newline, Indent, Dedent and EndMarker: tokens that the range of a node never ends with.
constexpr bool IsStructure(TokenKind kind) {
  return kind >= TokenKind::Newline && kind <= TokenKind::EndMarker;
}

class TokenBuffer {
 public:
  struct Span {
    uint32_t begin;
    uint32_t end;
  };

  // Enough Stop tokens behind the last one for any look-ahead.
  static constexpr uint32_t kPadding = 4;

  uint32_t size() const { return size_; }
  TokenKind kind(uint32_t index) const { return kinds_[index]; }
  uint32_t begin(uint32_t index) const { return spans_[index].begin; }
  uint32_t end(uint32_t index) const { return spans_[index].end; }
  const TokenKind* kinds() const { return kinds_.get(); }
  const Span* spans() const { return spans_.get(); }

  void Reserve(uint32_t capacity) {
    if (capacity <= capacity_) return;
    auto kinds = std::make_unique_for_overwrite<TokenKind[]>(capacity + kPadding);
    auto spans = std::make_unique_for_overwrite<Span[]>(capacity + kPadding);
    if (size_) {
      std::memcpy(kinds.get(), kinds_.get(), size_ * sizeof(TokenKind));
      std::memcpy(spans.get(), spans_.get(), size_ * sizeof(Span));
    }
    kinds_ = std::move(kinds);
    spans_ = std::move(spans);
    capacity_ = capacity;
  }
  void Push(TokenKind kind, uint32_t begin, uint32_t end) {
    if (size_ == capacity_) [[unlikely]] {
      Reserve(capacity_ + capacity_ / 2 + 64);
    }
    kinds_[size_] = kind;
    spans_[size_] = {begin, end};
    ++size_;
  }
  void Truncate(uint32_t size) { size_ = std::min(size, size_); }

  // Appends with everything it needs in local variables, which the compiler keeps in registers:
  // members would have to be read again after each token written. Between Give and Take the buffer
  // itself may be used, outside of it not.
  class Writer {
   public:
    explicit Writer(TokenBuffer& buffer) : buffer_(buffer) { Take(); }
    [[gnu::always_inline]] void Push(TokenKind kind, uint32_t begin, uint32_t end) {
      if (size_ == capacity_) [[unlikely]] {
        Give();
        buffer_.Reserve(capacity_ + capacity_ / 2 + 64);
        Take();
      }
      kinds_[size_] = kind;
      spans_[size_] = {begin, end};
      ++size_;
    }
    uint32_t size() const { return size_; }
    void Give() { buffer_.size_ = size_; }
    void Take() {
      kinds_ = buffer_.kinds_.get();
      spans_ = buffer_.spans_.get();
      size_ = buffer_.size_;
      capacity_ = buffer_.capacity_;
    }

   private:
    TokenBuffer& buffer_;
    TokenKind* kinds_;
    Span* spans_;
    uint32_t size_;
    uint32_t capacity_;
  };
  void SetKind(uint32_t index, TokenKind kind) { kinds_[index] = kind; }
  // Writes the Stop tokens behind the end; they do not count in size().
  void Seal(uint32_t position) {
    Reserve(size_);
    if (!kinds_) Reserve(1);
    for (uint32_t index = size_; index < size_ + kPadding; ++index) {
      kinds_[index] = TokenKind::Stop;
      spans_[index] = {position, position};
    }
  }

 private:
  std::unique_ptr<TokenKind[]> kinds_;
  std::unique_ptr<Span[]> spans_;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

}  // namespace unspool::syntax
