#include "semantics/scopes/compile_errors.h"

#include "semantics/scopes/compile_errors_impl.h"
#include "semantics/scopes/scopes.h"
#include "syntax/future_imports.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace unspool::semantics {

namespace compile_errors {

namespace {

constexpr std::string_view kLateFuture =
    "from __future__ imports must occur at the beginning of the file";

}  // namespace

void Context::CheckFutureImports() {
  syntax::FutureImports found = syntax::FindFutureImports(tree, options.target);
  future_annotations = found.annotations;
  last_future = found.last;
  // From 3.14 on the parser has said so.
  if (found.unknown && !Since(14)) errors.push_back(std::move(*found.unknown));
  if (found.late) Fail(found.late, std::string(kLateFuture));
}

void Context::CheckLateFuture(NodeId statement) {
  if (!syntax::IsFutureImport(tree, statement, options.target)) return;
  const uint32_t begin = tree.begin(statement);
  if (last_future) {
    if (begin <= *last_future) return;
    const std::string_view between = tree.text().substr(*last_future, begin - *last_future);
    if (between.find_first_of("\r\n") == std::string_view::npos) return;
  }
  Fail(statement, std::string(kLateFuture));
}

}  // namespace compile_errors

std::vector<syntax::SyntaxError> FindCompileErrors(const syntax::Tree& tree,
                                                   const CompileOptions& options,
                                                   ScopeTree* scopes) {
  compile_errors::Context context(tree, options);
  context.CheckFutureImports();
  ScopeTree built = BuildScopes(context);
  if (scopes) *scopes = std::move(built);
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
