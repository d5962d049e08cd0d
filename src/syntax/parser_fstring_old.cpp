// f-strings before 3.12. One token holds the whole literal; its fields are found by a scan with
// rules of its own, and each field's text is then parsed as if it stood in parentheses.
#include "syntax/parser.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

// Reads parts up to the end, or (below level 0) to the closing brace, where `at` is left.
void Parser::OldParts(StringParts& parts, uint32_t& at, uint32_t end, bool raw, int level) {
  while (!failed_) {
    const uint32_t literal_begin = at;
    bool doubled = false;
    const uint32_t literal_end = OldLiteralEnd(at, end, raw, level, doubled);
    if (failed_) return;
    if (literal_end > literal_begin) {
      std::string value;
      Decode(text_.substr(literal_begin, literal_end - literal_begin), literal_begin, raw, false,
             value);
      AppendText(parts, value, literal_begin, literal_end, parts.first_has_u);
    }
    if (doubled) continue;
    if (at >= end || text_[at] == '}') return;
    NodeId field = OldField(parts, at, end, raw, level);
    if (failed_) return;
    parts.values.Add(field);
  }
}

// Where the literal text at `at` ends. Moves `at` to where to go on: behind it, or behind the
// second of two equal braces.
uint32_t Parser::OldLiteralEnd(uint32_t& at, uint32_t end, bool raw, int level, bool& doubled) {
  uint32_t s = at;
  while (s < end) {
    char c = text_[s++];
    if (!raw && c == '\\' && s < end) {
      c = text_[s++];
      if (c == 'N') {
        if (s < end && text_[s++] == '{') {
          while (s < end && text_[s++] != '}') {
          }
        }
        continue;
      }
    }
    if (c != '{' && c != '}') continue;
    if (level == 0) {
      if (s < end && text_[s] == c) {
        at = s + 1;
        doubled = true;
        return s;
      }
      if (c == '}') {
        FailInField("f-string: single '}' is not allowed", s - 1);
        return at;
      }
    }
    --s;
    break;
  }
  at = s;
  return s;
}

void Parser::FailInField(std::string message, uint32_t at) {
  Fail(std::move(message), at, at + 1);
}

// From `{` at `at` to behind `}`.
NodeId Parser::OldField(StringParts& parts, uint32_t& at, uint32_t end, bool raw, int level) {
  const uint32_t open = at;
  if (level >= 2) {
    FailInField("f-string: expressions nested too deeply", at);
    return NodeId();
  }
  const uint32_t expression_begin = ++at;
  const uint32_t expression_end = OldFieldEnd(at, end);
  if (failed_) return NodeId();
  at = expression_end;
  auto at_end = [&] {
    if (at < end) return false;
    FailInField("f-string: expecting '}'", end);
    return true;
  };
  const bool debug = text_[at] == '=';
  if (debug) {
    ++at;
    auto is_space = [](char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
    };
    while (at < end && is_space(text_[at])) ++at;
    // The text of the field joins the literal text before it.
    std::string text(text_.substr(expression_begin, at - expression_begin));
    NormalizeLineEnds(text);
    AppendText(parts, text, expression_begin, at, parts.first_has_u);
  }
  FlushText(parts);
  NodeId value = OldFieldExpression(expression_begin, expression_end);
  if (failed_ || at_end()) return NodeId();
  int32_t conversion = -1;
  if (text_[at] == '!') {
    ++at;
    if (at_end()) return NodeId();
    conversion = static_cast<unsigned char>(text_[at]);
    ++at;
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      FailInField("f-string: invalid conversion character: expected 's', 'r', or 'a'", at - 1);
      return NodeId();
    }
    if (at_end()) return NodeId();
  }
  NodeId specifier;
  if (text_[at] == ':') {
    const uint32_t colon = at;
    ++at;
    if (at_end()) return NodeId();
    StringParts inner(*this);
    inner.first_has_u = parts.first_has_u;
    OldParts(inner, at, end, raw, level + 1);
    if (failed_) return NodeId();
    FlushText(inner);
    specifier = builder_.Add<NodeKind::JoinedStr>(colon, at, inner.values.Take());
  }
  if (at >= end || text_[at] != '}') {
    FailInField("f-string: expecting '}'", std::min(at, end));
    return NodeId();
  }
  ++at;
  if (debug && !specifier && conversion == -1) conversion = 'r';
  return builder_.Add<NodeKind::FormattedValue>(open, at, value, conversion, specifier);
}

