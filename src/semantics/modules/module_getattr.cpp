#include "semantics/modules/module_getattr.h"

#include "syntax/constants.h"
#include "syntax/views.h"

#include <algorithm>
#include <optional>

namespace unspool::semantics {

using namespace syntax;

namespace {

constexpr int kMaxGetattrDepth = 30;
// Stands for the name in texts made of it.
constexpr char kHole = '\x01';

class GetattrReader {
 public:
  GetattrReader(const Tree& tree, std::string_view module, const NamedExpression& value_of)
      : tree_(tree), module_(module), value_of_(value_of) {}

  ModuleGetattr Read(NodeId function) {
    ModuleGetattr result;
    const FunctionLike definition(tree_, function);
    argumentsView parameters(tree_, definition.args);
    if (definition.is_async || !definition.decorators.empty()) return result;
    if (parameters.posonlyargs().size() + parameters.args().size() != 1) return result;
    const NodeId parameter =
        parameters.args().empty() ? parameters.posonlyargs()[0] : parameters.args()[0];
    parameter_ = tree_.Name(argView(tree_, parameter).arg());
    body_ = &definition.body;
    function_ = function;
    result.steps = Body(definition.body, 0);
    result.read = true;
    return result;
  }

 private:
  using Kind = GetattrStep::Kind;
  using Steps = std::vector<GetattrStep>;

  Steps Body(NodeList body, int depth) {
    Steps steps;
    for (NodeId statement : body) Add(statement, depth, steps);
    return steps;
  }

  static GetattrStep Leaf(Kind kind) { return {kind, {}, {}, {}}; }

  void Add(NodeId id, int depth, Steps& steps) {
    if (depth > kMaxGetattrDepth) return steps.push_back(Leaf(Kind::Other));
    switch (tree_.kind(id)) {
      case NodeKind::Return: {
        const NodeId value = ReturnView(tree_, id).value();
        GetattrStep step = Leaf(OfReturn(value));
        if (std::string submodule = ImportedAs(value); !submodule.empty()) {
          step.kind = Kind::TestIn;
          step.names = {std::move(submodule)};
          step.body = {Leaf(Kind::Submodule)};
          step.orelse = {Leaf(Kind::Other)};
        }
        return steps.push_back(std::move(step));
      }
      case NodeKind::Raise: {
        const NodeId what = RaiseView(tree_, id).exc();
        const bool attribute = what && tree_.TextOf(what).starts_with("AttributeError");
        return steps.push_back(Leaf(attribute ? Kind::Submodule : Kind::Other));
      }
      case NodeKind::If: {
        IfView statement(tree_, id);
        GetattrStep step;
        bool negated = false;
        auto names = NamesOfTest(statement.test(), negated);
        step.kind = names ? Kind::TestIn : Kind::TestUnread;
        if (names) step.names = std::move(*names);
        step.body = Body(statement.body(), depth + 1);
        step.orelse = Body(statement.orelse(), depth + 1);
        if (negated) std::swap(step.body, step.orelse);
        return steps.push_back(std::move(step));
      }
      case NodeKind::Try: {
        TryView statement(tree_, id);
        GetattrStep step;
        step.kind = Kind::TestUnread;
        step.body = Body(statement.body(), depth + 1);
        for (NodeId handler : statement.handlers()) {
          GetattrStep either;
          either.kind = Kind::TestUnread;
          either.body = Body(ExceptHandlerView(tree_, handler).body(), depth + 1);
          either.orelse = std::move(step.orelse);
          const bool first = either.orelse.empty() && handler == statement.handlers().front();
          step.orelse.clear();
          if (first) {
            step.orelse = std::move(either.body);
          } else {
            step.orelse.push_back(std::move(either));
          }
        }
        if (!statement.orelse().empty() || !statement.finalbody().empty()) {
          return steps.push_back(Leaf(Kind::Other));
        }
        return steps.push_back(std::move(step));
      }
      case NodeKind::For:
      case NodeKind::While:
      case NodeKind::With:
      case NodeKind::Match:
      case NodeKind::TryStar:
        // What leaves in the middle of these is not followed.
        return steps.push_back(Leaf(Kind::Other));
      default:
        return;  // goes on behind it
    }
  }

