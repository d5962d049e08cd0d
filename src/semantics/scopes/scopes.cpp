#include "semantics/scopes/scopes.h"

#include "semantics/scopes/compile_errors_impl.h"

#include <utility>

namespace unspool::semantics {

ScopeTree ScopeTree::Build(const syntax::Tree& tree, syntax::Version target,
                           std::vector<syntax::SyntaxError>* errors) {
  CompileOptions options;
  options.target = target;
  compile_errors::Context context(tree, options);
  context.CheckFutureImports();
  ScopeTree scopes = BuildScopes(context);
  if (errors) *errors = std::move(context.errors);
  return scopes;
}

ScopeId ScopeTree::ScopeOpenedBy(NodeId node) const {
  auto at = opened_by_.find(node.value());
  return at == opened_by_.end() ? ScopeId() : at->second;
}

ScopeId ScopeTree::ModuleOf(ScopeId scope) const {
  while (scopes_[scope].kind != ScopeKind::Module) scope = scopes_[scope].parent;
  return scope;
}

ScopeId ScopeTree::FrameOf(ScopeId scope) const {
  while (scopes_[scope].kind != ScopeKind::Module && scopes_[scope].kind != ScopeKind::Function &&
         scopes_[scope].kind != ScopeKind::Lambda) {
    scope = scopes_[scope].parent;
  }
  return scope;
}

const Symbol* ScopeTree::Find(ScopeId scope, NameId key) const {
  auto at = scopes_[scope].slot_of.find(key.value());
  return at == scopes_[scope].slot_of.end() ? nullptr : &scopes_[scope].symbols[at->second];
}

NameId ScopeTree::KeyOf(ScopeId from, NameId name) const {
  const NameId owner = scopes_[from].private_class;
  const std::string_view text = Text(name);
  if (!owner || !text.starts_with("__")) return name;
  const std::string mangled = MangledName(Text(owner), text);
  if (mangled == text) return name;
  if (NameId known = tree_->names().Find(mangled)) return known;
  auto own = own_name_of_.find(mangled);
  if (own == own_name_of_.end()) return NameId();
  return NameId(static_cast<uint32_t>(tree_->names().size()) + own->second);
}

Resolution ScopeTree::Resolve(ScopeId from, NameId name) const {
  const NameId key = KeyOf(from, name);
  return key ? ResolveKey(from, key) : Resolution();
}

Resolution ScopeTree::ResolveGlobal(ScopeId from, NameId name) const {
  const NameId key = KeyOf(from, name);
  return key ? Global(ModuleOf(from), key) : Resolution();
}

Resolution ScopeTree::Global(ScopeId module, NameId key) const {
  const Symbol* symbol = Find(module, key);
  if (!symbol || symbol->inlined) return {};
  // A name only read at module level, and bound nowhere, is a builtin or missing.
  if (!symbol->bound() && !symbol->rebound_inside && !symbol->bound_by_comprehension) return {};
  return {NameKind::Global, module, scopes_[module].slot_of.at(key.value())};
}

Resolution ScopeTree::ResolveKey(ScopeId from, NameId key) const {
  auto symbol_at = [&](ScopeId scope) -> const Symbol* {
    const Symbol* symbol = Find(scope, key);
    return symbol && !symbol->inlined ? symbol : nullptr;
  };
  auto found = [&](NameKind kind, ScopeId scope) -> Resolution {
    return {kind, scope, scopes_[scope].slot_of.at(key.value())};
  };
  const Symbol* own = symbol_at(from);
  if (scopes_[from].kind == ScopeKind::Module) return Global(from, key);
  if (own && (own->flags & kGlobal)) return Global(ModuleOf(from), key);
  if (own && own->bound() && !(own->flags & kNonlocal)) return found(NameKind::Local, from);
  bool sees_class = scopes_[from].sees_class;
  bool in_function = scopes_[from].kind != ScopeKind::Class;
  ScopeId scope = scopes_[from].parent;
  for (; scopes_[scope].kind != ScopeKind::Module; scope = scopes_[scope].parent) {
    const Symbol* symbol = symbol_at(scope);
    if (scopes_[scope].kind == ScopeKind::Class) {
      // Names of a class are not seen from the functions in it, which have its `__class__` instead.
      if (in_function && Text(key) == "__class__") return {};
      if (sees_class && symbol && symbol->bound() && !(symbol->flags & (kGlobal | kNonlocal))) {
        return found(NameKind::Cell, scope);
      }
      sees_class = false;
      continue;
    }
    sees_class = sees_class && scopes_[scope].sees_class;
    in_function = true;
    if (!symbol) continue;
    if (symbol->flags & kGlobal) return Global(ModuleOf(scope), key);
    if (symbol->bound() && !(symbol->flags & kNonlocal)) return found(NameKind::Cell, scope);
  }
  return Global(scope, key);
}

std::string MangledName(std::string_view class_name, std::string_view name) {
  if (!name.starts_with("__") || name.ends_with("__") || name.find('.') != std::string_view::npos) {
    return std::string(name);
  }
  size_t start = class_name.find_first_not_of('_');
  if (start == std::string_view::npos) return std::string(name);
  return "_" + std::string(class_name.substr(start)) + std::string(name);
}

}  // namespace unspool::semantics
