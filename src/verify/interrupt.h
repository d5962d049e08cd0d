// Ctrl-C while programs run: for as long as the scope lives, SIGINT, SIGTERM and SIGHUP set a flag
// instead of ending the process, so that every started process is ended and every temporary folder
// removed before the command returns. One scope at a time.
#pragma once

#include <atomic>
#include <csignal>

namespace unspool::verify {

class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

  const std::atomic<bool>* flag() const;
  // The signal that came, or 0.
  int signal() const;

 private:
  struct sigaction outer_[4];
};

}  // namespace unspool::verify
