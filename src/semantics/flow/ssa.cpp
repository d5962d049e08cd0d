#include "semantics/flow/ssa.h"

#include "semantics/flow/dominance.h"
#include "semantics/flow/flow_graph.h"

#include <algorithm>
#include <utility>

namespace unspool::semantics {

class SsaBuilder {
 public:
  SsaBuilder(const Cfg& cfg, size_t slots)
      : cfg_(cfg),
        graph_(FlowGraph::OfAll(cfg, std::vector<uint32_t>{cfg.entry()})),
        dominators_(DominatorTree::Of(cfg)),
        slots_(slots),
        nodes_(static_cast<uint32_t>(cfg.nodes().size())) {}

  Ssa Run() {
    for (uint32_t node : graph_.order()) {
      if (dominators_.Has(node)) out_.order_.push_back(node);
    }
    FindLoops();
    FindFrontiers();
    PlacePhis();
    LinkChildren();
    Rename();
    Seal();
    return std::move(out_);
  }

 private:
  struct PhiPlan {
    uint32_t slot;
    uint32_t version = UINT32_MAX;
    std::vector<uint32_t> operands;
  };

  bool Reached(uint32_t node) const { return dominators_.Has(node); }

  void FindLoops() {
    std::vector<bool> visited(nodes_);
    for (uint32_t node : out_.order_) {
      visited[node] = true;
      for (const CfgEdge& edge : cfg_.EdgesFrom(node)) out_.has_loops_ |= visited[edge.to];
    }
  }

  // For each node the nodes where its bindings meet others. Running up from each way into a meeting
  // point stops where the frontier is known to hold it already, so that the cost is that of the
  // result.
  void FindFrontiers() {
    frontier_.resize(nodes_);
    for (uint32_t node : out_.order_) {
      if (graph_.Previous(node).size() < 2) continue;
      for (const CfgEdge& edge : graph_.Previous(node)) {
        if (!Reached(edge.to)) continue;
        for (uint32_t runner = edge.to; runner != dominators_.Parent(node);
             runner = dominators_.Parent(runner)) {
          if (!frontier_[runner].empty() && frontier_[runner].back() == node) break;
          frontier_[runner].push_back(node);
          if (runner == dominators_.Parent(runner)) break;
        }
      }
    }
  }

  void PlacePhis() {
    std::vector<std::vector<uint32_t>> places(slots_);  // where each slot is bound
    std::vector<bool> used(slots_);
    phis_.resize(nodes_);
    for (uint32_t node : out_.order_) {
      for (uint32_t slot : cfg_.Uses(node)) used[slot] = true;
      for (uint32_t slot : cfg_.Clears(node)) places[slot].push_back(node);
    }
    std::vector<uint32_t> has_phi(nodes_, UINT32_MAX);
    for (uint32_t slot = 0; slot < slots_; ++slot) {
      if (!used[slot]) continue;
      std::vector<uint32_t> work = places[slot];
      auto place = [&](uint32_t node) {
        if (has_phi[node] == slot || !Reached(node)) return;
        has_phi[node] = slot;
        phis_[node].push_back({slot, UINT32_MAX, {}});
        work.push_back(node);
      };
      // An exception may leave a node before its binding or after it.
      for (uint32_t node : places[slot]) {
        for (const CfgEdge& edge : cfg_.EdgesFrom(node)) {
          if (edge.is_raise()) place(edge.to);
        }
      }
      while (!work.empty()) {
        const uint32_t node = work.back();
        work.pop_back();
        for (uint32_t meeting : frontier_[node]) place(meeting);
      }
    }
  }

  void LinkChildren() {
    children_.resize(nodes_);
    for (uint32_t node : out_.order_) {
      if (node != cfg_.entry()) children_[dominators_.Parent(node)].push_back(node);
    }
  }

  uint32_t Add(VersionKind kind, uint32_t slot, uint32_t node) {
    out_.versions_.push_back({.kind = kind, .slot = slot, .node = node});
    return static_cast<uint32_t>(out_.versions_.size() - 1);
  }

