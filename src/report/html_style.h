// The style sheet of reports: light and dark by the reader's setting, no fonts or files from
// elsewhere.
#pragma once

#include <string_view>

namespace unspool::report {

std::string_view ReportStyle();

}  // namespace unspool::report
