// What the nodes of a graph read and bind.
#include "semantics/flow/cfg_builder.h"

#include <algorithm>

namespace unspool::semantics {

using namespace syntax;

void CfgBuilder::SealSlots(uint32_t node) {
  CfgNode& at = out_.nodes_[node];
  // Each once, in the order of the text.
  auto put = [&](std::vector<uint32_t>& slots) {
    const uint32_t begin = static_cast<uint32_t>(out_.slots_.size());
    for (uint32_t slot : slots) {
      if (seen_.Has(slot)) continue;
      seen_.Add(slot);
      out_.slots_.push_back(slot);
    }
    seen_.Clear();
    slots.clear();
    return begin;
  };
  at.uses = put(uses_);
  at.defs = put(defs_);
  at.clears = put(clears_);
  at.unbinds = put(unbinds_);
  at.slots_end = static_cast<uint32_t>(out_.slots_.size());
}

void CfgBuilder::Use(uint32_t node, NodeId expression) {
  if (expression) Collect(node, expression, false);
}

void CfgBuilder::Define(uint32_t node, NodeId target) {
  Collect(node, target, true);
}

void CfgBuilder::DefineSlot(uint32_t node, uint32_t slot) {
  UNSPOOL_DCHECK(node + 1 == out_.nodes_.size());
  defs_.push_back(slot);
  clears_.push_back(slot);
}

void CfgBuilder::DefineName(uint32_t node, NameId name) {
  const Resolution resolution = scopes_.Resolve(scope_, name);
  if (resolution.scope == scope_) DefineSlot(node, resolution.slot);
}

void CfgBuilder::DefineParameters(uint32_t node, NodeId arguments_id) {
  argumentsView arguments(tree_, arguments_id);
  auto define = [&](NodeId arg) {
    if (arg) DefineName(node, argView(tree_, arg).arg());
  };
  for (NodeId arg : arguments.posonlyargs()) define(arg);
  for (NodeId arg : arguments.args()) define(arg);
  define(arguments.vararg());
  for (NodeId arg : arguments.kwonlyargs()) define(arg);
  define(arguments.kwarg());
}

// Defaults are evaluated where a function is made; annotations may be.
void CfgBuilder::UseArguments(uint32_t node, NodeId arguments_id) {
  argumentsView arguments(tree_, arguments_id);
  for (NodeId value : arguments.defaults()) Use(node, value);
  for (NodeId value : arguments.kw_defaults()) Use(node, value);
  auto annotation = [&](NodeId arg) {
    if (arg) Use(node, argView(tree_, arg).annotation());
  };
  for (NodeId arg : arguments.posonlyargs()) annotation(arg);
  for (NodeId arg : arguments.args()) annotation(arg);
  annotation(arguments.vararg());
  for (NodeId arg : arguments.kwonlyargs()) annotation(arg);
  annotation(arguments.kwarg());
}

void CfgBuilder::UsePattern(uint32_t node, NodeId pattern) {
  std::vector<NodeId> stack = {pattern};
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    if (InfoOf(tree_.kind(id)).category == Category::Expr) {
      Use(node, id);
    } else {
      ForEachChild(tree_, id, [&](NodeId child) { stack.push_back(child); });
    }
  }
}

// All names of a pattern are bound once it has matched as a whole: alternatives bind the same.
void CfgBuilder::DefineCaptures(uint32_t pattern_node, NodeId pattern) {
  std::vector<NameId> names;
  std::vector<NodeId> stack = {pattern};
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    NameId name;
    if (tree_.kind(id) == NodeKind::MatchAs) name = MatchAsView(tree_, id).name();
    if (tree_.kind(id) == NodeKind::MatchStar) name = MatchStarView(tree_, id).name();
    if (tree_.kind(id) == NodeKind::MatchMapping) name = MatchMappingView(tree_, id).rest();
    if (name) names.push_back(name);
    if (InfoOf(tree_.kind(id)).category == Category::Expr) continue;
    ForEachChild(tree_, id, [&](NodeId child) { stack.push_back(child); });
  }
  if (names.empty()) return;
  const uint32_t node =
      Step(CfgPart::Capture, out_.nodes_[pattern_node].ast, out_.nodes_[pattern_node].code);
  for (NameId name : names) DefineName(node, name);
  if (!binds_locals_) Raises(node);
}

