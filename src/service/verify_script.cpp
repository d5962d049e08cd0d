#include "service/verify_script.h"

#include "service/loop_records.h"
#include "service/script_project.h"

#include <nlohmann/json.hpp>

namespace unspool::service {

namespace {

base::Result<verify::Certificate> RunBoth(const ScriptProject& project,
                                          const ScriptVersion& version,
                                          const VerifyRequest& request) {
  auto runner = verify::Runner::Create(project.SubjectFor(version),
                                       project.RunOptionsFor(request.run, request.timeout));
  if (!runner) return std::unexpected(runner.error());
  auto certificate = verify::BeginCertificate(**runner, request.tool_version);
  if (!certificate) return certificate;
  certificate->obligations = project.ObligationsOf(version);
  certificate->assumptions = ScriptProject::Assumptions();
  auto comparison = verify::Compare(**runner, request.matrix);
  if (!comparison) return std::unexpected(comparison.error());
  std::vector<std::string> unstable;
  for (const verify::Instability& instability : comparison->instabilities) {
    unstable.push_back(instability.difference.Channel());
  }
  const bool equal = comparison->verdict == verify::ComparisonVerdict::Equal;
  certificate->comparison = std::move(*comparison);
  if (!equal || !request.measure) return certificate;
  auto measurement = verify::Measure(**runner, project.MeasureOptionsFor(request.runs), unstable);
  if (!measurement) return std::unexpected(measurement.error());
  certificate->measurement = std::move(*measurement);
  return certificate;
}

}  // namespace

VerifyResult VerifyScript(const VerifyRequest& request) {
  VerifyResult result;
  ScriptProject::Opened opened = ScriptProject::Open(
      {request.script, request.arguments, request.python, request.settings, request.unsafe_fixes});
  result.problems = std::move(opened.problems);
  result.error = std::move(opened.error);
  if (!opened.project) return result;
  const ScriptProject& project = *opened.project;
  if (project.Offered().empty()) {
    result.nothing_to_do = true;
    return result;
  }
  auto version = project.VersionWith({});
  if (!version) {
    result.error = version.error().message;
    return result;
  }
  if (version->support.problem) {
    result.problems.push_back(*version->support.problem);
    return result;
  }
  for (size_t index : version->loops) {
    result.rewritten.push_back(RecordOf(*version->analysis, index));
  }
  result.diff = version->diff;
  auto certificate = RunBoth(project, *version, request);
  if (!certificate) {
    result.error = certificate.error().message;
    return result;
  }
  result.certificate = std::move(*certificate);
  auto path = WriteReportFile(project.ReportFolder(), project.Stem() + ".certificate.json",
                              verify::ToJson(*result.certificate).dump(2) + "\n");
  if (path) {
    result.certificate_path = *path;
  } else {
    result.error = path.error().message;
  }
  return result;
}

}  // namespace unspool::service
