// The texts that rewrites of loops and of comprehensions have in common: the worker function and
// its place, the task, the call of ordered_map.
#pragma once

#include "transform/draft.h"

namespace unspool::transform {

std::string WorkerName(Draft& draft);
// The parameter that takes the item.
std::string ItemParameter(Draft& draft);
std::string Parameters(const Draft& draft, const std::string& item);
// The function itself, or with its constants bound.
std::string Task(Draft& draft, const std::string& worker);
std::string MapCall(const Draft& draft, const std::string& task, std::string_view iterable);
// Puts the worker above the function or class the loop stands in.
bool InsertWorker(Draft& draft, source::EditSet& edits, const std::string& function);
// The obligations that the form of the rewrite discharges.
void DischargeForm(Draft& draft);
// Ends the plan with its edits and imports.
void FinishEdits(Draft& draft, source::EditSet edits, bool fine, const std::string& worker);

}  // namespace unspool::transform
