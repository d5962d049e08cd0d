#include "strategy/gain.h"

#include <cmath>
#include <gtest/gtest.h>

namespace unspool::strategy {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Gain, NoLoopIsFasterThanItsLongestIteration) {
  const Prediction two = PredictPool({10, 1, 100, 6}, 2);
  EXPECT_GE(two.fast, 6);
  EXPECT_LT(two.fast, two.slow);
  EXPECT_LT(PredictPool({10, 1, 100, 0.1}, 2).slow, 10);
}

TEST(Gain, OneIterationOrOneWorkerGainsNothing) {
  EXPECT_EQ(PredictPool({10, 5, 5, 2}, 2).fast, 10);
  EXPECT_EQ(PredictPool({10, 1, 100, 1}, 1).fast, 10);
  EXPECT_EQ(PredictPool({0, 0, 0, 0}, 2).slow, 0);
  EXPECT_EQ(BreakEven(1, 1), 0u);
}

TEST(Gain, EveryExecutionStartsWorkers) {
  const double once = PredictPool({10, 1, 1000, 0.01}, 2).slow;
  const double often = PredictPool({10, 50, 1000, 0.01}, 2).slow;
  EXPECT_GT(often, 10);
  EXPECT_LT(once, 10);
}

TEST(Gain, BreakEvenIsWhereTheCarefulGuessCrosses) {
  const uint64_t items = BreakEven(0.001, 2);
  const double seconds = 0.001 * double(items);
  const Prediction there = PredictPool({seconds, 1, double(items), 0.001}, 2);
  EXPECT_NEAR(there.slow / seconds, 1, 0.1);
  EXPECT_LT(there.fast, seconds);
}

TEST(Gain, EstimateNeedsABoundAndATripCount) {
  EXPECT_FALSE(EstimateGain({1e-6, kInfinite}, 1000, 2).has_value());
  const auto without_trips = EstimateGain({0.01, 0.01}, std::nullopt, 2);
  ASSERT_TRUE(without_trips);
  EXPECT_EQ(without_trips->low, 1);
  EXPECT_EQ(without_trips->break_even, 40u);
  const auto both = EstimateGain({0.01, 0.02}, 10'000, 2);
  ASSERT_TRUE(both);
  EXPECT_GT(both->low, 1.7);
  EXPECT_LE(both->high, 2.0);
  EXPECT_LT(EstimateGain({1e-5, 1e-5}, 10, 2)->high, 0.1);
}

TEST(Gain, SmallWorkNeverPays) {
  EXPECT_TRUE(NeverPays({0, 1e-7}));
  EXPECT_FALSE(NeverPays({0, kInfinite}));
}

}  // namespace
}  // namespace unspool::strategy
