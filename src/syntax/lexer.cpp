#include "syntax/lexer.h"

#include "base/ascii.h"
#include "syntax/byte_scan.h"
#include "syntax/lexer_impl.h"
#include "syntax/lexer_tables.h"
#include "syntax/unicode.h"

#include <fmt/format.h>

namespace unspool::syntax {

Lexer::Lexer(std::string_view text, const LexOptions& options, uint32_t base)
    : options_(options), base_(base) {
  limit_ = static_cast<uint32_t>(text.size());
  if (text.empty() || text.back() != '\n') {
    padded_.reserve(text.size() + 1);
    padded_.append(text);
    padded_.push_back('\n');
    text_ = padded_.data();
    end_ = text_ + padded_.size();
  } else {
    text_ = text.data();
    end_ = text_ + text.size();
  }
  p_ = text_;
  counted_to_ = text_;
  new_fstrings_ = options.target >= Version{3, 12};
}

LexResult Lexer::Run() {
  tokens_.Reserve(limit_ / 3 + 64);
  if (const void* nul = limit_ ? std::memchr(text_, 0, limit_) : nullptr) {
    const char* at = static_cast<const char*>(nul);
    first_error_ = LexError{"source code string cannot contain null bytes", Offset(at),
                            Offset(at) + 1, 0, true};
  }
  LexAll();
  Finish();
  return {std::move(tokens_), std::move(errors_)};
}

LexResult Lexer::RunField() {
  // The field's text stands as if in parentheses: line ends are blank, its end is the end.
  field_ = true;
  tokens_.Reserve(limit_ / 2 + 8);
  // No bracket of the field's own closes these.
  parens_[++level_] = {'\0', base_, 0};
  LexTokens();
  tokens_.Push(TokenKind::EndMarker, base_ + limit_, base_ + limit_);
  tokens_.Seal(base_ + limit_);
  return {std::move(tokens_), std::move(errors_)};
}

void Lexer::LexAll() {
  while (true) {
    while (StartLine()) LexTokens();
    if (level_ == 0) break;
    RestartAfterUnclosed();
  }
}

void Lexer::Finish() {
  for (; indent_ > 0; --indent_) tokens_.Push(TokenKind::Dedent, limit_, limit_);
  tokens_.Push(TokenKind::EndMarker, limit_, limit_);
  tokens_.Seal(limit_);
  if (first_error_ && (errors_.empty() || errors_.front().begin != first_error_->begin ||
                       errors_.front().message != first_error_->message)) {
    errors_.insert(errors_.begin(), *first_error_);
  }
}

void Lexer::Error(const char* begin, const char* end, std::string message, bool overrides_parser,
                  TokenKind kind) {
  LexError error{std::move(message), Offset(begin), Offset(end), tokens_.size(), overrides_parser};
  if (!first_error_) first_error_ = error;
  // A flood of errors tells no more than its beginning.
  if (errors_.size() < kMaxErrors) errors_.push_back(std::move(error));
  Emit(kind, begin, end);
}

void Lexer::MoveError(const char* begin, const char* end) {
  LexError& error = errors_.back();
  if (error.token + 1 != tokens_.size()) return;
  error.begin = Offset(begin);
  error.end = Offset(end);
  if (first_error_->token == error.token) first_error_ = error;
}

uint32_t Lexer::LineOf(const char* at) {
  if (at < counted_to_) {
    counted_to_ = text_;
    line_ = 1;
  }
  while (counted_to_ < at) {
    if (NewlineAt(counted_to_)) {
      const char* next = AfterNewline(counted_to_);
      if (next > at) break;
      ++line_;
      counted_to_ = next;
    } else {
      ++counted_to_;
    }
  }
  return line_;
}

const char* Lexer::LineEnd(const char* at) const {
  return FindLineEnd(at, end_);
}

bool Lexer::StartLine() {
  const char* p = p_;
  int column = 0;
  int alt_column = 0;
  int continued_column = 0;
  while (true) {
    if (p >= end_) {
      p_ = p;
      return false;
    }
    switch (*p) {
      case ' ': {
        const char* at = FindBlankEnd(p, end_);
        column += static_cast<int>(at - p);
        alt_column += static_cast<int>(at - p);
        p = at;
        continue;
      }
      case '\t':
        ++p, column = (column / 8 + 1) * 8, ++alt_column;
        continue;
      case '\f':
        ++p, column = alt_column = 0;
        continue;
      case '\n':
      case '\r':
        p = AfterNewline(p);
        column = alt_column = continued_column = 0;
        continue;
      case '#':
        p = LineEnd(p);
        continue;
      case '\\': {
        if (!NewlineAt(p + 1)) break;
        const char* next = AfterNewline(p + 1);
        if (next >= end_) break;
        if (!continued_column) continued_column = column;
        p = next;
        continue;
      }
    }
    break;
  }
  p_ = p;
  if (continued_column) column = alt_column = continued_column;
  if (options_.notebook_cell && IsNotebookLine(p)) {
    NotebookLine();
    return true;
  }
  if (column == indents_[indent_]) {
    if (alt_column != alt_indents_[indent_]) {
      Error(p, p, "inconsistent use of tabs and spaces in indentation", false,
            TokenKind::IndentationError);
    }
    return true;
  }
  if (column > indents_[indent_]) {
    if (indent_ + 1 >= kMaxIndents) {
      if (!too_deep_) {
        Error(p, p, "too many levels of indentation", false, TokenKind::IndentationError);
      }
      too_deep_ = true;
      return true;
    }
    if (alt_column <= alt_indents_[indent_]) {
      Error(p, p, "inconsistent use of tabs and spaces in indentation", false,
            TokenKind::IndentationError);
    }
    ++indent_;
    indents_[indent_] = column;
    alt_indents_[indent_] = alt_column;
    Emit(TokenKind::Indent, p, p);
    return true;
  }
  int outer = indent_;
  while (outer > 0 && column < indents_[outer]) --outer;
  // The error comes before the Dedents: CPython's tokenizer gives none of them.
  if (column != indents_[outer]) {
    Error(p, p, "unindent does not match any outer indentation level", false,
          TokenKind::IndentationError);
  } else if (alt_column != alt_indents_[outer]) {
    Error(p, p, "inconsistent use of tabs and spaces in indentation", false,
          TokenKind::IndentationError);
  }
  for (; indent_ > outer; --indent_) Emit(TokenKind::Dedent, p, p);
  return true;
}

// Tokens from behind the indentation of a line up to a line whose indentation is another.
void Lexer::LexTokens() {
  const char* const stop = text_ + (field_ ? limit_ : static_cast<uint32_t>(end_ - text_));
  const char* const end = end_;
  const char* const origin = text_ - base_;
  const bool may_join_lines = !field_ && !options_.notebook_cell;
  const char* p = p_;
  int level = level_;
  uint8_t field_tail = fstrings_.empty() ? 0 : kFieldTail;
  TokenBuffer::Writer out(tokens_);
  // Leaves to a member function, which moves `p_`.
  auto call = [&](auto function) __attribute__((always_inline)) {
    p_ = p;
    level_ = level;
    out.Give();
    function(*this);
    out.Take();
    p = p_;
    level = level_;
    field_tail = fstrings_.empty() ? 0 : kFieldTail;
  };
  while (true) {
    if (in_fstring_text_) [[unlikely]] {
      call([](Lexer& lexer) { lexer.FStringText(); });
      continue;
    }
    while (*p == ' ') ++p;
    if (p >= stop) [[unlikely]] {
      break;
    }
    TokenKind kind;
    uint32_t length = 1;
    uint32_t blank;  // 1 where a blank follows: most tokens have one behind them or none
    const char c = *p;
    const MarkEntry mark = kMarks[static_cast<uint8_t>(c)];
    if (kByteClass[static_cast<uint8_t>(c)] & kIdentifierStartByte) {
      // A word of ASCII; the rest, and prefixes of strings, go the slow way.
      const WordEnd word = FindWordEnd(p, end);
      if (kByteClass[static_cast<uint8_t>(*word.at)] & kWordGoesOnByte) [[unlikely]] {
        call([](Lexer& lexer) { lexer.Word(); });
        continue;
      }
      length = static_cast<uint32_t>(word.at - p);
      blank = word.blank;
      kind = KindOfWord(p, length, end);
    } else if (!(mark.tails & (kMarkTail[static_cast<uint8_t>(p[1])] | field_tail))) {
      kind = mark.kind;
      blank = p[1] == ' ';
      if (mark.nesting != 0) {
        if (((mark.opening ^ parens_[level].bracket) & mark.closes) != 0 ||
            level + mark.nesting > kMaxParens) [[unlikely]] {
          call([](Lexer& lexer) { lexer.Bracket(); });
          continue;
        }
        // Written for a closing one too, which is cheaper than to ask.
        parens_[level + 1] = {c, static_cast<uint32_t>(p - text_), out.size()};
        level += mark.nesting;
      }
    } else {
      switch (c) {
        case '\t':
        case '\f':
          ++p;
          continue;
        case '\n':
        case '\r': {
          const char* next = AfterNewline(p);
          if (level > 0) {
            p = next;
            if (p >= stop) goto done;
            continue;
          }
          out.Push(TokenKind::Newline, Offset(p), Offset(next));
          p = next;
          // Mostly the next line is a statement of the same block.
          if (may_join_lines && next < end) [[likely]] {
            const char* at = FindBlankEnd(next, end);
            const int column = static_cast<int>(at - next);
            if (column == indents_[indent_] && column == alt_indents_[indent_] &&
                !(kByteClass[static_cast<uint8_t>(*at)] & kBlankLineByte)) {
              p = at;
              continue;
            }
          }
          goto done;
        }
        case '#':
          p = FindLineEnd(p, end);
          continue;
        case '\\':
          call([](Lexer& lexer) { lexer.Continuation(); });
          continue;
        case '"':
        case '\'': {
          const char* at = FindStringStop<false>(p + 1, end, c);
          // The quote of an empty string may begin a triple one.
          if (at < end && *at == c && (at > p + 1 || at[1] != c)) [[likely]] {
            kind = TokenKind::String;
            length = static_cast<uint32_t>(at + 1 - p);
            break;
          }
          call([](Lexer& lexer) { lexer.String(lexer.p_); });
          continue;
        }
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9': {
          const char* at = p + 1;
          while (IsDigit(*at)) ++at;
          if (IsIdentifierByte(*at) || *at == '.' || (c == '0' && at > p + 1)) {
            call([](Lexer& lexer) { lexer.Number(); });
            continue;
          }
          kind = TokenKind::Int;
          length = static_cast<uint32_t>(at - p);
          break;
        }
        case '(':
        case '[':
        case '{':
        case ')':
        case ']':
        case '}':
          call([](Lexer& lexer) { lexer.Bracket(); });
          continue;
        case ':':
          if (AtFieldLevel()) {
            call([](Lexer& lexer) { lexer.OpenFormatSpec(); });
            continue;
          }
          length = p[1] == '=' ? 2 : 1;
          kind = length == 2 ? TokenKind::ColonEqual : TokenKind::Colon;
          break;
        case '.':
          if (IsDigitAt(p + 1)) {
            call([](Lexer& lexer) { lexer.Number(); });
            continue;
          }
          length = p[1] == '.' && p[2] == '.' ? 3 : 1;
          kind = length == 3 ? TokenKind::Ellipsis : TokenKind::Dot;
          break;
        default: {
          const LongMark longer = LongMarkAt(p);
          if (longer.length == 0) {
            call([](Lexer& lexer) { lexer.OtherCharacter(); });
            continue;
          }
          kind = longer.kind;
          length = longer.length;
        }
      }
      blank = p[length] == ' ';
    }
    const auto begin = static_cast<uint32_t>(p - origin);
    out.Push(kind, begin, begin + length);
    p += length + blank;
  }
done:
  p_ = p;
  level_ = level;
  out.Give();
}

