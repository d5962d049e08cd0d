// The executable: reads the command line, runs one command, returns its exit code.
#include "frontends/cli/check_command.h"
#include "frontends/cli/common_options.h"
#include "frontends/cli/debug_command.h"
#include "frontends/cli/explain_command.h"
#include "frontends/cli/run_commands.h"
#include "version.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace {

// A file opened in the place of a closed standard stream would get what is printed. Reads and
// writes of what is put there instead fail, as before.
void OccupyStandardStreams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
    if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) _exit(2);
  }
}

}  // namespace

int main(int argc, char** argv) {
  OccupyStandardStreams();
  CLI::App app("Proves, rewrites and measures parallel versions of sequential Python", "unspool");
  app.set_version_flag("--version", "unspool " + std::string(unspool::kVersion));
  app.require_subcommand(1);
  int status = 0;
  unspool::cli::AddCheckCommand(app, status);
  unspool::cli::AddExplainCommand(app, status);
  unspool::cli::AddVerifyCommand(app, status);
  unspool::cli::AddOptimizeCommand(app, status);
  unspool::cli::AddRuleCommand(app, status);
  unspool::cli::AddDebugCommand(app, status);
  auto arguments = unspool::cli::ExpandArgumentFiles(argc, argv);
  if (!arguments) return 2;
  // CLI11 takes them last first.
  std::reverse(arguments->begin(), arguments->end());
  try {
    app.parse(*arguments);
  } catch (const CLI::ParseError& error) {
    // Anything but a request for help is a usage error.
    return app.exit(error) == 0 ? 0 : 2;
  }
  return status;
}
