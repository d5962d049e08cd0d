// Abstract interpretation of a program: runs the module's code, and every function it reaches with
// the values its callers pass, over sets of possible values (Cousot and Cousot 1977; contexts by
// argument values as in the Cartesian product algorithm, Agesen 1995). Flow-sensitive for local
// variables, flow-insensitive for the heap; repeated until nothing changes. Everything is a call:
// operators, iteration, truth, hashing and formatting of unknown objects are unknown effects.
#pragma once

#include "effects/facts.h"
#include "effects/state.h"
#include "knowledge/knowledge_base.h"
#include "semantics/scopes/scopes.h"
#include "syntax/parse.h"
#include "syntax/views.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace unspool::effects {

// A module of the program whose text is part of the tree (syntax/linked_tree.h), under the name
// that imports give it.
struct LinkedModule {
  std::string name;
  NodeId root;
};

struct InterpretOptions {
  // Everything that can call the functions of this file is in this file (a script that is run).
  bool closed_world = true;
  // The name of the module when it runs: "__main__" for a script.
  std::string module_name = "__main__";
  // Modules of the program whose import only binds their names.
  std::set<std::string, std::less<>> quiet_modules;
  // Those of them whose functions are looked into. Their code runs where the module's own code
  // imports them.
  std::vector<LinkedModule> linked_modules;
  // Modules of the program of which nothing is known, whatever the library has under their names.
  std::set<std::string, std::less<>> unknown_modules;
  // The version of Python that facts about the library must hold for.
  syntax::Version target;
};

struct CallArguments {
  std::vector<Value> positional;
  std::vector<std::pair<Symbol, Value>> keywords;
  std::optional<Value> star;         // *args: what its elements may be
  std::optional<Value> double_star;  // **kwargs: what its values may be
};

class Interpreter {
 public:
  static Facts Run(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
                   const knowledge::KnowledgeBase& knowledge, const InterpretOptions& options);

 private:
  using Tree = syntax::Tree;
  using NodeKind = syntax::NodeKind;
  using NodeList = syntax::NodeList;
  using Operator = syntax::Operator;
  using ScopeId = semantics::ScopeId;

  struct LoopEntry {
    LoopFacts* facts;
    int depth;
    State* breaks;     // states that leave by break
    State* continues;  // states that go on with the next iteration
  };

  // What leaves a statement by break and continue, while it is kept from the loop around.
  struct Jumps {
    State breaks, continues;
    State* outer_breaks = nullptr;
    State* outer_continues = nullptr;
  };

  // Where the variables of a function's scopes lie in a State.
  struct Layout {
    std::unordered_map<uint32_t, uint32_t> offsets;  // ScopeId -> first slot
    uint32_t slots = 0;
  };

  // A function with one set of parameter values; context 0 is the module.
  struct Context {
    ObjectId function;
    ScopeId scope;
    uint32_t closure = 0;    // the context of the function around the definition
    Age closure_age = kOld;  // how fresh that function's variables are, seen from this call
    std::vector<Value> parameters;
    Value result;
    Value yielded;
    EffectSet effects;
    EffectSet own_writes;  // generator: on objects of its own that it may have handed out
    uint32_t round = 0;    // when it was last evaluated
    bool running = false;
    bool merged = false;                        // stands for all further argument values
    std::unordered_map<uint64_t, Value> cells;  // captured variables; see Cell
  };

  struct Frame {
    uint32_t context = 0;
    ScopeId scope;
    const Layout* layout = nullptr;
    State state;
    int depth = 0;
    std::vector<LoopEntry> loops;
    std::vector<State*> handlers;  // states from which the innermost handlers may start
    Value result;
    Value yielded;
    ObjectId enclosing_class;  // for super()
    bool is_generator = false;
    std::set<ObjectId> yielded_objects;  // handed out, and not allocated anew since
    EffectSet* top_level = nullptr;
    EffectSet* watched = nullptr;  // see Watch
    // Whose step is being looked at: an iterator may draw from itself, as after
    // `it = filter(f, it)` in a loop.
    std::set<ObjectId> stepping;
  };

  // What a loop is over, its iterator, and what it took to get them.
  struct Opened {
    Value iterable;
    Value iterator;
    EffectSet header;          // of evaluating the iterable
    EffectSet opening;         // of `__iter__`
    std::set<ObjectId> older;  // given, but not made by `__iter__`
  };

