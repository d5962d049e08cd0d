#include "semantics/flow/cfg_region.h"

#include "semantics/flow/data_flow.h"

#include <algorithm>
#include <numeric>

namespace unspool::semantics {

namespace {

using Row = SlotTable::Row;

// Calls visit(number) for those of the slots that belong to the region.
template <typename Visit>
void ForEachSlot(const CfgRegion& region, std::span<const uint32_t> slots, Visit&& visit) {
  for (uint32_t slot : slots) {
    if (region.slots.Has(slot)) visit(region.slots.PositionOf(slot));
  }
}

class Liveness {
 public:
  static constexpr Direction kDirection = Direction::Backward;

  Liveness(const Cfg& cfg, const CfgRegion& region)
      : cfg_(cfg),
        region_(region),
        live_(region.nodes.size(), region.slots.size()),
        scratch_(1, region.slots.size()) {
    for (size_t row = 0; row < region.nodes.size(); ++row) {
      ForEachSlot(region, cfg.Uses(region.nodes.keys()[row]),
                  [&](uint32_t slot) { Put(live_[row], slot); });
    }
  }

  void Leave(uint32_t) {}
  // An exception may come before anything is bound, so that its edges carry all.
  bool Merge(uint32_t row, CfgEdge edge) {
    if (edge.is_raise()) return AddAll(live_[edge.to], live_[row]);
    const Row before = scratch_[0];
    std::ranges::copy(live_[row], before.begin());
    ForEachSlot(region_, cfg_.Defs(region_.nodes.keys()[edge.to]),
                [&](uint32_t slot) { Take(before, slot); });
    return AddAll(live_[edge.to], before);
  }
  SlotTable Result() { return std::move(live_); }

 private:
  const Cfg& cfg_;
  const CfgRegion& region_;
  SlotTable live_;
  SlotTable scratch_;
};

class DefiniteBinding {
 public:
  static constexpr Direction kDirection = Direction::Forward;

  DefiniteBinding(const Cfg& cfg, const CfgRegion& region, BoundSlots& result)
      : cfg_(cfg), region_(region), result_(result), after_(2, region.slots.size()) {}

  // What stays bound where the row raises (whatever it binds may come too late), and where not.
  void Leave(uint32_t row) {
    const uint32_t node = region_.nodes.keys()[row];
    std::ranges::copy(result_.before[row], after_[0].begin());
    ForEachSlot(region_, cfg_.Unbinds(node), [&](uint32_t slot) { Take(after_[0], slot); });
    std::ranges::copy(after_[0], after_[1].begin());
    ForEachSlot(region_, cfg_.Defs(node), [&](uint32_t slot) { Put(after_[1], slot); });
  }
  bool Merge(uint32_t, CfgEdge edge) {
    const bool fewer = KeepOnly(result_.before[edge.to], after_[edge.is_raise() ? 0 : 1]);
    // Every node is visited once at least: one may take away what no edge into it does.
    const bool first = !result_.reached[edge.to];
    result_.reached[edge.to] = true;
    return fewer || first;
  }

 private:
  const Cfg& cfg_;
  const CfgRegion& region_;
  BoundSlots& result_;
  SlotTable after_;
};

}  // namespace

CfgRegion CfgRegion::OfAllNodes(const Cfg& cfg, size_t slots_of_scope) {
  CfgRegion region(cfg, slots_of_scope);
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) region.nodes.Add(index);
  return region;
}

SlotTable LiveBefore(const Cfg& cfg, const CfgRegion& region) {
  if (region.nodes.empty()) return SlotTable(0, region.slots.size());
  // Nodes are numbered roughly in source order, where the first leads to the others.
  const FlowGraph graph(cfg, region.nodes, std::vector<uint32_t>{0});
  Liveness problem(cfg, region);
  std::vector<uint32_t> all(region.nodes.size());
  std::iota(all.begin(), all.end(), 0);
  Solve(graph, problem, all);
  return problem.Result();
}

BoundSlots BoundBefore(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                       std::span<const uint32_t> bound) {
  BoundSlots result{SlotTable(region.nodes.size(), region.slots.size()),
                    std::vector<bool>(region.nodes.size())};
  result.before.FillAll();
  const uint32_t root = region.nodes.PositionOf(from);
  const FlowGraph graph(cfg, region.nodes, std::vector<uint32_t>{root});
  DefiniteBinding problem(cfg, region, result);
  const Row before = result.before[root];
  std::ranges::fill(before, 0);
  for (uint32_t slot : bound) Put(before, region.slots.PositionOf(slot));
  result.reached[root] = true;
  Solve(graph, problem, std::vector<uint32_t>{root});
  return result;
}

std::vector<bool> BoundOnEveryWay(const Cfg& cfg, const CfgRegion& region, uint32_t from,
                                  uint32_t to) {
  const std::span<const uint32_t> nodes = region.nodes.keys();
  const size_t slots = region.slots.size();
  const BoundSlots bound = BoundBefore(cfg, region, from, {});
  std::vector<bool> certain(slots, true);
  for (size_t row = 0; row < nodes.size(); ++row) {
    const bool leads_there = std::ranges::any_of(
        cfg.EdgesFrom(nodes[row]), [&](CfgEdge edge) { return edge.to == to && !edge.is_raise(); });
    if (!bound.reached[row] || !leads_there) continue;
    std::vector<bool> after(slots);
    for (uint32_t slot = 0; slot < slots; ++slot) after[slot] = bound.before.Has(row, slot);
    ForEachSlot(region, cfg.Unbinds(nodes[row]), [&](uint32_t slot) { after[slot] = false; });
    ForEachSlot(region, cfg.Defs(nodes[row]), [&](uint32_t slot) { after[slot] = true; });
    for (uint32_t slot = 0; slot < slots; ++slot) certain[slot] = certain[slot] && after[slot];
  }
  return certain;
}

}  // namespace unspool::semantics
