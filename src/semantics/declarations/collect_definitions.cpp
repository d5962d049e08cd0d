// The part of the walk that makes classes and functions, and reads `__all__`.
#include "semantics/declarations/collector.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

Range Collector::AddDecorators(NodeList list) {
  const Range range{static_cast<uint32_t>(out_.decorators.size()),
                    static_cast<uint32_t>(list.size())};
  for (NodeId node : list) {
    Decorator decorator;
    decorator.called = tree_.kind(node) == NodeKind::Call;
    decorator.node = decorator.called ? CallView(tree_, node).func() : node;
    out_.decorators.push_back(decorator);
  }
  return range;
}

NamespaceId Collector::AddTypeParams(NodeList params, NamespaceId around, Range& made) {
  if (params.empty()) return around;
  const NamespaceId scope =
      out_.namespaces.Add({.kind = NamespaceKind::TypeParams, .unit = unit_, .parent = around});
  made = {static_cast<uint32_t>(out_.type_param_lists.size()),
          static_cast<uint32_t>(params.size())};
  std::vector<Definition> definitions;
  for (NodeId node : params) {
    TypeParam param;
    param.unit = unit_;
    param.node = node;
    // The name is the first field of all three kinds.
    param.name = builder_.SymbolOf(unit_, NameId(tree_.Word(node, field_index::TypeVar::name)));
    if (tree_.kind(node) == NodeKind::ParamSpec) param.kind = TypeParamKind::ParamSpec;
    if (tree_.kind(node) == NodeKind::TypeVarTuple) param.kind = TypeParamKind::TypeVarTuple;
    Definition definition;
    definition.kind = DefinitionKind::TypeParam;
    definition.name = param.name;
    definition.node = node;
    const TypeParamId id = out_.type_params.Add(param);
    definition.value = id.value();
    definitions.push_back(definition);
    out_.type_param_lists.push_back(id);
  }
  builder_.FinishNamespace(scope, definitions);
  return scope;
}

void Collector::AddParams(Function& function, NodeId arguments) {
  argumentsView view(tree_, arguments);
  function.params.begin = static_cast<uint32_t>(out_.params.size());
  auto add = [&](NodeId node, ParamKind kind, NodeId default_value) {
    argView arg(tree_, node);
    Parameter parameter;
    parameter.name = builder_.SymbolOf(unit_, arg.arg());
    parameter.kind = kind;
    parameter.node = node;
    parameter.default_value = default_value;
    parameter.annotation.node = arg.annotation();
    out_.params.push_back(parameter);
  };
  const NodeList before = view.posonlyargs(), normal = view.args(), defaults = view.defaults();
  const size_t count = before.size() + normal.size();
  auto default_of = [&](size_t index) {
    const size_t from_end = count - index;
    return from_end <= defaults.size() ? defaults[defaults.size() - from_end] : NodeId();
  };
  // PEP 484: in stubs, leading parameters named like `__x` are positional; a method's first goes
  // with them.
  size_t old_style = 0;
  if (stub_ && before.empty()) {
    auto dunder = [&](size_t index) {
      const std::string_view name = tree_.Name(argView(tree_, normal[index]).arg());
      return name.starts_with("__") && !name.ends_with("__");
    };
    size_t at = function.in_class && !normal.empty() && !dunder(0) ? 1 : 0;
    while (at < normal.size() && dunder(at)) old_style = ++at;
  }
  size_t index = 0;
  for (NodeId node : before) add(node, ParamKind::PositionalOnly, default_of(index)), ++index;
  for (size_t at = 0; at < normal.size(); ++at, ++index) {
    add(normal[at], at < old_style ? ParamKind::PositionalOnly : ParamKind::Normal,
        default_of(index));
  }
  if (view.vararg()) add(view.vararg(), ParamKind::VarArgs, {});
  const NodeList keyword_defaults = view.kw_defaults();
  for (size_t at = 0; at < view.kwonlyargs().size(); ++at) {
    add(view.kwonlyargs()[at], ParamKind::KeywordOnly,
        at < keyword_defaults.size() ? keyword_defaults[at] : NodeId());
  }
  if (view.kwarg()) add(view.kwarg(), ParamKind::VarKeywords, {});
  function.params.count = static_cast<uint32_t>(out_.params.size()) - function.params.begin;
}

