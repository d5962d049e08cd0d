#include "base/key_index.h"

namespace unspool::base {

std::pair<uint32_t, bool> KeyIndex::Add(uint64_t key) {
  if (keys_.size() * 2 >= table_.size()) Grow();
  size_t at = SlotOf(key);
  while (table_[at] != kNone) {
    if (keys_[table_[at]] == key) return {table_[at], false};
    at = (at + 1) & (table_.size() - 1);
  }
  table_[at] = static_cast<uint32_t>(keys_.size());
  keys_.push_back(key);
  return {table_[at], true};
}

// Backwards: on the way to a key's slot there are only keys that were added before it.
void KeyIndex::Clear() {
  for (; !keys_.empty(); keys_.pop_back()) {
    size_t at = SlotOf(keys_.back());
    while (keys_[table_[at]] != keys_.back()) at = (at + 1) & (table_.size() - 1);
    table_[at] = kNone;
  }
}

void KeyIndex::Grow() {
  bits_ = bits_ == 0 ? 4 : bits_ + 1;
  table_.assign(size_t{1} << bits_, kNone);
  for (uint32_t number = 0; number < keys_.size(); ++number) {
    size_t at = SlotOf(keys_[number]);
    while (table_[at] != kNone) at = (at + 1) & (table_.size() - 1);
    table_[at] = number;
  }
}

}  // namespace unspool::base
