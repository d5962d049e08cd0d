// String literals: concatenation, and what f-strings of all versions have in common.
#include "syntax/literals.h"
#include "syntax/parser.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

namespace {

struct Literal {
  bool raw = false;
  bool bytes = false;
  bool unicode = false;  // a lower-case `u`
  bool formatted = false;
  bool is_template = false;
  uint32_t body_begin = 0;  // offsets relative to the token
  uint32_t body_end = 0;
};

Literal Split(std::string_view token) {
  Literal literal;
  uint32_t at = 0;
  for (; token[at] != '"' && token[at] != '\''; ++at) {
    switch (token[at]) {
      case 'u':
        literal.unicode = true;
        break;
      case 'r':
      case 'R':
        literal.raw = true;
        break;
      case 'b':
      case 'B':
        literal.bytes = true;
        break;
      case 'f':
      case 'F':
        literal.formatted = true;
        break;
      case 't':
      case 'T':
        literal.is_template = true;
        break;
      default:
        break;
    }
  }
  const uint32_t size = static_cast<uint32_t>(token.size());
  const bool triple = size - at >= 6 && token[at + 1] == token[at] && token[at + 2] == token[at];
  literal.body_begin = at + (triple ? 3 : 1);
  literal.body_end = size - (triple ? 3 : 1);
  return literal;
}

}  // namespace

NodeId Parser::Strings() {
  const uint32_t start = begin();
  if (kind() == String && !IsStringStart(Peek())) {
    std::string_view token = TextAt(pos_);
    const uint32_t quotes =
        token.size() >= 6 && token[1] == token[0] && token[2] == token[0] ? 3 : 1;
    ConstantId constant = builder_.SourceConstant(ConstantKind::Str, start + quotes,
                                                  static_cast<uint32_t>(token.size()) - 2 * quotes);
    NodeId node = builder_.Add<NodeKind::Constant>(start, end(), constant);
    Advance();
    return node;
  }
  // What kinds of literals are there? The parts of f-strings are tokens of their own from 3.12 on.
  bool any_formatted = false;
  bool any_template = false;
  bool any_plain = false;
  bool any_bytes = false;
  bool any_text = false;
  uint32_t count = 0;
  uint32_t token = pos_;
  int nesting = 0;
  while (nesting > 0 || IsStringStart(kinds_[token])) {
    const TokenKind token_kind = kinds_[token];
    if (token_kind == FStringStart || token_kind == TStringStart) {
      if (nesting == 0) (token_kind == TStringStart ? any_template : any_formatted) = true;
      ++nesting;
    } else if (token_kind == FStringEnd) {
      --nesting;
    } else if (token_kind == Newline || token_kind == EndMarker || token_kind == Stop) {
      break;
    } else if (nesting == 0) {
      any_plain = true;
      bool bytes = false;
      if (token_kind == StringSpecial) {
        Literal literal = Split(TextAt(token));
        bytes = literal.bytes;
        any_formatted |= literal.formatted;
      }
      (bytes ? any_bytes : any_text) = true;
      ++count;
    }
    ++token;
  }
  if (any_bytes && (any_text || any_formatted || any_template)) {
    Report("cannot mix bytes and nonbytes literals", start, spans_[token - 1].end);
    for (; pos_ < token; Advance()) {
    }
    return builder_.Add<NodeKind::Constant>(start, LastEnd(),
                                            builder_.PoolConstant(ConstantKind::Str, ""));
  }
  if (any_template) {
    if (any_plain || any_formatted) {
      Report("cannot mix t-string literals with string or bytes literals", start,
             spans_[token - 1].end);
    }
    Require(14, "a t-string", start, spans_[token - 1].end);
    return FormattedStrings(start, true);
  }
  if (any_formatted) return FormattedStrings(start, false);
  return PlainStrings(start, count);
}

