#include "base/interner.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::base {
namespace {

TEST(Interner, SameTextSameId) {
  Interner names;
  NameId first = names.Intern("alpha");
  EXPECT_EQ(names.Intern(std::string("al") + "pha"), first);
  EXPECT_NE(names.Intern("alpha1"), first);
  EXPECT_EQ(names.Text(first), "alpha");
}

TEST(Interner, KeepsIdsWhenItGrows) {
  Interner names;
  for (int i = 0; i < 5000; ++i) names.Intern("name" + std::to_string(i));
  for (int i = 0; i < 5000; ++i) {
    NameId id = names.Find("name" + std::to_string(i));
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id.value(), static_cast<uint32_t>(i));
  }
  EXPECT_FALSE(names.Find("other").has_value());
}

}  // namespace
}  // namespace unspool::base
