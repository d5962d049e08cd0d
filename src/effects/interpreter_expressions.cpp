// Expressions.
#include "effects/interpreter.h"

#include <charconv>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {
// Deeper nesting than any code written by people; keeps the machine's stack safe.
constexpr int kMaxExpressionDepth = 400;
}  // namespace

Value Interpreter::Eval(NodeId id) {
  if (expression_depth_ >= kMaxExpressionDepth) {
    Value value = UnknownAt(id, CauseCode::Limit, "expression nested too deeply");
    NoteAnything(id, value.cause());
    return value;
  }
  ++expression_depth_;
  Value value = EvalRaw(id);
  --expression_depth_;
  if (frame_->state.reachable) facts_.values_[id].Join(value);
  return value;
}

Value Interpreter::EvalRaw(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::Constant: {
      const auto& constant = tree_.constant(ConstantView(tree_, id).value());
      switch (constant.kind) {
        case ConstantKind::None:
          return Value::OfScalar(kNone);
        case ConstantKind::True:
          return Value::OfBool(true);
        case ConstantKind::False:
          return Value::OfBool(false);
        case ConstantKind::Ellipsis:
          return Value::OfScalar(kEllipsis);
        case ConstantKind::Float:
          return Value::OfScalar(kFloat);
        case ConstantKind::Imag:
          return Value::OfScalar(kComplex);
        case ConstantKind::Bytes:
          return Value::OfScalar(kBytes);
        case ConstantKind::Str:
          return Value::OfText(Sym(tree_.ConstantText(constant)));
        case ConstantKind::Int: {
          std::string_view text = tree_.ConstantText(constant);
          int64_t number = 0;
          auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
          if (error == std::errc() && end == text.data() + text.size()) return Value::OfInt(number);
          return Value::OfScalar(kInt);
        }
      }
      return Value();
    }
    case NodeKind::Name:
      return ReadName(id, NameView(tree_, id).id());
    case NodeKind::NamedExpr: {
      NamedExprView named(tree_, id);
      Value value = Eval(named.value());
      Assign(named.target(), value);
      return value;
    }
    case NodeKind::BinOp: {
      BinOpView op(tree_, id);
      Value left = Eval(op.left());
      Value right = Eval(op.right());
      return Binary(id, op.op(), left, right);
    }
    case NodeKind::UnaryOp: {
      UnaryOpView op(tree_, id);
      return Unary(id, op.op(), Eval(op.operand()));
    }
    case NodeKind::BoolOp:
      return EvalBoolOp(id);
    case NodeKind::Compare:
      return EvalCompare(id);
    case NodeKind::IfExp: {
      IfExpView conditional(tree_, id);
      CheckTruth(conditional.test(), Eval(conditional.test()));
      State before = frame_->state;
      Value value;
      std::optional<bool> known = Refine(conditional.test(), true);
      if (!known || *known) value = Eval(conditional.body());
      State after = std::move(frame_->state);
      if (known && !*known) after.reachable = false;
      frame_->state = std::move(before);
      known = Refine(conditional.test(), false);
      if (!known || !*known) {
        value.Join(Eval(conditional.orelse()));
        frame_->state.Join(after);
      } else {
        frame_->state = std::move(after);
      }
      return value;
    }
    case NodeKind::Call:
      return EvalCall(id);
    case NodeKind::Attribute: {
      AttributeView attribute(tree_, id);
      // `type(error).__name__`: a text, whatever the class is; asking for it does nothing.
      std::string_view wanted = tree_.Name(attribute.attr());
      if ((wanted == "__name__" || wanted == "__qualname__") &&
          tree_.kind(attribute.value()) == NodeKind::Call && !tree_.names().Find("metaclass")) {
        CallView call(tree_, attribute.value());
        bool plain = call.args().size() == 1 && call.keywords().empty() &&
                     tree_.kind(call.args()[0]) != NodeKind::Starred &&
                     tree_.kind(call.func()) == NodeKind::Name;
        const Value callee = plain ? Eval(call.func()) : Value();
        const Ref* function = callee.single();
        if (function && facts_.heap_[function->object].kind == ObjectKind::Builtin &&
            Text(facts_.heap_[function->object].name) == "type") {
          if (Missing(id, Eval(call.args()[0]))) return Value();
          return Value::OfScalar(kStr);
        }
      }
      Value value = GetAttribute(id, Eval(attribute.value()), PrivateSym(id, attribute.attr()));
      if (auto known = RefinableAttribute(id); known && frame_->state.not_none.contains(*known)) {
        Value rest = value.WithoutScalars(kNone);
        if (!rest.empty()) return rest;
      }
      return value;
    }
    case NodeKind::Subscript: {
      SubscriptView subscript(tree_, id);
      Value object = Eval(subscript.value());
      return GetItem(id, object, Eval(subscript.slice()));
    }
    case NodeKind::Slice: {
      SliceView slice(tree_, id);
      for (NodeId part : {slice.lower(), slice.upper(), slice.step()}) {
        if (!part) continue;
        Value value = Eval(part);
        if (!value.only(kInt | kBool | kNone)) UnknownOperation(part, value, "slicing");
      }
      return Allocate(id, ObjectKind::Slice);
    }
    case NodeKind::List:
    case NodeKind::Set: {
      bool set = tree_.kind(id) == NodeKind::Set;
      Value value = Allocate(id, set ? ObjectKind::Set : ObjectKind::List);
      for (NodeId element : NodeList(tree_.List(tree_.Word(id, 0)))) {
        Value item = tree_.kind(element) == NodeKind::Starred
                         ? Exhaust(element, Eval(StarredView(tree_, element).value()))
                         : Eval(element);
        StoreContent(value.refs()[0], item);
        if (set) CheckKey(element, value.refs()[0], item);
      }
      return value;
    }
    case NodeKind::Tuple: {
      NodeList elements = TupleView(tree_, id).elts();
      bool starred = false;
      for (NodeId element : elements) starred |= tree_.kind(element) == NodeKind::Starred;
      Value value = Allocate(id, ObjectKind::Tuple);
      Ref ref = value.refs()[0];
      if (starred || elements.size() > 32) {
        for (NodeId element : elements) {
          StoreContent(ref, tree_.kind(element) == NodeKind::Starred
                                ? Exhaust(element, Eval(StarredView(tree_, element).value()))
                                : Eval(element));
        }
        return value;
      }
      std::vector<Value> items;
      for (NodeId element : elements) items.push_back(Eval(element));
      return MakeTuple(id, ref, items);
    }
    case NodeKind::Dict: {
      DictView dict(tree_, id);
      Value value = Allocate(id, ObjectKind::Dict);
      Ref ref = value.refs()[0];
      for (size_t index = 0; index < dict.values().size(); ++index) {
        NodeId key = dict.keys()[index];
        if (!key) {  // **other
          Value other = Eval(dict.values()[index]);
          StoreKeys(ref, Exhaust(id, other));
          for (const Ref& source : other.refs()) {
            if (facts_.heap_[source.object].kind == ObjectKind::Dict) {
              CopyEntries(source, ref);
            } else {
              StoreContent(ref, UnknownOperation(id, other, "unpacking"));
            }
          }
          continue;
        }
        Value key_value = Eval(key);
        StoreEntry(ref, key_value, Eval(dict.values()[index]));
        CheckKey(key, ref, key_value);
      }
      return value;
    }
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::DictComp:
    case NodeKind::GeneratorExp:
      return EvalComprehension(id);
    case NodeKind::Lambda:
      return MakeFunction(id, LambdaView(tree_, id).args());
    case NodeKind::JoinedStr:
      for (NodeId part : JoinedStrView(tree_, id).values()) Eval(part);
      return Value::OfScalar(kStr);
    case NodeKind::FormattedValue: {
      FormattedValueView formatted(tree_, id);
      TextUse use = formatted.conversion() == 'r' || formatted.conversion() == 'a' ? TextUse::Repr
                    : formatted.conversion() == 's'                                ? TextUse::Str
                                                    : TextUse::Format;
      CheckText(id, Eval(formatted.value()), use);
      if (formatted.format_spec()) Eval(formatted.format_spec());
      return Value::OfScalar(kStr);
    }
    case NodeKind::Yield: {
      YieldView yield(tree_, id);
      Value value = yield.value() ? Eval(yield.value()) : Value::OfScalar(kNone);
      frame_->yielded.Join(value);
      for (ObjectId object : Reachable(value)) frame_->yielded_objects.insert(object);
      frame_->state.not_none.clear();
      // What send() passes in; only next() and iteration are modelled, which send None.
      return Value::OfScalar(kNone);
    }
    case NodeKind::YieldFrom: {
      Value source = Eval(YieldFromView(tree_, id).value());
      Value value = Exhaust(id, source);
      frame_->yielded.Join(value);
      for (ObjectId object : Reachable(value)) frame_->yielded_objects.insert(object);
      frame_->state.not_none.clear();
      return ReturnedBy(id, source);
    }
    case NodeKind::Starred:
      return Eval(StarredView(tree_, id).value());
    default: {
      Value value =
          UnknownAt(id, CauseCode::Unsupported, fmt::format("`{}` is not modelled", Excerpt(id)));
      NoteAnything(id, value.cause());
      return value;
    }
  }
}

