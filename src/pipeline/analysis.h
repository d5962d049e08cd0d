// All phases over one file, in one straight function. In: a source file. Out: everything each phase
// learned, kept together so that later questions (explain, debug, fix) ask the same facts that the
// verdict and the rewrite used.
#pragma once

#include "dependence/loop_verdict.h"
#include "diagnostics/diagnostic.h"
#include "effects/interpreter.h"
#include "pipeline/quiet_imports.h"
#include "semantics/scopes/scopes.h"
#include "source/file.h"
#include "syntax/linked_tree.h"
#include "syntax/parse.h"
#include "transform/transform.h"

#include <memory>
#include <string>
#include <vector>

namespace unspool::pipeline {

struct AnalysisOptions {
  syntax::ParseOptions parse;
  // The file is the script that is run: parameters have the values its own calls give them.
  bool closed_world = true;
  // The file stands in a package, so that the support module is imported relatively.
  bool in_package = false;
  transform::TransformOptions transform;
};

// Immutable once made; views into it stay valid as long as it lives.
struct Analysis {
  source::SourceFilePtr file;
  AnalysisOptions options;
  syntax::ParseResult parsed;
  // The rest is there only where the file parses.
  // Modules beside a script, whose code is analysed together with it; none: no linked tree.
  std::vector<std::shared_ptr<const ImportedModule>> imported;
  std::unique_ptr<const syntax::LinkedTree> linked;
  std::unique_ptr<semantics::ScopeTree> scopes;
  std::unique_ptr<effects::Facts> facts;
  std::vector<dependence::LoopVerdict> verdicts;
  std::unique_ptr<transform::Module> module;
  std::vector<transform::Plan> plans;  // one a verdict, in the same order

  bool parses() const { return parsed.errors.empty(); }
  const syntax::Tree& tree() const { return linked ? *linked->tree : *parsed.tree; }
  // Of a node of the file itself.
  source::Span SpanOf(syntax::NodeId node) const { return {tree().begin(node), tree().end(node)}; }
  // Of any node, in the file that it stands in.
  diagnostics::Place PlaceOf(syntax::NodeId node) const;
};

std::shared_ptr<const Analysis> Analyze(source::SourceFilePtr file, const AnalysisOptions& options);

// Whether a file is run as a script: it has a main guard, or does something when it is imported.
bool LooksLikeScript(const Analysis& analysis);

// What `check` says of the file: syntax errors, or one diagnostic a loop that a rule matches. With
// `refusals`, also the loops that were left alone, with the reason.
std::vector<diagnostics::Diagnostic> Diagnose(const Analysis& analysis, bool refusals);

// What a pool would gain by the text alone, with two workers: more do better, but a message must
// not depend on the machine it is printed on. Empty where the work of an iteration has no bound.
std::optional<diagnostics::Estimate> EstimateOf(const transform::Plan& plan);

// The fix of all plans that offer a rewrite with at least this applicability.
std::optional<source::EditSet> FixOf(const Analysis& analysis, bool unsafe_fixes);

}  // namespace unspool::pipeline
