// Which original line a line of the rewritten text stands for. Found from the two texts alone where
// the caller does not tell: lines that a diff pairs, then moved lines that are unique but for their
// indentation.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace unspool::verify {

// Element n is the 1-based original line of rewritten line n + 1; 0 where there is none.
std::vector<uint32_t> MapLines(std::string_view original, std::string_view rewritten);

std::vector<std::string_view> SplitLines(std::string_view text);

}  // namespace unspool::verify
