// Changes to a file as replacements of byte ranges of its decoded text. What lies outside the
// ranges stays to the byte, in the file's own encoding, BOM and line ends. An EditSet is one fix:
// complete on its own, with its applicability; its edits never overlap.
#pragma once

#include "source/file.h"
#include "source/problem.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::source {

// Replaces text[begin, end). Line ends in `replacement` are \n; the file's own are put in when it
// is applied.
struct Edit {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string replacement;
  bool operator==(const Edit&) const = default;
};

enum class Applicability : uint8_t { Safe, Unsafe, DisplayOnly };

// "safe", "unsafe", "display-only".
std::string_view ApplicabilityName(Applicability applicability);

class EditSet {
 public:
  explicit EditSet(Applicability applicability = Applicability::Safe)
      : applicability_(applicability) {}

  // False, with nothing added, where it would overlap an edit of the set. Insertions at one place
  // keep the order in which they were added; an insertion may touch either end of a replacement.
  [[nodiscard]] bool Add(Edit edit);
  [[nodiscard]] bool Insert(uint32_t at, std::string text) {
    return Add(Edit{at, at, std::move(text)});
  }
  [[nodiscard]] bool Delete(uint32_t begin, uint32_t end) { return Add(Edit{begin, end, {}}); }
  // All of the other's edits or none; the applicability becomes the lesser of the two.
  [[nodiscard]] bool Merge(const EditSet& other);
  bool Overlaps(const EditSet& other) const;

  Applicability applicability() const { return applicability_; }
  void set_applicability(Applicability applicability) { applicability_ = applicability; }
  // In the order of their places.
  std::span<const Edit> edits() const { return edits_; }
  bool empty() const { return edits_.empty(); }
  size_t size() const { return edits_.size(); }
  bool operator==(const EditSet&) const = default;

 private:
  std::vector<Edit> edits_;
  Applicability applicability_;
};

// Where a place of the old text is in the new one, and back.
class OffsetMap {
 public:
  OffsetMap(std::span<const Edit> edits, LineEnd line_end);

  // A place inside replaced text maps to the beginning of its replacement; one where text was
  // inserted maps after the insertion.
  uint32_t ToNew(uint32_t old_offset) const;
  // Nothing for places inside replaced or inserted text.
  std::optional<uint32_t> ToOld(uint32_t new_offset) const;

 private:
  struct Step {
    uint32_t old_begin, old_end, new_begin, new_end;
  };
  std::vector<Step> steps_;
};

// The file after the edits: its text (decoded, to be parsed again) and its bytes (to be written).
struct EditedFile {
  std::string text;
  std::string bytes;
  OffsetMap offsets;
};

// The text alone. Edits must lie inside the text, on whole characters, and split no \r\n.
Outcome<std::string> ApplyToText(std::string_view text, const EditSet& edits, LineEnd line_end);
// Refused with ProblemKind::NotEncodable where the file's encoding lacks a character.
Outcome<EditedFile> Apply(const SourceFile& file, const EditSet& edits);

}  // namespace unspool::source
