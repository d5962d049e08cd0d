#include "devtools/source_text.h"

#include "diagnostics/diagnostic.h"
#include "source/folder_cache.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>

namespace unspool::devtools {

namespace fs = std::filesystem;

namespace {

// Bytes that are there but make no text: ast.parse answers with a SyntaxError (or ValueError).
bool IsDecodingProblem(source::ProblemKind kind) {
  return kind >= source::ProblemKind::NullByte && kind <= source::ProblemKind::Undecodable;
}

ReadFailure Describe(const source::Problem& problem) {
  ReadFailure failure;
  const std::string message = diagnostics::FromProblem(problem).message;
  failure.is_syntax_error = IsDecodingProblem(problem.kind);
  failure.row = problem.begin.row;
  if (failure.is_syntax_error) {
    failure.message = fmt::format("{}:{}:{}: SyntaxError: {}", problem.path, problem.begin.row,
                                  problem.begin.column, message);
  } else {
    failure.message = fmt::format("{}: {}", problem.path, message);
  }
  return failure;
}

}  // namespace

std::expected<source::SourceFilePtr, ReadFailure> ReadSource(const std::string& path) {
  source::Outcome<source::SourceFilePtr> file = source::SourceFile::Read(path);
  if (!file) return std::unexpected(Describe(file.error()));
  return *file;
}

std::expected<source::SourceFilePtr, ReadFailure> ReadSourceOrInput(const std::string& path) {
  if (path != "-") return ReadSource(path);
  auto read = source::SourceFile::ReadStandardInput("<stdin>");
  if (!read) return std::unexpected(ReadFailure{false, "cannot read standard input", 0});
  return *read;
}

std::expected<source::SourceFilePtr, ReadFailure> SourceFromBytes(const std::string& path,
                                                                  std::string bytes) {
  source::Outcome<source::SourceFilePtr> file =
      source::SourceFile::FromBytes(path, std::move(bytes));
  if (!file) return std::unexpected(Describe(file.error()));
  return *file;
}

bool CollectFolder(const std::string& folder, std::initializer_list<std::string_view> suffixes,
                   std::vector<std::string>& files) {
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied,
                                        error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const fs::path& path = walk->path();
    std::error_code ignored;
    if (std::ranges::find(suffixes, path.extension().string()) == suffixes.end()) continue;
    if (walk->is_regular_file(ignored)) files.push_back(path.string());
  }
  return !error;
}

bool CollectPaths(const std::vector<std::string>& paths, std::vector<std::string>& absolute,
                  std::vector<std::string>& files) {
  bool all = true;
  for (const std::string& path : paths) {
    absolute.push_back(source::AbsolutePath(path));
    std::error_code ignored;
    if (fs::is_directory(absolute.back(), ignored)) {
      if (CollectFolder(absolute.back(), {".py"}, files)) continue;
      fmt::print(stderr, "{}: cannot be listed\n", path);
      all = false;
    } else if (fs::exists(absolute.back(), ignored)) {
      files.push_back(absolute.back());
    } else {
      fmt::print(stderr, "{}: no such file or folder\n", path);
      all = false;
    }
  }
  return all;
}

std::string ErrorLine(const source::SourceFile& file, const syntax::SyntaxError& error) {
  const source::Position position = file.PositionOf(error.begin);
  return fmt::format("{}:{}:{}: SyntaxError: {}", file.path(), position.row, position.column,
                     error.message);
}

std::optional<syntax::Version> ParseVersion(std::string_view text) {
  if (text.starts_with("py")) text.remove_prefix(2);
  if (!text.starts_with('3')) return std::nullopt;
  text.remove_prefix(text.starts_with("3.") ? 2 : 1);
  uint8_t minor = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minor);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (minor < 8 || minor > 15) return std::nullopt;
  return syntax::Version{3, minor};
}

}  // namespace unspool::devtools