NodeId Parser::PlainStrings(uint32_t start, uint32_t count) {
  std::string text;
  bool bytes = false;
  bool unicode = false;
  for (uint32_t index = 0; index < count; ++index, Advance()) {
    Literal literal = Split(TextAt(pos_));
    std::string_view body =
        TextAt(pos_).substr(literal.body_begin, literal.body_end - literal.body_begin);
    const uint32_t offset = begin() + literal.body_begin;
    if (index == 0) {
      unicode = literal.unicode;
      bytes = literal.bytes;
      const bool as_it_is =
          count == 1 && (kind() == String || body.find_first_of("\\\r") == body.npos ||
                         (literal.raw && body.find('\r') == body.npos));
      const bool ascii =
          std::ranges::all_of(body, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
      if (as_it_is && (!bytes || ascii)) {
        ConstantId constant =
            builder_.SourceConstant(bytes ? ConstantKind::Bytes : ConstantKind::Str, offset,
                                    static_cast<uint32_t>(body.size()), unicode);
        NodeId node = builder_.Add<NodeKind::Constant>(start, end(), constant);
        Advance();
        return node;
      }
    }
    if (kind() == String) {
      text += body;
    } else {
      Decode(body, offset, literal.raw, literal.bytes, text);
    }
  }
  ConstantId constant =
      builder_.PoolConstant(bytes ? ConstantKind::Bytes : ConstantKind::Str, text, unicode);
  return builder_.Add<NodeKind::Constant>(start, LastEnd(), constant);
}

// Appends the value of a literal's body; false (and an error) where it has none.
bool Parser::Decode(std::string_view body, uint32_t offset, bool raw, bool bytes,
                    std::string& out) {
  std::optional<LiteralError> error = bytes ? DecodeBytes(body, raw, options_.target, out)
                                            : DecodeString(body, raw, options_.target, out);
  if (!error) return true;
  if (options_.target >= Version{3, 12}) {
    Report(error->message, offset, offset + static_cast<uint32_t>(body.size()));
    return false;
  }
  // CPython decodes when it has read on to the token behind all neighbouring literals.
  uint32_t token = pos_;
  while (IsStringStart(kinds_[token])) ++token;
  Report(error->message, spans_[token].begin, spans_[token].end);
  return false;
}

NodeId Parser::FormattedStrings(uint32_t start, bool is_template) {
  StringParts parts(*this);
  const bool new_style = options_.target >= Version{3, 12};
  parts.first_has_u = text_[start] == 'u';
  while (IsStringStart(kind())) {
    if (kind() == FStringStart || kind() == TStringStart) {
      NewFString(parts, kind() == TStringStart);
      if (failed_) break;
      continue;
    }
    Literal literal = Split(TextAt(pos_));
    const uint32_t body_begin = begin() + literal.body_begin;
    const uint32_t body_end = begin() + literal.body_end;
    if (literal.formatted) {
      uint32_t at = body_begin;
      OldParts(parts, at, body_end, literal.raw, 0);
      if (failed_) break;
    } else {
      std::string value;
      Decode(text_.substr(body_begin, body_end - body_begin), body_begin, literal.raw, false,
             value);
      AppendText(parts, value, begin(), end(), new_style ? literal.unicode : parts.first_has_u);
    }
    Advance();
  }
  FlushText(parts);
  return is_template ? builder_.Add<NodeKind::TemplateStr>(start, LastEnd(), parts.values.Take())
                     : builder_.Add<NodeKind::JoinedStr>(start, LastEnd(), parts.values.Take());
}

// CPython reads all line ends as \n.
void Parser::NormalizeLineEnds(std::string& text) {
  if (text.find('\r') == text.npos) return;
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r') {
      result += '\n';
      if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
    } else {
      result += text[at];
    }
  }
  text = std::move(result);
}

// Literal text is collected over the ends of literals: neighbours become one Constant.
void Parser::AppendText(StringParts& parts, std::string_view text, uint32_t text_begin,
                        uint32_t text_end, bool u_prefix) {
  if (text.empty()) return;
  PendingText& pending = parts.pending;
  if (!pending.any) {
    pending.any = true;
    pending.begin = text_begin;
    pending.u_prefix = u_prefix;
    pending.text.clear();
  }
  pending.text += text;
  pending.end = text_end;
}

void Parser::FlushText(StringParts& parts) {
  PendingText& pending = parts.pending;
  if (!pending.any) return;
  pending.any = false;
  ConstantId constant = builder_.PoolConstant(ConstantKind::Str, pending.text, pending.u_prefix);
  parts.values.Add(builder_.Add<NodeKind::Constant>(pending.begin, pending.end, constant));
}

}  // namespace unspool::syntax