// Positions are kept as long as one site makes tuples of one length.
Value Interpreter::MakeTuple(NodeId id, const Ref& ref, const std::vector<Value>& items) {
  {
    Object& object = facts_.heap_[ref.object];
    if (object.items.empty() && object.content.empty() && !object.positional) {
      object.positional = true;
      object.items.resize(items.size());
    }
    if (!object.positional || object.items.size() != items.size()) {
      object.positional = false;
      changed_ |= !object.items.empty();
      for (const Value& item : object.items) Grow(object.content, item);
      object.items.clear();
    }
  }
  for (size_t index = 0; index < items.size(); ++index) {
    Object& object = facts_.heap_[ref.object];
    Store(object.positional ? object.items[index] : object.content, items[index], ref);
  }
  return Value::OfObject(ref.object, ref.age, ref.exact);
}

Value Interpreter::EvalComprehension(NodeId id) {
  NodeKind kind = tree_.kind(id);
  NodeList generators(tree_.List(tree_.Word(id, kind == NodeKind::DictComp ? 2 : 1)));
  ObjectKind result_kind = kind == NodeKind::ListComp   ? ObjectKind::List
                           : kind == NodeKind::SetComp  ? ObjectKind::Set
                           : kind == NodeKind::DictComp ? ObjectKind::Dict
                                                        : ObjectKind::Iterator;
  Value result = Allocate(id, result_kind);
  Ref ref = result.refs()[0];
  RunGenerators(generators, 0, [&] {
    if (kind == NodeKind::DictComp) {
      DictCompView comp(tree_, id);
      if (!comp.value()) {
        StoreContent(ref, UnknownOperation(id, Value(), "unpacking in a comprehension"));
        return;
      }
      Value key = Eval(comp.key());
      Value value = Eval(comp.value());
      StoreEntry(ref, key, value);
      CheckKey(comp.key(), ref, key);
      return;
    }
    NodeId element(tree_.Word(id, 0));
    Value value = tree_.kind(element) == NodeKind::Starred
                      ? Exhaust(element, Eval(StarredView(tree_, element).value()))
                      : Eval(element);
    StoreContent(ref, value);
    if (kind == NodeKind::SetComp) CheckKey(element, ref, value);
  });
  if (kind == NodeKind::GeneratorExp) {
    Value iterable = facts_.ValueOf(comprehensionView(tree_, generators[0]).iter());
    if (!IsConsumedAtOnce(id) && !MayRunLater(id, generators, iterable)) {
      Value value = UnknownAt(id, CauseCode::Unsupported,
                              "a generator expression that runs later than where it stands");
      NoteAnything(id, value.cause());
      return value;
    }
    StoreKeys(ref, iterable);
  }
  return result;
}

