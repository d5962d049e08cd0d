#include "service/rewrites.h"

#include "source/atomic_write.h"
#include "source/diff.h"
#include "transform/transform.h"

#include <filesystem>
#include <set>
#include <span>
#include <unistd.h>

namespace unspool::service {

namespace fs = std::filesystem;

namespace {

// A support module that another run has put there in the meantime serves as well.
source::Outcome<void> CreateSupport(const Rewrite& rewrite, bool& created) {
  auto done = source::CreateFile(rewrite.path, rewrite.new_bytes);
  created = done.has_value();
  if (done || done.error().kind != source::ProblemKind::FileChanged) return done;
  auto there = source::ReadBytes(rewrite.path);
  if (there && *there == rewrite.new_bytes) return {};
  return done;
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

WriteResult WriteRewrites(const std::vector<Rewrite>& rewrites, const std::string& root) {
  WriteResult result;
  std::set<std::string> without_support;
  std::set<std::string> unused;
  // Support modules first: killed in between, the program still runs.
  for (const Rewrite& rewrite : rewrites) {
    if (!rewrite.created) continue;
    bool created = false;
    if (auto done = CreateSupport(rewrite, created); !done) {
      result.problems.push_back(diagnostics::FromProblem(done.error()));
      without_support.insert(rewrite.path);
    }
    if (created) unused.insert(rewrite.path);
  }
  const std::set<std::string> created = unused;
  for (const Rewrite& rewrite : rewrites) {
    if (rewrite.created || without_support.contains(rewrite.support)) continue;
    const source::FileChange change{rewrite.path, rewrite.expected, rewrite.new_bytes};
    const auto refused = source::WriteAll(std::span(&change, 1), {.root = root});
    for (const source::Problem& problem : refused) {
      result.problems.push_back(diagnostics::FromProblem(problem));
    }
    if (!refused.empty()) continue;
    result.written.push_back(rewrite.path);
    unused.erase(rewrite.support);
  }
  for (const std::string& path : created) {
    if (unused.contains(path)) {
      unlink(path.c_str());
    } else {
      result.written.push_back(path);
    }
  }
  return result;
}

}  // namespace unspool::service
