#include "frontends/cli/debug_cfg.h"

#include "devtools/cfg_print.h"
#include "devtools/source_text.h"

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

namespace {

struct CfgOptions {
  std::vector<std::string> paths;
  devtools::CfgPrintOptions print;
};

}  // namespace

void AddDebugCfg(CLI::App* debug, int& status) {
  CLI::App* command = debug->add_subcommand(
      "cfg", "Print the control-flow graph of each function, class and module");
  auto options = std::make_shared<CfgOptions>();
  devtools::CfgPrintOptions& print = options->print;
  command->add_option("FILE", options->paths, "Python files; - is standard input")->required();
  const std::map<std::string, devtools::CfgFormat> formats = {{"text", devtools::CfgFormat::Text},
                                                              {"json", devtools::CfgFormat::Json},
                                                              {"dot", devtools::CfgFormat::Dot}};
  command
      ->add_option_function<std::string>(
          "--output-format",
          [&print, formats](const std::string& text) { print.format = formats.at(text); },
          "text (default), json or dot (for Graphviz)")
      ->check(CLI::IsMember({"text", "json", "dot"}));
  command->add_option("--function", print.function,
                      "Only what has this name, or this qualified name");
  command->add_flag("--liveness", print.liveness, "The variables live before each node");
  command->add_flag("--bound", print.bound, "The variables certainly bound before each node");
  command->add_flag("--definitions", print.definitions,
                    "Where the variables that a node reads may have been bound last");
  command->add_flag("--dominators", print.dominators,
                    "Immediate dominators and post-dominators, and loops");
  command
      ->add_option_function<std::string>(
          "--target-version",
          [&print](const std::string& text) { print.target = *devtools::ParseVersion(text); },
          "Version of Python to parse as: 3.8 to 3.15 or py38 to py315 (default 3.11)")
      ->check([](const std::string& text) {
        return devtools::ParseVersion(text) ? std::string() : "must be a version from 3.8 to 3.15";
      });
  command->callback(
      [options, &status] { status = devtools::PrintCfgs(options->paths, options->print); });
}

}  // namespace unspool::cli
