#include "semantics/scopes/scope_walk.h"

#include <fmt/format.h>
#include <string>

namespace unspool::semantics {

using compile_errors::kAsyncComprehension;

ScopeTree ScopeWalk::Run() {
  builder_.Open(ScopeKind::Module, tree_.root());
  builder_.Place(tree_.root());
  for (NodeId statement : ModuleView(tree_, tree_.root()).body()) Visit(statement);
  return builder_.Finish();
}

void ScopeWalk::Visit(NodeId id) {
  builder_.Place(id);
  switch (tree_.kind(id)) {
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
      return VisitFunctionDef(id);
    case NodeKind::ClassDef:
      return VisitClass(id);
    case NodeKind::Lambda: {
      LambdaView lambda(tree_, id);
      VisitDefaults(argumentsView(tree_, lambda.args()));
      PlaceParameters(argumentsView(tree_, lambda.args()));
      builder_.Open(ScopeKind::Lambda, id);
      builder_.Place(lambda.args());
      VisitParameters(argumentsView(tree_, lambda.args()));
      Visit(lambda.body());
      return CloseBody(id);
    }
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::GeneratorExp:
      return VisitComprehension(id, NodeList(tree_.List(tree_.Word(id, 1))),
                                NodeId(tree_.Word(id, 0)), NodeId());
    case NodeKind::DictComp: {
      DictCompView comprehension(tree_, id);
      return VisitComprehension(id, comprehension.generators(), comprehension.key(),
                                comprehension.value());
    }
    case NodeKind::TypeAlias: {
      TypeAliasView alias(tree_, id);
      VisitTarget(alias.name(), BindingKind::TypeAlias);
      const bool in_class = kind() == ScopeKind::Class;
      const bool generic = OpenTypeParameters(alias.type_params(), id, nullptr);
      builder_.Open(ScopeKind::TypeAlias, id);
      DefineFormat(id);
      if (in_class) SeeClass(id);
      Visit(alias.value());
      builder_.Close();
      if (generic) builder_.Close();
      return;
    }
    case NodeKind::TypeVar: {
      TypeVarView variable(tree_, id);
      VisitTypeParameter(variable.name(), id);
      NodeId bound = variable.bound();
      VisitTypeVariable(id, bound,
                        bound && tree_.kind(bound) == NodeKind::Tuple ? "a TypeVar constraint"
                                                                      : "a TypeVar bound");
      return VisitTypeVariable(id, variable.default_value(), "a TypeVar default");
    }
    case NodeKind::ParamSpec: {
      ParamSpecView variable(tree_, id);
      VisitTypeParameter(variable.name(), id);
      return VisitTypeVariable(id, variable.default_value(), "a ParamSpec default");
    }
    case NodeKind::TypeVarTuple: {
      TypeVarTupleView variable(tree_, id);
      VisitTypeParameter(variable.name(), id);
      return VisitTypeVariable(id, variable.default_value(), "a TypeVarTuple default");
    }
    case NodeKind::AnnAssign:
      return VisitAnnotated(AnnAssignView(tree_, id), id);
    case NodeKind::AugAssign: {
      AugAssignView assignment(tree_, id);
      VisitTarget(assignment.target(), BindingKind::Augmented);
      return Visit(assignment.value());
    }
    case NodeKind::Delete:
      for (NodeId target : DeleteView(tree_, id).targets()) {
        VisitTarget(target, BindingKind::Delete);
      }
      return;
    case NodeKind::For:
    case NodeKind::AsyncFor:
    case NodeKind::While:
    case NodeKind::If:
    case NodeKind::With:
    case NodeKind::AsyncWith:
    case NodeKind::Match:
    case NodeKind::Try:
    case NodeKind::TryStar:
      ++here().in_compound;
      VisitCompound(id);
      --here().in_compound;
      return;
    case NodeKind::withitem: {
      withitemView item(tree_, id);
      Visit(item.context_expr());
      if (item.optional_vars()) VisitTarget(item.optional_vars(), BindingKind::With);
      return;
    }
    case NodeKind::ExceptHandler: {
      ExceptHandlerView handler(tree_, id);
      VisitOptional(handler.type());
      if (handler.name()) Bind(handler.name(), id, BindingKind::ExceptionName);
      return VisitAll(handler.body());
    }
    case NodeKind::BoolOp: {
      BoolOpView operation(tree_, id);
      bool first = true;
      for (NodeId value : operation.values()) {
        first ? Visit(value) : VisitBranch(value);
        first = false;
      }
      return;
    }
    case NodeKind::IfExp: {
      IfExpView choice(tree_, id);
      Visit(choice.test());
      VisitBranch(choice.body());
      return VisitBranch(choice.orelse());
    }
    case NodeKind::Compare: {
      CompareView comparison(tree_, id);
      Visit(comparison.left());
      bool first = true;
      for (NodeId value : comparison.comparators()) {
        first ? Visit(value) : VisitBranch(value);
        first = false;
      }
      return;
    }
    case NodeKind::Assert:
      // Left out under -O, the test too.
      VisitBranch(AssertView(tree_, id).test());
      return VisitBranch(AssertView(tree_, id).msg());
    case NodeKind::Import:
      CheckLazy(id, ImportView(tree_, id).is_lazy() != 0, "lazy import");
      for (NodeId name : ImportView(tree_, id).names()) {
        builder_.Place(name);
        VisitAlias(aliasView(tree_, name), name, BindingKind::Import);
      }
      return;
    case NodeKind::ImportFrom:
      CheckLazy(id, ImportFromView(tree_, id).is_lazy() != 0, "lazy from ... import");
      if (context_.Since(14)) context_.CheckLateFuture(id);
      for (NodeId name : ImportFromView(tree_, id).names()) {
        builder_.Place(name);
        VisitAlias(aliasView(tree_, name), name, BindingKind::ImportFrom);
      }
      return;
    case NodeKind::Global:
    case NodeKind::Nonlocal:
      return VisitDeclaration(id, tree_.kind(id) == NodeKind::Global);
    case NodeKind::NamedExpr:
      return VisitNamed(NamedExprView(tree_, id), id);
    case NodeKind::Yield:
    case NodeKind::YieldFrom:
      RefuseInAnnotation(id, "yield expression");
      VisitChildren(id);
      here().traits.generator = builder_.scope().is_generator = true;
      if (kind() == ScopeKind::Comprehension) {
        context_.Fail(id, fmt::format("'yield' inside {}", WordOf(here().comprehension)));
      }
      return;
    case NodeKind::Await:
      VisitAwait(id);
      return;
    case NodeKind::Attribute:
      if (tree_.context(id) != ExprContext::Load && context_.Since(14)) {
        CheckTarget(AttributeView(tree_, id).attr(), id);
      }
      return VisitChildren(id);
    case NodeKind::Name:
      return VisitName(NameView(tree_, id).id(), id);
    case NodeKind::keyword:
      CheckBinding(keywordView(tree_, id).arg(), id);
      return VisitChildren(id);
    case NodeKind::MatchAs: {
      VisitChildren(id);
      if (NameId name = MatchAsView(tree_, id).name()) Bind(name, id, BindingKind::MatchCapture);
      return;
    }
    case NodeKind::MatchStar:
      if (NameId name = MatchStarView(tree_, id).name()) Bind(name, id, BindingKind::MatchCapture);
      return;
    case NodeKind::MatchMapping:
      VisitChildren(id);
      if (NameId name = MatchMappingView(tree_, id).rest())
        Bind(name, id, BindingKind::MatchCapture);
      return;
    case NodeKind::MatchClass: {
      MatchClassView pattern(tree_, id);
      for (size_t index = 0; index < pattern.kwd_patterns().size(); ++index) {
        CheckBinding(NameId(pattern.kwd_attrs()[index]), pattern.kwd_patterns()[index]);
      }
      return VisitChildren(id);
    }
    default:
      return VisitChildren(id);
  }
}

void ScopeWalk::VisitCompound(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::AsyncFor:
      CheckAsyncStatement(id, "async for");
      return VisitFor(AsyncForView(tree_, id));
    case NodeKind::For:
      return VisitFor(ForView(tree_, id));
    case NodeKind::While: {
      WhileView loop(tree_, id);
      Visit(loop.test());
      VisitBranch(loop.body());
      return VisitBranch(loop.orelse());
    }
    case NodeKind::If: {
      // A chain of `elif` is walked in a loop, since its length is in the user's hands.
      uint32_t links = 0;
      while (true) {
        IfView branch(tree_, id);
        Visit(branch.test());
        VisitBranch(branch.body());
        const NodeList orelse = branch.orelse();
        if (orelse.size() != 1 || tree_.kind(orelse[0]) != NodeKind::If) {
          VisitBranch(orelse);
          break;
        }
        id = orelse[0];
        builder_.Place(id);
        ++here().in_branch;
        ++here().in_compound;
        ++links;
      }
      here().in_branch -= links;
      here().in_compound -= links;
      return;
    }
    case NodeKind::AsyncWith:
      CheckAsyncStatement(id, "async with");
      VisitAll(AsyncWithView(tree_, id).items());
      return VisitBranch(AsyncWithView(tree_, id).body());
    case NodeKind::With:
      // A context manager may end an exception of the body.
      VisitAll(WithView(tree_, id).items());
      return VisitBranch(WithView(tree_, id).body());
    case NodeKind::Match:
      Visit(MatchView(tree_, id).subject());
      return VisitBranch(MatchView(tree_, id).cases());
    default: {
      auto list = [&](uint32_t field) { return NodeList(tree_.List(tree_.Word(id, field))); };
      ++in_try_;
      VisitBranch(list(field_index::Try::body));
      if (context_.Since(13)) VisitBranch(list(field_index::Try::handlers));
      VisitBranch(list(field_index::Try::orelse));
      if (!context_.Since(13)) VisitBranch(list(field_index::Try::handlers));
      VisitAll(list(field_index::Try::finalbody));
      --in_try_;
      return;
    }
  }
}

