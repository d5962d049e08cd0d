// The folder that a program runs in: a fresh copy of the user's for every run, always at the same
// path, so that a program that prints where it is prints the same in every run. After the run it
// tells what the program created, changed and deleted, and keeps those files for comparison.
//
// Symbolic links stay links. Folders that are large and not the program's own (version control,
// virtual environments, node_modules) are linked, not copied. Nothing below Subject::root is ever
// written.
#pragma once

#include "base/result.h"
#include "verify/run_options.h"
#include "verify/subject.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>

namespace unspool::verify {

enum class EntryKind : uint8_t { Missing, File, Folder, Link, Other };

std::string_view EntryKindName(EntryKind kind);

// What is at one path when a run is over.
struct EntryState {
  EntryKind kind = EntryKind::Missing;
  uint32_t mode = 0;  // permission bits
  uint64_t size = 0;
  std::string sha256;            // of a file
  std::string target;            // of a link
  std::filesystem::path stored;  // where the bytes of a file can be read

  // Says the same of a path, wherever the bytes are kept.
  bool SameAs(const EntryState& other) const {
    return kind == other.kind && mode == other.mode && size == other.size &&
           sha256 == other.sha256 && target == other.target;
  }
};

// By path relative to Subject::root, bytes as the file system has them.
using Changes = std::map<std::string, EntryState>;

class Workspace {
 public:
  // `place` becomes the copy of subject.root. Checks that the copy is within the bounds.
  Workspace(const Subject& subject, const RunOptions& options, std::filesystem::path place);

  // Makes the copy anew with one version of the files in place.
  base::Result<void> Prepare(Side side);
  // What has changed since Prepare; changed files are moved below `keep`.
  base::Result<Changes> Collect(const std::filesystem::path& keep);
  // The state of a path that a run has left alone.
  base::Result<EntryState> InitialState(Side side, const std::string& relative) const;

  const std::filesystem::path& place() const { return place_; }
  // What the copy lacks: sockets, devices, unreadable files.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  struct Stamp {
    ino_t inode;
    mode_t mode;
    off_t size;
    int64_t modified_ns;
    int64_t changed_ns;
    bool operator==(const Stamp&) const = default;
  };
  using Stamps = std::map<std::string, Stamp>;

  base::Result<void> CopyFolder(const std::filesystem::path& relative);
  base::Result<void> CopyEntry(const std::filesystem::path& relative,
                               const std::filesystem::directory_entry& entry);
  base::Result<void> CopyLink(const std::filesystem::path& relative);
  base::Result<void> PlaceVersions(Side side);
  base::Result<Stamps> Scan() const;
  bool IsLinked(const std::filesystem::path& relative,
                const std::filesystem::directory_entry& entry) const;

  const Subject& subject_;
  const RunOptions& options_;
  std::filesystem::path root_;
  std::filesystem::path place_;
  Stamps stamps_;
  uint64_t copied_bytes_ = 0;
  uint64_t copied_files_ = 0;
  std::vector<std::string> notes_;
};

}  // namespace unspool::verify
