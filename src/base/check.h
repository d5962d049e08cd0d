// Checks for bugs of ours. A failed check names place and phase and stops the process: going on
// with broken data could end in a wrong `safe`. Never used for what a user may feed in.
#pragma once

#include <string_view>

namespace unspool::base {

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

// Names the phase and file being worked on, for the message of a failed check on this thread.
class CheckContext {
 public:
  CheckContext(std::string_view phase, std::string_view file);
  ~CheckContext();
  CheckContext(const CheckContext&) = delete;
  CheckContext& operator=(const CheckContext&) = delete;

 private:
  const CheckContext* outer_;
  std::string_view phase_;
  std::string_view file_;

  friend void CheckFailed(const char* condition, const char* file, int line);
};

}  // namespace unspool::base

#define UNSPOOL_CHECK(condition) \
  ((condition) ? void(0) : ::unspool::base::CheckFailed(#condition, __FILE__, __LINE__))

// For conditions too costly to test in releases.
#ifdef UNSPOOL_CHECKED
#define UNSPOOL_DCHECK(condition) UNSPOOL_CHECK(condition)
#else
#define UNSPOOL_DCHECK(condition) void(0)
#endif
