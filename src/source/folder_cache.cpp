#include "source/folder_cache.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace unspool::source {

namespace {

EntryKind KindOfMode(mode_t mode) {
  return S_ISREG(mode) ? EntryKind::File : S_ISDIR(mode) ? EntryKind::Folder : EntryKind::Other;
}

EntryKind KindOfEntry(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG) return EntryKind::File;
  if (entry.d_type == DT_DIR) return EntryKind::Folder;
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return EntryKind::Other;
  struct stat status;
  if (fstatat(folder, entry.d_name, &status, 0) != 0) return EntryKind::Other;
  return KindOfMode(status.st_mode);
}

}  // namespace

EntryKind Folder::Find(std::string_view name) const {
  auto at = std::ranges::lower_bound(entries_, name, {}, &Entry::name);
  return at != entries_.end() && at->name == name ? at->kind : EntryKind::None;
}

const Folder& FolderCache::At(const std::string& path) {
  Shard& shard = shards_[std::hash<std::string>()(path) % kShards];
  std::lock_guard lock(shard.mutex);
  std::unique_ptr<const Folder>& slot = shard.folders[path];
  if (slot) return *slot;
  auto folder = std::make_unique<Folder>();
  DIR* stream = opendir(path.empty() ? "." : path.c_str());
  if (!stream) {
    folder->state_ = errno == ENOENT    ? Folder::State::Missing
                     : errno == ENOTDIR ? Folder::State::NotAFolder
                                        : Folder::State::Unreadable;
  } else {
    folder->state_ = Folder::State::Listed;
    while (const dirent* entry = readdir(stream)) {
      std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      folder->entries_.push_back({std::string(name), KindOfEntry(dirfd(stream), *entry)});
    }
    closedir(stream);
    std::ranges::sort(folder->entries_, {}, &Folder::Entry::name);
  }
  slot = std::move(folder);
  return *slot;
}

EntryKind FolderCache::KindOf(const std::string& path) {
  const Folder& folder = At(std::string(FolderOfPath(path)));
  if (folder.listed()) return folder.Find(NameOfPath(path));
  // A folder that may be entered and not listed.
  struct stat status;
  return stat(path.c_str(), &status) == 0 ? KindOfMode(status.st_mode) : EntryKind::None;
}

std::string JoinPath(std::string_view folder, std::string_view name) {
  std::string path(folder);
  if (!path.empty() && !path.ends_with('/')) path += '/';
  return path.append(name);
}

std::string_view FolderOfPath(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view NameOfPath(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string AbsolutePath(std::string_view path) {
  std::string whole;
  if (!path.starts_with('/')) {
    char buffer[4096];
    whole = getcwd(buffer, sizeof buffer) ? buffer : "/";
    whole += '/';
  }
  whole += path;
  std::vector<std::string_view> parts;
  std::string_view rest = whole;
  while (!rest.empty()) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string result;
  for (std::string_view part : parts) result.append("/").append(part);
  return result.empty() ? "/" : result;
}

bool IsBelow(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace unspool::source
