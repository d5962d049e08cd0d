#include "semantics/modules/top_level.h"

#include "semantics/modules/import_items.h"
#include "syntax/views.h"

#include <algorithm>
#include <set>

namespace unspool::semantics {

using namespace syntax;

namespace {

using Names = std::set<std::string, std::less<>>;

// Walks the statements of the top level in the order of the text: what each binds, and what is
// bound for sure when it has been passed.
class TopLevel {
 public:
  TopLevel(const Tree& tree, const Platform& platform, ModuleFacts& facts)
      : tree_(tree), platform_(platform), facts_(facts) {}

  TopLevelNames Run() && {
    definite_ = true;
    Flow flow = Body(ModuleView(tree_, tree_.root()).body(), 0);
    facts_.definite.assign(flow.bound.begin(), flow.bound.end());
    facts_.deleted.assign(deleted_.begin(), deleted_.end());
    return std::move(names_);
  }

 private:
  // `IntEnum._convert_("Signals", __name__, ...)` and the like, called for what they do.
  bool TakesOwnName(NodeId call) const {
    if (tree_.kind(call) != NodeKind::Call) return false;
    for (NodeId argument : CallView(tree_, call).args()) {
      if (tree_.TextOf(argument) == "__name__") return true;
    }
    return false;
  }

  // What is nested more deeply (an `elif` nests too) is not looked at, and may bind anything.
  static constexpr int kMaxDepth = 1000;

  struct Flow {
    Names bound;
    bool ends = false;  // raises or leaves: what comes after is not reached from here
  };

  Flow Body(NodeList body, int depth) {
    Flow flow;
    for (NodeId statement : body) {
      Flow next = Statement(statement, depth);
      if (flow.ends) continue;
      flow.bound.merge(next.bound);
      flow.ends = next.ends;
    }
    for (const std::string& name : deleted_) flow.bound.erase(name);
    return flow;
  }

  void Maybe(NodeList body, int depth) {
    const Perhaps perhaps(*this);
    Body(body, depth);
  }

  static Flow Either(Flow left, Flow right) {
    if (left.ends) return right;
    if (right.ends) return left;
    std::erase_if(left.bound, [&](const std::string& name) { return !right.bound.contains(name); });
    return left;
  }

  Flow Statement(NodeId id, int depth) {
    Flow flow;
    if (depth > kMaxDepth) {
      facts_.dynamic_names = true;
      return flow;
    }
    switch (tree_.kind(id)) {
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
      case NodeKind::ClassDef:
        Bind(tree_.Name(NameId(tree_.Word(id, 0))), id, flow);
        if (tree_.kind(id) == NodeKind::FunctionDef) names_.functions.push_back(id);
        if (tree_.kind(id) == NodeKind::ClassDef &&
            !ClassDefView(tree_, id).decorator_list().empty()) {
          facts_.may_have_more = true;  // as enum.global_enum does
        }
        break;
      case NodeKind::Expr:
        if (TakesOwnName(ExprView(tree_, id).value())) facts_.may_have_more = true;
        break;
      case NodeKind::Import:
        BindImport(id, flow);
        break;
      case NodeKind::ImportFrom:
        BindFrom(id, flow);
        break;
      case NodeKind::Assign: {
        AssignView assign(tree_, id);
        for (NodeId target : assign.targets()) {
          BindTarget(target, flow);
          if (tree_.kind(target) == NodeKind::Name) {
            KeepValue(tree_.Name(NameView(tree_, target).id()), assign.value());
          }
        }
        break;
      }
      case NodeKind::AnnAssign: {
        AnnAssignView assign(tree_, id);
        if (assign.value()) BindTarget(assign.target(), flow);
        break;
      }
      case NodeKind::AugAssign:
        BindTarget(AugAssignView(tree_, id).target(), flow);
        break;
      case NodeKind::TypeAlias:
        BindTarget(TypeAliasView(tree_, id).name(), flow);
        break;
      case NodeKind::Delete:
        for (NodeId target : DeleteView(tree_, id).targets()) {
          if (tree_.kind(target) == NodeKind::Name) {
            deleted_.emplace(tree_.Name(NameView(tree_, target).id()));
          }
        }
        break;
      case NodeKind::Raise:
        flow.ends = true;
        break;
      case NodeKind::If:
        return OfIf(id, depth);
      case NodeKind::Try: {
        TryView statement(tree_, id);
        return OfTry(statement.body(), statement.handlers(), statement.orelse(),
                     statement.finalbody(), depth);
      }
      case NodeKind::TryStar: {
        TryStarView statement(tree_, id);
        return OfTry(statement.body(), statement.handlers(), statement.orelse(),
                     statement.finalbody(), depth);
      }
      case NodeKind::With:
        for (NodeId item : WithView(tree_, id).items()) {
          if (NodeId variable = withitemView(tree_, item).optional_vars()) {
            BindTarget(variable, flow);
          }
        }
        // A context manager may swallow what is raised in the body.
        Maybe(WithView(tree_, id).body(), depth + 1);
        break;
      case NodeKind::For: {
        ForView loop(tree_, id);
        Flow maybe;
        BindTarget(loop.target(), maybe);
        Maybe(loop.body(), depth + 1);
        Maybe(loop.orelse(), depth + 1);
        break;
      }
      case NodeKind::While:
        Maybe(WhileView(tree_, id).body(), depth + 1);
        Maybe(WhileView(tree_, id).orelse(), depth + 1);
        break;
      case NodeKind::Match:
        for (NodeId match : MatchView(tree_, id).cases()) {
          Maybe(match_caseView(tree_, match).body(), depth + 1);
        }
        break;
      default:
        break;
    }
    return flow;
  }

