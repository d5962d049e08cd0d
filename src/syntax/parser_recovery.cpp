// Errors: what is said about them, how the parser goes on behind them, and which of them CPython
// would have reported.
#include "syntax/parser.h"
#include "syntax/unicode.h"

#include <fmt/format.h>

#include <algorithm>

namespace unspool::syntax {

using enum TokenKind;

Parser::Parser(std::string_view text, const ParseOptions& options, LexResult& lexed, Tree& tree)
    : text_(text),
      options_(options),
      lexed_(lexed),
      builder_(tree),
      kinds_(lexed.tokens.kinds()),
      spans_(lexed.tokens.spans()),
      size_(lexed.tokens.size()) {
  builder_.Reserve(size_ + 16, size_ * 2 + 64);
  for (auto& stack : scratch_) stack.reserve(64);
}

std::vector<SyntaxError> Parser::Run() {
  ScratchList body(*this);
  while (kind() != EndMarker) {
    Statements(body);
    // A Dedent without its block: the rest of a line with wrong indentation.
    if (kind() == Dedent) Advance();
  }
  builder_.Add<NodeKind::Module>(0, static_cast<uint32_t>(text_.size()), body.Take());
  FinishErrors();
  return std::move(errors_);
}

NameId Parser::NameAt(uint32_t token) {
  std::string_view name = TextAt(token);
  for (char c : name) {
    if (static_cast<unsigned char>(c) >= 0x80) return builder_.Intern(Nfkc(name));
  }
  return builder_.InternStable(name);
}

NameId Parser::ExpectName() {
  if (!IsName(kind())) {
    Unexpected();
    return NameId();
  }
  NameId name = NameAt(pos_);
  Advance();
  return name;
}

void Parser::ExpectColon() {
  if (Accept(Colon)) return;
  if (kind() == Newline && options_.target >= Version{3, 10}) {
    Fail("expected ':'");
  } else {
    Unexpected();
  }
}

uint32_t Parser::LastSignificantEnd() const {
  uint32_t token = pos_;
  while (token > 0 && IsStructure(kinds_[token - 1])) --token;
  return token > 0 ? spans_[token - 1].end : 0;
}

uint32_t Parser::LineAt(uint32_t offset) {
  if (offset < counted_offset_) {
    counted_offset_ = 0;
    counted_line_ = 1;
  }
  for (; counted_offset_ < offset; ++counted_offset_) {
    const char c = text_[counted_offset_];
    const bool pair = c == '\r' && counted_offset_ + 1 < text_.size() &&
                      text_[counted_offset_ + 1] == '\n';
    if (c == '\n' || (c == '\r' && !pair)) ++counted_line_;
  }
  return counted_line_;
}

void Parser::Restore(const Checkpoint& checkpoint) {
  pos_ = checkpoint.position;
  builder_.TruncateTo(checkpoint.mark);
  errors_.resize(checkpoint.errors);
  failed_ = false;
}

void Parser::Report(std::string message, uint32_t error_begin, uint32_t error_end) {
  if (failed_ || errors_.size() >= kMaxErrors) return;
  if (field_depth_ > 0 && !message.starts_with("f-string")) message = "f-string: " + message;
  errors_.push_back({std::move(message), error_begin, error_end});
}

void Parser::Fail(std::string message) {
  Fail(std::move(message), begin(), end());
}

void Parser::Fail(std::string message, uint32_t error_begin, uint32_t error_end) {
  if (failed_) return;
  if (kind() == Error) {
    // Whatever the parser would say: CPython's tokenizer speaks first.
    ReportLexError(pos_);
  } else {
    Report(std::move(message), error_begin, error_end);
  }
  failed_ = true;
  fail_position_ = pos_;
  pos_ = size_;
}

void Parser::Require(uint8_t minor, std::string_view what, uint32_t error_begin,
                     uint32_t error_end) {
  const Version needed{3, minor};
  if (options_.target >= needed) return;
  Report(fmt::format("invalid syntax: {} needs Python 3.{} or newer", what, minor), error_begin,
         error_end);
}

void Parser::ReportLexError(uint32_t token) {
  if (failed_) return;
  if (field_depth_ > 0) {
    const LexError& error = field_errors_->front();
    errors_.push_back({error.message, error.begin, error.end});
    return;
  }
  if (errors_.empty()) first_is_lexical_ = true;
  if (errors_.size() >= kMaxErrors) return;
  // The first of the list may be out of order.
  auto at = std::ranges::lower_bound(lexed_.errors.begin() + 1, lexed_.errors.end(), token, {},
                                     &LexError::token);
  if (at == lexed_.errors.end() || at->token != token) at = lexed_.errors.begin();
  errors_.push_back({at->message, at->begin, at->end});
}

void Parser::Unexpected() {
  if (failed_) return;
  uint32_t error_begin = begin();
  uint32_t error_end = end();
  std::string message = kind() == Error ? std::string() : UnexpectedMessage(error_begin, error_end);
  Fail(std::move(message), error_begin, error_end);
}

bool Parser::IsLegacyStatement(uint32_t token) const {
  return kinds_[token] == TokenKind::Name && (TokenIs(token, "print") || TokenIs(token, "exec"));
}

std::string Parser::UnexpectedMessage(uint32_t& error_begin, uint32_t& error_end) {
  const TokenKind found = kind();
  if (found == Indent) return "unexpected indent";
  if (found == Dedent) return "unexpected unindent";
  if (pos_ > 0 && IsLegacyStatement(pos_ - 1) && StartsExpression(found) && found != LParen) {
    error_begin = spans_[pos_ - 1].begin;
    std::string_view name = TextAt(pos_ - 1);
    return options_.target >= Version{3, 10}
               ? fmt::format("Missing parentheses in call to '{}'. Did you mean {}(...)?", name, name)
               : fmt::format("Missing parentheses in call to '{}'", name);
  }
  return "invalid syntax";
}

// Replaces what was read of a failed statement by an Invalid node up to the end of its line. A
// block that belongs to it is read for its own sake.
void Parser::Recover(uint32_t first, const TreeBuilder::Mark& mark, ScratchList& list) {
  builder_.TruncateTo(mark);
  failed_ = false;
  pos_ = std::max(fail_position_, first);
  int open_blocks = 0;
  for (uint32_t token = first; token < pos_; ++token) {
    open_blocks += kinds_[token] == Indent;
    open_blocks -= kinds_[token] == Dedent;
  }
  if (kind() != Indent) {
    while (kind() != Newline && kind() != Dedent && kind() != EndMarker) Advance();
    const uint32_t last = std::max(LastSignificantEnd(), spans_[first].begin);
    Accept(Newline);
    list.Add(builder_.Add<NodeKind::Invalid>(spans_[first].begin, last));
  }
  while (kind() == TokenKind::IndentationError) {
    ReportLexError(pos_);
    Advance();
  }
  if (Accept(Indent)) ++open_blocks;
  for (; open_blocks > 0; --open_blocks) {
    Statements(list);
    Accept(Dedent);
  }
}

// CPython reads the rest of the file after a syntax error, and reports a lexical error found there
// in its place. The error it reports comes first, the others follow in source order.
void Parser::FinishErrors() {
  if (lexed_.errors.empty()) {
    if (!errors_.empty()) {
      std::ranges::stable_sort(errors_.begin() + 1, errors_.end(), {}, &SyntaxError::begin);
    }
    return;
  }
  const LexError& first = lexed_.errors.front();
  const bool lead = errors_.empty() || first_is_lexical_ || first.overrides_parser;
  SyntaxError leading{first.message, first.begin, first.end};
  if (!lead) leading = errors_.front();
  for (size_t index = 0; index < lexed_.errors.size() && index < kMaxErrors; ++index) {
    const LexError& error = lexed_.errors[index];
    errors_.push_back({error.message, error.begin, error.end});
  }
  std::ranges::stable_sort(errors_, [](const SyntaxError& a, const SyntaxError& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.message < b.message;
  });
  auto repeated = std::ranges::unique(errors_, [](const SyntaxError& a, const SyntaxError& b) {
    return a.begin == b.begin && a.message == b.message;
  });
  errors_.erase(repeated.begin(), repeated.end());
  auto at = std::ranges::find_if(errors_, [&](const SyntaxError& error) {
    return error.begin == leading.begin && error.message == leading.message;
  });
  if (at != errors_.end()) std::rotate(errors_.begin(), at, at + 1);
}

}  // namespace unspool::syntax
