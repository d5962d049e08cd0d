#include "service/profile.h"

#include "service/script_project.h"
#include "verify/format.h"
#include "verify/runner.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace unspool::service {

using Json = nlohmann::ordered_json;

base::Result<ScriptProfile> ProfileLoops(const ScriptProject& project,
                                         const std::vector<size_t>& loops,
                                         const verify::RunOptions& run) {
  auto folder = verify::TemporaryFolder::Create(run.temporary_folder);
  if (!folder) return std::unexpected(folder.error());
  const auto source = folder->path() / "source.py";
  const auto request = folder->path() / "request.json";
  const auto answer = folder->path() / "answer.json";
  const pipeline::Analysis& analysis = project.analysis();
  Json places = Json::array();
  for (size_t index : loops) {
    const uint32_t begin = analysis.SpanOf(analysis.verdicts[index].loop).begin;
    const source::Position at = analysis.file->PositionOf(begin, source::ColumnUnit::Byte);
    places.push_back({at.row, at.column - 1});
  }
  const Json asked = {{"source", source.string()}, {"output", answer.string()}, {"loops", places}};
  for (const auto& [path, text] :
       {std::pair(source, std::string(analysis.file->bytes())), std::pair(request, asked.dump())}) {
    if (auto written = verify::WriteBytes(path, text); !written) {
      return std::unexpected(written.error());
    }
  }
  verify::RunOptions options = run;
  options.environment["UNSPOOL_PROFILE"] = request.string();
  auto runner = verify::Runner::Create(project.SubjectWith(std::string(ProfilerText())), options);
  if (!runner) return std::unexpected(runner.error());
  auto done = (*runner)->Execute(verify::Side::Rewritten, {}, false);
  if (!done) return std::unexpected(done.error());
  ScriptProfile profile;
  profile.seconds = done->process.wall_seconds;
  if (done->process.ending == verify::Ending::OutputLimit) {
    profile.ending = "wrote more than can be kept; give it less to do";
    return profile;
  }
  if (done->process.ending == verify::Ending::TimedOut) {
    profile.ending = fmt::format(
        "did not end within {}; allow it more with `--timeout SECONDS`, or give it less "
        "to do",
        verify::FormatSeconds(std::chrono::duration<double>(run.timeout).count()));
    return profile;
  }
  profile.failure = verify::FailureOf(**runner, *done);
  auto text = verify::ReadAll(answer, uint64_t{64} << 20);
  if (!text) {
    profile.ending = profile.failure ? profile.failure->ending : "ended";
    profile.ending += " and left no profile";
    return profile;
  }
  try {
    const Json parsed = Json::parse(*text);
    for (const Json& item : parsed.at("loops")) {
      if (!item.at("found").get<bool>()) return base::Fail("the profile misses a loop");
      LoopProfile loop;
      loop.executions = item.at("executions");
      loop.iterations = item.at("iterations");
      loop.most = item.at("most_iterations");
      loop.fewest = item.at("fewest_iterations");
      loop.seconds = item.at("seconds");
      loop.longest = item.at("longest");
      profile.loops.push_back(loop);
    }
  } catch (const Json::exception& error) {
    return base::Fail(fmt::format("the profile cannot be read: {}", error.what()));
  }
  profile.loops.resize(loops.size());
  return profile;
}

strategy::Prediction PredictLoop(const LoopProfile& loop, int workers) {
  return strategy::PredictPool(
      {loop.seconds, double(loop.executions), double(loop.iterations), loop.longest}, workers);
}

uint32_t CrossoverItems(const LoopProfile& loop, int workers) {
  const uint64_t items = strategy::BreakEven(loop.per_iteration(), workers);
  return items < 2 || items > 1'000'000 ? 0 : static_cast<uint32_t>(items);
}

std::string WorkInWords(const LoopProfile& loop) {
  if (loop.executions == 0) return "never reached";
  std::string text = fmt::format("{} in {} iteration{}", verify::FormatSeconds(loop.seconds),
                                 loop.iterations, loop.iterations == 1 ? "" : "s");
  if (loop.executions > 1) text += fmt::format(", run {} times", loop.executions);
  return text;
}

}  // namespace unspool::service
