// Brackets: groups, tuples, lists, sets, dicts, comprehensions; and parameters.
#include "syntax/parser.h"
#include "syntax/parser_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

NodeId Parser::ParenAtom() {
  const uint32_t start = begin();
  Advance();
  if (Accept(RParen)) return builder_.Add<NodeKind::Tuple>(start, LastEnd(), 0u);
  if (kind() == TokenKind::Yield) {
    NodeId node = YieldExpression();
    Expect(RParen);
    return node;
  }
  const uint32_t item_start = begin();
  const bool starred = kind() == Star;
  NodeId first = StarNamedExpression();
  if (kind() == Comma) {
    ScratchList items(*this);
    items.Add(first);
    while (Accept(Comma)) {
      if (kind() == RParen) break;
      items.Add(StarNamedExpression());
    }
    Expect(RParen);
    return builder_.Add<NodeKind::Tuple>(start, LastEnd(), items.Take());
  }
  if (AtComprehension()) {
    if (starred) RefuseUnpacking("iterable unpacking cannot be used in comprehension", item_start);
    uint32_t generators = ComprehensionClauses();
    Expect(RParen);
    return builder_.Add<NodeKind::GeneratorExp>(start, LastEnd(), first, generators);
  }
  if (starred) {
    // 3.8 leaves this to the compiler.
    if (kind() == RParen && options_.target >= Version{3, 9}) {
      Fail("cannot use starred expression here", item_start, LastEnd());
    }
    if (kind() != RParen) Unexpected();
  }
  Expect(RParen);
  return first;
}

NodeId Parser::ListAtom() {
  const uint32_t start = begin();
  Advance();
  if (Accept(RBracket)) return builder_.Add<NodeKind::List>(start, LastEnd(), 0u);
  const uint32_t item_start = begin();
  const bool starred = kind() == Star;
  NodeId first = StarNamedExpression();
  if (AtComprehension()) {
    if (starred) RefuseUnpacking("iterable unpacking cannot be used in comprehension", item_start);
    uint32_t generators = ComprehensionClauses();
    Expect(RBracket);
    return builder_.Add<NodeKind::ListComp>(start, LastEnd(), first, generators);
  }
  ScratchList items(*this);
  items.Add(first);
  while (Accept(Comma)) {
    if (kind() == RBracket) break;
    items.Add(StarNamedExpression());
  }
  if (AtComprehension() && options_.target >= Version{3, 10}) {
    const uint32_t items_end = LastEnd();
    ComprehensionClauses();
    Fail("did you forget parentheses around the comprehension target?", item_start, items_end);
  }
  Expect(RBracket);
  return builder_.Add<NodeKind::List>(start, LastEnd(), items.Take());
}

