#include "semantics/declarations/collect.h"

#include "base/check.h"
#include "semantics/declarations/collector.h"
#include "semantics/modules/module_finder.h"
#include "semantics/scopes/scopes.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

void Collect(Builder& builder, UnitId unit) {
  Collector(builder, unit).Run();
}

void Collector::Run() {
  base::CheckContext context("declarations", out_.units[unit_].path);
  Unit& unit = out_.units[unit_];
  unit.classes.begin = static_cast<uint32_t>(out_.classes.size());
  unit.functions.begin = static_cast<uint32_t>(out_.functions.size());
  Frame frame;
  frame.ns = out_.namespaces.Add({.kind = NamespaceKind::Module, .unit = unit_});
  unit.names = frame.ns;
  if (!stub_) FindInteresting();
  Body(ModuleView(tree_, tree_.root()).body(), frame, 0);
  ConsumeThrough(frame, tree_.root());
  builder_.states_[unit_].pending = std::move(frame.definitions);
  unit.classes.count = static_cast<uint32_t>(out_.classes.size()) - unit.classes.begin;
  unit.functions.count = static_cast<uint32_t>(out_.functions.size()) - unit.functions.begin;
  for (uint32_t index = 0; index < unit.classes.count; ++index) {
    Class& record = out_.classes[ClassId(unit.classes.begin + index)];
    auto at = sites_.find(unit.classes.begin + index);
    if (at == sites_.end()) continue;
    // By name in order of first appearance would need another table: by id of the symbol, which the
    // order of units and texts gives.
    std::ranges::stable_sort(at->second, {}, [](const AttributeSite& site) { return site.name; });
    record.instance_attributes = {static_cast<uint32_t>(out_.attribute_sites.size()),
                                  static_cast<uint32_t>(at->second.size())};
    out_.attribute_sites.insert(out_.attribute_sites.end(), at->second.begin(), at->second.end());
  }
}

void Collector::FindInteresting() {
  const NameId globals = tree_.names().Find("globals"), exec = tree_.names().Find("exec"),
               vars = tree_.names().Find("vars"), locals = tree_.names().Find("locals"),
               import = tree_.names().Find("__import__");
  for (uint32_t index = 0; index < tree_.size(); ++index) {
    const NodeId node(index);
    switch (tree_.kind(node)) {
      case NodeKind::Yield:
      case NodeKind::YieldFrom:
      case NodeKind::NamedExpr:
        interesting_.push_back(node);
        break;
      case NodeKind::Lambda:
        // What lies in a lambda is its own; its subtree is what was added last.
        while (!interesting_.empty() && tree_.begin(interesting_.back()) >= tree_.begin(node)) {
          if (tree_.kind(interesting_.back()) == NodeKind::Call) OpenUnit(interesting_.back());
          interesting_.pop_back();
        }
        break;
      case NodeKind::Attribute: {
        const NodeId value = AttributeView(tree_, node).value();
        if (tree_.context(node) == ExprContext::Store) {
          if (tree_.kind(value) == NodeKind::Name) interesting_.push_back(node);
        } else {
          if (tree_.kind(value) != NodeKind::Call || interesting_.empty()) break;
          const std::string_view name = tree_.Name(AttributeView(tree_, node).attr());
          if (name == "get" || name == "copy" || name == "items" || name == "keys") {
            ForgetRead(value);
          }
        }
        break;
      }
      case NodeKind::Subscript:
        if (tree_.context(node) == ExprContext::Load)
          ForgetRead(SubscriptView(tree_, node).value());
        break;
      case NodeKind::Compare:
        for (NodeId operand : CompareView(tree_, node).comparators()) ForgetRead(operand);
        break;
      case NodeKind::Call: {
        const NodeId function = CallView(tree_, node).func();
        if (tree_.kind(function) != NodeKind::Name) break;
        const NameId name = NameView(tree_, function).id();
        if (name == import) {
          // It reads the package's name off its dictionaries.
          for (NodeId argument : CallView(tree_, node).args()) ForgetRead(argument);
        }
        // What runs in a dictionary of its own binds nothing here; globals() as that dictionary is
        // a call of its own.
        if (name == exec && CallView(tree_, node).args().size() > 1) break;
        if ((name == vars || name == locals) && !CallView(tree_, node).args().empty()) break;
        if (name == globals || name == exec || name == vars || name == locals) {
          interesting_.push_back(node);
        }
        break;
      }
      default:
        break;
    }
  }
}

