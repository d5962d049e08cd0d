#include "semantics/modules/module_tricks.h"

#include "semantics/modules/path_expression.h"
#include "syntax/constants.h"
#include "syntax/views.h"

#include <algorithm>
#include <set>

namespace unspool::semantics {

using namespace syntax;

namespace {

// Looks at every node once, for what changes names and modules from wherever it stands.
class Tricks {
 public:
  Tricks(const Tree& tree, const TopLevelNames& top, std::string_view file, std::string_view module,
         ModuleFacts& facts)
      : tree_(tree), top_(top), file_(file), module_(module), facts_(facts) {}

  void Run() {
    // Most files name none of these.
    bool any = false;
    for (std::string_view name :
         {"globals", "vars", "locals", "exec", "setattr", "modules", "path", "meta_path",
          "path_hooks", "addsitedir", "__path__", "__all__", "declare_namespace", "__dict__"}) {
      any |= static_cast<bool>(tree_.names().Find(name));
    }
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeKind kind = tree_.kind(NodeId(index));
      if (kind == NodeKind::Global) AddGlobals(NodeId(index));
      if (kind == NodeKind::NamedExpr) AddNamed(NodeId(index));
      if (kind == NodeKind::alias) AddOwnName(NodeId(index));
    }
    if (!any && own_names_.empty()) return;
    parents_ = ParentsOf(tree_);
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeId id(index);
      switch (tree_.kind(id)) {
        case NodeKind::Name:
          LookAtName(id);
          break;
        case NodeKind::Attribute:
          LookAtAttribute(id);
          break;
        case NodeKind::Call:
          LookAtCall(id);
          break;
        default:
          break;
      }
    }
    if (unread_all_) facts_.all.reset();
  }

 private:
  void AddGlobals(NodeId id) {
    for (uint32_t word : GlobalView(tree_, id).names()) {
      facts_.bindings.push_back({std::string(tree_.Name(NameId(word))),
                                 BindingHow::Value,
                                 tree_.begin(id),
                                 false,
                                 false,
                                 {},
                                 {}});
    }
  }

  void AddNamed(NodeId id) {
    const NodeId target = NamedExprView(tree_, id).target();
    facts_.bindings.push_back({std::string(tree_.Name(NameView(tree_, target).id())),
                               BindingHow::Value,
                               tree_.begin(id),
                               false,
                               false,
                               {},
                               {}});
  }

