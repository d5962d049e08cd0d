#include "service/rules.h"

#include "source/config.h"

#include <algorithm>
#include <cctype>

namespace unspool::service {

const RulePage* FindRulePage(std::string_view word) {
  auto same = [&](std::string_view other) {
    return std::ranges::equal(word, other, [](unsigned char a, unsigned char b) {
      return std::tolower(a) == std::tolower(b);
    });
  };
  for (const RulePage& page : RulePages()) {
    if (same(page.code) || same(page.name)) return &page;
  }
  return nullptr;
}

std::string NearestRule(std::string_view word) {
  std::string upper(word);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  std::vector<std::string_view> codes, names;
  for (const RulePage& page : RulePages()) {
    codes.push_back(page.code);
    names.push_back(page.name);
  }
  const std::string code = source::Nearest(upper, codes);
  return code.empty() ? source::Nearest(word, names) : code;
}

}  // namespace unspool::service
