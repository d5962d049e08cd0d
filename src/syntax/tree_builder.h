// Builds a Tree for the parser: nodes in post-order, with the possibility to go back to a mark.
#pragma once

#include "syntax/tree.h"
#include "syntax/views.h"

#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace unspool::syntax {

inline constexpr uint32_t kFieldCounts[] = {
#define UNSPOOL_NODE(Kind, Category, HasContext) field_index::Kind::kCount,
#include "syntax/nodes.def"
};

class TreeBuilder {
 public:
  struct Mark {
    uint32_t nodes;
    uint32_t words;
    uint32_t constants;
    uint32_t pool;
  };

  explicit TreeBuilder(Tree& tree) : tree_(tree) {
    tree_.words_.Push(0);  // the empty list, shared by all
    for (ConstantKind kind :
         {ConstantKind::None, ConstantKind::True, ConstantKind::False, ConstantKind::Ellipsis}) {
      tree_.constants_.Push({.kind = kind});
    }
  }

  void Reserve(size_t nodes, size_t words, size_t names) {
    tree_.nodes_.Reserve(nodes);
    tree_.words_.Reserve(words);
    tree_.names_.Reserve(names);
  }

  Mark Here() const {
    return {static_cast<uint32_t>(tree_.nodes_.size()), static_cast<uint32_t>(tree_.words_.size()),
            static_cast<uint32_t>(tree_.constants_.size()),
            static_cast<uint32_t>(tree_.pool_.size())};
  }
  void TruncateTo(const Mark& mark) {
    tree_.nodes_.Truncate(mark.nodes);
    tree_.words_.Truncate(mark.words);
    tree_.constants_.Truncate(mark.constants);
    tree_.pool_.resize(mark.pool);
  }

  template <NodeKind kKind, typename... Words>
  NodeId Add(uint32_t begin, uint32_t end, Words... words) {
    static_assert(sizeof...(Words) == kFieldCounts[static_cast<size_t>(kKind)]);
    uint32_t payload = 0;
    if constexpr (sizeof...(Words) == 1) {
      payload = (ToWord(words), ...);
    } else if constexpr (sizeof...(Words) > 1) {
      payload = static_cast<uint32_t>(tree_.words_.size());
      uint32_t* room = tree_.words_.Extend(sizeof...(Words));
      ((*room++ = ToWord(words)), ...);
    }
    tree_.nodes_.Push({begin, end, kKind, ExprContext::Load, 0, payload});
    return NodeId(static_cast<uint32_t>(tree_.nodes_.size() - 1));
  }

  // A list of words; its own word goes into a node.
  uint32_t List(std::span<const uint32_t> items) {
    if (items.empty()) return 0;
    const uint32_t word = static_cast<uint32_t>(tree_.words_.size());
    uint32_t* room = tree_.words_.Extend(items.size() + 1);
    *room++ = static_cast<uint32_t>(items.size());
    *room++ = items[0];
    if (items.size() > 1) std::memcpy(room, items.data() + 1, (items.size() - 1) * sizeof(*room));
    return word;
  }
  uint32_t List(NodeId only) {
    const uint32_t word = static_cast<uint32_t>(tree_.words_.size());
    uint32_t* room = tree_.words_.Extend(2);
    room[0] = 1;
    room[1] = only.value();
    return word;
  }

  void SetContext(NodeId id, ExprContext context) { tree_.nodes_[id.value()].context = context; }
  void SetRange(NodeId id, uint32_t begin, uint32_t end) {
    tree_.nodes_[id.value()].begin = begin;
    tree_.nodes_[id.value()].end = end;
  }
  void SetField(NodeId id, uint32_t field, uint32_t word) {
    NodeHeader& node = tree_.nodes_[id.value()];
    if (kFieldCounts[static_cast<size_t>(node.kind)] == 1) {
      node.payload = word;
    } else {
      tree_.words_[node.payload + field] = word;
    }
  }

  NameId Intern(std::string_view text) { return tree_.names_.Intern(text); }
  NameId InternStable(std::string_view text) { return tree_.names_.InternStable(text); }

  static ConstantId Singleton(ConstantKind kind) { return ConstantId(static_cast<uint32_t>(kind)); }
  // A constant whose text is part of the source.
  ConstantId SourceConstant(ConstantKind kind, uint32_t offset, uint32_t length,
                            bool u_prefix = false) {
    tree_.constants_.Push({kind, u_prefix, false, offset, length});
    return ConstantId(static_cast<uint32_t>(tree_.constants_.size() - 1));
  }
  // A constant whose text goes into the pool.
  ConstantId PoolConstant(ConstantKind kind, std::string_view text, bool u_prefix = false) {
    uint32_t offset = static_cast<uint32_t>(tree_.pool_.size());
    tree_.pool_.append(text);
    tree_.constants_.Push({kind, u_prefix, true, offset, static_cast<uint32_t>(text.size())});
    return ConstantId(static_cast<uint32_t>(tree_.constants_.size() - 1));
  }
  void ReplaceConstantText(ConstantId id, std::string_view text) {
    struct Constant& constant = tree_.constants_[id.value()];
    constant.in_pool = true;
    constant.offset = static_cast<uint32_t>(tree_.pool_.size());
    constant.length = static_cast<uint32_t>(text.size());
    tree_.pool_.append(text);
  }

  const Tree& tree() const { return tree_; }

 private:
  template <typename Word>
  static uint32_t ToWord(Word word) {
    if constexpr (std::is_same_v<Word, Operator>) {
      return static_cast<uint32_t>(word);
    } else if constexpr (std::is_integral_v<Word>) {
      return static_cast<uint32_t>(word);
    } else {
      return word.value();
    }
  }

  Tree& tree_;
};

}  // namespace unspool::syntax
