// `unspool debug cfg`: the control-flow graph of each frame of some files, and what data flow says
// of it.
#pragma once

#include "syntax/parse.h"

#include <string>
#include <vector>

namespace unspool::devtools {

enum class CfgFormat : uint8_t { Text, Json, Dot };

struct CfgPrintOptions {
  syntax::Version target{3, 11};
  CfgFormat format = CfgFormat::Text;
  std::string function;      // only frames of this name, or qualified name
  bool liveness = false;     // the variables live before each node
  bool bound = false;        // those certainly bound there
  bool definitions = false;  // for what a node reads, where it may have been bound last
  bool dominators = false;   // immediate dominators and post-dominators, and loops
};

// Exit code: 0; 1 where a file has a syntax error or there is no such function; 2 where one could
// not be read.
int PrintCfgs(const std::vector<std::string>& paths, const CfgPrintOptions& options);

}  // namespace unspool::devtools