// Stands the lexer directly in a replacement field, outside of any brackets there?
bool Lexer::AtFieldLevel() const {
  return InField() && !fstrings_.back().fields.empty() &&
         fstrings_.back().level == fstrings_.back().fields.back() + 1;
}

// The field's expression ends: `=` before its end makes it a `{x=}`.
void Lexer::MarkDebugField() {
  if (tokens_.kind(tokens_.size() - 1) == TokenKind::Equal) {
    tokens_.SetKind(parens_[level_].token, TokenKind::FieldOpenDebug);
  }
}

void Lexer::OpenFormatSpec() {
  MarkDebugField();
  Emit(TokenKind::FormatColon, p_, p_ + 1);
  ++p_;
  fstrings_.back().in_spec = true;
  in_fstring_text_ = true;
}

void Lexer::OtherCharacter() {
  const unsigned char c = static_cast<unsigned char>(*p_);
  if (c >= 0x80) return Word();
  if (c == '!') {
    if (AtFieldLevel()) MarkDebugField();
    Emit(TokenKind::Exclamation, p_, p_ + 1);
  } else if (c < 0x20 || c == 0x7F) {
    Error(p_, p_ + 1,
          options_.target >= Version{3, 10}
              ? fmt::format("invalid non-printable character U+{:04X}", static_cast<unsigned>(c))
              : "invalid syntax");
  } else {
    Emit(TokenKind::Unknown, p_, p_ + 1);
  }
  ++p_;
}

