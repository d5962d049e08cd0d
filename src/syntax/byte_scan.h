// Finds where runs of bytes end, 16 bytes at a time where the machine has SSE2 (every x86-64 has).
// The loops that this replaces end after few bytes, at a length no branch predictor can foresee:
// one count of bits instead of one guess a byte. Every function has a portable path of the same
// result.
#pragma once

#include "syntax/lexer_tables.h"

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace unspool::syntax {

#if defined(__SSE2__)
namespace byte_scan {

inline __m128i Load(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
inline uint32_t MaskOf(__m128i bytes) {
  return static_cast<uint32_t>(_mm_movemask_epi8(bytes));
}
// Bytes from `low` to `low + span`.
inline __m128i InRange(__m128i bytes, char low, char span) {
  const __m128i distance = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
  return _mm_cmpeq_epi8(_mm_min_epu8(distance, _mm_set1_epi8(span)), distance);
}
inline __m128i IsAsciiIdentifier(__m128i bytes) {
  const __m128i letters = InRange(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z' - 'a');
  const __m128i digits = InRange(bytes, '0', 9);
  const __m128i underscores = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
  return _mm_or_si128(_mm_or_si128(letters, digits), underscores);
}

}  // namespace byte_scan
#endif

// Where a word ends, and whether one blank or more follow.
struct WordEnd {
  const char* at;
  uint32_t blank;  // 1 or 0
};

// The first byte at or behind `at` that is none of ASCII letters, digits and `_`; there is one
// before `end`. What follows is told from the bytes read already: the lexer goes on from there, and
// would have to wait for them to be read again.
inline WordEnd FindWordEnd(const char* at, const char* end) {
#if defined(__SSE2__)
  while (end - at >= 16) {
    const __m128i bytes = byte_scan::Load(at);
    const uint32_t mask = byte_scan::MaskOf(byte_scan::IsAsciiIdentifier(bytes));
    const uint32_t blanks = byte_scan::MaskOf(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    if (mask != 0xFFFF) [[likely]] {
      const auto length = static_cast<uint32_t>(__builtin_ctz(~mask));
      return {at + length, blanks >> length & 1};
    }
    at += 16;
  }
#endif
  while (kByteClass[static_cast<uint8_t>(*at)] & kAsciiIdentifierByte) ++at;
  return {at, *at == ' '};
}

// The first byte at or behind `at` that is no blank; there is one before `end`.
inline const char* FindBlankEnd(const char* at, const char* end) {
#if defined(__SSE2__)
  while (end - at >= 16) {
    const uint32_t mask =
        byte_scan::MaskOf(_mm_cmpeq_epi8(byte_scan::Load(at), _mm_set1_epi8(' ')));
    if (mask != 0xFFFF) [[likely]] {
      return at + __builtin_ctz(~mask);
    }
    at += 16;
  }
#endif
  while (*at == ' ') ++at;
  return at;
}

// The first line end at or behind `at`; there is one before `end`.
inline const char* FindLineEnd(const char* at, const char* end) {
#if defined(__SSE2__)
  while (end - at >= 16) {
    const __m128i bytes = byte_scan::Load(at);
    const uint32_t mask = byte_scan::MaskOf(_mm_or_si128(
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
    if (mask) return at + __builtin_ctz(mask);
    at += 16;
  }
#endif
  while (*at != '\n' && *at != '\r') ++at;
  return at;
}

// The first quote, backslash or carriage return (for strings on one line also line feed) at or
// behind `at`, else `end`.
template <bool kTriple>
inline const char* FindStringStop(const char* at, const char* end, char quote) {
#if defined(__SSE2__)
  const __m128i quotes = _mm_set1_epi8(quote);
  while (end - at >= 16) {
    const __m128i bytes = byte_scan::Load(at);
    __m128i hits = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    if constexpr (!kTriple) {
      hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
    }
    const uint32_t mask = byte_scan::MaskOf(hits);
    if (mask) return at + __builtin_ctz(mask);
    at += 16;
  }
#endif
  while (at < end && *at != quote && *at != '\\' && *at != '\r' && (kTriple || *at != '\n')) ++at;
  return at;
}

}  // namespace unspool::syntax