// Whether a generator expression gives the same whenever it runs: it changes nothing, reads nothing
// that may change but its iterable (which is read when it is advanced), and its variables are bound
// once.
bool Interpreter::MayRunLater(NodeId id, NodeList generators, const Value& iterable) const {
  auto facts = facts_.loops_.find({generators[0], frame_->context});
  if (facts == facts_.loops_.end()) return false;
  for (const auto& [key, site] : facts->second.effects) {
    bool reads_iterable = false;
    for (const Ref& ref : iterable.refs()) reads_iterable |= key.place.object == ref.object;
    bool harmless =
        key.how == WriteHow::NotAWrite && key.place.kind == PlaceKind::Content && reads_iterable;
    if (!harmless) return false;
  }
  NodeId first = id;
  while (tree_.begin(first) >= tree_.begin(id) && first.value() > 0) {
    NodeId before(first.value() - 1);
    if (tree_.begin(before) < tree_.begin(id)) break;
    first = before;
  }
  for (uint32_t index = first.value(); index < id.value(); ++index) {
    NodeId node(index);
    if (tree_.kind(node) != NodeKind::Name || tree_.context(node) != ExprContext::Load) continue;
    NameId name = NameView(tree_, node).id();
    auto resolution = scopes_.Resolve(scopes_.ScopeAt(node), name);
    if (resolution.kind == semantics::NameKind::Implicit) continue;
    NodeId owner = scopes_[resolution.scope].node;
    if (owner == id) continue;
    auto bound = bindings_.find({resolution.scope, name});
    int count = bound == bindings_.end() ? 0 : bound->second;
    bool parameter = scopes_[resolution.scope].symbols[resolution.slot].parameter();
    if (count + parameter > 1) return false;
  }
  return true;
}

