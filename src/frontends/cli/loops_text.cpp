#include "frontends/cli/loops_text.h"

#include "diagnostics/render.h"
#include "verify/format.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace unspool::cli {

using diagnostics::Diagnostic;
using diagnostics::Palette;
using diagnostics::Place;
using diagnostics::Style;
using service::LoopRecord;

namespace {

std::string_view KindWord(std::string_view kind) {
  if (kind == "for") return "for loop";
  if (kind == "while") return "while loop";
  if (kind == "listcomp") return "list comprehension";
  if (kind == "setcomp") return "set comprehension";
  if (kind == "dictcomp") return "dict comprehension";
  if (kind == "genexp") return "generator expression";
  return kind;
}

std::string_view VerdictMeaning(std::string_view verdict) {
  if (verdict == "parallel") return "no iteration needs what another one does";
  if (verdict == "reduction") return "the iterations meet only in an update that can be regrouped";
  if (verdict == "scan") return "each iteration continues a running result";
  if (verdict == "search") return "only the early exit orders the iterations";
  if (verdict == "pipeline") return "the iterations can overlap in stages";
  if (verdict == "vectorizable") return "independent, and there is a form for arrays";
  if (verdict == "io") return "independent, and the time goes into waiting";
  if (verdict == "sequential") return "an iteration needs what an earlier one does";
  return "something in it is not understood, so nothing can be promised";
}

std::string_view WorkloadMeaning(std::string_view workload) {
  if (workload == "cpu") return "each iteration computes";
  if (workload == "io") return "each iteration waits for something outside";
  if (workload == "data") return "arrays or tables";
  if (workload == "trivial") return "too little in an iteration to be worth a process";
  return "cannot be told without running it";
}

std::string_view ClassMeaning(std::string_view variable_class) {
  if (variable_class == "target") return "bound by the loop itself";
  if (variable_class == "private") return "set before it is read in each iteration";
  if (variable_class == "last-value") return "as private, but read after the loop";
  if (variable_class == "reduction") return "only updated, in a way that can be regrouped";
  return "carries a value from one iteration to the next";
}

Style VerdictStyle(std::string_view verdict) {
  if (verdict == "sequential") return Style::Error;
  if (verdict == "unknown") return Style::Warning;
  return Style::Added;
}

std::string Short(const Place& place) {
  return fmt::format("{}:{}", place.begin.row, place.begin.column);
}

std::string TextAt(const Place& place) {
  if (!place.file || place.begin.row == 0) return {};
  const source::LineIndex& lines = place.file->lines();
  const source::Span span{lines.OffsetOf(place.begin), lines.OffsetOf(place.end)};
  std::string text(place.file->TextOf(span));
  text = text.substr(0, text.find_first_of("\r\n"));
  return diagnostics::Printable(text);
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out += std::string(indent) + std::string(text.substr(0, end));
    out += "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Words to lines of at most `width` columns, each after `indent`.
std::string Wrapped(std::string_view text, std::string_view indent, uint32_t width) {
  std::string out;
  std::string line;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (!line.empty() &&
        indent.size() + diagnostics::WidthOf(line) + 1 + diagnostics::WidthOf(word) > width) {
      out += std::string(indent) + line + "\n";
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + std::string(indent) + line + "\n";
}

std::string Padded(std::string_view text, size_t columns) {
  std::string out(text);
  const uint32_t width = diagnostics::WidthOf(text);
  if (width < columns) out.append(columns - width, ' ');
  return out;
}

class Page {
 public:
  Page(const service::ExplainResult& result, const Palette& paint, uint32_t width)
      : result_(result), loop_(*result.loop), paint_(paint), width_(std::clamp(width, 60u, 110u)) {}

  std::string Text() {
    Head();
    Variables();
    Updates();
    Obstacles();
    Refusals();
    Evidence();
    Strategies();
    TheRewrite();
    Next();
    return std::move(out_);
  }

 private:
  void Section(std::string_view title) { out_ += "\n" + paint_(Style::Bold, title) + "\n"; }

  void Head() {
    const std::string where =
        loop_.function == "<module>" ? "at module level" : fmt::format("in `{}`", loop_.function);
    out_ += fmt::format("{}: {} {}\n", paint_(Style::Path, PlaceText(loop_.place)),
                        KindWord(loop_.kind), where);
    Place first = loop_.place;
    if (first.end.row != first.begin.row) first.end = first.begin;
    out_ += Excerpt(loop_.place, "", nullptr, "");
    out_ += "\n";
    Fact("Verdict", fmt::format("{}: {}", paint_(VerdictStyle(loop_.verdict), loop_.verdict),
                                VerdictMeaning(loop_.verdict)));
    Fact("Workload", fmt::format("{}: {}", loop_.workload, WorkloadMeaning(loop_.workload)));
    if (std::string work = WorkInWords(); !work.empty()) Fact("Work", work);
    if (!loop_.rule.empty())
      Fact("Rule", fmt::format("{} (`unspool rule {}`)", loop_.rule, loop_.rule));
    Fact("Seen as", result_.as_script
                        ? "a script: its functions are called from this file alone (--no-entry: a "
                          "module)"
                        : "a module: anybody may call its functions with anything (--entry: a "
                          "script)");
    if (!loop_.reached) {
      out_ += Wrapped(result_.as_script
                          ? "The script never comes here, as far as can be seen."
                          : "Nothing in this file calls the function around it, so its arguments "
                            "are not known.",
                      "          ", width_);
    }
    for (const std::string& condition : loop_.conditions) Fact("If", condition);
  }

  void Fact(std::string_view name, const std::string& text) {
    out_ += fmt::format("{} {}\n", paint_(Style::Help, Padded(name, 9)), text);
  }

  // Source with marks, without the line that names the place.
  std::string Excerpt(const Place& from, const std::string& label, const Place* to,
                      const std::string& second) {
    Diagnostic diagnostic;
    diagnostic.kind = diagnostics::Kind::LeftAlone;
    diagnostic.place = from;
    diagnostic.label = label;
    if (to) diagnostic.labels.push_back({*to, second});
    diagnostics::RenderOptions options;
    options.color = paint_.color();
    options.width = width_;
    options.context = 0;
    const std::string text = diagnostics::RenderFull(diagnostic, options);
    return text.substr(text.find('\n') + 1);
  }

  void Variables() {
    if (loop_.variables.empty()) return;
    Section("Variables");
    size_t longest = 4;
    for (const auto& variable : loop_.variables) longest = std::max(longest, variable.name.size());
    for (const auto& variable : loop_.variables) {
      std::string text =
          fmt::format("  {}  {}  {}", Padded(variable.name, longest),
                      Padded(variable.variable_class, 10), ClassMeaning(variable.variable_class));
      if (variable.variable_class == "carried") {
        if (variable.write) text += fmt::format("; set at {}", Short(*variable.write));
        if (variable.read) text += fmt::format(", read at {}", Short(*variable.read));
      }
      out_ += text + "\n";
    }
  }

  void Updates() {
    if (loop_.updates.empty()) return;
    Section("Updates that can be done afterwards, in the order of the loop");
    for (const auto& update : loop_.updates) {
      out_ += fmt::format("  {}  {}  {}\n", Padded(Short(update.place), 7), Padded(update.how, 12),
                          TextAt(update.place));
    }
  }

  void Obstacles() {
    if (loop_.obstacles.empty()) return;
    Section(loop_.verdict == "unknown" ? "What is not understood" : "What stands in the way");
    for (const auto& obstacle : loop_.obstacles) {
      out_ += Wrapped(fmt::format("{} ({})", obstacle.message, obstacle.code), "  ", width_);
      const bool two = !(obstacle.to.begin == obstacle.from.begin);
      out_ += Indented(
          Excerpt(obstacle.from, two ? "one end" : "", two ? &obstacle.to : nullptr, "the other"),
          "    ");
      for (const Place& via : obstacle.path) {
        out_ += fmt::format("    reached through {}: {}\n", Short(via), TextAt(via));
      }
      if (!obstacle.unlock.empty()) {
        out_ += Wrapped(fmt::format("To remove it: {}", obstacle.unlock), "    ", width_);
      }
    }
  }

  void Refusals() {
    const bool rule = !loop_.rule.empty();
    if (loop_.hazards.empty() && (loop_.refusals.empty() || !rule)) return;
    Section("What keeps it from being run in other processes");
    for (const auto* remarks : {&loop_.hazards, &loop_.refusals}) {
      if (remarks == &loop_.refusals && !rule) break;
      for (const auto& remark : *remarks) {
        out_ += Wrapped(fmt::format("{} ({})", remark.message, remark.code), "  ", width_);
        if (!(remark.place.begin == loop_.place.begin)) {
          out_ += Indented(Excerpt(remark.place, "", nullptr, ""), "    ");
        }
      }
    }
  }

  void Evidence() {
    if (loop_.evidence.empty()) return;
    Section("Obligations of a rewrite, and what each rests on");
    size_t longest = 0;
    for (const auto& item : loop_.evidence) longest = std::max(longest, item.id.size());
    for (const auto& item : loop_.evidence) {
      const bool held =
          item.evidence != "open" && item.evidence != "observed" && item.evidence != "refuted";
      const std::string lead = fmt::format(
          "  {} {}  {}  ", paint_(held ? Style::Added : Style::Warning, held ? "✓" : "·"),
          Padded(item.id, longest), paint_(Style::Help, Padded(item.evidence, 8)));
      const std::string indent(longest + 16, ' ');
      std::string because = Wrapped(item.because, indent, width_);
      out_ += lead + because.substr(std::min(because.size(), indent.size()));
      for (const Place& place : item.places) {
        out_ += fmt::format("{}{}: {}\n", indent, Short(place), TextAt(place));
      }
    }
  }

  void Strategies() {
    Section("Strategies");
    if (!loop_.applicability.empty()) {
      Fact("  " + std::string(loop_.strategy), fmt::format(" offered, {}", loop_.applicability));
      out_ += Wrapped(
          "threads would not help: Python's interpreter lock lets one thread compute at a "
          "time",
          "  ", width_);
      out_ += Wrapped(GainInWords(), "  ", width_);
    } else if (loop_.rule.empty()) {
      out_ += Wrapped("none: no rule rewrites a loop of this kind and verdict", "  ", width_);
    } else {
      out_ += Wrapped("none: the loop stays as it is, for the reasons above", "  ", width_);
    }
    for (const std::string& note : loop_.notes) out_ += Wrapped(note, "  ", width_);
  }

  // What the text alone tells; empty where it tells nothing.
  std::string WorkInWords() const {
    std::string text;
    if (std::isfinite(loop_.iteration_most)) {
      const std::string least = verify::FormatSeconds(loop_.iteration_least);
      const std::string most = verify::FormatSeconds(loop_.iteration_most);
      text = fmt::format("about {} an iteration by counted operations",
                         least == most ? most : least + " to " + most);
    }
    if (loop_.trips) {
      text += fmt::format("{}{} iteration{}", text.empty() ? "" : "; ", *loop_.trips,
                          *loop_.trips == 1 ? "" : "s");
    }
    return text;
  }

  // What two workers would gain, so that the words do not depend on the machine.
  std::string GainInWords() const {
    if (!loop_.estimate) {
      return "starting workers costs about 0.15 s, so the loop should take longer than about half "
             "a second; `unspool optimize` measures it";
    }
    const diagnostics::Estimate& gain = *loop_.estimate;
    std::string text;
    if (loop_.trips) {
      text = fmt::format("with two workers {:.2f} to {:.2f} times as fast by the counted work",
                         gain.low, gain.high);
    }
    if (gain.break_even_n) {
      text += fmt::format("{}pays from about {} iterations on", text.empty() ? "" : "; ",
                          *gain.break_even_n);
    }
    return text + "; `unspool optimize` measures it";
  }

  void TheRewrite() {
    if (result_.diff.empty()) return;
    Section(fmt::format("The rewrite ({})", loop_.applicability));
    out_ += Indented(diagnostics::PaintDiff(result_.diff, paint_), "  ");
  }

  void Next() {
    Section("What you can do");
    const std::string place = fmt::format("{}:{}", loop_.place.path, loop_.place.begin.row);
    if (!loop_.applicability.empty()) {
      const std::string_view flag =
          loop_.applicability == "safe" ? "--fix" : "--unsafe-fixes --fix";
      out_ += fmt::format("  unspool check {} --only {}    apply this rewrite\n", flag, place);
      out_ += fmt::format(
          "  unspool optimize {} [ARGUMENTS]    measure it, and keep it if it is "
          "faster\n",
          loop_.place.path);
      return;
    }
    bool any = false;
    for (const auto& obstacle : loop_.obstacles) {
      if (obstacle.unlock.empty()) continue;
      out_ += Wrapped(fmt::format("{} (line {})", obstacle.unlock, obstacle.from.begin.row), "  ",
                      width_);
      any = true;
    }
    const bool unknown_call = std::ranges::any_of(loop_.obstacles, [](const auto& obstacle) {
      return obstacle.code == "unknown-call" || obstacle.code == "unknown-import";
    });
    if (unknown_call) {
      out_ += Wrapped(
          "Put what is called where it can be read: in this file, or in a module beside it. What a "
          "library does is known by facts only, and there is none of this call; where the loop can "
          "do without, call it before or after the loop.",
          "  ", width_);
      any = true;
    }
    if (!any && !loop_.reached && !result_.as_script) {
      out_ += Wrapped(
          "If this file is run as a script, say --entry: then the arguments of its "
          "functions are known.",
          "  ", width_);
      any = true;
    }
    if (!any) out_ += Wrapped("Nothing: leave it as it is.", "  ", width_);
  }

  const service::ExplainResult& result_;
  const LoopRecord& loop_;
  const Palette& paint_;
  uint32_t width_;
  std::string out_;
};

}  // namespace

std::string LoopsTable(const std::vector<LoopRecord>& loops, const Palette& paint) {
  size_t longest = 0;
  for (const LoopRecord& loop : loops) {
    longest = std::max<size_t>(longest, diagnostics::WidthOf(PlaceText(loop.place)));
  }
  std::string out;
  for (const LoopRecord& loop : loops) {
    std::string why;
    if (!loop.obstacles.empty()) {
      auto concrete =
          std::ranges::find_if(loop.obstacles, [](const auto& o) { return o.concrete; });
      const auto& shown = concrete == loop.obstacles.end() ? loop.obstacles.front() : *concrete;
      why = fmt::format("{} (line {})", shown.message, shown.from.begin.row);
    } else if (!loop.refusals.empty()) {
      why = loop.refusals.front().message;
    }
    const std::string_view outcome =
        loop.applicability.empty() ? "-" : std::string_view(loop.applicability);
    std::string line = fmt::format(
        "{}  {}  {}  {}  {}  {}", paint(Style::Path, Padded(PlaceText(loop.place), longest)),
        Padded(loop.kind, 8), paint(VerdictStyle(loop.verdict), Padded(loop.verdict, 10)),
        Padded(loop.workload, 7), Padded(outcome, 6), why);
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
  }
  return out;
}

std::string ExplainPage(const service::ExplainResult& result, const Palette& paint,
                        uint32_t width) {
  return Page(result, paint, width).Text();
}

}  // namespace unspool::cli
