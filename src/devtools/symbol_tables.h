// `unspool debug symtable`: the scopes of files as CPython's `symtable` module shows them.
#pragma once

#include "source/file.h"
#include "syntax/parse.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::devtools {

struct SymbolTableOptions {
  syntax::Version target{3, 11};
  bool json = false;
  // Only tables of this name, with those inside them.
  std::optional<std::string> function;
};

// Exit codes: 0; 1 where CPython refuses a file or there is no such function; 2 where a file could
// not be read.
int PrintSymbolTables(const std::vector<std::string>& paths, const SymbolTableOptions& options);

// The text form of one file, or the first error in it. Symbols are sorted by name.
struct SymbolTableText {
  std::string text;
  std::vector<syntax::SyntaxError> errors;
};
SymbolTableText SymbolTablesOf(const source::SourceFile& file, const syntax::Tree& tree,
                               syntax::Version target);

}  // namespace unspool::devtools
