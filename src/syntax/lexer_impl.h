// The state of the lexer, shared by its parts: lexer.cpp (lines, words, operators),
// lexer_number.cpp and lexer_string.cpp. Positions are pointers into text that ends with a line
// end, so that scanning loops need no test for the end.
#pragma once

#include "syntax/lexer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::syntax {

class Lexer {
 public:
  // `base` is where `text` lies in the file.
  Lexer(std::string_view text, const LexOptions& options, uint32_t base = 0);

  LexResult Run();
  LexResult RunField();

 private:
  static constexpr int kMaxParens = 200;
  static constexpr int kMaxIndents = 100;
  static constexpr int kMaxFStrings = 150;
  static constexpr int kMaxRestarts = 16;
  static constexpr size_t kMaxErrors = 1000;

  struct Paren {
    char bracket;
    uint32_t position;
    uint32_t token;
  };
  // An f-string that is open (3.12 on). `level` counts the brackets open inside it; a field that
  // was opened at level n has the levels n + 1 and up to itself.
  struct FString {
    uint32_t begin;
    char quote;
    bool triple;
    bool raw;
    bool in_spec;
    bool is_template;
    int level;
    std::vector<int> fields;  // the levels at which the open fields were opened
  };

  void LexAll();
  // Handles one logical or blank line's indentation; false at the end of the text.
  bool StartLine();
  void LexTokens();
  void Finish();

  uint32_t Offset(const char* at) const {
    return base_ + std::min(static_cast<uint32_t>(at - text_), limit_);
  }
  void Emit(TokenKind kind, const char* begin, const char* end) {
    tokens_.Push(kind, Offset(begin), Offset(end));
  }
  void Error(const char* begin, const char* end, std::string message, bool overrides_parser = true,
             TokenKind kind = TokenKind::Error);
  // The same where the error's place is not the token's.
  void MoveError(const char* begin, const char* end);
  uint32_t LineOf(const char* at);

  void Bracket();
  void OpenBracket();
  void CloseBracket();
  void RestartAfterUnclosed();
  void GiveUpLine(const char* begin, std::string message);
  void Continuation();
  bool NewlineAt(const char* at) const { return *at == '\n' || *at == '\r'; }
  const char* AfterNewline(const char* at) const {
    return at + (*at == '\r' && at + 1 < end_ && at[1] == '\n' ? 2 : 1);
  }
  const char* LineEnd(const char* at) const;

  void Word();
  void OtherCharacter();
  bool IsStringPrefix(const char* begin, uint32_t length) const;
  void CheckIdentifier(const char* begin, const char* end);
  void NotebookLine();
  bool IsNotebookLine(const char* at) const;

  void Number();
  bool CheckNumberEnd(const char* begin, const char* at, std::string_view kind);
  bool DecimalTail(const char* begin, const char*& at);
  bool RadixTail(const char* begin, const char*& at, int radix, std::string_view name);
  void NumberError(const char* begin, const char* at, std::string message);
  static bool IsDigitAt(const char* at) { return *at >= '0' && *at <= '9'; }

  void String(const char* prefix_begin);
  void OpenFString(const char* begin, bool raw, bool is_template);
  void OpenField(char brace);
  void FStringText();
  bool InField() const { return !fstrings_.empty() && !in_fstring_text_; }
  bool AtFieldLevel() const;
  void MarkDebugField();
  void OpenFormatSpec();
  void UnterminatedFString(const char* at);
  void UnterminatedString(const char* begin, const char* quote_at, bool triple, const char* at);

  const LexOptions options_;
  const uint32_t base_;
  std::string padded_;
  const char* text_;  // start
  const char* end_;   // end, behind a line end
  uint32_t limit_;    // size of the real text
  const char* p_;
  bool new_fstrings_;
  bool in_fstring_text_ = false;
  bool too_deep_ = false;
  bool field_ = false;
  int level_ = 0;
  int restarts_ = 0;
  // From index 1; one more in front, which no bracket closes, and one more behind.
  Paren parens_[kMaxParens + 2] = {};
  int indents_[kMaxIndents + 1] = {0};
  int alt_indents_[kMaxIndents + 1] = {0};
  int indent_ = 0;
  std::vector<FString> fstrings_;
  const char* counted_to_;
  uint32_t line_ = 1;
  TokenBuffer tokens_;
  std::vector<LexError> errors_;
  std::optional<LexError> first_error_;
};

}  // namespace unspool::syntax
