#include "semantics/modules/module_finder.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::semantics {

namespace {

using source::EntryKind;
using source::Folder;
using source::JoinPath;

FoundModule NotFound(std::string_view name, ImportCause cause, std::string_view detail = {}) {
  FoundModule found;
  found.name = name;
  found.cause = cause;
  found.detail = detail;
  return found;
}

FoundModule UnknownBecause(std::string_view name, ImportCause cause, std::string_view detail) {
  FoundModule found = NotFound(name, cause, detail);
  found.kind = ModuleKind::Unknown;
  return found;
}

ModuleKind KindOfSuffix(std::string_view suffix, bool is_package) {
  if (suffix == ".py") return is_package ? ModuleKind::Package : ModuleKind::Source;
  return suffix == ".pyc" ? ModuleKind::Bytecode : ModuleKind::Extension;
}

std::string PlaceOf(const StartupHook& hook) {
  return hook.line == 0 ? hook.file : fmt::format("{}:{}", hook.file, hook.line);
}

bool SameModule(const FoundModule& left, const FoundModule& right) {
  return left.kind == right.kind && left.file == right.file && left.portions == right.portions;
}

// Packages nested more deeply are not followed: bad input must not end the stack.
constexpr size_t kMaxParts = 200;
constexpr int kMaxRegistered = 64;

}  // namespace

std::optional<std::string> AbsoluteModuleName(std::string_view package, uint32_t level,
                                              std::string_view name) {
  if (level == 0) return std::string(name);
  for (uint32_t step = 1; step < level; ++step) {
    const size_t dot = package.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    package = package.substr(0, dot);
  }
  if (package.empty()) return std::nullopt;
  std::string result(package);
  if (!name.empty()) result.append(".").append(name);
  return result;
}

ModuleFinder::ModuleFinder(source::EnvironmentPtr environment, Startup startup,
                           source::FolderCache& folders, ModuleFactsCache& facts)
    : environment_(std::move(environment)),
      startup_(std::move(startup)),
      folders_(folders),
      facts_(facts),
      suffixes_(environment_->interpreter->extension_suffixes) {
  suffixes_.emplace_back(".py");
  suffixes_.emplace_back(".pyc");
}

ContextId ModuleFinder::AddContext(SearchContext context) {
  for (uint32_t index = 0; index < contexts_.size(); ++index) {
    if (contexts_[ContextId(index)] == context) return ContextId(index);
  }
  return contexts_.Add(std::move(context));
}

const FoundModule& ModuleFinder::Find(std::string_view name, ContextId context) {
  std::string key = fmt::format("{}:{}", context.value(), name);
  Shard& shard = shards_[std::hash<std::string>()(key) % kShards];
  {
    std::lock_guard lock(shard.mutex);
    auto at = shard.found.find(key);
    if (at != shard.found.end()) return *at->second;
  }
  // Two threads may both search; they come to the same.
  auto found = std::make_unique<const FoundModule>(FindNew(name, context));
  std::lock_guard lock(shard.mutex);
  return *shard.found.try_emplace(std::move(key), std::move(found)).first->second;
}

FoundModule ModuleFinder::FindNew(std::string_view name, ContextId context) {
  if (std::ranges::count(name, '.') > static_cast<std::ptrdiff_t>(kMaxParts)) {
    return NotFound(name, ImportCause::NoSuchModule, name);
  }
  // sys.modules is asked first, with the whole name.
  const auto& preloaded = environment_->interpreter->preloaded;
  auto loaded = std::ranges::lower_bound(preloaded, name, {}, &source::PreloadedModule::name);
  if (loaded != preloaded.end() && loaded->name == name) {
    FoundModule found = FindInLibrary(loaded->spec);
    if (found.found()) return found;
  }
  if (name == "__main__") {
    return UnknownBecause(name, ImportCause::DependsOnStart, "__main__");
  }
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return FindTop(name, contexts_[context]);
  return FindBelow(Find(name.substr(0, dot), context), name, context);
}

