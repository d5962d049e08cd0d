#include "diagnostics/render.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace unspool::diagnostics {
namespace {

struct Mark {
  const Place* place;
  std::string_view text;
  bool primary;
};

Style StyleOf(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Style::Error;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Info:
      return Style::Info;
  }
  return Style::Plain;
}

// What of a row is shown: all of it, or a window around the marks when it is long.
struct Window {
  uint32_t begin = 0;  // bytes of the row
  uint32_t end = 0;
  bool cut_left = false;
  bool cut_right = false;
};

uint32_t NextCharacterEnd(std::string_view text, uint32_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

Window WindowOf(std::string_view row, uint32_t focus, uint32_t width) {
  // Cheap test first: rows of megabytes exist.
  if (row.size() <= width && WidthOf(row) <= width) return {0, static_cast<uint32_t>(row.size())};
  Window window;
  uint32_t lead = width / 3;
  window.begin = focus;
  while (window.begin > 0 && WidthOf(row.substr(window.begin, focus - window.begin)) < lead) {
    --window.begin;
    while (window.begin > 0 && (static_cast<unsigned char>(row[window.begin]) & 0xC0) == 0x80) {
      --window.begin;
    }
  }
  if (window.begin <= 3) window.begin = 0;
  window.cut_left = window.begin > 0;
  window.end = window.begin;
  uint32_t columns = window.cut_left ? 1 : 0;
  while (window.end < row.size()) {
    uint32_t next = NextCharacterEnd(row, window.end);
    columns += WidthOf(row.substr(window.end, next - window.end));
    if (columns > width) break;
    window.end = next;
  }
  window.cut_right = window.end < row.size();
  return window;
}

// The bytes a mark covers in its first row.
source::Span RangeInRow(const Place& place, const source::LineIndex& lines) {
  uint32_t row_begin = lines.RowBegin(place.begin.row);
  uint32_t begin = lines.OffsetOf(place.begin) - row_begin;
  std::string_view row = lines.RowText(place.begin.row);
  uint32_t end = place.end.row == place.begin.row  ? lines.OffsetOf(place.end) - row_begin
                 : place.end.row > place.begin.row ? static_cast<uint32_t>(row.size())
                                                   : begin;
  // A range over several rows is marked without the blanks at the end of the first.
  if (place.end.row > place.begin.row) {
    while (end > begin + 1 && (row[end - 1] == ' ' || row[end - 1] == '\t')) --end;
  }
  return {begin, std::max(begin, end)};
}

class Excerpt {
 public:
  Excerpt(const source::SourceFile& file, const RenderOptions& options, const Palette& paint,
          Severity severity)
      : lines_(file.lines()), options_(options), paint_(paint), severity_(severity) {}

  void Add(const Mark& mark) {
    uint32_t row = std::clamp(mark.place->begin.row, 1u, lines_.row_count());
    marks_[row].push_back(mark);
  }

  uint32_t LastRow() const {
    return std::min(lines_.row_count(), marks_.rbegin()->first + options_.context);
  }

  void Print(std::string& out, size_t gutter) const {
    uint32_t shown = 0;
    for (auto mark = marks_.begin(); mark != marks_.end(); ++mark) {
      uint32_t first = mark->first > options_.context ? mark->first - options_.context : 1;
      if (shown != 0 && first > shown + 1) {
        // One row left out costs as much space as the dots.
        if (first == shown + 2) {
          first = shown + 1;
        } else {
          out += paint_(Style::Frame, "...") + "\n";
        }
      }
      first = std::max(first, shown + 1);
      uint32_t last = std::min(lines_.row_count(), mark->first + options_.context);
      auto next = std::next(mark);
      if (next != marks_.end()) last = std::min(last, next->first - 1);
      // The empty row behind the last line end says nothing.
      if (last == lines_.row_count() && last > mark->first && lines_.RowText(last).empty()) --last;
      for (uint32_t row = first; row <= last; ++row) {
        PrintRow(out, row, gutter, row == mark->first ? &mark->second : nullptr);
      }
      shown = std::max(shown, last);
    }
  }

 private:
  void PrintRow(std::string& out, uint32_t row, size_t gutter,
                const std::vector<Mark>* marks) const {
    std::string_view text = lines_.RowText(row);
    uint32_t focus = marks == nullptr ? 0 : RangeInRow(*marks->front().place, lines_).begin;
    Window window = WindowOf(text, focus, options_.width);
    std::string shown =
        Printable(text.substr(window.begin, window.end - window.begin), window.cut_left ? 1 : 0);
    if (window.cut_left) shown.insert(0, "…");
    if (window.cut_right) shown += "…";
    while (shown.ends_with(' ')) shown.pop_back();
    out += paint_(Style::Frame, fmt::format("{:>{}} |", row, gutter));
    if (!shown.empty()) out += " " + shown;
    out += '\n';
    if (marks == nullptr) return;
    for (const Mark& mark : *marks) PrintMark(out, mark, text, window, gutter);
  }

  void PrintMark(std::string& out, const Mark& mark, std::string_view text, const Window& window,
                 size_t gutter) const {
    source::Span range = RangeInRow(*mark.place, lines_);
    uint32_t begin = std::clamp(range.begin, window.begin, window.end);
    uint32_t end = std::clamp(range.end, begin, window.end);
    uint32_t base = window.cut_left ? 1 : 0;
    // Tabs depend on the column, so widths are measured from the window's beginning.
    std::string lead(base, ' ');
    uint32_t from = WidthOf(lead + std::string(text.substr(window.begin, begin - window.begin)));
    uint32_t to = WidthOf(lead + std::string(text.substr(window.begin, end - window.begin)));
    std::string marks(std::max(1u, to - from), mark.primary ? '^' : '-');
    std::string line = std::move(marks);
    if (!mark.text.empty()) line += " " + std::string(mark.text);
    out += paint_(Style::Frame, fmt::format("{:>{}} |", "", gutter));
    out += ' ' + std::string(from, ' ');
    out += paint_(mark.primary ? StyleOf(severity_) : Style::Secondary, line);
    out += '\n';
  }

  const source::LineIndex& lines_;
  const RenderOptions& options_;
  const Palette& paint_;
  Severity severity_;
  std::map<uint32_t, std::vector<Mark>> marks_;
};

bool SameText(const Place& a, const Place& b) {
  return a.path == b.path && a.cell == b.cell;
}

bool HasApplicableFix(const Diagnostic& diagnostic, const RenderOptions& options) {
  if (!diagnostic.fix) return false;
  source::Applicability applicability = diagnostic.fix->edits.applicability();
  return applicability == source::Applicability::Safe ||
         (applicability == source::Applicability::Unsafe && options.unsafe_fixes);
}

std::string Header(const Diagnostic& diagnostic, const RenderOptions& options,
                   const Palette& paint) {
  std::string out = paint(Style::Path, PlaceText(diagnostic.place)) + ": ";
  out += paint(StyleOf(diagnostic.severity()), diagnostic.code());
  if (HasApplicableFix(diagnostic, options)) {
    out += " [" + paint(Style::Help, "*") + "]";
  }
  return out + " " + Printable(diagnostic.message);
}

// Paths, labels and notes may quote user text; none may break out of its line.
void PrintNote(std::string& out, size_t gutter, const Palette& paint, std::string_view kind,
               Style style, std::string_view text) {
  std::string lead = fmt::format("{:>{}} = ", "", gutter);
  std::string indent(gutter + 3 + kind.size() + 2, ' ');
  out += paint(Style::Frame, lead) + paint(style, kind) + ": ";
  bool first = true;
  while (true) {
    size_t end = text.find('\n');
    if (!first) out += indent;
    first = false;
    out += Printable(text.substr(0, end)) + "\n";
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
}

std::string Escaped(std::string_view text, bool property) {
  std::string out;
  for (char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      // Not GitHub's to decode, but no terminal that shows the log should obey it.
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string PlaceText(const Place& place) {
  std::string out = Printable(place.path);
  if (place.cell != 0) out += fmt::format(":cell {}", place.cell);
  if (place.begin.row != 0) out += fmt::format(":{}:{}", place.begin.row, place.begin.column);
  return out;
}

std::string RenderConcise(const Diagnostic& diagnostic, const RenderOptions& options) {
  return Header(diagnostic, options, Palette(options.color)) + "\n";
}

std::string RenderFull(const Diagnostic& diagnostic, const RenderOptions& options) {
  Palette paint(options.color);
  std::string out = Header(diagnostic, options, paint) + "\n";

  std::vector<std::string> notes_for_labels;
  struct Block {
    const Place* place;
    Excerpt excerpt;
  };
  std::vector<Block> blocks;
  auto add = [&](const Mark& mark) {
    if (mark.place->begin.row == 0 || mark.place->file == nullptr) {
      if (!mark.primary) {
        notes_for_labels.push_back(fmt::format("{}: {}", PlaceText(*mark.place), mark.text));
      }
      return;
    }
    auto block = std::find_if(blocks.begin(), blocks.end(), [&](const Block& candidate) {
      return SameText(*candidate.place, *mark.place);
    });
    if (block == blocks.end()) {
      blocks.push_back(
          {mark.place, Excerpt(*mark.place->file, options, paint, diagnostic.severity())});
      block = blocks.end() - 1;
    }
    block->excerpt.Add(mark);
  };
  add({&diagnostic.place, diagnostic.label, true});
  for (const Label& label : diagnostic.labels) add({&label.place, label.text, false});

  size_t gutter = 1;
  for (const Block& block : blocks) {
    gutter = std::max(gutter, fmt::to_string(block.excerpt.LastRow()).size());
  }
  std::string bar = paint(Style::Frame, fmt::format("{:>{}} |", "", gutter)) + "\n";
  for (const Block& block : blocks) {
    if (!SameText(*block.place, diagnostic.place)) {
      out += paint(Style::Frame, fmt::format("{:>{}}::: ", "", gutter)) + PlaceText(*block.place) +
             "\n";
    }
    out += bar;
    block.excerpt.Print(out, gutter);
  }
  bool notes = !diagnostic.notes.empty() || !diagnostic.help.empty() || diagnostic.fix ||
               !notes_for_labels.empty();
  if (!blocks.empty() && notes) out += bar;
  for (const std::string& note : notes_for_labels) {
    PrintNote(out, gutter, paint, "note", Style::Note, note);
  }
  for (const std::string& note : diagnostic.notes) {
    PrintNote(out, gutter, paint, "note", Style::Note, note);
  }
  for (const std::string& help : diagnostic.help) {
    PrintNote(out, gutter, paint, "help", Style::Help, help);
  }
  if (diagnostic.fix && !diagnostic.fix->message.empty()) {
    source::Applicability applicability = diagnostic.fix->edits.applicability();
    PrintNote(out, gutter, paint,
              applicability == source::Applicability::Safe
                  ? "fix"
                  : fmt::format("fix ({})", source::ApplicabilityName(applicability)),
              Style::Help, diagnostic.fix->message);
  }
  return out;
}

std::string RenderAllFull(std::span<const Diagnostic> diagnostics, const RenderOptions& options) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    out += RenderFull(diagnostic, options);
  }
  return out;
}

std::string RenderGitHub(const Diagnostic& diagnostic) {
  std::string_view level = diagnostic.severity() == Severity::Error     ? "error"
                           : diagnostic.severity() == Severity::Warning ? "warning"
                                                                        : "notice";
  const Place& place = diagnostic.place;
  std::string out = fmt::format("::{} title=unspool ({}),file={}", level, diagnostic.code(),
                                Escaped(place.path, true));
  std::string message = diagnostic.message;
  if (place.cell != 0) {
    // GitHub shows a notebook as JSON: rows of a cell mean nothing there.
    out += ",line=1";
    message =
        fmt::format("cell {}:{}:{}: {}", place.cell, place.begin.row, place.begin.column, message);
  } else if (place.begin.row != 0) {
    uint32_t end_row = std::max(place.begin.row, place.end.row);
    out += fmt::format(",line={}", place.begin.row);
    if (end_row == place.begin.row) {
      out += fmt::format(",col={},endLine={},endColumn={}", place.begin.column, end_row,
                         std::max(place.begin.column, place.end.column));
    } else {
      out += fmt::format(",endLine={}", end_row);
    }
  }
  return out + "::" + Escaped(message, false) + "\n";
}

}  // namespace unspool::diagnostics
