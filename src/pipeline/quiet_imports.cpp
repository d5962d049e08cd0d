#include "pipeline/quiet_imports.h"

#include "effects/interpreter.h"
#include "semantics/scopes/compile_errors.h"
#include "semantics/scopes/scopes.h"
#include "source/file.h"
#include "syntax/views.h"
#include "transform/import_time.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace unspool::pipeline {

namespace {

using namespace syntax;

// What is known of files so far, by path: the module, or none where its import does more. One that
// is being looked at counts as such, so that circles end.
using Known = std::map<std::string, std::shared_ptr<const ImportedModule>>;
constexpr size_t kMaxModules = 64;
// What is analysed together is some twenty thousand lines at most.
constexpr size_t kMaxNodes = 400'000;

// Names through which a program changes where modules come from, or what workers inherit.
constexpr std::string_view kUnsettling[] = {"addsitedir", "bindtextdomain", "chdir",
                                            "environ",    "environb",       "import_module",
                                            "meta_path",  "path_hooks",     "path_importer_cache",
                                            "putenv",     "setlocale",      "tzset",
                                            "unsetenv",   "__path__",       "__loader__",
                                            "__spec__"};

bool IsUnsettling(const Tree& tree) {
  auto parents = ParentsOf(tree);
  for (std::string_view name : kUnsettling) {
    if (tree.names().Find(name)) return true;
  }
  // sys.path, under whatever name: sys stands nowhere but before a dot, and under its own name.
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    if (tree.kind(id) == NodeKind::Attribute) {
      AttributeView attribute(tree, id);
      if (tree.Name(attribute.attr()) == "sys") return true;
      if (tree.Name(attribute.attr()) == "path" && tree.TextOf(attribute.value()) == "sys") {
        return true;
      }
    } else if (tree.kind(id) == NodeKind::Name && tree.Name(NameView(tree, id).id()) == "sys") {
      if (tree.kind(parents[id]) != NodeKind::Attribute) return true;
    } else if (tree.kind(id) == NodeKind::ImportFrom) {
      ImportFromView import(tree, id);
      bool system = import.module() && tree.Name(import.module()) == "sys";
      for (NodeId name : import.names()) {
        std::string_view text = tree.Name(aliasView(tree, name).name());
        if (text == "sys" || (system && (text == "path" || text == "*"))) return true;
      }
    } else if (tree.kind(id) == NodeKind::alias) {
      aliasView alias(tree, id);
      if (alias.asname() && tree.Name(alias.name()) == "sys") return true;
    }
  }
  return false;
}

// `folder/name.py`, if nothing else of that name could be meant.
std::string FileOf(const std::filesystem::path& folder, std::string_view name) {
  std::error_code error;
  std::string wanted(name);
  wanted += ".py";
  bool found = false;
  std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    std::string file = entry->path().filename().string();
    if (file == wanted) {
      found = true;
    } else if (file == name ||
               (file.starts_with(name) && file[name.size()] == '.' && !file.ends_with(".pyi"))) {
      return {};  // a package or an extension module goes first
    }
  }
  if (error || !found) return {};
  return (folder / wanted).string();
}

std::shared_ptr<const ImportedModule> ReadQuiet(const std::string& path, const std::string& name,
                                                const ParseOptions& options, Known& known);

// The plain names of modules that an `import` or `from` statement names.
std::vector<std::string_view> ModulesNamed(const Tree& tree, NodeId id) {
  std::vector<std::string_view> names;
  if (tree.kind(id) == NodeKind::Import) {
    for (NodeId alias : ImportView(tree, id).names()) {
      names.push_back(tree.Name(aliasView(tree, alias).name()));
    }
  } else if (tree.kind(id) == NodeKind::ImportFrom) {
    ImportFromView import(tree, id);
    if (import.level() == 0 && import.module()) names.push_back(tree.Name(import.module()));
  }
  std::erase_if(names, [](std::string_view name) { return name.find('.') != name.npos; });
  return names;
}

