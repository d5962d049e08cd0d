#include "semantics/modules/name_lookup.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

// What the import system sets on every module.
constexpr std::string_view kGivenNames[] = {
    "__annotations__", "__builtins__", "__cached__", "__class__",   "__dict__", "__doc__",
    "__file__",        "__loader__",   "__name__",   "__package__", "__path__", "__spec__",
};

// Chains of star imports are not followed further: they must not end the stack.
constexpr size_t kMaxStars = 500;

bool IsGiven(std::string_view name) {
  return std::ranges::binary_search(kGivenNames, name);
}

bool HasText(const FoundModule& module) {
  return module.file.ends_with(".py");
}

// The load puts `package.name` into the package, when it is the first of that submodule.
bool Loads(const ModuleLoad& load, const FoundModule& module, std::string_view submodule,
           std::string_view name) {
  auto loaded = AbsoluteModuleName(PackageOf(module), load.module.level, load.module.name);
  if (!loaded) return false;
  if (*loaded == module.name) return load.name == name;
  return loaded->starts_with(submodule) &&
         (loaded->size() == submodule.size() || (*loaded)[submodule.size()] == '.');
}

// The binding is an import of that very module.
bool MeansModule(const FoundModule& module, const ModuleBinding& binding, std::string_view wanted) {
  if (binding.how == BindingHow::Value) return false;
  auto source = AbsoluteModuleName(PackageOf(module), binding.module.level, binding.module.name);
  if (!source) return false;
  if (binding.how == BindingHow::Import) return binding.imported == "as" && *source == wanted;
  return *source + "." + binding.imported == wanted;
}

bool AllMeanModule(const FoundModule& module, const ModuleFacts& facts, std::string_view name,
                   std::string_view wanted) {
  auto [begin, end] = facts.BindingsOf(name);
  return begin != end && std::all_of(begin, end, [&](const ModuleBinding& binding) {
           return MeansModule(module, binding, wanted);
         });
}

}  // namespace

std::string PackageOf(const FoundModule& module) {
  if (module.is_package) return module.name;
  const size_t dot = module.name.rfind('.');
  return dot == std::string::npos ? std::string() : module.name.substr(0, dot);
}

const std::set<std::string, std::less<>>& NameLookup::LoadedWith(const FoundModule& package,
                                                                 ContextId context) const {
  const std::string key = std::to_string(context.value()) + ":" + package.name;
  {
    std::lock_guard lock(mutex_);
    auto at = loaded_with_.find(key);
    if (at != loaded_with_.end()) return at->second;
  }
  // Within the package: what it loads from elsewhere seldom leads back into it.
  const std::string prefix = package.name + ".";
  std::set<std::string, std::less<>> names, seen = {package.name};
  std::vector<const FoundModule*> pending = {&package};
  auto reach = [&](std::string_view name) {
    if (!name.starts_with(prefix) || !seen.emplace(name).second) return;
    const FoundModule& found = finder_.Find(name, context);
    if (!found.found()) return;
    const std::string_view rest = name.substr(prefix.size());
    names.emplace(rest.substr(0, rest.find('.')));
    pending.push_back(&found);
  };
  while (!pending.empty()) {
    const FoundModule& module = *pending.back();
    pending.pop_back();
    if (!HasText(module)) continue;
    for (const ModuleLoad& load : finder_.facts().Of(module.file, module.name).loads) {
      if (!load.definite) continue;
      auto loaded = AbsoluteModuleName(PackageOf(module), load.module.level, load.module.name);
      if (!loaded) continue;
      for (size_t dot = loaded->find('.'); dot != std::string::npos;
           dot = loaded->find('.', dot + 1)) {
        reach(std::string_view(*loaded).substr(0, dot));
      }
      reach(*loaded);
      if (load.name.empty() || load.name == "*") continue;
      // `from m import n` loads m.n where m binds no n of its own.
      const FoundModule& from = finder_.Find(*loaded, context);
      if (!from.is_package || !HasText(from)) continue;
      const std::string inner = *loaded + "." + load.name;
      const ModuleFacts& facts = finder_.facts().Of(from.file, from.name);
      auto [begin, end] = facts.BindingsOf(load.name);
      if (AllMeanModule(from, facts, load.name, inner)) {
        reach(inner);
      } else if (begin == end && facts.parsed && facts.stars.empty() && !facts.dynamic_names &&
                 facts.BindingsOf("__getattr__").first == facts.BindingsOf("__getattr__").second) {
        reach(inner);
      }
    }
  }
  std::lock_guard lock(mutex_);
  return loaded_with_.try_emplace(key, std::move(names)).first->second;
}

