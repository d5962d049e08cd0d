#include "verify/machine.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

namespace unspool::verify {

namespace {

// Version 2 limits every group on the way to the root; version 1 the group of the cpu controller.
double CpuQuota() {
  double quota = 0;
  auto take = [&](double limit) {
    if (limit > 0) quota = quota == 0 ? limit : std::min(quota, limit);
  };
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    std::string path = line.substr(second + 1);
    while (true) {
      if (controllers.empty()) {
        std::ifstream limits("/sys/fs/cgroup" + path + "/cpu.max");
        std::string most;
        double period = 0;
        if (limits >> most >> period && most != "max" && period > 0) {
          take(std::atof(most.c_str()) / period);
        }
      } else if (("," + controllers + ",").find(",cpu,") != std::string::npos) {
        std::ifstream most_file("/sys/fs/cgroup/cpu" + path + "/cpu.cfs_quota_us");
        std::ifstream period_file("/sys/fs/cgroup/cpu" + path + "/cpu.cfs_period_us");
        double most = 0, period = 0;
        if (most_file >> most && period_file >> period && most > 0 && period > 0) {
          take(most / period);
        }
      }
      const size_t slash = path.rfind('/');
      if (path.size() <= 1 || slash == std::string::npos) break;
      path.resize(slash);
    }
  }
  return quota;
}

std::string CpuModel() {
  std::ifstream lines("/proc/cpuinfo");
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("model name")) continue;
    const size_t begin = line.find_first_not_of(" \t", line.find(':') + 1);
    return begin == std::string::npos ? std::string() : line.substr(begin);
  }
  return {};
}

}  // namespace

Machine DescribeMachine() {
  Machine machine;
  machine.cpus_present = static_cast<int>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  machine.cpus_allowed = machine.cpus_present;
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) machine.cpus_allowed = CPU_COUNT(&set);
#endif
  machine.cpu_quota = CpuQuota();
  if (machine.cpu_quota > 0) {
    machine.cpus_allowed =
        std::clamp(static_cast<int>(std::ceil(machine.cpu_quota)), 1, machine.cpus_allowed);
  }
  machine.cpu_model = CpuModel();
  struct utsname names;
  if (uname(&names) == 0) {
    machine.system = fmt::format("{} {} {}", names.sysname, names.release, names.machine);
  }
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page > 0) machine.memory_mib = int64_t{pages} * page >> 20;
  double load[1];
  if (getloadavg(load, 1) == 1) machine.load_average = load[0];
  return machine;
}

}  // namespace unspool::verify
