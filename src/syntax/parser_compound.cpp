// Compound statements.
#include "syntax/parser.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

// From behind the colon of a header to behind the Dedent; `after` names the header for the message
// about a missing block.
uint32_t Parser::Block(std::string_view after, uint32_t keyword_offset) {
  ScratchList list(*this);
  if (failed_) return 0;
  if (kind() != Newline) {
    SimpleStatements(list);
    return list.Take();
  }
  Advance();
  while (kind() == TokenKind::IndentationError) {
    ReportLexError(pos_);
    Advance();
  }
  if (kind() != Indent) {
    Report(options_.target >= Version{3, 10}
               ? fmt::format("expected an indented block after {} on line {}", after,
                             LineAt(keyword_offset))
               : std::string("expected an indented block"),
           begin(), end());
    list.Add(builder_.Add<NodeKind::Invalid>(LastSignificantEnd(), LastSignificantEnd()));
    return list.Take();
  }
  Advance();
  Statements(list);
  if (kind() == Dedent) Advance();
  return list.Take();
}

uint32_t Parser::ElseBlock(std::string_view after) {
  if (kind() != Else) return 0;
  const uint32_t offset = begin();
  Advance();
  ExpectColon(true);
  return Block(after, offset);
}

// A chain of `elif` is read in a loop and built from its end.
NodeId Parser::If() {
  ScratchList clauses(*this, kKeys);  // start, test, body of each
  uint32_t orelse = 0;
  while (true) {
    const uint32_t start = begin();
    const bool is_elif = kind() == Elif;
    Advance();
    NodeId test = NamedExpression();
    ExpectColon();
    const uint32_t body = Block(is_elif ? "'elif' statement" : "'if' statement", start);
    clauses.Add(start);
    clauses.Add(test);
    clauses.Add(body);
    if (kind() == Elif) {
      ChainStep(clauses.size() / 3);
      continue;
    }
    orelse = ElseBlock("'else' statement");
    break;
  }
  if (failed_) return NodeId();
  const uint32_t end_offset = LastSignificantEnd();
  NodeId node;
  for (size_t index = clauses.size(); index > 0; index -= 3) {
    node = builder_.Add<NodeKind::If>(clauses[index - 3], end_offset, clauses[index - 2],
                                      clauses[index - 1], orelse);
    orelse = index > 3 ? builder_.List(node) : 0;
  }
  return node;
}

NodeId Parser::While() {
  const uint32_t start = begin();
  Advance();
  NodeId test = NamedExpression();
  ExpectColon();
  const uint32_t body = Block("'while' statement", start);
  const uint32_t orelse = ElseBlock("'else' statement");
  return builder_.Add<NodeKind::While>(start, LastSignificantEnd(), test, body, orelse);
}

NodeId Parser::For(uint32_t start, bool is_async) {
  const uint32_t keyword = begin();
  Advance();
  NodeId target = StarTargets();
  Expect(In);
  const uint32_t iter_start = begin();
  const uint32_t iter_token = pos_;
  NodeId iter = StarExpressions();
  if (options_.target < Version{3, 9} && !failed_) {
    // 3.8 takes no unpacking here.
    bool starred = kinds_[iter_token] == Star;
    if (builder_.tree().kind(iter) == NodeKind::Tuple && kinds_[iter_token] != LParen) {
      TupleView tuple(builder_.tree(), iter);
      for (NodeId item : tuple.elts()) {
        starred |= builder_.tree().kind(item) == NodeKind::Starred;
      }
    }
    if (starred)
      Require(9, "unparenthesized unpacking in a 'for' statement", iter_start, LastEnd());
  }
  ExpectColon();
  const uint32_t body = Block("'for' statement", keyword);
  const uint32_t orelse = ElseBlock("'else' statement");
  const uint32_t end_offset = LastSignificantEnd();
  return is_async ? builder_.Add<NodeKind::AsyncFor>(start, end_offset, target, iter, body, orelse)
                  : builder_.Add<NodeKind::For>(start, end_offset, target, iter, body, orelse);
}