template <typename LoopView>
void ScopeWalk::VisitFor(const LoopView& loop) {
  ++here().in_branch;
  VisitTarget(loop.target(), BindingKind::For);
  --here().in_branch;
  Visit(loop.iter());
  VisitBranch(loop.body());
  VisitBranch(loop.orelse());
}

void ScopeWalk::VisitAlias(const aliasView& alias, NodeId id, BindingKind as) {
  std::string_view name = context_.Text(alias.name());
  if (name == "*") {
    if (kind() != ScopeKind::Module) {
      context_.Fail(id, "import * only allowed at module level");
    }
    return builder_.AddStarImport(id);
  }
  if (alias.asname()) {
    CheckBinding(alias.asname(), id);
    return builder_.Bind(alias.asname(), kImport, id, as);
  }
  name = name.substr(0, name.find('.'));
  if (name == "__debug__" && context_.Since(14)) context_.Fail(id, "cannot assign to __debug__");
  builder_.Bind(builder_.Own(name), kImport, id, as);
}

void ScopeWalk::CheckLazy(NodeId id, bool is_lazy, std::string_view what) {
  if (!is_lazy) return;
  if (kind() != ScopeKind::Module) {
    context_.Fail(id, fmt::format("{} not allowed inside {}", what,
                                  kind() == ScopeKind::Class ? "classes" : "functions"));
  } else if (in_try_ > 0) {
    context_.Fail(id, fmt::format("{} not allowed inside try/except blocks", what));
  } else if (tree_.kind(id) == NodeKind::ImportFrom) {
    aliasView first(tree_, ImportFromView(tree_, id).names().front());
    if (context_.Text(first.name()) == "*")
      context_.Fail(id, "lazy from ... import * is not allowed");
  }
}

