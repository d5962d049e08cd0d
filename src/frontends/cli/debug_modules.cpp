#include "frontends/cli/debug_modules.h"

#include "devtools/module_run.h"
#include "devtools/source_text.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

void AddDebugModules(CLI::App* debug, int& status) {
  struct Options {
    std::vector<std::string> paths;
    std::string format = "text";
    devtools::ModuleRunOptions run;
  };
  CLI::App* command = debug->add_subcommand("modules", "Print which module every import leads to");
  auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "Python files and folders of them")->required();
  command->add_option("--output-format", options->format, "text or json (default text)")
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--python", options->run.python,
                      "Interpreter whose modules are meant, or the folder of a virtual environment "
                      "(default: configuration, virtual environment, python3); it runs nothing of "
                      "the project");
  command
      ->add_option_function<std::string>(
          "--target-version",
          [options](const std::string& text) {
            options->run.target = *devtools::ParseVersion(text);
          },
          "Version of Python to read conditions for (default: the interpreter's)")
      ->check([](const std::string& text) {
        return devtools::ParseVersion(text) ? std::string() : "must be a version from 3.8 to 3.15";
      });
  command->add_flag("--reached", options->run.reached,
                    "Also what imports lead to, and what that imports");
  command->add_option("--threads", options->run.threads, "Number of threads (default: all cores)")
      ->check(CLI::Range(1, 1024));
  command->callback([options, &status] {
    options->run.json = options->format == "json";
    status = devtools::RunModules(options->paths, options->run);
  });
}

}  // namespace unspool::cli
