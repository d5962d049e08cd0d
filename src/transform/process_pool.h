// Rules UNS101 and UNS102: a loop or comprehension with independent iterations that builds a list,
// dict or set, run through ordered_map over worker processes.
#pragma once

#include "dependence/loop_verdict.h"
#include "rewrite/layout.h"
#include "rewrite/names.h"
#include "semantics/flow/cfg.h"
#include "syntax/parse.h"
#include "transform/import_time.h"
#include "transform/plan.h"
#include "transform/region.h"
#include "transform/travel.h"

#include <map>
#include <memory>

namespace unspool::transform {

// All that plans of one file are made from; built once a file.
struct Module {
  Module(const syntax::Tree& tree, const semantics::ScopeTree& scopes, const effects::Facts& facts,
         const knowledge::KnowledgeBase& knowledge);

  const syntax::Tree& tree;
  const semantics::ScopeTree& scopes;
  const effects::Facts& facts;
  const knowledge::KnowledgeBase& knowledge;
  base::IdVector<NodeId, NodeId> parents;
  base::IdVector<NodeId, NodeId> starts;
  rewrite::Layout layout;
  ImportTime import_time;
  Travel travel;
  syntax::ParseOptions parse_options;
  // How the support module is imported: "parallel_support" or ".parallel_support".
  std::string support_module = "parallel_support";
  // The file is run as a script, so workers import it as their main module.
  bool is_script = true;
};

struct PlanOptions {
  // Below this many items the original loop is faster; 0: not known.
  uint32_t min_items = 0;
  strategy::LoopCost cost;
};

// `functions` is shared by all plans of the file, so that several can be applied at once.
Plan PlanProcessPool(const Module& module, const dependence::LoopVerdict& verdict,
                     rewrite::FreshNames& functions, const PlanOptions& options = {});

}  // namespace unspool::transform
