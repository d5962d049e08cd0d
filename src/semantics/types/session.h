// What all frames of an inference share: the program's texts, what they declare, the cells, and
// tables that make numbers of compound things. Read by all threads; the tables grow under a lock.
#pragma once

#include "base/interner.h"
#include "knowledge/knowledge_base.h"
#include "semantics/declarations/declarations.h"
#include "semantics/flow/cfg.h"
#include "semantics/flow/ssa.h"
#include "semantics/scopes/scopes.h"
#include "semantics/types/cells.h"
#include "semantics/types/type.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace unspool::semantics::types {

using declarations::ClassId;
using declarations::Declarations;
using declarations::FunctionId;
using declarations::SymbolId;
using declarations::UnitId;

// A name in two numberings: among all names of the sources, and among those that are declared.
struct AttributeName {
  uint32_t number = 0;
  SymbolId declared;  // none: nothing declares it
};

// A source text whose code is evaluated. Its scopes are frames `first_frame` and on, its nodes
// sites from `first_node` on.
struct Source {
  UnitId unit;
  std::string module;
  std::string path;
  const syntax::Tree* tree = nullptr;
  const ScopeTree* scopes = nullptr;
  uint32_t first_frame = 0;
  uint32_t first_node = 0;
  std::vector<AttributeName> names;  // by NameId of the tree
  // The module's variables by the number of their name, and sorted by it with their slots.
  std::vector<uint32_t> variable_names;  // by slot
  std::vector<std::pair<uint32_t, uint32_t>> variables;

  // The slot of a module's variable.
  std::optional<uint32_t> SlotOf(uint32_t name) const;
};

// One frame's graph, made when it is first evaluated.
struct FrameGraph {
  Cfg cfg;
  Ssa ssa;
};

struct FrameInfo {
  uint32_t source = 0;
  ScopeId scope;
  FunctionId function;            // none of lambdas, modules, class bodies and comprehensions
  ClassId cls;                    // of class bodies; of functions in them: the class
  bool open = false;              // anybody may call it
  bool has_inner_class = false;   // whose body reads this frame's variables
  bool rebound_by_class = false;  // by an inner class's body, with `nonlocal`
  std::unique_ptr<FrameGraph> graph;
};

// Compound things by number; the same thing has the same number. Numbers depend on who comes first,
// so nothing is ordered by them.
template <typename Key, typename Hash>
class SharedTable {
 public:
  uint32_t Number(const Key& key) {
    std::lock_guard lock(mutex_);
    const auto [at, fresh] = number_of_.try_emplace(key, static_cast<uint32_t>(items_.size()));
    if (fresh) items_.push_back(key);
    return at->second;
  }
  Key operator[](uint32_t number) const {
    std::lock_guard lock(mutex_);
    return items_[number];
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<Key, uint32_t, Hash> number_of_;
  std::vector<Key> items_;
};

// Names that the language itself asks for.
struct KnownNames {
  explicit KnownNames(const Declarations& declarations);

#define UNSPOOL_KNOWN_NAME(name, text) SymbolId name;
#include "semantics/types/known_names.def"
};

// Classes of objects that the language itself makes, by the names that stubs have for them.
struct KnownClasses {
  explicit KnownClasses(const Declarations& declarations);
  ClassId generator, coroutine, async_generator, partial, super_type, iterable, async_iterable,
      awaitable, collection, os_error, path, pure_path, field, auto_value, named_tuple;
};

struct SessionOptions {
  // Nobody but the program itself calls its functions.
  bool closed_world = false;
};

struct Session {
  Session(const Declarations& the_declarations, std::vector<Source> the_sources,
          const SessionOptions& the_options);

  const Declarations& declarations;
  const SessionOptions options;
  const KnownNames names;
  const KnownClasses classes;
  const UnitId builtins;  // none without stubs
  std::vector<Source> sources;
  std::vector<FrameInfo> frames;
  CellStore cells;
  // Everything that is seen has been said: a name or an attribute without a value then gets it from
  // where nobody looks.
  bool settled = false;
  std::vector<uint32_t> source_of_unit;  // by UnitId; UINT32_MAX for those without

  const Source& SourceOf(uint32_t frame) const { return sources[frames[frame].source]; }
  base::Interner attribute_names;
  AttributeName NameOf(SymbolId symbol) const;
  AttributeName NameOf(std::string_view text) const;
  // Empty where neither a source nor a declaration has the name.
  std::string_view TextOf(AttributeName name) const;

  // The frame of a function whose text is evaluated; none otherwise.
  std::optional<uint32_t> FrameOf(FunctionId function) const {
    const uint32_t frame = frame_of_function_[function.value()];
    return frame == UINT32_MAX ? std::nullopt : std::optional(frame);
  }
  // Where the body of a class of the sources keeps one of its members: frame and slot.
  std::optional<std::pair<uint32_t, uint32_t>> PlaceOfMember(ClassId owner, uint32_t name) const;
  std::optional<uint32_t> SourceAt(UnitId unit) const;
  // One thread at a time for each frame.
  FrameGraph& GraphOf(uint32_t frame);

  // What a method is bound to.
  SharedTable<uint64_t, std::hash<uint64_t>> receivers;
  // Of built-in classes whose exact instances take no attributes.
  bool IsWithoutDict(ClassId cls) const;
  // Functions and methods that are not opened for everybody, by the number of their name.
  const std::vector<uint32_t>& PrivateFunctions(uint32_t name) const;

  // Whether calling the function cannot store its arguments anywhere that lasts.
  bool StoresNothing(FunctionId function) const;
  // The facts about a function that only a stub describes; null where there are none.
  const knowledge::CallFact* FactOf(FunctionId function) const;
  // Whether there are facts about it, or it belongs to the language itself: others may call what
  // was handed to the library before (handlers, hooks, threads).
  bool IsKnown(FunctionId function) const;
  // Whether the function runs nothing on arguments that may be of any class.
  bool LeavesAlone(FunctionId function) const;

  // A site: part `part` of what node `node` of a source makes. One node may make several things:
  // each purpose has its own parts, one for each nested object.
  static constexpr uint32_t kPartsOfPurpose = 8;
  static constexpr uint32_t kParts = 8 * kPartsOfPurpose;
  uint32_t SiteAt(uint32_t source, syntax::NodeId node, uint32_t part) const {
    return (sources[source].first_node + node.value()) * kParts + part;
  }

 private:
  void FindPrivateFunctions();

  std::vector<ClassId> without_dict_;  // sorted
  std::unordered_map<uint32_t, std::vector<uint32_t>> private_functions_;
  mutable std::vector<std::atomic<uint8_t>> stores_nothing_;  // 0: not asked yet
  mutable std::vector<std::atomic<uint32_t>> member_slots_;   // by name: slot + 2; 0: not asked yet
  std::vector<uint32_t> frame_of_function_;
};

}  // namespace unspool::semantics::types
