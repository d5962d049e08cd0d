#include "syntax/literals.h"

#include "syntax/unicode.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::syntax {

namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsOctalDigit(char c) {
  return c >= '0' && c <= '7';
}

// CPython reads all line ends as \n before it looks at literals.
std::string WithoutCarriageReturns(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      result += text[at];
      continue;
    }
    result += '\n';
    if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
  }
  return result;
}

// The escapes strings and bytes share, from behind the backslash; false where it is none of them.
bool DecodeSimpleEscape(std::string_view body, size_t& at, char32_t& value) {
  const char c = body[at];
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      value = static_cast<unsigned char>(c);
      break;
    case 'a':
      value = 7;
      break;
    case 'b':
      value = 8;
      break;
    case 't':
      value = 9;
      break;
    case 'n':
      value = 10;
      break;
    case 'v':
      value = 11;
      break;
    case 'f':
      value = 12;
      break;
    case 'r':
      value = 13;
      break;
    default: {
      if (!IsOctalDigit(c)) return false;
      value = 0;
      const size_t last = std::min(at + 3, body.size());
      for (; at < last && IsOctalDigit(body[at]); ++at) value = value * 8 + (body[at] - '0');
      return true;
    }
  }
  ++at;
  return true;
}

struct EscapeFault {
  const char* reason;
  size_t begin;
  size_t end;
};

// Reads `digits` hexadecimal digits; stops at the first character that is none.
bool ReadHex(std::string_view body, size_t& at, int digits, char32_t& value) {
  value = 0;
  for (; digits > 0; --digits, ++at) {
    const int digit = at < body.size() ? HexDigit(body[at]) : -1;
    if (digit < 0) return false;
    value = value << 4 | static_cast<char32_t>(digit);
  }
  return true;
}

std::optional<EscapeFault> DecodeEscapes(std::string_view body, Version target, std::string& out) {
  size_t at = 0;
  while (at < body.size()) {
    const size_t backslash = std::min(body.find('\\', at), body.size());
    out.append(body, at, backslash - at);
    at = backslash + 1;
    if (backslash == body.size()) break;
    if (at == body.size()) {
      // Before the `{` of an f-string's field.
      out += '\\';
      break;
    }
    char32_t value = 0;
    if (DecodeSimpleEscape(body, at, value)) {
      AppendUtf8(out, value);
      continue;
    }
    const char kind = body[at++];
    switch (kind) {
      case '\n':
        break;
      case 'x':
        if (!ReadHex(body, at, 2, value)) {
          return EscapeFault{"truncated \\xXX escape", backslash, at};
        }
        AppendUtf8(out, value);
        break;
      case 'u':
        if (!ReadHex(body, at, 4, value)) {
          return EscapeFault{"truncated \\uXXXX escape", backslash, at};
        }
        AppendUtf8(out, value);
        break;
      case 'U':
        if (!ReadHex(body, at, 8, value)) {
          return EscapeFault{"truncated \\UXXXXXXXX escape", backslash, at};
        }
        if (value > 0x10FFFF) {
          return EscapeFault{"illegal Unicode character", backslash, at};
        }
        AppendUtf8(out, value);
        break;
      case 'N': {
        constexpr const char* kMalformed = "malformed \\N character escape";
        if (at >= body.size() || body[at] != '{') return EscapeFault{kMalformed, backslash, at};
        const size_t name = at + 1;
        const size_t close = body.find('}', name);
        if (close == body.npos) return EscapeFault{kMalformed, backslash, body.size()};
        if (close == name) return EscapeFault{kMalformed, backslash, close};
        at = close + 1;
        std::optional<char32_t> found =
            LookupCharacterName(body.substr(name, close - name), target);
        if (!found) return EscapeFault{"unknown Unicode character name", backslash, at};
        AppendUtf8(out, *found);
        break;
      }
      default:
        // Not an escape: both characters stay.
        out += '\\';
        --at;
        out += body[at++];
        break;
    }
  }
  return std::nullopt;
}

