#include "semantics/scopes/scope_builder.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace unspool::semantics {

ScopeBuilder::ScopeBuilder(Context& context)
    : context_(context), tree_(context.tree), out_(context.tree) {
  out_.scope_at_.resize(tree_.size());
}

void ScopeBuilder::Open(ScopeKind kind, NodeId node) {
  Scope opened;
  opened.kind = kind;
  opened.node = node;
  opened.parent = current_;
  opened.private_class = class_name_;
  Block block;
  if (current_) {
    block.in_iterable = here().in_iterable;
    opened.nested =
        scope().nested || (scope().kind != ScopeKind::Module && scope().kind != ScopeKind::Class);
    opened.detached = scope().detached;
  }
  current_ = out_.scopes_.Add(std::move(opened));
  blocks_.Add(std::move(block));
  // Annotations are no node of their own, and what is generic opens its own scope last.
  if (kind != ScopeKind::Annotation && kind != ScopeKind::TypeVariable) {
    out_.opened_by_[node.value()] = current_;
  }
}

void ScopeBuilder::PlaceOutside(NodeId node) {
  ScopeId scope = current_;
  while (out_.scopes_[scope].kind == ScopeKind::Comprehension) scope = out_.scopes_[scope].parent;
  out_.scope_at_[node] = scope;
}

NameId ScopeBuilder::Own(std::string_view text) {
  if (NameId known = tree_.names().Find(text)) return known;
  auto at = out_.own_name_of_.find(text);
  if (at == out_.own_name_of_.end()) {
    const auto number = static_cast<uint32_t>(out_.own_names_.size());
    at = out_.own_name_of_.emplace(out_.own_names_.emplace_back(text), number).first;
  }
  return NameId(static_cast<uint32_t>(tree_.names().size()) + at->second);
}

NameId ScopeBuilder::Mangle(NameId name) {
  const std::string_view text = TextOf(name);
  if (!class_name_ || !text.starts_with("__")) return name;
  return Own(MangledName(TextOf(class_name_), text));
}

uint32_t ScopeBuilder::FlagsIn(ScopeId scope, NameId key) const {
  const Symbol* symbol = out_.Find(scope, key);
  return symbol ? symbol->flags : 0;
}

Symbol& ScopeBuilder::SymbolIn(ScopeId scope_id, NameId key, NameId name) {
  Scope& scope = out_.scopes_[scope_id];
  auto [at, fresh] = scope.slot_of.try_emplace(key.value(), scope.symbols.size());
  if (fresh) {
    scope.symbols.emplace_back();
    // Whoever looks a variable up by a name of the tree's is to find one here.
    const bool is_written = name.value() < tree_.names().size();
    scope.symbols.back().name = is_written ? name : key;
    scope.symbols.back().key = key;
  }
  return scope.symbols[at->second];
}

void ScopeBuilder::Bind(NameId name, uint32_t flags, NodeId at, BindingKind kind) {
  const NameId key = Mangle(name);
  DefineIn(current_, key, name, flags, at);
  new_bindings_.push_back({{at, kind, here().in_branch > 0, current_}, key});
}

void ScopeBuilder::DefineHidden(std::string_view name, uint32_t flags, NodeId at) {
  const NameId key = Own(name);
  DefineIn(current_, key, key, flags, at);
}

void ScopeBuilder::DefineIn(ScopeId scope, NameId key, NameId name, uint32_t flags, NodeId at) {
  uint32_t& known = SymbolIn(scope, key, name).flags;
  if (flags & known & kParameter) {
    context_.Fail(at, fmt::format("duplicate {} '{}' in function definition",
                                  context_.Since(15) ? "parameter" : "argument", TextOf(name)));
  }
  if (flags & known & kTypeParameter) {
    context_.Fail(at, fmt::format("duplicate type parameter '{}'", TextOf(name)));
  }
  known |= flags;
  if (blocks_[scope].in_target) {
    if (known & (kGlobal | kNonlocal)) {
      context_.Fail(at, fmt::format("comprehension inner loop cannot rebind assignment "
                                    "expression target '{}'",
                                    TextOf(name)));
    }
    known |= kIterated;
  }
  if (flags & kGlobal) SymbolIn(out_.module_scope(), key, name).flags |= kGlobal;
}

void ScopeBuilder::Declare(NameId key, NameId name, uint32_t flag, NodeId at) {
  DefineIn(current_, key, name, flag, at);
  here().directives.push_back({key, tree_.begin(at), tree_.end(at)});
}

void ScopeBuilder::NoteGlobalStatement(NameId key) {
  if (!at_module_level()) SymbolIn(out_.module_scope(), key, key).rebound_inside = true;
}

void ScopeBuilder::BindOutside(NameId name, NodeId at) {
  const NameId key = Mangle(name);
  for (ScopeId id = current_;; id = out_.scopes_[id].parent) {
    std::string_view where;
    switch (out_.scopes_[id].kind) {
      case ScopeKind::Comprehension: {
        const uint32_t flags = FlagsIn(id, key);
        if ((flags & kIterated) && (flags & kLocal)) {
          context_.Fail(at, fmt::format("assignment expression cannot rebind comprehension "
                                        "iteration variable '{}'",
                                        TextOf(name)));
          return;
        }
        continue;
      }
      case ScopeKind::Annotation:
        continue;
      case ScopeKind::Function:
      case ScopeKind::Lambda:
        Declare(key, name, FlagsIn(id, key) & kGlobal ? kGlobal : kNonlocal, at);
        return DefineIn(id, key, name, kLocal, at);
      case ScopeKind::Module:
        Declare(key, name, kGlobal, at);
        SymbolIn(id, key, name).bound_by_comprehension = true;
        return;
      case ScopeKind::Class:
        where = "in a class body";
        break;
      case ScopeKind::TypeAlias:
        where = "in a type alias";
        break;
      case ScopeKind::TypeVariable:
        where = "in a TypeVar bound";
        break;
      case ScopeKind::TypeParameters:
        where = "within the definition of a generic";
        break;
    }
    return context_.Fail(
        at, fmt::format("assignment expression within a comprehension cannot be used {}", where));
  }
}

