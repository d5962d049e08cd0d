// Methods of the built-in containers, over the objects they hold.
#include "effects/interpreter.h"

#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

// Adds what dict(source) or update(source) takes from it; false where the source is not understood.
bool Interpreter::UpdateDict(NodeId id, const Ref& dict, const Value& source) {
  if (source.is_unknown() || source.scalars()) return false;
  for (const Ref& ref : source.refs()) {
    const Object object = facts_.heap_[ref.object];
    if (object.kind == ObjectKind::Dict) {
      NoteContent(id, ref, WriteHow::NotAWrite);
      CopyEntries(ref, dict);
      continue;
    }
    if (object.kind == ObjectKind::Instance || object.kind == ObjectKind::Library) return false;
    // Pairs.
    Value pairs = Exhaust(id, Value::OfObject(ref.object, ref.age, ref.exact));
    for (const Ref& pair : pairs.refs()) {
      const Object& tuple = facts_.heap_[pair.object];
      bool two = tuple.positional && tuple.items.size() == 2;
      Value key = two ? Load(tuple.items[0], pair) : ContentOf(pair);
      Value value = two ? Load(tuple.items[1], pair) : ContentOf(pair);
      if (tuple.kind != ObjectKind::Tuple && tuple.kind != ObjectKind::List) return false;
      CheckKey(id, dict, key);
      StoreEntry(dict, key, value);
    }
    if (pairs.is_unknown() || pairs.scalars()) return false;
  }
  return true;
}

