// Loops in words for people: the table of `debug loops`, and the page of `explain`.
#pragma once

#include "diagnostics/style.h"
#include "service/explain.h"

#include <string>
#include <vector>

namespace unspool::cli {

std::string LoopsTable(const std::vector<service::LoopRecord>& loops,
                       const diagnostics::Palette& paint);
std::string ExplainPage(const service::ExplainResult& result, const diagnostics::Palette& paint,
                        uint32_t width);

}  // namespace unspool::cli
