#include "verify/runner.h"

#include "verify/hook_source.h"

#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

extern char** environ;

namespace unspool::verify {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kHashSeed = "0";
// Interpreters that the program starts get another one, as they would without a fixed seed: a
// program that ships the order of a set between processes must not pass.
constexpr std::string_view kWorkerHashSeed = "1";

constexpr std::string_view kProbe = R"(
import json, multiprocessing, platform, sys, sysconfig
if sys.version_info < (3, 8):
    sys.exit("version " + platform.python_version() + " is too old, 3.8 or newer is needed")
print(json.dumps({
    "executable": sys.executable,
    "version": platform.python_version(),
    "implementation": platform.python_implementation(),
    "build": " ".join(platform.python_build()) + ", " + platform.python_compiler(),
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "start_method": multiprocessing.get_start_method(),
}))
)";

bool IsExecutable(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

// As a shell finds it. Links are kept: the interpreter of a virtual environment is one.
base::Result<fs::path> FindExecutable(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    fs::path path = fs::absolute(name).lexically_normal();
    if (IsExecutable(path)) return path;
    return base::Fail(fmt::format("no interpreter at {}", path.string()));
  }
  const char* variable = std::getenv("PATH");
  std::string_view folders = variable ? variable : "/usr/local/bin:/usr/bin:/bin";
  while (true) {
    size_t colon = folders.find(':');
    fs::path path = fs::path(folders.substr(0, colon)) / name;
    if (IsExecutable(path)) return fs::absolute(path);
    if (colon == std::string_view::npos) break;
    folders.remove_prefix(colon + 1);
  }
  return base::Fail(fmt::format("no interpreter named {} on PATH", name));
}

std::string Quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

// The copy has the name of the original, for programs that show it.
static fs::path PlaceIn(const fs::path& folder, const fs::path& root) {
  std::error_code error;
  fs::path real = fs::canonical(root, error);
  fs::path name = error ? fs::path("work") : real.filename();
  return folder / "run" / (name.empty() ? fs::path("work") : name);
}

Runner::Runner(const Subject& subject, const RunOptions& options, TemporaryFolder folder)
    : subject_(subject),
      options_(options),
      folder_(std::move(folder)),
      workspace_(subject_, options_, PlaceIn(folder_.path(), subject_.root)) {}

base::Result<std::unique_ptr<Runner>> Runner::Create(const Subject& subject,
                                                     const RunOptions& options) {
  std::error_code error;
  if (!fs::is_directory(subject.root, error)) {
    return base::Fail(fmt::format("{} is not a folder", subject.root.string()));
  }
  if (subject.module.empty() && subject.script.is_absolute()) {
    return base::Fail(fmt::format("the script {} does not lie below {}", subject.script.string(),
                                  subject.root.string()));
  }
  auto folder = TemporaryFolder::Create(options.temporary_folder);
  if (!folder) return std::unexpected(folder.error());
  std::unique_ptr<Runner> runner(new Runner(subject, options, std::move(*folder)));
  for (const fs::path& part :
       {runner->hook_folder(), runner->folder_.path() / "record", runner->folder_.path() / "tmp"}) {
    fs::create_directories(part, error);
    if (error)
      return base::Fail(fmt::format("cannot create {}: {}", part.string(), error.message()));
  }
  auto written = WriteBytes(runner->hook_folder() / "sitecustomize.py",
                            std::string_view(kHookSource, sizeof kHookSource));
  if (!written) return std::unexpected(written.error());
  if (auto probed = runner->Probe(); !probed) return std::unexpected(probed.error());
  return runner;
}

