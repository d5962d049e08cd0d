#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;

namespace {

// Versions settle after as many passes as loops nest, and a few more; what still grows then holds
// ever deeper structures.
constexpr int kMaxPasses = 12;

// Whether a method is the one of a binary operator, or is told which class it is in.
bool TakesAnyOperand(std::string_view method) {
  static constexpr std::string_view kOperators[] = {
      "add", "and",    "divmod", "eq",       "floordiv", "ge",      "gt",
      "le",  "lshift", "lt",     "matmul",   "mod",      "mul",     "ne",
      "or",  "pow",    "rshift", "set_name", "sub",      "truediv", "xor"};
  if (method.size() < 5 || !method.starts_with("__") || !method.ends_with("__")) return false;
  const std::string_view name = method.substr(2, method.size() - 4);
  auto is_operator = [](std::string_view text) {
    return std::ranges::binary_search(kOperators, text);
  };
  return is_operator(name) || ((name[0] == 'r' || name[0] == 'i') && is_operator(name.substr(1)));
}

}  // namespace

Arguments Arguments::Of(std::initializer_list<Value> values) {
  Arguments arguments;
  for (const Value& value : values) arguments.positional.push_back({value, false});
  return arguments;
}

Evaluator::Evaluator(Session& session, uint32_t frame, Outbox& out, Recorder* recorder)
    : session_(session),
      frame_(frame),
      source_(session.SourceOf(frame)),
      source_index_(session.frames[frame].source),
      out_(out),
      recorder_(recorder) {}

void Evaluator::Run() {
  Active active(frame_, session_.frames[frame_].scope, session_.GraphOf(frame_));
  RunFrame(active);
}

// To a fixed point, and where results are recorded once more for that.
void Evaluator::RunFrame(Active& active) {
  active.outer = active_;
  active_ = &active;
  const Ssa& ssa = active.graph->ssa;
  active.versions.assign(ssa.versions().size(), Value());
  active.grown.assign(ssa.versions().size(), 0);
  active.visited.assign(active.graph->cfg.nodes().size(), 0);
  const bool record = recorder_ && (!active.outer || recording_);
  // Without loops the first visit of a node says all.
  recording_ = record && !ssa.has_loops();
  if (recording_) shapes_.clear();
  const int passes = ssa.has_loops() ? kMaxPasses + 2 : 1;
  for (int pass = 0; pass < passes; ++pass) {
    if (pass == kMaxPasses) {
      // Loops that build ever deeper structures: what still grows is given up.
      for (uint32_t index = 0; index < active.versions.size(); ++index) {
        const SsaVersion& version = ssa.versions()[index];
        if (version.kind != VersionKind::Phi) continue;
        active.versions[index].Join(
            Value::Unknown(Cause(CauseCode::Limit, source_.unit.value(), tree().root().value())));
        active.grown[index] = active.visits + 1;
        Escape(active.versions[index]);
      }
    }
    bool stale = false;
    for (uint32_t node : ssa.order()) {
      if (!IsStale(node)) continue;
      stale = true;
      Visit(node);
    }
    if (!stale) break;
  }
  if (record && !recording_) {
    recording_ = true;
    shapes_.clear();
    for (uint32_t node : ssa.order()) Visit(node);
  }
  // The end of the body is reached.
  for (uint32_t node : ssa.order()) {
    for (const CfgEdge& edge : active.graph->cfg.EdgesFrom(node)) {
      const bool falls = edge.to == active.graph->cfg.exit() && edge.kind != CfgEdgeKind::Return;
      const bool is_body = scopes()[active.scope].kind == ScopeKind::Function;
      if (!falls || !is_body) continue;
      Post(CellKey(CellKind::Return, active.frame), Of(decls().known.none_type));
      Note(PlaceKind::Return, scopes()[active.scope].node, Of(decls().known.none_type));
    }
  }
  active_ = active.outer;
}

void Evaluator::SetVersion(uint32_t version, Value value) {
  Value& at = active_->versions[version];
  std::vector<Type> dropped;
  if (at.Join(value, &dropped)) active_->grown[version] = active_->visits;
  for (Type type : dropped) Escape(Value::Of(type));
}

Value Evaluator::NarrowedVersion(const SsaVersion& version) {
  const Value& before = active_->versions[active_->graph->ssa.OperandsOf(version)[0]];
  if (before.empty()) return before;
  const CfgNode& test = active_->graph->cfg.nodes()[version.node];
  // Slots that others rebind may have changed between test and use.
  const uint32_t node = active_->node;
  active_->node = version.node;
  const Value value = Narrow(test.code, version.truth, version.slot, before);
  active_->node = node;
  return value;
}

