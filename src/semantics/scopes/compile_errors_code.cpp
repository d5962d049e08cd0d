// The compiler's errors: what may only stand inside functions, loops and async functions, targets,
// repeated keywords, blocks nested too deeply. Visits statements and expressions in the order in
// which CPython generates their code.
#include "semantics/scopes/compile_errors_impl.h"

#include <fmt/format.h>
#include <unordered_set>
#include <utility>

namespace unspool::semantics::compile_errors {

using namespace syntax;

namespace {

enum class UnitKind : uint8_t {
  Module,
  Class,
  Function,
  AsyncFunction,
  Lambda,
  Comprehension,
  Type
};

enum class BlockKind : uint8_t {
  Loop,
  With,
  Try,
  FinallyTry,
  FinallyEnd,
  Handler,
  GroupHandler,
  StopIteration,
};

struct Block {
  BlockKind kind;
  NodeId node;
};

// What becomes a code object.
struct Unit {
  UnitKind kind = UnitKind::Module;
  BodyTraits traits;
  std::vector<Block> blocks;
  std::vector<NodeId> annotations;  // to be evaluated later
  bool too_deep = false;

  bool is_function_like() const { return kind != UnitKind::Module && kind != UnitKind::Class; }
};

class CodePass {
 public:
  explicit CodePass(Context& context) : context_(context), tree_(context.tree) {}

  void Run() {
    Open(UnitKind::Module);
    VisitAll(ModuleView(tree_, tree_.root()).body());
    Close();
  }

 private:
  Unit& unit() { return units_.back(); }

  void Open(UnitKind kind, NodeId node = NodeId()) {
    Unit opened;
    opened.kind = kind;
    if (node) {
      if (auto at = context_.traits.find(node.value()); at != context_.traits.end()) {
        opened.traits = at->second;
      }
    }
    units_.push_back(std::move(opened));
    if (context_.Since(12) && (unit().traits.generator || unit().traits.coroutine)) {
      unit().blocks.push_back({BlockKind::StopIteration, node});
    }
  }
  void Close() {
    std::vector<NodeId> annotations = std::move(unit().annotations);
    for (NodeId annotation : annotations) {
      Open(UnitKind::Type);
      Visit(annotation);
      units_.pop_back();
    }
    units_.pop_back();
  }

  void Push(BlockKind kind, NodeId node, NodeId at) {
    const size_t limit = context_.Since(12) ? 21 : 20;
    if (unit().blocks.size() >= limit && !std::exchange(unit().too_deep, true)) {
      context_.Fail(at, "too many statically nested blocks");
    }
    unit().blocks.push_back({kind, node});
  }
  void Pop() { unit().blocks.pop_back(); }

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
  // An item of a display or an argument, where a star is fine.
  void VisitItem(NodeId id) {
    Visit(tree_.kind(id) == NodeKind::Starred ? StarredView(tree_, id).value() : id);
  }
  void VisitItems(NodeList items) {
    for (NodeId item : items) VisitItem(item);
  }

  void CheckBinding(NameId name, NodeId at) {
    if (!context_.Since(14)) context_.CheckBinding(name, at);
  }
  bool AllowsTopLevelAwait() {
    return context_.options.top_level_await && unit().kind == UnitKind::Module;
  }

