// The executable: reads the command line, runs one command, returns its exit code.
#include "frontends/cli/debug_command.h"
#include "version.h"

#include <CLI/CLI.hpp>

#include <string>

int main(int argc, char** argv) {
  CLI::App app("Proves, rewrites and measures parallel versions of sequential Python", "unspool");
  app.set_version_flag("--version", "unspool " + std::string(unspool::kVersion));
  app.require_subcommand(1);
  int status = 0;
  unspool::cli::AddDebugCommand(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Anything but a request for help is a usage error.
    return app.exit(error) == 0 ? 0 : 2;
  }
  return status;
}