// Whether a visit may come to something that the last one did not: a version that the node reads
// has grown since then. (Cells stay as they are while a frame is evaluated.)
bool Evaluator::IsStale(uint32_t node) const {
  const Active& active = *active_;
  const uint32_t last = active.visited[node];
  if (last == 0) return true;
  const Ssa& ssa = active.graph->ssa;
  auto grew = [&](uint32_t version) { return active.grown[version] >= last; };
  if (std::ranges::any_of(ssa.UsesAt(node), grew)) return true;
  for (uint32_t index : ssa.ArrivalsAt(node)) {
    const SsaVersion& version = ssa.versions()[index];
    if (std::ranges::any_of(ssa.OperandsOf(version), grew)) return true;
    // Conditions may speak of other variables, too.
    if (version.kind == VersionKind::Narrowed &&
        std::ranges::any_of(ssa.UsesAt(version.node), grew)) {
      return true;
    }
  }
  for (uint32_t index : ssa.BindingsAt(node)) {
    if (std::ranges::any_of(ssa.OperandsOf(ssa.versions()[index]), grew)) return true;
  }
  switch (active.graph->cfg.nodes()[node].part) {
    case CfgPart::Target:
    case CfgPart::WithTarget:
    case CfgPart::WithExit:
    case CfgPart::Pattern:
    case CfgPart::Capture:
    case CfgPart::HandlerTarget:
      return active.held_grown >= last;
    default:
      return false;
  }
}

void Evaluator::Hold(NodeId id, const Value& value) {
  // Copies of a statement leave theirs in one place.
  Value& held = active_->held[id.value()];
  std::vector<Type> dropped;
  if (held.Join(value, &dropped)) active_->held_grown = active_->visits;
  for (Type type : dropped) out_.Escape(type);
}

void Evaluator::Visit(uint32_t node) {
  const Ssa& ssa = active_->graph->ssa;
  const Cfg& cfg = active_->graph->cfg;
  ++active_->visits;
  active_->node = node;
  active_->bound.clear();
  active_->narrowed.clear();
  for (uint32_t index : ssa.ArrivalsAt(node)) {
    const SsaVersion& version = ssa.versions()[index];
    if (version.kind == VersionKind::Narrowed) {
      SetVersion(index, NarrowedVersion(version));
    } else {
      Value joined;
      for (uint32_t operand : ssa.OperandsOf(version)) {
        JoinAndEscape(joined, active_->versions[operand]);
      }
      SetVersion(index, joined);
    }
  }
  // What has grown so far, the rest of the visit sees.
  active_->visited[node] = ++active_->visits;
  Perform(cfg.nodes()[node]);
  const auto slots = cfg.Clears(node);
  const auto versions = ssa.BindingsAt(node);
  for (size_t index = 0; index < slots.size(); ++index) {
    Value value;
    for (const auto& [slot, bound] : active_->bound) {
      if (slot == slots[index]) JoinAndEscape(value, bound);
    }
    for (uint32_t operand : ssa.OperandsOf(ssa.versions()[versions[index]])) {
      JoinAndEscape(value, active_->versions[operand]);
    }
    SetVersion(versions[index], value);
  }
}

