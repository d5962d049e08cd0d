// From an analysis to records; for the requests of this layer.
#pragma once

#include "pipeline/analysis.h"
#include "service/loops.h"

namespace unspool::service {

LoopRecord RecordOf(const pipeline::Analysis& analysis, size_t index);

}  // namespace unspool::service
