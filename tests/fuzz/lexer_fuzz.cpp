// The tokens and the gaps between them tile the text to the byte, gaps are trivia and nothing else,
// indentation closes what it opens, and each error has a token.
#include "fuzz/input.h"
#include "syntax/lexer.h"

using unspool::syntax::LexError;
using unspool::syntax::LexResult;
using unspool::syntax::TokenKind;

namespace {

// The first byte in the range that is no blank, line end, comment or line joining; `end` where all
// are. Where a line was `cut` because its bracket is never closed, the line end behind a backslash
// is a token of its own.
uint32_t FirstNonTrivia(std::string_view text, uint32_t at, uint32_t end, bool cut) {
  auto is_line_end = [&](uint32_t i) { return text[i] == '\n' || text[i] == '\r'; };
  while (at < end) {
    const char c = text[at];
    if (c == '#') {
      while (at < end && !is_line_end(at)) ++at;
    } else if (c == ' ' || c == '\t' || c == '\f' || is_line_end(at)) {
      ++at;
    } else if (c == '\\' && at + 1 < end && is_line_end(at + 1)) {
      at += 2;
    } else if (cut && c == '\\' && at + 1 == end && end < text.size() && is_line_end(end)) {
      ++at;
    } else {
      return at;
    }
  }
  return end;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const unspool::fuzz::Input input = unspool::fuzz::Cut(data, size);
  if (!input.file) return 0;
  const std::string_view text = input.file->text();
  const LexResult result = unspool::syntax::Tokenize(
      text, {.target = input.target, .notebook_cell = input.notebook_cell});
  const auto& tokens = result.tokens;
  FUZZ_CHECK(tokens.size() > 0);
  FUZZ_CHECK(tokens.kind(tokens.size() - 1) == TokenKind::EndMarker);

  uint32_t at = 0;
  int64_t depth = 0;
  for (uint32_t index = 0; index < tokens.size(); ++index) {
    const TokenKind kind = tokens.kind(index);
    const uint32_t begin = tokens.begin(index);
    const uint32_t end = tokens.end(index);
    FUZZ_CHECK(begin >= at && begin <= end && end <= text.size(), "token %u of kind %d: %u-%u\n",
               index, static_cast<int>(kind), begin, end);
    const uint32_t stray = FirstNonTrivia(text, at, begin, !result.errors.empty());
    FUZZ_CHECK(stray == begin, "byte %u before token %u is in no token\n", stray, index);
    at = end;
    if (kind == TokenKind::Indent) ++depth;
    if (kind == TokenKind::Dedent) FUZZ_CHECK(--depth >= 0);
    FUZZ_CHECK(kind != TokenKind::Stop);
    FUZZ_CHECK((kind == TokenKind::EndMarker) == (index + 1 == tokens.size()));
    if (kind == TokenKind::Newline) {
      const std::string_view own = text.substr(begin, end - begin);
      FUZZ_CHECK(own.empty() || own == "\n" || own == "\r\n" || own == "\r");
    }
  }
  const auto rest = static_cast<uint32_t>(text.size());
  FUZZ_CHECK(FirstNonTrivia(text, at, rest, false) == rest);
  FUZZ_CHECK(depth == 0);

  for (size_t number = 0; number < result.errors.size(); ++number) {
    const LexError& error = result.errors[number];
    // The first is what CPython meets first, even where its token was taken back because a bracket
    // before it was never closed.
    if (number > 0) {
      FUZZ_CHECK(error.token < tokens.size());
      const TokenKind kind = tokens.kind(error.token);
      FUZZ_CHECK(kind == TokenKind::Error || kind == TokenKind::IndentationError);
    }
    FUZZ_CHECK(error.begin <= error.end && error.end <= text.size() && !error.message.empty());
  }
  return 0;
}
