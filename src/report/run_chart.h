// Run times of both versions as an inline SVG: a dot a run, a bar at the median.
#pragma once

#include "verify/measurement.h"

#include <string>

namespace unspool::report {

std::string RunChart(const verify::Measurement& measurement);

}  // namespace unspool::report
