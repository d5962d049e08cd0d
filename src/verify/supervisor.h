// The child of ours that starts a command, watches it and cleans up after it. It runs between fork
// and _exit in a process that may have had threads, so it calls async-signal-safe functions only:
// no allocation, no locks.
#pragma once

#include <cstdint>
#include <sys/resource.h>

namespace unspool::verify {

struct SupervisorPlan {
  char* const* arguments = nullptr;
  char* const* environment = nullptr;
  const char* working_folder = nullptr;
  int stdin_fd = -1;
  int stdout_fd = -1;  // -1: closed
  int stderr_fd = -1;
  int control_fd = -1;  // anything to read, or its end: stop everything
  int report_fd = -1;
  int64_t timeout_ms = 0;
  int64_t grace_ms = 0;
  uint64_t output_limit = 0;
};

enum class SupervisorEnding : int32_t { Finished, TimedOut, OutputLimit, Cancelled, NotStarted };

// Written to report_fd in one piece.
struct SupervisorReport {
  SupervisorEnding ending = SupervisorEnding::NotStarted;
  int32_t error_number = 0;  // of NotStarted
  int32_t error_in_folder = 0;
  int32_t status = 0;  // as wait gives it
  int64_t wall_ns = 0;
  int64_t linger_ns = 0;
  int32_t survivors = 0;
  char survivor_command[256] = {};
  struct rusage usage{};
};

[[noreturn]] void Supervise(const SupervisorPlan& plan);

}  // namespace unspool::verify
