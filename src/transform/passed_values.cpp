#include "transform/passed_values.h"

#include "semantics/flow/cfg_region.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace unspool::transform {

using namespace syntax;
using effects::LoopFacts;
using effects::ObjectKind;
using effects::PlaceKind;
using effects::Value;
using effects::WriteHow;

namespace {

bool IsBound(const Draft& draft, const FreeName& free) {
  const semantics::Scope& scope = draft.module.scopes[free.resolution.scope];
  if (scope.symbols[free.resolution.slot].parameter()) return true;
  semantics::ScopeId frame = draft.module.scopes.FrameOf(free.resolution.scope);
  if (frame != free.resolution.scope) return true;  // a comprehension's own variable
  // The statement of that frame within which the loop stands.
  NodeId at = draft.verdict.loop;
  while (at && (draft.module.scopes.FrameOf(draft.module.scopes.ScopeAt(at)) != frame ||
                InfoOf(draft.tree.kind(at)).category != Category::Stmt)) {
    at = draft.module.parents[at];
  }
  if (!at) return false;
  semantics::Cfg cfg = semantics::Cfg::Build(draft.tree, draft.module.scopes, frame);
  auto whole = semantics::CfgRegion::OfAllNodes(cfg, scope.symbols.size());
  whole.slots.Add(free.resolution.slot);
  // Parameters have been answered above: at the entry it is not bound.
  const auto bound = semantics::BoundBefore(cfg, whole, cfg.entry(), {});
  const std::vector<uint32_t> starts = cfg.StartsOf(at);
  return !starts.empty() &&
         std::ranges::all_of(starts, [&](uint32_t node) { return bound.before.Has(node, 0); });
}

void CheckStableObject(Draft& draft, effects::ObjectId id, NodeId at) {
  if (draft.module.import_time.MayChangeUnseen(id)) {
    draft.Refuse("state-differs",
                 "the body reads an object that code which is not analysed may change after import",
                 at);
    return;
  }
  auto writers = draft.module.facts.writers().find(id);
  if (writers == draft.module.facts.writers().end()) return;
  for (NodeId writer : writers->second) {
    if (draft.module.import_time.RunsLater(writer)) {
      draft.Refuse("state-differs",
                   "the body reads an object that the program changes after import", at);
      return;
    }
  }
}

// What called functions read of the module must be the same in every process.
void CheckReads(Draft& draft) {
  std::set<effects::ObjectId> sent;
  std::vector<effects::ObjectId> pending;
  auto send = [&](const Value& value) {
    for (const effects::Ref& ref : value.refs()) {
      ObjectKind kind = draft.module.facts.heap()[ref.object].kind;
      // Classes and functions travel by name: workers have their own.
      if (kind == ObjectKind::Class || kind == ObjectKind::Function) continue;
      if (sent.insert(ref.object).second) pending.push_back(ref.object);
    }
  };
  send(draft.item);
  send(draft.iterable);
  for (const FreeName& free : draft.region.free_names) send(ValueOfName(draft, free.name));
  while (!pending.empty()) {
    const effects::Object& object = draft.module.facts.heap()[pending.back()];
    pending.pop_back();
    if (object.kind == ObjectKind::Class || object.kind == ObjectKind::Function) continue;
    send(object.content);
    send(object.keys);
    for (const Value& part : object.items) send(part);
    for (const auto& [name, attribute] : object.attributes) send(attribute);
  }
  for (const LoopFacts* facts : draft.contexts) {
    for (const auto& [key, site] : facts->effects) {
      if (key.how != WriteHow::NotAWrite) continue;
      if (key.place.kind == PlaceKind::Global) {
        NameId name = draft.tree.names().Find(draft.module.facts.Text(key.place.name));
        if (!name) continue;
        // Read by the body itself: passed, or stable already.
        const semantics::ScopeId module(key.place.owner);
        bool direct = site.at == site.via && module == draft.module.scopes.module_scope();
        if (direct) continue;
        if (auto why = draft.module.import_time.WhyNotStable(module, name)) {
          draft.Refuse("global-differs",
                       fmt::format("a called function reads a module variable, and {}", *why),
                       site.at);
        }
      } else if (key.place.kind == PlaceKind::Cell && site.at != site.via) {
        draft.Refuse("closure", "a called function reads a variable of the function around it",
                     site.at);
      } else if (key.place.object && !sent.contains(key.place.object)) {
        CheckStableObject(draft, key.place.object, site.at);
      }
    }
  }
}

// The constants are taken before the header is evaluated, which must not bind them anew.
void CheckHeaderBindings(Draft& draft) {
  auto passed = [&](std::string_view name) {
    return std::any_of(draft.constants.begin(), draft.constants.end(),
                       [&](const Constant& constant) { return constant.name == name; });
  };
  auto refuse = [&](std::string_view name, NodeId at) {
    draft.Refuse("header-binds",
                 fmt::format("evaluating what the loop is over may bind `{}` anew", name), at);
  };
  for (uint32_t index = draft.module.starts[draft.region.iter].value();
       index <= draft.region.iter.value(); ++index) {
    const NodeId id(index);
    if (draft.tree.kind(id) != NodeKind::NamedExpr) continue;
    const NodeId target = NamedExprView(draft.tree, id).target();
    const std::string_view name = draft.tree.Name(NameView(draft.tree, target).id());
    if (passed(name)) refuse(name, id);
  }
  for (const LoopFacts* facts : draft.contexts) {
    for (const auto& [key, site] : facts->header) {
      if (key.place.kind == PlaceKind::Anything && !draft.constants.empty()) {
        refuse(draft.constants.front().name, site.via);
      }
      if (key.how == WriteHow::NotAWrite) continue;
      if (key.place.kind != PlaceKind::Global && key.place.kind != PlaceKind::Cell) continue;
      const std::string_view name = draft.module.facts.Text(key.place.name);
      if (passed(name)) refuse(name, site.via);
    }
  }
}

}  // namespace

