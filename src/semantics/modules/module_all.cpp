#include "semantics/modules/module_all.h"

#include "syntax/views.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace unspool::semantics {

using namespace syntax;

namespace {

class AllReader {
 public:
  AllReader(const Tree& tree, const ScopeTree& scopes)
      : tree_(tree), scopes_(scopes), name_(tree.names().Find("__all__")) {}

  ModuleAll Run() {
    if (!name_) return std::move(out_);
    const Resolution found = scopes_.Resolve(scopes_.module_scope(), name_);
    if (found.kind != NameKind::Global) return std::move(out_);
    for (NodeId statement : ModuleView(tree_, tree_.root()).body()) Read(statement);
    const Symbol& symbol = scopes_[found.scope].symbols[found.slot];
    for (const Binding& binding : scopes_.BindingsOf(symbol)) {
      if (understood_.contains(binding.node.value())) continue;
      const bool elsewhere = binding.from != scopes_.module_scope();
      const std::string_view where = elsewhere             ? " by a function"
                                     : binding.conditional ? " where it may be left out"
                                                           : "";
      Refuse(binding.node, fmt::format("`__all__` is bound{} ({})", where, WordOf(binding.kind)));
    }
    CheckOtherUses();
    if (refused_) {
      out_.items.clear();
      out_.state = ModuleAll::State::Unknown;
    }
    return std::move(out_);
  }

 private:
  using Items = std::vector<ModuleAll::Item>;

  // The first reason in the file is the one to name.
  void Refuse(NodeId place, std::string reason) {
    if (refused_ && tree_.begin(out_.place) <= tree_.begin(place)) return;
    refused_ = true;
    out_.place = place;
    out_.reason = std::move(reason);
  }

  bool IsAll(NodeId node) const {
    return tree_.kind(node) == NodeKind::Name && NameView(tree_, node).id() == name_;
  }
  bool IsBuiltin(NodeId node) const {
    if (tree_.kind(node) != NodeKind::Name) return false;
    const NameId name = NameView(tree_, node).id();
    return scopes_.Resolve(scopes_.ScopeAt(node), name).kind == NameKind::Implicit;
  }
  bool IsString(NodeId node) const {
    return tree_.kind(node) == NodeKind::Constant &&
           tree_.constant(ConstantView(tree_, node).value()).kind == ConstantKind::Str;
  }
  std::string StringOf(NodeId node) const {
    return std::string(tree_.ConstantText(tree_.constant(ConstantView(tree_, node).value())));
  }

  // ---- statements of the module ----

  void Read(NodeId statement) {
    switch (tree_.kind(statement)) {
      case NodeKind::Assign: {
        AssignView assignment(tree_, statement);
        NodeId target = assignment.targets()[0];
        if (assignment.targets().size() != 1 || !IsAll(target)) return;
        return Set(target, assignment.value());
      }
      case NodeKind::AnnAssign: {
        AnnAssignView assignment(tree_, statement);
        if (!IsAll(assignment.target())) return;
        understood_.insert(assignment.target().value());
        if (assignment.value()) Set(assignment.target(), assignment.value());
        return;
      }
      case NodeKind::AugAssign: {
        AugAssignView assignment(tree_, statement);
        if (!IsAll(assignment.target())) return;
        if (static_cast<Operator>(assignment.op()) != Operator::Add) return;
        understood_.insert(assignment.target().value());
        return Extend(assignment.target(), assignment.value());
      }
      case NodeKind::Expr: {
        NodeId value = ExprView(tree_, statement).value();
        if (tree_.kind(value) == NodeKind::Call) Change(CallView(tree_, value), value);
        return;
      }
      case NodeKind::Delete:
        for (NodeId target : DeleteView(tree_, statement).targets()) {
          if (!IsAll(target)) continue;
          understood_.insert(target.value());
          out_ = ModuleAll();
        }
        return;
      case NodeKind::ImportFrom:
        for (NodeId node : ImportFromView(tree_, statement).names()) {
          aliasView alias(tree_, node);
          const NameId bound = alias.asname() ? alias.asname() : alias.name();
          if (tree_.Name(alias.name()) == "*" && out_.state == ModuleAll::State::Known) {
            if (!out_.star_import_later) out_.star_import_later = node;
          }
          if (bound != name_ || tree_.Name(alias.name()) != "__all__") continue;
          understood_.insert(node.value());
          out_.state = ModuleAll::State::Known;
          out_.items = {{"", statement}};
          out_.star_import_later = NodeId();
        }
        return;
      default:
        return;
    }
  }

  void Set(NodeId target, NodeId value) {
    understood_.insert(target.value());
    Items items;
    if (!Collect(value, items)) return;
    out_.state = ModuleAll::State::Known;
    out_.items = std::move(items);
    out_.star_import_later = NodeId();
  }

  void Extend(NodeId at, NodeId value) {
    Items items;
    if (!IsBoundBy(at) || !Collect(value, items)) return;
    out_.items.insert(out_.items.end(), items.begin(), items.end());
  }

  bool IsBoundBy(NodeId at) {
    if (out_.state == ModuleAll::State::Known) return true;
    Refuse(at, "`__all__` is changed before the module has bound it to a list that is understood");
    return false;
  }