  // `from p import m` in the module p.m: it can bind names in itself by that name.
  void AddOwnName(NodeId id) {
    aliasView alias(tree_, id);
    const std::string_view name = tree_.Name(alias.name());
    auto last = [](std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); };
    if (last(name) != last(module_)) return;
    own_names_.emplace(alias.asname() ? tree_.Name(alias.asname()) : name);
  }

  bool IsOwnName(NodeId id) const {
    return Is(id, NodeKind::Name) && own_names_.contains(tree_.Name(NameView(tree_, id).id()));
  }

  NodeId Parent(NodeId id) const { return parents_[id]; }
  bool Is(NodeId id, NodeKind kind) const { return id && tree_.kind(id) == kind; }

  bool InFunction(NodeId id) const {
    for (NodeId at = Parent(id); at; at = Parent(at)) {
      const NodeKind kind = tree_.kind(at);
      if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
          kind == NodeKind::Lambda) {
        return true;
      }
    }
    return false;
  }

  void LookAtName(NodeId id) {
    const std::string_view name = tree_.Name(NameView(tree_, id).id());
    if (name == "__path__") LookAtPath(id);
    if (name == "__all__") LookAtAll(id);
  }

  // ---- __all__ ----

  bool AddStrings(NodeId list, std::vector<std::string>& strings) const {
    if (!Is(list, NodeKind::List) && !Is(list, NodeKind::Tuple)) return false;
    bool all = true;
    ForEachChild(tree_, list, [&](NodeId item) {
      const auto text = StringOf(tree_, item);
      if (text) strings.emplace_back(*text);
      all &= text.has_value();
    });
    return all;
  }

  void LookAtAll(NodeId id) {
    const NodeId parent = Parent(id);
    if (InFunction(id)) {
      const bool changes =
          tree_.context(id) != ExprContext::Load ||
          (Is(parent, NodeKind::Attribute) && Is(Parent(parent), NodeKind::Call)) ||
          Is(parent, NodeKind::AugAssign);
      if (changes) unread_all_ = true;
      return;
    }
    std::vector<std::string> strings;
    if (Is(parent, NodeKind::Assign) && tree_.context(id) == ExprContext::Store) {
      facts_.has_all = true;
      if (!AddStrings(AssignView(tree_, parent).value(), strings)) {
        unread_all_ = true;
      } else if (!facts_.all) {
        facts_.all = std::move(strings);
      } else {
        unread_all_ = true;  // one of several
      }
    } else if (Is(parent, NodeKind::AnnAssign) && tree_.context(id) == ExprContext::Store) {
      facts_.has_all = true;
      const NodeId value = AnnAssignView(tree_, parent).value();
      if (value && AddStrings(value, strings)) {
        facts_.all = std::move(strings);
      } else {
        unread_all_ = true;
      }
    } else if (Is(parent, NodeKind::AugAssign) && AugAssignView(tree_, parent).target() == id) {
      AddToAll(AugAssignView(tree_, parent).value());
    } else if (Is(parent, NodeKind::Attribute)) {
      const NodeId call = Parent(parent);
      const std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
      if (!Is(call, NodeKind::Call) || CallView(tree_, call).func() != parent) return;
      const NodeList arguments = CallView(tree_, call).args();
      if (method == "extend" && arguments.size() == 1) {
        AddToAll(arguments[0]);
      } else if (method == "append" && arguments.size() == 1 &&
                 tree_.kind(arguments[0]) == NodeKind::Constant) {
        const auto& constant = tree_.constant(ConstantView(tree_, arguments[0]).value());
        if (facts_.all) facts_.all->emplace_back(tree_.ConstantText(constant));
      } else {
        unread_all_ = true;
      }
    } else if (tree_.context(id) == ExprContext::Store) {
      facts_.has_all = true;
      unread_all_ = true;
    }
  }

  void AddToAll(NodeId value) {
    std::vector<std::string> strings;
    facts_.has_all = true;
    if (!facts_.all || !AddStrings(value, strings)) {
      unread_all_ = true;
      return;
    }
    facts_.all->insert(facts_.all->end(), strings.begin(), strings.end());
  }

  // ---- __path__ ----

  void ChangePath(PathChange change) { facts_.path = std::max(facts_.path, change); }

  void LookAtPath(NodeId id) {
    const NodeId parent = Parent(id);
    if (tree_.context(id) != ExprContext::Load) {
      if (!Is(parent, NodeKind::Assign)) {
        // `__path__: list[str]` binds nothing.
        const bool declares =
            Is(parent, NodeKind::AnnAssign) && !AnnAssignView(tree_, parent).value();
        if (declares) return;
        const bool grows =
            Is(parent, NodeKind::AugAssign) && AugAssignView(tree_, parent).op() == Operator::Add;
        return ChangePath(grows ? PathChange::Appended : PathChange::Unread);
      }
      const NodeId value = AssignView(tree_, parent).value();
      bool extends = false;
      if (Is(value, NodeKind::Call)) {
        std::string_view function = tree_.TextOf(CallView(tree_, value).func());
        const NodeList arguments = CallView(tree_, value).args();
        extends = (function == "extend_path" || function.ends_with(".extend_path")) &&
                  arguments.size() == 2 && tree_.TextOf(arguments[0]) == "__path__" &&
                  tree_.TextOf(arguments[1]) == "__name__";
      }
      return ChangePath(extends ? PathChange::ExtendPath : PathChange::Unread);
    }
    if (Is(parent, NodeKind::Subscript) && tree_.context(parent) != ExprContext::Load) {
      return ChangePath(PathChange::Unread);
    }
    if (!Is(parent, NodeKind::Attribute)) return;
    const std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
    const NodeId call = Parent(parent);
    if (method == "append" && Is(call, NodeKind::Call) &&
        CallView(tree_, call).args().size() == 1) {
      if (auto folder = Path(CallView(tree_, call).args()[0]); folder && !InFunction(id)) {
        facts_.path_appended.push_back(*folder);
      } else {
        ChangePath(PathChange::Appended);
      }
    } else if (method == "append" || method == "extend") {
      ChangePath(PathChange::Appended);
    } else if (method == "insert" || method == "remove" || method == "pop" || method == "clear" ||
               method == "reverse" || method == "sort") {
      ChangePath(PathChange::Unread);
    }
  }

  std::optional<std::string> Path(NodeId expression) const {
    return PathOf(tree_, expression, file_,
                  [this](std::string_view name) { return top_.ValueOf(facts_, name); });
  }

  // ---- sys.modules, sys.path, hooks ----

  void LookAtAttribute(NodeId id) {
    const std::string_view name = tree_.Name(AttributeView(tree_, id).attr());
    if (tree_.context(id) == ExprContext::Store && IsOwnName(AttributeView(tree_, id).value())) {
      facts_.dynamic_names = true;
    }
    if (name != "modules" && name != "path" && name != "meta_path" && name != "path_hooks") return;
    const NodeId value = AttributeView(tree_, id).value();
    if (!Is(value, NodeKind::Name)) return;
    const std::string_view owner = tree_.Name(NameView(tree_, value).id());
    if (owner != "sys" && owner != "_sys") return;
    if (name == "modules") {
      LookAtModules(id);
    } else if (name == "path") {
      LookAtSysPath(id);
    } else if (Changes(id)) {
      facts_.installs_hooks = true;
    }
  }

  // Stored to, or a method of it is called that changes it.
  bool Changes(NodeId id) const {
    if (tree_.context(id) != ExprContext::Load) return true;
    const NodeId parent = Parent(id);
    if (Is(parent, NodeKind::Subscript)) return tree_.context(parent) != ExprContext::Load;
    if (Is(parent, NodeKind::AugAssign)) return true;
    if (!Is(parent, NodeKind::Attribute)) return false;
    const std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
    return method == "append" || method == "insert" || method == "extend" || method == "update" ||
           method == "setdefault";
  }

  // The key of sys.modules that an expression means; nothing where it is not read.
  std::optional<std::string> ModuleKey(NodeId key) const {
    if (tree_.TextOf(key) == "__name__") return std::string(module_);
    if (const auto text = StringOf(tree_, key)) return std::string(*text);
    if (tree_.kind(key) == NodeKind::BinOp) {
      BinOpView sum(tree_, key);
      if (sum.op() != Operator::Add) return std::nullopt;
      auto left = ModuleKey(sum.left());
      auto right = ModuleKey(sum.right());
      if (left && right) return *left + *right;
    }
    return std::nullopt;
  }

  void LookAtModules(NodeId id) {
    const NodeId parent = Parent(id);
    if (!Is(parent, NodeKind::Subscript)) {
      if (Changes(id)) facts_.registers_unread = true;
      return;
    }
    auto key = ModuleKey(SubscriptView(tree_, parent).slice());
    const NodeId above = Parent(parent);
    if (tree_.context(parent) != ExprContext::Store) {
      // setattr(sys.modules[__name__], ...), sys.modules[__name__].__dict__, ...
      const bool self = key && *key == module_;
      if (self && (Is(above, NodeKind::Call) || tree_.context(above) == ExprContext::Store)) {
        facts_.dynamic_names = true;
      }
      if (self && Is(above, NodeKind::Attribute)) {
        const std::string_view name = tree_.Name(AttributeView(tree_, above).attr());
        if (name == "__dict__") facts_.dynamic_names = true;
        // sys.modules[__name__].__class__ = ...
        if (name == "__class__") facts_.replaces_itself = true;
      }
      return;
    }
    if (!key) {
      facts_.registers_unread = true;
    } else if (*key == module_) {
      facts_.replaces_itself = true;
    } else {
      std::string name;
      if (Is(above, NodeKind::Assign)) {
        const NodeId value = AssignView(tree_, above).value();
        if (tree_.kind(value) == NodeKind::Name) name = tree_.Name(NameView(tree_, value).id());
      }
      facts_.registers.emplace_back(*key, std::move(name));
    }
  }

  void LookAtSysPath(NodeId id) {
    if (!Changes(id)) return;
    if (InFunction(id)) {
      facts_.sys_path_in_function = std::min(facts_.sys_path_in_function, tree_.begin(id));
      return;
    }
    facts_.sys_path.order = std::min(facts_.sys_path.order, tree_.begin(id));
    const NodeId method = Parent(id);
    const NodeId call = method ? Parent(method) : NodeId();
    if (Is(method, NodeKind::Attribute) && Is(call, NodeKind::Call) &&
        CallView(tree_, call).func() == method) {
      const NodeList arguments = CallView(tree_, call).args();
      const std::string_view name = tree_.Name(AttributeView(tree_, method).attr());
      if (name == "append" && arguments.size() == 1) {
        if (auto folder = Path(arguments[0])) {
          facts_.sys_path.back_folders.push_back(*folder);
        } else {
          facts_.sys_path.back = true;
        }
        return;
      }
      if (name == "insert" && arguments.size() == 2) {
        if (auto folder = Path(arguments[1])) {
          std::vector<std::string>& front = facts_.sys_path.front_folders;
          front.insert(front.begin(), *folder);
          return;
        }
      }
      if (name == "extend") {
        facts_.sys_path.back = true;
        return;
      }
    }
    facts_.sys_path.front = facts_.sys_path.back = true;
  }

  // ---- names bound without being written ----

  void LookAtCall(NodeId id) {
    CallView call(tree_, id);
    if (Is(call.func(), NodeKind::Attribute)) {
      const std::string_view name = tree_.Name(AttributeView(tree_, call.func()).attr());
      if (name == "declare_namespace") ChangePath(PathChange::Appended);
      if (name == "addsitedir") {
        if (InFunction(id)) {
          facts_.sys_path_in_function = std::min(facts_.sys_path_in_function, tree_.begin(id));
        } else {
          facts_.sys_path.back = true;
          facts_.sys_path.order = std::min(facts_.sys_path.order, tree_.begin(id));
        }
      }
    }
    if (!Is(call.func(), NodeKind::Name)) return;
    const std::string_view name = tree_.Name(NameView(tree_, call.func()).id());
    if (name == "setattr" && !call.args().empty() && IsOwnName(call.args()[0])) {
      facts_.dynamic_names = true;
      return;
    }
    if (name == "exec") {
      // With a dictionary of its own it binds there.
      if (call.args().size() + call.keywords().size() < 2) facts_.dynamic_names = true;
      return;
    }
    const bool module_dictionary =
        name == "globals" ||
        ((name == "vars" || name == "locals") && call.args().empty() && !InFunctionOrClass(id));
    if (!module_dictionary) return;
    const NodeId parent = Parent(id);
    if (Is(parent, NodeKind::Subscript) && tree_.context(parent) == ExprContext::Load) return;
    if (Is(parent, NodeKind::Subscript) && BindsByKey(parent)) return;
    if (Is(parent, NodeKind::Compare)) return;  // "x" in globals()
    if (Is(parent, NodeKind::Attribute)) {
      const std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
      if (method == "get" || method == "keys" || method == "items" || method == "values" ||
          method == "copy" || method == "pop") {
        return;
      }
    }
    if (Is(parent, NodeKind::Call) && CallView(tree_, parent).func() != id) {
      const std::string_view function = tree_.TextOf(CallView(tree_, parent).func());
      if (function == "list" || function == "sorted" || function == "dict" || function == "eval" ||
          function == "len" || function == "set" || function == "tuple" ||
          function == "__import__") {
        return;
      }
      if (OnlyReads(parent, id)) return;
    }
    facts_.dynamic_names = true;
  }

  // `globals()[key] = ...` where the key is a literal, or runs over literals.
  bool BindsByKey(NodeId subscript) {
    const NodeId key = SubscriptView(tree_, subscript).slice();
    std::vector<std::string> names;
    if (tree_.kind(key) == NodeKind::Constant) {
      const auto& constant = tree_.constant(ConstantView(tree_, key).value());
      if (constant.kind != ConstantKind::Str) return false;
      names.emplace_back(tree_.ConstantText(constant));
    } else if (Is(key, NodeKind::Name)) {
      NodeId loop = Parent(subscript);
      while (loop && !Is(loop, NodeKind::For)) {
        const NodeKind kind = tree_.kind(loop);
        if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef) return false;
        loop = Parent(loop);
      }
      if (!loop) return false;
      const NodeId target = ForView(tree_, loop).target();
      if (!Is(target, NodeKind::Name) || tree_.TextOf(target) != tree_.TextOf(key)) return false;
      if (!AddStrings(ForView(tree_, loop).iter(), names)) return false;
    } else {
      return false;
    }
    for (std::string& name : names) {
      facts_.bindings.push_back(
          {std::move(name), BindingHow::Value, tree_.begin(subscript), false, false, {}, {}});
    }
    return true;
  }

  // The dictionary is handed to a function of this file that at most reads it.
  bool OnlyReads(NodeId call, NodeId dictionary) const {
    const NodeId name = CallView(tree_, call).func();
    if (!Is(name, NodeKind::Name)) return false;
    const NodeId function = top_.FunctionOf(tree_, facts_, tree_.Name(NameView(tree_, name).id()));
    if (!function) return false;
    const FunctionLike definition(tree_, function);
    if (!definition.decorators.empty()) return false;
    const NodeList arguments = CallView(tree_, call).args();
    const NodeList parameters = argumentsView(tree_, definition.args).args();
    std::string_view parameter;
    for (size_t index = 0; index < arguments.size() && index < parameters.size(); ++index) {
      if (tree_.kind(arguments[index]) == NodeKind::Starred) return false;
      if (arguments[index] == dictionary) {
        parameter = tree_.Name(argView(tree_, parameters[index]).arg());
      }
    }
    if (parameter.empty()) return false;
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeId id(index);
      const bool inside =
          tree_.begin(id) >= tree_.begin(function) && tree_.end(id) <= tree_.end(function);
      if (!inside || !Is(id, NodeKind::Name)) continue;
      if (tree_.Name(NameView(tree_, id).id()) == parameter && !IsRead(id)) return false;
    }
    return true;
  }

  // A dictionary is looked into and no more.
  bool IsRead(NodeId id) const {
    const NodeId parent = Parent(id);
    if (Is(parent, NodeKind::Subscript)) return tree_.context(parent) == ExprContext::Load;
    if (Is(parent, NodeKind::Compare)) return true;
    if (!Is(parent, NodeKind::Attribute)) return false;
    const std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
    return method == "get" || method == "keys" || method == "items" || method == "values" ||
           method == "copy";
  }

  bool InFunctionOrClass(NodeId id) const {
    for (NodeId at = Parent(id); at; at = Parent(at)) {
      if (Is(at, NodeKind::ClassDef)) return true;
    }
    return InFunction(id);
  }

  const Tree& tree_;
  const TopLevelNames& top_;
  std::string_view file_;
  std::string_view module_;
  ModuleFacts& facts_;
  base::IdVector<NodeId, NodeId> parents_;
  std::set<std::string, std::less<>> own_names_;
  bool unread_all_ = false;
};

}  // namespace

void FindModuleTricks(const Tree& tree, const TopLevelNames& top, std::string_view file,
                      std::string_view module, ModuleFacts& facts) {
  Tricks(tree, top, file, module, facts).Run();
}

}  // namespace unspool::semantics
