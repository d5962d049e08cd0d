// Evaluates one frame: works out what each of its expressions may be, from what the cells say of
// the rest of the program. Flow-sensitive by the versions of ssa.h; comprehensions are evaluated as
// part of the frame around them. Posts what the frame has to say to others: arguments it passes,
// what it returns, stores and collects.
//
// Soundness rests on two habits. Whatever goes where nobody looks escapes: code that is not seen
// may then change what it holds and call its methods. And whatever comes from there is Unknown.
#pragma once

#include "semantics/types/questions.h"
#include "semantics/types/session.h"
#include "syntax/views.h"

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace unspool::semantics::types {

// Declared types nest no deeper than this, for what is asked here.
inline constexpr int kMaxNesting = 8;
// Questions for a protocol's shape lead to others, no further than this.
inline constexpr size_t kMaxShapes = 4;

using declarations::DeclTypeId;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::NodeList;

enum class PlaceKind : uint8_t { Parameter, Local, Attribute, Return, Yield, Expression };

// Told of results when they are final; of one place several times where it has several copies.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void Place(PlaceKind kind, NodeId node, const Value& value) = 0;
  // Whom the call that is written at the node reaches; or, implicitly, what an operator and the
  // like stand for and what library code calls back.
  virtual void Called(NodeId node, bool implicit, Type callee) = 0;
  virtual void CalledUnknown(NodeId node, bool implicit, Cause cause) = 0;
};

struct Arguments {
  struct Positional {
    Value value;
    bool starred = false;  // value: what the elements may be
  };
  struct Keyword {
    AttributeName name;
    Value value;
  };
  std::vector<Positional> positional;
  std::vector<Keyword> keywords;
  std::optional<Value> double_star;  // what the values may be

  static Arguments Of(std::initializer_list<Value> values);
  template <typename Use>
  void ForEach(Use&& use) const {
    for (const Positional& argument : positional) use(argument.value);
    for (const Keyword& argument : keywords) use(argument.value);
    if (double_star) use(*double_star);
  }
};

// Why a node makes an object, where it makes several.
enum class Purpose : uint8_t {
  Made,       // displays, instances of classes
  Result,     // of the call that is written there
  Iterator,   // of __iter__
  Item,       // of __next__
  Special,    // of another special method
  Base,       // what a base class calls the object's parts
  Attribute,  // of properties and declared attributes
  Callback,   // of functions that the callee calls
};

// What type parameters stand for while a declared type is turned into values.
struct Bindings {
  std::vector<std::pair<declarations::TypeParamId, Value>> params;
  std::optional<Value> self;

  const Value* Find(declarations::TypeParamId param) const;
  // What is given up, because there are too many types, goes to `dropped`.
  void Join(declarations::TypeParamId param, const Value& value, std::vector<Type>* dropped);
};

// A name that is worked out at run time: what its text begins and ends with.
struct NamePattern {
  std::string_view prefix, suffix;
  bool Matches(std::string_view name) const {
    return name.size() >= prefix.size() + suffix.size() && name.starts_with(prefix) &&
           name.ends_with(suffix);
  }
};

class Evaluator {
 public:
  Evaluator(Session& session, uint32_t frame, Outbox& out, Recorder* recorder = nullptr);
  void Run();

 private:
  // A frame under evaluation: the one asked for, and comprehensions within it.
  struct Active {
    Active(uint32_t the_frame, ScopeId the_scope, const FrameGraph& the_graph)
        : frame(the_frame), scope(the_scope), graph(&the_graph) {}

    uint32_t frame;
    ScopeId scope;
    const FrameGraph* graph;
    std::vector<Value> versions;
    uint32_t node = 0;
    // When each version last grew and each node was last visited, counted in visits.
    std::vector<uint32_t> grown, visited;
    uint32_t visits = 0;
    std::vector<std::pair<uint32_t, Value>> bound;     // at the node at hand, by slot
    std::vector<std::pair<uint32_t, Value>> narrowed;  // by a condition within the node, by slot
    // What headers evaluated for later nodes: iterables, subjects of match and the like, by node.
    std::unordered_map<uint32_t, Value> held;
    uint32_t held_grown = 0;           // when one of them last grew
    Value collected, collected_value;  // comprehensions: what the elements may be
    Active* outer = nullptr;
  };