  // While it lives, what is passed may not be run.
  struct Perhaps {
    explicit Perhaps(TopLevel& walk, bool fallback = false)
        : top(walk), definite(walk.definite_), was_fallback(walk.fallback_) {
      top.definite_ = false;
      top.fallback_ |= fallback;
    }
    ~Perhaps() {
      top.definite_ = definite;
      top.fallback_ = was_fallback;
    }
    Perhaps(const Perhaps&) = delete;
    Perhaps& operator=(const Perhaps&) = delete;
    TopLevel& top;
    bool definite;
    bool was_fallback;
  };

  Flow OfIf(NodeId id, int depth) {
    IfView statement(tree_, id);
    const StaticCondition condition = ConditionOf(tree_, statement.test(), platform_);
    if (condition.value == true) return Body(statement.body(), depth + 1);
    if (condition.value == false) return Body(statement.orelse(), depth + 1);
    const Perhaps perhaps(*this);
    Flow body = Body(statement.body(), depth + 1);
    return Either(std::move(body), Body(statement.orelse(), depth + 1));
  }

  Flow OfTry(NodeList body, NodeList handlers, NodeList orelse, NodeList finalbody, int depth) {
    Flow flow;
    {
      const Perhaps perhaps(*this);
      flow = Body(body, depth + 1);
      Flow rest = Body(orelse, depth + 1);
      flow.bound.merge(rest.bound);
      flow.ends |= rest.ends;
    }
    for (NodeId handler : handlers) {
      const Perhaps perhaps(*this, TakesImportError(tree_, handler));
      flow = Either(std::move(flow), Body(ExceptHandlerView(tree_, handler).body(), depth + 1));
    }
    Flow last = Body(finalbody, depth + 1);
    flow.bound.merge(last.bound);
    flow.ends |= last.ends;
    return flow;
  }

  void Bind(std::string_view name, NodeId place, Flow& flow, BindingHow how = BindingHow::Value,
            ModuleReference module = {}, std::string imported = {}) {
    facts_.bindings.push_back({std::string(name), how, tree_.begin(place), definite_, fallback_,
                               std::move(module), std::move(imported)});
    flow.bound.emplace(name);
    // Bound anew after it was deleted.
    deleted_.erase(std::string(name));
    if (how != BindingHow::Value) KeepValue(name, NodeId());
  }

  void KeepValue(std::string_view name, NodeId value) {
    auto [at, fresh] = names_.values.try_emplace(std::string(name), value);
    if (!fresh) at->second = NodeId();
  }

  void BindTarget(NodeId target, Flow& flow) {
    std::vector<NodeId> pending = {target};
    while (!pending.empty()) {
      const NodeId next = pending.back();
      pending.pop_back();
      switch (tree_.kind(next)) {
        case NodeKind::Name:
          Bind(tree_.Name(NameView(tree_, next).id()), next, flow);
          break;
        case NodeKind::Tuple:
        case NodeKind::List:
        case NodeKind::Starred:
          ForEachChild(tree_, next, [&](NodeId child) { pending.push_back(child); });
          break;
        default:
          break;
      }
    }
  }

  void BindImport(NodeId id, Flow& flow) {
    for (NodeId node : ImportView(tree_, id).names()) {
      aliasView alias(tree_, node);
      const std::string module(tree_.Name(alias.name()));
      facts_.loads.push_back({{0, module}, {}, tree_.begin(node), definite_});
      if (alias.asname()) {
        Bind(tree_.Name(alias.asname()), node, flow, BindingHow::Import, {0, module}, "as");
      } else {
        Bind(module.substr(0, module.find('.')), node, flow, BindingHow::Import, {0, module});
      }
    }
  }

  void BindFrom(NodeId id, Flow& flow) {
    ImportFromView from(tree_, id);
    const ModuleReference module{
        static_cast<uint32_t>(std::max(from.level(), 0)),
        from.module() ? std::string(tree_.Name(from.module())) : std::string()};
    for (NodeId node : from.names()) {
      aliasView alias(tree_, node);
      const std::string name(tree_.Name(alias.name()));
      facts_.loads.push_back({module, name, tree_.begin(node), definite_});
      if (name == "*") {
        facts_.stars.push_back(module);
      } else {
        Bind(alias.asname() ? tree_.Name(alias.asname()) : std::string_view(name), node, flow,
             BindingHow::FromImport, module, name);
      }
    }
  }

  const Tree& tree_;
  const Platform& platform_;
  ModuleFacts& facts_;
  bool definite_ = false;
  bool fallback_ = false;
  Names deleted_;
  TopLevelNames names_;
};

}  // namespace

NodeId TopLevelNames::ValueOf(const ModuleFacts& facts, std::string_view name) const {
  auto at = values.find(name);
  const bool once = std::ranges::count(facts.bindings, name, &ModuleBinding::name) == 1;
  return at == values.end() || !once ? NodeId() : at->second;
}

NodeId TopLevelNames::FunctionOf(const Tree& tree, const ModuleFacts& facts,
                                 std::string_view name) const {
  if (std::ranges::count(facts.bindings, name, &ModuleBinding::name) != 1) return NodeId();
  const uint32_t order = std::ranges::find(facts.bindings, name, &ModuleBinding::name)->order;
  for (NodeId function : functions) {
    if (tree.begin(function) == order) return function;
  }
  return NodeId();
}

TopLevelNames ReadTopLevel(const Tree& tree, const Platform& platform, ModuleFacts& facts) {
  return TopLevel(tree, platform, facts).Run();
}

}  // namespace unspool::semantics
