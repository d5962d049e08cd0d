// Writing the user's files so that no byte is ever lost: only when nothing else has changed the
// file since it was read, into a new file in the same folder, synced, then exchanged for the old
// one. Killed at any moment, the file is the old one or the new one, whole. Mode and owner are
// kept; a file with several names (hard links) is refused, as it would lose the others.
#pragma once

#include "source/file.h"
#include "source/problem.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace unspool::source {

struct FileChange {
  std::string path;
  ContentHash expected;  // of the bytes the change was computed from
  std::string bytes;
};

struct WriteOptions {
  // Links are followed only to targets below this folder. Empty: links are not followed at all.
  std::string root;
  // Called when nothing but the renaming is left to do; what it gives back instead stops it.
  std::function<Outcome<void>()> ready;
};

// All changes are validated and their temporary files written before the first rename; a change
// that is refused stops all, with nothing written. Returns the problems of renames that failed, as
// the disk may fail in between: files before them are written, files after them are tried too.
std::vector<Problem> WriteAll(std::span<const FileChange> changes, const WriteOptions& options);

// For files of our own (reports, profiles): creates or replaces; a pipe or a device is written to.
Outcome<void> WriteNew(const std::string& path, std::string_view bytes);
// A file that was not there, whole; FileChanged where there is one by now.
Outcome<void> CreateFile(const std::string& path, std::string_view bytes);

}  // namespace unspool::source
