#include "dependence/loop_verdict.h"

#include "dependence/loop_body.h"
#include "dependence/loop_effects.h"
#include "dependence/loop_variables.h"
#include "dependence/verdict_notes.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace unspool::dependence {

using namespace syntax;
using effects::LoopFacts;

std::string_view VerdictName(Verdict verdict) {
  constexpr std::string_view kNames[] = {"sequential",   "unknown",   "search",
                                         "scan",         "reduction", "io",
                                         "vectorizable", "pipeline",  "parallel"};
  return kNames[static_cast<size_t>(verdict)];
}

std::string_view VariableClassName(VariableClass variable_class) {
  constexpr std::string_view kNames[] = {"target", "private", "last-value", "reduction", "carried"};
  return kNames[static_cast<size_t>(variable_class)];
}

namespace {

class Judge {
 public:
  Judge(const Tree& tree, const semantics::ScopeTree& scopes, const effects::Facts& facts)
      : tree_(tree),
        facts_(facts),
        parents_(ParentsOf(tree)),
        starts_(SubtreeStartsOf(tree)),
        variables_(tree, scopes, facts, parents_, starts_) {
    for (const auto& [key, loop] : facts.loops()) facts_of_[key.first.value()].push_back(&loop);
  }

  std::vector<LoopVerdict> Run() {
    std::vector<LoopVerdict> verdicts;
    // Of the file itself, not of those that are linked to it.
    for (uint32_t index = 0; index <= tree_.root().value(); ++index) {
      NodeId id(index);
      std::string_view kind = KindOf(id);
      if (!kind.empty()) verdicts.push_back(JudgeLoop(id, kind));
    }
    std::stable_sort(verdicts.begin(), verdicts.end(), [&](const auto& a, const auto& b) {
      return tree_.begin(a.loop) < tree_.begin(b.loop);
    });
    return verdicts;
  }

 private:
  std::string_view KindOf(NodeId id) const {
    switch (tree_.kind(id)) {
      case NodeKind::For:
      case NodeKind::AsyncFor:
        return "for";
      case NodeKind::While:
        return "while";
      case NodeKind::ListComp:
        return "listcomp";
      case NodeKind::SetComp:
        return "setcomp";
      case NodeKind::DictComp:
        return "dictcomp";
      case NodeKind::GeneratorExp:
        return "genexp";
      default:
        return {};
    }
  }

  // The node that carries the loop's facts: a comprehension's first clause.
  NodeId FactsNode(NodeId loop) const {
    switch (tree_.kind(loop)) {
      case NodeKind::ListComp:
      case NodeKind::SetComp:
      case NodeKind::GeneratorExp:
        return NodeList(tree_.List(tree_.Word(loop, 1)))[0];
      case NodeKind::DictComp:
        return DictCompView(tree_, loop).generators()[0];
      default:
        return loop;
    }
  }

  std::string FunctionName(NodeId loop) const {
    std::string name;
    for (NodeId node = parents_[loop]; node; node = parents_[node]) {
      std::string part;
      switch (tree_.kind(node)) {
        case NodeKind::FunctionDef:
        case NodeKind::AsyncFunctionDef:
          part = tree_.Name(FunctionLike(tree_, node).name);
          break;
        case NodeKind::ClassDef:
          part = tree_.Name(ClassDefView(tree_, node).name());
          break;
        case NodeKind::Lambda:
          part = "<lambda>";
          break;
        default:
          continue;
      }
      name = name.empty() ? part : part + "." + name;
    }
    return name.empty() ? "<module>" : name;
  }