  void Visit(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::FunctionDef:
        return VisitFunction(FunctionDefView(tree_, id), id, UnitKind::Function);
      case NodeKind::AsyncFunctionDef:
        return VisitFunction(AsyncFunctionDefView(tree_, id), id, UnitKind::AsyncFunction);
      case NodeKind::ClassDef:
        return VisitClass(ClassDefView(tree_, id), id);
      case NodeKind::Lambda: {
        LambdaView lambda(tree_, id);
        argumentsView arguments(tree_, lambda.args());
        CheckParameters(arguments, id);
        VisitAll(arguments.defaults());
        VisitAll(arguments.kw_defaults());
        Open(UnitKind::Lambda, id);
        Visit(lambda.body());
        return Close();
      }
      case NodeKind::TypeAlias: {
        TypeAliasView alias(tree_, id);
        VisitTypeParameters(alias.type_params());
        Open(UnitKind::Type);
        Visit(alias.value());
        Close();
        return CheckBinding(NameView(tree_, alias.name()).id(), id);
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
      case NodeKind::Return:
        return VisitReturn(ReturnView(tree_, id).value(), id);
      case NodeKind::Break:
        if (!Unwind(id, true)) context_.Fail(id, "'break' outside loop");
        return;
      case NodeKind::Continue:
        if (!Unwind(id, true)) context_.Fail(id, "'continue' not properly in loop");
        return;
      case NodeKind::Assign:
        Visit(AssignView(tree_, id).value());
        return VisitAll(AssignView(tree_, id).targets());
      case NodeKind::AugAssign:
        return VisitAugmented(AugAssignView(tree_, id));
      case NodeKind::AnnAssign:
        return VisitAnnotated(AnnAssignView(tree_, id), id);
      case NodeKind::For: {
        ForView loop(tree_, id);
        Push(BlockKind::Loop, id, id);
        Visit(loop.iter());
        return FinishLoop(loop);
      }
      case NodeKind::AsyncFor: {
        AsyncForView loop(tree_, id);
        CheckAsyncStatement(id, "async for");
        Visit(loop.iter());
        Push(BlockKind::Loop, id, id);
        return FinishLoop(loop);
      }
      case NodeKind::While: {
        WhileView loop(tree_, id);
        Push(BlockKind::Loop, id, id);
        Visit(loop.test());
        VisitAll(loop.body());
        Pop();
        return VisitAll(loop.orelse());
      }
      case NodeKind::With:
        return VisitWith(WithView(tree_, id).items(), WithView(tree_, id).body(), id);
      case NodeKind::AsyncWith:
        CheckAsyncStatement(id, "async with");
        return VisitWith(AsyncWithView(tree_, id).items(), AsyncWithView(tree_, id).body(), id);
      case NodeKind::Try:
      case NodeKind::TryStar:
        return VisitTry(id);
      case NodeKind::Match:
        return VisitMatch(MatchView(tree_, id));
      case NodeKind::Import:
        for (NodeId node : ImportView(tree_, id).names()) {
          aliasView alias(tree_, node);
          const std::string_view name = context_.Text(alias.name());
          if (alias.asname()) {
            CheckBinding(alias.asname(), id);
          } else if (name.substr(0, name.find('.')) == "__debug__" && !context_.Since(14)) {
            context_.Fail(id, "cannot assign to __debug__");
          }
        }
        return;
      case NodeKind::ImportFrom:
        return VisitImportFrom(ImportFromView(tree_, id), id);
      case NodeKind::NamedExpr:
        Visit(NamedExprView(tree_, id).value());
        return Visit(NamedExprView(tree_, id).target());
      case NodeKind::Call: {
        CallView call(tree_, id);
        CheckKeywords(call.keywords(), id);
        Visit(call.func());
        VisitItems(call.args());
        return VisitAll(call.keywords());
      }
      case NodeKind::Dict: {
        DictView dict(tree_, id);
        for (size_t index = 0; index < dict.values().size(); ++index) {
          VisitOptional(dict.keys()[index]);
          Visit(dict.values()[index]);
        }
        return;
      }
      case NodeKind::Set:
        return VisitItems(SetView(tree_, id).elts());
      case NodeKind::List:
        return VisitSequence(ListView(tree_, id).elts(), id);
      case NodeKind::Tuple:
        return VisitSequence(TupleView(tree_, id).elts(), id);
      case NodeKind::Starred:
        context_.Fail(id, tree_.context(id) == ExprContext::Store
                              ? "starred assignment target must be in a list or tuple"
                              : "can't use starred expression here");
        return VisitChildren(id);
      case NodeKind::Yield:
        if (!unit().is_function_like()) context_.Fail(id, "'yield' outside function");
        return VisitChildren(id);
      case NodeKind::YieldFrom:
        if (!unit().is_function_like()) {
          context_.Fail(id, context_.Since(13) ? "'yield from' outside function"
                                               : "'yield' outside function");
        } else if (unit().kind == UnitKind::AsyncFunction) {
          context_.Fail(id, "'yield from' inside async function");
        }
        return VisitChildren(id);
      case NodeKind::Await:
        CheckAwait(id);
        return VisitChildren(id);
      case NodeKind::Name:
        return CheckTarget(NameView(tree_, id).id(), id);
      case NodeKind::Attribute:
        VisitChildren(id);
        if (tree_.context(id) == ExprContext::Store) {
          CheckTarget(AttributeView(tree_, id).attr(), id);
        }
        return;
      default:
        return VisitChildren(id);
    }
  }

