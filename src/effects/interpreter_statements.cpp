// Statements: control flow over abstract states.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {
// Local states are joined until they no longer grow; each variable can only grow a few times.
constexpr int kMaxPasses = 40;
}  // namespace

void Interpreter::Block(NodeList statements) {
  for (NodeId statement : statements) {
    if (!frame_->state.reachable) return;
    Statement(statement);
  }
}

// Any statement may raise half-way: its handlers may start from the state before it and after it.
void Interpreter::NoteHandlerState() {
  if (!frame_->state.reachable) return;
  for (State* handler : frame_->handlers) {
    handler->Join(frame_->state);
    handler->not_none.clear();  // may end in the middle of a statement
  }
}

// A statement may bind a variable several times, and raise in between.
void Interpreter::NoteHandlerValue(uint32_t slot) {
  if (!frame_->state.reachable) return;
  for (State* handler : frame_->handlers) {
    if (!handler->reachable) continue;
    Value joined = handler->slots[slot];
    Value incoming = frame_->state.slots[slot];
    if (joined.empty() || incoming.empty()) incoming.set_maybe_unbound(true);
    if (joined.Join(incoming)) handler->slots.Edit(slot) = std::move(joined);
  }
}

void Interpreter::Statement(NodeId id) {
  NoteHandlerState();
  switch (tree_.kind(id)) {
    case NodeKind::Expr:
      Eval(ExprView(tree_, id).value());
      break;
    case NodeKind::Assign: {
      AssignView assign(tree_, id);
      Value value = Eval(assign.value());
      for (NodeId target : assign.targets()) Assign(target, value);
      break;
    }
    case NodeKind::AnnAssign: {
      AnnAssignView assign(tree_, id);
      if (assign.value()) Assign(assign.target(), Eval(assign.value()));
      if (!scopes_[scopes_.ScopeAt(id)].is_function_like()) Annotation(assign.annotation());
      break;
    }
    case NodeKind::AugAssign:
      AugmentedAssign(id);
      break;
    case NodeKind::Return: {
      ReturnView statement(tree_, id);
      Value value = statement.value() ? Eval(statement.value()) : Value::OfScalar(kNone);
      if (frame_->state.reachable) frame_->result.Join(value);
      frame_->state.reachable = false;
      break;
    }
    case NodeKind::If:
      return If(id);
    case NodeKind::For: {
      ForView loop(tree_, id);
      return For(id, loop.iter(), loop.target(), loop.body(), loop.orelse());
    }
    case NodeKind::While:
      return While(id);
    case NodeKind::Try:
    case NodeKind::TryStar:
      return Try(id);
    case NodeKind::With:
      return With(id);
    case NodeKind::Match:
      return Match(id);
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
      FunctionDefinition(id);
      break;
    case NodeKind::ClassDef:
      ClassDefinition(id);
      break;
    case NodeKind::Import:
      Import(id);
      break;
    case NodeKind::ImportFrom:
      ImportFrom(id);
      break;
    case NodeKind::Raise: {
      RaiseView raise(tree_, id);
      if (raise.exc()) {
        Value exception = Eval(raise.exc());
        // `raise ValueError` creates the instance.
        for (const Ref& ref : exception.refs()) {
          if (facts_.heap_[ref.object].kind == ObjectKind::Class) CallObject(id, ref, {});
        }
      }
      if (raise.cause()) {
        Value cause = Eval(raise.cause());
        for (const Ref& ref : cause.refs()) {
          if (facts_.heap_[ref.object].kind == ObjectKind::Class) CallObject(id, ref, {});
        }
      }
      if (!raise.exc()) RaiseAgain(id);
      NoteHandlerState();
      frame_->state.reachable = false;
      break;
    }
    case NodeKind::Assert: {
      AssertView assertion(tree_, id);
      CheckTruth(assertion.test(), Eval(assertion.test()));
      Refine(assertion.test(), true);
      if (assertion.msg()) {
        State before = frame_->state;
        Eval(assertion.msg());
        frame_->state = before;
      }
      break;
    }
    case NodeKind::Delete:
      for (NodeId target : DeleteView(tree_, id).targets()) Delete(target);
      break;
    case NodeKind::Break:
      if (!frame_->loops.empty()) frame_->loops.back().breaks->Join(frame_->state);
      frame_->state.reachable = false;
      break;
    case NodeKind::Continue:
      if (!frame_->loops.empty()) frame_->loops.back().continues->Join(frame_->state);
      frame_->state.reachable = false;
      break;
    case NodeKind::Pass:
    case NodeKind::Global:
    case NodeKind::Nonlocal:
      break;
    case NodeKind::AsyncFor:
    case NodeKind::AsyncWith:
    case NodeKind::TypeAlias:
    case NodeKind::Opaque:
    case NodeKind::Invalid:
    default: {
      NoteAnything(id, MakeCause(CauseCode::Unsupported, id,
                                 fmt::format("`{}` is not modelled", Excerpt(id))));
      // What it may bind is not known either.
      std::vector<NodeId> stack = {id};
      while (!stack.empty()) {
        NodeId node = stack.back();
        stack.pop_back();
        if (tree_.kind(node) == NodeKind::Name && tree_.context(node) != ExprContext::Load) {
          AssignName(node, NameView(tree_, node).id(),
                     UnknownAt(id, CauseCode::Unsupported,
                               fmt::format("`{}` is not modelled", Excerpt(id))));
        }
        ForEachChild(tree_, node, [&](NodeId child) { stack.push_back(child); });
      }
      break;
    }
  }
  NoteHandlerState();
}

