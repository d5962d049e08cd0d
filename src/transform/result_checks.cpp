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

void CheckValue(Draft& draft, const Value& value, std::string_view text, NodeId at) {
  if (auto why = draft.module.travel.WhyNotOut(value, draft.depth)) {
    draft.Refuse("result-cannot-travel",
                 fmt::format("`{}` cannot come back from a worker as it is: {}", text, *why), at);
  }
  // Numbers and texts have no identity, unless the program asks for it all the same.
  bool plain_truth =
      (value.scalars() & ~(effects::kNone | effects::kBool)) == 0 && value.refs().empty();
  if (plain_truth) return;
  if (AsksForIdentity(draft.module)) {
    draft.Refuse("identity", "the program compares objects by identity, and results are copies",
                 at);
  } else if (PicklesText(draft.module, value)) {
    draft.Refuse("identity",
                 "a pickle says which of its texts are one object, and results are copies", at);
  }
}

// Whether the node binds the name in another way than by an assignment: by `except`, an import, a
// definition or a pattern.
bool BindsOtherwise(const Tree& tree, NodeId node, NameId name) {
  switch (tree.kind(node)) {
    case NodeKind::ExceptHandler:
      return ExceptHandlerView(tree, node).name() == name;
    case NodeKind::MatchAs:
      return MatchAsView(tree, node).name() == name;
    case NodeKind::MatchStar:
      return MatchStarView(tree, node).name() == name;
    case NodeKind::MatchMapping:
      return MatchMappingView(tree, node).rest() == name;
    default:
      return false;
  }
}

}  // namespace

void CheckResult(Draft& draft, NodeId expression) {
  CheckValue(draft, draft.module.facts.ValueOf(expression), draft.tree.TextOf(expression),
             expression);
}

void CheckLastValue(Draft& draft, NameId name) {
  const Tree& tree = draft.tree;
  const semantics::ScopeTree& scopes = draft.module.scopes;
  semantics::ScopeId frame = scopes.FrameOf(scopes.ScopeAt(draft.verdict.loop));
  Value value;
  NodeId write;
  // The target may keep its item, and every assignment in the body may be the last.
  NodeId first = draft.module.starts[draft.region.target], last = draft.region.body.back();
  for (uint32_t index = first.value(); index <= last.value(); ++index) {
    NodeId id(index);
    bool otherwise = BindsOtherwise(tree, id, name);
    if (!otherwise && tree.kind(id) != NodeKind::Name) continue;
    if (!otherwise && (NameView(tree, id).id() != name || tree.context(id) == ExprContext::Load ||
                       scopes.Resolve(scopes.ScopeAt(id), name).scope != frame)) {
      continue;
    }
    write = id;
    const Value& assigned = draft.module.facts.ValueOf(id);
    // Never reached: then it is not the last value either.
    if (!otherwise) value.Join(assigned);
    if (otherwise || tree.context(id) == ExprContext::Del) {
      draft.Refuse("used-after",
                   fmt::format("`{}` is used after the loop, and bound by more than assignments",
                               tree.Name(name)),
                   id);
      return;
    }
  }
  if (value.empty() && !value.is_unknown()) {
    draft.Refuse(
        "used-after",
        fmt::format("`{}` is used after the loop, and its value is not known", tree.Name(name)),
        write ? write : draft.verdict.loop);
    return;
  }
  CheckValue(draft, value, tree.Name(name), write);
}

void CheckPartialUpdates(Draft& draft) {
  if (FailureEndsProgram(draft.module, draft.verdict)) return;
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
