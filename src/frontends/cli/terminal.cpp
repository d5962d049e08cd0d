#include "frontends/cli/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace unspool::cli {

namespace {

using diagnostics::Palette;
using diagnostics::Style;

bool ColorOnErrors() {
  return diagnostics::WantsColor(diagnostics::ColorChoice::Auto, STDERR_FILENO);
}

void PrintLead(Style style, std::string_view lead, std::string_view message) {
  const Palette paint(ColorOnErrors());
  fmt::print(stderr, "{}: {}\n", paint(style, lead), message);
}

}  // namespace

bool PrintOut(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return true;
  // Who has gone wants to hear nothing.
  if (errno == EPIPE) return false;
  PrintError(fmt::format("cannot write to standard output: {}", std::strerror(errno)));
  return false;
}

void PrintError(std::string_view message) {
  PrintLead(Style::Error, "error", message);
}

void PrintNote(std::string_view message) {
  PrintLead(Style::Help, "note", message);
}

uint32_t TerminalWidth(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 100;
}

bool HasLiveTerminal() {
  if (!isatty(STDERR_FILENO)) return false;
  const char* term = std::getenv("TERM");
  return term && std::string_view(term) != "dumb" && *term != '\0';
}

ProgressBar::ProgressBar(std::string title, bool shown)
    : title_(std::move(title)), shown_(shown && HasLiveTerminal()) {}

ProgressBar::~ProgressBar() {
  Clear();
}

void ProgressBar::SetTitle(std::string title) {
  title_ = std::move(title);
}

void ProgressBar::Show(size_t done, size_t total, std::string_view label) {
  using namespace std::chrono_literals;
  if (!shown_ || total == 0) return;
  const auto now = Clock::now();
  if (now - begin_ < 500ms || (drawn_ && now - last_ < 80ms && done != total)) return;
  last_ = now;
  drawn_ = true;
  const Palette paint(ColorOnErrors());
  const uint32_t width = TerminalWidth(STDERR_FILENO);
  const size_t cells = width < 60 ? 10 : 30;
  const size_t full = std::min(cells, cells * done / total);
  std::string bar;
  for (size_t i = 0; i < full; ++i) bar += "━";
  std::string rest;
  for (size_t i = full; i < cells; ++i) rest += paint.color() ? "━" : "─";
  const std::string count = fmt::format("{}/{}", done, total);
  std::string text(label);
  const size_t used = title_.size() + cells + count.size() + 6;
  const size_t room = width > used ? width - used : 0;
  while (!text.empty() && diagnostics::WidthOf(text) > room) {
    text.pop_back();
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) {
      text.pop_back();
    }
  }
  fmt::print(stderr, "\r\x1b[2K{} {}{} {} {}", paint(Style::Bold, title_), paint(Style::Added, bar),
             rest, count, diagnostics::Printable(text));
  std::fflush(stderr);
}

void ProgressBar::Clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[2K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace unspool::cli