  // ---- definitions ----

  template <typename FunctionView>
  void VisitFunction(const FunctionView& function, NodeId id, UnitKind kind) {
    argumentsView arguments(tree_, function.args());
    CheckParameters(arguments, id);
    VisitAll(function.decorator_list());
    VisitAll(arguments.defaults());
    VisitAll(arguments.kw_defaults());
    VisitTypeParameters(function.type_params());
    if (!context_.future_annotations) VisitAnnotations(arguments, function.returns());
    Open(kind, id);
    VisitAll(function.body());
    Close();
    CheckBinding(function.name(), id);
  }

  void CheckParameters(const argumentsView& arguments, NodeId owner) {
    if (context_.Since(14)) return;
    auto check = [&](NodeId node) {
      if (node) CheckBinding(argView(tree_, node).arg(), context_.Since(12) ? node : owner);
    };
    for (NodeId node : arguments.posonlyargs()) check(node);
    for (NodeId node : arguments.args()) check(node);
    check(arguments.vararg());
    for (NodeId node : arguments.kwonlyargs()) check(node);
    check(arguments.kwarg());
  }

  void VisitAnnotations(const argumentsView& arguments, NodeId returns) {
    const bool own_unit = context_.Since(14);
    if (own_unit) Open(UnitKind::Type);
    auto visit = [&](NodeId node) {
      if (node && argView(tree_, node).annotation()) VisitItem(argView(tree_, node).annotation());
    };
    for (NodeId node : arguments.args()) visit(node);
    for (NodeId node : arguments.posonlyargs()) visit(node);
    visit(arguments.vararg());
    for (NodeId node : arguments.kwonlyargs()) visit(node);
    visit(arguments.kwarg());
    VisitOptional(returns);
    if (own_unit) Close();
  }

  void VisitClass(const ClassDefView& definition, NodeId id) {
    VisitAll(definition.decorator_list());
    VisitTypeParameters(definition.type_params());
    Open(UnitKind::Class);
    VisitAll(definition.body());
    Close();
    const bool generic = !definition.type_params().empty();
    if (generic) Open(UnitKind::Type);
    CheckKeywords(definition.keywords(), id);
    VisitItems(definition.bases());
    VisitAll(definition.keywords());
    if (generic) Close();
    CheckBinding(definition.name(), id);
  }

  void VisitTypeParameters(NodeList parameters) {
    bool seen_default = false;
    for (NodeId id : parameters) {
      const NameId name(tree_.Word(id, 0));
      CheckBinding(name, id);
      Open(UnitKind::Type);
      VisitChildren(id);
      Close();
      const uint32_t last = static_cast<uint32_t>(InfoOf(tree_.kind(id)).fields.size()) - 1;
      if (NodeId(tree_.Word(id, last))) {
        seen_default = true;
      } else if (seen_default) {
        context_.Fail(id, fmt::format("non-default type parameter '{}' follows default type "
                                      "parameter",
                                      context_.Text(name)));
      }
    }
  }

  void VisitComprehension(NodeId id, NodeList generators, NodeId element, NodeId value) {
    auto traits = context_.traits.find(id.value());
    const bool is_async = traits != context_.traits.end() && traits->second.coroutine;
    const UnitKind outer = unit().kind;
    const bool outermost_first = context_.Since(12);
    NodeId outermost = comprehensionView(tree_, generators.front()).iter();
    if (outermost_first) Visit(outermost);
    if (is_async && !context_.Since(14) && tree_.kind(id) != NodeKind::GeneratorExp &&
        outer != UnitKind::AsyncFunction &&
        !(outer == UnitKind::Comprehension && context_.Since(11)) && !AllowsTopLevelAwait()) {
      context_.Fail(id, std::string(kAsyncComprehension));
    }
    Open(UnitKind::Comprehension, id);
    for (size_t index = 0; index < generators.size(); ++index) {
      comprehensionView generator(tree_, generators[index]);
      if (index > 0) Visit(generator.iter());
      Visit(generator.target());
      VisitAll(generator.ifs());
    }
    VisitItem(element);
    VisitOptional(value);
    Close();
    if (!outermost_first) Visit(outermost);
  }

  // ---- statements ----

