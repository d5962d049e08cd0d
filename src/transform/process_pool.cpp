#include "transform/process_pool.h"

#include "transform/draft.h"
#include "transform/iterable_checks.h"
#include "transform/program_checks.h"
#include "transform/rewrite_comprehension.h"
#include "transform/rewrite_loop.h"

#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;
using dependence::VariableClass;
using dependence::Verdict;

Module::Module(const Tree& tree_in, const semantics::ScopeTree& scopes_in,
               const effects::Facts& facts_in, const knowledge::KnowledgeBase& knowledge_in)
    : tree(tree_in),
      scopes(scopes_in),
      facts(facts_in),
      knowledge(knowledge_in),
      parents(ParentsOf(tree_in)),
      starts(SubtreeStartsOf(tree_in)),
      layout(tree_in),
      import_time(tree_in, scopes_in, facts_in),
      travel(tree_in, scopes_in, facts_in, knowledge_in) {}

namespace {

bool IsCandidate(Draft& draft) {
  if (draft.verdict.verdict != Verdict::Parallel) {
    draft.plan.rule = "";
    draft.Refuse("verdict", "the iterations are not independent", draft.verdict.loop);
    return false;
  }
  if (draft.verdict.kind != "for" && draft.verdict.kind != "listcomp" &&
      draft.verdict.kind != "setcomp" && draft.verdict.kind != "dictcomp") {
    draft.plan.rule = "";
    draft.Refuse("kind", "neither a loop nor a comprehension that builds a container",
                 draft.verdict.loop);
    return false;
  }
  if (draft.verdict.kind == "for" && draft.verdict.accumulations.empty()) {
    draft.plan.rule = "";
    draft.Refuse("builds-nothing", "the loop builds no list, dict or set", draft.verdict.loop);
    return false;
  }
  if (draft.plan.cost.workload == strategy::Workload::Trivial) {
    draft.Refuse("too-little-work", "an iteration does too little to be worth a process",
                 draft.verdict.loop);
    return false;
  }
  return true;
}

void RefuseHazards(Draft& draft) {
  for (const dependence::ProcessHazard& hazard : draft.verdict.hazards) {
    draft.Refuse(hazard.code, hazard.message, hazard.at);
  }
  for (const dependence::Variable& variable : draft.verdict.variables) {
    if (variable.variable_class != VariableClass::LastValue ||
        variable.write == draft.verdict.loop) {
      continue;
    }
    std::string_view name = draft.tree.Name(variable.name);
    if (variable.in_handler) {
      draft.Refuse("used-after",
                   fmt::format("`{}` is read where an exception of the loop is handled", name),
                   variable.write);
    } else if (!variable.always_bound) {
      draft.Refuse(
          "used-after",
          fmt::format("`{}` is used after the loop, and not every iteration assigns it", name),
          variable.write);
    }
  }
  draft.Discharge("no-carried-dependence", Evidence::Proved,
                  "no iteration reads or writes what another one writes");
  draft.Discharge(
      "no-shared-effects", Evidence::Proved,
      "every call in the body is followed to its end, and changes nothing that outlives "
      "the iteration");
}

// Under spawn and forkserver a worker imports the module again.
void CheckStart(Draft& draft) {
  if (draft.module.import_time.effectful().empty()) {
    draft.Discharge("process-safe-start", Evidence::Proved,
                    "importing the module again runs nothing but definitions");
    return;
  }
  if (draft.module.is_script && !draft.module.import_time.main_guard()) {
    // Without a main guard the support module starts no process that would import the script
    // again: workers are forked, with all that the program has at that moment, or there are none.
    draft.forked_only = true;
    draft.Discharge(
        "process-safe-start", Evidence::Guarded,
        "the script has no main guard, so workers are only ever forked; where that is not "
        "possible, the loop runs in one process");
    return;
  }
  NodeId at = draft.module.import_time.effectful().front();
  draft.Refuse(
      "import-effects",
      "importing the module again, as worker processes do, would repeat what this statement "
      "does",
      at);
}

void Fill(Draft& draft) {
  if (!IsCandidate(draft)) return;
  draft.CollectContexts();
  RefuseHazards(draft);
  RegionResult read = ReadRegion(draft.tree, draft.module.scopes, draft.verdict,
                                 draft.module.parents, draft.module.starts);
  draft.region = std::move(read.region);
  if (!read.problem.empty()) draft.Refuse("shape", read.problem, read.problem_at);
  if (!draft.plan.refusals.empty()) return;
  for (Refusal& refusal : ProgramRefusals(draft.module, draft.verdict)) {
    draft.plan.refusals.push_back(std::move(refusal));
  }
  CheckIterable(draft);
  CheckStart(draft);
  if (draft.region.is_statement) {
    PlanStatement(draft);
  } else {
    PlanComprehension(draft);
  }
}

}  // namespace

Plan PlanProcessPool(const Module& module, const LoopVerdict& verdict,
                     rewrite::FreshNames& functions, const PlanOptions& options) {
  Draft draft(module, verdict, functions, options);
  Fill(draft);
  if (!draft.plan.refusals.empty()) {
    draft.plan.strategy = "none";
    draft.plan.edits.reset();
  }
  return std::move(draft.plan);
}

}  // namespace unspool::transform