void Evaluator::Perform(const CfgNode& node) {
  switch (node.part) {
    case CfgPart::Entry:
      return BindParameters();
    case CfgPart::Statement:
      return PerformStatement(node.ast);
    case CfgPart::Test:
    case CfgPart::Guard:
      Ask(node.code, Eval(node.code), Questions::kTruth);
      return;
    case CfgPart::AssertFailure:
      if (node.code) Escape(Eval(node.code));
      return;
    case CfgPart::Subject: {
      const Value subject = Eval(node.code);
      for (NodeId case_id : MatchView(tree(), node.ast).cases()) {
        Hold(case_id, subject);
      }
      return;
    }
    case CfgPart::Iterable:
      Hold(node.code, Eval(node.code));
      return;
    case CfgPart::Target: {
      const NodeKind kind = tree().kind(node.ast);
      const bool is_comprehension = kind == NodeKind::comprehension;
      const NodeId iter = is_comprehension             ? comprehensionView(tree(), node.ast).iter()
                          : kind == NodeKind::AsyncFor ? AsyncForView(tree(), node.ast).iter()
                                                       : ForView(tree(), node.ast).iter();
      const bool is_async = kind == NodeKind::AsyncFor ||
                            (is_comprehension && comprehensionView(tree(), node.ast).is_async());
      const auto held = active_->held.find(iter.value());
      if (held == active_->held.end()) return;
      return Assign(node.code, ItemsOf(iter, held->second, is_async));
    }
    case CfgPart::Element: {
      const NodeId ast = node.ast;
      if (tree().kind(ast) == NodeKind::Lambda) {
        Post(CellKey(CellKind::Return, active_->frame), Eval(node.code));
        return;
      }
      JoinAndEscape(active_->collected, Eval(node.code));
      if (tree().kind(ast) == NodeKind::DictComp && DictCompView(tree(), ast).value()) {
        JoinAndEscape(active_->collected_value, Eval(DictCompView(tree(), ast).value()));
      }
      return;
    }
    case CfgPart::WithEnter: {
      const Value manager = Eval(node.code);
      Hold(WithItemOf(node.ast, node.code), manager);
      const bool is_async = tree().kind(node.ast) == NodeKind::AsyncWith;
      Value entered;
      CallSpecial(node.code, manager, is_async ? session_.names.aenter : session_.names.enter, {},
                  entered);
      Hold(node.code, is_async ? Await(node.code, entered) : entered);
      return;
    }
    case CfgPart::WithTarget:
      for (NodeId item_id : NodeList(tree().List(tree().Word(node.ast, 0)))) {
        withitemView item(tree(), item_id);
        if (item.optional_vars() != node.code) continue;
        const auto held = active_->held.find(item.context_expr().value());
        if (held != active_->held.end()) Assign(node.code, held->second);
      }
      return;
    case CfgPart::WithExit: {
      const bool is_async = tree().kind(node.ast) == NodeKind::AsyncWith;
      const Value unknown = UnknownAt(CauseCode::UnknownParameter, node.code);
      // What was entered is left, whatever the expression would give now.
      const auto held = active_->held.find(WithItemOf(node.ast, node.code).value());
      if (held == active_->held.end()) return;
      const Value manager = held->second;
      Value left;
      CallSpecial(node.code, manager, is_async ? session_.names.aexit : session_.names.exit,
                  Arguments::Of({unknown, unknown, unknown}), left);
      Ask(node.code, is_async ? Await(node.code, left) : left, Questions::kTruth);
      return;
    }
    case CfgPart::Pattern: {
      const auto held = active_->held.find(node.ast.value());
      if (held != active_->held.end()) AskPattern(node.code, held->second);
      return;
    }
    case CfgPart::Capture: {
      const auto held = active_->held.find(node.ast.value());
      if (held != active_->held.end()) BindPattern(node.code, held->second);
      return;
    }
    case CfgPart::Handler:
      if (node.code) Hold(node.ast, Eval(node.code));
      return;
    case CfgPart::HandlerTarget: {
      ExceptHandlerView handler(tree(), node.ast);
      const auto held = active_->held.find(node.ast.value());
      Value caught;
      if (held != active_->held.end()) {
        caught = KeepInstances(UnknownAt(CauseCode::UnknownItem, node.ast), held->second, true);
      }
      // `except*` gives a group of what it caught.
      if (IsStarHandler(node.ast)) caught = UnknownAt(CauseCode::UnknownItem, node.ast);
      return AssignName(node.ast, handler.name(), caught);
    }
    default:
      return;
  }
}

// The item of a `with` statement whose context expression this is.
NodeId Evaluator::WithItemOf(NodeId with, NodeId context) const {
  for (NodeId item : NodeList(tree().List(tree().Word(with, 0)))) {
    if (withitemView(tree(), item).context_expr() == context) return item;
  }
  return with;
}

// Handlers are few and a TryStar is rare: whether one belongs to it is read off the text.
bool Evaluator::IsStarHandler(NodeId handler) const {
  const std::string_view text = tree().TextOf(handler);
  const size_t at = text.find_first_not_of(" \t\\\r\n", std::string_view("except").size());
  return at != std::string_view::npos && text[at] == '*';
}

