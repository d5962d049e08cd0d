// Expressions: tuples, conditionals, operators, primaries.
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "syntax/parser_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

NodeId Parser::StarExpressions() {
  const uint32_t start = begin();
  NodeId first = StarExpression();
  if (kind() != Comma) return first;
  return TupleRest(start, first, false);
}

NodeId Parser::StarExpression() {
  if (kind() != Star) return Expression();
  const uint32_t start = begin();
  Advance();
  NodeId value = Binary(kPrecedenceBitOr);
  return builder_.Add<NodeKind::Starred>(start, LastEnd(), value);
}

NodeId Parser::StarNamedExpression() {
  if (kind() != Star) return NamedExpression();
  return StarExpression();
}

// A tuple without parentheses of its own: stands on the first comma.
NodeId Parser::TupleRest(uint32_t start, NodeId first, bool named) {
  ScratchList items(*this);
  items.Add(first);
  while (Accept(Comma)) {
    if (!StartsExpression(kind()) && kind() != Star) break;
    items.Add(named ? StarNamedExpression() : StarExpression());
  }
  return builder_.Add<NodeKind::Tuple>(start, LastEnd(), items.Take());
}

NodeId Parser::NamedExpression() {
  if (IsName(kind()) && Peek() == ColonEqual) {
    const uint32_t start = begin();
    NodeId target = Name();
    builder_.SetContext(target, ExprContext::Store);
    Advance();
    NodeId value = Expression();
    return builder_.Add<NodeKind::NamedExpr>(start, LastEnd(), target, value);
  }
  const uint32_t start_token = pos_;
  NodeId node = Expression();
  last_read_.named_start = start_token;
  last_read_.named_end = pos_;
  return node;
}

NodeId Parser::Expression() {
  if (kind() == TokenKind::Lambda) return Lambda();
  const uint32_t start = begin();
  const uint32_t start_token = pos_;
  NodeId body = Binary(kPrecedenceOr);
  last_read_.expression_start = start_token;
  last_read_.expression_end = pos_;
  if (kind() != TokenKind::If) return body;
  return ConditionalRest(start, body);
}

// `a if b else c if d else e` is read in a loop: such chains can be long.
NodeId Parser::ConditionalRest(uint32_t start, NodeId body) {
  ScratchList parts(*this);  // start, body, test of each
  NodeId last = body;
  uint32_t last_start = start;
  while (kind() == TokenKind::If) {
    ChainStep(parts.size() / 3);
    Advance();
    parts.Add(last_start);
    parts.Add(last);
    parts.Add(Binary(kPrecedenceOr));
    if (!Accept(Else)) {
      if (kind() != Colon && options_.target >= Version{3, 10}) {
        Fail("expected 'else' after 'if' expression", last_start, LastEnd());
      }
      Unexpected();
      break;
    }
    last_start = begin();
    if (kind() == TokenKind::Lambda) {
      last = Lambda();
      break;
    }
    const uint32_t last_token = pos_;
    last = Binary(kPrecedenceOr);
    last_read_.expression_start = last_token;
    last_read_.expression_end = pos_;
  }
  const uint32_t end_offset = LastEnd();
  for (size_t index = parts.size(); index >= 3; index -= 3) {
    last = builder_.Add<NodeKind::IfExp>(parts[index - 3], end_offset, parts[index - 1],
                                         parts[index - 2], last);
  }
  return last;
}

NodeId Parser::Lambda() {
  DepthGuard guard(*this);
  const uint32_t start = begin();
  Advance();
  NodeId parameters = Parameters(true, begin());
  Expect(Colon);
  NodeId body = Expression();
  return builder_.Add<NodeKind::Lambda>(start, LastEnd(), parameters, body);
}

NodeId Parser::Binary(int minimum) {
  const uint32_t start = begin();
  NodeId left;
  if (IsName(kind()) && !ContinuesOperand(Peek())) {
    // Most operands are a name alone: the levels between here and there have nothing to do.
    left = Name();
  } else {
    left = kind() == Not ? NotExpression(minimum) : Unary();
  }
  if (kBinaryOperators[static_cast<size_t>(kind())].precedence < minimum) return left;
  return BinaryRest(left, start, minimum);
}

