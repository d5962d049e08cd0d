// The modules beside a script whose import does nothing but bind their names, so that worker
// processes may repeat it: found where Python looks first, read, and analysed as the script is.
#pragma once

#include "semantics/scopes/scopes.h"
#include "source/file.h"
#include "syntax/parse.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace unspool::pipeline {

struct ImportedModule {
  std::string name;
  source::SourceFilePtr file;
  syntax::ParseResult parsed;
  semantics::ScopeTree scopes;
};

struct QuietImports {
  // Of the modules that the script, or one of these modules, imports by one plain name.
  std::set<std::string, std::less<>> names;
  // Those beside the script whose code is not analysed with it, whatever the library has under
  // their names.
  std::set<std::string, std::less<>> others;
  // Those whose code the script can be analysed together with, and what they import in turn:
  // imported by plain statements of the modules, before a main guard, and without star imports.
  std::vector<std::shared_ptr<const ImportedModule>> modules;
};

// Nothing where the script changes where modules are looked for.
QuietImports FindQuietImports(const syntax::Tree& tree, const std::string& path,
                              const syntax::ParseOptions& options);

}  // namespace unspool::pipeline