void Evaluator::PerformStatement(NodeId id) {
  switch (tree().kind(id)) {
    case NodeKind::Expr:
      Eval(ExprView(tree(), id).value());
      return;
    case NodeKind::Assign: {
      AssignView assign(tree(), id);
      const Value value = Eval(assign.value());
      for (NodeId target : assign.targets()) Assign(target, value);
      return;
    }
    case NodeKind::AugAssign: {
      AugAssignView assign(tree(), id);
      const NodeId target = assign.target();
      Value old;
      if (tree().kind(target) == NodeKind::Name) {
        old = ReadName(target);
      } else if (tree().kind(target) == NodeKind::Attribute) {
        AttributeView attribute(tree(), target);
        old = Attribute(target, Eval(attribute.value()), NameOf(attribute.attr()));
      } else {
        SubscriptView subscript(tree(), target);
        old = Subscript(target, Eval(subscript.value()), subscript.slice());
      }
      const Value operand = Eval(assign.value());
      return Assign(target, Binary(id, assign.op(), old, operand, true));
    }
    case NodeKind::AnnAssign: {
      AnnAssignView assign(tree(), id);
      if (assign.value()) Assign(assign.target(), Eval(assign.value()));
      // Functions do not evaluate annotations of variables.
      if (scopes()[active_->scope].kind != ScopeKind::Function) RunAnnotation(assign.annotation());
      return;
    }
    case NodeKind::Return: {
      const NodeId value_id = ReturnView(tree(), id).value();
      const Value value = value_id ? Eval(value_id) : Of(decls().known.none_type);
      Post(CellKey(CellKind::Return, active_->frame), value);
      // StopIteration has it, for whoever steps the generator.
      if (scopes()[active_->scope].is_generator) Escape(value);
      Note(PlaceKind::Return, value_id ? value_id : id, value);
      return;
    }
    case NodeKind::Raise: {
      RaiseView raise(tree(), id);
      if (raise.exc()) {
        const Value raised = Eval(raise.exc());
        CallClasses(raise.exc(), raised);
        Escape(raised);
      }
      if (raise.cause()) CallClasses(raise.cause(), Eval(raise.cause()));
      return;
    }
    case NodeKind::Delete:
      for (NodeId target : DeleteView(tree(), id).targets()) {
        if (tree().kind(target) == NodeKind::Attribute) {
          AttributeView attribute(tree(), target);
          DeleteAttribute(target, Eval(attribute.value()), NameOf(attribute.attr()));
        } else if (tree().kind(target) == NodeKind::Subscript) {
          SubscriptView subscript(tree(), target);
          const Value object = Eval(subscript.value());
          Value ignored;
          CallSpecial(target, object, session_.names.delitem,
                      Arguments::Of({Eval(subscript.slice())}), ignored);
        }
      }
      return;
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
      return DefineFunction(id);
    case NodeKind::ClassDef:
      return DefineClass(id);
    case NodeKind::Import:
      return Import(id);
    case NodeKind::ImportFrom:
      return ImportFrom(id);
    default:
      return;
  }
}

// What `raise` is given: a class is called without arguments.
void Evaluator::CallClasses(NodeId id, const Value& raised) {
  for (Type type : raised.types()) {
    if (type.kind() == TypeKind::Class) CallType(id, type, {});
  }
  if (raised.unknown()) NoteUnknown(id, raised.cause());
}

void Evaluator::BindParameters() {
  const NodeId node = scopes()[active_->scope].node;
  NodeId arguments_id;
  if (tree().kind(node) == NodeKind::Lambda) {
    arguments_id = LambdaView(tree(), node).args();
  } else if (scopes()[active_->scope].kind == ScopeKind::Function) {
    arguments_id = FunctionLike(tree(), node).args;
  } else {
    return;
  }
  argumentsView arguments(tree(), arguments_id);
  const FrameInfo& info = session_.frames[active_->frame];
  const bool open = info.open || !Read(CellKey(CellKind::Open, active_->frame)).empty();
  const declarations::Function* function =
      info.function ? &decls().functions[info.function] : nullptr;
  const NodeId last = arguments.kwarg();
  const NodeId rest = arguments.vararg();
  uint32_t index = 0;
  auto bind = [&](NodeId arg) {
    if (!arg) return;
    Value value = Read(CellKey(CellKind::Parameter, active_->frame, index));
    // Whoever calls it from outside passes what is declared, where something is.
    if (open) JoinAndEscape(value, OpenParameter(arg, index, function, arg == rest, arg == last));
    ++index;
    AddChangedClasses(arg, value);
    AssignName(arg, argView(tree(), arg).arg(), value);
  };
  for (NodeId arg : arguments.posonlyargs()) bind(arg);
  for (NodeId arg : arguments.args()) bind(arg);
  bind(rest);
  for (NodeId arg : arguments.kwonlyargs()) bind(arg);
  bind(last);
}

