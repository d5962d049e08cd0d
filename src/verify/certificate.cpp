#include "verify/certificate.h"

#include "verify/sha256.h"

#include <chrono>
#include <ctime>

namespace unspool::verify {

Verdict Certificate::verdict() const {
  if (!comparison) {
    // `bench` measures without a comparison of its own.
    if (!measurement || !failure.empty()) return Verdict::CouldNotRun;
  } else {
    switch (comparison->verdict) {
      case ComparisonVerdict::NotRunnable:
        return Verdict::CouldNotRun;
      case ComparisonVerdict::Different:
        return Verdict::Mismatch;
      case ComparisonVerdict::Unstable:
        return Verdict::Unstable;
      case ComparisonVerdict::Equal:
        break;
    }
  }
  if (!measurement) return failure.empty() ? Verdict::EqualNotMeasured : Verdict::CouldNotRun;
  if (!measurement->differences.empty()) return Verdict::Mismatch;
  return measurement->speed.accepted ? Verdict::EqualAndFaster : Verdict::NotFaster;
}

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::EqualAndFaster:
      return "equal-and-faster";
    case Verdict::EqualNotMeasured:
      return "equal-not-measured";
    case Verdict::NotFaster:
      return "not-faster";
    case Verdict::Mismatch:
      return "mismatch";
    case Verdict::Unstable:
      return "unstable";
    case Verdict::CouldNotRun:
      return "could-not-run";
  }
  return "could-not-run";
}

int ExitCode(Verdict verdict) {
  switch (verdict) {
    case Verdict::EqualAndFaster:
    case Verdict::EqualNotMeasured:
      return 0;
    case Verdict::NotFaster:
    case Verdict::Mismatch:
    case Verdict::Unstable:
      return 1;
    case Verdict::CouldNotRun:
      return 2;
  }
  return 2;
}

base::Result<Certificate> BeginCertificate(const Runner& runner, std::string tool_version) {
  Certificate certificate;
  certificate.tool_version = std::move(tool_version);
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc;
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  certificate.created = text;
  const Subject& subject = runner.subject();
  certificate.command = Excerpt(runner.CommandLine(), 100'000);
  certificate.script =
      Excerpt(subject.module.empty() ? subject.script.string() : "-m " + subject.module, 10'000);
  for (const std::string& argument : subject.arguments) {
    certificate.arguments.push_back(Excerpt(argument, 100'000));
  }
  if (!runner.options().stdin_file.empty()) {
    auto hash = Sha256OfFile(runner.options().stdin_file);
    if (!hash) return std::unexpected(hash.error());
    certificate.stdin_sha256 = *hash;
  }
  for (const FileVersion& file : subject.files) {
    certificate.sources.push_back({Excerpt(file.path.string(), 10'000),
                                   file.created ? std::string() : Sha256Of(file.original),
                                   Sha256Of(file.rewritten), file.original.size(),
                                   file.rewritten.size()});
  }
  certificate.interpreter = runner.interpreter();
  certificate.machine = DescribeMachine();
  return certificate;
}

}  // namespace unspool::verify