NodeId Parser::BraceAtom() {
  const uint32_t start = begin();
  Advance();
  if (Accept(RBrace)) return builder_.Add<NodeKind::Dict>(start, LastEnd(), 0u, 0u);
  const uint32_t item_start = begin();
  if (kind() == DoubleStar) {
    Advance();
    // The comprehension `{**d for d in ds}` takes any expression, a plain dict only operators.
    const uint32_t value_token = pos_;
    NodeId value = Binary(kPrecedenceBitOr);
    if (kind() != Comma && kind() != RBrace && !AtComprehension() && !failed_) {
      if (kBinaryOperators[static_cast<size_t>(kind())].precedence > 0) {
        value = BinaryRest(value, spans_[value_token].begin, kPrecedenceOr);
      }
      if (kind() == TokenKind::If) value = ConditionalRest(spans_[value_token].begin, value);
      if (!AtComprehension()) Fail("invalid syntax");
    }
    if (AtComprehension()) {
      RefuseUnpacking("dict unpacking cannot be used in dict comprehension", item_start);
      uint32_t generators = ComprehensionClauses();
      Expect(RBrace);
      return builder_.Add<NodeKind::DictComp>(start, LastEnd(), value, NodeId(), generators);
    }
    return DictRest(start, NodeId(), value);
  }
  const bool starred = kind() == Star;
  const bool named = IsName(kind()) && Peek() == ColonEqual;
  NodeId first = StarNamedExpression();
  if (kind() == Colon && !starred && !named) {
    Advance();
    if (kind() == RBrace || kind() == Comma) {
      if (options_.target >= Version{3, 10}) {
        Fail("expression expected after dictionary key and ':'", LastEnd() - 1, LastEnd());
      }
    }
    NodeId value = Expression();
    if (AtComprehension()) {
      uint32_t generators = ComprehensionClauses();
      Expect(RBrace);
      return builder_.Add<NodeKind::DictComp>(start, LastEnd(), first, value, generators);
    }
    return DictRest(start, first, value);
  }
  if (named) Require(9, "unparenthesized assignment expression in a set", item_start, LastEnd());
  if (AtComprehension()) {
    if (starred) RefuseUnpacking("iterable unpacking cannot be used in comprehension", item_start);
    uint32_t generators = ComprehensionClauses();
    Expect(RBrace);
    return builder_.Add<NodeKind::SetComp>(start, LastEnd(), first, generators);
  }
  ScratchList items(*this);
  items.Add(first);
  while (Accept(Comma)) {
    if (kind() == RBrace) break;
    const uint32_t at = begin();
    const bool item_named = IsName(kind()) && Peek() == ColonEqual;
    items.Add(StarNamedExpression());
    if (item_named) Require(9, "unparenthesized assignment expression in a set", at, LastEnd());
  }
  if (AtComprehension() && options_.target >= Version{3, 10}) {
    const uint32_t items_end = LastEnd();
    ComprehensionClauses();
    Fail("did you forget parentheses around the comprehension target?", item_start, items_end);
  }
  Expect(RBrace);
  return builder_.Add<NodeKind::Set>(start, LastEnd(), items.Take());
}

NodeId Parser::DictRest(uint32_t start, NodeId key, NodeId value) {
  ScratchList keys(*this, kKeys);
  ScratchList values(*this);
  keys.Add(key);
  values.Add(value);
  while (Accept(Comma)) {
    if (kind() == RBrace) break;
    if (Accept(DoubleStar)) {
      keys.Add(NodeId());
      values.Add(Binary(kPrecedenceBitOr));
      continue;
    }
    const uint32_t key_start = begin();
    keys.Add(Expression());
    if (kind() != Colon && options_.target >= Version{3, 10} && !ForgotComma()) {
      Fail("':' expected after dictionary key", key_start, LastEnd());
    }
    Expect(Colon);
    if ((kind() == RBrace || kind() == Comma) && options_.target >= Version{3, 10}) {
      Fail("expression expected after dictionary key and ':'", LastEnd() - 1, LastEnd());
    }
    values.Add(Expression());
  }
  Expect(RBrace);
  return builder_.Add<NodeKind::Dict>(start, LastEnd(), keys.Take(), values.Take());
}

uint32_t Parser::ComprehensionClauses() {
  ScratchList clauses(*this, kDefaults);
  while (AtComprehension()) {
    const uint32_t start = begin();
    const bool is_async = Accept(TokenKind::Async);
    Advance();
    NodeId target = StarTargets();
    if (kind() != In && !failed_ && kind() != Error && options_.target >= Version{3, 13}) {
      Fail("'in' expected after for-loop variables");
    }
    Expect(In);
    NodeId iter = Binary(kPrecedenceOr);
    uint32_t conditions = 0;
    if (kind() == TokenKind::If) {
      ScratchList ifs(*this);
      while (Accept(TokenKind::If)) {
        // Before 3.9 a condition could be a lambda.
        ifs.Add(kind() == TokenKind::Lambda && options_.target < Version{3, 9}
                    ? Lambda()
                    : Binary(kPrecedenceOr));
      }
      conditions = ifs.Take();
    }
    clauses.Add(builder_.Add<NodeKind::comprehension>(start, LastEnd(), target, iter, conditions,
                                                      is_async ? 1 : 0));
  }
  return clauses.Take();
}

NodeId Parser::Parameter(bool is_lambda, bool star_annotation) {
  const uint32_t start = begin();
  NameId name = ExpectName();
  NodeId annotation;
  if (!is_lambda && Accept(Colon)) {
    const uint32_t annotation_start = begin();
    if (star_annotation && kind() == Star) {
      annotation = StarExpression();
      Require(11, "a starred annotation", annotation_start, LastEnd());
    } else {
      annotation = Expression();
    }
  }
  return builder_.Add<NodeKind::arg>(start, LastEnd(), name, annotation);
}

