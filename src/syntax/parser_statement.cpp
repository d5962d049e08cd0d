// Simple statements and the dispatch over all statements.
#include "syntax/parser.h"
#include "syntax/parser_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

namespace {

// `(a).b`, `(a[0])(1).b`: since 3.9 CPython takes the parentheses for a target of their own, as in
// `(a): int`, and does not turn back when more follows.
bool BeginsWithTargetInParentheses(const Tree& tree, NodeId target) {
  NodeId inner = target;
  for (NodeKind kind = tree.kind(inner); tree.begin(inner) == tree.begin(target);
       kind = tree.kind(inner)) {
    if (kind != NodeKind::Attribute && kind != NodeKind::Subscript && kind != NodeKind::Call) {
      return false;
    }
    inner = NodeId(tree.Word(inner, 0));  // the value or the function
  }
  const NodeKind kind = tree.kind(inner);
  return inner != target &&
         (kind == NodeKind::Name || kind == NodeKind::Attribute || kind == NodeKind::Subscript);
}

}  // namespace

// Up to a Dedent or the EndMarker.
void Parser::Statements(ScratchList& list) {
  while (kind() != Dedent && kind() != EndMarker) Statement(list);
}

// Adds one compound statement, or the simple statements of one line.
void Parser::Statement(ScratchList& list) {
  const uint32_t first = pos_;
  statement_start_ = first;
  const size_t count = list.size();
  const TreeBuilder::Mark mark = builder_.Here();
  switch (kind()) {
    case TokenKind::If:
    case TokenKind::While:
    case TokenKind::For:
    case TokenKind::With:
    case TokenKind::Try:
    case Def:
    case Class:
    case At:
    case TokenKind::Async: {
      NodeId node = CompoundStatement();
      if (!failed_) list.Add(node);
      break;
    }
    case NameMatch:
      if (AtMatchStatement()) {
        NodeId node = Match();
        if (!failed_) list.Add(node);
        break;
      }
      SimpleStatements(list);
      break;
    case TokenKind::IndentationError:
      ReportLexError(pos_);
      Advance();
      return;
    case Newline:
      // Only behind an error: blank lines have no tokens.
      Advance();
      return;
    default:
      SimpleStatements(list);
  }
  if (failed_) {
    list.Truncate(count);
    Recover(first, mark, list);
  }
}

void Parser::SimpleStatements(ScratchList& list) {
  while (true) {
    list.Add(SimpleStatement());
    if (!Accept(Semicolon)) break;
    if (kind() == Newline) break;
  }
  if (!Accept(Newline)) Unexpected();
}

NodeId Parser::CompoundStatement() {
  const uint32_t start = begin();
  switch (kind()) {
    case TokenKind::If:
      return If();
    case TokenKind::While:
      return While();
    case TokenKind::For:
      return For(start, false);
    case TokenKind::With:
      return With(start, false);
    case TokenKind::Try:
      return Try();
    case Def:
      return FunctionDef(start, false, 0);
    case Class:
      return ClassDef(0);
    case At:
      return Decorated();
    default:
      return Async();
  }
}

NodeId Parser::SimpleStatement() {
  const uint32_t start = begin();
  switch (kind()) {
    case TokenKind::Return:
      return Return();
    case TokenKind::Import:
      return Import(false);
    case From:
      return ImportFrom(false);
    case TokenKind::Raise:
      return Raise();
    case Pass:
      Advance();
      return builder_.Add<NodeKind::Pass>(start, LastEnd());
    case Break:
      Advance();
      return builder_.Add<NodeKind::Break>(start, LastEnd());
    case Continue:
      Advance();
      return builder_.Add<NodeKind::Continue>(start, LastEnd());
    case Del:
      return Delete();
    case Assert:
      return AssertStatement();
    case Global:
    case Nonlocal:
      return GlobalOrNonlocal();
    case Opaque:
      Advance();
      return builder_.Add<NodeKind::Opaque>(start, LastEnd());
    case NameType:
      if (IsName(Peek())) return TypeAlias();
      return ExpressionStatement();
    case NameLazy:
      if (Peek() == TokenKind::Import || Peek() == From) {
        const bool plain = Peek() == TokenKind::Import;
        Require(15, "a lazy import", begin(), end());
        return plain ? Import(true) : ImportFrom(true);
      }
      return ExpressionStatement();
    default:
      return ExpressionStatement();
  }
}

NodeId Parser::ExpressionStatement() {
  const uint32_t start = begin();
  const uint32_t first_token = pos_;
  NodeId value = kind() == TokenKind::Yield ? YieldExpression() : StarExpressions();
  switch (kind()) {
    case Equal: {
      ScratchList targets(*this);
      while (kind() == Equal) {
        MakeTarget(value, ExprContext::Store, targets.empty());
        Accept(Equal);
        targets.Add(value);
        value = kind() == TokenKind::Yield ? YieldExpression() : StarExpressions();
      }
      return builder_.Add<NodeKind::Assign>(start, LastEnd(), targets.Take(), value);
    }
    case Colon:
      return AnnotatedAssignment(start, value, kinds_[first_token] == LParen);
    default:
      if (IsAugmentedAssign(kind())) return AugmentedAssignment(start, value);
      return builder_.Add<NodeKind::Expr>(start, LastEnd(), value);
  }
}

