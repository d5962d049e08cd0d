// The match statement and its patterns.
#include "syntax/parser.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

// `match` begins a statement of its own exactly where its logical line ends with a colon that a
// block follows: an expression statement never ends with one.
bool Parser::AtMatchStatement() const {
  switch (Peek()) {
    case Dot:
    case Equal:
    case Comma:
    case Colon:
    case Newline:
    case RParen:
    case Semicolon:
      return false;
    default:
      if (StartsExpression(Peek()) && Peek() > TokenKind::LBrace && Peek() != Minus &&
          Peek() != Plus && Peek() != Not) {
        return true;
      }
      if (IsName(Peek()) || IsNumber(Peek()) || IsStringStart(Peek())) break;
  }
  uint32_t at = pos_ + 1;
  while (kinds_[at] != Newline && kinds_[at] != EndMarker && kinds_[at] != Stop) ++at;
  return kinds_[at - 1] == Colon;
}

NodeId Parser::Match() {
  const uint32_t start = begin();
  const uint32_t start_end = end();
  Advance();
  const uint32_t subject_start = begin();
  NodeId subject;
  if (kind() == Star) {
    subject = StarNamedExpression();
    if (kind() != Comma) Unexpected();
  } else {
    subject = NamedExpression();
  }
  if (kind() == Comma) subject = TupleRest(subject_start, subject, true);
  ExpectColon();
  if (!Accept(Newline)) Unexpected();
  if (failed_) return NodeId();
  Require(10, "a match statement", start, start_end);
  while (kind() == TokenKind::IndentationError) {
    ReportLexError(pos_);
    Advance();
  }
  ScratchList cases(*this);
  if (!Accept(Indent)) {
    Report(
        fmt::format("expected an indented block after 'match' statement on line {}", LineAt(start)),
        begin(), end());
  } else {
    while (kind() == NameCase && !failed_) {
      NodeId match_case = MatchCase();
      if (failed_) return NodeId();
      cases.Add(match_case);
      while (kind() == TokenKind::IndentationError) {
        ReportLexError(pos_);
        Advance();
      }
    }
    if (cases.empty() || kind() != Dedent) Unexpected();
    Accept(Dedent);
  }
  return builder_.Add<NodeKind::Match>(start, LastSignificantEnd(), subject, cases.Take());
}

NodeId Parser::MatchCase() {
  const uint32_t start = begin();
  Advance();
  NodeId pattern = OpenPattern();
  NodeId guard;
  if (Accept(TokenKind::If)) guard = NamedExpression();
  ExpectColon();
  const uint32_t body = Block("'case' statement", start);
  return builder_.Add<NodeKind::match_case>(start, LastSignificantEnd(), pattern, guard, body);
}

// A pattern, or several with commas between them: a sequence without brackets.
NodeId Parser::OpenPattern() {
  const uint32_t start = begin();
  const bool starred = kind() == Star;
  NodeId first = MaybeStarPattern();
  if (kind() != Comma) {
    if (starred) Unexpected();
    return first;
  }
  ScratchList patterns(*this);
  patterns.Add(first);
  while (Accept(Comma)) {
    if (kind() == Colon || kind() == TokenKind::If) break;
    patterns.Add(MaybeStarPattern());
  }
  return builder_.Add<NodeKind::MatchSequence>(start, LastEnd(), patterns.Take());
}

NodeId Parser::MaybeStarPattern() {
  return kind() == Star ? StarPattern() : Pattern();
}

NodeId Parser::StarPattern() {
  const uint32_t start = begin();
  Advance();
  NameId name;
  if (IsName(kind()) && TokenIs(pos_, "_")) {
    Advance();
  } else {
    name = CaptureName();
  }
  return builder_.Add<NodeKind::MatchStar>(start, LastEnd(), name);
}

NameId Parser::CaptureName() {
  if (!IsName(kind()) || TokenIs(pos_, "_") || Peek() == Dot || Peek() == LParen ||
      Peek() == Equal) {
    if (IsName(kind()) && !TokenIs(pos_, "_")) Advance();
    Unexpected();
    return NameId();
  }
  return ExpectName();
}

