#include "source/encoding.h"

#include "source/codecs.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>

namespace unspool::source {
namespace {

enum class CodecKind : uint8_t { Utf8, Ascii, Latin1, Charmap, MultiByte, NotText, Unsupported };

struct Codec {
  std::string_view name;
  CodecKind kind;
  uint32_t table;
};

constexpr Codec kCodecs[] = {
#define UNSPOOL_CODEC(name, kind, table) {name, CodecKind::kind, table},
#include "source/encoding_tables.inc"
};

struct Alias {
  std::string_view alias;
  std::string_view codec;
};

constexpr Alias kAliases[] = {
#define UNSPOOL_ALIAS(alias, codec) {alias, codec},
#include "source/encoding_tables.inc"
};

const Codec* CodecNamed(std::string_view name) {
  for (const Codec& codec : kCodecs) {
    if (codec.name == name) return &codec;
  }
  return nullptr;
}

std::string_view CodecOfAlias(std::string_view name) {
  for (const Alias& alias : kAliases) {
    if (alias.alias == name) return alias.codec;
  }
  return {};
}

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// As codecs.lookup and encodings.normalize_encoding: lower case, runs of anything but letters,
// digits and dots become one underscore.
std::string NormalizedName(std::string_view name) {
  std::string out;
  bool gap = false;
  for (char c : name) {
    if (IsAlnum(c) || c == '.') {
      if (gap && !out.empty()) out += '_';
      out += Lower(c);
      gap = false;
    } else {
      gap = true;
    }
  }
  return out;
}

const Codec* LookUp(std::string_view spelling) {
  std::string name = NormalizedName(spelling);
  std::string_view aliased = CodecOfAlias(name);
  if (aliased.empty()) {
    std::string undotted = name;
    std::replace(undotted.begin(), undotted.end(), '.', '_');
    aliased = CodecOfAlias(undotted);
  }
  if (!aliased.empty()) {
    if (const Codec* codec = CodecNamed(aliased)) return codec;
  }
  return name.find('.') == std::string::npos ? CodecNamed(name) : nullptr;
}

// The name CPython's messages use.
std::string MessageName(const Codec& codec) {
  switch (codec.kind) {
    case CodecKind::Utf8:
      return "utf-8";
    case CodecKind::Latin1:
      return "iso-8859-1";
    default:
      return std::string(codec.name);
  }
}

bool StartsWithName(std::string_view text, std::string_view name) {
  return text == name || (text.starts_with(name) && text[name.size()] == '-');
}

// get_normal_name of CPython's tokenizer: the first 12 characters decide.
std::string NormalSpelling(std::string_view spelling) {
  std::string head;
  for (char c : spelling.substr(0, 12)) head += c == '_' ? '-' : Lower(c);
  if (StartsWithName(head, "utf-8")) return "utf-8";
  for (std::string_view name : {"latin-1", "iso-8859-1", "iso-latin-1"}) {
    if (StartsWithName(head, name)) return "iso-8859-1";
  }
  return std::string(spelling);
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

// get_coding_spec of CPython's tokenizer. `line` has no line end. The tokenizer looks for "coding"
// in all but the last six bytes of the line with its line end, hence `size`.
std::string_view CookieOf(std::string_view line, size_t size) {
  size_t limit = size >= 6 ? size - 6 : 0;
  size_t at = 0;
  while (at < limit && at < line.size() && IsBlank(line[at])) ++at;
  if (at >= limit || at >= line.size() || line[at] != '#') return {};
  for (; at < limit && at + 6 < line.size() + 1; ++at) {
    if (line.substr(at, 6) != "coding") continue;
    size_t begin = at + 6;
    if (begin >= line.size() || (line[begin] != ':' && line[begin] != '=')) continue;
    do {
      ++begin;
    } while (begin < line.size() && (line[begin] == ' ' || line[begin] == '\t'));
    size_t end = begin;
    while (end < line.size() &&
           (IsAlnum(line[end]) || line[end] == '-' || line[end] == '_' || line[end] == '.')) {
      ++end;
    }
    if (begin < end) return line.substr(begin, end - begin);
  }
  return {};
}

// Whether a cookie may still follow in the next line.
bool IsBlankOrComment(std::string_view line) {
  for (char c : line) {
    if (c == '#') return true;
    if (!IsBlank(c)) return false;
  }
  return true;
}

struct Cookie {
  std::string_view spelling;
  Position begin;
};

// Only complete lines count, as in CPython, which adds the last line end itself.
Cookie FindCookie(std::string_view text) {
  for (uint32_t row = 1; row <= 2 && !text.empty(); ++row) {
    size_t end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    std::string_view spelling = CookieOf(line, line.size());
    if (!spelling.empty()) {
      return {spelling, {row, static_cast<uint32_t>(spelling.data() - line.data()) + 1}};
    }
    if (!IsBlankOrComment(line) || end == std::string_view::npos) break;
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return {};
}

}  // namespace

Outcome<Encoding> FindEncoding(std::string_view path, std::string_view spelling) {
  const Codec* codec = LookUp(spelling);
  std::string name(spelling);
  if (codec == nullptr) return Fail(ProblemKind::UnknownEncoding, path, {name});
  switch (codec->kind) {
    case CodecKind::NotText:
      return Fail(ProblemKind::NotTextEncoding, path, {name});
    case CodecKind::Unsupported:
      return Fail(ProblemKind::UnsupportedEncoding, path, {name});
    case CodecKind::MultiByte:
      if (!HasMultiByte(codec->table)) {
        return Fail(ProblemKind::UnsupportedEncoding, path, {name});
      }
      return Encoding{EncodingKind::MultiByte, MessageName(*codec), name, codec->table};
    case CodecKind::Charmap:
      return Encoding{EncodingKind::Charmap, MessageName(*codec), name, codec->table};
    case CodecKind::Utf8:
      return Encoding{EncodingKind::Utf8, MessageName(*codec), name, 0};
    case CodecKind::Ascii:
      return Encoding{EncodingKind::Ascii, MessageName(*codec), name, 0};
    case CodecKind::Latin1:
      return Encoding{EncodingKind::Latin1, MessageName(*codec), name, 0};
  }
  return Fail(ProblemKind::UnknownEncoding, path, {name});
}

Outcome<DetectedEncoding> DetectEncoding(std::string_view path, std::string_view bytes) {
  DetectedEncoding detected;
  detected.has_bom = bytes.starts_with("\xEF\xBB\xBF");
  if (detected.has_bom) bytes.remove_prefix(3);
  Cookie cookie = FindCookie(bytes);
  if (cookie.spelling.empty()) return detected;
  std::string normal = NormalSpelling(cookie.spelling);
  Position end{cookie.begin.row,
               cookie.begin.column + static_cast<uint32_t>(cookie.spelling.size())};
  if (detected.has_bom && normal != "utf-8") {
    return Fail(ProblemKind::EncodingWithBom, path, {normal}, cookie.begin, end);
  }
  Outcome<Encoding> encoding = FindEncoding(path, normal);
  if (!encoding) {
    encoding.error().begin = cookie.begin;
    encoding.error().end = end;
    return std::unexpected(encoding.error());
  }
  detected.encoding = *std::move(encoding);
  detected.encoding.declared = std::string(cookie.spelling);
  return detected;
}

}  // namespace unspool::source