bool ModuleFinder::FindBuiltinOrFrozen(std::string_view name, FoundModule& found) const {
  const source::Interpreter& python = *environment_->interpreter;
  if (std::ranges::binary_search(python.builtin_modules, name)) {
    found = FoundModule{};
    found.kind = ModuleKind::Builtin;
    found.name = name;
    return true;
  }
  auto frozen =
      std::ranges::lower_bound(python.frozen_modules, name, {}, &source::FrozenModule::name);
  if (frozen == python.frozen_modules.end() || frozen->name != name) return false;
  found = FoundModule{};
  found.kind = ModuleKind::Frozen;
  found.name = name;
  found.is_package = frozen->is_package;
  found.file = frozen->file;
  found.portions = frozen->portions;
  return true;
}

// The interpreter's own modules, as start-up finds them: before any folder of a program.
FoundModule ModuleFinder::FindInLibrary(std::string_view name) {
  FoundModule found;
  if (FindBuiltinOrFrozen(name, found)) return found;
  std::span<const std::string> path = environment_->path;
  path = path.subspan(environment_->library_begin,
                      environment_->library_end - environment_->library_begin);
  if (name.find('.') == std::string_view::npos) return SearchFolders(path, name, name);
  const FoundModule parent = FindInLibrary(name.substr(0, name.rfind('.')));
  if (!parent.is_package) return NotFound(name, ImportCause::NoSuchModule, name);
  return SearchFolders(parent.portions, name.substr(name.rfind('.') + 1), name);
}

FoundModule ModuleFinder::SearchFolders(std::span<const std::string> folders, std::string_view tail,
                                        std::string_view full_name) {
  FoundModule result;
  result.name = full_name;
  std::string_view archive, unreadable;
  std::vector<std::string> portions;
  for (const std::string& path : folders) {
    const Folder& folder = folders_.At(path);
    if (folder.state() == Folder::State::NotAFolder) {
      // Only archives and what hooks understand; a text file on the path is passed over.
      if (archive.empty() && (path.ends_with(".zip") || path.ends_with(".egg") ||
                              path.ends_with(".whl") || path.ends_with(".pyz"))) {
        archive = path;
      }
      continue;
    }
    if (folder.state() == Folder::State::Unreadable) {
      if (unreadable.empty()) unreadable = path;
      continue;
    }
    if (!folder.listed()) continue;
    bool is_portion = false;
    if (folder.HasFolder(tail)) {
      is_portion = true;
      const std::string inside = JoinPath(path, tail);
      const Folder& package = folders_.At(inside);
      for (const std::string& suffix : suffixes_) {
        const std::string name = "__init__" + suffix;
        const bool has = package.listed()
                             ? package.HasFile(name)
                             : folders_.KindOf(JoinPath(inside, name)) == EntryKind::File;
        if (!has) continue;
        if (!archive.empty()) return UnknownBecause(full_name, ImportCause::Archive, archive);
        result.kind = KindOfSuffix(suffix, true);
        result.is_package = true;
        result.file = JoinPath(inside, name);
        result.portions = {inside};
        return result;
      }
    }
    for (const std::string& suffix : suffixes_) {
      const std::string name = std::string(tail) + suffix;
      if (!folder.HasFile(name)) continue;
      if (!archive.empty()) return UnknownBecause(full_name, ImportCause::Archive, archive);
      result.kind = KindOfSuffix(suffix, false);
      result.file = JoinPath(path, name);
      return result;
    }
    if (is_portion) portions.push_back(JoinPath(path, tail));
  }
  // Whatever is in the archive may go before namespaces, and before nothing.
  if (!archive.empty()) return UnknownBecause(full_name, ImportCause::Archive, archive);
  if (!portions.empty()) {
    result.kind = ModuleKind::Namespace;
    result.is_package = true;
    result.portions = std::move(portions);
    return result;
  }
  if (!unreadable.empty()) {
    return UnknownBecause(full_name, ImportCause::UnreadableFolder, unreadable);
  }
  return NotFound(full_name, ImportCause::NoSuchModule, full_name);
}

