// Bases, orders of resolution and metaclasses.
#include "base/check.h"
#include "semantics/declarations/builder.h"
#include "semantics/declarations/mro.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

// An order is as long as the class's ancestry: beyond this the sum of all would be quadratic.
constexpr size_t kMaxOrder = 1000;

}  // namespace

// What is kept of a base as written until its order is made.
struct BaseAsWritten {
  BaseClass base;
  bool brackets = false;
  bool through_typing = false;  // typing.List[int], typing.Mapping: bring Generic along
  uint16_t flags = 0;           // for the class, of NamedTuple and TypedDict
};

ReadPlace Builder::PlaceOfClass(ClassId id, bool typing) const {
  const Class& record = out_.classes[id];
  return {record.unit, out_.namespaces[record.members].parent, &TreeOf(record.unit), {}, typing,
          false};
}

// Whether the last step that leads to a class goes through typing: its generics bring Generic into
// the order, those of collections.abc and builtins do not.
bool Builder::ComesFromTyping(const ReadPlace& at, NodeId expression) {
  const Tree& tree = *at.tree;
  if (tree.kind(expression) == NodeKind::Attribute) {
    const Meaning base = Resolve(at, AttributeView(tree, expression).value());
    return base.Is(MeaningKind::Module) && out_.units[base.unit_id()].module == "typing";
  }
  if (tree.kind(expression) != NodeKind::Name) return false;
  SymbolId symbol = SymbolOf(at.unit, NameView(tree, expression).id());
  NamespaceId in = at.scope;
  UnitId unit = at.unit;
  for (int step = 0; step < 20; ++step) {
    uint32_t index = UINT32_MAX;
    for (; in && index == UINT32_MAX; in = out_.namespaces[in].parent) {
      index = FindNameIndex(in, symbol);
    }
    if (index == UINT32_MAX) return false;
    const Definition& definition =
        out_.definitions[DefinitionId(out_.names[index].definitions.begin)];
    if (definition.kind != DefinitionKind::FromImport &&
        definition.kind != DefinitionKind::StarImport) {
      return false;
    }
    if (!definition.module) return false;
    if (Text(definition.module) == "typing") return !IsStub(unit);
    const UnitId next = UnitFor(unit, Text(definition.module));
    if (!next || IsStub(next)) return false;
    symbol = definition.imported;
    in = out_.units[next].names;
    unit = next;
  }
  return false;
}

BaseAsWritten Builder::ResolveBase(ClassId, const ReadPlace& at, NodeId node) {
  const Tree& tree = *at.tree;
  BaseAsWritten result;
  result.base.node = node;
  auto unknown = [&](const Reason& reason) {
    result.base.class_id = {};
    result.base.type = out_.types.Unknown(reason);
    return result;
  };
  NodeId head = node;
  if (tree.kind(node) == NodeKind::Subscript) {
    head = SubscriptView(tree, node).value();
    result.brackets = true;
  }
  Meaning meaning;
  if (tree.kind(head) == NodeKind::Call) {
    meaning = MeaningOfFunctionalClass(at, head);
  } else if (tree.kind(head) == NodeKind::Name || tree.kind(head) == NodeKind::Attribute) {
    meaning = Resolve(at, head);
    result.through_typing = !IsStub(at.unit) && ComesFromTyping(at, head);
  } else {
    return unknown(Why(Cause::NotStatic, at, node));
  }
  switch (meaning.kind) {
    case MeaningKind::Class:
      result.base.class_id = meaning.class_id();
      return result;
    case MeaningKind::SpecialForm:
      switch (meaning.special_form()) {
        case SpecialForm::Generic:
          result.base.class_id = out_.known.generic;
          return result;
        case SpecialForm::Protocol:
          result.base.class_id = out_.known.protocol;
          result.flags = kProtocol;
          return result;
        case SpecialForm::NamedTuple:
          result.base.class_id = out_.known.tuple;
          result.flags = kNamedTuple;
          return result;
        case SpecialForm::TypedDict:
          result.base.class_id = out_.known.dict;
          result.flags = kTypedDict;
          return result;
        case SpecialForm::Tuple:
          result.base.class_id = out_.known.tuple;
          result.through_typing = true;
          return result;
        case SpecialForm::Type:
          result.base.class_id = out_.known.type;
          result.through_typing = true;
          return result;
        case SpecialForm::TypeVar:
        case SpecialForm::ParamSpec:
        case SpecialForm::TypeVarTuple:
        case SpecialForm::NewType:
        case SpecialForm::TypeAliasType:
        case SpecialForm::ForwardRef:
          result.base.class_id = out_.FindClass("typing", SpecialFormName(meaning.special_form()));
          if (result.base.class_id) return result;
          break;
        default:
          break;
      }
      return unknown(Why(Cause::BaseNotClass, at, node));
    case MeaningKind::Alias: {
      EnsureAlias(meaning.alias_id());
      const DeclTypeId type = out_.aliases[meaning.alias_id()].type;
      if (type) {
        const DeclType& record = out_.types[type];
        if (record.kind == DeclTypeKind::Class) result.base.class_id = record.class_id();
        if (record.kind == DeclTypeKind::Tuple) result.base.class_id = out_.known.tuple;
        if (record.kind == DeclTypeKind::Unknown) return unknown(out_.types.reason(type));
      }
      if (result.base.class_id) return result;
      return unknown(Why(Cause::BaseNotClass, at, node));
    }
    case MeaningKind::Unknown:
      return unknown(meaning.reason);
    case MeaningKind::Variable:
      return unknown(
          Why(Cause::NotStatic, at, node, out_.definitions[meaning.definition_id()].name));
    case MeaningKind::BareModule:
      return unknown(Why(Cause::ModuleNotFound, at, node, SymbolId(meaning.value)));
    default:
      return unknown(Why(Cause::BaseNotClass, at, node));
  }
}

