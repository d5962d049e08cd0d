#include "verify/traceback.h"

#include "verify/line_map.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fmt/format.h>

namespace unspool::verify {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> kMachinery = {"/multiprocessing/", "/concurrent/futures/",
                                                        "/threading.py", "/asyncio/", "/runpy.py"};

bool IsComprehension(std::string_view function) {
  return function == "<listcomp>" || function == "<setcomp>" || function == "<dictcomp>" ||
         function == "<genexpr>";
}

std::string_view LastName(std::string_view qualified) {
  size_t dot = qualified.rfind('.');
  return dot == std::string_view::npos ? qualified : qualified.substr(dot + 1);
}

// The prefix of traceback lines inside exception groups: "  | ".
size_t PrefixLength(std::string_view line) {
  size_t end = 0;
  while (true) {
    size_t bar = line.find_first_not_of(' ', end);
    if (bar == std::string_view::npos || (line[bar] != '|' && line[bar] != '+')) return end;
    if (bar + 1 < line.size() && line[bar + 1] != ' ' && line[bar + 1] != '-') return end;
    if (line[bar] == '+') {
      size_t after = line.find_first_not_of("-", bar + 1);
      if (after != std::string_view::npos && line[after] == ' ') return after + 1;
      return end;
    }
    end = std::min(bar + 2, line.size());
  }
}

struct PrintedFrame {
  Frame frame;
  size_t prefix = 0;
};

// `  File "x.py", line 5, in f`
std::optional<PrintedFrame> ParseFrame(std::string_view line) {
  constexpr std::string_view kStart = "  File \"";
  constexpr std::string_view kLine = "\", line ";
  PrintedFrame printed;
  printed.prefix = PrefixLength(line);
  std::string_view rest = line.substr(printed.prefix);
  if (!rest.starts_with(kStart)) {
    printed.prefix = 0;
    rest = line;
    if (!rest.starts_with(kStart)) return std::nullopt;
  }
  rest.remove_prefix(kStart.size());
  size_t end = rest.find(kLine);
  if (end == std::string_view::npos) return std::nullopt;
  printed.frame.file = rest.substr(0, end);
  rest.remove_prefix(end + kLine.size());
  auto [next, error] = std::from_chars(rest.data(), rest.data() + rest.size(), printed.frame.line);
  if (error != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<size_t>(next - rest.data()));
  if (rest.starts_with(", in ")) printed.frame.function = rest.substr(5);
  return printed;
}

}  // namespace

FrameNormaliser::FrameNormaliser(const Subject& subject, const fs::path& place,
                                 const fs::path& hook)
    : place_(place.string()),
      working_folder_((place / subject.working_folder).lexically_normal().string()),
      hook_(hook.string()) {
  if (working_folder_.ends_with('/')) working_folder_.pop_back();
  for (const FileVersion& file : subject.files) {
    maps_[file.path.string()] =
        file.original_lines.empty() ? MapLines(file.original, file.rewritten) : file.original_lines;
  }
  for (const GeneratedFunction& function : subject.generated_functions) {
    generated_[{function.path.string(), std::string(LastName(function.name))}] = function.origin;
  }
  for (const fs::path& path : subject.support_files) support_.push_back(path.string());
}

std::optional<std::string> FrameNormaliser::Relative(std::string_view path) const {
  if (path.starts_with(place_) && path.size() > place_.size() && path[place_.size()] == '/') {
    return fs::path(path.substr(place_.size() + 1)).lexically_normal().string();
  }
  if (path.empty() || path.front() == '/' || path.front() == '<') return std::nullopt;
  // Relative to where the program was started.
  fs::path full = (fs::path(working_folder_) / path).lexically_normal();
  std::string text = full.string();
  if (text.starts_with(place_ + "/")) return text.substr(place_.size() + 1);
  return std::nullopt;
}

bool FrameNormaliser::IsMachinery(Side side, std::string_view path) const {
  if (path.starts_with(hook_) || path.starts_with("<frozen ")) return true;
  return std::any_of(kMachinery.begin(), kMachinery.end(), [&](std::string_view part) {
    return path.find(part) != std::string_view::npos;
  });
}

uint32_t FrameNormaliser::OriginalLine(Side side, const std::string& file, uint32_t line) const {
  if (side == Side::Original) return line;
  auto map = maps_.find(file);
  if (map == maps_.end()) return line;
  return line > 0 && line <= map->second.size() ? map->second[line - 1] : 0;
}

