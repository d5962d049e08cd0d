#include "transform/worker_text.h"

#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;

std::string WorkerName(Draft& draft) {
  std::string base = draft.verdict.function;
  base = base.substr(base.rfind('.') + 1);
  if (base.starts_with('<')) base.clear();
  while (base.starts_with('_')) base.erase(0, 1);
  std::string item = draft.region.target_names.empty()
                         ? "item"
                         : std::string(draft.tree.Name(draft.region.target_names[0]));
  while (item.starts_with('_')) item.erase(0, 1);
  if (item.empty()) item = "item";
  std::string one = base.empty() ? fmt::format("_for_{}", item) : fmt::format("_{}_{}", base, item);
  return draft.functions.Take({one, one + "_task"});
}

std::string ItemParameter(Draft& draft) {
  if (draft.tree.kind(draft.region.target) == NodeKind::Name) {
    return std::string(draft.tree.TextOf(draft.region.target));
  }
  return draft.names.Take({"item", "entry"});
}

std::string Parameters(const Draft& draft, const std::string& item) {
  std::string text = item;
  for (const Constant& constant : draft.constants) text += ", " + constant.name;
  return text;
}

// The task: the function itself, or with its constants bound.
std::string Task(Draft& draft, const std::string& worker) {
  if (draft.constants.empty()) return worker;
  draft.needs_partial = true;
  std::string text = fmt::format("partial({}", worker);
  for (const Constant& constant : draft.constants) {
    text += fmt::format(", {0}={0}", constant.name);
  }
  return text + ")";
}

std::string MapCall(const Draft& draft, const std::string& task, std::string_view iterable) {
  std::string text = fmt::format("ordered_map({}, {}", task, iterable);
  if (draft.options.min_items > 1) text += fmt::format(", min_items={}", draft.options.min_items);
  return text + ")";
}

// Above the function or class the loop stands in, or above the statement at the top level.
bool InsertWorker(Draft& draft, source::EditSet& edits, const std::string& function) {
  NodeId top = draft.module.import_time.TopLevelOf(draft.verdict.loop);
  uint32_t begin = draft.tree.begin(top);
  NodeKind kind = draft.tree.kind(top);
  if (kind != NodeKind::FunctionDef && kind != NodeKind::AsyncFunctionDef &&
      kind != NodeKind::ClassDef) {
    // Below the last definition before the loop, so that the script's own code stays together.
    NodeId last;
    for (NodeId statement : ModuleView(draft.tree, draft.tree.root()).body()) {
      if (statement == top) break;
      NodeKind other = draft.tree.kind(statement);
      if (other == NodeKind::FunctionDef || other == NodeKind::ClassDef) last = statement;
    }
    if (last) {
      return edits.Insert(draft.module.layout.NextLine(draft.tree.end(last)), "\n\n" + function);
    }
  }
  if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
      kind == NodeKind::ClassDef) {
    uint32_t field = kind == NodeKind::ClassDef ? 4 : 3;
    NodeList decorators(draft.tree.List(draft.tree.Word(top, field)));
    if (!decorators.empty()) begin = std::min(begin, draft.tree.begin(decorators[0]));
  }
  return edits.Insert(draft.module.layout.WithCommentsAbove(begin), function + "\n\n");
}

void FinishEdits(Draft& draft, source::EditSet edits, bool fine, const std::string& worker) {
  std::vector<rewrite::NeededImport> imports;
  if (draft.needs_partial) imports.push_back({"functools", "partial", false});
  imports.push_back({draft.module.support_module, "ordered_map", true});
  for (const rewrite::NeededImport& import : imports) {
    if (!rewrite::IsImported(draft.tree, import) && draft.tree.names().Find(import.name)) {
      draft.Refuse("name-taken", fmt::format("`{}` means something else in this file", import.name),
                   draft.verdict.loop);
      return;
    }
  }
  if (!fine) {
    draft.Refuse("edit", "the text of the loop cannot be edited without overlap",
                 draft.verdict.loop);
    return;
  }
  edits.set_applicability(draft.plan.applicability());
  draft.plan.edits = std::move(edits);
  draft.plan.imports = std::move(imports);
  draft.plan.worker = worker;
  draft.plan.needs_support = true;
}

void DischargeForm(Draft& draft) {
  draft.Discharge("order-kept", Evidence::Proved,
                  "results are handed out in the order of the items");
  draft.Discharge(
      "exceptions-kept", Evidence::Proved,
      "the body has no effects, so the first item that fails is run again in the parent, "
      "after the results before it");
  draft.Discharge("names-kept", Evidence::Proved,
                  draft.region.last_values.empty()
                      ? "no variable of the body is read after the loop"
                      : "every iteration binds the variables that are read after the loop, and "
                        "hands them back with its result");
  draft.Discharge("bounded-workers", Evidence::Proved, "at most one worker for each processor");
  draft.Discharge("resources-closed", Evidence::Proved,
                  "the workers end with the loop, however it ends");
  draft.Discharge("numeric-kept", Evidence::Proved, "the same operations in the same order");
}

}  // namespace unspool::transform
