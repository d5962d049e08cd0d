// String literals, and from 3.12 on f-strings and t-strings as sequences of tokens (PEP 701, 750).
#include "syntax/byte_scan.h"
#include "syntax/lexer_impl.h"
#include "syntax/lexer_tables.h"

#include <fmt/format.h>

namespace unspool::syntax {

void Lexer::String(const char* prefix_begin) {
  bool raw = false;
  bool formatted = false;
  bool is_template = false;
  for (const char* at = prefix_begin; at < p_; ++at) {
    const char letter = *at | 0x20;
    raw |= letter == 'r';
    formatted |= letter == 'f';
    is_template |= letter == 't';
  }
  if (new_fstrings_ && (formatted || is_template)) {
    OpenFString(prefix_begin, raw, is_template);
    return;
  }
  const char* const quote_at = p_;
  const char quote = *p_;
  const bool triple = p_[1] == quote && p_[2] == quote;
  bool special = prefix_begin != p_;
  const char* at = p_ + (triple ? 3 : 1);
  while (true) {
    at = triple ? FindStringStop<true>(at, end_, quote) : FindStringStop<false>(at, end_, quote);
    if (at >= end_) return UnterminatedString(prefix_begin, quote_at, triple, at);
    if (*at == quote) {
      if (!triple) {
        ++at;
        break;
      }
      if (at[1] == quote && at[2] == quote) {
        at += 3;
        break;
      }
      ++at;
    } else if (*at == '\\') {
      special = true;
      ++at;
      at = NewlineAt(at) ? AfterNewline(at) : at + 1;
    } else if (triple) {
      special = true;
      ++at;
    } else {
      return UnterminatedString(prefix_begin, quote_at, triple, at);
    }
  }
  Emit(special ? TokenKind::StringSpecial : TokenKind::String, prefix_begin, at);
  p_ = at;
}

void Lexer::UnterminatedString(const char* begin, const char* quote_at, bool triple,
                               const char* at) {
  const bool old = options_.target < Version{3, 10};
  std::string message;
  if (InField() && fstrings_.back().quote == *quote_at && fstrings_.back().triple == triple) {
    message = fmt::format("{}-string: expecting '}}'", fstrings_.back().is_template ? 't' : 'f');
  } else if (triple) {
    // CPython counts the line end it adds behind the last line, but not that behind a line end.
    const uint32_t last = LineOf(at - 1);
    message =
        old ? "EOF while scanning triple-quoted string literal"
            : fmt::format("unterminated triple-quoted string literal (detected at line {})", last);
  } else {
    message = old ? "EOL while scanning string literal"
                  : fmt::format("unterminated string literal (detected at line {})", LineOf(at));
  }
  at = std::min(at, end_ - 1);
  Error(begin, at, std::move(message));
  p_ = at;
}

void Lexer::OpenFString(const char* begin, bool raw, bool is_template) {
  const char quote = *p_;
  const bool triple = p_[1] == quote && p_[2] == quote;
  if (fstrings_.size() + 1 >= kMaxFStrings) {
    GiveUpLine(begin, "too many nested f-strings");
    return;
  }
  p_ += triple ? 3 : 1;
  Emit(is_template ? TokenKind::TStringStart : TokenKind::FStringStart, begin, p_);
  fstrings_.push_back(
      {static_cast<uint32_t>(begin - text_), quote, triple, raw, false, is_template, 0, {}});
  in_fstring_text_ = true;
}

void Lexer::OpenField(char brace) {
  FString& fstring = fstrings_.back();
  if (fstring.fields.size() + 1 >= 4) {
    GiveUpLine(p_, fmt::format("{}-string: expressions nested too deeply",
                               fstring.is_template ? 't' : 'f'));
    return;
  }
  if (level_ >= kMaxParens) {
    GiveUpLine(p_, "too many nested parentheses");
    return;
  }
  parens_[++level_] = {brace, static_cast<uint32_t>(p_ - text_), tokens_.size()};
  fstring.fields.push_back(fstring.level++);
  fstring.in_spec = false;
  in_fstring_text_ = false;
  Emit(TokenKind::FieldOpen, p_, p_ + 1);
  ++p_;
}

// Literal text of an f-string or of a format specifier, up to what ends it.
void Lexer::FStringText() {
  FString& fstring = fstrings_.back();
  const char* begin = p_;
  const char* at = p_;
  auto emit_middle = [&] {
    if (at > begin) Emit(TokenKind::FStringMiddle, begin, at);
  };
  bool unicode_name = false;
  while (true) {
    if (at >= end_) return UnterminatedFString(at);
    const char c = *at;
    if (c == fstring.quote) {
      if (fstring.triple && !(at[1] == c && at[2] == c)) {
        ++at;
        continue;
      }
      emit_middle();
      const char* close = at + (fstring.triple ? 3 : 1);
      // Fields still open here are an error that the parser finds at this token.
      level_ -= fstring.level;
      Emit(TokenKind::FStringEnd, at, close);
      p_ = close;
      fstrings_.pop_back();
      in_fstring_text_ = false;
      return;
    }
    switch (c) {
      case '\n':
      case '\r':
        if (!fstring.triple) {
          if (fstring.in_spec) {
            // The specifier ends, and the field goes on in the next line.
            emit_middle();
            p_ = at;
            fstring.in_spec = false;
            in_fstring_text_ = false;
            return;
          }
          return UnterminatedFString(at);
        }
        ++at;
        continue;
      case '{':
        if (at[1] == '{' && !fstring.in_spec) {
          at += 2;
          continue;
        }
        emit_middle();
        p_ = at;
        OpenField('{');
        return;
      case '}':
        if (unicode_name) {
          unicode_name = false;
          ++at;
          continue;
        }
        if (at[1] == '}' && !fstring.in_spec) {
          at += 2;
          continue;
        }
        emit_middle();
        p_ = at;
        if (fstring.fields.empty()) {
          Error(at, at + 1,
                fmt::format("{}-string: single '}}' is not allowed",
                            fstring.is_template ? 't' : 'f'));
          ++p_;
          return;
        }
        in_fstring_text_ = false;
        return;
      case '\\':
        ++at;
        if (*at == '{' || *at == '}') continue;
        if (*at == 'N' && at[1] == '{' && !fstring.raw) {
          unicode_name = true;
          at += 2;
        } else {
          at = NewlineAt(at) ? AfterNewline(at) : at + 1;
        }
        continue;
      default:
        ++at;
    }
  }
}

void Lexer::UnterminatedFString(const char* at) {
  FString fstring = std::move(fstrings_.back());
  fstrings_.pop_back();
  const char* open = text_ + fstring.begin;
  const char* token_begin = p_;
  const char letter = fstring.is_template ? 't' : 'f';
  std::string message =
      fstring.triple
          ? fmt::format("unterminated triple-quoted {}-string literal (detected at line {})",
                        letter, LineOf(at - 1))
          : fmt::format("unterminated {}-string literal (detected at line {})", letter, LineOf(at));
  at = std::min(at, end_ - 1);
  Error(token_begin, std::max(at, token_begin), std::move(message));
  MoveError(open, at);
  p_ = at;
  level_ = std::max(0, level_ - fstring.level);
  in_fstring_text_ = false;
}

}  // namespace unspool::syntax
