// The encoding of a source file, found and applied as CPython does: byte order mark, the cookie of
// PEP 263 in the first two lines (the C tokenizer's rules), else UTF-8; names and aliases as in
// Python's `encodings`. Single-byte encodings are tables taken from Python's codecs, multi-byte
// ones go through iconv. Encodings that do not contain ASCII are refused with the reason.
#pragma once

#include "source/problem.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace unspool::source {

enum class EncodingKind : uint8_t { Utf8, Ascii, Latin1, Charmap, MultiByte };

struct Encoding {
  EncodingKind kind = EncodingKind::Utf8;
  std::string name = "utf-8";  // the codec's name in Python, as in messages: "cp1252", "euc_jp"
  std::string declared;        // the cookie as written; empty where there is none
  uint32_t table = 0;          // of Charmap and MultiByte: which
};

struct DetectedEncoding {
  Encoding encoding;
  bool has_bom = false;
};

// Looks at the first two lines only. `path` is for the problem's record.
Outcome<DetectedEncoding> DetectEncoding(std::string_view path, std::string_view bytes);

// The encoding Python means by a name; `spelling` may be any alias.
Outcome<Encoding> FindEncoding(std::string_view path, std::string_view spelling);

struct CodecError {
  size_t begin = 0;  // bytes of the input
  size_t end = 0;
  std::string reason;  // CPython's: "invalid start byte", "ordinal not in range(128)"
};

// Both are strict. Where the text is UTF-8 both return a copy.
std::expected<std::string, CodecError> Decode(const Encoding& encoding, std::string_view bytes);
std::expected<std::string, CodecError> Encode(const Encoding& encoding, std::string_view text);

// The first fault in a text that should be UTF-8, as CPython reports it; none if begin == npos.
CodecError FindUtf8Fault(std::string_view bytes);

// Where in `bytes` (no BOM) the character at `offset` of the decoded `text` begins. Byte for byte
// the same in UTF-8; linear in the offset otherwise.
size_t OriginalOffset(const Encoding& encoding, std::string_view bytes, std::string_view text,
                      size_t offset);

}  // namespace unspool::source
