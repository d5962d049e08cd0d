// What the parts of a program tell each other: the value of each global and captured variable, each
// function's parameters and result, attributes, and what containers hold, joined over the whole
// run. Frames are evaluated in rounds against the cells as they stood when the round began and post
// what they have to say; then all posts are merged, in the order of the frames. So neither the
// number of threads nor their luck changes a result.
#pragma once

#include "base/key_index.h"
#include "semantics/types/type.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace unspool::semantics::types {

enum class CellKind : uint8_t {
  Slot,            // a variable that others see: scope, slot
  Return,          // frame
  Yield,           // frame
  Parameter,       // frame, index
  Attribute,       // of instances: class, name
  AttributeBelow,  // the same of all its subclasses
  ClassAttribute,  // stored in a class from outside of its body: class (or module, see kModules),
                   // name
  AnyAttribute,    // stored in objects nobody knows: name
  AnyName,         // stored under a name that is worked out at run time: class, module or kAnyOwner
  Content,         // of an object with a site: site, type parameter or position
  Escaped,         // site: code that is not seen may change what it holds
  Open,            // frame: code that is not seen may call it
};

class CellKey {
 public:
  // Owners of attributes beside classes: modules, by unit, and whatever it may be.
  static constexpr uint32_t kModules = 1u << 31;
  static constexpr uint32_t kAnyOwner = UINT32_MAX;

  constexpr CellKey() = default;
  constexpr CellKey(CellKind kind, uint32_t owner, uint32_t index = 0)
      : bits_(uint64_t{static_cast<uint8_t>(kind)} << 60 | uint64_t{owner} << 28 | index) {
    UNSPOOL_DCHECK(index < 1u << 28);
  }
  constexpr CellKind kind() const { return static_cast<CellKind>(bits_ >> 60); }
  constexpr uint32_t owner() const { return static_cast<uint32_t>(bits_ >> 28); }
  constexpr uint32_t index() const { return bits_ & 0xFFFFFFF; }
  constexpr uint64_t bits() const { return bits_; }
  static constexpr CellKey FromBits(uint64_t bits) {
    CellKey key;
    key.bits_ = bits;
    return key;
  }
  constexpr bool operator==(const CellKey&) const = default;

 private:
  uint64_t bits_ = 0;
};

class CellStore {
 public:
  // The value of a cell as the round finds it; empty where nothing was posted.
  const Value& Read(CellKey key) const {
    static const Value nothing;
    const uint32_t at = index_.Find(key.bits());
    return at == base::KeyIndex::kNone ? nothing : cells_[at].value;
  }

  // `reader` is evaluated again whenever the cell changes.
  void AddReader(CellKey key, uint32_t reader);
  // Joins; where this changes the cell, appends who reads it to `dirty`.
  bool Post(CellKey key, const Value& value, std::vector<uint32_t>& dirty,
            std::vector<Type>* dropped);
  size_t size() const { return cells_.size(); }

 private:
  struct Cell {
    Value value;
    std::vector<uint32_t> readers;  // sorted
  };
  Cell& At(CellKey key);

  base::KeyIndex index_;
  std::vector<Cell> cells_;
};

// What evaluating one frame came to: each cell once, however often the frame came by it.
class Outbox {
 public:
  Outbox() { lately_.fill(CellKey::FromBits(UINT64_MAX)); }
  void Read(CellKey key) {
    // Frames ask for the same few cells over and over.
    CellKey& last = lately_[base::KeyIndex::Scatter(key.bits()) >> 58];
    if (last == key) return;
    last = key;
    reads_.push_back(key);
  }
  void Post(CellKey key, const Value& value) {
    const auto [at, fresh] = index_.Add(key.bits());
    if (fresh) {
      posts_.push_back(value);
    } else {
      posts_[at].Join(value, &escapes_);
    }
  }
  void Escape(Type type) { escapes_.push_back(type); }
  void NoteUnsettled() { unsettled_ = true; }

  // Sorted.
  std::vector<CellKey> Reads() const;
  template <typename Use>
  void ForEachPost(Use&& use) const {
    for (size_t index = 0; index < posts_.size(); ++index)
      use(CellKey::FromBits(index_[index]), posts_[index]);
  }
  // What goes to code that is not seen. Sorted, each once.
  std::vector<Type> Escapes() const;
  // Whether something had no value yet that gets one from elsewhere if it stays so.
  bool unsettled() const { return unsettled_; }

 private:
  std::vector<CellKey> reads_;
  std::array<CellKey, 64> lately_;  // by hash; no cell has the number they begin with
  base::KeyIndex index_;
  std::vector<Value> posts_;
  std::vector<Type> escapes_;
  bool unsettled_ = false;
};

}  // namespace unspool::semantics::types
