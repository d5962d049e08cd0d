// Unified diffs as `diff -u` and git write them: `git apply` and `patch` take them. Lines end at \n
// only, so that \r stays part of its line; bytes that are not UTF-8 pass through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::source {

enum class DiffKind : uint8_t { Keep, Delete, Insert };

struct DiffLine {
  DiffKind kind;
  uint32_t old_line;  // 0-based; of an Insert: before which old line
  uint32_t new_line;
};

std::vector<std::string_view> SplitLines(std::string_view text);

// A shortest edit script over lines, deletions before insertions within a change; where two texts
// share so little that the search would be long, a correct script that may not be the shortest.
std::vector<DiffLine> DiffLines(const std::vector<std::string_view>& old_lines,
                                const std::vector<std::string_view>& new_lines);

struct DiffOptions {
  std::string old_label;  // what follows `--- `, such as "a/pkg/mod.py" or "pkg/mod.py"
  std::string new_label;
  uint32_t context = 3;
};

// Empty where the texts are equal.
std::string UnifiedDiff(std::string_view old_text, std::string_view new_text,
                        const DiffOptions& options);

}  // namespace unspool::source
