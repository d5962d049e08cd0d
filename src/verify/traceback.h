// Brings frames and printed tracebacks of both versions into one form that can be compared: paths
// relative to the folder, lines of the original, frames of generated helpers told as those of the
// function they were taken from, frames of the support module and of the machinery of workers left
// out, source lines and markers left out (they follow from file and line).
#pragma once

#include "verify/exception_record.h"
#include "verify/subject.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

// A line of normalised text; of a frame, the line number is apart, and 0 stands for any.
struct StderrLine {
  std::string text;
  bool is_frame = false;
  uint32_t line = 0;
  bool operator==(const StderrLine& other) const {
    return text == other.text && is_frame == other.is_frame &&
           (line == other.line || line == 0 || other.line == 0);
  }
};

class FrameNormaliser {
 public:
  // `place`: where the copy lay; `hook`: folder of the start-up hook.
  FrameNormaliser(const Subject& subject, const std::filesystem::path& place,
                  const std::filesystem::path& hook);

  std::vector<Frame> Frames(Side side, const std::vector<Frame>& frames) const;
  std::vector<StderrLine> Stderr(Side side, std::string_view text) const;

  // Addresses of objects say nothing and differ in every run.
  static std::string WithoutAddresses(std::string_view text);

 private:
  std::optional<std::string> Relative(std::string_view path) const;
  bool IsMachinery(Side side, std::string_view path) const;
  uint32_t OriginalLine(Side side, const std::string& file, uint32_t line) const;

  std::string place_;
  std::string working_folder_;
  std::string hook_;
  std::map<std::string, std::vector<uint32_t>> maps_;
  std::map<std::pair<std::string, std::string>, std::string> generated_;
  std::vector<std::string> support_;
};

// Same file and function, and same line where both are known.
bool SameFrames(const std::vector<Frame>& a, const std::vector<Frame>& b);
std::string FrameText(const Frame& frame);

}  // namespace unspool::verify
