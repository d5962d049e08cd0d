// Builds the graph of one frame; see cfg.h. Blocks are built in source order. Statements nest no
// deeper than CPython lets them be indented (the lexer refuses more), so that building them may
// recurse; chains of `elif`, and expressions, are walked with loops.
#pragma once

#include "base/sparse_set.h"
#include "semantics/flow/cfg.h"
#include "syntax/views.h"

#include <array>
#include <vector>

namespace unspool::semantics {

using syntax::NodeKind;
using syntax::NodeList;
using syntax::Tree;

class CfgBuilder {
 public:
  CfgBuilder(const Tree& tree, const ScopeTree& scopes, ScopeId scope);
  Cfg Run();

 private:
  // An edge that is still without its end.
  struct Loose {
    uint32_t from;
    CfgEdgeKind kind;
  };
  using Frontier = std::vector<Loose>;
  static constexpr size_t kReasons = static_cast<size_t>(CfgReason::Any) + 1;
  static constexpr uint32_t kNone = UINT32_MAX;

  // What stands between a jump and where it leads: the ends of loops, and what has to be done on
  // the way out (a finally block, __exit__, unbinding a handler's name).
  struct Context {
    bool is_loop = false;
    uint32_t header = kNone;  // of the loop
    Frontier breaks;
    NodeId cleanup;     // Try or TryStar, With or AsyncWith, ExceptHandler
    uint32_t item = 0;  // which of the `with`
    uint32_t outer_raise = kNone;
    uint32_t exception_entry = kNone;
    // What enters the cleanup for each other reason.
    std::array<Frontier, kReasons> entering;
  };

  // ---- nodes and edges (cfg_builder.cpp) ----
  uint32_t Add(CfgPart part, NodeId ast, NodeId code = NodeId());
  void Edge(uint32_t from, uint32_t to, CfgEdgeKind kind);
  void Connect(uint32_t to);
  // Adds a node after the frontier, and makes it the frontier.
  uint32_t Step(CfgPart part, NodeId ast, NodeId code = NodeId());
  // The node raises where exceptions go now. Nothing is added for what cannot raise.
  void Raises(uint32_t node);
  void Become(uint32_t from, CfgEdgeKind kind) { frontier_.assign(1, {from, kind}); }
  void Append(const Frontier& more) { frontier_.insert(frontier_.end(), more.begin(), more.end()); }
  Cfg Finish();

  // ---- names (cfg_names.cpp) ----
  // The uses, bindings and yields of an expression, target or simple statement; those that are not
  // targets may not happen.
  void Use(uint32_t node, NodeId expression);
  void Define(uint32_t node, NodeId target);
  void DefineName(uint32_t node, NameId name);
  void DefineSlot(uint32_t node, uint32_t slot);
  void DefineParameters(uint32_t node, NodeId arguments);
  void DefineCaptures(uint32_t node, NodeId pattern);
  void UseArguments(uint32_t node, NodeId arguments);
  void UsePattern(uint32_t node, NodeId pattern);
  void Collect(uint32_t node, NodeId root, bool certain);
  void CollectName(uint32_t node, NodeId id, bool certain);
  bool Suspends(NodeId id) const;
  bool IsPlainLocal(NodeId target) const;
  bool CannotRaise(NodeId statement) const;
  void SealSlots(uint32_t node);

  // ---- statements (cfg_builder.cpp) ----
  void Block(NodeList statements);
  void Statement(NodeId id);
  void Simple(NodeId id);
  void CollectStatement(uint32_t node, NodeId id);
  void If(NodeId id);
  void Assert(NodeId id);
  void Match(NodeId id);
  // A node for a condition, and where control goes when it is true and when it is not.
  struct Branches {
    Frontier when_true, when_false;
  };
  Branches Test(CfgPart part, NodeId ast, NodeId test);
  void Comprehension(NodeId id);

  // ---- jumps (cfg_jumps.cpp) ----
  void For(NodeId id, NodeId iter, NodeId target, NodeList body, NodeList orelse, bool is_async);
  void While(NodeId id);
  void LoopBody(NodeId id, CfgLoop loop, Frontier exhausted, NodeList body, NodeList orelse);
  void Try(NodeId id);
  void Handlers(NodeId id, NodeList handlers, uint32_t dispatch, Frontier& ends);
  void StarHandlers(NodeId id, NodeList handlers, uint32_t dispatch, Frontier& ends);
  void HandlerBody(NodeId handler);
  void With(NodeId id);
  // The frontier leaves for where the reason leads: the next cleanup, the loop, the exit.
  void Leave(CfgReason reason);
  void OpenCleanup(NodeId cleanup, uint32_t item);
  // Builds what the innermost cleanup does for each reason. The frontier is its normal end before
  // and after.
  void CloseCleanup();
  void CopyCleanup(const Context& context, CfgReason reason, Frontier& normal_end);
  bool IsFinally(const Context& context) const;
  // What it does, after the frontier.
  void RunCleanup(const Context& context);
  void KeepLabels(const Context& context);
  void Onward(const Context& context, CfgReason reason, Frontier& normal_end);

  const Tree& tree_;
  const ScopeTree& scopes_;
  const ScopeId scope_;
  bool binds_locals_ = false;  // a store of a local is just that: functions
  Cfg out_;
  std::vector<std::pair<uint32_t, CfgEdge>> edges_;
  Frontier frontier_;
  uint32_t raise_target_ = kNone;
  CfgReason reason_ = CfgReason::None;
  uint32_t finally_depth_ = 0;
  std::vector<Context> contexts_;
  // Of the node being made.
  std::vector<uint32_t> uses_, defs_, clears_, unbinds_;
  base::SparseSet seen_;
};

// Whether a literal decides a test, and which way it goes then.
enum class Truth : uint8_t { Unknown, True, False };
Truth TruthOfLiteral(const Tree& tree, NodeId test);
Truth TruthOf(const Tree& tree, NodeId test);

}  // namespace unspool::semantics
