// One path of the user, read and sent through all phases: a Python file, standard input, a
// notebook (each cell by itself) or a stub (parsed only). For the requests of this layer; front
// ends see only their records.
#pragma once

#include "diagnostics/diagnostic.h"
#include "pipeline/analysis.h"
#include "source/notebook.h"

#include <memory>
#include <string>
#include <vector>

namespace unspool::service {

// What is taken for known about who calls the functions of a file.
enum class World : uint8_t {
  Auto,    // Script where the file has a main guard, or is named alone and does something
  Script,  // the file is what runs: parameters have the values its own calls give them
  Module,  // anybody may call anything
};

struct FileRequest {
  std::string path;            // "-": standard input
  std::string stdin_filename;  // what standard input is called
  World world = World::Auto;
  bool alone = false;  // the only file of the request
  syntax::Version target{3, 11};
  transform::TransformOptions transform;
};

struct AnalyzedFile {
  std::string path;
  // One; of a notebook one a cell; none where the file could not be read.
  std::vector<std::shared_ptr<const pipeline::Analysis>> parts;
  source::NotebookPtr notebook;
  std::vector<diagnostics::Diagnostic> problems;  // why it could not be read
  // The support module is certain to be found by an import from this file.
  bool finds_neighbours = true;

  bool is_stub() const { return path.ends_with(".pyi"); }
};

AnalyzedFile AnalyzeFile(const FileRequest& request);

// Python looks for modules beside the file that a link leads to, and so do we: its path, where
// `path` is a link to a file below `root` (empty: anywhere), else `path`.
std::string FollowLink(const std::string& path, const std::string& root);

// Of a file that was read; other settings of the transform than before.
std::shared_ptr<const pipeline::Analysis> Reanalyze(const pipeline::Analysis& analysis,
                                                    const transform::TransformOptions& options);

// Runs `task` on a thread with a stack for the deepest code the parser accepts.
void WithDeepStack(const std::function<void()>& task);
inline constexpr size_t kDeepStack = size_t{512} << 20;

// The loop's node whose statement begins in the row or, failing that, the innermost one around it;
// none where there is no loop.
std::optional<size_t> LoopAt(const pipeline::Analysis& analysis, uint32_t row);

}  // namespace unspool::service
