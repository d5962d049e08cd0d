#include "diagnostics/style.h"

#include <array>
#include <cstdlib>
#include <unistd.h>
#include <utf8proc.h>

namespace unspool::diagnostics {
namespace {

constexpr uint32_t kTab = 4;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

// One character of valid UTF-8 and what a terminal makes of it.
struct Cell {
  std::string_view bytes;
  std::string shown;
  uint32_t width = 0;
};

Cell NextCell(std::string_view text, uint32_t column) {
  utf8proc_int32_t c = -1;
  utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &c);
  if (length <= 0) return {text.substr(0, 1), "\xEF\xBF\xBD", 1};
  std::string_view bytes = text.substr(0, static_cast<size_t>(length));
  if (c == '\t') {
    uint32_t width = kTab - column % kTab;
    return {bytes, std::string(width, ' '), width};
  }
  // Control pictures: U+2400 and on.
  if (c < 0x20 || c == 0x7F) {
    auto low = static_cast<char>(0x80 + (c == 0x7F ? 0x21 : c));
    return {bytes, std::string("\xE2\x90") + low, 1};
  }
  bool turns = c == 0x61C || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069);
  if (turns || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029) {
    return {bytes, "\xEF\xBF\xBD", 1};
  }
  int width = utf8proc_charwidth(c);
  return {bytes, std::string(bytes), static_cast<uint32_t>(width < 0 ? 0 : width)};
}

std::string_view Escape(Style style) {
  switch (style) {
    case Style::Plain:
      return "";
    case Style::Path:
    case Style::Bold:
      return "\x1b[1m";
    case Style::Error:
    case Style::Code:
      return "\x1b[1;31m";
    case Style::Warning:
      return "\x1b[1;33m";
    case Style::Info:
    case Style::Frame:
    case Style::Secondary:
      return "\x1b[1;34m";
    case Style::Help:
    case Style::Hunk:
      return "\x1b[36m";
    case Style::Note:
      return "\x1b[1;32m";
    case Style::Added:
      return "\x1b[32m";
    case Style::Removed:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::optional<ColorChoice> ParseColorChoice(std::string_view word) {
  if (word == "auto") return ColorChoice::Auto;
  if (word == "always") return ColorChoice::Always;
  if (word == "never") return ColorChoice::Never;
  return std::nullopt;
}

bool WantsColor(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::Auto) return choice == ColorChoice::Always;
  if (!Environment("NO_COLOR").empty()) return false;
  std::string_view force = Environment("FORCE_COLOR");
  if (!force.empty()) return force != "0";
  return Environment("TERM") != "dumb" && isatty(descriptor) == 1;
}

std::string Palette::operator()(Style style, std::string_view text) const {
  if (!color_ || text.empty() || Escape(style).empty()) return std::string(text);
  std::string out(Escape(style));
  return out.append(text).append("\x1b[0m");
}

std::string PaintDiff(std::string_view diff, const Palette& paint) {
  if (!paint.color()) return std::string(diff);
  std::string out;
  while (!diff.empty()) {
    size_t end = diff.find('\n');
    std::string_view line = diff.substr(0, end);
    Style style = line.starts_with("+++") || line.starts_with("---") ? Style::Bold
                  : line.starts_with("@@")                           ? Style::Hunk
                  : line.starts_with('+')                            ? Style::Added
                  : line.starts_with('-')                            ? Style::Removed
                                                                     : Style::Plain;
    out += paint(style, line);
    if (end == std::string_view::npos) break;
    out += '\n';
    diff.remove_prefix(end + 1);
  }
  return out;
}

uint32_t WidthOf(std::string_view text) {
  uint32_t column = 0;
  while (!text.empty()) {
    Cell cell = NextCell(text, column);
    column += cell.width;
    text.remove_prefix(cell.bytes.size());
  }
  return column;
}

std::string Printable(std::string_view text, uint32_t column) {
  std::string out;
  while (!text.empty()) {
    Cell cell = NextCell(text, column);
    out += cell.shown;
    column += cell.width;
    text.remove_prefix(cell.bytes.size());
  }
  return out;
}

}  // namespace unspool::diagnostics