  void SetOperands(uint32_t version, std::span<const uint32_t> operands) {
    out_.versions_[version].operands = static_cast<uint32_t>(out_.operands_.size());
    out_.versions_[version].operand_count = static_cast<uint32_t>(operands.size());
    out_.operands_.insert(out_.operands_.end(), operands.begin(), operands.end());
  }

  void SetCurrent(uint32_t slot, uint32_t version) {
    undo_.push_back({slot, current_[slot]});
    current_[slot] = version;
  }

  static bool Narrows(const CfgEdge& edge) {
    return edge.kind == CfgEdgeKind::True || edge.kind == CfgEdgeKind::False;
  }

  uint32_t Narrow(uint32_t operand, uint32_t slot, uint32_t test, bool truth) {
    const uint32_t version = Add(VersionKind::Narrowed, slot, test);
    out_.versions_[version].truth = truth;
    SetOperands(version, std::span(&operand, 1));
    return version;
  }

  bool Reads(uint32_t node, uint32_t slot) const {
    return std::ranges::binary_search(cfg_.Uses(node), slot);
  }

  void Enter(uint32_t node) {
    for (PhiPlan& phi : phis_[node]) {
      phi.version = Add(VersionKind::Phi, phi.slot, node);
      SetCurrent(phi.slot, phi.version);
      arrivals_of_[node].push_back(phi.version);
    }
    const auto ways = graph_.Previous(node);
    if (ways.size() == 1 && Narrows(ways[0]) && Reached(ways[0].to)) {
      for (uint32_t slot : cfg_.Uses(ways[0].to)) {
        const uint32_t version =
            Narrow(current_[slot], slot, ways[0].to, ways[0].kind == CfgEdgeKind::True);
        SetCurrent(slot, version);
        arrivals_of_[node].push_back(version);
      }
    }
    for (uint32_t slot : cfg_.Uses(node)) uses_of_[node].push_back(current_[slot]);
    const auto defs = cfg_.Defs(node);
    before_.clear();
    for (uint32_t slot : cfg_.Clears(node)) {
      const uint32_t version = Add(VersionKind::Binding, slot, node);
      const uint32_t before = current_[slot];
      if (!std::ranges::binary_search(defs, slot)) SetOperands(version, std::span(&before, 1));
      before_.emplace_back(slot, before);
      SetCurrent(slot, version);
      bindings_of_[node].push_back(version);
    }
    for (const CfgEdge& edge : cfg_.EdgesFrom(node)) {
      for (PhiPlan& phi : phis_[edge.to]) Arrive(node, edge, phi);
    }
  }

  void Arrive(uint32_t node, const CfgEdge& edge, PhiPlan& phi) {
    auto give = [&](uint32_t version) {
      if (phi.operands.empty() || phi.operands.back() != version) phi.operands.push_back(version);
    };
    if (edge.is_raise()) {
      for (const auto& [slot, before] : before_) {
        if (slot == phi.slot) give(before);
      }
      give(current_[phi.slot]);
    } else if (Narrows(edge) && Reads(node, phi.slot)) {
      const uint32_t version =
          Narrow(current_[phi.slot], phi.slot, node, edge.kind == CfgEdgeKind::True);
      arrivals_of_[edge.to].push_back(version);
      give(version);
    } else {
      give(current_[phi.slot]);
    }
  }

  // Down the dominator tree, without recursion: its depth is in the user's hands.
  void Rename() {
    uses_of_.resize(nodes_);
    bindings_of_.resize(nodes_);
    arrivals_of_.resize(nodes_);
    current_.resize(slots_);
    for (uint32_t slot = 0; slot < slots_; ++slot) {
      current_[slot] = Add(VersionKind::Entry, slot, cfg_.entry());
    }
    struct Step {
      uint32_t node;
      size_t child;
      size_t undo;
    };
    std::vector<Step> stack;
    stack.push_back({cfg_.entry(), 0, 0});
    Enter(cfg_.entry());
    while (!stack.empty()) {
      Step& top = stack.back();
      if (top.child == children_[top.node].size()) {
        while (undo_.size() > top.undo) {
          current_[undo_.back().first] = undo_.back().second;
          undo_.pop_back();
        }
        stack.pop_back();
        continue;
      }
      const uint32_t child = children_[top.node][top.child++];
      stack.push_back({child, 0, undo_.size()});
      Enter(child);
    }
  }

