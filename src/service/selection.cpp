#include "service/selection.h"

#include "source/ignore.h"
#include "syntax/lexer.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace unspool::service {

namespace {

using diagnostics::KindInfo;

bool IsRule(const KindInfo& info) {
  return info.code >= "UNS1";
}

bool Names(std::string_view word, const KindInfo& info) {
  if (word == "ALL") return true;
  if (word == info.name) return true;
  return word.starts_with("UNS") && info.code.starts_with(word);
}

bool AnyNames(const std::vector<std::string>& words, const KindInfo& info) {
  return std::ranges::any_of(words, [&](const std::string& word) { return Names(word, info); });
}

void Append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

RuleSelection::RuleSelection(const source::Config& config, const std::string& path) {
  // An empty list means all.
  select_ = config.select.empty() ? std::vector<std::string>{"ALL"} : config.select;
  Append(select_, config.extend_select);
  ignore_ = config.ignore;
  fixable_ = config.fixable.empty() ? std::vector<std::string>{"ALL"} : config.fixable;
  Append(fixable_, config.extend_fixable);
  unfixable_ = config.unfixable;
  std::error_code ignored;
  const std::string root = config.root.empty() ? "." : config.root;
  const std::string relative = std::filesystem::relative(path, root, ignored).string();
  for (const auto& [pattern, rules] : config.per_file_ignores) {
    if (source::IgnorePattern(pattern).Matches(relative.empty() ? path : relative, false)) {
      Append(ignore_, rules);
    }
  }
}

bool RuleSelection::Runs(diagnostics::Kind kind) const {
  const KindInfo& info = InfoOf(kind);
  // What is wrong with a file, and what was asked for expressly, is no matter of taste.
  if (!IsRule(info) || kind == diagnostics::Kind::LeftAlone) return true;
  return AnyNames(select_, info) && !AnyNames(ignore_, info);
}

bool RuleSelection::Fixes(diagnostics::Kind kind) const {
  const KindInfo& info = InfoOf(kind);
  return AnyNames(fixable_, info) && !AnyNames(unfixable_, info);
}

bool IsSelector(std::string_view word) {
  return std::ranges::any_of(diagnostics::AllKinds(), [&](const KindInfo& info) {
    return IsRule(info) && Names(word, info) && word != "UN";
  });
}

std::string UnknownSelector(const source::Config& config) {
  for (const auto* list : {&config.select, &config.extend_select, &config.ignore, &config.fixable,
                           &config.extend_fixable, &config.unfixable}) {
    for (const std::string& word : *list) {
      if (!IsSelector(word)) return word;
    }
  }
  return {};
}

std::string SelectorHelp(std::string_view word) {
  std::vector<std::string_view> words;
  for (const KindInfo& info : diagnostics::AllKinds()) {
    if (!IsRule(info)) continue;
    words.push_back(info.code);
    words.push_back(info.name);
  }
  const std::string nearest = source::Nearest(word, words);
  if (!nearest.empty()) return fmt::format("did you mean `{}`?", nearest);
  return "`unspool rule` lists all rules";
}

source::Pragmas PragmasOf(const source::SourceFile& file, const syntax::ParseOptions& options) {
  using syntax::TokenKind;
  const syntax::LexResult lexed = syntax::Tokenize(
      file.text(), {.target = options.target, .notebook_cell = options.notebook_cell});
  std::vector<source::Span> comments;
  syntax::ForEachComment(file.text(), lexed.tokens,
                         [&](uint32_t begin, uint32_t end) { comments.push_back({begin, end}); });
  std::vector<source::Span> lines;
  bool open = false;
  for (uint32_t index = 0; index < lexed.tokens.size(); ++index) {
    const TokenKind kind = lexed.tokens.kind(index);
    if (kind == TokenKind::Indent || kind == TokenKind::Dedent || kind == TokenKind::EndMarker) {
      continue;
    }
    if (kind == TokenKind::Newline) {
      open = false;
      continue;
    }
    if (!open) lines.push_back({lexed.tokens.begin(index), 0});
    open = true;
    lines.back().end = lexed.tokens.end(index);
  }
  return source::Pragmas(file, comments, lines);
}

}  // namespace unspool::service
