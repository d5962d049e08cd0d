// From values back to text as Python's repr writes them, byte for byte.
#pragma once

#include "syntax/parse.h"

#include <string>
#include <string_view>

namespace unspool::syntax {

// Each appends to `out`. Number tokens are as written in the source, with underscores and prefixes.

// In decimal. Beyond 4300 digits, where Python refuses, a number in another base is written in
// hexadecimal.
void AppendIntegerRepr(std::string& out, std::string_view token);
void AppendFloatRepr(std::string& out, std::string_view token);
// "2.5j"; the token ends with j or J.
void AppendImaginaryRepr(std::string& out, std::string_view token);
// `value` is UTF-8 with lone surrogates in their three-byte form.
void AppendStringRepr(std::string& out, std::string_view value, Version target);
void AppendBytesRepr(std::string& out, std::string_view value);

}  // namespace unspool::syntax
