#include "devtools/scope_lines.h"

#include <optional>

namespace unspool::devtools {

using syntax::NodeId;
using syntax::NodeKind;

namespace {

bool OpensScope(NodeKind kind) {
  switch (kind) {
    case NodeKind::Lambda:
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::DictComp:
    case NodeKind::GeneratorExp:
      return true;
    default:
      return false;
  }
}

}  // namespace

ScopeLines::ScopeLines(const source::SourceFile& file, const syntax::Tree& tree,
                       syntax::Version target)
    : file_(file), tree_(tree) {
  if (target >= syntax::Version{3, 12}) return;
  // Children have smaller ids than their parents: the outermost f-strings are met first.
  std::vector<bool> seen(tree.size());
  std::optional<syntax::FieldPositions> positions;
  for (uint32_t index = static_cast<uint32_t>(tree.size()); index-- > 0;) {
    if (tree.kind(NodeId(index)) == NodeKind::JoinedStr && !seen[index]) {
      if (!positions) positions.emplace(tree.text(), target);
      ReadFString(NodeId(index), *positions, seen);
    }
  }
}

uint32_t ScopeLines::LineOf(NodeId node) const {
  auto moved = moved_.find(node.value());
  return moved != moved_.end() ? moved->second : file_.PositionOf(tree_.begin(node)).row;
}

void ScopeLines::ReadFString(NodeId top, syntax::FieldPositions& positions,
                             std::vector<bool>& seen) {
  struct Visit {
    NodeId node;
    NodeId parent;
    uint32_t parent_field = 0;
    syntax::FStringPlace parent_place;
  };
  std::vector<Visit> stack{{top, top, 0, {}}};
  std::vector<Visit> children;
  while (!stack.empty()) {
    const Visit visit = stack.back();
    stack.pop_back();
    const NodeId node = visit.node;
    const syntax::FStringPlace place = syntax::PlaceInFString(
        positions, tree_, visit.parent, visit.parent_field, visit.parent_place, node);
    if (tree_.kind(node) == NodeKind::JoinedStr) seen[node.value()] = true;
    if (OpensScope(tree_.kind(node))) {
      syntax::LineColumn begin = positions.BeginOf(place.in_field, tree_.begin(node));
      syntax::LineColumn end = positions.EndOf(place.in_field, tree_.end(node));
      if (place.in_field != visit.parent_place.in_field) {
        positions.Parenthesize(place.in_field, tree_, node, begin, end);
      }
      moved_[node.value()] = begin.line;
    }
    // Fields of f-strings are asked for in source order.
    children.clear();
    const auto fields = syntax::InfoOf(tree_.kind(node)).fields;
    for (uint32_t field = 0; field < fields.size(); ++field) {
      const uint32_t word = tree_.Word(node, field);
      switch (fields[field].type) {
        case syntax::FieldType::Child:
        case syntax::FieldType::OptionalChild:
          if (NodeId(word)) children.push_back({NodeId(word), node, field, place});
          break;
        case syntax::FieldType::Children:
        case syntax::FieldType::OptionalChildren:
          for (uint32_t item : tree_.List(word)) {
            if (NodeId(item)) children.push_back({NodeId(item), node, field, place});
          }
          break;
        default:
          break;
      }
    }
    stack.insert(stack.end(), children.rbegin(), children.rend());
  }
}

}  // namespace unspool::devtools
