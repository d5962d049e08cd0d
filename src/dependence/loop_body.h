// The one walk over a loop's body that knows whose a `break` or `continue` is: the loop's own, or
// one of a loop within it. An inner loop's `else` belongs to the outer one again.
#pragma once

#include "syntax/views.h"

#include <utility>
#include <vector>

namespace unspool::dependence {

// The statements of a `for` or `while` body.
inline syntax::NodeList BodyOfLoop(const syntax::Tree& tree, syntax::NodeId loop) {
  uint32_t field = tree.kind(loop) == syntax::NodeKind::While ? 1 : 2;
  return syntax::NodeList(tree.List(tree.Word(loop, field)));
}

// Visits all nodes of the body as visit(node, own): `own` says whether a `break` or `continue`
// there would be that of this loop. It answers whether to go below the node.
template <typename Visit>
void WalkLoopBody(const syntax::Tree& tree, syntax::NodeId loop, Visit&& visit) {
  using syntax::NodeId;
  using syntax::NodeKind;
  std::vector<std::pair<NodeId, bool>> stack;
  for (NodeId statement : BodyOfLoop(tree, loop)) stack.emplace_back(statement, true);
  while (!stack.empty()) {
    auto [id, own] = stack.back();
    stack.pop_back();
    if (!visit(id, own)) continue;
    NodeKind kind = tree.kind(id);
    bool is_loop = kind == NodeKind::For || kind == NodeKind::AsyncFor || kind == NodeKind::While;
    if (!is_loop) {
      syntax::ForEachChild(tree, id,
                           [&, is_own = own](NodeId child) { stack.emplace_back(child, is_own); });
      continue;
    }
    uint32_t body = kind == NodeKind::While ? 1 : 2;
    for (NodeId child : syntax::NodeList(tree.List(tree.Word(id, body)))) {
      stack.emplace_back(child, false);
    }
    for (NodeId child : syntax::NodeList(tree.List(tree.Word(id, body + 1)))) {
      stack.emplace_back(child, own);
    }
    stack.emplace_back(NodeId(tree.Word(id, 0)), false);
    if (kind != NodeKind::While) stack.emplace_back(NodeId(tree.Word(id, 1)), false);
  }
}

}  // namespace unspool::dependence
