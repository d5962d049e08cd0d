// Dicts as records: what is stored under a constant key is kept apart. `content` of a dict always
// holds all its values, whatever their key, so that who does not ask for a key need not know of
// this. A key that is not known may be any: its values count for every key.
#include "effects/interpreter.h"

namespace unspool::effects {

namespace {
// Beyond that many keys a dict is a table, not a record. Keys are never given up once they are
// tracked, so that values only grow.
constexpr size_t kMaxEntries = 64;
}  // namespace

// Keys that are equal are one key: of the exact built-in classes, 1 is True and 1.0. Floats are not
// tracked, which makes them unknown keys.
std::optional<RecordKey> Interpreter::RecordKeyOf(const Value& key) {
  if (key.text() && key.only(kStr)) return RecordKey{true, int64_t{key.text().value()}};
  if (key.has_number() && key.only(kInt | kBool)) return RecordKey{false, key.number()};
  return std::nullopt;
}

void Interpreter::StoreEntry(const Ref& dict, const Value& key, const Value& value) {
  StoreKeys(dict, key);
  std::optional<RecordKey> constant = RecordKeyOf(key);
  Object& object = facts_.heap_[dict.object];
  if (object.kind != ObjectKind::Dict || !constant ||
      (object.entries.size() >= kMaxEntries && !object.entries.contains(*constant))) {
    StoreContent(dict, value);
    return;
  }
  Store(object.content, value, dict);
  Store(object.entries[*constant], value, dict);
}

// What a lookup of the key may find. `may_miss`: finding nothing is no error.
Value Interpreter::EntryOf(const Ref& dict, const Value& key, bool may_miss) const {
  const Object& object = facts_.heap_[dict.object];
  std::optional<RecordKey> constant = RecordKeyOf(key);
  Value missing;
  if (object.name && Text(object.name) == "collections.Counter") missing = Value::OfScalar(kInt);
  if (constant) {
    Value found = object.rest;
    auto at = object.entries.find(*constant);
    if (at != object.entries.end()) found.Join(at->second);
    found.Join(missing);
    // A key that nobody stores gives KeyError; once all is settled, better too much than nothing.
    if (!found.empty() || may_miss || !settled_) return Load(found.WithoutConstant(), dict);
  }
  Value all = ContentOf(dict);
  all.Join(missing);
  return all;
}

// Everything in one dict is stored into another as well.
void Interpreter::CopyEntries(const Ref& from, const Ref& to) {
  const Object object = facts_.heap_[from.object];
  StoreKeys(to, Load(object.keys, from));
  StoreContent(to, Load(object.rest, from));
  for (const auto& [key, value] : object.entries) {
    Value constant = key.text ? Value::OfText(Symbol(static_cast<uint32_t>(key.number)))
                              : Value::OfInt(key.number);
    StoreEntry(to, constant, Load(value, from));
  }
}

}  // namespace unspool::effects
