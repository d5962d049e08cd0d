#include "transform/transform.h"

#include "syntax/parse.h"

#include <algorithm>
#include <set>

namespace unspool::transform {

using namespace syntax;

namespace {

// Definitions of the functions that run when the loop's body runs.
std::set<NodeId> FunctionsWithin(const Module& module, NodeId loop) {
  std::set<NodeId> found;
  std::vector<NodeId> pending = {loop};
  while (!pending.empty()) {
    NodeId root = pending.back();
    pending.pop_back();
    const auto& callees = module.facts.callees();
    for (auto at = callees.lower_bound(module.starts[root]);
         at != callees.end() && at->first <= root; ++at) {
      for (effects::ObjectId callee : at->second) {
        NodeId definition = module.facts.heap()[callee].definition;
        if (definition && found.insert(definition).second) pending.push_back(definition);
      }
    }
  }
  return found;
}

NodeId FunctionAround(const Module& module, NodeId node) {
  for (NodeId at = module.parents[node]; at; at = module.parents[at]) {
    NodeKind kind = module.tree.kind(at);
    if (kind == NodeKind::FunctionDef || kind == NodeKind::Lambda) return at;
  }
  return NodeId();
}

// `break` or `continue` without a loop around, `return` without a function: what the compiler, not
// the parser, refuses.
bool HasStrayJump(const Tree& tree) {
  auto parents = ParentsOf(tree);
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    NodeKind kind = tree.kind(id);
    if (kind != NodeKind::Break && kind != NodeKind::Continue && kind != NodeKind::Return) continue;
    bool found = false;
    for (NodeId node = parents[id]; node && !found; node = parents[node]) {
      NodeKind around = tree.kind(node);
      bool function = around == NodeKind::FunctionDef || around == NodeKind::AsyncFunctionDef;
      if (kind == NodeKind::Return) {
        found = function;
      } else {
        if (function || around == NodeKind::ClassDef) break;
        found =
            around == NodeKind::For || around == NodeKind::While || around == NodeKind::AsyncFor;
      }
    }
    if (!found) return true;
  }
  return false;
}

}  // namespace

std::vector<Plan> PlanLoops(const Module& module,
                            const std::vector<dependence::LoopVerdict>& verdicts,
                            const std::vector<strategy::LoopCost>& costs,
                            const TransformOptions& options) {
  auto plan_one = [&](size_t index, rewrite::FreshNames& functions) {
    const dependence::LoopVerdict& verdict = verdicts[index];
    PlanOptions plan_options;
    plan_options.cost = costs[index];
    auto known = options.min_items.find(verdict.loop);
    if (known != options.min_items.end()) plan_options.min_items = known->second;
    return PlanProcessPool(module, verdict, functions, plan_options);
  };
  std::vector<Plan> plans;
  for (size_t index = 0; index < verdicts.size(); ++index) {
    const NodeId loop = verdicts[index].loop;
    rewrite::FreshNames scratch(module.tree);
    plans.push_back(plan_one(index, scratch));
    bool wanted = options.only.empty() ||
                  std::find(options.only.begin(), options.only.end(), loop) != options.only.end();
    if (!wanted && plans.back().offers_rewrite()) {
      plans.back().refusals.push_back({"not-selected", "not selected", loop});
    }
  }
  // A loop that runs within the iterations of another one that is rewritten stays as it is: the
  // workers are busy already.
  for (Plan& outer : plans) {
    if (!outer.offers_rewrite()) continue;
    NodeId loop = outer.verdict->loop;
    std::set<NodeId> within = FunctionsWithin(module, loop);
    NodeId home = FunctionAround(module, loop);
    for (Plan& inner : plans) {
      if (&inner == &outer || !inner.offers_rewrite()) continue;
      NodeId other = inner.verdict->loop;
      NodeId function = FunctionAround(module, other);
      bool nested = module.starts[loop] <= other && other < loop;
      bool called = function && function != home && within.contains(function);
      if (nested || called) {
        inner.refusals.push_back({"inside-parallel",
                                  "runs within the iterations of a loop that is run in parallel",
                                  loop});
      }
    }
  }
  // Names are given out among those that are left.
  rewrite::FreshNames functions(module.tree);
  for (size_t index = 0; index < plans.size(); ++index) {
    if (plans[index].offers_rewrite()) plans[index] = plan_one(index, functions);
  }
  return plans;
}

std::optional<source::EditSet> ComposeFix(const Module& module,
                                          const std::vector<const Plan*>& plans,
                                          source::LineEnd line_end) {
  source::EditSet fix;
  std::vector<rewrite::NeededImport> imports;
  for (const Plan* plan : plans) {
    if (!plan->edits || !fix.Merge(*plan->edits)) return std::nullopt;
    for (const rewrite::NeededImport& import : plan->imports) {
      bool known = false;
      for (const rewrite::NeededImport& other : imports) {
        known |= other.module == import.module && other.name == import.name;
      }
      if (!known) imports.push_back(import);
    }
  }
  if (!rewrite::AddImports(module.tree, module.layout, imports, fix)) return std::nullopt;
  auto text = source::ApplyToText(module.tree.text(), fix, line_end);
  if (!text) return std::nullopt;
  // Whatever went wrong above, nothing that is not Python leaves this place.
  ParseResult parsed = Parse(*text, module.parse_options);
  if (!parsed.errors.empty() || HasStrayJump(*parsed.tree)) return std::nullopt;
  return fix;
}

}  // namespace unspool::transform
