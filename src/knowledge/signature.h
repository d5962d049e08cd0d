// The small languages inside a fact: signature, effects and origins of the result, each one line of
// text. In: text. Out: the fields of a CallFact, or what is wrong in words.
#pragma once

#include "base/result.h"
#include "knowledge/facts.h"
#include "knowledge/text_scanner.h"

#include <optional>
#include <string_view>

namespace unspool::knowledge {

// A type at the scanner's position; stops behind it.
base::Result<TypeExpr> ParseTypeAt(TextScanner& scanner);

// "[T: plain](x: T, /, key: int = 0) -> list[T]" into variables, parameters and result. `self` is
// the type of a parameter called self that states none.
std::optional<base::Error> ParseSignature(std::string_view text, const TypeExpr* self,
                                          CallFact& fact);

// "write self append", "read @fs(path)"; the parameters of `fact` must be known.
base::Result<FactEffect> ParseEffect(std::string_view text, const CallFact& fact);

// "fresh", "self.items", "holds iterable.items".
base::Result<Origin> ParseOrigin(std::string_view text, const CallFact& fact);

// What every call looks at without saying so (see the README), added to the effects.
void AddImpliedReads(CallFact& fact);

}  // namespace unspool::knowledge
