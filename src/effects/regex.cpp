#include "effects/regex.h"

#include <algorithm>

namespace unspool::effects {

namespace {

// A group takes part in every match if nothing can go round it: neither it nor any group around it
// is repeated, stands beside an alternative, or belongs to a lookaround, an atomic group or a
// conditional. Repeats of at least one are left out as well: how captures inside repeats survive
// backtracking has changed between versions.
struct Level {
  int number = 0;    // of the group; 0: it captures nothing
  bool sure = true;  // what it holds is matched whenever it is entered itself
  size_t first = 0;  // the groups inside begin here
};

constexpr std::string_view kSpace = " \t\n\r\v\f";

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsName(std::string_view text) {
  if (text.empty() || !IsNameStart(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsNameStart(c) || (c >= '0' && c <= '9'); });
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<RegexGroups> Read() {
    groups_.always.push_back(true);
    levels_.push_back({0, true, 1});
    while (at_ < text_.size()) {
      char c = text_[at_];
      bool fine = true;
      if (c == '\\') {
        fine = at_ + 1 < text_.size();
        at_ += 2;
      } else if (c == '[') {
        fine = Set();
      } else if (c == '(') {
        fine = Open();
      } else if (c == ')') {
        fine = Close();
      } else {
        if (c == '|') levels_.back().sure = false;
        ++at_;
      }
      if (!fine) return std::nullopt;
    }
    if (levels_.size() != 1) return std::nullopt;
    if (!levels_[0].sure) Unsure(1);
    return std::move(groups_);
  }

 private:
  bool Follows(std::string_view next) const { return text_.substr(at_).starts_with(next); }

  void Unsure(size_t first) {
    for (size_t group = first; group < groups_.always.size(); ++group) {
      groups_.always[group] = false;
    }
  }

  // `[...]`; a `]` right after the start is one of its characters.
  bool Set() {
    ++at_;
    if (Follows("^")) ++at_;
    if (Follows("]")) ++at_;
    while (at_ < text_.size() && text_[at_] != ']') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return false;
    ++at_;
    return true;
  }

  bool Open() {
    ++at_;
    if (!Follows("?")) return Enter(true, true);
    ++at_;
    if (Follows("P<")) {
      at_ += 2;
      size_t end = text_.find('>', at_);
      if (end == std::string_view::npos) return false;
      std::string_view name = text_.substr(at_, end - at_);
      if (!IsName(name)) return false;
      for (const auto& [other, number] : groups_.names) {
        if (other == name) return false;
      }
      groups_.names.emplace_back(name, static_cast<int>(groups_.always.size()));
      at_ = end + 1;
      return Enter(true, true);
    }
    if (Follows("P=")) {  // refers back, and opens nothing
      size_t end = text_.find(')', at_);
      if (end == std::string_view::npos) return false;
      at_ = end + 1;
      return true;
    }
    if (Follows("<=") || Follows("<!")) {
      at_ += 2;
      return Enter(false, false);
    }
    if (Follows("=") || Follows("!") || Follows(">")) {
      ++at_;
      return Enter(false, false);
    }
    if (Follows("(")) {  // (?(name)yes|no)
      size_t end = text_.find(')', at_);
      if (end == std::string_view::npos) return false;
      at_ = end + 1;
      return Enter(false, false);
    }
    // Flags, for the rest or for this group. Of all of them only `x` changes how text is read.
    while (at_ < text_.size() && std::string_view("aiLmsu-").find(text_[at_]) < 7) ++at_;
    if (Follows(":")) {
      ++at_;
      return Enter(false, true);
    }
    if (Follows(")") && text_[at_ - 1] != '?') {
      ++at_;
      return true;
    }
    return false;
  }

  bool Enter(bool captures, bool sure) {
    Level level;
    level.sure = sure;
    if (captures) {
      level.number = static_cast<int>(groups_.always.size());
      groups_.always.push_back(true);
    }
    level.first = groups_.always.size();
    levels_.push_back(level);
    return true;
  }

  bool Close() {
    if (levels_.size() == 1) return false;
    Level level = levels_.back();
    levels_.pop_back();
    ++at_;
    if (!level.sure) Unsure(level.first);
    // Repeated, maybe no times. A brace that repeats nothing stands for itself; that does no harm.
    bool repeated = at_ < text_.size() && std::string_view("*+?{").find(text_[at_]) < 4;
    if (repeated) Unsure(level.number ? static_cast<size_t>(level.number) : level.first);
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  RegexGroups groups_;
  std::vector<Level> levels_;
};

}  // namespace

std::optional<RegexGroups> GroupsOf(std::string_view pattern, bool maybe_verbose) {
  // In verbose mode spaces go, and with them what separates a group from its repeat; comments may
  // hold anything.
  if (maybe_verbose && pattern.find_first_of(std::string(kSpace) + "#") != std::string_view::npos) {
    return std::nullopt;
  }
  return Reader(pattern).Read();
}

}  // namespace unspool::effects
