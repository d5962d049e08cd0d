// What each name comes to: definitions summed up, imports and aliases followed.
#include "base/check.h"
#include "semantics/declarations/builder.h"

#include <algorithm>
#include <array>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

bool IsVariable(DefinitionKind kind) {
  switch (kind) {
    case DefinitionKind::Assignment:
    case DefinitionKind::Augmented:
    case DefinitionKind::Other:
    case DefinitionKind::Elsewhere:
      return true;
    default:
      return false;
  }
}

bool IsFollowed(MeaningKind kind) {
  switch (kind) {
    case MeaningKind::Class:
    case MeaningKind::Function:
    case MeaningKind::Property:
    case MeaningKind::Module:
    case MeaningKind::Alias:
    case MeaningKind::TypeParam:
    case MeaningKind::NewType:
    case MeaningKind::SpecialForm:
      return true;
    default:
      return false;
  }
}

// The module `typing` and its twin for older versions.
bool IsTyping(std::string_view module) {
  return module == "typing" || module == "typing_extensions";
}

// What typing makes by calls that its stub does not tell apart: List = _Alias().
struct TypingAlias {
  std::string_view name;
  std::string_view module;
  std::string_view class_name;
};
constexpr TypingAlias kTypingAliases[] = {
    {"ChainMap", "collections", "ChainMap"},
    {"Counter", "collections", "Counter"},
    {"DefaultDict", "collections", "defaultdict"},
    {"Deque", "collections", "deque"},
    {"Dict", "builtins", "dict"},
    {"FrozenSet", "builtins", "frozenset"},
    {"List", "builtins", "list"},
    {"OrderedDict", "collections", "OrderedDict"},
    {"Set", "builtins", "set"},
};

}  // namespace

uint32_t Builder::FindNameIndex(NamespaceId in, SymbolId symbol) const {
  return out_.name_of_.Find(static_cast<uint64_t>(in.value()) << 32 | symbol.value());
}

void Builder::ResolveNames() {
  for (uint32_t space = 0; space < out_.namespaces.size(); ++space) {
    const Namespace record = out_.namespaces[NamespaceId(space)];
    base::CheckContext context("declarations", out_.units[record.unit].path);
    for (uint32_t at = record.names.begin; at < record.names.begin + record.names.count; ++at) {
      EnsureName(at, false);
      EnsureName(at, true);
    }
  }
}

Meaning Builder::EnsureName(uint32_t index, bool typing) {
  const UnitId unit =
      out_.namespaces[out_.definitions[DefinitionId(out_.names[index].definitions.begin)].in].unit;
  // A stub says the same to both.
  if (IsStub(unit)) typing = false;
  auto& states = name_states_[typing];
  if (states.size() < out_.names.size()) states.resize(out_.names.size());
  switch (states[index]) {
    case EnsureState::Done:
      return typing ? out_.names[index].typing : out_.names[index].meaning;
    case EnsureState::Busy:
      return UnknownMeaning(Why(Cause::RecursiveAlias, unit, {}, out_.names[index].symbol));
    case EnsureState::New:
      break;
  }
  if (depth_ > kMaxDepth) {
    return UnknownMeaning(Why(Cause::TooDeep, unit, {}, out_.names[index].symbol));
  }
  ++depth_;
  states[index] = EnsureState::Busy;
  const Meaning meaning = Summarize(index, typing);
  --depth_;
  name_states_[typing][index] = EnsureState::Done;
  (typing ? out_.names[index].typing : out_.names[index].meaning) = meaning;
  if (IsStub(unit)) out_.names[index].typing = meaning;
  return meaning;
}

std::optional<Meaning> Builder::SpecialMeaning(uint32_t index) {
  const Name& name = out_.names[index];
  const NamespaceId in = out_.definitions[DefinitionId(name.definitions.begin)].in;
  const Namespace& space = out_.namespaces[in];
  if (space.kind != NamespaceKind::Module || !IsTyping(out_.units[space.unit].module)) {
    return std::nullopt;
  }
  const std::string_view text = Text(name.symbol);
  for (uint32_t form = 0; form <= static_cast<uint32_t>(SpecialForm::TypeForm); ++form) {
    if (SpecialFormName(static_cast<SpecialForm>(form)) == text) {
      return Meaning{MeaningKind::SpecialForm, form, {}};
    }
  }
  for (const TypingAlias& alias : kTypingAliases) {
    if (alias.name != text) continue;
    const UnitId unit = out_.FindUnit(alias.module, UnitKind::Stub);
    const ClassId id = unit ? out_.FindClass(unit, alias.class_name) : ClassId();
    if (id) return Meaning{MeaningKind::Class, id.value(), {}};
  }
  return std::nullopt;
}

