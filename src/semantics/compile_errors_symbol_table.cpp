#include "semantics/compile_errors_symbol_table.h"

#include "semantics/scopes.h"

#include <fmt/format.h>
#include <utility>

namespace unspool::semantics::compile_errors {

void SymbolTable::Open(BlockKind kind) {
  Block block;
  block.kind = kind;
  block.parent = current_;
  if (!blocks_.empty()) block.in_iterable = here().in_iterable;
  blocks_.push_back(std::move(block));
  current_ = static_cast<BlockId>(blocks_.size() - 1);
}

uint32_t SymbolTable::Own(std::string_view text) {
  if (NameId known = tree_.names().Find(text)) return known.value();
  auto [at, fresh] = own_names_.try_emplace(std::string(text), 0);
  if (fresh) {
    at->second = static_cast<uint32_t>(tree_.names().size() + own_texts_.size());
    own_texts_.push_back(at->first);
  }
  return at->second;
}

uint32_t SymbolTable::Mangle(NameId name) {
  const std::string_view text = context_.Text(name);
  if (class_name_.empty() || !text.starts_with("__")) return name.value();
  return Own(MangledName(class_name_, text));
}

std::string_view SymbolTable::TextOf(uint32_t name) const {
  const size_t known = tree_.names().size();
  return name < known ? tree_.Name(NameId(name)) : std::string_view(own_texts_[name - known]);
}

uint32_t SymbolTable::FlagsIn(BlockId block, uint32_t name) const {
  auto at = slot_of_.find(Key(block, name));
  return at == slot_of_.end() ? 0 : blocks_[block].symbols[at->second].flags;
}

uint32_t& SymbolTable::FlagsOf(BlockId block, uint32_t name) {
  auto [at, fresh] = slot_of_.try_emplace(Key(block, name), blocks_[block].symbols.size());
  if (fresh) blocks_[block].symbols.push_back({name, 0});
  return blocks_[block].symbols[at->second].flags;
}

void SymbolTable::DefineIn(BlockId block, uint32_t name, uint32_t flag, NodeId at,
                           std::string_view shown) {
  uint32_t& flags = FlagsOf(block, name);
  if (flag & flags & kParameter) {
    context_.Fail(at, fmt::format("duplicate {} '{}' in function definition",
                                  context_.Since(15) ? "parameter" : "argument", shown));
  }
  if (flag & flags & kTypeParameter) {
    context_.Fail(at, fmt::format("duplicate type parameter '{}'", shown));
  }
  flags |= flag;
  if (blocks_[block].in_target) {
    if (flags & (kGlobal | kNonlocal)) {
      context_.Fail(at, fmt::format("comprehension inner loop cannot rebind assignment "
                                    "expression target '{}'",
                                    shown));
    }
    flags |= kIterated;
  }
  if (flag & kGlobal) FlagsOf(kModule, name) |= flag;
}

void SymbolTable::Declare(uint32_t name, uint32_t flag, NodeId at, std::string_view shown) {
  DefineIn(current_, name, flag, at, shown);
  here().directives.push_back({name, tree_.begin(at), tree_.end(at)});
}

void SymbolTable::BindOutside(NameId name, NodeId at) {
  const uint32_t mangled = Mangle(name);
  const std::string_view text = context_.Text(name);
  for (BlockId id = current_;; id = blocks_[id].parent) {
    std::string_view where;
    switch (blocks_[id].kind) {
      case BlockKind::Comprehension: {
        const uint32_t flags = FlagsIn(id, mangled);
        if ((flags & kIterated) && (flags & kLocal)) {
          context_.Fail(at, fmt::format("assignment expression cannot rebind comprehension "
                                        "iteration variable '{}'",
                                        text));
          return;
        }
        continue;
      }
      case BlockKind::Annotation:
        continue;
      case BlockKind::Function:
        Declare(mangled, FlagsIn(id, mangled) & kGlobal ? kGlobal : kNonlocal, at, text);
        return DefineIn(id, mangled, kLocal, at, text);
      case BlockKind::Module:
        return Declare(mangled, kGlobal, at, text);
      case BlockKind::Class:
        where = "in a class body";
        break;
      case BlockKind::TypeAlias:
        where = "in a type alias";
        break;
      case BlockKind::TypeVariable:
        where = "in a TypeVar bound";
        break;
      case BlockKind::TypeParameters:
        where = "within the definition of a generic";
        break;
    }
    return context_.Fail(
        at, fmt::format("assignment expression within a comprehension cannot be used {}", where));
  }
}

// Blocks were opened in the order in which CPython analyses them.
void SymbolTable::Analyze() {
  for (BlockId id = 0; id < blocks_.size(); ++id) Analyze(id);
}

void SymbolTable::Analyze(BlockId id) {
  for (const Symbol& symbol : blocks_[id].symbols) {
    if (!(symbol.flags & kNonlocal)) continue;
    const std::string_view name = TextOf(symbol.name);
    if (symbol.flags & kGlobal) {
      FailAtDirective(id, symbol.name, fmt::format("name '{}' is nonlocal and global", name));
    } else if (id == kModule) {
      FailAtDirective(id, symbol.name, "nonlocal declaration not allowed at module level");
    } else {
      const uint32_t binding = OuterBinding(id, symbol.name);
      if (!binding) {
        FailAtDirective(id, symbol.name, fmt::format("no binding for nonlocal '{}' found", name));
      } else if (binding & kTypeParameter) {
        FailAtDirective(id, symbol.name,
                        fmt::format("nonlocal binding not allowed for type parameter '{}'", name));
      }
    }
  }
}

void SymbolTable::FailAtDirective(BlockId id, uint32_t name, std::string message) {
  for (const Directive& directive : blocks_[id].directives) {
    if (directive.name != name) continue;
    return context_.Fail(directive.begin, directive.end, std::move(message));
  }
}

uint32_t SymbolTable::OuterBinding(BlockId from, uint32_t name) const {
  bool bound_by_class = false;
  for (BlockId id = blocks_[from].parent; id != kModule; id = blocks_[id].parent) {
    const uint32_t flags = FlagsIn(id, name);
    if (blocks_[id].kind == BlockKind::Class) {
      if (TextOf(name) == "__class__") return kLocal;
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

}  // namespace unspool::semantics::compile_errors
