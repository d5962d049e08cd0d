#include "semantics/declarations/declarations.h"

#include <algorithm>

namespace unspool::semantics::declarations {

SymbolId Declarations::Find(std::string_view text) const {
  const base::NameId id = symbols_.Find(text);
  return id ? SymbolId(id.value()) : SymbolId();
}

UnitId Declarations::FindUnit(std::string_view module) const {
  auto at = unit_of_.find(module);
  if (at == unit_of_.end()) return {};
  const auto [stub, source] = at->second;
  if (source && (units[source].in_project || !stub)) return source;
  return stub;
}

UnitId Declarations::FindUnit(std::string_view module, UnitKind kind) const {
  auto at = unit_of_.find(module);
  if (at == unit_of_.end()) return {};
  return kind == UnitKind::Stub ? at->second.first : at->second.second;
}

const Name* Declarations::FindName(NamespaceId in, SymbolId symbol) const {
  const uint32_t at = name_of_.Find(static_cast<uint64_t>(in.value()) << 32 | symbol.value());
  return at == base::KeyIndex::kNone ? nullptr : &names[at];
}

namespace {

Meaning UnknownBy(const Reason& reason, SymbolId name) {
  Meaning meaning{MeaningKind::Unknown, UINT32_MAX, reason};
  meaning.reason.name = name;
  return meaning;
}

}  // namespace

Meaning Declarations::LookupAttribute(UnitId unit, SymbolId symbol, bool typing) const {
  if (units[unit].kind == UnitKind::Source && units[unit].module == "typing") {
    if (UnitId stub = FindUnit("typing", UnitKind::Stub)) unit = stub;
  }
  const Unit& record = units[unit];
  bool hidden = false;
  if (const Name* name = FindName(record.names, symbol)) {
    hidden = (name->flags & kPrivateImport) != 0;
    const Meaning& meaning = typing ? name->typing : name->meaning;
    if (!hidden && !meaning.Is(MeaningKind::Absent)) return meaning;
  }
  if (record.is_package) {
    const std::string dotted = record.module + "." + std::string(Text(symbol));
    UnitId sub = FindUnit(dotted, record.kind);
    if (!sub) sub = FindUnit(dotted);
    if (sub) return {MeaningKind::Module, sub.value(), {}};
  }
  if (hidden) return UnknownBy({Cause::NotExported, unit, {}, {}}, symbol);
  if (record.open) return UnknownBy(record.open_reason, symbol);
  if (record.has_getattr) return UnknownBy({Cause::DynamicModule, unit, {}, {}}, symbol);
  return UnknownBy({Cause::ModuleAttribute, unit, {}, {}}, symbol);
}

Meaning Declarations::LookupFrom(NamespaceId from, SymbolId symbol, bool typing) const {
  const UnitId unit = namespaces[from].unit;
  bool class_visible = true;
  Meaning maybe;
  bool has_maybe = false;
  auto settle = [&](const Meaning& outer) {
    if (!has_maybe) return outer;
    if (outer.Is(MeaningKind::Absent) || (outer.kind == maybe.kind && outer.value == maybe.value)) {
      return maybe;
    }
    return UnknownBy({Cause::Conditional, unit, {}, {}}, symbol);
  };
  for (NamespaceId in = from; in; in = namespaces[in].parent) {
    const Namespace& space = namespaces[in];
    if (space.kind == NamespaceKind::Class && !class_visible) continue;
    if (space.kind == NamespaceKind::Class || space.kind == NamespaceKind::Function) {
      class_visible = false;
    }
    const Name* name = FindName(in, symbol);
    if (name == nullptr) {
      if (space.open) return UnknownBy({Cause::DynamicModule, unit, {}, {}}, symbol);
      continue;
    }
    const Meaning& meaning = typing ? name->typing : name->meaning;
    if (meaning.Is(MeaningKind::Absent)) continue;
    if (!(name->flags & kMayBeUnbound) || space.kind == NamespaceKind::Function) {
      return settle(meaning);
    }
    if (has_maybe) return UnknownBy({Cause::Conditional, unit, {}, {}}, symbol);
    maybe = meaning;
    has_maybe = true;
  }
  if (units[unit].open) return settle(UnknownBy(units[unit].open_reason, symbol));
  if (UnitId builtins = FindUnit("builtins", UnitKind::Stub); builtins && builtins != unit) {
    const Name* name = FindName(units[builtins].names, symbol);
    if (name != nullptr && !(name->flags & kPrivateImport)) return settle(name->meaning);
  }
  return settle({MeaningKind::Absent, UINT32_MAX, {}});
}

ClassId Declarations::FindClass(UnitId unit, std::string_view qualified_name) const {
  NamespaceId in = units[unit].names;
  ClassId found;
  while (!qualified_name.empty()) {
    const size_t dot = qualified_name.find('.');
    const SymbolId symbol = Find(qualified_name.substr(0, dot));
    const Name* name = symbol ? FindName(in, symbol) : nullptr;
    found = {};
    if (name == nullptr) return {};
    for (uint32_t at = 0; at < name->definitions.count; ++at) {
      const Definition& definition = definitions[DefinitionId(name->definitions.begin + at)];
      if (definition.kind != DefinitionKind::Class) continue;
      if (found) return {};
      found = definition.class_id();
    }
    if (!found || dot == qualified_name.npos) return found;
    in = classes[found].members;
    qualified_name.remove_prefix(dot + 1);
  }
  return {};
}

ClassId Declarations::FindClass(std::string_view module, std::string_view qualified_name) const {
  const UnitId unit = FindUnit(module);
  return unit ? FindClass(unit, qualified_name) : ClassId();
}

ClassId Declarations::ClassAt(UnitId unit, syntax::NodeId node) const {
  const auto& table = declared_at_[unit.value()];
  auto at = table.find(node.value());
  if (at == table.end()) return {};
  const ClassId id(at->second);
  const bool is =
      id.value() < classes.size() && classes[id].unit == unit && classes[id].node == node;
  return is ? id : ClassId();
}

FunctionId Declarations::FunctionAt(UnitId unit, syntax::NodeId node) const {
  const auto& table = declared_at_[unit.value()];
  auto at = table.find(node.value());
  if (at == table.end()) return {};
  const FunctionId id(at->second);
  const bool is =
      id.value() < functions.size() && functions[id].unit == unit && functions[id].node == node;
  return is ? id : FunctionId();
}

std::optional<bool> Declarations::IsSubclass(ClassId derived, ClassId base) const {
  for (const MroEntry& entry : MroOf(derived)) {
    if (entry.class_id == base) return true;
  }
  if (classes[derived].mro_state == MroState::Partial) {
    // What stands behind the certain part may still have it.
    if (base == known.object) return true;
    return std::nullopt;
  }
  if (classes[derived].mro_state == MroState::Inconsistent) return std::nullopt;
  return false;
}

MemberHit Declarations::LookupMember(ClassId id, SymbolId symbol) const {
  return LookupMemberAfter(id, {}, symbol);
}

MemberHit Declarations::LookupMemberAfter(ClassId id, ClassId after, SymbolId symbol) const {
  MemberHit hit;
  const Class& record = classes[id];
  const auto order = MroOf(id);
  bool passed = !after;
  for (uint32_t index = 0; index < order.size(); ++index) {
    const ClassId owner = order[index].class_id;
    if (!passed) {
      passed = owner == after;
      continue;
    }
    const Namespace& space = namespaces[classes[owner].members];
    if (const Name* name = FindName(classes[owner].members, symbol)) {
      const bool stub = units[classes[owner].unit].kind == UnitKind::Stub;
      if (name->meaning.Is(MeaningKind::Absent)) continue;
      if (!stub && (name->flags & kMayBeUnbound) && !name->meaning.Is(MeaningKind::Variable)) {
        hit.reason = {Cause::Conditional, classes[owner].unit, classes[owner].node, symbol};
        return hit;
      }
      hit.kind = MemberHit::Kind::Found;
      hit.owner = owner;
      hit.name = static_cast<uint32_t>(name - names.data());
      hit.mro_index = index;
      return hit;
    }
    if (space.open) {
      // Typing's own two have nothing that programs ask for.
      if (classes[owner].flags & kSynthetic) continue;
      hit.reason = {Cause::NotStatic, classes[owner].unit, classes[owner].node, symbol};
      return hit;
    }
  }
  if (record.mro_state != MroState::Complete || !passed) {
    hit.reason = record.mro_reason;
    hit.reason.name = symbol;
    if (!hit.reason) hit.reason = {Cause::BaseUnknown, record.unit, record.node, symbol};
    return hit;
  }
  hit.kind = MemberHit::Kind::Absent;
  return hit;
}

std::span<const AttributeSite> Declarations::AttributeSitesOf(ClassId id, SymbolId symbol) const {
  const auto all = Span(attribute_sites, classes[id].instance_attributes);
  const auto range = std::ranges::equal_range(all, symbol, {}, &AttributeSite::name);
  return all.subspan(static_cast<size_t>(range.begin() - all.begin()), range.size());
}

std::span<const DeclTypeId> Declarations::ArgumentsOf(ClassId derived, ClassId base) const {
  for (const MroEntry& entry : MroOf(derived)) {
    if (entry.class_id == base) return Span(type_lists, entry.args);
  }
  return {};
}

}  // namespace unspool::semantics::declarations
