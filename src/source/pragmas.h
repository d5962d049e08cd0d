// What users say in comments: `# unspool: ignore[UNS101]`, `file-ignore[...]`, `disable[...]` to
// `enable[...]`, `# noqa: UNS101`, and statements of fact the analysis believes: `pure`,
// `parallel[...]`, `order-irrelevant`, `tolerance[rtol=1e-9]`. A pragma behind code, or inside its
// brackets, speaks of that logical line; one on a line of its own of the next logical line.
#pragma once

#include "source/file.h"
#include "source/problem.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::source {

// clang-format off
enum class PragmaKind : uint8_t {
  Ignore, FileIgnore, Disable, Enable, Noqa,
  Pure, Parallel, OrderIrrelevant, Tolerance,
};
// clang-format on

struct Pragma {
  PragmaKind kind = PragmaKind::Ignore;
  Span span;                       // from "unspool:" or "noqa" to its end
  Span comment;                    // the comment that holds it
  Span target;                     // what it speaks of; of Disable: up to its Enable
  std::vector<std::string> rules;  // codes or names; empty: all (Noqa only)
  std::vector<std::pair<std::string, std::string>> options;
  bool used = false;  // of suppressions: something was suppressed

  bool is_suppression() const { return kind <= PragmaKind::Noqa; }
  // The option's value, or nothing.
  std::string_view Option(std::string_view name) const;
};

class Pragmas {
 public:
  // `comments` begin at their #; `logical_lines` are ranges without their line ends. Both in order.
  // Where there are no logical lines (the file is not Python), physical ones count.
  Pragmas(const SourceFile& file, std::span<const Span> comments,
          std::span<const Span> logical_lines);

  // Whether a finding of the rule at the place is suppressed; marks what suppressed it. The first
  // logical line of the finding counts, as `# noqa` stands at its end.
  bool Suppresses(std::string_view code, std::string_view name, uint32_t offset);
  // Suppressions that have suppressed nothing, for `unused-ignore`; those that name only rules
  // outside UNS are not ours.
  std::vector<const Pragma*> Unused() const;
  // Statements of fact about the logical line at the place.
  std::vector<const Pragma*> FactsAt(uint32_t offset) const;

  std::span<const Pragma> all() const { return pragmas_; }
  std::span<const Problem> problems() const { return problems_; }

 private:
  void ParseComment(const SourceFile& file, Span comment);
  void ParseUnspool(const SourceFile& file, Span comment, Span segment);
  void ParseNoqa(const SourceFile& file, Span comment, Span segment);
  void Place(const SourceFile& file, std::span<const Span> logical_lines);
  void MatchRanges(const SourceFile& file);
  void Report(ProblemKind kind, const SourceFile& file, Span at, std::vector<std::string> words);

  std::vector<Pragma> pragmas_;
  std::vector<Problem> problems_;
};

}  // namespace unspool::source
