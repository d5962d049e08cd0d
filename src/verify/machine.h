// The machine as a measurement finds it: what of it the program may use, and how busy it is.
#pragma once

#include <cstdint>
#include <string>

namespace unspool::verify {

struct Machine {
  int cpus_present = 0;
  int cpus_allowed = 0;  // by affinity and control group, at least 1
  double cpu_quota = 0;  // CPUs that the control group allows; 0: no limit
  std::string cpu_model;
  std::string system;  // "Linux 6.1.0 x86_64"
  int64_t memory_mib = 0;
  double load_average = -1;  // of the last minute; -1: not known
};

Machine DescribeMachine();

}  // namespace unspool::verify
