// What running a piece of code does to places outside it. A place is a part of an abstract object,
// a variable that outlives the function, or a channel to the world.
#pragma once

#include "effects/value.h"

#include <map>
#include <string>
#include <vector>

namespace unspool::effects {

// Channels to the world outside the program. Two accesses to one channel are taken to touch the
// same place.
enum class Channel : uint8_t {
  Stdout,
  Stderr,
  Stdin,
  FileSystem,
  Clock,
  Environment,
  GlobalRandom,  // the hidden stream of the random module
  Network,
  Process,
  Warnings,
  HashOrder,    // the order of sets, which differs between processes
  ModuleName,   // what a module, class or function says it belongs to
  Interpreter,  // recursion limit, contexts, hooks: settings of the whole process or thread
};
std::string_view ChannelName(Channel channel);

enum class PlaceKind : uint8_t {
  Content,        // the elements of a container, and its length
  Attribute,      // one attribute of an object
  Global,         // a variable of a module
  Cell,           // a variable of an enclosing function
  World,          // a channel
  Identity,       // which object it is (is, id(), default equality and hash); reads only
  StopIteration,  // may raise StopIteration, which ends whoever iterates
  Anything,       // not understood: conflicts with everything
};

struct Place {
  PlaceKind kind = PlaceKind::Anything;
  ObjectId object;     // Content, Attribute, Identity
  Symbol name;         // Attribute, Global, Cell
  uint32_t owner = 0;  // Cell: the context of the function that owns the variable
  Channel channel{};   // World

  auto operator<=>(const Place&) const = default;
};

// What a write does, from the most to the least easily replayed.
enum class WriteHow : uint8_t {
  NotAWrite,
  Append,    // list.append, deque.append
  Extend,    // list.extend, +=
  SetKey,    // d[k] = v, l[i] = v
  AddToSet,  // set.add
  Assign,    // a variable or attribute
  Delete,
  Resize,  // insert, pop, clear, sort, ...
  Emit,    // bytes to a channel, in order
  Draw,    // the next number of a random stream
  Arbitrary,
};
std::string_view WriteHowName(WriteHow how);

struct EffectKey {
  Place place;
  WriteHow how = WriteHow::NotAWrite;
  Age age = kOld;
  NodeId key_loop;  // the key written or read is the item of this loop (see Term)
  NodeId via;       // of writes: where, so that each is kept; reads are kept once

  auto operator<=>(const EffectKey&) const = default;
};

// Where an effect happens: the node itself, and the node of the function at hand through which it
// is reached (a call, or the node itself).
struct EffectSite {
  NodeId at;
  NodeId via;
  CauseId cause;  // PlaceKind::Anything: what was not understood
};

// A set of effects: reads each with the first site that was met, writes with all.
class EffectSet {
 public:
  bool Add(EffectKey key, const EffectSite& site) {
    key.via = key.how == WriteHow::NotAWrite ? NodeId() : site.via;
    return effects_.try_emplace(key, site).second;
  }
  auto begin() const { return effects_.begin(); }
  auto end() const { return effects_.end(); }
  size_t size() const { return effects_.size(); }
  bool empty() const { return effects_.empty(); }

 private:
  std::map<EffectKey, EffectSite> effects_;
};

enum class CauseCode : uint8_t {
  UnknownCall,       // a callee that is not understood
  UnknownType,       // an operation on a value whose class is not known
  UnknownParameter,  // a parameter of a function that anybody may call
  UnknownName,       // a name that is bound nowhere, or dynamically
  UnknownImport,     // a module without facts
  Dynamic,           // exec, eval, setattr with a computed name, ...
  Unsupported,       // a construct the analysis does not model
  Limit,             // a bound of the analysis was reached
};
std::string_view CauseCodeName(CauseCode code);

// Why something is unknown: shown to the user with its place.
struct Cause {
  CauseCode code;
  std::string message;
  NodeId at;
};

}  // namespace unspool::effects
