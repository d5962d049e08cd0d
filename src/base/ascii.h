// Whether a text is ASCII.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace unspool::base {

inline bool IsAscii(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (word & 0x8080808080808080u) return false;
  }
  unsigned char bits = 0;
  for (; at < text.size(); ++at) bits |= static_cast<unsigned char>(text[at]);
  return bits < 0x80;
}

}  // namespace unspool::base
