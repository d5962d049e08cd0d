#include "semantics/flow/reaching_definitions.h"

#include "semantics/flow/data_flow.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

bool Holds(std::span<const uint32_t> slots, uint32_t slot) {
  return std::ranges::find(slots, slot) != slots.end();
}

}  // namespace

// What leaves a row on its edges of exceptions (all that came in, and what it may have bound), and
// on the others (what it certainly binds hides what came in).
class ReachingDefinitions::Problem {
 public:
  static constexpr Direction kDirection = Direction::Forward;

  explicit Problem(ReachingDefinitions& owner)
      : owner_(owner), after_(2, owner.definitions_.size()) {}

  void Leave(uint32_t row) {
    std::ranges::copy(owner_.before_[row], after_[0].begin());
    std::ranges::copy(owner_.before_[row], after_[1].begin());
    const uint32_t node = owner_.region_.nodes.keys()[row];
    const std::span<const uint32_t> defs = owner_.cfg_.Defs(node);
    const std::span<const uint32_t> unbinds = owner_.cfg_.Unbinds(node);
    for (uint32_t at = owner_.own_begin_[row]; at < owner_.own_begin_[row + 1]; ++at) {
      const uint32_t own = owner_.own_[at];
      const uint32_t number = owner_.definitions_[own].slot;
      const uint32_t slot = owner_.region_.slots.keys()[number];
      // The end of a handler unbinds for certain; what stands behind `del` is certain as well, but
      // for what a class body does to the variables around it.
      const bool certain =
          Holds(defs, slot) || (Holds(unbinds, slot) && !owner_.cfg_.nodes()[node].binds_inside);
      if (certain) {
        for (uint32_t other = owner_.first_of_slot_[number];
             other < owner_.first_of_slot_[number + 1]; ++other) {
          Take(after_[1], other);
        }
      }
      Put(after_[0], own);
      Put(after_[1], own);
    }
  }
  bool Merge(uint32_t, CfgEdge edge) {
    return AddAll(owner_.before_[edge.to], after_[edge.is_raise() ? 0 : 1]);
  }

  SlotTable& after() { return after_; }

 private:
  ReachingDefinitions& owner_;
  SlotTable after_;
};

ReachingDefinitions::ReachingDefinitions(const Cfg& cfg, const CfgRegion& region, uint32_t from)
    : cfg_(cfg), region_(region), before_(0, 0) {
  const uint32_t rows = static_cast<uint32_t>(region.nodes.size());
  const uint32_t slots = static_cast<uint32_t>(region.slots.size());
  for (uint32_t slot = 0; slot < slots; ++slot) definitions_.push_back({Definition::kBefore, slot});
  for (uint32_t node : region.nodes.keys()) {
    if (cfg.nodes()[node].binds_anything) {
      for (uint32_t slot = 0; slot < slots; ++slot) definitions_.push_back({node, slot});
      continue;
    }
    for (uint32_t slot : cfg.Clears(node)) {
      if (region.slots.Has(slot)) definitions_.push_back({node, region.slots.PositionOf(slot)});
    }
  }
  // kBefore is the largest number, and comes first.
  std::ranges::sort(definitions_, {}, [](const Definition& definition) {
    return std::pair(definition.slot, definition.node + 1);
  });
  first_of_slot_.assign(slots + 1, static_cast<uint32_t>(definitions_.size()));
  own_begin_.assign(rows + 1, 0);
  for (uint32_t index = static_cast<uint32_t>(definitions_.size()); index-- > 0;) {
    first_of_slot_[definitions_[index].slot] = index;
    if (definitions_[index].node == Definition::kBefore) continue;
    ++own_begin_[region.nodes.PositionOf(definitions_[index].node) + 1];
  }
  for (uint32_t row = 0; row < rows; ++row) own_begin_[row + 1] += own_begin_[row];
  own_.resize(own_begin_[rows]);
  std::vector<uint32_t> at(own_begin_.begin(), own_begin_.end() - 1);
  for (uint32_t index = 0; index < definitions_.size(); ++index) {
    if (definitions_[index].node == Definition::kBefore) continue;
    own_[at[region.nodes.PositionOf(definitions_[index].node)]++] = index;
  }

  before_ = SlotTable(rows, definitions_.size());
  const uint32_t root = region.nodes.PositionOf(from);
  const FlowGraph graph(cfg, region.nodes, std::vector<uint32_t>{root});
  for (uint32_t slot = 0; slot < slots; ++slot) Put(before_[root], first_of_slot_[slot]);
  Problem problem(*this);
  Solve(graph, problem, std::vector<uint32_t>{root});
}

std::vector<uint32_t> ReachingDefinitions::At(uint32_t row, uint32_t slot) const {
  std::vector<uint32_t> found;
  const bool own_too = cfg_.nodes()[region_.nodes.keys()[row]].binds_inside;
  for (uint32_t index = first_of_slot_[slot]; index < first_of_slot_[slot + 1]; ++index) {
    const bool own = own_too && definitions_[index].node == region_.nodes.keys()[row];
    if (own || before_.Has(row, index)) found.push_back(index);
  }
  return found;
}

std::vector<uint32_t> ReachingDefinitions::After(uint32_t row, uint32_t slot) const {
  const uint32_t node = region_.nodes.keys()[row];
  const bool hides = Holds(cfg_.Defs(node), region_.slots.keys()[slot]);
  std::vector<uint32_t> found;
  for (uint32_t index = first_of_slot_[slot]; index < first_of_slot_[slot + 1]; ++index) {
    const bool own = definitions_[index].node == node;
    if (own || (!hides && before_.Has(row, index))) found.push_back(index);
  }
  return found;
}

}  // namespace unspool::semantics
