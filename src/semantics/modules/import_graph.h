// Joins the imports of a program to a graph over its modules, and finds its circles.
#pragma once

#include "semantics/modules/program.h"

namespace unspool::semantics {

// Fills edge_begins, edges, component_of and components from modules and imports.
void BuildImportGraph(Program& program);

}  // namespace unspool::semantics
