#include "transform/result_checks.h"

#include "syntax/views.h"
#include "transform/program_checks.h"

#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;
using effects::LoopFacts;
using effects::ObjectKind;
using effects::Value;
using effects::WriteHow;

namespace {

// Whether any other object, variable of another function or generator may refer to it.
bool IsHeldElsewhere(const Draft& draft, effects::ObjectId container) {
  const effects::Heap& heap = draft.module.facts.heap();
  for (uint32_t index = 0; index < heap.size(); ++index) {
    const effects::Object& object = heap[effects::ObjectId(index)];
    auto mentions = [&](const Value& value) {
      for (const effects::Ref& ref : value.refs()) {
        if (ref.object == container) return true;
      }
      return false;
    };
    if (mentions(object.content) || mentions(object.keys)) return true;
    for (const Value& item : object.items) {
      if (mentions(item)) return true;
    }
    for (const Value& argument : object.arguments) {
      if (mentions(argument)) return true;
    }
    for (const auto& [name, attribute] : object.attributes) {
      if (mentions(attribute)) return true;
    }
  }
  // A captured variable, or one of the module.
  for (const Update& update : draft.region.updates) {
    if (draft.tree.kind(update.receiver) != NodeKind::Name) return true;
    auto resolution = draft.module.scopes.Resolve(draft.module.scopes.ScopeAt(update.receiver),
                                                  NameView(draft.tree, update.receiver).id());
    const auto& symbol = draft.module.scopes[resolution.scope].symbols[resolution.slot];
    if (symbol.captured || symbol.rebound_inside) return true;
  }
  semantics::ScopeId frame =
      draft.module.scopes.FrameOf(draft.module.scopes.ScopeAt(draft.verdict.loop));
  return draft.module.scopes[frame].is_generator;
}

}  // namespace

void CheckResult(Draft& draft, NodeId expression) {
  if (auto why =
          draft.module.travel.WhyNotOut(draft.module.facts.ValueOf(expression), draft.depth)) {
    draft.Refuse("result-cannot-travel",
                 fmt::format("`{}` cannot come back from a worker as it is: {}",
                             draft.tree.TextOf(expression), *why),
                 expression);
  }
  // Numbers and texts have no identity, unless the program asks for it all the same.
  const Value& value = draft.module.facts.ValueOf(expression);
  bool plain_truth =
      (value.scalars() & ~(effects::kNone | effects::kBool)) == 0 && value.refs().empty();
  if (!plain_truth && AsksForIdentity(draft.tree)) {
    draft.Refuse("identity", "the program compares objects by identity, and results are copies",
                 expression);
  }
}

// Where the iteration that fails has updated containers before, those updates must be out of
// everybody's sight.
void CheckPartialUpdates(Draft& draft) {
  for (NodeId node = draft.module.parents[draft.verdict.loop]; node;
       node = draft.module.parents[node]) {
    NodeKind kind = draft.tree.kind(node);
    if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef) break;
    if (kind == NodeKind::Try || kind == NodeKind::TryStar || kind == NodeKind::With) {
      draft.Refuse("partial-updates",
                   "an iteration that fails may have updated the container before, and the code "
                   "around could see it",
                   node);
      return;
    }
  }
  for (const dependence::Accumulation& accumulation : draft.verdict.accumulations) {
    for (const LoopFacts* facts : draft.contexts) {
      for (const auto& [key, site] : facts->effects) {
        if (key.place.object != accumulation.container || key.how == WriteHow::NotAWrite) continue;
        bool own =
            key.age != effects::kOld && key.age >= 0 && !IsHeldElsewhere(draft, key.place.object);
        if (!own) {
          draft.Refuse(
              "partial-updates",
              "an iteration that fails may have updated the container before, and the caller "
              "could see it",
              site.at);
          return;
        }
      }
    }
  }
  if (draft.module.scopes.FrameOf(draft.module.scopes.ScopeAt(draft.verdict.loop)) ==
          draft.module.scopes.module_scope() &&
      !draft.module.is_script) {
    draft.Refuse("partial-updates", "whoever imports the module could see a partial result",
                 draft.verdict.loop);
  }
}

// An update that may raise, inside a `try` or `with` of the body, must not be taken out of it.
void CheckUpdatesInTry(Draft& draft) {
  for (const Update& update : draft.region.updates) {
    bool guarded = false;
    for (NodeId node = draft.module.parents[update.statement]; node != draft.region.loop;
         node = draft.module.parents[node]) {
      NodeKind kind = draft.tree.kind(node);
      guarded |= kind == NodeKind::Try || kind == NodeKind::TryStar || kind == NodeKind::With;
    }
    if (!guarded) continue;
    bool only_dicts = true;
    for (const dependence::Accumulation& accumulation : draft.verdict.accumulations) {
      only_dicts &= draft.module.facts.heap()[accumulation.container].kind == ObjectKind::Dict;
    }
    bool hashable =
        !update.arguments.empty() && draft.module.facts.ValueOf(update.arguments[0]).only_scalars();
    bool cannot_raise = update.how == WriteHow::Append ||
                        (update.how == WriteHow::SetKey && only_dicts && hashable) ||
                        (update.how == WriteHow::AddToSet && hashable);
    if (!cannot_raise) {
      draft.Refuse("update-in-try",
                   "an update that may raise stands where its exception is handled",
                   update.statement);
    }
  }
}

}  // namespace unspool::transform