  void VisitReturn(NodeId value, NodeId id) {
    if (!unit().is_function_like()) {
      context_.Fail(id, "'return' outside function");
    } else if (value && unit().traits.coroutine && unit().traits.generator) {
      context_.Fail(id, "'return' with value in async generator");
    }
    const bool is_constant = value && tree_.kind(value) == NodeKind::Constant;
    VisitOptional(value);
    Unwind(is_constant ? value : id, false);
  }

  // Leaves the blocks of a `break`, `continue` or `return`, whose `finally` bodies are compiled
  // once more there. False where no loop was found, and that was not reported otherwise.
  bool Unwind(NodeId at, bool to_loop) {
    for (size_t index = unit().blocks.size(); index-- > 0;) {
      const Block block = unit().blocks[index];
      if (block.kind == BlockKind::GroupHandler) {
        context_.Fail(at, "'break', 'continue' and 'return' cannot appear in an except* block");
        return true;
      }
      if (block.kind == BlockKind::Loop && to_loop) return true;
      if (block.kind == BlockKind::FinallyTry && unwound_.insert(block.node.value()).second) {
        std::vector<Block> all = unit().blocks;
        unit().blocks.resize(index);
        VisitAll(ListOf(block.node, field_index::Try::finalbody));
        unit().blocks = std::move(all);
      }
    }
    return !to_loop;
  }

  template <typename LoopView>
  void FinishLoop(const LoopView& loop) {
    Visit(loop.target());
    VisitAll(loop.body());
    Pop();
    VisitAll(loop.orelse());
  }

  void VisitWith(NodeList items, NodeList body, NodeId id) {
    for (NodeId node : items) {
      withitemView item(tree_, node);
      Visit(item.context_expr());
      Push(BlockKind::With, id, context_.Since(12) ? item.context_expr() : id);
      VisitOptional(item.optional_vars());
    }
    VisitAll(body);
    for (size_t index = 0; index < items.size(); ++index) Pop();
  }

  // The fields of Try and TryStar are the same.
  NodeList ListOf(NodeId statement, uint32_t field) const {
    return NodeList(tree_.List(tree_.Word(statement, field)));
  }

  void VisitTry(NodeId id) {
    NodeList finalbody = ListOf(id, field_index::Try::finalbody);
    NodeList handlers = ListOf(id, field_index::Try::handlers);
    NodeList orelse = ListOf(id, field_index::Try::orelse);
    const bool is_group = tree_.kind(id) == NodeKind::TryStar;
    if (!finalbody.empty()) Push(BlockKind::FinallyTry, id, id);
    if (!handlers.empty()) Push(BlockKind::Try, id, id);
    VisitAll(ListOf(id, field_index::Try::body));
    if (!handlers.empty()) {
      Pop();
      if (!is_group) VisitAll(orelse);
      VisitHandlers(handlers, is_group, id);
      if (is_group) VisitAll(orelse);
    }
    if (finalbody.empty()) return;
    Pop();
    Push(BlockKind::FinallyEnd, id, id);
    VisitAll(finalbody);
    Pop();
  }

  void VisitHandlers(NodeList handlers, bool is_group, NodeId statement) {
    Push(is_group ? BlockKind::GroupHandler : BlockKind::Handler, statement, statement);
    for (size_t index = 0; index < handlers.size(); ++index) {
      NodeId node = handlers[index];
      ExceptHandlerView handler(tree_, node);
      if (!handler.type() && index + 1 < handlers.size()) {
        context_.Fail(node, "default 'except:' must be last");
      }
      VisitOptional(handler.type());
      CheckBinding(handler.name(), node);
      Push(BlockKind::Handler, node, node);
      VisitAll(handler.body());
      Pop();
    }
    Pop();
  }

  void VisitMatch(const MatchView& match) {
    Visit(match.subject());
    NodeList cases = match.cases();
    for (size_t index = 0; index < cases.size(); ++index) {
      match_caseView branch(tree_, cases[index]);
      const bool last = index + 1 == cases.size();
      CheckPattern(context_, branch.pattern(), last || branch.guard(),
                   [this](NodeId expression) { Visit(expression); });
      VisitOptional(branch.guard());
      VisitAll(branch.body());
    }
  }

  void VisitImportFrom(const ImportFromView& import, NodeId id) {
    if (!context_.Since(14)) context_.CheckLateFuture(id);
    for (NodeId node : import.names()) {
      aliasView alias(tree_, node);
      CheckBinding(alias.asname() ? alias.asname() : alias.name(), id);
    }
  }

