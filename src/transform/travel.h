// What may travel between processes. In: abstract values. Out: reasons why they cannot be pickled,
// or would not be the same afterwards: a copy is the same only for what nobody compares by identity
// and nobody else holds.
#pragma once

#include "effects/facts.h"
#include "knowledge/knowledge_base.h"
#include "semantics/scopes/scopes.h"

#include <map>
#include <optional>
#include <string>

namespace unspool::transform {

class Travel {
 public:
  Travel(const syntax::Tree& tree, const semantics::ScopeTree& scopes, const effects::Facts& facts,
         const knowledge::KnowledgeBase& knowledge)
      : tree_(tree), scopes_(scopes), facts_(facts), knowledge_(knowledge) {}

  // Into a worker: why a copy of the value cannot be made there; nothing if it can.
  std::optional<std::string> WhyNotIn(const effects::Value& value) const;
  // Back from a worker: the same, and all it holds must be made by the iteration itself (an age of
  // at least `depth`), or have no identity.
  std::optional<std::string> WhyNotOut(const effects::Value& value, int depth) const;
  // A function, class or module that every process finds under its name.
  bool FoundByName(effects::ObjectId id) const;

 private:
  bool IsBoundOnce(semantics::ScopeId module, syntax::NameId name, syntax::NodeId at) const;
  bool IsBoundToItsName(syntax::NodeId call, std::string_view name) const;
  std::optional<std::string> Check(const effects::Value& value, bool out, int depth,
                                   std::vector<effects::Ref>& seen, bool frozen) const;

  const syntax::Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const effects::Facts& facts_;
  const knowledge::KnowledgeBase& knowledge_;
  // By name: its one binding at the top level, or none.
  // By module and name.
  mutable std::map<std::pair<semantics::ScopeId, syntax::NameId>, syntax::NodeId> bound_once_;
};

}  // namespace unspool::transform
