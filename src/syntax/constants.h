// What constants of a tree say, where a reader wants one kind only.
#pragma once

#include "syntax/views.h"

#include <optional>
#include <string_view>

namespace unspool::syntax {

// The text of a string literal (not of bytes, not of f-strings); none for other nodes and for none.
inline std::optional<std::string_view> StringOf(const Tree& tree, NodeId id) {
  if (!id || tree.kind(id) != NodeKind::Constant) return std::nullopt;
  const Constant& constant = tree.constant(ConstantView(tree, id).value());
  if (constant.kind != ConstantKind::Str) return std::nullopt;
  return tree.ConstantText(constant);
}

}  // namespace unspool::syntax
