#include "service/rewrites.h"

#include "source/atomic_write.h"
#include "source/diff.h"
#include "transform/transform.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace unspool::service {

namespace fs = std::filesystem;

namespace {

// Puts a new file in place whole, or not where there is one by now.
source::Outcome<void> CreateWhole(const std::string& path, std::string_view bytes) {
  const std::string temporary = fmt::format("{}.{}.new", path, getpid());
  if (auto written = source::WriteNew(temporary, bytes); !written) {
    written.error().path = path;
    return std::unexpected(written.error());
  }
  int failed = renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE);
  if (failed != 0 && (errno == EINVAL || errno == ENOSYS)) {
    failed = link(temporary.c_str(), path.c_str());
    if (failed == 0) unlink(temporary.c_str());
  }
  if (failed == 0) return {};
  const int error = errno;
  unlink(temporary.c_str());
  if (error == EEXIST) {
    return source::Fail(source::ProblemKind::FileChanged, path);
  }
  return source::Fail(source::ProblemKind::WriteFailed, path, {std::strerror(error)});
}

}  // namespace

std::string DiffOf(const std::vector<Rewrite>& rewrites) {
  std::string text;
  for (const Rewrite& rewrite : rewrites) {
    source::DiffOptions options;
    options.old_label = rewrite.created ? "/dev/null" : rewrite.path;
    options.new_label = rewrite.path;
    text += source::UnifiedDiff(rewrite.old_text, rewrite.new_text, options);
  }
  return text;
}

SupportFile SupportFileFor(const std::string& beside) {
  SupportFile support;
  support.path = (fs::path(beside).parent_path() / "parallel_support.py").string();
  std::error_code error;
  const fs::file_status status = fs::symlink_status(support.path, error);
  if (status.type() == fs::file_type::not_found) {
    support.missing = true;
    return support;
  }
  auto bytes = source::ReadBytes(support.path);
  if (bytes && *bytes == transform::SupportModuleText()) return support;
  diagnostics::Place place;
  place.path = support.path;
  support.problem = diagnostics::Make(diagnostics::Kind::SupportModuleTaken, place);
  return support;
}

Rewrite SupportRewrite(const std::string& path) {
  Rewrite rewrite;
  rewrite.path = path;
  rewrite.created = true;
  rewrite.new_bytes = transform::SupportModuleText();
  rewrite.new_text = rewrite.new_bytes;
  return rewrite;
}

std::vector<diagnostics::Diagnostic> WriteRewrites(const std::vector<Rewrite>& rewrites,
                                                   const std::string& root) {
  std::vector<diagnostics::Diagnostic> problems;
  std::vector<std::string> created;
  auto give_up = [&] {
    for (const std::string& path : created) unlink(path.c_str());
  };
  // Support modules first: killed in between, the program still runs.
  for (const Rewrite& rewrite : rewrites) {
    if (!rewrite.created) continue;
    if (auto done = CreateWhole(rewrite.path, rewrite.new_bytes); !done) {
      problems.push_back(diagnostics::FromProblem(done.error()));
      give_up();
      return problems;
    }
    created.push_back(rewrite.path);
  }
  std::vector<source::FileChange> changes;
  for (const Rewrite& rewrite : rewrites) {
    if (!rewrite.created) changes.push_back({rewrite.path, rewrite.expected, rewrite.new_bytes});
  }
  const std::vector<source::Problem> refused = source::WriteAll(changes, {.root = root});
  for (const source::Problem& problem : refused) {
    problems.push_back(diagnostics::FromProblem(problem));
  }
  // Where nothing was written, nothing needs the support module.
  bool any_written = false;
  for (const source::FileChange& change : changes) {
    auto bytes = source::ReadBytes(change.path);
    any_written |= bytes && *bytes == change.bytes;
  }
  if (!refused.empty() && !any_written) give_up();
  return problems;
}

}  // namespace unspool::service
