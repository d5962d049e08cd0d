// Loops, try and with: the statements that jumps and exceptions lead out of, and what is done on
// the way.
#include "semantics/flow/cfg_builder.h"

namespace unspool::semantics {

using namespace syntax;

void CfgBuilder::For(NodeId id, NodeId iter, NodeId target, NodeList body, NodeList orelse,
                     bool is_async) {
  const uint32_t setup = Step(CfgPart::Iterable, id, iter);
  out_.nodes_[setup].starts = true;
  Use(setup, iter);
  Raises(setup);
  const uint32_t header = Step(CfgPart::Next, id, iter);
  out_.nodes_[header].suspends = is_async;
  Raises(header);
  // The binding happens on the way into the body only.
  Become(header, CfgEdgeKind::Iterate);
  const uint32_t first = Step(CfgPart::Target, id, target);
  Define(first, target);
  if (!IsPlainLocal(target)) Raises(first);
  LoopBody(id, {setup, header, first, 0}, {{header, CfgEdgeKind::Exhausted}}, body, orelse);
}

void CfgBuilder::While(NodeId id) {
  WhileView loop(tree_, id);
  Branches ways = Test(CfgPart::Test, id, loop.test());
  const uint32_t header = static_cast<uint32_t>(out_.nodes_.size() - 1);
  out_.nodes_[header].starts = true;
  // An interrupt is noticed where a loop goes round, even one that calls nothing.
  if (!out_.nodes_[header].may_raise) Raises(header);
  frontier_ = std::move(ways.when_true);
  LoopBody(id, {header, header, header, 0}, std::move(ways.when_false), loop.body(), loop.orelse());
}

// The frontier is where the body begins.
void CfgBuilder::LoopBody(NodeId id, CfgLoop loop, Frontier exhausted, NodeList body,
                          NodeList orelse) {
  Context& context = contexts_.emplace_back();
  context.is_loop = true;
  context.header = loop.header;
  Block(body);
  Connect(loop.header);
  const Frontier breaks = std::move(contexts_.back().breaks);
  contexts_.pop_back();
  frontier_ = std::move(exhausted);
  loop.after = Step(CfgPart::Join, id);
  out_.loops_.emplace_back(id, loop);
  Block(orelse);
  Append(breaks);
}

void CfgBuilder::Try(NodeId id) {
  // Try and TryStar have the same fields.
  auto field = [&](uint32_t index) { return NodeList(tree_.List(tree_.Word(id, index))); };
  const NodeList body = field(0), handlers = field(1), orelse = field(2), finalbody = field(3);
  const uint32_t begin = Step(CfgPart::Try, id);
  out_.nodes_[begin].starts = true;
  if (!finalbody.empty()) OpenCleanup(id, 0);
  if (handlers.empty()) {
    Block(body);
    Block(orelse);
  } else {
    const uint32_t outer = raise_target_;
    const uint32_t dispatch = Add(CfgPart::Dispatch, id);
    raise_target_ = dispatch;
    Block(body);
    raise_target_ = outer;
    Block(orelse);
    Frontier ends = std::move(frontier_);
    if (tree_.kind(id) == NodeKind::TryStar) {
      StarHandlers(id, handlers, dispatch, ends);
    } else {
      Handlers(id, handlers, dispatch, ends);
    }
    frontier_ = std::move(ends);
  }
  if (!finalbody.empty()) CloseCleanup();
}

// Adds the ends of the handlers to `ends`.
void CfgBuilder::Handlers(NodeId, NodeList handlers, uint32_t dispatch, Frontier& ends) {
  Become(dispatch, CfgEdgeKind::Next);
  for (NodeId handler_id : handlers) {
    ExceptHandlerView handler(tree_, handler_id);
    const uint32_t node = Step(CfgPart::Handler, handler_id, handler.type());
    Frontier other;
    if (handler.type()) {
      Use(node, handler.type());
      Raises(node);
      other = {{node, CfgEdgeKind::NotCaught}};
    }
    Become(node, CfgEdgeKind::Caught);
    HandlerBody(handler_id);
    ends.insert(ends.end(), frontier_.begin(), frontier_.end());
    frontier_ = std::move(other);
  }
  for (const Loose& loose : frontier_) Edge(loose.from, raise_target_, CfgEdgeKind::NotCaught);
  frontier_.clear();
}

// `except*` clauses run one after another, each on what the others left of the group; what they
// raise is kept until all have run.
void CfgBuilder::StarHandlers(NodeId id, NodeList handlers, uint32_t dispatch, Frontier& ends) {
  const uint32_t outer = raise_target_;
  Become(dispatch, CfgEdgeKind::Next);
  for (NodeId handler_id : handlers) {
    ExceptHandlerView handler(tree_, handler_id);
    const uint32_t node = Step(CfgPart::Handler, handler_id, handler.type());
    Use(node, handler.type());
    Raises(node);
    const uint32_t raised = Add(CfgPart::Join, handler_id);
    raise_target_ = raised;
    Become(node, CfgEdgeKind::Caught);
    HandlerBody(handler_id);
    raise_target_ = outer;
    frontier_.push_back({raised, CfgEdgeKind::Next});
    frontier_.push_back({node, CfgEdgeKind::NotCaught});
  }
  const uint32_t end = Step(CfgPart::StarRaise, id);
  Edge(end, raise_target_, CfgEdgeKind::Reraise);
  ends.push_back({end, CfgEdgeKind::Next});
  frontier_.clear();
}

void CfgBuilder::HandlerBody(NodeId handler_id) {
  ExceptHandlerView handler(tree_, handler_id);
  if (!handler.name()) return Block(handler.body());
  const uint32_t target = Step(CfgPart::HandlerTarget, handler_id);
  DefineName(target, handler.name());
  if (!binds_locals_) Raises(target);
  OpenCleanup(handler_id, 0);
  Block(handler.body());
  CloseCleanup();
}

void CfgBuilder::With(NodeId id) {
  const NodeList items(tree_.List(tree_.Word(id, 0)));
  const bool is_async = tree_.kind(id) == NodeKind::AsyncWith;
  for (uint32_t index = 0; index < items.size(); ++index) {
    withitemView item(tree_, items[index]);
    const uint32_t node = Step(CfgPart::WithEnter, id, item.context_expr());
    out_.nodes_[node].starts = index == 0;
    Use(node, item.context_expr());
    out_.nodes_[node].suspends |= is_async;
    Raises(node);
    OpenCleanup(id, index);
    if (NodeId target = item.optional_vars()) {
      const uint32_t bind = Step(CfgPart::WithTarget, id, target);
      Define(bind, target);
      if (!IsPlainLocal(target)) Raises(bind);
    }
  }
  Block(NodeList(tree_.List(tree_.Word(id, 1))));
  for (uint32_t index = 0; index < items.size(); ++index) CloseCleanup();
}

void CfgBuilder::Leave(CfgReason reason) {
  const CfgEdgeKind kind = reason == CfgReason::Return  ? CfgEdgeKind::Return
                           : reason == CfgReason::Break ? CfgEdgeKind::Break
                                                        : CfgEdgeKind::Continue;
  for (Loose& loose : frontier_) loose.kind = kind;
  auto move_to = [&](Frontier& frontier) {
    frontier.insert(frontier.end(), frontier_.begin(), frontier_.end());
    frontier_.clear();
  };
  for (size_t index = contexts_.size(); index-- > 0;) {
    Context& context = contexts_[index];
    if (!context.is_loop) return move_to(context.entering[static_cast<size_t>(reason)]);
    if (reason == CfgReason::Continue) return Connect(context.header);
    if (reason == CfgReason::Break) return move_to(context.breaks);
  }
  // A `break` outside loops is an error that CPython reports; nothing follows it.
  if (reason == CfgReason::Return) Connect(out_.exit());
  frontier_.clear();
}

bool CfgBuilder::IsFinally(const Context& context) const {
  const NodeKind kind = tree_.kind(context.cleanup);
  return kind == NodeKind::Try || kind == NodeKind::TryStar;
}

void CfgBuilder::OpenCleanup(NodeId cleanup, uint32_t item) {
  Context& context = contexts_.emplace_back();
  context.cleanup = cleanup;
  context.item = item;
  context.outer_raise = raise_target_;
  // Exceptions arrive in a node of their own.
  const CfgReason outer = reason_;
  reason_ = CfgReason::Exception;
  context.exception_entry = Add(IsFinally(context) ? CfgPart::Finally : CfgPart::Dispatch, cleanup);
  reason_ = outer;
  raise_target_ = context.exception_entry;
}

void CfgBuilder::CloseCleanup() {
  Context context = std::move(contexts_.back());
  contexts_.pop_back();
  raise_target_ = context.outer_raise;
  context.entering[static_cast<size_t>(CfgReason::Normal)] = std::move(frontier_);
  context.entering[static_cast<size_t>(CfgReason::Exception)] = {
      {context.exception_entry, CfgEdgeKind::Next}};
  static constexpr CfgReason kOrder[] = {CfgReason::Normal, CfgReason::Exception, CfgReason::Return,
                                         CfgReason::Break, CfgReason::Continue};
  Frontier normal_end;
  frontier_.clear();
  if (!IsFinally(context) || finally_depth_ == 0) {
    for (CfgReason reason : kOrder) {
      frontier_ = std::move(context.entering[static_cast<size_t>(reason)]);
      if (frontier_.empty()) continue;
      CopyCleanup(context, reason, normal_end);
    }
  } else {
    // One copy for all reasons; where it is entered from and the edges at its end say which.
    const CfgReason outer = reason_;
    Frontier entries;
    for (CfgReason reason : kOrder) {
      frontier_ = context.entering[static_cast<size_t>(reason)];
      reason_ = reason;
      if (frontier_.empty()) continue;
      if (reason != CfgReason::Exception) Step(CfgPart::Finally, context.cleanup);
      entries.insert(entries.end(), frontier_.begin(), frontier_.end());
    }
    frontier_ = std::move(entries);
    reason_ = CfgReason::Any;
    Step(CfgPart::Finally, context.cleanup);
    RunCleanup(context);
    if (!frontier_.empty()) {
      const uint32_t end = Step(CfgPart::FinallyEnd, context.cleanup);
      for (CfgReason reason : kOrder) {
        if (context.entering[static_cast<size_t>(reason)].empty()) continue;
        Become(end, CfgEdgeKind::Next);
        // What the edges at the end are called tells the reasons apart, whatever comes next.
        if (reason == CfgReason::Normal) Step(CfgPart::Join, context.cleanup);
        Onward(context, reason, normal_end);
      }
    }
    reason_ = outer;
  }
  frontier_ = std::move(normal_end);
}

// The frontier enters for one reason.
void CfgBuilder::CopyCleanup(const Context& context, CfgReason reason, Frontier& normal_end) {
  const CfgReason outer = reason_;
  reason_ = reason;
  // That of exceptions has its entry already.
  if (IsFinally(context) && reason != CfgReason::Exception) {
    Step(CfgPart::Finally, context.cleanup);
  }
  RunCleanup(context);
  reason_ = outer;
  Onward(context, reason, normal_end);
}

void CfgBuilder::RunCleanup(const Context& context) {
  const NodeId id = context.cleanup;
  switch (tree_.kind(id)) {
    case NodeKind::ExceptHandler: {
      const uint32_t node = Step(CfgPart::HandlerEnd, id);
      const Resolution resolution = scopes_.Resolve(scope_, ExceptHandlerView(tree_, id).name());
      if (resolution.scope == scope_) {
        clears_.push_back(resolution.slot);
        unbinds_.push_back(resolution.slot);
      }
      if (!binds_locals_) Raises(node);
      return;
    }
    case NodeKind::With:
    case NodeKind::AsyncWith: {
      const NodeList items(tree_.List(tree_.Word(id, 0)));
      const NodeId expression = withitemView(tree_, items[context.item]).context_expr();
      const uint32_t node = Step(CfgPart::WithExit, id, expression);
      out_.nodes_[node].suspends = tree_.kind(id) == NodeKind::AsyncWith;
      Raises(node);
      return;
    }
    default:
      ++finally_depth_;
      Block(NodeList(tree_.List(tree_.Word(id, field_index::Try::finalbody))));
      --finally_depth_;
      return;
  }
}

// Edges that say which way a branch went cannot say why control leaves as well.
void CfgBuilder::KeepLabels(const Context& context) {
  for (const Loose& loose : frontier_) {
    if (loose.kind == CfgEdgeKind::Next) continue;
    Step(CfgPart::Join, context.cleanup);
    return;
  }
}

// After a cleanup control goes on to where it was heading.
void CfgBuilder::Onward(const Context& context, CfgReason reason, Frontier& normal_end) {
  const NodeKind kind = tree_.kind(context.cleanup);
  const bool is_with = kind == NodeKind::With || kind == NodeKind::AsyncWith;
  switch (reason) {
    case CfgReason::Normal:
      normal_end.insert(normal_end.end(), frontier_.begin(), frontier_.end());
      break;
    case CfgReason::Exception:
      KeepLabels(context);
      for (const Loose& loose : frontier_) {
        if (is_with) normal_end.push_back({loose.from, CfgEdgeKind::Swallowed});
        Edge(loose.from, raise_target_, CfgEdgeKind::Reraise);
      }
      break;
    default:
      KeepLabels(context);
      return Leave(reason);
  }
  frontier_.clear();
}

}  // namespace unspool::semantics