// What CPython decodes in place of the body: characters beyond ASCII as \U escapes. Positions in
// its messages count in this form.
std::string AsciiForm(std::string_view body) {
  std::string form;
  for (size_t at = 0; at < body.size();) {
    if (body[at] == '\\') {
      form += '\\';
      ++at;
      if (at == body.size() || static_cast<unsigned char>(body[at]) >= 0x80) form += "u005c";
      if (at == body.size()) break;
    }
    if (static_cast<unsigned char>(body[at]) < 0x80) {
      form += body[at++];
    } else {
      DecodedCharacter decoded = DecodeUtf8(body, at);
      form += fmt::format("\\U{:08x}", static_cast<uint32_t>(decoded.character));
      at += decoded.length;
    }
  }
  return form;
}

}  // namespace

std::optional<LiteralError> DecodeString(std::string_view body, bool raw, Version target,
                                         std::string& out) {
  std::string normalized;
  if (body.find('\r') != body.npos) {
    normalized = WithoutCarriageReturns(body);
    body = normalized;
  }
  if (raw || body.find('\\') == body.npos) {
    out += body;
    return std::nullopt;
  }
  out.reserve(out.size() + body.size());
  if (!DecodeEscapes(body, target, out)) return std::nullopt;
  const std::string form = AsciiForm(body);
  std::string unused;
  std::optional<EscapeFault> fault = DecodeEscapes(form, target, unused);
  if (fault->end == fault->begin + 1) {
    return LiteralError{
        fmt::format("(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position "
                    "{}: {}",
                    fault->begin, fault->reason)};
  }
  return LiteralError{
      fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {}",
                  fault->begin, fault->end - 1, fault->reason)};
}

std::optional<LiteralError> DecodeBytes(std::string_view body, bool raw, Version target,
                                        std::string& out) {
  auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::ranges::all_of(body, is_ascii)) {
    return LiteralError{target < Version{3, 10}
                            ? "bytes can only contain ASCII literal characters."
                            : "bytes can only contain ASCII literal characters"};
  }
  std::string normalized;
  if (body.find('\r') != body.npos) {
    normalized = WithoutCarriageReturns(body);
    body = normalized;
  }
  if (raw) {
    out += body;
    return std::nullopt;
  }
  size_t at = 0;
  while (at < body.size()) {
    const size_t backslash = std::min(body.find('\\', at), body.size());
    out.append(body, at, backslash - at);
    at = backslash + 1;
    if (at >= body.size()) break;
    char32_t value = 0;
    if (DecodeSimpleEscape(body, at, value)) {
      out += static_cast<char>(value & 0xFF);
    } else if (body[at] == '\n') {
      ++at;
    } else if (body[at] == 'x') {
      ++at;
      if (!ReadHex(body, at, 2, value)) {
        return LiteralError{
            fmt::format("(value error) invalid \\x escape at position {}", backslash)};
      }
      out += static_cast<char>(value);
    } else {
      out += '\\';
      out += body[at++];
    }
  }
  return std::nullopt;
}

std::optional<LiteralError> CheckNumber(std::string_view token, Version target) {
  constexpr size_t kLimit = 4300;
  if (token.size() <= kLimit || token[0] == '0') return std::nullopt;
  if (token.find_first_not_of("0123456789_") != token.npos) return std::nullopt;
  const size_t digits = token.size() - static_cast<size_t>(std::ranges::count(token, '_'));
  if (digits <= kLimit) return std::nullopt;
  return LiteralError{
      fmt::format("Exceeds the limit ({} digits) for integer string conversion: value has {} "
                  "digits; use sys.set_int_max_str_digits() to increase the limit - Consider "
                  "hexadecimal for huge integer literals to avoid decimal conversion limits.",
                  kLimit, digits)};
}

}  // namespace unspool::syntax