// Everything up to the closing `)` or `:`, which stays.
NodeId Parser::Parameters(bool is_lambda, uint32_t at) {
  const TokenKind closing = is_lambda ? Colon : RParen;
  if (kind() == closing) {
    return builder_.Add<NodeKind::arguments>(at, at, 0u, 0u, NodeId(), 0u, 0u, NodeId(), 0u);
  }
  DepthGuard guard(*this, is_lambda ? 5 : 0);
  ScratchList positional_only(*this, kPositional);
  ScratchList args(*this, kItems);
  ScratchList keyword_only(*this, kKeywordOnly);
  ScratchList keyword_defaults(*this, kKeys);
  ScratchList defaults(*this, kDefaults);
  NodeId vararg;
  NodeId kwarg;
  bool slash_seen = false;
  bool star_seen = false;
  const bool new_words = options_.target >= Version{3, 12};
  const char* parameter_word = new_words ? "parameter" : "argument";
  while (kind() != closing) {
    if (kwarg) {
      Fail(fmt::format("{}s cannot follow var-keyword {}", parameter_word, parameter_word));
    }
    if (kind() == Slash) {
      if (slash_seen) {
        Fail("/ may appear only once");
      } else if (star_seen) {
        Fail("/ must be ahead of *");
      } else if (args.empty()) {
        Fail(fmt::format("at least one {} must precede /", parameter_word));
      }
      Advance();
      slash_seen = true;
      for (size_t index = 0; index < args.size(); ++index) positional_only.Add(args[index]);
      args.Truncate(0);
      if (kind() == Star && options_.target >= Version{3, 11}) {
        Fail("expected comma between / and *");
      }
    } else if (kind() == Star) {
      if (star_seen) Fail(fmt::format("* {} may appear only once", parameter_word));
      star_seen = true;
      const uint32_t star_begin = begin();
      Advance();
      if (kind() == Comma) {
        const TokenKind next = Peek();
        if (next == closing || next == DoubleStar) {
          Fail(fmt::format("named {}s must follow bare *", parameter_word), star_begin,
               star_begin + 1);
        }
      } else if (kind() == closing) {
        Fail(fmt::format("named {}s must follow bare *", parameter_word), star_begin,
             star_begin + 1);
      } else {
        vararg = Parameter(is_lambda, true);
        if (kind() == Equal) {
          Fail(fmt::format("var-positional {} cannot have default value", parameter_word));
        }
      }
    } else if (kind() == DoubleStar) {
      Advance();
      kwarg = Parameter(is_lambda, false);
      if (kind() == Equal) {
        Fail(fmt::format("var-keyword {} cannot have default value", parameter_word));
      }
    } else {
      if (kind() == LParen) {
        Fail(is_lambda ? fmt::format("Lambda expression parameters cannot be parenthesized")
                       : fmt::format("Function parameters cannot be parenthesized"));
      }
      const uint32_t start = begin();
      NodeId parameter = Parameter(is_lambda, false);
      NodeId value;
      if (Accept(Equal)) {
        if ((kind() == closing || kind() == Comma) && options_.target >= Version{3, 11}) {
          Fail("expected default value expression", LastEnd() - 1, LastEnd());
        }
        value = Expression();
      }
      if (star_seen) {
        keyword_only.Add(parameter);
        keyword_defaults.Add(value);
      } else {
        if (value) {
          defaults.Add(value);
        } else if (!defaults.empty()) {
          Fail(new_words ? "parameter without a default follows parameter with a default"
                         : "non-default argument follows default argument",
               start, LastEnd());
        }
        args.Add(parameter);
      }
    }
    if (!Accept(Comma)) break;
  }
  if (kind() != closing) Unexpected();
  const uint32_t end_offset = kinds_[pos_ - 1] == TokenKind::Lambda ? at : LastEnd();
  return builder_.Add<NodeKind::arguments>(at, end_offset, positional_only.Take(), args.Take(),
                                           vararg, keyword_only.Take(), keyword_defaults.Take(),
                                           kwarg, defaults.Take());
}

}  // namespace unspool::syntax
