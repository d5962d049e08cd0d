#include "semantics/modules/program_builder.h"

#include "semantics/modules/import_graph.h"
#include "semantics/modules/import_resolver.h"
#include "semantics/modules/module_names.h"
#include "semantics/modules/stub_finder.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <tbb/parallel_for.h>

namespace unspool::semantics {

namespace {

// What names a module apart from all others: its file, or where it has none its name and folders.
std::string KeyOf(const FoundModule& found) {
  // A frozen module and the module its source file is are two, unless they share the name.
  if (found.kind == ModuleKind::Frozen) return fmt::format("{}\n{}", found.file, found.name);
  if (!found.file.empty()) return found.file;
  return fmt::format("{}\n{}", found.name, fmt::join(found.portions, "\n"));
}

// A file on its way: what is known of it grows from step to step.
struct Work {
  std::string file;
  bool in_project = false;
  FoundModule found;  // by its name; Source where it can only be started
  ModulePlace place;
  ParsedModulePtr parsed;
  ModuleFacts facts;
  ImportPlace import_place;
  std::vector<ResolvedImport> imports;
};

class Builder {
 public:
  Builder(const ProgramOptions& options, source::FolderCache& folders)
      : options_(options),
        facts_(options.platform),
        finder_(options.environment, ReadStartup(*options.environment, folders, options.platform),
                folders, facts_),
        names_(*options.environment, options.roots, folders) {
    program_.environment = options.environment;
    program_.platform = options.platform;
    program_.roots = options.roots;
  }

  Program Build() && {
    AddProjectFiles();
    Parse(0);
    NameModules();
    CollectPathChanges();
    Place(0);
    Resolve(0);
    for (size_t begin = 0; options_.parse_reached;) {
      const size_t end = work_.size();
      AddReached(begin);
      if (work_.size() == end) break;
      begin = end;
      Parse(begin);
      Place(begin);
      Resolve(begin);
    }
    Number();
    if (options_.stubs) FindStubs();
    BuildImportGraph(program_);
    return std::move(program_);
  }

 private:
  void AddProjectFiles() {
    std::vector<std::string> files = options_.files;
    std::erase_if(files, [](const std::string& file) {
      return file.ends_with(".pyi") || file.ends_with(".ipynb");
    });
    std::ranges::sort(files);
    files.erase(std::ranges::unique(files).begin(), files.end());
    for (std::string& file : files) {
      Work work;
      work.file = std::move(file);
      work.in_project = true;
      work_.push_back(std::move(work));
    }
  }

  void Parse(size_t begin) {
    tbb::parallel_for(begin, work_.size(), [&](size_t index) {
      Work& work = work_[index];
      // By its name as far as that is known before anything is parsed: for `__name__`.
      if (work.in_project) work.place = names_.PlaceOf(work.file);
      work.parsed = ParseModule(work.file, work.in_project ? work.place.name : work.found.name,
                                {.platform = options_.platform,
                                 .keep_tree = options_.keep_trees,
                                 .scopes = options_.keep_trees},
                                work.facts);
    });
  }

  // Relative imports that only work in a namespace package say that the file lies in one.
  static bool NeedsNamespace(const Work& work) {
    for (const ImportItem& item : work.parsed->items) {
      if (item.level == 0) continue;
      const auto parts =
          work.place.package.empty() ? 0 : 1 + std::ranges::count(work.place.package, '.');
      if (static_cast<std::ptrdiff_t>(item.level) > parts) return true;
    }
    return false;
  }

  SearchContext ContextOf(const Work& work) const {
    SearchContext context;
    if (work.place.installed) {
      if (!work.place.script_folder.empty()) context.front = {work.place.script_folder};
      return context;
    }
    if (!work.place.script_folder.empty()) context.front.push_back(work.place.script_folder);
    for (const std::string& root : options_.roots) {
      if (root != work.place.script_folder) context.front.push_back(root);
    }
    if (!names_.IsRoot(work.place.script_folder)) {
      context.script_folder = work.place.script_folder;
    }
    return context;
  }

  // From the file's own point of view: what else the name could mean elsewhere is not asked.
  ContextId NamingContext(const Work& work) {
    SearchContext context = ContextOf(work);
    context.script_folder.clear();
    return finder_.AddContext(std::move(context));
  }

  // Every module that an absolute import of the project's files may mean.
  std::set<std::string, std::less<>> ImportedNames() const {
    std::set<std::string, std::less<>> names;
    for (const Work& work : work_) {
      for (size_t index = 0; index < work.parsed->items.size(); ++index) {
        if (work.parsed->items[index].level > 0) continue;
        const ParsedModule::ItemText& text = work.parsed->item_texts[index];
        names.insert(text.module);
        if (!text.name.empty()) names.insert(text.module + "." + text.name);
      }
    }
    return names;
  }

