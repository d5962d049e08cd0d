// `unspool debug modules`.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddDebugModules(CLI::App* debug, int& status);

}  // namespace unspool::cli
