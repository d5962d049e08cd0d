// `unspool check`: finds candidates in files, shows them, and applies what may be applied.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddCheckCommand(CLI::App& app, int& status);

}  // namespace unspool::cli
