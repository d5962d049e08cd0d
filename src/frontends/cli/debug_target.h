// What the debug commands that read files on their own have in common.
#pragma once

#include "devtools/source_text.h"

namespace CLI {
class App;
}

namespace unspool::cli {

// `--target-version`
void AddDebugTarget(CLI::App* command, syntax::Version& target);

}  // namespace unspool::cli
