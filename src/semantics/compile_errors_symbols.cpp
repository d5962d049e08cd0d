// The symbol table's errors: declarations against uses, parameters, assignment expressions. Visits
// the tree in CPython's order, then looks at each block's declarations once all bindings are known.
#include "semantics/compile_errors_symbol_table.h"
#include "semantics/scopes.h"

#include <fmt/format.h>
#include <utility>

namespace unspool::semantics::compile_errors {

using namespace syntax;

namespace {

class SymbolPass {
 public:
  explicit SymbolPass(Context& context) : context_(context), tree_(context.tree), table_(context) {}

  void Run() {
    table_.Open(BlockKind::Module);
    for (NodeId statement : ModuleView(tree_, tree_.root()).body()) Visit(statement);
    table_.Analyze();
  }

 private:
  // ---- the walk ----

  Block& here() { return table_.here(); }

  void CheckBinding(NameId name, NodeId at) {
    if (context_.Since(14)) context_.CheckBinding(name, at);
  }
  void Bind(NameId name, NodeId at) {
    CheckBinding(name, at);
    table_.Define(name, kLocal, at);
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

  void Visit(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::FunctionDef:
        return VisitFunction(FunctionDefView(tree_, id), id, false);
      case NodeKind::AsyncFunctionDef:
        return VisitFunction(AsyncFunctionDefView(tree_, id), id, true);
      case NodeKind::ClassDef:
        return VisitClass(id);
      case NodeKind::Lambda: {
        LambdaView lambda(tree_, id);
        VisitDefaults(argumentsView(tree_, lambda.args()));
        table_.Open(BlockKind::Function);
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
        Visit(alias.name());
        const bool generic = OpenTypeParameters(alias.type_params());
        table_.Open(BlockKind::TypeAlias);
        Visit(alias.value());
        table_.Close();
        if (generic) table_.Close();
        return;
      }
      case NodeKind::TypeVar: {
        TypeVarView variable(tree_, id);
        VisitTypeParameter(variable.name(), id);
        NodeId bound = variable.bound();
        VisitTypeVariable(bound, bound && tree_.kind(bound) == NodeKind::Tuple
                                     ? "a TypeVar constraint"
                                     : "a TypeVar bound");
        return VisitTypeVariable(variable.default_value(), "a TypeVar default");
      }
      case NodeKind::ParamSpec:
        VisitTypeParameter(ParamSpecView(tree_, id).name(), id);
        return VisitTypeVariable(ParamSpecView(tree_, id).default_value(), "a ParamSpec default");
      case NodeKind::TypeVarTuple:
        VisitTypeParameter(TypeVarTupleView(tree_, id).name(), id);
        return VisitTypeVariable(TypeVarTupleView(tree_, id).default_value(),
                                 "a TypeVarTuple default");
      case NodeKind::AnnAssign:
        return VisitAnnotated(AnnAssignView(tree_, id), id);
      case NodeKind::Try:
      case NodeKind::TryStar: {
        TryView parts = TryOf(id);
        ++in_try_;
        VisitAll(parts.body);
        VisitAll(parts.orelse);
        VisitAll(parts.handlers);
        VisitAll(parts.finalbody);
        --in_try_;
        return;
      }
      case NodeKind::ExceptHandler: {
        ExceptHandlerView handler(tree_, id);
        VisitOptional(handler.type());
        if (handler.name()) Bind(handler.name(), id);
        return VisitAll(handler.body());
      }
      case NodeKind::AsyncWith:
        CheckAsyncStatement(id, "async with");
        return VisitChildren(id);
      case NodeKind::AsyncFor:
        CheckAsyncStatement(id, "async for");
        return VisitChildren(id);
      case NodeKind::Import:
        CheckLazy(id, ImportView(tree_, id).is_lazy() != 0, "lazy import");
        return VisitChildren(id);
      case NodeKind::ImportFrom:
        CheckLazy(id, ImportFromView(tree_, id).is_lazy() != 0, "lazy from ... import");
        if (context_.Since(14)) context_.CheckLateFuture(id);
        return VisitChildren(id);
      case NodeKind::alias:
        return VisitAlias(aliasView(tree_, id), id);
      case NodeKind::Global:
      case NodeKind::Nonlocal:
        return VisitDeclaration(id, tree_.kind(id) == NodeKind::Global);
      case NodeKind::NamedExpr:
        return VisitNamed(NamedExprView(tree_, id), id);
      case NodeKind::Yield:
      case NodeKind::YieldFrom:
        RefuseInAnnotation(id, "yield expression");
        VisitChildren(id);
        here().traits.generator = true;
        if (here().kind == BlockKind::Comprehension) {
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
        if (NameId name = MatchAsView(tree_, id).name()) Bind(name, id);
        return;
      }
      case NodeKind::MatchStar:
        if (NameId name = MatchStarView(tree_, id).name()) Bind(name, id);
        return;
      case NodeKind::MatchMapping:
        VisitChildren(id);
        if (NameId name = MatchMappingView(tree_, id).rest()) Bind(name, id);
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

  struct TryView {
    NodeList body, handlers, orelse, finalbody;
  };
  TryView TryOf(NodeId id) const {
    auto list = [&](uint32_t field) { return NodeList(tree_.List(tree_.Word(id, field))); };
    return {list(field_index::Try::body), list(field_index::Try::handlers),
            list(field_index::Try::orelse), list(field_index::Try::finalbody)};
  }

  // Keeps for the code pass what was learned of the body that `node` opens.
  void CloseBody(NodeId node) {
    context_.traits[node.value()] = here().traits;
    table_.Close();
  }

  template <typename FunctionView>
  void VisitFunction(const FunctionView& function, NodeId id, bool is_async) {
    Bind(function.name(), id);
    argumentsView arguments(tree_, function.args());
    VisitDefaults(arguments);
    if (context_.Since(12)) VisitAll(function.decorator_list());
    const bool generic = OpenTypeParameters(function.type_params());
    VisitAnnotations(arguments, function.returns());
    if (!context_.Since(12)) VisitAll(function.decorator_list());
    table_.Open(BlockKind::Function);
    here().is_async_def = here().traits.coroutine = is_async;
    VisitParameters(arguments);
    // A `try` outside does not surround the body.
    const uint32_t outer_try = std::exchange(in_try_, 0);
    VisitAll(function.body());
    in_try_ = outer_try;
    CloseBody(id);
    if (generic) table_.Close();
  }

  void VisitClass(NodeId id) {
    ClassDefView definition(tree_, id);
    Bind(definition.name(), id);
    const std::string_view outer_class = table_.class_name();
    if (context_.Since(12)) VisitAll(definition.decorator_list());
    bool generic = false;
    if (!definition.type_params().empty()) {
      table_.SetClassName(context_.Text(definition.name()));
      generic = OpenTypeParameters(definition.type_params());
    }
    VisitAll(definition.bases());
    VisitAll(definition.keywords());
    if (!context_.Since(12)) VisitAll(definition.decorator_list());
    table_.Open(BlockKind::Class);
    table_.SetClassName(context_.Text(definition.name()));
    VisitAll(definition.body());
    table_.SetClassName(outer_class);
    table_.Close();
    if (generic) table_.Close();
  }

  void VisitDefaults(const argumentsView& arguments) {
    VisitAll(arguments.defaults());
    VisitAll(arguments.kw_defaults());
  }

  void VisitParameters(const argumentsView& arguments) {
    auto define = [&](NodeId node) {
      if (!node) return;
      CheckBinding(argView(tree_, node).arg(), node);
      table_.Define(argView(tree_, node).arg(), kParameter, node);
    };
    for (NodeId node : arguments.posonlyargs()) define(node);
    for (NodeId node : arguments.args()) define(node);
    for (NodeId node : arguments.kwonlyargs()) define(node);
    define(arguments.vararg());
    define(arguments.kwarg());
  }

  void VisitAnnotations(const argumentsView& arguments, NodeId returns) {
    auto visit = [&](NodeId node) {
      if (node) VisitAnnotation(argView(tree_, node).annotation());
    };
    for (NodeId node : arguments.posonlyargs()) visit(node);
    for (NodeId node : arguments.args()) visit(node);
    visit(arguments.vararg());
    visit(arguments.kwarg());
    for (NodeId node : arguments.kwonlyargs()) visit(node);
    VisitAnnotation(returns);
  }

  // Where annotations are not evaluated in place they have a block of their own.
  void VisitAnnotation(NodeId annotation) {
    if (!annotation) return;
    const bool own_block =
        context_.Since(14) || (context_.future_annotations && context_.Since(10));
    if (own_block) table_.Open(BlockKind::Annotation);
    Visit(annotation);
    if (own_block) table_.Close();
  }

  bool OpenTypeParameters(NodeList parameters) {
    if (parameters.empty()) return false;
    table_.Open(BlockKind::TypeParameters);
    VisitAll(parameters);
    return true;
  }
  void VisitTypeParameter(NameId name, NodeId at) {
    CheckBinding(name, at);
    if (context_.Since(13) && context_.Text(name) == "__classdict__") {
      context_.Fail(at, "reserved name '__classdict__' cannot be used for type parameter");
    }
    table_.Define(name, kLocal | kTypeParameter, at);
  }
  void VisitTypeVariable(NodeId expression, std::string_view what) {
    if (!expression) return;
    table_.Open(BlockKind::TypeVariable);
    here().what = context_.Since(13) ? what : "a TypeVar bound";
    Visit(expression);
    table_.Close();
  }

  void VisitAnnotated(const AnnAssignView& assignment, NodeId id) {
    NodeId target = assignment.target();
    if (tree_.kind(target) == NodeKind::Name) {
      NameId name = NameView(tree_, target).id();
      const uint32_t flags = table_.FlagsHere(table_.Mangle(name));
      if ((flags & (kGlobal | kNonlocal)) && !table_.at_module_level() && assignment.simple()) {
        context_.Fail(id, fmt::format("annotated name '{}' can't be {}", context_.Text(name),
                                      flags & kGlobal ? "global" : "nonlocal"));
      }
      CheckBinding(name, target);
      if (assignment.simple()) {
        table_.Define(name, kAnnotated | kLocal, target);
      } else if (assignment.value()) {
        table_.Define(name, kLocal, target);
      }
    } else {
      Visit(target);
    }
    VisitAnnotation(assignment.annotation());
    VisitOptional(assignment.value());
  }

  void VisitAlias(const aliasView& alias, NodeId id) {
    std::string_view name = context_.Text(alias.name());
    if (name == "*") {
      if (here().kind != BlockKind::Module) {
        context_.Fail(id, "import * only allowed at module level");
      }
      return;
    }
    if (alias.asname()) {
      CheckBinding(alias.asname(), id);
      return table_.Define(alias.asname(), kImport, id);
    }
    name = name.substr(0, name.find('.'));
    if (name == "__debug__" && context_.Since(14)) context_.Fail(id, "cannot assign to __debug__");
    const std::string_view in_class = table_.class_name();
    const bool mangled = !in_class.empty() && name.starts_with("__");
    table_.Define(table_.Own(mangled ? MangledName(in_class, name) : name), kImport, id, name);
  }

  // PEP 810
  void CheckLazy(NodeId id, bool is_lazy, std::string_view what) {
    if (!is_lazy) return;
    if (here().kind != BlockKind::Module) {
      context_.Fail(id, fmt::format("{} not allowed inside {}", what,
                                    here().kind == BlockKind::Class ? "classes" : "functions"));
    } else if (in_try_ > 0) {
      context_.Fail(id, fmt::format("{} not allowed inside try/except blocks", what));
    } else if (tree_.kind(id) == NodeKind::ImportFrom) {
      aliasView first(tree_, ImportFromView(tree_, id).names().front());
      if (context_.Text(first.name()) == "*")
        context_.Fail(id, "lazy from ... import * is not allowed");
    }
  }

  void VisitDeclaration(NodeId id, bool global) {
    const std::string_view word = global ? "global" : "nonlocal";
    for (uint32_t raw : tree_.List(tree_.Word(id, 0))) {
      NameId name(raw);
      const uint32_t mangled = table_.Mangle(name);
      const uint32_t flags = table_.FlagsHere(mangled);
      const std::string_view text = context_.Text(name);
      if (flags & kParameter) {
        context_.Fail(id, fmt::format("name '{}' is parameter and {}", text, word));
      } else if (flags & kUse) {
        context_.Fail(id, fmt::format("name '{}' is used prior to {} declaration", text, word));
      } else if (flags & kAnnotated) {
        context_.Fail(id, fmt::format("annotated name '{}' can't be {}", text, word));
      } else if (flags & kLocal) {
        context_.Fail(id,
                      fmt::format("name '{}' is assigned to before {} declaration", text, word));
      }
      table_.Declare(mangled, global ? kGlobal : kNonlocal, id, text);
    }
  }

  void VisitName(NameId name, NodeId id) {
    if (tree_.context(id) != ExprContext::Load) {
      if (context_.Since(14)) CheckTarget(name, id);
      return table_.Define(name, kLocal, id);
    }
    table_.Define(name, kUse, id);
    if (here().kind == BlockKind::Function && context_.Text(name) == "super") {
      table_.Define(table_.Own("__class__"), kUse, id, "__class__");
    }
  }

  void CheckTarget(NameId name, NodeId id) {
    if (!context_.IsForbidden(name)) return;
    context_.Fail(id, tree_.context(id) == ExprContext::Del ? "cannot delete __debug__"
                                                            : "cannot assign to __debug__");
  }

  // ---- what may not stand everywhere ----

  void RefuseInAnnotation(NodeId id, std::string_view what) {
    std::string_view where;
    switch (here().kind) {
      case BlockKind::Annotation:
        if (!context_.Since(12)) {
          return context_.Fail(id, fmt::format("'{}' can not be used within an annotation", what));
        }
        where = "an annotation";
        break;
      case BlockKind::TypeVariable:
        where = here().what;
        break;
      case BlockKind::TypeAlias:
        where = "a type alias";
        break;
      case BlockKind::TypeParameters:
        where = "the definition of a generic";
        break;
      default:
        return;
    }
    context_.Fail(id, fmt::format("{} cannot be used within {}", what, where));
  }

  bool AllowsTopLevelAwait() {
    return context_.options.top_level_await && here().kind == BlockKind::Module;
  }

  void VisitAwait(NodeId id) {
    const size_t before = context_.errors.size();
    RefuseInAnnotation(id, "await expression");
    // Until 3.13 the code pass says this.
    if (context_.Since(14) && before == context_.errors.size() && !AllowsTopLevelAwait()) {
      if (!here().is_function_like()) {
        context_.Fail(id, "'await' outside function");
      } else if (!here().is_async_def && here().kind != BlockKind::Comprehension) {
        context_.Fail(id, "'await' outside async function");
      }
    }
    Visit(AwaitView(tree_, id).value());
    here().traits.coroutine = true;
  }

  void CheckAsyncStatement(NodeId id, std::string_view what) {
    if (!context_.Since(14) || here().is_async_def || AllowsTopLevelAwait()) return;
    context_.Fail(id, fmt::format("'{}' outside async function", what));
  }

  // ---- comprehensions and assignment expressions ----

  static std::string_view WordOf(NodeKind comprehension) {
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

  void VisitComprehension(NodeId id, NodeList generators, NodeId element, NodeId value) {
    const bool is_generator = tree_.kind(id) == NodeKind::GeneratorExp;
    comprehensionView outermost(tree_, generators.front());
    ++here().in_iterable;
    Visit(outermost.iter());
    --here().in_iterable;
    table_.Open(BlockKind::Comprehension);
    here().comprehension = tree_.kind(id);
    here().traits.coroutine = outermost.is_async() != 0;
    VisitTarget(outermost.target());
    VisitAll(outermost.ifs());
    for (size_t index = 1; index < generators.size(); ++index) {
      comprehensionView generator(tree_, generators[index]);
      VisitTarget(generator.target());
      ++here().in_iterable;
      Visit(generator.iter());
      --here().in_iterable;
      VisitAll(generator.ifs());
      if (generator.is_async()) here().traits.coroutine = true;
    }
    VisitOptional(value);
    Visit(element);
    const bool is_async = here().traits.coroutine && !is_generator;
    CloseBody(id);
    if (!is_async) return;
    if (context_.Since(14) && !here().is_async_def && here().kind != BlockKind::Comprehension &&
        !AllowsTopLevelAwait()) {
      context_.Fail(id, std::string(kAsyncComprehension));
    }
    if (context_.Since(11)) here().traits.coroutine = true;
  }

  void VisitTarget(NodeId target) {
    here().in_target = true;
    Visit(target);
    here().in_target = false;
  }

  void VisitNamed(const NamedExprView& named, NodeId id) {
    RefuseInAnnotation(id, "named expression");
    if (here().in_iterable > 0) {
      context_.Fail(id,
                    "assignment expression cannot be used in a comprehension iterable expression");
    }
    NodeId target = named.target();
    if (here().kind == BlockKind::Comprehension && tree_.kind(target) == NodeKind::Name) {
      table_.BindOutside(NameView(tree_, target).id(), target);
    }
    Visit(named.value());
    Visit(target);
  }

  Context& context_;
  const Tree& tree_;
  SymbolTable table_;
  uint32_t in_try_ = 0;
};

}  // namespace

void CheckSymbols(Context& context) {
  SymbolPass(context).Run();
}

}  // namespace unspool::semantics::compile_errors
