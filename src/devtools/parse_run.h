// `unspool debug parse`: parses files and folders and counts.
#pragma once

#include "syntax/parse.h"

#include <string>
#include <vector>

namespace unspool::devtools {

struct ParseRunOptions {
  syntax::Version target{3, 11};
  int threads = 1;
  bool keep = false;   // keep texts and trees to the end, to measure memory
  bool quiet = false;  // no line for each error
};

// Exit code: 0 where every file is accepted, 1 where one is not, 2 where one could not be read.
int RunParse(const std::vector<std::string>& paths, const ParseRunOptions& options);

}  // namespace unspool::devtools
