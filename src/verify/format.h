// Comparison and measurement as plain lines for a terminal or a log. Colours and widths are for the
// layer that prints.
#pragma once

#include "verify/certificate.h"

#include <string>

namespace unspool::verify {

// "1.24 s", "83.1 ms"
std::string FormatSeconds(double seconds);
std::string FormatText(const Difference& difference);
std::string FormatText(const Comparison& comparison);
std::string FormatText(const Measurement& measurement);
// The verdict in one sentence.
std::string FormatVerdict(const Certificate& certificate);

}  // namespace unspool::verify
