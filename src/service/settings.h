// The configuration of each file: the nearest one, or the one named with --config, with what the
// command line says on top.
#pragma once

#include "diagnostics/diagnostic.h"
#include "source/config.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace unspool::service {

struct SettingsRequest {
  std::string file;                             // --config FILE
  std::vector<std::string> assignments;         // --config "key = value"
  bool isolated = false;                        // no configuration file at all
  std::function<void(source::Config&)> adjust;  // the command line's options
};

// Not for several threads at once.
class Settings {
 public:
  explicit Settings(SettingsRequest request);

  source::ConfigPtr For(const std::string& source_path);
  // Of all configurations asked for until now.
  std::vector<diagnostics::Diagnostic> TakeProblems();

 private:
  source::ConfigPtr Finish(const source::ConfigLoad& load, const std::string& key);
  void Note(const source::ConfigLoad& load);

  SettingsRequest request_;
  source::ConfigResolver resolver_;
  std::map<std::string, source::ConfigPtr> finished_;  // by the path of the configuration file
  std::vector<diagnostics::Diagnostic> problems_;
};

}  // namespace unspool::service
