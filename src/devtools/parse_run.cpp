#include "devtools/parse_run.h"

#include "devtools/source_text.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace unspool::devtools {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct FileOutcome {
  uint64_t bytes = 0;
  uint64_t nodes = 0;
  double seconds = 0;
  bool unreadable = false;
  std::vector<std::string> errors;
  source::SourceFilePtr file;
  std::unique_ptr<syntax::Tree> tree;
};

FileOutcome ParseFile(const std::string& path, const ParseRunOptions& options) {
  FileOutcome outcome;
  auto file = ReadSource(path);
  if (!file) {
    outcome.unreadable = !file.error().is_syntax_error;
    outcome.errors.push_back(file.error().message);
    return outcome;
  }
  outcome.bytes = (*file)->bytes().size();
  const Clock::time_point start = Clock::now();
  syntax::ParseResult result = syntax::Parse((*file)->text(), {.target = options.target});
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  outcome.nodes = result.tree->size();
  for (const syntax::SyntaxError& error : result.errors) {
    outcome.errors.push_back(ErrorLine(**file, error));
  }
  if (options.keep) {
    outcome.file = *file;
    outcome.tree = std::move(result.tree);
  }
  return outcome;
}

}  // namespace

int RunParse(const std::vector<std::string>& paths, const ParseRunOptions& options) {
  std::vector<std::string> files;
  bool unreadable = false;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      files.push_back(path);
    } else if (!CollectFolder(path, {".py", ".pyi"}, files)) {
      fmt::print(stderr, "{}: cannot be listed\n", path);
      unreadable = true;
    }
  }
  std::ranges::sort(files);
  files.erase(std::ranges::unique(files).begin(), files.end());

  std::vector<FileOutcome> outcomes(files.size());
  const Clock::time_point start = Clock::now();
  {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              static_cast<size_t>(std::max(options.threads, 1)));
    tbb::parallel_for(size_t{0}, files.size(),
                      [&](size_t index) { outcomes[index] = ParseFile(files[index], options); });
  }
  const double wall = std::chrono::duration<double>(Clock::now() - start).count();

  uint64_t bytes = 0;
  uint64_t nodes = 0;
  uint64_t rejected = 0;
  uint64_t not_read = 0;
  double seconds = 0;
  for (const FileOutcome& outcome : outcomes) {
    bytes += outcome.bytes;
    nodes += outcome.nodes;
    seconds += outcome.seconds;
    not_read += outcome.unreadable;
    rejected += !outcome.unreadable && !outcome.errors.empty();
    if (!options.quiet && !outcome.errors.empty()) {
      fmt::print(stderr, "{}\n", outcome.errors.front());
    }
  }
  unreadable |= not_read > 0;
  fmt::print("files       {}\n", files.size());
  fmt::print("bytes       {}\n", bytes);
  fmt::print("nodes       {}\n", nodes);
  fmt::print("errors      {}\n", rejected);
  fmt::print("unreadable  {}\n", not_read);
  fmt::print("parsing     {:.4f} s of processor time, {:.1f} MB/s on one core\n", seconds,
             seconds > 0 ? static_cast<double>(bytes) / seconds / 1e6 : 0.0);
  fmt::print("in all      {:.4f} s with {} thread{}\n", wall, options.threads,
             options.threads == 1 ? "" : "s");
  return unreadable ? 2 : rejected > 0 ? 1 : 0;
}

}  // namespace unspool::devtools
