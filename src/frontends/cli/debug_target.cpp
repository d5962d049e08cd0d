#include "frontends/cli/debug_target.h"

#include <CLI/CLI.hpp>
#include <string>

namespace unspool::cli {

void AddDebugTarget(CLI::App* command, syntax::Version& target) {
  command
      ->add_option_function<std::string>(
          "--target-version",
          [&target](const std::string& text) { target = *devtools::ParseVersion(text); },
          "Version of Python to parse as: 3.8 to 3.15 or py38 to py315 (default 3.11)")
      ->check([](const std::string& text) {
        return devtools::ParseVersion(text) ? std::string() : "must be a version from 3.8 to 3.15";
      });
}

}  // namespace unspool::cli
