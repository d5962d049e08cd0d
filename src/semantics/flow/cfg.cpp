#include "semantics/flow/cfg.h"

#include "semantics/flow/cfg_builder.h"

namespace unspool::semantics {

std::string_view WordOf(CfgPart part) {
  static constexpr std::string_view kWords[] = {
#define UNSPOOL_CFG_PART(Name, word) word,
#include "semantics/flow/cfg_kinds.def"
  };
  return kWords[static_cast<size_t>(part)];
}

std::string_view WordOf(CfgEdgeKind kind) {
  static constexpr std::string_view kWords[] = {
#define UNSPOOL_CFG_EDGE(Name, word) word,
#include "semantics/flow/cfg_kinds.def"
  };
  return kWords[static_cast<size_t>(kind)];
}

std::string_view WordOf(CfgReason reason) {
  static constexpr std::string_view kWords[] = {
#define UNSPOOL_CFG_REASON(Name, word) word,
#include "semantics/flow/cfg_kinds.def"
  };
  return kWords[static_cast<size_t>(reason)];
}

Cfg Cfg::Build(const syntax::Tree& tree, const ScopeTree& scopes, ScopeId scope) {
  return CfgBuilder(tree, scopes, scope).Run();
}

std::span<const CfgLoop> Cfg::LoopsAt(NodeId statement) const {
  auto at = loops_at_.find(statement.value());
  if (at == loops_at_.end()) return {};
  return std::span(loops_by_statement_).subspan(at->second.first, at->second.second);
}

std::vector<uint32_t> Cfg::StartsOf(NodeId statement) const {
  std::vector<uint32_t> starts;
  for (const CfgLoop& loop : LoopsAt(statement)) starts.push_back(loop.setup);
  if (!starts.empty()) return starts;
  // The first node of each run: what belongs to one copy of a statement is numbered after it.
  for (uint32_t index = 0; index < nodes_.size(); ++index) {
    if (nodes_[index].ast == statement && nodes_[index].starts) starts.push_back(index);
  }
  return starts;
}

}  // namespace unspool::semantics
