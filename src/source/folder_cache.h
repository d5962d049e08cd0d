// What folders hold, each listed once: the names in it and whether they are files or folders (links
// are followed, as os.path.isfile and isdir do). Safe for several threads; what was listed stays as
// it was for the life of the cache, so that one run sees one state of the disk.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::source {

enum class EntryKind : uint8_t { None, File, Folder, Other };  // Other: devices, dangling links

class Folder {
 public:
  enum class State : uint8_t { Listed, Missing, NotAFolder, Unreadable };

  State state() const { return state_; }
  bool listed() const { return state_ == State::Listed; }
  EntryKind Find(std::string_view name) const;
  bool HasFile(std::string_view name) const { return Find(name) == EntryKind::File; }
  bool HasFolder(std::string_view name) const { return Find(name) == EntryKind::Folder; }

  struct Entry {
    std::string name;
    EntryKind kind;
  };
  const std::vector<Entry>& entries() const { return entries_; }  // sorted by name

 private:
  friend class FolderCache;
  State state_ = State::Missing;
  std::vector<Entry> entries_;
};

class FolderCache {
 public:
  FolderCache() = default;
  FolderCache(const FolderCache&) = delete;
  FolderCache& operator=(const FolderCache&) = delete;

  // An empty path is the current folder. The reference holds as long as the cache.
  const Folder& At(const std::string& path);
  // Of a path whose folder may not have been listed yet.
  EntryKind KindOf(const std::string& path);

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::unique_ptr<const Folder>> folders;
  };
  static constexpr size_t kShards = 32;
  Shard shards_[kShards];
};

// `folder/name`; the name alone where the folder is empty.
std::string JoinPath(std::string_view folder, std::string_view name);
// What stands before the last slash; empty where there is none, "/" for what lies in the root.
std::string_view FolderOfPath(std::string_view path);
std::string_view NameOfPath(std::string_view path);
// os.path.abspath: joined to the current folder where relative, with `.`, `..` and doubled slashes
// taken out of the text; links stay.
std::string AbsolutePath(std::string_view path);
// `path` lies in the folder or is it; both absolute.
bool IsBelow(std::string_view path, std::string_view folder);

}  // namespace unspool::source
