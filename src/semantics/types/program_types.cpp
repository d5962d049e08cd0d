#include "semantics/types/program_types.h"

#include "semantics/declarations/declare.h"

#include <algorithm>

namespace unspool::semantics::types {

ProgramTypes InferProgram(const Program& program, const SessionOptions& options) {
  ProgramTypes result;
  declarations::ProgramDeclareOptions declare;
  declare.installed_sources = false;
  result.declarations = declarations::DeclareProgram(program, declare);
  std::vector<Source> sources;
  for (UnitId unit(0); unit.value() < result.declarations->units.size();
       unit = UnitId(unit.value() + 1)) {
    const declarations::Unit& declared = result.declarations->units[unit];
    if (declared.kind != declarations::UnitKind::Source || !declared.in_project) continue;
    const auto module = program.by_file.find(declared.path);
    if (module == program.by_file.end()) continue;
    const ParsedModulePtr& parsed = program.modules[module->second].parsed;
    if (!parsed || !parsed->tree || !parsed->scopes || parsed->tree.get() != declared.tree)
      continue;
    sources.push_back({.unit = unit,
                       .module = declared.module,
                       .path = declared.path,
                       .tree = parsed->tree.get(),
                       .scopes = parsed->scopes.get(),
                       .first_frame = 0,
                       .first_node = 0,
                       .names = {},
                       .variable_names = {},
                       .variables = {}});
  }
  // Imported modules before importers, as far as they do not import each other: what is called is
  // mostly evaluated before its callers.
  std::ranges::stable_sort(sources, {}, [&](const Source& source) {
    return program.component_of[program.by_file.find(source.path)->second].value();
  });
  result.session = std::make_unique<Session>(*result.declarations, std::move(sources), options);
  result.statistics = Infer(*result.session);
  return result;
}

}  // namespace unspool::semantics::types