  LoopVerdict JudgeLoop(NodeId loop, std::string_view kind) {
    LoopVerdict verdict;
    verdict.loop = loop;
    verdict.kind = kind;
    verdict.function = FunctionName(loop);
    NodeId facts_node = FactsNode(loop);
    const auto known = facts_of_.find(facts_node.value());
    std::vector<const LoopFacts*> contexts;
    if (known != facts_of_.end()) {
      for (const LoopFacts* facts : known->second) {
        if (facts->reached) contexts.push_back(facts);
      }
    }
    verdict.reached = !contexts.empty();
    if (facts_.dynamic()) {
      const effects::Cause& cause = facts_.cause(facts_.dynamic());
      AddUnknown(verdict, effects::CauseCodeName(cause.code), cause.message, cause.at);
    }
    if (!facts_.converged()) {
      AddUnknown(verdict, "limit", "the analysis of this file did not settle within its bound",
                 loop);
    }
    if (contexts.empty()) {
      AddUnknown(verdict, "not-reached",
                 "no call from the code that is analysed leads here, so nothing is known about "
                 "the values it works on",
                 loop);
    }
    bool exits = FindExits(verdict, loop);
    variables_.Judge(verdict, loop);
    for (const LoopFacts* facts : contexts) JudgeEffects(verdict, facts_, starts_, *facts);
    Conclude(verdict, loop, exits);
    return verdict;
  }

  // ---- exits ----

  // Early exits of the loop itself; yields and awaits inside are not modelled.
  bool FindExits(LoopVerdict& verdict, NodeId loop) {
    if (Category::Stmt != InfoOf(tree_.kind(loop)).category) {
      for (uint32_t index = starts_[loop].value(); index < loop.value(); ++index) {
        NodeId id(index);
        NodeKind kind = tree_.kind(id);
        if (kind == NodeKind::NamedExpr) {
          AddUnknown(verdict, "walrus", "a name bound with := inside a comprehension", id);
        }
        if (kind == NodeKind::Await || kind == NodeKind::Yield || kind == NodeKind::YieldFrom) {
          AddUnknown(verdict, "suspends", "the iteration suspends here", id);
        }
      }
      return false;
    }
    bool exits = false;
    WalkLoopBody(tree_, loop, [&](NodeId id, bool own) {
      switch (tree_.kind(id)) {
        case NodeKind::Break:
          if (!own) break;
          [[fallthrough]];
        case NodeKind::Return:
          exits = true;
          exit_ = id;
          break;
        case NodeKind::Yield:
        case NodeKind::YieldFrom:
        case NodeKind::Await:
          AddUnknown(verdict, "suspends", "the iteration suspends here", id);
          break;
        case NodeKind::FunctionDef:
        case NodeKind::AsyncFunctionDef:
        case NodeKind::Lambda:
          return false;
        default:
          break;
      }
      return true;
    });
    return exits;
  }

  // ---- conclusion ----

  void Conclude(LoopVerdict& verdict, NodeId loop, bool exits) {
    bool concrete = false, unknown = false;
    for (const Obstacle& obstacle : verdict.obstacles) {
      (obstacle.concrete ? concrete : unknown) = true;
    }
    if (exits && !concrete && !unknown && (!verdict.accumulations.empty() || HasOutput(verdict))) {
      // Still a search: updates and output are replayed up to the iteration that ends the loop.
      Obstacle obstacle;
      obstacle.code = "early-exit";
      obstacle.message = "an iteration may end the loop, and later ones must not have acted";
      obstacle.from = obstacle.to = obstacle.from_via = obstacle.to_via = exit_;
      obstacle.unlock = "compute first, and look for the end in the results";
      Add(verdict, std::move(obstacle));
    }
    bool reduction = false;
    for (const Variable& variable : verdict.variables) {
      reduction |= variable.variable_class == VariableClass::Reduction;
    }
    verdict.verdict = concrete    ? Verdict::Sequential
                      : unknown   ? Verdict::Unknown
                      : exits     ? Verdict::Search
                      : reduction ? Verdict::Reduction
                                  : Verdict::Parallel;
  }

  static bool HasOutput(const LoopVerdict& verdict) {
    for (const ProcessHazard& hazard : verdict.hazards) {
      if (hazard.code == "output") return true;
    }
    return false;
  }

  const Tree& tree_;
  const effects::Facts& facts_;
  base::IdVector<NodeId, NodeId> parents_;
  base::IdVector<NodeId, NodeId> starts_;
  std::unordered_map<uint32_t, std::vector<const LoopFacts*>> facts_of_;
  LoopVariables variables_;
  NodeId exit_;
};

}  // namespace

std::vector<LoopVerdict> JudgeLoops(const Tree& tree, const semantics::ScopeTree& scopes,
                                    const effects::Facts& facts) {
  return Judge(tree, scopes, facts).Run();
}

}  // namespace unspool::dependence
