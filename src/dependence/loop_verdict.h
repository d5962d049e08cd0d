// The verdict on each loop and comprehension: whether its iterations may run in parallel, in which
// form, and what stands in the way. It speaks of dependence and effects only, not of profit or of
// how values travel. Printed by `unspool debug loops`.
#pragma once

#include "effects/facts.h"
#include "semantics/flow/cfg.h"
#include "semantics/scopes/scopes.h"

#include <string>
#include <string_view>
#include <vector>

namespace unspool::dependence {

using effects::ObjectId;
using effects::WriteHow;
using syntax::NameId;
using syntax::NodeId;

// Of several that hold, the first in this order is named.
enum class Verdict : uint8_t {
  Sequential,
  Unknown,
  Search,
  Scan,
  Reduction,
  Io,
  Vectorizable,
  Pipeline,
  Parallel,
};
std::string_view VerdictName(Verdict verdict);

enum class VariableClass : uint8_t {
  Target,     // bound by the loop itself
  Private,    // written before it is read in each iteration, and not read afterwards
  LastValue,  // private, but read after the loop
  Reduction,  // all its uses in the loop are one associative update
  Carried,    // read before it is written: the value of an earlier iteration
};
std::string_view VariableClassName(VariableClass variable_class);

struct Variable {
  NameId name;
  VariableClass variable_class;
  NodeId write;  // where the loop binds it
  NodeId read;   // Carried: where the earlier value is read; LastValue: none
  // LastValue: every iteration that ends without an exception binds it anew.
  bool always_bound = false;
  // LastValue: also read where an exception of the loop is handled.
  bool in_handler = false;
};

// An update of a container that outlives the loop, of a kind that can be replayed in order after
// the iterations have run: nothing in the loop reads the container.
struct Accumulation {
  NodeId site;  // the call, or the assignment target or statement
  WriteHow how;
  ObjectId container;
};

// What stands in the way, with both its ends. `from` and `to` may be the same node: then it is in
// conflict with itself in another iteration.
struct Obstacle {
  std::string_view code;  // stable: "flow-dependence", "unknown-call", ...
  std::string message;
  NodeId from;
  NodeId to;
  NodeId from_via;  // the calls in the loop through which the ends are reached
  NodeId to_via;
  bool concrete = true;  // a dependence that is there; else something not understood
  std::string unlock;    // the smallest change by the user that would remove it
};

// What makes no difference to dependence, but to running iterations in other processes.
struct ProcessHazard {
  std::string_view code;
  std::string message;
  NodeId at;
};

struct LoopVerdict {
  NodeId loop;  // the For, While or comprehension expression
  std::string function;
  std::string_view kind;  // "for", "while", "listcomp", ...
  Verdict verdict = Verdict::Unknown;
  bool reached = false;  // some run of the program, as far as it is known, gets here
  std::vector<Variable> variables;
  std::vector<Accumulation> accumulations;
  std::vector<Obstacle> obstacles;
  std::vector<ProcessHazard> hazards;
  std::vector<std::string> conditions;
};

// All loops of the file, in the order of the source.
std::vector<LoopVerdict> JudgeLoops(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                                    const effects::Facts& facts);

}  // namespace unspool::dependence
