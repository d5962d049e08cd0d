#include "verify/workspace.h"

#include "verify/sha256.h"
#include "verify/temporary_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>
#ifdef __linux__
#include <linux/fs.h>
#endif

namespace unspool::verify {

namespace fs = std::filesystem;

namespace {

// Ours, or of no meaning to the program.
bool IsIgnored(const fs::path& name) {
  return name == ".unspool" || name == ".unspool_cache";
}

// What the interpreter writes by itself.
bool IsByteCode(const fs::path& relative) {
  return relative.extension() == ".pyc" || relative.filename() == "__pycache__";
}

bool IsWithin(const fs::path& path, const fs::path& folder) {
  auto [rest, end] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return rest == folder.end();
}

base::Result<void> CopyBytes(int from, int to) {
#if defined(__linux__) && defined(FICLONE)
  if (ioctl(to, FICLONE, from) == 0) return {};
#endif
  char buffer[1 << 17];
  while (true) {
    ssize_t got = read(from, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::Fail(strerror(errno));
    if (got == 0) return {};
    for (ssize_t done = 0; done < got;) {
      ssize_t written = write(to, buffer + done, static_cast<size_t>(got - done));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return base::Fail(strerror(errno));
      done += written;
    }
  }
}

// Mode and time of change are kept; byte code stays valid with them.
base::Result<void> CopyFile(const fs::path& from, const fs::path& to, const struct stat& status) {
  int source = open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (source < 0) return base::Fail(strerror(errno));
  int target = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (target < 0) {
    const int error = errno;
    close(source);
    return base::Fail(strerror(error));
  }
  auto copied = CopyBytes(source, target);
  if (copied) {
    fchmod(target, status.st_mode & 07777);
    const timespec times[2] = {status.st_atim, status.st_mtim};
    futimens(target, times);
  }
  close(source);
  close(target);
  return copied;
}

int64_t Nanoseconds(const timespec& time) {
  return time.tv_sec * int64_t{1'000'000'000} + time.tv_nsec;
}

base::Result<EntryState> StateOf(const fs::path& path) {
  EntryState state;
  struct stat status;
  if (lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return state;
    return base::Fail(fmt::format("cannot look at {}: {}", path.string(), strerror(errno)));
  }
  state.mode = status.st_mode & 07777;
  if (S_ISREG(status.st_mode)) {
    state.kind = EntryKind::File;
    state.size = static_cast<uint64_t>(status.st_size);
    auto hash = Sha256OfFile(path);
    if (!hash) return std::unexpected(hash.error());
    state.sha256 = *hash;
    state.stored = path;
  } else if (S_ISDIR(status.st_mode)) {
    state.kind = EntryKind::Folder;
  } else if (S_ISLNK(status.st_mode)) {
    state.kind = EntryKind::Link;
    state.mode = 0;
    std::error_code error;
    state.target = fs::read_symlink(path, error).string();
  } else {
    state.kind = EntryKind::Other;
  }
  return state;
}

}  // namespace

std::string_view EntryKindName(EntryKind kind) {
  switch (kind) {
    case EntryKind::Missing:
      return "missing";
    case EntryKind::File:
      return "file";
    case EntryKind::Folder:
      return "folder";
    case EntryKind::Link:
      return "link";
    case EntryKind::Other:
      return "other";
  }
  return "missing";
}

Workspace::Workspace(const Subject& subject, const RunOptions& options, fs::path place)
    : subject_(subject), options_(options), place_(std::move(place)) {
  std::error_code error;
  root_ = fs::canonical(subject.root, error);
  if (error) root_ = subject.root;
}

bool Workspace::IsLinked(const fs::path& relative, const fs::directory_entry& entry) const {
  const fs::path name = relative.filename();
  if (name == ".git" || name == ".hg" || name == ".svn" || name == "node_modules") return true;
  std::error_code error;
  if (fs::exists(entry.path() / "pyvenv.cfg", error)) return true;
  return std::find(options_.linked.begin(), options_.linked.end(), relative) !=
         options_.linked.end();
}

base::Result<void> Workspace::CopyLink(const fs::path& relative) {
  std::error_code error;
  fs::path target = fs::read_symlink(root_ / relative, error);
  if (error) {
    notes_.push_back(fmt::format("link {} cannot be read", relative.string()));
    return {};
  }
  if (target.is_absolute()) {
    // A link into the folder must not lead out of the copy.
    if (IsWithin(target, root_)) target = place_ / target.lexically_relative(root_);
  } else {
    // A relative one out of the folder must lead where it led.
    fs::path absolute = (root_ / relative.parent_path() / target).lexically_normal();
    if (!IsWithin(absolute, root_)) target = absolute;
  }
  fs::create_symlink(target, place_ / relative, error);
  if (error) {
    return base::Fail(
        fmt::format("cannot copy the link {}: {}", relative.string(), error.message()));
  }
  return {};
}

base::Result<void> Workspace::CopyEntry(const fs::path& relative,
                                        const fs::directory_entry& entry) {
  struct stat status;
  if (lstat(entry.path().c_str(), &status) != 0) return {};
  if (++copied_files_ > options_.copy_file_limit) {
    return base::Fail(fmt::format(
        "the folder {} holds more than {} files, too many to copy for each run: run in a smaller "
        "folder, or name the large ones to link",
        root_.string(), options_.copy_file_limit));
  }
  if (S_ISLNK(status.st_mode)) return CopyLink(relative);
  if (S_ISDIR(status.st_mode)) {
    std::error_code error;
    if (IsLinked(relative, entry)) {
      fs::create_directory_symlink(entry.path(), place_ / relative, error);
      return {};
    }
    fs::create_directory(place_ / relative, error);
    if (error) {
      return base::Fail(
          fmt::format("cannot create {}: {}", (place_ / relative).string(), error.message()));
    }
    if (auto copied = CopyFolder(relative); !copied) return copied;
    chmod((place_ / relative).c_str(), status.st_mode & 07777);
    return {};
  }
  if (S_ISFIFO(status.st_mode)) {
    mkfifo((place_ / relative).c_str(), status.st_mode & 07777);
    return {};
  }
  if (!S_ISREG(status.st_mode)) {
    notes_.push_back(
        fmt::format("{} is a socket or device and not in the copy", relative.string()));
    return {};
  }
  copied_bytes_ += static_cast<uint64_t>(status.st_size);
  if (copied_bytes_ > options_.copy_limit) {
    return base::Fail(fmt::format(
        "the folder {} holds more than {} MiB, too much to copy for each run: run in a smaller "
        "folder, or name the large ones to link",
        root_.string(), options_.copy_limit >> 20));
  }
  if (auto copied = CopyFile(entry.path(), place_ / relative, status); !copied) {
    if (access(entry.path().c_str(), R_OK) != 0) {
      notes_.push_back(fmt::format("{} cannot be read and is not in the copy", relative.string()));
      return {};
    }
    return base::Fail(
        fmt::format("cannot copy {}: {}", entry.path().string(), copied.error().message));
  }
  return {};
}

base::Result<void> Workspace::CopyFolder(const fs::path& relative) {
  std::error_code error;
  fs::directory_iterator entries(root_ / relative, error);
  if (error) {
    if (relative.empty()) {
      return base::Fail(
          fmt::format("cannot read the folder {}: {}", root_.string(), error.message()));
    }
    notes_.push_back(fmt::format("{} cannot be read and is not in the copy", relative.string()));
    return {};
  }
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    const fs::path name = entries->path().filename();
    // Our own folder may lie below the one that is copied.
    if (IsIgnored(name) || entries->path() == place_.parent_path()) continue;
    if (auto copied = CopyEntry(relative / name, *entries); !copied) return copied;
    if (error) break;
    if (options_.cancelled && options_.cancelled->load()) return base::Fail("interrupted");
  }
  return {};
}

base::Result<void> Workspace::PlaceVersions(Side side) {
  for (const FileVersion& file : subject_.files) {
    const fs::path path = place_ / file.path;
    std::error_code error;
    if (file.path.is_absolute() || !IsWithin(path.lexically_normal(), place_)) {
      return base::Fail(fmt::format("{} is not below the folder", file.path.string()));
    }
    // Byte code is taken for fresh when time and size agree, which both versions may do.
    const fs::path cache = path.parent_path() / "__pycache__";
    const std::string prefix = path.stem().string() + ".";
    for (fs::directory_iterator it(cache, error), end; !error && it != end; it.increment(error)) {
      std::error_code ignored;
      if (it->path().filename().string().starts_with(prefix)) fs::remove(it->path(), ignored);
    }
    error.clear();
    if (file.created && side == Side::Original) {
      fs::remove(path, error);
      continue;
    }
    struct stat status;
    const bool existed = lstat(path.c_str(), &status) == 0;
    fs::create_directories(path.parent_path(), error);
    // Replaced, not written through: the entry may be a link.
    fs::remove(path, error);
    if (auto written = WriteBytes(path, side == Side::Original ? file.original : file.rewritten);
        !written) {
      return written;
    }
    if (existed && S_ISREG(status.st_mode)) chmod(path.c_str(), status.st_mode & 07777);
  }
  return {};
}

base::Result<void> Workspace::Prepare(Side side) {
  if (auto removed = RemoveTree(place_); !removed) return removed;
  copied_bytes_ = 0;
  copied_files_ = 0;
  notes_.clear();
  std::error_code error;
  fs::create_directories(place_, error);
  if (error) {
    return base::Fail(fmt::format("cannot create {}: {}", place_.string(), error.message()));
  }
  if (auto copied = CopyFolder(fs::path()); !copied) return copied;
  if (auto placed = PlaceVersions(side); !placed) return placed;
  auto stamps = Scan();
  if (!stamps) return std::unexpected(stamps.error());
  stamps_ = std::move(*stamps);
  return {};
}

base::Result<Workspace::Stamps> Workspace::Scan() const {
  Stamps stamps;
  std::vector<fs::path> folders = {fs::path()};
  while (!folders.empty()) {
    fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    fs::directory_iterator entries(place_ / folder, error);
    if (error == std::errc::permission_denied) {
      // The program took the right away from itself; it is ours to look.
      chmod((place_ / folder).c_str(), 0700);
      entries = fs::directory_iterator(place_ / folder, error);
    }
    if (error) {
      return base::Fail(
          fmt::format("cannot look into {}: {}", (place_ / folder).string(), error.message()));
    }
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      const fs::path relative = folder / entries->path().filename();
      struct stat status;
      if (IsIgnored(relative.filename()) || IsByteCode(relative) ||
          lstat(entries->path().c_str(), &status) != 0) {
        continue;
      }
      Stamp stamp = {status.st_ino, status.st_mode, status.st_size, Nanoseconds(status.st_mtim),
                     Nanoseconds(status.st_ctim)};
      if (S_ISDIR(status.st_mode)) {
        // Entries coming and going change these; the entries themselves tell.
        stamp.size = 0;
        stamp.modified_ns = stamp.changed_ns = 0;
        folders.push_back(relative);
      }
      stamps.emplace(relative.string(), stamp);
    }
  }
  return stamps;
}

base::Result<Changes> Workspace::Collect(const fs::path& keep) {
  auto after = Scan();
  if (!after) return std::unexpected(after.error());
  Changes changes;
  for (const auto& [relative, stamp] : stamps_) {
    if (!after->contains(relative)) changes.emplace(relative, EntryState());
  }
  std::error_code error;
  uint64_t kept = 0;
  for (const auto& [relative, stamp] : *after) {
    auto before = stamps_.find(relative);
    if (before != stamps_.end() && before->second == stamp) continue;
    auto state = StateOf(place_ / relative);
    if (!state) return std::unexpected(state.error());
    // A change of mode by chmod counts for folders too, once Scan has not had to make it.
    if (state->kind == EntryKind::Folder) state->mode = stamp.mode & 07777;
    if (state->kind == EntryKind::File) {
      fs::path stored = keep / fmt::format("{}", kept++);
      fs::rename(state->stored, stored, error);
      if (error) {
        return base::Fail(fmt::format("cannot keep {}: {}", relative, error.message()));
      }
      state->stored = stored;
    }
    changes.emplace(relative, std::move(*state));
  }
  return changes;
}

base::Result<EntryState> Workspace::InitialState(Side side, const std::string& relative) const {
  for (const FileVersion& file : subject_.files) {
    if (file.path != relative) continue;
    EntryState state;
    if (file.created && side == Side::Original) return state;
    const std::string& bytes = side == Side::Original ? file.original : file.rewritten;
    state.kind = EntryKind::File;
    struct stat status;
    state.mode = lstat((root_ / relative).c_str(), &status) == 0 ? status.st_mode & 07777 : 0644;
    state.size = bytes.size();
    state.sha256 = Sha256Of(bytes);
    return state;
  }
  return StateOf(root_ / relative);
}

}  // namespace unspool::verify