std::vector<Frame> FrameNormaliser::Frames(Side side, const std::vector<Frame>& frames) const {
  std::vector<Frame> result;
  for (const Frame& frame : frames) {
    std::optional<std::string> relative = Relative(frame.file);
    if (!relative) {
      if (!IsMachinery(side, frame.file)) result.push_back(frame);
      continue;
    }
    Frame own = {*relative, OriginalLine(side, *relative, frame.line), frame.function};
    if (side == Side::Rewritten) {
      if (std::find(support_.begin(), support_.end(), *relative) != support_.end()) continue;
      auto generated = generated_.find({*relative, std::string(LastName(frame.function))});
      if (generated != generated_.end()) {
        if (generated->second.empty()) continue;
        own.function = LastName(generated->second);
        // It stands where the caller's own line stood.
        auto caller = std::find_if(result.rbegin(), result.rend(), [&](const Frame& earlier) {
          return earlier.file == own.file && earlier.function == own.function;
        });
        if (caller != result.rend()) result.erase(caller.base() - 1, result.end());
      }
    }
    // A comprehension has a frame of its own in some versions of Python and in others not.
    if (IsComprehension(own.function) && !result.empty() && result.back().file == own.file) {
      result.back().line = own.line;
      continue;
    }
    result.push_back(std::move(own));
  }
  return result;
}

std::string FrameNormaliser::WithoutAddresses(std::string_view text) {
  std::string result;
  while (true) {
    size_t found = text.find("0x");
    if (found == std::string_view::npos) break;
    size_t end = found + 2;
    while (end < text.size() && std::isxdigit(static_cast<unsigned char>(text[end]))) ++end;
    const bool is_address = found >= 4 && text.substr(found - 4, 4) == " at " && end - found >= 6;
    result += text.substr(0, found);
    result += is_address ? std::string_view("0x...") : text.substr(found, end - found);
    text.remove_prefix(end);
  }
  result += text;
  return result;
}

std::vector<StderrLine> FrameNormaliser::Stderr(Side side, std::string_view text) const {
  std::vector<StderrLine> result;
  const std::vector<std::string_view> lines = SplitLines(text);
  for (size_t i = 0; i < lines.size();) {
    std::optional<PrintedFrame> printed = ParseFrame(lines[i]);
    if (printed && !printed->frame.function.empty()) {
      // One run of frames, each with the source lines below it.
      const size_t prefix = printed->prefix;
      std::vector<Frame> frames;
      while (i < lines.size()) {
        std::optional<PrintedFrame> next = ParseFrame(lines[i]);
        if (next && next->prefix == prefix && !next->frame.function.empty()) {
          frames.push_back(std::move(next->frame));
        } else if (frames.empty() || lines[i].size() < prefix ||
                   !(lines[i].substr(prefix).starts_with("    "))) {
          break;
        }
        ++i;
      }
      for (Frame& frame : Frames(side, frames)) {
        result.push_back(
            {fmt::format("  File \"{}\", in {}", frame.file, frame.function), true, frame.line});
      }
      continue;
    }
    std::string line = WithoutAddresses(lines[i]);
    // `path.py:12: UserWarning: message` with the source line below it.
    size_t colon = line.find(".py:");
    std::optional<std::string> file;
    if (colon != std::string::npos) file = Relative(std::string_view(line).substr(0, colon + 3));
    uint32_t number = 0;
    const char* digits = line.c_str() + (colon == std::string::npos ? 0 : colon + 4);
    if (file) {
      auto [next, error] = std::from_chars(digits, line.data() + line.size(), number);
      if (error == std::errc() && next != line.data() + line.size() && *next == ':') {
        const std::string rest = line.substr(static_cast<size_t>(next - line.data()));
        result.push_back({*file + rest, true, OriginalLine(side, *file, number)});
        ++i;
        if (i < lines.size() && lines[i].starts_with("  ") && rest.find("Warning: ") != rest.npos) {
          ++i;
        }
        continue;
      }
    }
    result.push_back({std::move(line), false, 0});
    ++i;
  }
  // Text that does not end with a line end is another text.
  if (!text.empty() && text.back() != '\n') result.push_back({"", false, 0});
  return result;
}

bool SameFrames(const std::vector<Frame>& a, const std::vector<Frame>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Frame& x, const Frame& y) {
    return x.file == y.file && x.function == y.function &&
           (x.line == y.line || x.line == 0 || y.line == 0);
  });
}

std::string FrameText(const Frame& frame) {
  return frame.line == 0 ? fmt::format("{} in {}", frame.file, frame.function)
                         : fmt::format("{}:{} in {}", frame.file, frame.line, frame.function);
}

}  // namespace unspool::verify
