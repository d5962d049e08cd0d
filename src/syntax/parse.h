// Parses one decoded file into a tree. Never fails: errors are in the result, and the tree covers
// what could be understood (Invalid statements stand for what could not).
#pragma once

#include "syntax/tree.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace unspool::syntax {

struct Version {
  uint8_t major = 3;
  uint8_t minor = 11;
  constexpr auto operator<=>(const Version&) const = default;
};

struct SyntaxError {
  std::string message;  // CPython's wording as near as can be
  uint32_t begin;       // byte range in the decoded text
  uint32_t end;
};

struct ParseOptions {
  Version target{3, 11};
  bool notebook_cell = false;  // magics and `!` lines become Opaque statements
};

struct ParseResult {
  std::unique_ptr<Tree> tree;
  // Empty exactly where ast.parse accepts. The first is the one CPython reports, the others follow
  // in source order.
  std::vector<SyntaxError> errors;
};

// No tree is deeper than this: what is nested more deeply is refused, with an error.
inline constexpr uint32_t kMaxTreeDepth = 8000;

// `text` is valid UTF-8 without BOM and must outlive the result. Line ends may be any of \n, \r\n,
// \r.
ParseResult Parse(std::string_view text, const ParseOptions& options = {});

}  // namespace unspool::syntax
