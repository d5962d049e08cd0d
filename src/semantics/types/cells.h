// What the parts of a program tell each other: the value of each global and captured variable, each
// function's parameters and result, attributes, and what containers hold, joined over the whole
// run. Frames are evaluated in rounds against the cells as they stood when the round began and post
// what they have to say; then all posts are merged, in the order of the frames. So neither the
// number of threads nor their luck changes a result.
#pragma once

#include "base/key_index.h"
#include "semantics/types/type.h"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
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
  Held,            // class of the library: what its objects were given, and may call
};

class CellKey {
 public:
  // Owners of attributes beside classes: modules, by unit, and whatever it may be.
  static constexpr uint32_t kModules = 1u << 31;
  static constexpr uint32_t kAnyOwner = UINT32_MAX;
  // No owner: somewhere an object is given another class.
  static constexpr uint32_t kChangedClasses = UINT32_MAX - 1;
  // Nor this: somewhere a name is stored in `builtins`.
  static constexpr uint32_t kChangedBuiltins = UINT32_MAX - 2;

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

// What merging posts has changed.
struct Changes {
  std::vector<uint32_t> dirty;  // frames that read what has grown
  std::vector<Type> dropped;    // given up, where a cell had too many types
  // Where something was added to what objects hold.
  std::vector<std::pair<CellKey, const Value*>> held;
};

class Outbox;

// In shards by key, which are merged side by side.
class CellStore {
 public:
  static constexpr uint32_t kShards = 16;  // 4 bits
  // Orders keys by shard. The index of a shard goes by other bits.
  static constexpr uint64_t RankOf(CellKey key) {
    return std::rotl(base::KeyIndex::Scatter(key.bits()), 40);
  }
  static constexpr uint32_t ShardOf(CellKey key) {
    return static_cast<uint32_t>(RankOf(key) >> 60);
  }

  // The value of a cell as the round finds it; empty where nothing was posted.
  const Value& Read(CellKey key) const {
    static const Value nothing;
    const Shard& shard = shards_[ShardOf(key)];
    const uint32_t at = shard.index.Find(key.bits());
    return at == base::KeyIndex::kNone ? nothing : shard.cells[at].value;
  }

  // `frame` is evaluated again whenever a cell of the shard changes that it has read.
  void AddReader(uint32_t shard, const Outbox& box, uint32_t frame);
  // Joins what the frame has to say to cells of the shard, and `also` to each.
  void Merge(uint32_t shard, const Outbox& box, const Value& also, Changes& changes);
  bool Post(CellKey key, const Value& value, Changes& changes);
  size_t size() const;

 private:
  struct Cell {
    Value value;
    std::vector<uint32_t> readers;  // sorted
  };
  struct Shard {
    base::KeyIndex index;
    std::vector<Cell> cells;

    Cell& At(CellKey key);
  };

  std::array<Shard, kShards> shards_;
};

// What evaluating one frame came to: each cell once, however often the frame came by it.
class Outbox {
 public:
  Outbox() { Clear(); }
  // For another frame.
  void Clear();
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

  // Nothing more comes: sorts, by shard, so that what follows can be asked.
  void Close();
  std::span<const CellKey> Reads(uint32_t shard) const {
    return std::span(reads_).subspan(reads_from_[shard],
                                     reads_from_[shard + 1] - reads_from_[shard]);
  }
  // The same for the same reads.
  uint64_t reads_digest() const { return reads_digest_; }
  template <typename Use>
  void ForEachPost(uint32_t shard, Use&& use) const {
    for (uint32_t at = posts_from_[shard]; at < posts_from_[shard + 1]; ++at) {
      const uint32_t index = post_order_[at];
      use(CellKey::FromBits(index_[index]), posts_[index]);
    }
  }
  // What goes to code that is not seen, each once.
  std::span<const Type> Escapes() const { return escapes_; }
  // Whether something had no value yet that gets one from elsewhere if it stays so.
  bool unsettled() const { return unsettled_; }

 private:
  std::vector<CellKey> reads_;
  std::array<CellKey, 64> lately_;  // by hash; no cell has the number they begin with
  base::KeyIndex index_;
  std::vector<Value> posts_;
  std::vector<Type> escapes_;
  bool unsettled_ = false;
  std::vector<uint32_t> post_order_;
  std::array<uint32_t, CellStore::kShards + 1> reads_from_{}, posts_from_{};
  uint64_t reads_digest_ = 0;
};

}  // namespace unspool::semantics::types
