// What the interpreter found out, for later phases: the value of every expression, the effects of
// every loop's iteration and of every function, and the causes of whatever is unknown.
#pragma once

#include "effects/effect.h"
#include "effects/heap.h"
#include "effects/value.h"
#include "knowledge/facts.h"
#include "semantics/scopes/scopes.h"
#include "syntax/tree.h"

#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

namespace unspool::effects {

// One loop or comprehension in one calling context. Ages in its effects are those of the function
// it stands in; everything with an age below `depth` outlives the iteration.
struct LoopFacts {
  NodeId loop;           // the statement, or the `comprehension` clause
  uint32_t context = 0;  // the calling context of the function around it
  int depth = 1;         // nesting depth within the function: 1 for the outermost loop
  Value iterable;        // what is iterated over
  Value iterator;        // what is drawn from: what `__iter__` gave, or the iterable itself
  EffectSet header;      // of evaluating what is iterated over
  EffectSet opening;     // of the call of `__iter__` before the first iteration
  // What `__iter__` gave without having made it: others may draw from it.
  std::set<ObjectId> older_iterators;
  Value item;         // what the target is bound to
  EffectSet effects;  // of one iteration, the header's own included, on what outlives it
  bool reached = false;
};

struct FunctionFacts {
  ObjectId function;  // none for the module itself
  NodeId definition;  // the FunctionDef or Lambda; the Module node for the module
  std::vector<Value> parameters;
  Value result;
  EffectSet effects;  // on what is older than the call
};

class Facts {
 public:
  explicit Facts(const syntax::Tree& tree) : values_(tree.size()) {}

  const Value& ValueOf(NodeId expression) const { return values_[expression]; }
  const std::map<std::pair<NodeId, uint32_t>, LoopFacts>& loops() const { return loops_; }
  const std::vector<FunctionFacts>& functions() const { return functions_; }
  const Heap& heap() const { return heap_; }
  const Cause& cause(CauseId id) const { return causes_[id]; }
  std::string_view Text(Symbol symbol) const { return symbols_.Text(symbol); }
  const base::Interner& symbols() const { return symbols_; }
  // What lets the program rebind any name unseen, if it does: then no name means what it seems to.
  CauseId dynamic() const { return dynamic_; }
  // Something that is not understood runs somewhere, and it may call any function of the program.
  bool runs_unknown_code() const { return runs_unknown_code_; }
  // The analysis reached its fixed point; otherwise nothing it says may be believed.
  bool converged() const { return converged_; }

  // Where objects are changed that are older than the call that changes them, or by the module's
  // own code.
  const std::map<ObjectId, std::set<NodeId>>& writers() const { return writers_; }
  // The functions of the program that each call may reach, by the node that calls.
  const std::map<NodeId, std::set<ObjectId>>& callees() const { return callees_; }
  // The signatures of library functions that each node calls, as far as facts describe them.
  const std::map<NodeId, std::set<const knowledge::CallFact*>>& library_calls() const {
    return library_calls_;
  }
  // Effects of the module's top-level statements, by statement.
  const std::map<NodeId, EffectSet>& top_level() const { return top_level_; }

 private:
  friend class Interpreter;

  base::IdVector<NodeId, Value> values_;
  std::map<std::pair<NodeId, uint32_t>, LoopFacts> loops_;
  std::vector<FunctionFacts> functions_;
  std::map<NodeId, EffectSet> top_level_;
  std::map<ObjectId, std::set<NodeId>> writers_;
  std::map<NodeId, std::set<ObjectId>> callees_;
  std::map<NodeId, std::set<const knowledge::CallFact*>> library_calls_;
  Heap heap_;
  base::IdVector<CauseId, Cause> causes_;
  base::Interner symbols_;
  CauseId dynamic_;
  bool runs_unknown_code_ = false;
  bool converged_ = false;
};

}  // namespace unspool::effects