  // ---- the graph (evaluator.cpp) ----
  void RunFrame(Active& active);
  void Visit(uint32_t node);
  bool IsStale(uint32_t node) const;
  void Hold(NodeId id, const Value& value);
  void Perform(const CfgNode& node);
  void PerformStatement(NodeId id);
  void CallClasses(NodeId id, const Value& raised);
  void BindParameters();
  Value OpenParameter(NodeId arg, uint32_t index, const declarations::Function* function,
                      bool is_rest, bool is_keywords);
  void SetVersion(uint32_t version, Value value);
  Value NarrowedVersion(const SsaVersion& version);
  bool IsStarHandler(NodeId handler) const;
  NodeId WithItemOf(NodeId with, NodeId context) const;

  // ---- names (evaluator_names.cpp) ----
  Value ReadName(NodeId id);
  Value ReadSlot(Active* active, uint32_t index);
  bool MayBeUnbound(Active* active, uint32_t slot) const;
  Value ReadSharedSlot(ScopeId scope, uint32_t slot);
  Value ReadBuiltin(NodeId id, syntax::NameId name);
  Value AsReadBack(ScopeId scope, NodeId at, const Value& value) const;
  void BindSlot(const Resolution& resolution, NodeId at, const Value& value);
  void Assign(NodeId target, const Value& value);
  void AssignName(NodeId id, syntax::NameId name, const Value& value);
  void Unpack(NodeId id, NodeList targets, const Value& value);
  void StoreAttribute(NodeId id, const Value& object, AttributeName name, const Value& value);
  void StoreAnyName(NodeId id, const Value& object, const Value& value);
  bool CallSetter(NodeId id, Type type, const declarations::MemberHit& hit, const Value& value);
  void DeleteAttribute(NodeId id, const Value& object, AttributeName name);
  Value ModuleChanges(UnitId unit);
  Value StoredInModule(ScopeId scope, uint32_t slot);
  void BindPattern(NodeId pattern, const Value& subject);

  // ---- definitions and imports (evaluator_definitions.cpp) ----
  void DefineFunction(NodeId id);
  void DefineClass(NodeId id);
  void Import(NodeId id);
  void ImportFrom(NodeId id);
  void ImportAll(NodeId id);
  UnitId ImportedFrom(NodeId id) const;
  std::set<uint32_t> BoundBehind(NodeId id) const;

  // ---- expressions (evaluator_expressions.cpp) ----
  Value Eval(NodeId id);
  Value EvalNew(NodeId id);
  Value EvalConstant(NodeId id);
  Value EvalBoolOp(NodeId id);
  Value EvalCompare(NodeId id);
  Value EvalComprehension(NodeId id);
  bool AwaitsInside(NodeId id, ScopeId scope) const;
  Value EvalDisplay(NodeId id, ClassId cls, NodeList items);
  Value EvalTuple(NodeId id);
  Value EvalDict(NodeId id);
  Value EvalCall(NodeId id);
  Value EvalLambda(NodeId id);
  Value EvalYield(NodeId id);
  Arguments EvalArguments(NodeId id);
  void CallDelegated(NodeId id, Type type);
  Value Subscript(NodeId id, const Value& object, NodeId key);
  Value ClassSubscript(NodeId id, Type type, const Value& key);
  std::optional<int64_t> ConstantIndex(NodeId key) const;

  // ---- conditions (evaluator_narrowing.cpp) ----
  // What slot `slot` of the innermost frame may be where the test has come out as `truth`.
  Value Narrow(NodeId test, bool truth, uint32_t slot, const Value& value);
  void NarrowAll(NodeId test, bool truth);
  Value KeepInstances(const Value& value, const Value& classes, bool truth);
  Value KeepTruth(const Value& value, bool truth);

  // ---- operators and protocols (evaluator_operators.cpp) ----
  Value Binary(NodeId id, syntax::Operator op, const Value& left, const Value& right,
               bool in_place);
  Value Unary(NodeId id, syntax::Operator op, const Value& operand);
  Value ItemsOf(NodeId id, const Value& iterable, bool is_async = false);
  Value Await(NodeId id, const Value& value);
  // Calls what the class of each type has under the name; false where some have nothing.
  bool CallSpecial(NodeId id, const Value& receiver, SymbolId name, const Arguments& arguments,
                   Value& result);