NodeId Parser::Pattern() {
  const uint32_t start = begin();
  NodeId pattern = OrPattern();
  if (!Accept(As)) return pattern;
  if (IsName(kind()) && TokenIs(pos_, "_")) Fail("cannot use '_' as a target");
  if (!IsName(kind()) || Peek() == Dot || Peek() == LParen || Peek() == Equal) {
    if (StartsExpression(kind()) && !failed_) {
      const uint32_t target_start = begin();
      NodeId target = Expression();
      if (!failed_) {
        Fail(options_.target >= Version{3, 14}
                 ? fmt::format("cannot use {} as pattern target", NameOfExpression(target))
                 : std::string("invalid pattern target"),
             target_start, LastEnd());
      }
    }
  }
  NameId name = CaptureName();
  return builder_.Add<NodeKind::MatchAs>(start, LastEnd(), pattern, name);
}

NodeId Parser::OrPattern() {
  const uint32_t start = begin();
  NodeId first = ClosedPattern();
  if (kind() != VBar) return first;
  ScratchList patterns(*this);
  patterns.Add(first);
  while (Accept(VBar)) patterns.Add(ClosedPattern());
  return builder_.Add<NodeKind::MatchOr>(start, LastEnd(), patterns.Take());
}

NodeId Parser::ClosedPattern() {
  const uint32_t start = begin();
  switch (kind()) {
    case Int:
    case Float:
    case Imag:
    case Minus:
    case Plus: {
      NodeId value = NumberPattern();
      return builder_.Add<NodeKind::MatchValue>(start, LastEnd(), value);
    }
    case String:
    case StringSpecial:
    case FStringStart:
    case TStringStart: {
      NodeId value = Strings();
      return builder_.Add<NodeKind::MatchValue>(start, LastEnd(), value);
    }
    case None:
    case True:
    case False: {
      const ConstantKind constant_kind = kind() == None   ? ConstantKind::None
                                         : kind() == True ? ConstantKind::True
                                                          : ConstantKind::False;
      Advance();
      return builder_.Add<NodeKind::MatchSingleton>(start, LastEnd(),
                                                    TreeBuilder::Singleton(constant_kind));
    }
    case LParen:
    case LBracket:
      return GroupOrSequencePattern();
    case LBrace:
      return MappingPattern();
    default:
      break;
  }
  if (!IsName(kind())) {
    Unexpected();
    return NodeId();
  }
  if (TokenIs(pos_, "_")) {
    Advance();
    return builder_.Add<NodeKind::MatchAs>(start, LastEnd(), NodeId(), NameId());
  }
  if (Peek() != Dot && Peek() != LParen && Peek() != Equal) {
    NameId name = ExpectName();
    return builder_.Add<NodeKind::MatchAs>(start, LastEnd(), NodeId(), name);
  }
  const bool dotted = Peek() == Dot;
  NodeId value = NameOrAttribute();
  if (kind() == LParen) return ClassPattern(value, start);
  if (!dotted || kind() == Equal) {
    Unexpected();
    return NodeId();
  }
  return builder_.Add<NodeKind::MatchValue>(start, LastEnd(), value);
}

// `1`, `-1`, `-1 + 2j`
NodeId Parser::NumberPattern() {
  const uint32_t start = begin();
  const uint32_t first = kind() == Minus || kind() == Plus ? pos_ + 1 : pos_;
  NodeId real = PatternNumber();
  if (kind() != Plus && kind() != Minus) return real;
  const Operator op = kind() == Plus ? Operator::Add : Operator::Sub;
  if (kinds_[first] == Imag) {
    Fail("real number required in complex literal", spans_[first].begin, spans_[first].end);
  }
  Advance();
  if (IsNumber(kind()) && kind() != Imag) Fail("imaginary number required in complex literal");
  if (kind() != Imag) {
    Unexpected();
    return NodeId();
  }
  NodeId imaginary = Number();
  return builder_.Add<NodeKind::BinOp>(start, LastEnd(), real, op, imaginary);
}