  void NameModules() {
    const std::set<std::string, std::less<>> imported = ImportedNames();
    for (Work& work : work_) {
      const bool as_namespace =
          !work.place.namespace_name.empty() &&
          (NeedsNamespace(work) || imported.contains(work.place.namespace_name));
      if (as_namespace) {
        work.place.name = work.place.namespace_name;
        work.place.package = work.place.namespace_package;
        work.place.script_folder.clear();
      }
      if (!work.place.name.empty()) {
        const FoundModule& found = finder_.Find(work.place.name, NamingContext(work));
        if (found.file == work.file) {
          work.found = found;
          continue;
        }
      }
      // Its name leads elsewhere, or it has none: it can only be started.
      const ModulePlace script = names_.ScriptPlaceOf(work.file);
      work.place.script_folder = script.script_folder;
      work.place.package = script.package;
      const bool importable =
          !script.name.empty() && finder_.Find(script.name, NamingContext(work)).file == work.file;
      work.found.kind = ModuleKind::Source;
      work.found.name = importable ? script.name : "__main__";
      work.found.file = work.file;
      if (source::NameOfPath(work.file) == "__init__.py" && importable) {
        work.found.kind = ModuleKind::Package;
        work.found.is_package = true;
        work.found.portions = {std::string(source::FolderOfPath(work.file))};
      }
    }
  }

  // What any file of the project puts on sys.path may be there for all of them.
  void CollectPathChanges() {
    for (const Work& work : work_) {
      if (work.place.installed || !work.facts.sys_path.any()) continue;
      for (const auto* folders :
           {&work.facts.sys_path.front_folders, &work.facts.sys_path.back_folders}) {
        for (const std::string& folder : *folders) {
          if (std::ranges::find(shared_back_, folder) == shared_back_.end()) {
            shared_back_.push_back(folder);
          }
        }
      }
      if (work.facts.sys_path.front || work.facts.sys_path.back) {
        shared_unread_.push_back(work.file);
      }
    }
  }

  void Place(size_t begin) {
    for (size_t index = begin; index < work_.size(); ++index) {
      Work& work = work_[index];
      SearchContext context = ContextOf(work);
      if (!work.place.installed) {
        context.back = shared_back_;
        // Another file's change may come before; its own, only behind it.
        for (const std::string& file : shared_unread_) {
          if (file == work.file) continue;
          context.unread_back = true;
          context.unread_in = file;
          break;
        }
      }
      work.import_place.file = work.file;
      work.import_place.package = work.in_project ? work.place.package : PackageOf(work.found);
      if (work.found.is_package) work.import_place.package = work.found.name;
      work.import_place.changed_in_function_at = work.facts.sys_path_in_function;
      work.import_place.before = work.import_place.after = finder_.AddContext(context);
      const PathChanges& changes = work.facts.sys_path;
      if (!changes.any()) continue;
      work.import_place.changed_at = changes.order;
      context.front.insert(context.front.begin(), changes.front_folders.begin(),
                           changes.front_folders.end());
      context.back.insert(context.back.end(), changes.back_folders.begin(),
                          changes.back_folders.end());
      context.unread_front = changes.front;
      context.unread_back |= changes.back;
      if (changes.front || changes.back) context.unread_in = work.file;
      work.import_place.after = finder_.AddContext(std::move(context));
    }
  }

  void Resolve(size_t begin) {
    const ImportResolver resolver(finder_);
    tbb::parallel_for(begin, work_.size(), [&](size_t index) {
      Work& work = work_[index];
      work.imports = resolver.Resolve(*work.parsed, work.import_place);
    });
  }

  // Source files that the work from `begin` on leads to and that are not there yet, by path.
  void AddReached(size_t begin) {
    std::set<std::string, std::less<>> known;
    for (const Work& work : work_) known.insert(work.file);
    std::map<std::string, const FoundModule*> reached;
    for (size_t index = begin; index < work_.size(); ++index) {
      for (const ResolvedImport& import : work_[index].imports) {
        for (const FoundModule* load : import.loads) {
          if (load->file.ends_with(".py") && !known.contains(load->file)) {
            auto [at, fresh] = reached.try_emplace(load->file, load);
            if (!fresh && load->name < at->second->name) at->second = load;
          }
        }
      }
    }
    for (const auto& [file, found] : reached) {
      Work work;
      work.file = file;
      work.found = *found;
      work.place.name = found->name;
      work.place.installed = names_.IsInstalled(file);
      work_.push_back(std::move(work));
    }
  }

