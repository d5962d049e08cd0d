#include "report/html_report.h"

#include "report/html_style.h"
#include "report/run_chart.h"
#include "verify/format.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace unspool::report {

namespace {

using verify::FormatSeconds;

std::string Code(std::string_view text) {
  return "<code>" + EscapeHtml(text) + "</code>";
}

std::string Tag(std::string_view style, std::string_view text) {
  return fmt::format("<span class=\"tag {}\">{}</span>", style, EscapeHtml(text));
}

std::string Card(std::string_view value, std::string_view what) {
  return fmt::format("<div class=\"card\"><b>{}</b><span>{}</span></div>\n", EscapeHtml(value),
                     EscapeHtml(what));
}

class Report {
 public:
  explicit Report(const ReportData& data) : data_(data) {}

  std::string Text() {
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Unspool: {0}</title>\n<style>{1}</style>\n</head>\n<body>\n<main>\n",
        EscapeHtml(data_.script), ReportStyle());
    Head();
    Failure();
    Cards();
    Measurement();
    Loops();
    Diff();
    Comparison();
    Obligations();
    Assumptions();
    Foot();
    return std::move(out_);
  }

 private:
  const verify::Certificate* certificate() const { return data_.certificate; }
  const verify::Measurement* measurement() const {
    return certificate() && certificate()->measurement ? &*certificate()->measurement : nullptr;
  }
  const verify::Comparison* comparison() const {
    return certificate() && certificate()->comparison ? &*certificate()->comparison : nullptr;
  }
  size_t Rewritten() const {
    return static_cast<size_t>(
        std::ranges::count_if(data_.loops, [](const ReportLoop& loop) { return loop.rewritten; }));
  }

  void Section(std::string_view title) { out_ += fmt::format("<h2>{}</h2>\n", EscapeHtml(title)); }

  void Head() {
    out_ += fmt::format("<p class=\"eyebrow\">unspool optimize {}</p>\n", Code(data_.command));
    std::string headline = "Left as it is";
    std::string below;
    if (data_.kept && measurement()) {
      headline =
          fmt::format("{:.2f} times as fast, with the same results", measurement()->speed.ratio);
      below = fmt::format("{} of {} loops in {} now run{} in a process pool. {}", Rewritten(),
                          data_.loops.size(), Code(data_.script), Rewritten() == 1 ? "s" : "",
                          data_.written ? "The file was rewritten."
                                        : "The file was not changed: this was a dry run.");
    } else if (certificate()) {
      below = EscapeHtml(verify::FormatVerdict(*certificate())) + ". The file was not changed.";
    } else {
      below = fmt::format(
          "No loop in {} is both safe to run in parallel and long enough to be worth "
          "it. The file was not changed.",
          Code(data_.script));
    }
    out_ += fmt::format("<h1>{}</h1>\n<p class=\"soft\">{}</p>\n", EscapeHtml(headline), below);
  }

  void Failure() {
    if (!data_.failure) return;
    std::string text;
    for (const std::string& line : data_.failure->lines) text += line + "\n";
    out_ += fmt::format(
        "<div class=\"panel\"><p>The script {}.</p>\n<pre>{}</pre>\n<p>{}</p></div>\n",
        EscapeHtml(data_.failure->ending), EscapeHtml(text), EscapeHtml(data_.failure->advice));
  }

  void Cards() {
    out_ += "<div class=\"cards\">\n";
    if (measurement()) {
      const auto& speed = measurement()->speed;
      out_ += Card(FormatSeconds(measurement()->original.summary.median), "original, median");
      out_ += Card(FormatSeconds(measurement()->rewritten.summary.median), "rewritten, median");
      out_ += Card(fmt::format("{:.2f} – {:.2f}×", speed.interval.low, speed.interval.high),
                   "measured gain, 95 % interval");
    } else if (data_.profile_seconds > 0) {
      out_ += Card(FormatSeconds(data_.profile_seconds), "one run, under the clock");
    }
    if (data_.predicted_high > 0) {
      out_ += Card(fmt::format("{:.2f} – {:.2f}×", data_.predicted_low, data_.predicted_high),
                   "predicted gain");
    }
    if (comparison() && !comparison()->cells.empty()) {
      const auto equal = std::ranges::count_if(
          comparison()->cells, [](const verify::CellResult& cell) { return cell.equal; });
      out_ += Card(fmt::format("{} of {}", equal, comparison()->cells.size()),
                   "ways to run compared equal");
    }
    if (data_.workers > 0) out_ += Card(fmt::format("{}", data_.workers), "processors");
    out_ += "</div>\n";
  }

