#include "transform/rewrite_loop.h"

#include "syntax/views.h"
#include "transform/passed_values.h"
#include "transform/result_checks.h"
#include "transform/worker_body.h"
#include "transform/worker_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;
using dependence::VariableClass;
using effects::ObjectKind;
using effects::WriteHow;

namespace {

// The body assigns the target anew, and the result brings that value back.
bool IsBoundByResult(const Draft& draft, NameId name) {
  const std::vector<NameId>& names = draft.region.last_values;
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool TargetUsedAfter(const Draft& draft) {
  for (const dependence::Variable& variable : draft.verdict.variables) {
    if (variable.variable_class == VariableClass::LastValue &&
        variable.write == draft.verdict.loop && !IsBoundByResult(draft, variable.name)) {
      return true;
    }
  }
  return false;
}

// As it stands; but names that the result binds right behind are `_`.
std::string TargetText(const Draft& draft) {
  std::string text;
  uint32_t at = draft.tree.begin(draft.region.target);
  for (NodeId id = draft.module.starts[draft.region.target]; id <= draft.region.target;
       id = NodeId(id.value() + 1)) {
    if (draft.tree.kind(id) != NodeKind::Name || !draft.names.IsFree("_") ||
        !IsBoundByResult(draft, NameView(draft.tree, id).id())) {
      continue;
    }
    text += draft.tree.text().substr(at, draft.tree.begin(id) - at);
    text += '_';
    at = draft.tree.end(id);
  }
  return text.append(draft.tree.text().substr(at, draft.tree.end(draft.region.target) - at));
}

bool ReplaceBody(Draft& draft, source::EditSet& edits, const std::string& parent_body) {
  NodeId first = draft.region.body.front(), last = draft.region.body.back();
  const rewrite::Layout& layout = draft.module.layout;
  uint32_t begin = draft.tree.begin(first);
  uint32_t line = layout.LineBegin(begin);
  bool own_line = line + layout.IndentOf(begin).size() == begin;
  uint32_t end = draft.tree.end(last);
  uint32_t line_end = layout.NextLine(end);
  std::string_view tail = draft.tree.text().substr(end, line_end - end);
  while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.remove_suffix(1);
  size_t mark = tail.find_first_not_of(" \t;");
  if (mark == std::string_view::npos || tail[mark] == '#') {
    end += static_cast<uint32_t>(tail.size());
  }
  if (own_line) return edits.Add({layout.WithCommentsAbove(begin), end, parent_body});
  return edits.Add({begin, end, "\n" + parent_body});
}

}  // namespace

void PlanStatement(Draft& draft) {
  SplitResult split_result = SplitLoop(draft.tree, draft.region, draft.module.layout, draft.names,
                                       draft.module.parents, draft.module.starts);
  if (!split_result.split) {
    draft.Refuse("shape", split_result.problem, split_result.problem_at);
    return;
  }
  const Split& split = *split_result.split;
  for (NodeId expression : split.returned) CheckResult(draft, expression);
  for (NameId name : draft.region.last_values) CheckLastValue(draft, name);
  if (split.form != SplitForm::Collected) CheckUpdatesInTry(draft);
  if (split.partial_updates) CheckPartialUpdates(draft);
  for (const dependence::Accumulation& accumulation : draft.verdict.accumulations) {
    const effects::Object& container = draft.module.facts.heap()[accumulation.container];
    bool by_key = split.form == SplitForm::Collected && accumulation.how == WriteHow::SetKey;
    if (by_key && (container.kind != ObjectKind::Dict || container.name)) {
      draft.Refuse("shape", "elements of a list are replaced in several places", accumulation.site);
    }
  }
  Classify(draft, NeededByWorker(draft));
  if (!draft.plan.refusals.empty()) return;
  DischargeForm(draft);

  source::EditSet edits;
  std::string worker = WorkerName(draft);
  std::string parameter = ItemParameter(draft);
  std::string function = fmt::format("def {}({}):\n", worker, Parameters(draft, parameter));
  if (draft.tree.kind(draft.region.target) != NodeKind::Name) {
    function += fmt::format("{}{} = {}\n", draft.module.layout.indent_unit(),
                            draft.tree.TextOf(draft.region.target), parameter);
  }
  function += split.worker_body;
  bool fine = InsertWorker(draft, edits, function);

  // The header: the item (where anybody needs it) with its result, through ordered_map.
  bool item_needed = split.item_used || TargetUsedAfter(draft) || !draft.names.IsFree("_");
  std::string target = TargetText(draft);
  target = item_needed ? WrappedTarget(draft.tree, draft.region.target, std::move(target)) : "_";
  fine &= edits.Add({draft.tree.begin(draft.region.target), draft.tree.end(draft.region.target),
                     fmt::format("{}, {}", target, split.result_pattern)});
  std::string task = Task(draft, worker);
  if (!draft.constants.empty()) {
    // The constants are bound on a line of their own, above the loop and its comments.
    std::string name = draft.names.Take({"task", "one_task"});
    uint32_t line = draft.module.layout.WithCommentsAbove(draft.tree.begin(draft.verdict.loop));
    fine &= edits.Insert(
        line, fmt::format("{}{} = {}\n", draft.module.layout.IndentOf(line), name, task));
    task = name;
  }
  std::string iterable = Wrapped(draft.tree, draft.region.iter);
  fine &= edits.Add({draft.tree.begin(draft.region.iter), draft.tree.end(draft.region.iter),
                     MapCall(draft, task, iterable)});
  fine &= ReplaceBody(draft, edits, split.parent_body);
  FinishEdits(draft, std::move(edits), fine, worker);
}

}  // namespace unspool::transform
