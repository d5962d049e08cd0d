#include "source/edits.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace unspool::source {
namespace {

bool Before(const Edit& a, const Edit& b) {
  if (a.begin != b.begin) return a.begin < b.begin;
  return a.begin == a.end && b.begin != b.end;
}

bool Overlap(const Edit& a, const Edit& b) {
  bool a_inserts = a.begin == a.end;
  bool b_inserts = b.begin == b.end;
  if (a_inserts && b_inserts) return false;
  if (a_inserts) return b.begin < a.begin && a.begin < b.end;
  if (b_inserts) return a.begin < b.begin && b.begin < a.end;
  return a.begin < b.end && b.begin < a.end;
}

bool SplitsCharacter(std::string_view text, size_t at) {
  if (at == 0 || at >= text.size()) return false;
  if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) return true;
  return text[at] == '\n' && text[at - 1] == '\r';
}

uint32_t LengthWith(std::string_view replacement, LineEnd line_end) {
  size_t length = replacement.size();
  if (line_end == LineEnd::CrLf) {
    length += static_cast<size_t>(std::count(replacement.begin(), replacement.end(), '\n'));
  }
  return static_cast<uint32_t>(length);
}

std::string CodePointName(std::string_view character) {
  size_t at = 0;
  char32_t c = 0;
  auto byte = [&](size_t i) { return static_cast<unsigned char>(character[i]); };
  unsigned char lead = byte(at);
  size_t length = character.size();
  c = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) c = c << 6 | (byte(i) & 0x3Fu);
  return fmt::format("character '{}' (U+{:04X})", character, static_cast<uint32_t>(c));
}

