#include "service/analyzed_file.h"

#include <filesystem>
#include <pthread.h>

namespace unspool::service {

namespace fs = std::filesystem;
using pipeline::Analysis;
using pipeline::AnalysisOptions;

namespace {

bool StandsInPackage(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::path(path).parent_path() / "__init__.py", ignored);
}

bool HasMainGuard(const Analysis& analysis) {
  return analysis.module && analysis.module->import_time.main_guard();
}

// Cheap: whether the text could hold a main guard.
bool MayHaveMainGuard(std::string_view text) {
  return text.find("__main__") != std::string_view::npos;
}

std::shared_ptr<const Analysis> AnalyzeText(const source::SourceFilePtr& file,
                                            const FileRequest& request, bool in_package) {
  AnalysisOptions options;
  options.parse.target = request.target;
  options.transform = request.transform;
  options.closed_world = request.world == World::Script;
  if (request.world != World::Auto) {
    options.in_package = in_package && !options.closed_world;
    return pipeline::Analyze(file, options);
  }
  // The likelier answer first; the other where it was wrong.
  options.closed_world = request.alone || MayHaveMainGuard(file->text());
  options.in_package = in_package && !options.closed_world;
  auto analysis = pipeline::Analyze(file, options);
  if (!options.closed_world) return analysis;
  const bool script =
      request.alone ? pipeline::LooksLikeScript(*analysis) : HasMainGuard(*analysis);
  if (script) return analysis;
  options.closed_world = false;
  options.in_package = in_package;
  return pipeline::Analyze(file, options);
}

}  // namespace

AnalyzedFile AnalyzeFile(const FileRequest& request) {
  AnalyzedFile result;
  const bool standard_input = request.path == "-";
  result.path = standard_input ? request.stdin_filename : request.path;
  if (!standard_input && source::IsNotebookPath(result.path)) {
    auto notebook = source::Notebook::Read(result.path);
    if (!notebook) {
      result.problems.push_back(diagnostics::FromProblem(notebook.error()));
      return result;
    }
    result.notebook = *notebook;
    for (const source::NotebookCell& cell : (*notebook)->cells()) {
      AnalysisOptions options;
      options.parse.target = request.target;
      options.parse.notebook_cell = true;
      options.closed_world = false;
      result.parts.push_back(pipeline::Analyze(cell.file, options));
    }
    return result;
  }
  auto file = standard_input ? source::SourceFile::ReadStandardInput(result.path)
                             : source::SourceFile::Read(result.path);
  if (!file) {
    result.problems.push_back(diagnostics::FromProblem(file.error()));
    return result;
  }
  const bool in_package = StandsInPackage(result.path);
  result.parts.push_back(AnalyzeText(*file, request, in_package));
  result.finds_neighbours = in_package || result.parts.front()->options.closed_world;
  return result;
}

std::string FollowLink(const std::string& path, const std::string& root) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path real = fs::canonical(path, error);
  if (error) return path;
  if (!root.empty()) {
    const fs::path below = real.lexically_relative(fs::canonical(root, error));
    if (error || below.empty() || *below.begin() == "..") return path;
  }
  const fs::path here = fs::canonical(".", error);
  return error ? real.string() : real.lexically_proximate(here).string();
}

std::shared_ptr<const Analysis> Reanalyze(const Analysis& analysis,
                                          const transform::TransformOptions& transform) {
  AnalysisOptions options = analysis.options;
  options.transform = transform;
  return pipeline::Analyze(analysis.file, options);
}

void WithDeepStack(const std::function<void()>& task) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kDeepStack);
  pthread_t thread;
  auto run = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  void* argument = const_cast<std::function<void()>*>(&task);
  const bool started = pthread_create(&thread, &attributes, run, argument) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) {
    // Where so much address space is not to be had, what there is has to do.
    task();
    return;
  }
  pthread_join(thread, nullptr);
}

std::optional<size_t> LoopAt(const Analysis& analysis, uint32_t row) {
  std::optional<size_t> best;
  uint32_t best_length = 0;
  bool best_begins = false;
  for (size_t index = 0; index < analysis.verdicts.size(); ++index) {
    const source::Span span = analysis.SpanOf(analysis.verdicts[index].loop);
    const uint32_t first = analysis.file->PositionOf(span.begin).row;
    const uint32_t last = analysis.file->PositionOf(span.end).row;
    if (row < first || row > last) continue;
    // A loop that begins in the row is meant rather than one that lies in it by chance; of several
    // that begin there, the outermost.
    const bool begins = first == row;
    const uint32_t length = span.end - span.begin;
    const bool better =
        !best || (begins && !best_begins) ||
        (begins == best_begins && (begins ? length > best_length : length < best_length));
    if (!better) continue;
    best = index;
    best_length = length;
    best_begins = begins;
  }
  return best;
}

}  // namespace unspool::service
