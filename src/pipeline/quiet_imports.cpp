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

// What is known of files so far; a module that is being looked at counts as not quiet, so that
// circles end.
using Known = std::map<std::string, bool>;
constexpr size_t kMaxModules = 64;

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

bool IsQuiet(const std::string& path, const std::string& name, const ParseOptions& options,
             Known& known);

std::set<std::string, std::less<>> Find(const Tree& tree, const std::filesystem::path& folder,
                                        const ParseOptions& options, Known& known) {
  std::set<std::string, std::less<>> quiet;
  if (IsUnsettling(tree)) return quiet;
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    std::vector<std::string_view> names;
    if (tree.kind(id) == NodeKind::Import) {
      for (NodeId alias : ImportView(tree, id).names()) {
        names.push_back(tree.Name(aliasView(tree, alias).name()));
      }
    } else if (tree.kind(id) == NodeKind::ImportFrom) {
      ImportFromView import(tree, id);
      if (import.level() == 0 && import.module()) names.push_back(tree.Name(import.module()));
    }
    for (std::string_view name : names) {
      if (name.find('.') != std::string_view::npos || quiet.contains(name)) continue;
      std::string path = FileOf(folder, name);
      if (path.empty() || known.size() >= kMaxModules) continue;
      auto [at, fresh] = known.try_emplace(path, false);
      if (fresh) {
        bool is_quiet = IsQuiet(path, std::string(name), options, known);
        known[path] = is_quiet;
      }
      if (known[path]) quiet.emplace(name);
    }
  }
  return quiet;
}

bool IsQuiet(const std::string& path, const std::string& name, const ParseOptions& options,
             Known& known) {
  auto file = source::SourceFile::Read(path);
  if (!file) return false;
  ParseResult parsed = Parse((*file)->text(), options);
  if (!parsed.errors.empty()) return false;
  const Tree& tree = *parsed.tree;
  semantics::ScopeTree scopes;
  if (!semantics::FindCompileErrors(tree, {.target = options.target}, &scopes).empty()) {
    return false;
  }
  if (IsUnsettling(tree)) return false;
  effects::InterpretOptions interpret;
  interpret.module_name = name;
  interpret.target = options.target;
  interpret.quiet_modules = Find(tree, std::filesystem::path(path).parent_path(), options, known);
  effects::Facts facts =
      effects::Interpreter::Run(tree, scopes, knowledge::KnowledgeBase::Builtin(), interpret);
  if (!facts.converged() || facts.dynamic()) return false;
  if (!transform::ImportTime(tree, scopes, facts).effectful().empty()) return false;
  // Nor does it change what was there before it.
  for (const auto& [statement, effects] : facts.top_level()) {
    for (const auto& [key, site] : effects) {
      bool writes = key.how != effects::WriteHow::NotAWrite && key.place.object;
      if (writes && !facts.heap()[key.place.object].site) return false;
    }
  }
  return true;
}

}  // namespace

std::set<std::string, std::less<>> QuietImports(const Tree& tree, const std::string& path,
                                                const ParseOptions& options) {
  Known known;
  return Find(tree, std::filesystem::path(path).parent_path(), options, known);
}

}  // namespace unspool::pipeline