  bool IsParameter(NodeId id) const {
    return tree_.kind(id) == NodeKind::Name && tree_.Name(NameView(tree_, id).id()) == parameter_;
  }

  Kind OfReturn(NodeId value) const {
    if (!value) return Kind::Other;
    // `globals()[name]`: what is there is not asked for here, so this raises.
    if (tree_.kind(value) == NodeKind::Subscript) {
      SubscriptView subscript(tree_, value);
      const bool raises =
          tree_.TextOf(subscript.value()) == "globals()" && IsParameter(subscript.slice());
      return raises ? Kind::Submodule : Kind::Other;
    }
    if (tree_.kind(value) != NodeKind::Call) return Kind::Other;
    CallView call(tree_, value);
    const std::string_view function = tree_.TextOf(call.func());
    if (function != "import_module" && !function.ends_with(".import_module")) return Kind::Other;
    if (call.args().empty() || !call.keywords().empty()) return Kind::Other;
    auto text = TextOf(call.args()[0], 0);
    if (!text) return Kind::Other;
    if (*text == std::string(module_) + "." + kHole) return Kind::Submodule;
    if (*text != std::string(".") + kHole || call.args().size() != 2) return Kind::Other;
    const std::string_view package = tree_.TextOf(call.args()[1]);
    const bool own = package == "__name__" || package == "__package__" ||
                     TextOf(call.args()[1], 0) == std::string(module_);
    return own ? Kind::Submodule : Kind::Other;
  }

  // The submodule of this module that the function imports under the name returned, as in
  // `import p.n as n; return n`; empty where it is not that.
  std::string ImportedAs(NodeId value) const {
    if (!value || tree_.kind(value) != NodeKind::Name) return {};
    const std::string_view wanted = tree_.Name(NameView(tree_, value).id());
    const std::string prefix = std::string(module_) + ".";
    std::string found;
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeId id(index);
      const bool inside =
          tree_.begin(id) >= tree_.begin(function_) && tree_.end(id) <= tree_.end(function_);
      if (!inside) continue;
      std::string here;
      bool binds = false;
      if (tree_.kind(id) == NodeKind::Import) {
        for (NodeId node : ImportView(tree_, id).names()) {
          aliasView alias(tree_, node);
          if (!alias.asname() || tree_.Name(alias.asname()) != wanted) continue;
          const std::string_view name = tree_.Name(alias.name());
          binds = true;
          if (name.starts_with(prefix)) here = name.substr(prefix.size());
        }
      } else if (tree_.kind(id) == NodeKind::ImportFrom) {
        ImportFromView from(tree_, id);
        const bool own = from.level() == 0 ? from.module() && tree_.Name(from.module()) == module_
                                           : from.level() == 1 && !from.module();
        for (NodeId node : from.names()) {
          aliasView alias(tree_, node);
          if (tree_.Name(alias.asname() ? alias.asname() : alias.name()) != wanted) continue;
          binds = true;
          if (own) here = tree_.Name(alias.name());
        }
      } else if (tree_.kind(id) == NodeKind::Name && tree_.context(id) != ExprContext::Load) {
        binds = tree_.Name(NameView(tree_, id).id()) == wanted;
      }
      if (!binds) continue;
      if (here.empty() || here.find('.') != here.npos || !found.empty()) return {};
      found = here;
    }
    return found;
  }

