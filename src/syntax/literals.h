// From the spelling of a literal to its value: escapes of strings and bytes, limits of numbers.
// Messages are CPython's, without the place. Values back to text: repr.h.
#pragma once

#include "syntax/parse.h"

#include <optional>
#include <string>
#include <string_view>

namespace unspool::syntax {

struct LiteralError {
  std::string message;  // what CPython's SyntaxError says
};

// Appends the value of a string literal's body (what stands between its quotes, or a literal part
// of an f-string with its doubled braces already single) to `out`: UTF-8, lone surrogates in their
// three-byte form. \r\n and \r become \n. Unknown escapes stay as they are.
std::optional<LiteralError> DecodeString(std::string_view body, bool raw, Version target,
                                         std::string& out);

// The same for bytes. Characters beyond ASCII are refused.
std::optional<LiteralError> DecodeBytes(std::string_view body, bool raw, Version target,
                                        std::string& out);

// A decimal integer with more than 4300 digits is refused, as by CPython since 3.11 (and patch
// releases of older ones). `token` is a whole number token, with underscores.
std::optional<LiteralError> CheckNumber(std::string_view token, Version target);

}  // namespace unspool::syntax