NodeId Parser::With(uint32_t start, bool is_async) {
  const uint32_t keyword = begin();
  Advance();
  ScratchList items(*this);
  if (kind() != LParen || !ParenthesizedWithItems(items)) {
    do {
      items.Add(WithItem());
      if (kind() == Comma && Peek() == Colon && options_.target >= Version{3, 13}) {
        Fail("the last 'with' item has a trailing comma");
      }
    } while (Accept(Comma));
  }
  ExpectColon();
  const uint32_t body = Block("'with' statement", keyword);
  const uint32_t end_offset = LastSignificantEnd();
  return is_async ? builder_.Add<NodeKind::AsyncWith>(start, end_offset, items.Take(), body)
                  : builder_.Add<NodeKind::With>(start, end_offset, items.Take(), body);
}

// `with (a as b, c):`. Tried only where the closing parenthesis stands before a colon; gives up
// (and goes back) where the parentheses turn out to belong to an expression.
bool Parser::ParenthesizedWithItems(ScratchList& items) {
  uint32_t close = pos_;
  for (int level = 0; close < size_; ++close) {
    switch (kinds_[close]) {
      case LParen:
      case LBracket:
      case LBrace:
        ++level;
        continue;
      case RParen:
      case RBracket:
      case RBrace:
        if (--level == 0) break;
        continue;
      case Newline:
      case EndMarker:
        return false;
      default:
        continue;
    }
    break;
  }
  if (close >= size_ || kinds_[close + 1] != Colon) return false;
  const Checkpoint checkpoint = Save();
  const uint32_t open = begin();
  bool any_target = false;
  Advance();
  while (!failed_ && kind() != RParen) {
    NodeId item = WithItem();
    if (failed_) break;
    any_target |= withitemView(builder_.tree(), item).optional_vars().has_value();
    items.Add(item);
    if (!Accept(Comma)) break;
  }
  // 3.8 reads a tuple where no item has a name.
  if (!failed_ && pos_ == close && !items.empty() &&
      (any_target || options_.target >= Version{3, 9})) {
    Advance();
    Require(9, "parenthesized context managers", open, LastEnd());
    return true;
  }
  // With a name inside it cannot be an expression: the error found is the one to report.
  if (failed_ && any_target) return true;
  items.Truncate(0);
  Restore(checkpoint);
  return false;
}

NodeId Parser::WithItem() {
  const uint32_t start = begin();
  NodeId context = Expression();
  NodeId target;
  if (Accept(As)) {
    if (kind() == Star && options_.target < Version{3, 9}) Unexpected();
    target = StarExpression();
    MakeTarget(target, ExprContext::Store);
    if (kind() != Comma && kind() != RParen && kind() != Colon) Unexpected();
  }
  return builder_.Add<NodeKind::withitem>(start, LastEnd(), context, target);
}

NodeId Parser::Try() {
  const uint32_t start = begin();
  Advance();
  ExpectColon(true);
  const uint32_t body = Block("'try' statement", start);
  if (failed_) return NodeId();
  ScratchList handlers(*this);
  bool any_star = false;
  while (kind() == Except) {
    bool star = false;
    const uint32_t at = begin();
    const uint32_t at_end = end();
    NodeId handler = ExceptHandler(star);
    if (failed_) return NodeId();
    if (!handlers.empty() && star != any_star) {
      Report("cannot have both 'except' and 'except*' on the same 'try'", at, at_end);
    }
    any_star |= star;
    handlers.Add(handler);
  }
  uint32_t orelse = 0;
  if (!handlers.empty()) orelse = ElseBlock("'else' statement");
  uint32_t finalbody = 0;
  const uint32_t finally_offset = begin();
  if (Accept(Finally)) {
    ExpectColon(true);
    finalbody = Block("'finally' statement", finally_offset);
  } else if (handlers.empty()) {
    if (kind() == TokenKind::IndentationError) {
      ReportLexError(pos_);
    } else {
      Report(options_.target >= Version{3, 10} ? "expected 'except' or 'finally' block"
                                               : "invalid syntax",
             begin(), end());
    }
  }
  const uint32_t end_offset = LastSignificantEnd();
  return any_star ? builder_.Add<NodeKind::TryStar>(start, end_offset, body, handlers.Take(),
                                                    orelse, finalbody)
                  : builder_.Add<NodeKind::Try>(start, end_offset, body, handlers.Take(), orelse,
                                                finalbody);
}