  // ---- attributes (evaluator_attributes.cpp) ----
  Value Attribute(NodeId id, const Value& object, AttributeName name);
  Value AttributeOf(NodeId id, Type type, AttributeName name);
  Value InstanceAttribute(NodeId id, Type type, AttributeName name);
  Value ClassAttribute(NodeId id, Type type, AttributeName name);
  Value ModuleAttribute(NodeId id, UnitId unit, AttributeName name);
  // What a member that was found in a class is, read through `type`.
  Value Member(NodeId id, Type type, const declarations::MemberHit& hit, bool through_class);
  Value BindTo(Type receiver, const Value& found, bool through_class, NodeId id);
  declarations::MemberHit LookupIn(ClassId cls, SymbolId name) const;
  void OpenByName(NodeId id, AttributeName name);
  Value OutsideOverrides(NodeId id, const declarations::MemberHit& hit);
  Value Overrides(NodeId id, Type type, AttributeName name);
  Value InstanceCells(NodeId id, Type type, AttributeName name);
  Value MeaningValue(NodeId id, const declarations::Meaning& meaning, Bindings& bindings);
  Value ClassLevelValue(ClassId owner, uint32_t name_index);
  Value SuperAttribute(NodeId id, AttributeName name, bool& is_super);
  Value SuperOf(NodeId id, NodeId cls, NodeId object, AttributeName name);
  Value BehindClass(NodeId id, ClassId around, const Value& self, bool may_be_class,
                    AttributeName name);
  Value SelfOf(uint32_t frame);

  // ---- calls (evaluator_calls.cpp) ----
  Value Call(NodeId id, const Value& callee, const Arguments& arguments);
  Value CallType(NodeId id, Type callee, const Arguments& arguments);
  Value CallFrame(NodeId id, uint32_t frame, std::optional<Type> receiver,
                  const Arguments& arguments);
  void PassArguments(uint32_t frame, std::optional<Value> first, const Arguments& arguments);
  Value CallClass(NodeId id, Type cls, const Arguments& arguments);
  bool MetaclassMayCall(ClassId cls) const;
  bool ChoosesSubclass(ClassId cls, const Arguments& arguments) const;
  Value CallStub(NodeId id, FunctionId function, std::optional<Type> receiver,
                 const Arguments& arguments);
  void HoldUnder(Type object, ClassId base, uint32_t index, const Value& value);
  void HoldFromTheStart(NodeId id, FunctionId maker, Type object, const Bindings& bindings);
  void OpenMembers(NodeId id, const Value& value, DeclTypeId declared);
  void OpenMethods(NodeId id, Type type, ClassId wanted, const NamePattern& pattern = {});

  // ---- models (evaluator_models.cpp) ----
  std::optional<Value> CallModelled(NodeId id, FunctionId function, std::optional<Type> receiver,
                                    const Arguments& arguments);
  void EscapeModules(const Value& modules);
  void EscapeNames(bool of_frames);
  Value CallGather(NodeId id, FunctionId function, const Arguments& arguments);
  std::optional<Value> CallSum(NodeId id, const Arguments& arguments);
  std::optional<Value> MakeNamedTuple(NodeId id, SymbolId method, Type receiver,
                                      const Arguments& arguments);
  void ChangeClass(NodeId id, const Value& object, const Value& cls);
  void AddChangedClasses(NodeId id, Value& value);
  Value MembersOf(ClassId cls, const Value& left);
  Value WithoutFields(NodeId id, const Value& left);
  bool HasFields(ClassId cls) const;
  std::optional<AttributeName> ConstantName(NodeId call_id, size_t index,
                                            const Arguments& arguments) const;
  NamePattern PatternOf(NodeId call_id, size_t index) const;
  std::vector<ClassId> ClassesBelow(ClassId cls, bool& all) const;
  void OpenFields(ClassId cls);
  void InitializeFields(NodeId id, Type made, const Arguments& arguments);
  std::optional<Value> MakePartial(NodeId id, ClassId cls, const Arguments& arguments);
  Value CallPartial(NodeId id, Type partial, const Arguments& arguments);
  Value CallDeclared(NodeId id, DeclTypeId callable, const Arguments& arguments);
  Value ResultOf(uint32_t frame, NodeId id);
  void Note(PlaceKind kind, NodeId node, const Value& value) {
    if (recording_) recorder_->Place(kind, node, value);
  }
  void NoteCall(NodeId id, Type callee);
  void NoteUnknown(NodeId id, Cause cause);