Meaning Builder::Summarize(uint32_t index, bool typing) {
  if (auto special = SpecialMeaning(index)) return *special;
  const Name name = out_.names[index];
  std::vector<DefinitionId> real, declared;
  bool all_functions = true, all_variables = true, unconditional = false;
  Cause trouble = Cause::None;
  for (uint32_t at = 0; at < name.definitions.count; ++at) {
    const DefinitionId id(name.definitions.begin + at);
    const Definition& definition = out_.definitions[id];
    if (definition.flags & (typing ? kRuntimeOnly : kCheckingOnly)) continue;
    if (definition.flags & kDeclarationOnly) {
      declared.push_back(id);
      continue;
    }
    if (definition.kind == DefinitionKind::Delete) trouble = Cause::DeletedName;
    if (definition.kind == DefinitionKind::Elsewhere && trouble == Cause::None) {
      trouble = Cause::BoundElsewhere;
    }
    all_functions &= definition.kind == DefinitionKind::Function;
    all_variables &= IsVariable(definition.kind);
    unconditional |= !(definition.flags & kConditional) &&
                     definition.kind != DefinitionKind::Elsewhere &&
                     definition.kind != DefinitionKind::Delete;
    real.push_back(id);
  }
  const Namespace space =
      out_.namespaces[out_.definitions[DefinitionId(name.definitions.begin)].in];
  const bool stub = IsStub(space.unit);
  if (!typing && !stub && (!unconditional || trouble == Cause::DeletedName)) {
    out_.names[index].flags |= kMayBeUnbound;
  }
  auto unknown = [&](Cause cause, DefinitionId at) {
    return UnknownMeaning(Why(cause, space.unit, out_.definitions[at].node, name.symbol));
  };
  if (real.empty()) {
    if (declared.empty()) return {MeaningKind::Absent, UINT32_MAX, {}};
    return {MeaningKind::Variable, declared[0].value(), {}};
  }
  if (all_functions) return SummarizeFunctions(index, real);
  if (all_variables) {
    if (real.size() == 1 && declared.empty()) return MeaningOfDefinition(real[0], typing);
    if (real.size() > 1) out_.names[index].flags |= kSeveral;
    DefinitionId first = declared.empty() ? real[0] : declared[0];
    if (declared.empty()) {
      for (DefinitionId id : real) {
        if (out_.definitions[id].annotation.node) {
          first = id;
          break;
        }
      }
    }
    return {MeaningKind::Variable, first.value(), {}};
  }
  if (trouble != Cause::None) return unknown(trouble, real.back());
  if (real.size() == 1) return MeaningOfDefinition(real[0], typing);
  // Bound more than once: fine where it is the same each time.
  Meaning first;
  for (size_t at = 0; at < real.size(); ++at) {
    const Meaning meaning = MeaningOfDefinition(real[at], typing);
    if (at == 0) first = meaning;
    if (!meaning.known() || meaning.kind != first.kind || meaning.value != first.value) {
      out_.names[index].flags |= kSeveral;
      return unknown(Cause::SeveralBindings, real[at]);
    }
  }
  return first;
}

