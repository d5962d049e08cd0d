#include "frontends/cli/debug_command.h"

#include "devtools/ast_batch.h"
#include "devtools/parse_run.h"
#include "devtools/source_text.h"
#include "frontends/cli/debug_cfg.h"
#include "frontends/cli/debug_classes.h"
#include "frontends/cli/debug_modules.h"
#include "frontends/cli/debug_symtable.h"
#include "frontends/cli/debug_target.h"
#include "frontends/cli/debug_types.h"
#include "frontends/cli/explain_command.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace unspool::cli {

namespace {

struct AstOptions {
  std::string file;
  syntax::Version target{3, 11};
  bool batch = false;
  bool no_dump = false;
  bool compile = false;
};

void AddAst(CLI::App* debug, int& status) {
  CLI::App* command = debug->add_subcommand(
      "ast", "Print the tree as ast.dump(tree, include_attributes=True, indent=2) does");
  auto options = std::make_shared<AstOptions>();
  CLI::Option* file =
      command->add_option("FILE", options->file, "Python file; - is standard input");
  AddDebugTarget(command, options->target);
  CLI::Option* batch = command->add_flag("--batch", options->batch,
                                         "Read paths from standard input, a line each (or =N and N "
                                         "bytes), and answer each with a line");
  CLI::Option* no_dump =
      command->add_flag("--no-dump", options->no_dump, "With --batch: only parse")->needs(batch);
  command
      ->add_flag("--compile", options->compile,
                 "With --batch: only say whether compile() accepts the file")
      ->needs(batch)
      ->excludes(no_dump);
  batch->excludes(file);
  command->callback([options, &status] {
    if (options->batch) {
      const auto mode = options->compile   ? devtools::BatchMode::Compile
                        : options->no_dump ? devtools::BatchMode::ParseOnly
                                           : devtools::BatchMode::Dump;
      status = devtools::RunAstBatch(stdin, stdout, options->target, mode);
    } else if (options->file.empty()) {
      throw CLI::RequiredError("FILE");
    } else {
      status = devtools::PrintAst(options->file, options->target);
    }
  });
}

struct ParseOptions {
  std::vector<std::string> paths;
  devtools::ParseRunOptions run;
};

void AddParse(CLI::App* debug, int& status) {
  CLI::App* command = debug->add_subcommand("parse", "Parse files and folders, print totals");
  auto options = std::make_shared<ParseOptions>();
  command->add_option("FILE", options->paths, "Python files and folders of them")->required();
  AddDebugTarget(command, options->run.target);
  command->add_option("--threads", options->run.threads, "Number of threads (default 1)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--keep", options->run.keep, "Keep all trees to the end, to measure memory");
  command->add_flag("--quiet", options->run.quiet, "Print no line for each error");
  command->callback(
      [options, &status] { status = devtools::RunParse(options->paths, options->run); });
}

}  // namespace

void AddDebugCommand(CLI::App& app, int& status) {
  CLI::App* debug = app.add_subcommand("debug", "Print what a phase makes of a file");
  debug->require_subcommand(1);
  AddAst(debug, status);
  AddDebugCallGraph(debug, status);
  AddDebugCfg(debug, status);
  AddDebugClasses(debug, status);
  AddDebugLoops(debug, status);
  AddDebugModules(debug, status);
  AddParse(debug, status);
  AddDebugSymtable(debug, status);
  AddDebugTypes(debug, status);
}

}  // namespace unspool::cli