  // ---- calls that nobody writes, as the language makes them (evaluator_implicit.cpp) ----
  // Where results are recorded, notes whom an operation runs. Special methods are open to callers
  // that are not seen (IsPublic), so nothing has to be passed to them.
  void Ask(NodeId id, const Value& value, Questions questions);
  void AskDisplay(NodeId id, const Value& items);
  void AskIteration(NodeId id, Type type);
  void AskMapping(NodeId id, const Value& mapping);
  void AskModule(NodeId id, UnitId unit);
  void AskForClass(NodeId id, ClassId cls);
  void AskNamespace(NodeId id);
  void RunAnnotation(NodeId annotation);
  void AskFactories(NodeId id, ClassId cls);
  void NoteFactory(NodeId id, const Source& source, ClassId cls, NodeId factory);
  void AskEnumeration(NodeId id, ClassId cls, const Arguments& arguments);
  void AskPattern(NodeId pattern, const Value& subject);
  void ReadProperties(NodeId id, const Value& object);
  bool AskOne(NodeId id, Type type, SymbolId name);
  bool AskClass(NodeId id, Type type, ClassId cls, SymbolId name);
  void AskType(NodeId id, Type type, Questions questions, int depth);
  void AskSpecial(NodeId id, Type type);
  void NoteMember(NodeId id, const declarations::Name& member, ClassId owner);
  void NoteValue(NodeId id, const Value& callees);
  void NoteProtocol(NodeId id, Type type);
  void NoteMaking(NodeId id, Type callee);
  ClassId ClassOf(Type type) const;

  // ---- and as library code makes them (evaluator_library.cpp) ----
  void AskByLibrary(NodeId id, FunctionId function, std::optional<Type> receiver,
                    const std::vector<std::pair<DeclTypeId, Value>>& passed);
  void AskContents(NodeId id, FunctionId function, Type receiver, Questions questions,
                   bool has_arguments);
  void AskPassed(NodeId id, DeclTypeId declared, const Value& value, Questions questions,
                 int depth);
  void AskPassedType(NodeId id, DeclTypeId declared, Type type, Questions questions, int depth);
  void AskMembers(NodeId id, Type type, ClassId of);
  void AskFields(NodeId id, FunctionId function,
                 const std::vector<std::pair<DeclTypeId, Value>>& passed);
  void AskReceiver(NodeId id, FunctionId function, Type receiver);
  void AskHeld(NodeId id, Type library_object, int depth);
  void HoldCallbacks(const Value& result, std::optional<Type> receiver,
                     const std::vector<std::pair<DeclTypeId, Value>>& passed);
  void HoldOrigin(const Value& given, Type origin, bool inside = false);
  bool HoldsCallbacks(Type type) const;
  CellKey HeldBy(Type holder) const;
  bool MayWrap(std::optional<Type> receiver,
               const std::vector<std::pair<DeclTypeId, Value>>& passed, const Value& result) const;
  bool IsOfProgram(ClassId cls) const;

  // ---- declared types (evaluator_matching.cpp, evaluator_declared.cpp) ----
  struct Matched {
    bool possible = true;  // some types of each argument may be accepted
    bool certain = true;   // all are
  };
  std::optional<Matched> Match(FunctionId function, size_t skip, const Arguments& arguments,
                               std::vector<std::pair<DeclTypeId, Value>>& passed) const;
  enum class Fit : uint8_t { No, Maybe, Yes };
  Fit Accepts(DeclTypeId declared, Type type) const;
  bool HoldsAnything(DeclTypeId declared, int depth) const;
  Fit AcceptsAll(DeclTypeId declared, const Value& value) const;
  void Unify(NodeId id, DeclTypeId declared, const Value& value, Bindings& bindings, int depth);
  void UnifyAll(NodeId id, std::span<const std::pair<DeclTypeId, Value>> passed,
                Bindings& bindings);
  Bindings ShapeOf(NodeId id, ClassId protocol, Type type);
  void FlowBack(DeclTypeId declared, const Value& value, const Bindings& bindings, int depth);
  Value FromDeclared(NodeId id, DeclTypeId declared, const Bindings& bindings);
  Value FromDeclared(NodeId id, DeclTypeId declared, const Bindings& bindings, uint32_t& part,
                     int depth);
  Value FromAnnotation(NodeId id, DeclTypeId declared);
  Value Constrained(NodeId id, const declarations::TypeParam& param, const Value& value);
  Bindings BindingsOf(NodeId id, Type instance, ClassId owner);
  Value TypeArgument(NodeId id, Type instance, uint32_t index);
  Value BaseArgument(NodeId id, Type instance, ClassId base, uint32_t index);
  void Mention(DeclTypeId declared, Bindings& bindings, int depth) const;
  bool TakesIn(ClassId cls, uint32_t index) const;
  bool Mentions(DeclTypeId type, declarations::TypeParamId param, int depth) const;

