// The parser: recursive descent over the tokens of one file, precedence climbing for operators.
//
// After an error the parser stands on a Stop token, which matches nothing: every function runs to
// its end without effect, and the statement that failed is replaced (see parser_recovery.cpp). So
// no function tests for errors, but node ids may be none once `failed_` is set.
#pragma once

#include "syntax/lexer.h"
#include "syntax/parse.h"
#include "syntax/tree_builder.h"

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::syntax {

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options, LexResult& lexed, Tree& tree);

  std::vector<SyntaxError> Run();

 private:
  static constexpr int kMaxDepth = 1500;
  static constexpr int kMaxChain = 2 * kMaxDepth;  // of operators, attributes, `elif`
  static constexpr int kLongChain = 32;
  static constexpr size_t kMaxErrors = 1000;
  enum Scratch { kItems, kKeys, kDefaults, kPositional, kKeywordOnly, kScratchCount };

  // Names of up to 16 bytes seen lately.
  struct CachedName {
    uint64_t low = 0;
    uint64_t high = 0;
    NameId name;
  };
  static constexpr size_t kCachedNames = 1024;

  // A list under construction on one of the scratch stacks. Lists on the same stack nest.
  class ScratchList {
   public:
    explicit ScratchList(Parser& parser, Scratch which = kItems)
        : parser_(parser), stack_(parser.scratch_[which]), base_(stack_.size()) {}
    ~ScratchList() { stack_.Truncate(base_); }
    ScratchList(const ScratchList&) = delete;
    ScratchList& operator=(const ScratchList&) = delete;
    void Add(NodeId id) { stack_.Push(id.value()); }
    void Add(uint32_t word) { stack_.Push(word); }
    size_t size() const { return stack_.size() - base_; }
    bool empty() const { return stack_.size() == base_; }
    void Truncate(size_t size) { stack_.Truncate(base_ + size); }
    uint32_t operator[](size_t index) const { return stack_[base_ + index]; }
    uint32_t back() const { return stack_[stack_.size() - 1]; }
    uint32_t Take() {
      return parser_.builder_.List(std::span<const uint32_t>(stack_.data() + base_, size()));
    }

   private:
    Parser& parser_;
    PodBuffer<uint32_t>& stack_;
    size_t base_;
  };

  // Literal text of an f-string that waits for the expression behind it.
  struct PendingText {
    std::string text;
    uint32_t begin = 0;
    uint32_t end = 0;
    bool any = false;
    bool u_prefix = false;
  };
  struct StringParts {
    ScratchList values;
    PendingText pending;
    bool first_has_u = false;
    explicit StringParts(Parser& parser) : values(parser) {}
  };

  class DepthGuard {
   public:
    // `cost`: how much of the machine's stack a level takes, in units of an operator's.
    explicit DepthGuard(Parser& parser, int cost = 1) : parser_(parser), cost_(cost) {
      parser_.depth_ += cost_;
      if (parser_.depth_ > kMaxDepth) parser_.Fail("too deeply nested for Unspool");
    }
    ~DepthGuard() { parser_.depth_ -= cost_; }

   private:
    Parser& parser_;
    const int cost_;
  };

  // Tokens of the last expression and the last named expression read, for messages: the first one,
  // and the one behind the last.
  struct LastRead {
    uint32_t expression_start = 0;
    uint32_t expression_end = UINT32_MAX;
    uint32_t named_start = 0;
    uint32_t named_end = UINT32_MAX;
  };

  struct Checkpoint {
    uint32_t position;
    TreeBuilder::Mark mark;
    size_t errors;
    LastRead last_read;
  };

  // ---- tokens ----
  TokenKind kind() const { return kinds_[pos_]; }
  TokenKind Peek(uint32_t distance = 1) const { return kinds_[pos_ + distance]; }
  uint32_t begin() const { return spans_[pos_].begin; }
  uint32_t end() const { return spans_[pos_].end; }
  uint32_t LastEnd() const { return spans_[pos_ - 1].end; }
  uint32_t LastSignificantEnd() const;
  void Advance() { ++pos_; }
  bool Accept(TokenKind wanted) {
    if (kind() != wanted) return false;
    ++pos_;
    return true;
  }
  void Expect(TokenKind wanted) {
    if (!Accept(wanted)) Unexpected();
  }
  void ExpectColon(bool forced = false);
  std::string_view TextAt(uint32_t token) const {
    return text_.substr(spans_[token].begin, spans_[token].end - spans_[token].begin);
  }
  bool TokenIs(uint32_t token, std::string_view word) const { return TextAt(token) == word; }
  NameId NameAt(uint32_t token);
  NameId NewName(uint32_t token);
  NameId ExpectName();
  bool AtComprehension() const {
    return kind() == TokenKind::For || (kind() == TokenKind::Async && Peek() == TokenKind::For);
  }

  // ---- errors and recovery ----
  void Fail(std::string message);
  void Fail(std::string message, uint32_t error_begin, uint32_t error_end);
  void Unexpected();
  bool ForgotComma();
  bool MistakenAssignment();
  bool IsSoftKeyword(uint32_t token) const;
  int LevelBehind(uint32_t token) const;
  void Report(std::string message, uint32_t error_begin, uint32_t error_end);
  void ReportLexError(uint32_t token);
  // A construct newer than the target: an error, but the tree is built.
  void Require(uint8_t minor, std::string_view what, uint32_t error_begin, uint32_t error_end);
  // PEP 798 came with 3.15.
  void RefuseUnpacking(std::string_view message, uint32_t error_begin) {
    if (options_.target < Version{3, 15}) Report(std::string(message), error_begin, LastEnd());
  }
  Checkpoint Save() const { return {pos_, builder_.Here(), errors_.size(), last_read_}; }
  void Restore(const Checkpoint& checkpoint);
  void Recover(uint32_t first, const TreeBuilder::Mark& mark, ScratchList& list);
  void FinishErrors();
  // Counts a step of a chain that makes the tree one level deeper.
  void ChainStep(size_t steps) {
    if (steps < kLongChain) return;
    long_chain_ = true;
    if (steps > kMaxChain) Fail("too deeply nested for Unspool");
  }
  void RefuseDeepTree();
  uint32_t LineAt(uint32_t offset);
  std::string_view NameOfExpression(NodeId id) const;
  bool IsLegacyStatement(uint32_t token) const;

  // ---- statements ----
  void Statements(ScratchList& list);
  void Statement(ScratchList& list);
  void SimpleStatements(ScratchList& list);
  NodeId SimpleStatement();
  NodeId CompoundStatement();
  uint32_t Block(std::string_view after, uint32_t keyword_offset);
  NodeId ExpressionStatement();
  NodeId AnnotatedAssignment(uint32_t start, NodeId target, bool parenthesized);
  NodeId AugmentedAssignment(uint32_t start, NodeId target);
  NodeId Return();
  NodeId Delete();
  NodeId Raise();
  NodeId AssertStatement();
  NodeId GlobalOrNonlocal();
  NodeId Import(bool lazy);
  NodeId ImportFrom(bool lazy);
  NodeId ImportAlias(bool dotted);
  NameId DottedName();
  NodeId TypeAlias();
  NodeId If();
  NodeId While();
  NodeId For(uint32_t start, bool is_async);
  NodeId With(uint32_t start, bool is_async);
  bool ParenthesizedWithItems(ScratchList& items);
  NodeId WithItem();
  NodeId Try();
  NodeId ExceptHandler(bool& star);
  NodeId FunctionDef(uint32_t start, bool is_async, uint32_t decorators);
  NodeId ClassDef(uint32_t decorators);
  NodeId Decorated();
  NodeId Async();
  uint32_t TypeParameters();
  uint32_t ElseBlock(std::string_view after);

  // ---- match ----
  bool AtMatchStatement() const;
  NodeId Match();
  NodeId MatchCase();
  NodeId OpenPattern();
  NodeId Pattern();
  NodeId OrPattern();
  NodeId ClosedPattern();
  NodeId StarPattern();
  NodeId MaybeStarPattern();
  NodeId NumberPattern();
  NodeId PatternNumber();
  NodeId NameOrAttribute();
  NodeId ClassPattern(NodeId cls, uint32_t start);
  NodeId MappingPattern();
  NodeId GroupOrSequencePattern();
  NameId CaptureName();

  // ---- targets ----
  NodeId StarTargets();
  // Gives a parsed expression the context; false (and an error) where it cannot be a target.
  bool MakeTarget(NodeId id, ExprContext context, bool may_be_comparison = false);
  bool IsComparand(NodeId id) const;
  bool FollowedByOneValue();
  NodeId FindInvalidTarget(NodeId id, ExprContext context) const;
  void ApplyContext(NodeId id, ExprContext context);

  // ---- expressions ----
  NodeId StarExpressions();
  NodeId StarExpression();
  NodeId StarNamedExpression();
  NodeId TupleRest(uint32_t start, NodeId first, bool named);
  NodeId NamedExpression();
  NodeId Expression();
  NodeId ConditionalRest(uint32_t start, NodeId body);
  NodeId Lambda();
  NodeId Binary(int minimum);
  NodeId BinaryRest(NodeId left, uint32_t start, int minimum);
  NodeId BoolOp(NodeId left, uint32_t start, int precedence);
  NodeId Compare(NodeId left, uint32_t start, int minimum);
  NodeId NotExpression(int minimum);
  NodeId Unary();
  NodeId SignedUnary();
  NodeId Power();
  NodeId Primary();
  NodeId Atom();
  NodeId Name();
  NodeId Number();
  NodeId Singleton(ConstantKind constant_kind);
  NodeId YieldExpression();
  NodeId Call(NodeId func, uint32_t start);
  void Arguments(ScratchList& args, ScratchList& keywords, bool class_bases);
  NodeId Subscript(NodeId value, uint32_t start);
  NodeId SliceItem();
  NodeId ParenAtom();
  NodeId ListAtom();
  NodeId BraceAtom();
  NodeId DictRest(uint32_t start, NodeId key, NodeId value);
  uint32_t ComprehensionClauses();
  NodeId Parameters(bool is_lambda, uint32_t at);
  NodeId Parameter(bool is_lambda, bool star_annotation);

  // ---- strings ----
  NodeId Strings();
  NodeId PlainStrings(uint32_t start, uint32_t count);
  NodeId FormattedStrings(uint32_t start, bool is_template);
  void AppendText(StringParts& parts, std::string_view text, uint32_t text_begin, uint32_t text_end,
                  bool u_prefix);
  void FlushText(StringParts& parts);
  bool Decode(std::string_view body, uint32_t offset, bool raw, bool bytes, std::string& out);
  // Before 3.12: the parser finds the fields in the token's text.
  void OldParts(StringParts& parts, uint32_t& at, uint32_t end, bool raw, int level);
  uint32_t OldLiteralEnd(uint32_t& at, uint32_t end, bool raw, int level, bool& doubled);
  NodeId OldField(StringParts& parts, uint32_t& at, uint32_t end, bool raw, int level);
  uint32_t OldFieldEnd(uint32_t at, uint32_t end);
  NodeId OldFieldExpression(uint32_t field_begin, uint32_t field_end);
  void FailInField(std::string message, uint32_t at);
  // From 3.12 on: the fields are tokens.
  void NewFString(StringParts& parts, bool is_template);
  void NewText(StringParts& parts, bool raw, bool in_spec);
  NodeId NewField(StringParts& parts, bool is_template, bool raw);
  NodeId NewFormatSpec(bool is_template, bool raw);
  std::string WithoutComments(std::string_view text) const;
  static void NormalizeLineEnds(std::string& text);

  std::string_view text_;
  const ParseOptions& options_;
  LexResult& lexed_;
  TreeBuilder builder_;
  const TokenKind* kinds_;
  const TokenBuffer::Span* spans_;
  uint32_t size_;
  uint32_t pos_ = 0;
  bool failed_ = false;
  uint32_t fail_position_ = 0;
  int depth_ = 0;
  bool speculating_ = false;
  bool long_chain_ = false;
  LastRead last_read_;
  uint32_t statement_start_ = 0;
  bool first_is_final_ = false;  // no lexical error takes its place
  int field_depth_ = 0;          // inside replacement fields of f-strings before 3.12
  PodBuffer<uint32_t> scratch_[kScratchCount];
  std::vector<CachedName> name_cache_;
  int name_cache_shift_;  // leaves the bits of a hash that name an entry
  std::vector<SyntaxError> errors_;
  // Whether the first error was found at a token that stands for a lexical error.
  bool first_is_lexical_ = false;
  const std::vector<LexError>* field_errors_ = nullptr;  // of the field being parsed
  uint32_t counted_offset_ = 0;
  uint32_t counted_line_ = 1;
};

