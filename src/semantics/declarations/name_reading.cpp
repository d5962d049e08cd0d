// What a name, or attributes of one, mean where they are read.
#include "semantics/declarations/builder.h"

namespace unspool::semantics::declarations {

using namespace syntax;

Meaning Builder::Attribute(UnitId reader, UnitId unit, SymbolId symbol, bool typing) {
  // typing.py makes most of its names by calls; its stub says what they are.
  if (!IsStub(unit) && out_.units[unit].module == "typing") {
    if (UnitId stub = out_.FindUnit("typing", UnitKind::Stub)) unit = stub;
  }
  const Unit& record = out_.units[unit];
  const uint32_t index = FindNameIndex(record.names, symbol);
  bool hidden = false;
  if (index != UINT32_MAX) {
    hidden = (out_.names[index].flags & kPrivateImport) && unit != reader;
    if (!hidden) {
      const Meaning meaning = EnsureName(index, typing);
      if (!meaning.Is(MeaningKind::Absent)) return meaning;
    }
  }
  if (record.is_package) {
    const std::string dotted = record.module + "." + std::string(Text(symbol));
    if (UnitId sub = UnitFor(reader, dotted)) return {MeaningKind::Module, sub.value(), {}};
  }
  if (hidden) return UnknownMeaning(Why(Cause::NotExported, unit, {}, symbol));
  if (record.open) {
    Reason reason = record.open_reason;
    reason.name = symbol;
    return UnknownMeaning(reason);
  }
  if (record.has_getattr) return UnknownMeaning(Why(Cause::DynamicModule, unit, {}, symbol));
  return UnknownMeaning(Why(Cause::ModuleAttribute, unit, {}, symbol));
}

Meaning Builder::LookupFrom(const ReadPlace& at, SymbolId symbol, NodeId use) {
  bool class_visible = true;
  Meaning maybe;
  bool has_maybe = false;
  auto settle = [&](const Meaning& outer) {
    if (!has_maybe) return outer;
    // Where the inner name may be unbound, the outer one is meant then.
    if (outer.Is(MeaningKind::Absent) || (outer.kind == maybe.kind && outer.value == maybe.value)) {
      return maybe;
    }
    return UnknownMeaning(Why(Cause::Conditional, at, use, symbol));
  };
  for (NamespaceId in = at.scope; in; in = out_.namespaces[in].parent) {
    const Namespace space = out_.namespaces[in];
    if (space.kind == NamespaceKind::Class && !class_visible) continue;
    if (space.kind == NamespaceKind::Function) class_visible = false;
    if (space.kind == NamespaceKind::Class) class_visible = false;
    const uint32_t index = FindNameIndex(in, symbol);
    if (index == UINT32_MAX) {
      if (space.open) return UnknownMeaning(Why(Cause::DynamicModule, at, use, symbol));
      continue;
    }
    // A class body runs in order: what it binds further down is not bound yet.
    if (space.kind == NamespaceKind::Class && !IsStub(at.unit) && !at.late && use) {
      const Definition& first = out_.definitions[DefinitionId(out_.names[index].definitions.begin)];
      if (first.node > use) continue;
    }
    const Meaning meaning = EnsureName(index, at.typing);
    if (meaning.Is(MeaningKind::Absent)) continue;
    const bool may_be_unbound =
        (out_.names[index].flags & kMayBeUnbound) && space.kind != NamespaceKind::Function;
    if (!may_be_unbound) return settle(meaning);
    if (has_maybe) return UnknownMeaning(Why(Cause::Conditional, at, use, symbol));
    maybe = meaning;
    has_maybe = true;
  }
  const Unit& unit = out_.units[at.unit];
  if (unit.open) {
    Reason reason = unit.open_reason;
    reason.name = symbol;
    return settle(UnknownMeaning(reason));
  }
  const UnitId builtins = out_.FindUnit("builtins", UnitKind::Stub);
  if (builtins && builtins != at.unit) {
    const uint32_t index = FindNameIndex(out_.units[builtins].names, symbol);
    if (index != UINT32_MAX && !(out_.names[index].flags & kPrivateImport)) {
      return settle(EnsureName(index, at.typing));
    }
  }
  return settle({MeaningKind::Absent, UINT32_MAX, {}});
}

Meaning Builder::ClassAttribute(ClassId id, SymbolId symbol, const ReadPlace& at, NodeId node) {
  uint32_t index = FindNameIndex(out_.classes[id].members, symbol);
  if (index == UINT32_MAX) {
    EnsureOrder(id);
    const Class& record = out_.classes[id];
    for (uint32_t place = 1; place < record.mro.count; ++place) {
      const ClassId owner = out_.mros[record.mro.begin + place].class_id;
      index = FindNameIndex(out_.classes[owner].members, symbol);
      if (index != UINT32_MAX) break;
    }
    if (index == UINT32_MAX) {
      return UnknownMeaning(record.mro_state == MroState::Complete
                                ? Why(Cause::NameMissing, at, node, symbol)
                                : record.mro_reason);
    }
  }
  return EnsureName(index, at.typing);
}

Meaning Builder::Resolve(const ReadPlace& at, NodeId expression, int depth) {
  const Tree& tree = *at.tree;
  if (depth > 50) return UnknownMeaning(Why(Cause::TooDeep, at, expression));
  switch (tree.kind(expression)) {
    case NodeKind::Name: {
      const NameId id = NameView(tree, expression).id();
      const SymbolId symbol = at.in_string() ? Intern(tree.Name(id)) : SymbolOf(at.unit, id);
      const Meaning meaning = LookupFrom(at, symbol, at.in_string() ? at.place : expression);
      if (meaning.Is(MeaningKind::Absent)) {
        return UnknownMeaning(Why(Cause::NameMissing, at, expression, symbol));
      }
      return meaning;
    }
    case NodeKind::Attribute: {
      AttributeView attribute(tree, expression);
      const Meaning base = Resolve(at, attribute.value(), depth + 1);
      const SymbolId symbol = at.in_string() ? Intern(tree.Name(attribute.attr()))
                                             : SymbolOf(at.unit, attribute.attr());
      switch (base.kind) {
        case MeaningKind::Module:
          return Attribute(at.unit, base.unit_id(), symbol, at.typing);
        case MeaningKind::BareModule: {
          std::string dotted(Text(SymbolId(base.value)));
          dotted.append(".").append(Text(symbol));
          if (UnitId unit = UnitFor(at.unit, dotted)) {
            return {MeaningKind::Module, unit.value(), {}};
          }
          return UnknownMeaning(Why(Cause::ModuleNotFound, at, expression, SymbolId(base.value)));
        }
        case MeaningKind::Class:
          return ClassAttribute(base.class_id(), symbol, at, expression);
        case MeaningKind::Unknown:
          return base;
        default:
          return UnknownMeaning(Why(Cause::NotStatic, at, expression, symbol));
      }
    }
    case NodeKind::Subscript:
      return Resolve(at, SubscriptView(tree, expression).value(), depth + 1);
    default:
      return UnknownMeaning(Why(Cause::NotStatic, at, expression));
  }
}

}  // namespace unspool::semantics::declarations
