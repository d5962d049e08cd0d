// A folder of our own that goes away with its owner, also where a program has taken away
// permissions below it.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace unspool::verify {

class TemporaryFolder {
 public:
  // `parent` empty: TMPDIR or /tmp.
  static base::Result<TemporaryFolder> Create(const std::filesystem::path& parent);

  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

// Removes a folder and all below it; symbolic links are not followed.
base::Result<void> RemoveTree(const std::filesystem::path& path);

base::Result<void> WriteBytes(const std::filesystem::path& path, std::string_view bytes);
base::Result<std::string> ReadAll(const std::filesystem::path& path, uint64_t limit);

}  // namespace unspool::verify
