// Iteration: what stepping through an object gives, and what it does.
#include "effects/interpreter.h"

#include <fmt/format.h>
#include <utility>

namespace unspool::effects {

using namespace syntax;

// The elements iterating gives, without any effect.
Value Interpreter::ItemsOf(const Ref& ref) const {
  const Object& object = facts_.heap_[ref.object];
  switch (object.kind) {
    case ObjectKind::Dict:
      return Load(object.keys, ref).WithoutConstant();
    case ObjectKind::Range:
    case ObjectKind::ByteArray:
      return Value::OfScalar(kInt);
    default:
      return ContentOf(ref);
  }
}

// What a step reads of the world beside the object.
void Interpreter::NoteStep(NodeId id, const std::vector<std::string>& channels) {
  for (const std::string& channel : channels) {
    NoteWorld(id, ChannelOf(channel), WriteHow::NotAWrite);
  }
}

// One step. Reads the object; advances iterators, which is a write to them and to what they draw
// from. A generator's body runs.
Value Interpreter::Iterate(NodeId id, const Value& iterable, bool header) {
  if (Missing(id, iterable)) return Value();
  Value items;
  if (iterable.is_unknown()) items.Join(UnknownOperation(id, iterable, "the iteration"));
  if (iterable.scalars() & kStr) items.Join(Value::OfScalar(kStr));
  if (iterable.scalars() & kBytes) items.Join(Value::OfScalar(kInt));
  for (const Ref& ref : iterable.refs()) {
    const Object object = facts_.heap_[ref.object];
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    switch (object.kind) {
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
        // A loop's own header runs in one process only.
        if (!header) NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
        [[fallthrough]];
      case ObjectKind::List:
      case ObjectKind::Dict:
      case ObjectKind::ByteArray:
        NoteContent(id, ref, WriteHow::NotAWrite);
        [[fallthrough]];
      case ObjectKind::Tuple:
      case ObjectKind::Range:
        items.Join(ItemsOf(ref));
        break;
      case ObjectKind::View:
        for (const Ref& source : Load(object.keys, ref).refs()) {
          NoteContent(id, source, WriteHow::NotAWrite);
        }
        items.Join(ContentOf(ref));
        break;
      case ObjectKind::Iterator:
        NoteStep(id, object.steps);
        NoteContent(id, ref, header ? WriteHow::NotAWrite : WriteHow::Draw);
        if (!frame_->stepping.insert(ref.object).second) {
          items.Join(ContentOf(ref));
          break;
        }
        for (const Ref& source : Load(object.keys, ref).refs()) {
          // An instance was asked for its iterator when this one was made, and is asked again here.
          const bool asked = facts_.heap_[source.object].kind != ObjectKind::Instance;
          Iterate(id, Value::OfObject(source.object, source.age, source.exact), header && asked);
        }
        if (!object.default_factory.empty()) {
          // map() and filter() call their function at each step.
          CallArguments call;
          call.positional = PendingArguments(ref);
          Value called = Call(id, Load(object.default_factory, ref), call);
          if (object.counts_up) {  // filter: gives the element itself
            CheckTruth(id, called);
          } else {
            StoreContent(ref, called);
          }
        }
        frame_->stepping.erase(ref.object);
        items.Join(ContentOf(ref));
        break;
      case ObjectKind::Generator: {
        NoteContent(id, ref, header ? WriteHow::NotAWrite : WriteHow::Draw);
        std::vector<Value> parameters;
        for (const Value& argument : object.arguments) {
          parameters.push_back(ToCallee(Load(argument, ref)));
        }
        uint32_t context = ContextFor({object.function, kOld, false}, std::move(parameters));
        Evaluate(context);
        InstantiateEffects(id, context);
        // What it goes on changing after it has handed it out.
        std::vector<std::pair<EffectKey, EffectSite>> own(contexts_[context]->own_writes.begin(),
                                                          contexts_[context]->own_writes.end());
        for (auto& [key, site] : own) {
          EffectKey mapped = key;
          mapped.age = kOld;
          mapped.key_loop = NodeId();
          Record(mapped, {site.at, id, site.cause});
        }
        // What the generator made lives as long as the generator.
        items.Join(contexts_[context]->yielded.MapRefs([&](Ref inner) {
          if (inner.age >= 0) return Ref{inner.object, ref.age, false};
          if (inner.age == kOld) return inner;
          return Ref{inner.object, static_cast<Age>(inner.age + frame_->depth + 1), false};
        }));
        break;
      }
      case ObjectKind::Instance: {
        if (!object.classes.empty() && facts_.heap_[object.classes[0]].tuple_like &&
            !FindInClasses(object, iter_)) {
          for (const auto& [name, value] : object.attributes) items.Join(Load(value, ref));
          break;
        }
        if (header) {
          items.Join(StepInstance(id, ref));
          break;
        }
        // `__iter__` may give an iterator over the object itself.
        if (!frame_->stepping.insert(ref.object).second) break;
        Value iterator;
        if (CallDunder(id, ref, "__iter__", {}, iterator)) {
          for (const Ref& inner : iterator.refs()) {
            if (facts_.heap_[inner.object].kind == ObjectKind::Instance) {
              if (!CallDunder(id, inner, "__next__", {}, items)) {
                items.Join(UnknownOperation(id, self, "the iteration"));
              }
            } else {
              items.Join(Iterate(id, Value::OfObject(inner.object, inner.age, inner.exact)));
            }
          }
          if (iterator.is_unknown()) items.Join(Value::Unknown(iterator.cause()));
        } else if (!CallDunder(id, ref, "__getitem__", {Value::OfScalar(kInt)}, items)) {
          items.Join(UnknownOperation(id, self, "the iteration"));
        }
        frame_->stepping.erase(ref.object);
        break;
      }
      case ObjectKind::Library: {
        const knowledge::ClassFact* fact = knowledge_.FindClass(Text(object.name));
        if (!fact || !fact->iterable) {
          items.Join(UnknownOperation(id, self, "the iteration"));
          break;
        }
        NoteStep(id, fact->steps);
        NoteContent(id, ref, fact->is_iterator && !header ? WriteHow::Draw : WriteHow::NotAWrite);
        if (!fact->ordered) NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
        if (fact->item.kind == knowledge::TypeKind::Variable) {
          items.Join(fact->variables.size() == 2 ? Load(object.keys, ref) : ContentOf(ref));
        } else {
          items.Join(FromType(id, fact->item, 0));
        }
        break;
      }
      default:
        items.Join(UnknownOperation(id, self, "the iteration"));
        break;
    }
  }
  return items.WithoutConstant();
}

// What a call of one of these may give that is older than the call, whoever the caller.
std::set<ObjectId> Interpreter::OlderGivenBy(const Value& functions, const Value& given) {
  std::set<ObjectId> older;
  for (const Ref& function : functions.refs()) {
    if (facts_.heap_[function.object].kind != ObjectKind::Function) {
      for (const Ref& ref : given.refs()) older.insert(ref.object);
      continue;
    }
    for (uint32_t context : contexts_of_[function.object.value()]) {
      for (const Ref& ref : contexts_[context]->result.refs()) {
        if (ref.age < 0) older.insert(ref.object);
      }
    }
  }
  return older;
}

// The effects of what runs meanwhile in this frame; they are recorded as ever, too.
EffectSet Interpreter::Watch(const std::function<void()>& run) {
  EffectSet effects;
  EffectSet* const outer = std::exchange(frame_->watched, &effects);
  run();
  frame_->watched = outer;
  if (outer) {
    for (const auto& [key, site] : effects) outer->Add(key, site);
  }
  return effects;
}

// What a loop draws from: an instance's `__iter__` is called once, before the first step.
Interpreter::Opened Interpreter::Open(NodeId loop, NodeId iter) {
  Opened opened;
  opened.header = Watch([&] { opened.iterable = Eval(iter); });
  opened.iterator = opened.iterable;
  Value given;
  opened.opening = Watch([&] {
    for (const Ref& ref : opened.iterable.refs()) {
      if (!CallDunder(loop, ref, "__iter__", {}, given)) continue;
      opened.iterator.RemoveRef(ref.object);
      opened.older.merge(OlderGivenBy(*FindInClasses(facts_.heap_[ref.object], iter_), given));
    }
  });
  opened.iterator.Join(given);
  return opened;
}

// One step of a loop that draws from an instance: by `__next__` of one that `__iter__` gave, or by
// index, where the class has no `__iter__`.
Value Interpreter::StepInstance(NodeId id, const Ref& iterator) {
  const Object object = facts_.heap_[iterator.object];
  Value items;
  bool steps = CallDunder(id, iterator, "__next__", {}, items);
  if (!FindInClasses(object, iter_)) {
    steps |= CallDunder(id, iterator, "__getitem__", {Value::OfScalar(kInt)}, items);
  }
  if (!steps) {
    const Value self = Value::OfObject(iterator.object, iterator.age, iterator.exact);
    items.Join(UnknownOperation(id, self, "the iteration"));
  }
  return items;
}

// The parameters map() passes at each step: one element of each iterable.
std::vector<Value> Interpreter::PendingArguments(const Ref& iterator) const {
  std::vector<Value> arguments;
  for (const Value& items : facts_.heap_[iterator.object].arguments) {
    arguments.push_back(Load(items, iterator));
  }
  return arguments;
}

// What `yield from` gives: the value that a generator returns.
Value Interpreter::ReturnedBy(NodeId id, const Value& iterable) {
  Value result = Value::OfScalar(kNone);
  if (iterable.is_unknown()) return iterable;
  for (const Ref& ref : iterable.refs()) {
    const Object& object = facts_.heap_[ref.object];
    if (object.kind == ObjectKind::Instance) {
      return UnknownOperation(id, Value::OfObject(ref.object, ref.age, ref.exact), "`yield from`");
    }
    if (object.kind != ObjectKind::Generator) continue;
    for (uint32_t context : contexts_of_[object.function.value()]) {
      result.Join(FromCallee(contexts_[context]->result));
    }
  }
  return result;
}

// All steps at once, by something that makes a container of them: it asks first how many there are.
Value Interpreter::Exhaust(NodeId id, const Value& iterable) {
  for (const Ref& ref : iterable.refs()) {
    Value asked = Value::OfObject(ref.object, ref.age, ref.exact);
    CallDunder(id, ref, "__iter__", {}, asked);
    for (const Ref& one : asked.refs()) {
      Value ignored;
      CallDunder(id, one, "__len__", {}, ignored);
      CallDunder(id, one, "__length_hint__", {}, ignored);
    }
  }
  return Iterate(id, iterable);
}

}  // namespace unspool::effects
