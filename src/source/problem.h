// What went wrong with a file, a notebook, a configuration or a write: a record of facts. The
// layer `diagnostics` words it (kinds.def holds the message of each kind, with {0}, {1} standing
// for the arguments), so that the same record can become a line of text, JSON or an LSP answer.
#pragma once

#include "source/line_index.h"

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspool::source {

// clang-format off
enum class ProblemKind : uint8_t {
  // Reading a file.
  FileNotFound, PermissionDenied, IsDirectory, NotRegularFile, ReadFailed, FileTooLarge,
  // Turning bytes into text.
  NullByte, UnknownEncoding, NotTextEncoding, UnsupportedEncoding, EncodingWithBom, Undecodable,
  // Notebooks.
  NotebookSyntax, NotebookShape,
  // Walking folders.
  FolderUnreadable,
  // Configuration.
  ConfigSyntax, ConfigUnknownKey, ConfigType, ConfigValue, ConfigExtend,
  // Comment pragmas.
  PragmaUnknown, PragmaMalformed, PragmaUnmatched,
  // Changing files.
  EditInvalid, EditOverlap, NotEncodable, FileChanged, OutsideRoot, ReadOnlyFile, WriteFailed,
  HardLinked,
};
// clang-format on

struct Problem {
  ProblemKind kind = ProblemKind::ReadFailed;
  std::string path;   // as the user gave it, or as found by the walk
  uint32_t cell = 0;  // 1-based cell of a notebook, 0 where there is none
  Position begin;     // rows and columns in characters; {0, 0} where unknown
  Position end;
  std::vector<std::string> arguments;  // what the wording fills in, in the order kinds.def says
};

template <typename T>
using Outcome = std::expected<T, Problem>;

inline std::unexpected<Problem> Fail(ProblemKind kind, std::string_view path,
                                     std::vector<std::string> arguments = {}, Position begin = {},
                                     Position end = {}) {
  return std::unexpected<Problem>(
      Problem{kind, std::string(path), 0, begin, end, std::move(arguments)});
}

}  // namespace unspool::source