Meaning Builder::SummarizeFunctions(uint32_t index, std::span<const DefinitionId> list) {
  std::vector<FunctionId> group;
  bool replaced = false;
  for (DefinitionId definition : list) {
    const FunctionId id = out_.definitions[definition].function_id();
    EnsureFunction(id);
    const Function& function = out_.functions[id];
    bool joins = group.empty();
    if (!group.empty()) {
      const Function& last = out_.functions[group.back()];
      const Function& first = out_.functions[group.front()];
      if (last.flags & kOverload) {
        joins = true;
      } else if (function.kind == FunctionKind::Setter || function.kind == FunctionKind::Deleter) {
        joins = first.kind == FunctionKind::Getter;
      }
    }
    if (!joins) {
      group.clear();
      replaced = true;
    }
    group.push_back(id);
  }
  const Function& head = out_.functions[group.front()];
  const UnitId unit = head.unit;
  auto unknown = [&](Cause cause) {
    Meaning meaning = UnknownMeaning(Why(cause, unit, head.node, out_.names[index].symbol));
    if (cause == Cause::FunctionDecorator) meaning.value = group.front().value();
    return meaning;
  };
  if (replaced && !IsStub(unit)) {
    out_.names[index].flags |= kSeveral;
    return unknown(Cause::SeveralBindings);
  }
  if (group.size() > 1 && head.group.empty()) {
    const Range range{static_cast<uint32_t>(out_.function_groups.size()),
                      static_cast<uint32_t>(group.size())};
    out_.function_groups.insert(out_.function_groups.end(), group.begin(), group.end());
    for (FunctionId id : group) out_.functions[id].group = range;
  }
  for (FunctionId id : group) {
    if (out_.functions[id].flags & kUnknownWrapper) return unknown(Cause::FunctionDecorator);
  }
  switch (head.kind) {
    case FunctionKind::Getter:
      return {MeaningKind::Property, group.front().value(), {}};
    case FunctionKind::Setter:
    case FunctionKind::Deleter:
      return unknown(Cause::FunctionDecorator);
    default:
      return {MeaningKind::Function, group.back().value(), {}};
  }
}

Meaning Builder::MeaningOfDefinition(DefinitionId id, bool typing) {
  const Definition definition = out_.definitions[id];
  const Namespace space = out_.namespaces[definition.in];
  switch (definition.kind) {
    case DefinitionKind::Class: {
      const ClassId class_id = definition.class_id();
      if (!typing && !IsStub(space.unit) && !KeepsClass(class_id)) {
        Meaning meaning = UnknownMeaning(
            Why(Cause::ClassDecorator, space.unit, definition.node, definition.name));
        meaning.value = class_id.value();
        return meaning;
      }
      return {MeaningKind::Class, class_id.value(), {}};
    }
    case DefinitionKind::Function: {
      const FunctionId function = definition.function_id();
      EnsureFunction(function);
      if (out_.functions[function].flags & kUnknownWrapper) {
        Meaning meaning = UnknownMeaning(
            Why(Cause::FunctionDecorator, space.unit, definition.node, definition.name));
        meaning.value = function.value();
        return meaning;
      }
      const bool getter = out_.functions[function].kind == FunctionKind::Getter;
      return {getter ? MeaningKind::Property : MeaningKind::Function, function.value(), {}};
    }
    case DefinitionKind::Assignment:
      return MeaningOfAssignment(id, typing);
    case DefinitionKind::TypeAlias:
      return {MeaningKind::Alias, definition.value, {}};
    case DefinitionKind::TypeParam:
      return {MeaningKind::TypeParam, definition.value, {}};
    case DefinitionKind::Import:
      return MeaningOfImport(space.unit, definition.module);
    case DefinitionKind::FromImport:
    case DefinitionKind::StarImport:
      return MeaningOfFromImport(id, typing);
    case DefinitionKind::Parameter:
      return UnknownMeaning(
          Why(Cause::ParameterName, space.unit, definition.node, definition.name));
    case DefinitionKind::Delete:
      return UnknownMeaning(Why(Cause::DeletedName, space.unit, definition.node, definition.name));
    case DefinitionKind::Submodule:
    case DefinitionKind::Augmented:
    case DefinitionKind::Other:
    case DefinitionKind::Elsewhere:
      break;
  }
  return {MeaningKind::Variable, id.value(), {}};
}

Meaning Builder::MeaningOfImport(UnitId reader, SymbolId module) {
  if (UnitId unit = UnitFor(reader, Text(module))) {
    return {MeaningKind::Module, unit.value(), {}};
  }
  return {MeaningKind::BareModule, module.value(), {}};
}

