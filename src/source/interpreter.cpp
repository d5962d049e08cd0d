#include "source/interpreter.h"

#include "source/folder_cache.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>

namespace unspool::source {

namespace {

// Answers a record a fact: how many fields, then the fields, each ended by a NUL. `import site`
// under -S only defines functions; they know the folders of this build (Debian's differ).
constexpr const char* kQuestion = R"py(
import sys
import site, os
out = []
def put(*fields):
    out.append(b"%d\0" % len(fields))
    for field in fields:
        out.append(os.fsencode(str(field)) + b"\0")
for key, module in sorted(sys.modules.items()):
    spec = getattr(module, "__spec__", None)
    if key != "__main__":
        put("preloaded", key, getattr(spec, "name", None) or key)
put("executable", sys.executable)
put("version", sys.version_info[0], sys.version_info[1])
put("platform", sys.platform, os.name, sys.implementation.name, sys.byteorder, int(sys.maxsize > 2**32))
put("path", *sys.path)
put("builtin", *sorted(sys.builtin_module_names))
import _imp
put("suffixes", *_imp.extension_suffixes())
try:
    frozen = _imp._frozen_module_names()
except AttributeError:
    frozen = list(getattr(sys, "stdlib_module_names", ()))
    frozen += ["_frozen_importlib", "_frozen_importlib_external", "zipimport", "__hello__", "__phello__", "__phello__.spam"]
from _frozen_importlib import FrozenImporter
for name in sorted(set(frozen)):
    spec = FrozenImporter.find_spec(name)
    if spec is not None:
        state = getattr(spec, "loader_state", None)
        places = spec.submodule_search_locations
        put("frozen", name, int(places is not None), getattr(state, "filename", None) or "", *(places or ()))
config = ""
folder = os.path.dirname(os.path.abspath(sys.executable))
for place in (folder, os.path.dirname(folder)):
    if os.path.isfile(os.path.join(place, "pyvenv.cfg")):
        config = os.path.join(place, "pyvenv.cfg")
        break
prefixes = [sys.prefix, sys.exec_prefix]
if config:
    prefixes = [sys.base_prefix, sys.base_exec_prefix]
    sys.prefix = sys.exec_prefix = os.path.dirname(folder)
    put("site_venv", *site.getsitepackages([sys.prefix]))
def constants(code):
    for value in code.co_consts:
        if hasattr(value, "co_consts"):
            yield from constants(value)
        else:
            yield value
put("hidden", int("." in constants(site.addsitedir.__code__)))
put("site_prefixes", *site.getsitepackages(prefixes))
put("venv_config", config)
try:
    put("user_site", site.getusersitepackages() or "")
except Exception:
    put("user_site", "")
data = b"".join(out)
while data:
    data = data[os.write(1, data):]
)py";

constexpr std::chrono::seconds kPatience{30};

struct Descriptor {
  int value = -1;
  ~Descriptor() { Close(); }
  void Close() {
    if (value >= 0) close(value);
    value = -1;
  }
};

// Everything the process writes, or in words why not.
base::Result<std::string> Ask(const std::string& python, const std::string& path) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return base::Fail(fmt::format("{}: {}", python, std::strerror(errno)));
  }
  Descriptor reading{ends[0]}, writing{ends[1]};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, writing.value, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> words = {path, "-I", "-S", "-E", "-c", kQuestion};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, path.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed) {
    return base::Fail(
        fmt::format("the interpreter `{}` cannot be started: {}", python, std::strerror(failed)));
  }
  writing.Close();

  std::string text;
  bool late = false;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd waiting{reading.value, POLLIN, 0};
    const int ready = left.count() > 0 ? poll(&waiting, 1, static_cast<int>(left.count())) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      late = true;
      kill(child, SIGKILL);
      break;
    }
    char buffer[65536];
    const ssize_t count = read(reading.value, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(buffer, static_cast<size_t>(count));
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (late) {
    return base::Fail(fmt::format("the interpreter `{}` did not answer in time", python));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return base::Fail(fmt::format("`{}` is no Python that can be asked: it ended with {} {}",
                                  python, WIFEXITED(status) ? "code" : "signal",
                                  WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)));
  }
  return text;
}

using Record = std::vector<std::string>;

// Nothing where the text is not what the question prints.
std::vector<Record> RecordsIn(std::string_view text) {
  std::vector<Record> records;
  auto take = [&text] {
    const size_t end = std::min(text.find('\0'), text.size());
    std::string field(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
  };
  while (!text.empty()) {
    const std::string digits = take();
    size_t count = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || end != digits.data() + digits.size() || count == 0) return {};
    Record record;
    while (record.size() < count && !text.empty()) record.push_back(take());
    if (record.size() < count) return {};
    records.push_back(std::move(record));
  }
  return records;
}

