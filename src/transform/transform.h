// The driver of the rules: plans for all loops of a file, the choice among plans of which one runs
// inside another, and fixes made of plans. A fix is parsed again before anybody sees it.
#pragma once

#include "transform/plan.h"
#include "transform/process_pool.h"

#include <vector>

namespace unspool::transform {

struct TransformOptions {
  // Only loops at these nodes are planned; empty: all.
  std::vector<NodeId> only;
  // Measured crossover by loop, where there is a profile: items below which the original is faster.
  std::map<NodeId, uint32_t> min_items;
};

// One plan a verdict, in the same order, as are the costs.
std::vector<Plan> PlanLoops(const Module& module,
                            const std::vector<dependence::LoopVerdict>& verdicts,
                            const std::vector<strategy::LoopCost>& costs,
                            const TransformOptions& options = {});

// All edits of these plans with the imports they need, once each; nothing where they overlap or
// where the result would not parse.
std::optional<source::EditSet> ComposeFix(const Module& module,
                                          const std::vector<const Plan*>& plans,
                                          source::LineEnd line_end);

// The text of the support module that rewritten projects get.
std::string_view SupportModuleText();

}  // namespace unspool::transform
