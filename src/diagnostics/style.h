// Colours of the terminal, or none: `--color`, NO_COLOR, FORCE_COLOR and TERM decide once, and what
// prints asks a Palette for its marks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspool::diagnostics {

enum class ColorChoice : uint8_t { Auto, Always, Never };
// "auto", "always", "never".
std::optional<ColorChoice> ParseColorChoice(std::string_view word);
// For output to the file descriptor; the environment counts for Auto only.
bool WantsColor(ColorChoice choice, int descriptor);

enum class Style : uint8_t {
  Plain,
  Path,
  Error,
  Warning,
  Info,
  Code,
  Frame,
  Secondary,
  Help,
  Note,
  Added,
  Removed,
  Hunk,
  Bold
};

class Palette {
 public:
  explicit Palette(bool color) : color_(color) {}
  std::string operator()(Style style, std::string_view text) const;
  bool color() const { return color_; }

 private:
  bool color_;
};

// A unified diff with the colours git gives it.
std::string PaintDiff(std::string_view diff, const Palette& paint);

// Columns the text takes in a terminal; tabs and control characters as `Printable` shows them.
uint32_t WidthOf(std::string_view text);
// Tabs as spaces up to the next multiple of four columns; characters that would move the cursor or
// turn the reading direction as visible signs.
std::string Printable(std::string_view text, uint32_t column = 0);

}  // namespace unspool::diagnostics
