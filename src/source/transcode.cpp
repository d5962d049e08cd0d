// Decoding, encoding and the places of characters, as declared in encoding.h.
#include "source/codecs.h"
#include "source/encoding.h"

#include <algorithm>
#include <cstring>

namespace unspool::source {
namespace {

bool IsAscii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

size_t AsciiPrefix(std::string_view text, size_t at) {
  while (at + 8 <= text.size()) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (word & 0x8080808080808080u) break;
    at += 8;
  }
  while (at < text.size() && IsAscii(text[at])) ++at;
  return at;
}
// The reason and extent CPython's multi-byte codecs give: one byte, or all that is left when the
// input ends inside a sequence.
CodecError MultiByteFault(std::string_view bytes, size_t at) {
  bool cut = at + 1 == bytes.size() && static_cast<unsigned char>(bytes[at]) > 0x80;
  return {at, at + 1, cut ? "incomplete multibyte sequence" : "illegal multibyte sequence"};
}

}  // namespace

CodecError FindUtf8Fault(std::string_view bytes) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  size_t at = 0;
  while ((at = AsciiPrefix(bytes, at)) < bytes.size()) {
    unsigned char lead = byte(at);
    size_t length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0) return {at, at + 1, "invalid start byte"};
    for (size_t i = 1; i < length; ++i) {
      if (at + i >= bytes.size()) return {at, bytes.size(), "unexpected end of data"};
      unsigned char low = 0x80, high = 0xBF;
      if (i == 1) {
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
      }
      if (byte(at + i) < low || byte(at + i) > high) {
        return {at, at + i, "invalid continuation byte"};
      }
    }
    at += length;
  }
  return {std::string_view::npos, std::string_view::npos, {}};
}

std::expected<std::string, CodecError> Decode(const Encoding& encoding, std::string_view bytes) {
  if (encoding.kind == EncodingKind::Utf8) {
    CodecError fault = FindUtf8Fault(bytes);
    if (fault.begin != std::string_view::npos) return std::unexpected(fault);
    return std::string(bytes);
  }
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  std::optional<MultiByteCodec> codec;
  if (encoding.kind == EncodingKind::MultiByte) codec.emplace(encoding.table);
  for (size_t at = 0; at < bytes.size();) {
    size_t plain = AsciiPrefix(bytes, at);
    out.append(bytes, at, plain - at);
    at = plain;
    if (at == bytes.size()) break;
    auto byte = static_cast<unsigned char>(bytes[at]);
    switch (encoding.kind) {
      case EncodingKind::Utf8:
      case EncodingKind::Ascii:
        return std::unexpected(CodecError(at, at + 1, "ordinal not in range(128)"));
      case EncodingKind::Latin1:
        AppendUtf8(out, byte);
        ++at;
        break;
      case EncodingKind::Charmap: {
        std::optional<char32_t> character = CharmapDecode(encoding.table, byte);
        if (!character) {
          return std::unexpected(CodecError(at, at + 1, "character maps to <undefined>"));
        }
        AppendUtf8(out, *character);
        ++at;
        break;
      }
      case EncodingKind::MultiByte: {
        MultiByteCodec::Unit unit = codec->DecodeOne(bytes.substr(at));
        if (unit.length == 0) return std::unexpected(MultiByteFault(bytes, at));
        out += unit.text;
        at += unit.length;
        break;
      }
    }
  }
  return out;
}

std::expected<std::string, CodecError> Encode(const Encoding& encoding, std::string_view text) {
  CodecError fault = FindUtf8Fault(text);
  if (fault.begin != std::string_view::npos) return std::unexpected(fault);
  if (encoding.kind == EncodingKind::Utf8) return std::string(text);
  std::string out;
  out.reserve(text.size());
  std::optional<MultiByteCodec> codec;
  if (encoding.kind == EncodingKind::MultiByte) codec.emplace(encoding.table);
  for (size_t at = 0; at < text.size();) {
    size_t plain = AsciiPrefix(text, at);
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    size_t begin = at;
    char32_t character = NextCharacter(text, at);
    std::string_view bytes = text.substr(begin, at - begin);
    bool known = false;
    switch (encoding.kind) {
      case EncodingKind::Utf8:
      case EncodingKind::Ascii:
        return std::unexpected(CodecError(begin, at, "ordinal not in range(128)"));
      case EncodingKind::Latin1:
        if (character > 0xFF) {
          return std::unexpected(CodecError(begin, at, "ordinal not in range(256)"));
        }
        out += static_cast<char>(character);
        known = true;
        break;
      case EncodingKind::Charmap:
        if (std::optional<unsigned char> byte = CharmapEncode(encoding.table, character)) {
          out += static_cast<char>(*byte);
          known = true;
        }
        break;
      case EncodingKind::MultiByte:
        if (std::optional<std::string> sequence = codec->EncodeOne(bytes)) {
          out += *sequence;
          known = true;
        }
        break;
    }
    if (!known) {
      bool charmap = encoding.kind == EncodingKind::Charmap;
      return std::unexpected(CodecError(
          begin, at, charmap ? "character maps to <undefined>" : "illegal multibyte sequence"));
    }
  }
  return out;
}

size_t OriginalOffset(const Encoding& encoding, std::string_view bytes, std::string_view text,
                      size_t offset) {
  if (encoding.kind == EncodingKind::Utf8 || encoding.kind == EncodingKind::Ascii) return offset;
  if (encoding.kind != EncodingKind::MultiByte) {
    return static_cast<size_t>(
        std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  MultiByteCodec codec(encoding.table);
  size_t from = 0;
  for (size_t to = 0; to < offset;) {
    if (IsAscii(bytes[from])) {
      ++from;
      ++to;
    } else {
      MultiByteCodec::Unit unit = codec.DecodeOne(bytes.substr(from));
      from += unit.length;
      to += unit.text.size();
    }
  }
  return from;
}

}  // namespace unspool::source
