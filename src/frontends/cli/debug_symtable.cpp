#include "frontends/cli/debug_symtable.h"

#include "devtools/ast_batch.h"
#include "devtools/symbol_tables.h"
#include "frontends/cli/debug_target.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

namespace {

struct SymtableOptions {
  std::vector<std::string> files;
  devtools::SymbolTableOptions tables;
  std::string format = "text";
  std::string function;
  bool batch = false;
};

}  // namespace

void AddDebugSymtable(CLI::App* debug, int& status) {
  CLI::App* command = debug->add_subcommand(
      "symtable", "Print scopes, their symbols and, as JSON, what binds them");
  auto options = std::make_shared<SymtableOptions>();
  CLI::Option* files =
      command->add_option("FILE", options->files, "Python files; - is standard input");
  AddDebugTarget(command, options->tables.target);
  CLI::Option* format =
      command->add_option("--output-format", options->format, "text (default) or json")
          ->check(CLI::IsMember({"text", "json"}));
  CLI::Option* function =
      command->add_option("--function", options->function,
                          "Only functions and classes of this name, with what is in them");
  command
      ->add_flag("--batch", options->batch,
                 "Read paths from standard input, a line each (or =N and N bytes), and answer each "
                 "with a line and the tables")
      ->excludes(files)
      ->excludes(format)
      ->excludes(function);
  command->callback([options, &status] {
    if (options->batch) {
      status = devtools::RunAstBatch(stdin, stdout, options->tables.target,
                                     devtools::BatchMode::SymbolTables);
      return;
    }
    if (options->files.empty()) throw CLI::RequiredError("FILE");
    options->tables.json = options->format == "json";
    if (!options->function.empty()) options->tables.function = options->function;
    status = devtools::PrintSymbolTables(options->files, options->tables);
  });
}

}  // namespace unspool::cli
