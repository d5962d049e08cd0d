// Expressions, by kind of node.
#include "semantics/types/evaluator.h"

#include <charconv>

namespace unspool::semantics::types {

using namespace syntax;

namespace {

// Deeper expressions are unknown: evaluation recurses, and a thread's stack is small.
constexpr int kMaxExpressionDepth = 250;

// Of `{value!r}` and the like: the character, or -1.
Questions QuestionsOf(int conversion) {
  if (conversion < 0) return Questions::kFormat;
  return conversion == 's' ? Questions::kText : Questions::kRepresentation;
}

// Methods of a dict that leave it as it is.
bool OnlyReads(std::string_view method) {
  return method == "get" || method == "items" || method == "keys" || method == "values" ||
         method == "copy" || method == "__contains__";
}

}  // namespace

Value Evaluator::Eval(NodeId id) {
  if (!id) return Value();
  if (depth_ >= kMaxExpressionDepth) return UnknownAt(CauseCode::Limit, id);
  ++depth_;
  const PurposeScope purpose(*this, Purpose::Result);
  Value value = EvalNew(id);
  --depth_;
  Note(PlaceKind::Expression, id, value);
  return value;
}

Value Evaluator::EvalNew(NodeId id) {
  switch (tree().kind(id)) {
    case NodeKind::Name:
      return ReadName(id);
    case NodeKind::Constant:
      return EvalConstant(id);
    case NodeKind::Attribute: {
      AttributeView attribute(tree(), id);
      // `object.__dict__.items()` changes nothing.
      const bool outer = only_read_;
      only_read_ = OnlyReads(tree().Name(attribute.attr()));
      bool is_super = false;
      const Value above = SuperAttribute(id, NameOf(attribute.attr()), is_super);
      if (is_super) {
        only_read_ = outer;
        return above;
      }
      const Value object = Eval(attribute.value());
      only_read_ = outer;
      return Attribute(id, object, NameOf(attribute.attr()));
    }
    case NodeKind::Call:
      return EvalCall(id);
    case NodeKind::BinOp: {
      BinOpView binary(tree(), id);
      const Value left = Eval(binary.left());
      const Value right = Eval(binary.right());
      return Binary(id, binary.op(), left, right, false);
    }
    case NodeKind::UnaryOp: {
      UnaryOpView unary(tree(), id);
      return Unary(id, unary.op(), Eval(unary.operand()));
    }
    case NodeKind::BoolOp:
      return EvalBoolOp(id);
    case NodeKind::Compare:
      return EvalCompare(id);
    case NodeKind::IfExp: {
      IfExpView choice(tree(), id);
      Ask(choice.test(), Eval(choice.test()), Questions::kTruth);
      const size_t mark = active_->narrowed.size();
      NarrowAll(choice.test(), true);
      Value value = Eval(choice.body());
      active_->narrowed.resize(mark);
      NarrowAll(choice.test(), false);
      JoinAndEscape(value, Eval(choice.orelse()));
      active_->narrowed.resize(mark);
      return value;
    }
    case NodeKind::NamedExpr: {
      NamedExprView named(tree(), id);
      const Value value = Eval(named.value());
      Assign(named.target(), value);
      return value;
    }
    case NodeKind::Subscript: {
      SubscriptView subscript(tree(), id);
      const bool outer = only_read_;
      only_read_ = true;
      const Value object = Eval(subscript.value());
      only_read_ = outer;
      return Subscript(id, object, subscript.slice());
    }
    case NodeKind::Slice: {
      SliceView slice(tree(), id);
      for (NodeId part : {slice.lower(), slice.upper(), slice.step()}) {
        if (!part) continue;
        for (Type type : Eval(part).types()) AskOne(part, type, session_.names.index);
      }
      return Value::Of(Instance(decls().known.slice));
    }
    case NodeKind::Tuple:
      return EvalTuple(id);
    case NodeKind::List:
      return EvalDisplay(id, decls().known.list, ListView(tree(), id).elts());
    case NodeKind::Set:
      return EvalDisplay(id, decls().known.set, SetView(tree(), id).elts());
    case NodeKind::Dict:
      return EvalDict(id);
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::DictComp:
    case NodeKind::GeneratorExp:
      return EvalComprehension(id);
    case NodeKind::Lambda:
      return EvalLambda(id);
    case NodeKind::JoinedStr:
      for (NodeId part : JoinedStrView(tree(), id).values()) Eval(part);
      return Of(decls().known.str);
    case NodeKind::FormattedValue: {
      FormattedValueView field(tree(), id);
      const Value shown = Eval(field.value());
      if (field.format_spec()) Eval(field.format_spec());
      Ask(id, shown, QuestionsOf(field.conversion()));
      return Of(decls().known.str);
    }
    case NodeKind::Starred: {
      const Value iterable = Eval(StarredView(tree(), id).value());
      Ask(id, iterable, Questions::kLength);
      return ItemsOf(id, iterable);
    }
    case NodeKind::Await:
      return Await(id, Eval(AwaitView(tree(), id).value()));
    case NodeKind::Yield:
    case NodeKind::YieldFrom:
      return EvalYield(id);
    default:
      ForEachChild(tree(), id, [&](NodeId child) {
        if (InfoOf(tree().kind(child)).category == Category::Expr) Escape(Eval(child));
      });
      return UnknownAt(CauseCode::Unsupported, id);
  }
}

Value Evaluator::EvalConstant(NodeId id) {
  const auto& known = decls().known;
  switch (tree().constant(ConstantView(tree(), id).value()).kind) {
    case ConstantKind::None:
      return Of(known.none_type);
    case ConstantKind::True:
    case ConstantKind::False:
      return Of(known.bool_type);
    case ConstantKind::Ellipsis:
      return Of(known.ellipsis);
    case ConstantKind::Int:
      return Of(known.int_type);
    case ConstantKind::Float:
      return Of(known.float_type);
    case ConstantKind::Imag:
      return Of(known.complex_type);
    case ConstantKind::Str:
      return Of(known.str);
    case ConstantKind::Bytes:
      return Of(known.bytes);
  }
  return Value();
}

// Each operand is seen only where those before it let it.
Value Evaluator::EvalBoolOp(NodeId id) {
  BoolOpView operation(tree(), id);
  const bool is_and = operation.op() == Operator::And;
  const size_t mark = active_->narrowed.size();
  Value value;
  const NodeList operands = operation.values();
  for (size_t index = 0; index < operands.size(); ++index) {
    const Value operand = Eval(operands[index]);
    const bool last = index + 1 == operands.size();
    JoinAndEscape(value, last ? operand : KeepTruth(operand, !is_and));
    if (!last) Ask(operands[index], operand, Questions::kTruth);
    if (!last) NarrowAll(operands[index], is_and);
  }
  active_->narrowed.resize(mark);
  return value;
}

Value Evaluator::EvalTuple(NodeId id) {
  const NodeList items = TupleView(tree(), id).elts();
  bool starred = false;
  std::vector<Value> values;
  for (NodeId item : items) {
    starred |= tree().kind(item) == NodeKind::Starred;
    values.push_back(Eval(item));
  }
  const uint32_t site = SiteOf(id, 0);
  if (starred || values.size() >= Type::kNoArity) {
    for (const Value& value : values) PostContent(site, 0, value);
    return Value::Of(Type(TypeKind::Instance, decls().known.tuple.value(), true, site));
  }
  for (size_t index = 0; index < values.size(); ++index) {
    PostContent(site, static_cast<uint32_t>(index), values[index]);
  }
  return Value::Of(Type(TypeKind::Instance, decls().known.tuple.value(), true, site,
                        static_cast<uint32_t>(values.size())));
}

Value Evaluator::EvalDisplay(NodeId id, ClassId cls, NodeList items) {
  const Type made = InstanceAt(id, cls);
  for (NodeId item : items) {
    const Value value = Eval(item);
    if (made.has_detail()) PostContent(made.detail(), 0, value);
    if (cls == decls().known.set) AskDisplay(id, value);
  }
  return Value::Of(made);
}

Value Evaluator::EvalDict(NodeId id) {
  DictView dict(tree(), id);
  const Type made = InstanceAt(id, decls().known.dict);
  const NodeList keys = dict.keys();
  const NodeList values = dict.values();
  for (size_t index = 0; index < values.size(); ++index) {
    const Value value = Eval(values[index]);
    if (index < keys.size() && keys[index]) {
      const Value key = Eval(keys[index]);
      AskDisplay(id, key);
      if (!made.has_detail()) continue;
      PostContent(made.detail(), 0, key);
      PostContent(made.detail(), 1, value);
      continue;
    }
    if (!made.has_detail()) continue;
    // `**mapping`
    AskMapping(id, value);
    bool all_dicts = true;
    for (Type type : value.types()) {
      all_dicts &= type.kind() == TypeKind::Instance &&
                   IsSubclass(ClassId(type.subject()), decls().known.dict);
      for (uint32_t part : {0u, 1u}) {
        PostContent(made.detail(), part, BaseArgument(id, type, decls().known.dict, part));
      }
    }
    if (value.unknown() || !all_dicts) {
      PostContent(made.detail(), 0, UnknownAt(CauseCode::UnknownItem, id));
      PostContent(made.detail(), 1, UnknownAt(CauseCode::UnknownItem, id));
    }
  }
  return Value::Of(made);
}

// Whether a generator expression awaits something by itself: then it is an asynchronous one.
bool Evaluator::AwaitsInside(NodeId id, ScopeId scope) const {
  if (!scopes()[scopes().FrameOf(scopes()[scope].parent)].is_async) return false;
  const NodeId outside =
      comprehensionView(tree(), NodeList(tree().List(tree().Word(id, 1))).front()).iter();
  std::vector<NodeId> stack = {id};
  while (!stack.empty()) {
    const NodeId node = stack.back();
    stack.pop_back();
    const NodeKind kind = tree().kind(node);
    if (node == outside || kind == NodeKind::Lambda) continue;
    if (kind == NodeKind::Await) return true;
    if (kind == NodeKind::GeneratorExp && node != id) continue;
    ForEachChild(tree(), node, [&](NodeId child) { stack.push_back(child); });
  }
  return false;
}

Value Evaluator::EvalComprehension(NodeId id) {
  const NodeKind kind = tree().kind(id);
  const bool is_dict = kind == NodeKind::DictComp;
  const NodeList generators(tree().List(tree().Word(id, is_dict ? 2 : 1)));
  comprehensionView first(tree(), generators.front());
  const Value iterable = Eval(first.iter());
  const ScopeId scope = scopes().ScopeOpenedBy(id);
  Active active(FrameAt(scope), scope, session_.GraphOf(FrameAt(scope)));
  active.held[first.iter().value()] = iterable;
  RunFrame(active);
  const auto& known = decls().known;
  if (kind == NodeKind::GeneratorExp) {
    const bool is_async = scopes()[scope].is_async || AwaitsInside(id, scope);
    const Type made =
        InstanceAt(id, is_async ? session_.classes.async_generator : session_.classes.generator);
    if (made.has_detail()) {
      PostContent(made.detail(), 0, active.collected);
      if (!is_async) PostContent(made.detail(), 2, Of(known.none_type));
    }
    return Value::Of(made);
  }
  const Type made = InstanceAt(id, is_dict                     ? known.dict
                                   : kind == NodeKind::SetComp ? known.set
                                                               : known.list);
  if (kind != NodeKind::ListComp) AskDisplay(id, active.collected);
  if (made.has_detail()) {
    PostContent(made.detail(), 0, active.collected);
    if (is_dict) PostContent(made.detail(), 1, active.collected_value);
  }
  return Value::Of(made);
}

Value Evaluator::EvalLambda(NodeId id) {
  const uint32_t frame = FrameAt(scopes().ScopeOpenedBy(id));
  argumentsView arguments(tree(), LambdaView(tree(), id).args());
  const size_t positional = arguments.posonlyargs().size() + arguments.args().size();
  size_t index = positional - arguments.defaults().size();
  for (NodeId value : arguments.defaults()) {
    Post(CellKey(CellKind::Parameter, frame, static_cast<uint32_t>(index++)), Eval(value));
  }
  index = positional + (arguments.vararg() ? 1 : 0);
  for (NodeId value : arguments.kw_defaults()) {
    if (value) Post(CellKey(CellKind::Parameter, frame, static_cast<uint32_t>(index)), Eval(value));
    ++index;
  }
  return Value::Of(Type(TypeKind::Frame, frame));
}

Value Evaluator::EvalYield(NodeId id) {
  const bool from = tree().kind(id) == NodeKind::YieldFrom;
  const NodeId value_id = NodeId(tree().Word(id, 0));
  const Value value = value_id ? Eval(value_id) : Of(decls().known.none_type);
  // The generator's own object holds what it yields.
  const ScopeId frame_scope = scopes().FrameOf(scopes().ScopeAt(id));
  const Value given = from ? ItemsOf(id, value) : value;
  if (value_id && !from) Note(PlaceKind::Yield, value_id, value);
  Post(CellKey(CellKind::Yield, FrameAt(frame_scope)), given);
  if (from) {
    Value result;
    for (Type type : value.types()) {
      if (type.kind() == TypeKind::Instance &&
          ClassId(type.subject()) == session_.classes.generator && type.has_detail()) {
        JoinAndEscape(result, Content(type.detail(), 2, id));
      } else {
        JoinAndEscape(result, Of(decls().known.none_type));
        if (type.kind() != TypeKind::Instance ||
            session_.SourceAt(decls().classes[ClassId(type.subject())].unit)) {
          result.Join(UnknownAt(CauseCode::UnknownResult, id));
        }
        CallDelegated(id, type);
      }
    }
    if (value.unknown()) result.Join(UnknownAt(CauseCode::UnknownResult, id));
    return result;
  }
  // What is sent to a generator: nothing by iteration, anything by send().
  Value sent = Of(decls().known.none_type);
  sent.Join(UnknownAt(CauseCode::UnknownParameter, id));
  return sent;
}

// What a generator is sent, and what is thrown into it, `yield from` hands on.
void Evaluator::CallDelegated(NodeId id, Type type) {
  if (type.kind() != TypeKind::Instance || !IsOfProgram(ClassId(type.subject()))) return;
  const Value unknown = UnknownAt(CauseCode::UnknownParameter, id);
  for (const char* name : {"send", "throw", "close"}) {
    const SymbolId symbol = decls().Find(name);
    Value ignored;
    if (symbol) CallSpecial(id, Value::Of(type), symbol, Arguments::Of({unknown}), ignored);
  }
}

Arguments Evaluator::EvalArguments(NodeId id) {
  CallView call(tree(), id);
  Arguments arguments;
  for (NodeId argument : call.args()) {
    if (tree().kind(argument) == NodeKind::Starred) {
      const Value iterable = Eval(StarredView(tree(), argument).value());
      Ask(argument, iterable, Questions::kLength);
      // A tuple of known length is as good as its items written out.
      const bool spread =
          !iterable.unknown() && iterable.types().size() == 1 && iterable.types()[0].positional();
      if (spread) {
        const Type type = iterable.types()[0];
        for (uint32_t index = 0; index < type.arity(); ++index) {
          arguments.positional.push_back({Content(type.detail(), index, argument), false});
        }
      } else {
        arguments.positional.push_back({ItemsOf(argument, iterable), true});
      }
    } else {
      arguments.positional.push_back({Eval(argument), false});
    }
  }
  for (NodeId keyword_id : call.keywords()) {
    keywordView keyword(tree(), keyword_id);
    const Value value = Eval(keyword.value());
    if (keyword.arg()) {
      arguments.keywords.push_back({NameOf(keyword.arg()), value});
      continue;
    }
    AskMapping(id, value);
    Value items;
    for (Type type : value.types()) {
      JoinAndEscape(items, BaseArgument(id, type, decls().known.dict, 1));
    }
    bool all_dicts = !value.unknown();
    for (Type type : value.types()) {
      all_dicts &= type.kind() == TypeKind::Instance &&
                   IsSubclass(ClassId(type.subject()), decls().known.dict);
    }
    if (!all_dicts) items.Join(UnknownAt(CauseCode::UnknownItem, keyword_id));
    if (!arguments.double_star) arguments.double_star.emplace();
    JoinAndEscape(*arguments.double_star, items);
  }
  return arguments;
}

Value Evaluator::EvalCall(NodeId id) {
  CallView call(tree(), id);
  const Value callee = Eval(call.func());
  const Arguments arguments = EvalArguments(id);
  const ImplicitScope written(*this, id);
  return Call(id, callee, arguments);
}

std::optional<int64_t> Evaluator::ConstantIndex(NodeId key) const {
  bool negative = false;
  if (tree().kind(key) == NodeKind::UnaryOp && UnaryOpView(tree(), key).op() == Operator::USub) {
    negative = true;
    key = UnaryOpView(tree(), key).operand();
  }
  if (tree().kind(key) != NodeKind::Constant) return std::nullopt;
  const syntax::Constant& constant = tree().constant(ConstantView(tree(), key).value());
  if (constant.kind != ConstantKind::Int) return std::nullopt;
  const std::string_view text = tree().ConstantText(constant);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return negative ? -number : number;
}

// An alias of a generic class, or what the metaclass or the class itself makes of it.
Value Evaluator::ClassSubscript(NodeId id, Type type, const Value& key) {
  const ClassId cls(type.subject());
  const ClassId metaclass = decls().classes[cls].metaclass;
  const bool special = metaclass && session_.names.getitem &&
                       decls().LookupMember(metaclass, session_.names.getitem).kind !=
                           declarations::MemberHit::Kind::Absent;
  const declarations::MemberHit own = decls().LookupMember(cls, session_.names.class_getitem);
  const bool of_program = own.kind == declarations::MemberHit::Kind::Found &&
                          session_.SourceAt(decls().classes[own.owner].unit);
  if (!special && !of_program) {
    return Value::Of(Type(TypeKind::Class, cls.value(), type.exact(), Type::kNoDetail, 0));
  }
  Value result;
  if (special) {
    CallSpecial(id, Value::Of(type), session_.names.getitem, Arguments::Of({key}), result);
  } else {
    JoinAndEscape(result, Call(id, Member(id, type, own, true), Arguments::Of({key})));
  }
  return result;
}

Value Evaluator::Subscript(NodeId id, const Value& object, NodeId key) {
  const Value key_value = Eval(key);
  const std::optional<int64_t> position = ConstantIndex(key);
  Value result;
  Value rest;
  for (Type type : object.types()) {
    if (type.kind() == TypeKind::Class) {
      // list[int]: called, it makes what the class makes.
      Value alias = ClassSubscript(id, type, key_value);
      JoinAndEscape(result, alias);
    } else if (type.positional() && position) {
      const int64_t index = *position < 0 ? *position + type.arity() : *position;
      if (index >= 0 && index < type.arity()) {
        JoinAndEscape(result, Content(type.detail(), static_cast<uint32_t>(index), id));
      }
    } else {
      rest.Add(type);
    }
  }
  if (object.unknown()) rest.Join(Value::Unknown(object.cause()));
  if (!rest.empty()) {
    Value got;
    CallSpecial(id, rest, session_.names.getitem, Arguments::Of({key_value}), got);
    JoinAndEscape(result, got);
  }
  result.Weaken(object.provenance());
  return result;
}

}  // namespace unspool::semantics::types