void Collector::DefineFunction(NodeId node, Frame& frame, uint8_t flags) {
  FunctionLike view(tree_, node);
  // Decorators, defaults and annotations are evaluated outside.
  ConsumeBefore(frame, tree_.begin(view.body.front()));
  EnsureNamespace(frame);
  Function record;
  record.unit = unit_;
  record.node = node;
  record.name = NameIn(frame, view.name);
  // A private name is mangled where it is bound, and not in __qualname__.
  record.qualified_name = Qualified(frame, builder_.SymbolOf(unit_, view.name));
  record.in = frame.ns;
  if (frame.kind == NamespaceKind::Class) record.in_class = frame.class_id;
  record.in_function = frame.function_id;
  if (view.is_async) record.flags |= kAsync;
  record.decorators = AddDecorators(view.decorators);
  record.returns.node = NodeId(tree_.Word(node, field_index::FunctionDef::returns));
  AddParams(record, view.args);
  const NodeList type_params(tree_.List(tree_.Word(node, field_index::FunctionDef::type_params)));
  const NamespaceId scope = AddTypeParams(type_params, frame.ns, record.type_params);
  if (scope != frame.ns) record.scope = scope;
  const FunctionId id = out_.functions.Add(record);
  builder_.Declare(unit_, node, id.value());
  Definition& definition = Define(frame, DefinitionKind::Function, record.name, node, flags);
  if (definition.kind == DefinitionKind::Function) definition.value = id.value();
  if (stub_) return;

  Frame inner;
  inner.kind = NamespaceKind::Function;
  inner.parent = &frame;
  inner.function_id = id;
  inner.prefix = std::string(out_.Text(record.qualified_name)) + ".<locals>.";
  inner.private_name = frame.private_name;
  for (uint32_t index = 0; index < record.params.count; ++index) {
    const Parameter& parameter = out_.params[record.params.begin + index];
    Define(inner, DefinitionKind::Parameter, NameIn(inner, argView(tree_, parameter.node).arg()),
           parameter.node, 0);
  }
  Body(view.body, inner, 0);
  ConsumeThrough(inner, node);
  FinishFunction(inner, frame, tree_.begin(node));
}

void Collector::FinishFunction(Frame& inner, Frame& outer, uint32_t) {
  Function& function = out_.functions[inner.function_id];
  if (inner.generator) function.flags |= kGenerator;
  // Which plain names it binds itself; stores through others are the enclosing function's.
  SymbolId self;
  if (function.in_class && function.params.count > 0) {
    const Parameter& first = out_.params[function.params.begin];
    if (first.kind == ParamKind::PositionalOnly || first.kind == ParamKind::Normal) {
      self = first.name;
    }
  }
  if (!inner.stores.empty()) {
    std::unordered_set<uint32_t> bound;
    bool self_rebound = false;
    bool parameter_seen = false;
    for (const Definition& definition : inner.definitions) {
      bound.insert(definition.name.value());
      if (definition.name == self) {
        if (definition.kind == DefinitionKind::Parameter && !parameter_seen) {
          parameter_seen = true;
        } else {
          self_rebound = true;
        }
      }
    }
    for (const Frame::Store& store : inner.stores) {
      const SymbolId base = builder_.SymbolOf(unit_, store.base);
      if (self && base == self && !self_rebound) {
        AttributeSite site;
        site.name = NameIn(inner, AttributeView(tree_, store.target).attr());
        site.method = inner.function_id;
        site.target = store.target;
        if (auto at = annotated_stores_.find(store.target.value()); at != annotated_stores_.end()) {
          site.annotation = at->second;
        }
        sites_[function.in_class.value()].push_back(site);
      } else if (!bound.contains(base.value()) && outer.kind == NamespaceKind::Function) {
        outer.stores.push_back(store);
      }
    }
  }
  if (inner.ns) builder_.FinishNamespace(inner.ns, inner.definitions);
}