// What typing's __mro_entries__ make of the bases as they are written.
void Builder::AddRuntimeGeneric(std::vector<BaseAsWritten>& list) {
  const ClassId generic = out_.known.generic, protocol = out_.known.protocol;
  if (!generic) return;
  auto is_generic = [&](const BaseAsWritten& item) {
    if (!item.base.class_id) return false;
    if (item.base.class_id == generic || item.base.class_id == protocol) return true;
    return std::ranges::any_of(out_.MroOf(item.base.class_id),
                               [&](const MroEntry& entry) { return entry.class_id == generic; });
  };
  // `Base[int]` of a class of typing's machinery, as opposed to list[int].
  auto is_alias = [&](const BaseAsWritten& item) {
    if (item.through_typing) return true;
    return item.brackets && is_generic(item) && item.base.class_id &&
           (!IsStub(out_.classes[item.base.class_id].unit) || item.base.class_id == generic ||
            item.base.class_id == protocol);
  };
  std::vector<BaseAsWritten> made;
  for (size_t index = 0; index < list.size(); ++index) {
    const BaseAsWritten& item = list[index];
    const std::span behind = std::span(list).subspan(index + 1);
    if (item.base.class_id == generic && item.brackets) {
      const bool bare_protocol = std::ranges::any_of(list, [&](const BaseAsWritten& other) {
        return other.base.class_id == protocol && !other.brackets;
      });
      if (bare_protocol || std::ranges::any_of(behind, is_alias)) continue;
      made.push_back(item);
      continue;
    }
    const bool twice =
        item.through_typing && std::ranges::any_of(list, [&](const BaseAsWritten& other) {
          return &other != &item && !other.through_typing && !other.brackets &&
                 other.base.class_id == item.base.class_id;
        });
    if (!twice) made.push_back(item);
    if (item.through_typing) {
      const bool later = std::ranges::any_of(
          behind, [&](const BaseAsWritten& other) { return is_alias(other) || is_generic(other); });
      if (!later) {
        BaseAsWritten extra;
        extra.base.class_id = generic;
        made.push_back(extra);
      }
    }
  }
  list = std::move(made);
}

// Stubs name Generic and Protocol where types need them. Typeshed's classes have neither when they
// run, but for typing's own (IO, SupportsInt, ...); in other stubs they come last.
void Builder::PlaceStubGeneric(ClassId id, std::vector<BaseAsWritten>& list) {
  const ClassId generic = out_.known.generic, protocol = out_.known.protocol;
  if (!generic) return;
  const Unit& unit = out_.units[out_.classes[id].unit];
  const bool real = !unit.typeshed || (unit.module == "typing" && !IsAbstractCollection(id));
  ClassId last;
  std::vector<BaseAsWritten> made;
  BaseAsWritten taken;
  for (const BaseAsWritten& item : list) {
    if (item.base.class_id == generic || item.base.class_id == protocol) {
      if (!last || item.base.class_id == protocol) {
        last = item.base.class_id;
        taken = item;
      }
    } else {
      made.push_back(item);
    }
  }
  if (!last) return;
  const bool there = std::ranges::any_of(made, [&](const BaseAsWritten& item) {
    return item.base.class_id &&
           std::ranges::any_of(out_.MroOf(item.base.class_id),
                               [&](const MroEntry& entry) { return entry.class_id == last; });
  });
  if (real && !there) made.push_back(taken);
  list = std::move(made);
}