// `globals()` where its value is only read from.
void Collector::ForgetRead(NodeId call) {
  if (tree_.kind(call) != NodeKind::Call) return;
  for (size_t index = interesting_.size(); index-- > 0 && interesting_[index] >= call;) {
    if (interesting_[index] != call) continue;
    interesting_.erase(interesting_.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
}

void Collector::ConsumeBefore(Frame& frame, uint32_t byte, bool skipped) {
  while (at_ < interesting_.size() && tree_.begin(interesting_[at_]) < byte) {
    Consume(frame, interesting_[at_++], skipped);
  }
}

void Collector::ConsumeThrough(Frame& frame, NodeId node, bool skipped) {
  while (at_ < interesting_.size() && interesting_[at_] <= node) {
    Consume(frame, interesting_[at_++], skipped);
  }
}

void Collector::Consume(Frame& frame, NodeId node, bool skipped) {
  switch (tree_.kind(node)) {
    case NodeKind::Yield:
    case NodeKind::YieldFrom:
      frame.generator = true;
      break;
    case NodeKind::NamedExpr: {
      if (skipped) break;
      const NodeId target = NamedExprView(tree_, node).target();
      Target(target, frame, kConditional, DefinitionKind::Other, node, {});
      break;
    }
    case NodeKind::Attribute: {
      const NodeId base = AttributeView(tree_, node).value();
      if (!skipped && frame.kind == NamespaceKind::Function) {
        frame.stores.push_back({node, NameView(tree_, base).id()});
      }
      break;
    }
    case NodeKind::Call: {
      if (skipped) break;
      const NodeId function = CallView(tree_, node).func();
      const std::string_view name = tree_.Name(NameView(tree_, function).id());
      const bool in_function = frame.kind == NamespaceKind::Function;
      // vars() and locals() are the module's names only at its top level.
      const bool own = name == "globals" || name == "exec" || frame.kind == NamespaceKind::Module;
      if (own && !(name == "exec" && in_function)) {
        OpenUnit(node);
      }
      if (frame.kind == NamespaceKind::Class && name != "globals") {
        out_.namespaces[frame.ns].open = true;
      }
      break;
    }
    default:
      break;
  }
}

void Collector::OpenUnit(NodeId node) {
  Unit& unit = out_.units[unit_];
  if (unit.open) return;
  unit.open = true;
  unit.open_reason = builder_.Why(Cause::DynamicModule, unit_, node);
}

SymbolId Collector::NameIn(const Frame& frame, NameId name) {
  if (!frame.private_name.empty()) {
    const std::string_view text = tree_.Name(name);
    if (text.starts_with("__") && !text.ends_with("__")) {
      return builder_.Intern(MangledName(frame.private_name, text));
    }
  }
  return builder_.SymbolOf(unit_, name);
}

SymbolId Collector::Qualified(const Frame& frame, SymbolId name) {
  if (frame.prefix.empty() || frame.globals.contains(name.value())) return name;
  return builder_.Intern(frame.prefix + std::string(out_.Text(name)));
}

Collector::Frame& Collector::ModuleFrame(Frame& frame) {
  Frame* at = &frame;
  while (at->parent != nullptr) at = at->parent;
  return *at;
}

void Collector::EnsureNamespace(Frame& frame) {
  if (frame.ns) return;
  EnsureNamespace(*frame.parent);
  Function& function = out_.functions[frame.function_id];
  const NamespaceId around = function.scope ? function.scope : frame.parent->ns;
  frame.ns = out_.namespaces.Add({.kind = NamespaceKind::Function,
                                  .unit = unit_,
                                  .parent = around,
                                  .owner = frame.function_id.value()});
  function.scope = frame.ns;
}

Definition& Collector::Define(Frame& frame, DefinitionKind kind, SymbolId name, NodeId node,
                              uint8_t flags) {
  Frame* into = &frame;
  if (frame.globals.contains(name.value())) {
    into = &ModuleFrame(frame);
    if (frame.kind != NamespaceKind::Module) kind = DefinitionKind::Elsewhere;
  } else if (frame.nonlocals.contains(name.value())) {
    into = frame.parent;
    while (into->parent != nullptr && into->kind != NamespaceKind::Function) into = into->parent;
    kind = DefinitionKind::Elsewhere;
  }
  Definition definition;
  definition.kind = kind;
  definition.flags = flags;
  definition.name = name;
  definition.node = node;
  into->definitions.push_back(definition);
  return into->definitions.back();
}

void Collector::Body(NodeList body, Frame& frame, uint8_t flags) {
  for (NodeId statement : body) Statement(statement, frame, flags);
}

void Collector::Statement(NodeId node, Frame& frame, uint8_t flags) {
  const uint8_t inside = flags | kConditional;
  switch (tree_.kind(node)) {
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
      DefineFunction(node, frame, flags);
      break;
    case NodeKind::ClassDef:
      DefineClass(node, frame, flags);
      break;
    case NodeKind::Delete:
      for (NodeId target : DeleteView(tree_, node).targets()) {
        Target(target, frame, flags, DefinitionKind::Delete, node, {});
      }
      break;
    case NodeKind::Assign:
      Assign(node, frame, flags);
      break;
    case NodeKind::AnnAssign:
      AnnAssign(node, frame, flags);
      break;
    case NodeKind::AugAssign: {
      AugAssignView assign(tree_, node);
      Target(assign.target(), frame, flags, DefinitionKind::Augmented, node, {});
      if (frame.kind == NamespaceKind::Module && tree_.TextOf(assign.target()) == "__all__") {
        AllSteps(frame, assign.value());
      }
      break;
    }
    case NodeKind::TypeAlias: {
      TypeAliasView alias(tree_, node);
      EnsureNamespace(frame);
      Alias record{.unit = unit_,
                   .node = node,
                   .name = builder_.SymbolOf(unit_, NameView(tree_, alias.name()).id()),
                   .type_params = {},
                   .type = {}};
      const NamespaceId scope = AddTypeParams(alias.type_params(), frame.ns, record.type_params);
      Definition& definition =
          Define(frame, DefinitionKind::TypeAlias,
                 NameIn(frame, NameView(tree_, alias.name()).id()), node, flags);
      definition.value = out_.aliases.Add(record).value();
      builder_.alias_scopes_.emplace(definition.value, scope);
      definition.in = scope;
      definition.expression = alias.value();
      break;
    }
    case NodeKind::Import:
      Import(node, frame, flags);
      break;
    case NodeKind::ImportFrom:
      ImportFrom(node, frame, flags);
      break;
    case NodeKind::Global:
      for (uint32_t word : GlobalView(tree_, node).names()) {
        frame.globals.insert(NameIn(frame, NameId(word)).value());
      }
      break;
    case NodeKind::Nonlocal:
      for (uint32_t word : NonlocalView(tree_, node).names()) {
        frame.nonlocals.insert(NameIn(frame, NameId(word)).value());
      }
      break;
    case NodeKind::For:
    case NodeKind::AsyncFor: {
      // The fields of both are alike.
      Target(NodeId(tree_.Word(node, field_index::For::target)), frame, inside,
             DefinitionKind::Other, node, {});
      Body(NodeList(tree_.List(tree_.Word(node, field_index::For::body))), frame, inside);
      Body(NodeList(tree_.List(tree_.Word(node, field_index::For::orelse))), frame, inside);
      break;
    }
    case NodeKind::While:
      Body(WhileView(tree_, node).body(), frame, inside);
      Body(WhileView(tree_, node).orelse(), frame, inside);
      break;
    case NodeKind::If:
      If(node, frame, flags);
      break;
    case NodeKind::With:
    case NodeKind::AsyncWith:
      for (uint32_t word : tree_.List(tree_.Word(node, field_index::With::items))) {
        if (NodeId name = withitemView(tree_, NodeId(word)).optional_vars()) {
          Target(name, frame, inside, DefinitionKind::Other, node, {});
        }
      }
      // The context manager may swallow what is raised on the way.
      Body(NodeList(tree_.List(tree_.Word(node, field_index::With::body))), frame, inside);
      break;
    case NodeKind::Try:
    case NodeKind::TryStar:
      Try(node, frame, flags);
      break;
    case NodeKind::Match:
      for (NodeId item : MatchView(tree_, node).cases()) {
        match_caseView match(tree_, item);
        Pattern(match.pattern(), frame, inside);
        Body(match.body(), frame, inside);
      }
      break;
    case NodeKind::Expr:
      if (frame.kind == NamespaceKind::Module) AllCall(frame, ExprView(tree_, node).value());
      break;
    default:
      break;
  }
  ConsumeThrough(frame, node);
}

void Collector::If(NodeId node, Frame& frame, uint8_t flags) {
  // A chain of elif is one If in another's orelse: walked in a loop.
  for (;;) {
    IfView view(tree_, node);
    StaticCondition condition;
    if (frame.kind != NamespaceKind::Function) {
      condition = ConditionOf(tree_, view.test(), builder_.options_.platform);
      if (stub_ && (condition.type_checking || condition.not_checking)) {
        condition.value = condition.type_checking;
      }
    }
    uint8_t then = flags | kConditional, otherwise = flags | kConditional;
    bool walk_then = true, walk_otherwise = true;
    if (!stub_ && condition.type_checking) {
      then = flags | kCheckingOnly;
      otherwise = flags | kRuntimeOnly;
    } else if (!stub_ && condition.not_checking) {
      then = flags | kRuntimeOnly;
      otherwise = flags | kCheckingOnly;
    } else if (condition.value) {
      then = otherwise = flags;
      walk_then = *condition.value;
      walk_otherwise = !*condition.value;
    }
    if (walk_then) {
      Body(view.body(), frame, then);
    } else {
      ConsumeThrough(frame, view.body().back(), true);
    }
    NodeList rest = view.orelse();
    if (rest.empty()) return;
    if (!walk_otherwise) {
      ConsumeThrough(frame, rest.back(), true);
      return;
    }
    flags = otherwise;
    if (rest.size() != 1 || tree_.kind(rest.front()) != NodeKind::If) {
      Body(rest, frame, flags);
      return;
    }
    node = rest.front();
  }
}

void Collector::Try(NodeId node, Frame& frame, uint8_t flags) {
  const uint8_t inside = flags | kConditional;
  auto list = [&](uint32_t field) { return NodeList(tree_.List(tree_.Word(node, field))); };
  Body(list(field_index::Try::body), frame, inside);
  for (NodeId item : list(field_index::Try::handlers)) {
    ExceptHandlerView handler(tree_, item);
    if (handler.name()) {
      Define(frame, DefinitionKind::Other, NameIn(frame, handler.name()), item,
             inside | kInHandler);
    }
    Body(handler.body(), frame, inside | kInHandler);
  }
  Body(list(field_index::Try::orelse), frame, inside);
  Body(list(field_index::Try::finalbody), frame, flags);
}

void Collector::Pattern(NodeId root, Frame& frame, uint8_t flags) {
  std::vector<NodeId> stack = {root};
  while (!stack.empty()) {
    const NodeId node = stack.back();
    stack.pop_back();
    NameId name;
    switch (tree_.kind(node)) {
      case NodeKind::MatchStar:
        name = MatchStarView(tree_, node).name();
        break;
      case NodeKind::MatchAs:
        name = MatchAsView(tree_, node).name();
        break;
      case NodeKind::MatchMapping:
        name = MatchMappingView(tree_, node).rest();
        break;
      default:
        break;
    }
    if (name) Define(frame, DefinitionKind::Other, NameIn(frame, name), node, flags);
    ForEachChild(tree_, node, [&](NodeId child) { stack.push_back(child); });
  }
}

void Collector::Target(NodeId root, Frame& frame, uint8_t flags, DefinitionKind kind,
                       NodeId statement, NodeId expression) {
  std::vector<NodeId> stack = {root};
  while (!stack.empty()) {
    const NodeId target = stack.back();
    stack.pop_back();
    switch (tree_.kind(target)) {
      case NodeKind::Name: {
        const bool whole = target == root;
        DefinitionKind own = kind;
        if (!whole && kind != DefinitionKind::Delete) own = DefinitionKind::Other;
        Definition& definition = Define(frame, own, NameIn(frame, NameView(tree_, target).id()),
                                        whole ? statement : target, flags);
        if (whole) definition.expression = expression;
        break;
      }
      case NodeKind::Tuple:
        for (NodeId part : TupleView(tree_, target).elts()) stack.push_back(part);
        break;
      case NodeKind::List:
        for (NodeId part : ListView(tree_, target).elts()) stack.push_back(part);
        break;
      case NodeKind::Starred:
        stack.push_back(StarredView(tree_, target).value());
        break;
      default:
        break;
    }
  }
}

void Collector::Assign(NodeId node, Frame& frame, uint8_t flags) {
  AssignView assign(tree_, node);
  for (NodeId target : assign.targets()) {
    Target(target, frame, flags, DefinitionKind::Assignment, node, assign.value());
    if (frame.kind == NamespaceKind::Module && tree_.TextOf(target) == "__all__") {
      UnitState& state = builder_.states_[unit_];
      state.has_all = true;
      state.all_steps.push_back({.kind = AllStep::Kind::Clear, .name = {}, .node = node});
      if (flags & kConditional) {
        state.all_steps.push_back({.kind = AllStep::Kind::Unknown, .name = {}, .node = node});
      }
      AllSteps(frame, assign.value());
    }
  }
}

void Collector::AnnAssign(NodeId node, Frame& frame, uint8_t flags) {
  AnnAssignView assign(tree_, node);
  const NodeId target = assign.target();
  if (tree_.kind(target) == NodeKind::Attribute) {
    annotated_stores_[target.value()] = assign.annotation();
    return;
  }
  if (tree_.kind(target) != NodeKind::Name) return;
  Definition& definition =
      Define(frame, DefinitionKind::Assignment, NameIn(frame, NameView(tree_, target).id()), node,
             static_cast<uint8_t>(flags | (assign.value() ? 0 : kDeclarationOnly)));
  definition.expression = assign.value();
  definition.annotation.node = assign.annotation();
  if (frame.kind == NamespaceKind::Module && tree_.TextOf(target) == "__all__") {
    builder_.states_[unit_].has_all = true;
    if (assign.value()) AllSteps(frame, assign.value());
  }
}

void Collector::Import(NodeId node, Frame& frame, uint8_t flags) {
  for (NodeId item : ImportView(tree_, node).names()) {
    aliasView alias(tree_, item);
    const std::string_view module = tree_.Name(alias.name());
    if (alias.asname()) {
      Definition& definition =
          Define(frame, DefinitionKind::Import, NameIn(frame, alias.asname()), item, flags);
      definition.module = builder_.SymbolOf(unit_, alias.name());
    } else {
      const std::string_view top = module.substr(0, module.find('.'));
      Definition& definition =
          Define(frame, DefinitionKind::Import, builder_.Intern(top), item, flags);
      definition.module = definition.name;
    }
  }
}

void Collector::ImportFrom(NodeId node, Frame& frame, uint8_t flags) {
  ImportFromView import(tree_, node);
  const std::string_view written = import.module() ? tree_.Name(import.module()) : "";
  const auto module =
      AbsoluteModuleName(out_.units[unit_].package, static_cast<uint32_t>(import.level()), written);
  if (written == "__future__") {
    for (NodeId item : import.names()) {
      if (tree_.Name(aliasView(tree_, item).name()) == "annotations") {
        builder_.states_[unit_].future_annotations = true;
      }
    }
  }
  const SymbolId symbol = module && !module->empty() ? builder_.Intern(*module) : SymbolId();
  for (NodeId item : import.names()) {
    aliasView alias(tree_, item);
    if (tree_.Name(alias.name()) == "*") {
      Define(frame, DefinitionKind::StarImport, {}, item, flags).module = symbol;
      continue;
    }
    Definition& definition =
        Define(frame, DefinitionKind::FromImport,
               NameIn(frame, alias.asname() ? alias.asname() : alias.name()), item, flags);
    definition.module = symbol;
    definition.imported = builder_.SymbolOf(unit_, alias.name());
  }
}

}  // namespace unspool::semantics::declarations
