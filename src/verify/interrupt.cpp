#include "verify/interrupt.h"

#include <array>

namespace unspool::verify {

namespace {

// SIGPIPE is one: whoever shows the progress has gone, and what was made for the runs must go too.
constexpr std::array<int, 4> kSignals = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
std::atomic<bool> interrupted = false;
std::atomic<int> received = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void OnSignal(int number) {
  received.store(number);
  interrupted.store(true);
}

}  // namespace

InterruptScope::InterruptScope() {
  interrupted = false;
  received = 0;
  struct sigaction action{};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &outer_[i]);
    // Ignored signals (nohup) stay ignored.
    if (outer_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

InterruptScope::~InterruptScope() {
  for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &outer_[i], nullptr);
}

const std::atomic<bool>* InterruptScope::flag() const {
  return &interrupted;
}

int InterruptScope::signal() const {
  return received;
}

}  // namespace unspool::verify