  // A text with a hole where the name stands.
  std::optional<std::string> TextOf(NodeId id, int depth) const {
    if (depth > kMaxGetattrDepth) return std::nullopt;
    if (IsParameter(id)) return std::string(1, kHole);
    switch (tree_.kind(id)) {
      case NodeKind::Name:
        if (tree_.TextOf(id) == "__name__") return std::string(module_);
        return std::nullopt;
      case NodeKind::Constant:
        if (const auto text = StringOf(tree_, id)) return std::string(*text);
        return std::nullopt;
      case NodeKind::BinOp: {
        BinOpView sum(tree_, id);
        if (sum.op() != Operator::Add) return std::nullopt;
        auto left = TextOf(sum.left(), depth + 1);
        auto right = TextOf(sum.right(), depth + 1);
        if (!left || !right) return std::nullopt;
        return *left + *right;
      }
      case NodeKind::JoinedStr: {
        std::string text;
        for (NodeId part : JoinedStrView(tree_, id).values()) {
          NodeId value = part;
          if (tree_.kind(part) == NodeKind::FormattedValue) {
            FormattedValueView formatted(tree_, part);
            if (formatted.conversion() != -1 || formatted.format_spec()) return std::nullopt;
            value = formatted.value();
          }
          auto piece = TextOf(value, depth + 1);
          if (!piece) return std::nullopt;
          text += *piece;
        }
        return text;
      }
      default:
        return std::nullopt;
    }
  }

  // The names that a test of the parameter holds for, or, where negated, does not.
  std::optional<std::vector<std::string>> NamesOfTest(NodeId test, bool& negated) const {
    while (tree_.kind(test) == NodeKind::UnaryOp &&
           UnaryOpView(tree_, test).op() == Operator::Not) {
      negated = !negated;
      test = UnaryOpView(tree_, test).operand();
    }
    if (tree_.kind(test) != NodeKind::Compare) return std::nullopt;
    CompareView compare(tree_, test);
    if (compare.ops().size() != 1 || !IsParameter(compare.left())) return std::nullopt;
    const auto op = static_cast<Operator>(compare.ops()[0]);
    const NodeId right = compare.comparators()[0];
    if (op == Operator::NotEq || op == Operator::NotIn) negated = !negated;
    if (op == Operator::Eq || op == Operator::NotEq) {
      if (tree_.kind(right) != NodeKind::Constant) return std::nullopt;
      auto text = TextOf(right, 0);
      if (!text) return std::nullopt;
      return std::vector{*text};
    }
    if (op != Operator::In && op != Operator::NotIn) return std::nullopt;
    return StringsOf(right, 0);
  }

  // The strings in a literal list, tuple, set or dictionary, by whatever name.
  std::optional<std::vector<std::string>> StringsOf(NodeId id, int depth) const {
    if (!id || depth > kMaxGetattrDepth) return std::nullopt;
    NodeList items(std::span<const uint32_t>{});
    switch (tree_.kind(id)) {
      case NodeKind::Name: {
        const std::string_view name = tree_.Name(NameView(tree_, id).id());
        if (IsChanged(name)) return std::nullopt;
        return StringsOf(ValueOf(name), depth + 1);
      }
      case NodeKind::Call: {
        CallView call(tree_, id);
        const std::string_view function = tree_.TextOf(call.func());
        const bool copies = function == "set" || function == "frozenset" || function == "list" ||
                            function == "tuple" || function == "sorted";
        if (!copies || call.args().size() != 1 || !call.keywords().empty()) return std::nullopt;
        return StringsOf(call.args()[0], depth + 1);
      }
      case NodeKind::BinOp: {
        BinOpView sum(tree_, id);
        if (sum.op() != Operator::Add && sum.op() != Operator::BitOr) return std::nullopt;
        auto left = StringsOf(sum.left(), depth + 1);
        auto right = StringsOf(sum.right(), depth + 1);
        if (!left || !right) return std::nullopt;
        left->insert(left->end(), right->begin(), right->end());
        return left;
      }
      case NodeKind::List:
        items = ListView(tree_, id).elts();
        break;
      case NodeKind::Tuple:
        items = TupleView(tree_, id).elts();
        break;
      case NodeKind::Set:
        items = SetView(tree_, id).elts();
        break;
      case NodeKind::Dict:
        items = DictView(tree_, id).keys();
        break;
      default:
        return std::nullopt;
    }
    std::vector<std::string> strings;
    for (NodeId item : items) {
      if (!item || tree_.kind(item) != NodeKind::Constant) return std::nullopt;
      auto text = TextOf(item, 0);
      if (!text) return std::nullopt;
      strings.push_back(std::move(*text));
    }
    return strings;
  }

