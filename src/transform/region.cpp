#include "transform/region.h"

#include "dependence/loop_body.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace unspool::transform {

using namespace syntax;
using dependence::Accumulation;
using semantics::NameKind;
using semantics::Resolution;

bool CollectTargetNames(const Tree& tree, NodeId target, std::vector<NameId>& names) {
  switch (tree.kind(target)) {
    case NodeKind::Name:
      names.push_back(NameView(tree, target).id());
      return true;
    case NodeKind::Tuple:
    case NodeKind::List: {
      for (NodeId element : NodeList(tree.List(tree.Word(target, 0)))) {
        if (!CollectTargetNames(tree, element, names)) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

namespace {

class Reader {
 public:
  Reader(const Tree& tree, const semantics::ScopeTree& scopes, const LoopVerdict& verdict,
         const base::IdVector<NodeId, NodeId>& parents,
         const base::IdVector<NodeId, NodeId>& starts)
      : tree_(tree), scopes_(scopes), verdict_(verdict), parents_(parents), starts_(starts) {}

  RegionResult Run() {
    region().loop = verdict_.loop;
    if (tree_.kind(verdict_.loop) == NodeKind::For) {
      ForView loop(tree_, verdict_.loop);
      region().is_statement = true;
      region().target = loop.target();
      region().iter = loop.iter();
      for (NodeId statement : loop.body()) region().body.push_back(statement);
      for (const auto& variable : verdict_.variables) {
        if (variable.write != verdict_.loop) region().rebound.push_back(variable.name);
      }
      ReadLastValues();
      ReadUpdates();
      ReadBody();
      CollectFreeNames(starts_[region().body.front()], region().body.back());
    } else {
      NodeList generators(tree_.List(
          tree_.Word(verdict_.loop, tree_.kind(verdict_.loop) == NodeKind::DictComp ? 2 : 1)));
      comprehensionView first(tree_, generators[0]);
      region().target = first.target();
      region().iter = first.iter();
      // Everything but the first iterable runs in the comprehension's own scope.
      CollectFreeNames(starts_[verdict_.loop], verdict_.loop, starts_[first.iter()], first.iter());
      ReadComprehension();
    }
    if (!CollectTargetNames(tree_, region().target, region().target_names)) {
      Problem("the loop assigns its items to more than plain names", region().target);
    }
    return std::move(result_);
  }

 private:
  Region& region() { return result_.region; }
  const Region& region() const { return result_.region; }

  void Problem(std::string text, NodeId at) {
    if (!result_.problem.empty()) return;
    result_.problem = std::move(text);
    result_.problem_at = at;
  }

  NodeId StatementOf(NodeId node) const {
    while (InfoOf(tree_.kind(node)).category != Category::Stmt) node = parents_[node];
    return node;
  }

  // In the order in which the body mentions them.
  void ReadLastValues() {
    std::vector<std::pair<uint32_t, NameId>> found;
    for (const auto& variable : verdict_.variables) {
      if (variable.variable_class != dependence::VariableClass::LastValue ||
          variable.write == verdict_.loop) {
        continue;
      }
      uint32_t begin = tree_.begin(variable.write);
      for (NodeId id = starts_[variable.write]; id <= variable.write; id = NodeId(id.value() + 1)) {
        if (tree_.kind(id) == NodeKind::Name && NameView(tree_, id).id() == variable.name) {
          begin = tree_.begin(id);
          break;
        }
      }
      found.emplace_back(begin, variable.name);
    }
    std::sort(found.begin(), found.end());
    for (const auto& [begin, name] : found) region().last_values.push_back(name);
  }

  // Finds the statement of each accumulation the verdict found, and takes it apart.
  void ReadUpdates() {
    std::set<NodeId> seen;
    for (const Accumulation& accumulation : verdict_.accumulations) {
      NodeId statement = StatementOf(accumulation.site);
      if (!seen.insert(statement).second) continue;
      Update update{statement, NodeId(), {}, accumulation.how};
      switch (tree_.kind(statement)) {
        case NodeKind::Expr: {
          NodeId value = ExprView(tree_, statement).value();
          if (value != accumulation.site || tree_.kind(value) != NodeKind::Call) {
            Problem("the container is changed inside a larger expression", statement);
            return;
          }
          CallView call(tree_, value);
          if (tree_.kind(call.func()) != NodeKind::Attribute || !call.keywords().empty()) {
            Problem("the container is changed in a way that cannot be taken out", statement);
            return;
          }
          update.receiver = AttributeView(tree_, call.func()).value();
          for (NodeId argument : call.args()) {
            if (tree_.kind(argument) == NodeKind::Starred) {
              Problem("the container is changed with unpacked arguments", statement);
              return;
            }
            update.arguments.push_back(argument);
          }
          break;
        }
        case NodeKind::Assign: {
          AssignView assign(tree_, statement);
          if (assign.targets().size() != 1 || assign.targets()[0] != accumulation.site ||
              tree_.kind(accumulation.site) != NodeKind::Subscript) {
            Problem("the container is changed by an assignment to several targets", statement);
            return;
          }
          SubscriptView subscript(tree_, accumulation.site);
          update.receiver = subscript.value();
          update.arguments = {subscript.slice(), assign.value()};
          break;
        }
        case NodeKind::AugAssign: {
          AugAssignView assign(tree_, statement);
          if (statement != accumulation.site || tree_.kind(assign.target()) != NodeKind::Name) {
            Problem("the container's elements are changed in place", statement);
            return;
          }
          update.receiver = assign.target();
          update.arguments = {assign.value()};
          break;
        }
        default:
          Problem("the container is changed in a way that cannot be taken out", statement);
          return;
      }
      region().updates.push_back(std::move(update));
    }
    std::sort(region().updates.begin(), region().updates.end(),
              [&](const Update& a, const Update& b) {
                return tree_.begin(a.statement) < tree_.begin(b.statement);
              });
  }

  // Statements that mean something else in a function of their own.
  void ReadBody() {
    dependence::WalkLoopBody(tree_, region().loop, [&](NodeId id, bool own) {
      switch (tree_.kind(id)) {
        case NodeKind::Continue:
          if (own) region().continues.push_back(id);
          break;
        case NodeKind::Global:
        case NodeKind::Nonlocal:
          Problem("the body declares names as global or nonlocal", id);
          break;
        case NodeKind::ClassDef:
        case NodeKind::FunctionDef:
        case NodeKind::AsyncFunctionDef:
        case NodeKind::Import:
        case NodeKind::ImportFrom:
        case NodeKind::Delete:
        case NodeKind::Lambda:
          CheckDefinition(id);
          break;
        case NodeKind::Opaque:
        case NodeKind::Invalid:
          Problem("the body holds text that is not Python", id);
          break;
        case NodeKind::Attribute:
          CheckPrivate(id);
          break;
        case NodeKind::Name: {
          std::string_view name = tree_.Name(NameView(tree_, id).id());
          if (name == "super" || name == "__class__") {
            Problem("the body uses super(), which only works in its method", id);
          }
          break;
        }
        default:
          break;
      }
      return true;
    });
    std::sort(region().continues.begin(), region().continues.end());
  }

  void CheckDefinition(NodeId id) {
    if (tree_.kind(id) == NodeKind::Lambda && !NamesFunctions()) return;
    Problem("the body defines, imports or deletes names", id);
  }

  // Whether anybody may see the qualified name of a lambda: by asking, or in an error's text.
  bool NamesFunctions() const {
    for (uint32_t index = starts_[region().loop].value(); index <= region().loop.value(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) == NodeKind::ExceptHandler && ExceptHandlerView(tree_, id).name()) {
        return true;
      }
    }
    return tree_.names().Find("__qualname__").has_value();
  }

  // Names with two leading underscores are mangled inside classes only.
  void CheckPrivate(NodeId id) {
    std::string_view name = tree_.Name(AttributeView(tree_, id).attr());
    if (!name.starts_with("__") || name.ends_with("__")) return;
    for (NodeId node = parents_[id]; node; node = parents_[node]) {
      if (tree_.kind(node) == NodeKind::ClassDef) {
        Problem("the body uses a private attribute of its class", id);
        return;
      }
    }
  }

  void ReadComprehension() {
    for (uint32_t index = starts_[region().loop].value(); index <= region().loop.value(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) == NodeKind::Attribute) CheckPrivate(id);
      if (tree_.kind(id) == NodeKind::NamedExpr) {
        Problem("a name is bound with := inside the comprehension", id);
      }
      if (tree_.kind(id) == NodeKind::Name) {
        std::string_view name = tree_.Name(NameView(tree_, id).id());
        if (name == "super" || name == "__class__") {
          Problem("the body uses super(), which only works in its method", id);
        }
      }
    }
  }

  // Names read in a range of nodes that are bound outside the loop. What the loop binds itself is
  // private: anything else would be an obstacle of the verdict.
  void CollectFreeNames(NodeId first, NodeId last, NodeId skip_first = NodeId(),
                        NodeId skip_last = NodeId()) {
    std::set<NameId> bound;
    for (const auto& variable : verdict_.variables) bound.insert(variable.name);
    std::set<NameId> seen;
    for (uint32_t index = first.value(); index <= last.value(); ++index) {
      NodeId id(index);
      if (skip_first && skip_first <= id && id <= skip_last) continue;
      if (tree_.kind(id) != NodeKind::Name) continue;
      NameId name = NameView(tree_, id).id();
      Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(id), name);
      if (resolution.kind == NameKind::Implicit) continue;
      // Bound by a scope inside the region (an inner comprehension, a lambda).
      NodeId owner = scopes_[resolution.scope].node;
      if (owner && starts_[region().loop] <= owner && owner <= region().loop) continue;
      if (bound.contains(name) &&
          scopes_.FrameOf(resolution.scope) == scopes_.FrameOf(scopes_.ScopeAt(region().loop))) {
        continue;
      }
      if (!seen.insert(name).second) continue;
      region().free_names.push_back({name, resolution, id});
    }
    std::sort(region().free_names.begin(), region().free_names.end(),
              [&](const FreeName& a, const FreeName& b) {
                return tree_.begin(a.first_use) < tree_.begin(b.first_use);
              });
  }

  const Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const LoopVerdict& verdict_;
  const base::IdVector<NodeId, NodeId>& parents_;
  const base::IdVector<NodeId, NodeId>& starts_;
  RegionResult result_;
};

}  // namespace

RegionResult ReadRegion(const Tree& tree, const semantics::ScopeTree& scopes,
                        const LoopVerdict& verdict, const base::IdVector<NodeId, NodeId>& parents,
                        const base::IdVector<NodeId, NodeId>& starts) {
  return Reader(tree, scopes, verdict, parents, starts).Run();
}

}  // namespace unspool::transform