  void VisitAugmented(const AugAssignView& assignment) {
    NodeId target = assignment.target();
    // An attribute or subscript is evaluated first, a name bound last. Attributes are not checked.
    const bool is_name = tree_.kind(target) == NodeKind::Name;
    if (!is_name) VisitChildren(target);
    Visit(assignment.value());
    if (is_name) Visit(target);
  }

  void VisitAnnotated(const AnnAssignView& assignment, NodeId id) {
    NodeId target = assignment.target();
    NodeId value = assignment.value();
    const bool evaluated = !unit().is_function_like() && !context_.future_annotations;
    if (value) {
      Visit(value);
      Visit(target);
    }
    switch (tree_.kind(target)) {
      case NodeKind::Name:
        if (!value) CheckBinding(NameView(tree_, target).id(), id);
        if (!assignment.simple() || !evaluated) break;
        if (context_.Since(14)) {
          unit().annotations.push_back(assignment.annotation());
        } else {
          Visit(assignment.annotation());
        }
        break;
      case NodeKind::Attribute:
        if (value) break;
        CheckBinding(AttributeView(tree_, target).attr(), id);
        Visit(AttributeView(tree_, target).value());
        break;
      case NodeKind::Subscript:
        if (value) break;
        Visit(SubscriptView(tree_, target).value());
        VisitAnnotatedSlice(SubscriptView(tree_, target).slice());
        break;
      default:
        break;
    }
    if (!assignment.simple() && evaluated && !context_.Since(14)) Visit(assignment.annotation());
  }

  // Unlike elsewhere, a tuple here is no display, and a star in it is refused.
  void VisitAnnotatedSlice(NodeId slice) {
    if (tree_.kind(slice) != NodeKind::Tuple) return Visit(slice);
    for (NodeId item : TupleView(tree_, slice).elts()) VisitAnnotatedSlice(item);
  }

  // ---- expressions ----

  void CheckTarget(NameId name, NodeId id) {
    if (context_.Since(14) || !context_.IsForbidden(name)) return;
    if (tree_.context(id) == ExprContext::Store) {
      context_.Fail(id, "cannot assign to __debug__");
    } else if (tree_.context(id) == ExprContext::Del) {
      context_.Fail(id, "cannot delete __debug__");
    }
  }

  void CheckKeywords(NodeList keywords, NodeId owner) {
    std::unordered_set<uint32_t> seen;
    for (NodeId node : keywords) {
      const NameId name = keywordView(tree_, node).arg();
      if (!name) continue;
      CheckBinding(name, context_.Since(12) ? node : owner);
      if (keywords.size() > 1 && !seen.insert(name.value()).second) {
        context_.Fail(node, fmt::format("keyword argument repeated: {}", context_.Text(name)));
      }
    }
  }

  void VisitSequence(NodeList items, NodeId id) {
    if (tree_.context(id) == ExprContext::Store) CheckStars(items, id);
    VisitItems(items);
  }

  void CheckStars(NodeList items, NodeId id) {
    bool seen = false;
    for (size_t index = 0; index < items.size(); ++index) {
      if (tree_.kind(items[index]) != NodeKind::Starred) continue;
      if (seen) return context_.Fail(id, "multiple starred expressions in assignment");
      seen = true;
      if (index >= 256) {
        return context_.Fail(id, "too many expressions in star-unpacking assignment");
      }
    }
  }

  void CheckAwait(NodeId id) {
    if (context_.Since(14) || AllowsTopLevelAwait()) return;
    if (!unit().is_function_like()) {
      context_.Fail(id, "'await' outside function");
    } else if (unit().kind != UnitKind::AsyncFunction && unit().kind != UnitKind::Comprehension) {
      context_.Fail(id, "'await' outside async function");
    }
  }

  void CheckAsyncStatement(NodeId id, std::string_view what) {
    if (context_.Since(14) || AllowsTopLevelAwait() || unit().kind == UnitKind::AsyncFunction) {
      return;
    }
    context_.Fail(id, fmt::format("'{}' outside async function", what));
  }

  Context& context_;
  const Tree& tree_;
  std::vector<Unit> units_;
  std::unordered_set<uint32_t> unwound_;  // `try` statements left from inside
};

}  // namespace

void CheckCode(Context& context) {
  CodePass(context).Run();
}

}  // namespace unspool::semantics::compile_errors
