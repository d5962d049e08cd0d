// Resolves the imports of one parsed module: from what is written to the modules found. Reads only,
// so that files can be resolved side by side.
#pragma once

#include "semantics/modules/module_finder.h"
#include "semantics/modules/name_lookup.h"
#include "semantics/modules/program.h"

#include <vector>

namespace unspool::semantics {

// An import before its modules have numbers.
struct ResolvedImport {
  Import import;
  const FoundModule* target = nullptr;
  std::vector<const FoundModule*> loads;
};

// Where a module's imports are searched: before and after its first change of sys.path.
struct ImportPlace {
  std::string package;
  ContextId before;
  ContextId after;
  uint32_t changed_at = UINT32_MAX;
  uint32_t changed_in_function_at = UINT32_MAX;
  std::string file;
};

class ImportResolver {
 public:
  explicit ImportResolver(ModuleFinder& finder) : finder_(finder), names_(finder) {}

  std::vector<ResolvedImport> Resolve(const ParsedModule& module, const ImportPlace& place) const;

 private:
  void ResolveItem(const ParsedModule::ItemText& text, const ImportItem& item,
                   const ImportPlace& place, ResolvedImport& result) const;

  ModuleFinder& finder_;
  NameLookup names_;
};

}  // namespace unspool::semantics
