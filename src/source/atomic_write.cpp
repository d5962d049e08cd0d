#include "source/atomic_write.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace unspool::source {
namespace {

std::unexpected<Problem> WriteFailed(const std::string& path, int error) {
  return Fail(ProblemKind::WriteFailed, path, {std::strerror(error)});
}

std::string FolderOf(const std::string& path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Outcome<std::string> RealPath(const std::string& path, const std::string& shown) {
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) {
    if (errno == ENOENT) return Fail(ProblemKind::FileNotFound, shown);
    return WriteFailed(shown, errno);
  }
  std::string out(resolved);
  std::free(resolved);
  return out;
}

bool IsBelow(const std::string& path, const std::string& root) {
  if (root == "/") return true;
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

// The file that a write to `path` should replace: itself, or what the link leads to where that
// lies in the project. Folders on the way may be links too.
Outcome<std::string> TargetOf(const std::string& path, const WriteOptions& options) {
  Outcome<std::string> real = RealPath(path, path);
  if (!real) return real;
  struct stat info;
  bool linked = lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
  if (options.root.empty()) {
    if (linked) return Fail(ProblemKind::OutsideRoot, path, {*real});
    return real;
  }
  Outcome<std::string> root = RealPath(options.root, path);
  if (!root) return root;
  if (IsBelow(*real, *root)) return real;
  // A file named outside the root, and reached without a link, is the user's own choice.
  Outcome<std::string> folder = RealPath(FolderOf(path), path);
  if (!folder) return folder;
  bool folder_linked = false;
  for (std::string at = FolderOf(path); at != "." && at != "/"; at = FolderOf(at)) {
    struct stat step;
    if (lstat(at.c_str(), &step) == 0 && S_ISLNK(step.st_mode)) folder_linked = true;
  }
  if (linked || folder_linked) return Fail(ProblemKind::OutsideRoot, path, {*real});
  return real;
}

bool WriteFully(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// A pipe or a device takes the bytes, and stays what it is.
Outcome<void> WriteInto(const std::string& path, std::string_view bytes) {
  int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return WriteFailed(path, errno);
  const int error = WriteFully(fd, bytes) ? 0 : errno;
  close(fd);
  if (error != 0) return WriteFailed(path, error);
  return {};
}

// Access lists and the like; what the file system does not take is not worth a refusal.
void CopyAttributes(const std::string& from, int to) {
  char names[4096];
  ssize_t size = listxattr(from.c_str(), names, sizeof names);
  for (ssize_t at = 0; at < size; at += static_cast<ssize_t>(std::strlen(names + at)) + 1) {
    char value[65536];
    ssize_t length = getxattr(from.c_str(), names + at, value, sizeof value);
    if (length >= 0) {
      [[maybe_unused]] int ignored =
          fsetxattr(to, names + at, value, static_cast<size_t>(length), 0);
    }
  }
}

void SyncFolder(const std::string& folder) {
  int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

// A file on its way. Its bytes are written into a file without a name, so that nothing lies about
// where the process ends in between; only when all is on the disk does it get one.
class Pending {
 public:
  Pending() = default;
  Pending(Pending&& other) noexcept
      : path_(std::move(other.path_)),
        target_(std::move(other.target_)),
        temporary_(std::exchange(other.temporary_, {})),
        expected_(other.expected_),
        fd_(std::exchange(other.fd_, -1)) {}
  Pending& operator=(Pending&&) = delete;
  ~Pending() {
    if (fd_ >= 0) close(fd_);
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  static Outcome<Pending> Prepare(const FileChange& change, const WriteOptions& options) {
    Pending pending;
    pending.path_ = change.path;
    pending.expected_ = change.expected;
    Outcome<std::string> target = TargetOf(change.path, options);
    if (!target) return std::unexpected(target.error());
    pending.target_ = *target;
    struct stat info;
    if (stat(target->c_str(), &info) != 0) return WriteFailed(change.path, errno);
    if (!S_ISREG(info.st_mode)) {
      return Fail(ProblemKind::NotRegularFile, change.path, {"something else"});
    }
    // Root may write anything; the user's wish stands in the mode.
    if (access(target->c_str(), W_OK) != 0 || (info.st_mode & 0222) == 0) {
      return Fail(ProblemKind::ReadOnlyFile, change.path);
    }
    // A new file takes one name only, and the old text would live on under the others.
    if (info.st_nlink > 1) {
      return Fail(ProblemKind::HardLinked, change.path, {std::to_string(info.st_nlink)});
    }
    if (Outcome<void> same = pending.CheckUnchanged(); !same) {
      return std::unexpected(same.error());
    }
    if (Outcome<void> written = pending.WriteTemporary(change.bytes, &info); !written) {
      return std::unexpected(written.error());
    }
    return pending;
  }

  static Outcome<Pending> PrepareNew(const std::string& path, std::string_view bytes) {
    Pending pending;
    pending.path_ = path;
    pending.target_ = path;
    if (Outcome<void> written = pending.WriteTemporary(bytes, nullptr); !written) {
      return std::unexpected(written.error());
    }
    return pending;
  }

  Outcome<void> CheckUnchanged() const {
    Outcome<std::string> now = ReadBytes(target_);
    if (!now || HashOf(*now) != expected_) return Fail(ProblemKind::FileChanged, path_);
    return {};
  }

  // In the place of a file that still is what it was.
  Outcome<void> Replace() {
    if (Outcome<void> named = Name(); !named) return named;
    // Both change places, so that what somebody else has put there at the last moment is not lost.
    if (Exchange()) {
      Outcome<std::string> old = ReadBytes(temporary_);
      if ((!old || HashOf(*old) != expected_) && Exchange()) {
        return Fail(ProblemKind::FileChanged, path_);
      }
      unlink(temporary_.c_str());
    } else if (rename(temporary_.c_str(), target_.c_str()) != 0) {
      return WriteFailed(path_, errno);
    }
    return Done();
  }

  // Whatever stands there.
  Outcome<void> Put() {
    if (Outcome<void> named = Name(); !named) return named;
    if (rename(temporary_.c_str(), target_.c_str()) != 0) return WriteFailed(path_, errno);
    return Done();
  }

  // Only where nothing stands there.
  Outcome<void> Create() {
    if (temporary_.empty() && Link(target_)) return Done();
    if (Outcome<void> named = Name(); !named) return named;
    if (link(temporary_.c_str(), target_.c_str()) == 0) {
      unlink(temporary_.c_str());
      return Done();
    }
    // File systems without hard links.
    if (errno != EEXIST &&
        renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) {
      return Done();
    }
    if (errno == EEXIST) return Fail(ProblemKind::FileChanged, path_);
    return WriteFailed(path_, errno);
  }

  const std::string& target() const { return target_; }

 private:
  Outcome<void> Done() {
    temporary_.clear();
    SyncFolder(FolderOf(target_));
    return {};
  }

  bool Exchange() const {
    return renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0;
  }

  bool Link(const std::string& name) const {
    const std::string from = "/proc/self/fd/" + std::to_string(fd_);
    return linkat(AT_FDCWD, from.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }

  // Gives the file without a name one beside its target.
  Outcome<void> Name() {
    for (unsigned attempt = 0; temporary_.empty(); ++attempt) {
      const std::string name = FolderOf(target_) + "/.unspool-" + std::to_string(getpid()) + "-" +
                               std::to_string(attempt);
      if (Link(name)) {
        temporary_ = name;
      } else if (errno != EEXIST || attempt > 10'000) {
        return WriteFailed(path_, errno);
      }
    }
    return {};
  }

  // A file without a name where the system has such and can name them later, else one with a name.
  bool Open() {
    const std::string folder = FolderOf(target_);
    if (access("/proc/self/fd", X_OK) == 0) {
      fd_ = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
      if (fd_ >= 0) return true;
    }
    std::string name = folder + "/.unspool-XXXXXX";
    fd_ = mkostemp(name.data(), O_CLOEXEC);
    if (fd_ >= 0) temporary_ = name;
    return fd_ >= 0;
  }

  Outcome<void> WriteTemporary(std::string_view bytes, const struct stat* like) {
    if (!Open()) return WriteFailed(path_, errno);
    int error = 0;
    if (!WriteFully(fd_, bytes)) error = errno;
    if (like != nullptr && error == 0) {
      // The owner first, as changing it clears the set-id bits of the mode.
      struct stat made;
      bool foreign =
          fstat(fd_, &made) == 0 && (made.st_uid != like->st_uid || made.st_gid != like->st_gid);
      if (foreign && fchown(fd_, like->st_uid, like->st_gid) != 0) error = errno;
      CopyAttributes(target_, fd_);
      if (error == 0 && fchmod(fd_, like->st_mode & 07777) != 0) error = errno;
    } else if (error == 0) {
      mode_t mask = umask(0);
      umask(mask);
      fchmod(fd_, 0666 & ~mask);
    }
    if (error == 0 && fsync(fd_) != 0) error = errno;
    if (error != 0) return WriteFailed(path_, error);
    return {};
  }

  std::string path_;
  std::string target_;
  std::string temporary_;  // empty while it has no name
  ContentHash expected_;
  int fd_ = -1;
};

}  // namespace

std::vector<Problem> WriteAll(std::span<const FileChange> changes, const WriteOptions& options) {
  std::vector<Problem> problems;
  std::vector<Pending> pending;
  std::set<std::string> targets;
  pending.reserve(changes.size());
  for (const FileChange& change : changes) {
    Outcome<Pending> prepared = Pending::Prepare(change, options);
    if (!prepared) {
      problems.push_back(prepared.error());
    } else if (!targets.insert(prepared->target()).second) {
      // Two changes of one file, by two names: the second was not computed on top of the first.
      problems.push_back(Problem{ProblemKind::FileChanged, change.path, 0, {}, {}, {}});
    } else {
      pending.push_back(*std::move(prepared));
    }
  }
  // Preparing many files takes time; look once more.
  for (const Pending& file : pending) {
    if (Outcome<void> same = file.CheckUnchanged(); !same) problems.push_back(same.error());
  }
  if (!problems.empty()) return problems;
  if (options.ready) {
    if (Outcome<void> ready = options.ready(); !ready) return {ready.error()};
  }
  for (Pending& file : pending) {
    if (Outcome<void> done = file.Replace(); !done) problems.push_back(done.error());
  }
  return problems;
}

Outcome<void> WriteNew(const std::string& path, std::string_view bytes) {
  struct stat info;
  std::string target = path;
  if (stat(path.c_str(), &info) == 0) {
    if (!S_ISREG(info.st_mode)) return WriteInto(path, bytes);
    Outcome<std::string> real = RealPath(path, path);
    if (!real) return std::unexpected(real.error());
    target = *real;
  }
  Outcome<Pending> pending = Pending::PrepareNew(target, bytes);
  if (!pending) {
    pending.error().path = path;
    return std::unexpected(pending.error());
  }
  return pending->Put();
}

Outcome<void> CreateFile(const std::string& path, std::string_view bytes) {
  Outcome<Pending> pending = Pending::PrepareNew(path, bytes);
  if (!pending) return std::unexpected(pending.error());
  return pending->Create();
}

}  // namespace unspool::source
