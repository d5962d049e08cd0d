// What a condition that has come out one way or the other says of a variable: isinstance, identity
// with None, truth, and their combinations. A value may only become smaller, and only by types that
// the condition excludes for sure.
#include "semantics/types/evaluator.h"

namespace unspool::semantics::types {

using namespace syntax;
using declarations::MemberHit;

namespace {

bool IsNone(const Tree& tree, NodeId id) {
  return tree.kind(id) == NodeKind::Constant &&
         tree.constant(ConstantView(tree, id).value()).kind == ConstantKind::None;
}

}  // namespace

Value Evaluator::Narrow(NodeId test, bool truth, uint32_t slot, const Value& value) {
  auto is_slot = [&](NodeId id) {
    if (tree().kind(id) == NodeKind::NamedExpr) id = NamedExprView(tree(), id).target();
    if (tree().kind(id) != NodeKind::Name) return false;
    const Resolution resolution = scopes().Resolve(scopes().ScopeAt(id), NameView(tree(), id).id());
    return resolution.scope == active_->scope && resolution.slot == slot;
  };
  const ClassId none = decls().known.none_type;
  switch (tree().kind(test)) {
    case NodeKind::Name:
    case NodeKind::NamedExpr:
      return is_slot(test) ? KeepTruth(value, truth) : value;
    case NodeKind::UnaryOp: {
      UnaryOpView unary(tree(), test);
      return unary.op() == Operator::Not ? Narrow(unary.operand(), !truth, slot, value) : value;
    }
    case NodeKind::BoolOp: {
      BoolOpView operation(tree(), test);
      const bool is_and = operation.op() == Operator::And;
      if (is_and == truth) {
        // All of them hold (or, of `or`, none).
        Value narrowed = value;
        for (NodeId operand : operation.values()) narrowed = Narrow(operand, truth, slot, narrowed);
        return narrowed;
      }
      // One of them decided, all before it having come out the other way.
      Value before = value;
      Value narrowed;
      for (NodeId operand : operation.values()) {
        narrowed.Join(Narrow(operand, truth, slot, before));
        before = Narrow(operand, !truth, slot, before);
      }
      return narrowed;
    }
    case NodeKind::Compare: {
      CompareView compare(tree(), test);
      if (compare.comparators().size() != 1) return value;
      const Operator op = static_cast<Operator>(compare.ops()[0]);
      const NodeId left = compare.left();
      const NodeId right = compare.comparators()[0];
      if (op != Operator::Is && op != Operator::IsNot) return value;
      const NodeId subject = is_slot(left) ? left : is_slot(right) ? right : NodeId();
      if (!subject || !IsNone(tree(), subject == left ? right : left)) return value;
      const bool is_none = (op == Operator::Is) == truth;
      if (is_none && value.unknown()) return Of(none);
      return value.Filter([&](Type type) {
        const bool of_none = type.kind() == TypeKind::Instance && ClassId(type.subject()) == none;
        return of_none == is_none;
      });
    }
    case NodeKind::Call: {
      CallView call(tree(), test);
      if (tree().kind(call.func()) != NodeKind::Name || !call.keywords().empty()) return value;
      if (call.args().size() != 2 || !is_slot(call.args()[0])) return value;
      if (tree().Name(NameView(tree(), call.func()).id()) != "isinstance") return value;
      const Resolution function =
          scopes().Resolve(scopes().ScopeAt(call.func()), NameView(tree(), call.func()).id());
      if (function.kind != NameKind::Implicit) return value;
      const bool recording = recording_;
      recording_ = false;
      const Value classes = Eval(call.args()[1]);
      recording_ = recording;
      return KeepInstances(value, classes, truth);
    }
    default:
      return value;
  }
}

// For the rest of the node at hand.
void Evaluator::NarrowAll(NodeId test, bool truth) {
  const auto uses = active_->graph->cfg.Uses(active_->node);
  for (uint32_t slot : uses) {
    const Value before = ReadSlot(active_, slot);
    const Value after = Narrow(test, truth, slot, before);
    if (!(after == before)) active_->narrowed.emplace_back(slot, after);
  }
}

// `classes` is what stands as the second argument of isinstance(), or behind `except`.
Value Evaluator::KeepInstances(const Value& value, const Value& classes, bool truth) {
  std::vector<Type> wanted;
  bool all_known = !classes.unknown();
  std::vector<Type> stack(classes.types().begin(), classes.types().end());
  while (!stack.empty()) {
    const Type type = stack.back();
    stack.pop_back();
    if (type.kind() == TypeKind::Class) {
      wanted.push_back(type);
      // A metaclass, or registration with an abstract class, may answer anything.
      const ClassId metaclass = decls().classes[ClassId(type.subject())].metaclass;
      all_known &= type.exact() && !type.alias() && metaclass == decls().known.type;
    } else if (type.positional()) {
      for (uint32_t index = 0; index < type.arity(); ++index) {
        const Value item = Content(type.detail(), index, tree().root());
        all_known &= !item.unknown();
        for (Type inner : item.types()) {
          if (inner.kind() == TypeKind::Class)
            stack.push_back(inner);
          else
            all_known = false;
        }
      }
    } else {
      all_known = false;
    }
  }
  // Whether an object of the type is an instance; nothing where it depends.
  auto is_instance = [&](Type type) -> std::optional<bool> {
    if (type.kind() != TypeKind::Instance) return std::nullopt;
    const ClassId cls(type.subject());
    bool maybe = !all_known;
    for (Type wanted_type : wanted) {
      const ClassId wanted_class(wanted_type.subject());
      const std::optional<bool> derived = decls().IsSubclass(cls, wanted_class);
      if (derived.value_or(false)) return true;
      // A subclass may derive from the wanted class as well.
      if (!derived || !type.exact() || IsSubclass(wanted_class, cls)) maybe = true;
    }
    return maybe ? std::nullopt : std::optional<bool>(false);
  };
  Value kept = value.Filter([&](Type type) {
    const std::optional<bool> is = is_instance(type);
    return !is || *is == truth;
  });
  if (!truth) return kept;
  // What is wider than a wanted class is that class from here on.
  Value narrowed;
  for (Type type : kept.types()) {
    bool refined = false;
    if (type.kind() == TypeKind::Instance && !type.exact() && all_known) {
      for (Type wanted_type : wanted) {
        const ClassId wanted_class(wanted_type.subject());
        if (ClassId(type.subject()) != wanted_class &&
            IsSubclass(wanted_class, ClassId(type.subject())) &&
            !is_instance(type).value_or(false)) {
          narrowed.Add(Instance(wanted_class, false));
          refined = true;
        }
      }
    }
    if (!refined) narrowed.Add(type);
  }
  narrowed.Weaken(kept.provenance());
  if (value.unknown()) {
    if (!all_known || wanted.empty()) {
      narrowed.Join(Value::Unknown(value.cause()));
    } else {
      for (Type wanted_type : wanted) {
        const ClassId cls(wanted_type.subject());
        // What such an object holds is as unknown as it was.
        narrowed.Add(Instance(cls, false));
      }
      AddChangedClasses(tree().root(), narrowed);
    }
  }
  return narrowed;
}

// Objects of some classes are always true, None never is.
Value Evaluator::KeepTruth(const Value& value, bool truth) {
  const SymbolId as_bool = decls().Find("__bool__");
  const SymbolId length = decls().Find("__len__");
  return value.Filter([&](Type type) {
    if (type.kind() != TypeKind::Instance) return truth || type.kind() == TypeKind::Callable;
    const ClassId cls(type.subject());
    if (cls == decls().known.none_type) return !truth;
    if (truth || !type.exact()) return true;
    auto absent = [&](SymbolId name) {
      return !name || decls().LookupMember(cls, name).kind == MemberHit::Kind::Absent;
    };
    return !(absent(as_bool) && absent(length));
  });
}

}  // namespace unspool::semantics::types