  Interpreter(const Tree& tree, const semantics::ScopeTree& scopes,
              const knowledge::KnowledgeBase& knowledge, const InterpretOptions& options);
  void RunToFixpoint();
  void RunModule();
  bool OfFunction(NodeId name) const;
  bool IsWrittenInTwoWays(NodeId id) const;
  bool WithinClass(NodeId id) const;
  void FindDynamicFeatures();
  void SetDynamic(NodeId id, std::string_view what);
  void FindEnvironmentChanges();
  // True for a value that nothing was found for. Once all else has settled, that means something
  // the analysis does not see: an unknown effect.
  bool Missing(NodeId id, const Value& value);
  void RunUncalledFunctions();

  // ---- statements (interpreter_statements.cpp) ----
  void Block(NodeList statements);
  void Statement(NodeId id);
  void If(NodeId id);
  void For(NodeId id, NodeId iter, NodeId target, NodeList body, NodeList orelse);
  void While(NodeId id);
  void Try(NodeId id);
  void With(NodeId id);
  void HoldJumps(Jumps& jumps);
  void ReleaseJumps(const Jumps& jumps);
  void GoOnJumping(const Jumps& jumps);
  void Match(NodeId id);
  void ClassDefinition(NodeId id);
  void FunctionDefinition(NodeId id);
  void Annotation(NodeId id);
  void Import(NodeId id);
  void ImportFrom(NodeId id);
  void ImportModule(NodeId id, std::string_view name);
  void RunLinked(NodeId id, std::string_view name);
  Value LinkedAttribute(NodeId id, std::string_view module, Symbol name);
  Value ModuleValue(NodeId id, std::string_view name);
  void CallClassHooks(NodeId id, const Ref& cls, const std::vector<ObjectId>& order);
  void DataClass(ObjectId cls, NodeId decorator, const std::vector<Symbol>& fields);
  void AugmentedAssign(NodeId id);
  void LoopToFixpoint(NodeId loop, const Value& iterable,
                      const std::function<void(LoopFacts&)>& body);
  static Channel ChannelOf(std::string_view name);
  void NoteStep(NodeId id, const std::vector<std::string>& channels);
  void NoteDrawnFrom(NodeId id, const Value& iterable);
  void BindItem(NodeId loop, const Opened& opened, NodeId target, LoopFacts& facts);
  bool BindsNothing(NodeId target);
  void NoteHandlerState();
  void NoteHandlerValue(uint32_t slot);
  void Clamp(State& state, const State& before, int depth, NodeId loop);
  void BindPattern(NodeId pattern, const Value& subject);

  // ---- names and assignment (interpreter_names.cpp) ----
  Value ReadName(NodeId id, syntax::NameId name);
  Value ReadAs(NodeId id, syntax::NameId name, const semantics::Resolution& resolution);
  Value ReadStarImport(NodeId id, syntax::NameId name);
  bool MayBeStarImported(const semantics::Symbol& symbol) const;
  void Assign(NodeId target, const Value& value);
  void JoinBuiltin(syntax::NameId name, Value& value);
  void AssignName(NodeId id, syntax::NameId name, const Value& value);
  void AssignUnpacked(NodeId id, NodeList targets, const Value& value);
  std::vector<Value> PositionsOf(const Ref& ref) const;
  bool IsSlice(const Value& key) const;
  void AssignItem(NodeId id, const Value& object, const Value& key, const Value& value);
  void Delete(NodeId target);
  // A place in the state at hand; none for a variable of another function.
  std::optional<uint32_t> SlotOf(ScopeId scope, uint32_t slot) const;
  // A variable of a context; those of linked modules are the first context's, beside its own.
  Value& Cell(uint32_t context, syntax::NameId name, ScopeId scope);
  bool IsModuleScope(ScopeId scope) const {
    return scopes_[scope].kind == semantics::ScopeKind::Module;
  }
  // The frame that a scope's variables lie in: linked modules run in the module's own.
  ScopeId FrameOf(ScopeId scope) const;
  std::string_view ModuleNameAt(NodeId id) const;
  Age AgeOfCells(uint32_t owner) const;
  uint32_t ContextOf(ScopeId scope);
  std::optional<bool> Refine(NodeId test, bool truth);
  bool RefineName(NodeId node, bool keep, const Value& scalars);
  bool RefineIsInstance(NodeId node, const std::vector<Ref>& classes, bool truth);
  std::optional<uint32_t> RefinableSlot(NodeId node) const;
  std::optional<std::pair<uint32_t, Symbol>> RefinableAttribute(NodeId node);