Meaning Builder::MeaningOfFromImport(DefinitionId id, bool typing) {
  const Definition definition = out_.definitions[id];
  const UnitId reader = out_.namespaces[definition.in].unit;
  if (!definition.module) {
    return UnknownMeaning(Why(
        definition.kind == DefinitionKind::StarImport ? Cause::StarUnknown : Cause::ImportUnknown,
        reader, definition.node, definition.name));
  }
  const std::string_view module = Text(definition.module);
  const UnitId unit = UnitFor(reader, module);
  auto submodule = [&]() -> UnitId {
    std::string dotted(module);
    dotted.append(".").append(Text(definition.imported));
    return UnitFor(reader, dotted);
  };
  // `from . import n` in a package's own text binds n to its submodule.
  if (!unit || unit == reader) {
    if (UnitId sub = submodule()) return {MeaningKind::Module, sub.value(), {}};
  }
  if (!unit) {
    return UnknownMeaning(Why(Cause::ModuleNotFound, reader, definition.node, definition.module));
  }
  return Attribute(reader, unit, definition.imported, typing);
}

bool Builder::IsTypeExpression(const ReadPlace& at, NodeId node, int depth) {
  const Tree& tree = *at.tree;
  if (depth > 20) return false;
  switch (tree.kind(node)) {
    case NodeKind::Constant: {
      const ConstantKind kind = tree.constant(ConstantView(tree, node).value()).kind;
      return kind == ConstantKind::None || kind == ConstantKind::Str;
    }
    case NodeKind::Name:
    case NodeKind::Attribute: {
      const Meaning meaning = Resolve(at, node);
      return meaning.Is(MeaningKind::Class) || meaning.Is(MeaningKind::Alias) ||
             meaning.Is(MeaningKind::TypeParam) || meaning.Is(MeaningKind::NewType) ||
             meaning.Is(MeaningKind::SpecialForm);
    }
    case NodeKind::Subscript: {
      const Meaning head = Resolve(at, SubscriptView(tree, node).value());
      if (head.Is(MeaningKind::Class)) {
        // Enumerations answer Color["RED"] too: only generic classes make a type of it.
        EnsureTypeParams(head.class_id());
        return !out_.classes[head.class_id()].type_params.empty() ||
               head.class_id() == out_.known.type;
      }
      return head.Is(MeaningKind::Alias) || head.Is(MeaningKind::SpecialForm);
    }
    case NodeKind::BinOp: {
      // a | b | c leans to the left.
      NodeId left = node;
      for (int count = 0; tree.kind(left) == NodeKind::BinOp; ++count) {
        BinOpView operation(tree, left);
        if (operation.op() != Operator::BitOr || count > 10000) return false;
        if (!IsTypeExpression(at, operation.right(), depth + 1)) return false;
        left = operation.left();
      }
      return IsTypeExpression(at, left, depth + 1);
    }
    default:
      return false;
  }
}

Meaning Builder::MeaningOfAssignment(DefinitionId id, bool typing) {
  const Definition definition = out_.definitions[id];
  const Meaning variable{MeaningKind::Variable, id.value(), {}};
  if (!definition.expression) return variable;
  const Namespace space = out_.namespaces[definition.in];
  ReadPlace at{space.unit, definition.in, &TreeOf(space.unit), {}, typing};
  const Tree& tree = *at.tree;
  // Targets of a tuple and the like are other definitions: this one is the whole value.
  bool is_explicit = false;
  if (definition.annotation.node) {
    const NodeKind kind = tree.kind(definition.annotation.node);
    if (kind != NodeKind::Name && kind != NodeKind::Attribute) return variable;
    const Meaning mark = Resolve(at, definition.annotation.node);
    is_explicit =
        mark.Is(MeaningKind::SpecialForm) && mark.special_form() == SpecialForm::TypeAlias;
    if (!is_explicit) return variable;
  }
  if (auto made = made_.find(id.value()); made != made_.end()) return made->second;
  auto alias = [&]() {
    Alias record;
    record.unit = space.unit;
    record.node = definition.node;
    record.name = definition.name;
    const Meaning meaning{MeaningKind::Alias, out_.aliases.Add(record).value(), {}};
    alias_sources_.emplace(meaning.value, id);
    made_.emplace(id.value(), meaning);
    return meaning;
  };
  switch (tree.kind(definition.expression)) {
    case NodeKind::Name:
    case NodeKind::Attribute: {
      // `list = list` in a class or module takes the name from further out.
      if (tree.kind(definition.expression) == NodeKind::Name &&
          SymbolOf(space.unit, NameView(tree, definition.expression).id()) == definition.name) {
        at.scope = space.parent;
        if (!at.scope) {
          const UnitId builtins = out_.FindUnit("builtins", UnitKind::Stub);
          if (!builtins || builtins == space.unit) return variable;
          const Meaning outer = Attribute(space.unit, builtins, definition.name, typing);
          return IsFollowed(outer.kind) ? outer : variable;
        }
      }
      const Meaning meaning = Resolve(at, definition.expression);
      if (meaning.Is(MeaningKind::Function) &&
          tree.kind(definition.expression) == NodeKind::Attribute) {
        // Taken from a class, a class method is bound to it, and a static one is a plain function.
        const FunctionKind kind = out_.functions[meaning.function_id()].kind;
        if (kind == FunctionKind::Class || kind == FunctionKind::Static) return variable;
      }
      return IsFollowed(meaning.kind) ? meaning : variable;
    }
    case NodeKind::Subscript:
    case NodeKind::BinOp:
      return is_explicit || IsTypeExpression(at, definition.expression, 0) ? alias() : variable;
    case NodeKind::Call: {
      const Meaning meaning = MeaningOfCall(id, definition.expression, at);
      if (meaning.known()) {
        made_.emplace(id.value(), meaning);
        return meaning;
      }
      return is_explicit ? alias() : variable;
    }
    default:
      return is_explicit ? alias() : variable;
  }
}

