// Builds Declarations, unit by unit and then name by name: collect.cpp reads what texts bind,
// star_imports.cpp adds what stars bind, name_meaning.cpp follows names, class_builder.cpp orders
// classes, evaluator.cpp evaluates types. What a step needs of a later one it
// asks for by an Ensure... function; each remembers, and a circle ends in a Reason.
#pragma once

#include "semantics/declarations/declarations.h"
#include "semantics/declarations/declare.h"
#include "semantics/declarations/unit_loader.h"
#include "syntax/views.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace unspool::semantics::declarations {

// One step of building `__all__`.
struct AllStep {
  enum class Kind : uint8_t { Clear, Add, Remove, AddModule, Unknown };
  Kind kind = Kind::Unknown;
  SymbolId name;  // AddModule: the name that the module is known by in the unit
  syntax::NodeId node;
};

// What is known of a unit besides its record while it is built.
struct UnitState {
  std::vector<SymbolId> symbol_of;  // by syntax::NameId
  std::vector<Definition> pending;  // of the module's own namespace, in source order
  std::vector<AllStep> all_steps;
  bool has_all = false;
  uint8_t star_state = 0;  // 0: not yet, 1: on the way, 2: done
  bool all_known = false;
  std::vector<SymbolId> all;  // once done
  bool future_annotations = false;
};

enum class EnsureState : uint8_t { New, Busy, Done };

// Where an expression is read.
struct ReadPlace {
  UnitId unit;
  NamespaceId scope;
  const syntax::Tree* tree = nullptr;
  syntax::NodeId place;  // of a string annotation: the string; none: the node itself
  bool typing = true;    // as annotations see names, or as the program does
  bool late = false;     // when everything around is bound: strings, PEP 563 and 649

  bool in_string() const { return place.has_value(); }
};

struct BaseAsWritten;

class Builder {
 public:
  explicit Builder(const DeclareOptions& options);
  std::unique_ptr<Declarations> Build();

 private:
  friend class Collector;
  friend class Evaluator;

  static constexpr int kMaxDepth = 400;

  // ---- builder.cpp ----
  void AddUnits(std::vector<LoadedUnit> loaded);
  SymbolId Intern(std::string_view text);
  SymbolId SymbolOf(UnitId unit, syntax::NameId name);
  std::string_view Text(SymbolId symbol) const { return out_.Text(symbol); }
  const syntax::Tree& TreeOf(UnitId unit) const { return *out_.units[unit].tree; }
  bool IsStub(UnitId unit) const { return out_.units[unit].kind == UnitKind::Stub; }
  // The unit that a module's name leads to for a reader.
  UnitId UnitFor(UnitId reader, std::string_view module) const;
  Reason Why(Cause cause, UnitId unit, syntax::NodeId node, SymbolId name = {}) const {
    return {cause, unit, node, name};
  }
  Reason Why(Cause cause, const ReadPlace& at, syntax::NodeId node, SymbolId name = {}) const {
    return {cause, at.unit, at.in_string() ? at.place : node, name};
  }
  void Declare(UnitId unit, syntax::NodeId node, uint32_t id) {
    out_.declared_at_[unit.value()].emplace(node.value(), id);
  }
  void FindKnownClasses();
  ClassId AddSynthetic(UnitId unit, std::string_view name, ClassId base, ClassId metaclass);

  // ---- star_imports.cpp ----
  void FinishModule(UnitId unit);
  void RunAllSteps(UnitId unit);
  UnitId ModuleNamed(UnitId unit, SymbolId name) const;
  // Puts definitions into the tables, grouped by name, and gives the namespace its names.
  void FinishNamespace(NamespaceId in, std::vector<Definition>& definitions);

