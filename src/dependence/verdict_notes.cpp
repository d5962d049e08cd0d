#include "dependence/verdict_notes.h"

namespace unspool::dependence {

void AddUnknown(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at,
                NodeId via) {
  Obstacle obstacle;
  obstacle.code = code;
  obstacle.message = std::move(message);
  obstacle.from = obstacle.to = at;
  obstacle.from_via = obstacle.to_via = via ? via : at;
  obstacle.concrete = false;
  Add(verdict, std::move(obstacle));
}

void Add(LoopVerdict& verdict, Obstacle obstacle) {
  for (const Obstacle& other : verdict.obstacles) {
    if (other.code == obstacle.code && other.from == obstacle.from && other.to == obstacle.to &&
        other.message == obstacle.message) {
      return;
    }
  }
  verdict.obstacles.push_back(std::move(obstacle));
}

void AddHazard(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at) {
  for (const ProcessHazard& other : verdict.hazards) {
    if (other.code == code && other.at == at) return;
  }
  verdict.hazards.push_back({code, std::move(message), at});
}

}  // namespace unspool::dependence
