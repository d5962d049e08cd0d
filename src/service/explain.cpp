#include "service/explain.h"

#include "service/analyzed_file.h"
#include "service/loop_records.h"

#include <fmt/format.h>

namespace unspool::service {

using pipeline::Analysis;

namespace {

std::string DiffOfPlan(const Analysis& analysis, const transform::Plan& plan) {
  if (!plan.offers_rewrite()) return {};
  auto edits = transform::ComposeFix(*analysis.module, {&plan}, analysis.file->line_end());
  if (!edits) return {};
  auto text = source::ApplyToText(analysis.file->text(), *edits, analysis.file->line_end());
  if (!text) return {};
  Rewrite rewrite;
  rewrite.path = analysis.file->path();
  rewrite.old_text = analysis.file->text();
  rewrite.new_text = std::move(*text);
  return DiffOf({rewrite});
}

std::string NearestLoops(const Analysis& analysis, uint32_t row) {
  std::optional<uint32_t> before, after;
  for (const dependence::LoopVerdict& verdict : analysis.verdicts) {
    const uint32_t at = analysis.file->PositionOf(analysis.SpanOf(verdict.loop).begin).row;
    if (at <= row && (!before || at > *before)) before = at;
    if (at > row && (!after || at < *after)) after = at;
  }
  if (before && after)
    return fmt::format("; the nearest ones are in lines {} and {}", *before, *after);
  if (before || after)
    return fmt::format("; the nearest one is in line {}", before ? *before : *after);
  return "; the file has none";
}

}  // namespace

ExplainResult Explain(const ExplainRequest& request) {
  ExplainResult result;
  Settings settings(request.settings);
  FileRequest file_request;
  file_request.path = FollowLink(request.place.path, {});
  file_request.alone = true;
  if (request.as_script) file_request.world = *request.as_script ? World::Script : World::Module;
  const auto target = settings.For(request.place.path)->Target();
  if (target) file_request.target = {target->major, target->minor};
  result.problems = settings.TakeProblems();
  if (!result.problems.empty()) return result;
  WithDeepStack([&] {
    AnalyzedFile file = AnalyzeFile(file_request);
    result.problems = std::move(file.problems);
    if (!result.problems.empty()) return;
    if (file.notebook) {
      result.usage_error =
          "lines of a notebook have no one place; see `unspool check --show-refusals`";
      return;
    }
    std::shared_ptr<const Analysis> analysis = file.parts.front();
    if (!analysis->parses()) {
      result.problems = pipeline::Diagnose(*analysis, false);
      return;
    }
    auto index = LoopAt(*analysis, request.place.row);
    if (!index) {
      result.usage_error =
          fmt::format("no loop or comprehension at {}:{}{}", request.place.path, request.place.row,
                      NearestLoops(*analysis, request.place.row));
      return;
    }
    result.loop = RecordOf(*analysis, *index);
    result.as_script = analysis->options.closed_world;
    result.diff = DiffOfPlan(*analysis, analysis->plans[*index]);
    if (!file.finds_neighbours && result.loop->applicability == "safe") {
      result.loop->applicability = "unsafe";
      result.loop->notes.push_back(
          "the folder has no __init__.py: it is not certain that the support module is found");
    }
  });
  return result;
}

}  // namespace unspool::service