void Lexer::Word() {
  const char* begin = p_;
  const char* at = begin + 1;
  while (IsIdentifierByte(*at)) ++at;
  const uint32_t length = static_cast<uint32_t>(at - begin);
  if ((*at == '"' || *at == '\'') && length <= 2 && IsStringPrefix(begin, length)) {
    p_ = at;
    String(begin);
    return;
  }
  p_ = at;
  if (!base::IsAscii({begin, length})) {
    CheckIdentifier(begin, at);
    return;
  }
  Emit(KindOfWord(begin, length, end_), begin, at);
}

bool Lexer::IsStringPrefix(const char* begin, uint32_t length) const {
  auto is = [](char lower, char c) { return (c | 0x20) == lower; };
  auto pairs_with_raw = [&](char c) {
    return is('b', c) || is('f', c) || (new_fstrings_ && is('t', c));
  };
  const char first = begin[0];
  if (length == 1) return is('r', first) || is('u', first) || pairs_with_raw(first);
  const char second = begin[1];
  return (is('r', first) && pairs_with_raw(second)) || (is('r', second) && pairs_with_raw(first));
}

void Lexer::CheckIdentifier(const char* begin, const char* end) {
  std::string_view word(begin, static_cast<size_t>(end - begin));
  for (const char* at = begin; at < end;) {
    const char* here = at;
    const auto [code, length] = DecodeUtf8(word, static_cast<size_t>(at - begin));
    at += length;
    bool good = here == begin ? IsIdentifierStart(code, options_.target)
                              : IsIdentifierContinue(code, options_.target);
    if (good) continue;
    std::string message;
    if (options_.target < Version{3, 9}) {
      message = "invalid character in identifier";
    } else if (IsPrintable(code, options_.target)) {
      message = fmt::format("invalid character '{}' (U+{:04X})",
                            std::string_view(here, static_cast<size_t>(at - here)),
                            static_cast<uint32_t>(code));
    } else {
      message =
          fmt::format("invalid non-printable character U+{:04X}", static_cast<uint32_t>(code));
    }
    Error(begin, end, std::move(message));
    MoveError(here, at);
    return;
  }
  Emit(TokenKind::Name, begin, end);
}

