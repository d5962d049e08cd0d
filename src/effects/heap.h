// The abstract heap: one object for each allocation site and calling context. Its contents only
// grow (they are joined over all moments of the run), so whatever was stored anywhere is seen
// everywhere. What is stored in an object is kept with its age relative to the object: see Store.
#pragma once

#include "effects/value.h"

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace unspool::effects {

enum class ObjectKind : uint8_t {
  List,
  Tuple,
  Dict,
  Set,
  FrozenSet,
  ByteArray,
  Range,
  Slice,
  Iterator,   // consumed as it is read: enumerate, zip, map, iter(), a dict's items, ...
  View,       // reads another container as it is: dict views
  Generator,  // the result of calling a generator function; runs when consumed
  Instance,   // of a class of the program
  Library,    // of a class that only the knowledge base describes
  Exception,  // of a builtin exception class
  Class,
  Function,
  BoundMethod,
  Builtin,  // a function, type or method named in the knowledge base
  Module,
  Super,
  Property,
  Opaque,  // an object without known behaviour that is harmless to hold
};
std::string_view ObjectKindName(ObjectKind kind);

// A constant key of a dict: the symbol of a text, or a whole number.
struct RecordKey {
  bool text = false;
  int64_t number = 0;

  auto operator<=>(const RecordKey&) const = default;
};

struct Object {
  ObjectKind kind = ObjectKind::Opaque;
  NodeId site;           // where it is allocated; none for what exists before the program
  uint32_t context = 0;  // the calling context of the allocation
  Symbol name;           // Library, Builtin, Module, Exception: qualified name; Class: its name

  // Ages of what is stored are relative to the object's own, and never positive.
  Value content;          // elements, dict values, what an iterator gives, a method's receiver
  Value keys;             // dict keys
  Value default_factory;  // Dict: of a defaultdict
  // Dict: `content` taken apart. By constant key what is stored under it; `rest`: what is stored
  // under keys that are not known, or that are not tracked (see records.cpp).
  std::map<RecordKey, Value> entries;
  Value rest;
  std::vector<Value> items;  // Tuple of known length: by position
  bool positional = false;
  std::map<Symbol, Value> attributes;

  // Function: its node, and the context whose variables it sees. Generator: the same, and its call.
  NodeId definition;
  uint32_t closure = 0;
  Age closure_depth = 0;         // Function: loops around the definition in the function around it
  std::vector<Value> arguments;  // Generator: bound parameters. Function: defaults
  // Class: resolution order, the class itself first. Instance, Super: one entry, the class.
  std::vector<ObjectId> classes;
  // Iterator and View: what is read; a method: the function.
  ObjectId source;
  ObjectId function;
  std::vector<std::string> steps;  // Iterator: channels that each step reads
  bool counts_up = false;  // Range: from zero or more, upwards; Iterator: enumerate from there
  bool consumes = false;   // Iterator over an iterator: advancing it advances `source` as well
  // Class: the fields of a data class or named tuple, in order.
  std::vector<Symbol> fields;
  bool data_class = false;
  bool tuple_like = false;
  Value pattern;  // Library: of re.Pattern and re.Match, the expression while it is one constant
  bool unknown_bases = false;  // Class: attributes may come from where nobody can see
  CauseId escaped;             // code that is not understood may hold it, and why
};

// Calls `use` with the values an object holds.
template <typename Use>
void ForEachHeld(const Object& object, Use&& use) {
  use(object.content);
  use(object.keys);
  for (const Value& item : object.items) use(item);
  for (const auto& [name, attribute] : object.attributes) use(attribute);
  if (object.kind == ObjectKind::Generator) {
    for (const Value& argument : object.arguments) use(argument);
  }
  if (object.source) use(Value::OfObject(object.source, kOld));
}

// Those that come into somebody's hands with it: code and modules are in everybody's anyhow.
template <typename Use>
void ForEachReached(const Object& object, Use&& use) {
  if (object.kind != ObjectKind::Class && object.kind != ObjectKind::Module) {
    ForEachHeld(object, std::forward<Use>(use));
  }
}

class Heap {
 public:
  // References to objects stay valid when others are added.
  ObjectId Add(Object object) {
    objects_.push_back(std::move(object));
    return ObjectId(static_cast<uint32_t>(objects_.size() - 1));
  }
  Object& operator[](ObjectId id) { return objects_[id.value()]; }
  const Object& operator[](ObjectId id) const { return objects_[id.value()]; }
  size_t size() const { return objects_.size(); }

  // The value as it is seen from an object of age `holder`: what is younger than the holder counts
  // as the holder's age, what is older keeps its distance.
  static Value Relative(const Value& value, const Ref& holder, Age depth);
  // The value as it is seen by who reads it through a reference of this age.
  static Value Absolute(const Value& stored, Age holder);

 private:
  std::deque<Object> objects_;
};

}  // namespace unspool::effects
