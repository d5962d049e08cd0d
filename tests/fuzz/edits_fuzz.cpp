// Random edits of a decoded file against a reference that does it the slow way: the same edits are
// refused as overlapping, the same text comes out, the bytes decode to that text, what lies outside
// the edits is the same to the byte, and offsets map there and back.
#include "fuzz/input.h"
#include "source/edits.h"

#include <algorithm>
#include <fuzzer/FuzzedDataProvider.h>
#include <optional>
#include <vector>

using unspool::source::Edit;
using unspool::source::EditedFile;
using unspool::source::EditSet;
using unspool::source::SourceFile;
using unspool::source::SourceFilePtr;

namespace {

// Two edits are at odds where one touches a byte, or a seam between two bytes, that the other
// removes.
bool AtOdds(const Edit& a, const Edit& b) {
  const uint64_t from = std::min(a.begin, b.begin);
  const uint64_t to = std::max(a.end, b.end);
  // Bytes at odd places of a line twice as long, seams at even ones; replaced bytes with the seams
  // between them.
  for (uint64_t place = 2 * from; place <= 2 * to; ++place) {
    auto touches = [&](const Edit& edit) {
      if (edit.begin == edit.end) return place == 2 * uint64_t{edit.begin};
      return place > 2 * uint64_t{edit.begin} && place < 2 * uint64_t{edit.end};
    };
    const bool both_insert = a.begin == a.end && b.begin == b.end;
    if (!both_insert && touches(a) && touches(b)) return true;
  }
  return false;
}

bool IsSeam(std::string_view text, size_t at) {
  if (at > text.size()) return false;
  if (at == 0 || at == text.size()) return true;
  if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) return false;
  return !(text[at - 1] == '\r' && text[at] == '\n');
}

std::string LineEnds(const std::string& text, const SourceFile& file) {
  std::string out;
  for (char c : text) {
    if (c == '\n') {
      out += unspool::source::LineEndText(file.line_end());
    } else {
      out += c;
    }
  }
  return out;
}

// Byte by byte: what is inserted here in the order of adding, then the byte, unless it is replaced.
std::string Reference(const SourceFile& file, const std::vector<Edit>& edits) {
  const std::string_view text = file.text();
  std::string out;
  for (uint32_t at = 0; at <= text.size(); ++at) {
    for (const Edit& edit : edits) {
      if (edit.begin == at && edit.end == at) out += LineEnds(edit.replacement, file);
    }
    bool removed = false;
    for (const Edit& edit : edits) {
      if (edit.begin < edit.end && edit.begin == at) out += LineEnds(edit.replacement, file);
      removed |= edit.begin <= at && at < edit.end;
    }
    if (!removed && at < text.size()) out += text[at];
  }
  return out;
}

void CheckOffsets(const std::string_view text, const EditedFile& edited,
                  const std::vector<Edit>& edits) {
  for (uint32_t at = 0; at < text.size(); ++at) {
    const bool removed = std::ranges::any_of(
        edits, [&](const Edit& edit) { return edit.begin <= at && at < edit.end; });
    if (removed) continue;
    const uint32_t there = edited.offsets.ToNew(at);
    FUZZ_CHECK(there < edited.text.size() && edited.text[there] == text[at], "offset %u -> %u\n",
               at, there);
    FUZZ_CHECK(edited.offsets.ToOld(there) == std::optional(at), "offset %u -> %u\n", at, there);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider provider(data, size);
  const int count = provider.ConsumeIntegralInRange<int>(0, 8);
  struct Draft {
    uint16_t begin;
    uint16_t length;
    std::string replacement;
  };
  std::vector<Draft> drafts;
  for (int number = 0; number < count; ++number) {
    const auto begin = provider.ConsumeIntegral<uint16_t>();
    const auto length = provider.ConsumeIntegralInRange<uint16_t>(0, 12);
    drafts.push_back({begin, length, provider.ConsumeRandomLengthString(12)});
  }
  auto read = SourceFile::FromBytes("<fuzz>", provider.ConsumeRemainingBytesAsString());
  if (!read) return 0;
  const SourceFilePtr file = *read;
  const std::string_view text = file->text();
  if (text.size() > 2000) return 0;

  EditSet set;
  std::vector<Edit> kept;
  bool fits = true;
  for (const Draft& draft : drafts) {
    Edit edit;
    edit.begin = draft.begin % static_cast<uint32_t>(text.size() + 2);
    edit.end = edit.begin + draft.length;
    edit.replacement = draft.replacement;
    const bool odds =
        std::ranges::any_of(kept, [&](const Edit& other) { return AtOdds(edit, other); });
    FUZZ_CHECK(set.Add(edit) == !odds, "edit %u-%u\n", edit.begin, edit.end);
    if (odds) continue;
    fits &= IsSeam(text, edit.begin) && IsSeam(text, edit.end);
    fits &= unspool::source::FindUtf8Fault(edit.replacement).begin == std::string_view::npos;
    fits &= edit.replacement.find('\0') == std::string::npos;
    kept.push_back(std::move(edit));
  }
  FUZZ_CHECK(set.size() == kept.size());

  const auto edited = unspool::source::Apply(*file, set);
  if (!edited) {
    const auto kind = edited.error().kind;
    FUZZ_CHECK(kind == (fits ? unspool::source::ProblemKind::NotEncodable
                             : unspool::source::ProblemKind::EditInvalid));
    return 0;
  }
  FUZZ_CHECK(fits);
  FUZZ_CHECK(edited->text == Reference(*file, kept));
  CheckOffsets(text, *edited, kept);
  if (kept.empty()) FUZZ_CHECK(edited->bytes == file->bytes());

  // Read back, unless the edits changed what says how to read it.
  const auto again = SourceFile::FromBytes("<fuzz>", edited->bytes);
  if (again && (*again)->encoding().name == file->encoding().name &&
      (*again)->has_bom() == file->has_bom()) {
    FUZZ_CHECK((*again)->text() == edited->text, "%s\n", file->encoding().name.c_str());
  }
  // Before the first and behind the last edit, to the byte.
  if (file->encoding().name == "utf-8" && !kept.empty()) {
    const size_t bom = file->has_bom() ? 3 : 0;
    const uint32_t first = set.edits().front().begin;
    const uint32_t last = set.edits().back().end;
    FUZZ_CHECK(edited->bytes.starts_with(file->bytes().substr(0, bom + first)));
    FUZZ_CHECK(edited->bytes.ends_with(file->bytes().substr(bom + last)));
  }
  return 0;
}
