#include "service/loop_records.h"

#include "effects/effect.h"

namespace unspool::service {

using pipeline::Analysis;
using syntax::NodeId;

namespace {

std::string UpdateWord(effects::WriteHow how) {
  switch (how) {
    case effects::WriteHow::Append:
      return "append";
    case effects::WriteHow::Extend:
      return "extend";
    case effects::WriteHow::SetKey:
      return "set a key";
    case effects::WriteHow::AddToSet:
      return "add to a set";
    default:
      return std::string(effects::WriteHowName(how));
  }
}

LoopObstacle ObstacleOf(const Analysis& analysis, const dependence::Obstacle& obstacle) {
  LoopObstacle out;
  out.code = obstacle.code;
  out.message = obstacle.message;
  out.from = analysis.PlaceOf(obstacle.from);
  out.to = analysis.PlaceOf(obstacle.to ? obstacle.to : obstacle.from);
  for (NodeId via : {obstacle.from_via, obstacle.to_via}) {
    if (via && via != obstacle.from && via != obstacle.to) {
      out.path.push_back(analysis.PlaceOf(via));
    }
  }
  out.concrete = obstacle.concrete;
  out.unlock = obstacle.unlock;
  return out;
}

}  // namespace

LoopRecord RecordOf(const Analysis& analysis, size_t index) {
  const dependence::LoopVerdict& verdict = analysis.verdicts[index];
  const transform::Plan& plan = analysis.plans[index];
  LoopRecord record;
  record.place = analysis.PlaceOf(verdict.loop);
  record.function = verdict.function;
  record.kind = verdict.kind;
  record.verdict = dependence::VerdictName(verdict.verdict);
  record.conditions = verdict.conditions;
  record.workload = strategy::WorkloadName(plan.cost.workload);
  record.iteration_least = plan.cost.iteration.least;
  record.iteration_most = plan.cost.iteration.most;
  record.trips = plan.cost.trips;
  record.estimate = pipeline::EstimateOf(plan);
  record.reached = verdict.reached;
  record.rule = plan.rule;
  record.strategy = plan.offers_rewrite() ? std::string(plan.strategy) : "none";
  if (plan.offers_rewrite()) {
    record.applicability = source::ApplicabilityName(plan.applicability());
    record.worker = plan.worker;
  }
  for (const dependence::Variable& variable : verdict.variables) {
    LoopVariable out;
    out.name = analysis.tree().Name(variable.name);
    out.variable_class = dependence::VariableClassName(variable.variable_class);
    if (variable.write) out.write = analysis.PlaceOf(variable.write);
    if (variable.read) out.read = analysis.PlaceOf(variable.read);
    record.variables.push_back(std::move(out));
  }
  for (const dependence::Accumulation& update : verdict.accumulations) {
    record.updates.push_back({UpdateWord(update.how), analysis.PlaceOf(update.site)});
  }
  for (const dependence::Obstacle& obstacle : verdict.obstacles) {
    record.obstacles.push_back(ObstacleOf(analysis, obstacle));
  }
  for (const dependence::ProcessHazard& hazard : verdict.hazards) {
    record.hazards.push_back(
        {std::string(hazard.code), hazard.message, analysis.PlaceOf(hazard.at)});
  }
  for (const transform::Refusal& refusal : plan.refusals) {
    record.refusals.push_back({std::string(refusal.code), refusal.message,
                               analysis.PlaceOf(refusal.at ? refusal.at : verdict.loop)});
  }
  for (const transform::Obligation& obligation : plan.obligations) {
    LoopEvidence out;
    out.id = obligation.id;
    out.evidence = transform::EvidenceName(obligation.evidence);
    out.because = obligation.because;
    for (NodeId place : obligation.places) out.places.push_back(analysis.PlaceOf(place));
    record.evidence.push_back(std::move(out));
  }
  record.notes = plan.notes;
  return record;
}

}  // namespace unspool::service
