// How an iteration is split between worker and parent: the worker computes what the updates store,
// the parent replays the updates in order. Three forms, from the plainest:
//   Value        every iteration ends with one update:       return value
//   Conditional  it may end without it:                      return True, value / False, None
//   Collected    updates anywhere, inner loops included:     local containers, merged in order
#pragma once

#include "rewrite/layout.h"
#include "rewrite/names.h"
#include "transform/region.h"

#include <optional>
#include <string>
#include <vector>

namespace unspool::transform {

enum class SplitForm : uint8_t { Value, Conditional, Collected };

struct Split {
  SplitForm form = SplitForm::Value;
  std::string worker_body;       // indented one level, with a final newline
  std::string result_pattern;    // what the loop binds beside the item: "result", "(keep, size)"
  std::string parent_body;       // at the indentation of the loop's body, without a final newline
  std::vector<NodeId> returned;  // expressions whose values come back
  bool item_used = false;        // the parent's part needs the item
  bool partial_updates = false;  // the failing iteration's own updates are lost with it
};

struct SplitResult {
  std::optional<Split> split;
  std::string problem;
  NodeId problem_at;
};

SplitResult SplitLoop(const syntax::Tree& tree, const Region& region, const rewrite::Layout& layout,
                      rewrite::FreshNames& names, const base::IdVector<NodeId, NodeId>& parents,
                      const base::IdVector<NodeId, NodeId>& starts);

// An expression's text as it can stand in a return statement or an argument list.
std::string Wrapped(const syntax::Tree& tree, NodeId expression);
// The text of a loop's target as it can stand as a part of another target.
std::string WrappedTarget(const syntax::Tree& tree, NodeId target, std::string text);

}  // namespace unspool::transform
