#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace unspool::base {

namespace {
thread_local const CheckContext* current_context = nullptr;
}

CheckContext::CheckContext(std::string_view phase, std::string_view file)
    : outer_(current_context), phase_(phase), file_(file) {
  current_context = this;
}

CheckContext::~CheckContext() {
  current_context = outer_;
}

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "unspool: internal error: check failed at %s:%d: %s\n", file, line,
               condition);
  for (const CheckContext* context = current_context; context; context = context->outer_) {
    std::fprintf(stderr, "  during %.*s of %.*s\n", static_cast<int>(context->phase_.size()),
                 context->phase_.data(), static_cast<int>(context->file_.size()),
                 context->file_.data());
  }
  std::fprintf(stderr, "This is a bug in unspool, not in your code. No file was changed.\n");
  std::abort();
}

}  // namespace unspool::base