base::Result<void> Runner::Probe() {
  auto executable = FindExecutable(subject_.python);
  if (!executable) return std::unexpected(executable.error());
  ProcessSpec spec;
  spec.arguments = {executable->string(), "-c", std::string(kProbe)};
  for (char** entry = environ; *entry; ++entry) spec.environment.emplace_back(*entry);
  spec.working_folder = (folder_.path() / "tmp").string();
  spec.stdout_path = (folder_.path() / "probe.out").string();
  spec.stderr_path = (folder_.path() / "probe.err").string();
  spec.timeout = std::chrono::seconds(60);
  spec.output_limit = 1 << 20;
  auto outcome = RunProcess(spec, options_.cancelled);
  if (!outcome) return std::unexpected(outcome.error());
  auto text = ReadAll(spec.stdout_path, 1 << 20);
  if (!text) return std::unexpected(text.error());
  try {
    auto object = nlohmann::json::parse(*text);
    interpreter_.executable = object.at("executable");
    interpreter_.version = object.at("version");
    interpreter_.implementation = object.at("implementation");
    interpreter_.build = object.at("build");
    interpreter_.free_threaded = object.at("free_threaded");
    interpreter_.default_start_method = object.at("start_method");
  } catch (const nlohmann::json::exception&) {
    auto errors = ReadAll(spec.stderr_path, 2000);
    std::string last = errors ? *errors : std::string();
    while (!last.empty() && last.back() == '\n') last.pop_back();
    last = last.substr(last.find_last_of('\n') + 1);
    return base::Fail(fmt::format("{} is not a usable Python interpreter{}{}", executable->string(),
                                  last.empty() ? "" : ": ", last));
  }
  // Past launchers that only look for it, at no cost in every run.
  if (!IsExecutable(interpreter_.executable)) interpreter_.executable = executable->string();
  return {};
}

std::vector<std::string> Runner::Environment() const {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry; ++entry) {
    std::string_view text = *entry;
    size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : options_.environment) variables[name] = value;
  if (!variables.contains("PYTHONHASHSEED") || variables["PYTHONHASHSEED"] == "random") {
    variables["PYTHONHASHSEED"] = kHashSeed;
  }
  const std::string users_path = variables["PYTHONPATH"];
  variables["PYTHONPATH"] = hook_folder().string() + (users_path.empty() ? "" : ":") + users_path;
  variables["UNSPOOL_RUN"] = (folder_.path() / "record").string();
  variables["TMPDIR"] = (folder_.path() / "tmp").string();
  // Where a shell would say it is; also used by programs to find themselves.
  variables["PWD"] = (place() / subject_.working_folder).lexically_normal().string();
  variables.erase("OLDPWD");
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

std::vector<std::string> Runner::Arguments() const {
  std::vector<std::string> arguments = {interpreter_.executable};
  if (!subject_.module.empty()) {
    arguments.insert(arguments.end(), {"-m", subject_.module});
  } else {
    arguments.push_back(subject_.working_folder.empty()
                            ? subject_.script.string()
                            : subject_.script.lexically_relative(subject_.working_folder).string());
    // A name that begins with a dash is no option.
    if (arguments.back().starts_with('-')) arguments.back().insert(0, "./");
  }
  arguments.insert(arguments.end(), subject_.arguments.begin(), subject_.arguments.end());
  return arguments;
}

std::string Runner::CommandLine() const {
  std::vector<std::string> arguments = Arguments();
  arguments[0] = subject_.python;
  std::string line;
  for (const std::string& argument : arguments) {
    if (!line.empty()) line += ' ';
    line += Quoted(argument);
  }
  if (!options_.stdin_file.empty()) line += " < " + Quoted(options_.stdin_file.string());
  return line;
}