void ScopeWalk::VisitDeclaration(NodeId id, bool global) {
  const std::string_view word = global ? "global" : "nonlocal";
  for (uint32_t raw : tree_.List(tree_.Word(id, 0))) {
    NameId name(raw);
    const NameId key = builder_.Mangle(name);
    const uint32_t flags = builder_.FlagsHere(key);
    const std::string_view text = context_.Text(name);
    if (flags & kParameter) {
      context_.Fail(id, fmt::format("name '{}' is parameter and {}", text, word));
    } else if (flags & kUse) {
      context_.Fail(id, fmt::format("name '{}' is used prior to {} declaration", text, word));
    } else if (flags & kAnnotated) {
      context_.Fail(id, fmt::format("annotated name '{}' can't be {}", text, word));
    } else if (flags & kLocal) {
      context_.Fail(id, fmt::format("name '{}' is assigned to before {} declaration", text, word));
    }
    builder_.Declare(key, name, global ? kGlobal : kNonlocal, id);
    if (global) builder_.NoteGlobalStatement(key);
  }
}

void ScopeWalk::VisitName(NameId name, NodeId id) {
  if (tree_.context(id) != ExprContext::Load) {
    if (context_.Since(14)) CheckTarget(name, id);
    return builder_.Bind(name, kLocal, id, target_);
  }
  if (here().unevaluated) return;
  builder_.Use(name, id);
  // `super` without arguments reads it.
  const bool in_function =
      context_.Since(13) ? in_function_block() : builder_.scope().is_function_like();
  if (in_function && context_.Text(name) == "super") {
    builder_.DefineHidden("__class__", kUse, id);
  }
}

void ScopeWalk::CheckTarget(NameId name, NodeId id) {
  if (!context_.IsForbidden(name)) return;
  context_.Fail(id, tree_.context(id) == ExprContext::Del ? "cannot delete __debug__"
                                                          : "cannot assign to __debug__");
}

