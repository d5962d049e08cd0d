#include "transform/import_time.h"

#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace unspool::transform {

using namespace syntax;
using effects::ObjectKind;
using effects::PlaceKind;
using effects::WriteHow;

namespace {

// `__name__ == "__main__"`, either way round.
bool IsMainTest(const Tree& tree, NodeId test) {
  if (tree.kind(test) != NodeKind::Compare) return false;
  CompareView compare(tree, test);
  if (compare.ops().size() != 1 || static_cast<Operator>(compare.ops()[0]) != Operator::Eq) {
    return false;
  }
  auto is_name = [&](NodeId id) {
    return tree.kind(id) == NodeKind::Name && tree.Name(NameView(tree, id).id()) == "__name__";
  };
  auto is_main = [&](NodeId id) {
    if (tree.kind(id) != NodeKind::Constant) return false;
    const auto& constant = tree.constant(ConstantView(tree, id).value());
    return constant.kind == ConstantKind::Str && tree.ConstantText(constant) == "__main__";
  };
  NodeId left = compare.left(), right = compare.comparators()[0];
  return (is_name(left) && is_main(right)) || (is_main(left) && is_name(right));
}

}  // namespace

std::vector<NodeId> ModuleBindings(const Tree& tree, const semantics::ScopeTree& scopes,
                                   semantics::ScopeId module, NameId name) {
  std::vector<NodeId> bindings;
  std::string_view text = tree.Name(name);
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    bool binds = false;
    switch (tree.kind(id)) {
      case NodeKind::Name:
        binds = NameView(tree, id).id() == name && tree.context(id) != ExprContext::Load;
        break;
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
      case NodeKind::ClassDef:
        binds = NameId(tree.Word(id, 0)) == name;
        break;
      case NodeKind::ExceptHandler:
        binds = ExceptHandlerView(tree, id).name() == name;
        break;
      case NodeKind::MatchAs:
      case NodeKind::MatchStar:
      case NodeKind::MatchMapping: {
        uint32_t field = tree.kind(id) == NodeKind::MatchStar ? 0
                         : tree.kind(id) == NodeKind::MatchAs ? 1
                                                              : 2;
        binds = NameId(tree.Word(id, field)) == name;
        break;
      }
      case NodeKind::alias: {
        aliasView alias(tree, id);
        std::string_view bound = tree.Name(alias.asname() ? alias.asname() : alias.name());
        binds = bound.substr(0, bound.find('.')) == text || bound == "*";
        break;
      }
      default:
        break;
    }
    if (binds && scopes.ScopeAt(id) == module) bindings.push_back(id);
  }
  return bindings;
}

ImportTime::ImportTime(const Tree& tree, const semantics::ScopeTree& scopes,
                       const effects::Facts& facts)
    : tree_(tree), scopes_(scopes), facts_(facts), starts_(SubtreeStartsOf(tree)) {
  for (NodeId statement : ModuleView(tree, tree.root()).body()) {
    if (tree.kind(statement) == NodeKind::If && IsMainTest(tree, IfView(tree, statement).test()) &&
        IfView(tree, statement).orelse().empty()) {
      guard_ = statement;
    } else if (IsEffectful(statement)) {
      effectful_.push_back(statement);
    }
  }
  if (facts.runs_unknown_code()) FindUnseenChanges();
}

// Objects that functions which nothing known calls may change: what is not understood may call them
// (special methods that are not modelled, callbacks of libraries).
void ImportTime::FindUnseenChanges() {
  std::set<NodeId> analysed;
  for (const effects::FunctionFacts& function : facts_.functions()) {
    analysed.insert(function.definition);
  }
  const Members members = MembersOfClasses();
  std::set<effects::ObjectId> roots;
  for (uint32_t index = 0; index < tree_.size(); ++index) {
    NodeId id(index);
    NodeKind kind = tree_.kind(id);
    bool function = kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
                    kind == NodeKind::Lambda;
    if (function && !analysed.contains(id)) AddRootsOf(id, members, roots);
  }
  std::vector<effects::ObjectId> pending(roots.begin(), roots.end());
  unseen_ = std::move(roots);
  auto add = [&](const effects::Value& value) {
    for (const effects::Ref& ref : value.refs()) {
      if (unseen_.insert(ref.object).second) pending.push_back(ref.object);
    }
  };
  while (!pending.empty()) {
    const effects::ObjectId object = pending.back();
    pending.pop_back();
    effects::ForEachHeld(facts_.heap()[object], add);
  }
}

