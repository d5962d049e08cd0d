// A set of small numbers (slots, definitions) for each row, in one block of bits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace unspool::semantics {

class SlotTable {
 public:
  using Row = std::span<uint64_t>;

  SlotTable(size_t rows, size_t slots) : words_((slots + 63) / 64), bits_(rows * words_) {}

  Row operator[](size_t row) { return {bits_.data() + row * words_, words_}; }
  std::span<const uint64_t> operator[](size_t row) const {
    return {bits_.data() + row * words_, words_};
  }
  bool Has(size_t row, uint32_t slot) const {
    return bits_[row * words_ + slot / 64] >> (slot % 64) & 1;
  }
  void FillAll() { std::ranges::fill(bits_, ~uint64_t{0}); }

 private:
  size_t words_;
  std::vector<uint64_t> bits_;
};

inline void Put(SlotTable::Row row, uint32_t slot) {
  row[slot / 64] |= uint64_t{1} << (slot % 64);
}
inline void Take(SlotTable::Row row, uint32_t slot) {
  row[slot / 64] &= ~(uint64_t{1} << (slot % 64));
}

// Adds all of `other`; true if anything was new.
inline bool AddAll(SlotTable::Row row, std::span<const uint64_t> other) {
  bool changed = false;
  for (size_t index = 0; index < row.size(); ++index) {
    changed |= (other[index] & ~row[index]) != 0;
    row[index] |= other[index];
  }
  return changed;
}

// Keeps only what `other` has, too; true if anything went.
inline bool KeepOnly(SlotTable::Row row, std::span<const uint64_t> other) {
  bool changed = false;
  for (size_t index = 0; index < row.size(); ++index) {
    changed |= (row[index] & ~other[index]) != 0;
    row[index] &= other[index];
  }
  return changed;
}

}  // namespace unspool::semantics
