#include "semantics/types/type.h"

#include <gtest/gtest.h>
#include <vector>

namespace unspool::semantics::types {
namespace {

Type Instance(uint32_t cls) {
  return Type(TypeKind::Instance, cls);
}

TEST(Type, KeepsItsParts) {
  const Type type(TypeKind::Instance, 12345, false, 67890, 3);
  EXPECT_EQ(type.kind(), TypeKind::Instance);
  EXPECT_EQ(type.subject(), 12345U);
  EXPECT_FALSE(type.exact());
  EXPECT_EQ(type.detail(), 67890U);
  EXPECT_EQ(type.arity(), 3U);
  EXPECT_TRUE(type.positional());
  EXPECT_FALSE(Instance(1).has_detail());
  EXPECT_FALSE(Instance(1).positional());
  EXPECT_TRUE(Instance(1).exact());
}

TEST(Value, JoinIsTheLeastUpperBound) {
  Value value = Value::Of(Instance(1));
  EXPECT_FALSE(value.Join(Value()));
  EXPECT_FALSE(value.Join(Value::Of(Instance(1))));
  EXPECT_TRUE(value.Join(Value::Of(Instance(2))));
  Value other = Value::Of(Instance(2));
  other.Join(Value::Of(Instance(1)));
  EXPECT_EQ(value, other);
}

TEST(Value, ProvenanceIsTheWeakestLink) {
  Value value = Value::Of(Instance(1));
  EXPECT_TRUE(value.Join(Value::Of(Instance(1), Provenance::Declared)));
  EXPECT_EQ(value.provenance(), Provenance::Declared);
  EXPECT_FALSE(value.Join(Value::Of(Instance(1))));
}

// Whatever the order in which they are met.
TEST(Value, TheLeastCauseStays) {
  const Cause early(CauseCode::UnknownParameter, 3, 4);
  const Cause late(CauseCode::UnknownCall, 1, 2);
  Value value = Value::Unknown(late);
  // Another cause of the same ignorance is no growth.
  EXPECT_FALSE(value.Join(Value::Unknown(early)));
  EXPECT_FALSE(value.Join(Value::Unknown(late)));
  EXPECT_EQ(value.cause(), early);
  EXPECT_TRUE(Value::Of(Instance(1)).Join(Value::Unknown(late)));
}

// Too many types are given up for good, and all of them are told of.
TEST(Value, Saturates) {
  std::vector<Type> dropped;
  Value forwards, backwards;
  for (uint32_t cls = 0; cls < 12; ++cls) {
    forwards.Join(Value::Of(Instance(cls)), &dropped);
    backwards.Join(Value::Of(Instance(11 - cls)));
  }
  EXPECT_EQ(dropped.size(), 12U);
  EXPECT_TRUE(forwards.unknown());
  EXPECT_TRUE(forwards.types().empty());
  EXPECT_EQ(forwards, backwards);
  forwards.Join(Value::Unknown(Cause(CauseCode::UnknownParameter, 1, 1)));
  EXPECT_FALSE(forwards.Join(Value::Of(Instance(1))));
  EXPECT_TRUE(forwards.types().empty());
}

}  // namespace
}  // namespace unspool::semantics::types
