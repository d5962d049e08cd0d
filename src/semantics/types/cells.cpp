#include "semantics/types/cells.h"

#include <algorithm>

namespace unspool::semantics::types {

CellStore::Cell& CellStore::Shard::At(CellKey key) {
  const auto [at, fresh] = index.Add(key.bits());
  if (fresh) cells.emplace_back();
  return cells[at];
}

void CellStore::AddReader(uint32_t shard, const Outbox& box, uint32_t frame) {
  for (CellKey key : box.Reads(shard)) {
    std::vector<uint32_t>& readers = shards_[shard].At(key).readers;
    const auto at = std::ranges::lower_bound(readers, frame);
    if (at == readers.end() || *at != frame) readers.insert(at, frame);
  }
}

void CellStore::Merge(uint32_t shard, const Outbox& box, const Value& also, Changes& changes) {
  box.ForEachPost(shard, [&](CellKey key, const Value& value) {
    bool grew = Post(key, value, changes);
    if (!also.empty()) grew |= Post(key, also, changes);
    const bool holds = key.kind() == CellKind::Content || key.kind() == CellKind::Attribute;
    if (grew && holds) changes.held.emplace_back(key, &value);
  });
}

bool CellStore::Post(CellKey key, const Value& value, Changes& changes) {
  Cell& cell = shards_[ShardOf(key)].At(key);
  if (!cell.value.Join(value, &changes.dropped)) return false;
  changes.dirty.insert(changes.dirty.end(), cell.readers.begin(), cell.readers.end());
  return true;
}

size_t CellStore::size() const {
  size_t size = 0;
  for (const Shard& shard : shards_) size += shard.cells.size();
  return size;
}

void Outbox::Clear() {
  reads_.clear();
  lately_.fill(CellKey::FromBits(UINT64_MAX));
  index_.Clear();
  posts_.clear();
  escapes_.clear();
  unsettled_ = false;
  post_order_.clear();
  reads_from_.fill(0);
  posts_from_.fill(0);
  reads_digest_ = 0;
}

void Outbox::Close() {
  std::ranges::sort(reads_, {}, CellStore::RankOf);
  reads_.erase(std::ranges::unique(reads_).begin(), reads_.end());
  for (CellKey key : reads_) {
    ++reads_from_[CellStore::ShardOf(key) + 1];
    reads_digest_ = base::KeyIndex::Scatter(reads_digest_ ^ key.bits());
  }
  const auto shard_of = [&](uint32_t index) {
    return CellStore::ShardOf(CellKey::FromBits(index_[index]));
  };
  for (uint32_t index = 0; index < posts_.size(); ++index) {
    ++posts_from_[shard_of(index) + 1];
    post_order_.push_back(index);
  }
  std::ranges::stable_sort(post_order_, {}, shard_of);
  for (uint32_t shard = 0; shard < CellStore::kShards; ++shard) {
    reads_from_[shard + 1] += reads_from_[shard];
    posts_from_[shard + 1] += posts_from_[shard];
  }
  std::ranges::sort(escapes_);
  escapes_.erase(std::ranges::unique(escapes_).begin(), escapes_.end());
}

}  // namespace unspool::semantics::types