ScopeTree ScopeBuilder::Finish() {
  for (uint32_t node = 0; node < tree_.size(); ++node) {
    UNSPOOL_DCHECK(out_.scope_at_[NodeId(node)].has_value());
  }
  // Scopes were opened in the order in which CPython analyses them.
  for (uint32_t id = 0; id < out_.scopes_.size(); ++id) CheckNonlocals(ScopeId(id));
  LinkCaptures();
  LinkBindings();
  ScopeAnalysis(out_, context_.options.target).Run();
  return std::move(out_);
}

void ScopeBuilder::CheckNonlocals(ScopeId id) {
  for (const Symbol& symbol : out_.scopes_[id].symbols) {
    if (!(symbol.flags & kNonlocal)) continue;
    const std::string_view name = TextOf(symbol.key);
    if (symbol.flags & kGlobal) {
      FailAtDirective(id, symbol.key, fmt::format("name '{}' is nonlocal and global", name));
    } else if (id == out_.module_scope()) {
      FailAtDirective(id, symbol.key, "nonlocal declaration not allowed at module level");
    } else {
      const uint32_t binding = OuterBinding(id, symbol.key);
      if (!binding) {
        FailAtDirective(id, symbol.key, fmt::format("no binding for nonlocal '{}' found", name));
      } else if (binding & kTypeParameter) {
        FailAtDirective(id, symbol.key,
                        fmt::format("nonlocal binding not allowed for type parameter '{}'", name));
      }
    }
  }
}

void ScopeBuilder::FailAtDirective(ScopeId id, NameId key, std::string message) {
  for (const Directive& directive : blocks_[id].directives) {
    if (directive.key != key) continue;
    return context_.Fail(directive.begin, directive.end, std::move(message));
  }
}

uint32_t ScopeBuilder::OuterBinding(ScopeId from, NameId key) const {
  bool bound_by_class = false;
  for (ScopeId id = out_.scopes_[from].parent; id != out_.module_scope();
       id = out_.scopes_[id].parent) {
    const uint32_t flags = FlagsIn(id, key);
    if (out_.scopes_[id].kind == ScopeKind::Class) {
      if (TextOf(key) == "__class__") return kLocal;
      bound_by_class |= (flags & kBound) != 0;
      continue;
    }
    if (flags & kGlobal) return 0;
    if (flags & kNonlocal) continue;
    // A class on the way that binds the name hides that it is a type parameter.
    if (flags & kBound) return bound_by_class ? uint32_t{kLocal} : flags;
  }
  return 0;
}

// A name that an inner scope takes from an outer one lives in a cell there.
void ScopeBuilder::LinkCaptures() {
  for (uint32_t index = 0; index < out_.scopes_.size(); ++index) {
    const ScopeId id(index);
    // Types are worked out when somebody asks for them, when the frame around may be gone.
    const bool runs_later = out_.scopes_[id].is_of_types() &&
                            out_.scopes_[id].kind != ScopeKind::TypeParameters &&
                            !out_.scopes_[id].detached;
    for (size_t slot = 0; slot < out_.scopes_[id].symbols.size(); ++slot) {
      const Symbol& symbol = out_.scopes_[id].symbols[slot];
      const bool rebinds = symbol.bound();
      const Resolution resolution = out_.ResolveKey(id, symbol.key);
      if (resolution.kind == NameKind::Implicit || resolution.scope == id) continue;
      if (!runs_later && out_.FrameOf(resolution.scope) == out_.FrameOf(id)) continue;
      Symbol& owner = out_.scopes_[resolution.scope].symbols[resolution.slot];
      owner.captured = true;
      if (rebinds) owner.rebound_inside = true;
    }
  }
}

void ScopeBuilder::LinkBindings() {
  struct Placed {
    ScopeId scope;
    uint32_t slot;
    Binding binding;
  };
  std::vector<Placed> placed;
  placed.reserve(new_bindings_.size());
  for (const NewBinding& made : new_bindings_) {
    Resolution owner = out_.ResolveKey(made.binding.from, made.key);
    if (owner.kind == NameKind::Implicit) {
      // Of a program with errors, or of `__class__`.
      owner.scope = made.binding.from;
      owner.slot = out_.scopes_[owner.scope].slot_of.at(made.key.value());
    }
    placed.push_back({owner.scope, owner.slot, made.binding});
  }
  auto order = [&](const Placed& made) {
    return std::tuple(made.scope, made.slot, tree_.begin(made.binding.node));
  };
  std::ranges::stable_sort(placed, {}, order);
  for (const Placed& made : placed) {
    Symbol& symbol = out_.scopes_[made.scope].symbols[made.slot];
    if (symbol.binding_count++ == 0) {
      symbol.first_binding = static_cast<uint32_t>(out_.bindings_.size());
    }
    out_.bindings_.push_back(made.binding);
  }
}

}  // namespace unspool::semantics
