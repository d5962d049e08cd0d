// The groups of a regular expression, read from its text: how many there are, their names, and
// which of them take part in every match. Knows less than `re` does: whatever it does not
// understand to the letter gives nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::effects {

struct RegexGroups {
  // By number; the whole match is 0. True: never None in a match object of this expression.
  std::vector<bool> always;
  std::vector<std::pair<std::string, int>> names;

  size_t count() const { return always.size() - 1; }
};

// The groups of a text that re.compile() accepts (whether it does is not checked in full); nothing
// where the text holds what may change how it is read. `maybe_verbose`: flags are given that are
// not known.
std::optional<RegexGroups> GroupsOf(std::string_view pattern, bool maybe_verbose);

}  // namespace unspool::effects
