#include "syntax/field_positions.h"

#include "syntax/views.h"

#include <algorithm>

namespace unspool::syntax {

namespace {

bool IsQuote(char c) {
  return c == '\'' || c == '"';
}

bool IsLetter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

}  // namespace

Lines::Lines(std::string_view text) {
  starts_.reserve(text.size() / 32 + 1);
  starts_.push_back(0);
  for (size_t at = text.find_first_of("\r\n"); at != text.npos;
       at = text.find_first_of("\r\n", at)) {
    at += text.substr(at, 2) == "\r\n" ? 2 : 1;
    starts_.push_back(static_cast<uint32_t>(at));
  }
}

uint32_t Lines::LineOf(uint32_t offset) {
  auto holds = [&](uint32_t line) {
    return starts_[line] <= offset && (line + 1 == starts_.size() || offset < starts_[line + 1]);
  };
  if (holds(last_)) return last_;
  if (last_ + 1 < starts_.size() && holds(last_ + 1)) return ++last_;
  last_ = static_cast<uint32_t>(std::ranges::upper_bound(starts_, offset) - starts_.begin() - 1);
  return last_;
}

uint32_t Lines::End(uint32_t line) const {
  return line + 1 < starts_.size() ? starts_[line + 1] : UINT32_MAX;
}

FieldPositions::FieldPositions(std::string_view text, Version target)
    : text_(text), target_(target), lines_(text), fields_(1) {}

LineColumn FieldPositions::EndOf(uint32_t field, uint32_t offset) {
  const uint32_t line = lines_.LineOf(offset);
  const int64_t column = offset - lines_.Begin(line);
  if (field == 0) return {line + 1, column};
  const Field& in = fields_[field];
  const uint32_t said = in.start.line + line - in.line;
  if (line != in.line) return {said, column};
  // One for the parenthesis that CPython puts before the field's text.
  return {said, in.start.column + int64_t(offset) - in.begin + 1};
}

LineColumn FieldPositions::BeginOf(uint32_t field, uint32_t offset) {
  LineColumn position = EndOf(field, offset);
  if (field == 0) return position;
  const Field& in = fields_[field];
  if (offset >= in.first_line_end || in.first_line_end >= text_.size()) return position;
  // A literal over several lines is not moved by the field's start.
  uint32_t quote = offset;
  while (quote < text_.size() && quote < offset + 2 && IsLetter(text_[quote])) ++quote;
  if (quote + 2 < text_.size() && IsQuote(text_[quote]) && text_[quote + 1] == text_[quote] &&
      text_[quote + 2] == text_[quote] && LiteralEnd(offset) > in.first_line_end) {
    position.column = int64_t(offset) - in.begin + 1;
  }
  return position;
}

uint32_t FieldPositions::AddConcatenation(uint32_t field, uint32_t begin, uint32_t end) {
  Concatenation added;
  added.outer = field;
  added.begin = BeginOf(field, begin);
  added.end = EndOf(field, end);
  added.token_begin = begin;
  added.token_end = LiteralEnd(begin);
  concatenations_.push_back(added);
  return static_cast<uint32_t>(concatenations_.size() - 1);
}

// Moves on to the literal with the character at `offset`.
void FieldPositions::GoToLiteral(Concatenation& in, uint32_t offset) const {
  while (in.token_end <= offset) {
    in.token_begin = NextLiteral(in.token_end);
    in.token_end = LiteralEnd(in.token_begin);
  }
}

uint32_t FieldPositions::AddSpecification(uint32_t concatenation, uint32_t brace) {
  Concatenation& in = concatenations_[concatenation];
  GoToLiteral(in, brace);
  Concatenation added = in;
  added.whole = concatenation;
  added.begin = BeginOf(in.outer, in.token_begin);
  added.end = EndOf(in.outer, in.token_end);
  concatenations_.push_back(added);
  return static_cast<uint32_t>(concatenations_.size() - 1);
}

uint32_t FieldPositions::AddField(uint32_t concatenation, uint32_t brace) {
  Concatenation& in = concatenations_[concatenation];
  GoToLiteral(in, brace);
  const LineColumn token = BeginOf(in.outer, in.token_begin);
  const uint32_t token_line = lines_.LineOf(in.token_begin);
  Field added;
  added.begin = brace + 1;
  added.line = lines_.LineOf(brace);
  added.first_line_end = lines_.End(added.line);
  const uint32_t line_begin = lines_.Begin(added.line);
  const size_t first = text_.find_first_not_of(" \t\f", added.begin);
  const bool newline_after_brace =
      first == text_.npos || text_[first] == '\n' || text_[first] == '\r';
  const uint32_t lines = added.line - token_line;
  added.start.line = token.line + lines;
  const bool is_39 = target_ < Version{3, 10};
  added.start.column = lines == 0 || is_39 ? token.column : 0;
  if (!newline_after_brace) {
    added.start.column += brace - std::max(line_begin, in.token_begin);
    // 3.9 counted from the line end before the line.
    if (lines > 0 && is_39) ++added.start.column;
  }
  fields_.push_back(added);
  return static_cast<uint32_t>(fields_.size() - 1);
}

void FieldPositions::Parenthesize(uint32_t field, const Tree& tree, NodeId value, LineColumn& begin,
                                  LineColumn& end) {
  const NodeKind kind = tree.kind(value);
  if (kind != NodeKind::Tuple && kind != NodeKind::GeneratorExp) return;
  if (IsParenthesized(tree.begin(value), tree.end(value))) return;
  const Field in = fields_[field];
  begin = {in.start.line, in.start.column};
  const size_t close = text_.find_first_not_of(" \t\f\r\n", tree.end(value));
  end = EndOf(field, static_cast<uint32_t>(std::min(close, text_.size())));
  ++end.column;
}

// Do the first and the last character of the range pair up? Fields hold no backslashes or comments.
bool FieldPositions::IsParenthesized(uint32_t begin, uint32_t end) const {
  if (text_[begin] != '(') return false;
  int depth = 0;
  for (uint32_t at = begin; at < end; ++at) {
    const char c = text_[at];
    if (IsQuote(c)) {
      at = LiteralEnd(at) - 1;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth == 0) return at + 1 == end;
    }
  }
  return false;
}

