// A run of the original that did not end well, as its user wants to be told: how it ended, the end
// of what it wrote to standard error, and what to do about it.
#pragma once

#include "verify/runner.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::verify {

struct Failure {
  std::string ending;              // "ended with exit code 1"
  std::vector<std::string> lines;  // of standard error, the last ones; tracebacks without sources
  std::string advice;
};

// Nothing where the run ended with exit code 0, or was ended by us.
std::optional<Failure> FailureOf(const Runner& runner, const Run& run);

std::string FormatText(const Failure& failure);

}  // namespace unspool::verify
