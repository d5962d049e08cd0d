#include "semantics/declarations/mro.h"

#include <gtest/gtest.h>

namespace unspool::semantics::declarations {

namespace {

ClassId C(uint32_t value) {
  return ClassId(value);
}

// Classes by number; `object` is 0.
class Orders {
 public:
  Orders() { orders_.push_back({{C(0)}, false}); }

  // A class with these bases; -1 is one that is not known. Gives its number.
  int Add(const std::vector<int>& bases) {
    std::vector<BaseOrder> list;
    for (int base : bases) {
      if (base < 0) {
        list.push_back({{}, {}, true});
      } else {
        const auto& [order, open] = orders_[static_cast<size_t>(base)];
        list.push_back({C(static_cast<uint32_t>(base)), order, open});
      }
    }
    last_ = Linearize(list);
    const auto id = static_cast<uint32_t>(orders_.size());
    std::vector<ClassId> order = {C(id)};
    order.insert(order.end(), last_.classes.begin(), last_.classes.end());
    orders_.push_back({order, last_.state != LinearOrder::State::Complete});
    return static_cast<int>(id);
  }

  LinearOrder::State state() const { return last_.state; }
  std::vector<uint32_t> last() const {
    std::vector<uint32_t> values;
    for (ClassId id : last_.classes) values.push_back(id.value());
    return values;
  }

 private:
  std::vector<std::pair<std::vector<ClassId>, bool>> orders_;
  LinearOrder last_;
};

using Values = std::vector<uint32_t>;

TEST(Mro, Diamond) {
  Orders orders;
  const int a = orders.Add({0}), b = orders.Add({a}), c = orders.Add({a});
  orders.Add({b, c});
  EXPECT_EQ(orders.last(), (Values{2, 3, 1, 0}));
  EXPECT_EQ(orders.state(), LinearOrder::State::Complete);
}

TEST(Mro, BaseBeforeItsOwnSubclass) {
  Orders orders;
  const int a = orders.Add({0}), b = orders.Add({a});
  orders.Add({a, b});
  EXPECT_EQ(orders.state(), LinearOrder::State::Inconsistent);
}

TEST(Mro, OppositeOrders) {
  Orders orders;
  const int a = orders.Add({0}), b = orders.Add({0});
  const int x = orders.Add({a, b}), y = orders.Add({b, a});
  orders.Add({x, y});
  EXPECT_EQ(orders.state(), LinearOrder::State::Inconsistent);
}

TEST(Mro, SameBaseTwice) {
  Orders orders;
  const int a = orders.Add({0});
  orders.Add({a, a});
  EXPECT_EQ(orders.state(), LinearOrder::State::Inconsistent);
}

TEST(Mro, KnownBaseBeforeAnUnknownOneComesNext) {
  Orders orders;
  const int a = orders.Add({0}), b = orders.Add({a});
  // The unknown class may have `a` among its own bases, but not `b`, which is written before it.
  orders.Add({b, -1});
  EXPECT_EQ(orders.state(), LinearOrder::State::Partial);
  EXPECT_EQ(orders.last(), (Values{2}));
}

TEST(Mro, NothingIsCertainBehindAnUnknownFirstBase) {
  Orders orders;
  const int a = orders.Add({0});
  orders.Add({-1, a});
  EXPECT_EQ(orders.state(), LinearOrder::State::Partial);
  EXPECT_EQ(orders.last(), Values{});
}

TEST(Mro, SubclassOfAPartialOrderKeepsItsPrefix) {
  Orders orders;
  const int a = orders.Add({0}), b = orders.Add({a, -1}), c = orders.Add({b});
  EXPECT_EQ(orders.last(), (Values{2, 1}));
  EXPECT_EQ(orders.state(), LinearOrder::State::Partial);
  // `a` comes before the unknown class already; where `object` and another base stand nobody knows.
  const int other = orders.Add({0});
  orders.Add({c, a});
  EXPECT_EQ(orders.state(), LinearOrder::State::Partial);
  EXPECT_EQ(orders.last(), (Values{3, 2, 1}));
  orders.Add({c, other});
  EXPECT_EQ(orders.state(), LinearOrder::State::Partial);
  EXPECT_EQ(orders.last(), (Values{3, 2, 1}));
}

TEST(Mro, LongChainOfManyBases) {
  Orders orders;
  std::vector<int> bases;
  for (int count = 0; count < 300; ++count) bases.push_back(orders.Add({0}));
  orders.Add(bases);
  EXPECT_EQ(orders.last().size(), 301u);
  EXPECT_EQ(orders.state(), LinearOrder::State::Complete);
}

}  // namespace

}  // namespace unspool::semantics::declarations
