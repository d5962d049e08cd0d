// Assignment targets: parsed as expressions, then given the context Store or Del.
#include "syntax/parser.h"
#include "syntax/parser_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

// The targets of `for`, up to `in`.
NodeId Parser::StarTargets() {
  const uint32_t start = begin();
  NodeId first = kind() == Star ? StarExpression() : Binary(kPrecedenceBitOr);
  if (kind() == Comma) {
    ScratchList items(*this);
    items.Add(first);
    while (Accept(Comma)) {
      if (!StartsExpression(kind()) && kind() != Star) break;
      items.Add(kind() == Star ? StarExpression() : Binary(kPrecedenceBitOr));
    }
    first = builder_.Add<NodeKind::Tuple>(start, LastEnd(), items.Take());
  }
  if (failed_) return first;
  if (kind() != In) {
    NodeId invalid = FindInvalidTarget(first, ExprContext::Store);
    // A wrong target is the better message where one is there.
    if (!invalid) Unexpected();
  }
  MakeTarget(first, ExprContext::Store);
  return first;
}

// `may_be_comparison`: the target stands first in a statement, before `=`.
bool Parser::MakeTarget(NodeId id, ExprContext context, bool may_be_comparison) {
  if (failed_) return false;
  NodeId invalid = FindInvalidTarget(id, context);
  if (!invalid) {
    ApplyContext(id, context);
    return true;
  }
  const Tree& tree = builder_.tree();
  if (may_be_comparison && options_.target >= Version{3, 10}) {
    // CPython looks at the expression right before `=` on its own first.
    NodeId last = id;
    if (tree.kind(id) == NodeKind::Tuple && tree.text()[tree.begin(id)] != '(') {
      last = TupleView(tree, id).elts().back();
    }
    if (IsComparand(last) && FollowedByOneValue()) {
      Fail(fmt::format("cannot assign to {} here. Maybe you meant '==' instead of '='?",
                       NameOfExpression(last)),
           tree.begin(last), tree.end(last));
      return false;
    }
  }
  std::string message =
      fmt::format("cannot {} {}", context == ExprContext::Del ? "delete" : "assign to",
                  NameOfExpression(invalid));
  if (context == ExprContext::Store &&
      (tree.kind(invalid) == NodeKind::Yield || tree.kind(invalid) == NodeKind::YieldFrom) &&
      invalid == id && kinds_[pos_] == Equal) {
    message = "assignment to yield expression not possible";
  }
  Fail(std::move(message), tree.begin(invalid), tree.end(invalid));
  return false;
}

// Could the expression stand before `==`, and not before `=`?
bool Parser::IsComparand(NodeId id) const {
  const Tree& tree = builder_.tree();
  switch (tree.kind(id)) {
    case NodeKind::List:
    case NodeKind::Tuple:
    case NodeKind::GeneratorExp:
    case NodeKind::BoolOp:
    case NodeKind::Compare:
    case NodeKind::IfExp:
    case NodeKind::Lambda:
    case NodeKind::NamedExpr:
    case NodeKind::Starred:
    case NodeKind::Yield:
    case NodeKind::YieldFrom:
      // Between parentheses these would do, but for tuples and the like.
      return tree.begin(id) > 0 && tree.text()[tree.begin(id) - 1] == '(' &&
             tree.kind(id) != NodeKind::List && tree.kind(id) != NodeKind::Tuple &&
             tree.kind(id) != NodeKind::GeneratorExp;
    case NodeKind::UnaryOp:
      return UnaryOpView(tree, id).op() != Operator::Not;
    case NodeKind::Constant: {
      const ConstantKind constant_kind = tree.constant(ConstantView(tree, id).value()).kind;
      return constant_kind != ConstantKind::None && constant_kind != ConstantKind::True &&
             constant_kind != ConstantKind::False;
    }
    default:
      return true;
  }
}

