// The one framework for data flow on control-flow graphs: facts at the nodes, merged along edges
// until nothing changes (Kildall 1973). A problem says in which direction facts go, what leaves a
// node, and how that merges with what is known at the other end; merging must only ever go one way
// in a lattice without infinite chains, which is what makes an end certain (Kam and Ullman 1976).
// Nodes are visited in reverse post-order, or its reverse, so that few of them are visited twice.
//
// Problems: liveness and definite binding (cfg_region.h), reaching_definitions.h, dominance.h.
#pragma once

#include "semantics/flow/flow_graph.h"

#include <bit>
#include <concepts>
#include <cstdint>
#include <vector>

namespace unspool::semantics {

template <typename Problem>
concept FlowProblem = requires(Problem problem, uint32_t row, CfgEdge edge) {
  { Problem::kDirection } -> std::convertible_to<Direction>;
  // Works out what leaves the row, from what is known at it.
  problem.Leave(row);
  // Merges that into what is known at `edge.to`; whether this changed it.
  { problem.Merge(row, edge) } -> std::same_as<bool>;
};

// Solves a problem whose facts at the `seeds` (rows) hold to begin with. Rows without a seed that
// no change reaches are never visited.
template <FlowProblem Problem>
void Solve(const FlowGraph& graph, Problem& problem, std::span<const uint32_t> seeds) {
  constexpr bool kForward = Problem::kDirection == Direction::Forward;
  const uint32_t rows = static_cast<uint32_t>(graph.size());
  auto place_of = [&](uint32_t row) {
    return kForward ? graph.PlaceOf(row) : rows - 1 - graph.PlaceOf(row);
  };
  // The places that wait, as bits: sweeping over them from the front visits them in order.
  std::vector<uint64_t> waiting((rows + 63) / 64);
  size_t lowest = waiting.size();
  auto wait = [&](uint32_t row) {
    const uint32_t place = place_of(row);
    waiting[place / 64] |= uint64_t{1} << (place % 64);
    lowest = std::min<size_t>(lowest, place / 64);
  };
  for (uint32_t row : seeds) wait(row);
  while (lowest < waiting.size()) {
    size_t word = lowest;
    lowest = waiting.size();
    for (; word < waiting.size(); ++word) {
      // What comes to wait behind here is met in this sweep, what is before it in the next.
      uint64_t done = 0;
      while (const uint64_t left = waiting[word] & ~done) {
        const uint32_t bit = static_cast<uint32_t>(std::countr_zero(left));
        done |= (uint64_t{2} << bit) - 1;
        waiting[word] &= ~(uint64_t{1} << bit);
        const uint32_t place = static_cast<uint32_t>(word * 64 + bit);
        const uint32_t row = graph.order()[kForward ? place : rows - 1 - place];
        problem.Leave(row);
        for (const CfgEdge& edge : kForward ? graph.Next(row) : graph.Previous(row)) {
          if (problem.Merge(row, edge)) wait(edge.to);
        }
      }
    }
  }
}

}  // namespace unspool::semantics
