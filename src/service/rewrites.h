// Changes to files, made ready before the first byte is written: the rewritten sources and, beside
// them, the support module. Each file is written whole or not at all, and a source never without
// the support module it imports.
#pragma once

#include "diagnostics/diagnostic.h"
#include "source/file.h"

#include <string>
#include <string_view>
#include <vector>

namespace unspool::service {

struct Rewrite {
  std::string path;
  bool created = false;  // the support module
  std::string support;   // of a source: where its support module is
  source::ContentHash expected;
  std::string old_bytes;
  std::string new_bytes;
  std::string old_text;  // decoded, for diffs
  std::string new_text;
};

// Unified diffs of all, in order. `color` is for the caller: see diagnostics::PaintDiff.
std::string DiffOf(const std::vector<Rewrite>& rewrites);

// The support module beside a file, if it has to be added; a problem where another file has its
// name. Called `beside` as the user would write it.
struct SupportFile {
  std::string path;
  bool missing = false;
  std::optional<diagnostics::Diagnostic> problem;
};
SupportFile SupportFileFor(const std::string& beside);
Rewrite SupportRewrite(const std::string& path);

struct WriteResult {
  std::vector<std::string> written;  // paths of sources and of support modules
  std::vector<diagnostics::Diagnostic> problems;
};
// Creates support modules and writes the sources; what is refused of one file stops no other.
// `root`: links are followed only below it.
WriteResult WriteRewrites(const std::vector<Rewrite>& rewrites, const std::string& root);

}  // namespace unspool::service
