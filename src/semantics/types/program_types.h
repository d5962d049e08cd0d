// Types of a program from its files: what is declared, then inference over all sources. In: a
// Program whose trees are kept. Out: everything together, immutable.
#pragma once

#include "semantics/modules/program.h"
#include "semantics/types/inference.h"

#include <memory>

namespace unspool::semantics::types {

struct ProgramTypes {
  std::unique_ptr<Declarations> declarations;
  std::unique_ptr<Session> session;
  InferenceStatistics statistics;
};

ProgramTypes InferProgram(const Program& program, const SessionOptions& options);

}  // namespace unspool::semantics::types
