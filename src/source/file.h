// One source file as read: its bytes, the encoding CPython would read it in, the decoded text that
// the parser gets (UTF-8, no BOM, line ends as they are) and the line index of that text. Immutable
// and shared; everything that holds a view into the text keeps the shared_ptr. A code cell of a
// notebook is a SourceFile of its own with the notebook's path and a cell number.
#pragma once

#include "source/encoding.h"
#include "source/line_index.h"
#include "source/problem.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace unspool::source {

// XXH3-128 of the bytes.
struct ContentHash {
  uint64_t high = 0;
  uint64_t low = 0;
  constexpr auto operator<=>(const ContentHash&) const = default;
};
ContentHash HashOf(std::string_view bytes);
// 32 lower-case hexadecimal digits.
std::string HexOf(ContentHash hash);

enum class LineEnd : uint8_t { Lf, CrLf, Cr };
std::string_view LineEndText(LineEnd line_end);
// The kind most lines of the text end with; Lf where there is none.
LineEnd DominantLineEnd(std::string_view text);
// `text` with each \n as the line end.
std::string WithLineEnd(std::string_view text, LineEnd line_end);

class SourceFile;
using SourceFilePtr = std::shared_ptr<const SourceFile>;

class SourceFile {
 public:
  // "-" is not special here; see ReadStandardInput.
  static Outcome<SourceFilePtr> Read(const std::string& path);
  static Outcome<SourceFilePtr> ReadStandardInput(std::string path);
  static Outcome<SourceFilePtr> FromBytes(std::string path, std::string bytes);
  // A notebook's cell or an editor's buffer: text that is UTF-8 already and whose cookie, if any,
  // means nothing. Invalid UTF-8 and NUL are refused as in files.
  static Outcome<SourceFilePtr> FromText(std::string path, std::string text, uint32_t cell = 0);

  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  const std::string& path() const { return path_; }
  uint32_t cell() const { return cell_; }  // 1-based; 0: not a notebook
  std::string_view bytes() const { return bytes_; }
  std::string_view text() const { return text_; }
  const Encoding& encoding() const { return encoding_; }
  bool has_bom() const { return has_bom_; }
  LineEnd line_end() const { return line_end_; }
  ContentHash hash() const { return hash_; }
  const LineIndex& lines() const { return lines_; }
  bool is_stub() const { return path_.ends_with(".pyi"); }

  Position PositionOf(uint32_t offset, ColumnUnit unit = ColumnUnit::CodePoint) const {
    return lines_.PositionOf(offset, unit);
  }
  std::string_view TextOf(Span span) const {
    return text().substr(span.begin, span.end - span.begin);
  }

 private:
  SourceFile(std::string path, uint32_t cell, std::string bytes, Encoding encoding, bool has_bom,
             std::string decoded);

  std::string path_;
  uint32_t cell_;
  std::string bytes_;
  Encoding encoding_;
  bool has_bom_;
  std::string decoded_;  // empty where text_ is a part of bytes_
  std::string_view text_;
  LineEnd line_end_;
  ContentHash hash_;
  LineIndex lines_;
};

// The whole file, or why not. Refuses folders, devices, pipes and what is larger than 1 GiB.
Outcome<std::string> ReadBytes(const std::string& path);

}  // namespace unspool::source
