// Adding to a verdict what stands in the way of running a loop's iterations in parallel, once each.
#pragma once

#include "dependence/loop_verdict.h"

namespace unspool::dependence {

void Add(LoopVerdict& verdict, Obstacle obstacle);
// Something that is not understood.
void AddUnknown(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at,
                NodeId via = NodeId());
void AddHazard(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at);

}  // namespace unspool::dependence