// Stands on `=`: does an operand follow, with no further `=` behind it?
bool Parser::FollowedByOneValue() {
  const Checkpoint checkpoint = Save();
  const bool outer = speculating_;
  speculating_ = true;
  Advance();
  Binary(kPrecedenceBitOr);
  const bool good = !failed_ && kind() != Equal && kind() != ColonEqual;
  Restore(checkpoint);
  speculating_ = outer;
  return good;
}

NodeId Parser::FindInvalidTarget(NodeId id, ExprContext context) const {
  const Tree& tree = builder_.tree();
  auto any_of = [&](NodeList items) {
    for (NodeId item : items) {
      if (NodeId invalid = FindInvalidTarget(item, context)) return invalid;
    }
    return NodeId();
  };
  switch (tree.kind(id)) {
    case NodeKind::Name:
    case NodeKind::Attribute:
    case NodeKind::Subscript:
      return NodeId();
    case NodeKind::Tuple:
      return any_of(TupleView(tree, id).elts());
    case NodeKind::List:
      return any_of(ListView(tree, id).elts());
    case NodeKind::Starred: {
      if (context == ExprContext::Del && options_.target >= Version{3, 9}) return id;
      NodeId value = StarredView(tree, id).value();
      if (tree.kind(value) == NodeKind::Starred) return value;
      return FindInvalidTarget(value, context);
    }
    default:
      return id;
  }
}

void Parser::ApplyContext(NodeId id, ExprContext context) {
  const Tree& tree = builder_.tree();
  builder_.SetContext(id, context);
  switch (tree.kind(id)) {
    case NodeKind::Tuple:
      for (NodeId item : TupleView(tree, id).elts()) ApplyContext(item, context);
      break;
    case NodeKind::List:
      for (NodeId item : ListView(tree, id).elts()) ApplyContext(item, context);
      break;
    case NodeKind::Starred:
      ApplyContext(StarredView(tree, id).value(), context);
      break;
    default:
      break;
  }
}

// CPython's word for an expression in messages about targets.
std::string_view Parser::NameOfExpression(NodeId id) const {
  const Tree& tree = builder_.tree();
  switch (tree.kind(id)) {
    case NodeKind::Attribute:
      return "attribute";
    case NodeKind::Subscript:
      return "subscript";
    case NodeKind::Starred:
      return "starred";
    case NodeKind::Name:
      return "name";
    case NodeKind::List:
      return "list";
    case NodeKind::Tuple:
      return "tuple";
    case NodeKind::Lambda:
      return "lambda";
    case NodeKind::Call:
      return "function call";
    case NodeKind::BoolOp:
    case NodeKind::BinOp:
    case NodeKind::UnaryOp:
      return "expression";
    case NodeKind::GeneratorExp:
      return "generator expression";
    case NodeKind::Yield:
    case NodeKind::YieldFrom:
      return "yield expression";
    case NodeKind::Await:
      return "await expression";
    case NodeKind::ListComp:
      return "list comprehension";
    case NodeKind::SetComp:
      return "set comprehension";
    case NodeKind::DictComp:
      return "dict comprehension";
    case NodeKind::Dict:
      return options_.target >= Version{3, 10} ? "dict literal" : "dict display";
    case NodeKind::Set:
      return "set display";
    case NodeKind::JoinedStr:
    case NodeKind::FormattedValue:
      return "f-string expression";
    case NodeKind::TemplateStr:
    case NodeKind::Interpolation:
      return "t-string expression";
    case NodeKind::Constant:
      switch (tree.constant(ConstantView(tree, id).value()).kind) {
        case ConstantKind::None:
          return "None";
        case ConstantKind::True:
          return "True";
        case ConstantKind::False:
          return "False";
        case ConstantKind::Ellipsis:
          return options_.target >= Version{3, 10} ? "ellipsis" : "Ellipsis";
        default:
          return "literal";
      }
    case NodeKind::Compare:
      return "comparison";
    case NodeKind::IfExp:
      return "conditional expression";
    case NodeKind::NamedExpr:
      return "named expression";
    default:
      return "expression";
  }
}

}  // namespace unspool::syntax
