#include "syntax/linked_tree.h"

#include "base/check.h"

#include <algorithm>

namespace unspool::syntax {

// Copies nodes, moving what they refer to.
class TreeLinker {
 public:
  TreeLinker(Tree& into, const Tree& from, uint32_t text_offset)
      : into_(into),
        from_(from),
        text_offset_(text_offset),
        nodes_(Size(into.nodes_)),
        words_(Size(into.words_)),
        constants_(Size(into.constants_)),
        pool_(static_cast<uint32_t>(into.pool_.size())) {}

  void Run() {
    for (uint32_t name = 0; name < from_.names_.size(); ++name) {
      names_.push_back(into_.names_.Intern(from_.names_.Text(NameId(name))).value());
    }
    for (size_t index = 0; index < from_.constants_.size(); ++index) {
      struct Constant constant = from_.constants_[index];
      constant.offset += constant.in_pool ? pool_ : text_offset_;
      into_.constants_.Push(constant);
    }
    into_.pool_ += from_.pool_;
    // Counts of lists are copied as they are; the words that mean something are moved below.
    for (size_t index = 0; index < from_.words_.size(); ++index) {
      into_.words_.Push(from_.words_[index]);
    }
    for (uint32_t index = 0; index < from_.size(); ++index) CopyNode(NodeId(index));
  }

 private:
  template <typename T>
  static uint32_t Size(const PodBuffer<T>& buffer) {
    return static_cast<uint32_t>(buffer.size());
  }

  void CopyNode(NodeId id) {
    NodeHeader node = from_.nodes_[id.value()];
    node.begin += text_offset_;
    node.end += text_offset_;
    const std::span<const FieldInfo> fields = InfoOf(node.kind).fields;
    if (fields.size() == 1) {
      node.payload = Moved(fields[0].type, node.payload);
    } else if (fields.size() > 1) {
      for (uint32_t field = 0; field < fields.size(); ++field) {
        const uint32_t word = from_.words_[node.payload + field];
        into_.words_[words_ + node.payload + field] = Moved(fields[field].type, word);
      }
      node.payload += words_;
    }
    into_.nodes_.Push(node);
  }

  uint32_t Moved(FieldType type, uint32_t word) {
    switch (type) {
      case FieldType::Child:
      case FieldType::OptionalChild:
        return MovedNode(word);
      case FieldType::Children:
      case FieldType::OptionalChildren:
        return MovedList(word, [&](uint32_t child) { return MovedNode(child); });
      case FieldType::Name:
      case FieldType::OptionalName:
        return MovedName(word);
      case FieldType::Names:
        return MovedList(word, [&](uint32_t name) { return MovedName(name); });
      case FieldType::Ops:
        return MovedList(word, [](uint32_t op) { return op; });
      case FieldType::Constant:
        return word + constants_;
      case FieldType::Op:
      case FieldType::Int:
        return word;
    }
    return word;
  }

  uint32_t MovedNode(uint32_t node) const {
    return NodeId(node).has_value() ? node + nodes_ : node;
  }
  uint32_t MovedName(uint32_t name) const { return NameId(name).has_value() ? names_[name] : name; }
  template <typename Move>
  uint32_t MovedList(uint32_t word, Move&& move) {
    const std::span<const uint32_t> items = from_.List(word);
    for (size_t index = 0; index < items.size(); ++index) {
      into_.words_[words_ + word + 1 + index] = move(items[index]);
    }
    return words_ + word;
  }

  Tree& into_;
  const Tree& from_;
  const uint32_t text_offset_;
  const uint32_t nodes_, words_, constants_, pool_;  // what stands there already
  std::vector<uint32_t> names_;                      // by name of `from_`
};

std::unique_ptr<const LinkedTree> LinkTrees(std::span<const Tree* const> trees) {
  UNSPOOL_CHECK(!trees.empty());
  auto linked = std::make_unique<LinkedTree>();
  for (const Tree* tree : trees) {
    linked->parts.emplace_back().text_offset = static_cast<uint32_t>(linked->text.size());
    linked->text += tree->text();
    linked->text += '\n';
  }
  UNSPOOL_CHECK(linked->text.size() < UINT32_MAX);
  const std::string_view text = linked->text;
  auto tree = std::make_unique<Tree>(text.substr(0, trees[0]->text().size()));
  tree->all_text_ = text;
  for (size_t index = 0; index < trees.size(); ++index) {
    LinkedPart& part = linked->parts[index];
    part.first_node = static_cast<uint32_t>(tree->size());
    TreeLinker(*tree, *trees[index], part.text_offset).Run();
    part.root = NodeId(static_cast<uint32_t>(tree->size() - 1));
  }
  tree->root_ = linked->parts[0].root;
  linked->tree = std::move(tree);
  return linked;
}

size_t LinkedTree::PartOf(NodeId node) const {
  const auto at = std::ranges::lower_bound(parts, node, {}, &LinkedPart::root);
  UNSPOOL_CHECK(at != parts.end());
  return static_cast<size_t>(at - parts.begin());
}

}  // namespace unspool::syntax
