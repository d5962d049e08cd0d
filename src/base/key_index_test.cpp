#include "base/key_index.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace unspool::base {
namespace {

TEST(KeyIndex, NumbersKeysInTheOrderTheyCome) {
  KeyIndex index;
  EXPECT_EQ(index.Find(0), KeyIndex::kNone);
  EXPECT_EQ(index.Add(7), std::make_pair(0u, true));
  EXPECT_EQ(index.Add(0), std::make_pair(1u, true));
  EXPECT_EQ(index.Add(7), std::make_pair(0u, false));
  EXPECT_EQ(index.Find(0), 1u);
  EXPECT_EQ(index.Find(1), KeyIndex::kNone);
  EXPECT_EQ(index[1], 0u);
  EXPECT_EQ(index.size(), 2u);
}

TEST(KeyIndex, AgreesWithAMap) {
  std::mt19937_64 random(1);
  KeyIndex index;
  std::map<uint64_t, uint32_t> expected;
  for (int step = 0; step < 20'000; ++step) {
    // Few distinct keys, many of which differ in their high bits only.
    const uint64_t key = (random() % 3000) << (random() % 2 ? 40 : 0);
    if (random() % 2) {
      const auto [at, fresh] = expected.try_emplace(key, static_cast<uint32_t>(expected.size()));
      EXPECT_EQ(index.Add(key), std::make_pair(at->second, fresh));
    } else {
      const auto at = expected.find(key);
      EXPECT_EQ(index.Find(key), at == expected.end() ? KeyIndex::kNone : at->second);
    }
  }
}

}  // namespace
}  // namespace unspool::base
