// `unspool verify` and `unspool optimize`: the commands that run the user's program, in copies.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddVerifyCommand(CLI::App& app, int& status);
void AddOptimizeCommand(CLI::App& app, int& status);

}  // namespace unspool::cli
