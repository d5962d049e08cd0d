// f-strings from 3.12 on (PEP 701) and t-strings (PEP 750): the lexer gives their parts as tokens.
#include "syntax/parser.h"

#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

void Parser::NewFString(StringParts& parts, bool is_template) {
  std::string_view opening = TextAt(pos_);
  const bool raw = opening.find_first_of("rR") != opening.npos;
  Advance();
  while (!failed_ && kind() != FStringEnd) {
    if (kind() == FStringMiddle) {
      NewText(parts, raw, false);
    } else if (kind() == FieldOpen || kind() == FieldOpenDebug) {
      NodeId field = NewField(parts, is_template, raw);
      if (!failed_) parts.values.Add(field);
    } else {
      Unexpected();
    }
  }
  Advance();
  if (failed_) pos_ = size_;
}

// Literal text, where doubled braces stand for one unless it is a format specifier.
void Parser::NewText(StringParts& parts, bool raw, bool in_spec) {
  std::string_view text = TextAt(pos_);
  std::string value;
  uint32_t done = 0;
  for (uint32_t at = 0; !in_spec && at < text.size(); ++at) {
    if (text[at] == '\\' && !raw && at + 1 < text.size()) {
      if (text[at + 1] == 'N' && at + 2 < text.size() && text[at + 2] == '{') {
        const size_t close = text.find('}', at);
        if (close == text.npos) break;
        at = static_cast<uint32_t>(close);
      } else if (text[at + 1] != '{' && text[at + 1] != '}') {
        ++at;
      }
      continue;
    }
    if (text[at] != '{' && text[at] != '}') continue;
    ++at;  // behind the first of two
    Decode(text.substr(done, at - done), begin() + done, raw, false, value);
    done = at + 1;
  }
  if (done < text.size()) Decode(text.substr(done), begin() + done, raw, false, value);
  AppendText(parts, value, begin(), end(), false);
  Advance();
}

// A comment inside a field is no part of its text. Only that it does not begin in a string tells it
// apart, and a quote is taken for the end of a string where it is like the one that began it.
std::string Parser::WithoutComments(std::string_view text) const {
  std::string result;
  char quote = '\0';
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      result.append(text.substr(at++, 2));
      continue;
    }
    if (c == '"' || c == '\'') {
      if (quote == '\0') {
        quote = c;
      } else if (quote == c) {
        quote = '\0';
      }
    } else if (c == '#' && quote == '\0') {
      at = text.find_first_of("\r\n", at);
      if (at == text.npos) break;
    }
    result += text[at];
  }
  NormalizeLineEnds(result);
  return result;
}

NodeId Parser::NewField(StringParts& parts, bool is_template, bool raw) {
  const uint32_t open = begin();
  const uint32_t text_begin = end();
  const bool debug = kind() == FieldOpenDebug;
  const char letter = is_template ? 't' : 'f';
  Advance();
  // In `{x=}` the field's text joins the literal text before it. Nodes are numbered in the order
  // they are made, so the Constant is made now and gets its text when the field's end is known.
  std::string text_before;
  NodeId text_node;
  ConstantId text_constant;
  if (debug) {
    if (!parts.pending.any) {
      parts.pending.begin = text_begin;
      parts.pending.u_prefix = false;
      parts.pending.text.clear();
    }
    text_before = std::move(parts.pending.text);
    parts.pending.any = false;
    text_constant = builder_.PoolConstant(ConstantKind::Str, "", parts.pending.u_prefix);
    text_node = builder_.Add<NodeKind::Constant>(parts.pending.begin, text_begin, text_constant);
    parts.values.Add(text_node);
  } else {
    FlushText(parts);
  }
  switch (kind()) {
    case Equal:
    case Exclamation:
    case FormatColon:
    case FieldClose:
      Fail(fmt::format("{}-string: valid expression required before '{}'", letter, TextAt(pos_)));
      break;
    default:
      break;
  }
  DepthGuard guard(*this);
  NodeId value = kind() == TokenKind::Yield ? YieldExpression() : StarExpressions();
  if (debug && kind() == Equal) Advance();
  if (failed_) return NodeId();
  const uint32_t text_end = begin();
  if (debug) {
    text_before += WithoutComments(text_.substr(text_begin, text_end - text_begin));
    builder_.ReplaceConstantText(text_constant, text_before);
    builder_.SetRange(text_node, builder_.tree().begin(text_node), text_end);
  }
  ConstantId expression_text;
  if (is_template) {
    std::string source = WithoutComments(text_.substr(text_begin, text_end - text_begin));
    // The blanks before `=` stay, what is behind it does not. Where a comment or a broken
    // expression hides the `=` that the lexer saw, the field fails below.
    if (size_t equal = source.rfind('='); debug && equal != source.npos) source.resize(equal);
    expression_text = builder_.PoolConstant(ConstantKind::Str, source);
  }
  int32_t conversion = -1;
  if (Accept(Exclamation)) {
    if (!IsName(kind())) {
      Fail(fmt::format("{}-string: {}", letter,
                       kind() == FormatColon || kind() == FieldClose
                           ? "missing conversion character"
                           : "invalid conversion character"));
      return NodeId();
    }
    if (spans_[pos_].begin != LastEnd()) {
      Fail(fmt::format("{}-string: conversion type must come right after the exclamation mark",
                       letter));
      return NodeId();
    }
    std::string_view name = TextAt(pos_);
    if (name != "s" && name != "r" && name != "a") {
      Fail(fmt::format("{}-string: invalid conversion character '{}': expected 's', 'r', or 'a'",
                       letter, name));
      return NodeId();
    }
    conversion = name[0];
    Advance();
  }
  NodeId specifier;
  if (kind() == FormatColon) specifier = NewFormatSpec(is_template, raw);
  if (kind() != FieldClose && !failed_ && kind() != Error) {
    Fail(fmt::format("{}-string: {}", letter,
                     specifier          ? "expecting '}', or format specs"
                     : conversion != -1 ? "expecting ':' or '}'"
                     : debug            ? "expecting '!', or ':', or '}'"
                                        : "expecting '=', or '!', or ':', or '}'"));
  }
  Expect(FieldClose);
  if (debug && !specifier && conversion == -1) conversion = 'r';
  if (failed_) return NodeId();
  if (is_template) {
    return builder_.Add<NodeKind::Interpolation>(open, LastEnd(), value, expression_text,
                                                 conversion, specifier);
  }
  return builder_.Add<NodeKind::FormattedValue>(open, LastEnd(), value, conversion, specifier);
}

NodeId Parser::NewFormatSpec(bool is_template, bool raw) {
  const uint32_t colon = begin();
  Advance();
  StringParts parts(*this);
  while (!failed_) {
    if (kind() == FStringMiddle) {
      NewText(parts, raw, true);
    } else if (kind() == FieldOpen || kind() == FieldOpenDebug) {
      NodeId field = NewField(parts, false, raw);
      if (!failed_) parts.values.Add(field);
    } else {
      break;
    }
  }
  if (failed_) return NodeId();
  FlushText(parts);
  return builder_.Add<NodeKind::JoinedStr>(colon, LastEnd(), parts.values.Take());
}

}  // namespace unspool::syntax