// What code that is not seen may pass.
Value Evaluator::OpenParameter(NodeId arg, uint32_t index, const declarations::Function* function,
                               bool is_rest, bool is_keywords) {
  using declarations::FunctionKind;
  const bool is_method = function && function->in_class;
  if (is_method && index == 0 && IsSubclass(function->in_class, decls().known.type)) {
    // Of a metaclass: any class that it makes.
    return UnknownAt(CauseCode::Metaclass, arg);
  }
  if (is_method && index == 0 && (function->flags & declarations::kUnknownWrapper)) {
    // A decorator that is not known passes what it likes.
    return UnknownAt(CauseCode::Decorator, arg);
  }
  // The one method that an enumeration calls as a function.
  const bool counts = is_method &&
                      (decls().classes[function->in_class].flags & declarations::kEnum) &&
                      function->name == session_.names.generate_next_value;
  if (is_method && index == 0 && function->kind != FunctionKind::Static && !counts) {
    return function->kind == FunctionKind::Class
               ? Value::Of(Type(TypeKind::Class, function->in_class.value(), false))
               : Value::Of(InstanceAt(arg, function->in_class, 0, false));
  }
  Value value = UnknownAt(CauseCode::UnknownParameter, arg);
  // The language passes whatever there is, and lets the method decline.
  if (is_method && index == 1 && TakesAnyOperand(decls().Text(function->name))) return value;
  const auto params = function ? decls().ParamsOf(session_.frames[active_->frame].function)
                               : std::span<const declarations::Parameter>();
  if (index < params.size() && params[index].annotation) {
    value = FromAnnotation(arg, params[index].annotation.type);
  }
  if (is_rest || is_keywords) {
    const uint32_t site = session_.SiteAt(source_index_, arg, 0);
    PostContent(site, is_rest ? 0 : 1, value);
    if (is_keywords) PostContent(site, 0, Of(decls().known.str));
    const ClassId cls = is_rest ? decls().known.tuple : decls().known.dict;
    return Value::Of(Type(TypeKind::Instance, cls.value(), true, site));
  }
  return value;
}

// ---- cells, sites, causes ----

Value Evaluator::Read(CellKey key) {
  out_.Read(key);
  return session_.cells.Read(key);
}

void Evaluator::Post(CellKey key, const Value& value) {
  if (value.empty()) return;
  // What is given to callers that are not seen.
  const bool given = key.kind() == CellKind::Return || key.kind() == CellKind::Yield;
  if (given &&
      (session_.frames[key.owner()].open || !Read(CellKey(CellKind::Open, key.owner())).empty())) {
    Escape(value);
  }
  out_.Post(key, value);
}

void Evaluator::Escape(const Value& value) {
  for (Type type : value.types()) out_.Escape(type);
}

void Evaluator::JoinAndEscape(Value& into, const Value& value) {
  std::vector<Type> dropped;
  into.Join(value, &dropped);
  for (Type type : dropped) out_.Escape(type);
}

Cause Evaluator::CauseAt(CauseCode code, NodeId id) const {
  return Cause(code, source_.unit.value(), id.value());
}

Value Evaluator::Content(uint32_t site, uint32_t index, NodeId id) {
  Value value = Read(CellKey(CellKind::Content, site, index));
  if (!Read(CellKey(CellKind::Escaped, site)).empty()) {
    value.Join(UnknownAt(CauseCode::Escaped, id));
  }
  return value;
}

void Evaluator::PostContent(uint32_t site, uint32_t index, const Value& value) {
  Post(CellKey(CellKind::Content, site, index), value);
}

Type Evaluator::Instance(ClassId cls, bool exact) const {
  return Type(TypeKind::Instance, cls.value(), exact);
}

bool Evaluator::IsGeneric(ClassId cls) const {
  return cls && !decls().TypeParamsOf(cls).empty();
}

// Objects that hold others by type parameter, their own or a base's, have a site.
Type Evaluator::InstanceAt(NodeId id, ClassId cls, uint32_t part, bool exact) const {
  // Without stubs nothing is known of what the language itself makes.
  if (!cls) return Instance(decls().known.object, false);
  bool holds = cls == decls().known.tuple || IsGeneric(cls);
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    holds = holds || entry.args.count > 0;
  }
  if (!holds || part >= Session::kPartsOfPurpose) return Instance(cls, exact);
  return Type(TypeKind::Instance, cls.value(), exact, SiteOf(id, part));
}

uint32_t Evaluator::SiteOf(NodeId id, uint32_t part) const {
  return session_.SiteAt(source_index_, id,
                         static_cast<uint32_t>(purpose_) * Session::kPartsOfPurpose + part);
}

bool Evaluator::IsSubclass(ClassId derived, ClassId base) const {
  return derived && base && decls().IsSubclass(derived, base).value_or(false);
}

}  // namespace unspool::semantics::types
