// What is verified: one command over a folder of files, of which some exist in two versions.
//
// In: the folder, the command, both versions of each changed file, and, where the caller has them,
// the places of the rewritten lines in the original. The layer copies the folder for every run and
// never writes below it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

enum class Side : uint8_t { Original, Rewritten };

inline std::string_view SideName(Side side) {
  return side == Side::Original ? "original" : "rewritten";
}

struct FileVersion {
  std::filesystem::path path;  // relative to Subject::root
  std::string original;        // bytes
  std::string rewritten;
  bool created = false;  // exists in the rewritten version only
  // original_lines[n] is the original line of rewritten line n + 1, 0 where it has none. Empty:
  // found from the two texts.
  std::vector<uint32_t> original_lines;
};

// A function that only the rewritten version has. Its frames stand for those of `origin`, the
// qualified or plain name of the function whose loop it was taken from; with no origin they are
// left out.
struct GeneratedFunction {
  std::filesystem::path path;  // relative to Subject::root
  std::string name;
  std::string origin;
};

struct Subject {
  std::filesystem::path root;            // copied for every run
  std::filesystem::path working_folder;  // relative to root; empty: root itself
  std::filesystem::path script;          // relative to root
  std::string module;                    // run with -m instead of the script
  std::vector<std::string> arguments;
  std::string python = "python3";
  std::vector<FileVersion> files;
  std::vector<GeneratedFunction> generated_functions;
  std::vector<std::filesystem::path> support_files;  // generated modules: frames left out
};

}  // namespace unspool::verify
