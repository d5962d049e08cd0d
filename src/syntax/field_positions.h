// Where Python before 3.12 says that the parts of an f-string are. There the f-string was one token
// whose fields were cut out and parsed on their own, in parentheses; literal text and fields carry
// the range of the whole concatenation, and the nodes inside fields positions put together from the
// token's and their own. The tree has true ranges; the dump asks here what to print.
#pragma once

#include "syntax/parse.h"
#include "syntax/tree.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace unspool::syntax {

struct LineColumn {
  uint32_t line = 0;   // 1-based
  int64_t column = 0;  // bytes
};

// Offsets to true lines and columns. Lookups near the last one are quick.
class Lines {
 public:
  explicit Lines(std::string_view text);
  uint32_t LineOf(uint32_t offset);  // 0-based
  uint32_t Begin(uint32_t line) const { return starts_[line]; }
  uint32_t End(uint32_t line) const;  // where the next line begins, or past the end of the text

 private:
  std::vector<uint32_t> starts_;
  uint32_t last_ = 0;
};

// A concatenation of string literals with an f-string in it.
struct Concatenation {
  uint32_t outer = 0;  // the field it stands in
  LineColumn begin, end;
  // The literal looked at last; fields are asked for in source order.
  uint32_t token_begin = 0;
  uint32_t token_end = 0;
  // Of a format specification: the concatenation it stands in. Its range is that of the literal.
  uint32_t whole = UINT32_MAX;

  bool is_specification() const { return whole != UINT32_MAX; }
};

// One replacement field. Number 0 stands for the file itself.
struct Field {
  uint32_t begin = 0;  // behind the brace
  uint32_t line = 0;   // 0-based true line of `begin`
  LineColumn start;    // what CPython adds to positions on the first line
  uint32_t first_line_end = 0;
};

class FieldPositions {
 public:
  FieldPositions(std::string_view text, Version target);

  // Where the character at `offset`, inside the field, is said to be.
  LineColumn BeginOf(uint32_t field, uint32_t offset);
  LineColumn EndOf(uint32_t field, uint32_t offset);

  // A tuple or generator expression that is the whole of the field takes in the parentheses that
  // CPython puts around the field's text.
  void Parenthesize(uint32_t field, const Tree& tree, NodeId value, LineColumn& begin,
                    LineColumn& end);

  // Opens the concatenation at [begin, end) inside `field`, and a field of it whose brace is at
  // `brace`.
  uint32_t AddConcatenation(uint32_t field, uint32_t begin, uint32_t end);
  uint32_t AddField(uint32_t concatenation, uint32_t brace);
  // Opens the format specification of that field.
  uint32_t AddSpecification(uint32_t concatenation, uint32_t brace);

  const Concatenation& concatenation(uint32_t number) const { return concatenations_[number]; }
  const Field& field(uint32_t number) const { return fields_[number]; }

 private:
  void GoToLiteral(Concatenation& in, uint32_t offset) const;
  bool IsParenthesized(uint32_t begin, uint32_t end) const;
  uint32_t LiteralEnd(uint32_t begin) const;
  uint32_t NextLiteral(uint32_t end) const;

  std::string_view text_;
  Version target_;
  Lines lines_;
  std::vector<Field> fields_;
  std::vector<Concatenation> concatenations_;
};

constexpr uint32_t kNoConcatenation = UINT32_MAX;

// Which f-string, or which field of one, a node before 3.12 takes its position from.
struct FStringPlace {
  uint32_t in_field = 0;                      // the f-string field it stands in
  uint32_t concatenation = kNoConcatenation;  // whose position it has
};

// That of `node`, which is in a field of `parent`, by its number in nodes.def.
FStringPlace PlaceInFString(FieldPositions& positions, const Tree& tree, NodeId parent,
                            uint32_t parent_field, FStringPlace parent_place, NodeId node);

}  // namespace unspool::syntax