base::Result<void> Runner::WriteOptions(const RunConfig& config, bool watch) const {
  const fs::path record = folder_.path() / "record";
  std::error_code error;
  for (fs::directory_iterator it(record, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    fs::remove_all(it->path(), ignored);
  }
  std::string text;
  if (config.start_method != StartMethod::Default) {
    text += fmt::format("start_method={}\n", StartMethodName(config.start_method));
  }
  if (config.workers > 0) text += fmt::format("workers={}\n", config.workers);
  const char* seed = std::getenv("PYTHONHASHSEED");
  if ((!seed || std::string_view(seed) == "random") &&
      !options_.environment.contains("PYTHONHASHSEED")) {
    text += fmt::format("worker_hash_seed={}\n", kWorkerHashSeed);
  }
  if (watch) text += "watch=1\n";
  return WriteBytes(record / "options", text);
}

base::Result<void> Runner::ReadRecord(Run& run) const {
  const fs::path folder = folder_.path() / "record";
  std::error_code error;
  const bool complete =
      run.process.ending == Ending::Exited || run.process.ending == Ending::Signalled;
  if (!fs::exists(folder / "claim", error)) {
    // One that was ended at once may not have come that far.
    if (complete && run.process.ending == Ending::Exited) {
      return base::Fail(std::string(kHookDidNotRun));
    }
    return {};
  }
  run.asked_machine = fs::exists(folder / "asked", error);
  if (!complete || !fs::exists(folder / "record.json", error)) return {};
  auto text = ReadAll(folder / "record.json", uint64_t{64} << 20);
  if (!text) return std::unexpected(text.error());
  auto record = ParseHookRecord(*text);
  if (!record) return std::unexpected(record.error());
  // `sys.last_value` may also be left from an exception that was shown and survived.
  if (run.process.ending == Ending::Signalled || run.process.exit_code != 0) {
    run.exception = std::move(record->exception);
  }
  run.max_rss_kib = record->peak_kib;
  return {};
}

base::Result<Run> Runner::Execute(Side side, const RunConfig& config, bool watch) {
  if (options_.cancelled && options_.cancelled->load()) {
    return base::Fail(std::string(kInterrupted));
  }
  if (auto prepared = workspace_.Prepare(side); !prepared) {
    return std::unexpected(prepared.error());
  }
  // What an earlier run left there is not this one's.
  const fs::path temporary = folder_.path() / "tmp";
  if (auto removed = RemoveTree(temporary); !removed) return std::unexpected(removed.error());
  std::error_code error;
  fs::create_directory(temporary, error);
  if (auto written = WriteOptions(config, watch); !written) {
    return std::unexpected(written.error());
  }
  auto storage = TemporaryFolder::Create(folder_.path());
  if (!storage) return std::unexpected(storage.error());

  Run run;
  run.side = side;
  run.config = config;
  run.storage = std::make_shared<TemporaryFolder>(std::move(*storage));
  run.stdout_path = run.storage->path() / "stdout";
  run.stderr_path = run.storage->path() / "stderr";

  ProcessSpec spec;
  spec.arguments = Arguments();
  spec.environment = Environment();
  spec.working_folder = (place() / subject_.working_folder).lexically_normal().string();
  spec.stdin_path = options_.stdin_file.empty() ? "/dev/null" : options_.stdin_file.string();
  spec.stdout_path = options_.close_stdout ? std::string() : run.stdout_path.string();
  spec.stderr_path = run.stderr_path.string();
  spec.timeout = options_.timeout;
  spec.grace = options_.grace;
  spec.output_limit = options_.output_limit;
  auto outcome = RunProcess(spec, options_.cancelled);
  if (!outcome) return std::unexpected(outcome.error());
  run.process = std::move(*outcome);
  run.max_rss_kib = run.process.max_rss_kib;
  if (auto read = ReadRecord(run); !read) return std::unexpected(read.error());
  if (options_.close_stdout) {
    if (auto written = WriteBytes(run.stdout_path, ""); !written) {
      return std::unexpected(written.error());
    }
  }
  const fs::path files = run.storage->path() / "files";
  fs::create_directory(files, error);
  auto changes = workspace_.Collect(files);
  if (!changes) return std::unexpected(changes.error());
  run.changes = std::move(*changes);
  return run;
}

}  // namespace unspool::verify
