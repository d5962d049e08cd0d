#include "semantics/declarations/builder.h"

#include "semantics/declarations/collect.h"

namespace unspool::semantics::declarations {

using namespace syntax;

Builder::Builder(const DeclareOptions& options)
    : options_(options), result_(std::make_unique<Declarations>()), out_(*result_) {
  out_.version = options.platform.version;
}

std::unique_ptr<Declarations> Builder::Build() {
  AddUnits(LoadUnits(options_));
  for (uint32_t unit = 0; unit < out_.units.size(); ++unit) {
    if (out_.units[UnitId(unit)].tree) Collect(*this, UnitId(unit));
  }
  for (uint32_t unit = 0; unit < out_.units.size(); ++unit) FinishModule(UnitId(unit));
  FindKnownClasses();
  ResolveNames();
  FinishClasses();
  EvaluateAll();
  return std::move(result_);
}

void Builder::AddUnits(std::vector<LoadedUnit> loaded) {
  states_.resize(loaded.size());
  out_.declared_at_.resize(loaded.size());
  out_.units.reserve(loaded.size());
  for (LoadedUnit& from : loaded) {
    Unit unit;
    unit.module = std::move(from.input.module);
    unit.package = std::move(from.input.package);
    unit.path = std::move(from.input.path);
    unit.kind = from.input.kind;
    unit.is_package = from.input.is_package;
    unit.in_project = from.input.in_project;
    unit.typeshed = from.input.typeshed;
    if (from.parsed) {
      unit.tree = from.input.tree.get();
      out_.kept_.push_back(from.input.tree);
    }
    if (from.input.keep) out_.kept_.push_back(from.input.keep);
    const UnitId id = out_.units.Add(std::move(unit));
    if (!from.parsed) {
      out_.units[id].open = true;
      out_.units[id].open_reason = Why(Cause::ModuleUnread, id, {});
    }
  }
  // The units stay where they are from here on: names may be views.
  for (uint32_t index = 0; index < out_.units.size(); ++index) {
    const Unit& unit = out_.units[UnitId(index)];
    auto& both = out_.unit_of_[unit.module];
    (unit.kind == UnitKind::Stub ? both.first : both.second) = UnitId(index);
    states_[UnitId(index)].symbol_of.resize(unit.tree ? unit.tree->names().size() : 0);
  }
}

SymbolId Builder::Intern(std::string_view text) {
  return SymbolId(out_.symbols_.Intern(text).value());
}

SymbolId Builder::SymbolOf(UnitId unit, NameId name) {
  SymbolId& symbol = states_[unit].symbol_of[name.value()];
  if (!symbol) symbol = Intern(TreeOf(unit).Name(name));
  return symbol;
}

UnitId Builder::UnitFor(UnitId reader, std::string_view module) const {
  auto at = out_.unit_of_.find(module);
  if (at == out_.unit_of_.end()) return {};
  const auto [stub, source] = at->second;
  if (IsStub(reader)) return stub ? stub : source;
  if (source && (out_.units[source].in_project || !stub)) return source;
  return stub;
}

ClassId Builder::AddSynthetic(UnitId unit, std::string_view name, ClassId base, ClassId metaclass) {
  Class record;
  record.unit = unit;
  record.name = record.qualified_name = Intern(name);
  record.in = out_.units[unit].names;
  record.flags = kSynthetic;
  record.metaclass = metaclass;
  Namespace members;
  members.kind = NamespaceKind::Class;
  members.unit = unit;
  members.parent = record.in;
  members.owner = static_cast<uint32_t>(out_.classes.size());
  members.open = true;
  record.members = out_.namespaces.Add(members);
  const ClassId id = out_.classes.Add(record);
  std::vector<ClassId> order = {id};
  if (base) {
    out_.classes[id].bases = {static_cast<uint32_t>(out_.bases.size()), 1};
    out_.bases.push_back({{}, out_.types.Class(base), base});
    for (const MroEntry& entry : out_.MroOf(base)) order.push_back(entry.class_id);
  } else {
    order.push_back(out_.known.object);
  }
  out_.classes[id].mro = {static_cast<uint32_t>(out_.mros.size()),
                          static_cast<uint32_t>(order.size())};
  for (ClassId each : order) out_.mros.push_back({each, {}});
  return id;
}

void Builder::FindKnownClasses() {
  auto find = [&](std::string_view module, std::string_view name) -> ClassId {
    auto at = out_.unit_of_.find(module);
    const UnitId unit = at == out_.unit_of_.end() ? UnitId() : at->second.first;
    if (!unit) return {};
    return out_.FindClass(unit, name);
  };
  auto& known = out_.known;
  known.object = find("builtins", "object");
  known.type = find("builtins", "type");
  known.none_type = find("types", "NoneType");
  known.int_type = find("builtins", "int");
  known.float_type = find("builtins", "float");
  known.complex_type = find("builtins", "complex");
  known.bool_type = find("builtins", "bool");
  known.str = find("builtins", "str");
  known.bytes = find("builtins", "bytes");
  known.bytearray = find("builtins", "bytearray");
  known.list = find("builtins", "list");
  known.tuple = find("builtins", "tuple");
  known.dict = find("builtins", "dict");
  known.set = find("builtins", "set");
  known.frozenset = find("builtins", "frozenset");
  known.slice = find("builtins", "slice");
  known.function = find("types", "FunctionType");
  known.method = find("types", "MethodType");
  known.module = find("types", "ModuleType");
  known.ellipsis = find("types", "EllipsisType");
  known.property = find("builtins", "property");
  known.classmethod = find("builtins", "classmethod");
  known.staticmethod = find("builtins", "staticmethod");
  known.base_exception = find("builtins", "BaseException");
  known.exception = find("builtins", "Exception");
  known.enum_type = find("enum", "Enum");
  known.enum_meta = find("enum", "EnumMeta");
  known.abc_meta = find("abc", "ABCMeta");
  known.generator = find("typing", "Generator");
  known.coroutine = find("typing", "Coroutine");
  known.async_generator = find("typing", "AsyncGenerator");
  known.typed_dict = find("typing", "_TypedDict");
  known.named_tuple = find("typing", "NamedTuple");
  order_states_.resize(out_.classes.size());
  param_states_.resize(out_.classes.size());
  argument_states_.resize(out_.classes.size());
  function_states_.resize(out_.functions.size());
  for (auto& states : name_states_) states.resize(out_.names.size());
  if (UnitId typing = out_.FindUnit("typing", UnitKind::Stub); typing && known.object) {
    known.generic = AddSynthetic(typing, "Generic", {}, known.type);
    const ClassId meta = find("typing", "_ProtocolMeta");
    known.protocol = AddSynthetic(typing, "Protocol", known.generic, meta ? meta : known.abc_meta);
    for (auto* states : {&order_states_, &param_states_, &argument_states_}) {
      states->resize(out_.classes.size(), EnsureState::Done);
      (*states)[known.generic.value()] = (*states)[known.protocol.value()] = EnsureState::Done;
    }
  }
}

std::unique_ptr<Declarations> Declare(const DeclareOptions& options) {
  return Builder(options).Build();
}

}  // namespace unspool::semantics::declarations
