#include "verify/run_options.h"

#include <fmt/format.h>

namespace unspool::verify {

std::string_view StartMethodName(StartMethod method) {
  switch (method) {
    case StartMethod::Default:
      return "default";
    case StartMethod::Fork:
      return "fork";
    case StartMethod::Spawn:
      return "spawn";
    case StartMethod::ForkServer:
      return "forkserver";
  }
  return "default";
}

std::optional<StartMethod> StartMethodFromName(std::string_view name) {
  for (StartMethod method :
       {StartMethod::Default, StartMethod::Fork, StartMethod::Spawn, StartMethod::ForkServer}) {
    if (StartMethodName(method) == name) return method;
  }
  return std::nullopt;
}

std::string ConfigName(const RunConfig& config) {
  if (config == RunConfig{}) return "as it is";
  std::string name;
  if (config.start_method != StartMethod::Default) name = StartMethodName(config.start_method);
  if (config.workers > 0) {
    if (!name.empty()) name += ", ";
    name += fmt::format("{} worker{}", config.workers, config.workers == 1 ? "" : "s");
  }
  return name;
}

}  // namespace unspool::verify
