// The report of one `unspool optimize`: what was found, done and left, the diff, the obligations,
// the comparison and the measurement, as one HTML file that needs no network and no script. In:
// plain records. Out: the text of the file. Everything from the user's program is escaped.
#pragma once

#include "verify/certificate.h"

#include <cstdint>
#include <string>
#include <vector>

namespace unspool::report {

struct ReportEvidence {
  std::string id;
  std::string evidence;
  std::string because;
};

struct ReportLoop {
  uint32_t row = 0;
  std::string function;
  std::string kind;
  std::string verdict;
  std::string workload;
  bool rewritten = false;
  std::string why;   // it was left
  std::string work;  // "1.2 s in 40 iterations"; empty: not under the clock
  double seconds = 0;
  std::vector<ReportEvidence> evidence;
};

struct ReportData {
  std::string script;
  std::string command;
  std::string tool_version;
  double profile_seconds = 0;
  double predicted_low = 0;  // gain of the whole program; 0: none
  double predicted_high = 0;
  int workers = 0;
  bool kept = false;
  bool written = false;
  std::string diff;
  const verify::Certificate* certificate = nullptr;  // none: nothing was tried
  const verify::Failure* failure = nullptr;          // of the profiled run
  std::vector<ReportLoop> loops;
};

std::string RenderHtml(const ReportData& data);

std::string EscapeHtml(std::string_view text);

}  // namespace unspool::report
