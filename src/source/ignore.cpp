#include "source/ignore.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <optional>

namespace unspool::source {
namespace {

bool InNamedClass(std::string_view name, unsigned char c, bool& known) {
  struct Class {
    std::string_view name;
    int (*test)(int);
  };
  constexpr Class kClasses[] = {
      {"alnum", std::isalnum}, {"alpha", std::isalpha}, {"blank", std::isblank},
      {"cntrl", std::iscntrl}, {"digit", std::isdigit}, {"graph", std::isgraph},
      {"lower", std::islower}, {"print", std::isprint}, {"punct", std::ispunct},
      {"space", std::isspace}, {"upper", std::isupper}, {"xdigit", std::isxdigit},
  };
  for (const Class& entry : kClasses) {
    // As in git, whose character classes know ASCII only.
    if (entry.name == name) return c < 0x80 && entry.test(c) != 0;
  }
  known = false;
  return false;
}

struct Bracket {
  bool matched = false;
  size_t end = 0;  // behind the closing bracket
};

// [...] at pattern[at]; nothing where it is malformed, which matches no text at all.
std::optional<Bracket> MatchBracket(std::string_view pattern, size_t at, unsigned char c,
                                    bool path_mode) {
  auto peek = [&](size_t i) { return i < pattern.size() ? pattern[i] : '\0'; };
  size_t i = at + 1;
  bool negated = peek(i) == '!' || peek(i) == '^';
  if (negated) ++i;
  bool matched = false;
  unsigned char previous = 0;
  bool first = true;
  while (first || peek(i) != ']') {
    first = false;
    if (i >= pattern.size()) return std::nullopt;
    auto p = static_cast<unsigned char>(pattern[i]);
    if (p == '\\') {
      if (++i >= pattern.size()) return std::nullopt;
      p = static_cast<unsigned char>(pattern[i]);
      if (c == p) matched = true;
    } else if (p == '-' && previous != 0 && i + 1 < pattern.size() && peek(i + 1) != ']') {
      ++i;
      if (pattern[i] == '\\' && ++i >= pattern.size()) return std::nullopt;
      p = static_cast<unsigned char>(pattern[i]);
      if (c <= p && c >= previous) matched = true;
      p = 0;  // a range ends; the next - is itself
    } else if (p == '[' && peek(i + 1) == ':') {
      size_t name = i + 2;
      size_t close = name;
      while (close < pattern.size() && pattern[close] != ']') ++close;
      if (close >= pattern.size()) return std::nullopt;
      if (close == name || pattern[close - 1] != ':') {
        if (c == '[') matched = true;
      } else {
        bool known = true;
        if (InNamedClass(pattern.substr(name, close - 1 - name), c, known)) matched = true;
        if (!known) return std::nullopt;
        i = close;
        p = 0;
      }
    } else if (c == p) {
      matched = true;
    }
    previous = p;
    ++i;
  }
  if (matched == negated || (path_mode && c == '/')) return Bracket{false, i + 1};
  return Bracket{true, i + 1};
}

class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text, bool path_mode)
      : pattern_(pattern), text_(text), path_mode_(path_mode) {}

  bool Match(size_t p, size_t t) {
    for (; p < pattern_.size(); ++p, ++t) {
      char c = pattern_[p];
      if (c == '*') return MatchStar(p, t);
      if (t >= text_.size()) return false;
      if (c == '?') {
        if (path_mode_ && text_[t] == '/') return false;
      } else if (c == '[') {
        std::optional<Bracket> bracket =
            MatchBracket(pattern_, p, static_cast<unsigned char>(text_[t]), path_mode_);
        if (!bracket || !bracket->matched) return false;
        p = bracket->end - 1;
      } else {
        if (c == '\\') {
          ++p;
          c = p < pattern_.size() ? pattern_[p] : '\0';
        }
        if (text_[t] != c) return false;
      }
    }
    return t == text_.size();
  }

 private:
  bool MatchStar(size_t p, size_t t) {
    bool slashes = !path_mode_;
    size_t star = p;
    while (p < pattern_.size() && pattern_[p] == '*') ++p;
    if (path_mode_ && p - star > 1) {
      bool opened = star == 0 || pattern_[star - 1] == '/';
      bool closed = p == pattern_.size() || pattern_[p] == '/' ||
                    (pattern_[p] == '\\' && p + 1 < pattern_.size() && pattern_[p + 1] == '/');
      slashes = opened && closed;
      // "**/" may stand for no folder at all.
      if (slashes && p < pattern_.size() && pattern_[p] == '/' && Try(p + 1, t)) return true;
    }
    if (p == pattern_.size()) {
      return slashes || text_.find('/', t) == std::string_view::npos;
    }
    for (; t < text_.size(); ++t) {
      if (Try(p, t)) return true;
      if (!slashes && text_[t] == '/') return false;
    }
    return false;
  }

  // Remembers what failed, which keeps patterns with many stars polynomial.
  bool Try(size_t p, size_t t) {
    if (failed_.empty()) failed_.resize((pattern_.size() + 1) * (text_.size() + 1), false);
    size_t key = p * (text_.size() + 1) + t;
    if (failed_[key]) return false;
    if (Match(p, t)) return true;
    failed_[key] = true;
    return false;
  }

  std::string_view pattern_;
  std::string_view text_;
  bool path_mode_;
  std::vector<bool> failed_;
};

std::string_view BaseName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Trailing spaces go unless a backslash keeps them.
std::string_view TrimTrailingSpaces(std::string_view line) {
  size_t keep = std::string_view::npos;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') {
      if (keep == std::string_view::npos) keep = i;
    } else {
      if (line[i] == '\\') {
        if (++i >= line.size()) return line;
      }
      keep = std::string_view::npos;
    }
  }
  return line.substr(0, keep);
}

}  // namespace

bool WildMatch(std::string_view pattern, std::string_view text, bool path_mode) {
  // No path is as long; the matcher's depth follows the pattern's stars.
  if (pattern.size() > 8192 || text.size() > 65536) return false;
  return Matcher(pattern, text, path_mode).Match(0, 0);
}

IgnorePattern::IgnorePattern(std::string_view line) {
  if (line.starts_with('!')) {
    negated_ = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    folder_only_ = true;
    line.remove_suffix(1);
  }
  anchored_ = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  pattern_ = line;
}

bool IgnorePattern::Matches(std::string_view path, bool is_folder) const {
  if (folder_only_ && !is_folder) return false;
  if (!anchored_) return WildMatch(pattern_, BaseName(path), false);
  // git compares the part without wildcards first and matches the rest on its own, so that stars
  // that follow it count as the beginning of a pattern.
  size_t plain = pattern_.find_first_of("*?[\\");
  std::string_view pattern = pattern_;
  if (plain == std::string_view::npos) return pattern == path;
  if (!path.starts_with(pattern.substr(0, plain))) return false;
  return WildMatch(pattern.substr(plain), path.substr(plain), true);
}

IgnoreFile::IgnoreFile(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    Add(line);
  }
}

void IgnoreFile::Add(std::string_view line) {
  if (line.starts_with('#')) return;
  line = TrimTrailingSpaces(line);
  if (line.empty()) return;
  IgnorePattern pattern(line);
  if (!pattern.empty()) patterns_.push_back(std::move(pattern));
}

IgnoreVerdict IgnoreFile::Decide(std::string_view path, bool is_folder) const {
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (!pattern->Matches(path, is_folder)) continue;
    return pattern->negated() ? IgnoreVerdict::Included : IgnoreVerdict::Ignored;
  }
  return IgnoreVerdict::Undecided;
}

}  // namespace unspool::source
