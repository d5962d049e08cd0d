// What classes are known by once their order is: type parameters, arguments along the order, flags,
// slots, subclasses.
#include "semantics/declarations/builder.h"
#include "semantics/declarations/evaluator.h"
#include "semantics/scopes/scopes.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

void Builder::EnsureTypeParams(ClassId id) {
  if (param_states_.size() < out_.classes.size()) param_states_.resize(out_.classes.size());
  if (param_states_[id.value()] != EnsureState::New) return;
  if (!out_.classes[id].type_params.empty()) {
    param_states_[id.value()] = EnsureState::Done;  // PEP 695
    return;
  }
  EnsureOrder(id);
  const ReadPlace at = PlaceOfClass(id, true);
  const Tree& tree = *at.tree;
  if (depth_ > kMaxDepth || tree.kind(out_.classes[id].node) != NodeKind::ClassDef) {
    param_states_[id.value()] = EnsureState::Done;
    return;
  }
  param_states_[id.value()] = EnsureState::Busy;
  ++depth_;
  std::vector<TypeParamId> params, listed;
  bool has_list = false;
  Evaluator evaluator(*this, at, id);
  for (NodeId base : ClassDefView(tree, out_.classes[id].node).bases()) {
    if (tree.kind(base) == NodeKind::Subscript) {
      SubscriptView subscript(tree, base);
      const NodeKind kind = tree.kind(subscript.value());
      const bool plain = kind == NodeKind::Name || kind == NodeKind::Attribute;
      const Meaning head = plain ? Resolve(at, subscript.value()) : Meaning();
      if (head.Is(MeaningKind::SpecialForm) && (head.special_form() == SpecialForm::Generic ||
                                                head.special_form() == SpecialForm::Protocol)) {
        has_list = true;
        for (DeclTypeId type : evaluator.Arguments(subscript.slice())) {
          CollectParams(out_.types, type, listed);
        }
        continue;
      }
      if (plain) CollectParams(out_.types, evaluator.Type(base), params);
    }
  }
  --depth_;
  if (has_list) params = listed;
  Class& record = out_.classes[id];
  record.type_params = {static_cast<uint32_t>(out_.type_param_lists.size()),
                        static_cast<uint32_t>(params.size())};
  out_.type_param_lists.insert(out_.type_param_lists.end(), params.begin(), params.end());
  param_states_[id.value()] = EnsureState::Done;
}

