#include "report/html_report.h"

#include <gtest/gtest.h>

namespace unspool::report {
namespace {

TEST(HtmlReport, EscapesWhatComesFromTheProgram) {
  ReportData data;
  data.script = "<b>&.py";
  data.command = "python3 '<b>&.py' \"x\"";
  data.diff = "--- a\n+++ a\n@@ -1 +1 @@\n-</pre><script>alert(1)</script>\n+x\n";
  ReportLoop loop;
  loop.function = "<lambda>";
  loop.why = "reads `a < b`";
  data.loops.push_back(loop);
  const std::string html = RenderHtml(data);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<lambda>"), std::string::npos);
  EXPECT_NE(html.find("&lt;lambda&gt;"), std::string::npos);
  EXPECT_NE(html.find("a &lt; b"), std::string::npos);
}

TEST(HtmlReport, SaysWhatWasLeftWhereNothingWasTried) {
  ReportData data;
  data.script = "a.py";
  const std::string html = RenderHtml(data);
  EXPECT_NE(html.find("Left as it is"), std::string::npos);
  EXPECT_EQ(html.find("Run times"), std::string::npos);
}

TEST(HtmlReport, ShowsEveryRunAndTheMatrix) {
  verify::Certificate certificate;
  verify::Measurement measurement;
  measurement.original.times = {2.0, 2.1, 2.2};
  measurement.rewritten.times = {1.0, 1.1, 1.2};
  measurement.original.summary = verify::Summarise(measurement.original.times);
  measurement.rewritten.summary = verify::Summarise(measurement.rewritten.times);
  measurement.speed.ratio = 1.91;
  certificate.measurement = measurement;
  verify::Comparison comparison;
  comparison.cells = {{{verify::StartMethod::Fork, 2}, true, 1.0},
                      {{verify::StartMethod::Spawn, 3}, false, 1.0}};
  certificate.comparison = comparison;
  ReportData data;
  data.script = "a.py";
  data.kept = true;
  data.certificate = &certificate;
  const std::string html = RenderHtml(data);
  size_t runs = 0;
  for (size_t at = html.find("<circle"); at != std::string::npos;
       at = html.find("<circle", at + 1)) {
    ++runs;
  }
  EXPECT_EQ(runs, 6u);
  EXPECT_NE(html.find("1.91 times as fast"), std::string::npos);
  EXPECT_NE(html.find(">equal<"), std::string::npos);
  EXPECT_NE(html.find(">different<"), std::string::npos);
  EXPECT_NE(html.find(">not run<"), std::string::npos);
}

}  // namespace
}  // namespace unspool::report