bool ModuleFinder::FindEditable(std::string_view name, FoundModule& found) {
  for (const EditableFinder& finder : startup_.editable) {
    const size_t dot = name.rfind('.');
    const std::string* target = finder.PathOf(name);
    if (!target && dot != std::string_view::npos) {
      // Immediate children of a mapped package.
      const std::string* parent = finder.PathOf(name.substr(0, dot));
      if (parent) {
        found = SearchFolders(std::span(parent, 1), name.substr(dot + 1), name);
        if (found.kind != ModuleKind::NotFound) return true;
      }
      continue;
    }
    if (target) {
      FoundModule mapped;
      mapped.name = name;
      const std::string init = JoinPath(*target, "__init__.py");
      if (folders_.KindOf(init) == EntryKind::File) {
        mapped.kind = ModuleKind::Package;
        mapped.is_package = true;
        mapped.file = init;
        mapped.portions = {*target};
        found = std::move(mapped);
        return true;
      }
      // importlib.machinery.all_suffixes: source, bytecode, extensions.
      std::vector<std::string> suffixes = {".py", ".pyc"};
      const auto& extensions = environment_->interpreter->extension_suffixes;
      suffixes.insert(suffixes.end(), extensions.begin(), extensions.end());
      for (const std::string& suffix : suffixes) {
        if (folders_.KindOf(*target + suffix) != EntryKind::File) continue;
        mapped.kind = KindOfSuffix(suffix, false);
        mapped.file = *target + suffix;
        found = std::move(mapped);
        return true;
      }
    }
    for (const auto& [space, portions] : finder.namespaces) {
      if (space != name) continue;
      found = FoundModule{};
      found.kind = ModuleKind::Namespace;
      found.is_package = true;
      found.name = name;
      found.portions = portions;
      if (found.portions.empty() && target) found.portions = {*target};
      return true;
    }
  }
  return false;
}

FoundModule ModuleFinder::FindTop(std::string_view name, const SearchContext& context) {
  FoundModule found;
  if (const StartupHook* hook = startup_.HookBefore(name)) {
    return UnknownBecause(name, ImportCause::ImportHook, PlaceOf(*hook));
  }
  if (FindBuiltinOrFrozen(name, found)) return found;
  if (context.unread_front) {
    return UnknownBecause(name, ImportCause::SysPath, context.unread_in);
  }
  auto search = [&](bool with_script_folder) {
    std::vector<std::string> path;
    for (const std::string& folder : context.front) {
      if (with_script_folder || folder != context.script_folder) path.push_back(folder);
    }
    path.insert(path.end(), environment_->path.begin(), environment_->path.end());
    path.insert(path.end(), context.back.begin(), context.back.end());
    return SearchFolders(path, name, name);
  };
  found = search(true);
  if (found.found() && !context.script_folder.empty()) {
    // Started as a script, its folder comes first; imported from elsewhere, it is not searched.
    FoundModule otherwise = search(false);
    if (otherwise.found() && !SameModule(found, otherwise)) {
      return UnknownBecause(name, ImportCause::DependsOnStart,
                            fmt::format("{} or {}", found.file, otherwise.file));
    }
  }
  if (found.kind != ModuleKind::NotFound) return found;
  if (FindEditable(name, found)) return found;
  if (context.unread_back) return UnknownBecause(name, ImportCause::SysPath, context.unread_in);
  if (const StartupHook* hook = startup_.HookFor(name)) {
    return UnknownBecause(name, ImportCause::ImportHook, PlaceOf(*hook));
  }
  return found;
}

std::vector<std::string> ModuleFinder::ExtendedPath(const FoundModule& parent, ContextId context) {
  // pkgutil.extend_path: each folder of the search path that has a package of the name adds it.
  std::vector<std::string> path = parent.portions;
  std::vector<std::string> searched;
  const size_t dot = parent.name.rfind('.');
  if (dot == std::string::npos) {
    const SearchContext& around = contexts_[context];
    searched = around.front;
    searched.insert(searched.end(), environment_->path.begin(), environment_->path.end());
    searched.insert(searched.end(), around.back.begin(), around.back.end());
  } else {
    searched = Find(std::string_view(parent.name).substr(0, dot), context).portions;
  }
  const std::string tail = parent.name.substr(dot == std::string::npos ? 0 : dot + 1);
  for (const std::string& folder : searched) {
    const FoundModule there = SearchFolders(std::span(&folder, 1), tail, parent.name);
    for (const std::string& portion : there.portions) {
      if (std::ranges::find(path, portion) == path.end()) path.push_back(portion);
    }
  }
  return path;
}