std::set<std::string, std::less<>> Find(const Tree& tree, const std::filesystem::path& folder,
                                        const ParseOptions& options, Known& known) {
  std::set<std::string, std::less<>> quiet;
  if (IsUnsettling(tree)) return quiet;
  for (uint32_t index = 0; index < tree.size(); ++index) {
    for (std::string_view name : ModulesNamed(tree, NodeId(index))) {
      if (quiet.contains(name)) continue;
      std::string path = FileOf(folder, name);
      if (path.empty() || known.size() >= kMaxModules) continue;
      if (known.try_emplace(path).second) {
        auto module = ReadQuiet(path, std::string(name), options, known);
        known[path] = std::move(module);
      }
      if (known[path]) quiet.emplace(name);
    }
  }
  return quiet;
}

// Adds what the statements of the module itself import, and what that imports: before anything
// that only the main program does, so that every process imports it in the same state.
void AddLinked(const Tree& tree, const std::filesystem::path& folder, const Known& known,
               size_t& nodes, std::vector<std::shared_ptr<const ImportedModule>>& linked) {
  for (NodeId statement : ModuleView(tree, tree.root()).body()) {
    const bool asks_name =
        tree.kind(statement) == NodeKind::If &&
        tree.TextOf(IfView(tree, statement).test()).find("__name__") != std::string_view::npos;
    if (asks_name) return;
    for (std::string_view name : ModulesNamed(tree, statement)) {
      const auto at = known.find((folder / std::string(name)).string() + ".py");
      if (at == known.end() || !at->second) continue;
      const ImportedModule& module = *at->second;
      if (!module.scopes.star_imports().empty() ||
          std::ranges::find(linked, at->second) != linked.end() ||
          nodes + module.parsed.tree->size() > kMaxNodes) {
        continue;
      }
      nodes += module.parsed.tree->size();
      linked.push_back(at->second);
      AddLinked(*module.parsed.tree, folder, known, nodes, linked);
    }
  }
}

std::shared_ptr<const ImportedModule> ReadQuiet(const std::string& path, const std::string& name,
                                                const ParseOptions& options, Known& known) {
  auto file = source::SourceFile::Read(path);
  if (!file) return nullptr;
  auto module = std::make_shared<ImportedModule>();
  module->name = name;
  module->file = std::move(*file);
  module->parsed = Parse(module->file->text(), options);
  if (!module->parsed.errors.empty()) return nullptr;
  const Tree& tree = *module->parsed.tree;
  semantics::ScopeTree& scopes = module->scopes;
  if (!semantics::FindCompileErrors(tree, {.target = options.target}, &scopes).empty()) {
    return nullptr;
  }
  if (IsUnsettling(tree)) return nullptr;
  effects::InterpretOptions interpret;
  interpret.module_name = name;
  interpret.target = options.target;
  interpret.quiet_modules = Find(tree, std::filesystem::path(path).parent_path(), options, known);
  for (const auto& [beside, other] : known) {
    if (!other) interpret.unknown_modules.insert(std::filesystem::path(beside).stem().string());
  }
  effects::Facts facts =
      effects::Interpreter::Run(tree, scopes, knowledge::KnowledgeBase::Builtin(), interpret);
  if (!facts.converged() || facts.dynamic()) return nullptr;
  if (!transform::ImportTime(tree, scopes, facts).effectful().empty()) return nullptr;
  // Nor does it change what was there before it.
  for (const auto& [statement, effects] : facts.top_level()) {
    for (const auto& [key, site] : effects) {
      bool writes = key.how != effects::WriteHow::NotAWrite && key.place.object;
      if (writes && !facts.heap()[key.place.object].site) return nullptr;
    }
  }
  return module;
}

}  // namespace

QuietImports FindQuietImports(const Tree& tree, const std::string& path,
                              const ParseOptions& options) {
  Known known;
  QuietImports imports;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  Find(tree, folder, options, known);
  for (const auto& [file, module] : known) {
    const std::string name = std::filesystem::path(file).stem().string();
    (module ? imports.names : imports.others).insert(name);
  }
  size_t nodes = tree.size();
  AddLinked(tree, folder, known, nodes, imports.modules);
  for (const auto& [file, module] : known) {
    const bool linked = std::ranges::find(imports.modules, module) != imports.modules.end();
    if (module && !linked) imports.others.insert(module->name);
  }
  return imports;
}

}  // namespace unspool::pipeline
