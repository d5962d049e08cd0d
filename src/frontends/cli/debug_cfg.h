// `unspool debug cfg FILE...`.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddDebugCfg(CLI::App* debug, int& status);

}  // namespace unspool::cli
