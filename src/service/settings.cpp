#include "service/settings.h"

#include "service/selection.h"

#include <algorithm>
#include <utility>

namespace unspool::service {

using source::Config;
using source::ConfigLoad;
using source::ConfigPtr;

Settings::Settings(SettingsRequest request) : request_(std::move(request)) {}

void Settings::Note(const ConfigLoad& load) {
  for (const source::Problem& problem : load.problems) {
    source::SourceFilePtr text;
    for (const source::SourceFilePtr& candidate : load.texts) {
      if (candidate->path() == problem.path) text = candidate;
    }
    problems_.push_back(diagnostics::FromProblem(problem, text));
  }
}

ConfigPtr Settings::Finish(const ConfigLoad& load, const std::string& key) {
  if (auto known = finished_.find(key); known != finished_.end()) return known->second;
  Note(load);
  ConfigPtr config = load.config;
  for (const std::string& assignment : request_.assignments) {
    const ConfigLoad changed = source::OverrideConfig(*config, assignment, "--config");
    Note(changed);
    config = changed.config;
  }
  auto own = std::make_shared<Config>(*config);
  if (request_.adjust) request_.adjust(*own);
  if (const std::string word = UnknownSelector(*own); !word.empty()) {
    source::Problem problem;
    problem.kind = source::ProblemKind::ConfigValue;
    problem.path = own->path.empty() ? "unspool" : own->path;
    problem.arguments = {"select", "no rule is called `" + word + "`", SelectorHelp(word)};
    problems_.push_back(diagnostics::FromProblem(problem));
  }
  finished_.emplace(key, own);
  return own;
}

ConfigPtr Settings::For(const std::string& source_path) {
  if (request_.isolated) {
    ConfigLoad defaults;
    defaults.config = std::make_shared<Config>();
    return Finish(defaults, "");
  }
  if (!request_.file.empty()) {
    if (auto known = finished_.find(request_.file); known != finished_.end()) return known->second;
    return Finish(source::LoadConfig(request_.file), request_.file);
  }
  const ConfigLoad& load = resolver_.For(source_path);
  return Finish(load, load.config->path.empty() ? "\n" + load.config->root : load.config->path);
}

std::vector<diagnostics::Diagnostic> Settings::TakeProblems() {
  diagnostics::Sort(problems_);
  return std::exchange(problems_, {});
}

}  // namespace unspool::service