  // Anything but looking into it is done with what the name stands for.
  bool IsChanged(std::string_view name) const {
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      const NodeId id(index);
      NodeId owner;
      if (tree_.kind(id) == NodeKind::Attribute) {
        const std::string_view attribute = tree_.Name(AttributeView(tree_, id).attr());
        const bool reads = attribute == "keys" || attribute == "items" || attribute == "values" ||
                           attribute == "get" || attribute == "index" || attribute == "count" ||
                           attribute == "copy";
        if (!reads) owner = AttributeView(tree_, id).value();
      } else if (tree_.kind(id) == NodeKind::Subscript && tree_.context(id) != ExprContext::Load) {
        owner = SubscriptView(tree_, id).value();
      }
      const bool is_name = owner && tree_.kind(owner) == NodeKind::Name;
      if (is_name && tree_.Name(NameView(tree_, owner).id()) == name) return true;
    }
    return false;
  }

  NodeId ValueOf(std::string_view name) const {
    NodeId value;
    for (NodeId statement : *body_) {
      NodeId target, assigned;
      if (tree_.kind(statement) == NodeKind::Assign) {
        AssignView assign(tree_, statement);
        if (assign.targets().size() != 1) continue;
        target = assign.targets()[0];
        assigned = assign.value();
      } else if (tree_.kind(statement) == NodeKind::AnnAssign) {
        target = AnnAssignView(tree_, statement).target();
        assigned = AnnAssignView(tree_, statement).value();
      }
      if (target && tree_.kind(target) == NodeKind::Name && tree_.TextOf(target) == name) {
        if (value) return NodeId();  // twice
        value = assigned;
      }
    }
    return value ? value : value_of_(name);
  }

  const Tree& tree_;
  std::string_view module_;
  const NamedExpression& value_of_;
  std::string_view parameter_;
  const NodeList* body_ = nullptr;
  NodeId function_;
};

// Bits.
enum Outcome : uint8_t { kGoesOn = 1, kSubmodule = 2, kOther = 4 };

unsigned Run(const std::vector<GetattrStep>& steps, std::string_view name) {
  unsigned outcome = 0;
  for (const GetattrStep& step : steps) {
    unsigned here = 0;
    switch (step.kind) {
      case GetattrStep::Kind::Submodule:
        return outcome | kSubmodule;
      case GetattrStep::Kind::Other:
        return outcome | kOther;
      case GetattrStep::Kind::TestIn: {
        const bool holds = std::ranges::find(step.names, name) != step.names.end();
        here = Run(holds ? step.body : step.orelse, name);
        break;
      }
      case GetattrStep::Kind::TestUnread:
        here = Run(step.body, name) | Run(step.orelse, name);
        break;
    }
    outcome |= here & ~unsigned{kGoesOn};
    if (!(here & kGoesOn)) return outcome;
  }
  return outcome | kGoesOn;
}

}  // namespace

bool ModuleGetattr::LeavesSubmodule(std::string_view name) const {
  // Going on to the end returns None.
  return read && Run(steps, name) == kSubmodule;
}

ModuleGetattr ReadModuleGetattr(const Tree& tree, NodeId function, std::string_view module,
                                const NamedExpression& value_of) {
  return GetattrReader(tree, module, value_of).Read(function);
}

}  // namespace unspool::semantics
