// Declarations of some units, as `unspool debug classes` prints them.
#pragma once

#include "semantics/declarations/declarations.h"

#include <span>
#include <string>

namespace unspool::devtools {

std::string ClassesText(const semantics::declarations::Declarations& declarations,
                        std::span<const semantics::declarations::UnitId> units);
std::string ClassesJson(const semantics::declarations::Declarations& declarations,
                        std::span<const semantics::declarations::UnitId> units);

}  // namespace unspool::devtools