void Interpreter::If(NodeId id) {
  // A chain of elif is walked in a loop: its length is in the user's hands.
  State ends;
  ends.reachable = false;
  while (true) {
    IfView branch(tree_, id);
    CheckTruth(branch.test(), Eval(branch.test()));
    if (!frame_->state.reachable) break;
    State before = frame_->state;
    std::optional<bool> known = Refine(branch.test(), true);
    if (known && !*known) frame_->state.reachable = false;
    Block(branch.body());
    ends.Join(frame_->state);
    frame_->state = std::move(before);
    known = Refine(branch.test(), false);
    if (known && *known) {
      frame_->state.reachable = false;
      break;
    }
    NodeList orelse = branch.orelse();
    if (orelse.size() == 1 && tree_.kind(orelse[0]) == NodeKind::If) {
      id = orelse[0];
      continue;
    }
    Block(orelse);
    break;
  }
  frame_->state.Join(ends);
}

// At the end of an iteration: what was allocated in it belongs to an earlier one from now on, and
// what stood for its item no longer does.
// `before` is settled in this way, and with it what the state shares with it.
void Interpreter::Clamp(State& state, const State& before, int depth, NodeId loop) {
  state.slots.ForEachDifferent(before.slots, [&](uint32_t slot) {
    const Value& value = state.slots[slot];
    const bool item = value.term() && value.term().loop == loop;
    const bool deeper =
        std::ranges::any_of(value.refs(), [&](const Ref& ref) { return ref.age >= depth; });
    if (!item && !deeper) return;
    Value& clamped = state.slots.Edit(slot);
    if (item) clamped.set_term({});
    clamped = clamped.MapRefs([&](Ref ref) {
      if (ref.age < depth) return ref;
      return Ref{ref.object, static_cast<Age>(depth - 1), ref.exact};
    });
  });
}

