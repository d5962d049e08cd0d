#include "syntax/lexer.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace unspool::syntax {
namespace {

std::vector<TokenKind> Kinds(std::string_view text, Version target = {3, 11}) {
  LexResult lexed = Tokenize(text, {.target = target});
  std::vector<TokenKind> kinds;
  for (uint32_t index = 0; index < lexed.tokens.size(); ++index) {
    kinds.push_back(lexed.tokens.kind(index));
  }
  return kinds;
}

std::string FirstLexError(std::string_view text, Version target = {3, 11}) {
  LexResult lexed = Tokenize(text, {.target = target});
  return lexed.errors.empty() ? "" : lexed.errors.front().message;
}

// The text put together again from its tokens and the gaps between them.
std::string Reprint(std::string_view text, Version target) {
  LexResult lexed = Tokenize(text, {.target = target});
  std::string result;
  uint32_t at = 0;
  for (uint32_t index = 0; index < lexed.tokens.size(); ++index) {
    const uint32_t begin = lexed.tokens.begin(index);
    EXPECT_GE(begin, at) << "token " << index << " overlaps the one before";
    if (begin > at) result += text.substr(at, begin - at);
    result += text.substr(begin, lexed.tokens.end(index) - begin);
    at = std::max(at, lexed.tokens.end(index));
  }
  return result + std::string(text.substr(at));
}

using enum TokenKind;

TEST(LexerTest, GivesIndentsAndDedents) {
  EXPECT_EQ(Kinds("if x:\n  y\n\n# far left\n  z\nw\n"),
            (std::vector{If, Name, Colon, Newline, Indent, Name, Newline, Name, Newline, Dedent,
                         Name, Newline, EndMarker}));
}

TEST(LexerTest, EndsTheLastLineWithoutLineEnd) {
  LexResult lexed = Tokenize("x", {});
  ASSERT_EQ(lexed.tokens.size(), 3u);
  EXPECT_EQ(lexed.tokens.kind(1), Newline);
  EXPECT_EQ(lexed.tokens.begin(1), 1u);
  EXPECT_EQ(lexed.tokens.end(1), 1u);
}

TEST(LexerTest, ReadsAllLineEnds) {
  const std::vector expected{Name, Newline, Name, Newline, Name, Newline, EndMarker};
  EXPECT_EQ(Kinds("a\nb\nc\n"), expected);
  EXPECT_EQ(Kinds("a\r\nb\r\nc\r\n"), expected);
  EXPECT_EQ(Kinds("a\rb\rc\r"), expected);
}

TEST(LexerTest, LineEndsWithinBracketsAreBlank) {
  EXPECT_EQ(Kinds("(a,\n\n  # why\n b)\n"),
            (std::vector{LParen, Name, Comma, Name, RParen, Newline, EndMarker}));
}

TEST(LexerTest, KnowsKeywordsAndSoftKeywords) {
  EXPECT_EQ(Kinds("match case type lazy nonlocal None async"),
            (std::vector{NameMatch, NameCase, NameType, NameLazy, Nonlocal, None, Async, Newline,
                         EndMarker}));
  EXPECT_EQ(Kinds("matches iff nonlocals _none")[0], Name);
}

TEST(LexerTest, CutsNumbers) {
  EXPECT_EQ(
      Kinds("0 0x_1F 1_000 1. .5 1e5 1E-5j 0777.5 00"),
      (std::vector{Int, Int, Int, Float, Float, Float, Imag, Float, Int, Newline, EndMarker}));
  EXPECT_EQ(Kinds("1if x else y"), (std::vector{Int, If, Name, Else, Name, Newline, EndMarker}));
}

TEST(LexerTest, ComplainsAboutNumbersAsCPythonDoes) {
  EXPECT_EQ(FirstLexError("1a"), "invalid decimal literal");
  EXPECT_EQ(FirstLexError("1__0"), "invalid decimal literal");
  EXPECT_EQ(FirstLexError("0xg"), "invalid hexadecimal literal");
  EXPECT_EQ(FirstLexError("0o8"), "invalid digit '8' in octal literal");
  EXPECT_EQ(FirstLexError("0b2"), "invalid digit '2' in binary literal");
  EXPECT_EQ(FirstLexError("1jx"), "invalid imaginary literal");
  EXPECT_EQ(FirstLexError("012"),
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
            "octal integers");
}

TEST(LexerTest, ComplainsAboutBrackets) {
  EXPECT_EQ(FirstLexError("a)"), "unmatched ')'");
  EXPECT_EQ(FirstLexError("(a]"), "closing parenthesis ']' does not match opening parenthesis '('");
  EXPECT_EQ(FirstLexError("(\na]"),
            "closing parenthesis ']' does not match opening parenthesis '(' on line 1");
  EXPECT_EQ(FirstLexError("x = [1,\ny = 2\n"), "'[' was never closed");
  EXPECT_EQ(FirstLexError(std::string(201, '(')), "too many nested parentheses");
}

TEST(LexerTest, GoesOnBehindAnUnclosedBracket) {
  std::vector<TokenKind> kinds = Kinds("x = [1,\ndef f():\n  pass\n");
  EXPECT_NE(std::ranges::find(kinds, Def), kinds.end());
  EXPECT_NE(std::ranges::find(kinds, Indent), kinds.end());
}

TEST(LexerTest, ComplainsAboutIndentation) {
  EXPECT_EQ(FirstLexError("if x:\n    y\n  z\n"),
            "unindent does not match any outer indentation level");
  EXPECT_EQ(FirstLexError("if x:\n\ty\n        z\n"),
            "inconsistent use of tabs and spaces in indentation");
}

TEST(LexerTest, ComplainsAboutCharacters) {
  EXPECT_EQ(FirstLexError("x = \xE2\x80\x9C"
                          "a"),
            "invalid character '\xE2\x80\x9C' (U+201C)");
  EXPECT_EQ(FirstLexError("x\x01"), "invalid non-printable character U+0001");
  EXPECT_EQ(FirstLexError(std::string_view("x\0y", 3)),
            "source code string cannot contain null bytes");
}

TEST(LexerTest, KeepsOldFStringsWhole) {
  EXPECT_EQ(Kinds("f'{x}' rb'a' 'b' 'c\\n'"),
            (std::vector{StringSpecial, StringSpecial, String, StringSpecial, Newline, EndMarker}));
}

TEST(LexerTest, CutsNewFStrings) {
  EXPECT_EQ(Kinds("f'a{x!r:>{w}}b'", {3, 12}),
            (std::vector{FStringStart, FStringMiddle, FieldOpen, Name, Exclamation, Name,
                         FormatColon, FStringMiddle, FieldOpen, Name, FieldClose, FieldClose,
                         FStringMiddle, FStringEnd, Newline, EndMarker}));
  EXPECT_EQ(Kinds("f'{x = }'", {3, 12})[1], FieldOpenDebug);
  EXPECT_EQ(Kinds("f'{x == y}'", {3, 12})[1], FieldOpen);
  EXPECT_EQ(Kinds("f'{f'{1}'}'", {3, 12}),
            (std::vector{FStringStart, FieldOpen, FStringStart, FieldOpen, Int, FieldClose,
                         FStringEnd, FieldClose, FStringEnd, Newline, EndMarker}));
  EXPECT_EQ(Kinds("f'{{}}'", {3, 12}),
            (std::vector{FStringStart, FStringMiddle, FStringEnd, Newline, EndMarker}));
}

TEST(LexerTest, FindsComments) {
  std::string_view text = "x = '#no' # one\n# two\nf(  # three\n)\n";
  LexResult lexed = Tokenize(text, {});
  std::vector<std::string> comments;
  ForEachComment(text, lexed.tokens, [&](uint32_t begin, uint32_t end) {
    comments.emplace_back(text.substr(begin, end - begin));
  });
  EXPECT_EQ(comments, (std::vector<std::string>{"# one", "# two", "# three"}));
}

TEST(LexerTest, KeepsMagicsOfNotebooksWhole) {
  LexOptions options{.notebook_cell = true};
  LexResult lexed = Tokenize("%time x\n!ls -l\ny = !pwd\nz = 5 % 3\n", options);
  EXPECT_TRUE(lexed.errors.empty());
  EXPECT_EQ(lexed.tokens.kind(0), Opaque);
  EXPECT_EQ(lexed.tokens.kind(2), Opaque);
  EXPECT_EQ(lexed.tokens.kind(4), Opaque);
  EXPECT_EQ(lexed.tokens.kind(6), Name);
}

// Whatever the text: tokens do not overlap, and with the gaps between them they are the text.
TEST(LexerTest, PrintsEveryTextBack) {
  const std::vector<std::string> pieces = {
      "f'",   "{",  "}",   "'",   "\"", "\"\"\"",   "\n",
      "\r\n", "\r", " ",   "\t",  "x",  "1",        "if",
      ":",    "(",  ")",   "[",   "]",  "#c",       "\\",
      "=",    "!",  "rb'", "t\"", "0x", "\xC3\xA9", "\xE2\x82\xAC",
      ".",    "\f"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int count = random() % 40; count > 0; --count) text += pieces[random() % pieces.size()];
    for (Version target : {Version{3, 11}, Version{3, 14}}) {
      ASSERT_EQ(Reprint(text, target), text);
    }
  }
}

}  // namespace
// Found by lexer_fuzz: the bracket behind the string was in no token.
TEST(LexerTest, KeepsWhatFollowsAStringOfSeveralLinesInAnUnclosedBracket) {
  const std::string_view text = "[(\"\"\"\n\"\"\")\nx";
  const LexResult lexed = Tokenize(text);
  ASSERT_GE(lexed.tokens.size(), 4u);
  EXPECT_EQ(lexed.tokens.kind(3), RParen);
  EXPECT_EQ(lexed.tokens.begin(3), 9u);
}

}  // namespace unspool::syntax