  void Measurement() {
    if (!measurement()) return;
    Section("Run times");
    out_ += "<div class=\"panel\">\n" + RunChart(*measurement());
    const auto& speed = measurement()->speed;
    out_ += fmt::format(
        "<p class=\"soft\">{} runs of each, in turn, in fresh processes; a dot is a run, a line "
        "the "
        "median. Ratio of the medians {:.2f}, 95 % interval {:.2f} to {:.2f}, Mann-Whitney p = "
        "{:.2g}: {}.</p>\n</div>\n",
        measurement()->original.times.size(), speed.ratio, speed.interval.low, speed.interval.high,
        speed.p, verify::SpeedVerdictName(speed.verdict));
  }

  void Loops() {
    Section("Loops");
    std::vector<const ReportLoop*> loops;
    for (const ReportLoop& loop : data_.loops) loops.push_back(&loop);
    std::ranges::stable_sort(loops, [](const ReportLoop* a, const ReportLoop* b) {
      return std::pair(!a->rewritten, -a->seconds) < std::pair(!b->rewritten, -b->seconds);
    });
    if (loops.empty()) {
      out_ += "<p class=\"soft\">The script has none.</p>\n";
      return;
    }
    const size_t shown = std::min<size_t>(loops.size(), 12);
    Table(std::span(loops).first(shown));
    if (shown == loops.size()) return;
    out_ += fmt::format("<details><summary>{} more</summary>\n", loops.size() - shown);
    Table(std::span(loops).subspan(shown));
    out_ += "</details>\n";
  }

  void Table(std::span<const ReportLoop* const> loops) {
    out_ +=
        "<div class=\"panel\"><table>\n<tr><th>Line</th><th>Where</th><th>Verdict</th>"
        "<th>Time</th><th>What became of it</th></tr>\n";
    for (const ReportLoop* loop : loops) {
      const std::string_view style = loop->verdict == "sequential" ? "bad"
                                     : loop->verdict == "unknown"  ? "wait"
                                     : loop->verdict == "parallel" ? "good"
                                                                   : "plain";
      out_ += fmt::format(
          "<tr><td class=\"number\">{}</td><td class=\"place\">{}<br><span "
          "class=\"soft\">{}</span></td>"
          "<td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
          loop->row, Code(loop->function), EscapeHtml(loop->kind), Tag(style, loop->verdict),
          EscapeHtml(loop->work),
          loop->rewritten ? Tag("good", "rewritten") : EscapeHtml(loop->why));
    }
    out_ += "</table></div>\n";
  }