NodeId Parser::AnnotatedAssignment(uint32_t start, NodeId target, bool parenthesized) {
  if (failed_) return NodeId();
  const NodeKind target_kind = builder_.tree().kind(target);
  const bool is_name = target_kind == NodeKind::Name;
  const bool is_target =
      is_name || target_kind == NodeKind::Attribute || target_kind == NodeKind::Subscript;
  // In `((a).b): int` the outer parentheses are the target's own.
  const bool more_follows = parenthesized && builder_.tree().begin(target) == start;
  if (!is_target || (more_follows && options_.target >= Version{3, 9} &&
                     BeginsWithTargetInParentheses(builder_.tree(), target))) {
    const bool expression_follows = StartsExpression(Peek());
    if (expression_follows) {
      const bool several = target_kind == NodeKind::Tuple || target_kind == NodeKind::List;
      Fail(several ? fmt::format("only single target (not {}) can be annotated",
                                 target_kind == NodeKind::Tuple ? "tuple" : "list")
                   : std::string("illegal target for annotation"),
           builder_.tree().begin(target), builder_.tree().end(target));
    }
    Unexpected();
    return NodeId();
  }
  builder_.SetContext(target, ExprContext::Store);
  Advance();
  NodeId annotation = Expression();
  NodeId value;
  if (Accept(Equal)) {
    value = kind() == TokenKind::Yield ? YieldExpression() : StarExpressions();
  }
  // `(a): int` is not simple, nor is `(a)` in any depth of parentheses.
  const bool simple = is_name && !parenthesized;
  return builder_.Add<NodeKind::AnnAssign>(start, LastEnd(), target, annotation, value,
                                           simple ? 1 : 0);
}

NodeId Parser::AugmentedAssignment(uint32_t start, NodeId target) {
  if (failed_) return NodeId();
  const NodeKind target_kind = builder_.tree().kind(target);
  if (target_kind != NodeKind::Name && target_kind != NodeKind::Attribute &&
      target_kind != NodeKind::Subscript) {
    Fail(fmt::format("'{}' is an illegal expression for augmented assignment",
                     NameOfExpression(target)),
         builder_.tree().begin(target), builder_.tree().end(target));
    return NodeId();
  }
  builder_.SetContext(target, ExprContext::Store);
  const Operator op = kAugmentedOperators[static_cast<size_t>(kind())];
  Advance();
  NodeId value = kind() == TokenKind::Yield ? YieldExpression() : StarExpressions();
  return builder_.Add<NodeKind::AugAssign>(start, LastEnd(), target, op, value);
}

NodeId Parser::Return() {
  const uint32_t start = begin();
  Advance();
  NodeId value;
  if (kind() != Newline && kind() != Semicolon) value = StarExpressions();
  return builder_.Add<NodeKind::Return>(start, LastEnd(), value);
}

NodeId Parser::Raise() {
  const uint32_t start = begin();
  Advance();
  NodeId exception;
  NodeId cause;
  if (kind() != Newline && kind() != Semicolon) {
    exception = Expression();
    if (Accept(From)) cause = Expression();
  }
  return builder_.Add<NodeKind::Raise>(start, LastEnd(), exception, cause);
}

NodeId Parser::AssertStatement() {
  const uint32_t start = begin();
  Advance();
  NodeId test = Expression();
  NodeId message;
  if (Accept(Comma)) message = Expression();
  return builder_.Add<NodeKind::Assert>(start, LastEnd(), test, message);
}

NodeId Parser::GlobalOrNonlocal() {
  const uint32_t start = begin();
  const bool global = kind() == Global;
  Advance();
  ScratchList names(*this);
  do {
    names.Add(ExpectName().value());
  } while (Accept(Comma));
  return global ? builder_.Add<NodeKind::Global>(start, LastEnd(), names.Take())
                : builder_.Add<NodeKind::Nonlocal>(start, LastEnd(), names.Take());
}

NodeId Parser::Delete() {
  const uint32_t start = begin();
  Advance();
  ScratchList targets(*this);
  do {
    if (kind() == Newline || kind() == Semicolon) break;
    NodeId target = StarExpression();
    MakeTarget(target, ExprContext::Del);
    targets.Add(target);
  } while (Accept(Comma));
  if (targets.empty()) Unexpected();
  return builder_.Add<NodeKind::Delete>(start, LastEnd(), targets.Take());
}

NodeId Parser::TypeAlias() {
  const uint32_t start = begin();
  Require(12, "a type alias statement", start, end());
  Advance();
  NodeId name = Name();
  builder_.SetContext(name, ExprContext::Store);
  uint32_t parameters = TypeParameters();
  Expect(Equal);
  NodeId value = Expression();
  return builder_.Add<NodeKind::TypeAlias>(start, LastEnd(), name, parameters, value);
}

