#include "transform/worker_body.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace unspool::transform {

using namespace syntax;
using dependence::WriteHow;
using rewrite::Substitution;

namespace {

// How many of one bracket the text holds, beside its comments: text between expressions only.
size_t CountBrackets(std::string_view text, char bracket) {
  size_t count = 0;
  bool comment = false;
  for (char letter : text) {
    if (letter == '#') comment = true;
    if (letter == '\r' || letter == '\n') comment = false;
    if (letter == bracket && !comment) ++count;
  }
  return count;
}

// Whether a tuple stands in parentheses of its own: those before its first element are more than
// those that close behind it. `(a), (b)` begins and ends with one, too.
bool HasOwnParentheses(const Tree& tree, NodeId tuple) {
  NodeList elements = TupleView(tree, tuple).elts();
  if (elements.empty()) return true;
  const std::string_view file = tree.text();
  const uint32_t begin = tree.begin(elements[0]), end = tree.end(elements[0]);
  std::string_view before = file.substr(tree.begin(tuple), begin - tree.begin(tuple));
  std::string_view behind = file.substr(end, tree.end(tuple) - end);
  behind = behind.substr(0, behind.find(','));
  return CountBrackets(before, '(') > CountBrackets(behind, ')');
}

bool HasOwnBrackets(const Tree& tree, NodeId expression) {
  switch (tree.kind(expression)) {
    case NodeKind::Tuple:
      return HasOwnParentheses(tree, expression);
    case NodeKind::List:
    case NodeKind::Dict:
    case NodeKind::Set:
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::DictComp:
    // One that is a call's only argument has the call's parentheses.
    case NodeKind::GeneratorExp:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string Wrapped(const Tree& tree, NodeId expression) {
  std::string_view text = tree.TextOf(expression);
  NodeKind kind = tree.kind(expression);
  bool lines = text.find_first_of("\r\n") != std::string_view::npos;
  bool loose = kind == NodeKind::Tuple || kind == NodeKind::NamedExpr || kind == NodeKind::Yield;
  if ((lines || loose) && !HasOwnBrackets(tree, expression)) return fmt::format("({})", text);
  return std::string(text);
}

std::string WrappedTarget(const Tree& tree, NodeId target, std::string text) {
  if (tree.kind(target) != NodeKind::Tuple || HasOwnParentheses(tree, target)) return text;
  return fmt::format("({})", text);
}

namespace {

class Splitter {
 public:
  Splitter(const Tree& tree, const Region& region, const rewrite::Layout& layout,
           rewrite::FreshNames& names, const base::IdVector<NodeId, NodeId>& parents,
           const base::IdVector<NodeId, NodeId>& starts)
      : tree_(tree),
        region_(region),
        layout_(layout),
        names_(names),
        parents_(parents),
        starts_(starts) {
    for (const Update& update : region.updates) statements_.insert(update.statement);
  }

  SplitResult Run() {
    SplitResult result;
    if (region_.updates.empty()) {
      result.problem = "the loop builds nothing";
      result.problem_at = region_.loop;
      return result;
    }
    if (!ReceiversAreSound(result) || !LastValuesAreFinal(result)) return result;
    if (AllInTailPosition() && AllAlike()) {
      result.split = InTail();
    } else {
      Collect(result);
    }
    return result;
  }

 private:
  bool IsTarget(NameId name) const {
    return std::find(region_.target_names.begin(), region_.target_names.end(), name) !=
           region_.target_names.end();
  }

  bool IsFree(NameId name) const {
    for (const FreeName& free : region_.free_names) {
      if (free.name == name) return true;
    }
    return false;
  }

  // What the parent can evaluate by itself: a bare name that the loop binds to (part of) the item,
  // a variable that comes back in any case, a tuple of those.
  bool StaysWithParent(NodeId expression) const {
    if (tree_.kind(expression) == NodeKind::Name) {
      NameId name = NameView(tree_, expression).id();
      return IsLastValue(name) || (IsTarget(name) && !IsRebound(name));
    }
    if (tree_.kind(expression) != NodeKind::Tuple || region_.last_values.empty()) return false;
    bool all = true, any = false;
    for (NodeId element : TupleView(tree_, expression).elts()) {
      all &= StaysWithParent(element);
      any |= MentionsLastValue(element);
    }
    return all && any;
  }

  bool MentionsLastValue(NodeId expression) const {
    bool found = false;
    ForEachNameIn(expression, [&](NameId name) { found |= IsLastValue(name); });
    return found;
  }

  // Of an expression that stays with the parent.
  bool MentionsItem(NodeId expression) const {
    bool found = false;
    ForEachNameIn(expression, [&](NameId name) { found |= IsTarget(name) && !IsLastValue(name); });
    return found;
  }

  template <typename Visit>
  void ForEachNameIn(NodeId expression, Visit&& visit) const {
    for (uint32_t index = starts_[expression].value(); index <= expression.value(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) == NodeKind::Name) visit(NameView(tree_, id).id());
    }
  }

  bool IsLastValue(NameId name) const {
    return std::find(region_.last_values.begin(), region_.last_values.end(), name) !=
           region_.last_values.end();
  }

  // The variables of the body that come back, as they end a `return` or a pattern.
  std::vector<std::string> LastValues() const {
    std::vector<std::string> names;
    for (NameId name : region_.last_values) names.emplace_back(tree_.Name(name));
    return names;
  }

  // A `return` in place of an update or `continue` reads its values before an enclosing `finally`
  // runs, which may bind them anew.
  bool LastValuesAreFinal(SplitResult& result) const {
    if (region_.last_values.empty()) return true;
    std::vector<NodeId> ends = region_.continues;
    for (const Update& update : region_.updates) ends.push_back(update.statement);
    for (NodeId end : ends) {
      for (NodeId node = parents_[end]; node != region_.loop; node = parents_[node]) {
        NodeKind kind = tree_.kind(node);
        bool is_try = kind == NodeKind::Try || kind == NodeKind::TryStar;
        // Both have the same fields.
        if (!is_try || NodeList(tree_.List(tree_.Word(node, 3))).empty()) continue;
        result.problem =
            "a variable is used after the loop, and a `finally` may run after its last value";
        result.problem_at = node;
        return false;
      }
    }
    return true;
  }

  bool IsRebound(NameId name) const {
    return std::find(region_.rebound.begin(), region_.rebound.end(), name) != region_.rebound.end();
  }

  // The container is named by what the parent can evaluate as well, and is mentioned in no other
  // way: its name alone could hand it on without any effect on it.
  bool ReceiversAreSound(SplitResult& result) {
    for (const Update& update : region_.updates) {
      NodeId root = update.receiver;
      while (tree_.kind(root) == NodeKind::Attribute) root = AttributeView(tree_, root).value();
      if (tree_.kind(root) != NodeKind::Name) {
        result.problem = "the container is found by an expression that only the iteration knows";
        result.problem_at = update.receiver;
        return false;
      }
      NameId name = NameView(tree_, root).id();
      if (!IsFree(name)) {
        result.problem = "the container is found through a name that the iteration binds";
        result.problem_at = update.receiver;
        return false;
      }
      if (root == update.receiver) {
        receivers_.insert(name);
        continue;
      }
      attributes_.insert(std::string(tree_.TextOf(update.receiver)));
    }
    for (uint32_t index = starts_[region_.body.front()].value();
         index <= region_.body.back().value(); ++index) {
      NodeId id(index);
      bool mentions =
          (tree_.kind(id) == NodeKind::Name && receivers_.contains(NameView(tree_, id).id())) ||
          (tree_.kind(id) == NodeKind::Attribute &&
           attributes_.contains(std::string(tree_.TextOf(id))));
      if (!mentions) continue;
      bool known = false;
      for (const Update& update : region_.updates) known |= update.receiver == id;
      if (!known) {
        result.problem = "the container is used in another way in the body";
        result.problem_at = id;
        return false;
      }
    }
    return true;
  }

  // ---- updates at the end of the iteration ----

  bool EndsIteration(NodeId statement) const {
    NodeId node = statement;
    while (true) {
      NodeId parent = parents_[node];
      auto last_of = [&](NodeList list) { return !list.empty() && list.back() == node; };
      if (parent == region_.loop) return region_.body.back() == node;
      switch (tree_.kind(parent)) {
        case NodeKind::If: {
          IfView branch(tree_, parent);
          if (!last_of(branch.body()) && !last_of(branch.orelse())) return false;
          break;
        }
        case NodeKind::With: {
          if (!last_of(WithView(tree_, parent).body())) return false;
          break;
        }
        case NodeKind::Try: {
          TryView statement_view(tree_, parent);
          if (!statement_view.finalbody().empty()) return false;
          if (last_of(statement_view.body())) {
            if (!statement_view.orelse().empty()) return false;
          } else if (!last_of(statement_view.orelse())) {
            return false;
          }
          break;
        }
        case NodeKind::ExceptHandler: {
          if (!last_of(ExceptHandlerView(tree_, parent).body())) return false;
          NodeId handled = parents_[parent];
          if (tree_.kind(handled) != NodeKind::Try ||
              !TryView(tree_, handled).finalbody().empty()) {
            return false;
          }
          parent = handled;
          break;
        }
        default:
          return false;
      }
      node = parent;
    }
  }

  // Followed by `continue`, an update ends the iteration as well.
  bool FollowedByContinue(NodeId statement) const {
    for (NodeId next : region_.continues) {
      if (parents_[next] != parents_[statement]) continue;
      std::string_view between =
          tree_.text().substr(tree_.end(statement), tree_.begin(next) - tree_.end(statement));
      if (tree_.begin(next) > tree_.end(statement) && !HasStatementBetween(statement, next)) {
        (void)between;
        return true;
      }
    }
    return false;
  }

  bool HasStatementBetween(NodeId first, NodeId second) const {
    bool found = false;
    ForEachChild(tree_, parents_[first], [&](NodeId sibling) {
      if (InfoOf(tree_.kind(sibling)).category != Category::Stmt) return;
      found |=
          tree_.begin(sibling) > tree_.begin(first) && tree_.begin(sibling) < tree_.begin(second);
    });
    return found;
  }

  bool AllInTailPosition() const {
    for (const Update& update : region_.updates) {
      if (!EndsIteration(update.statement) && !FollowedByContinue(update.statement)) return false;
    }
    return true;
  }

  // One container, one kind of update, the same arguments kept by the parent: one statement of the
  // parent stands for all of them.
  bool AllAlike() const {
    const Update& first = region_.updates.front();
    auto shape = [&](const Update& update) {
      std::string text = fmt::format("{}|{}|{}", static_cast<int>(tree_.kind(update.statement)),
                                     static_cast<int>(update.how), tree_.TextOf(update.receiver));
      if (tree_.kind(update.statement) == NodeKind::Expr) {
        CallView call(tree_, ExprView(tree_, update.statement).value());
        text += tree_.Name(AttributeView(tree_, call.func()).attr());
      }
      for (NodeId argument : update.arguments) {
        text += '|';
        if (StaysWithParent(argument)) text += tree_.TextOf(argument);
      }
      return text;
    };
    for (const Update& update : region_.updates) {
      if (shape(update) != shape(first)) return false;
    }
    return true;
  }

  // Whether every path through a block ends with an update (or raises).
  bool AlwaysUpdates(NodeList block) const {
    if (block.empty()) return false;
    return AlwaysUpdates(block.back());
  }
  bool AlwaysUpdates(NodeId last) const {
    if (statements_.contains(last)) return true;
    switch (tree_.kind(last)) {
      case NodeKind::Raise:
        return true;
      case NodeKind::If: {
        IfView branch(tree_, last);
        return AlwaysUpdates(branch.body()) && AlwaysUpdates(branch.orelse());
      }
      case NodeKind::Try: {
        TryView statement(tree_, last);
        bool always = statement.orelse().empty() ? AlwaysUpdates(statement.body())
                                                 : AlwaysUpdates(statement.orelse());
        for (NodeId handler : statement.handlers()) {
          always &= AlwaysUpdates(ExceptHandlerView(tree_, handler).body());
        }
        return always;
      }
      default:
        return false;  // `with` may swallow an exception and go on
    }
  }

  Split InTail() {
    Split split;
    const Update& first = region_.updates.front();
    // `continue` right behind an update goes with it.
    std::vector<NodeId> skips;
    std::set<NodeId> absorbed;
    for (NodeId next : region_.continues) {
      bool behind_update = false;
      for (const Update& update : region_.updates) {
        behind_update |= parents_[update.statement] == parents_[next] &&
                         tree_.begin(next) > tree_.end(update.statement) &&
                         !HasStatementBetween(update.statement, next);
      }
      if (behind_update)
        absorbed.insert(next);
      else
        skips.push_back(next);
    }
    bool always = AlwaysUpdates(region_.body.back()) && skips.empty();
    split.form = always ? SplitForm::Value : SplitForm::Conditional;

    std::vector<std::string> slots;  // names of what comes back
    for (size_t index = 0; index < first.arguments.size(); ++index) {
      if (StaysWithParent(first.arguments[index])) {
        split.item_used |= MentionsItem(first.arguments[index]);
        continue;
      }
      bool key = first.how == WriteHow::SetKey && first.arguments.size() == 2 && index == 0;
      slots.push_back(key ? names_.Take({"key", "result_key"})
                          : names_.Take({"result", "value", "outcome"}));
    }
    std::string keep = always ? "" : names_.Take({"keep", "found", "kept"});
    auto tuple_of = [](const std::vector<std::string>& parts, bool nested) {
      std::string text = fmt::format("{}", fmt::join(parts, ", "));
      return nested && parts.size() > 1 ? fmt::format("({})", text) : text;
    };
    // With variables that come back as well, all stand in one row; else the results are a value of
    // their own beside the answer whether there are any.
    const std::vector<std::string> last = LastValues();
    auto row_of = [&](std::vector<std::string> parts) {
      parts.insert(parts.end(), last.begin(), last.end());
      return parts;
    };
    std::vector<Substitution> substitutions;
    std::map<NodeId, uint32_t> swallowed;  // updates with the `continue` behind them
    for (const Update& update : region_.updates) {
      std::vector<std::string> values;
      for (NodeId argument : update.arguments) {
        if (StaysWithParent(argument)) continue;
        values.push_back(Wrapped(tree_, argument));
        split.returned.push_back(argument);
      }
      std::string text;
      if (!last.empty()) {
        if (!always) values.insert(values.begin(), "True");
        text = "return " + tuple_of(row_of(values), false);
      } else if (always) {
        text = values.empty() ? "return None" : "return " + tuple_of(values, false);
      } else if (values.empty()) {
        text = "return True";
      } else {
        text = "return True, " + tuple_of(values, true);
      }
      substitutions.push_back({tree_.begin(update.statement), tree_.end(update.statement), text});
    }
    // As many places as there are results, so that the pattern of the loop fits.
    std::string nothing = slots.empty() ? "return False" : "return False, None";
    if (slots.size() > 1) nothing = "return False, (None, None)";
    if (!last.empty()) {
      std::vector<std::string> none(slots.size(), "None");
      none.insert(none.begin(), "False");
      nothing = "return " + tuple_of(row_of(none), false);
    }
    for (NodeId next : skips) {
      substitutions.push_back({tree_.begin(next), tree_.end(next), nothing});
    }
    for (NodeId next : absorbed) {
      // Never reached any more: goes with its line, if it has one of its own.
      // With the end of the line before it, so that no empty line stays behind.
      uint32_t begin = layout_.LineBegin(tree_.begin(next));
      bool own_line = begin + layout_.IndentOf(begin).size() == tree_.begin(next);
      uint32_t end = tree_.end(next);
      std::string_view rest = tree_.text().substr(end, layout_.NextLine(end) - end);
      bool alone = rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
      NodeId before;
      for (const Update& update : region_.updates) {
        if (tree_.end(update.statement) < tree_.begin(next)) before = update.statement;
      }
      std::string_view between =
          tree_.text().substr(tree_.end(before), tree_.begin(next) - tree_.end(before));
      bool adjacent = between.find_first_not_of(" \t\r\n") == std::string_view::npos;
      if (own_line && alone && adjacent)
        swallowed[before] = end;
      else
        substitutions.push_back({tree_.begin(next), end, "pass"});
    }
    for (Substitution& substitution : substitutions) {
      for (const auto& [statement, end] : swallowed) {
        if (substitution.begin == tree_.begin(statement)) substitution.end = end;
      }
    }
    std::sort(substitutions.begin(), substitutions.end(),
              [](const auto& a, const auto& b) { return a.begin < b.begin; });
    const std::string& unit = layout_.indent_unit();
    split.worker_body =
        layout_.Moved(region_.body.front(), region_.body.back(), unit, substitutions);
    if (!split.worker_body.ends_with('\n')) split.worker_body += '\n';
    if (!always && !AlwaysUpdates(region_.body.back())) {
      split.worker_body += unit + nothing + "\n";
    }

    // The parent's part: the update, with what came back.
    std::string statement = ReplacedUpdate(first, slots);
    std::string indent(layout_.IndentOf(tree_.begin(region_.loop)));
    indent += unit;
    if (!last.empty()) {
      std::vector<std::string> pattern = slots;
      if (!always) pattern.insert(pattern.begin(), keep);
      split.result_pattern = tuple_of(row_of(pattern), true);
    } else if (always) {
      split.result_pattern = slots.empty() ? "_" : tuple_of(slots, true);
    } else {
      split.result_pattern =
          slots.empty() ? keep : fmt::format("({}, {})", keep, tuple_of(slots, true));
    }
    if (always) {
      split.parent_body = indent + statement;
    } else {
      split.parent_body = fmt::format("{0}if {1}:\n{0}{2}{3}", indent, keep, unit, statement);
    }
    return split;
  }

  std::string ReplacedUpdate(const Update& update, const std::vector<std::string>& slots) const {
    std::string text;
    uint32_t at = tree_.begin(update.statement);
    size_t slot = 0;
    std::vector<NodeId> arguments = update.arguments;
    for (NodeId argument : arguments) {
      if (StaysWithParent(argument)) continue;
      text += tree_.text().substr(at, tree_.begin(argument) - at);
      text += slots[slot++];
      at = tree_.end(argument);
    }
    text += tree_.text().substr(at, tree_.end(update.statement) - at);
    return text;
  }

  // ---- updates anywhere ----

  void Collect(SplitResult& result) {
    Split split;
    split.form = SplitForm::Collected;
    split.partial_updates = true;
    struct Container {
      NameId name;
      bool is_dict;
    };
    std::vector<Container> containers;
    for (const Update& update : region_.updates) {
      bool list = update.how == WriteHow::Append || update.how == WriteHow::Extend;
      bool dict = update.how == WriteHow::SetKey;
      if (tree_.kind(update.receiver) != NodeKind::Name || (!list && !dict)) {
        result.problem =
            "updates in several places can only be collected for lists and dicts "
            "that have a name";
        result.problem_at = update.statement;
        return;
      }
      NameId name = NameView(tree_, update.receiver).id();
      bool known = false;
      for (Container& container : containers) {
        if (container.name != name) continue;
        known = true;
        if (container.is_dict != dict) {
          result.problem = "one container is updated in different ways";
          result.problem_at = update.statement;
          return;
        }
      }
      if (!known) containers.push_back({name, dict});
      for (NodeId argument : update.arguments) split.returned.push_back(argument);
    }
    const std::string& unit = layout_.indent_unit();
    std::vector<std::string> locals, parts;
    std::string setup, parent;
    std::string indent(layout_.IndentOf(tree_.begin(region_.loop)));
    indent += unit;
    for (const Container& container : containers) {
      std::string name(tree_.Name(container.name));
      std::string part = containers.size() == 1 ? names_.Take({"part", "found", "partial_result"})
                                                : names_.Take({name + "_part"});
      locals.push_back(name);
      parts.push_back(part);
      setup += fmt::format("{}{} = {}\n", unit, name, container.is_dict ? "{}" : "[]");
      if (!parent.empty()) parent += '\n';
      parent +=
          fmt::format("{}{}.{}({})", indent, name, container.is_dict ? "update" : "extend", part);
    }
    for (const std::string& name : LastValues()) {
      locals.push_back(name);
      parts.push_back(name);
    }
    std::string done = fmt::format("return {}", fmt::join(locals, ", "));
    std::vector<Substitution> substitutions;
    for (NodeId next : region_.continues) {
      substitutions.push_back({tree_.begin(next), tree_.end(next), done});
    }
    std::sort(substitutions.begin(), substitutions.end(),
              [](const auto& a, const auto& b) { return a.begin < b.begin; });
    split.worker_body =
        setup + layout_.Moved(region_.body.front(), region_.body.back(), unit, substitutions);
    if (!split.worker_body.ends_with('\n')) split.worker_body += '\n';
    split.worker_body += unit + done + "\n";
    split.parent_body = parent;
    split.result_pattern =
        parts.size() == 1 ? parts[0] : fmt::format("({})", fmt::join(parts, ", "));
    result.split = std::move(split);
  }

  const Tree& tree_;
  const Region& region_;
  const rewrite::Layout& layout_;
  rewrite::FreshNames& names_;
  const base::IdVector<NodeId, NodeId>& parents_;
  const base::IdVector<NodeId, NodeId>& starts_;
  std::set<NodeId> statements_;
  std::set<NameId> receivers_;
  std::set<std::string> attributes_;
};

}  // namespace

SplitResult SplitLoop(const Tree& tree, const Region& region, const rewrite::Layout& layout,
                      rewrite::FreshNames& names, const base::IdVector<NodeId, NodeId>& parents,
                      const base::IdVector<NodeId, NodeId>& starts) {
  return Splitter(tree, region, layout, names, parents, starts).Run();
}

}  // namespace unspool::transform
