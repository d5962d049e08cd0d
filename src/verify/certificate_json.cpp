// Certificates as JSON, and back. The keys are those of data/schema/certificate.schema.json.
#include "verify/certificate.h"

#include <array>
#include <fmt/format.h>

namespace unspool::verify {

namespace {

using Json = nlohmann::ordered_json;

// The enumerator whose name the text is; throws what the parser throws, for one way out.
template <typename Enum, size_t N>
Enum FromName(const Json& text, const std::array<Enum, N>& all, std::string_view (*name)(Enum)) {
  const std::string wanted = text.get<std::string>();
  for (Enum value : all) {
    if (name(value) == wanted) return value;
  }
  throw Json::other_error::create(501, "unknown word \"" + wanted + "\"", nullptr);
}

constexpr std::array kStartMethods = {StartMethod::Default, StartMethod::Fork, StartMethod::Spawn,
                                      StartMethod::ForkServer};
constexpr std::array kComparisonVerdicts = {ComparisonVerdict::Equal, ComparisonVerdict::Different,
                                            ComparisonVerdict::Unstable,
                                            ComparisonVerdict::NotRunnable};
constexpr std::array kSpeedVerdicts = {SpeedVerdict::Faster, SpeedVerdict::NotSignificant,
                                       SpeedVerdict::Slower};
constexpr std::array kDifferenceKinds = {
    DifferenceKind::Ending,           DifferenceKind::ExitCode,
    DifferenceKind::Stdout,           DifferenceKind::Stderr,
    DifferenceKind::ExceptionType,    DifferenceKind::ExceptionArguments,
    DifferenceKind::ExceptionMessage, DifferenceKind::ExceptionNotes,
    DifferenceKind::ExceptionFrames,  DifferenceKind::ExceptionChain,
    DifferenceKind::FileMissing,      DifferenceKind::FileExtra,
    DifferenceKind::FileContent,      DifferenceKind::FileMode,
    DifferenceKind::FileType,         DifferenceKind::Survivors};

Json ConfigToJson(const RunConfig& config) {
  return {{"start_method", StartMethodName(config.start_method)},
          {"workers", config.workers > 0 ? Json(config.workers) : Json(nullptr)}};
}

RunConfig ConfigFromJson(const Json& json) {
  RunConfig config;
  config.start_method = FromName(json.at("start_method"), kStartMethods, StartMethodName);
  if (!json.at("workers").is_null()) config.workers = json.at("workers");
  return config;
}

Difference DifferenceFromJson(const Json& json) {
  return {FromName(json.at("kind"), kDifferenceKinds, DifferenceKindName), json.at("place"),
          json.at("original"), json.at("rewritten"), ConfigFromJson(json.at("config"))};
}

template <typename T, typename Make>
std::vector<T> ListFromJson(const Json& json, Make make) {
  std::vector<T> list;
  for (const Json& item : json) list.push_back(make(item));
  return list;
}

Comparison ComparisonFromJson(const Json& json) {
  Comparison comparison;
  comparison.verdict = FromName(json.at("verdict"), kComparisonVerdicts, ComparisonVerdictName);
  comparison.reason = json.at("reason").is_null() ? "" : json.at("reason").get<std::string>();
  comparison.original_runs = json.at("original").at("runs");
  comparison.exit_code = json.at("original").at("exit_code");
  const Json& exception = json.at("original").at("exception");
  comparison.exception_type = exception.is_null() ? "" : exception.get<std::string>();
  if (const Json failure = json.at("original").value("failure", Json()); !failure.is_null()) {
    comparison.failure = Failure{failure.at("ending"), failure.at("stderr"), failure.at("advice")};
  }
  comparison.stdout_bytes = json.at("original").at("stdout_bytes");
  comparison.stderr_bytes = json.at("original").at("stderr_bytes");
  comparison.files_changed = json.at("original").at("files_changed");
  comparison.cells = ListFromJson<CellResult>(json.at("cells"), [](const Json& cell) {
    return CellResult{ConfigFromJson(cell), cell.at("equal"), cell.at("seconds")};
  });
  comparison.differences = ListFromJson<Difference>(json.at("differences"), DifferenceFromJson);
  comparison.instabilities = ListFromJson<Instability>(
      json.at("instabilities"),
      [](const Json& item) { return Instability{DifferenceFromJson(item), item.at("advice")}; });
  json.at("notes").get_to(comparison.notes);
  return comparison;
}

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

Json TimingsToJson(const Timings& timings, Side side) {
  const Summary& summary = timings.summary;
  std::vector<int64_t> bytes;
  for (int64_t kib : timings.max_rss_kib) bytes.push_back(kib * 1024);
  return {{"command", timings.command},
          {"mean", summary.mean},
          {"stddev", summary.count > 1 ? Json(summary.stddev) : Json(nullptr)},
          {"median", summary.median},
          {"user", Mean(timings.user)},
          {"system", Mean(timings.system)},
          {"min", summary.min},
          {"max", summary.max},
          {"times", timings.times},
          {"memory_usage_byte", bytes},
          {"exit_codes", timings.exit_codes},
          {"parameters", {{"version", SideName(side)}}},
          {"mad", summary.mad},
          {"outliers", summary.outliers},
          {"user_times", timings.user},
          {"system_times", timings.system}};
}

Timings TimingsFromJson(const Json& json) {
  Timings timings;
  timings.command = json.at("command");
  json.at("times").get_to(timings.times);
  json.at("user_times").get_to(timings.user);
  json.at("system_times").get_to(timings.system);
  json.at("exit_codes").get_to(timings.exit_codes);
  for (int64_t bytes : json.at("memory_usage_byte")) timings.max_rss_kib.push_back(bytes / 1024);
  timings.summary = Summarise(timings.times);
  return timings;
}

Json MachineToJson(const Machine& machine) {
  return {{"system", machine.system},
          {"cpu_model", machine.cpu_model},
          {"cpus_present", machine.cpus_present},
          {"cpus_allowed", machine.cpus_allowed},
          {"cpu_quota", machine.cpu_quota > 0 ? Json(machine.cpu_quota) : Json(nullptr)},
          {"memory_mib", machine.memory_mib},
          {"load_average", machine.load_average >= 0 ? Json(machine.load_average) : Json(nullptr)}};
}

Machine MachineFromJson(const Json& json) {
  Machine machine;
  machine.system = json.at("system");
  machine.cpu_model = json.at("cpu_model");
  machine.cpus_present = json.at("cpus_present");
  machine.cpus_allowed = json.at("cpus_allowed");
  if (!json.at("cpu_quota").is_null()) machine.cpu_quota = json.at("cpu_quota");
  machine.memory_mib = json.at("memory_mib");
  if (!json.at("load_average").is_null()) machine.load_average = json.at("load_average");
  return machine;
}

Json InterpreterToJson(const Interpreter& interpreter) {
  return {{"executable", interpreter.executable},
          {"version", interpreter.version},
          {"implementation", interpreter.implementation},
          {"build", interpreter.build},
          {"free_threaded", interpreter.free_threaded},
          {"start_method", interpreter.default_start_method}};
}

Interpreter InterpreterFromJson(const Json& json) {
  Interpreter interpreter;
  interpreter.executable = json.at("executable");
  interpreter.version = json.at("version");
  interpreter.implementation = json.at("implementation");
  interpreter.build = json.at("build");
  interpreter.free_threaded = json.at("free_threaded");
  interpreter.default_start_method = json.at("start_method");
  return interpreter;
}

Measurement MeasurementFromJson(const Json& json) {
  Measurement measurement;
  measurement.original = TimingsFromJson(json.at("results").at(0));
  measurement.rewritten = TimingsFromJson(json.at("results").at(1));
  SpeedJudgement& speed = measurement.speed;
  const Json& given = json.at("speedup");
  speed.ratio = given.at("ratio_of_medians");
  speed.interval = {given.at("low"), given.at("high")};
  speed.p = given.at("mann_whitney_p");
  speed.verdict = FromName(given.at("verdict"), kSpeedVerdicts, SpeedVerdictName);
  speed.accepted = given.at("accepted");
  MeasureOptions& options = measurement.options;
  options.confidence = given.at("confidence");
  options.min_speedup = given.at("bound");
  options.resamples = given.at("resamples");
  options.seed = given.at("seed");
  options.warmup = json.at("warmup");
  measurement.stopped_by = json.at("stopped_by");
  measurement.machine = MachineFromJson(json.at("machine"));
  const Json& load = json.at("load_average_after");
  measurement.load_average_after = load.is_null() ? -1 : load.get<double>();
  measurement.interpreter = InterpreterFromJson(json.at("interpreter"));
  measurement.differences = ListFromJson<Difference>(json.at("differences"), DifferenceFromJson);
  return measurement;
}

}  // namespace

Json ToJson(const Difference& difference) {
  return {{"kind", DifferenceKindName(difference.kind)},
          {"place", difference.place},
          {"original", difference.original},
          {"rewritten", difference.rewritten},
          {"config", ConfigToJson(difference.config)}};
}

Json ToJson(const Comparison& comparison) {
  Json cells = Json::array(), differences = Json::array(), instabilities = Json::array();
  for (const CellResult& cell : comparison.cells) {
    Json item = ConfigToJson(cell.config);
    item["equal"] = cell.equal;
    item["seconds"] = cell.seconds;
    cells.push_back(std::move(item));
  }
  for (const Difference& difference : comparison.differences) {
    differences.push_back(ToJson(difference));
  }
  for (const Instability& instability : comparison.instabilities) {
    Json item = ToJson(instability.difference);
    item["advice"] = instability.advice;
    instabilities.push_back(std::move(item));
  }
  const bool raised = !comparison.exception_type.empty();
  Json failure = nullptr;
  if (comparison.failure) {
    failure = {{"ending", comparison.failure->ending},
               {"stderr", comparison.failure->lines},
               {"advice", comparison.failure->advice}};
  }
  return {{"verdict", ComparisonVerdictName(comparison.verdict)},
          {"reason", comparison.reason.empty() ? Json(nullptr) : Json(comparison.reason)},
          {"original",
           {{"runs", comparison.original_runs},
            {"exit_code", comparison.exit_code},
            {"exception", raised ? Json(comparison.exception_type) : Json(nullptr)},
            {"failure", std::move(failure)},
            {"stdout_bytes", comparison.stdout_bytes},
            {"stderr_bytes", comparison.stderr_bytes},
            {"files_changed", comparison.files_changed}}},
          {"cells", std::move(cells)},
          {"differences", std::move(differences)},
          {"instabilities", std::move(instabilities)},
          {"notes", comparison.notes}};
}

Json ToJson(const Measurement& measurement) {
  Json differences = Json::array();
  for (const Difference& difference : measurement.differences) {
    differences.push_back(ToJson(difference));
  }
  const SpeedJudgement& speed = measurement.speed;
  const MeasureOptions& options = measurement.options;
  Json results = Json::array();
  results.push_back(TimingsToJson(measurement.original, Side::Original));
  results.push_back(TimingsToJson(measurement.rewritten, Side::Rewritten));
  return {
      {"results", std::move(results)},
      {"speedup",
       {{"verdict", SpeedVerdictName(speed.verdict)},
        {"accepted", speed.accepted},
        {"ratio_of_medians", speed.ratio},
        {"low", speed.interval.low},
        {"high", speed.interval.high},
        {"confidence", options.confidence},
        {"bound", options.min_speedup},
        {"mann_whitney_p", speed.p},
        {"resamples", options.resamples},
        {"seed", options.seed}}},
      {"warmup", options.warmup},
      {"stopped_by", measurement.stopped_by},
      {"machine", MachineToJson(measurement.machine)},
      {"load_average_after",
       measurement.load_average_after >= 0 ? Json(measurement.load_average_after) : Json(nullptr)},
      {"interpreter", InterpreterToJson(measurement.interpreter)},
      {"differences", std::move(differences)}};
}

Json ToJson(const Certificate& certificate) {
  Json sources = Json::array();
  for (const SourceHashes& source : certificate.sources) {
    Json original = nullptr;
    if (!source.original_sha256.empty()) {
      original = {{"sha256", source.original_sha256}, {"bytes", source.original_bytes}};
    }
    sources.push_back(
        {{"path", source.path},
         {"original", std::move(original)},
         {"rewritten", {{"sha256", source.rewritten_sha256}, {"bytes", source.rewritten_bytes}}}});
  }
  const Verdict verdict = certificate.verdict();
  const std::string& input = certificate.stdin_sha256;
  return {
      {"schema_version", Certificate::kSchemaVersion},
      {"tool", {{"name", "unspool"}, {"version", certificate.tool_version}}},
      {"created", certificate.created},
      {"verified", ExitCode(verdict) == 0},
      {"reason", VerdictName(verdict)},
      {"failure", certificate.failure.empty() ? Json(nullptr) : Json(certificate.failure)},
      {"command", certificate.command},
      {"script", certificate.script},
      {"arguments", certificate.arguments},
      {"stdin_sha256", input.empty() ? Json(nullptr) : Json(input)},
      {"sources", std::move(sources)},
      {"interpreter", InterpreterToJson(certificate.interpreter)},
      {"machine", MachineToJson(certificate.machine)},
      {"comparison", certificate.comparison ? ToJson(*certificate.comparison) : Json(nullptr)},
      {"measurement", certificate.measurement ? ToJson(*certificate.measurement) : Json(nullptr)},
      {"obligations", certificate.obligations},
      {"assumptions", certificate.assumptions}};
}

base::Result<Certificate> CertificateFromJson(const Json& json) {
  try {
    if (json.at("schema_version") != Certificate::kSchemaVersion) {
      return base::Fail(fmt::format("the certificate has schema version {}, this version reads {}",
                                    json.at("schema_version").dump(), Certificate::kSchemaVersion));
    }
    Certificate certificate;
    certificate.tool_version = json.at("tool").at("version");
    certificate.created = json.at("created");
    if (!json.at("failure").is_null()) certificate.failure = json.at("failure");
    certificate.command = json.at("command");
    certificate.script = json.at("script");
    json.at("arguments").get_to(certificate.arguments);
    if (!json.at("stdin_sha256").is_null()) certificate.stdin_sha256 = json.at("stdin_sha256");
    for (const Json& item : json.at("sources")) {
      SourceHashes source;
      source.path = item.at("path");
      if (!item.at("original").is_null()) {
        source.original_sha256 = item.at("original").at("sha256");
        source.original_bytes = item.at("original").at("bytes");
      }
      source.rewritten_sha256 = item.at("rewritten").at("sha256");
      source.rewritten_bytes = item.at("rewritten").at("bytes");
      certificate.sources.push_back(std::move(source));
    }
    certificate.interpreter = InterpreterFromJson(json.at("interpreter"));
    certificate.machine = MachineFromJson(json.at("machine"));
    if (!json.at("comparison").is_null()) {
      certificate.comparison = ComparisonFromJson(json.at("comparison"));
    }
    if (!json.at("measurement").is_null()) {
      certificate.measurement = MeasurementFromJson(json.at("measurement"));
    }
    certificate.obligations = json.at("obligations");
    certificate.assumptions = json.at("assumptions");
    // The verdict is drawn from what was found; one that says otherwise was tampered with.
    if (json.at("reason") != VerdictName(certificate.verdict())) {
      return base::Fail(fmt::format("the certificate says {} where its findings say {}",
                                    json.at("reason").dump(), VerdictName(certificate.verdict())));
    }
    return certificate;
  } catch (const Json::exception& error) {
    return base::Fail(fmt::format("the certificate cannot be read: {}", error.what()));
  }
}

}  // namespace unspool::verify
