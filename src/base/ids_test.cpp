#include "base/ids.h"

#include <gtest/gtest.h>

namespace unspool::base {
namespace {

struct AppleTag;
using AppleId = Id<AppleTag>;

TEST(Ids, DefaultIsNone) {
  AppleId none;
  EXPECT_FALSE(none.has_value());
  EXPECT_TRUE(AppleId(0).has_value());
}

TEST(Ids, VectorHandsOutConsecutiveIds) {
  IdVector<AppleId, int> apples;
  AppleId first = apples.Add(7);
  AppleId second = apples.Add(8);
  EXPECT_LT(first, second);
  EXPECT_EQ(apples[first], 7);
  EXPECT_EQ(apples[second], 8);
}

}  // namespace
}  // namespace unspool::base