NodeId Parser::PatternNumber() {
  const uint32_t start = begin();
  const bool negative = kind() == Minus;
  const bool is_signed = negative || kind() == Plus;
  if (kind() == Plus) Require(15, "a unary plus in a pattern", begin(), end());
  if (is_signed) Advance();
  if (!IsNumber(kind())) {
    Unexpected();
    return NodeId();
  }
  NodeId number = Number();
  if (!is_signed) return number;
  return builder_.Add<NodeKind::UnaryOp>(start, LastEnd(),
                                         negative ? Operator::USub : Operator::UAdd, number);
}

NodeId Parser::NameOrAttribute() {
  const uint32_t start = begin();
  if (!IsName(kind())) {
    Unexpected();
    return NodeId();
  }
  NodeId node = Name();
  for (size_t chain = 0; Accept(Dot); ++chain) {
    NameId name = ExpectName();
    node = builder_.Add<NodeKind::Attribute>(start, LastEnd(), node, name);
    ChainStep(chain);
  }
  return node;
}

NodeId Parser::GroupOrSequencePattern() {
  const uint32_t start = begin();
  const bool parens = kind() == LParen;
  const TokenKind closing = parens ? RParen : RBracket;
  Advance();
  ScratchList patterns(*this);
  bool comma = false;
  bool starred = false;
  while (kind() != closing) {
    starred |= kind() == Star;
    patterns.Add(MaybeStarPattern());
    if (!Accept(Comma)) break;
    comma = true;
  }
  if (parens && patterns.size() == 1 && !comma) {
    if (starred) Unexpected();
    NodeId inner(patterns[0]);
    Expect(closing);
    return inner;
  }
  Expect(closing);
  return builder_.Add<NodeKind::MatchSequence>(start, LastEnd(), patterns.Take());
}

NodeId Parser::MappingPattern() {
  const uint32_t start = begin();
  Advance();
  ScratchList keys(*this, kKeys);
  ScratchList patterns(*this);
  NameId rest;
  while (kind() != RBrace) {
    if (rest) {
      Fail("double star pattern must be the last (right-most) subpattern in the mapping pattern");
    }
    if (Accept(DoubleStar)) {
      rest = CaptureName();
    } else {
      NodeId key;
      switch (kind()) {
        case Int:
        case Float:
        case Imag:
        case Minus:
        case Plus:
          key = NumberPattern();
          break;
        case String:
        case StringSpecial:
        case FStringStart:
        case TStringStart:
          key = Strings();
          break;
        case None:
          key = Singleton(ConstantKind::None);
          break;
        case True:
          key = Singleton(ConstantKind::True);
          break;
        case False:
          key = Singleton(ConstantKind::False);
          break;
        default:
          if (IsName(kind()) && Peek() != Dot) Advance();
          key = NameOrAttribute();
      }
      keys.Add(key);
      Expect(Colon);
      patterns.Add(Pattern());
    }
    if (!Accept(Comma)) break;
  }
  Expect(RBrace);
  return builder_.Add<NodeKind::MatchMapping>(start, LastEnd(), keys.Take(), patterns.Take(), rest);
}

NodeId Parser::ClassPattern(NodeId cls, uint32_t start) {
  Advance();
  ScratchList patterns(*this);
  ScratchList names(*this, kKeys);
  ScratchList named_patterns(*this, kDefaults);
  while (kind() != RParen) {
    if (IsName(kind()) && Peek() == Equal) {
      // CPython takes `_` for a positional wildcard while it still reads positional patterns.
      if (!patterns.empty() && names.empty() && TokenIs(pos_, "_")) {
        ++pos_;
        Unexpected();
        return NodeId();
      }
      names.Add(NameAt(pos_).value());
      pos_ += 2;
      named_patterns.Add(Pattern());
    } else {
      const uint32_t at = begin();
      patterns.Add(Pattern());
      if (!names.empty()) {
        Fail("positional patterns follow keyword patterns", at, LastEnd());
      }
    }
    if (!Accept(Comma)) break;
  }
  Expect(RParen);
  return builder_.Add<NodeKind::MatchClass>(start, LastEnd(), cls, patterns.Take(), names.Take(),
                                            named_patterns.Take());
}

}  // namespace unspool::syntax
