#include "source/codecs.h"

#include <algorithm>
#include <array>
#include <iconv.h>
#include <iterator>

namespace unspool::source {
namespace {

using Charmap = std::array<uint16_t, 128>;
constexpr uint16_t kHole = 0xFFFF;

constexpr Charmap kCharmaps[] = {
#define UNSPOOL_CHARMAP(name, ...) {__VA_ARGS__},
#include "source/encoding_tables.inc"
};

struct MultiByteTable {
  const char* iconv_name;
  uint32_t first_patch;
  uint32_t end_patch;
};

constexpr MultiByteTable kMultiByte[] = {
#define UNSPOOL_MULTI_BYTE(name, first, end) {name, first, end},
#include "source/encoding_tables.inc"
};

struct Patch {
  uint32_t first;
  uint32_t last;
  std::string_view text;
};

constexpr Patch kPatches[] = {
#define UNSPOOL_PATCH(first, last, text) {first, last, text},
#include "source/encoding_tables.inc"
};

const void* const kFailed = reinterpret_cast<void*>(-1);

const Patch* FindPatch(uint32_t table, uint32_t sequence) {
  const Patch* first = kPatches + kMultiByte[table].first_patch;
  const Patch* end = kPatches + kMultiByte[table].end_patch;
  const Patch* found = std::upper_bound(
      first, end, sequence, [](uint32_t value, const Patch& patch) { return value < patch.first; });
  if (found == first) return nullptr;
  --found;
  return sequence <= found->last ? found : nullptr;
}

}  // namespace

std::optional<char32_t> CharmapDecode(uint32_t table, unsigned char byte) {
  uint16_t character = kCharmaps[table][byte - 0x80];
  if (character == kHole) return std::nullopt;
  return character;
}

std::optional<unsigned char> CharmapEncode(uint32_t table, char32_t character) {
  const Charmap& map = kCharmaps[table];
  auto found = std::find(map.begin(), map.end(), character);
  if (character >= kHole || found == map.end()) return std::nullopt;
  return static_cast<unsigned char>(0x80 + (found - map.begin()));
}

bool HasMultiByte(uint32_t table) {
  iconv_t handle = iconv_open("UTF-8", kMultiByte[table].iconv_name);
  if (handle == kFailed) return false;
  iconv_close(handle);
  return true;
}

MultiByteCodec::MultiByteCodec(uint32_t table)
    : table_(table),
      decoder_(iconv_open("UTF-8", kMultiByte[table].iconv_name)),
      encoder_(iconv_open(kMultiByte[table].iconv_name, "UTF-8")) {}

MultiByteCodec::~MultiByteCodec() {
  if (decoder_ != kFailed) iconv_close(decoder_);
  if (encoder_ != kFailed) iconv_close(encoder_);
}

std::optional<std::string> MultiByteCodec::Convert(void* handle, std::string_view from) {
  if (handle == kFailed) return std::nullopt;
  iconv(handle, nullptr, nullptr, nullptr, nullptr);
  char* in = const_cast<char*>(from.data());
  size_t in_left = from.size();
  std::array<char, 32> buffer;
  char* out = buffer.data();
  size_t out_left = buffer.size();
  if (iconv(handle, &in, &in_left, &out, &out_left) == static_cast<size_t>(-1) || in_left != 0) {
    return std::nullopt;
  }
  if (iconv(handle, nullptr, nullptr, &out, &out_left) == static_cast<size_t>(-1)) {
    return std::nullopt;
  }
  return std::string(buffer.data(), out);
}

std::optional<std::string> MultiByteCodec::DecodeExactly(std::string_view sequence) {
  uint32_t value = 0;
  for (char c : sequence) value = value << 8 | static_cast<unsigned char>(c);
  if (const Patch* patch = FindPatch(table_, value)) {
    if (patch->text.empty()) return std::nullopt;
    return std::string(patch->text);
  }
  std::optional<std::string> text = Convert(decoder_, sequence);
  if (!text || text->empty()) return std::nullopt;
  // Longer sequences stand for one character. More of them is a stray byte, which glibc reads as a
  // control character, and its neighbours.
  size_t behind_first = 0;
  NextCharacter(*text, behind_first);
  if (sequence.size() > 2 && behind_first != text->size()) return std::nullopt;
  return text;
}

MultiByteCodec::Unit MultiByteCodec::DecodeOne(std::string_view bytes) {
  for (size_t length = 1; length <= std::min<size_t>(4, bytes.size()); ++length) {
    if (std::optional<std::string> text = DecodeExactly(bytes.substr(0, length))) {
      return {length, *std::move(text)};
    }
  }
  return {};
}

std::optional<std::string> MultiByteCodec::EncodeOne(std::string_view character) {
  const MultiByteTable& table = kMultiByte[table_];
  for (uint32_t i = table.first_patch; i < table.end_patch; ++i) {
    if (kPatches[i].text != character) continue;
    std::string sequence;
    for (int shift = 24; shift >= 0; shift -= 8) {
      auto byte = static_cast<char>(kPatches[i].first >> shift);
      if (byte != 0 || !sequence.empty()) sequence += byte;
    }
    return sequence;
  }
  std::optional<std::string> sequence = Convert(encoder_, character);
  if (!sequence || sequence->empty()) return std::nullopt;
  if (static_cast<unsigned char>(sequence->front()) < 0x80) return std::nullopt;
  Unit unit = DecodeOne(*sequence);
  if (unit.length != sequence->size() || unit.text != character) return std::nullopt;
  return sequence;
}

void AppendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

char32_t NextCharacter(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  if (lead < 0x80) return byte(at++);
  char32_t c;
  if (lead < 0xE0) {
    c = (lead & 0x1Fu) << 6 | (byte(at + 1) & 0x3Fu);
    at += 2;
  } else if (lead < 0xF0) {
    c = (lead & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
    at += 3;
  } else {
    c = (lead & 0x07u) << 18 | (byte(at + 1) & 0x3Fu) << 12 | (byte(at + 2) & 0x3Fu) << 6 |
        (byte(at + 3) & 0x3Fu);
    at += 4;
  }
  return c;
}

}  // namespace unspool::source
