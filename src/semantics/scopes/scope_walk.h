// The walk that opens scopes and fills them, in the order of CPython's symbol table, and the errors
// that the symbol table reports: declarations against uses, parameters, assignment expressions.
#pragma once

#include "semantics/scopes/scope_builder.h"

#include <string_view>
#include <utility>

namespace unspool::semantics {

using namespace syntax;

class ScopeWalk {
 public:
  explicit ScopeWalk(compile_errors::Context& context)
      : context_(context), tree_(context.tree), builder_(context) {}

  ScopeTree Run();

 private:
  // ---- the walk ----

  ScopeBuilder::Block& here() { return builder_.here(); }
  ScopeKind kind() { return builder_.scope().kind; }
  bool in_function_block() { return kind() != ScopeKind::Module && kind() != ScopeKind::Class; }

  void CheckBinding(NameId name, NodeId at) {
    if (context_.Since(14)) context_.CheckBinding(name, at);
  }
  void Bind(NameId name, NodeId at, BindingKind as) {
    CheckBinding(name, at);
    builder_.Bind(name, kLocal, at, as);
  }

  void VisitAll(NodeList nodes) {
    for (NodeId node : nodes) {
      if (node) Visit(node);
    }
  }
  void VisitOptional(NodeId node) {
    if (node) Visit(node);
  }
  void VisitChildren(NodeId id) {
    ForEachChild(tree_, id, [&](NodeId child) { Visit(child); });
  }
  // Names that are stored to below `id` are bound that way.
  void VisitTarget(NodeId id, BindingKind as) {
    const BindingKind outer = std::exchange(target_, as);
    Visit(id);
    target_ = outer;
  }
  // What may be left out.
  void VisitBranch(NodeId id) {
    if (!id) return;
    ++here().in_branch;
    Visit(id);
    --here().in_branch;
  }
  void VisitBranch(NodeList nodes) {
    ++here().in_branch;
    VisitAll(nodes);
    --here().in_branch;
  }

  void Visit(NodeId id);

  void VisitCompound(NodeId id);

  template <typename LoopView>
  void VisitFor(const LoopView& loop);

  // ---- definitions, annotations, type parameters: scope_walk_definitions.cpp ----

  // Keeps for the code pass what was learned of the body that `node` opens.
  void CloseBody(NodeId node);

  void VisitFunctionDef(NodeId id);
  template <typename FunctionView>
  void VisitFunction(const FunctionView& function, NodeId id, bool is_async);

  void VisitClass(NodeId id);

  void VisitDefaults(const argumentsView& arguments);

  // Parameters are bound inside; what their nodes hold is evaluated outside.
  void PlaceParameters(const argumentsView& arguments);

  void VisitParameters(const argumentsView& arguments);

  // Where annotations are not evaluated in place they have a scope of their own.
  void VisitAnnotations(const argumentsView& arguments, NodeId returns, NodeId function);

  // The annotation of a variable. Those of one scope share one, PEP 649.
  void VisitAnnotation(NodeId annotation);

  bool OpensAnnotations() const;
  void OpenAnnotations(NodeId at);
  // What works out a type is a function of the format wanted, PEP 749.
  void DefineFormat(NodeId at);
  void SeeClass(NodeId at);

  // `arguments` are those of a generic function.
  bool OpenTypeParameters(NodeList parameters, NodeId owner, const argumentsView* arguments);
  void VisitTypeParameter(NameId name, NodeId at);
  void VisitTypeVariable(NodeId variable, NodeId expression, std::string_view what);

  void VisitAnnotated(const AnnAssignView& assignment, NodeId id);

  // ---- names ----

  void VisitAlias(const aliasView& alias, NodeId id, BindingKind as);

  // PEP 810
  void CheckLazy(NodeId id, bool is_lazy, std::string_view what);

  void VisitDeclaration(NodeId id, bool global);

  void VisitName(NameId name, NodeId id);

  void CheckTarget(NameId name, NodeId id);

  // ---- what may not stand everywhere ----

  void RefuseInAnnotation(NodeId id, std::string_view what);

  bool AllowsTopLevelAwait();

  void VisitAwait(NodeId id);

  void CheckAsyncStatement(NodeId id, std::string_view what);

  // ---- comprehensions and assignment expressions ----

  static std::string_view WordOf(NodeKind comprehension);

  void VisitComprehension(NodeId id, NodeList generators, NodeId element, NodeId value);

  void VisitIterated(NodeId target);

  void VisitNamed(const NamedExprView& named, NodeId id);

  compile_errors::Context& context_;
  const Tree& tree_;
  ScopeBuilder builder_;
  BindingKind target_ = BindingKind::Assignment;
  uint32_t in_try_ = 0;
};

}  // namespace unspool::semantics