  // `__all__.extend(...)` and the like.
  void Change(const CallView& call, NodeId node) {
    if (tree_.kind(call.func()) != NodeKind::Attribute) return;
    AttributeView method(tree_, call.func());
    if (!IsAll(method.value()) || call.args().size() != 1 || !call.keywords().empty()) return;
    const std::string_view name = tree_.Name(method.attr());
    NodeId argument = call.args()[0];
    if (name == "extend") {
      understood_.insert(method.value().value());
      Extend(node, argument);
    } else if (name == "append" && IsString(argument)) {
      understood_.insert(method.value().value());
      if (IsBoundBy(node)) out_.items.push_back({StringOf(argument), NodeId()});
    } else if (name == "remove" && IsString(argument)) {
      understood_.insert(method.value().value());
      if (IsBoundBy(node)) Remove(node, StringOf(argument));
    }
  }

  void Remove(NodeId at, const std::string& name) {
    for (auto item = out_.items.begin(); item != out_.items.end(); ++item) {
      if (item->module) {
        return Refuse(
            at, fmt::format("`{}` is removed, which another module's `__all__` may list", name));
      }
      if (item->name == name) {
        out_.items.erase(item);
        return;
      }
    }
    Refuse(at, fmt::format("`{}` is removed and was not listed", name));
  }

  // ---- lists of names ----

  bool Collect(NodeId value, Items& items) {
    switch (tree_.kind(value)) {
      case NodeKind::List:
        return CollectEach(ListView(tree_, value).elts(), items);
      case NodeKind::Tuple:
        return CollectEach(TupleView(tree_, value).elts(), items);
      case NodeKind::BinOp: {
        BinOpView sum(tree_, value);
        if (static_cast<Operator>(sum.op()) != Operator::Add) break;
        return Collect(sum.left(), items) && Collect(sum.right(), items);
      }
      case NodeKind::Attribute: {
        AttributeView attribute(tree_, value);
        if (attribute.attr() != name_ || !IsDotted(attribute.value())) break;
        items.push_back({"", attribute.value()});
        return true;
      }
      case NodeKind::Name:
        if (!IsAll(value)) break;
        understood_.insert(value.value());
        if (!IsBoundBy(value)) return false;
        items.insert(items.end(), out_.items.begin(), out_.items.end());
        return true;
      case NodeKind::Call: {
        CallView call(tree_, value);
        if (!IsBuiltin(call.func()) || call.args().size() != 1 || !call.keywords().empty()) break;
        const std::string_view made = tree_.Name(NameView(tree_, call.func()).id());
        if (made != "list" && made != "tuple") break;
        return Collect(call.args()[0], items);
      }
      default:
        break;
    }
    Refuse(value, "`__all__` is computed");
    return false;
  }

  bool CollectEach(NodeList elements, Items& items) {
    for (NodeId element : elements) {
      if (tree_.kind(element) == NodeKind::Starred) {
        if (!Collect(StarredView(tree_, element).value(), items)) return false;
      } else if (IsString(element)) {
        items.push_back({StringOf(element), NodeId()});
      } else {
        Refuse(element, "`__all__` holds what is no string literal");
        return false;
      }
    }
    return true;
  }

  bool IsDotted(NodeId node) const {
    while (tree_.kind(node) == NodeKind::Attribute) node = AttributeView(tree_, node).value();
    return tree_.kind(node) == NodeKind::Name;
  }

  // ---- what else happens to it ----

  void CheckOtherUses() {
    std::unordered_set<uint32_t> reads;
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeId node(index);
      if (!IsAll(node) || tree_.context(node) != ExprContext::Load) continue;
      if (understood_.contains(index)) continue;
      if (scopes_.Resolve(scopes_.ScopeAt(node), name_).kind == NameKind::Global) {
        reads.insert(index);
      }
    }
    if (reads.empty()) return;
    std::unordered_map<uint32_t, NodeId> parent_of;
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      ForEachChild(tree_, NodeId(index), [&](NodeId child) {
        if (reads.contains(child.value())) parent_of[child.value()] = NodeId(index);
      });
    }
    // Only the first place in the file is told.
    for (const auto& [node, parent] : parent_of) {
      if (OnlyReads(parent, NodeId(node))) continue;
      Refuse(NodeId(node), "`__all__` is used in a way that may change it");
    }
  }

  // Whether `parent` looks at the list and neither changes it nor hands it on.
  bool OnlyReads(NodeId parent, NodeId node) const {
    switch (tree_.kind(parent)) {
      case NodeKind::Compare:
      case NodeKind::comprehension:
      case NodeKind::Starred:
      case NodeKind::FormattedValue:
      case NodeKind::If:
      case NodeKind::Assert:
        return true;
      case NodeKind::For:
        return ForView(tree_, parent).iter() == node;
      case NodeKind::BinOp:
        return static_cast<Operator>(BinOpView(tree_, parent).op()) == Operator::Add;
      case NodeKind::AugAssign:
        return AugAssignView(tree_, parent).value() == node;
      case NodeKind::Subscript:
        return SubscriptView(tree_, parent).value() == node &&
               tree_.context(parent) == ExprContext::Load;
      case NodeKind::Call: {
        CallView call(tree_, parent);
        static constexpr std::array<std::string_view, 14> kReaders = {
            "all", "any",   "enumerate", "frozenset", "len",    "list", "max",
            "min", "print", "repr",      "set",       "sorted", "str",  "tuple"};
        return IsBuiltin(call.func()) &&
               std::ranges::find(kReaders, tree_.Name(NameView(tree_, call.func()).id())) !=
                   kReaders.end();
      }
      default:
        return false;
    }
  }

  const Tree& tree_;
  const ScopeTree& scopes_;
  const NameId name_;
  ModuleAll out_;
  bool refused_ = false;
  std::unordered_set<uint32_t> understood_;  // nodes of the name
};

}  // namespace

ModuleAll FindModuleAll(const Tree& tree, const ScopeTree& scopes) {
  return AllReader(tree, scopes).Run();
}

}  // namespace unspool::semantics