void Builder::EnsureOrder(ClassId id) {
  if (order_states_.size() < out_.classes.size()) order_states_.resize(out_.classes.size());
  if (order_states_[id.value()] != EnsureState::New) return;
  order_states_[id.value()] = EnsureState::Busy;
  const ReadPlace at = PlaceOfClass(id, false);
  const Tree& tree = *at.tree;
  std::vector<BaseAsWritten> written;
  Reason trouble;
  uint16_t flags = 0;
  ++depth_;
  if (tree.kind(out_.classes[id].node) == NodeKind::ClassDef) {
    for (NodeId base : ClassDefView(tree, out_.classes[id].node).bases()) {
      BaseAsWritten item = ResolveBase(id, at, base);
      if (item.base.class_id) {
        if (depth_ > kMaxDepth) {
          item.base.type = out_.types.Unknown(Why(Cause::TooDeep, at, base));
          item.base.class_id = {};
        } else {
          EnsureOrder(item.base.class_id);
          if (order_states_[item.base.class_id.value()] == EnsureState::Busy) {
            item.base.type = out_.types.Unknown(
                Why(Cause::CyclicBases, at, base, out_.classes[item.base.class_id].name));
            item.base.class_id = {};
          }
        }
      }
      flags |= item.flags;
      // A class of builtins or typing that no stub is there to declare.
      if (!item.base.class_id && !item.base.type) {
        item.base.type = out_.types.Unknown(Why(Cause::BaseUnknown, at, base));
      }
      if (!item.base.class_id && !trouble) {
        trouble = out_.types.reason(item.base.type);
        trouble.unit = at.unit;
        trouble.node = base;
      }
      written.push_back(item);
    }
  }
  --depth_;
  Class& record = out_.classes[id];
  record.flags |= flags;
  record.bases = {static_cast<uint32_t>(out_.bases.size()), static_cast<uint32_t>(written.size())};
  for (const BaseAsWritten& item : written) out_.bases.push_back(item.base);

  if (IsStub(record.unit)) {
    PlaceStubGeneric(id, written);
  } else {
    AddRuntimeGeneric(written);
  }
  std::vector<std::vector<ClassId>> orders(written.size());
  std::vector<BaseOrder> bases;
  for (size_t index = 0; index < written.size(); ++index) {
    const ClassId base = written[index].base.class_id;
    BaseOrder order{base, {}, true};
    if (base) {
      for (const MroEntry& entry : out_.MroOf(base)) orders[index].push_back(entry.class_id);
      order.open = out_.classes[base].mro_state != MroState::Complete;
      if (order.open && !trouble) {
        trouble = out_.classes[base].mro_reason;
        trouble.unit = at.unit;
        trouble.node = written[index].base.node;
      }
      order.order = orders[index];
    }
    bases.push_back(order);
  }
  if (bases.empty() && id != out_.known.object && out_.known.object) {
    orders.push_back({out_.known.object});
    bases.push_back({out_.known.object, orders.back(), false});
  }
  LinearOrder order = Linearize(bases);
  record.mro_state = static_cast<MroState>(order.state);
  record.mro_reason = {};
  if (order.state == LinearOrder::State::Partial) record.mro_reason = trouble;
  if (order.state == LinearOrder::State::Inconsistent) {
    record.mro_reason = Why(Cause::InconsistentMro, record.unit, record.node, record.name);
  }
  if (order.classes.size() > kMaxOrder) {
    order.classes.resize(kMaxOrder);
    record.mro_state = MroState::Partial;
    record.mro_reason = Why(Cause::TooLarge, record.unit, record.node, record.name);
  }
  record.mro = {static_cast<uint32_t>(out_.mros.size()),
                static_cast<uint32_t>(order.classes.size() + 1)};
  out_.mros.push_back({id, {}});
  for (ClassId each : order.classes) out_.mros.push_back({each, {}});
  FindMetaclass(id);
  order_states_[id.value()] = EnsureState::Done;
}

// Typeshed declares the classes of collections.abc in typing, and as protocols.
bool Builder::IsAbstractCollection(ClassId id) {
  const Class& record = out_.classes[id];
  if (!IsStub(record.unit) || record.in_class || out_.units[record.unit].module != "typing") {
    return false;
  }
  const UnitId unit = out_.FindUnit("collections.abc", UnitKind::Stub);
  if (!unit) return false;
  const uint32_t index = FindNameIndex(out_.units[unit].names, record.name);
  return index != UINT32_MAX && !(out_.names[index].flags & kPrivateImport);
}

