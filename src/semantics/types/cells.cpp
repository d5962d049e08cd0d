#include "semantics/types/cells.h"

#include <algorithm>

namespace unspool::semantics::types {

CellStore::Cell& CellStore::At(CellKey key) {
  const auto [at, fresh] = index_.Add(key.bits());
  if (fresh) cells_.emplace_back();
  return cells_[at];
}

void CellStore::AddReader(CellKey key, uint32_t reader) {
  std::vector<uint32_t>& readers = At(key).readers;
  const auto at = std::ranges::lower_bound(readers, reader);
  if (at == readers.end() || *at != reader) readers.insert(at, reader);
}

bool CellStore::Post(CellKey key, const Value& value, std::vector<uint32_t>& dirty,
                     std::vector<Type>* dropped) {
  Cell& cell = At(key);
  if (!cell.value.Join(value, dropped)) return false;
  dirty.insert(dirty.end(), cell.readers.begin(), cell.readers.end());
  return true;
}

std::vector<CellKey> Outbox::Reads() const {
  std::vector<CellKey> keys = reads_;
  std::ranges::sort(keys, {}, [](CellKey key) { return key.bits(); });
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

std::vector<Type> Outbox::Escapes() const {
  std::vector<Type> types = escapes_;
  std::ranges::sort(types);
  types.erase(std::ranges::unique(types).begin(), types.end());
  return types;
}

}  // namespace unspool::semantics::types