// `for` clauses from `index` on, each a loop of its own, with the element innermost.
void Interpreter::RunGenerators(NodeList generators, size_t index,
                                const std::function<void()>& innermost) {
  if (index == generators.size()) return innermost();
  comprehensionView generator(tree_, generators[index]);
  if (generator.is_async()) {
    NoteAnything(generators[index], MakeCause(CauseCode::Unsupported, generators[index],
                                              "an asynchronous comprehension is not modelled"));
  }
  // A generator expression draws when it is advanced.
  bool later = index == 0 && tree_.kind(parents_[generators[0]]) == NodeKind::GeneratorExp;
  const Opened opened = Open(generators[index], generator.iter());
  if (!later) NoteDrawnFrom(generator.iter(), opened.iterator);
  LoopToFixpoint(generators[index], opened.iterable, [&](LoopFacts& facts) {
    BindItem(generators[index], opened, generator.target(), facts);
    State rejected;
    rejected.reachable = false;
    for (NodeId test : generator.ifs()) {
      CheckTruth(test, Eval(test));
      State before = frame_->state;
      Refine(test, false);
      rejected.Join(frame_->state);
      frame_->state = std::move(before);
      std::optional<bool> known = Refine(test, true);
      if (known && !*known) frame_->state.reachable = false;
    }
    if (frame_->state.reachable) RunGenerators(generators, index + 1, innermost);
    frame_->state.Join(rejected);
  });
  pending_breaks_.pop_back();  // nothing breaks out of a comprehension
}

