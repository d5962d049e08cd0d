// Runs one version of a subject once: fresh copy of the folder, start-up hook, command, bounds; and
// gathers everything that can be observed from outside.
//
// Every run of one Runner has the same paths, environment and hash seed. Runs follow one another:
// a Runner is used by one thread.
#pragma once

#include "base/result.h"
#include "verify/exception_record.h"
#include "verify/process.h"
#include "verify/run_options.h"
#include "verify/subject.h"
#include "verify/temporary_folder.h"
#include "verify/workspace.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace unspool::verify {

// The interpreter as it describes itself.
struct Interpreter {
  std::string executable;
  std::string version;         // "3.11.2"
  std::string implementation;  // "CPython"
  std::string build;           // compiler and date
  bool free_threaded = false;
  std::string default_start_method;
};

struct Run {
  Side side = Side::Original;
  RunConfig config;
  ProcessOutcome process;
  Changes changes;
  std::optional<ExceptionRecord> exception;  // uncaught, ended the program
  bool asked_machine = false;                // may depend on RunConfig
  int64_t max_rss_kib = 0;
  std::filesystem::path stdout_path;
  std::filesystem::path stderr_path;
  std::shared_ptr<TemporaryFolder> storage;  // holds the files named above and in `changes`
};

class Runner {
 public:
  static base::Result<std::unique_ptr<Runner>> Create(const Subject& subject,
                                                      const RunOptions& options);

  // `watch`: force `config` and note whether the program looks at what it forces. Without it the
  // hook only records the exception, as suits a measurement.
  base::Result<Run> Execute(Side side, const RunConfig& config, bool watch);

  const Interpreter& interpreter() const { return interpreter_; }
  const Subject& subject() const { return subject_; }
  const RunOptions& options() const { return options_; }
  const Workspace& workspace() const { return workspace_; }
  // As the user would type it.
  std::string CommandLine() const;
  // The path of the copy, as the program sees it.
  const std::filesystem::path& place() const { return workspace_.place(); }
  std::filesystem::path hook_folder() const { return folder_.path() / "hook"; }

 private:
  Runner(const Subject& subject, const RunOptions& options, TemporaryFolder folder);

  base::Result<void> Probe();
  base::Result<void> WriteOptions(const RunConfig& config, bool watch) const;
  std::vector<std::string> Environment() const;
  std::vector<std::string> Arguments() const;
  base::Result<void> ReadRecord(Run& run) const;

  const Subject subject_;
  const RunOptions options_;
  TemporaryFolder folder_;
  Workspace workspace_;
  Interpreter interpreter_;
};

// The error message of a start-up hook that was not run.
inline constexpr std::string_view kHookDidNotRun =
    "the interpreter did not run the start-up hook: it must honour PYTHONPATH and import site";

}  // namespace unspool::verify
