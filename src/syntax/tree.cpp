#include "syntax/tree.h"

#include <array>

namespace unspool::syntax {

namespace {

// The field tables, one array a kind. The unused last entry keeps kinds without fields legal.
#define UNSPOOL_NODE(Kind, Category, HasContext) constexpr FieldInfo k##Kind##Fields[] = {
#define UNSPOOL_FIELD(Kind, field, Type) {#field, FieldType::Type},
#define UNSPOOL_END(Kind) \
  {                       \
    "", FieldType::Int    \
  }                       \
  }                       \
  ;
#include "syntax/nodes.def"

constexpr KindInfo kKinds[] = {
#define UNSPOOL_NODE(Kind, CategoryName, HasContext) \
  {#Kind, Category::CategoryName, HasContext,        \
   std::span<const FieldInfo>(k##Kind##Fields).first(std::size(k##Kind##Fields) - 1)},
#include "syntax/nodes.def"
};

constexpr std::string_view kOperatorNames[] = {
    "And", "Or",     "Add",    "Sub",   "Mult",   "MatMult", "Div",      "Mod",
    "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd",  "FloorDiv", "Invert",
    "Not", "UAdd",   "USub",   "Eq",    "NotEq",  "Lt",      "LtE",      "Gt",
    "GtE", "Is",     "IsNot",  "In",    "NotIn",
};

}  // namespace

const KindInfo& InfoOf(NodeKind kind) {
  return kKinds[static_cast<size_t>(kind)];
}

std::string_view OperatorName(Operator op) {
  return kOperatorNames[static_cast<size_t>(op)];
}

base::IdVector<NodeId, NodeId> ParentsOf(const Tree& tree) {
  base::IdVector<NodeId, NodeId> parents(tree.size());
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    ForEachChild(tree, id, [&](NodeId child) { parents[child] = id; });
  }
  return parents;
}

base::IdVector<NodeId, NodeId> SubtreeStartsOf(const Tree& tree) {
  base::IdVector<NodeId, NodeId> starts(tree.size());
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    NodeId start = id;
    ForEachChild(tree, id, [&](NodeId child) { start = std::min(start, starts[child]); });
    starts[id] = start;
  }
  return starts;
}

}  // namespace unspool::syntax