// A generator expression that is an argument of a call runs within it. Others run later, when the
// variables they read may have changed.
bool Interpreter::IsConsumedAtOnce(NodeId id) const {
  NodeId parent = parents_[id];
  if (tree_.kind(parent) == NodeKind::Starred) parent = parents_[parent];
  if (tree_.kind(parent) == NodeKind::For) {
    return ForView(tree_, parent).iter() == id && !RebindsWhatItReads(parent, id);
  }
  if (tree_.kind(parent) != NodeKind::Call) return false;
  NodeId callee = CallView(tree_, parent).func();
  std::string_view name;
  if (tree_.kind(callee) == NodeKind::Name) {
    name = tree_.Name(NameView(tree_, callee).id());
    auto meaning = scopes_.Resolve(scopes_.ScopeAt(callee), NameView(tree_, callee).id());
    // A function of the program with such a name may do anything with it.
    const Ref* function = facts_.values_[callee].single();
    bool imported = function && facts_.heap_[function->object].kind == ObjectKind::Builtin &&
                    (name == "Counter" || name == "fsum" || name == "prod");
    if (meaning.kind != semantics::NameKind::Implicit && !imported) return false;
  }
  if (tree_.kind(callee) == NodeKind::Attribute) {
    name = tree_.Name(AttributeView(tree_, callee).attr());
    const Value& receiver = facts_.values_[AttributeView(tree_, callee).value()];
    if (receiver.is_unknown()) return false;
    for (const Ref& ref : receiver.refs()) {
      ObjectKind kind = facts_.heap_[ref.object].kind;
      bool built_in = kind == ObjectKind::List || kind == ObjectKind::Dict ||
                      kind == ObjectKind::Set || kind == ObjectKind::ByteArray ||
                      kind == ObjectKind::Builtin || kind == ObjectKind::Module ||
                      kind == ObjectKind::Library;
      if (!built_in) return false;
    }
  }
  constexpr std::string_view kConsumers[] = {
      "all", "any", "bytes", "dict", "extend", "frozenset", "fsum",  "join",   "list",
      "max", "min", "prod",  "set",  "sorted", "sum",       "tuple", "update", "Counter"};
  for (std::string_view consumer : kConsumers) {
    if (name == consumer) return true;
  }
  return false;
}

// Whether the loop's body binds a variable that the generator expression it draws from reads.
bool Interpreter::RebindsWhatItReads(NodeId loop, NodeId generator) const {
  std::set<std::pair<uint32_t, NameId>> bound;
  std::vector<NodeId> pending;
  ForEachChild(tree_, loop, [&](NodeId child) {
    if (child != generator) pending.push_back(child);
  });
  auto resolved = [&](NodeId at, NameId name) {
    auto resolution = scopes_.Resolve(scopes_.ScopeAt(at), name);
    return std::pair(resolution.scope ? resolution.scope.value() : 0, name);
  };
  while (!pending.empty()) {
    NodeId node = pending.back();
    pending.pop_back();
    if (tree_.kind(node) == NodeKind::Name && tree_.context(node) != ExprContext::Load) {
      bound.insert(resolved(node, NameView(tree_, node).id()));
    }
    // Other ways to bind a name are rare here: any may.
    switch (tree_.kind(node)) {
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
      case NodeKind::ClassDef:
      case NodeKind::Import:
      case NodeKind::ImportFrom:
      case NodeKind::Match:
        return true;
      case NodeKind::ExceptHandler:
        if (ExceptHandlerView(tree_, node).name()) {
          bound.insert(resolved(node, ExceptHandlerView(tree_, node).name()));
        }
        break;
      default:
        break;
    }
    ForEachChild(tree_, node, [&](NodeId child) { pending.push_back(child); });
  }
  pending.push_back(generator);
  while (!pending.empty()) {
    NodeId node = pending.back();
    pending.pop_back();
    if (tree_.kind(node) == NodeKind::Name) {
      NameId name = NameView(tree_, node).id();
      if (bound.contains(resolved(node, name))) return true;
      auto resolution = scopes_.Resolve(scopes_.ScopeAt(node), name);
      if (resolution.kind != semantics::NameKind::Implicit &&
          scopes_[resolution.scope].symbols[resolution.slot].rebound_inside) {
        return true;
      }
    }
    ForEachChild(tree_, node, [&](NodeId child) { pending.push_back(child); });
  }
  return false;
}

