// Runs one command to its end, whatever it does, and leaves no process behind.
//
// Every command gets a supervisor of its own: a child of ours that adopts all descendants of the
// command, also those that have left its process group, enforces the bounds, and ends everything
// when the command is over, when we ask, or when we are gone (even by SIGKILL). It works in a
// session of its own, so Ctrl-C in the terminal reaches us only.
#pragma once

#include "base/result.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

struct ProcessSpec {
  std::vector<std::string> arguments;    // arguments[0] is the path of the executable
  std::vector<std::string> environment;  // NAME=VALUE
  std::string working_folder;
  std::string stdin_path = "/dev/null";
  std::string stdout_path;  // created; empty: closed
  std::string stderr_path;
  std::chrono::milliseconds timeout{0};  // 0: none
  std::chrono::milliseconds grace{2000};
  uint64_t output_limit = 0;  // of stdout and of stderr, bytes; 0: none
};

enum class Ending : uint8_t { Exited, Signalled, TimedOut, OutputLimit };

std::string_view EndingName(Ending ending);

struct ProcessOutcome {
  Ending ending = Ending::Exited;
  int exit_code = 0;  // of Exited
  int signal = 0;     // of Signalled
  double wall_seconds = 0;
  double user_seconds = 0;  // with all descendants that were waited for
  double system_seconds = 0;
  int64_t max_rss_kib = 0;       // largest process; not below our own size
  int survivors = 0;             // processes still alive after the grace period, ended by us
  std::string survivor_command;  // of the first of them
  double linger_seconds = 0;     // from the end of the command to that of its last descendant
};

// Fails when the command cannot be started, or when `cancelled` is set ("interrupted").
base::Result<ProcessOutcome> RunProcess(const ProcessSpec& spec,
                                        const std::atomic<bool>* cancelled = nullptr);

// The message of the error that RunProcess gives when cancelled.
inline constexpr std::string_view kInterrupted = "interrupted";

}  // namespace unspool::verify
