// The frames of one parsed file with their control-flow graphs, for `debug cfg`: names and places
// as CPython's code objects have them, and what data flow says of each node.
#pragma once

#include "semantics/flow/cfg.h"
#include "source/file.h"

#include <string>
#include <vector>

namespace unspool::devtools {

struct CfgPlace {
  source::Position begin, end;  // of what the node evaluates; none where nothing
  uint32_t statement_row = 0;   // where the statement begins, whose row CPython may name, too
};

class CfgFrame {
 public:
  CfgFrame(const source::SourceFile& file, const syntax::Tree& tree,
           const semantics::ScopeTree& scopes, semantics::ScopeId scope);

  const semantics::Cfg& cfg() const { return cfg_; }
  size_t slot_count() const { return scopes_[scope_].symbols.size(); }
  std::string_view SlotName(uint32_t slot) const {
    return tree_.Name(scopes_[scope_].symbols[slot].name);
  }
  // As __qualname__; the last part of it; and "function", "lambda", "class", ...
  const std::string& qualified_name() const { return qualified_name_; }
  std::string name() const;
  std::string_view kind() const;
  uint32_t first_row() const;

  CfgPlace PlaceOf(uint32_t node) const;
  // What may compile to nothing: constants, declarations.
  bool IsInert(uint32_t node) const;
  // `raise` alone, which raises what is being handled.
  bool IsBareRaise(uint32_t node) const;
  // The text of what the node evaluates, on one line and cut where it is long.
  std::string TextOf(uint32_t node) const;

 private:
  source::Span SpanOf(const semantics::CfgNode& node) const;

  const source::SourceFile& file_;
  const syntax::Tree& tree_;
  const semantics::ScopeTree& scopes_;
  semantics::ScopeId scope_;
  semantics::Cfg cfg_;
  std::string qualified_name_;
};

// All of a file, in the order of their text.
std::vector<CfgFrame> FramesOf(const source::SourceFile& file, const syntax::Tree& tree,
                               const semantics::ScopeTree& scopes);

// For each node, by its number: slots of the scope.
struct CfgFlowFacts {
  std::vector<std::vector<uint32_t>> live, bound;
  struct Read {
    uint32_t slot;
    std::vector<uint32_t> nodes;  // where it may have been bound last
    bool maybe_unbound;           // or not at all in this frame
  };
  std::vector<std::vector<Read>> reads;
  std::vector<uint32_t> dominator, end_dominator, loop;  // UINT32_MAX: none
};

void AddLiveness(const CfgFrame& frame, CfgFlowFacts& facts);
void AddBound(const CfgFrame& frame, CfgFlowFacts& facts);
void AddDefinitions(const CfgFrame& frame, CfgFlowFacts& facts);
void AddDominators(const CfgFrame& frame, CfgFlowFacts& facts);

}  // namespace unspool::devtools
