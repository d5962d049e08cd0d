// Patterns of .gitignore files, with git's own rules (oracle: `git check-ignore`), also used for
// `exclude` and for the globs of per-file settings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspool::source {

class IgnorePattern {
 public:
  explicit IgnorePattern(std::string_view line);

  // Whether the pattern speaks of the path, which is relative to the folder of the pattern.
  bool Matches(std::string_view path, bool is_folder) const;
  bool negated() const { return negated_; }
  bool empty() const { return pattern_.empty(); }

 private:
  std::string pattern_;
  bool negated_ = false;
  bool folder_only_ = false;
  bool anchored_ = false;
};

enum class IgnoreVerdict { Undecided, Ignored, Included };

// One .gitignore: the last pattern that matches decides.
class IgnoreFile {
 public:
  IgnoreFile() = default;
  explicit IgnoreFile(std::string_view text);
  void Add(std::string_view line);
  IgnoreVerdict Decide(std::string_view path, bool is_folder) const;
  bool empty() const { return patterns_.empty(); }

 private:
  std::vector<IgnorePattern> patterns_;
};

// git's wildmatch: with `path_mode`, `*` and `?` stop at a slash and `**` between slashes does not.
bool WildMatch(std::string_view pattern, std::string_view text, bool path_mode);

}  // namespace unspool::source
