#include "transform/travel.h"

#include "syntax/views.h"
#include "transform/import_time.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::transform {

using namespace effects;
using semantics::ScopeKind;

bool Travel::FoundByName(ObjectId id) const {
  const Object& object = facts_.heap()[id];
  switch (object.kind) {
    case ObjectKind::Builtin:
      return true;
    case ObjectKind::Function:
    case ObjectKind::Class: {
      if (!object.definition || tree_.kind(object.definition) == syntax::NodeKind::Lambda) {
        return false;
      }
      if (tree_.kind(object.definition) == syntax::NodeKind::Call) {
        return IsBoundToItsName(object.definition, facts_.Text(object.name));
      }
      semantics::ScopeId scope = scopes_.ScopeAt(object.definition);
      if (scopes_[scope].kind != ScopeKind::Module) return false;
      // The name must still mean this object: pickle looks it up again.
      syntax::NameId name(tree_.Word(object.definition, 0));
      if (!IsBoundOnce(scope, name, object.definition)) return false;
      return facts_.ValueOf(object.definition).single() &&
             facts_.ValueOf(object.definition).single()->object == id;
    }
    default:
      return false;
  }
}

// A module binds the name in this place and nowhere else, and every process that imports it does.
bool Travel::IsBoundOnce(semantics::ScopeId module_scope, syntax::NameId name,
                         syntax::NodeId at) const {
  auto [known, is_new] = bound_once_.try_emplace({module_scope, name}, syntax::NodeId());
  if (is_new) {
    const semantics::Scope& module = scopes_[module_scope];
    std::vector<syntax::NodeId> bindings = ModuleBindings(tree_, scopes_, module_scope, name);
    if (bindings.size() == 1 && !module.symbols[module.slot_of.at(name.value())].rebound_inside) {
      for (syntax::NodeId statement : syntax::ModuleView(tree_, module.node).body()) {
        bool assigned = tree_.kind(statement) == syntax::NodeKind::Assign &&
                        syntax::AssignView(tree_, statement).targets()[0] == bindings[0];
        if (statement == bindings[0] || assigned) known->second = bindings[0];
      }
    }
  }
  return known->second == at;
}

// `Point = namedtuple("Point", ...)` at the top level, and nowhere else bound.
bool Travel::IsBoundToItsName(syntax::NodeId call, std::string_view name) const {
  bool assigned = false;
  for (syntax::NodeId statement : syntax::ModuleView(tree_, tree_.root()).body()) {
    if (tree_.kind(statement) != syntax::NodeKind::Assign) continue;
    syntax::AssignView assign(tree_, statement);
    assigned |= assign.value() == call && assign.targets().size() == 1 &&
                tree_.kind(assign.targets()[0]) == syntax::NodeKind::Name &&
                tree_.TextOf(assign.targets()[0]) == name &&
                IsBoundOnce(scopes_.module_scope(),
                            syntax::NameView(tree_, assign.targets()[0]).id(), assign.targets()[0]);
  }
  return assigned;
}

std::optional<std::string> Travel::WhyNotIn(const Value& value) const {
  std::vector<Ref> seen;
  return Check(value, false, 0, seen, false);
}

std::optional<std::string> Travel::WhyNotOut(const Value& value, int depth) const {
  std::vector<Ref> seen;
  return Check(value, true, depth, seen, false);
}

std::optional<std::string> Travel::Check(const Value& value, bool out, int depth,
                                         std::vector<Ref>& seen, bool frozen) const {
  if (value.is_unknown()) return facts_.cause(value.cause()).message;
  if (value.scalars() & kNotImplemented) return "NotImplemented is compared by identity";
  for (const Ref& ref : value.refs()) {
    if (std::find(seen.begin(), seen.end(), ref) != seen.end()) continue;
    seen.push_back(ref);
    const Object& object = facts_.heap()[ref.object];
    auto parts = [&](bool inner_frozen) -> std::optional<std::string> {
      auto check = [&](const Value& part) {
        return Check(Heap::Absolute(part, ref.age), out, depth, seen, inner_frozen);
      };
      if (auto why = check(object.content)) return why;
      if (auto why = check(object.keys)) return why;
      for (const Value& item : object.items) {
        if (auto why = check(item)) return why;
      }
      for (const auto& [name, attribute] : object.attributes) {
        if (auto why = check(attribute)) return why;
      }
      return std::nullopt;
    };
    bool fresh = ref.age != kOld && ref.age >= depth;
    auto shared = [&](std::string_view what) {
      return fmt::format("{} that exists before the iteration would come back as a copy", what);
    };
    switch (object.kind) {
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
        // Its order comes from its history, which does not travel. Bodies that look at the order of
        // a set are refused; what the program does with a result is not followed.
        if (out) return "a set would come back in another order";
        if (auto why = parts(frozen)) return why;
        break;
      case ObjectKind::Tuple:
      case ObjectKind::Range:
        // Immutable: a copy is as good, if all it holds is.
        if (auto why = parts(true)) return why;
        break;
      case ObjectKind::List:
      case ObjectKind::Dict:
      case ObjectKind::ByteArray:
        if (out && !fresh) return shared(fmt::format("a {}", ObjectKindName(object.kind)));
        if (!object.default_factory.empty()) {
          for (const Ref& factory : object.default_factory.refs()) {
            if (!FoundByName(factory.object)) {
              return "a defaultdict with a factory that is no module-level function";
            }
          }
        }
        if (auto why = parts(frozen)) return why;
        break;
      case ObjectKind::Instance: {
        if (out && !fresh) return shared(fmt::format("a `{}`", facts_.Text(object.name)));
        for (ObjectId cls : object.classes) {
          if (!FoundByName(cls)) {
            return fmt::format("`{}` is no class of the module's top level, and cannot be pickled",
                               facts_.Text(facts_.heap()[cls].name));
          }
          if (facts_.heap()[cls].kind == ObjectKind::Builtin) {
            return fmt::format("`{}` is an exception class, whose instances may not be rebuilt",
                               facts_.Text(object.name));
          }
        }
        if (auto why = parts(frozen)) return why;
        break;
      }
      case ObjectKind::Library: {
        if (out && !fresh) return shared(fmt::format("a `{}`", facts_.Text(object.name)));
        const knowledge::ClassFact* fact = knowledge_.FindClass(facts_.Text(object.name));
        if (facts_.Text(object.name) == "argparse.Namespace") {
          if (auto why = parts(frozen)) return why;
          break;
        }
        if (!fact || fact->pickling == knowledge::Pickling::No) {
          return fmt::format("a `{}` cannot be pickled", facts_.Text(object.name));
        }
        if (auto why = parts(frozen)) return why;
        break;
      }
      case ObjectKind::Function:
      case ObjectKind::Class:
      case ObjectKind::Builtin:
        if (!FoundByName(ref.object)) {
          return "a function or class that is not found by its name in the module";
        }
        break;
      case ObjectKind::BoundMethod: {
        if (out) return "a bound method";
        if (auto why = parts(frozen)) return why;
        break;
      }
      default:
        return fmt::format("a {} cannot be pickled", ObjectKindName(object.kind));
    }
  }
  return std::nullopt;
}

}  // namespace unspool::transform