NameLookup::Binding NameLookup::OwnBinding(const FoundModule& module, const ModuleFacts& facts,
                                           std::string_view name, bool has_submodule,
                                           ContextId context) const {
  auto [first, last_bound] = facts.BindingsOf(name);
  if (first == last_bound) return {};
  if (!has_submodule) return {Bound::Value, {}, {}};

  const std::string submodule = module.name + "." + std::string(name);
  if (AllMeanModule(module, facts, name, submodule)) return {Bound::Submodule, {}, {}};
  // What the handler of an ImportError binds is not reached where the import cannot fail.
  std::vector<ModuleBinding> reached;
  std::copy_if(first, last_bound, std::back_inserter(reached),
               [](const ModuleBinding& binding) { return !binding.fallback; });
  const bool cannot_fail =
      !reached.empty() && std::ranges::all_of(reached, [&](const ModuleBinding& binding) {
        if (binding.how != BindingHow::Import || binding.imported != "as") return false;
        const FoundModule& found = finder_.Find(binding.module.name, context);
        return found.kind == ModuleKind::Builtin || found.kind == ModuleKind::Frozen;
      });
  if (cannot_fail) {
    // It may be what sys.modules holds in the submodule's place, as with importlib._bootstrap.
    const std::string& registered = finder_.Find(submodule, context).name;
    const bool same = std::ranges::all_of(
        reached, [&](const ModuleBinding& binding) { return binding.module.name == registered; });
    return {same ? Bound::Submodule : Bound::Value, {}, {}};
  }
  const auto begin = first, end = last_bound;
  if (!facts.IsDefinite(name)) return {Bound::Maybe, ImportCause::ConditionalBinding, module.file};
  const ModuleBinding& last = *(end - 1);
  if (last.straight && MeansModule(module, last, submodule)) return {Bound::Submodule, {}, {}};
  const bool mixed = std::any_of(begin, end, [&](const ModuleBinding& binding) {
    return MeansModule(module, binding, submodule);
  });
  if (mixed && !last.straight) {
    return {Bound::Maybe, ImportCause::ConditionalBinding, module.file};
  }
  // The submodule's own loading binds the name as well: what is bound after that stays.
  for (const ModuleLoad& load : facts.loads) {
    if (load.order <= last.order && Loads(load, module, submodule, name)) {
      return {Bound::Value, {}, {}};
    }
  }
  return {Bound::Maybe, ImportCause::AttributeOrSubmodule, module.file};
}

NameLookup::Binding NameLookup::StarBinding(const FoundModule& module, const ModuleFacts& facts,
                                            std::string_view name, ContextId context,
                                            Visited& visited) const {
  Binding result;
  for (const ModuleReference& star : facts.stars) {
    auto source = AbsoluteModuleName(PackageOf(module), star.level, star.name);
    if (!source) continue;
    const FoundModule& from = finder_.Find(*source, context);
    if (!from.found()) continue;
    Binding there;
    if (HasText(from)) {
      const ModuleFacts& given = finder_.facts().Of(from.file, from.name);
      const bool listed = given.all && std::ranges::find(*given.all, name) != given.all->end();
      if (given.all && !listed) continue;
      if (!given.has_all && name.starts_with('_')) continue;
      there = BindingOf(from, name, context, visited);
      if (AllMeanModule(from, given, name, module.name + "." + std::string(name))) {
        // Taken or not, it is the submodule.
        there = {Bound::Submodule, {}, {}};
      } else if (there.bound != Bound::No && given.has_all && !given.all) {
        // A list that is not read may leave the name out; one that names it vouches for it.
        there = {Bound::Maybe, ImportCause::DynamicNames, from.file};
      } else if (listed && there.bound != Bound::Submodule) {
        there.bound = Bound::Value;
      }
    } else if (from.kind != ModuleKind::Namespace && !name.starts_with('_')) {
      there = {Bound::Maybe, ImportCause::DynamicNames, from.file.empty() ? from.name : from.file};
    }
    if (there.bound == Bound::Value) return there;
    if (there.bound != Bound::No && result.bound != Bound::Maybe) result = there;
  }
  return result;
}

