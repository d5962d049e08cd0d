#include "base/sparse_set.h"

#include <gtest/gtest.h>

namespace unspool::base {
namespace {

std::vector<uint32_t> Keys(const SparseSet& set) {
  return {set.keys().begin(), set.keys().end()};
}

TEST(SparseSet, NumbersItsMembersInTheOrderTheyCame) {
  SparseSet set(10);
  for (uint32_t key : {7U, 2U, 7U, 9U}) set.Add(key);
  EXPECT_EQ(Keys(set), (std::vector<uint32_t>{7, 2, 9}));
  EXPECT_EQ(set.PositionOf(2), 1U);
  EXPECT_FALSE(set.Has(0));
  set.Sort();
  EXPECT_EQ(Keys(set), (std::vector<uint32_t>{2, 7, 9}));
  EXPECT_EQ(set.PositionOf(2), 0U);
  EXPECT_EQ(set.PositionOf(9), 2U);
}

TEST(SparseSet, ForgetsWhatWasThereBefore) {
  SparseSet set(10);
  for (uint32_t key : {7U, 2U, 9U}) set.Add(key);
  set.Truncate(1);
  EXPECT_TRUE(set.Has(7));
  EXPECT_FALSE(set.Has(2));
  set.Clear();
  EXPECT_FALSE(set.Has(7));
  set.Add(2);
  EXPECT_FALSE(set.Has(7));
  EXPECT_EQ(set.PositionOf(2), 0U);
}

}  // namespace
}  // namespace unspool::base
