// `unspool debug classes`.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddDebugClasses(CLI::App* debug, int& status);

}  // namespace unspool::cli