FoundModule ModuleFinder::Registered(const FoundModule& parent, const ModuleFacts& facts,
                                     std::string_view variable, std::string_view name,
                                     ContextId context) {
  FoundModule unknown = UnknownBecause(name, ImportCause::SysModules, parent.file);
  auto [begin, end] = facts.BindingsOf(variable);
  // What the handler of an ImportError binds is not reached where the first is found.
  const ModuleBinding* binding = nullptr;
  for (const ModuleBinding* at = begin; at != end; ++at) {
    if (at->fallback) continue;
    if (binding) return unknown;
    binding = at;
  }
  if (variable.empty() || !binding) return unknown;
  const std::string package =
      parent.is_package
          ? parent.name
          : parent.name.substr(0, std::min(parent.name.rfind('.'), parent.name.size()));
  auto module = AbsoluteModuleName(package, binding->module.level, binding->module.name);
  if (!module) return unknown;
  if (binding->how == BindingHow::FromImport) {
    module->append(".").append(binding->imported);
  } else if (binding->how != BindingHow::Import ||
             (binding->imported != "as" && module->find('.') != std::string::npos)) {
    return unknown;
  }
  // Registrations may lead to each other, in circles too.
  thread_local int depth = 0;
  if (*module == name || depth >= kMaxRegistered) return unknown;
  ++depth;
  FoundModule target = Find(*module, context);
  --depth;
  return target.found() ? target : unknown;
}

FoundModule ModuleFinder::FindBelow(const FoundModule& parent, std::string_view name,
                                    ContextId context) {
  if (!parent.found()) {
    FoundModule same = parent;
    same.name = name;
    return same;
  }
  const std::string_view tail = name.substr(name.rfind('.') + 1);
  static const ModuleFacts nothing;
  const bool has_text = !parent.file.empty() && parent.file.ends_with(".py");
  const ModuleFacts& facts = has_text ? facts_.Of(parent.file, parent.name) : nothing;
  for (const auto& [key, variable] : facts.registers) {
    if (key == name) return Registered(parent, facts, variable, name, context);
  }
  if (!parent.is_package) {
    if (facts.registers_unread || facts.replaces_itself) {
      return UnknownBecause(name, ImportCause::SysModules, parent.file);
    }
    if (facts.path != PathChange::None) {
      return UnknownBecause(name, ImportCause::PathAttribute, parent.file);
    }
    if (facts.installs_hooks) return UnknownBecause(name, ImportCause::ImportHook, parent.file);
    if (!has_text) {
      // What is written in C may put submodules into sys.modules, as pyexpat does.
      return UnknownBecause(name, ImportCause::SysModules,
                            parent.file.empty() ? parent.name : parent.file);
    }
    return NotFound(name, ImportCause::NotAPackage, parent.name);
  }

  FoundModule found;
  if (FindBuiltinOrFrozen(name, found)) return found;
  if (facts.path == PathChange::Unread) {
    return UnknownBecause(name, ImportCause::PathAttribute, parent.file);
  }
  std::vector<std::string> path =
      facts.path == PathChange::ExtendPath ? ExtendedPath(parent, context) : parent.portions;
  path.insert(path.end(), facts.path_appended.begin(), facts.path_appended.end());
  found = SearchFolders(path, tail, name);
  if (found.kind != ModuleKind::NotFound) return found;
  if (FindEditable(name, found)) return found;
  if (facts.path == PathChange::Appended) {
    return UnknownBecause(name, ImportCause::PathAttribute, parent.file);
  }
  if (facts.registers_unread || facts.replaces_itself) {
    return UnknownBecause(name, ImportCause::SysModules, parent.file);
  }
  if (facts.installs_hooks) return UnknownBecause(name, ImportCause::ImportHook, parent.file);
  if (const StartupHook* hook = startup_.HookFor(name)) {
    return UnknownBecause(name, ImportCause::ImportHook, PlaceOf(*hook));
  }
  return found;
}

}  // namespace unspool::semantics
