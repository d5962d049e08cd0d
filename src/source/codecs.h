// Tables behind encoding.h: single-byte encodings as arrays, multi-byte ones through iconv with
// what Python's codecs do differently patched in. Both contain ASCII, which callers copy as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspool::source {

// What a byte of 0x80 and above stands for; nothing where the table has a hole.
std::optional<char32_t> CharmapDecode(uint32_t table, unsigned char byte);
std::optional<unsigned char> CharmapEncode(uint32_t table, char32_t character);

// Whether this system's iconv has the encoding.
bool HasMultiByte(uint32_t table);

// One encoding open for conversion; used by one thread.
class MultiByteCodec {
 public:
  explicit MultiByteCodec(uint32_t table);
  ~MultiByteCodec();
  MultiByteCodec(const MultiByteCodec&) = delete;
  MultiByteCodec& operator=(const MultiByteCodec&) = delete;

  struct Unit {
    size_t length = 0;  // bytes taken; 0: no character starts here
    std::string text;   // UTF-8, one character or two
  };
  // The character at the beginning of `bytes` (not empty, not ASCII).
  Unit DecodeOne(std::string_view bytes);
  // Nothing where the encoding lacks the character, or does not give it back when decoded.
  std::optional<std::string> EncodeOne(std::string_view character);

 private:
  std::optional<std::string> Convert(void* handle, std::string_view from);
  std::optional<std::string> DecodeExactly(std::string_view sequence);

  uint32_t table_;
  void* decoder_;
  void* encoder_;
};

void AppendUtf8(std::string& out, char32_t character);
// The character at `at` of valid UTF-8; moves `at` behind it.
char32_t NextCharacter(std::string_view text, size_t& at);

}  // namespace unspool::source
