#include "frontends/cli/debug_classes.h"

#include "devtools/class_run.h"
#include "devtools/source_text.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

void AddDebugClasses(CLI::App* debug, int& status) {
  struct Options {
    std::vector<std::string> paths;
    std::string format = "text";
    devtools::ClassRunOptions run;
  };
  CLI::App* command = debug->add_subcommand(
      "classes", "Print the classes, functions and types that files or modules declare");
  auto options = std::make_shared<Options>();
  CLI::Option* paths =
      command->add_option("PATH", options->paths, "Python files and folders of them");
  CLI::Option* modules =
      command->add_option("--module", options->run.modules,
                          "Modules by name: what their stub declares, or else their source");
  command->add_option("--output-format", options->format, "text or json (default text)")
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--python", options->run.python,
                      "Interpreter whose modules are meant, or the folder of a virtual environment "
                      "(default: virtual environment, python3); it runs nothing of the project");
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
  command->add_flag("--time", options->run.time, "Say on standard error what it took");
  command->add_option("--threads", options->run.threads, "Number of threads (default: all cores)")
      ->check(CLI::Range(1, 1024));
  command->callback([options, paths, modules, &status] {
    if (paths->empty() && modules->empty()) throw CLI::RequiredError("PATH or --module");
    options->run.json = options->format == "json";
    status = devtools::RunClasses(options->paths, options->run);
  });
}

}  // namespace unspool::cli