void Interpreter::LoopToFixpoint(NodeId loop, const Value& iterable,
                                 const std::function<void(LoopFacts&)>& body) {
  int depth = ++frame_->depth;
  LoopFacts& facts = facts_.loops_[{loop, frame_->context}];
  facts.loop = loop;
  facts.context = frame_->context;
  facts.depth = depth;
  facts.reached |= frame_->state.reachable;
  Grow(facts.iterable, iterable);
  State breaks, continues;
  breaks.reachable = false;
  frame_->loops.push_back({&facts, depth, &breaks, &continues});
  State head = frame_->state;
  // A handler starts from states inside of loops that have ended.
  Clamp(head, State(), depth, loop);
  for (int pass = 0; pass < kMaxPasses; ++pass) {
    continues.reachable = false;
    frame_->state = head;
    body(facts);
    frame_->state.Join(continues);
    Clamp(frame_->state, head, depth, loop);
    if (!head.Join(frame_->state)) break;
    if (pass == kMaxPasses - 1) {
      NoteAnything(loop, MakeCause(CauseCode::Limit, loop,
                                   "the values in this loop did not settle within the bound"));
    }
  }
  Clamp(breaks, head, depth, loop);
  frame_->loops.pop_back();
  frame_->depth = depth - 1;
  frame_->state = std::move(head);
  // The caller runs `else` from here, and then adds what left by break.
  if (breaks.reachable)
    pending_breaks_.push_back(std::move(breaks));
  else
    pending_breaks_.emplace_back(), pending_breaks_.back().reachable = false;
}

void Interpreter::For(NodeId id, NodeId iter, NodeId target, NodeList body, NodeList orelse) {
  const Opened opened = Open(id, iter);
  NoteDrawnFrom(iter, opened.iterator);
  LoopToFixpoint(id, opened.iterable, [&](LoopFacts& facts) {
    BindItem(id, opened, target, facts);
    Block(body);
  });
  State breaks = std::move(pending_breaks_.back());
  pending_breaks_.pop_back();
  Block(orelse);
  frame_->state.Join(breaks);
  NoteHandlerState();
}

// What a loop's header draws from is no effect of that loop's own iterations, but it is one of all
// that stands around the loop: it advances the iterator, and sees the order of a set.
void Interpreter::NoteDrawnFrom(NodeId id, const Value& iterable) {
  for (const Ref& ref : iterable.refs()) {
    const Object& object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
        NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
        break;
      case ObjectKind::Iterator:
        NoteContent(id, ref, WriteHow::Draw);
        if (frame_->stepping.insert(ref.object).second) {
          NoteDrawnFrom(id, Load(object.keys, ref));
          frame_->stepping.erase(ref.object);
        }
        break;
      case ObjectKind::Generator:
        NoteContent(id, ref, WriteHow::Draw);
        break;
      case ObjectKind::Library: {
        const knowledge::ClassFact* fact = knowledge_.FindClass(Text(object.name));
        if (fact && fact->is_iterator) NoteContent(id, ref, WriteHow::Draw);
        break;
      }
      default:
        break;
    }
  }
}

// Draws the next item and binds the target to it.
void Interpreter::BindItem(NodeId loop, const Opened& opened, NodeId target, LoopFacts& facts) {
  const Value& iterable = opened.iterator;
  Grow(facts.iterator, iterable);
  for (const auto& [key, site] : opened.header) changed_ |= facts.header.Add(key, site);
  for (const auto& [key, site] : opened.opening) changed_ |= facts.opening.Add(key, site);
  facts.older_iterators.insert(opened.older.begin(), opened.older.end());
  Value item = Iterate(loop, iterable, true);
  if (item.empty()) frame_->state.reachable = false;
  NodeId indexed = target;
  if (const Ref* ref = iterable.single()) {
    const Object& object = facts_.heap_[ref->object];
    if (object.kind == ObjectKind::Range && object.counts_up) item.set_term({loop});
    bool enumerates = object.kind == ObjectKind::Iterator && object.counts_up;
    if (enumerates && tree_.kind(target) == NodeKind::Tuple) {
      indexed = TupleView(tree_, target).elts()[0];
    }
    Grow(facts.item, item);
    Assign(target, item);
    if (enumerates && tree_.kind(indexed) == NodeKind::Name && indexed != target) {
      auto resolution = scopes_.Resolve(scopes_.ScopeAt(indexed), NameView(tree_, indexed).id());
      if (resolution.kind != semantics::NameKind::Implicit) {
        auto slot = SlotOf(resolution.scope, resolution.slot);
        if (slot) frame_->state.slots.Edit(*slot).set_term({loop});
      }
    }
    if (BindsNothing(target)) frame_->state.reachable = false;
    return;
  }
  Grow(facts.item, item);
  Assign(target, item);
  if (BindsNothing(target)) frame_->state.reachable = false;
}