  void Diff() {
    if (data_.diff.empty()) return;
    Section("The change");
    out_ += "<div class=\"panel\"><pre class=\"diff\">";
    std::string_view rest = data_.diff;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      std::string_view style = "same";
      if (line.starts_with("---") || line.starts_with("+++")) {
        style = "file";
      } else if (line.starts_with("@@")) {
        style = "hunk";
      } else if (line.starts_with('+')) {
        style = "add";
      } else if (line.starts_with('-')) {
        style = "del";
      }
      out_ += fmt::format("<div class=\"{}\">{}</div>", style,
                          line.empty() ? "&nbsp;" : EscapeHtml(line));
    }
    out_ += "</pre></div>\n<p class=\"soft\">Beside it stands " + Code("parallel_support.py") +
            ", which needs the standard library only.</p>\n";
  }

  void Comparison() {
    if (!comparison()) return;
    Section("Same results?");
    std::vector<verify::StartMethod> methods;
    std::set<int> workers;
    for (const verify::CellResult& cell : comparison()->cells) {
      if (std::ranges::find(methods, cell.config.start_method) == methods.end()) {
        methods.push_back(cell.config.start_method);
      }
      workers.insert(cell.config.workers);
    }
    if (!methods.empty()) {
      out_ += "<div class=\"panel\"><table class=\"matrix\">\n<tr><th></th>";
      for (int count : workers) {
        out_ += fmt::format("<th>{} worker{}</th>", count, count == 1 ? "" : "s");
      }
      out_ += "</tr>\n";
      for (verify::StartMethod method : methods) {
        out_ += fmt::format("<tr><td>{}</td>", verify::StartMethodName(method));
        for (int count : workers) out_ += "<td>" + Cell(method, count) + "</td>";
        out_ += "</tr>\n";
      }
      out_ += "</table></div>\n";
    }
    out_ += fmt::format(
        "<p class=\"soft\">Compared in every run: exit code ({}), {} bytes of output, {} of "
        "errors, the "
        "uncaught exception, {} files written, processes left behind.</p>\n",
        comparison()->exit_code, comparison()->stdout_bytes, comparison()->stderr_bytes,
        comparison()->files_changed);
    auto shown = [&](const verify::Difference& difference, std::string_view first,
                     std::string_view second) {
      out_ += fmt::format("<p>{} {}</p><pre>{}: {}\n{}: {}</pre>\n", Tag("bad", "different"),
                          EscapeHtml(difference.place), first, EscapeHtml(difference.original),
                          second, EscapeHtml(difference.rewritten));
    };
    for (const verify::Difference& difference : comparison()->differences) {
      shown(difference, "original ", "rewritten");
    }
    for (const verify::Instability& instability : comparison()->instabilities) {
      shown(instability.difference, "first run ", "second run");
      out_ += fmt::format("<p class=\"soft\">{}</p>\n", EscapeHtml(instability.advice));
    }
    for (const std::string& note : comparison()->notes) {
      out_ += fmt::format("<p class=\"soft\">{}</p>\n", EscapeHtml(note));
    }
  }

  std::string Cell(verify::StartMethod method, int count) const {
    for (const verify::CellResult& cell : comparison()->cells) {
      if (cell.config.start_method == method && cell.config.workers == count) {
        return Tag(cell.equal ? "good" : "bad", cell.equal ? "equal" : "different");
      }
    }
    return Tag("plain", "not run");
  }

  void Obligations() {
    bool any = false;
    for (const ReportLoop& loop : data_.loops) {
      if (!loop.rewritten || loop.evidence.empty()) continue;
      if (!any) Section("Why it is safe");
      any = true;
      out_ += fmt::format(
          "<details open><summary>Line {}, {}</summary>\n<div class=\"panel\"><table>\n", loop.row,
          Code(loop.function));
      for (const ReportEvidence& item : loop.evidence) {
        const bool open = item.evidence == "open" || item.evidence == "observed";
        out_ += fmt::format("<tr><td class=\"place\">{}</td><td>{}</td><td>{}</td></tr>\n",
                            EscapeHtml(item.id), Tag(open ? "wait" : "good", item.evidence),
                            EscapeHtml(item.because));
      }
      out_ += "</table></div></details>\n";
    }
  }

  void Assumptions() {
    if (!data_.kept || !certificate() || certificate()->assumptions.empty()) return;
    Section("What that rests on");
    out_ += "<div class=\"panel\"><table>\n";
    for (const auto& item : certificate()->assumptions) {
      if (!item.is_object()) continue;
      out_ += fmt::format("<tr><td class=\"place\">{}</td><td>{}</td></tr>\n",
                          EscapeHtml(item.value("id", "")), EscapeHtml(item.value("text", "")));
    }
    out_ += "</table></div>\n";
  }

  void Foot() {
    out_ += "<footer>\n";
    if (certificate()) {
      const auto& interpreter = certificate()->interpreter;
      const auto& machine = certificate()->machine;
      out_ += fmt::format("<p>{} {}, {}, {} processor{} allowed, {}. Made {}.</p>\n",
                          EscapeHtml(interpreter.implementation), EscapeHtml(interpreter.version),
                          EscapeHtml(machine.system), machine.cpus_allowed,
                          machine.cpus_allowed == 1 ? "" : "s", EscapeHtml(machine.cpu_model),
                          EscapeHtml(certificate()->created));
    }
    out_ += fmt::format("<p>Unspool {}</p>\n</footer>\n</main>\n</body>\n</html>\n",
                        EscapeHtml(data_.tool_version));
  }

  const ReportData& data_;
  std::string out_;
};

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string RenderHtml(const ReportData& data) {
  return Report(data).Text();
}

}  // namespace unspool::report