void Builder::FindMetaclass(ClassId id) {
  const ReadPlace at = PlaceOfClass(id, false);
  const Tree& tree = *at.tree;
  const bool stub = IsStub(at.unit);
  Class& record = out_.classes[id];
  if (stub && out_.units[at.unit].module == "builtins") {
    // Whatever protocols their stubs name: built-in classes are made by type.
    record.metaclass = out_.known.type;
    return;
  }
  if (IsAbstractCollection(id)) {
    record.metaclass = out_.known.abc_meta;
    record.metaclass_state = record.metaclass ? MetaclassState::Known : MetaclassState::Unknown;
    return;
  }
  ClassId winner = out_.known.type;
  bool unknown = record.mro_state != MroState::Complete;
  if (tree.kind(record.node) == NodeKind::ClassDef) {
    for (NodeId node : ClassDefView(tree, record.node).keywords()) {
      keywordView keyword(tree, node);
      if (!keyword.arg()) {
        unknown = true;  // **keywords
      } else if (tree.Name(keyword.arg()) == "metaclass") {
        const Meaning meaning = Resolve(at, keyword.value());
        if (meaning.Is(MeaningKind::Class)) {
          winner = meaning.class_id();
          EnsureOrder(winner);
        } else {
          unknown = true;
        }
      }
    }
  }
  // The order of `type` itself may not have been asked for yet.
  auto below = [&](ClassId derived, ClassId base) {
    if (derived == base) return true;
    EnsureOrder(derived);
    return std::ranges::any_of(out_.MroOf(derived),
                               [&](const MroEntry& entry) { return entry.class_id == base; });
  };
  const Range bases = out_.classes[id].bases;
  for (uint32_t index = 0; index < bases.count && !unknown; ++index) {
    const ClassId base = out_.bases[bases.begin + index].class_id;
    if (!base) {
      unknown = true;
      break;
    }
    // A stub may name a protocol as a base that the class only looks like.
    if (stub && (base == out_.known.protocol || IsAbstractCollection(base))) {
      unknown = true;
      break;
    }
    const ClassId other = out_.classes[base].metaclass;
    if (out_.classes[base].metaclass_state == MetaclassState::Unknown || !winner || !other) {
      unknown = true;
    } else if (!below(winner, other)) {
      if (below(other, winner)) {
        winner = other;
      } else {
        unknown = true;
      }
    }
  }
  Class& made = out_.classes[id];
  made.metaclass = unknown ? ClassId() : winner;
  made.metaclass_state = unknown || !winner ? MetaclassState::Unknown : MetaclassState::Known;
}

ClassId Builder::AddFunctionalClass(const ReadPlace& at, NodeId call, ClassId base,
                                    uint16_t flags) {
  const uint64_t key = static_cast<uint64_t>(at.unit.value()) << 32 | call.value();
  if (auto made = functional_.find(key); made != functional_.end()) return made->second;
  const Tree& tree = *at.tree;
  CallView view(tree, call);
  if (!base || at.in_string() || view.args().empty() ||
      tree.kind(view.args().front()) != NodeKind::Constant) {
    return {};
  }
  const auto& constant = tree.constant(ConstantView(tree, view.args().front()).value());
  if (constant.kind != ConstantKind::Str) return {};
  EnsureOrder(base);
  Class record;
  record.unit = at.unit;
  record.node = call;
  record.name = record.qualified_name = Intern(tree.ConstantText(constant));
  record.in = at.scope;
  record.flags = static_cast<uint16_t>(flags | kFunctional);
  // Its fields are in the call's arguments and not read: other names may be there.
  record.members = out_.namespaces.Add({.kind = NamespaceKind::Class,
                                        .unit = at.unit,
                                        .parent = at.scope,
                                        .owner = static_cast<uint32_t>(out_.classes.size()),
                                        .open = true});
  const ClassId id = out_.classes.Add(record);
  functional_.emplace(key, id);
  for (auto* states : {&order_states_, &param_states_, &argument_states_}) {
    states->resize(out_.classes.size());
  }
  order_states_[id.value()] = EnsureState::Done;
  param_states_[id.value()] = EnsureState::Done;
  Class& made = out_.classes[id];
  made.bases = {static_cast<uint32_t>(out_.bases.size()), 1};
  out_.bases.push_back({call, {}, base});
  const Range order = out_.classes[base].mro;
  made.mro_state = out_.classes[base].mro_state;
  made.mro_reason = out_.classes[base].mro_reason;
  made.mro = {static_cast<uint32_t>(out_.mros.size()), order.count + 1};
  out_.mros.push_back({id, {}});
  for (uint32_t index = 0; index < order.count; ++index) {
    const MroEntry entry = out_.mros[order.begin + index];
    out_.mros.push_back({entry.class_id, {}});
  }
  made.metaclass = out_.known.type;
  return id;
}

}  // namespace unspool::semantics::declarations