// What a function gets hold of without being passed it: module variables that it names, and, as a
// method, the instances of its class.
void ImportTime::AddRootsOf(NodeId function, const Members& members,
                            std::set<effects::ObjectId>& roots) const {
  bool sets_attributes = false, acts = false;
  for (uint32_t index = starts_[function].value(); index < function.value(); ++index) {
    NodeKind kind = tree_.kind(NodeId(index));
    bool stores = tree_.context(NodeId(index)) != ExprContext::Load;
    sets_attributes |= kind == NodeKind::Attribute && stores;
    acts |= kind == NodeKind::Call || kind == NodeKind::AugAssign ||
            ((kind == NodeKind::Attribute || kind == NodeKind::Subscript) && stores);
  }
  if (!acts) return;
  auto add = [&](const effects::Value& value) {
    for (const effects::Ref& ref : value.refs()) {
      const ObjectKind kind = facts_.heap()[ref.object].kind;
      bool by_attribute = kind == ObjectKind::Class || kind == ObjectKind::Function;
      if (!by_attribute || sets_attributes) roots.insert(ref.object);
    }
  };
  for (uint32_t index = starts_[function].value(); index < function.value(); ++index) {
    NodeId id(index);
    if (tree_.kind(id) != NodeKind::Name) continue;
    NameId name = NameView(tree_, id).id();
    semantics::Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(id), name);
    if (resolution.kind == semantics::NameKind::Implicit ||
        scopes_[resolution.scope].kind != semantics::ScopeKind::Module) {
      continue;
    }
    for (NodeId binding : ModuleBindings(tree_, scopes_, resolution.scope, name))
      add(facts_.ValueOf(binding));
  }
  // A method, as long as it is a statement of its class.
  auto own = members.find(scopes_.ScopeAt(function).value());
  if (own == members.end()) return;
  for (effects::ObjectId object : own->second) {
    add(effects::Value::OfObject(object, effects::kOld, false));
  }
}

// Classes and their instances, by the scopes of the classes' bodies.
ImportTime::Members ImportTime::MembersOfClasses() const {
  Members members;
  for (uint32_t index = 0; index < facts_.heap().size(); ++index) {
    const effects::Object& held = facts_.heap()[effects::ObjectId(index)];
    if (held.kind != ObjectKind::Instance && held.kind != ObjectKind::Class) continue;
    for (effects::ObjectId cls : held.classes) {
      NodeId definition = facts_.heap()[cls].definition;
      if (!definition || tree_.kind(definition) != NodeKind::ClassDef) continue;
      members[scopes_.ScopeOpenedBy(definition).value()].push_back(effects::ObjectId(index));
    }
  }
  return members;
}

bool ImportTime::IsEffectful(NodeId statement) const {
  auto at = facts_.top_level().find(statement);
  if (at == facts_.top_level().end()) return false;
  const bool imports =
      tree_.kind(statement) == NodeKind::Import || tree_.kind(statement) == NodeKind::ImportFrom;
  for (const auto& [key, site] : at->second) {
    // The main guard of a linked module asks for its name, which is the same in every process.
    const bool asks_own_name = imports && site.via > tree_.root() &&
                               key.place.kind == PlaceKind::World &&
                               key.place.channel == effects::Channel::ModuleName;
    if (asks_own_name) continue;
    switch (key.place.kind) {
      case PlaceKind::Anything:
        return true;
      case PlaceKind::World:
        if (key.how != WriteHow::NotAWrite) return true;
        // What is read may have changed by the time the worker reads it; sets have another order
        // there, and the module another name.
        return true;
      default: {
        // What exists before the program, as sys.argv: a worker gets it as it is by then.
        if (!key.place.object || facts_.heap()[key.place.object].site) break;
        if (facts_.writers().contains(key.place.object)) return true;
        break;
      }
    }
  }
  // Work that takes its time would be done again by every worker.
  for (uint32_t index = starts_[statement].value(); index <= statement.value(); ++index) {
    NodeKind kind = tree_.kind(NodeId(index));
    if ((kind == NodeKind::For || kind == NodeKind::While) &&
        scopes_.ScopeAt(NodeId(index)) == scopes_.module_scope()) {
      return true;
    }
  }
  return false;
}

