// `unspool debug types` and `unspool debug callgraph`.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddDebugTypes(CLI::App* debug, int& status);
void AddDebugCallGraph(CLI::App* debug, int& status);

}  // namespace unspool::cli
