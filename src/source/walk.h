// From what the user names on the command line to the files to analyse: folders are walked, with
// git's ignore files, our excludes and Python's file names; files named outright are always taken
// (unless force_exclude). Links found on the way are not followed: what they lead to is analysed
// where it lies, and links never lead out of the project or in circles. Output is sorted.
#pragma once

#include "source/problem.h"

#include <span>
#include <string>
#include <vector>

namespace unspool::source {

struct WalkOptions {
  std::vector<std::string> exclude;         // replaces kDefaultExcludes where not empty
  std::vector<std::string> extend_exclude;  // patterns as in .gitignore, relative to `root`
  std::string root = ".";                   // folder of the configuration
  bool respect_gitignore = true;
  bool force_exclude = false;
};

struct WalkedFile {
  std::string path;    // as the user would write it: "pkg/mod.py"; "-" is standard input
  bool named = false;  // on the command line, not found by the walk
};

struct WalkResult {
  std::vector<WalkedFile> files;  // sorted by path, no path twice
  std::vector<Problem> problems;
};

// No paths means the current folder.
WalkResult Walk(std::span<const std::string> paths, const WalkOptions& options);

std::span<const std::string_view> DefaultExcludes();

// ".py", ".pyi", ".pyw" and ".ipynb".
bool IsPythonPath(std::string_view path);

}  // namespace unspool::source
