// Numbers, and CPython's complaints about them.
#include "syntax/lexer_impl.h"
#include "syntax/lexer_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

void Lexer::NumberError(const char* begin, const char* at, std::string message) {
  const char* end = at;
  while (IsIdentifierByte(*end)) ++end;
  Error(begin, std::max(end, begin + 1), std::move(message));
  MoveError(at > begin ? at - 1 : begin, at + 1);
  p_ = std::max(end, begin + 1);
}

// What follows a number directly must be one of the keywords that can; false after an error.
bool Lexer::CheckNumberEnd(const char* begin, const char* at, std::string_view kind) {
  if (!IsIdentifierByte(*at)) return true;
  bool keyword = false;
  switch (*at) {
    case 'a':
      keyword = at[1] == 'n' && at[2] == 'd';
      break;
    case 'e':
      keyword = at[1] == 'l' && at[2] == 's' && at[3] == 'e';
      break;
    case 'f':
      keyword = at[1] == 'o' && at[2] == 'r';
      break;
    case 'i':
      keyword = at[1] == 'f' || at[1] == 'n' || at[1] == 's';
      break;
    case 'n':
      keyword = at[1] == 'o' && at[2] == 't';
      break;
    case 'o':
      keyword = at[1] == 'r';
      break;
    default:
      break;
  }
  if (keyword || options_.target < Version{3, 10}) return true;
  NumberError(begin, at, fmt::format("invalid {} literal", kind));
  return false;
}

// Digits and single underscores between them.
bool Lexer::DecimalTail(const char* begin, const char*& at) {
  while (true) {
    while (IsDigit(*at)) ++at;
    if (*at != '_') return true;
    ++at;
    if (!IsDigit(*at)) {
      NumberError(begin, at, "invalid decimal literal");
      return false;
    }
  }
}

bool Lexer::RadixTail(const char* begin, const char*& at, int radix, std::string_view name) {
  auto is_digit = [&](char c) { return radix == 16 ? IsHexDigit(c) : c >= '0' && c < '0' + radix; };
  do {
    if (*at == '_') ++at;
    if (!is_digit(*at)) {
      NumberError(begin, at,
                  radix != 16 && IsDigit(*at)
                      ? fmt::format("invalid digit '{}' in {} literal", *at, name)
                      : fmt::format("invalid {} literal", name));
      return false;
    }
    while (is_digit(*at)) ++at;
  } while (*at == '_');
  if (radix != 16 && IsDigit(*at)) {
    NumberError(begin, at, fmt::format("invalid digit '{}' in {} literal", *at, name));
    return false;
  }
  return CheckNumberEnd(begin, at, name);
}

void Lexer::Number() {
  const char* begin = p_;
  const char* at = p_;
  TokenKind kind = TokenKind::Int;
  bool leading_zeros = false;
  auto finish = [&] {
    Emit(kind, begin, at);
    p_ = at;
  };
  if (*at == '0' && (at[1] | 0x20) >= 'b' && (at[1] | 0x20) <= 'x') {
    const char letter = at[1] | 0x20;
    if (letter == 'x' || letter == 'o' || letter == 'b') {
      at += 2;
      bool good = letter == 'x'   ? RadixTail(begin, at, 16, "hexadecimal")
                  : letter == 'o' ? RadixTail(begin, at, 8, "octal")
                                  : RadixTail(begin, at, 2, "binary");
      if (good) finish();
      return;
    }
  }
  if (*at == '0') {
    while (true) {
      if (*at == '_') {
        ++at;
        if (!IsDigit(*at)) return NumberError(begin, at, "invalid decimal literal");
      }
      if (*at != '0') break;
      ++at;
    }
    if (IsDigit(*at)) {
      leading_zeros = true;
      if (!DecimalTail(begin, at)) return;
    }
  } else if (*at != '.') {
    if (!DecimalTail(begin, at)) return;
  }
  if (*at == '.') {
    kind = TokenKind::Float;
    ++at;
    if (IsDigit(*at) && !DecimalTail(begin, at)) return;
  }
  if (*at == 'e' || *at == 'E') {
    const char* exponent = at + 1;
    const bool sign = *exponent == '+' || *exponent == '-';
    if (sign) ++exponent;
    if (IsDigit(*exponent)) {
      kind = TokenKind::Float;
      at = exponent;
      if (!DecimalTail(begin, at)) return;
    } else if (sign) {
      return NumberError(begin, exponent, "invalid decimal literal");
    } else {
      if (kind == TokenKind::Int && leading_zeros) {
        // CPython reads the exponent's letter first: the zeros go unnoticed.
        leading_zeros = false;
      }
      if (CheckNumberEnd(begin, at, "decimal")) finish();
      return;
    }
  }
  if (*at == 'j' || *at == 'J') {
    kind = TokenKind::Imag;
    ++at;
    if (CheckNumberEnd(begin, at, "imaginary")) finish();
    return;
  }
  if (kind == TokenKind::Int && leading_zeros) {
    return NumberError(begin, at,
                       "leading zeros in decimal integer literals are not permitted; use an 0o "
                       "prefix for octal integers");
  }
  if (CheckNumberEnd(begin, at, "decimal")) finish();
}

}  // namespace unspool::syntax