// The parts of the first and second eight of 16 bytes read that a name of so many bytes fills. Two
// tables, so that the words stay in general registers, where they are hashed.
inline constexpr auto kLowNameMasks = [] {
  std::array<uint64_t, 17> masks{};
  for (int length = 1; length <= 16; ++length) {
    masks[length] = ~uint64_t{0} >> (length < 8 ? 64 - 8 * length : 0);
  }
  return masks;
}();
inline constexpr auto kHighNameMasks = [] {
  std::array<uint64_t, 17> masks{};
  for (int length = 9; length <= 16; ++length) masks[length] = ~uint64_t{0} >> (128 - 8 * length);
  return masks;
}();

// Without a branch on the length, which cannot be foreseen.
inline NameId Parser::NameAt(uint32_t token) {
  const uint32_t at = spans_[token].begin;
  const uint32_t length = spans_[token].end - at;
  if (length > 16 || at + 16 > text_.size()) [[unlikely]] {
    return NewName(token);
  }
  uint64_t low;
  uint64_t high;
  std::memcpy(&low, text_.data() + at, 8);
  std::memcpy(&high, text_.data() + at + 8, 8);
  low &= kLowNameMasks[length];
  high &= kHighNameMasks[length];
  // No name has a byte of zero, so the words tell its length.
  const uint64_t mixed = (low ^ high * 0xFF51AFD7ED558CCDull) * 0x9E3779B97F4A7C15ull;
  CachedName& cached = name_cache_[mixed >> name_cache_shift_];
  if (((cached.low ^ low) | (cached.high ^ high)) != 0) [[unlikely]] {
    cached = {low, high, NewName(token)};
  }
  return cached.name;
}

}  // namespace unspool::syntax
