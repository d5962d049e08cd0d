// `unspool debug ...`: prints what a phase makes of a file.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

// Adds the command. The command that is chosen writes its exit code to `status`.
void AddDebugCommand(CLI::App& app, int& status);

}  // namespace unspool::cli