// Whether some name of the target got no value at all: the items are tuples with a part that is
// drawn from an empty container, so there is no item.
bool Interpreter::BindsNothing(NodeId target) {
  switch (tree_.kind(target)) {
    case NodeKind::Name: {
      auto resolution = scopes_.Resolve(scopes_.ScopeAt(target), NameView(tree_, target).id());
      if (resolution.kind == semantics::NameKind::Implicit) return false;
      auto slot = SlotOf(resolution.scope, resolution.slot);
      return slot && frame_->state.slots[*slot].empty();
    }
    case NodeKind::Tuple:
    case NodeKind::List:
      for (NodeId element : NodeList(tree_.List(tree_.Word(target, 0)))) {
        if (BindsNothing(element)) return true;
      }
      return false;
    default:
      return false;
  }
}

void Interpreter::While(NodeId id) {
  WhileView loop(tree_, id);
  State exhausted;
  exhausted.reachable = false;
  LoopToFixpoint(id, Value(), [&](LoopFacts&) {
    CheckTruth(loop.test(), Eval(loop.test()));
    State before = frame_->state;
    std::optional<bool> known = Refine(loop.test(), false);
    if (!known || !*known) exhausted.Join(frame_->state);
    frame_->state = std::move(before);
    known = Refine(loop.test(), true);
    if (known && !*known) frame_->state.reachable = false;
    Block(loop.body());
  });
  State breaks = std::move(pending_breaks_.back());
  pending_breaks_.pop_back();
  frame_->state = std::move(exhausted);
  Clamp(frame_->state, State(), frame_->depth + 1, id);
  Block(loop.orelse());
  frame_->state.Join(breaks);
  NoteHandlerState();
}

void Interpreter::Try(NodeId id) {
  auto field = [&](uint32_t index) { return NodeList(tree_.List(tree_.Word(id, index))); };
  NodeList body = field(0), handlers = field(1), orelse = field(2), finalbody = field(3);
  State raised = frame_->state;
  State anywhere = frame_->state;  // what `finally` may start from
  Jumps jumps;
  if (!finalbody.empty()) {
    frame_->handlers.push_back(&anywhere);
    HoldJumps(jumps);
  }
  frame_->handlers.push_back(&raised);
  Block(body);
  NoteHandlerState();
  frame_->handlers.pop_back();
  Block(orelse);
  State ends = frame_->state;
  for (NodeId handler_id : handlers) {
    ExceptHandlerView handler(tree_, handler_id);
    frame_->state = raised;
    if (handler.type()) Eval(handler.type());
    if (handler.name()) {
      // Of the program's own classes the methods are the program's: which instance it is, and what
      // it holds, is not followed.
      Value exception;
      bool own = false;
      if (handler.type()) {
        for (const Ref& ref : facts_.ValueOf(handler.type()).refs()) {
          own |= facts_.heap_[ref.object].kind == ObjectKind::Class;
          for (const Ref& part : ContentOf(ref).refs()) {
            own |= facts_.heap_[part.object].kind == ObjectKind::Class;
          }
        }
        own |= facts_.ValueOf(handler.type()).is_unknown();
      }
      if (own) {
        exception = UnknownAt(handler_id, CauseCode::Unsupported,
                              "an exception of the program's own class");
      } else if (program_exceptions_) {
        exception = UnknownAt(handler_id, CauseCode::Unsupported,
                              "an exception that may be of the program's own class");
      } else {
        exception = Allocate(handler_id, ObjectKind::Exception);
      }
      AssignName(handler_id, handler.name(), exception);
    }
    Block(handler.body());
    ends.Join(frame_->state);
  }
  frame_->state = std::move(ends);
  if (finalbody.empty()) return;
  frame_->handlers.pop_back();
  // The block runs after normal ends, and after exceptions and early exits, which then go on from
  // where it ends.
  bool goes_on = frame_->state.reachable;
  frame_->state.Join(anywhere);
  ReleaseJumps(jumps);
  frame_->state.Join(jumps.breaks);
  frame_->state.Join(jumps.continues);
  Block(finalbody);
  GoOnJumping(jumps);
  if (!goes_on) frame_->state.reachable = false;
}

