#include "verify/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace unspool::verify {

namespace fs = std::filesystem;

base::Result<TemporaryFolder> TemporaryFolder::Create(const fs::path& parent) {
  fs::path folder = parent;
  if (folder.empty()) {
    const char* variable = std::getenv("TMPDIR");
    folder = variable && *variable ? variable : "/tmp";
  }
  std::error_code error;
  fs::path real = fs::canonical(folder, error);
  if (error) {
    return base::Fail(
        fmt::format("cannot use the temporary folder {}: {}", folder.string(), error.message()));
  }
  std::string name = (real / "unspool-XXXXXX").string();
  if (!mkdtemp(name.data())) {
    return base::Fail(
        fmt::format("cannot create a folder in {}: {}", real.string(), strerror(errno)));
  }
  return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

TemporaryFolder::~TemporaryFolder() {
  // What cannot be removed is left to whoever empties the temporary folder.
  if (!path_.empty()) (void)RemoveTree(path_);
}

base::Result<void> RemoveTree(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (!error) return {};
  // A program may have left folders that nobody may enter or write.
  fs::recursive_directory_iterator walk(path, fs::directory_options::skip_permission_denied, error);
  chmod(path.c_str(), 0700);
  for (int round = 0; round < 64 && !error; ++round) {
    bool changed = false;
    for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied,
                                             error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      std::error_code ignored;
      if (!it->is_symlink(ignored) && it->is_directory(ignored) &&
          (it->status(ignored).permissions() & fs::perms::owner_all) != fs::perms::owner_all) {
        chmod(it->path().c_str(), 0700);
        changed = true;
      }
    }
    if (!changed) break;
  }
  error.clear();
  fs::remove_all(path, error);
  if (error) {
    return base::Fail(fmt::format("cannot remove {}: {}", path.string(), error.message()));
  }
  return {};
}

base::Result<void> WriteBytes(const fs::path& path, std::string_view bytes) {
  int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    return base::Fail(fmt::format("cannot write {}: {}", path.string(), strerror(errno)));
  }
  while (!bytes.empty()) {
    ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      close(fd);
      return base::Fail(fmt::format("cannot write {}: {}", path.string(), strerror(error)));
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  close(fd);
  return {};
}

base::Result<std::string> ReadAll(const fs::path& path, uint64_t limit) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return base::Fail(fmt::format("cannot read {}: {}", path.string(), strerror(errno)));
  std::string bytes;
  char buffer[1 << 16];
  while (bytes.size() < limit) {
    ssize_t got = read(fd, buffer, std::min<uint64_t>(sizeof buffer, limit - bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      close(fd);
      return base::Fail(fmt::format("cannot read {}: {}", path.string(), strerror(error)));
    }
    if (got == 0) break;
    bytes.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return bytes;
}

}  // namespace unspool::verify
