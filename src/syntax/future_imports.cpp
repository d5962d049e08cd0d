#include "syntax/future_imports.h"

#include "syntax/views.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace unspool::syntax {

namespace {

constexpr std::array<std::string_view, 10> kFeatures = {
    "nested_scopes",    "generators",     "division",       "absolute_import", "with_statement",
    "unicode_literals", "print_function", "barry_as_FLUFL", "generator_stop",  "annotations"};

bool IsDocstring(const Tree& tree, NodeId statement) {
  if (tree.kind(statement) != NodeKind::Expr) return false;
  NodeId value = ExprView(tree, statement).value();
  return tree.kind(value) == NodeKind::Constant &&
         tree.constant(ConstantView(tree, value).value()).kind == ConstantKind::Str;
}

bool OnSameLine(const Tree& tree, uint32_t from, uint32_t to) {
  return tree.text().substr(from, to - from).find_first_of("\r\n") == std::string_view::npos;
}

void ReadFeatures(const Tree& tree, NodeId statement, Version target, FutureImports& found) {
  for (NodeId node : ImportFromView(tree, statement).names()) {
    const std::string_view feature = tree.Name(aliasView(tree, node).name());
    if (feature == "annotations") found.annotations = true;
    if (found.unknown || std::ranges::find(kFeatures, feature) != kFeatures.end()) continue;
    NodeId at = target >= Version{3, 12} ? node : statement;
    found.unknown = SyntaxError{feature == "braces"
                                    ? "not a chance"
                                    : "future feature " + std::string(feature) + " is not defined",
                                tree.begin(at), tree.end(at)};
  }
}

}  // namespace

bool IsFutureImport(const Tree& tree, NodeId statement, Version target) {
  if (tree.kind(statement) != NodeKind::ImportFrom) return false;
  ImportFromView import(tree, statement);
  return import.module() && tree.Name(import.module()) == "__future__" &&
         (import.level() == 0 || target < Version{3, 13});
}

// Only a docstring may stand before them; what shares a line with the first other statement is
// still looked at.
FutureImports FindFutureImports(const Tree& tree, Version target) {
  FutureImports found;
  NodeList body = ModuleView(tree, tree.root()).body();
  bool done = false;
  uint32_t previous = 0;
  for (size_t index = 0; index < body.size(); ++index) {
    NodeId statement = body[index];
    if (index == 0 && IsDocstring(tree, statement)) continue;
    const uint32_t begin = tree.begin(statement);
    if (done && !OnSameLine(tree, previous, begin)) break;
    previous = begin;
    if (!IsFutureImport(tree, statement, target)) {
      done = true;
    } else if (done) {
      found.late = statement;
      break;
    } else {
      ReadFeatures(tree, statement, target, found);
      found.last = begin;
    }
  }
  return found;
}

}  // namespace unspool::syntax
