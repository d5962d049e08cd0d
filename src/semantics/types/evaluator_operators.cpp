// Operators and protocols: each is a call of a method of the operands' classes.
#include "semantics/types/evaluator.h"

namespace unspool::semantics::types {

using namespace syntax;
using declarations::MemberHit;

namespace {

// "add" of Add; empty where the operator is no method.
std::string_view MethodOf(Operator op) {
  switch (op) {
    case Operator::Add:
      return "add";
    case Operator::Sub:
      return "sub";
    case Operator::Mult:
      return "mul";
    case Operator::MatMult:
      return "matmul";
    case Operator::Div:
      return "truediv";
    case Operator::Mod:
      return "mod";
    case Operator::Pow:
      return "pow";
    case Operator::LShift:
      return "lshift";
    case Operator::RShift:
      return "rshift";
    case Operator::BitOr:
      return "or";
    case Operator::BitXor:
      return "xor";
    case Operator::BitAnd:
      return "and";
    case Operator::FloorDiv:
      return "floordiv";
    case Operator::Eq:
      return "eq";
    case Operator::NotEq:
      return "ne";
    case Operator::Lt:
      return "lt";
    case Operator::LtE:
      return "le";
    case Operator::Gt:
      return "gt";
    case Operator::GtE:
      return "ge";
    default:
      return "";
  }
}

std::string_view Reflected(Operator op) {
  switch (op) {
    case Operator::Lt:
      return "gt";
    case Operator::LtE:
      return "ge";
    case Operator::Gt:
      return "lt";
    case Operator::GtE:
      return "le";
    default:
      return MethodOf(op);
  }
}

bool IsComparison(Operator op) {
  return op >= Operator::Eq;
}

}  // namespace

// Calls what the class of each type has under a name; false where some class has nothing, or nobody
// knows. What instances hold under the name does not count (Data model, special method lookup).
bool Evaluator::CallSpecial(NodeId id, const Value& receiver, SymbolId name,
                            const Arguments& arguments, Value& result) {
  const PurposeScope purpose(*this, name == session_.names.iter   ? Purpose::Iterator
                                    : name == session_.names.next ? Purpose::Item
                                                                  : Purpose::Special);
  bool found_all = !receiver.unknown();
  if (receiver.unknown()) {
    NoteUnknown(id, receiver.cause());
    result.Join(Value::Unknown(receiver.cause()));
    arguments.ForEach([&](const Value& value) { Escape(value); });
  }
  if (!name) return false;
  for (Type type : receiver.types()) {
    ClassId cls;
    if (type.kind() == TypeKind::Instance) {
      cls = ClassId(type.subject());
    } else if (type.kind() == TypeKind::Class) {
      cls = decls().classes[ClassId(type.subject())].metaclass;
    } else if (type.kind() == TypeKind::Module) {
      cls = decls().known.module;
    } else if (type.kind() != TypeKind::Callable) {
      cls = decls().known.function;
    }
    const MemberHit hit = cls ? decls().LookupMember(cls, name) : MemberHit();
    if (type.kind() == TypeKind::Instance && !type.exact() && !decls().SubclassesOf(cls).empty()) {
      JoinAndEscape(result, Call(id, Overrides(id, type, session_.NameOf(name)), arguments));
    }
    if (hit.kind == MemberHit::Kind::Absent) {
      found_all = false;
      continue;
    }
    if (hit.kind != MemberHit::Kind::Found) {
      found_all = false;
      NoteUnknown(id, CauseAt(CauseCode::UnknownBase, id));
      result.Join(UnknownAt(CauseCode::UnknownBase, id));
      arguments.ForEach([&](const Value& value) { Escape(value); });
      continue;
    }
    const Value method = Member(id, type, hit, false);
    JoinAndEscape(result, Call(id, method, arguments));
  }
  return found_all;
}

Value Evaluator::Binary(NodeId id, Operator op, const Value& left, const Value& right,
                        bool in_place) {
  const PurposeScope purpose(*this, Purpose::Special);
  const std::string method(MethodOf(op));
  const SymbolId plain = decls().Find("__" + method + "__");
  const SymbolId reflected = decls().Find(
      IsComparison(op) ? "__" + std::string(Reflected(op)) + "__" : "__r" + method + "__");
  const SymbolId augmented = in_place ? decls().Find("__i" + method + "__") : SymbolId();
  Value result;
  if (left.empty() || right.empty()) return result;
  if (left.unknown() || right.unknown()) {
    const Cause cause = left.unknown() ? left.cause() : right.cause();
    NoteUnknown(id, cause);
    result.Join(UnknownAt(CauseCode::UnknownOperator, id));
    Escape(left);
    Escape(right);
  }
  for (Type a : left.types()) {
    for (Type b : right.types()) {
      const Arguments to_a = Arguments::Of({Value::Of(b)});
      Value answer;
      // A method that does not accept the operand gives NotImplemented; then the other is asked.
      auto ask = [&](Type receiver, SymbolId name, Type operand, bool& accepts) {
        accepts = false;
        if (!name) return;
        const ClassId cls = receiver.kind() == TypeKind::Instance ? ClassId(receiver.subject())
                            : receiver.kind() == TypeKind::Class
                                ? decls().classes[ClassId(receiver.subject())].metaclass
                                : ClassId();
        if (!cls) return;
        const MemberHit hit = decls().LookupMember(cls, name);
        if (hit.kind == MemberHit::Kind::Absent) return;
        if (hit.kind != MemberHit::Kind::Found) {
          answer.Join(UnknownAt(CauseCode::UnknownBase, id));
          accepts = true;
          return;
        }
        Value bound = Member(id, receiver, hit, false);
        if (receiver.kind() == TypeKind::Instance && !receiver.exact() &&
            !decls().SubclassesOf(cls).empty()) {
          JoinAndEscape(bound, Overrides(id, receiver, session_.NameOf(name)));
        }
        bool maybe_other = bound.unknown();
        for (Type callee : bound.types()) {
          if (callee.kind() == TypeKind::Stub) {
            std::vector<std::pair<DeclTypeId, Value>> passed;
            bool possible = false;
            bool certain = false;
            for (FunctionId overload : decls().GroupOf(FunctionId(callee.subject()))) {
              const auto matched = Match(overload, 1, Arguments::Of({Value::Of(operand)}), passed);
              possible |= matched && matched->possible;
              certain |= matched && matched->certain;
            }
            if (decls().GroupOf(FunctionId(callee.subject())).empty()) {
              const auto matched = Match(FunctionId(callee.subject()), 1,
                                         Arguments::Of({Value::Of(operand)}), passed);
              possible = matched && matched->possible;
              certain = matched && matched->certain;
            }
            if (!possible) {
              maybe_other = true;
              continue;
            }
            // Stubs say that all objects can be compared for equality; most leave it to the other.
            maybe_other |= !certain || op == Operator::Eq || op == Operator::NotEq;
          } else {
            // Code of the program may always decline.
            maybe_other = true;
          }
          const Value given = CallType(id, callee, Arguments::Of({Value::Of(operand)}));
          const SymbolId not_implemented = decls().Find("NotImplementedType");
          JoinAndEscape(answer, given.Filter([&](Type type) {
            return type.kind() != TypeKind::Instance || !not_implemented ||
                   decls().classes[ClassId(type.subject())].name != not_implemented;
          }));
        }
        if (bound.unknown()) answer.Join(Value::Unknown(bound.cause()));
        accepts = !maybe_other;
      };
      bool accepted = false;
      if (augmented) ask(a, augmented, b, accepted);
      // A subclass on the right with a method of its own goes first; its answer joins the others.
      if (!accepted) ask(a, plain, b, accepted);
      const bool right_first = a.kind() == TypeKind::Instance && b.kind() == TypeKind::Instance &&
                               a.subject() != b.subject() &&
                               IsSubclass(ClassId(b.subject()), ClassId(a.subject()));
      bool ignored = false;
      if (accepted && right_first) ask(b, reflected, a, ignored);
      if (!accepted) ask(b, reflected, a, accepted);
      if (!accepted && IsComparison(op) && (op == Operator::Eq || op == Operator::NotEq)) {
        answer.Join(Of(decls().known.bool_type));
      }
      if (answer.empty() && !accepted &&
          (a.kind() != TypeKind::Instance || b.kind() != TypeKind::Instance)) {
        answer.Join(UnknownAt(CauseCode::UnknownOperator, id));
      }
      // A decorator may have given the class the method.
      if (answer.empty() && !accepted && Settled()) {
        NoteUnknown(id, CauseAt(CauseCode::UnknownOperator, id));
        answer.Join(UnknownAt(CauseCode::UnknownOperator, id));
      }
      answer.Weaken(std::max(left.provenance(), right.provenance()));
      JoinAndEscape(result, answer);
    }
  }
  return result;
}

Value Evaluator::EvalCompare(NodeId id) {
  CompareView compare(tree(), id);
  Value left = Eval(compare.left());
  Value result;
  const NodeList comparators = compare.comparators();
  for (size_t index = 0; index < comparators.size(); ++index) {
    const Value right = Eval(comparators[index]);
    const Operator op = static_cast<Operator>(compare.ops()[index]);
    switch (op) {
      case Operator::Is:
      case Operator::IsNot:
        result.Join(Of(decls().known.bool_type));
        break;
      case Operator::In:
      case Operator::NotIn: {
        Value found;
        if (!CallSpecial(id, right, session_.names.contains, Arguments::Of({left}), found)) {
          Ask(id, ItemsOf(id, right), Questions::kEqual);
          Ask(id, left, Questions::kEqual);
        }
        Ask(id, found, Questions::kTruth);
        result.Join(Of(decls().known.bool_type));
        break;
      }
      default:
        JoinAndEscape(result, Binary(id, op, left, right, false));
        break;
    }
    // In a chain, what has been found so far decides whether to go on.
    if (index + 1 < comparators.size()) Ask(id, result, Questions::kTruth);
    left = right;
  }
  return result;
}

Value Evaluator::Unary(NodeId id, Operator op, const Value& operand) {
  if (op == Operator::Not) {
    Ask(id, operand, Questions::kTruth);
    return operand.empty() ? Value() : Of(decls().known.bool_type);
  }
  const SymbolId name = op == Operator::USub   ? session_.names.neg
                        : op == Operator::UAdd ? session_.names.pos
                                               : session_.names.invert;
  Value result;
  CallSpecial(id, operand, name, {}, result);
  return result;
}

// What iterating gives.
Value Evaluator::ItemsOf(NodeId id, const Value& iterable, bool is_async) {
  Value items;
  Value rest;
  const ClassId iterable_class =
      is_async ? session_.classes.async_iterable : session_.classes.iterable;
  for (Type type : iterable.types()) {
    if (type.kind() != TypeKind::Instance) {
      rest.Add(type);
      continue;
    }
    if (type.positional()) {
      for (uint32_t index = 0; index < type.arity(); ++index) {
        JoinAndEscape(items, Content(type.detail(), index, id));
      }
      continue;
    }
    const ClassId cls(type.subject());
    // Stubs say it by a base; code of the program in between may say otherwise.
    const MemberHit hit =
        decls().LookupMember(cls, is_async ? session_.names.aiter : session_.names.iter);
    const bool from_stub =
        hit.kind == MemberHit::Kind::Found && !session_.SourceAt(decls().classes[hit.owner].unit);
    if (from_stub && IsSubclass(cls, iterable_class)) {
      AskIteration(id, type);
      const Value given = BaseArgument(id, type, iterable_class, 0);
      HoldOrigin(given, type);
      JoinAndEscape(items, given);
      continue;
    }
    rest.Add(type);
  }
  if (iterable.unknown()) {
    NoteUnknown(id, iterable.cause());
    items.Join(UnknownAt(CauseCode::UnknownItem, id));
  }
  items.Weaken(iterable.provenance());
  for (Type type : rest.types()) {
    Value iterator;
    Value item;
    if (CallSpecial(id, Value::Of(type), is_async ? session_.names.aiter : session_.names.iter, {},
                    iterator)) {
      // An iterator that a stub describes says what it gives by its base.
      Value program;
      for (Type step : iterator.types()) {
        const bool same = step == type;
        if (step.kind() == TypeKind::Instance &&
            !session_.SourceAt(decls().classes[ClassId(step.subject())].unit) && !same &&
            IsSubclass(ClassId(step.subject()), iterable_class)) {
          AskIteration(id, step);
          JoinAndEscape(item, BaseArgument(id, step, iterable_class, 0));
        } else {
          program.Add(step);
        }
      }
      if (iterator.unknown()) item.Join(UnknownAt(CauseCode::UnknownItem, id));
      if (!program.empty()) {
        Value next;
        CallSpecial(id, program, is_async ? session_.names.anext : session_.names.next, {}, next);
        JoinAndEscape(item, is_async ? Await(id, next) : next);
      }
    } else {
      Value got;
      CallSpecial(id, Value::Of(type), session_.names.getitem,
                  Arguments::Of({Of(decls().known.int_type)}), got);
      JoinAndEscape(item, got);
      if (!iterator.empty()) JoinAndEscape(item, UnknownAt(CauseCode::UnknownItem, id));
    }
    JoinAndEscape(items, item);
  }
  return items;
}

Value Evaluator::Await(NodeId id, const Value& value) {
  const ClassId awaitable = session_.classes.awaitable;
  Value result;
  for (Type type : value.types()) {
    if (type.kind() != TypeKind::Instance) {
      result.Join(UnknownAt(CauseCode::UnknownResult, id));
      continue;
    }
    const ClassId cls(type.subject());
    if (cls == session_.classes.coroutine && type.has_detail()) {
      JoinAndEscape(result, Content(type.detail(), 2, id));
    } else if (!session_.SourceAt(decls().classes[cls].unit) && IsSubclass(cls, awaitable)) {
      JoinAndEscape(result, BaseArgument(id, type, awaitable, 0));
    } else {
      Value generator;
      CallSpecial(id, Value::Of(type), session_.names.await, {}, generator);
      for (Type step : generator.types()) {
        if (step.kind() == TypeKind::Instance &&
            ClassId(step.subject()) == session_.classes.generator && step.has_detail()) {
          JoinAndEscape(result, Content(step.detail(), 2, id));
        } else {
          result.Join(UnknownAt(CauseCode::UnknownResult, id));
          AskOne(id, step, session_.names.next);
        }
      }
      if (generator.unknown()) result.Join(UnknownAt(CauseCode::UnknownResult, id));
    }
  }
  if (value.unknown()) result.Join(UnknownAt(CauseCode::UnknownResult, id));
  result.Weaken(value.provenance());
  return result;
}

}  // namespace unspool::semantics::types