  // ---- expressions (interpreter_expressions.cpp) ----
  Value Eval(NodeId id);
  Value EvalRaw(NodeId id);
  Value EvalComprehension(NodeId id);
  bool IsConsumedAtOnce(NodeId id) const;
  bool RebindsWhatItReads(NodeId loop, NodeId generator) const;
  bool MayRunLater(NodeId id, NodeList generators, const Value& iterable) const;
  Value MakeTuple(NodeId id, const Ref& ref, const std::vector<Value>& items);
  void RunGenerators(NodeList generators, size_t index, const std::function<void()>& innermost);
  Value EvalCompare(NodeId id);
  Value EvalBoolOp(NodeId id);
  Value EvalCall(NodeId id);
  CallArguments EvalArguments(NodeId id);
  Value MakeFunction(NodeId id, NodeId arguments);
  Value Decorated(NodeId id, const Value& function, NodeList decorators);

  // ---- operators (operators.cpp) ----
  Value Binary(NodeId id, Operator op, const Value& left, const Value& right);
  // Augmented assignment: lists, sets and dicts change in place.
  Value InPlace(NodeId id, Operator op, const Value& left, const Value& right);
  Value Unary(NodeId id, Operator op, const Value& operand);
  Value Compare(NodeId id, Operator op, const Value& left, const Value& right);
  void CheckFloatIdentity(NodeId id, const Value& value);
  void HoldInException(const Value& value);
  void RaiseAgain(NodeId id);
  Value ReturnedBy(NodeId id, const Value& iterable);
  void CheckFormatted(NodeId id, const Value& format, const Value& value);
  bool DerivesFrom(const Ref& derived, const Ref& base) const;
  Value LibraryOperator(NodeId id, Operator op, const Ref* a, const Value& a_value, const Ref* b,
                        const Value& b_value);
  Value GetItem(NodeId id, const Value& object, const Value& key);
  bool IsDataClass(const Object& instance) const;
  const Object* FieldsClassOf(const Object& instance) const;
  enum class FieldUse : uint8_t { Equality, Order, Hash, Text };
  void CheckFields(NodeId id, const Ref& ref, FieldUse use, const Value& other);
  void CheckHashable(NodeId id, const Value& key);
  void CheckKey(NodeId id, const Ref& container, const Value& key);
  void CheckEquality(NodeId id, const Value& left, const Value& right);
  void CheckTruth(NodeId id, const Value& value);
  enum class TextUse : uint8_t { Format, Str, Repr };
  void CheckText(NodeId id, const Value& value, TextUse use);
  void CheckOrder(NodeId id, const Value& value);
  bool CallDunder(NodeId id, const Ref& receiver, std::string_view name,
                  const std::vector<Value>& arguments, Value& result);

  // ---- iteration ----
  // What iterating gives, with the effects of one step of it.
  // A loop's own header is no competitor for its iterator.
  Value Iterate(NodeId id, const Value& iterable, bool header = false);
  Opened Open(NodeId loop, NodeId iter);
  EffectSet Watch(const std::function<void()>& run);
  std::set<ObjectId> OlderGivenBy(const Value& functions, const Value& given);
  Value StepInstance(NodeId id, const Ref& iterator);
  Value ItemsOf(const Ref& ref) const;
  std::vector<Value> PendingArguments(const Ref& iterator) const;
  Value Peek(NodeId id, const Value& iterable);
  Value PeekUnordered(NodeId id, const Value& iterable);
  // The same for a consumer that runs the iterable to its end.
  Value Exhaust(NodeId id, const Value& iterable);

