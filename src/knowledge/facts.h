// What is known about library code, as plain immutable records: calls, classes, modules. Their
// meaning is documented in data/effects/README.md, field by field. Whatever a record does not say
// is the worst case; whatever has no record is unknown.
#pragma once

#include "knowledge/type_expr.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::knowledge {

// A place, from the view of the called function.
enum class PlacePart : uint8_t {
  Itself,  // the object and its own content
  Items,   // elements; the keys of a dict
  Keys,
  Values,
  Called,  // what the callable parameter returned
  Deep,    // all that can be reached from it
};

struct FactPlace {
  std::string channel;  // "stdout", "fs", "random", ...; empty for a parameter
  int parameter = -1;   // index into CallFact::parameters; with a channel: what narrows it, or -1
  PlacePart part = PlacePart::Itself;

  bool is_channel() const { return !channel.empty(); }
  bool operator==(const FactPlace&) const = default;
};

enum class EffectKind : uint8_t {
  Read,     // place
  Write,    // place, how, key (of set-key and delete-key)
  Escape,   // place is from then on referred to by `into`
  Drop,     // references to place go away: finalizers of its objects may run
  Consume,  // place is a parameter that is advanced if it is an iterator
  Call,     // place is a callable parameter; arguments
  Draw,     // place is a random stream: channel "random" or self
  Block,    // word: disk, network, sleep, lock, subprocess, input
  Warn,     // may issue a warning; word "regex" and place: not if that is a quiet constant
  Unknown,  // word: why no fact can be stated
};

enum class WriteHow : uint8_t {
  Append,
  Extend,
  SetKey,
  AddToSet,
  DeleteKey,
  Delete,
  Resize,
  Arbitrary,
};

struct FactEffect {
  EffectKind kind = EffectKind::Unknown;
  FactPlace place;
  WriteHow how = WriteHow::Arbitrary;
  int key = -1;                      // parameter that is the key of SetKey and DeleteKey
  FactPlace into;                    // Escape
  std::vector<FactPlace> arguments;  // Call
  std::string word;                  // Block, Warn, Unknown
};

enum class OriginKind : uint8_t {
  Fresh,     // a new object, or a value without identity
  Place,     // the result is this object
  Holds,     // the fresh result refers to this object, at some depth
  Iterator,  // the result iterates over it lazily: what happens, happens when it is advanced
  View,      // the result shows its live content
};

struct Origin {
  OriginKind kind = OriginKind::Fresh;
  FactPlace place;
};

enum class ParameterKind : uint8_t {
  PositionalOnly,
  PositionalOrKeyword,
  VarPositional,
  KeywordOnly,
  VarKeyword,
};

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::PositionalOrKeyword;
  TypeExpr type;  // what an argument must be for the fact to hold
  bool optional = false;
  std::string default_text;
  bool order_free = false;  // the order in which it is iterated does not show in the result
};

struct TypeVariable {
  std::string name;  // one letter
  TypeExpr bound;    // Any where none is stated
};

enum class Determinism : uint8_t { No, Identity, HashSeed, Yes };
enum class Gil : uint8_t { Held, ReleasedLarge, Released };

struct Cost {
  bool known = false;
  bool heavy = false;  // not bounded by the sizes of the arguments
  double base_ns = 0;
  double per_item_ns = 0;
  int parameter = -1;       // whose items; -1: none
  bool log_factor = false;  // times log2 of the number of items
};

// One signature of a function, constructor or method. Methods have `self` as parameter 0.
struct CallFact {
  std::string name;  // "builtins.len", "list.append", "random.Random.gauss"
  std::vector<TypeVariable> variables;
  std::vector<Parameter> parameters;
  TypeExpr result;
  std::vector<Origin> origins;      // of the result
  std::vector<FactEffect> effects;  // implied reads of parameters included
  std::vector<std::string> raises;  // exception classes; "*" for any
  Determinism determinism = Determinism::No;
  Gil gil = Gil::Held;
  bool thread_safe = false;
  Cost cost;
  uint16_t since = 0;       // version as 0x0309 for 3.9; 0: all
  uint16_t until = 0xFFFF;  // first version without it
  std::string array_counterpart;
  std::string async_counterpart;
  bool HoldsFor(uint16_t version) const { return since <= version && version < until; }

  const CallFact* next_overload = nullptr;

  int FindParameter(std::string_view parameter_name) const;
  const TypeVariable* FindVariable(std::string_view letter) const;
  // No effect but reading parameters: neither writes, calls, blocks, draws, nor looks at a channel.
  bool IsPure() const;
  bool HasEffect(EffectKind kind) const;
};

enum class Pickling : uint8_t { No, IfItems, Yes };
enum class Hashing : uint8_t { Unknown, None, Identity, Value };

struct ClassFact {
  std::string name;  // "list", "random.Random"
  std::string base;  // of exceptions: the class above; else empty
  // The class Python knows, where this one is a part of it about which more is known; else empty.
  std::string stands_for;
  std::vector<std::string> variables;
  Pickling pickling = Pickling::No;
  Hashing hashing = Hashing::Unknown;
  bool is_mutable = true;
  bool ordered = true;             // false: the order of iteration depends on hashes or history
  bool is_iterator = false;        // iterating advances the object itself
  std::vector<std::string> steps;  // channels that each step of the iteration reads
  bool iterable = false;
  bool always_true = false;  // neither __bool__ nor __len__
  TypeExpr item;             // type of an element, where iterable
  std::map<std::string, TypeExpr, std::less<>> attributes;
  std::map<std::string, TypeExpr, std::less<>> constants;  // of the class itself: timezone.utc
};

struct ModuleFact {
  std::string name;
  bool import_pure = false;  // importing it has no effect that a program can see
  std::map<std::string, TypeExpr, std::less<>> constants;
  std::vector<std::string> others;  // names that exist and have no fact, sorted
};

std::string_view ToString(EffectKind kind);
std::string_view ToString(WriteHow how);
std::string ToString(const CallFact& fact);

}  // namespace unspool::knowledge
