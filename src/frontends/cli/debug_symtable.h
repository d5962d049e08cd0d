// `unspool debug symtable`: scopes and symbols as CPython's `symtable` shows them.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddDebugSymtable(CLI::App* debug, int& status);

}  // namespace unspool::cli
