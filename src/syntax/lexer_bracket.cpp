// Brackets that the fast way of LexTokens leaves: those of replacement fields, and errors.
#include "syntax/lexer_impl.h"
#include "syntax/lexer_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

// A bracket in a replacement field, or one that must not stand there.
void Lexer::Bracket() {
  return kMarks[static_cast<uint8_t>(*p_)].nesting > 0 ? OpenBracket() : CloseBracket();
}

void Lexer::OpenBracket() {
  if (level_ >= kMaxParens) {
    GiveUpLine(p_, "too many nested parentheses");
    return;
  }
  parens_[++level_] = {*p_, static_cast<uint32_t>(p_ - text_), tokens_.size()};
  if (InField()) ++fstrings_.back().level;
  Emit(kMarks[static_cast<uint8_t>(*p_)].kind, p_, p_ + 1);
  ++p_;
}

void Lexer::CloseBracket() {
  const char opening = kMarks[static_cast<uint8_t>(*p_)].opening;
  const bool closes_field = opening == '{' && AtFieldLevel();
  const int base = field_ ? 1 : 0;
  if (InField() && fstrings_.back().level == 0 && opening == '{') {
    Error(p_, p_ + 1,
          fmt::format("{}-string: single '}}' is not allowed",
                      fstrings_.back().is_template ? 't' : 'f'));
    ++p_;
    in_fstring_text_ = true;
    return;
  }
  if (level_ <= base) {
    Error(p_, p_ + 1, fmt::format("unmatched '{}'", *p_));
    ++p_;
    return;
  }
  const Paren open = parens_[level_];
  if (open.bracket != opening) {
    std::string message;
    if (opening != '{' && AtFieldLevel()) {
      message =
          fmt::format("{}-string: unmatched '{}'", fstrings_.back().is_template ? 't' : 'f', *p_);
    } else {
      uint32_t open_line = LineOf(text_ + open.position);
      uint32_t line = LineOf(p_);
      message = fmt::format("closing parenthesis '{}' does not match opening parenthesis '{}'", *p_,
                            open.bracket);
      if (open_line != line) message += fmt::format(" on line {}", open_line);
    }
    Error(p_, p_ + 1, std::move(message));
    ++p_;
    --level_;
    if (InField() && --fstrings_.back().level < 0) fstrings_.back().level = 0;
    if (InField() && !fstrings_.back().fields.empty() &&
        fstrings_.back().level <= fstrings_.back().fields.back()) {
      fstrings_.back().fields.pop_back();
      fstrings_.back().in_spec = false;
      in_fstring_text_ = true;
    }
    return;
  }
  --level_;
  if (closes_field) {
    FString& fstring = fstrings_.back();
    if (tokens_.kind(tokens_.size() - 1) == TokenKind::Equal) {
      tokens_.SetKind(open.token, TokenKind::FieldOpenDebug);
    }
    Emit(TokenKind::FieldClose, p_, p_ + 1);
    ++p_;
    --fstring.level;
    fstring.fields.pop_back();
    fstring.in_spec = !fstring.fields.empty();
    in_fstring_text_ = true;
    return;
  }
  if (InField()) --fstrings_.back().level;
  Emit(kMarks[static_cast<uint8_t>(*p_)].kind, p_, p_ + 1);
  ++p_;
}

void Lexer::GiveUpLine(const char* begin, std::string message) {
  const char* line_end = LineEnd(begin);
  Error(begin, line_end, std::move(message));
  p_ = line_end;
  if (field_) {
    p_ = text_ + limit_;
    return;
  }
  level_ = 0;
  fstrings_.clear();
  in_fstring_text_ = false;
}

// The end of the text came inside brackets. CPython names the innermost open one; what follows the
// line of the outermost is lexed again as lines of their own, so that the rest of the file still
// gets a tree.
void Lexer::RestartAfterUnclosed() {
  const char* innermost = text_ + parens_[level_].position;
  const Paren outermost = parens_[1];
  const bool again = ++restarts_ <= kMaxRestarts;
  const char* line_end = again ? LineEnd(text_ + outermost.position) : end_;
  uint32_t keep = outermost.token + 1;
  for (;;) {
    while (keep < tokens_.size() && tokens_.begin(keep) < Offset(line_end)) ++keep;
    if (tokens_.end(keep - 1) <= Offset(line_end)) break;
    // A triple-quoted string begins in this line and ends in another, where more may follow.
    line_end = LineEnd(line_end + 1);
  }
  tokens_.Truncate(keep);
  std::erase_if(errors_, [&](const LexError& error) { return error.token >= keep; });
  level_ = 0;
  fstrings_.clear();
  in_fstring_text_ = false;
  Error(line_end, line_end, fmt::format("'{}' was never closed", *innermost), false);
  MoveError(innermost, innermost + 1);
  const char* next = line_end < end_ ? AfterNewline(line_end) : end_;
  Emit(TokenKind::Newline, line_end, next);
  p_ = next;
}

}  // namespace unspool::syntax
