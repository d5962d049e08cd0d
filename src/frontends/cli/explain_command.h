// `unspool explain FILE:LINE` and `unspool rule [CODE]`: what is known, in words.
#pragma once

namespace CLI {
class App;
}

namespace unspool::cli {

void AddExplainCommand(CLI::App& app, int& status);
void AddRuleCommand(CLI::App& app, int& status);
// `unspool debug loops`.
void AddDebugLoops(CLI::App* debug, int& status);

}  // namespace unspool::cli