  // ---- cells, sites, causes ----
  // Asked where something has no value.
  bool Settled() {
    out_.NoteUnsettled();
    return session_.settled;
  }
  Value Read(CellKey key);
  void Post(CellKey key, const Value& value);
  void Escape(const Value& value);
  void JoinAndEscape(Value& into, const Value& value);
  Cause CauseAt(CauseCode code, NodeId id) const;
  Value UnknownAt(CauseCode code, NodeId id) const { return Value::Unknown(CauseAt(code, id)); }
  Value Content(uint32_t site, uint32_t index, NodeId id);
  void PostContent(uint32_t site, uint32_t index, const Value& value);
  uint32_t SiteOf(NodeId id, uint32_t part) const;
  Type InstanceAt(NodeId id, ClassId cls, uint32_t part = 0, bool exact = true) const;
  Type Instance(ClassId cls, bool exact = true) const;
  Value Of(ClassId cls, bool exact = true) const { return Value::Of(Instance(cls, exact)); }
  bool IsGeneric(ClassId cls) const;
  bool IsSubclass(ClassId derived, ClassId base) const;
  AttributeName NameOf(syntax::NameId name) const { return source_.names[name.value()]; }
  SymbolId SymbolOf(syntax::NameId name) const { return source_.names[name.value()].declared; }
  const Declarations& decls() const { return session_.declarations; }
  const syntax::Tree& tree() const { return *source_.tree; }
  const ScopeTree& scopes() const { return *source_.scopes; }
  uint32_t FrameAt(ScopeId scope) const { return source_.first_frame + scope.value(); }

  // Objects made in this scope have a purpose of their own.
  class PurposeScope {
   public:
    PurposeScope(Evaluator& evaluator, Purpose purpose)
        : evaluator_(evaluator), outer_(evaluator.purpose_) {
      evaluator_.purpose_ = purpose;
    }
    ~PurposeScope() { evaluator_.purpose_ = outer_; }
    PurposeScope(const PurposeScope&) = delete;
    PurposeScope& operator=(const PurposeScope&) = delete;

   private:
    Evaluator& evaluator_;
    const Purpose outer_;
  };

  // What is called in this scope is called by no call that is written.
  class ImplicitScope {
   public:
    explicit ImplicitScope(Evaluator& evaluator, NodeId written = NodeId())
        : evaluator_(evaluator), outer_(evaluator.written_) {
      evaluator_.written_ = written;
    }
    ~ImplicitScope() { evaluator_.written_ = outer_; }
    ImplicitScope(const ImplicitScope&) = delete;
    ImplicitScope& operator=(const ImplicitScope&) = delete;

   private:
    Evaluator& evaluator_;
    const NodeId outer_;
  };

  Session& session_;
  const uint32_t frame_;
  const Source& source_;
  const uint32_t source_index_;
  Outbox& out_;
  Recorder* const recorder_;
  // A question for a shape: where, for what purpose, which protocol, of which type.
  using ShapeKey = std::tuple<uint32_t, uint32_t, uint32_t, uint64_t>;
  std::map<ShapeKey, Bindings> shapes_;
  std::vector<ShapeKey> shaping_;  // being answered, outermost first
  bool shape_cut_ = false;         // an answer was left out because its question is open
  std::vector<std::pair<uint64_t, uint32_t>> asking_;  // types and special methods, outermost first

  Active* active_ = nullptr;
  int depth_ = 0;
  bool promotes_ = false;   // a declared float may be an int
  bool only_read_ = false;  // the dict of a namespace that is asked for is not changed
  Purpose purpose_ = Purpose::Result;
  NodeId written_;  // the call that is being made as it is written
  bool recording_ = false;
};

}  // namespace unspool::semantics::types