void CfgBuilder::CollectName(uint32_t node, NodeId id, bool certain) {
  const Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(id), NameView(tree_, id).id());
  if (resolution.scope != scope_) return;
  switch (tree_.context(id)) {
    case ExprContext::Load:
      uses_.push_back(resolution.slot);
      if (certain) out_.nodes_[node].binds_inside = true;
      break;
    case ExprContext::Store:
      clears_.push_back(resolution.slot);
      if (certain) {
        defs_.push_back(resolution.slot);
      } else {
        out_.nodes_[node].binds_inside = true;
      }
      break;
    case ExprContext::Del:
      // Deleting a name that is not bound is an error.
      clears_.push_back(resolution.slot);
      unbinds_.push_back(resolution.slot);
      uses_.push_back(resolution.slot);
      break;
  }
}

// Bodies of lambdas inside are not entered: what they read lives in cells, and a captured name
// never counts as dead (see the callers of Symbol::captured). Class bodies are, with all methods.
void CfgBuilder::Collect(uint32_t node, NodeId root, bool certain) {
  UNSPOOL_DCHECK(node + 1 == out_.nodes_.size());
  // A binding inside a larger expression, or inside a comprehension, may not happen.
  struct Item {
    NodeId id;
    bool certain;
  };
  std::vector<Item> stack = {{root, certain}};
  while (!stack.empty()) {
    const auto [id, is_certain] = stack.back();
    stack.pop_back();
    switch (tree_.kind(id)) {
      case NodeKind::Name:
        CollectName(node, id, is_certain);
        break;
      case NodeKind::Lambda: {
        argumentsView arguments(tree_, LambdaView(tree_, id).args());
        for (NodeId child : arguments.defaults()) stack.push_back({child, false});
        for (NodeId child : arguments.kw_defaults()) {
          if (child) stack.push_back({child, false});
        }
        break;
      }
      default: {
        if (Suspends(id)) out_.nodes_[node].suspends = true;
        const size_t children = stack.size();
        ForEachChild(tree_, id, [&](NodeId child) { stack.push_back({child, is_certain}); });
        std::reverse(stack.begin() + static_cast<ptrdiff_t>(children), stack.end());
        break;
      }
    }
  }
}

// An asynchronous comprehension suspends the frame around it, other than a generator expression.
bool CfgBuilder::Suspends(NodeId id) const {
  const NodeKind kind = tree_.kind(id);
  const bool is_comprehension = kind == NodeKind::comprehension;
  if (is_comprehension && !comprehensionView(tree_, id).is_async()) return false;
  if (!is_comprehension && kind != NodeKind::Yield && kind != NodeKind::YieldFrom &&
      kind != NodeKind::Await) {
    return false;
  }
  ScopeId scope = scopes_.ScopeAt(id);
  while (scope != scope_) {
    const bool runs_here = scopes_[scope].kind == ScopeKind::Comprehension &&
                           tree_.kind(scopes_[scope].node) != NodeKind::GeneratorExp;
    if (!runs_here) return false;
    scope = scopes_[scope].parent;
  }
  return true;
}

// Storing there cannot do anything but bind a local variable.
bool CfgBuilder::IsPlainLocal(NodeId target) const {
  if (!binds_locals_ || tree_.kind(target) != NodeKind::Name) return false;
  const Resolution resolution = scopes_.Resolve(scope_, NameView(tree_, target).id());
  return resolution.scope == scope_ || resolution.kind == NameKind::Cell;
}

bool CfgBuilder::CannotRaise(NodeId statement) const {
  auto is_constant = [&](NodeId id) { return !id || tree_.kind(id) == NodeKind::Constant; };
  switch (tree_.kind(statement)) {
    case NodeKind::Pass:
    case NodeKind::Break:
    case NodeKind::Continue:
    case NodeKind::Global:
    case NodeKind::Nonlocal:
      return true;
    case NodeKind::Expr:
      return is_constant(ExprView(tree_, statement).value());
    case NodeKind::Return:
      return is_constant(ReturnView(tree_, statement).value());
    case NodeKind::Assign: {
      AssignView assign(tree_, statement);
      if (!is_constant(assign.value())) return false;
      bool plain = true;
      for (NodeId target : assign.targets()) plain &= IsPlainLocal(target);
      return plain;
    }
    default:
      return false;
  }
}

}  // namespace unspool::semantics
