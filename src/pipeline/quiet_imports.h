// The modules beside a script whose import does nothing but bind their names, so that worker
// processes may repeat it: found where Python looks first, read, and analysed as the script is.
#pragma once

#include "syntax/parse.h"

#include <set>
#include <string>

namespace unspool::pipeline {

// Of the modules that the tree imports by one plain name. Nothing where the script changes where
// modules are looked for.
std::set<std::string, std::less<>> QuietImports(const syntax::Tree& tree, const std::string& path,
                                                const syntax::ParseOptions& options);

}  // namespace unspool::pipeline
