// Annotations of functions, variables, type parameters and aliases, evaluated.
#include "base/check.h"
#include "semantics/declarations/builder.h"
#include "semantics/declarations/evaluator.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

ClassId ClassAround(const Declarations& out, NamespaceId in) {
  for (; in; in = out.namespaces[in].parent) {
    if (out.namespaces[in].kind == NamespaceKind::Class) {
      return ClassId(out.namespaces[in].owner);
    }
  }
  return {};
}

}  // namespace

void Builder::EnsureAlias(AliasId id) {
  if (alias_states_.size() < out_.aliases.size()) alias_states_.resize(out_.aliases.size());
  if (alias_states_[id.value()] != EnsureState::New) return;
  alias_states_[id.value()] = EnsureState::Busy;
  const Alias record = out_.aliases[id];
  const Tree& tree = TreeOf(record.unit);
  ReadPlace at{record.unit, out_.units[record.unit].names, &tree, {}, true, true};
  NodeId expression;
  const bool statement = tree.kind(record.node) == NodeKind::TypeAlias;
  if (auto source = alias_sources_.find(id.value()); source != alias_sources_.end()) {
    at.scope = out_.definitions[source->second].in;
    expression = out_.definitions[source->second].expression;
    at.late = IsStub(record.unit);
  } else if (statement) {
    at.scope = alias_scopes_.at(id.value());
    expression = TypeAliasView(tree, record.node).value();
  }
  DeclTypeId type;
  if (depth_ > kMaxDepth) {
    type = out_.types.Unknown(Why(Cause::TooDeep, at, record.node, record.name));
  } else {
    ++depth_;
    type = Evaluator(*this, at, ClassAround(out_, at.scope)).Type(expression);
    --depth_;
  }
  Alias& made = out_.aliases[id];
  made.type = type;
  if (!statement) {
    std::vector<TypeParamId> params;
    CollectParams(out_.types, type, params);
    made.type_params = {static_cast<uint32_t>(out_.type_param_lists.size()),
                        static_cast<uint32_t>(params.size())};
    out_.type_param_lists.insert(out_.type_param_lists.end(), params.begin(), params.end());
  }
  alias_states_[id.value()] = EnsureState::Done;
}

void Builder::EnsureTypeParam(TypeParamId id) {
  if (type_param_states_.size() < out_.type_params.size()) {
    type_param_states_.resize(out_.type_params.size());
  }
  if (type_param_states_[id.value()] != EnsureState::New) return;
  type_param_states_[id.value()] = EnsureState::Busy;
  if (depth_ > kMaxDepth) return;
  ++depth_;
  const TypeParam record = out_.type_params[id];
  const Tree& tree = TreeOf(record.unit);
  auto scope = type_param_scopes_.find(id.value());
  ReadPlace at{record.unit,
               scope == type_param_scopes_.end() ? out_.units[record.unit].names : scope->second,
               &tree,
               {},
               true,
               true};
  Evaluator evaluator(*this, at, ClassAround(out_, at.scope));
  NodeId bound, default_value;
  std::vector<DeclTypeId> constraints;
  if (tree.kind(record.node) == NodeKind::Call) {
    CallView call(tree, record.node);
    for (size_t index = 1; index < call.args().size(); ++index) {
      constraints.push_back(evaluator.Type(call.args()[index]));
    }
    for (NodeId node : call.keywords()) {
      keywordView keyword(tree, node);
      if (!keyword.arg()) continue;
      if (tree.Name(keyword.arg()) == "bound") bound = keyword.value();
      if (tree.Name(keyword.arg()) == "default") default_value = keyword.value();
    }
  } else if (tree.kind(record.node) == NodeKind::TypeVar) {
    bound = TypeVarView(tree, record.node).bound();
    default_value = TypeVarView(tree, record.node).default_value();
    if (bound && tree.kind(bound) == NodeKind::Tuple) {
      for (NodeId item : TupleView(tree, bound).elts()) constraints.push_back(evaluator.Type(item));
      bound = {};
    }
  } else {
    // Both other kinds have name and default.
    default_value = NodeId(tree.Word(record.node, field_index::ParamSpec::default_value));
  }
  DeclTypeId bound_type, default_type;
  if (bound) bound_type = evaluator.Type(bound);
  if (default_value) {
    // The default of a ParamSpec may be a list.
    default_type = tree.kind(default_value) == NodeKind::List || tree.TextOf(default_value) == "..."
                       ? evaluator.Arguments(default_value).front()
                       : evaluator.Type(default_value);
  }
  TypeParam& made = out_.type_params[id];
  made.bound = bound_type;
  made.default_type = default_type;
  made.constraints = {static_cast<uint32_t>(out_.type_lists.size()),
                      static_cast<uint32_t>(constraints.size())};
  out_.type_lists.insert(out_.type_lists.end(), constraints.begin(), constraints.end());
  type_param_states_[id.value()] = EnsureState::Done;
  --depth_;
}

