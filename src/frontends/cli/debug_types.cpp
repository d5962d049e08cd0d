#include "frontends/cli/debug_types.h"

#include "devtools/source_text.h"
#include "devtools/type_run.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string format = "text";
  devtools::TypeRunOptions run;
};

std::shared_ptr<Options> AddOptions(CLI::App* command) {
  auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "Python files and folders of them")->required();
  command->add_option("--output-format", options->format, "text or json (default text)")
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--function", options->run.function,
                      "Only of this function, by its qualified name (`Class.method`)");
  command->add_flag("--closed-world", options->run.closed_world,
                    "Nothing but the files given calls their functions");
  command->add_flag("--statistics", options->run.statistics, "Print totals only");
  command->add_option("--python", options->run.modules.python,
                      "Interpreter whose modules are meant, or the folder of a virtual environment "
                      "(default: configuration, virtual environment, python3); it runs nothing of "
                      "the project");
  command
      ->add_option_function<std::string>(
          "--target-version",
          [options](const std::string& text) {
            options->run.modules.target = *devtools::ParseVersion(text);
          },
          "Version of Python to read conditions for (default: the interpreter's)")
      ->check([](const std::string& text) {
        return devtools::ParseVersion(text) ? std::string() : "must be a version from 3.8 to 3.15";
      });
  command
      ->add_option("--threads", options->run.modules.threads,
                   "Number of threads (default: all cores)")
      ->check(CLI::Range(1, 1024));
  return options;
}

}  // namespace

void AddDebugTypes(CLI::App* debug, int& status) {
  CLI::App* command =
      debug->add_subcommand("types", "Print the types that variables and results may have");
  auto options = AddOptions(command);
  command->callback([options, &status] {
    options->run.modules.json = options->format == "json";
    status = devtools::RunTypes(options->paths, options->run);
  });
}

void AddDebugCallGraph(CLI::App* debug, int& status) {
  CLI::App* command = debug->add_subcommand("callgraph", "Print what each call may reach");
  auto options = AddOptions(command);
  command->callback([options, &status] {
    options->run.modules.json = options->format == "json";
    status = devtools::RunCallGraph(options->paths, options->run);
  });
}

}  // namespace unspool::cli