NodeId Parser::BinaryRest(NodeId left, uint32_t start, int minimum) {
  size_t chain = 0;
  while (true) {
    const OperatorEntry entry = kBinaryOperators[static_cast<size_t>(kind())];
    if (entry.precedence < minimum) return left;
    switch (entry.precedence) {
      case kPrecedenceOr:
      case kPrecedenceAnd:
        left = BoolOp(left, start, entry.precedence);
        break;
      case kPrecedenceCompare: {
        if (kind() == Not && Peek() != In) return left;
        left = Compare(left, start, minimum);
        break;
      }
      default: {
        Advance();
        NodeId right = Binary(entry.precedence + 1);
        left = builder_.Add<NodeKind::BinOp>(start, LastEnd(), left, entry.op, right);
        ChainStep(++chain);
      }
    }
  }
}

NodeId Parser::BoolOp(NodeId left, uint32_t start, int precedence) {
  const TokenKind token = precedence == kPrecedenceOr ? Or : And;
  ScratchList values(*this);
  values.Add(left);
  while (Accept(token)) values.Add(Binary(precedence + 1));
  return builder_.Add<NodeKind::BoolOp>(start, LastEnd(),
                                        token == Or ? Operator::Or : Operator::And, values.Take());
}

NodeId Parser::Compare(NodeId left, uint32_t start, int minimum) {
  ScratchList operators(*this, kKeys);
  ScratchList operands(*this);
  while (kBinaryOperators[static_cast<size_t>(kind())].precedence == kPrecedenceCompare) {
    Operator op = kBinaryOperators[static_cast<size_t>(kind())].op;
    if (op == Operator::NotIn) {
      if (Peek() != In) break;
      Advance();
    }
    Advance();
    if (op == Operator::Is && Accept(Not)) op = Operator::IsNot;
    operators.Add(static_cast<uint32_t>(op));
    operands.Add(Binary(kPrecedenceCompare + 1));
  }
  return builder_.Add<NodeKind::Compare>(start, LastEnd(), left, operators.Take(), operands.Take());
}

NodeId Parser::NotExpression(int minimum) {
  if (minimum > kPrecedenceNot) {
    Unexpected();
    return NodeId();
  }
  ScratchList starts(*this, kKeys);
  while (kind() == Not) {
    starts.Add(begin());
    Advance();
  }
  ChainStep(starts.size());
  NodeId node = Binary(kPrecedenceNot);
  for (size_t index = starts.size(); index-- > 0;) {
    node = builder_.Add<NodeKind::UnaryOp>(starts[index], LastEnd(), Operator::Not, node);
  }
  return node;
}

NodeId Parser::Unary() {
  switch (kind()) {
    case Minus:
    case Plus:
    case Tilde:
      return SignedUnary();
    default:
      return Power();
  }
}

NodeId Parser::SignedUnary() {
  ScratchList signs(*this, kKeys);  // start and operator of each
  while (kind() == Minus || kind() == Plus || kind() == Tilde) {
    signs.Add(begin());
    signs.Add(static_cast<uint32_t>(kind() == Minus  ? Operator::USub
                                    : kind() == Plus ? Operator::UAdd
                                                     : Operator::Invert));
    Advance();
  }
  ChainStep(signs.size() / 2);
  NodeId node = Power();
  for (size_t index = signs.size(); index > 0; index -= 2) {
    node = builder_.Add<NodeKind::UnaryOp>(signs[index - 2], LastEnd(), signs[index - 1], node);
  }
  return node;
}

NodeId Parser::Power() {
  const uint32_t start = begin();
  NodeId base;
  if (kind() == TokenKind::Await) {
    Advance();
    NodeId value = Primary();
    base = builder_.Add<NodeKind::Await>(start, LastEnd(), value);
  } else {
    base = Primary();
  }
  if (kind() != DoubleStar) return base;
  DepthGuard guard(*this);
  Advance();
  NodeId exponent = Unary();
  return builder_.Add<NodeKind::BinOp>(start, LastEnd(), base, Operator::Pow, exponent);
}