DeclTypeId Builder::EvaluateNewType(DefinitionId id) {
  if (auto at = new_types_.find(id.value()); at != new_types_.end()) return at->second;
  const Definition definition = out_.definitions[id];
  const UnitId unit = out_.namespaces[definition.in].unit;
  const ReadPlace at{unit, definition.in, &TreeOf(unit), {}, true, true};
  if (!busy_new_types_.insert(id.value()).second) {
    return out_.types.Unknown(Why(Cause::RecursiveAlias, at, definition.node, definition.name));
  }
  const CallView call(*at.tree, definition.expression);
  const DeclTypeId type = Evaluator(*this, at, ClassAround(out_, at.scope)).Type(call.args()[1]);
  new_types_.emplace(id.value(), type);
  return type;
}

void Builder::EvaluateSignature(FunctionId id) {
  const Function function = out_.functions[id];
  const bool any = function.returns.node ||
                   std::ranges::any_of(out_.ParamsOf(id), [](const Parameter& parameter) {
                     return parameter.annotation.node.has_value();
                   });
  if (!any) return;
  // Parameters of its own are seen by its annotations; its body's names are not.
  NamespaceId scope = function.in;
  if (!function.type_params.empty() && function.scope) {
    scope = out_.namespaces[function.scope].kind == NamespaceKind::TypeParams
                ? function.scope
                : out_.namespaces[function.scope].parent;
  }
  const bool late = IsStub(function.unit) || states_[function.unit].future_annotations ||
                    out_.version >= Version{3, 14};
  const ReadPlace at{function.unit, scope, &TreeOf(function.unit), {}, true, late};
  const ClassId around = ClassAround(out_, function.in);
  bool complete = true;
  for (uint32_t index = 0; index < function.params.count; ++index) {
    const NodeId node = out_.params[function.params.begin + index].annotation.node;
    if (!node) {
      complete &= index == 0 && function.in_class && function.kind != FunctionKind::Static;
      continue;
    }
    const Annotation made = Evaluator(*this, at, around).Evaluate(node);
    out_.params[function.params.begin + index].annotation = made;
  }
  const Annotation returns = Evaluator(*this, at, around).Evaluate(function.returns.node);
  Function& record = out_.functions[id];
  record.returns = returns;
  if (complete && returns) record.flags |= kFullyAnnotated;
}

void Builder::EvaluateAll() {
  for (uint32_t index = 0; index < out_.aliases.size(); ++index) EnsureAlias(AliasId(index));
  for (uint32_t index = 0; index < out_.type_params.size(); ++index) {
    EnsureTypeParam(TypeParamId(index));
  }
  for (uint32_t index = 0; index < out_.functions.size(); ++index) {
    EnsureFunction(FunctionId(index));
    EvaluateSignature(FunctionId(index));
  }
  for (uint32_t index = 0; index < out_.definitions.size(); ++index) {
    const Definition& definition = out_.definitions[DefinitionId(index)];
    if (!definition.annotation.node) continue;
    const UnitId unit = out_.namespaces[definition.in].unit;
    const bool late = IsStub(unit) || states_[unit].future_annotations;
    const ReadPlace at{unit, definition.in, &TreeOf(unit), {}, true, late};
    const Annotation made =
        Evaluator(*this, at, ClassAround(out_, definition.in)).Evaluate(definition.annotation.node);
    out_.definitions[DefinitionId(index)].annotation = made;
  }
  for (uint32_t index = 0; index < out_.attribute_sites.size(); ++index) {
    const AttributeSite site = out_.attribute_sites[index];
    if (!site.annotation) continue;
    const Function& method = out_.functions[site.method];
    const ReadPlace at{
        method.unit, method.scope ? method.scope : method.in, &TreeOf(method.unit), {}, true, true};
    out_.attribute_sites[index].declared =
        Evaluator(*this, at, method.in_class).Evaluate(site.annotation);
  }
}

}  // namespace unspool::semantics::declarations