  Module ModuleOf(const FoundModule& found) const {
    Module module;
    module.name = found.name;
    module.kind = found.kind;
    module.is_package = found.is_package;
    module.file = found.file;
    module.package = PackageOf(found);
    module.portions = found.portions;
    return module;
  }

  void Number() {
    std::map<std::string, ModuleId, std::less<>> by_key;
    for (Work& work : work_) {
      if (!work.in_project) continue;
      Module module = ModuleOf(work.found);
      module.in_project = true;
      module.package = work.import_place.package;
      by_key.emplace(KeyOf(work.found), program_.modules.Add(std::move(module)));
    }
    program_.project_count = program_.modules.size();
    std::map<std::pair<std::string, std::string>, const FoundModule*> others;
    for (const Work& work : work_) {
      for (const ResolvedImport& import : work.imports) {
        for (const FoundModule* load : import.loads) {
          std::string key = KeyOf(*load);
          if (!by_key.contains(key)) others.try_emplace({load->name, std::move(key)}, load);
        }
      }
    }
    for (const auto& [name_and_key, found] : others) {
      if (by_key.contains(name_and_key.second)) continue;
      by_key.emplace(name_and_key.second, program_.modules.Add(ModuleOf(*found)));
    }
    for (Work& work : work_) {
      const ModuleId id = by_key.at(KeyOf(work.found));
      Module& module = program_.modules[id];
      module.parsed = work.parsed;
      for (const auto* added :
           {&work.facts.sys_path.front_folders, &work.facts.sys_path.back_folders}) {
        module.adds_to_path.insert(module.adds_to_path.end(), added->begin(), added->end());
      }
      AddImports(id, module, work, by_key);
    }
    for (uint32_t index = 0; index < program_.modules.size(); ++index) {
      const Module& module = program_.modules[ModuleId(index)];
      if (!module.file.empty()) program_.by_file.try_emplace(module.file, ModuleId(index));
      program_.by_name.try_emplace(module.name, ModuleId(index));
    }
  }

  void AddImports(ModuleId id, Module& module, Work& work,
                  const std::map<std::string, ModuleId, std::less<>>& by_key) {
    module.imports_begin = ImportId(static_cast<uint32_t>(program_.imports.size()));
    module.import_count = static_cast<uint32_t>(work.imports.size());
    for (ResolvedImport& resolved : work.imports) {
      Import import = std::move(resolved.import);
      import.importer = id;
      if (resolved.target) import.target = by_key.at(KeyOf(*resolved.target));
      import.loads_begin = static_cast<uint32_t>(program_.load_ids.size());
      import.load_count = static_cast<uint32_t>(resolved.loads.size());
      for (const FoundModule* load : resolved.loads) {
        program_.load_ids.push_back(by_key.at(KeyOf(*load)));
      }
      program_.imports.Add(std::move(import));
    }
  }

  void FindStubs() {
    const StubFinder stubs(finder_, options_.roots, options_.platform.version);
    tbb::parallel_for(size_t{0}, program_.modules.size(), [&](size_t index) {
      Module& module = program_.modules[ModuleId(static_cast<uint32_t>(index))];
      FoundModule found;
      found.kind = module.kind;
      found.name = module.name;
      found.file = module.file;
      found.is_package = module.is_package;
      found.portions = module.portions;
      module.stub = stubs.Find(module.name, found);
      module.typed = stubs.IsTyped(found);
    });
    tbb::parallel_for(size_t{0}, program_.imports.size(), [&](size_t index) {
      Import& import = program_.imports[ImportId(static_cast<uint32_t>(index))];
      if (import.cause == ImportCause::NoSuchModule) import.stub = stubs.Find(import.module, {});
    });
  }

  const ProgramOptions& options_;
  ModuleFactsCache facts_;
  ModuleFinder finder_;
  ModuleNames names_;
  std::vector<Work> work_;
  std::vector<std::string> shared_back_;
  std::vector<std::string> shared_unread_;
  Program program_;
};

}  // namespace

Program BuildProgram(const ProgramOptions& options, source::FolderCache& folders) {
  return Builder(options, folders).Build();
}

Platform PlatformOf(const source::Interpreter& interpreter) {
  Platform platform;
  platform.version = {interpreter.version.major, interpreter.version.minor};
  platform.sys_platform = interpreter.platform;
  platform.os_name = interpreter.os_name;
  platform.implementation = interpreter.implementation;
  platform.little_endian = interpreter.little_endian;
  platform.pointers_64 = interpreter.pointers_64;
  return platform;
}

}  // namespace unspool::semantics