// The first fault, or nothing.
std::optional<std::string> Misfit(std::string_view text, const EditSet& edits) {
  for (const Edit& edit : edits.edits()) {
    if (edit.begin > edit.end || edit.end > text.size()) {
      return fmt::format("bytes {}-{} of a text of {}", edit.begin, edit.end, text.size());
    }
    for (uint32_t at : {edit.begin, edit.end}) {
      if (SplitsCharacter(text, at)) return fmt::format("byte {} splits a character", at);
    }
    if (FindUtf8Fault(edit.replacement).begin != std::string_view::npos) {
      return std::string("the replacement is not UTF-8");
    }
    if (edit.replacement.find('\0') != std::string::npos) {
      return std::string("the replacement has a null byte");
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view ApplicabilityName(Applicability applicability) {
  constexpr std::array<std::string_view, 3> kNames = {"safe", "unsafe", "display-only"};
  return kNames[static_cast<size_t>(applicability)];
}

bool EditSet::Add(Edit edit) {
  if (edit.begin > edit.end) return false;
  auto at = std::upper_bound(edits_.begin(), edits_.end(), edit, Before);
  // Neighbours on both sides; insertions do not hide a longer edit before them, as that would
  // overlap them too.
  for (auto before = at; before != edits_.begin();) {
    --before;
    if (Overlap(*before, edit)) return false;
    if (before->begin != before->end) break;
  }
  for (auto after = at; after != edits_.end(); ++after) {
    if (Overlap(*after, edit)) return false;
    if (after->begin >= edit.end && after->begin != edit.begin) break;
  }
  edits_.insert(at, std::move(edit));
  return true;
}

bool EditSet::Overlaps(const EditSet& other) const {
  EditSet copy = *this;
  for (const Edit& edit : other.edits_) {
    if (!copy.Add(edit)) return true;
  }
  return false;
}

bool EditSet::Merge(const EditSet& other) {
  EditSet merged = *this;
  for (const Edit& edit : other.edits_) {
    if (!merged.Add(edit)) return false;
  }
  merged.applicability_ = std::max(applicability_, other.applicability_);
  *this = std::move(merged);
  return true;
}

OffsetMap::OffsetMap(std::span<const Edit> edits, LineEnd line_end) {
  uint32_t old_at = 0;
  uint32_t new_at = 0;
  for (const Edit& edit : edits) {
    new_at += edit.begin - old_at;
    uint32_t length = LengthWith(edit.replacement, line_end);
    steps_.push_back({edit.begin, edit.end, new_at, new_at + length});
    new_at += length;
    old_at = edit.end;
  }
}

uint32_t OffsetMap::ToNew(uint32_t old_offset) const {
  // The last step that begins at or before the place.
  auto after =
      std::upper_bound(steps_.begin(), steps_.end(), old_offset,
                       [](uint32_t offset, const Step& step) { return offset < step.old_begin; });
  if (after == steps_.begin()) return old_offset;
  const Step& step = *(after - 1);
  if (old_offset < step.old_end) return step.new_begin;
  return step.new_end + (old_offset - step.old_end);
}

std::optional<uint32_t> OffsetMap::ToOld(uint32_t new_offset) const {
  auto after =
      std::upper_bound(steps_.begin(), steps_.end(), new_offset,
                       [](uint32_t offset, const Step& step) { return offset < step.new_begin; });
  // Deletions take no place in the new text: the last of several that begin here decides.
  if (after == steps_.begin()) return new_offset;
  const Step& step = *(after - 1);
  if (new_offset < step.new_end) return std::nullopt;
  return step.old_end + (new_offset - step.new_end);
}

Outcome<std::string> ApplyToText(std::string_view text, const EditSet& edits, LineEnd line_end) {
  if (std::optional<std::string> fault = Misfit(text, edits)) {
    return Fail(ProblemKind::EditInvalid, "", {*std::move(fault)});
  }
  std::string out;
  size_t at = 0;
  for (const Edit& edit : edits.edits()) {
    out.append(text, at, edit.begin - at);
    out += WithLineEnd(edit.replacement, line_end);
    at = edit.end;
  }
  out.append(text, at);
  return out;
}

Outcome<EditedFile> Apply(const SourceFile& file, const EditSet& edits) {
  std::string_view text = file.text();
  Outcome<std::string> new_text = ApplyToText(text, edits, file.line_end());
  if (!new_text) {
    new_text.error().path = file.path();
    return std::unexpected(new_text.error());
  }
  // Bytes outside the edits are copied, never encoded again: a decoder may map two sequences to one
  // character.
  std::string_view body = file.bytes().substr(file.has_bom() ? 3 : 0);
  std::string bytes(file.bytes().substr(0, file.has_bom() ? 3 : 0));
  size_t text_at = 0;
  size_t body_at = 0;
  auto advance = [&](size_t to) {
    size_t length =
        OriginalOffset(file.encoding(), body.substr(body_at), text.substr(text_at), to - text_at);
    text_at = to;
    return body_at += length;
  };
  for (const Edit& edit : edits.edits()) {
    size_t from = body_at;
    size_t to = advance(edit.begin);
    bytes.append(body, from, to - from);
    std::string replacement = WithLineEnd(edit.replacement, file.line_end());
    std::expected<std::string, CodecError> encoded = Encode(file.encoding(), replacement);
    if (!encoded) {
      const CodecError& fault = encoded.error();
      Position place = file.PositionOf(edit.begin);
      return Fail(ProblemKind::NotEncodable, file.path(),
                  {file.encoding().name,
                   CodePointName(
                       std::string_view(replacement).substr(fault.begin, fault.end - fault.begin)),
                   fault.reason},
                  place, place);
    }
    bytes += *encoded;
    advance(edit.end);
  }
  bytes.append(body, body_at);
  if (file.encoding().kind == EncodingKind::MultiByte) {
    // In euc_kr, for one, neighbours that an edit brought together may be read as one character.
    const auto back =
        Decode(file.encoding(), std::string_view(bytes).substr(file.has_bom() ? 3 : 0));
    if (!back || *back != *new_text) {
      const Position place = file.PositionOf(edits.empty() ? 0 : edits.edits().front().begin);
      return Fail(ProblemKind::NotEncodable, file.path(),
                  {file.encoding().name, "text of the edit", "it would be read as another"}, place,
                  place);
    }
  }
  return EditedFile{*std::move(new_text), std::move(bytes),
                    OffsetMap(edits.edits(), file.line_end())};
}

}  // namespace unspool::source
