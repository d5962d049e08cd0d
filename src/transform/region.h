// The loop or comprehension as the planner sees it: its parts, the names its body reads and from
// where, and the updates that the parent has to replay.
#pragma once

#include "dependence/loop_verdict.h"
#include "effects/facts.h"
#include "semantics/scopes/scopes.h"
#include "syntax/views.h"

#include <string>
#include <vector>

namespace unspool::transform {

using dependence::LoopVerdict;
using syntax::NameId;
using syntax::NodeId;

// A name that the body reads and that the iteration does not bind itself.
struct FreeName {
  NameId name;
  semantics::Resolution resolution;
  NodeId first_use;
};

// One update of a container, as a statement of the body.
struct Update {
  NodeId statement;               // the whole statement
  NodeId receiver;                // the expression for the container
  std::vector<NodeId> arguments;  // what is stored: the key (if any) first, as it is written
  dependence::WriteHow how;
};

struct Region {
  NodeId loop;
  NodeId target;
  NodeId iter;
  bool is_statement = false;
  std::vector<NodeId> body;  // statements (a loop), or none
  std::vector<NameId> target_names;
  std::vector<FreeName> free_names;
  std::vector<Update> updates;
  std::vector<NodeId> continues;  // of the loop itself
  std::vector<NameId> rebound;    // names that the body binds
  // Those of them that are used after the loop, and that every iteration binds.
  std::vector<NameId> last_values;
};

// Reads a region off the tree. What does not fit is said in `problem`.
struct RegionResult {
  Region region;
  std::string problem;  // empty: none
  NodeId problem_at;
};
RegionResult ReadRegion(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                        const LoopVerdict& verdict, const base::IdVector<NodeId, NodeId>& parents,
                        const base::IdVector<NodeId, NodeId>& starts);

// Names bound by an assignment target; false where it is more than names and tuples of names.
bool CollectTargetNames(const syntax::Tree& tree, NodeId target, std::vector<NameId>& names);

}  // namespace unspool::transform
