#include "rewrite/layout.h"

#include "syntax/lexer.h"

#include <algorithm>

namespace unspool::rewrite {

using syntax::TokenKind;

Layout::Layout(const syntax::Tree& tree)
    : tree_(tree), tokens_(std::move(syntax::Tokenize(tree.text()).tokens)) {
  bool unit_known = false;
  for (uint32_t index = 0; index < tokens_.size(); ++index) {
    TokenKind kind = tokens_.kind(index);
    uint32_t begin = tokens_.begin(index), end = tokens_.end(index);
    if (kind == TokenKind::Indent && !unit_known && begin < end) {
      // The first block that is indented shows what the file is indented with.
      std::string_view indent = IndentOf(end);
      if (!indent.empty()) indent_unit_ = std::string(indent);
      unit_known = true;
    }
    std::string_view token = tree.text().substr(begin, end - begin);
    if (token.find_first_of("\r\n") != std::string_view::npos && kind != TokenKind::Newline &&
        kind != TokenKind::Indent && kind != TokenKind::Dedent) {
      long_strings_.emplace_back(begin, end);
    }
  }
}

uint32_t Layout::LineBegin(uint32_t offset) const {
  std::string_view source = text();
  while (offset > 0 && source[offset - 1] != '\n' && source[offset - 1] != '\r') --offset;
  return offset;
}

uint32_t Layout::NextLine(uint32_t offset) const {
  std::string_view source = text();
  while (offset < source.size() && source[offset] != '\n' && source[offset] != '\r') ++offset;
  if (offset < source.size() && source[offset] == '\r') {
    ++offset;
    if (offset < source.size() && source[offset] == '\n') ++offset;
    return offset;
  }
  return offset < source.size() ? offset + 1 : offset;
}

std::string_view Layout::IndentOf(uint32_t offset) const {
  uint32_t begin = LineBegin(offset);
  uint32_t end = begin;
  std::string_view source = text();
  while (end < source.size() && (source[end] == ' ' || source[end] == '\t')) ++end;
  return source.substr(begin, end - begin);
}

uint32_t Layout::WithCommentsAbove(uint32_t offset) const {
  uint32_t begin = LineBegin(offset);
  std::string_view indent = IndentOf(offset);
  while (begin > 0) {
    uint32_t above = LineBegin(begin - 1);
    if (text()[begin - 1] == '\n' && begin >= 2 && text()[begin - 2] == '\r') {
      above = LineBegin(begin - 2);
    }
    std::string_view line = text().substr(above, begin - above);
    if (!line.starts_with(indent)) break;
    line.remove_prefix(indent.size());
    // A shebang, a coding line or a cell mark belongs to the file.
    bool heads_file = above == 0 || LineBegin(above - 1) == 0;
    if (heads_file && (line.find("coding:") != std::string_view::npos ||
                       line.find("coding=") != std::string_view::npos)) {
      break;
    }
    if (!line.starts_with('#') || line.starts_with("#!") || line.starts_with("# %%")) break;
    begin = above;
  }
  return begin;
}

bool Layout::InString(uint32_t line_begin) const {
  for (auto [begin, end] : long_strings_) {
    if (begin < line_begin && line_begin < end) return true;
  }
  return false;
}

std::string Layout::Moved(NodeId first, NodeId last, std::string_view indent,
                          const std::vector<Substitution>& substitutions) const {
  uint32_t begin = tree_.begin(first);
  uint32_t end = tree_.end(last);
  std::string_view old_indent = IndentOf(begin);
  bool own_line = LineBegin(begin) + old_indent.size() == begin;
  if (own_line) {
    // Comments between the header and the first statement come along.
    begin = WithCommentsAbove(begin);
  } else {
    old_indent = IndentOf(begin);
  }
  // The comment behind the last statement comes along, unless it is part of the last line of a
  // compound statement that shares it.
  uint32_t line_end = end;
  while (line_end < text().size() && text()[line_end] != '\n' && text()[line_end] != '\r') {
    ++line_end;
  }
  std::string_view tail = text().substr(end, line_end - end);
  size_t mark = tail.find_first_not_of(" \t;");
  if (mark != std::string_view::npos && tail[mark] == '#') end = line_end;

  std::string out;
  out += own_line ? "" : std::string(indent);
  uint32_t at = begin;
  size_t next = 0;
  auto copy_line = [&](uint32_t from, uint32_t to) {
    // With the substitutions that begin on this stretch.
    while (from < to) {
      if (next < substitutions.size() && substitutions[next].begin < to) {
        out += text().substr(from, substitutions[next].begin - from);
        out += substitutions[next].text;
        from = substitutions[next].end;
        ++next;
        if (from > to) return from;
        continue;
      }
      out += text().substr(from, to - from);
      from = to;
    }
    return from;
  };
  bool line_start = own_line;
  while (at < end) {
    if (line_start && !InString(at)) {
      std::string_view line = text().substr(at);
      if (line.starts_with(old_indent)) {
        at += static_cast<uint32_t>(old_indent.size());
        bool blank = text()[at] == '\n' || text()[at] == '\r';
        if (!blank) out += indent;
      } else {
        // A blank line, or a continuation that hangs less deep: as it is.
        size_t mark_in_line = line.find_first_not_of(" \t");
        bool blank = mark_in_line == std::string_view::npos || line[mark_in_line] == '\n' ||
                     line[mark_in_line] == '\r';
        if (blank) at += static_cast<uint32_t>(std::min(mark_in_line, line.size()));
      }
    }
    uint32_t stop = std::min(NextLine(at), end);
    at = copy_line(at, stop);
    line_start = LineBegin(at) == at;
  }
  // Inside the engine lines end in \n; the file's own ends are put in when the edit is applied.
  std::string unified;
  for (size_t index = 0; index < out.size(); ++index) {
    if (out[index] == '\r') {
      unified += '\n';
      if (index + 1 < out.size() && out[index + 1] == '\n') ++index;
    } else {
      unified += out[index];
    }
  }
  return unified;
}

}  // namespace unspool::rewrite
