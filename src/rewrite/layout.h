// The shape of a file's text: lines, indentation, the comments that belong to a statement, and the
// moving of statements to another depth without touching what lies inside strings.
#pragma once

#include "syntax/token.h"
#include "syntax/tree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::rewrite {

using syntax::NodeId;

// A replacement inside a piece of text that is moved; offsets are those of the file.
struct Substitution {
  uint32_t begin;
  uint32_t end;
  std::string text;
};

class Layout {
 public:
  explicit Layout(const syntax::Tree& tree);

  std::string_view text() const { return tree_.text(); }
  uint32_t LineBegin(uint32_t offset) const;
  // Past the line end.
  uint32_t NextLine(uint32_t offset) const;
  // The white space before the first character of the line.
  std::string_view IndentOf(uint32_t offset) const;
  // One level of the file's own indentation.
  const std::string& indent_unit() const { return indent_unit_; }
  // The comment lines directly above an offset's line, at its indentation: where they begin.
  uint32_t WithCommentsAbove(uint32_t offset) const;

  // The statements' text with the lines between them, and comments before the first and behind the
  // last on its line, moved to `indent`; `substitutions` are sorted and do not overlap.
  std::string Moved(NodeId first, NodeId last, std::string_view indent,
                    const std::vector<Substitution>& substitutions) const;
  // True if a line begins inside a string that spans lines.
  bool InString(uint32_t line_begin) const;

 private:
  const syntax::Tree& tree_;
  syntax::TokenBuffer tokens_;
  std::string indent_unit_ = "    ";
  std::vector<std::pair<uint32_t, uint32_t>> long_strings_;  // that span lines
};

}  // namespace unspool::rewrite
