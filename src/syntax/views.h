// Typed views: `ForView loop(tree, id); loop.target(); loop.body();`. One struct a node kind, made
// from nodes.def. A view is two words; pass it by value.
#pragma once

#include "base/check.h"
#include "syntax/tree.h"

namespace unspool::syntax {

namespace field_index {
#define UNSPOOL_NODE(Kind, Category, HasContext) \
  namespace Kind {                               \
  enum : uint32_t {
#define UNSPOOL_FIELD(Kind, field, Type) field,
#define UNSPOOL_END(Kind) \
  kCount                  \
  }                       \
  ;                       \
  }
#include "syntax/nodes.def"
}  // namespace field_index

template <FieldType type>
auto ReadField(const Tree& tree, NodeId id, uint32_t field) {
  uint32_t word = tree.Word(id, field);
  if constexpr (type == FieldType::Child || type == FieldType::OptionalChild) {
    return NodeId(word);
  } else if constexpr (type == FieldType::Children || type == FieldType::OptionalChildren) {
    return NodeList(tree.List(word));
  } else if constexpr (type == FieldType::Name || type == FieldType::OptionalName) {
    return NameId(word);
  } else if constexpr (type == FieldType::Op) {
    return static_cast<Operator>(word);
  } else if constexpr (type == FieldType::Int) {
    return static_cast<int32_t>(word);
  } else if constexpr (type == FieldType::Constant) {
    return ConstantId(word);
  } else {
    return tree.List(word);  // Names and Ops: raw words
  }
}

struct View {
  const Tree* tree_;
  NodeId node_;
};

#define UNSPOOL_NODE(Kind, Category, HasContext)                \
  struct Kind##View : View {                                    \
    static constexpr NodeKind kKind = NodeKind::Kind;           \
    Kind##View(const Tree& tree, NodeId id) : View{&tree, id} { \
      UNSPOOL_DCHECK(tree.kind(id) == NodeKind::Kind);          \
    }
#define UNSPOOL_FIELD(Kind, field, Type)                                        \
  auto field() const {                                                          \
    return ReadField<FieldType::Type>(*tree_, node_, field_index::Kind::field); \
  }
#define UNSPOOL_END(Kind) \
  }                       \
  ;
#include "syntax/nodes.def"

// What FunctionDef and AsyncFunctionDef share.
struct FunctionLike {
  FunctionLike(const Tree& tree, NodeId id)
      : name(tree.Word(id, field_index::FunctionDef::name)),
        args(tree.Word(id, field_index::FunctionDef::args)),
        body(tree.List(tree.Word(id, field_index::FunctionDef::body))),
        decorators(tree.List(tree.Word(id, field_index::FunctionDef::decorator_list))),
        is_async(tree.kind(id) == NodeKind::AsyncFunctionDef) {
    UNSPOOL_DCHECK(is_async || tree.kind(id) == NodeKind::FunctionDef);
  }

  NameId name;
  NodeId args;
  NodeList body;
  NodeList decorators;
  bool is_async;
};

}  // namespace unspool::syntax