// `[T: int = str, *Ts, **P]`, or nothing.
uint32_t Parser::TypeParameters() {
  if (kind() != LBracket) return 0;
  const uint32_t open = begin();
  Advance();
  ScratchList parameters(*this);
  auto default_value = [&](bool starred) {
    const uint32_t at = begin();
    if (!Accept(Equal)) return NodeId();
    NodeId value = starred ? StarExpression() : Expression();
    if (options_.target >= Version{3, 12}) Require(13, "a type parameter default", at, LastEnd());
    return value;
  };
  if (kind() == RBracket && options_.target >= Version{3, 13}) {
    Fail("Type parameter list cannot be empty");
  }
  do {
    if (kind() == RBracket && !parameters.empty()) break;
    const uint32_t start = begin();
    if (Accept(Star)) {
      NameId name = ExpectName();
      if (kind() == Colon) Fail("cannot use bound with TypeVarTuple");
      NodeId value = default_value(true);
      parameters.Add(builder_.Add<NodeKind::TypeVarTuple>(start, LastEnd(), name, value));
    } else if (Accept(DoubleStar)) {
      NameId name = ExpectName();
      if (kind() == Colon) Fail("cannot use bound with ParamSpec");
      NodeId value = default_value(false);
      parameters.Add(builder_.Add<NodeKind::ParamSpec>(start, LastEnd(), name, value));
    } else {
      NameId name = ExpectName();
      NodeId bound;
      if (Accept(Colon)) bound = Expression();
      NodeId value = default_value(false);
      parameters.Add(builder_.Add<NodeKind::TypeVar>(start, LastEnd(), name, bound, value));
    }
  } while (Accept(Comma));
  Expect(RBracket);
  Require(12, "a type parameter list", open, LastEnd());
  return parameters.Take();
}

NameId Parser::DottedName() {
  const uint32_t first = pos_;
  NameId name = ExpectName();
  if (kind() != Dot) return name;
  while (Accept(Dot)) ExpectName();
  if (failed_) return NameId();
  // Blanks and line joinings around the dots do not belong to the name.
  bool plain = true;
  for (uint32_t token = first + 1; token < pos_; ++token) {
    plain &= spans_[token].begin == spans_[token - 1].end;
  }
  std::string_view text = text_.substr(spans_[first].begin, LastEnd() - spans_[first].begin);
  for (char c : text) plain &= static_cast<unsigned char>(c) < 0x80;
  if (plain) return builder_.InternStable(text);
  std::string joined;
  for (uint32_t token = first; token < pos_; ++token) {
    joined += kinds_[token] == Dot ? "." : builder_.tree().Name(NameAt(token));
  }
  return builder_.Intern(joined);
}

NodeId Parser::ImportAlias(bool dotted) {
  const uint32_t start = begin();
  NameId name = dotted ? DottedName() : ExpectName();
  NameId as_name;
  if (Accept(As)) as_name = ExpectName();
  return builder_.Add<NodeKind::alias>(start, LastEnd(), name, as_name);
}

NodeId Parser::Import(bool lazy) {
  const uint32_t start = begin();
  if (lazy) Advance();
  Advance();
  if (kind() == Newline && options_.target >= Version{3, 13}) {
    Fail("Expected one or more names after 'import'");
  }
  ScratchList names(*this);
  do {
    names.Add(ImportAlias(true));
  } while (Accept(Comma));
  if (kind() == From && !failed_ && options_.target >= Version{3, 12}) {
    Fail("Did you mean to use 'from ... import ...' instead?", start, LastEnd());
  }
  return builder_.Add<NodeKind::Import>(start, LastEnd(), names.Take(), lazy ? 1 : 0);
}

NodeId Parser::ImportFrom(bool lazy) {
  const uint32_t start = begin();
  const uint32_t keyword_end = end();
  if (lazy) Advance();
  Advance();
  uint32_t level = 0;
  while (kind() == Dot || kind() == Ellipsis) {
    level += kind() == Dot ? 1 : 3;
    Advance();
  }
  NameId module;
  if (level == 0 || kind() != TokenKind::Import) module = DottedName();
  Expect(TokenKind::Import);
  ScratchList names(*this);
  if (kind() == Star) {
    NameId star = builder_.InternStable(TextAt(pos_));
    names.Add(builder_.Add<NodeKind::alias>(begin(), end(), star, NameId()));
    Advance();
  } else if (Accept(LParen)) {
    do {
      if (kind() == RParen && !names.empty()) break;
      names.Add(ImportAlias(false));
    } while (Accept(Comma));
    Expect(RParen);
  } else {
    if (kind() == Newline && options_.target >= Version{3, 13}) {
      Fail("Expected one or more names after 'import'");
    }
    do {
      names.Add(ImportAlias(false));
      if (kind() == Comma && Peek() == Newline) {
        Fail("trailing comma not allowed without surrounding parentheses");
      }
    } while (Accept(Comma));
  }
  if (lazy && level == 0 && module && builder_.tree().Name(module) == "__future__" && !failed_) {
    Fail("lazy from __future__ import is not allowed", start, keyword_end);
  }
  return builder_.Add<NodeKind::ImportFrom>(start, LastEnd(), module, names.Take(), level,
                                            lazy ? 1 : 0);
}

}  // namespace unspool::syntax
