#include "verify/supervisor.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <iterator>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace unspool::verify {

namespace {

constexpr int64_t kPollMs = 50;

int64_t NowNs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1'000'000'000} + now.tv_nsec;
}

void OnChild(int) {}

void CloseRange(unsigned first, unsigned last) {
  if (first > last) return;
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
  for (unsigned fd = first; fd <= std::min(last, 65535u); ++fd) close(static_cast<int>(fd));
}

// Another thread may be starting a command too: its pipes must not stay open in here.
void CloseAllBut(int (&kept)[5]) {
  std::sort(std::begin(kept), std::end(kept));
  unsigned next = 0;
  for (int fd : kept) {
    if (fd < 0) continue;
    if (static_cast<unsigned>(fd) > next) CloseRange(next, fd - 1);
    next = fd + 1;
  }
  CloseRange(next, ~0u);
}

[[noreturn]] void StartCommand(const SupervisorPlan& plan, int error_fd) {
  struct Failure {
    int32_t number;
    int32_t in_folder;
  } failure = {0, 0};
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  for (int number = 1; number < NSIG; ++number) {
    if (number != SIGKILL && number != SIGSTOP) std::signal(number, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (chdir(plan.working_folder) != 0) {
    failure = {errno, 1};
  } else {
    // All of these are above 2 and closed on exec; the copies are not.
    dup2(plan.stdin_fd, 0);
    if (plan.stdout_fd >= 0) dup2(plan.stdout_fd, 1);
    dup2(plan.stderr_fd, 2);
    execve(plan.arguments[0], plan.arguments, plan.environment);
    failure = {errno, 0};
  }
  ssize_t written = write(error_fd, &failure, sizeof failure);
  (void)written;
  _exit(127);
}

// Text of a small file under /proc; its length, 0 where it cannot be read.
size_t ReadSmall(const char* path, char* buffer, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  size_t length = 0;
  while (length + 1 < size) {
    ssize_t got = read(fd, buffer + length, size - 1 - length);
    if (got <= 0) break;
    length += static_cast<size_t>(got);
  }
  close(fd);
  buffer[length] = '\0';
  return length;
}

void ReadCommandLine(int pid, char (&command)[256]) {
  char path[64] = "/proc/";
  char digits[16];
  int count = 0;
  for (int rest = pid; rest > 0; rest /= 10) digits[count++] = static_cast<char>('0' + rest % 10);
  char* end = path + 6;
  while (count > 0) *end++ = digits[--count];
  std::memcpy(end, "/cmdline", 9);
  size_t length = ReadSmall(path, command, sizeof command);
  for (size_t i = 0; i + 1 < length; ++i) {
    if (command[i] == '\0' || command[i] == '\n') command[i] = ' ';
  }
}

// Sends SIGKILL to every child of ours and gives their number. Their own children become ours.
int KillChildren(int main_pid, char (*first_command)[256]) {
  if (main_pid > 0) kill(-main_pid, SIGKILL);
  char children[4096];
  size_t length = ReadSmall("/proc/thread-self/children", children, sizeof children);
  int count = 0;
  int pid = 0;
  for (size_t i = 0; i <= length; ++i) {
    char c = i < length ? children[i] : ' ';
    if (c >= '0' && c <= '9') {
      pid = pid * 10 + (c - '0');
      continue;
    }
    // A number cut off by the end of the buffer is somebody else's: next round.
    if (pid > 0 && (i < length || length + 1 < sizeof children)) {
      if (first_command && count == 0) ReadCommandLine(pid, *first_command);
      kill(pid, SIGKILL);
      ++count;
    }
    pid = 0;
  }
  return count;
}

class Supervisor {
 public:
  explicit Supervisor(const SupervisorPlan& plan) : plan_(plan) {}

  [[noreturn]] void Run() {
    Prepare();
    if (Start()) {
      Watch();
      Clean();
    }
    size_t done = 0;
    const char* bytes = reinterpret_cast<const char*>(&report_);
    while (done < sizeof report_) {
      ssize_t written = write(plan_.report_fd, bytes + done, sizeof report_ - done);
      if (written <= 0 && errno != EINTR) break;
      if (written > 0) done += static_cast<size_t>(written);
    }
    _exit(0);
  }

 private:
  void Prepare() {
    setsid();
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    struct sigaction action{};
    action.sa_handler = OnChild;
    sigemptyset(&action.sa_mask);
    sigaction(SIGCHLD, &action, nullptr);
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT}) {
      std::signal(number, SIG_IGN);
    }
    // SIGCHLD is let in only while waiting, so that none is missed in between.
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_SETMASK, &blocked, nullptr);
    int kept[5] = {plan_.stdin_fd, plan_.stdout_fd, plan_.stderr_fd, plan_.control_fd,
                   plan_.report_fd};
    CloseAllBut(kept);
  }

  bool Start() {
    int errors[2];
    if (pipe(errors) != 0) {
      report_.error_number = errno;
      return false;
    }
    // 0, 1 and 2 are closed in here, and the command must find only its own files there.
    for (int& fd : errors) {
      int moved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
      close(fd);
      fd = moved;
    }
    start_ns_ = NowNs();
    pid_ = fork();
    if (pid_ < 0) {
      report_.error_number = errno;
      return false;
    }
    if (pid_ == 0) StartCommand(plan_, errors[1]);
    setpgid(pid_, pid_);
    close(errors[1]);
    int32_t failure[2];
    ssize_t got;
    do {
      got = read(errors[0], failure, sizeof failure);
    } while (got < 0 && errno == EINTR);
    close(errors[0]);
    if (got == sizeof failure) {
      waitpid(pid_, nullptr, 0);
      report_.error_number = failure[0];
      report_.error_in_folder = failure[1];
      return false;
    }
    report_.ending = SupervisorEnding::Finished;
    return true;
  }

  // Waits until the command itself is over, or is to be ended.
  void Watch() {
    const int64_t deadline = plan_.timeout_ms > 0 ? start_ns_ + plan_.timeout_ms * 1'000'000 : 0;
    while (!Reap()) {
      if (deadline != 0 && NowNs() >= deadline) return Stop(SupervisorEnding::TimedOut);
      if (OutputTooLarge()) return Stop(SupervisorEnding::OutputLimit);
      int64_t wait_ms = kPollMs;
      if (deadline != 0) {
        wait_ms = std::clamp<int64_t>((deadline - NowNs()) / 1'000'000 + 1, 1, kPollMs);
      }
      if (WaitForNews(wait_ms)) return Stop(SupervisorEnding::Cancelled);
    }
    if (OutputTooLarge()) report_.ending = SupervisorEnding::OutputLimit;
  }

  void Stop(SupervisorEnding ending) {
    report_.ending = ending;
    const int64_t until = NowNs() + 10'000'000'000;
    KillChildren(pid_, nullptr);
    while (!Reap() && NowNs() < until) {
      KillChildren(pid_, nullptr);
      WaitForNews(10);
    }
    killed_ = true;
  }

  // Descendants that leave by themselves within the grace period are in order.
  void Clean() {
    const int64_t ended_ns = NowNs();
    const int64_t grace_ns = killed_ ? 0 : plan_.grace_ms * 1'000'000;
    while (!none_left_ && NowNs() - ended_ns < grace_ns) {
      Reap();
      if (none_left_) break;
      // With us gone nobody waits for the grace period.
      if (WaitForNews(10)) break;
    }
    Reap();
    report_.linger_ns = NowNs() - ended_ns;
    if (none_left_) return;
    if (killed_) {
      report_.survivors = 0;
    } else {
      report_.survivors = std::max(1, KillChildren(pid_, &report_.survivor_command));
    }
    const int64_t until = NowNs() + 10'000'000'000;
    while (!none_left_ && NowNs() < until) {
      KillChildren(pid_, nullptr);
      Reap();
      if (!none_left_) WaitForNews(10);
    }
  }

  // Collects whoever has ended; true once the command itself has.
  bool Reap() {
    while (true) {
      int status = 0;
      struct rusage usage;
      pid_t pid = wait4(-1, &status, WNOHANG, &usage);
      if (pid == 0) break;
      if (pid < 0) {
        if (errno == EINTR) continue;
        none_left_ = errno == ECHILD;
        break;
      }
      if (pid != pid_ || over_) continue;
      over_ = true;
      report_.wall_ns = NowNs() - start_ns_;
      report_.status = status;
      report_.usage = usage;
    }
    return over_;
  }

  // True when we are asked to stop.
  bool WaitForNews(int64_t wait_ms) {
    pollfd control = {plan_.control_fd, POLLIN, 0};
    timespec wait = {wait_ms / 1000, wait_ms % 1000 * 1'000'000};
    sigset_t none;
    sigemptyset(&none);
    return ppoll(&control, 1, &wait, &none) > 0;
  }

  bool OutputTooLarge() const {
    if (plan_.output_limit == 0) return false;
    for (int fd : {plan_.stdout_fd, plan_.stderr_fd}) {
      struct stat status;
      if (fd >= 0 && fstat(fd, &status) == 0 &&
          static_cast<uint64_t>(status.st_size) > plan_.output_limit) {
        return true;
      }
    }
    return false;
  }

  const SupervisorPlan& plan_;
  SupervisorReport report_;
  pid_t pid_ = -1;
  int64_t start_ns_ = 0;
  bool over_ = false;
  bool killed_ = false;
  bool none_left_ = false;
};

}  // namespace

void Supervise(const SupervisorPlan& plan) {
  Supervisor(plan).Run();
}

}  // namespace unspool::verify
