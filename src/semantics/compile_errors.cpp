#include "semantics/compile_errors.h"

#include "semantics/compile_errors_impl.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace unspool::semantics {

namespace compile_errors {

using namespace syntax;

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

void CheckFeatures(Context& context, NodeId statement) {
  const Tree& tree = context.tree;
  for (NodeId node : ImportFromView(tree, statement).names()) {
    const std::string_view feature = context.Text(aliasView(tree, node).name());
    if (feature == "annotations") context.future_annotations = true;
    // From 3.14 on these are errors of the parser.
    if (context.Since(14)) continue;
    if (std::ranges::find(kFeatures, feature) != kFeatures.end()) continue;
    context.Fail(context.Since(12) ? node : statement,
                 feature == "braces" ? "not a chance"
                                     : fmt::format("future feature {} is not defined", feature));
    return;
  }
}

}  // namespace

bool Context::IsFutureImport(NodeId statement) const {
  if (tree.kind(statement) != NodeKind::ImportFrom) return false;
  ImportFromView import(tree, statement);
  return import.module() && Text(import.module()) == "__future__" &&
         (import.level() == 0 || !Since(13));
}

// Only a docstring may stand before them; what shares a line with the first other statement is
// still looked at.
void CheckFutureImports(Context& context) {
  const Tree& tree = context.tree;
  NodeList body = ModuleView(tree, tree.root()).body();
  bool done = false;
  uint32_t previous = 0;
  for (size_t index = 0; index < body.size(); ++index) {
    NodeId statement = body[index];
    if (index == 0 && IsDocstring(tree, statement)) continue;
    const uint32_t begin = tree.begin(statement);
    if (done && !OnSameLine(tree, previous, begin)) return;
    previous = begin;
    if (!context.IsFutureImport(statement)) {
      done = true;
    } else if (done) {
      return context.Fail(statement,
                          "from __future__ imports must occur at the beginning of the file");
    } else {
      CheckFeatures(context, statement);
      context.last_future = begin;
    }
  }
}

}  // namespace compile_errors

std::vector<syntax::SyntaxError> FindCompileErrors(const syntax::Tree& tree,
                                                   const CompileOptions& options) {
  compile_errors::Context context(tree, options);
  CheckFutureImports(context);
  CheckSymbols(context);
  CheckCode(context);
  std::vector<syntax::SyntaxError>& errors = context.errors;
  if (errors.size() < 2) return std::move(errors);
  // A statement may have been looked at twice, and one place may break two rules.
  auto same = [](const auto& left, const auto& right) {
    return left.begin == right.begin && left.message == right.message;
  };
  const syntax::SyntaxError first = errors.front();
  errors.erase(errors.begin());
  std::ranges::stable_sort(errors, [](const auto& left, const auto& right) {
    return std::tie(left.begin, left.message) < std::tie(right.begin, right.message);
  });
  errors.erase(std::unique(errors.begin(), errors.end(), same), errors.end());
  std::erase_if(errors, [&](const auto& error) { return same(error, first); });
  errors.insert(errors.begin(), first);
  return std::move(errors);
}

}  // namespace unspool::semantics