void Lexer::Continuation() {
  const char* begin = p_;
  if (!NewlineAt(p_ + 1)) {
    const char* line_end = LineEnd(p_);
    Error(begin, line_end, "unexpected character after line continuation character", false);
    p_ = line_end;
    return;
  }
  const char* next = AfterNewline(p_ + 1);
  if (next >= end_) {
    Error(begin, begin + 1, "unexpected EOF while parsing", false);
    p_ = begin + 1;
    return;
  }
  p_ = next;
}

bool Lexer::IsNotebookLine(const char* at) const {
  if (*at == '%' || *at == '!' || *at == '?') return true;
  const char* line_end = LineEnd(at);
  const char* last = line_end;
  while (last > at && (last[-1] == ' ' || last[-1] == '\t')) --last;
  if (!IsIdentifierByte(*at)) return false;
  const char* word = at;
  while (IsIdentifierByte(*word) || *word == '.' || *word == ',' || *word == ' ') ++word;
  if (word < last && *word == '?') return last - word <= 2 && last[-1] == '?';
  if (*word != '=' || word[1] == '=') return false;
  ++word;
  while (*word == ' ') ++word;
  return *word == '!' || (*word == '%' && IsIdentifierByte(word[1]));
}

void Lexer::NotebookLine() {
  const bool whole_cell = p_[0] == '%' && p_[1] == '%' && tokens_.size() == 0;
  const char* line_end = LineEnd(p_);
  if (whole_cell) {
    line_end = end_ - 1;
  } else {
    while (line_end[-1] == '\\' && AfterNewline(line_end) < end_) {
      line_end = LineEnd(AfterNewline(line_end));
    }
  }
  Emit(TokenKind::Opaque, p_, line_end);
  p_ = line_end;
}

LexResult Tokenize(std::string_view text, const LexOptions& options) {
  return Lexer(text, options).Run();
}

LexResult TokenizeField(std::string_view text, uint32_t begin, uint32_t end,
                        const LexOptions& options) {
  return Lexer(text.substr(begin, end - begin), options, begin).RunField();
}

}  // namespace unspool::syntax
