#include "transform/iterable_checks.h"

#include "syntax/views.h"
#include "transform/program_checks.h"

#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;
using effects::LoopFacts;
using effects::ObjectKind;
using effects::PlaceKind;
using effects::Value;
using effects::WriteHow;

namespace {

// A generator expression runs ahead of the loop's body: it must change nothing, and read nothing
// that the loop changes.
void CheckGeneratorExpression(Draft& draft, NodeId expression) {
  NodeId clause = NodeList(draft.tree.List(draft.tree.Word(expression, 1)))[0];
  const auto& loops = draft.module.facts.loops();
  for (auto at = loops.lower_bound({clause, 0}); at != loops.end() && at->first.first == clause;
       ++at) {
    for (const auto& [key, site] : at->second.effects) {
      bool updated = false;
      for (const dependence::Accumulation& accumulation : draft.verdict.accumulations) {
        updated |= key.place.object == accumulation.container;
      }
      bool world = key.place.kind == PlaceKind::World || key.place.kind == PlaceKind::Anything;
      if (key.how != WriteHow::NotAWrite || updated || world) {
        draft.Refuse("generator-effects",
                     "the generator expression would run ahead of the loop, and that would show",
                     site.at);
      }
    }
  }
}

// By evaluating the header, or by a step of the loop.
bool InHeader(const Draft& draft, const LoopFacts& facts, NodeId node) {
  return node == facts.loop ||
         (draft.module.starts[draft.region.iter] <= node && node <= draft.region.iter);
}

// By an `__iter__` that keeps it nowhere (CheckOpening), so that nobody but the loop has seen it.
bool MadeByIter(const Draft& draft, effects::ObjectId iterator) {
  for (const effects::Ref& ref : draft.iterable.refs()) {
    if (ref.object == iterator) return false;
  }
  for (const LoopFacts* facts : draft.contexts) {
    if (facts->older_iterators.contains(iterator)) return false;
  }
  return true;
}

// What runs ahead of the loop's body must change nothing; that an iterator moves on itself is what
// it is for.
void CheckSteps(Draft& draft, const effects::Ref& iterator, std::string_view what) {
  for (const LoopFacts* facts : draft.contexts) {
    for (const auto& [key, site] : facts->effects) {
      const bool own_step = key.how == WriteHow::Draw && key.place.object == iterator.object;
      if (InHeader(draft, *facts, site.via) && key.how != WriteHow::NotAWrite && !own_step) {
        draft.Refuse("generator-effects", fmt::format("the {} changes something as it goes", what),
                     site.at);
      }
    }
  }
}

// `__iter__` is called when the values that the body needs have been taken already.
void CheckOpening(Draft& draft) {
  for (const LoopFacts* facts : draft.contexts) {
    for (const auto& [key, site] : facts->opening) {
      if (key.how == WriteHow::NotAWrite && key.place.kind != PlaceKind::World &&
          key.place.kind != PlaceKind::Anything) {
        continue;
      }
      draft.Refuse("iterator-effects",
                   "`__iter__` does more than to give an iterator, and that may be seen", site.at);
      return;
    }
  }
}

void CheckIterableObject(Draft& draft, const effects::Ref& ref, bool made_here, int nesting) {
  const effects::Object& object = draft.module.facts.heap()[ref.object];
  // What a function hands back may be older than the call.
  auto in_header = [&](const effects::Object& made) {
    return made.site && InHeader(draft, *draft.contexts.front(), made.site);
  };
  made_here = (made_here && in_header(object)) || (nesting == 0 && MadeByIter(draft, ref.object));
  for (const Value& argument : object.arguments) {
    for (const effects::Ref& held : argument.refs()) {
      const effects::Object& inner = draft.module.facts.heap()[held.object];
      bool draws = inner.kind == ObjectKind::Iterator || inner.kind == ObjectKind::Generator;
      made_here &= inner.kind != ObjectKind::Library && (!draws || in_header(inner));
    }
  }
  // Made earlier it is as good, if nobody looks at it again before it is exhausted: only an
  // exception could leave it half read.
  bool container_source = true;
  for (const effects::Ref& source : object.keys.refs()) {
    ObjectKind kind = draft.module.facts.heap()[source.object].kind;
    container_source &= kind != ObjectKind::Iterator && kind != ObjectKind::Generator &&
                        kind != ObjectKind::Library && kind != ObjectKind::Instance;
  }
  bool simple = object.kind == ObjectKind::Generator || container_source;
  bool undisturbed =
      made_here || (simple && nesting == 0 && FailureEndsProgram(draft.module, draft.verdict));
  switch (object.kind) {
    case ObjectKind::List:
    case ObjectKind::Tuple:
    case ObjectKind::Dict:
    case ObjectKind::Set:
    case ObjectKind::FrozenSet:
    case ObjectKind::ByteArray:
    case ObjectKind::Range:
    case ObjectKind::View:
      return;
    case ObjectKind::Iterator:
      if (undisturbed && object.site && draft.tree.kind(object.site) == NodeKind::GeneratorExp) {
        CheckGeneratorExpression(draft, object.site);
        return;
      }
      if (undisturbed && nesting < 3) {
        // enumerate(xs), zip(xs, ys): as good as what they read.
        for (const effects::Ref& source : object.keys.refs()) {
          const effects::Object& inner = draft.module.facts.heap()[source.object];
          if (inner.kind == ObjectKind::Iterator || inner.kind == ObjectKind::Generator) {
            CheckIterableObject(draft, source, made_here, nesting + 1);
          } else if (inner.kind == ObjectKind::Library || inner.kind == ObjectKind::Instance) {
            draft.Refuse("shared-iterator",
                         "the loop draws from an iterator that others may draw from as well",
                         draft.region.iter);
          }
        }
        return;
      }
      break;
    case ObjectKind::Generator:
      // Its body runs ahead of the loop's: it must touch nothing but its own variables.
      if (undisturbed) {
        CheckSteps(draft, ref, "generator");
        return;
      }
      break;
    case ObjectKind::Instance:
      // Of an iterator or a sequence that no step changes, it does not matter who has it.
      if (nesting == 0) {
        CheckSteps(draft, ref, "iterator");
        return;
      }
      break;
    default:
      break;
  }
  draft.Refuse("shared-iterator",
               fmt::format("what the loop draws from is not made for it alone ({})",
                           effects::ObjectKindName(object.kind)),
               draft.region.iter);
}

}  // namespace

// Reading ahead must be harmless: the iterable is a container, or an iterator made for this loop.
void CheckIterable(Draft& draft) {
  if (draft.iterator.is_unknown() || draft.iterator.empty()) {
    draft.Refuse("iterable", "what the loop iterates over is not known", draft.region.iter);
    return;
  }
  bool made_here = draft.tree.kind(draft.region.iter) == NodeKind::Call ||
                   draft.tree.kind(draft.region.iter) == NodeKind::GeneratorExp;
  CheckOpening(draft);
  for (const effects::Ref& ref : draft.iterator.refs()) {
    CheckIterableObject(draft, ref, made_here, 0);
  }
  if (auto why = draft.module.travel.WhyNotIn(draft.item)) {
    draft.Refuse("item-cannot-travel",
                 fmt::format("the items cannot be sent to a worker: {}", *why), draft.region.iter);
  }
}

}  // namespace unspool::transform
