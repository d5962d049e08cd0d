#include "transform/rewrite_comprehension.h"

#include "syntax/views.h"
#include "transform/passed_values.h"
#include "transform/result_checks.h"
#include "transform/worker_body.h"
#include "transform/worker_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::transform {

using namespace syntax;

namespace {

bool HasComment(const Draft& draft, uint32_t begin, uint32_t end) {
  // A # outside of strings: inside a bracket it starts a comment.
  for (uint32_t at = begin; at < end; ++at) {
    if (draft.tree.text()[at] != '#') continue;
    bool in_string = false;
    for (uint32_t index = draft.module.starts[draft.verdict.loop].value();
         index <= draft.verdict.loop.value() && !in_string; ++index) {
      NodeId id(index);
      NodeKind kind = draft.tree.kind(id);
      if (kind != NodeKind::Constant && kind != NodeKind::JoinedStr) continue;
      in_string = draft.tree.begin(id) <= at && at < draft.tree.end(id);
    }
    if (!in_string) return true;
  }
  return false;
}

}  // namespace

void PlanComprehension(Draft& draft) {
  bool dict = draft.verdict.kind == "dictcomp";
  NodeList generators(draft.tree.List(draft.tree.Word(draft.verdict.loop, dict ? 2 : 1)));
  comprehensionView first(draft.tree, generators[0]);
  NodeId element(draft.tree.Word(draft.verdict.loop, 0));
  NodeId value = dict ? DictCompView(draft.tree, draft.verdict.loop).value() : NodeId();
  if ((dict && !value) || draft.tree.kind(element) == NodeKind::Starred) {
    draft.Refuse("shape", "unpacking inside a comprehension", draft.verdict.loop);
    return;
  }
  for (NodeId node = draft.module.parents[draft.verdict.loop];
       node && InfoOf(draft.tree.kind(node)).category != Category::Stmt;
       node = draft.module.parents[node]) {
    if (draft.tree.kind(node) == NodeKind::JoinedStr ||
        draft.tree.kind(node) == NodeKind::TemplateStr) {
      draft.Refuse("shape", "the comprehension stands inside an f-string", draft.verdict.loop);
      return;
    }
  }
  CheckResult(draft, element);
  if (value) CheckResult(draft, value);
  Classify(draft, draft.region.free_names);
  if (!draft.plan.refusals.empty()) return;
  DischargeForm(draft);

  const std::string& unit = draft.module.layout.indent_unit();
  std::string worker = WorkerName(draft);
  std::string parameter = ItemParameter(draft);
  std::string function = fmt::format("def {}({}):\n", worker, Parameters(draft, parameter));
  bool tuple_target = draft.tree.kind(draft.region.target) != NodeKind::Name;
  if (tuple_target) {
    function += fmt::format("{}{} = {}\n", unit, draft.tree.TextOf(draft.region.target), parameter);
  }
  std::string condition;
  for (NodeId test : first.ifs()) {
    std::string text = Wrapped(draft.tree, test);
    bool loose = draft.tree.kind(test) == NodeKind::BoolOp ||
                 draft.tree.kind(test) == NodeKind::IfExp ||
                 draft.tree.kind(test) == NodeKind::Lambda;
    if (first.ifs().size() > 1 && loose) text = "(" + text + ")";
    condition += condition.empty() ? text : " and " + text;
  }
  bool nested = generators.size() > 1;
  auto is_item = [&](NodeId expression) {
    return !tuple_target && draft.tree.kind(expression) == NodeKind::Name &&
           draft.tree.TextOf(expression) == draft.tree.TextOf(draft.region.target);
  };
  std::string result = draft.names.Take({"result", "value", "outcome"});
  std::string pattern, produced, tail, target = "_";
  std::string target_text(draft.tree.TextOf(draft.region.target));
  if (!draft.names.IsFree("_")) target = draft.names.Take({"item", "source_item"});
  if (nested) {
    // The inner clauses run in the worker; the parent joins what they give.
    std::string inner(draft.tree.text().substr(
        draft.tree.begin(generators[1]),
        draft.tree.end(generators[generators.size() - 1]) - draft.tree.begin(generators[1])));
    std::string part = draft.names.Take({"part", "results", "partial_results"});
    std::string stored =
        dict ? fmt::format("({}, {})", Wrapped(draft.tree, element), Wrapped(draft.tree, value))
             : Wrapped(draft.tree, element);
    if (!condition.empty()) {
      function += fmt::format("{0}if not ({1}):\n{0}{0}return []\n", unit, condition);
    }
    function += fmt::format("{}return [{} {}]\n", unit, stored, inner);
    if (dict) {
      std::string key = draft.names.Take({"key", "result_key"});
      produced = fmt::format("{}: {}", key, result);
      pattern = part;
      tail = fmt::format(" for {}, {} in {}", key, result, part);
    } else {
      produced = result;
      pattern = part;
      tail = fmt::format(" for {} in {}", result, part);
    }
  } else {
    std::vector<std::string> values, slots;
    if (dict) {
      if (is_item(element)) {
        target = target_text;
        produced = target_text;
      } else {
        std::string key = draft.names.Take({"key", "result_key"});
        values.push_back(Wrapped(draft.tree, element));
        slots.push_back(key);
        produced = key;
      }
      produced += ": ";
      if (is_item(value)) {
        target = target_text;
        produced += target_text;
      } else {
        values.push_back(Wrapped(draft.tree, value));
        slots.push_back(result);
        produced += result;
      }
    } else if (is_item(element)) {
      target = target_text;
      produced = target_text;
    } else {
      values.push_back(Wrapped(draft.tree, element));
      slots.push_back(result);
      produced = result;
    }
    auto joined = [](const std::vector<std::string>& parts) {
      std::string text = fmt::format("{}", fmt::join(parts, ", "));
      return parts.size() > 1 ? fmt::format("({})", text) : text;
    };
    if (condition.empty()) {
      if (values.empty()) {
        draft.Refuse("builds-nothing", "the comprehension only copies", draft.verdict.loop);
        return;
      }
      function += fmt::format("{}return {}\n", unit, fmt::join(values, ", "));
      pattern = joined(slots);
    } else if (values.empty()) {
      std::string keep = draft.names.Take({"keep", "found", "kept"});
      function += fmt::format("{}return bool({})\n", unit, condition);
      if (!draft.names.IsFree("bool")) {
        // The file has a name `bool` (or mentions it): say it without.
        function = function.substr(0, function.rfind("return bool("));
        function += fmt::format("return True if {} else False\n", condition);
      }
      pattern = keep;
      tail = fmt::format(" if {}", keep);
    } else {
      std::string keep = draft.names.Take({"keep", "found", "kept"});
      function +=
          fmt::format("{0}if {1}:\n{0}{0}return True, {2}\n{0}return False, {3}\n", unit, condition,
                      joined(values), values.size() > 1 ? "(None, None)" : "None");
      pattern = fmt::format("({}, {})", keep, joined(slots));
      tail = fmt::format(" if {}", keep);
    }
  }
  source::EditSet edits;
  bool fine = InsertWorker(draft, edits, function);
  std::string iterable = Wrapped(draft.tree, draft.region.iter);
  std::string text = fmt::format("{} for {}, {} in {}{}", produced, target, pattern,
                                 MapCall(draft, Task(draft, worker), iterable), tail);
  // Everything between the brackets is new; comments inside would be lost with it.
  std::string_view old = draft.tree.TextOf(draft.verdict.loop);
  if (HasComment(draft, draft.tree.begin(draft.verdict.loop), draft.tree.end(draft.verdict.loop))) {
    draft.Refuse("comments", "there are comments inside the comprehension", draft.verdict.loop);
    return;
  }
  fine &= edits.Add({draft.tree.begin(draft.verdict.loop), draft.tree.end(draft.verdict.loop),
                     fmt::format("{}{}{}", old.front(), text, old.back())});
  FinishEdits(draft, std::move(edits), fine, worker);
}

}  // namespace unspool::transform