  void Seal() {
    for (uint32_t node = 0; node < nodes_; ++node) {
      for (PhiPlan& phi : phis_[node]) {
        if (phi.version == UINT32_MAX) continue;
        std::ranges::sort(phi.operands);
        phi.operands.erase(std::ranges::unique(phi.operands).begin(), phi.operands.end());
        SetOperands(phi.version, phi.operands);
      }
    }
    auto flatten = [&](std::vector<std::vector<uint32_t>>& from, std::vector<uint32_t>& items,
                       std::vector<uint32_t>& begins) {
      begins.reserve(nodes_ + 1);
      for (std::vector<uint32_t>& list : from) {
        begins.push_back(static_cast<uint32_t>(items.size()));
        items.insert(items.end(), list.begin(), list.end());
      }
      begins.push_back(static_cast<uint32_t>(items.size()));
    };
    // A phi's narrowed operands come before it, narrowed versions of a single way in after their
    // phi: by kind of the node, only one of the two is there.
    for (std::vector<uint32_t>& list : arrivals_of_) {
      std::ranges::stable_partition(list, [&](uint32_t version) {
        return out_.versions_[version].kind == VersionKind::Narrowed;
      });
    }
    FollowEntries();
    flatten(uses_of_, out_.uses_, out_.use_begin_);
    flatten(bindings_of_, out_.bindings_, out_.binding_begin_);
    flatten(arrivals_of_, out_.arrivals_, out_.arrival_begin_);
  }

  // From the versions at the entry to all that may be the same.
  void FollowEntries() {
    const size_t count = out_.versions_.size();
    std::vector<uint32_t> begin(count + 2), users(out_.operands_.size());
    for (const SsaVersion& version : out_.versions_) {
      for (uint32_t operand : out_.OperandsOf(version)) ++begin[operand + 2];
    }
    for (size_t index = 2; index < begin.size(); ++index) begin[index] += begin[index - 1];
    for (uint32_t index = 0; index < count; ++index) {
      for (uint32_t operand : out_.OperandsOf(out_.versions_[index])) {
        users[begin[operand + 1]++] = index;
      }
    }
    std::vector<uint32_t> work;
    auto mark = [&](uint32_t index) {
      if (std::exchange(out_.versions_[index].may_be_entry, true)) return;
      work.push_back(index);
    };
    for (uint32_t index = 0; index < count; ++index) {
      if (out_.versions_[index].kind == VersionKind::Entry) mark(index);
    }
    while (!work.empty()) {
      const uint32_t index = work.back();
      work.pop_back();
      for (uint32_t at = begin[index]; at < begin[index + 1]; ++at) mark(users[at]);
    }
  }

  const Cfg& cfg_;
  const FlowGraph graph_;
  const DominatorTree dominators_;
  const size_t slots_;
  const uint32_t nodes_;
  Ssa out_;
  std::vector<std::vector<uint32_t>> frontier_, children_;
  std::vector<std::vector<PhiPlan>> phis_;
  std::vector<std::vector<uint32_t>> uses_of_, bindings_of_, arrivals_of_;
  std::vector<uint32_t> current_;
  std::vector<std::pair<uint32_t, uint32_t>> undo_;    // slot, what it was
  std::vector<std::pair<uint32_t, uint32_t>> before_;  // of the node at hand: slot, version
};

Ssa Ssa::Build(const Cfg& cfg, size_t slots) {
  return SsaBuilder(cfg, slots).Run();
}

}  // namespace unspool::semantics
