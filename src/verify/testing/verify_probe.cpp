// The whole layer as one executable, for the tests under tests/verify: a request as JSON on
// standard input, the answer as JSON on standard output. Not installed.
//
// Requests: {"do": "verify", "subject": {...}, "matrix": {...}, "measure": {...}, "options": {...}}
//           {"do": "statistics", "a": [...], "b": [...], "confidence": 0.95}
//           {"do": "certificate", "certificate": {...}}: read and written again
#include "verify/certificate.h"
#include "verify/format.h"
#include "verify/interrupt.h"

#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace unspool::verify {
namespace {

using Json = nlohmann::ordered_json;

Subject ReadSubject(const Json& json) {
  Subject subject;
  subject.root = json.at("root").get<std::string>();
  subject.working_folder = json.value("working_folder", "");
  subject.script = json.value("script", "");
  subject.module = json.value("module", "");
  subject.arguments = json.value("arguments", std::vector<std::string>());
  subject.python = json.value("python", "python3");
  for (const Json& file : json.value("files", Json::array())) {
    FileVersion version;
    version.path = file.at("path").get<std::string>();
    version.created = !file.contains("original");
    version.original = file.value("original", "");
    version.rewritten = file.at("rewritten");
    version.original_lines = file.value("original_lines", std::vector<uint32_t>());
    subject.files.push_back(std::move(version));
  }
  for (const Json& item : json.value("generated_functions", Json::array())) {
    subject.generated_functions.push_back(
        {item.at("path").get<std::string>(), item.at("name"), item.value("origin", "")});
  }
  for (const std::string path : json.value("support_files", Json::array())) {
    subject.support_files.emplace_back(path);
  }
  return subject;
}

RunOptions ReadOptions(const Json& json) {
  RunOptions options;
  auto milliseconds = [&](const char* key, std::chrono::milliseconds fallback) {
    return std::chrono::milliseconds(json.value(key, fallback.count()));
  };
  options.timeout = milliseconds("timeout_ms", options.timeout);
  options.grace = milliseconds("grace_ms", options.grace);
  options.output_limit = json.value("output_limit", options.output_limit);
  options.copy_limit = json.value("copy_limit", options.copy_limit);
  options.copy_file_limit = json.value("copy_file_limit", options.copy_file_limit);
  options.stdin_file = json.value("stdin_file", "");
  options.close_stdout = json.value("close_stdout", false);
  options.environment = json.value("environment", std::map<std::string, std::string>());
  options.temporary_folder = json.value("temporary_folder", "");
  for (const std::string path : json.value("linked", Json::array())) {
    options.linked.emplace_back(path);
  }
  return options;
}

Matrix ReadMatrix(const Json& json) {
  Matrix matrix;
  if (json.contains("start_methods")) {
    matrix.start_methods.clear();
    for (const std::string name : json["start_methods"]) {
      matrix.start_methods.push_back(StartMethodFromName(name).value());
    }
  }
  matrix.workers = json.value("workers", matrix.workers);
  return matrix;
}

MeasureOptions ReadMeasure(const Json& json) {
  MeasureOptions options;
  options.warmup = json.value("warmup", options.warmup);
  options.min_runs = json.value("min_runs", options.min_runs);
  options.max_runs = json.value("max_runs", options.max_runs);
  options.min_speedup = json.value("min_speedup", options.min_speedup);
  return options;
}

Json Failed(const base::Error& error) {
  return {{"error", error.message}};
}

Json DoVerify(const Json& request, const InterruptScope& interrupts) {
  RunOptions options = ReadOptions(request.value("options", Json::object()));
  options.cancelled = interrupts.flag();
  Json steps = Json::array();
  options.progress = [&](const Progress& progress) {
    steps.push_back({progress.phase, progress.done, progress.total, progress.label});
  };
  auto runner = Runner::Create(ReadSubject(request.at("subject")), options);
  if (!runner) return Failed(runner.error());
  auto certificate = BeginCertificate(**runner, "0.0.0");
  if (!certificate) return Failed(certificate.error());
  certificate->obligations = request.value("obligations", Json::array());
  certificate->assumptions = request.value("assumptions", Json::array());
  std::string text;
  std::vector<std::string> unstable;
  if (request.contains("matrix")) {
    auto comparison = Compare(**runner, ReadMatrix(request["matrix"]));
    if (!comparison) return Failed(comparison.error());
    for (const Instability& instability : comparison->instabilities) {
      unstable.push_back(instability.difference.Channel());
    }
    text += FormatText(*comparison);
    certificate->comparison = std::move(*comparison);
  }
  if (request.contains("measure")) {
    auto measurement = Measure(**runner, ReadMeasure(request["measure"]), unstable);
    if (!measurement) return Failed(measurement.error());
    text += FormatText(*measurement);
    certificate->measurement = std::move(*measurement);
  }
  return {{"certificate", ToJson(*certificate)},
          {"exit_code", ExitCode(certificate->verdict())},
          {"text", text + FormatVerdict(*certificate) + "\n"},
          {"progress", std::move(steps)}};
}

Json DoStatistics(const Json& request) {
  const std::vector<double> a = request.at("a");
  const std::vector<double> b = request.at("b");
  const Summary summary = Summarise(a);
  const Interval interval = BootstrapRatioOfMedians(a, b, request.value("confidence", 0.95),
                                                    request.value("resamples", 10'000),
                                                    request.value("seed", uint64_t{1}));
  return {{"mean", summary.mean},         {"stddev", summary.stddev}, {"median", summary.median},
          {"mad", summary.mad},           {"min", summary.min},       {"max", summary.max},
          {"outliers", summary.outliers}, {"low", interval.low},      {"high", interval.high},
          {"p", MannWhitneyP(a, b)}};
}

Json Answer(const Json& request, const InterruptScope& interrupts) {
  const std::string what = request.at("do");
  if (what == "verify") return DoVerify(request, interrupts);
  if (what == "statistics") return DoStatistics(request);
  auto certificate = CertificateFromJson(request.at("certificate"));
  if (!certificate) return Failed(certificate.error());
  return {{"certificate", ToJson(*certificate)}};
}

}  // namespace
}  // namespace unspool::verify

int main() {
  unspool::verify::InterruptScope interrupts;
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  try {
    const auto answer = unspool::verify::Answer(nlohmann::ordered_json::parse(text), interrupts);
    fmt::print("{}\n", answer.dump());
    return answer.contains("error") ? 2 : 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "verify_probe: {}\n", error.what());
    return 3;
  }
}
