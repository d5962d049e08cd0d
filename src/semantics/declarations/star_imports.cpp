// What `from m import *` binds, and the names of namespaces grouped from their definitions.
#include "semantics/declarations/builder.h"

#include <algorithm>

namespace unspool::semantics::declarations {

using namespace syntax;

UnitId Builder::ModuleNamed(UnitId unit, SymbolId name) const {
  const Unit& record = out_.units[unit];
  SymbolId module, imported;
  for (const Definition& definition : states_[unit].pending) {
    if (definition.name != name) continue;
    if (definition.kind != DefinitionKind::Import &&
        definition.kind != DefinitionKind::FromImport) {
      return {};
    }
    module = definition.module;
    imported = definition.imported;
  }
  if (module && !imported) return UnitFor(unit, out_.Text(module));
  std::string dotted;
  if (module) {
    dotted = std::string(out_.Text(module)) + "." + std::string(out_.Text(imported));
  } else if (record.is_package) {
    // A submodule that some import has loaded is an attribute of its package.
    dotted = record.module + "." + std::string(out_.Text(name));
  }
  return dotted.empty() ? UnitId() : UnitFor(unit, dotted);
}

void Builder::RunAllSteps(UnitId unit) {
  UnitState& state = states_[unit];
  state.all_known = state.has_all;
  std::unordered_set<uint32_t> seen;
  auto add = [&](SymbolId name) {
    if (seen.insert(name.value()).second) state.all.push_back(name);
  };
  for (const AllStep& step : state.all_steps) {
    switch (step.kind) {
      case AllStep::Kind::Clear:
        state.all.clear();
        seen.clear();
        break;
      case AllStep::Kind::Add:
        add(step.name);
        break;
      case AllStep::Kind::Remove:
        std::erase(state.all, step.name);
        seen.erase(step.name.value());
        break;
      case AllStep::Kind::AddModule: {
        const UnitId module = ModuleNamed(unit, step.name);
        if (!module || states_[module].star_state == 1) {
          state.all_known = false;
          break;
        }
        FinishModule(module);
        if (!states_[module].has_all || !states_[module].all_known) state.all_known = false;
        for (SymbolId name : states_[module].all) add(name);
        break;
      }
      case AllStep::Kind::Unknown:
        state.all_known = false;
        break;
    }
  }
}

void Builder::FinishModule(UnitId unit) {
  if (states_[unit].star_state != 0) return;
  states_[unit].star_state = 1;
  Unit& record = out_.units[unit];
  if (!record.tree) {
    record.names = out_.namespaces.Add({.kind = NamespaceKind::Module, .unit = unit});
    states_[unit].star_state = 2;
    return;
  }
  auto open = [&](Cause cause, NodeId node) {
    if (record.open) return;
    record.open = true;
    record.open_reason = Why(cause, unit, node);
  };
  std::vector<Definition> definitions;
  definitions.reserve(states_[unit].pending.size());
  // What is bound before may be bound anew by a star that is not known. Each name needs that once
  // behind its last own binding: what was bound since the last such star.
  size_t tainted = 0;
  std::vector<SymbolId> private_names;
  auto taint = [&](const Definition& star, bool underscored) {
    open(Cause::StarUnknown, star.node);
    if (record.kind == UnitKind::Stub) return;
    std::vector<SymbolId> names;
    for (; tainted < definitions.size(); ++tainted) {
      const SymbolId name = definitions[tainted].name;
      (out_.Text(name).starts_with('_') ? private_names : names).push_back(name);
    }
    if (underscored) {
      names.insert(names.end(), private_names.begin(), private_names.end());
      private_names.clear();
    }
    std::unordered_set<uint32_t> done;
    for (SymbolId name : names) {
      if (!done.insert(name.value()).second) continue;
      Definition one = star;
      one.flags |= kConditional;
      one.name = one.imported = name;
      one.module = {};
      definitions.push_back(one);
    }
    tainted = definitions.size();
  };
  // The list of pending ones stays: it says what names of modules mean.
  for (size_t index = 0; index < states_[unit].pending.size(); ++index) {
    const Definition definition = states_[unit].pending[index];
    if (definition.kind != DefinitionKind::StarImport) {
      definitions.push_back(definition);
      continue;
    }
    const UnitId from = definition.module ? UnitFor(unit, out_.Text(definition.module)) : UnitId();
    if (!from || states_[from].star_state == 1) {
      taint(definition, true);
      continue;
    }
    FinishModule(from);
    const Unit& other = out_.units[from];
    const UnitState& state = states_[from];
    if (other.open || (state.has_all && !state.all_known)) taint(definition, state.has_all);
    auto add = [&](SymbolId name) {
      Definition one = definition;
      one.name = name;
      one.imported = name;
      definitions.push_back(one);
    };
    if (state.has_all) {
      for (SymbolId name : state.all) add(name);
      continue;
    }
    const Range names = out_.namespaces[other.names].names;
    for (uint32_t at = names.begin; at < names.begin + names.count; ++at) {
      const Name& name = out_.names[at];
      if (out_.Text(name.symbol).starts_with('_') || (name.flags & kPrivateImport)) continue;
      add(name.symbol);
    }
  }
  RunAllSteps(unit);
  FinishNamespace(record.names, definitions);
  // What a stub lists in __all__ is for others, however it came in.
  if (record.kind == UnitKind::Stub && states_[unit].has_all) {
    for (SymbolId symbol : states_[unit].all) {
      if (const uint32_t at = FindNameIndex(record.names, symbol); at != UINT32_MAX) {
        out_.names[at].flags &= static_cast<uint8_t>(~kPrivateImport);
      }
    }
  }
  if (SymbolId getattr = out_.Find("__getattr__");
      getattr && FindNameIndex(record.names, getattr) != UINT32_MAX) {
    record.has_getattr = true;
  }
  states_[unit].star_state = 2;
}

void Builder::FinishNamespace(NamespaceId in, std::vector<Definition>& definitions) {
  Namespace& space = out_.namespaces[in];
  space.names.begin = static_cast<uint32_t>(out_.names.size());
  std::vector<uint32_t> slot_of(definitions.size());
  for (size_t index = 0; index < definitions.size(); ++index) {
    const SymbolId symbol = definitions[index].name;
    const uint64_t key = static_cast<uint64_t>(in.value()) << 32 | symbol.value();
    const auto [at, fresh] = out_.name_of_.Add(key);
    if (fresh) {
      Name name;
      name.symbol = symbol;
      out_.names.push_back(name);
    }
    slot_of[index] = at;
    ++out_.names[at].definitions.count;
  }
  space.names.count = static_cast<uint32_t>(out_.names.size()) - space.names.begin;
  uint32_t begin = static_cast<uint32_t>(out_.definitions.size());
  for (uint32_t at = space.names.begin; at < out_.names.size(); ++at) {
    out_.names[at].definitions.begin = begin;
    begin += out_.names[at].definitions.count;
    out_.names[at].definitions.count = 0;
  }
  out_.definitions.resize(begin);
  const bool stub = IsStub(space.unit);
  for (size_t index = 0; index < definitions.size(); ++index) {
    Definition& definition = definitions[index];
    Name& name = out_.names[slot_of[index]];
    if (!definition.in) definition.in = in;
    if (stub && space.kind == NamespaceKind::Module) {
      // `import x` and `from m import x` without `as x` are the stub's own.
      bool own = false;
      if (definition.kind == DefinitionKind::Import ||
          definition.kind == DefinitionKind::FromImport) {
        aliasView alias(TreeOf(space.unit), definition.node);
        own = !alias.asname() || (alias.asname() != alias.name());
      }
      if (own) {
        name.flags |= kPrivateImport;
      } else {
        name.flags &= static_cast<uint8_t>(~kPrivateImport);
      }
    }
    out_.definitions[DefinitionId(name.definitions.begin + name.definitions.count++)] = definition;
  }
}

}  // namespace unspool::semantics::declarations
