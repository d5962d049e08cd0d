// Where phases leave their diagnostics; several threads may add at once. What is taken out is
// sorted, so that output does not depend on the number of threads.
#pragma once

#include "diagnostics/diagnostic.h"

#include <mutex>
#include <utility>
#include <vector>

namespace unspool::diagnostics {

class Sink {
 public:
  void Add(Diagnostic diagnostic) {
    std::lock_guard lock(mutex_);
    diagnostics_.push_back(std::move(diagnostic));
  }
  void Add(std::vector<Diagnostic> diagnostics) {
    std::lock_guard lock(mutex_);
    for (Diagnostic& diagnostic : diagnostics) diagnostics_.push_back(std::move(diagnostic));
  }
  std::vector<Diagnostic> Take() {
    std::lock_guard lock(mutex_);
    std::vector<Diagnostic> taken = std::exchange(diagnostics_, {});
    Sort(taken);
    return taken;
  }

 private:
  std::mutex mutex_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace unspool::diagnostics
