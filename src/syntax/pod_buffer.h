// A growing array of plain values that, unlike std::vector, hands out uninitialised room, so that
// the parser appends without a call for each value.
#pragma once

#include "base/check.h"

#include <cstddef>
#include <cstring>
#include <memory>
#include <type_traits>

namespace unspool::syntax {

template <typename T>
class PodBuffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t capacity() const { return capacity_; }
  const T* data() const { return items_.get(); }
  T* data() { return items_.get(); }
  T& operator[](size_t index) {
    UNSPOOL_DCHECK(index < size_);
    return items_[index];
  }
  const T& operator[](size_t index) const {
    UNSPOOL_DCHECK(index < size_);
    return items_[index];
  }

  void Reserve(size_t capacity) {
    if (capacity > capacity_) Grow(capacity);
  }
  void Push(const T& item) { *Extend(1) = item; }
  // Room for more values at the end, to be written by the caller.
  T* Extend(size_t count) {
    if (size_ + count > capacity_) [[unlikely]] {
      Grow(size_ + count + capacity_ / 2 + 16);
    }
    T* room = items_.get() + size_;
    size_ += count;
    return room;
  }
  void Truncate(size_t size) {
    if (size < size_) size_ = size;
  }

 private:
  [[gnu::noinline]] void Grow(size_t capacity) {
    auto items = std::make_unique_for_overwrite<T[]>(capacity);
    if (size_) std::memcpy(static_cast<void*>(items.get()), items_.get(), size_ * sizeof(T));
    items_ = std::move(items);
    capacity_ = capacity;
  }

  std::unique_ptr<T[]> items_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace unspool::syntax
