// Typed 32-bit ids and the vectors they index. An id of one kind cannot be used for another, and
// costs what an integer costs. `kNone` stands for "there is none".
#pragma once

#include "base/check.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace unspool::base {

template <typename Tag>
class Id {
 public:
  static constexpr uint32_t kNoneValue = UINT32_MAX;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t value) : value_(value) {}

  constexpr uint32_t value() const { return value_; }
  constexpr bool has_value() const { return value_ != kNoneValue; }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  uint32_t value_ = kNoneValue;
};

// A vector indexed by one kind of id.
template <typename IdType, typename T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(size_t size, const T& value = T()) : items_(size, value) {}

  IdType Add(T value) {
    items_.push_back(std::move(value));
    return IdType(static_cast<uint32_t>(items_.size() - 1));
  }
  decltype(auto) operator[](IdType id) {
    UNSPOOL_DCHECK(id.value() < items_.size());
    return items_[id.value()];
  }
  decltype(auto) operator[](IdType id) const {
    UNSPOOL_DCHECK(id.value() < items_.size());
    return items_[id.value()];
  }
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  void reserve(size_t size) { items_.reserve(size); }
  void resize(size_t size, const T& value = T()) { items_.resize(size, value); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace unspool::base

template <typename Tag>
struct std::hash<unspool::base::Id<Tag>> {
  size_t operator()(unspool::base::Id<Tag> id) const { return std::hash<uint32_t>()(id.value()); }
};
