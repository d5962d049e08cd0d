#include "verify/process.h"

#include "verify/supervisor.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace unspool::verify {

namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { Close(); }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// Never 0, 1 or 2, which may be free when our own were closed.
Descriptor Raise(int fd) {
  if (fd < 0) return Descriptor();
  int raised = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  close(fd);
  return Descriptor(raised);
}

base::Result<Descriptor> Open(const std::string& path, int flags) {
  Descriptor file = Raise(open(path.c_str(), flags | O_CLOEXEC, 0600));
  if (file.get() < 0) return base::Fail(fmt::format("cannot open {}: {}", path, strerror(errno)));
  return file;
}

base::Result<std::pair<Descriptor, Descriptor>> Pipe() {
  int ends[2];
  if (pipe(ends) != 0) return base::Fail(fmt::format("cannot create a pipe: {}", strerror(errno)));
  std::pair<Descriptor, Descriptor> pair(Raise(ends[0]), Raise(ends[1]));
  if (pair.first.get() < 0 || pair.second.get() < 0) {
    return base::Fail("cannot create a pipe: too many open files");
  }
  return pair;
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Reads the report, asking the supervisor to stop when cancelled.
bool AwaitReport(int fd, Descriptor& control, const std::atomic<bool>* cancelled,
                 SupervisorReport& report) {
  size_t done = 0;
  while (done < sizeof report) {
    if (cancelled && cancelled->load()) control.Close();
    pollfd waiting = {fd, POLLIN, 0};
    int ready = poll(&waiting, 1, 50);
    if (ready <= 0) continue;
    ssize_t got = read(fd, reinterpret_cast<char*>(&report) + done, sizeof report - done);
    if (got == 0) return false;
    if (got > 0) done += static_cast<size_t>(got);
    if (got < 0 && errno != EINTR && errno != EAGAIN) return false;
  }
  return true;
}

base::Result<ProcessOutcome> Interpret(const ProcessSpec& spec, const SupervisorReport& report) {
  ProcessOutcome outcome;
  switch (report.ending) {
    case SupervisorEnding::NotStarted:
      if (report.error_in_folder) {
        return base::Fail(fmt::format("cannot enter the folder {}: {}", spec.working_folder,
                                      strerror(report.error_number)));
      }
      return base::Fail(
          fmt::format("cannot start {}: {}", spec.arguments[0], strerror(report.error_number)));
    case SupervisorEnding::Cancelled:
      return base::Fail(std::string(kInterrupted));
    case SupervisorEnding::TimedOut:
      outcome.ending = Ending::TimedOut;
      break;
    case SupervisorEnding::OutputLimit:
      outcome.ending = Ending::OutputLimit;
      break;
    case SupervisorEnding::Finished:
      if (WIFSIGNALED(report.status)) {
        outcome.ending = Ending::Signalled;
        outcome.signal = WTERMSIG(report.status);
      } else {
        outcome.exit_code = WEXITSTATUS(report.status);
      }
      break;
  }
  outcome.wall_seconds = static_cast<double>(report.wall_ns) * 1e-9;
  outcome.linger_seconds = static_cast<double>(report.linger_ns) * 1e-9;
  outcome.user_seconds = Seconds(report.usage.ru_utime);
  outcome.system_seconds = Seconds(report.usage.ru_stime);
#ifdef __APPLE__
  outcome.max_rss_kib = report.usage.ru_maxrss / 1024;
#else
  outcome.max_rss_kib = report.usage.ru_maxrss;
#endif
  outcome.survivors = report.survivors;
  outcome.survivor_command = report.survivor_command;
  return outcome;
}

}  // namespace

std::string_view EndingName(Ending ending) {
  switch (ending) {
    case Ending::Exited:
      return "exited";
    case Ending::Signalled:
      return "signalled";
    case Ending::TimedOut:
      return "timed-out";
    case Ending::OutputLimit:
      return "output-limit";
  }
  return "exited";
}

base::Result<ProcessOutcome> RunProcess(const ProcessSpec& spec,
                                        const std::atomic<bool>* cancelled) {
  if (cancelled && cancelled->load()) return base::Fail(std::string(kInterrupted));
  constexpr int kCreate = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
  auto input = Open(spec.stdin_path, O_RDONLY);
  if (!input) return std::unexpected(input.error());
  Descriptor output;
  if (!spec.stdout_path.empty()) {
    auto opened = Open(spec.stdout_path, kCreate);
    if (!opened) return std::unexpected(opened.error());
    output = std::move(*opened);
  }
  auto errors = Open(spec.stderr_path, kCreate);
  if (!errors) return std::unexpected(errors.error());
  auto control = Pipe();
  if (!control) return std::unexpected(control.error());
  auto reports = Pipe();
  if (!reports) return std::unexpected(reports.error());

  std::vector<char*> arguments = Pointers(spec.arguments);
  std::vector<char*> environment = Pointers(spec.environment);
  SupervisorPlan plan;
  plan.arguments = arguments.data();
  plan.environment = environment.data();
  plan.working_folder = spec.working_folder.c_str();
  plan.stdin_fd = input->get();
  plan.stdout_fd = output.get();
  plan.stderr_fd = errors->get();
  plan.control_fd = control->first.get();
  plan.report_fd = reports->second.get();
  plan.timeout_ms = spec.timeout.count();
  plan.grace_ms = spec.grace.count();
  plan.output_limit = spec.output_limit;

  // No signal handler of ours may run in the child before it has set its own.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t supervisor = fork();
  if (supervisor == 0) Supervise(plan);
  const int fork_error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (supervisor < 0) {
    return base::Fail(fmt::format("cannot start a process: {}", strerror(fork_error)));
  }
  control->first.Close();
  reports->second.Close();

  SupervisorReport report;
  const bool complete = AwaitReport(reports->first.get(), control->second, cancelled, report);
  while (waitpid(supervisor, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (!complete) {
    return base::Fail("the process that watches the program was ended from outside");
  }
  return Interpret(spec, report);
}

}  // namespace unspool::verify