void ScopeWalk::RefuseInAnnotation(NodeId id, std::string_view what) {
  std::string_view where;
  switch (kind()) {
    case ScopeKind::Annotation:
      if (!context_.Since(12)) {
        return context_.Fail(id, fmt::format("'{}' can not be used within an annotation", what));
      }
      where = "an annotation";
      break;
    case ScopeKind::TypeVariable:
      where = here().what;
      break;
    case ScopeKind::TypeAlias:
      where = "a type alias";
      break;
    case ScopeKind::TypeParameters:
      where = "the definition of a generic";
      break;
    default:
      return;
  }
  context_.Fail(id, fmt::format("{} cannot be used within {}", what, where));
}

bool ScopeWalk::AllowsTopLevelAwait() {
  return context_.options.top_level_await && kind() == ScopeKind::Module;
}

void ScopeWalk::VisitAwait(NodeId id) {
  const size_t before = context_.errors.size();
  RefuseInAnnotation(id, "await expression");
  // Until 3.13 the code pass says this.
  if (context_.Since(14) && before == context_.errors.size() && !AllowsTopLevelAwait()) {
    if (!in_function_block()) {
      context_.Fail(id, "'await' outside function");
    } else if (!here().is_async_def && kind() != ScopeKind::Comprehension) {
      context_.Fail(id, "'await' outside async function");
    }
  }
  Visit(AwaitView(tree_, id).value());
  here().traits.coroutine = true;
}

void ScopeWalk::CheckAsyncStatement(NodeId id, std::string_view what) {
  if (!context_.Since(14) || here().is_async_def || AllowsTopLevelAwait()) return;
  context_.Fail(id, fmt::format("'{}' outside async function", what));
}

std::string_view ScopeWalk::WordOf(NodeKind comprehension) {
  switch (comprehension) {
    case NodeKind::ListComp:
      return "list comprehension";
    case NodeKind::SetComp:
      return "set comprehension";
    case NodeKind::DictComp:
      return "dict comprehension";
    default:
      return "generator expression";
  }
}

void ScopeWalk::VisitComprehension(NodeId id, NodeList generators, NodeId element, NodeId value) {
  const bool is_generator = tree_.kind(id) == NodeKind::GeneratorExp;
  comprehensionView outermost(tree_, generators.front());
  ++here().in_iterable;
  Visit(outermost.iter());
  --here().in_iterable;
  builder_.Open(ScopeKind::Comprehension, id);
  here().comprehension = tree_.kind(id);
  builder_.scope().is_async = here().traits.coroutine = outermost.is_async() != 0;
  builder_.DefineHidden(".0", kParameter, id);
  builder_.Place(generators.front());
  VisitIterated(outermost.target());
  // There may be no element.
  here().in_branch = 1;
  VisitAll(outermost.ifs());
  for (size_t index = 1; index < generators.size(); ++index) {
    comprehensionView generator(tree_, generators[index]);
    builder_.Place(generators[index]);
    VisitIterated(generator.target());
    ++here().in_iterable;
    Visit(generator.iter());
    --here().in_iterable;
    VisitAll(generator.ifs());
    if (generator.is_async()) builder_.scope().is_async = here().traits.coroutine = true;
  }
  VisitOptional(value);
  Visit(element);
  const bool is_async = here().traits.coroutine && !is_generator;
  CloseBody(id);
  if (!is_async) return;
  if (context_.Since(14) && !here().is_async_def && kind() != ScopeKind::Comprehension &&
      !AllowsTopLevelAwait()) {
    context_.Fail(id, std::string(kAsyncComprehension));
  }
  if (context_.Since(11)) here().traits.coroutine = true;
}

void ScopeWalk::VisitIterated(NodeId target) {
  here().in_target = true;
  VisitTarget(target, BindingKind::Comprehension);
  here().in_target = false;
}

void ScopeWalk::VisitNamed(const NamedExprView& named, NodeId id) {
  RefuseInAnnotation(id, "named expression");
  if (here().in_iterable > 0) {
    context_.Fail(id,
                  "assignment expression cannot be used in a comprehension iterable expression");
  }
  NodeId target = named.target();
  if (kind() == ScopeKind::Comprehension && tree_.kind(target) == NodeKind::Name) {
    builder_.BindOutside(NameView(tree_, target).id(), target);
  }
  Visit(named.value());
  VisitTarget(target, BindingKind::Walrus);
  builder_.PlaceOutside(target);
}

ScopeTree BuildScopes(compile_errors::Context& context) {
  return ScopeWalk(context).Run();
}

}  // namespace unspool::semantics
