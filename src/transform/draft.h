// A plan in the making: the loop, what is known of its values in all contexts it is reached in, and
// the refusals and obligations so far. The checks and the writers of text share it.
#pragma once

#include "transform/process_pool.h"

#include <string>
#include <string_view>
#include <vector>

namespace unspool::transform {

// A value that the worker gets beside the item, under its own name.
struct Constant {
  std::string name;
  NodeId use;
};

struct Draft {
  Draft(const Module& module_in, const LoopVerdict& verdict_in, rewrite::FreshNames& functions_in,
        const PlanOptions& options_in);

  void Refuse(std::string_view code, std::string message, NodeId at);
  void Discharge(std::string_view id, Evidence evidence, std::string because,
                 std::vector<NodeId> places = {});
  // Reads the facts of every context the loop is reached in.
  void CollectContexts();

  const Module& module;
  const syntax::Tree& tree;
  const LoopVerdict& verdict;
  PlanOptions options;
  rewrite::FreshNames& functions;
  rewrite::FreshNames names;  // of variables; each rewrite has its own
  Plan plan;
  Region region;
  std::vector<const effects::LoopFacts*> contexts;
  effects::Value iterable, iterator, item;
  int depth = 1;
  std::vector<Constant> constants;
  bool needs_partial = false;
  // The script has no main guard: workers are forked, or there are none.
  bool forked_only = false;
};

}  // namespace unspool::transform
