#include "semantics/cfg_region.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

using Row = std::span<uint64_t>;

void Put(Row row, uint32_t slot) {
  row[slot / 64] |= uint64_t{1} << (slot % 64);
}
void Take(Row row, uint32_t slot) {
  row[slot / 64] &= ~(uint64_t{1} << (slot % 64));
}

// Adds all of `other`; true if anything was new.
bool AddAll(Row row, Row other) {
  bool changed = false;
  for (size_t index = 0; index < row.size(); ++index) {
    changed |= (other[index] & ~row[index]) != 0;
    row[index] |= other[index];
  }
  return changed;
}

// Keeps only what `other` has, too; true if anything went.
bool KeepOnly(Row row, Row other) {
  bool changed = false;
  for (size_t index = 0; index < row.size(); ++index) {
    changed |= (row[index] & ~other[index]) != 0;
    row[index] &= other[index];
  }
  return changed;
}

// Calls visit(number) for those of the slots that belong to the region.
template <typename Visit>
void ForEachSlot(const CfgRegion& region, const std::vector<uint32_t>& slots, Visit&& visit) {
  for (uint32_t slot : slots) {
    if (region.slots.Has(slot)) visit(region.slots.PositionOf(slot));
  }
}

}  // namespace

CfgRegion CfgRegion::OfAllNodes(const Cfg& cfg, size_t slots_of_scope) {
  CfgRegion region(cfg, slots_of_scope);
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) region.nodes.Add(index);
  return region;
}

SlotTable LiveBefore(const Cfg& cfg, const CfgRegion& region) {
  const std::span<const uint32_t> nodes = region.nodes.keys();
  SlotTable live(nodes.size(), region.slots.size());
  SlotTable scratch(1, region.slots.size());
  const Row before = scratch[0];
  auto add_all_of = [&](const std::vector<uint32_t>& edges) {
    for (uint32_t next : edges) {
      if (region.nodes.Has(next)) AddAll(before, live[region.nodes.PositionOf(next)]);
    }
  };
  // Nodes are created roughly in source order, so going backwards converges in a few rounds: one
  // more than the depth of nested loops.
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t row = nodes.size(); row-- > 0;) {
      const CfgNode& node = cfg.nodes()[nodes[row]];
      std::fill(before.begin(), before.end(), 0);
      add_all_of(node.next);
      ForEachSlot(region, node.defs, [&](uint32_t slot) { Take(before, slot); });
      add_all_of(node.raises);
      ForEachSlot(region, node.uses, [&](uint32_t slot) { Put(before, slot); });
      changed |= AddAll(live[row], before);
    }
  }
  return live;
}

BoundSlots BoundBefore(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                       std::span<const uint32_t> bound) {
  const std::span<const uint32_t> nodes = region.nodes.keys();
  const size_t slots = region.slots.size();
  BoundSlots result{SlotTable(nodes.size(), slots), std::vector<bool>(nodes.size())};
  for (size_t row = 0; row < nodes.size(); ++row) {
    for (uint32_t slot = 0; slot < slots; ++slot) Put(result.before[row], slot);
  }
  SlotTable scratch(1, slots);
  const Row after = scratch[0];
  std::vector<uint32_t> work;
  auto flow_to = [&](uint32_t next) {
    if (!region.nodes.Has(next)) return;
    const uint32_t row = region.nodes.PositionOf(next);
    // Every node is visited once at least: one may take away what no edge into it does.
    const bool changed = KeepOnly(result.before[row], after);
    if (changed || !result.reached[row]) work.push_back(row);
    result.reached[row] = true;
  };
  for (uint32_t slot : bound) Put(after, region.slots.PositionOf(slot));
  flow_to(from);
  while (!work.empty()) {
    const uint32_t row = work.back();
    work.pop_back();
    const CfgNode& node = cfg.nodes()[nodes[row]];
    std::ranges::copy(result.before[row], after.begin());
    // An exception may come before anything is bound, and `del` unbinds.
    ForEachSlot(region, node.clears, [&](uint32_t slot) { Take(after, slot); });
    for (uint32_t next : node.raises) flow_to(next);
    ForEachSlot(region, node.defs, [&](uint32_t slot) { Put(after, slot); });
    for (uint32_t next : node.next) flow_to(next);
  }
  return result;
}

std::vector<bool> BoundOnEveryWay(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                                  uint32_t to) {
  const std::span<const uint32_t> nodes = region.nodes.keys();
  const size_t slots = region.slots.size();
  const BoundSlots bound = BoundBefore(cfg, region, from, {});
  std::vector<bool> certain(slots, true);
  for (size_t row = 0; row < nodes.size(); ++row) {
    const CfgNode& node = cfg.nodes()[nodes[row]];
    if (!bound.reached[row] || std::ranges::find(node.next, to) == node.next.end()) continue;
    std::vector<bool> after(slots);
    for (uint32_t slot = 0; slot < slots; ++slot) after[slot] = bound.before.Has(row, slot);
    ForEachSlot(region, node.clears, [&](uint32_t slot) { after[slot] = false; });
    ForEachSlot(region, node.defs, [&](uint32_t slot) { after[slot] = true; });
    for (uint32_t slot = 0; slot < slots; ++slot) certain[slot] = certain[slot] && after[slot];
  }
  return certain;
}

}  // namespace unspool::semantics
