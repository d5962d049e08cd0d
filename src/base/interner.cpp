#include "base/interner.h"

#include <bit>
#include <cstring>

namespace unspool::base {

namespace {

template <typename Word>
uint64_t Read(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

// Identifiers are short: eight bytes at a time through a multiply-xor mix spreads them well enough
// for a table that is at most half full. The last bytes are read together with some before them,
// so that no loop depends on their number.
uint32_t HashOf(std::string_view text) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15ull;
  const char* data = text.data();
  const size_t size = text.size();
  uint64_t hash = size * kMultiplier;
  auto mix = [&](uint64_t word) {
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  };
  if (size >= 8) {
    for (size_t at = 0; at + 8 < size; at += 8) mix(Read<uint64_t>(data + at));
    mix(Read<uint64_t>(data + size - 8));
  } else if (size >= 4) {
    mix(Read<uint32_t>(data) << 32 | Read<uint32_t>(data + size - 4));
  } else if (size > 0) {
    mix(Read<uint8_t>(data) << 16 | Read<uint8_t>(data + size / 2) << 8 |
        Read<uint8_t>(data + size - 1));
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
  if (texts_.size() * 2 > slots_.size()) Resize(slots_.size() * 2);
  return NameId(id);
}

void Interner::Reserve(size_t count) {
  texts_.reserve(count);
  const size_t slots = std::bit_ceil(count * 2);
  if (slots > slots_.size()) Resize(slots);
}

void Interner::Resize(size_t slots) {
  std::vector<Slot> larger(slots);
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