Value Interpreter::EvalBoolOp(NodeId id) {
  BoolOpView op(tree_, id);
  bool all = op.op() == Operator::And;
  Value value;
  State ends;
  ends.reachable = false;
  size_t index = 0;
  for (NodeId operand : op.values()) {
    Value current = Eval(operand);
    bool last = ++index == op.values().size();
    if (last) {
      value.Join(current);
      break;
    }
    CheckTruth(operand, current);
    // The value is the operand itself where it decides: `x or y` gives a true x.
    State before = frame_->state;
    std::optional<bool> known = Refine(operand, !all);
    if (!known || *known != all) {
      value.Join(all ? current : current.WithoutScalars(kNone));
      ends.Join(frame_->state);
    }
    frame_->state = std::move(before);
    known = Refine(operand, all);
    if (known && *known != all) {
      frame_->state.reachable = false;
      break;
    }
  }
  frame_->state.Join(ends);
  return value;
}

Value Interpreter::EvalCompare(NodeId id) {
  CompareView compare(tree_, id);
  Value left = Eval(compare.left());
  Value result;
  for (size_t index = 0; index < compare.ops().size(); ++index) {
    // `a < b < c`: evaluated only as far as it holds.
    State before;
    if (index > 0) before = frame_->state;
    Value right = Eval(compare.comparators()[index]);
    if (index > 0) frame_->state.Join(before);
    result.Join(Compare(id, static_cast<Operator>(compare.ops()[index]), left, right));
    left = right;
  }
  if (compare.ops().size() > 1) return result.WithoutConstant();
  return result;
}

CallArguments Interpreter::EvalArguments(NodeId id) {
  CallView call(tree_, id);
  CallArguments arguments;
  for (NodeId argument : call.args()) {
    if (tree_.kind(argument) == NodeKind::Starred) {
      Value element = Exhaust(argument, Eval(StarredView(tree_, argument).value()));
      if (!arguments.star) arguments.star.emplace();
      arguments.star->Join(element);
      continue;
    }
    Value value = Eval(argument);
    if (arguments.star)
      arguments.star->Join(value);  // its position is not known
    else
      arguments.positional.push_back(std::move(value));
  }
  for (NodeId keyword_id : call.keywords()) {
    keywordView keyword(tree_, keyword_id);
    Value value = Eval(keyword.value());
    if (keyword.arg()) {
      arguments.keywords.emplace_back(SymOf(keyword.arg()), std::move(value));
      continue;
    }
    if (!arguments.double_star) arguments.double_star.emplace();
    for (const Ref& ref : value.refs()) {
      if (facts_.heap_[ref.object].kind == ObjectKind::Dict) {
        NoteContent(keyword_id, ref, WriteHow::NotAWrite);
        arguments.double_star->Join(ContentOf(ref));
      } else {
        arguments.double_star->Join(UnknownOperation(keyword_id, value, "unpacking"));
      }
    }
    if (value.is_unknown()) {
      arguments.double_star->Join(UnknownOperation(keyword_id, value, "unpacking"));
    }
  }
  return arguments;
}

Value Interpreter::EvalCall(NodeId id) {
  CallView call(tree_, id);
  if (tree_.kind(call.func()) == NodeKind::Attribute) {
    AttributeView attribute(tree_, call.func());
    Value receiver = Eval(attribute.value());
    CallArguments arguments = EvalArguments(id);
    return CallMethod(id, receiver, PrivateSym(call.func(), attribute.attr()), arguments);
  }
  Value callee = Eval(call.func());
  CallArguments arguments = EvalArguments(id);
  return Call(id, callee, arguments);
}

}  // namespace unspool::effects
