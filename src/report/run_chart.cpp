#include "report/run_chart.h"

#include "verify/format.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace unspool::report {

namespace {

constexpr double kLeft = 90, kWidth = 620, kRow = 46, kTop = 12;

// 1, 2 or 5 times a power of ten, so that an axis has at most six steps.
double StepFor(double largest) {
  double step = std::pow(10, std::floor(std::log10(largest / 6)));
  for (double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (largest / (step * factor) <= 6) return step * factor;
  }
  return step * 10;
}

std::string Row(const verify::Timings& timings, std::string_view name, double y, double scale) {
  std::string svg =
      fmt::format("<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                  kLeft - 12, y + 4, name);
  const double median = kLeft + timings.summary.median * scale;
  svg += fmt::format(
      "<rect class=\"bar {0}\" x=\"{1}\" y=\"{2}\" width=\"{3:.1f}\" height=\"22\" rx=\"3\"/>\n",
      name, kLeft, y - 11, std::max(1.0, median - kLeft));
  for (size_t run = 0; run < timings.times.size(); ++run) {
    // Spread a little, so that equal runs are seen apart.
    const double shift = double(run % 5) * 4 - 8;
    svg += fmt::format(
        "<circle class=\"run {}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.2\"><title>run {}: "
        "{}</title></circle>\n",
        name, kLeft + timings.times[run] * scale, y + shift, run + 1,
        verify::FormatSeconds(timings.times[run]));
  }
  svg +=
      fmt::format("<line class=\"median\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\"/>\n",
                  median, y - 15, y + 15);
  return svg;
}

}  // namespace

std::string RunChart(const verify::Measurement& measurement) {
  const double largest =
      std::max({measurement.original.summary.max, measurement.rewritten.summary.max, 1e-6});
  const double step = StepFor(largest);
  const double end = std::ceil(largest / step) * step;
  const double scale = kWidth / end;
  const double height = kTop + 2 * kRow + 28;
  std::string svg = fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Run times of both "
      "versions\">\n",
      kLeft + kWidth + 40, height);
  for (double at = 0; at <= end + step / 2; at += step) {
    const double x = kLeft + at * scale;
    svg +=
        fmt::format("<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\"/>\n",
                    x, kTop - 4, kTop + 2 * kRow);
    svg +=
        fmt::format("<text class=\"tick\" x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                    x, kTop + 2 * kRow + 18, at == 0 ? "0" : verify::FormatSeconds(at));
  }
  svg += Row(measurement.original, "original", kTop + kRow * 0.5, scale);
  svg += Row(measurement.rewritten, "rewritten", kTop + kRow * 1.5, scale);
  return svg + "</svg>\n";
}

}  // namespace unspool::report
