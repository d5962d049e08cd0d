// Control flow of one function or module, a node a simple statement or header, with the edges that
// exceptions take apart from the others. Data-flow questions on it are answered in cfg_region.h.
#pragma once

#include "semantics/scopes.h"
#include "syntax/tree.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace unspool::semantics {

struct CfgNode {
  NodeId ast;                    // the statement; none for the entry and exit nodes
  std::vector<uint32_t> next;    // successors in normal flow
  std::vector<uint32_t> raises;  // handlers reached when this node raises
  std::vector<uint32_t> uses;    // slots of the scope read here (before its definitions)
  std::vector<uint32_t> defs;    // slots certainly bound here
  std::vector<uint32_t> clears;  // slots bound or unbound here, certainly or not
};

// Where a loop stands in the graph.
struct CfgLoop {
  uint32_t setup;   // evaluates the iterable (the test, for `while`)
  uint32_t header;  // binds the target
  uint32_t after;   // where control goes when the loop is exhausted
};

class Cfg {
 public:
  // The graph of a function, lambda or module scope.
  static Cfg Build(const syntax::Tree& tree, const ScopeTree& scopes, ScopeId scope);

  const std::vector<CfgNode>& nodes() const { return nodes_; }
  uint32_t entry() const { return 0; }
  uint32_t exit() const { return 1; }
  ScopeId scope() const { return scope_; }
  const CfgLoop* LoopAt(NodeId statement) const;
  // All of them, by the value of the statement's id.
  const std::unordered_map<uint32_t, CfgLoop>& loops() const { return loops_; }

 private:
  friend class CfgBuilder;
  ScopeId scope_;
  std::vector<CfgNode> nodes_;
  std::unordered_map<uint32_t, CfgLoop> loops_;
};

}  // namespace unspool::semantics
