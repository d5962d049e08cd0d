#include "semantics/flow/flow_graph.h"

#include <utility>

namespace unspool::semantics {

namespace {

constexpr uint32_t kUnseen = UINT32_MAX;
constexpr uint32_t kOpen = UINT32_MAX - 1;

}  // namespace

FlowGraph::FlowGraph(const Cfg& cfg, const base::SparseSet& nodes,
                     std::span<const uint32_t> roots) {
  next_begin_.push_back(0);
  for (uint32_t node : nodes.keys()) {
    for (const CfgEdge& edge : cfg.EdgesFrom(node)) {
      if (nodes.Has(edge.to)) next_.push_back({nodes.PositionOf(edge.to), edge.kind});
    }
    next_begin_.push_back(static_cast<uint32_t>(next_.size()));
  }
  LinkPrevious();
  Order(roots);
}

FlowGraph FlowGraph::OfAll(const Cfg& cfg, std::span<const uint32_t> roots) {
  FlowGraph graph;
  graph.next_begin_.push_back(0);
  for (uint32_t node = 0; node < cfg.nodes().size(); ++node) {
    const std::span<const CfgEdge> edges = cfg.EdgesFrom(node);
    graph.next_.insert(graph.next_.end(), edges.begin(), edges.end());
    graph.next_begin_.push_back(static_cast<uint32_t>(graph.next_.size()));
  }
  graph.LinkPrevious();
  graph.Order(roots);
  return graph;
}

FlowGraph FlowGraph::Reversed(const Cfg& cfg, std::span<const uint32_t> roots) {
  FlowGraph graph = OfAll(cfg, roots);
  const uint32_t front = static_cast<uint32_t>(cfg.nodes().size());
  std::swap(graph.next_, graph.previous_);
  std::swap(graph.next_begin_, graph.previous_begin_);
  for (uint32_t root : roots) graph.next_.push_back({root, CfgEdgeKind::Next});
  graph.next_begin_.push_back(static_cast<uint32_t>(graph.next_.size()));
  graph.order_.clear();
  graph.LinkPrevious();
  graph.Order(std::vector<uint32_t>{front});
  return graph;
}

void FlowGraph::LinkPrevious() {
  const uint32_t rows = static_cast<uint32_t>(size());
  previous_begin_.assign(rows + 1, 0);
  for (const CfgEdge& edge : next_) ++previous_begin_[edge.to + 1];
  for (uint32_t row = 0; row < rows; ++row) previous_begin_[row + 1] += previous_begin_[row];
  previous_.resize(next_.size());
  std::vector<uint32_t> at(previous_begin_.begin(), previous_begin_.end() - 1);
  for (uint32_t row = 0; row < rows; ++row) {
    for (const CfgEdge& edge : Next(row)) previous_[at[edge.to]++] = {row, edge.kind};
  }
}

void FlowGraph::Order(std::span<const uint32_t> roots) {
  const uint32_t rows = static_cast<uint32_t>(size());
  place_.assign(rows, kUnseen);
  std::vector<uint32_t> post_order;
  for (uint32_t root : roots) Visit(root, post_order);
  order_.assign(post_order.rbegin(), post_order.rend());
  for (uint32_t row = 0; row < rows; ++row) {
    if (place_[row] != kUnseen) continue;
    post_order.clear();
    Visit(row, post_order);
    order_.insert(order_.end(), post_order.rbegin(), post_order.rend());
  }
  for (uint32_t place = 0; place < rows; ++place) place_[order_[place]] = place;
}

// Depth first, without recursion: the depth is in the user's hands. The edges of a node are taken
// from the last to the first, so that the order is that of the text: a loop's body stands before
// what follows the loop, and facts go round in it before they go on.
void FlowGraph::Visit(uint32_t root, std::vector<uint32_t>& post_order) {
  if (place_[root] != kUnseen) return;
  struct Frame {
    uint32_t row;
    uint32_t edges_left;
  };
  auto edge_count = [&](uint32_t row) { return next_begin_[row + 1] - next_begin_[row]; };
  std::vector<Frame> stack = {{root, edge_count(root)}};
  place_[root] = kOpen;
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.edges_left == 0) {
      post_order.push_back(frame.row);
      stack.pop_back();
      continue;
    }
    const uint32_t to = next_[next_begin_[frame.row] + --frame.edges_left].to;
    if (place_[to] != kUnseen) continue;
    place_[to] = kOpen;
    stack.push_back({to, edge_count(to)});
  }
}

}  // namespace unspool::semantics
