// A set of small whole numbers that remembers in which order they came, and so numbers its members
// from 0. Emptying it costs nothing, whatever numbers it may hold: one set serves many small
// subjects in turn (Briggs and Torczon, "An efficient representation for sparse sets").
#pragma once

#include "base/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspool::base {

class SparseSet {
 public:
  // For numbers below `bound`.
  explicit SparseSet(size_t bound) : position_(bound) {}

  size_t size() const { return keys_.size(); }
  bool empty() const { return keys_.empty(); }
  std::span<const uint32_t> keys() const { return keys_; }

  bool Has(uint32_t key) const {
    UNSPOOL_DCHECK(key < position_.size());
    // What an earlier subject left in `position_` points at another number, or past the end.
    const uint32_t at = position_[key];
    return at < keys_.size() && keys_[at] == key;
  }
  // The number of a member.
  uint32_t PositionOf(uint32_t key) const {
    UNSPOOL_DCHECK(Has(key));
    return position_[key];
  }
  void Add(uint32_t key) {
    if (Has(key)) return;
    position_[key] = static_cast<uint32_t>(keys_.size());
    keys_.push_back(key);
  }
  // Forgets all members but the first `count`.
  void Truncate(size_t count) {
    UNSPOOL_DCHECK(count <= keys_.size());
    keys_.resize(count);
  }
  void Clear() { keys_.clear(); }
  // Numbers the members anew, in ascending order.
  void Sort() {
    std::sort(keys_.begin(), keys_.end());
    for (uint32_t at = 0; at < keys_.size(); ++at) position_[keys_[at]] = at;
  }

 private:
  std::vector<uint32_t> keys_;
  std::vector<uint32_t> position_;
};

}  // namespace unspool::base