// Where the expression that begins at `at` ends: before `!`, `:`, `=` or `}` outside of brackets
// and strings.
uint32_t Parser::OldFieldEnd(uint32_t at, uint32_t end) {
  char quote = 0;
  bool triple = false;
  std::string brackets;
  for (; at < end; ++at) {
    const char c = text_[at];
    if (c == '\\') {
      FailInField("f-string expression part cannot include a backslash", at);
      return at;
    }
    if (quote) {
      if (c != quote) continue;
      if (triple) {
        if (at + 2 < end && text_[at + 1] == c && text_[at + 2] == c) {
          at += 2;
          quote = 0;
        }
      } else {
        quote = 0;
      }
      continue;
    }
    if (c == '\'' || c == '"') {
      triple = at + 2 < end && text_[at + 1] == c && text_[at + 2] == c;
      if (triple) at += 2;
      quote = c;
    } else if (c == '[' || c == '{' || c == '(') {
      if (brackets.size() >= 200) {
        FailInField("f-string: too many nested parenthesis", at);
        return at;
      }
      brackets.push_back(c);
    } else if (c == '#') {
      FailInField("f-string expression part cannot include '#'", at);
      return at;
    } else if (brackets.empty() &&
               (c == '!' || c == ':' || c == '}' || c == '=' || c == '>' || c == '<')) {
      const char next = at + 1 < end ? text_[at + 1] : 0;
      if (next == '=' && (c == '!' || c == '=' || c == '<' || c == '>')) {
        ++at;
        continue;
      }
      if (c == '>' || c == '<') continue;
      break;
    } else if (c == ']' || c == '}' || c == ')') {
      if (brackets.empty()) {
        FailInField(fmt::format("f-string: unmatched '{}'", c), at);
        return at;
      }
      const char open = brackets.back();
      brackets.pop_back();
      if ((open == '(') != (c == ')') || (open == '[') != (c == ']')) {
        FailInField(fmt::format("f-string: closing parenthesis '{}' does not match opening "
                                "parenthesis '{}'",
                                c, open),
                    at);
        return at;
      }
    }
  }
  if (quote) {
    FailInField("f-string: unterminated string", at);
  } else if (!brackets.empty()) {
    FailInField(fmt::format("f-string: unmatched '{}'", brackets.back()), at);
  } else if (at >= end) {
    FailInField("f-string: expecting '}'", at);
  }
  return at;
}

NodeId Parser::OldFieldExpression(uint32_t field_begin, uint32_t field_end) {
  std::string_view field = text_.substr(field_begin, field_end - field_begin);
  if (field.find_first_not_of(" \t\n\r\f\v") == field.npos) {
    FailInField("f-string: empty expression not allowed", field_begin);
    return NodeId();
  }
  LexResult lexed = TokenizeField(text_, field_begin, field_end, {.target = options_.target});
  // The parser moves over to the field's tokens and comes back to those it was at.
  const TokenKind* outer_kinds = kinds_;
  const TokenBuffer::Span* outer_spans = spans_;
  const uint32_t outer_size = size_;
  const uint32_t outer_pos = pos_;
  const std::vector<LexError>* outer_errors = field_errors_;
  kinds_ = lexed.tokens.kinds();
  spans_ = lexed.tokens.spans();
  size_ = lexed.tokens.size();
  pos_ = 0;
  field_errors_ = &lexed.errors;
  ++field_depth_;
  last_read_ = LastRead();
  NodeId value;
  {
    DepthGuard guard(*this);
    const uint32_t start = begin();
    if (kind() == TokenKind::Yield) {
      value = YieldExpression();
    } else if (kind() == Star) {
      value = StarExpressions();
      if (kinds_[pos_ - 1] != Comma && !failed_ &&
          builder_.tree().kind(value) == NodeKind::Starred) {
        if (kind() == EndMarker) Fail("cannot use starred expression here", start, LastEnd());
      }
    } else {
      value = NamedExpression();
      if (kind() == Comma) {
        value = TupleRest(start, value, true);
      } else if (AtComprehension()) {
        const uint32_t generators = ComprehensionClauses();
        value = builder_.Add<NodeKind::GeneratorExp>(start, LastEnd(), value, generators);
      }
    }
    if (kind() != EndMarker) Unexpected();
  }
  --field_depth_;
  last_read_ = LastRead();
  field_errors_ = outer_errors;
  kinds_ = outer_kinds;
  spans_ = outer_spans;
  size_ = outer_size;
  if (failed_) {
    fail_position_ = outer_pos;
    pos_ = outer_size;
  } else {
    pos_ = outer_pos;
  }
  return value;
}

}  // namespace unspool::syntax
