// What is kept of a verification: versions, inputs, hashes of both sources, comparison,
// measurement, and, as they were handed in, the obligations and assumptions of the rewrite.
//
// Written as JSON by data/schema/certificate.schema.json; times and summaries carry the keys of
// hyperfine's export. Reading it back gives the same certificate.
#pragma once

#include "base/result.h"
#include "verify/comparison.h"
#include "verify/measurement.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

enum class Verdict : uint8_t {
  EqualAndFaster,
  EqualNotMeasured,
  NotFaster,  // equal, but below the bound
  Mismatch,
  Unstable,  // the original differs from itself
  CouldNotRun,
};

// The word of JSON's `reason`: "not-faster".
std::string_view VerdictName(Verdict verdict);
// 0: equal and, where measured, fast enough; 1: mismatch or not faster; 2: could not run.
int ExitCode(Verdict verdict);

struct SourceHashes {
  std::string path;
  std::string original_sha256;  // empty: the rewrite creates the file
  std::string rewritten_sha256;
  size_t original_bytes = 0;
  size_t rewritten_bytes = 0;
};

struct Certificate {
  static constexpr int kSchemaVersion = 1;

  std::string tool_version;
  std::string created;  // UTC, ISO 8601
  std::string command;
  std::string script;  // or module
  std::vector<std::string> arguments;
  std::string stdin_sha256;  // empty: no input
  std::vector<SourceHashes> sources;
  Interpreter interpreter;
  Machine machine;
  std::optional<Comparison> comparison;
  std::optional<Measurement> measurement;
  std::string failure;  // why it could not run
  nlohmann::ordered_json obligations = nlohmann::ordered_json::array();
  nlohmann::ordered_json assumptions = nlohmann::ordered_json::array();

  Verdict verdict() const;
};

// Everything but comparison, measurement, obligations and assumptions.
base::Result<Certificate> BeginCertificate(const Runner& runner, std::string tool_version);

nlohmann::ordered_json ToJson(const Certificate& certificate);
base::Result<Certificate> CertificateFromJson(const nlohmann::ordered_json& json);

nlohmann::ordered_json ToJson(const Comparison& comparison);
nlohmann::ordered_json ToJson(const Measurement& measurement);
nlohmann::ordered_json ToJson(const Difference& difference);

}  // namespace unspool::verify