NodeId Parser::Primary() {
  const uint32_t start = begin();
  NodeId node = Atom();
  for (size_t chain = 0;; ++chain) {
    switch (kind()) {
      case Dot: {
        Advance();
        NameId name = ExpectName();
        node = builder_.Add<NodeKind::Attribute>(start, LastEnd(), node, name);
        break;
      }
      case LParen:
        node = Call(node, start);
        break;
      case LBracket:
        node = Subscript(node, start);
        break;
      default:
        return node;
    }
    ChainStep(chain);
  }
}

NodeId Parser::Atom() {
  switch (kind()) {
    case TokenKind::Name:
    case NameMatch:
    case NameCase:
    case NameType:
    case NameLazy:
      return Name();
    case Int:
    case Float:
    case Imag:
      return Number();
    case String:
    case StringSpecial:
    case FStringStart:
    case TStringStart:
      return Strings();
    case LParen:
      return ParenAtom();
    case LBracket:
      return ListAtom();
    case LBrace:
      return BraceAtom();
    case None:
      return Singleton(ConstantKind::None);
    case True:
      return Singleton(ConstantKind::True);
    case False:
      return Singleton(ConstantKind::False);
    case Ellipsis:
      return Singleton(ConstantKind::Ellipsis);
    default:
      Unexpected();
      return NodeId();
  }
}

NodeId Parser::Name() {
  NameId name = NameAt(pos_);
  NodeId node = builder_.Add<NodeKind::Name>(begin(), end(), name);
  Advance();
  return node;
}

NodeId Parser::Singleton(ConstantKind constant_kind) {
  NodeId node =
      builder_.Add<NodeKind::Constant>(begin(), end(), TreeBuilder::Singleton(constant_kind));
  Advance();
  return node;
}

NodeId Parser::Number() {
  const ConstantKind constant_kind = kind() == Int     ? ConstantKind::Int
                                     : kind() == Float ? ConstantKind::Float
                                                       : ConstantKind::Imag;
  const uint32_t length = end() - begin();
  if (constant_kind == ConstantKind::Int && length > 4300) [[unlikely]] {
    if (auto error = CheckNumber(TextAt(pos_), options_.target)) {
      Report(error->message, begin(), end());
    }
  }
  ConstantId constant = builder_.SourceConstant(constant_kind, begin(), length);
  NodeId node = builder_.Add<NodeKind::Constant>(begin(), end(), constant);
  Advance();
  return node;
}

NodeId Parser::YieldExpression() {
  const uint32_t start = begin();
  Advance();
  if (Accept(From)) {
    NodeId value = Expression();
    return builder_.Add<NodeKind::YieldFrom>(start, LastEnd(), value);
  }
  NodeId value;
  if (StartsExpression(kind()) || kind() == Star) value = StarExpressions();
  return builder_.Add<NodeKind::Yield>(start, LastEnd(), value);
}

NodeId Parser::Call(NodeId func, uint32_t start) {
  Advance();
  if (Accept(RParen)) return builder_.Add<NodeKind::Call>(start, LastEnd(), func, 0u, 0u);
  ScratchList args(*this);
  ScratchList keywords(*this, kKeys);
  Arguments(args, keywords, false);
  return builder_.Add<NodeKind::Call>(start, LastEnd(), func, args.Take(), keywords.Take());
}

