// The variables that a loop's body binds, classed by the flow of the function around: private to
// the iteration, carried from one to the next, reduced, or used after the loop.
#pragma once

#include "dependence/loop_verdict.h"

#include <memory>

namespace unspool::dependence {

class LoopVariables {
 public:
  LoopVariables(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                const effects::Facts& facts, const base::IdVector<NodeId, NodeId>& parents,
                const base::IdVector<NodeId, NodeId>& starts);
  ~LoopVariables();

  // Adds the variables of one loop, and what they put in the way.
  void Judge(LoopVerdict& verdict, NodeId loop);

 private:
  class Flow;
  std::unique_ptr<Flow> flow_;
};

}  // namespace unspool::dependence
