#include "pipeline/analysis.h"

#include "pipeline/quiet_imports.h"
#include "semantics/scopes/compile_errors.h"

#include <cmath>
#include <fmt/format.h>

namespace unspool::pipeline {

using dependence::LoopVerdict;
using transform::Plan;

namespace {

// Reads the modules beside the script and links what can be.
void LinkImports(Analysis& analysis, effects::InterpretOptions& interpret) {
  QuietImports quiet =
      FindQuietImports(*analysis.parsed.tree, analysis.file->path(), analysis.options.parse);
  if (!quiet.modules.empty()) {
    std::vector<const syntax::Tree*> trees = {analysis.parsed.tree.get()};
    std::vector<const semantics::ScopeTree*> scopes = {analysis.scopes.get()};
    for (const auto& module : quiet.modules) {
      trees.push_back(module->parsed.tree.get());
      scopes.push_back(&module->scopes);
    }
    analysis.imported = std::move(quiet.modules);
    analysis.linked = syntax::LinkTrees(trees);
    analysis.scopes = std::make_unique<semantics::ScopeTree>(
        semantics::ScopeTree::Link(*analysis.linked, scopes));
  }
  interpret.quiet_modules = std::move(quiet.names);
  interpret.unknown_modules = std::move(quiet.others);
  for (size_t index = 0; index < analysis.imported.size(); ++index) {
    interpret.linked_modules.push_back(
        {analysis.imported[index]->name, analysis.linked->parts[index + 1].root});
  }
}

}  // namespace

std::shared_ptr<const Analysis> Analyze(source::SourceFilePtr file,
                                        const AnalysisOptions& options) {
  auto analysis = std::make_shared<Analysis>();
  analysis->file = std::move(file);
  analysis->options = options;
  base::CheckContext context("analysis", analysis->file->path());

  // Text to tree. What does not parse goes no further.
  analysis->parsed = syntax::Parse(analysis->file->text(), options.parse);
  // Names to what they mean. What parses and cannot be compiled goes no further either.
  analysis->scopes = std::make_unique<semantics::ScopeTree>();
  if (analysis->parses()) {
    analysis->parsed.errors = semantics::FindCompileErrors(
        analysis->tree(),
        {.target = options.parse.target, .top_level_await = options.parse.notebook_cell},
        analysis->scopes.get());
  }
  if (!analysis->parses()) return analysis;

  // The modules beside a script are read with it.
  effects::InterpretOptions interpret;
  if (options.closed_world && !options.in_package) {
    LinkImports(*analysis, interpret);
  }
  const syntax::Tree& tree = analysis->tree();

  // What every expression may be, and what every loop and function does.
  interpret.closed_world = options.closed_world;
  interpret.target = options.parse.target;
  const knowledge::KnowledgeBase& knowledge = knowledge::KnowledgeBase::Builtin();
  analysis->facts = std::make_unique<effects::Facts>(
      effects::Interpreter::Run(tree, *analysis->scopes, knowledge, interpret));

  // Effects of iterations against each other: a verdict for every loop.
  analysis->verdicts = dependence::JudgeLoops(tree, *analysis->scopes, *analysis->facts);

  // What an iteration costs, as far as the text tells.
  strategy::WorkModel work(tree, *analysis->facts);
  std::vector<strategy::LoopCost> costs;
  for (const LoopVerdict& verdict : analysis->verdicts) {
    costs.push_back(strategy::CostOf(work, verdict.loop));
  }

  // Rules: what could be done about it, and may it be.
  analysis->module =
      std::make_unique<transform::Module>(tree, *analysis->scopes, *analysis->facts, knowledge);
  analysis->module->parse_options = options.parse;
  analysis->module->is_script = options.closed_world;
  analysis->module->support_module = options.in_package ? ".parallel_support" : "parallel_support";
  analysis->plans =
      transform::PlanLoops(*analysis->module, analysis->verdicts, costs, options.transform);
  return analysis;
}

std::optional<diagnostics::Estimate> EstimateOf(const Plan& plan) {
  if (!plan.offers_rewrite()) return std::nullopt;
  constexpr int kWorkers = 2;
  auto gain = strategy::EstimateGain(plan.cost.iteration, plan.cost.trips, kWorkers);
  if (!gain) return std::nullopt;
  return diagnostics::Estimate{std::sqrt(gain->low * gain->high), gain->low, gain->high,
                               gain->break_even};
}

bool LooksLikeScript(const Analysis& analysis) {
  return analysis.module && (analysis.module->import_time.main_guard() ||
                             !analysis.module->import_time.effectful().empty());
}

diagnostics::Place Analysis::PlaceOf(syntax::NodeId node) const {
  source::Span span = SpanOf(node);
  const size_t part = linked ? linked->PartOf(node) : 0;
  if (part == 0) return diagnostics::PlaceOf(file, span);
  span.begin -= linked->parts[part].text_offset;
  span.end -= linked->parts[part].text_offset;
  return diagnostics::PlaceOf(imported[part - 1]->file, span);
}

namespace {

// The header of a loop: what a message about it underlines.
source::Span HeaderOf(const Analysis& analysis, syntax::NodeId loop) {
  const syntax::Tree& tree = analysis.tree();
  source::Span span = analysis.SpanOf(loop);
  if (tree.kind(loop) == syntax::NodeKind::For) {
    span.end = tree.end(syntax::ForView(tree, loop).iter());
  } else if (tree.kind(loop) == syntax::NodeKind::While) {
    span.end = tree.end(syntax::WhileView(tree, loop).test());
  }
  return span;
}

std::shared_ptr<diagnostics::Parallel> ParallelOf(const Analysis& analysis,
                                                  const LoopVerdict& verdict, const Plan& plan) {
  auto parallel = std::make_shared<diagnostics::Parallel>();
  parallel->verdict = dependence::VerdictName(verdict.verdict);
  parallel->conditions = verdict.conditions;
  parallel->workload = strategy::WorkloadName(plan.cost.workload);
  parallel->strategy = plan.strategy;
  parallel->estimate = EstimateOf(plan);
  for (const dependence::Obstacle& obstacle : verdict.obstacles) {
    diagnostics::Obstacle out;
    out.code = obstacle.code;
    out.message = obstacle.message;
    out.from = analysis.PlaceOf(obstacle.from);
    out.to = analysis.PlaceOf(obstacle.to);
    for (syntax::NodeId via : {obstacle.from_via, obstacle.to_via}) {
      if (via && via != obstacle.from && via != obstacle.to) {
        out.path.push_back(analysis.PlaceOf(via));
      }
    }
    parallel->obstacles.push_back(std::move(out));
  }
  for (const transform::Refusal& refusal : plan.refusals) {
    if (plan.rule.empty()) break;  // no rule asked for this loop
    diagnostics::Obstacle out;
    out.code = refusal.code;
    out.message = refusal.message;
    out.from = out.to = analysis.PlaceOf(refusal.at);
    parallel->obstacles.push_back(std::move(out));
  }
  for (const transform::Obligation& obligation : plan.obligations) {
    diagnostics::Obligation out;
    out.id = obligation.id;
    out.evidence = obligation.evidence == transform::Evidence::Open
                       ? ""
                       : transform::EvidenceName(obligation.evidence);
    for (syntax::NodeId place : obligation.places) out.places.push_back(analysis.PlaceOf(place));
    parallel->obligations.push_back(std::move(out));
  }
  if (plan.offers_rewrite()) parallel->assumptions = {"A1", "A2", "A3"};
  return parallel;
}

std::string_view WordOf(std::string_view kind) {
  if (kind == "listcomp") return "list comprehension";
  if (kind == "setcomp") return "set comprehension";
  if (kind == "dictcomp") return "dict comprehension";
  if (kind == "genexp") return "generator expression";
  return "loop";
}

}  // namespace

std::vector<diagnostics::Diagnostic> Diagnose(const Analysis& analysis, bool refusals) {
  std::vector<diagnostics::Diagnostic> found;
  for (const syntax::SyntaxError& error : analysis.parsed.errors) {
    found.push_back(
        diagnostics::FromSyntaxError(analysis.file, {error.begin, error.end}, error.message));
  }
  if (!analysis.parses()) return found;
  for (size_t index = 0; index < analysis.verdicts.size(); ++index) {
    const LoopVerdict& verdict = analysis.verdicts[index];
    const Plan& plan = analysis.plans[index];
    source::Span header = HeaderOf(analysis, verdict.loop);
    std::string word(WordOf(verdict.kind));
    if (plan.offers_rewrite()) {
      auto kind = plan.rule == "UNS101" ? diagnostics::Kind::ParallelLoop
                                        : diagnostics::Kind::ParallelComprehension;
      diagnostics::Diagnostic diagnostic = diagnostics::MakeAt(
          kind, analysis.file, header,
          {fmt::format("the iterations of this {} are independent, and could run in a process pool",
                       word)});
      auto fix = transform::ComposeFix(*analysis.module, {&plan}, analysis.file->line_end());
      if (fix) {
        fix->set_applicability(plan.applicability());
        diagnostic.fix =
            diagnostics::Fix{fmt::format("Run the {} in a process pool", word), std::move(*fix)};
      }
      diagnostic.parallel = ParallelOf(analysis, verdict, plan);
      found.push_back(std::move(diagnostic));
    } else if (refusals) {
      std::string reason;
      syntax::NodeId from = verdict.loop, to;
      std::string help;
      if (!verdict.obstacles.empty()) {
        const dependence::Obstacle* shown = &verdict.obstacles.front();
        for (const dependence::Obstacle& obstacle : verdict.obstacles) {
          if (obstacle.concrete) {
            shown = &obstacle;
            break;
          }
        }
        reason = shown->message;
        from = shown->from;
        to = shown->to;
        help = shown->unlock;
      } else if (!plan.refusals.empty()) {
        reason = plan.refusals.front().message;
        from = plan.refusals.front().at;
      }
      diagnostics::Diagnostic diagnostic = diagnostics::MakeAt(
          diagnostics::Kind::LeftAlone, analysis.file, header,
          {word, std::string(dependence::VerdictName(verdict.verdict)), reason});
      if (from != verdict.loop) diagnostic.labels.push_back({analysis.PlaceOf(from), "here"});
      if (to && to != from && to != verdict.loop) {
        diagnostic.labels.push_back({analysis.PlaceOf(to), "and here"});
      }
      if (!help.empty()) diagnostic.help.push_back(help);
      diagnostic.parallel = ParallelOf(analysis, verdict, plan);
      found.push_back(std::move(diagnostic));
    }
  }
  return found;
}

std::optional<source::EditSet> FixOf(const Analysis& analysis, bool unsafe_fixes) {
  std::vector<const Plan*> plans;
  for (const Plan& plan : analysis.plans) {
    if (!plan.offers_rewrite()) continue;
    bool allowed = plan.applicability() == source::Applicability::Safe ||
                   (unsafe_fixes && plan.applicability() == source::Applicability::Unsafe);
    if (allowed) plans.push_back(&plan);
  }
  if (plans.empty()) return std::nullopt;
  return transform::ComposeFix(*analysis.module, plans, analysis.file->line_end());
}

}  // namespace unspool::pipeline