// From behind `(` to behind `)`.
void Parser::Arguments(ScratchList& args, ScratchList& keywords, bool class_bases) {
  const uint32_t open = spans_[pos_ - 1].begin;
  bool keyword_seen = false;
  bool unpacking_seen = false;
  const char* misplaced = nullptr;
  while (kind() != RParen) {
    const uint32_t start = begin();
    if (kind() == DoubleStar) {
      Advance();
      NodeId value = Expression();
      keywords.Add(builder_.Add<NodeKind::keyword>(start, LastEnd(), NameId(), value));
      unpacking_seen = true;
    } else if (IsName(kind()) && Peek() == Equal) {
      NameId name = NameAt(pos_);
      pos_ += 2;
      if (kind() == Comma || kind() == RParen) {
        if (options_.target >= Version{3, 12}) {
          Fail("expected argument value expression", start, LastEnd());
        }
        Unexpected();
      }
      NodeId value = Expression();
      if (AtComprehension()) {
        Fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start, start + 1);
      }
      keywords.Add(builder_.Add<NodeKind::keyword>(start, LastEnd(), name, value));
      keyword_seen = true;
    } else {
      NodeId value;
      const bool starred = kind() == Star;
      if (starred) {
        Advance();
        value = Expression();
        value = builder_.Add<NodeKind::Starred>(start, LastEnd(), value);
        if (unpacking_seen) {
          Fail("iterable argument unpacking follows keyword argument unpacking", start, LastEnd());
        }
      } else {
        value = NamedExpression();
      }
      if (AtComprehension()) {
        if (starred) {
          RefuseUnpacking("iterable unpacking cannot be used in comprehension", start);
        }
        uint32_t generators = ComprehensionClauses();
        const bool first = args.empty() && keywords.empty();
        if (!first || kind() == Comma) {
          Fail("Generator expression must be parenthesized", start, LastEnd());
        }
        if (class_bases && !failed_) {
          Fail(options_.target >= Version{3, 9} ? "invalid syntax" : "expected ':'", start,
               LastEnd());
        }
        if (kind() != RParen) Unexpected();
        args.Add(builder_.Add<NodeKind::GeneratorExp>(open, end(), value, generators));
        break;
      }
      if (kind() == Equal && !failed_) {
        const TokenKind before = kinds_[pos_ - 1];
        if (starred) {
          Fail("cannot assign to iterable argument unpacking", start, LastEnd());
        } else if (kinds_[pos_ - 1] == True || before == False || before == None) {
          Fail(fmt::format("cannot assign to {}", TextAt(pos_ - 1)), start, end());
        } else {
          Fail("expression cannot contain assignment, perhaps you meant \"==\"?", start, end());
        }
      }
      if (!starred && (keyword_seen || unpacking_seen)) {
        // CPython reads the arguments behind it before it complains.
        misplaced = unpacking_seen ? "positional argument follows keyword argument unpacking"
                                   : "positional argument follows keyword argument";
      }
      args.Add(value);
    }
    if (!Accept(Comma)) break;
  }
  if (misplaced && kind() == RParen) Fail(misplaced);
  Expect(RParen);
}

NodeId Parser::Subscript(NodeId value, uint32_t start) {
  Advance();
  const uint32_t slice_start = begin();
  const bool starred = kind() == Star;
  NodeId slice = SliceItem();
  if (kind() == Comma || starred) {
    ScratchList items(*this);
    items.Add(slice);
    while (Accept(Comma)) {
      if (kind() == RBracket) break;
      items.Add(SliceItem());
    }
    slice = builder_.Add<NodeKind::Tuple>(slice_start, LastEnd(), items.Take());
  }
  Expect(RBracket);
  return builder_.Add<NodeKind::Subscript>(start, LastEnd(), value, slice);
}

NodeId Parser::SliceItem() {
  const uint32_t start = begin();
  NodeId lower;
  if (kind() == Star) {
    Advance();
    NodeId value = Expression();
    NodeId node = builder_.Add<NodeKind::Starred>(start, LastEnd(), value);
    Require(11, "unpacking in a subscript", start, LastEnd());
    return node;
  }
  if (kind() != Colon) {
    const bool named = IsName(kind()) && Peek() == ColonEqual;
    lower = NamedExpression();
    if (named) {
      Require(10, "unparenthesized assignment expression in a subscript", start, LastEnd());
    }
    if (named || kind() != Colon) return lower;
  }
  Advance();
  NodeId upper;
  NodeId step;
  if (StartsExpression(kind())) upper = Expression();
  if (Accept(Colon) && StartsExpression(kind())) step = Expression();
  return builder_.Add<NodeKind::Slice>(start, LastEnd(), lower, upper, step);
}

}  // namespace unspool::syntax
