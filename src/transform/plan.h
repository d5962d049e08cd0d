// A plan: what one rule would do with one loop. Either a rewrite, with the obligations it rests on
// and how each is discharged, or a refusal with its reasons. Nothing is decided after this point.
#pragma once

#include "dependence/loop_verdict.h"
#include "rewrite/imports.h"
#include "source/edits.h"
#include "strategy/gain.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::transform {

using syntax::NodeId;

// How an obligation is discharged; see "How sure a rewrite is" in the README.
enum class Evidence : uint8_t { Proved, Known, Stated, Guarded, Observed, Open, Refuted };
std::string_view EvidenceName(Evidence evidence);

struct Obligation {
  std::string_view id;  // "no-carried-dependence", ...
  Evidence evidence = Evidence::Open;
  std::string because;  // the facts used, in words
  std::vector<NodeId> places;
};

// Why no rewrite is offered although nothing orders the iterations, or why it is not safe.
struct Refusal {
  std::string_view code;  // stable, as those of obstacles
  std::string message;
  NodeId at;
};

struct Plan {
  const dependence::LoopVerdict* verdict = nullptr;
  strategy::LoopCost cost;
  std::string_view rule;      // "UNS101"
  std::string_view strategy;  // "process-pool" or "none"
  std::vector<Refusal> refusals;
  std::vector<Obligation> obligations;
  // The rewrite of the loop itself; empty where it is refused. Complete only with the imports: see
  // ComposeFix.
  std::optional<source::EditSet> edits;
  std::vector<rewrite::NeededImport> imports;
  std::string worker;          // the function that is made
  bool needs_support = false;  // the support module must stand beside the file
  std::vector<std::string> notes;

  bool offers_rewrite() const { return edits.has_value() && refusals.empty(); }
  source::Applicability applicability() const;
};

}  // namespace unspool::transform
