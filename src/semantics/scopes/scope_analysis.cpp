// What the compiler makes of each name: CPython's second pass over its symbol table, which also
// says how names of comprehensions that run inline become names of the scope around them.
#include "semantics/scopes/scope_builder.h"

#include <algorithm>
#include <utility>

namespace unspool::semantics {

namespace {

bool IsFunctionBlock(const Scope& scope) {
  return scope.kind != ScopeKind::Module && scope.kind != ScopeKind::Class;
}

bool Contains(const std::vector<NameId>& sorted, NameId key) {
  return std::ranges::binary_search(sorted, key);
}

void SortUnique(std::vector<NameId>& keys) {
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
}

}  // namespace

ScopeAnalysis::ScopeAnalysis(ScopeTree& scopes, syntax::Version target)
    : scopes_(scopes), target_(target) {
  children_.resize(scopes_.size());
  for (uint32_t index = 1; index < scopes_.size(); ++index) {
    const Scope& scope = scopes_[ScopeId(index)];
    if (!scope.detached) children_[scope.parent.value()].push_back(ScopeId(index));
  }
  const size_t names = scopes_.tree_->names().size() + scopes_.own_names_.size();
  bound_outside_.resize(names);
  auto add = [&](std::string_view text) {
    NameId key = scopes_.tree_->names().Find(text);
    if (auto own = scopes_.own_name_of_.find(text); own != scopes_.own_name_of_.end()) {
      key = NameId(static_cast<uint32_t>(scopes_.tree_->names().size()) + own->second);
    }
    if (key) of_class_.push_back(key);
  };
  add("__class__");
  if (Since(12)) add("__classdict__");
  if (Since(14)) add("__conditional_annotations__");
  SortUnique(of_class_);
}

void ScopeAnalysis::Run() {
  Analyze(scopes_.module_scope(), ScopeId());
}

// Returns the names that are free in the scope or in one inside it. `seen_class` is the class whose
// names a scope of types sees.
std::vector<NameId> ScopeAnalysis::Analyze(ScopeId id, ScopeId seen_class) {
  const bool is_class = At(id).kind == ScopeKind::Class;
  std::vector<NameId> free;
  std::vector<std::pair<uint32_t, bool>> hidden;
  auto show = [&](NameId key, bool bound) {
    if (bound_outside_[key.value()] == bound) return;
    hidden.emplace_back(key.value(), !bound);
    bound_outside_[key.value()] = bound;
  };
  for (Symbol& symbol : At(id).symbols) {
    symbol.storage = StorageOf(symbol, seen_class);
    if (symbol.storage == Storage::Free) free.push_back(symbol.key);
    // What a class binds or declares is not seen by the functions in it.
    if (!is_class) show(symbol.key, IsBoundFor(At(id), symbol));
  }
  if (is_class) {
    for (NameId key : of_class_) show(key, true);
  }

  std::vector<NameId> inner;
  std::vector<NameId> inlined_cells;
  for (ScopeId child : children_[id.value()]) {
    ScopeId seen;
    if (At(child).sees_class) seen = is_class ? id : seen_class;
    std::vector<NameId> child_free = Analyze(child, seen);
    if (RunsInline(id, child)) Inline(id, child, child_free, inlined_cells);
    inner.insert(inner.end(), child_free.begin(), child_free.end());
  }
  SortUnique(inner);
  SortUnique(inlined_cells);
  for (const auto& [key, bound] : hidden) bound_outside_[key] = bound;

  if (IsFunctionBlock(At(id))) {
    for (Symbol& symbol : At(id).symbols) {
      if (symbol.storage != Storage::Local) continue;
      if (!Contains(inner, symbol.key) && !Contains(inlined_cells, symbol.key)) continue;
      symbol.storage = Storage::Cell;
    }
    std::erase_if(inner, [&](NameId key) {
      const Symbol* symbol = Find(id, key);
      return symbol && symbol->storage == Storage::Cell;
    });
  } else if (is_class) {
    std::erase_if(inner, [&](NameId key) { return Contains(of_class_, key); });
  }
  for (NameId key : inlined_cells) {
    if (Symbol* symbol = Find(id, key)) symbol->flags |= kComprehensionCell;
  }
  for (NameId key : inner) {
    if (Symbol* symbol = Find(id, key)) {
      if (is_class || At(id).sees_class) symbol->flags |= kFreeClass;
    } else if (bound_outside_[key.value()]) {
      Add(id, key).storage = Storage::Free;
    }
  }
  free.insert(free.end(), inner.begin(), inner.end());
  return free;
}

Storage ScopeAnalysis::StorageOf(const Symbol& symbol, ScopeId seen_class) const {
  if (symbol.flags & kGlobal) return Storage::GlobalExplicit;
  if (symbol.flags & kNonlocal) return Storage::Free;
  if (symbol.flags & kBound) return Storage::Local;
  if (seen_class) {
    // Bound by the class and perhaps by a function around it as well: only the class and the module
    // are looked at then.
    const Symbol* of_class = scopes_.Find(seen_class, symbol.key);
    const uint32_t flags = of_class ? of_class->flags : 0;
    if (flags & kGlobal) return Storage::GlobalExplicit;
    if ((flags & kBound) && !(flags & kNonlocal)) return Storage::GlobalImplicit;
  }
  return bound_outside_[symbol.key.value()] ? Storage::Free : Storage::GlobalImplicit;
}

// Whether functions inside find the name bound by a function around them.
bool ScopeAnalysis::IsBoundFor(const Scope& scope, const Symbol& symbol) const {
  if (symbol.flags & kGlobal) return false;
  const bool binds = symbol.bound() && !(symbol.flags & kNonlocal) && IsFunctionBlock(scope);
  return binds || bound_outside_[symbol.key.value()];
}

// PEP 709
bool ScopeAnalysis::RunsInline(ScopeId outer, ScopeId inner) const {
  if (!Since(12) || At(inner).kind != ScopeKind::Comprehension) return false;
  if (scopes_.tree_->kind(At(inner).node) == syntax::NodeKind::GeneratorExp) return false;
  return !At(outer).sees_class;
}

void ScopeAnalysis::Inline(ScopeId outer, ScopeId inner, std::vector<NameId>& free,
                           std::vector<NameId>& inlined_cells) {
  const bool in_class = At(outer).kind == ScopeKind::Class;
  At(inner).inlined = true;
  for (const Symbol& symbol : At(inner).symbols) {
    if (symbol.flags & kParameter) continue;
    Storage storage = symbol.storage;
    if (storage == Storage::Cell || (symbol.flags & kComprehensionCell)) {
      inlined_cells.push_back(symbol.key);
    }
    if (storage == Storage::Free && in_class && Contains(of_class_, symbol.key)) {
      storage = Storage::GlobalImplicit;
      std::erase(free, symbol.key);
    }
    Symbol* existing = Find(outer, symbol.key);
    if (!existing) {
      Symbol& added = Add(outer, symbol.key);
      added.name = symbol.name;
      added.flags = symbol.flags;
      added.storage = storage;
    } else if (existing->bound() && !in_class) {
      // What was free in the comprehension is a local like any other now.
      if (!IsFreeInside(inner, symbol.key)) std::erase(free, symbol.key);
      if (Since(14) && storage == Storage::Free && (symbol.flags & kUse)) existing->flags |= kUse;
    }
  }
}

bool ScopeAnalysis::IsFreeInside(ScopeId scope, NameId key) const {
  return std::ranges::any_of(children_[scope.value()], [&](ScopeId child) {
    if (At(child).inlined) return IsFreeInside(child, key);
    const Symbol* symbol = scopes_.Find(child, key);
    return symbol && symbol->storage == Storage::Free;
  });
}

Symbol* ScopeAnalysis::Find(ScopeId scope, NameId key) {
  return const_cast<Symbol*>(scopes_.Find(scope, key));
}

// A symbol that is no name of the scope's own.
Symbol& ScopeAnalysis::Add(ScopeId id, NameId key) {
  Scope& scope = At(id);
  scope.slot_of[key.value()] = static_cast<uint32_t>(scope.symbols.size());
  Symbol& symbol = scope.symbols.emplace_back();
  symbol.name = symbol.key = key;
  symbol.inlined = true;
  return symbol;
}

}  // namespace unspool::semantics
