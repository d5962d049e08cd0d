#include "semantics/flow/dominance.h"

#include "semantics/flow/data_flow.h"

#include <algorithm>
#include <functional>

namespace unspool::semantics {

namespace {

// The fact at a row is its immediate dominator, by the place in reverse post-order; merging is the
// nearest common ancestor of what is known so far.
class Dominance {
 public:
  static constexpr Direction kDirection = Direction::Forward;
  static constexpr uint32_t kNone = DominatorTree::kNone;

  Dominance(const FlowGraph& graph, uint32_t root) : graph_(graph), parent_(graph.size(), kNone) {
    parent_[graph.PlaceOf(root)] = graph.PlaceOf(root);
  }

  // The nearest common ancestor of all that lead here, from the last of them to the first: each
  // step up is then made about once. From first to last, a node where the exceptions of a long
  // function arrive would climb to the top from each of them.
  void Leave(uint32_t row) {
    const uint32_t place = graph_.PlaceOf(row);
    moved_ = false;
    if (parent_[place] == place) {
      moved_ = true;
      return;
    }
    from_.clear();
    for (const CfgEdge& edge : graph_.Previous(row)) {
      const uint32_t from = graph_.PlaceOf(edge.to);
      if (parent_[from] != kNone) from_.push_back(from);
    }
    if (from_.empty()) return;
    std::ranges::sort(from_, std::greater());
    uint32_t parent = from_.front();
    for (uint32_t from : from_) parent = Common(parent, from);
    moved_ = parent != parent_[place];
    changed_ |= moved_;
    parent_[place] = parent;
  }
  bool Merge(uint32_t, CfgEdge) { return moved_; }
  // A node's dominators may change while its immediate one stays, which goes unseen at the nodes
  // behind it: as in the paper, all are gone over until nothing changes.
  void SolveAll() {
    do {
      changed_ = false;
      Solve(graph_, *this, graph_.order());
    } while (changed_);
  }
  uint32_t ParentOf(uint32_t row) const {
    const uint32_t parent = parent_[graph_.PlaceOf(row)];
    return parent == kNone ? kNone : graph_.order()[parent];
  }

 private:
  uint32_t Common(uint32_t left, uint32_t right) const {
    while (left != right) {
      while (left > right) left = parent_[left];
      while (right > left) right = parent_[right];
    }
    return left;
  }

  const FlowGraph& graph_;
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> from_;
  bool moved_ = false;
  bool changed_ = false;
};

}  // namespace

DominatorTree DominatorTree::Of(const Cfg& cfg) {
  const uint32_t nodes = static_cast<uint32_t>(cfg.nodes().size());
  const std::vector<uint32_t> root = {cfg.entry()};
  const FlowGraph graph = FlowGraph::OfAll(cfg, root);
  Dominance problem(graph, cfg.entry());
  problem.SolveAll();
  DominatorTree tree;
  for (uint32_t node = 0; node < nodes; ++node) tree.parent_.push_back(problem.ParentOf(node));
  tree.Number(cfg.entry());
  return tree;
}

DominatorTree DominatorTree::OfEnds(const Cfg& cfg) {
  const uint32_t nodes = static_cast<uint32_t>(cfg.nodes().size());
  const std::vector<uint32_t> ends = {cfg.exit(), cfg.raise_exit()};
  const FlowGraph graph = FlowGraph::Reversed(cfg, ends);
  Dominance problem(graph, nodes);
  problem.SolveAll();
  DominatorTree tree;
  for (uint32_t node = 0; node <= nodes; ++node) tree.parent_.push_back(problem.ParentOf(node));
  tree.Number(nodes);
  return tree;
}

void DominatorTree::Number(uint32_t root) {
  const uint32_t nodes = static_cast<uint32_t>(parent_.size());
  std::vector<uint32_t> begin(nodes + 1, 0), children;
  auto is_child = [&](uint32_t node) { return node != root && Has(node); };
  for (uint32_t node = 0; node < nodes; ++node) {
    if (is_child(node)) ++begin[parent_[node] + 1];
  }
  for (uint32_t node = 0; node < nodes; ++node) begin[node + 1] += begin[node];
  children.resize(begin[nodes]);
  std::vector<uint32_t> at(begin.begin(), begin.end() - 1);
  for (uint32_t node = 0; node < nodes; ++node) {
    if (is_child(node)) children[at[parent_[node]]++] = node;
  }
  first_.assign(nodes, 0);
  last_.assign(nodes, 0);
  uint32_t clock = 0;
  std::vector<std::pair<uint32_t, uint32_t>> stack = {{root, begin[root]}};
  first_[root] = clock++;
  while (!stack.empty()) {
    auto& [node, child] = stack.back();
    if (child == begin[node + 1]) {
      last_[node] = clock++;
      stack.pop_back();
      continue;
    }
    const uint32_t next = children[child++];
    first_[next] = clock++;
    stack.emplace_back(next, begin[next]);
  }
}

// Headers are taken from the innermost to the outermost; what is known to lie in a loop is stood
// for by its header from then on (Tarjan 1974), so that each edge is walked about once.
LoopNest LoopNest::Of(const Cfg& cfg, const DominatorTree& dominators) {
  const uint32_t nodes = static_cast<uint32_t>(cfg.nodes().size());
  const FlowGraph graph = FlowGraph::OfAll(cfg, std::vector<uint32_t>{cfg.entry()});
  LoopNest nest;
  nest.innermost.assign(nodes, kNone);
  std::vector<uint32_t> stands_for(nodes);
  for (uint32_t node = 0; node < nodes; ++node) stands_for[node] = node;
  auto find = [&](uint32_t node) {
    while (stands_for[node] != node) node = stands_for[node] = stands_for[stands_for[node]];
    return node;
  };
  std::vector<uint32_t> pending;
  for (size_t place = nodes; place-- > 0;) {
    const uint32_t header = graph.order()[place];
    NaturalLoop loop{.header = header, .back = {}};
    for (const CfgEdge& edge : graph.Previous(header)) {
      if (dominators.Dominates(header, edge.to)) loop.back.push_back(edge.to);
    }
    if (loop.back.empty()) continue;
    const uint32_t number = static_cast<uint32_t>(nest.loops.size());
    nest.innermost[header] = number;
    for (uint32_t from : loop.back) pending.push_back(find(from));
    while (!pending.empty()) {
      const uint32_t node = find(pending.back());
      pending.pop_back();
      if (node == header) continue;
      stands_for[node] = header;
      // Another loop's header stands for all of that loop.
      if (nest.innermost[node] == kNone) {
        nest.innermost[node] = number;
      } else {
        nest.loops[nest.innermost[node]].outer = number;
      }
      for (const CfgEdge& edge : graph.Previous(node)) {
        if (dominators.Has(edge.to)) pending.push_back(find(edge.to));
      }
    }
    std::ranges::sort(loop.back);
    loop.back.erase(std::ranges::unique(loop.back).begin(), loop.back.end());
    nest.loops.push_back(std::move(loop));
  }
  // From inside out to outside in.
  const uint32_t count = static_cast<uint32_t>(nest.loops.size());
  std::ranges::reverse(nest.loops);
  for (NaturalLoop& loop : nest.loops) {
    if (loop.outer == kNone) continue;
    loop.outer = count - 1 - loop.outer;
    loop.depth = nest.loops[loop.outer].depth + 1;
  }
  for (uint32_t& loop : nest.innermost) {
    if (loop != kNone) loop = count - 1 - loop;
  }
  return nest;
}

}  // namespace unspool::semantics
