// What the effects of a loop's iterations do to each other: conflicts on objects and variables, on
// the channels to the world, and the updates that can be replayed in order.
#pragma once

#include "dependence/loop_verdict.h"

namespace unspool::dependence {

// Adds to the verdict what follows from the effects in one context.
void JudgeEffects(LoopVerdict& verdict, const effects::Facts& facts,
                  const base::IdVector<NodeId, NodeId>& starts, const effects::LoopFacts& loop);

}  // namespace unspool::dependence