void Collector::DefineClass(NodeId node, Frame& frame, uint8_t flags) {
  ClassDefView view(tree_, node);
  ConsumeBefore(frame, tree_.begin(view.body().front()));
  EnsureNamespace(frame);
  Class record;
  record.unit = unit_;
  record.node = node;
  record.name = NameIn(frame, view.name());
  record.qualified_name = Qualified(frame, builder_.SymbolOf(unit_, view.name()));
  record.in = frame.ns;
  if (frame.kind == NamespaceKind::Class) record.in_class = frame.class_id;
  record.in_function = frame.function_id;
  if (flags & kConditional) record.flags |= kConditionalClass;
  if (flags & kCheckingOnly) record.flags |= kCheckOnly;
  record.decorators = AddDecorators(view.decorator_list());
  const NamespaceId around = AddTypeParams(view.type_params(), frame.ns, record.type_params);
  record.members = out_.namespaces.Add({.kind = NamespaceKind::Class,
                                        .unit = unit_,
                                        .parent = around,
                                        .owner = static_cast<uint32_t>(out_.classes.size())});
  const ClassId id = out_.classes.Add(record);
  builder_.Declare(unit_, node, id.value());
  Definition& definition = Define(frame, DefinitionKind::Class, record.name, node, flags);
  if (definition.kind == DefinitionKind::Class) definition.value = id.value();

  Frame inner;
  inner.kind = NamespaceKind::Class;
  inner.ns = record.members;
  inner.parent = &frame;
  inner.class_id = id;
  inner.function_id = frame.function_id;
  inner.prefix = std::string(out_.Text(record.qualified_name)) + ".";
  const std::string_view name = tree_.Name(view.name());
  const size_t first = name.find_first_not_of('_');
  // A name of underscores only mangles nothing.
  inner.private_name = first == name.npos ? std::string() : std::string(name);
  // Names of the class around it are not the inner class's, but `global` in a class is its own.
  Body(view.body(), inner, flags & (kCheckingOnly | kRuntimeOnly));
  ConsumeThrough(inner, node);
  builder_.FinishNamespace(inner.ns, inner.definitions);
}

void Collector::AllSteps(Frame& frame, NodeId value) {
  (void)frame;
  UnitState& state = builder_.states_[unit_];
  state.has_all = true;
  std::vector<NodeId> stack = {value};
  while (!stack.empty()) {
    const NodeId node = stack.back();
    stack.pop_back();
    switch (tree_.kind(node)) {
      case NodeKind::BinOp: {
        BinOpView operation(tree_, node);
        if (operation.op() != Operator::Add) {
          state.all_steps.push_back({.kind = AllStep::Kind::Unknown, .name = {}, .node = node});
          break;
        }
        stack.push_back(operation.right());
        stack.push_back(operation.left());
        break;
      }
      case NodeKind::List:
      case NodeKind::Tuple: {
        const NodeList items = tree_.kind(node) == NodeKind::List ? ListView(tree_, node).elts()
                                                                  : TupleView(tree_, node).elts();
        for (NodeId item : items) {
          AllStep step{.kind = AllStep::Kind::Unknown, .name = {}, .node = item};
          if (tree_.kind(item) == NodeKind::Constant) {
            const auto& constant = tree_.constant(ConstantView(tree_, item).value());
            if (constant.kind == ConstantKind::Str) {
              step.kind = AllStep::Kind::Add;
              step.name = builder_.Intern(tree_.ConstantText(constant));
            }
          }
          state.all_steps.push_back(step);
        }
        break;
      }
      case NodeKind::Attribute: {
        AttributeView attribute(tree_, node);
        AllStep step{.kind = AllStep::Kind::Unknown, .name = {}, .node = node};
        if (tree_.Name(attribute.attr()) == "__all__" &&
            tree_.kind(attribute.value()) == NodeKind::Name) {
          step.kind = AllStep::Kind::AddModule;
          step.name = builder_.SymbolOf(unit_, NameView(tree_, attribute.value()).id());
        }
        state.all_steps.push_back(step);
        break;
      }
      default:
        state.all_steps.push_back({.kind = AllStep::Kind::Unknown, .name = {}, .node = node});
        break;
    }
  }
}

// __all__.append("x"), .extend([...]), .remove("x")
void Collector::AllCall(Frame& frame, NodeId call) {
  if (tree_.kind(call) != NodeKind::Call) return;
  CallView view(tree_, call);
  if (tree_.kind(view.func()) != NodeKind::Attribute) return;
  AttributeView function(tree_, view.func());
  if (tree_.TextOf(function.value()) != "__all__") return;
  UnitState& state = builder_.states_[unit_];
  const std::string_view name = tree_.Name(function.attr());
  if (view.args().size() == 1 && name == "extend") {
    AllSteps(frame, view.args().front());
    return;
  }
  AllStep step{.kind = AllStep::Kind::Unknown, .name = {}, .node = call};
  if (view.args().size() == 1 && (name == "append" || name == "remove") &&
      tree_.kind(view.args().front()) == NodeKind::Constant) {
    const auto& constant = tree_.constant(ConstantView(tree_, view.args().front()).value());
    if (constant.kind == ConstantKind::Str) {
      step.kind = name == "append" ? AllStep::Kind::Add : AllStep::Kind::Remove;
      step.name = builder_.Intern(tree_.ConstantText(constant));
    }
  }
  state.all_steps.push_back(step);
}

}  // namespace unspool::semantics::declarations