NameLookup::Binding NameLookup::BindingOf(const FoundModule& module, std::string_view name,
                                          ContextId context, Visited& visited) const {
  if (IsGiven(name)) return {Bound::Value, {}, {}};
  if (module.kind == ModuleKind::Namespace) return {};
  if (!HasText(module)) {
    return {Bound::Maybe, ImportCause::DynamicNames,
            module.file.empty() ? module.name : module.file};
  }
  if (!visited.emplace(module.file, module.name).second) return {};
  if (visited.size() > kMaxStars) return {Bound::Maybe, ImportCause::DynamicNames, module.file};
  const ModuleFacts& facts = finder_.facts().Of(module.file, module.name);
  if (!facts.parsed) return {Bound::Maybe, ImportCause::UnreadableFile, module.file};
  if (facts.replaces_itself) return {Bound::Maybe, ImportCause::SysModules, module.file};
  const bool has_submodule =
      module.is_package && finder_.Find(module.name + "." + std::string(name), context).found();
  Binding own = OwnBinding(module, facts, name, has_submodule, context);
  if (own.bound != Bound::No) return own;
  // Loaded with the package, a submodule is bound in it before anything else is asked.
  if (has_submodule && LoadedWith(module, context).contains(name)) {
    own = {Bound::Submodule, {}, {}};
  }
  Binding star = StarBinding(module, facts, name, context, visited);
  if (star.bound == Bound::Value && has_submodule) {
    const std::string submodule = module.name + "." + std::string(name);
    for (const ModuleLoad& load : facts.loads) {
      if (load.name == "*" && Loads(load, module, submodule, name)) return star;
    }
    return {Bound::Maybe, ImportCause::AttributeOrSubmodule, module.file};
  }
  if (star.bound == Bound::Value) return star;
  if (star.bound != Bound::No) return star;
  if (facts.dynamic_names) return {Bound::Maybe, ImportCause::DynamicNames, module.file};
  if (own.bound != Bound::No) return own;
  auto [begin, end] = facts.BindingsOf("__getattr__");
  if (begin != end && !(has_submodule && facts.getattr.LeavesSubmodule(name))) {
    return {Bound::Maybe, ImportCause::ModuleGetattr, module.file};
  }
  if (facts.may_have_more && !has_submodule) {
    return {Bound::Maybe, ImportCause::DynamicNames, module.file};
  }
  return {};
}

NameAnswer NameLookup::Find(const FoundModule& module, std::string_view name,
                            ContextId context) const {
  using Kind = NameAnswer::Kind;
  Visited visited;
  const Binding binding = BindingOf(module, name, context, visited);
  if (binding.bound == Bound::Value) return {Kind::Attribute, true, nullptr, {}, {}};

  const FoundModule* submodule = nullptr;
  if (module.is_package) {
    submodule = &finder_.Find(module.name + "." + std::string(name), context);
  }
  if (submodule && submodule->kind != ModuleKind::NotFound) {
    if (binding.bound == Bound::Maybe) {
      // Put into sys.modules in its own place, it still has no file of the name beside it.
      const bool replaced = binding.cause == ImportCause::SysModules && submodule->unknown() &&
                            submodule->cause == ImportCause::SysModules && HasText(module);
      const ModuleFacts* facts = replaced ? &finder_.facts().Of(module.file, module.name) : nullptr;
      if (facts && facts->IsDefinite(name) && !facts->registers_unread) {
        return {Kind::Attribute, false, nullptr, binding.cause, binding.detail};
      }
      return {Kind::Unknown, false, nullptr, binding.cause, binding.detail};
    }
    if (submodule->unknown()) {
      return {Kind::Unknown, false, nullptr, submodule->cause, submodule->detail};
    }
    return {Kind::Submodule, true, submodule, {}, {}};
  }
  // No submodule: an attribute, or an ImportError.
  if (binding.bound == Bound::Maybe) {
    return {Kind::Attribute, false, nullptr, binding.cause, binding.detail};
  }
  return {Kind::Missing, true, nullptr, ImportCause::NoSuchName, module.name};
}

}  // namespace unspool::semantics