// All that a name may stand for in the loop.
Value ValueOfName(const Draft& draft, NameId name) {
  Value value;
  for (uint32_t index = draft.module.starts[draft.verdict.loop].value();
       index <= draft.verdict.loop.value(); ++index) {
    NodeId id(index);
    if (draft.tree.kind(id) == NodeKind::Name && NameView(draft.tree, id).id() == name) {
      value.Join(draft.module.facts.ValueOf(id));
    }
  }
  return value;
}

// Sorts the free names of the body into module names that every process has, and values to pass.
void Classify(Draft& draft, const std::vector<FreeName>& needed) {
  for (const FreeName& free : needed) {
    bool module_name = free.resolution.scope == draft.module.scopes.module_scope();
    if (module_name && draft.forked_only) continue;
    if (module_name) {
      std::optional<std::string> why = draft.module.import_time.WhyNotStable(free.name);
      if (!why) continue;
    }
    Value value = ValueOfName(draft, free.name);
    if (std::optional<std::string> why = draft.module.travel.WhyNotIn(value)) {
      draft.Refuse(
          "value-cannot-travel",
          fmt::format("`{}` cannot be sent to a worker: {}", draft.tree.Name(free.name), *why),
          free.first_use);
      continue;
    }
    if (!IsBound(draft, free)) {
      draft.Refuse(
          "maybe-unbound",
          fmt::format("`{}` may not be bound yet when the loop begins", draft.tree.Name(free.name)),
          free.first_use);
      continue;
    }
    draft.constants.push_back({std::string(draft.tree.Name(free.name)), free.first_use});
  }
  CheckHeaderBindings(draft);
  if (!draft.forked_only) CheckReads(draft);
  draft.Discharge("picklable", Evidence::Proved,
                  "items, constants and results are of classes that pickle keeps as they are");
}

// Free names that the worker's part mentions: those that only name containers stay behind.
std::vector<FreeName> NeededByWorker(const Draft& draft) {
  std::vector<FreeName> needed;
  for (const FreeName& free : draft.region.free_names) {
    bool used = false;
    for (uint32_t index = draft.module.starts[draft.region.body.front()].value();
         index <= draft.region.body.back().value() && !used; ++index) {
      NodeId id(index);
      if (draft.tree.kind(id) != NodeKind::Name || NameView(draft.tree, id).id() != free.name)
        continue;
      bool receiver = false;
      for (const Update& update : draft.region.updates) {
        receiver |= draft.module.starts[update.receiver] <= id && id <= update.receiver;
      }
      used = !receiver;
    }
    if (used) needed.push_back(free);
  }
  return needed;
}

}  // namespace unspool::transform
