// The part of the walk that is about definitions, annotations and type parameters.
#include "semantics/scopes/scope_walk.h"

#include <fmt/format.h>

namespace unspool::semantics {

void ScopeWalk::CloseBody(NodeId node) {
  context_.traits[node.value()] = here().traits;
  builder_.Close();
}

void ScopeWalk::VisitFunctionDef(NodeId id) {
  if (tree_.kind(id) == NodeKind::FunctionDef) {
    VisitFunction(FunctionDefView(tree_, id), id, false);
  } else {
    VisitFunction(AsyncFunctionDefView(tree_, id), id, true);
  }
}

template <typename FunctionView>
void ScopeWalk::VisitFunction(const FunctionView& function, NodeId id, bool is_async) {
  Bind(function.name(), id, BindingKind::Function);
  argumentsView arguments(tree_, function.args());
  VisitDefaults(arguments);
  if (context_.Since(12)) VisitAll(function.decorator_list());
  const bool generic = OpenTypeParameters(function.type_params(), id, &arguments);
  PlaceParameters(arguments);
  VisitAnnotations(arguments, function.returns(), id);
  if (!context_.Since(12)) VisitAll(function.decorator_list());
  builder_.Open(ScopeKind::Function, id);
  builder_.Place(function.args());
  builder_.scope().is_async = here().is_async_def = here().traits.coroutine = is_async;
  VisitParameters(arguments);
  // A `try` outside does not surround the body.
  const uint32_t outer_try = std::exchange(in_try_, 0);
  VisitAll(function.body());
  in_try_ = outer_try;
  CloseBody(id);
  if (generic) builder_.Close();
}

void ScopeWalk::VisitClass(NodeId id) {
  ClassDefView definition(tree_, id);
  Bind(definition.name(), id, BindingKind::Class);
  const NameId outer_class = builder_.class_name();
  if (context_.Since(12)) VisitAll(definition.decorator_list());
  bool generic = false;
  if (!definition.type_params().empty()) {
    builder_.SetClassName(definition.name());
    generic = OpenTypeParameters(definition.type_params(), id, nullptr);
  }
  VisitAll(definition.bases());
  VisitAll(definition.keywords());
  if (!context_.Since(12)) VisitAll(definition.decorator_list());
  builder_.SetClassName(definition.name());
  builder_.Open(ScopeKind::Class, id);
  if (generic) {
    builder_.DefineHidden("__type_params__", kLocal, id);
    builder_.DefineHidden(".type_params", kUse, id);
  }
  VisitAll(definition.body());
  builder_.SetClassName(outer_class);
  builder_.Close();
  if (generic) builder_.Close();
}

void ScopeWalk::VisitDefaults(const argumentsView& arguments) {
  VisitAll(arguments.defaults());
  VisitAll(arguments.kw_defaults());
}

void ScopeWalk::PlaceParameters(const argumentsView& arguments) {
  auto place = [&](NodeId node) {
    if (node) builder_.Place(node);
  };
  for (NodeId node : arguments.posonlyargs()) place(node);
  for (NodeId node : arguments.args()) place(node);
  for (NodeId node : arguments.kwonlyargs()) place(node);
  place(arguments.vararg());
  place(arguments.kwarg());
}

void ScopeWalk::VisitParameters(const argumentsView& arguments) {
  auto define = [&](NodeId node) {
    if (!node) return;
    CheckBinding(argView(tree_, node).arg(), node);
    builder_.Bind(argView(tree_, node).arg(), kParameter, node, BindingKind::Parameter);
  };
  for (NodeId node : arguments.posonlyargs()) define(node);
  for (NodeId node : arguments.args()) define(node);
  for (NodeId node : arguments.kwonlyargs()) define(node);
  define(arguments.vararg());
  define(arguments.kwarg());
}

void ScopeWalk::VisitAnnotations(const argumentsView& arguments, NodeId returns, NodeId function) {
  const bool own_scope = OpensAnnotations();
  if (own_scope) {
    const bool in_class = kind() == ScopeKind::Class || builder_.scope().sees_class;
    OpenAnnotations(function);
    if (in_class) SeeClass(function);
  }
  auto visit = [&](NodeId node) {
    if (node) VisitOptional(argView(tree_, node).annotation());
  };
  for (NodeId node : arguments.posonlyargs()) visit(node);
  for (NodeId node : arguments.args()) visit(node);
  visit(arguments.vararg());
  visit(arguments.kwarg());
  for (NodeId node : arguments.kwonlyargs()) visit(node);
  VisitOptional(returns);
  if (own_scope) builder_.Close();
}

void ScopeWalk::VisitAnnotation(NodeId annotation) {
  if (!OpensAnnotations()) return Visit(annotation);
  const ScopeId outer = builder_.current();
  const bool of_local = in_function_block();
  if (context_.Since(14)) {
    const bool conditional =
        kind() == ScopeKind::Module || (kind() == ScopeKind::Class && here().in_compound > 0);
    if (conditional && !builder_.scope().conditional_annotations) {
      builder_.scope().conditional_annotations = true;
      builder_.DefineHidden("__conditional_annotations__", kUse, annotation);
    }
  }
  if (context_.Since(14) && here().annotations) {
    builder_.Reopen(here().annotations);
  } else {
    const bool in_class = kind() == ScopeKind::Class;
    OpenAnnotations(annotation);
    builder_.BlockOf(outer).annotations = builder_.current();
    if (in_class && !context_.future_annotations) SeeClass(annotation);
  }
  here().unevaluated = of_local && context_.Since(14);
  Visit(annotation);
  here().unevaluated = false;
  builder_.Close();
}

bool ScopeWalk::OpensAnnotations() const {
  return context_.Since(14) || (context_.future_annotations && context_.Since(10));
}

void ScopeWalk::OpenAnnotations(NodeId at) {
  builder_.Open(ScopeKind::Annotation, at);
  // PEP 563: they are kept as text.
  if (context_.future_annotations) builder_.scope().detached = true;
  DefineFormat(at);
}

void ScopeWalk::DefineFormat(NodeId at) {
  if (context_.Since(14)) builder_.DefineHidden(".format", kParameter | kUse, at);
}

void ScopeWalk::SeeClass(NodeId at) {
  builder_.scope().sees_class = true;
  builder_.DefineHidden("__classdict__", kUse, at);
}

bool ScopeWalk::OpenTypeParameters(NodeList parameters, NodeId owner,
                                   const argumentsView* arguments) {
  if (parameters.empty()) return false;
  const bool in_class = kind() == ScopeKind::Class;
  builder_.Open(ScopeKind::TypeParameters, owner);
  if (in_class) SeeClass(owner);
  if (tree_.kind(owner) == NodeKind::ClassDef) {
    builder_.DefineHidden(".type_params", kLocal | kUse, owner);
    builder_.DefineHidden(".generic_base", kLocal | kUse, owner);
  }
  if (arguments) {
    // Whether it has some or not.
    builder_.DefineHidden(".defaults", kParameter, owner);
    bool has_keyword_defaults = false;
    for (NodeId value : arguments->kw_defaults()) has_keyword_defaults |= value.has_value();
    if (has_keyword_defaults) builder_.DefineHidden(".kwdefaults", kParameter, owner);
  }
  VisitAll(parameters);
  return true;
}

void ScopeWalk::VisitTypeParameter(NameId name, NodeId at) {
  CheckBinding(name, at);
  if (context_.Since(13) && context_.Text(name) == "__classdict__") {
    context_.Fail(at, "reserved name '__classdict__' cannot be used for type parameter");
  }
  builder_.Bind(name, kLocal | kTypeParameter, at, BindingKind::TypeParameter);
}

void ScopeWalk::VisitTypeVariable(NodeId variable, NodeId expression, std::string_view what) {
  if (!expression) return;
  const bool sees_class = builder_.scope().sees_class;
  builder_.Open(ScopeKind::TypeVariable, variable);
  DefineFormat(expression);
  if (sees_class) SeeClass(expression);
  here().what = context_.Since(13) ? what : "a TypeVar bound";
  Visit(expression);
  builder_.Close();
}

void ScopeWalk::VisitAnnotated(const AnnAssignView& assignment, NodeId id) {
  NodeId target = assignment.target();
  if (tree_.kind(target) == NodeKind::Name) {
    builder_.Place(target);
    NameId name = NameView(tree_, target).id();
    const uint32_t flags = builder_.FlagsHere(builder_.Mangle(name));
    if ((flags & (kGlobal | kNonlocal)) && !builder_.at_module_level() && assignment.simple()) {
      context_.Fail(id, fmt::format("annotated name '{}' can't be {}", context_.Text(name),
                                    flags & kGlobal ? "global" : "nonlocal"));
    }
    CheckBinding(name, target);
    const bool assigns = assignment.value().has_value();
    if (assignment.simple() || assigns) {
      builder_.Bind(name, assignment.simple() ? kAnnotated | kLocal : kLocal, target,
                    assigns ? BindingKind::Annotated : BindingKind::AnnotationOnly);
    }
  } else {
    Visit(target);
  }
  VisitAnnotation(assignment.annotation());
  VisitOptional(assignment.value());
}

}  // namespace unspool::semantics
