// The syntax tree of one file: flat, immutable once the parser returns it.
//
// Nodes are numbered in post-order: children come before their parent, and the subtree of a node is
// a contiguous range of ids that ends with the node itself. Each node has a header of 16 bytes
// (kind, context, byte range) and, where it has more than one field, a run of 32-bit words, one a
// field, in the order of nodes.def. Lists are runs of words behind a count. Later phases keep what
// they learn in side tables indexed by NodeId. Printed by `unspool debug ast`.
#pragma once

#include "base/ids.h"
#include "base/interner.h"
#include "syntax/pod_buffer.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::syntax {

struct LinkedTree;  // linked_tree.h
struct NodeTag;
using NodeId = base::Id<NodeTag>;
struct ConstantTag;
using ConstantId = base::Id<ConstantTag>;
using base::NameId;

enum class NodeKind : uint8_t {
#define UNSPOOL_NODE(Kind, Category, HasContext) Kind,
#include "syntax/nodes.def"
};

enum class Category : uint8_t { Mod, Stmt, Expr, Part };

enum class FieldType : uint8_t {
  Child,
  OptionalChild,
  Children,
  OptionalChildren,
  Name,
  OptionalName,
  Names,
  Op,
  Ops,
  Int,
  Constant,
};

enum class ExprContext : uint8_t { Load, Store, Del };

// clang-format off
enum class Operator : uint8_t {
  And, Or,
  Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv,
  Invert, Not, UAdd, USub,
  Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn,
};
// clang-format on

// The class name CPython's tree uses: "Add", "NotIn", ...
std::string_view OperatorName(Operator op);

enum class ConstantKind : uint8_t { None, True, False, Ellipsis, Int, Float, Imag, Str, Bytes };

// A literal's value. Numbers are kept as the text of their token, strings as their decoded content:
// UTF-8, with lone surrogates as their three-byte form (WTF-8); bytes as they are.
struct Constant {
  ConstantKind kind = ConstantKind::None;
  bool u_prefix = false;  // u"..." (CPython keeps it as kind='u')
  bool in_pool = false;   // the text lies in the tree's pool, else in the source text
  uint32_t offset = 0;
  uint32_t length = 0;
};

struct NodeHeader {
  uint32_t begin;  // byte offsets into the decoded text
  uint32_t end;
  NodeKind kind;
  ExprContext context;
  uint16_t unused;
  uint32_t payload;  // the only field, or where the fields start in the words
};
static_assert(sizeof(NodeHeader) == 16);

struct FieldInfo {
  std::string_view name;
  FieldType type;
};

struct KindInfo {
  std::string_view name;
  Category category;
  bool has_context;
  std::span<const FieldInfo> fields;
};

const KindInfo& InfoOf(NodeKind kind);

class Tree {
 public:
  // `text` is the decoded source (UTF-8); it must outlive the tree.
  explicit Tree(std::string_view text) : text_(text), all_text_(text) {}

  NodeId root() const { return root_ ? root_ : NodeId(static_cast<uint32_t>(nodes_.size() - 1)); }
  size_t size() const { return nodes_.size(); }
  std::string_view text() const { return text_; }

  NodeKind kind(NodeId id) const { return nodes_[id.value()].kind; }
  uint32_t begin(NodeId id) const { return nodes_[id.value()].begin; }
  uint32_t end(NodeId id) const { return nodes_[id.value()].end; }
  ExprContext context(NodeId id) const { return nodes_[id.value()].context; }
  std::string_view TextOf(NodeId id) const {
    return all_text_.substr(begin(id), end(id) - begin(id));
  }

  // The raw word of a field, by its position in nodes.def.
  uint32_t Word(NodeId id, uint32_t field) const {
    const NodeHeader& node = nodes_[id.value()];
    return InfoOf(node.kind).fields.size() == 1 ? node.payload : words_[node.payload + field];
  }
  // The items of a list field, from its word.
  std::span<const uint32_t> List(uint32_t word) const {
    return std::span<const uint32_t>(words_.data() + word + 1, words_[word]);
  }

  std::string_view Name(NameId id) const { return names_.Text(id); }
  const base::Interner& names() const { return names_; }

  const struct Constant& constant(ConstantId id) const { return constants_[id.value()]; }
  std::string_view ConstantText(const struct Constant& constant) const {
    std::string_view from = constant.in_pool ? std::string_view(pool_) : all_text_;
    return from.substr(constant.offset, constant.length);
  }

 private:
  friend class TreeBuilder;
  friend class TreeLinker;
  friend std::unique_ptr<const LinkedTree> LinkTrees(std::span<const Tree* const> trees);

  std::string_view text_;
  std::string_view all_text_;  // of linked trees: what the ranges of all nodes mean
  NodeId root_;                // of linked trees; else the last node
  PodBuffer<NodeHeader> nodes_;
  PodBuffer<uint32_t> words_;
  PodBuffer<struct Constant> constants_;
  std::string pool_;
  base::Interner names_;
};

// A list of nodes, some of which may be none in an OptionalChildren list.
class NodeList {
 public:
  explicit NodeList(std::span<const uint32_t> words) : words_(words) {}
  class Iterator {
   public:
    explicit Iterator(const uint32_t* at) : at_(at) {}
    NodeId operator*() const { return NodeId(*at_); }
    Iterator& operator++() { return ++at_, *this; }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const uint32_t* at_;
  };
  Iterator begin() const { return Iterator(words_.data()); }
  Iterator end() const { return Iterator(words_.data() + words_.size()); }
  size_t size() const { return words_.size(); }
  bool empty() const { return words_.empty(); }
  NodeId operator[](size_t index) const { return NodeId(words_[index]); }
  NodeId front() const { return NodeId(words_.front()); }
  NodeId back() const { return NodeId(words_.back()); }

 private:
  std::span<const uint32_t> words_;
};

// Calls `visit(NodeId)` for each child that is there, in the order of nodes.def.
template <typename Visit>
void ForEachChild(const Tree& tree, NodeId id, Visit&& visit) {
  std::span<const FieldInfo> fields = InfoOf(tree.kind(id)).fields;
  for (uint32_t field = 0; field < fields.size(); ++field) {
    switch (fields[field].type) {
      case FieldType::Child:
      case FieldType::OptionalChild: {
        NodeId child(tree.Word(id, field));
        if (child) visit(child);
        break;
      }
      case FieldType::Children:
      case FieldType::OptionalChildren:
        for (uint32_t word : tree.List(tree.Word(id, field))) {
          if (NodeId child(word); child) visit(child);
        }
        break;
      default:
        break;
    }
  }
}

// The parent of each node (none for the root), in one pass.
base::IdVector<NodeId, NodeId> ParentsOf(const Tree& tree);

// The first id of each node's subtree, which is the range from there to the node, in one pass.
base::IdVector<NodeId, NodeId> SubtreeStartsOf(const Tree& tree);

}  // namespace unspool::syntax
