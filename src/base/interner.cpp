#include "base/interner.h"

#include <cstring>

namespace unspool::base {

namespace {

// Identifiers are short: eight bytes at a time through a multiply-xor mix spreads them well enough
// for a table that is at most half full.
uint32_t HashOf(std::string_view text) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15ull;
  uint64_t hash = text.size() * kMultiplier;
  const char* data = text.data();
  size_t left = text.size();
  while (left >= 8) {
    uint64_t word;
    std::memcpy(&word, data, 8);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
    data += 8;
    left -= 8;
  }
  if (left) {
    uint64_t word = 0;
    std::memcpy(&word, data, left);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  }
  return static_cast<uint32_t>(hash);
}

}  // namespace

Interner::Interner() : slots_(64) {}

NameId Interner::Intern(std::string_view text) {
  return Add(text, true);
}

NameId Interner::InternStable(std::string_view text) {
  return Add(text, false);
}

NameId Interner::Find(std::string_view text) const {
  uint32_t hash = HashOf(text);
  size_t mask = slots_.size() - 1;
  for (size_t index = hash & mask;; index = (index + 1) & mask) {
    const Slot& slot = slots_[index];
    if (slot.id == UINT32_MAX) return NameId();
    if (slot.hash == hash && texts_[slot.id] == text) return NameId(slot.id);
  }
}

NameId Interner::Add(std::string_view text, bool copy) {
  uint32_t hash = HashOf(text);
  size_t mask = slots_.size() - 1;
  size_t index = hash & mask;
  for (;; index = (index + 1) & mask) {
    const Slot& slot = slots_[index];
    if (slot.id == UINT32_MAX) break;
    if (slot.hash == hash && texts_[slot.id] == text) return NameId(slot.id);
  }
  uint32_t id = static_cast<uint32_t>(texts_.size());
  slots_[index] = {hash, id};
  texts_.push_back(copy ? std::string_view(owned_.emplace_back(text)) : text);
  if (texts_.size() * 2 > slots_.size()) Grow();
  return NameId(id);
}

void Interner::Grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.id == UINT32_MAX) continue;
    size_t index = slot.hash & mask;
    while (larger[index].id != UINT32_MAX) index = (index + 1) & mask;
    larger[index] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace unspool::base