// `break` and `continue` within `try` and `with` leave through what stands at their ends.
void Interpreter::HoldJumps(Jumps& jumps) {
  jumps.breaks.reachable = jumps.continues.reachable = false;
  if (frame_->loops.empty()) return;
  LoopEntry& loop = frame_->loops.back();
  jumps.outer_breaks = std::exchange(loop.breaks, &jumps.breaks);
  jumps.outer_continues = std::exchange(loop.continues, &jumps.continues);
}

void Interpreter::ReleaseJumps(const Jumps& jumps) {
  if (frame_->loops.empty()) return;
  frame_->loops.back().breaks = jumps.outer_breaks;
  frame_->loops.back().continues = jumps.outer_continues;
}

void Interpreter::GoOnJumping(const Jumps& jumps) {
  if (jumps.breaks.reachable) jumps.outer_breaks->Join(frame_->state);
  if (jumps.continues.reachable) jumps.outer_continues->Join(frame_->state);
}

void Interpreter::With(NodeId id) {
  WithView statement(tree_, id);
  State raised = frame_->state;
  std::vector<Value> managers;
  for (NodeId item_id : statement.items()) {
    withitemView item(tree_, item_id);
    Value manager = Eval(item.context_expr());
    Value entered = CallMethod(item_id, manager, Sym("__enter__"), {});
    managers.push_back(manager);
    if (item.optional_vars()) Assign(item.optional_vars(), entered);
  }
  frame_->handlers.push_back(&raised);
  Jumps jumps;
  HoldJumps(jumps);
  Block(statement.body());
  ReleaseJumps(jumps);
  NoteHandlerState();
  frame_->handlers.pop_back();
  // What leaves early has been through `__exit__` as well, which binds no variable.
  for (State* left : {&jumps.breaks, &jumps.continues}) left->not_none.clear();
  if (jumps.breaks.reachable) jumps.outer_breaks->Join(jumps.breaks);
  if (jumps.continues.reachable) jumps.outer_continues->Join(jumps.continues);
  bool swallows = false;
  bool goes_on = frame_->state.reachable;
  for (size_t index = managers.size(); index-- > 0;) {
    Value none = Value::OfScalar(kNone);
    State before = frame_->state;
    frame_->state.Join(raised);
    // With None, or with whatever exception the body may raise.
    CallArguments arguments;
    Value kind = none, raised_value = none, trace = none;
    kind.Join(Value::OfObject(ObjectFor(statement.items()[index], ObjectKind::Opaque, Sym("type")),
                              static_cast<Age>(frame_->depth)));
    raised_value.Join(Value::OfObject(
        ObjectFor(statement.items()[index], ObjectKind::Exception, Sym("Exception")),
        static_cast<Age>(frame_->depth)));
    trace.Join(
        Value::OfObject(ObjectFor(statement.items()[index], ObjectKind::Opaque, Sym("traceback")),
                        static_cast<Age>(frame_->depth)));
    arguments.positional = {kind, raised_value, trace};
    Value result =
        CallMethod(statement.items()[index], managers[index], Sym("__exit__"), arguments);
    if (!goes_on) frame_->state = before;
    swallows |= !result.only(kNone);
  }
  if (swallows) frame_->state.Join(raised);
  NoteHandlerState();
}