NodeId Parser::ExceptHandler(bool& star) {
  const uint32_t start = begin();
  Advance();
  NodeId type;
  NameId name;
  const uint32_t star_offset = begin();
  if (kind() == Star) {
    star = true;
    Advance();
    Require(11, "'except*'", star_offset, star_offset + 1);
    if (kind() == Colon || kind() == Newline) Fail("expected one or more exception types");
  }
  if (kind() != Colon) {
    const uint32_t type_start = begin();
    type = Expression();
    if (kind() == Comma) {
      ScratchList items(*this);
      items.Add(type);
      while (Accept(Comma)) {
        if (!StartsExpression(kind())) break;
        items.Add(Expression());
      }
      type = builder_.Add<NodeKind::Tuple>(type_start, LastEnd(), items.Take());
      if (options_.target < Version{3, 14}) {
        if (options_.target >= Version{3, 10} && !failed_) {
          Report("multiple exception types must be parenthesized", type_start, LastEnd());
        } else {
          Require(14, "'except' with several types without parentheses", type_start, LastEnd());
        }
      } else if (kind() == As) {
        Report("multiple exception types must be parenthesized when using 'as'", type_start,
               LastEnd());
      }
    }
    if (Accept(As)) name = ExpectName();
  }
  ExpectColon();
  const uint32_t body = Block(star ? "'except*' statement" : "'except' statement", start);
  return builder_.Add<NodeKind::ExceptHandler>(start, LastSignificantEnd(), type, name, body);
}

NodeId Parser::Async() {
  const uint32_t start = begin();
  switch (Peek()) {
    case Def:
      Advance();
      return FunctionDef(start, true, 0);
    case TokenKind::For:
      Advance();
      return For(start, true);
    case TokenKind::With:
      Advance();
      return With(start, true);
    default:
      Advance();
      Unexpected();
      return NodeId();
  }
}

NodeId Parser::Decorated() {
  ScratchList decorators(*this);
  while (Accept(At)) {
    const uint32_t start = begin();
    NodeId decorator = NamedExpression();
    decorators.Add(decorator);
    if (options_.target < Version{3, 9} && !failed_) {
      // Dotted names with at most one call at the end.
      const Tree& tree = builder_.tree();
      NodeId inner = decorator;
      if (tree.kind(inner) == NodeKind::Call) inner = CallView(tree, inner).func();
      while (tree.kind(inner) == NodeKind::Attribute) inner = AttributeView(tree, inner).value();
      const bool plain = tree.kind(inner) == NodeKind::Name && tree.begin(inner) == start;
      if (!plain) Require(9, "such a decorator", start, LastEnd());
    }
    if (!Accept(Newline)) Unexpected();
  }
  const uint32_t list = decorators.Take();
  const uint32_t start = begin();
  if (kind() == Class) return ClassDef(list);
  if (kind() == Def) return FunctionDef(start, false, list);
  if (kind() == TokenKind::Async && Peek() == Def) {
    Advance();
    return FunctionDef(start, true, list);
  }
  if (kind() == TokenKind::Async) Advance();
  Unexpected();
  return NodeId();
}

NodeId Parser::FunctionDef(uint32_t start, bool is_async, uint32_t decorators) {
  const uint32_t keyword = begin();
  Advance();
  NameId name = ExpectName();
  const uint32_t type_parameters = TypeParameters();
  if (kind() != LParen && !failed_ && kind() != Error && options_.target >= Version{3, 11}) {
    Fail("expected '('");
  }
  Expect(LParen);
  NodeId args = Parameters(false, begin());
  Expect(RParen);
  NodeId returns;
  if (Accept(Arrow)) returns = Expression();
  ExpectColon(true);
  const uint32_t body = Block("function definition", keyword);
  const uint32_t end_offset = LastSignificantEnd();
  return is_async ? builder_.Add<NodeKind::AsyncFunctionDef>(start, end_offset, name, args, body,
                                                             decorators, returns, type_parameters)
                  : builder_.Add<NodeKind::FunctionDef>(start, end_offset, name, args, body,
                                                        decorators, returns, type_parameters);
}

NodeId Parser::ClassDef(uint32_t decorators) {
  const uint32_t start = begin();
  Advance();
  NameId name = ExpectName();
  const uint32_t type_parameters = TypeParameters();
  ScratchList bases(*this);
  ScratchList keywords(*this, kKeys);
  if (Accept(LParen)) Arguments(bases, keywords, true);
  const uint32_t base_list = bases.Take();
  const uint32_t keyword_list = keywords.Take();
  ExpectColon();
  const uint32_t body = Block("class definition", start);
  return builder_.Add<NodeKind::ClassDef>(start, LastSignificantEnd(), name, base_list,
                                          keyword_list, body, decorators, type_parameters);
}

}  // namespace unspool::syntax
