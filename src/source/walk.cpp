#include "source/walk.h"

#include "source/file.h"
#include "source/ignore.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <dirent.h>
#include <filesystem>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <system_error>

namespace unspool::source {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefaultExcludes[] = {
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".unspool",
    ".unspool_cache",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
};

// The absolute path without `.` and `..`, links left alone.
std::string Absolute(const std::string& path) {
  std::error_code error;
  std::string out = fs::absolute(path, error).lexically_normal().string();
  while (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return error ? path : out;
}

std::string Joined(const std::string& folder, std::string_view name) {
  if (folder == ".") return std::string(name);
  std::string out = folder;
  if (!out.ends_with('/')) out += '/';
  return out.append(name);
}

// `path` below `folder`, both absolute; nothing (npos) otherwise.
std::string_view Below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.substr(1);
  if (path.size() <= folder.size() || !path.starts_with(folder) || path[folder.size()] != '/') {
    return {};
  }
  return path.substr(folder.size() + 1);
}

// An ignore file and the folder it speaks of; links to those of the folders above.
struct IgnoreLevel {
  std::shared_ptr<const IgnoreLevel> above;
  std::string folder;  // absolute
  IgnoreFile file;
};
using IgnoreLevels = std::shared_ptr<const IgnoreLevel>;

IgnoreLevels WithIgnoreFile(IgnoreLevels above, const std::string& folder,
                            const std::string& path) {
  Outcome<std::string> text = ReadBytes(path);
  if (!text) return above;
  IgnoreFile file(*text);
  if (file.empty()) return above;
  return std::make_shared<IgnoreLevel>(IgnoreLevel{std::move(above), folder, std::move(file)});
}

bool IsIgnored(const IgnoreLevels& levels, std::string_view absolute, bool is_folder) {
  for (const IgnoreLevel* level = levels.get(); level != nullptr; level = level->above.get()) {
    std::string_view relative = Below(absolute, level->folder);
    if (relative.empty()) continue;
    IgnoreVerdict verdict = level->file.Decide(relative, is_folder);
    if (verdict != IgnoreVerdict::Undecided) return verdict == IgnoreVerdict::Ignored;
  }
  return false;
}

// The repository that holds the folder, if any.
std::string RepositoryOf(std::string folder) {
  while (true) {
    struct stat info;
    if (stat(Joined(folder, ".git").c_str(), &info) == 0) return folder;
    if (folder == "/" || folder.empty()) return {};
    folder = fs::path(folder).parent_path().string();
  }
}

// What git would have read on the way down to a folder. Without a repository, the folder's own
// ignore files count from there down.
IgnoreLevels LevelsAbove(const std::string& folder, bool& ignored) {
  ignored = false;
  std::string repository = RepositoryOf(folder);
  if (repository.empty()) return nullptr;
  IgnoreLevels levels =
      WithIgnoreFile(nullptr, repository, Joined(repository, ".git/info/exclude"));
  std::string at = repository;
  while (at != folder) {
    levels = WithIgnoreFile(levels, at, Joined(at, ".gitignore"));
    std::string_view rest = Below(folder, at);
    at = Joined(at, rest.substr(0, rest.find('/')));
    if (IsIgnored(levels, at, true)) ignored = true;
  }
  return levels;
}

class Walker {
 public:
  explicit Walker(const WalkOptions& options) : options_(options), root_(Absolute(options.root)) {
    if (options.exclude.empty()) {
      for (std::string_view name : kDefaultExcludes) excludes_.Add(name);
    }
    for (const std::string& pattern : options.exclude) excludes_.Add(pattern);
    for (const std::string& pattern : options.extend_exclude) excludes_.Add(pattern);
  }

  void Add(const std::string& path) {
    if (path == "-") {
      Found(path, true);
      return;
    }
    struct stat info;
    if (stat(path.c_str(), &info) != 0) {
      Outcome<std::string> why = ReadBytes(path);
      result_.problems.push_back(why ? Problem{ProblemKind::FileNotFound, path, 0, {}, {}, {}}
                                     : why.error());
      return;
    }
    std::string absolute = Absolute(path);
    bool is_folder = S_ISDIR(info.st_mode);
    bool ignored = false;
    IgnoreLevels levels;
    std::string start = is_folder ? absolute : fs::path(absolute).parent_path().string();
    if (options_.respect_gitignore) levels = LevelsAbove(start, ignored);
    if (options_.force_exclude) {
      if (options_.respect_gitignore && !is_folder) {
        levels = WithIgnoreFile(levels, start, Joined(start, ".gitignore"));
        if (IsIgnored(levels, absolute, false)) return;
      }
      if (ignored || ExcludedAnywhere(absolute, is_folder)) return;
    }
    if (!is_folder) {
      Found(path, true);
      return;
    }
    std::string shown = path;
    while (shown.size() > 1 && shown.ends_with('/')) shown.pop_back();
    if (shown.starts_with("./") && shown.size() > 2) shown.erase(0, 2);
    WalkFolder(shown, absolute, levels);
  }