void Builder::EnsureArguments(ClassId id) {
  if (argument_states_.size() < out_.classes.size()) argument_states_.resize(out_.classes.size());
  if (argument_states_[id.value()] != EnsureState::New) return;
  argument_states_[id.value()] = EnsureState::Busy;
  EnsureTypeParams(id);
  const Range bases = out_.classes[id].bases;
  const ReadPlace at = PlaceOfClass(id, true);
  const Tree& tree = *at.tree;
  Evaluator evaluator(*this, at, id);
  for (uint32_t index = 0; index < bases.count; ++index) {
    const BaseClass base = out_.bases[bases.begin + index];
    if (base.type || !base.class_id) continue;
    DeclTypeId type;
    const NodeKind kind = tree.kind(base.node);
    const bool form = base.class_id == out_.known.generic || base.class_id == out_.known.protocol;
    if (!form && kind != NodeKind::Call) type = evaluator.Type(base.node);
    // What annotations see may differ from what the statement runs with: the latter counts.
    if (type) {
      const DeclType& record = out_.types[type];
      const bool same =
          (record.kind == DeclTypeKind::Class && record.class_id() == base.class_id) ||
          (record.kind == DeclTypeKind::Tuple && base.class_id == out_.known.tuple);
      if (!same) type = {};
    }
    out_.bases[bases.begin + index].type = type ? type : out_.types.Class(base.class_id);
    EnsureArguments(base.class_id);
  }
  // Own parameters stand for themselves; those of others come by way of the first base that has
  // them.
  auto set = [&](uint32_t mro_index, const std::vector<DeclTypeId>& args) {
    MroEntry& entry = out_.mros[mro_index];
    entry.args = {static_cast<uint32_t>(out_.type_lists.size()),
                  static_cast<uint32_t>(args.size())};
    out_.type_lists.insert(out_.type_lists.end(), args.begin(), args.end());
  };
  const Range order = out_.classes[id].mro;
  std::unordered_map<uint32_t, uint32_t> place_of;
  for (uint32_t index = 1; index < order.count; ++index) {
    const ClassId each = out_.mros[order.begin + index].class_id;
    EnsureTypeParams(each);
    if (!out_.classes[each].type_params.empty())
      place_of.emplace(each.value(), order.begin + index);
  }
  std::vector<DeclTypeId> own;
  for (TypeParamId param : out_.TypeParamsOf(id)) {
    static constexpr DeclTypeKind kKinds[] = {DeclTypeKind::TypeVar, DeclTypeKind::ParamSpec,
                                              DeclTypeKind::TypeVarTuple};
    own.push_back(
        out_.types.TypeParam(kKinds[static_cast<size_t>(out_.type_params[param].kind)], param));
  }
  if (!own.empty()) set(order.begin, own);
  for (uint32_t index = 0; index < bases.count && !place_of.empty(); ++index) {
    const BaseClass base = out_.bases[bases.begin + index];
    if (!base.class_id) continue;
    std::vector<DeclTypeId> args;
    const DeclType& type = out_.types[base.type];
    if (type.kind == DeclTypeKind::Class) {
      const auto list = out_.types.Args(base.type);
      args.assign(list.begin(), list.end());
    } else if (type.kind == DeclTypeKind::Tuple) {
      // tuple[int, str] is a Sequence of int | str.
      const auto list = out_.types.Args(base.type);
      std::vector<DeclTypeId> items;
      for (DeclTypeId item : list) {
        const bool unpack = out_.types[item].kind == DeclTypeKind::Unpack;
        items.push_back(unpack ? DeclTypeArena::kAny : item);
      }
      args = {out_.types.Union(items)};
    }
    const auto params_span = out_.TypeParamsOf(base.class_id);
    const std::vector<TypeParamId> params(params_span.begin(), params_span.end());
    if (args.size() != params.size()) {
      // Not given: any.
      args.clear();
      for (TypeParamId param : params) {
        EnsureTypeParam(param);
        const DeclTypeId otherwise = out_.type_params[param].default_type;
        args.push_back(otherwise ? otherwise : DeclTypeArena::kAny);
      }
    }
    const Range base_order = out_.classes[base.class_id].mro;
    for (uint32_t at_base = 0; at_base < base_order.count && !place_of.empty(); ++at_base) {
      const MroEntry entry = out_.mros[base_order.begin + at_base];
      auto place = place_of.find(entry.class_id.value());
      if (place == place_of.end()) continue;
      std::vector<DeclTypeId> made;
      for (uint32_t arg = 0; arg < entry.args.count; ++arg) {
        made.push_back(Substitute(out_, out_.types, out_.type_lists[entry.args.begin + arg],
                                  {params, args, {}}));
      }
      if (!made.empty()) set(place->second, made);
      place_of.erase(place);
    }
  }
  argument_states_[id.value()] = EnsureState::Done;
}

void Builder::FindSlots(ClassId id) {
  const SymbolId slots = out_.Find("__slots__");
  if (!slots) return;
  const uint32_t index = FindNameIndex(out_.classes[id].members, slots);
  if (index == UINT32_MAX) return;
  Class& record = out_.classes[id];
  record.slots_state = SlotsState::Unknown;
  const Name& name = out_.names[index];
  if (name.definitions.count != 1) return;
  const Definition& definition = out_.definitions[DefinitionId(name.definitions.begin)];
  if (definition.kind != DefinitionKind::Assignment || !definition.expression ||
      (definition.flags & kConditional)) {
    return;
  }
  const Tree& tree = TreeOf(record.unit);
  std::vector<NodeId> items;
  const NodeId value = definition.expression;
  switch (tree.kind(value)) {
    case NodeKind::Constant:
      items.push_back(value);
      break;
    case NodeKind::Tuple:
      for (NodeId item : TupleView(tree, value).elts()) items.push_back(item);
      break;
    case NodeKind::List:
      for (NodeId item : ListView(tree, value).elts()) items.push_back(item);
      break;
    case NodeKind::Set:
      for (NodeId item : SetView(tree, value).elts()) items.push_back(item);
      break;
    case NodeKind::Dict:
      for (NodeId item : DictView(tree, value).keys()) items.push_back(item);
      break;
    default:
      return;
  }
  std::vector<SymbolId> symbols;
  for (NodeId item : items) {
    if (!item || tree.kind(item) != NodeKind::Constant) return;
    const auto& constant = tree.constant(ConstantView(tree, item).value());
    if (constant.kind != ConstantKind::Str) return;
    std::string text(tree.ConstantText(constant));
    if (text.starts_with("__") && !text.ends_with("__")) {
      text = MangledName(Text(record.name), text);
    }
    symbols.push_back(Intern(text));
  }
  record.slots_state = SlotsState::Known;
  record.slots = {static_cast<uint32_t>(out_.slot_names.size()),
                  static_cast<uint32_t>(symbols.size())};
  out_.slot_names.insert(out_.slot_names.end(), symbols.begin(), symbols.end());
}

