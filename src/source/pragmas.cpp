#include "source/pragmas.h"

#include "source/config.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace unspool::source {
namespace {

enum class Brackets : uint8_t { Forbidden, Rules, Options };

struct Spec {
  std::string_view name;
  PragmaKind kind;
  Brackets brackets;
  std::string_view example;
  std::string_view options;  // allowed, between blanks
};

constexpr Spec kSpecs[] = {
    {"ignore", PragmaKind::Ignore, Brackets::Rules, "ignore[UNS101]", ""},
    {"file-ignore", PragmaKind::FileIgnore, Brackets::Rules, "file-ignore[UNS101]", ""},
    {"disable", PragmaKind::Disable, Brackets::Rules, "disable[UNS101]", ""},
    {"enable", PragmaKind::Enable, Brackets::Rules, "enable[UNS101]", ""},
    {"pure", PragmaKind::Pure, Brackets::Forbidden, "pure", ""},
    {"order-irrelevant", PragmaKind::OrderIrrelevant, Brackets::Forbidden, "order-irrelevant", ""},
    {"parallel", PragmaKind::Parallel, Brackets::Options,
     "parallel[strategy=process-pool, workers=8]", " strategy workers "},
    {"tolerance", PragmaKind::Tolerance, Brackets::Options, "tolerance[rtol=1e-9]", " rtol atol "},
};

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

Span Trimmed(std::string_view text, Span span) {
  while (span.begin < span.end && IsBlank(text[span.begin])) ++span.begin;
  while (span.end > span.begin && IsBlank(text[span.end - 1])) --span.end;
  return span;
}

bool IsRuleWord(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// "UNS101" of ruff's noqa lists: letters, then digits.
size_t LengthOfCode(std::string_view text) {
  size_t letters = 0;
  while (letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z') ++letters;
  size_t end = letters;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return letters == 0 || end == letters ? 0 : end;
}

std::vector<std::string_view> SplitCommas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    Span span = Trimmed(part, {0, static_cast<uint32_t>(part.size())});
    parts.push_back(part.substr(span.begin, span.end - span.begin));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool IsNumber(std::string_view text) {
  double value = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

bool IsCount(std::string_view text) {
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0;
}

bool Names(const Pragma& pragma, std::string_view code, std::string_view name) {
  if (pragma.rules.empty()) return pragma.kind == PragmaKind::Noqa;
  return std::any_of(pragma.rules.begin(), pragma.rules.end(),
                     [&](const std::string& rule) { return rule == code || rule == name; });
}

// The pragma's options, or what is wrong with them.
std::optional<std::string> ReadOptions(std::string_view inside, const Spec& spec, Pragma& pragma) {
  for (std::string_view part : SplitCommas(inside)) {
    size_t equals = part.find('=');
    if (equals == std::string_view::npos) return fmt::format("`{}` is not NAME=VALUE", part);
    std::string key(part.substr(0, equals));
    std::string value(part.substr(equals + 1));
    if (spec.options.find(" " + key + " ") == std::string_view::npos) {
      return fmt::format("`{}` has no option `{}`", spec.name, key);
    }
    if (key == "workers" && !IsCount(value))
      return fmt::format("`{}` is no number of workers", value);
    if ((key == "rtol" || key == "atol") && !IsNumber(value)) {
      return fmt::format("`{}` is no number", value);
    }
    if (value.empty()) return fmt::format("`{}` has no value", key);
    if (!pragma.Option(key).empty()) return fmt::format("`{}` is given twice", key);
    pragma.options.emplace_back(std::move(key), std::move(value));
  }
  return std::nullopt;
}

}  // namespace

std::string_view Pragma::Option(std::string_view name) const {
  for (const auto& [key, value] : options) {
    if (key == name) return value;
  }
  return {};
}

Pragmas::Pragmas(const SourceFile& file, std::span<const Span> comments,
                 std::span<const Span> logical_lines) {
  for (Span comment : comments) ParseComment(file, comment);
  Place(file, logical_lines);
  MatchRanges(file);
}

void Pragmas::ParseComment(const SourceFile& file, Span comment) {
  std::string_view text = file.text();
  // A comment may hold several: "# unspool: pure  # noqa: UNS101".
  for (uint32_t at = comment.begin; at < comment.end;) {
    size_t next = text.find('#', at + 1);
    uint32_t end = next == std::string_view::npos
                       ? comment.end
                       : std::min(comment.end, static_cast<uint32_t>(next));
    Span segment = Trimmed(text, {at + (text[at] == '#' ? 1u : 0u), end});
    std::string_view words = file.TextOf(segment);
    if (words.starts_with("unspool:")) {
      ParseUnspool(file, comment, segment);
    } else if (words.size() >= 4 && (words.starts_with("noqa") || words.starts_with("NOQA"))) {
      ParseNoqa(file, comment, segment);
    }
    at = end;
  }
}

void Pragmas::ParseUnspool(const SourceFile& file, Span comment, Span segment) {
  std::string_view text = file.text();
  Span body = Trimmed(text, {segment.begin + 8, segment.end});
  std::string_view words = file.TextOf(body);
  size_t length = 0;
  while (length < words.size() && IsRuleWord(words.substr(length, 1))) ++length;
  std::string_view name = words.substr(0, length);
  auto spec = std::find_if(std::begin(kSpecs), std::end(kSpecs),
                           [&](const Spec& candidate) { return candidate.name == name; });
  if (spec == std::end(kSpecs)) {
    std::vector<std::string_view> names;
    for (const Spec& candidate : kSpecs) names.push_back(candidate.name);
    std::string nearest = Nearest(name, names);
    Report(ProblemKind::PragmaUnknown, file, segment,
           {std::string(name.empty() ? words : name),
            nearest.empty() ? "" : fmt::format("did you mean `{}`?", nearest)});
    return;
  }
  auto malformed = [&](std::string why) {
    Report(ProblemKind::PragmaMalformed, file, segment,
           {std::move(why), fmt::format("write it as `# unspool: {}`", spec->example)});
  };
  std::string_view rest = words.substr(length);
  Pragma pragma;
  pragma.kind = spec->kind;
  pragma.comment = comment;
  pragma.span = {segment.begin, body.begin + static_cast<uint32_t>(length)};
  if (rest.starts_with('[')) {
    size_t close = rest.find(']');
    if (close == std::string_view::npos) return malformed("`[` has no `]`");
    if (spec->brackets == Brackets::Forbidden) {
      return malformed(fmt::format("`{}` takes no brackets", spec->name));
    }
    std::string_view inside = rest.substr(1, close - 1);
    if (spec->brackets == Brackets::Rules) {
      for (std::string_view rule : SplitCommas(inside)) {
        if (!IsRuleWord(rule)) return malformed("a rule is a code or a name");
        pragma.rules.emplace_back(rule);
      }
    } else if (auto fault = ReadOptions(inside, *spec, pragma)) {
      return malformed(*std::move(fault));
    }
    pragma.span.end += static_cast<uint32_t>(close + 1);
    rest.remove_prefix(close + 1);
  } else if (spec->brackets == Brackets::Rules ||
             (spec->brackets == Brackets::Options && spec->kind == PragmaKind::Tolerance)) {
    return malformed(spec->brackets == Brackets::Rules ? "it names no rule" : "it names no option");
  }
  // Words may follow as a reason, apart from the pragma.
  if (!rest.empty() && !IsBlank(rest.front())) {
    return malformed(fmt::format("`{}` after the pragma", rest));
  }
  pragmas_.push_back(std::move(pragma));
}

void Pragmas::ParseNoqa(const SourceFile& file, Span comment, Span segment) {
  std::string_view words = file.TextOf(segment);
  Pragma pragma;
  pragma.kind = PragmaKind::Noqa;
  pragma.comment = comment;
  size_t at = 4;
  if (at < words.size() && words[at] == ':') {
    ++at;
    while (at < words.size()) {
      while (at < words.size() && (IsBlank(words[at]) || words[at] == ',')) ++at;
      size_t length = LengthOfCode(words.substr(at));
      if (length == 0) break;
      pragma.rules.emplace_back(words.substr(at, length));
      at += length;
    }
    // "noqa:" with nothing we can read suppresses nothing.
    if (pragma.rules.empty()) return;
  } else if (at < words.size() && !IsBlank(words[at])) {
    return;
  }
  pragma.span = {segment.begin, segment.begin + static_cast<uint32_t>(at)};
  pragmas_.push_back(std::move(pragma));
}

void Pragmas::Place(const SourceFile& file, std::span<const Span> logical_lines) {
  const LineIndex& lines = file.lines();
  for (Pragma& pragma : pragmas_) {
    uint32_t row = lines.RowOf(pragma.comment.begin);
    Span row_span{lines.RowBegin(row), lines.RowEnd(row)};
    if (pragma.kind == PragmaKind::FileIgnore) {
      pragma.target = {0, static_cast<uint32_t>(file.text().size())};
      continue;
    }
    pragma.target = row_span;
    if (logical_lines.empty()) {
      bool own = Trimmed(file.text(), {row_span.begin, pragma.comment.begin}).begin ==
                 pragma.comment.begin;
      if (own && pragma.kind != PragmaKind::Noqa && row < lines.row_count()) {
        pragma.target = {lines.RowBegin(row + 1), lines.RowEnd(row + 1)};
      }
      continue;
    }
    // The last logical line that begins in this row or above.
    auto after = std::upper_bound(logical_lines.begin(), logical_lines.end(), row_span.end,
                                  [](uint32_t offset, Span line) { return offset < line.begin; });
    bool inside = after != logical_lines.begin() && (after - 1)->end >= row_span.begin;
    if (inside) {
      // Several statements in one row: all of them.
      auto first = after - 1;
      while (first != logical_lines.begin() && (first - 1)->end >= row_span.begin) --first;
      pragma.target = {first->begin, (after - 1)->end};
    } else if (pragma.kind != PragmaKind::Noqa && after != logical_lines.end()) {
      pragma.target = *after;
    }
  }
}

void Pragmas::MatchRanges(const SourceFile& file) {
  auto size = static_cast<uint32_t>(file.text().size());
  for (size_t i = 0; i < pragmas_.size(); ++i) {
    Pragma& opened = pragmas_[i];
    if (opened.kind != PragmaKind::Disable) continue;
    opened.target = {opened.comment.begin, size};
    auto closing = std::find_if(pragmas_.begin() + static_cast<std::ptrdiff_t>(i), pragmas_.end(),
                                [&](const Pragma& candidate) {
                                  return candidate.kind == PragmaKind::Enable &&
                                         candidate.rules == opened.rules && !candidate.used;
                                });
    if (closing == pragmas_.end()) {
      Report(ProblemKind::PragmaUnmatched, file, opened.span, {"disable", "enable"});
    } else {
      opened.target.end = closing->comment.begin;
      closing->used = true;
    }
  }
  for (const Pragma& pragma : pragmas_) {
    if (pragma.kind == PragmaKind::Enable && !pragma.used) {
      Report(ProblemKind::PragmaUnmatched, file, pragma.span, {"enable", "disable"});
    }
  }
}

void Pragmas::Report(ProblemKind kind, const SourceFile& file, Span at,
                     std::vector<std::string> words) {
  Problem problem =
      Fail(kind, file.path(), std::move(words), file.PositionOf(at.begin), file.PositionOf(at.end))
          .error();
  problem.cell = file.cell();
  problems_.push_back(std::move(problem));
}

bool Pragmas::Suppresses(std::string_view code, std::string_view name, uint32_t offset) {
  bool suppressed = false;
  for (Pragma& pragma : pragmas_) {
    if (!pragma.is_suppression() || pragma.kind == PragmaKind::Enable) continue;
    if (offset < pragma.target.begin || offset > pragma.target.end) continue;
    if (!Names(pragma, code, name)) continue;
    pragma.used = true;
    suppressed = true;
  }
  return suppressed;
}

std::vector<const Pragma*> Pragmas::Unused() const {
  std::vector<const Pragma*> out;
  for (const Pragma& pragma : pragmas_) {
    if (!pragma.is_suppression() || pragma.kind == PragmaKind::Enable || pragma.used) continue;
    bool ours = std::any_of(pragma.rules.begin(), pragma.rules.end(),
                            [](const std::string& rule) { return rule.starts_with("UNS"); });
    if (pragma.kind != PragmaKind::Noqa || ours) out.push_back(&pragma);
  }
  return out;
}

std::vector<const Pragma*> Pragmas::FactsAt(uint32_t offset) const {
  std::vector<const Pragma*> out;
  for (const Pragma& pragma : pragmas_) {
    if (pragma.is_suppression()) continue;
    if (offset >= pragma.target.begin && offset <= pragma.target.end) out.push_back(&pragma);
  }
  return out;
}

}  // namespace unspool::source
