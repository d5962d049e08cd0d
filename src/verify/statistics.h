// The statistics of a measurement. Pure functions of their arguments: the same samples and seed
// give the same figures on every machine. Oracle: scipy (tests/verify/test_statistics.py).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace unspool::verify {

struct Summary {
  size_t count = 0;
  double mean = 0;
  double stddev = 0;  // of a sample: divided by n - 1; 0 for one value
  double median = 0;
  double mad = 0;  // median absolute deviation from the median, unscaled
  double min = 0;
  double max = 0;
  size_t outliers = 0;  // |modified Z| above 3.5
};

Summary Summarise(std::span<const double> samples);

double Median(std::vector<double> samples);
// Linear interpolation between order statistics; `sorted` ascending, q in [0, 1].
double Quantile(std::span<const double> sorted, double q);

struct Interval {
  double low = 0;
  double high = 0;
};

// Percentile bootstrap of median(numerator) / median(denominator), the two resampled
// independently.
Interval BootstrapRatioOfMedians(std::span<const double> numerator,
                                 std::span<const double> denominator, double confidence,
                                 int resamples, uint64_t seed);

// Two-sided p value of the Mann-Whitney U test: exact for up to 20 values a side without ties, else
// by the normal approximation with corrections for ties and continuity.
double MannWhitneyP(std::span<const double> a, std::span<const double> b);

}  // namespace unspool::verify
