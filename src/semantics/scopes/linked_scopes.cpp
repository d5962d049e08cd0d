#include "base/check.h"
#include "semantics/scopes/scopes.h"

namespace unspool::semantics {

// Copies scopes, moving what they refer to. Names that nobody wrote become names of the linked
// tree's side of the table, each text once.
class ScopeLinker {
 public:
  ScopeLinker(ScopeTree& into, const ScopeTree& from, uint32_t first_node)
      : into_(into),
        from_(from),
        node_(first_node),
        scope_(static_cast<uint32_t>(into.scopes_.size())),
        binding_(static_cast<uint32_t>(into.bindings_.size())) {}

  void Run() {
    for (uint32_t index = 0; index < from_.size(); ++index) Copy(from_[ScopeId(index)]);
    for (uint32_t index = 0; index < from_.scope_at_.size(); ++index) {
      into_.scope_at_.Add(Moved(from_.scope_at_[NodeId(index)]));
    }
    for (const auto& [node, scope] : from_.opened_by_) {
      into_.opened_by_[node + node_] = Moved(scope);
    }
    for (Binding binding : from_.bindings_) {
      binding.node = Moved(binding.node);
      binding.from = Moved(binding.from);
      into_.bindings_.push_back(binding);
    }
    for (NodeId alias : from_.star_imports_) into_.star_imports_.push_back(Moved(alias));
  }

 private:
  void Copy(Scope scope) {
    scope.node = Moved(scope.node);
    scope.parent = Moved(scope.parent);
    if (scope.private_class) scope.private_class = Moved(scope.private_class);
    scope.slot_of.clear();
    for (uint32_t slot = 0; slot < scope.symbols.size(); ++slot) {
      Symbol& symbol = scope.symbols[slot];
      symbol.name = Moved(symbol.name);
      symbol.key = Moved(symbol.key);
      symbol.first_binding += binding_;
      scope.slot_of.emplace(symbol.key.value(), slot);
    }
    into_.scopes_.Add(std::move(scope));
  }

  NodeId Moved(NodeId node) const { return node ? NodeId(node.value() + node_) : node; }
  ScopeId Moved(ScopeId scope) const { return scope ? ScopeId(scope.value() + scope_) : scope; }
  NameId Moved(NameId key) {
    const std::string_view text = from_.Text(key);
    const base::Interner& written = into_.tree_->names();
    if (const NameId known = written.Find(text)) return known;
    const auto number = static_cast<uint32_t>(into_.own_names_.size());
    auto at = into_.own_name_of_.find(text);
    if (at == into_.own_name_of_.end()) {
      at = into_.own_name_of_.emplace(into_.own_names_.emplace_back(text), number).first;
    }
    return NameId(static_cast<uint32_t>(written.size()) + at->second);
  }

  ScopeTree& into_;
  const ScopeTree& from_;
  const uint32_t node_, scope_, binding_;
};

ScopeTree ScopeTree::Link(const syntax::LinkedTree& linked,
                          std::span<const ScopeTree* const> parts) {
  UNSPOOL_CHECK(parts.size() == linked.parts.size());
  ScopeTree scopes(*linked.tree);
  for (size_t index = 0; index < parts.size(); ++index) {
    ScopeLinker(scopes, *parts[index], linked.parts[index].first_node).Run();
  }
  return scopes;
}

}  // namespace unspool::semantics
