// Types as text, as `unspool debug types` prints them: `int`, `list[str]`, `pkg.mod.C+` (or a
// subclass), `type[pkg.mod.C]`, `function pkg.mod.f@12`. The oracle reads the same terms
// (tests/conformance/type_terms.py).
#pragma once

#include "semantics/types/session.h"

#include <string>
#include <vector>

namespace unspool::semantics::types {

// One term a type, sorted; what is held is shown where it is known.
std::vector<std::string> TermsOf(const Session& session, const Value& value);
// A function or class as the target of a call: module and qualified name, with its line where the
// program has its text.
std::string TargetOf(const Session& session, Type callee);
// As in __qualname__; empty for modules and what stands in class bodies only.
std::string FunctionName(const Session& session, uint32_t frame);

}  // namespace unspool::semantics::types