Meaning Builder::MeaningOfCall(DefinitionId id, NodeId call, const ReadPlace& at) {
  const Tree& tree = *at.tree;
  CallView view(tree, call);
  const NodeKind kind = tree.kind(view.func());
  const Meaning none = UnknownMeaning(Why(Cause::NotStatic, at, call));
  if (kind != NodeKind::Name && kind != NodeKind::Attribute) return none;
  const Meaning function = Resolve(at, view.func());
  if (function.Is(MeaningKind::SpecialForm)) {
    TypeParam param;
    switch (function.special_form()) {
      case SpecialForm::TypeVar:
        break;
      case SpecialForm::ParamSpec:
        param.kind = TypeParamKind::ParamSpec;
        break;
      case SpecialForm::TypeVarTuple:
        param.kind = TypeParamKind::TypeVarTuple;
        break;
      case SpecialForm::NewType:
        return view.args().size() == 2 ? Meaning{MeaningKind::NewType, id.value(), {}} : none;
      case SpecialForm::NamedTuple:
      case SpecialForm::TypedDict:
        return MeaningOfFunctionalClass(at, call);
      default:
        return none;
    }
    param.unit = at.unit;
    param.node = call;
    param.name = out_.definitions[id].name;
    const TypeParamId made = out_.type_params.Add(param);
    type_param_scopes_.emplace(made.value(), at.scope);
    return {MeaningKind::TypeParam, made.value(), {}};
  }
  return MeaningOfFunctionalClass(at, call);
}

Meaning Builder::MeaningOfFunctionalClass(const ReadPlace& at, NodeId call) {
  const Tree& tree = *at.tree;
  const NodeId callee = CallView(tree, call).func();
  const NodeKind kind = tree.kind(callee);
  const Meaning none = UnknownMeaning(Why(Cause::NotStatic, at, call));
  if (kind != NodeKind::Name && kind != NodeKind::Attribute) return none;
  const Meaning function = Resolve(at, callee);
  ClassId made;
  if (function.Is(MeaningKind::SpecialForm)) {
    if (function.special_form() == SpecialForm::NamedTuple) {
      made = AddFunctionalClass(at, call, out_.known.tuple, kNamedTuple);
    } else if (function.special_form() == SpecialForm::TypedDict) {
      made = AddFunctionalClass(at, call, out_.known.dict, kTypedDict);
    }
  } else if (function.Is(MeaningKind::Function) &&
             QualifiedText(function) == "collections.namedtuple") {
    made = AddFunctionalClass(at, call, out_.known.tuple, kNamedTuple);
  }
  return made ? Meaning{MeaningKind::Class, made.value(), {}} : none;
}

}  // namespace unspool::semantics::declarations
