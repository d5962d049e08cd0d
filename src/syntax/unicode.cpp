#include "syntax/unicode.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <span>
#include <utf8proc.h>

namespace unspool::syntax {

namespace {

struct Range {
  uint32_t first;
  uint32_t last;
  uint8_t versions;
};

#include "syntax/unicode_names.inc"
#include "syntax/unicode_tables.inc"

// The number of a Python's Unicode version in the tables.
uint32_t UnicodeOf(Version target) {
  constexpr uint8_t kNumbers[] = {0, 1, 1, 2, 3, 4, 5, 6};  // 3.8 to 3.15
  const int minor = target.major > 3 ? 15 : std::clamp<int>(target.minor, 8, 15);
  return kNumbers[minor - 8];
}

bool Contains(std::span<const Range> ranges, char32_t character, Version target) {
  auto found = std::ranges::upper_bound(ranges, character, {}, &Range::first);
  if (found == ranges.begin()) return false;
  const Range& range = *std::prev(found);
  return character <= range.last && (range.versions >> UnicodeOf(target) & 1);
}

// FNV-1a with a last mixing step, of the name in capitals; as in the generator.
uint64_t HashName(std::string_view name) {
  uint64_t value = 0xCBF29CE484222325;
  for (char c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  value = (value ^ value >> 32) * 0xD6E8FEB86659FD93;
  return value ^ value >> 32;
}

// Takes the longest of the parts that `name` begins with.
template <size_t kCount>
int TakePart(std::string_view& name, const std::array<std::string_view, kCount>& parts) {
  int best = -1;
  for (size_t index = 0; index < kCount; ++index) {
    if (!name.starts_with(parts[index])) continue;
    if (best < 0 || parts[index].size() > parts[best].size()) best = static_cast<int>(index);
  }
  if (best >= 0) name.remove_prefix(parts[best].size());
  return best;
}

std::optional<char32_t> LookupSyllable(std::string_view name) {
  constexpr std::array<std::string_view, 19> kLeads = {"G", "GG", "N", "D",  "DD", "R", "M",
                                                       "B", "BB", "S", "SS", "",   "J", "JJ",
                                                       "C", "K",  "T", "P",  "H"};
  constexpr std::array<std::string_view, 21> kVowels = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                                        "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                                        "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
  constexpr std::array<std::string_view, 28> kTails = {
      "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
      "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};
  const int lead = TakePart(name, kLeads);
  const int vowel = TakePart(name, kVowels);
  const int tail = TakePart(name, kTails);
  if (lead < 0 || vowel < 0 || tail < 0 || !name.empty()) return std::nullopt;
  return static_cast<char32_t>(0xAC00 + (lead * 21 + vowel) * 28 + tail);
}

std::optional<char32_t> LookupIdeograph(std::string_view digits, Version target) {
  if (digits.size() != 4 && digits.size() != 5) return std::nullopt;
  char32_t value = 0;
  for (char c : digits) {
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (c >= 'A' && c <= 'F') {
      value = value * 16 + static_cast<char32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  if (!Contains(kIdeographRanges, value, target)) return std::nullopt;
  return value;
}

}  // namespace

bool IsIdentifierStart(char32_t character, Version target) {
  if (character < 0x80) {
    const char32_t letter = character | 0x20;
    return (letter >= 'a' && letter <= 'z') || character == '_';
  }
  return Contains(kStartRanges, character, target);
}

bool IsIdentifierContinue(char32_t character, Version target) {
  if (character < 0x80) {
    return IsIdentifierStart(character, target) || (character >= '0' && character <= '9');
  }
  return Contains(kContinueRanges, character, target);
}

bool IsPrintable(char32_t character, Version target) {
  if (character < 0x80) return character >= 0x20 && character < 0x7F;
  return Contains(kPrintableRanges, character, target);
}

std::string Nfkc(std::string_view text) {
  auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii)) return std::string(text);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  if (length < 0) return std::string(text);
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<size_t>(length));
}

std::optional<char32_t> LookupCharacterName(std::string_view name, Version target) {
  // CPython compares the two names made by rule as they are, the others in any case.
  constexpr std::string_view kSyllable = "HANGUL SYLLABLE ";
  constexpr std::string_view kIdeograph = "CJK UNIFIED IDEOGRAPH-";
  if (name.starts_with(kSyllable)) {
    if (auto found = LookupSyllable(name.substr(kSyllable.size()))) return found;
  }
  if (name.starts_with(kIdeograph)) return LookupIdeograph(name.substr(kIdeograph.size()), target);
  const uint64_t key = HashName(name) >> 24;
  auto hash_of = [](uint64_t entry) { return entry >> 24; };
  auto found = std::ranges::lower_bound(kNames, key, {}, hash_of);
  if (found == std::end(kNames) || hash_of(*found) != key) return std::nullopt;
  if ((*found >> 21 & 7) > UnicodeOf(target)) return std::nullopt;
  return static_cast<char32_t>(*found & 0x1FFFFF);
}

void AppendUtf8(std::string& out, char32_t character) {
  auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    put(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  } else {
    put(0xF0 | character >> 18);
    put(0x80 | (character >> 12 & 0x3F));
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  }
}

}  // namespace unspool::syntax
