// The documentation of rules: one Markdown page each below docs/rules, embedded at build time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::service {

struct RulePage {
  std::string_view code;
  std::string_view name;
  std::string_view text;  // Markdown
};

// Sorted by code.
std::span<const RulePage> RulePages();
// By code or name, in any case of letters; null where there is none.
const RulePage* FindRulePage(std::string_view code_or_name);
// What was probably meant; empty where nothing is near.
std::string NearestRule(std::string_view word);

}  // namespace unspool::service