uint32_t FieldPositions::LiteralEnd(uint32_t begin) const {
  size_t at = begin;
  while (at < text_.size() && !IsQuote(text_[at])) ++at;
  if (at >= text_.size()) return static_cast<uint32_t>(text_.size());
  const char quote = text_[at];
  const bool triple = at + 2 < text_.size() && text_[at + 1] == quote && text_[at + 2] == quote;
  at += triple ? 3 : 1;
  for (; at < text_.size(); ++at) {
    if (text_[at] == '\\') {
      ++at;
    } else if (text_[at] == quote) {
      if (!triple) return static_cast<uint32_t>(at + 1);
      if (at + 2 < text_.size() && text_[at + 1] == quote && text_[at + 2] == quote) {
        return static_cast<uint32_t>(at + 3);
      }
    }
  }
  return static_cast<uint32_t>(text_.size());
}

// Over blanks, line joins and comments.
uint32_t FieldPositions::NextLiteral(uint32_t end) const {
  size_t at = end;
  while (at < text_.size() && !IsQuote(text_[at]) && !IsLetter(text_[at])) {
    if (text_[at] == '#') at = std::min(text_.find_first_of("\r\n", at), text_.size());
    ++at;
  }
  return static_cast<uint32_t>(std::min(at, text_.size()));
}

FStringPlace PlaceInFString(FieldPositions& positions, const Tree& tree, NodeId parent,
                            uint32_t parent_field, FStringPlace parent_place, NodeId node) {
  FStringPlace place{.in_field = parent_place.in_field};
  const NodeKind kind = tree.kind(node);
  if (parent_place.concatenation != kNoConcatenation) {
    const bool of_value = tree.kind(parent) == NodeKind::FormattedValue;
    const uint32_t brace = tree.begin(parent);
    if (!of_value) {
      const Concatenation& in = positions.concatenation(parent_place.concatenation);
      const NodeList values = JoinedStrView(tree, parent).values();
      const bool is_last = node == values.back() && kind == NodeKind::Constant;
      place.concatenation =
          in.is_specification() && !is_last ? in.whole : parent_place.concatenation;
    } else if (parent_field == field_index::FormattedValue::format_spec) {
      place.concatenation = positions.AddSpecification(parent_place.concatenation, brace);
    } else {
      place.in_field = positions.AddField(parent_place.concatenation, brace);
    }
  }
  if (kind == NodeKind::JoinedStr && place.concatenation == kNoConcatenation) {
    place.concatenation =
        positions.AddConcatenation(place.in_field, tree.begin(node), tree.end(node));
  }
  return place;
}

}  // namespace unspool::syntax