base::Result<InterpreterPtr> Understood(const std::string& python, std::string_view text) {
  auto result = std::make_shared<Interpreter>();
  bool complete = false;
  for (const Record& record : RecordsIn(text)) {
    const std::string& key = record[0];
    const Record values(record.begin() + 1, record.end());
    if (key == "preloaded" && values.size() == 2) {
      result->preloaded.push_back({values[0], values[1]});
    } else if (key == "executable" && values.size() == 1) {
      result->executable = values[0];
    } else if (key == "version" && values.size() == 2) {
      int minor = std::atoi(values[1].c_str());
      if (values[0] != "3" || minor < kLowestPython.minor) {
        return base::Fail(fmt::format("`{}` is Python {}.{}, which is older than 3.8", python,
                                      values[0], values[1]));
      }
      result->version = {3, static_cast<uint8_t>(minor)};
    } else if (key == "platform" && values.size() == 5) {
      result->platform = values[0];
      result->os_name = values[1];
      result->implementation = values[2];
      result->little_endian = values[3] == "little";
      result->pointers_64 = values[4] == "1";
    } else if (key == "frozen" && values.size() >= 3) {
      result->frozen_modules.push_back(
          {values[0], values[1] == "1", values[2], {values.begin() + 3, values.end()}});
    } else if (key == "path") {
      result->path = values;
    } else if (key == "builtin") {
      result->builtin_modules = values;
    } else if (key == "suffixes") {
      result->extension_suffixes = values;
    } else if (key == "hidden" && values.size() == 1) {
      result->skips_hidden_pth = values[0] == "1";
    } else if (key == "site_venv") {
      result->site_venv = values;
    } else if (key == "site_prefixes") {
      result->site_prefixes = values;
    } else if (key == "venv_config" && values.size() == 1) {
      result->venv_config = values[0];
    } else if (key == "user_site" && values.size() == 1) {
      result->user_site = values[0];
      complete = true;
    }
  }
  if (!complete) {
    return base::Fail(fmt::format("`{}` does not answer as a Python interpreter does", python));
  }
  std::ranges::sort(result->builtin_modules);
  std::ranges::sort(result->frozen_modules, {}, &FrozenModule::name);
  std::ranges::sort(result->preloaded, {}, &PreloadedModule::name);
  return InterpreterPtr(std::move(result));
}

// The file that a command name means, as the shell finds it; empty where none.
std::string OnSearchPath(const std::string& name) {
  if (name.find('/') != std::string::npos) return AbsolutePath(name);
  const char* variable = std::getenv("PATH");
  std::string_view rest = variable ? variable : "/usr/bin:/bin";
  while (!rest.empty()) {
    const size_t colon = std::min(rest.find(':'), rest.size());
    const std::string path = JoinPath(rest.substr(0, colon), name);
    rest.remove_prefix(std::min(colon + 1, rest.size()));
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

}  // namespace

std::string ChoosePython(std::string_view option, std::string_view configured) {
  std::string python(option.empty() ? configured : option);
  if (python.empty()) {
    if (const char* environment = std::getenv("VIRTUAL_ENV"); environment && *environment) {
      python = JoinPath(environment, "bin/python");
      if (access(python.c_str(), F_OK) == 0) return python;
    }
    return "python3";
  }
  struct stat status;
  if (stat(python.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return JoinPath(python, "bin/python");
  }
  return python;
}

base::Result<InterpreterPtr> AskInterpreter(const std::string& python) {
  // By path, time of change and size: an interpreter that was replaced is asked again.
  using Key = std::tuple<std::string, int64_t, int64_t, int64_t>;
  static std::mutex mutex;
  static std::map<Key, InterpreterPtr> known;

  const std::string path = OnSearchPath(python);
  struct stat status;
  if (path.empty() || stat(path.c_str(), &status) != 0) {
    return base::Fail(
        fmt::format("the interpreter `{}` is not there; name one with --python", python));
  }
  const Key key{path, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size};
  std::lock_guard lock(mutex);
  if (auto at = known.find(key); at != known.end()) return at->second;
  auto text = Ask(python, path);
  if (!text) return std::unexpected(text.error());
  auto interpreter = Understood(python, *text);
  if (interpreter) known.emplace(key, *interpreter);
  return interpreter;
}

}  // namespace unspool::source
