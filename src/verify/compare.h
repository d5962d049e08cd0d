// Compares two runs in everything that can be observed from outside: how they ended, what they
// printed, the exception that ended them, the files they left, the processes they left.
//
// In: two finished runs of one Runner. Out: the differences, in a fixed order. Equal means none.
#pragma once

#include "base/result.h"
#include "verify/runner.h"
#include "verify/traceback.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

enum class DifferenceKind : uint8_t {
  Ending,  // exited, signalled, timed out
  ExitCode,
  Stdout,
  Stderr,
  ExceptionType,
  ExceptionArguments,
  ExceptionMessage,
  ExceptionNotes,
  ExceptionFrames,
  ExceptionChain,  // cause, context or members of a group
  FileMissing,     // the second run lacks it
  FileExtra,       // the first run lacks it
  FileContent,
  FileMode,
  FileType,   // file, folder, link
  Survivors,  // processes left running
};

// "exit-code", "file-content".
std::string_view DifferenceKindName(DifferenceKind kind);

struct Difference {
  DifferenceKind kind = DifferenceKind::Ending;
  std::string place;      // "stdout, line 3"; a path; "cause of the exception"
  std::string original;   // excerpt
  std::string rewritten;  // excerpt
  RunConfig config;       // of the rewritten run

  // Differences of one channel are not told apart when the original differs from itself there.
  std::string Channel() const;
};

class Comparer {
 public:
  explicit Comparer(const Runner& runner);

  base::Result<std::vector<Difference>> Compare(const Run& original, const Run& rewritten) const;

 private:
  const Runner& runner_;
  FrameNormaliser frames_;
};

// Valid UTF-8 on one line, at most `limit` bytes, other bytes as \xNN.
std::string Excerpt(std::string_view bytes, size_t limit = 200);

}  // namespace unspool::verify
