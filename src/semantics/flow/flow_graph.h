// Some nodes of a control-flow graph as the subject of a data-flow question: numbered from 0, with
// the edges among them in both directions, and an order in which facts settle quickly. What making
// one costs grows with the part, whatever the size of the function around.
#pragma once

#include "base/sparse_set.h"
#include "semantics/flow/cfg.h"

#include <cstdint>
#include <span>
#include <vector>

namespace unspool::semantics {

enum class Direction : uint8_t { Forward, Backward };

class FlowGraph {
 public:
  // The rows are the positions of the nodes in the set. The order starts from `roots`, which are
  // rows; rows that they do not reach come last.
  FlowGraph(const Cfg& cfg, const base::SparseSet& nodes, std::span<const uint32_t> roots);

  // All nodes, numbered as they are.
  static FlowGraph OfAll(const Cfg& cfg, std::span<const uint32_t> roots);
  // All nodes with their edges turned round, and one more in front of `roots`.
  static FlowGraph Reversed(const Cfg& cfg, std::span<const uint32_t> roots);

  size_t size() const { return next_begin_.size() - 1; }
  std::span<const CfgEdge> Next(uint32_t row) const {
    return {next_.data() + next_begin_[row], next_.data() + next_begin_[row + 1]};
  }
  // Here `to` is where the edge comes from.
  std::span<const CfgEdge> Previous(uint32_t row) const {
    return {previous_.data() + previous_begin_[row], previous_.data() + previous_begin_[row + 1]};
  }
  // Reverse post-order, and the place of each row in it.
  std::span<const uint32_t> order() const { return order_; }
  uint32_t PlaceOf(uint32_t row) const { return place_[row]; }

 private:
  FlowGraph() = default;
  void LinkPrevious();
  void Order(std::span<const uint32_t> roots);
  void Visit(uint32_t root, std::vector<uint32_t>& post_order);

  std::vector<uint32_t> next_begin_, previous_begin_;
  std::vector<CfgEdge> next_, previous_;
  std::vector<uint32_t> order_, place_;
};

}  // namespace unspool::semantics
