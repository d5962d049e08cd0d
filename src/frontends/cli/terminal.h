// What commands print with: standard output as one text, messages for people on standard error,
// colours decided once, and a progress bar that is seen only on a terminal and only when a wait is
// long enough to wonder.
#pragma once

#include "diagnostics/style.h"

#include <chrono>
#include <string>
#include <string_view>

namespace unspool::cli {

struct Verbosity {
  bool quiet = false;   // findings only
  bool silent = false;  // nothing but errors
  bool verbose = false;
};

// False, with a message, where it could not be written (full disk).
bool PrintOut(std::string_view text);
// "unspool: message" on standard error.
void PrintError(std::string_view message);
void PrintNote(std::string_view message);

// Width of the terminal at the descriptor, or 100.
uint32_t TerminalWidth(int descriptor);
// Standard error is a terminal that can move its cursor.
bool HasLiveTerminal();

class ProgressBar {
 public:
  // `shown` false: never drawn.
  ProgressBar(std::string title, bool shown);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Not for several threads at once.
  void Show(size_t done, size_t total, std::string_view label = {});
  void SetTitle(std::string title);
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string title_;
  bool shown_;
  bool drawn_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace unspool::cli
