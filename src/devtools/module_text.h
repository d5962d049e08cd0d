// A program's modules and imports in words and as JSON.
#pragma once

#include "semantics/modules/program.h"

#include <string>

namespace unspool::devtools {

// Paths below the current folder are shown relative to it; others are left out.
std::string ModulesText(const semantics::Program& program);

// {"python", "roots", "modules", "imports", "circles"}; paths are absolute.
std::string ModulesJson(const semantics::Program& program);

}  // namespace unspool::devtools
