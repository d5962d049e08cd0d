// Cuts a decoded file into tokens. Takes text (valid UTF-8, any line ends), gives every token up to
// the EndMarker and the lexical errors; it never stops at an error. The same text gives the same
// tokens whatever the parser makes of them. From 3.12 on f-strings come as parts, before as one
// token.
#pragma once

#include "syntax/parse.h"
#include "syntax/token.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::syntax {

struct LexError {
  std::string message;
  uint32_t begin;
  uint32_t end;
  uint32_t token;  // the Error token that stands for it
  // CPython reports it even where a syntax error was found in an earlier line.
  bool overrides_parser;
};

struct LexOptions {
  Version target{3, 11};
  bool notebook_cell = false;
};

struct LexResult {
  TokenBuffer tokens;
  // In order of `token`, but for the first, which is the one CPython meets first.
  std::vector<LexError> errors;
};

LexResult Tokenize(std::string_view text, const LexOptions& options = {});

// The tokens of an expression between `begin` and `end` of the text, as if it stood in parentheses,
// closed by an EndMarker: a replacement field of an f-string before 3.12.
LexResult TokenizeField(std::string_view text, uint32_t begin, uint32_t end,
                        const LexOptions& options);

// Calls `visit(begin, end)` for each comment between two offsets that lie outside of any token,
// without its line end.
template <typename Visit>
void ForEachCommentInGap(std::string_view text, uint32_t begin, uint32_t end, Visit&& visit) {
  while (begin < end) {
    if (text[begin] != '#') {
      ++begin;
      continue;
    }
    uint32_t stop = begin;
    while (stop < end && text[stop] != '\n' && text[stop] != '\r') ++stop;
    visit(begin, stop);
    begin = stop;
  }
}

// The same for all gaps of a whole file.
template <typename Visit>
void ForEachComment(std::string_view text, const TokenBuffer& tokens, Visit&& visit) {
  uint32_t at = 0;
  for (uint32_t index = 0; index < tokens.size(); ++index) {
    if (tokens.begin(index) > at) ForEachCommentInGap(text, at, tokens.begin(index), visit);
    at = std::max(at, tokens.end(index));
  }
  ForEachCommentInGap(text, at, static_cast<uint32_t>(text.size()), visit);
}

}  // namespace unspool::syntax