bool ImportTime::RunsLater(NodeId node) const {
  const semantics::ScopeId frame = scopes_.FrameOf(scopes_.ScopeAt(node));
  return scopes_[frame].kind != semantics::ScopeKind::Module || TopLevelOf(node) == guard_;
}

NodeId ImportTime::TopLevelOf(NodeId node) const {
  const NodeId root = scopes_[scopes_.ModuleOf(scopes_.ScopeAt(node))].node;
  for (NodeId statement : ModuleView(tree_, root).body()) {
    if (starts_[statement] <= node && node <= statement) return statement;
  }
  return NodeId();
}

std::optional<std::string> ImportTime::WhyNotStable(semantics::ScopeId module_scope,
                                                    NameId name) const {
  const semantics::Scope& module = scopes_[module_scope];
  auto slot = module.slot_of.find(name.value());
  if (slot == module.slot_of.end()) return std::nullopt;  // a builtin
  std::string_view text = tree_.Name(name);
  if (module.symbols[slot->second].rebound_inside) {
    return fmt::format("`{}` is assigned by a function", text);
  }
  std::vector<NodeId> bindings = ModuleBindings(tree_, scopes_, module_scope, name);
  if (bindings.size() != 1) return fmt::format("`{}` is bound more than once", text);
  NodeId binding = bindings[0];
  NodeId statement = TopLevelOf(binding);
  if (statement == guard_) {
    return fmt::format("`{}` is bound where only the main program runs", text);
  }
  // Bound unconditionally, by a statement of the top level itself.
  NodeKind kind = tree_.kind(statement);
  if (kind == NodeKind::If || kind == NodeKind::Try || kind == NodeKind::For ||
      kind == NodeKind::While || kind == NodeKind::With) {
    bool import_fallback = kind == NodeKind::Try && tree_.kind(binding) == NodeKind::alias;
    if (!import_fallback) return fmt::format("`{}` is bound under a condition", text);
  }
  if (std::find(effectful_.begin(), effectful_.end(), statement) != effectful_.end()) {
    return fmt::format("the value of `{}` depends on more than the program's text", text);
  }
  // Nothing changes what it refers to after the import.
  const bool imported = tree_.kind(binding) == NodeKind::alias;
  if (tree_.kind(binding) != NodeKind::Name && !imported) return std::nullopt;
  std::vector<effects::ObjectId> pending;
  std::set<effects::ObjectId> seen;
  const effects::Value& value = facts_.ValueOf(binding);
  if (value.is_unknown() && imported) return std::nullopt;
  if (value.is_unknown()) return fmt::format("the value of `{}` is not known", text);
  auto add = [&](const effects::Value& more) {
    for (const effects::Ref& ref : more.refs()) {
      if (seen.insert(ref.object).second) pending.push_back(ref.object);
    }
  };
  add(value);
  while (!pending.empty()) {
    effects::ObjectId id = pending.back();
    pending.pop_back();
    const effects::Object& object = facts_.heap()[id];
    if (object.kind == ObjectKind::Generator || object.kind == ObjectKind::Iterator) {
      return fmt::format("`{}` holds an iterator", text);
    }
    const bool by_attribute =
        object.kind == ObjectKind::Class || object.kind == ObjectKind::Function;
    if (MayChangeUnseen(id) && !by_attribute) {
      return fmt::format("what `{}` refers to may be changed by code that is not analysed", text);
    }
    auto writers = facts_.writers().find(id);
    if (writers != facts_.writers().end()) {
      for (NodeId writer : writers->second) {
        if (RunsLater(writer)) {
          return fmt::format("what `{}` refers to is changed while the program runs", text);
        }
      }
    }
    add(object.content);
    add(object.keys);
    for (const effects::Value& item : object.items) add(item);
    for (const auto& [attribute, held] : object.attributes) add(held);
  }
  return std::nullopt;
}

}  // namespace unspool::transform
