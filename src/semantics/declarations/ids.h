// Ids of what texts declare, and runs of them. Ids of one Declarations only; they are given in the
// order of units (module name, stub before source) and of the text, so they do not depend on
// threads.
#pragma once

#include "base/ids.h"

#include <cstdint>

namespace unspool::semantics::declarations {

struct UnitTag;
using UnitId = base::Id<UnitTag>;
struct NamespaceTag;
using NamespaceId = base::Id<NamespaceTag>;
struct DefinitionTag;
using DefinitionId = base::Id<DefinitionTag>;
struct ClassTag;
using ClassId = base::Id<ClassTag>;
struct FunctionTag;
using FunctionId = base::Id<FunctionTag>;
struct AliasTag;
using AliasId = base::Id<AliasTag>;
struct TypeParamTag;
using TypeParamId = base::Id<TypeParamTag>;
struct DeclTypeTag;
using DeclTypeId = base::Id<DeclTypeTag>;
struct LiteralTag;
using LiteralId = base::Id<LiteralTag>;
// A name, interned for all units. Never order by it.
struct SymbolTag;
using SymbolId = base::Id<SymbolTag>;

// `count` things from `begin` on, in the table that the holder's comment names.
struct Range {
  uint32_t begin = 0;
  uint32_t count = 0;

  bool empty() const { return count == 0; }
  bool operator==(const Range&) const = default;
};

}  // namespace unspool::semantics::declarations
