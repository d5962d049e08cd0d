// Control flow of one frame: a module, function, lambda, class body or comprehension. A node is a
// simple statement or one step of a compound one (a test, the fetch of an item, the exit of a
// `with`), and knows which; edges are labelled, those of exceptions apart from the others.
//
// A finally block has a copy for each reason for which it is entered (normal end, exception,
// return, break, continue), so that a way through it goes on as it came; finally blocks inside such
// copies are shared by all reasons, which bounds the size of the graph (docs/decisions/0007). What
// an exit of `with` and the end of a named handler do is a node for each reason in the same way.
//
// Not modelled: exceptions from outside the program (signals, threads) where nothing else raises,
// and frames that are never resumed. Printed by `unspool debug cfg`; data flow: data_flow.h.
#pragma once

#include "semantics/scopes/scopes.h"
#include "syntax/tree.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace unspool::semantics {

enum class CfgPart : uint8_t {
#define UNSPOOL_CFG_PART(Name, word) Name,
#include "semantics/flow/cfg_kinds.def"
};
enum class CfgEdgeKind : uint8_t {
#define UNSPOOL_CFG_EDGE(Name, word) Name,
#include "semantics/flow/cfg_kinds.def"
};
enum class CfgReason : uint8_t {
#define UNSPOOL_CFG_REASON(Name, word) Name,
#include "semantics/flow/cfg_kinds.def"
};
std::string_view WordOf(CfgPart part);
std::string_view WordOf(CfgEdgeKind kind);
std::string_view WordOf(CfgReason reason);

struct CfgEdge {
  uint32_t to;
  CfgEdgeKind kind;
  bool is_raise() const { return kind == CfgEdgeKind::Raise; }
  // Whether an exception is on its way along the edge.
  bool carries_exception() const {
    return is_raise() || kind == CfgEdgeKind::Reraise || kind == CfgEdgeKind::NotCaught;
  }
};

struct CfgNode {
  // The statement, or the part of one with statements below it (ExceptHandler, match_case,
  // withitem, comprehension) that the node belongs to; none for the entry and the exits.
  NodeId ast;
  NodeId code;  // the expression, pattern or target evaluated, where that is not all of `ast`
  CfgPart part = CfgPart::Join;
  CfgReason reason = CfgReason::None;  // which copy of the innermost finally block around, or exit
  bool starts = false;                 // the statement `ast` begins here
  bool may_raise = false;
  bool suspends = false;        // yields or awaits: may be closed or thrown into there
  bool binds_inside = false;    // may read what it has bound itself (`:=`, targets that read)
  bool binds_anything = false;  // `from m import *`, text that is not Python
  // Where the node's slots begin; see the accessors of Cfg.
  uint32_t uses = 0, defs = 0, clears = 0, unbinds = 0, slots_end = 0;
};

// Where a loop, or one copy of it, stands in the graph. Its iterations are the nodes of `first` to
// before `after`.
struct CfgLoop {
  uint32_t setup;   // evaluates the iterable (the test, for `while`)
  uint32_t header;  // fetches the next item (the test, for `while`)
  uint32_t first;   // binds the target (the test, for `while`)
  uint32_t after;   // where control goes when the loop is exhausted
};

class Cfg {
 public:
  // The graph of a scope that is a frame of its own: any but type parameters.
  static Cfg Build(const syntax::Tree& tree, const ScopeTree& scopes, ScopeId scope);

  const std::vector<CfgNode>& nodes() const { return nodes_; }
  uint32_t entry() const { return 0; }
  uint32_t exit() const { return 1; }
  uint32_t raise_exit() const { return 2; }
  ScopeId scope() const { return scope_; }

  std::span<const CfgEdge> EdgesFrom(uint32_t node) const {
    return {edges_.data() + edge_begin_[node], edges_.data() + edge_begin_[node + 1]};
  }
  size_t edge_count() const { return edges_.size(); }

  // Slots of the scope read at a node (before its bindings, but see `binds_inside`), those
  // certainly bound once it has ended without an exception, those bound or unbound, certainly or
  // not, and those of them that may be unbound (`del`).
  std::span<const uint32_t> Uses(uint32_t node) const {
    return {slots_.data() + nodes_[node].uses, slots_.data() + nodes_[node].defs};
  }
  std::span<const uint32_t> Defs(uint32_t node) const {
    return {slots_.data() + nodes_[node].defs, slots_.data() + nodes_[node].clears};
  }
  std::span<const uint32_t> Clears(uint32_t node) const {
    return {slots_.data() + nodes_[node].clears, slots_.data() + nodes_[node].unbinds};
  }
  std::span<const uint32_t> Unbinds(uint32_t node) const {
    return {slots_.data() + nodes_[node].unbinds, slots_.data() + nodes_[node].slots_end};
  }

  // The copies of a loop: one, but in finally blocks; none for code that is not in the graph.
  std::span<const CfgLoop> LoopsAt(NodeId statement) const;
  // All of them, with their statements, in the order of the nodes.
  const std::vector<std::pair<NodeId, CfgLoop>>& loops() const { return loops_; }

  // The nodes with which a statement begins, one a copy, in ascending order.
  std::vector<uint32_t> StartsOf(NodeId statement) const;

 private:
  friend class CfgBuilder;

  ScopeId scope_;
  std::vector<CfgNode> nodes_;
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> edge_begin_;
  std::vector<CfgEdge> edges_;
  std::vector<std::pair<NodeId, CfgLoop>> loops_;
  std::vector<CfgLoop> loops_by_statement_;
  std::unordered_map<uint32_t, std::pair<uint32_t, uint32_t>> loops_at_;
};

}  // namespace unspool::semantics
