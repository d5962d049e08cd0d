// Reading for the debug commands: a file's decoded text, or in words why there is none.
#pragma once

#include "source/file.h"
#include "syntax/parse.h"

#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::devtools {

struct ReadFailure {
  bool is_syntax_error = false;  // ast.parse refuses such bytes; else they could not be read
  std::string message;           // "FILE: ..." or "FILE:LINE:COL: SyntaxError: ..."
  uint32_t row = 0;
};

// `-` is standard input.
std::expected<source::SourceFilePtr, ReadFailure> ReadSourceOrInput(const std::string& path);
std::expected<source::SourceFilePtr, ReadFailure> ReadSource(const std::string& path);
std::expected<source::SourceFilePtr, ReadFailure> SourceFromBytes(const std::string& path,
                                                                  std::string bytes);

// Every file below a folder with one of the suffixes, in whatever folder: unlike `check`, nothing
// is left out. Links to folders are not followed, so circles end. False where it cannot be listed.
bool CollectFolder(const std::string& folder, std::initializer_list<std::string_view> suffixes,
                   std::vector<std::string>& files);

// The paths made absolute, and the files that they are or hold. What is not there or cannot be
// listed is told on standard error; false then.
bool CollectPaths(const std::vector<std::string>& paths, std::vector<std::string>& absolute,
                  std::vector<std::string>& files);

// "FILE:LINE:COL: SyntaxError: message".
std::string ErrorLine(const source::SourceFile& file, const syntax::SyntaxError& error);

// "3.11", "311" or "py311"; nothing where it is not a version from 3.8 to 3.15.
std::optional<syntax::Version> ParseVersion(std::string_view text);

}  // namespace unspool::devtools
