// A script as the one program that is run: analysed with its own calls as the only ones, rewritten
// in memory, and laid out for the verification, which runs copies. Nothing here writes to the
// user's folder.
#pragma once

#include "base/result.h"
#include "diagnostics/diagnostic.h"
#include "pipeline/analysis.h"
#include "service/loops.h"
#include "service/rewrites.h"
#include "verify/certificate.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace unspool::service {

struct ScriptRequest {
  std::string script;
  std::vector<std::string> arguments;
  std::string python;  // empty: by configuration, virtual environment, or python3
  SettingsRequest settings;
  bool unsafe_fixes = false;
};

// One way to rewrite the script.
struct ScriptVersion {
  std::shared_ptr<const pipeline::Analysis> analysis;
  std::vector<size_t> loops;  // indices of the rewritten ones
  Rewrite script;
  SupportFile support;
  std::string diff;  // of the script alone

  std::vector<Rewrite> Rewrites() const;
};

class ScriptProject {
 public:
  struct Opened;
  // Where it cannot be read, does not parse or cannot be placed: diagnostics, or an error in words.
  static Opened Open(const ScriptRequest& request);

  const pipeline::Analysis& analysis() const { return *analysis_; }
  const source::Config& config() const { return *config_; }
  const ScriptRequest& request() const { return request_; }

  bool MayRewrite(const pipeline::Analysis& analysis, size_t index) const;
  // Loops with a rewrite that may be applied, or that would have one if a loop around them had not.
  std::vector<size_t> Candidates() const;
  std::vector<size_t> Offered() const;

  // `loops` empty: all that are offered. `min_items` by index of the loop.
  base::Result<ScriptVersion> VersionWith(const std::vector<size_t>& loops,
                                          const std::map<size_t, uint32_t>& min_items = {}) const;
  verify::Subject SubjectFor(const ScriptVersion& version) const;
  // The script with other text in its place, as for a profile.
  verify::Subject SubjectWith(const std::string& text) const;

  // What the command line left open, by the configuration. `runs` and `timeout` 0: not said.
  verify::MeasureOptions MeasureOptionsFor(int runs) const;
  verify::RunOptions RunOptionsFor(verify::RunOptions options, double timeout) const;

  nlohmann::ordered_json ObligationsOf(const ScriptVersion& version) const;
  static nlohmann::ordered_json Assumptions();
  // Where reports go: `.unspool` beside the configuration or in the current folder.
  std::string ReportFolder() const;
  std::string Stem() const;

 private:
  verify::Subject BaseSubject() const;

  ScriptRequest request_;
  source::ConfigPtr config_;
  std::shared_ptr<const pipeline::Analysis> analysis_;
  std::string root_;            // absolute
  std::string working_folder_;  // relative to root
  std::string script_;          // relative to root
  std::string python_;
};

struct ScriptProject::Opened {
  std::optional<ScriptProject> project;
  std::vector<diagnostics::Diagnostic> problems;
  std::string error;
};

// Creates `.unspool` with a .gitignore of its own, and writes a file into it whole.
base::Result<std::string> WriteReportFile(const std::string& folder, const std::string& name,
                                          std::string_view bytes);

// The text of the profiler that takes the script's place.
std::string_view ProfilerText();

}  // namespace unspool::service
