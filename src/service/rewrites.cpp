#include "service/rewrites.h"

#include "source/atomic_write.h"
#include "source/diff.h"
#include "transform/transform.h"

#include <filesystem>
#include <map>
#include <set>
#include <span>

namespace unspool::service {

namespace fs = std::filesystem;

namespace {

// Support modules, each put in place when the first source that needs it is ready to be written:
// killed in between, the program still runs, and where nothing is written nothing is added.
class Supports {
 public:
  explicit Supports(const std::vector<Rewrite>& rewrites) {
    for (const Rewrite& rewrite : rewrites) {
      if (rewrite.created) missing_.emplace(rewrite.path, &rewrite);
    }
  }

  source::Outcome<void> Ensure(const std::string& path) {
    const auto found = missing_.find(path);
    if (found == missing_.end()) return {};
    const Rewrite& rewrite = *found->second;
    missing_.erase(found);
    auto done = source::CreateFile(path, rewrite.new_bytes);
    if (done) {
      created_.push_back(path);
      return {};
    }
    // One that another run has put there in the meantime serves as well.
    auto there = source::ReadBytes(path);
    if (there && *there == rewrite.new_bytes) return {};
    failed_.insert(path);
    return done;
  }

  bool HasFailed(const std::string& path) const { return failed_.contains(path); }
  const std::vector<std::string>& created() const { return created_; }

 private:
  std::map<std::string, const Rewrite*> missing_;
  std::set<std::string> failed_;
  std::vector<std::string> created_;
};

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
  Supports supports(rewrites);
  for (const Rewrite& rewrite : rewrites) {
    if (rewrite.created || supports.HasFailed(rewrite.support)) continue;
    const source::FileChange change{rewrite.path, rewrite.expected, rewrite.new_bytes};
    const auto problems =
        source::WriteAll(std::span(&change, 1),
                         {.root = root, .ready = [&] { return supports.Ensure(rewrite.support); }});
    for (const source::Problem& problem : problems) {
      result.problems.push_back(diagnostics::FromProblem(problem));
    }
    if (problems.empty()) result.written.push_back(rewrite.path);
  }
  result.written.insert(result.written.end(), supports.created().begin(), supports.created().end());
  return result;
}

}  // namespace unspool::service
