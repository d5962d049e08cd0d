// How the two versions are run. The same for both; bounds everywhere.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

enum class StartMethod : uint8_t { Default, Fork, Spawn, ForkServer };

std::string_view StartMethodName(StartMethod method);
std::optional<StartMethod> StartMethodFromName(std::string_view name);

// One way to run: what the start-up hook forces. `workers` 0: whatever the machine has.
struct RunConfig {
  StartMethod start_method = StartMethod::Default;
  int workers = 0;
  bool operator==(const RunConfig&) const = default;
};

// "spawn, 3 workers"; "as it is" for the default.
std::string ConfigName(const RunConfig& config);

struct Progress {
  std::string_view phase;  // "compare" or "measure"
  size_t done = 0;
  size_t total = 0;
  std::string label;  // what is being run
};

struct RunOptions {
  std::chrono::milliseconds timeout{10 * 60 * 1000};
  // How long workers and helpers may outlive the program before they count as left behind.
  std::chrono::milliseconds grace{2000};
  uint64_t output_limit = uint64_t{1} << 30;       // of stdout and of stderr, bytes
  uint64_t copy_limit = uint64_t{2} << 30;         // of the folder, bytes
  uint64_t copy_file_limit = 200'000;              // of the folder, files
  std::vector<std::filesystem::path> linked;       // below root: linked, not copied
  std::filesystem::path stdin_file;                // empty: no input
  bool close_stdout = false;                       // as `>&-` does
  std::map<std::string, std::string> environment;  // set in addition, in both versions
  std::filesystem::path temporary_folder;          // empty: TMPDIR or /tmp
  std::function<void(const Progress&)> progress;
  const std::atomic<bool>* cancelled = nullptr;
};

}  // namespace unspool::verify
