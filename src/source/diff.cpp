#include "source/diff.h"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <fmt/format.h>
#include <unordered_map>

namespace unspool::source {
namespace {

// Above this many lines that differ, on both sides together, the search for a shortest script would
// take too long; all are deleted and inserted.
constexpr size_t kMaxSearch = 40'000;

constexpr std::string_view kNoNewline = "\\ No newline at end of file\n";

std::vector<uint32_t> Numbered(std::unordered_map<std::string_view, uint32_t>& ids,
                               const std::vector<std::string_view>& lines, size_t begin,
                               size_t end) {
  std::vector<uint32_t> out;
  out.reserve(end - begin);
  for (size_t i = begin; i < end; ++i) {
    out.push_back(ids.try_emplace(lines[i], static_cast<uint32_t>(ids.size())).first->second);
  }
  return out;
}

// Within a run of changes: deletions first, as people and tools expect.
void OrderChanges(std::vector<DiffKind>& script) {
  for (auto at = script.begin(); at != script.end();) {
    auto run = std::find(at, script.end(), DiffKind::Keep);
    std::stable_partition(at, run, [](DiffKind kind) { return kind == DiffKind::Delete; });
    at = run == script.end() ? run : run + 1;
  }
}

void AppendLine(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) {
    out += '\n';
    out += kNoNewline;
  }
}

std::string RangeText(size_t begin, size_t count) {
  // An empty range names the line before it.
  if (count == 0) return fmt::format("{},0", begin);
  if (count == 1) return fmt::format("{}", begin + 1);
  return fmt::format("{},{}", begin + 1, count);
}

}  // namespace

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::vector<DiffLine> DiffLines(const std::vector<std::string_view>& old_lines,
                                const std::vector<std::string_view>& new_lines) {
  size_t prefix = 0;
  size_t shorter = std::min(old_lines.size(), new_lines.size());
  while (prefix < shorter && old_lines[prefix] == new_lines[prefix]) ++prefix;
  size_t suffix = 0;
  while (suffix < shorter - prefix &&
         old_lines[old_lines.size() - 1 - suffix] == new_lines[new_lines.size() - 1 - suffix]) {
    ++suffix;
  }
  size_t old_end = old_lines.size() - suffix;
  size_t new_end = new_lines.size() - suffix;

  std::vector<DiffKind> script(prefix, DiffKind::Keep);
  if (old_end - prefix + new_end - prefix > kMaxSearch || old_end == prefix || new_end == prefix) {
    script.insert(script.end(), old_end - prefix, DiffKind::Delete);
    script.insert(script.end(), new_end - prefix, DiffKind::Insert);
  } else {
    std::unordered_map<std::string_view, uint32_t> ids;
    std::vector<uint32_t> a = Numbered(ids, old_lines, prefix, old_end);
    std::vector<uint32_t> b = Numbered(ids, new_lines, prefix, new_end);
    dtl::Diff<uint32_t, std::vector<uint32_t>> search(a, b);
    // Without this dtl gives up on long scripts and returns one that is not complete.
    search.onHuge();
    search.compose();
    for (const auto& [line, info] : search.getSes().getSequence()) {
      script.push_back(info.type == dtl::SES_COMMON   ? DiffKind::Keep
                       : info.type == dtl::SES_DELETE ? DiffKind::Delete
                                                      : DiffKind::Insert);
    }
    OrderChanges(script);
  }
  script.insert(script.end(), suffix, DiffKind::Keep);

  std::vector<DiffLine> out;
  out.reserve(script.size());
  uint32_t old_at = 0;
  uint32_t new_at = 0;
  for (DiffKind kind : script) {
    out.push_back({kind, old_at, new_at});
    if (kind != DiffKind::Insert) ++old_at;
    if (kind != DiffKind::Delete) ++new_at;
  }
  return out;
}

std::string UnifiedDiff(std::string_view old_text, std::string_view new_text,
                        const DiffOptions& options) {
  if (old_text == new_text) return {};
  std::vector<std::string_view> old_lines = SplitLines(old_text);
  std::vector<std::string_view> new_lines = SplitLines(new_text);
  std::vector<DiffLine> script = DiffLines(old_lines, new_lines);

  std::string out = fmt::format("--- {}\n+++ {}\n", options.old_label, options.new_label);
  for (size_t at = 0; at < script.size();) {
    if (script[at].kind == DiffKind::Keep) {
      ++at;
      continue;
    }
    size_t begin = at - std::min<size_t>(at, options.context);
    // A gap of twice the context or less joins two changes into one hunk.
    size_t last_change = at;
    size_t end = at;
    while (end < script.size() && end - last_change <= 2 * size_t{options.context} + 1) {
      if (script[end].kind != DiffKind::Keep) last_change = end;
      ++end;
    }
    end = std::min(script.size(), last_change + 1 + options.context);

    size_t old_count = 0;
    size_t new_count = 0;
    std::string body;
    for (size_t i = begin; i < end; ++i) {
      const DiffLine& line = script[i];
      if (line.kind != DiffKind::Insert) ++old_count;
      if (line.kind != DiffKind::Delete) ++new_count;
      if (line.kind == DiffKind::Insert) {
        AppendLine(body, '+', new_lines[line.new_line]);
      } else {
        AppendLine(body, line.kind == DiffKind::Keep ? ' ' : '-', old_lines[line.old_line]);
      }
    }
    out += fmt::format("@@ -{} +{} @@\n", RangeText(script[begin].old_line, old_count),
                       RangeText(script[begin].new_line, new_count));
    out += body;
    at = end;
  }
  return out;
}

}  // namespace unspool::source