void Builder::FindFlags(ClassId id) {
  Class& record = out_.classes[id];
  const std::string own = QualifiedText({MeaningKind::Class, id.value(), {}});
  if (own == "enum.Enum") record.flags |= kEnum;
  if (id == out_.known.base_exception) record.flags |= kException;
  if (!record.type_params.empty()) record.flags |= kGeneric;
  constexpr uint16_t kInherited = kEnum | kException | kTypedDict;
  for (const MroEntry& entry : out_.MroOf(id)) {
    record.flags |= out_.classes[entry.class_id].flags & kInherited;
  }
  if (!(record.flags & kSynthetic)) KeepsClass(id);  // resolves the decorators
  for (const Decorator& decorator : Declarations::Span(out_.decorators, record.decorators)) {
    const std::string text = QualifiedText(decorator.meaning);
    if (text == "dataclasses.dataclass") record.flags |= kDataclass;
    if (text == "typing.final" || text == "typing_extensions.final") record.flags |= kFinalClass;
    if (text == "typing.type_check_only") record.flags |= kCheckOnly;
  }
  if (record.node && !(record.flags & (kFunctional | kSynthetic))) {
    const Tree& tree = TreeOf(record.unit);
    for (NodeId node : ClassDefView(tree, record.node).keywords()) {
      keywordView keyword(tree, node);
      if (keyword.arg() && tree.Name(keyword.arg()) == "total" &&
          tree.TextOf(keyword.value()) == "False") {
        record.flags |= kNotTotal;
      }
    }
  }
}

// The names of abstract members that a class leaves open, as ABCMeta counts them.
void Builder::FindAbstract(ClassId id, std::vector<std::vector<SymbolId>>& abstract) {
  Class& record = out_.classes[id];
  std::vector<SymbolId>& own = abstract[id.value()];
  auto is_abstract = [&](const Name& name) {
    for (uint32_t at = 0; at < name.definitions.count; ++at) {
      const Definition& definition = out_.definitions[DefinitionId(name.definitions.begin + at)];
      if (definition.kind == DefinitionKind::Function &&
          (out_.functions[definition.function_id()].flags & kAbstract)) {
        return true;
      }
    }
    return false;
  };
  for (const Name& name : out_.MembersOf(id)) {
    if (is_abstract(name)) own.push_back(name.symbol);
  }
  for (const BaseClass& base : out_.BasesOf(id)) {
    if (!base.class_id) continue;
    for (SymbolId symbol : abstract[base.class_id.value()]) {
      const MemberHit hit = out_.LookupMember(id, symbol);
      if (hit.kind == MemberHit::Kind::Found && is_abstract(out_.names[hit.name]) &&
          std::ranges::find(own, symbol) == own.end()) {
        own.push_back(symbol);
      }
    }
  }
  if (own.empty()) return;
  const ClassId metaclass = record.metaclass;
  if (!metaclass) return;
  for (const MroEntry& entry : out_.MroOf(metaclass)) {
    const Class& each = out_.classes[entry.class_id];
    if (Text(each.name) == "ABCMeta") record.flags |= kAbstractClass;
  }
}

void Builder::FinishClasses() {
  for (uint32_t index = 0; index < out_.classes.size(); ++index) EnsureOrder(ClassId(index));
  for (uint32_t index = 0; index < out_.classes.size(); ++index) {
    EnsureTypeParams(ClassId(index));
    EnsureArguments(ClassId(index));
  }
  // Ancestors before descendants: by the length of the order.
  std::vector<ClassId> by_length;
  for (uint32_t index = 0; index < out_.classes.size(); ++index) {
    by_length.push_back(ClassId(index));
  }
  std::ranges::stable_sort(by_length, {}, [&](ClassId id) { return out_.classes[id].mro.count; });
  std::vector<std::vector<SymbolId>> abstract(out_.classes.size());
  for (ClassId id : by_length) {
    FindSlots(id);
    FindFlags(id);
    FindAbstract(id, abstract);
  }
  std::vector<uint32_t> counts(out_.classes.size() + 1);
  auto each_base = [&](auto&& visit) {
    for (uint32_t index = 0; index < out_.classes.size(); ++index) {
      for (const BaseClass& base : out_.BasesOf(ClassId(index))) {
        if (base.class_id) visit(base.class_id, ClassId(index));
      }
    }
  };
  each_base([&](ClassId base, ClassId) { ++counts[base.value() + 1]; });
  for (size_t index = 1; index < counts.size(); ++index) counts[index] += counts[index - 1];
  out_.subclasses.resize(counts.back());
  for (uint32_t index = 0; index < out_.classes.size(); ++index) {
    out_.classes[ClassId(index)].subclasses = {counts[index], 0};
  }
  each_base([&](ClassId base, ClassId derived) {
    Range& range = out_.classes[base].subclasses;
    out_.subclasses[range.begin + range.count++] = derived;
  });
}

}  // namespace unspool::semantics::declarations