  WalkResult Finish() {
    auto by_path = [](const WalkedFile& a, const WalkedFile& b) {
      if (a.path != b.path) return a.path < b.path;
      return a.named > b.named;
    };
    std::sort(result_.files.begin(), result_.files.end(), by_path);
    auto same = [](const WalkedFile& a, const WalkedFile& b) { return a.path == b.path; };
    result_.files.erase(std::unique(result_.files.begin(), result_.files.end(), same),
                        result_.files.end());
    std::stable_sort(result_.problems.begin(), result_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.path < b.path; });
    return std::move(result_);
  }

 private:
  struct Folder {
    std::string shown;
    std::string absolute;
    IgnoreLevels levels;
  };

  // One file under several spellings ("a.py", "./a.py") is one file.
  void Found(const std::string& path, bool named) {
    std::string key = path == "-" ? path : Absolute(path);
    if (!seen_.insert(key).second) return;
    std::string shown = path;
    while (shown.starts_with("./")) shown.erase(0, 2);
    result_.files.push_back({std::move(shown), named});
  }

  bool IsExcluded(const std::string& absolute, bool is_folder) const {
    std::string_view relative = Below(absolute, root_);
    if (relative.empty()) relative = std::string_view(absolute).substr(absolute.rfind('/') + 1);
    return excludes_.Decide(relative, is_folder) == IgnoreVerdict::Ignored;
  }

  // The path or a folder on the way to it, below the root.
  bool ExcludedAnywhere(std::string absolute, bool is_folder) const {
    while (!Below(absolute, root_).empty()) {
      if (IsExcluded(absolute, is_folder)) return true;
      is_folder = true;
      absolute = fs::path(absolute).parent_path().string();
    }
    return false;
  }

  // An explicit stack: the depth of folders is in the user's hands.
  void WalkFolder(const std::string& shown, const std::string& absolute, IgnoreLevels levels) {
    std::vector<Folder> work{{shown, absolute, std::move(levels)}};
    while (!work.empty()) {
      Folder folder = std::move(work.back());
      work.pop_back();
      DIR* listing = opendir(folder.absolute.c_str());
      if (listing == nullptr) {
        result_.problems.push_back(Problem{
            ProblemKind::FolderUnreadable, folder.shown, 0, {}, {}, {std::strerror(errno)}});
        continue;
      }
      if (options_.respect_gitignore) {
        folder.levels =
            WithIgnoreFile(folder.levels, folder.absolute, Joined(folder.absolute, ".gitignore"));
      }
      while (dirent* entry = readdir(listing)) Visit(folder, entry->d_name, work);
      closedir(listing);
    }
  }

  void Visit(const Folder& folder, std::string_view name, std::vector<Folder>& work) {
    if (name == "." || name == "..") return;
    std::string absolute = Joined(folder.absolute, name);
    struct stat info;
    if (lstat(absolute.c_str(), &info) != 0) {
      if (errno == ENOENT) return;  // gone since it was listed
      result_.problems.push_back(Problem{
          ProblemKind::ReadFailed, Joined(folder.shown, name), 0, {}, {}, {std::strerror(errno)}});
      return;
    }
    bool is_folder = S_ISDIR(info.st_mode);
    if (!is_folder && !(S_ISREG(info.st_mode) && IsPythonPath(name))) return;
    if (IsExcluded(absolute, is_folder)) return;
    if (IsIgnored(folder.levels, absolute, is_folder)) return;
    std::string shown = Joined(folder.shown, name);
    if (is_folder) {
      work.push_back({std::move(shown), std::move(absolute), folder.levels});
    } else {
      Found(shown, false);
    }
  }

  const WalkOptions& options_;
  std::string root_;
  IgnoreFile excludes_;
  std::set<std::string> seen_;
  WalkResult result_;
};

}  // namespace

std::span<const std::string_view> DefaultExcludes() {
  return kDefaultExcludes;
}

bool IsPythonPath(std::string_view path) {
  constexpr std::string_view kEndings[] = {".py", ".pyi", ".pyw", ".ipynb"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

WalkResult Walk(std::span<const std::string> paths, const WalkOptions& options) {
  Walker walker(options);
  // Named files first: they win over the same file found by a walk.
  for (const std::string& path : paths) {
    struct stat info;
    if (stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) walker.Add(path);
  }
  for (const std::string& path : paths) {
    struct stat info;
    if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) walker.Add(path);
  }
  if (paths.empty()) walker.Add(".");
  return walker.Finish();
}

}  // namespace unspool::source
