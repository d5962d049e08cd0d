// Which rules the user wants: select, ignore, fixable and their like, by code, prefix, name or ALL;
// per-file ignores; and comment pragmas of one file.
#pragma once

#include "diagnostics/diagnostic.h"
#include "source/config.h"
#include "source/pragmas.h"
#include "syntax/parse.h"

#include <string>
#include <string_view>
#include <vector>

namespace unspool::service {

class RuleSelection {
 public:
  RuleSelection(const source::Config& config, const std::string& path);

  bool Runs(diagnostics::Kind kind) const;
  bool Fixes(diagnostics::Kind kind) const;

 private:
  std::vector<std::string> select_, ignore_, fixable_, unfixable_;
};

// Whether the word names a rule or a group of rules.
bool IsSelector(std::string_view word);
// The first word of the configuration's rule lists that names no rule; empty where all do.
std::string UnknownSelector(const source::Config& config);
// "did you mean `UNS101`?" or where to look.
std::string SelectorHelp(std::string_view word);

source::Pragmas PragmasOf(const source::SourceFile& file, const syntax::ParseOptions& options);

}  // namespace unspool::service
