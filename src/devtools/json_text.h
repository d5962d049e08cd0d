// Strings as JSON writes them, for reports that are too long to be built as one value first.
#pragma once

#include <string>
#include <string_view>

namespace unspool::devtools {

// In quotes, escaped; what is not UTF-8 is replaced.
std::string JsonString(std::string_view text);

}  // namespace unspool::devtools
