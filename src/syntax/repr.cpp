#include "syntax/repr.h"

#include "syntax/unicode.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <vector>

namespace unspool::syntax {

namespace {

constexpr size_t kMaxDigits = 4300;

std::string WithoutUnderscores(std::string_view token) {
  std::string result(token);
  std::erase(result, '_');
  return result;
}

// `digits` are of base 1 << bits, most significant first. Limbs hold 18 decimal digits each.
std::string ToDecimal(std::string_view digits, int bits) {
  constexpr uint64_t kLimb = 1'000'000'000'000'000'000;
  std::vector<uint64_t> limbs;
  // As many digits at once as fit 32 bits.
  const size_t step = static_cast<size_t>(32 / bits);
  for (size_t at = 0; at < digits.size(); at += step) {
    std::string_view chunk = digits.substr(at, step);
    uint64_t carry = 0;
    std::from_chars(chunk.data(), chunk.data() + chunk.size(), carry, 1 << bits);
    const int shift = bits * static_cast<int>(chunk.size());
    for (uint64_t& limb : limbs) {
      const auto value = static_cast<unsigned __int128>(limb) << shift | carry;
      limb = static_cast<uint64_t>(value % kLimb);
      carry = static_cast<uint64_t>(value / kLimb);
    }
    if (carry != 0) limbs.push_back(carry);
  }
  if (limbs.empty()) return "0";
  std::string result = fmt::format("{}", limbs.back());
  for (size_t index = limbs.size() - 1; index-- > 0;) {
    result += fmt::format("{:018}", limbs[index]);
  }
  return result;
}

double ToDouble(const std::string& text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Out of range: strtod tells infinity from zero.
  if (error != std::errc()) value = std::strtod(text.c_str(), nullptr);
  return value;
}

// The shortest text that reads back the same, laid out as Python does: an exponent below 1e-4 and
// from 1e16 on.
void AppendDouble(std::string& out, double value, bool with_point) {
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  if (value == 0) {
    out += with_point ? "0.0" : "0";
    return;
  }
  char buffer[64];
  auto result =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  const size_t e = text.find('e');
  std::string digits(text.substr(0, e));
  std::erase(digits, '.');
  int exponent = 0;
  const char* exponent_text = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_text, text.data() + text.size(), exponent);
  const int count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (count > 1) out.append(1, '.').append(digits, 1);
    out += fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
  } else if (exponent < 0) {
    out.append("0.").append(static_cast<size_t>(-exponent - 1), '0').append(digits);
  } else if (exponent >= count - 1) {
    out.append(digits).append(static_cast<size_t>(exponent - count + 1), '0');
    if (with_point) out += ".0";
  } else {
    const auto whole = static_cast<size_t>(exponent + 1);
    out.append(digits, 0, whole).append(1, '.').append(digits, whole);
  }
}

char QuoteFor(std::string_view value) {
  const bool single = value.find('\'') != value.npos;
  return single && value.find('"') == value.npos ? '"' : '\'';
}

}  // namespace

void AppendIntegerRepr(std::string& out, std::string_view token) {
  std::string digits = WithoutUnderscores(token);
  int bits = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char letter = static_cast<char>(digits[1] | 0x20);
    bits = letter == 'x' ? 4 : letter == 'o' ? 3 : letter == 'b' ? 1 : 0;
  }
  if (bits != 0) digits.erase(0, 2);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) {
    out += '0';
  } else if (bits == 0) {
    out += digits;
  } else if (static_cast<double>(digits.size()) * bits * 0.30103 > kMaxDigits + 1) {
    out += token;
  } else {
    out += ToDecimal(digits, bits);
  }
}

void AppendFloatRepr(std::string& out, std::string_view token) {
  AppendDouble(out, ToDouble(WithoutUnderscores(token)), true);
}

void AppendImaginaryRepr(std::string& out, std::string_view token) {
  token.remove_suffix(1);
  AppendDouble(out, ToDouble(WithoutUnderscores(token)), false);
  out += 'j';
}

void AppendStringRepr(std::string& out, std::string_view value, Version target) {
  const char quote = QuoteFor(value);
  out += quote;
  size_t at = 0;
  while (at < value.size()) {
    // Runs of what is shown as it is are the common case.
    size_t plain = at;
    while (plain < value.size() && value[plain] >= 0x20 && value[plain] < 0x7F &&
           value[plain] != '\\' && value[plain] != quote) {
      ++plain;
    }
    out.append(value, at, plain - at);
    at = plain;
    if (at == value.size()) break;
    const DecodedCharacter decoded = DecodeUtf8(value, at);
    const auto code = static_cast<uint32_t>(decoded.character);
    if (code == static_cast<unsigned char>(quote) || code == '\\') {
      out += '\\';
      out += value[at];
    } else if (code == '\t') {
      out += "\\t";
    } else if (code == '\n') {
      out += "\\n";
    } else if (code == '\r') {
      out += "\\r";
    } else if (IsPrintable(decoded.character, target)) {
      out.append(value, at, decoded.length);
    } else if (code < 0x100) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", code);
    } else if (code < 0x10000) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    } else {
      fmt::format_to(std::back_inserter(out), "\\U{:08x}", code);
    }
    at += decoded.length;
  }
  out += quote;
}

void AppendBytesRepr(std::string& out, std::string_view value) {
  const char quote = QuoteFor(value);
  out.append("b").append(1, quote);
  for (char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      out.append("\\").append(1, c);
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte >= 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  out += quote;
}

}  // namespace unspool::syntax
