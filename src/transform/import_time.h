// What happens when a worker imports the module again, as it does under spawn and forkserver: which
// top-level statements do something that must not happen twice, and which module variables have the
// same value in every process.
#pragma once

#include "effects/facts.h"
#include "semantics/scopes/scopes.h"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace unspool::transform {

using syntax::NameId;
using syntax::NodeId;

// Every place of a module's top level that binds the name, or may: `from m import *` counts.
std::vector<syntax::NodeId> ModuleBindings(const syntax::Tree& tree,
                                           const semantics::ScopeTree& scopes,
                                           semantics::ScopeId module, syntax::NameId name);

class ImportTime {
 public:
  ImportTime(const syntax::Tree& tree, const semantics::ScopeTree& scopes,
             const effects::Facts& facts);

  // The `if __name__ == "__main__":` statement of the top level, or none.
  NodeId main_guard() const { return guard_; }
  // Statements outside the guard that do more than bind names to values which depend on nothing
  // outside.
  const std::vector<NodeId>& effectful() const { return effectful_; }
  // Why a module variable may have another value in a worker; nothing if it is the same there.
  std::optional<std::string> WhyNotStable(NameId name) const {
    return WhyNotStable(scopes_.module_scope(), name);
  }
  // The same of a variable of a linked module.
  std::optional<std::string> WhyNotStable(semantics::ScopeId module, NameId name) const;
  // Functions that only code outside the analysis may call can change this object.
  bool MayChangeUnseen(effects::ObjectId object) const { return unseen_.contains(object); }
  // Whether a node runs once the modules have been imported, not while they are.
  bool RunsLater(NodeId node) const;
  // The statement around a node at the top level of its module.
  NodeId TopLevelOf(NodeId node) const;

 private:
  bool IsEffectful(NodeId statement) const;
  void FindUnseenChanges();
  using Members = std::unordered_map<uint32_t, std::vector<effects::ObjectId>>;
  Members MembersOfClasses() const;
  void AddRootsOf(NodeId function, const Members& members,
                  std::set<effects::ObjectId>& roots) const;

  const syntax::Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const effects::Facts& facts_;
  base::IdVector<NodeId, NodeId> starts_;
  NodeId guard_;
  std::vector<NodeId> effectful_;
  std::set<effects::ObjectId> unseen_;
};

}  // namespace unspool::transform
