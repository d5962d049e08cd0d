// The imports of one file as they are written: one item for each name of each `import` and `from`,
// in source order, with what stands around it and may keep it from being run or from failing.
#pragma once

#include "semantics/modules/static_condition.h"
#include "syntax/tree.h"

#include <cstdint>
#include <vector>

namespace unspool::semantics {

// Bits.
enum ImportGuard : uint8_t {
  kHandlesImportError = 1,  // in a `try` whose handler takes ImportError, or `suppress`
  kFallback = 2,            // in such a handler: what is taken where the first is missing
  kTypeChecking = 4,        // under TYPE_CHECKING: not run
  kVersionTest = 8,         // under a test of sys.version_info
  kPlatformTest = 16,       // under a test of sys.platform and the like
  kNotRun = 32,             // under a condition that is false for the interpreter
  kConditional = 64,        // under another condition, or in a loop
  kInFunction = 128,        // run when the function is called
};

struct ImportItem {
  syntax::NodeId statement;  // Import or ImportFrom
  syntax::NodeId alias;
  syntax::NameId module;  // as written: "a.b"; none for `from . import n`
  syntax::NameId name;    // of `from`: the name, or "*"; none for `import`
  uint32_t level = 0;     // dots
  uint8_t guards = 0;
};

std::vector<ImportItem> ImportItemsOf(const syntax::Tree& tree, const Platform& platform);

// The handler takes an ImportError: bare, by its name, or by a base class's.
bool TakesImportError(const syntax::Tree& tree, syntax::NodeId handler);

}  // namespace unspool::semantics
