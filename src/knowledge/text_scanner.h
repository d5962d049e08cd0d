// A cursor over one line of the fact language (types, signatures, effects), shared by its parsers.
#pragma once

#include <cctype>
#include <string_view>

namespace unspool::knowledge {

class TextScanner {
 public:
  explicit TextScanner(std::string_view text) : text_(text) {}

  void SkipSpace() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool AtEnd() {
    SkipSpace();
    return at_ == text_.size();
  }
  char Peek() {
    SkipSpace();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool Take(std::string_view expected) {
    SkipSpace();
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  // Letters, digits, underscores; with dots between them if `dotted`.
  std::string_view TakeName(bool dotted) {
    SkipSpace();
    size_t begin = at_;
    while (at_ < text_.size()) {
      unsigned char c = static_cast<unsigned char>(text_[at_]);
      if (!(std::isalnum(c) || c == '_' || (dotted && c == '.' && at_ > begin))) break;
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  // Up to a comma or closing bracket of this nesting level, quotes respected.
  std::string_view TakeDefault() {
    SkipSpace();
    size_t begin = at_;
    int depth = 0;
    char quote = '\0';
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (quote) {
        if (c == quote) quote = '\0';
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (c == ')' || c == ']' || c == '}') {
        if (depth-- == 0) break;
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    return text_.substr(begin, at_ - begin);
  }
  std::string_view TakeUntil(char end) {
    size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != end) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view Rest() {
    SkipSpace();
    return text_.substr(at_);
  }
  std::string_view text() const { return text_; }
  size_t position() const { return at_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace unspool::knowledge