  // ---- calls (calls.cpp) ----
  Value Call(NodeId id, const Value& callee, const CallArguments& arguments);
  Value CallObject(NodeId id, const Ref& callee, const CallArguments& arguments);
  Value CallFunction(NodeId id, const Ref& function, const CallArguments& arguments);
  Value CallClass(NodeId id, const Ref& cls, const CallArguments& arguments);
  bool Initialize(NodeId id, const Ref& instance, size_t from, const CallArguments& arguments);
  void InitializeFields(NodeId id, const Ref& instance, const Object& cls,
                        const CallArguments& arguments);
  Value CallMethod(NodeId id, const Value& receiver, Symbol name, const CallArguments& arguments);
  std::optional<std::vector<Value>> Bind(const Ref& function, const CallArguments& arguments,
                                         NodeId id);
  uint32_t ContextFor(const Ref& function, std::vector<Value> parameters);
  void Evaluate(uint32_t context);
  Value RunContext(NodeId id, uint32_t context);
  void InstantiateEffects(NodeId id, uint32_t context);
  Value CallFoundMethod(NodeId id, const Ref& receiver, const Value& found,
                        const CallArguments& arguments);
  Value FieldDefault(NodeId id, const Object& instance, Symbol field);
  void EscapeAll(NodeId id, const CallArguments& arguments, CauseId cause);
  void Escape(const Value& value, CauseId cause);
  void ForgetContents(ObjectId id);
  void CloseEscapes();
  std::vector<ObjectId> Reachable(const Value& value) const;

  // ---- attributes (attributes.cpp) ----
  Value GetAttribute(NodeId id, const Value& object, Symbol name);
  Value GetAttributeOf(NodeId id, const Ref& ref, Symbol name);
  void SetAttribute(NodeId id, const Value& object, Symbol name, const Value& value);
  const Value* FindInClasses(const Object& instance, Symbol name, size_t from = 0) const;
  Value BindMethod(const Ref& receiver, Symbol name, NodeId id);
  Value ModuleAttribute(NodeId id, std::string_view module, std::string_view name,
                        const std::string& full);
  bool IsExceptionInstance(const Object& object) const;
  void NoteAttributeRead(NodeId id, ObjectId object, Symbol name);

  // ---- builtins (builtins.cpp, containers.cpp, library.cpp) ----
  std::optional<Value> CallBuiltin(NodeId id, std::string_view name,
                                   const CallArguments& arguments);
  std::optional<Value> CallContainerMethod(NodeId id, const Ref& receiver, std::string_view name,
                                           const CallArguments& arguments);
  bool UpdateDict(NodeId id, const Ref& dict, const Value& source);
  Value AddArgument(NodeId id, const Ref& parser, const CallArguments& arguments);
  Value CallLibrary(NodeId id, std::string_view qualified_name, const Value* receiver,
                    const CallArguments& arguments);

  // Values and the types that facts are stated in.
  knowledge::TypeExpr ToType(const Value& value, int depth = 0) const;
  using VariableValues = std::map<std::string, Value>;
  std::vector<Value> ArmsOf(const Value& value) const;
  static uint16_t RejectedScalars(std::string_view name);
  Value FromType(NodeId id, const knowledge::TypeExpr& type, int part,
                 const VariableValues* bound = nullptr);
  void BindVariables(const knowledge::TypeExpr& type, const Value& value, VariableValues& bound);
  Value ApplyFact(NodeId id, const knowledge::CallFact& fact, const std::vector<int>& parameters,
                  const std::vector<Value>& values);
  // Library code whose meaning needs more than a fact (models.cpp).
  std::optional<Value> CallModel(NodeId id, std::string_view name, const Value* receiver,
                                 const CallArguments& arguments);
  static bool IsModelled(std::string_view name);
  std::string ClassNameOf(const Object& object) const;
  bool IsBuiltinName(std::string_view name) const;

  // ---- dicts as records (records.cpp), regular expressions (regex_calls.cpp) ----
  static std::optional<RecordKey> RecordKeyOf(const Value& key);
  void StoreEntry(const Ref& dict, const Value& key, const Value& value);
  Value EntryOf(const Ref& dict, const Value& key, bool may_miss) const;
  void CopyEntries(const Ref& from, const Ref& to);
  void KnowPattern(const Value& value, const Value& pattern);
  Value RefineRegex(NodeId id, std::string_view name, const Value* receiver,
                    const CallArguments& arguments, const Value& result);

