#include "transform/draft.h"

#include "syntax/views.h"

namespace unspool::transform {

using namespace syntax;

Draft::Draft(const Module& module_in, const LoopVerdict& verdict_in,
             rewrite::FreshNames& functions_in, const PlanOptions& options_in)
    : module(module_in),
      tree(module_in.tree),
      verdict(verdict_in),
      options(options_in),
      functions(functions_in),
      names(module_in.tree) {
  plan.verdict = &verdict;
  plan.cost = options.cost;
  plan.rule = verdict.kind == "for" ? "UNS101" : "UNS102";
  plan.strategy = "process-pool";
}

void Draft::Refuse(std::string_view code, std::string message, NodeId at) {
  for (const Refusal& other : plan.refusals) {
    if (other.code == code && other.at == at) return;
  }
  plan.refusals.push_back({code, std::move(message), at});
}

void Draft::Discharge(std::string_view id, Evidence evidence, std::string because,
                      std::vector<NodeId> places) {
  plan.obligations.push_back({id, evidence, std::move(because), std::move(places)});
}

void Draft::CollectContexts() {
  NodeId node = verdict.loop;
  if (verdict.kind != "for") {
    uint32_t field = verdict.kind == "dictcomp" ? 2 : 1;
    node = NodeList(tree.List(tree.Word(verdict.loop, field)))[0];
  }
  for (auto at = module.facts.loops().lower_bound({node, 0});
       at != module.facts.loops().end() && at->first.first == node; ++at) {
    if (!at->second.reached) continue;
    contexts.push_back(&at->second);
    iterable.Join(at->second.iterable);
    iterator.Join(at->second.iterator);
    item.Join(at->second.item);
    depth = at->second.depth;
  }
}

}  // namespace unspool::transform