  // ---- name_meaning.cpp ----
  void ResolveNames();
  Meaning EnsureName(uint32_t name, bool typing);
  Meaning Summarize(uint32_t name, bool typing);
  Meaning SummarizeFunctions(uint32_t name, std::span<const DefinitionId> list);
  Meaning MeaningOfDefinition(DefinitionId id, bool typing);
  Meaning MeaningOfAssignment(DefinitionId id, bool typing);
  Meaning MeaningOfCall(DefinitionId id, syntax::NodeId call, const ReadPlace& at);
  Meaning MeaningOfImport(UnitId reader, SymbolId module);
  Meaning MeaningOfFromImport(DefinitionId id, bool typing);
  // collections.namedtuple(...), NamedTuple(...), TypedDict(...) as a class; else unknown.
  Meaning MeaningOfFunctionalClass(const ReadPlace& at, syntax::NodeId call);
  bool IsTypeExpression(const ReadPlace& at, syntax::NodeId node, int depth);
  std::optional<Meaning> SpecialMeaning(uint32_t name);

  // ---- name_reading.cpp ----
  Meaning Attribute(UnitId reader, UnitId unit, SymbolId symbol, bool typing);
  Meaning LookupFrom(const ReadPlace& at, SymbolId symbol, syntax::NodeId use);
  // Of a Name, an Attribute or a Subscript's value.
  Meaning Resolve(const ReadPlace& at, syntax::NodeId expression, int depth = 0);
  Meaning ClassAttribute(ClassId id, SymbolId symbol, const ReadPlace& at, syntax::NodeId node);
  uint32_t FindNameIndex(NamespaceId in, SymbolId symbol) const;
  static Meaning UnknownMeaning(const Reason& reason) {
    return {MeaningKind::Unknown, UINT32_MAX, reason};
  }

  // ---- decorators.cpp ----
  void EnsureFunction(FunctionId id);
  void ApplyDecorator(Function& function, Decorator& decorator, const ReadPlace& at);
  // Whether what the decorators leave in a class's place is still the class.
  bool KeepsClass(ClassId id);
  std::string QualifiedText(const Meaning& meaning) const;

  // ---- class_builder.cpp ----
  void EnsureOrder(ClassId id);  // bases, order, metaclass
  BaseAsWritten ResolveBase(ClassId id, const ReadPlace& at, syntax::NodeId node);
  void AddRuntimeGeneric(std::vector<BaseAsWritten>& list);
  void PlaceStubGeneric(ClassId id, std::vector<BaseAsWritten>& list);
  bool ComesFromTyping(const ReadPlace& at, syntax::NodeId expression);
  void FindMetaclass(ClassId id);
  bool IsAbstractCollection(ClassId id);
  ClassId AddFunctionalClass(const ReadPlace& at, syntax::NodeId call, ClassId base,
                             uint16_t flags);
  ReadPlace PlaceOfClass(ClassId id, bool typing) const;

  // ---- class_facts.cpp ----
  void EnsureTypeParams(ClassId id);
  void EnsureArguments(ClassId id);  // types of bases, arguments along the order
  void FinishClasses();
  void FindSlots(ClassId id);
  void FindFlags(ClassId id);
  void FindAbstract(ClassId id, std::vector<std::vector<SymbolId>>& abstract);

  // ---- signatures.cpp ----
  void EvaluateAll();
  void EnsureAlias(AliasId id);
  void EnsureTypeParam(TypeParamId id);
  DeclTypeId EvaluateNewType(DefinitionId id);
  void EvaluateSignature(FunctionId id);

  const DeclareOptions& options_;
  std::unique_ptr<Declarations> result_;
  Declarations& out_;
  base::IdVector<UnitId, UnitState> states_;
  // By name: of the run, and of annotations.
  std::vector<EnsureState> name_states_[2];
  std::vector<EnsureState> function_states_;
  std::vector<EnsureState> order_states_, param_states_, argument_states_;
  std::vector<EnsureState> alias_states_, type_param_states_;
  std::unordered_map<uint32_t, Meaning> made_;  // by definition: what its call or alias made
  std::unordered_map<uint32_t, DefinitionId> alias_sources_;
  std::unordered_map<uint32_t, NamespaceId> type_param_scopes_, alias_scopes_;
  std::unordered_map<uint32_t, DeclTypeId> new_types_;
  std::unordered_map<uint64_t, ClassId> functional_;  // unit and call
  std::unordered_set<uint32_t> busy_new_types_;
  int depth_ = 0;
};

}  // namespace unspool::semantics::declarations