void Interpreter::Match(NodeId id) {
  MatchView match(tree_, id);
  Value subject = Eval(match.subject());
  State ends;
  ends.reachable = false;
  if (!IsPlain(subject)) {
    NoteAnything(id, MakeCause(CauseCode::Unsupported, id,
                               fmt::format("matching `{}`, whose classes are not all built in",
                                           Excerpt(match.subject()))));
  }
  for (NodeId case_id : match.cases()) {
    match_caseView match_case(tree_, case_id);
    State before = frame_->state;
    BindPattern(match_case.pattern(), subject);
    if (match_case.guard()) {
      CheckTruth(match_case.guard(), Eval(match_case.guard()));
      // Where the guard fails, the names stay bound.
      before.Join(frame_->state);
    }
    Block(match_case.body());
    ends.Join(frame_->state);
    frame_->state = std::move(before);
  }
  frame_->state.Join(ends);
}

// Names in a pattern get the subject, or anything found inside it.
void Interpreter::BindPattern(NodeId pattern, const Value& subject) {
  Value inside = subject;
  for (int depth = 0; depth < 3; ++depth) {
    Value next = inside;
    for (const Ref& ref : inside.refs()) {
      next.Join(ContentOf(ref));
      next.Join(Load(facts_.heap_[ref.object].keys, ref));
      NoteContent(pattern, ref, WriteHow::NotAWrite);
    }
    if (!inside.Join(next)) break;
  }
  std::vector<NodeId> stack = {pattern};
  while (!stack.empty()) {
    NodeId id = stack.back();
    stack.pop_back();
    NameId name;
    if (tree_.kind(id) == NodeKind::MatchAs) name = MatchAsView(tree_, id).name();
    if (tree_.kind(id) == NodeKind::MatchStar) name = MatchStarView(tree_, id).name();
    if (tree_.kind(id) == NodeKind::MatchMapping) name = MatchMappingView(tree_, id).rest();
    if (tree_.kind(id) == NodeKind::MatchValue) {
      Value value = Eval(MatchValueView(tree_, id).value());
      if (!value.empty()) Compare(id, Operator::Eq, inside, value);
    }
    if (name) {
      bool collects = tree_.kind(id) != NodeKind::MatchAs;
      Value value = inside;
      if (collects) {
        value = Allocate(
            id, tree_.kind(id) == NodeKind::MatchStar ? ObjectKind::List : ObjectKind::Dict);
        StoreContent(value.refs()[0], inside);
        StoreKeys(value.refs()[0], inside);
      }
      AssignName(id, name, value);
    }
    ForEachChild(tree_, id, [&](NodeId child) {
      if (InfoOf(tree_.kind(child)).category == Category::Part) stack.push_back(child);
    });
  }
}

void Interpreter::AugmentedAssign(NodeId id) {
  AugAssignView assign(tree_, id);
  NodeId target = assign.target();
  Value before, object, key;
  switch (tree_.kind(target)) {
    case NodeKind::Name:
      before = ReadName(target, NameView(tree_, target).id());
      break;
    case NodeKind::Attribute:
      object = Eval(AttributeView(tree_, target).value());
      before =
          GetAttribute(target, object, PrivateSym(target, AttributeView(tree_, target).attr()));
      break;
    case NodeKind::Subscript:
      object = Eval(SubscriptView(tree_, target).value());
      key = Eval(SubscriptView(tree_, target).slice());
      before = GetItem(target, object, key);
      break;
    default:
      return;
  }
  Value operand = Eval(assign.value());
  Value after = InPlace(id, assign.op(), before, operand);
  switch (tree_.kind(target)) {
    case NodeKind::Name:
      Grow(facts_.values_[target], after);
      return AssignName(target, NameView(tree_, target).id(), after);
    case NodeKind::Attribute:
      return SetAttribute(target, object, PrivateSym(target, AttributeView(tree_, target).attr()),
                          after);
    default:
      return AssignItem(target, object, key, after);
  }
}

// A `raise` alone outside any handler of its function raises what a caller is handling, which is
// nothing in a worker.
void Interpreter::RaiseAgain(NodeId id) {
  for (NodeId node = parents_[id]; node; node = parents_[node]) {
    NodeKind kind = tree_.kind(node);
    if (kind == NodeKind::ExceptHandler) return;
    if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef) break;
  }
  UnknownOperation(id, Value(), "raising what is handled elsewhere");
}

}  // namespace unspool::effects
