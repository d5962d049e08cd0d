// The request behind `unspool verify`: the script as it is against the script with its safe
// rewrites. Runs user code, in copies of its folder.
#pragma once

#include "diagnostics/diagnostic.h"
#include "service/loops.h"
#include "service/settings.h"
#include "verify/certificate.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct VerifyRequest {
  std::string script;
  std::vector<std::string> arguments;
  std::string python;
  SettingsRequest settings;
  bool unsafe_fixes = false;
  verify::Matrix matrix;
  bool measure = true;
  int runs = 0;        // most runs of each version; 0: by configuration
  double timeout = 0;  // seconds one run may take; 0: by configuration
  verify::RunOptions run;
  std::string tool_version;
};

struct VerifyResult {
  std::vector<LoopRecord> rewritten;  // the loops
  std::string diff;
  std::optional<verify::Certificate> certificate;
  std::string certificate_path;
  std::vector<diagnostics::Diagnostic> problems;
  std::string error;           // why it could not run
  bool nothing_to_do = false;  // no loop has a safe rewrite
};

VerifyResult VerifyScript(const VerifyRequest& request);

}  // namespace unspool::service