  // ---- heap and effects ----
  Value Allocate(NodeId id, ObjectKind kind, Symbol name = Symbol());
  ObjectId ObjectFor(NodeId id, ObjectKind kind, Symbol name, int part = 0);
  ObjectId Global(ObjectKind kind, std::string_view name);
  Value Load(const Value& stored, const Ref& holder) const;
  void Store(Value& into, const Value& value, const Ref& holder);
  void StoreContent(const Ref& holder, const Value& value);
  void StoreKeys(const Ref& holder, const Value& value);
  Value ContentOf(const Ref& ref) const;  // tuple items by position joined in

  void Note(NodeId id, const Place& place, WriteHow how, Age age, NodeId key_loop = NodeId());
  void NoteContent(NodeId id, const Ref& ref, WriteHow how, NodeId key_loop = NodeId());
  void NoteWorld(NodeId id, Channel channel, WriteHow how);
  void NoteAnything(NodeId id, CauseId cause);
  void NoteIdentity(NodeId id, const Value& value);
  void NoteDeepRead(NodeId id, const Value& value, int depth = 0);
  void Record(const EffectKey& key, const EffectSite& site);
  CauseId MakeCause(CauseCode code, NodeId at, std::string message);
  Value UnknownAt(NodeId id, CauseCode code, std::string message);
  // The operand is not understood: an unknown effect, and a value that carries the first cause.
  Value UnknownOperation(NodeId id, const Value& operand, std::string_view what);

  Symbol Sym(std::string_view text) { return facts_.symbols_.Intern(text); }
  Symbol SymOf(syntax::NameId name);
  // The same for attributes and parameters, which are mangled where two underscores begin them.
  Symbol PrivateSym(NodeId at, syntax::NameId name);
  std::string_view Text(Symbol symbol) const { return facts_.symbols_.Text(symbol); }
  std::string Excerpt(NodeId id) const;
  Value ToCallee(const Value& value) const;
  Value FromCallee(const Value& value) const;
  bool IsPlain(const Value& value, int depth = 0) const;
  const Layout& LayoutOf(ScopeId scope);
  Frame& frame() { return *frame_; }
  void Grow(Value& into, const Value& value) {
    if (into.Join(value)) changed_ = true;
  }

  const Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const knowledge::KnowledgeBase& knowledge_;
  InterpretOptions options_;
  Facts facts_;
  // How often each variable is bound, by scope and name.
  std::map<std::pair<ScopeId, syntax::NameId>, int> bindings_;
  std::vector<Symbol> symbol_of_;  // by NameId of the tree
  Symbol iter_ = Sym("__iter__");
  std::unordered_map<uint32_t, Layout> layouts_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> contexts_of_;  // by function object
  std::map<std::tuple<NodeId, uint32_t, ObjectKind, Symbol, int>, ObjectId> allocated_;
  std::map<std::pair<ObjectKind, Symbol>, ObjectId> globals_;
  struct Linked {
    NodeId root;
    ScopeId scope;
    uint32_t round = 0;  // when its code last ran
  };
  std::map<std::string, Linked, std::less<>> linked_;
  // How many effects of a context a call has recorded: by the caller's context, call, callee's
  // context, depth, and whether the module's own code runs.
  std::map<std::tuple<uint32_t, NodeId, uint32_t, int, bool>, size_t> instantiated_;
  std::map<std::pair<uint32_t, std::string>, CauseId> cause_ids_;
  base::IdVector<syntax::NodeId, NodeId> parents_;
  Frame* frame_ = nullptr;
  const State* module_state_ = nullptr;  // of the module's variables, where its code stands
  State module_end_;                     // and after it
  std::set<syntax::NameId> deleted_;     // names that some `del` unbinds
  std::vector<State> pending_breaks_;    // of loops whose `else` is still to run
  uint32_t round_ = 0;
  int call_depth_ = 0;
  int expression_depth_ = 0;
  int nesting_ = 0;       // of containers in containers, while one is compared or formatted
  int field_checks_ = 0;  // since the outermost comparison began
  CauseId environment_;   // what may change the environment, the time zone or the locale
  bool mentions_nan_ = false;
  bool lazy_annotations_;  // `from __future__ import annotations`
  bool exceptions_hold_objects_ = false;
  bool program_exceptions_ = false;  // the program has exception classes with methods
  bool changed_ = false;
  bool settled_ = false;  // the fixed point is reached: what is missing now stays missing
};

}  // namespace unspool::effects
