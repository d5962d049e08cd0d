// One fact file into records. In: the text of a TOML file as data/effects/README.md describes it.
// Out: its calls, classes and module; or the first mistake with file and line.
#pragma once

#include "base/result.h"
#include "knowledge/facts.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::knowledge {

struct FactFileContent {
  std::deque<CallFact> calls;  // overloads follow each other; not linked yet
  std::vector<ClassFact> classes;
  std::vector<ModuleFact> modules;
  std::vector<std::string> standard_modules;
};

base::Result<FactFileContent> ReadFactFile(std::string_view path, std::string_view text);

}  // namespace unspool::knowledge
