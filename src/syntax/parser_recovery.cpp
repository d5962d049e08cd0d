// Errors: what is said about them, how the parser goes on behind them, and which of them CPython
// would have reported.
#include "base/ascii.h"
#include "syntax/parser.h"
#include "syntax/unicode.h"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

namespace unspool::syntax {

using enum TokenKind;

Parser::Parser(std::string_view text, const ParseOptions& options, LexResult& lexed, Tree& tree)
    : text_(text),
      options_(options),
      lexed_(lexed),
      builder_(tree),
      kinds_(lexed.tokens.kinds()),
      spans_(lexed.tokens.spans()),
      size_(lexed.tokens.size()),
      name_cache_(std::clamp(std::bit_ceil(text.size() / 64), size_t{64}, kCachedNames)),
      name_cache_shift_(64 - std::countr_zero(name_cache_.size())) {
  builder_.Reserve(size_ + 16, size_ * 2 + 64, text.size() / 64);
  for (auto& stack : scratch_) stack.Reserve(64);
}

std::vector<SyntaxError> Parser::Run() {
  ScratchList body(*this);
  while (kind() != EndMarker) {
    Statements(body);
    // A Dedent without its block: the rest of a line with wrong indentation.
    if (kind() == Dedent) Advance();
  }
  builder_.Add<NodeKind::Module>(0, static_cast<uint32_t>(text_.size()), body.Take());
  if (long_chain_) RefuseDeepTree();
  FinishErrors();
  return std::move(errors_);
}

// Later phases may walk a tree recursively: chains within brackets within chains are refused.
void Parser::RefuseDeepTree() {
  const Tree& tree = builder_.tree();
  std::vector<uint32_t> heights(tree.size());
  for (uint32_t index = 0; index < tree.size(); ++index) {
    const NodeId id(index);
    uint32_t height = 0;
    ForEachChild(tree, id,
                 [&](NodeId child) { height = std::max(height, heights[child.value()]); });
    heights[index] = height + 1;
    if (height + 1 <= kMaxTreeDepth) continue;
    Report("too deeply nested for Unspool", tree.begin(id), tree.begin(id) + 1);
    builder_.TruncateTo({0, 1, 4, 0});
    NodeId invalid = builder_.Add<NodeKind::Invalid>(0, static_cast<uint32_t>(text_.size()));
    builder_.Add<NodeKind::Module>(0, static_cast<uint32_t>(text_.size()), builder_.List(invalid));
    return;
  }
}

NameId Parser::NewName(uint32_t token) {
  std::string_view name = TextAt(token);
  if (!base::IsAscii(name)) return builder_.Intern(Nfkc(name));
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

// `forced`: CPython asks for the colon whatever stands in its place.
void Parser::ExpectColon(bool forced) {
  if (Accept(Colon)) return;
  if (options_.target < Version{3, 10}) return Unexpected();
  if (kind() == Newline) return Fail("expected ':'");
  if (!forced || ForgotComma() || MistakenAssignment()) return Unexpected();
  Fail("expected ':'");
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
    const bool pair =
        c == '\r' && counted_offset_ + 1 < text_.size() && text_[counted_offset_ + 1] == '\n';
    if (c == '\n' || (c == '\r' && !pair)) ++counted_line_;
  }
  return counted_line_;
}

void Parser::Restore(const Checkpoint& checkpoint) {
  pos_ = checkpoint.position;
  builder_.TruncateTo(checkpoint.mark);
  errors_.resize(checkpoint.errors);
  last_read_ = checkpoint.last_read;
  failed_ = false;
}

void Parser::Report(std::string message, uint32_t error_begin, uint32_t error_end) {
  if (failed_ || errors_.size() >= kMaxErrors) return;
  if (field_depth_ > 0 && !message.starts_with("f-string")) message = "f-string: " + message;
  if (error_begin == text_.size() && !text_.empty() &&
      (text_.back() == '\n' || text_.back() == '\r')) {
    // The end of the text belongs to its last line.
    error_begin = static_cast<uint32_t>(text_.size()) - (text_.ends_with("\r\n") ? 2 : 1);
    error_end = std::max(error_begin, std::min(error_end, error_begin + 1));
  }
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

// The token at hand cannot stand here. CPython looks for well-known mistakes before it falls back
// to "invalid syntax".
void Parser::Unexpected() {
  if (failed_) return;
  if (kind() == Error || speculating_) return Fail("invalid syntax");
  if (kind() == Indent || kind() == Dedent) {
    if (errors_.empty() && kinds_ == lexed_.tokens.kinds()) first_is_final_ = true;
    return Fail(kind() == Indent ? "unexpected indent" : "unexpected unindent");
  }
  if (options_.target >= Version{3, 10} && (ForgotComma() || MistakenAssignment())) return;
  if (pos_ > 0 && IsLegacyStatement(pos_ - 1) && StartsExpression(kind()) && kind() != LParen) {
    std::string_view name = TextAt(pos_ - 1);
    return Fail(
        options_.target >= Version{3, 10}
            ? fmt::format("Missing parentheses in call to '{0}'. Did you mean {0}(...)?", name)
            : fmt::format("Missing parentheses in call to '{}'", name),
        spans_[pos_ - 1].begin, end());
  }
  Fail("invalid syntax");
}

bool Parser::IsSoftKeyword(uint32_t token) const {
  switch (kinds_[token]) {
    case NameMatch:
    case NameCase:
      return true;
    case NameType:
      return options_.target >= Version{3, 12};
    case NameLazy:
      return options_.target >= Version{3, 15};
    case TokenKind::Name:
      return TokenIs(token, "_");
    default:
      return false;
  }
}

// How many brackets are open behind a token of this statement.
int Parser::LevelBehind(uint32_t token) const {
  int level = field_depth_ > 0 ? 1 : 0;
  for (uint32_t at = field_depth_ > 0 ? 0 : statement_start_; at <= token; ++at) {
    switch (kinds_[at]) {
      case LParen:
      case LBracket:
      case LBrace:
      case FieldOpen:
      case FieldOpenDebug:
        ++level;
        break;
      case RParen:
      case RBracket:
      case RBrace:
      case FieldClose:
        --level;
        break;
      default:
        break;
    }
  }
  return level;
}

// Inside brackets, an expression that directly follows another.
bool Parser::ForgotComma() {
  if (failed_ || speculating_ || last_read_.expression_end != pos_ || !StartsExpression(kind()))
    return false;
  const uint32_t first = last_read_.expression_start;
  if (IsSoftKeyword(first)) return false;
  if (IsName(kinds_[first]) &&
      (kinds_[first + 1] == String || kinds_[first + 1] == StringSpecial)) {
    return false;
  }
  if (first + 1 == pos_ && IsLegacyStatement(first)) return false;
  const Checkpoint checkpoint = Save();
  speculating_ = true;
  Expression();
  speculating_ = false;
  const bool failed = failed_;
  const uint32_t stop = failed ? fail_position_ : pos_;
  Restore(checkpoint);
  if (kinds_[stop] == Error) {
    pos_ = stop;
    Fail("");
    return true;
  }
  if (failed || LevelBehind(stop - 1) == 0) return false;
  Fail("invalid syntax. Perhaps you forgot a comma?", spans_[first].begin, spans_[stop - 1].end);
  return true;
}

// `=` or `:=` where an expression ends that may be named.
bool Parser::MistakenAssignment() {
  if (failed_ || speculating_ || last_read_.named_end != pos_) return false;
  if (builder_.tree().size() == 0) return false;
  const NodeId last(static_cast<uint32_t>(builder_.tree().size() - 1));
  const uint32_t first_begin = spans_[last_read_.named_start].begin;
  if (kind() == ColonEqual) {
    if (!StartsExpression(Peek())) return false;
    Fail(fmt::format("cannot use assignment expressions with {}", NameOfExpression(last)),
         first_begin, LastEnd());
    return true;
  }
  if (kind() != Equal || !FollowedByOneValue()) return false;
  if (last_read_.named_start + 1 == pos_ && IsName(kinds_[last_read_.named_start])) {
    Fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", first_begin, end());
    return true;
  }
  if (!IsComparand(last)) return false;
  Fail(fmt::format("cannot assign to {} here. Maybe you meant '==' instead of '='?",
                   NameOfExpression(last)),
       first_begin, LastEnd());
  return true;
}

bool Parser::IsLegacyStatement(uint32_t token) const {
  return kinds_[token] == TokenKind::Name && (TokenIs(token, "print") || TokenIs(token, "exec"));
}

// Replaces what was read of a failed statement by an Invalid node up to the end of its line. A
// block that belongs to it is read for its own sake.
void Parser::Recover(uint32_t first, const TreeBuilder::Mark& mark, ScratchList& list) {
  builder_.TruncateTo(mark);
  failed_ = false;
  last_read_ = LastRead();
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
  const bool lead =
      errors_.empty() || first_is_lexical_ || (first.overrides_parser && !first_is_final_);
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
