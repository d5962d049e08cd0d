// The lines on which CPython says that scopes begin. They are those of the nodes that open them,
// which before 3.12 are not where they stand if that is inside an f-string.
#pragma once

#include "semantics/scopes/scopes.h"
#include "source/file.h"
#include "syntax/field_positions.h"
#include "syntax/parse.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace unspool::devtools {

class ScopeLines {
 public:
  ScopeLines(const source::SourceFile& file, const syntax::Tree& tree, syntax::Version target);
  uint32_t LineOf(syntax::NodeId node) const;

 private:
  void ReadFString(syntax::NodeId top, syntax::FieldPositions& positions, std::vector<bool>& seen);

  const source::SourceFile& file_;
  const syntax::Tree& tree_;
  std::unordered_map<uint32_t, uint32_t> moved_;
};

}  // namespace unspool::devtools
