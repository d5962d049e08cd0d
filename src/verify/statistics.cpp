#include "verify/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace unspool::verify {

namespace {

constexpr size_t kMaxExact = 20;

// xoshiro256** seeded by splitmix64: the same on every machine, unlike the distributions of
// <random>.
class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15;
      uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
      z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
      word = z ^ (z >> 31);
    }
  }

  // Below `bound`, which is far below 2^32: the bias is without effect.
  size_t Below(size_t bound) { return static_cast<size_t>(((Next() >> 32) * bound) >> 32); }

 private:
  static uint64_t Rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  uint64_t Next() {
    const uint64_t result = Rotated(state_[1] * 5, 7) * 9;
    const uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = Rotated(state_[3], 45);
    return result;
  }
  uint64_t state_[4];
};

double MedianInPlace(std::vector<double>& values) {
  const size_t half = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + half, values.end());
  const double upper = values[half];
  if (values.size() % 2 == 1) return upper;
  return (*std::max_element(values.begin(), values.begin() + half) + upper) / 2;
}

// P(U <= u) for sample sizes n and m without ties, by counting arrangements.
double ExactLowerTail(size_t n, size_t m, double u) {
  const size_t most = n * m;
  // counts[j][k]: ways for j values of the first sample to give U = k, with the second growing.
  std::vector<std::vector<double>> counts(n + 1, std::vector<double>(most + 1, 0));
  for (size_t j = 0; j <= n; ++j) counts[j][0] = 1;
  for (size_t i = 1; i <= m; ++i) {
    for (size_t j = 1; j <= n; ++j) {
      // The largest value is of the first sample (it beats all i of the second) or of the second.
      for (size_t k = most + 1; k-- > 0;) {
        counts[j][k] += k >= i ? counts[j - 1][k - i] : 0;
      }
    }
  }
  double below = 0, all = 0;
  for (size_t k = 0; k <= most; ++k) {
    all += counts[n][k];
    if (static_cast<double>(k) <= u) below += counts[n][k];
  }
  return below / all;
}

}  // namespace

double Median(std::vector<double> samples) {
  return samples.empty() ? 0 : MedianInPlace(samples);
}

double Quantile(std::span<const double> sorted, double q) {
  if (sorted.empty()) return 0;
  const double place = q * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double part = place - static_cast<double>(below);
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

Summary Summarise(std::span<const double> samples) {
  Summary summary;
  summary.count = samples.size();
  if (samples.empty()) return summary;
  const double n = static_cast<double>(samples.size());
  summary.mean = std::accumulate(samples.begin(), samples.end(), 0.0) / n;
  double squares = 0;
  for (double x : samples) squares += (x - summary.mean) * (x - summary.mean);
  summary.stddev = samples.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
  summary.median = Median({samples.begin(), samples.end()});
  std::vector<double> deviations;
  for (double x : samples) deviations.push_back(std::abs(x - summary.median));
  const double mean_deviation = std::accumulate(deviations.begin(), deviations.end(), 0.0) / n;
  summary.mad = Median(deviations);
  auto [min, max] = std::minmax_element(samples.begin(), samples.end());
  summary.min = *min;
  summary.max = *max;
  // Iglewicz and Hoaglin; with more than half of the values alike, by the mean deviation.
  const double scale = summary.mad > 0 ? summary.mad / 0.6745 : mean_deviation * 1.253314;
  if (scale > 0) {
    summary.outliers = static_cast<size_t>(std::count_if(
        deviations.begin(), deviations.end(), [&](double d) { return d / scale > 3.5; }));
  }
  return summary;
}

Interval BootstrapRatioOfMedians(std::span<const double> numerator,
                                 std::span<const double> denominator, double confidence,
                                 int resamples, uint64_t seed) {
  if (numerator.empty() || denominator.empty() || resamples < 1) return {};
  Random random(seed);
  std::vector<double> ratios, draw;
  ratios.reserve(static_cast<size_t>(resamples));
  auto resampled_median = [&](std::span<const double> samples) {
    draw.resize(samples.size());
    for (double& value : draw) value = samples[random.Below(samples.size())];
    return MedianInPlace(draw);
  };
  for (int i = 0; i < resamples; ++i) {
    const double top = resampled_median(numerator);
    ratios.push_back(top / resampled_median(denominator));
  }
  std::sort(ratios.begin(), ratios.end());
  const double tail = (1 - confidence) / 2;
  return {Quantile(ratios, tail), Quantile(ratios, 1 - tail)};
}

double MannWhitneyP(std::span<const double> a, std::span<const double> b) {
  if (a.empty() || b.empty()) return 1;
  struct Value {
    double value;
    bool first;
  };
  std::vector<Value> all;
  for (double x : a) all.push_back({x, true});
  for (double x : b) all.push_back({x, false});
  std::sort(all.begin(), all.end(),
            [](const Value& x, const Value& y) { return x.value < y.value; });
  double rank_sum = 0, ties = 0;
  for (size_t i = 0; i < all.size();) {
    size_t end = i;
    while (end < all.size() && all[end].value == all[i].value) ++end;
    const double rank = static_cast<double>(i + 1 + end) / 2;
    const double count = static_cast<double>(end - i);
    ties += count * count * count - count;
    for (; i < end; ++i) rank_sum += all[i].first ? rank : 0;
  }
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  const double u = rank_sum - n * (n + 1) / 2;
  const double smaller = std::min(u, n * m - u);
  if (ties == 0 && std::max(a.size(), b.size()) <= kMaxExact) {
    return std::min(1.0, 2 * ExactLowerTail(a.size(), b.size(), smaller));
  }
  const double total = n + m;
  const double variance = n * m / 12 * ((total + 1) - ties / (total * (total - 1)));
  if (variance <= 0) return 1;
  const double z = (n * m / 2 - smaller - 0.5) / std::sqrt(variance);
  return std::min(1.0, std::erfc(z / std::sqrt(2.0)));
}

}  // namespace unspool::verify