std::optional<Value> Interpreter::CallContainerMethod(NodeId id, const Ref& receiver,
                                                      std::string_view name,
                                                      const CallArguments& arguments) {
  if (arguments.star || arguments.double_star) return std::nullopt;
  const std::vector<Value>& given = arguments.positional;
  for (const Value& value : given) {
    if (Missing(id, value)) return Value();
  }
  const Object object = facts_.heap_[receiver.object];
  Value none = Value::OfScalar(kNone);
  ObjectKind kind = object.kind;
  bool plain_call = arguments.keywords.empty();

  if (kind == ObjectKind::List) {
    if (name == "append" && given.size() == 1 && plain_call) {
      NoteContent(id, receiver, WriteHow::Append);
      StoreContent(receiver, given[0]);
      return none;
    }
    if (name == "extend" && given.size() == 1 && plain_call) {
      Value items = Exhaust(id, given[0]);
      NoteContent(id, receiver, WriteHow::Extend);
      StoreContent(receiver, items);
      return none;
    }
    if (name == "insert" && given.size() == 2 && plain_call && given[0].only(kInt | kBool)) {
      NoteContent(id, receiver, WriteHow::Resize);
      StoreContent(receiver, given[1]);
      return none;
    }
    if (name == "pop" && given.size() <= 1 && plain_call) {
      if (!given.empty() && !given[0].only(kInt | kBool)) return std::nullopt;
      NoteContent(id, receiver, WriteHow::NotAWrite);
      NoteContent(id, receiver, WriteHow::Resize);
      return ContentOf(receiver);
    }
    if ((name == "clear" || name == "reverse") && given.empty() && plain_call) {
      NoteContent(id, receiver, WriteHow::Resize);
      return none;
    }
    if (name == "copy" && given.empty() && plain_call) {
      NoteContent(id, receiver, WriteHow::NotAWrite);
      Value result = Allocate(id, ObjectKind::List);
      StoreContent(result.refs()[0], ContentOf(receiver));
      return result;
    }
    if (name == "sort" && given.empty()) {
      Value items = ContentOf(receiver);
      Value compared = items;
      for (const auto& [keyword, value] : arguments.keywords) {
        if (Text(keyword) == "reverse" && !value.only(kInt | kBool)) {
          UnknownOperation(id, value, "sorting");
        }
        if (Text(keyword) == "key" && !value.only(kNone)) {
          CallArguments call;
          call.positional.push_back(items);
          compared = Call(id, value, call);
        }
      }
      NoteContent(id, receiver, WriteHow::NotAWrite);
      NoteContent(id, receiver, WriteHow::Resize);
      if (!compared.empty()) CheckOrder(id, compared);
      return none;
    }
  }
  if ((kind == ObjectKind::List || kind == ObjectKind::Tuple) && plain_call) {
    if ((name == "index" || name == "count") && given.size() == 1) {
      NoteContent(id, receiver, WriteHow::NotAWrite);
      CheckEquality(id, given[0], ContentOf(receiver));
      if (name == "index") {  // "... is not in list"
        CheckText(id, given[0], TextUse::Repr);
        HoldInException(given[0]);
      }
      return Value::OfScalar(kInt);
    }
    if (name == "remove" && given.size() == 1 && kind == ObjectKind::List) {
      NoteContent(id, receiver, WriteHow::NotAWrite);
      NoteContent(id, receiver, WriteHow::Resize);
      CheckEquality(id, given[0], ContentOf(receiver));
      return none;
    }
  }
  if (kind == ObjectKind::Dict) {
    Value keys = Load(object.keys, receiver);
    if (name == "get" && !given.empty() && given.size() <= 2 && plain_call) {
      CheckKey(id, receiver, given[0]);
      NoteContent(id, receiver, WriteHow::NotAWrite, given[0].term().loop);
      Value result = EntryOf(receiver, given[0], true);
      result.Join(given.size() > 1 ? given[1] : none);
      return result;
    }
    if (name == "setdefault" && !given.empty() && given.size() <= 2 && plain_call) {
      CheckKey(id, receiver, given[0]);
      NoteContent(id, receiver, WriteHow::NotAWrite);
      NoteContent(id, receiver, WriteHow::SetKey, given[0].term().loop);
      Value made = given.size() > 1 ? given[1] : none;
      StoreEntry(receiver, given[0], made);
      Value result = EntryOf(receiver, given[0], true);
      result.Join(made);
      return result;
    }
    if ((name == "items" || name == "keys" || name == "values") && given.empty() && plain_call) {
      Value view = Allocate(id, ObjectKind::View, Sym(fmt::format("dict_{}", name)));
      Ref ref = view.refs()[0];
      facts_.heap_[ref.object].source = receiver.object;
      StoreKeys(ref, Value::OfObject(receiver.object, receiver.age, receiver.exact));
      if (name == "keys") {
        StoreContent(ref, keys);
      } else if (name == "values") {
        StoreContent(ref, ContentOf(receiver));
      } else {
        Value pair = Value::OfObject(ObjectFor(id, ObjectKind::Tuple, Symbol(), 1), ref.age);
        MakeTuple(id, pair.refs()[0], {keys, ContentOf(receiver)});
        StoreContent(ref, pair);
      }
      return view;
    }
    if (name == "update" && given.size() <= 1) {
      if (!given.empty() && !UpdateDict(id, receiver, given[0])) return std::nullopt;
      for (const auto& [keyword, value] : arguments.keywords) {
        StoreEntry(receiver, Value::OfText(keyword), value);
      }
      if (object.name) {  // a Counter adds to what it has
        NoteContent(id, receiver, WriteHow::NotAWrite);
        NoteContent(id, receiver, WriteHow::Arbitrary);
        if (Text(object.name) == "collections.Counter") {
          StoreContent(receiver, Value::OfScalar(kInt));  // True and True are 2
        }
      } else {
        NoteContent(id, receiver, WriteHow::SetKey);
      }
      return none;
    }
    if (name == "pop" && !given.empty() && given.size() <= 2 && plain_call) {
      CheckKey(id, receiver, given[0]);
      NoteContent(id, receiver, WriteHow::NotAWrite);
      NoteContent(id, receiver, WriteHow::Delete);
      Value result = EntryOf(receiver, given[0], given.size() > 1);
      if (given.size() > 1) result.Join(given[1]);
      return result;
    }
    if (name == "clear" && given.empty()) {
      NoteContent(id, receiver, WriteHow::Resize);
      return none;
    }
    if (name == "copy" && given.empty() && !object.name) {
      NoteContent(id, receiver, WriteHow::NotAWrite);
      Value result = Allocate(id, ObjectKind::Dict);
      CopyEntries(receiver, result.refs()[0]);
      return result;
    }
  }
  if (kind == ObjectKind::Set && plain_call) {
    if (name == "add" && given.size() == 1) {
      CheckKey(id, receiver, given[0]);
      NoteContent(id, receiver, WriteHow::AddToSet);
      StoreContent(receiver, given[0]);
      return none;
    }
    if ((name == "discard" || name == "remove") && given.size() == 1) {
      CheckKey(id, receiver, given[0]);
      NoteContent(id, receiver, WriteHow::Delete);
      return none;
    }
    if (name == "update") {
      for (const Value& value : given) {
        Value items = Exhaust(id, value);
        StoreContent(receiver, items);
        CheckKey(id, receiver, items);
      }
      NoteContent(id, receiver, WriteHow::AddToSet);
      return none;
    }
    if (name == "clear" && given.empty()) {
      NoteContent(id, receiver, WriteHow::Resize);
      return none;
    }
  }
  if ((kind == ObjectKind::Set || kind == ObjectKind::FrozenSet) && plain_call) {
    bool combines = name == "union" || name == "intersection" || name == "difference" ||
                    name == "symmetric_difference" || name == "copy";
    bool asks = name == "issubset" || name == "issuperset" || name == "isdisjoint";
    if (combines || asks) {
      NoteContent(id, receiver, WriteHow::NotAWrite);
      Value result = combines ? Allocate(id, kind) : Value::OfScalar(kBool);
      Value own = ContentOf(receiver);
      if (combines) StoreContent(result.refs()[0], own);
      for (const Value& value : given) {
        Value items = PeekUnordered(id, value);
        CheckKey(id, receiver, items);
        if (combines) StoreContent(result.refs()[0], items);
      }
      return result;
    }
  }
  return std::nullopt;
}

}  // namespace unspool::effects
