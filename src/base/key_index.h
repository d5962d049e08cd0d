// Numbers of 64-bit keys, in the order in which they were added. Open addressing with linear
// probing (Knuth, TAOCP 6.4, algorithm L): for tables that are asked more than anything else is
// done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace unspool::base {

class KeyIndex {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // Multiplicative hashing (Knuth): all bits of the key reach the high bits.
  static constexpr uint64_t Scatter(uint64_t key) { return key * 0x9E3779B97F4A7C15ull; }

  // kNone where the key was not added.
  uint32_t Find(uint64_t key) const {
    if (keys_.empty()) return kNone;
    for (size_t at = SlotOf(key);; at = (at + 1) & (table_.size() - 1)) {
      const uint32_t number = table_[at];
      if (number == kNone || keys_[number] == key) return number;
    }
  }
  // The number of the key, and whether it is new.
  std::pair<uint32_t, bool> Add(uint64_t key);
  // Forgets all keys, in time that grows with their number, and keeps the room.
  void Clear();
  uint64_t operator[](size_t number) const { return keys_[number]; }
  size_t size() const { return keys_.size(); }

 private:
  size_t SlotOf(uint64_t key) const { return Scatter(key) >> (64 - bits_); }
  void Grow();

  std::vector<uint64_t> keys_;
  std::vector<uint32_t> table_;  // 1 << bits_, at most half of it in use
  int bits_ = 0;
};

}  // namespace unspool::base
