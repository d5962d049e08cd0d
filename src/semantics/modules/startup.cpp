#include "semantics/modules/startup.h"

#include "semantics/modules/import_items.h"
#include "semantics/modules/module_facts.h"
#include "source/file.h"
#include "syntax/constants.h"
#include "syntax/parse.h"
#include "syntax/views.h"

#include <algorithm>
#include <optional>

namespace unspool::semantics {

using namespace syntax;

namespace {

// Modules that .pth files of widely used packages import, and the top-level modules whose import
// they change. Anything not named here may change any.
struct KnownHook {
  std::string_view module;
  std::string_view names[2];
};
constexpr KnownHook kKnownHooks[] = {
    {"_distutils_hack", {"distutils", {}}},  // setuptools' copy in the place of distutils
    {"_virtualenv", {{}, {}}},               // patches distutils and setuptools, finds nothing
};

// The dictionary literal that the name is assigned at top level; none where there is none.
NodeId DictionaryOf(const Tree& tree, std::string_view wanted) {
  for (NodeId statement : ModuleView(tree, tree.root()).body()) {
    NodeId target, value;
    if (tree.kind(statement) == NodeKind::Assign) {
      AssignView assign(tree, statement);
      if (assign.targets().size() == 1) target = assign.targets()[0];
      value = assign.value();
    } else if (tree.kind(statement) == NodeKind::AnnAssign) {
      target = AnnAssignView(tree, statement).target();
      value = AnnAssignView(tree, statement).value();
    }
    if (target && value && tree.kind(target) == NodeKind::Name &&
        tree.Name(NameView(tree, target).id()) == wanted && tree.kind(value) == NodeKind::Dict) {
      return value;
    }
  }
  return NodeId();
}

// The literal tables of the finder that setuptools writes; nothing where they are not as expected.
std::optional<EditableFinder> ReadFinder(const std::string& path, const Platform& platform) {
  auto file = source::SourceFile::Read(path);
  if (!file) return std::nullopt;
  ParseResult parsed = Parse((*file)->text(), {.target = platform.version});
  if (!parsed.errors.empty()) return std::nullopt;
  const Tree& tree = *parsed.tree;
  const NodeId mapping = DictionaryOf(tree, "MAPPING");
  if (!mapping) return std::nullopt;
  EditableFinder finder;
  finder.file = path;
  DictView entries(tree, mapping);
  for (size_t index = 0; index < entries.keys().size(); ++index) {
    auto module = StringOf(tree, entries.keys()[index]);
    auto target = StringOf(tree, entries.values()[index]);
    if (!module || !target) return std::nullopt;
    finder.mapping.emplace_back(std::string(*module), std::string(*target));
  }
  if (const NodeId namespaces = DictionaryOf(tree, "NAMESPACES")) {
    DictView spaces(tree, namespaces);
    for (size_t index = 0; index < spaces.keys().size(); ++index) {
      auto module = StringOf(tree, spaces.keys()[index]);
      const NodeId list = spaces.values()[index];
      if (!module || tree.kind(list) != NodeKind::List) return std::nullopt;
      std::vector<std::string> portions;
      for (NodeId item : ListView(tree, list).elts()) {
        auto portion = StringOf(tree, item);
        if (!portion) return std::nullopt;
        portions.emplace_back(*portion);
      }
      finder.namespaces.emplace_back(std::string(*module), std::move(portions));
    }
  }
  return finder;
}

// The names of the modules that a line of a .pth file imports, also by `__import__("name")`.
std::vector<std::string> ImportedBy(const Tree& tree) {
  std::vector<std::string> names;
  for (uint32_t index = 0; index < tree.size(); ++index) {
    const NodeId id(index);
    if (tree.kind(id) == NodeKind::Import) {
      for (NodeId alias : ImportView(tree, id).names()) {
        names.emplace_back(tree.Name(aliasView(tree, alias).name()));
      }
    } else if (tree.kind(id) == NodeKind::ImportFrom) {
      names.emplace_back("?");
    } else if (tree.kind(id) == NodeKind::Call &&
               tree.TextOf(CallView(tree, id).func()) == "__import__") {
      const NodeList arguments = CallView(tree, id).args();
      auto name = arguments.empty() ? std::nullopt : StringOf(tree, arguments[0]);
      names.emplace_back(name.value_or("?"));
    }
  }
  return names;
}

class StartupReader {
 public:
  StartupReader(const source::Environment& environment, source::FolderCache& folders,
                const Platform& platform)
      : environment_(environment), folders_(folders), platform_(platform) {}

  Startup Read() {
    for (const source::StartupCode& code : environment_.startup_code) {
      if (code.line == 0 ? !ReadFile(code) : !ReadLine(code)) {
        result_.hooks.push_back({code.file, code.line, code.text, true, {}});
      }
    }
    return std::move(result_);
  }

 private:
  bool IsPreloaded(std::string_view name) const {
    return std::ranges::binary_search(environment_.interpreter->preloaded, name, {},
                                      &source::PreloadedModule::name);
  }

  std::string FileOf(const std::string& module) {
    for (const std::string& folder : environment_.path) {
      if (folders_.At(folder).HasFile(module + ".py")) {
        return source::JoinPath(folder, module + ".py");
      }
    }
    return {};
  }

  enum class Place : uint8_t { Nowhere, Library, Elsewhere };

  // Where a top-level module comes from, as far as that matters here.
  Place PlaceOf(std::string_view module) const {
    const std::string_view top = module.substr(0, module.find('.'));
    if (IsPreloaded(top) ||
        std::ranges::binary_search(environment_.interpreter->builtin_modules, top)) {
      return Place::Library;
    }
    for (size_t index = 0; index < environment_.path.size(); ++index) {
      for (const source::Folder::Entry& entry : folders_.At(environment_.path[index]).entries()) {
        const std::string_view name = entry.name;
        if (!name.starts_with(top) || (name.size() > top.size() && name[top.size()] != '.')) {
          continue;
        }
        const bool library =
            index >= environment_.library_begin && index < environment_.library_end;
        return library ? Place::Library : Place::Elsewhere;
      }
    }
    return Place::Nowhere;
  }

  // A sitecustomize: harmless where it changes nothing of the import system itself and imports
  // nothing but the standard library and what is not there (as Debian's does).
  bool ReadFile(const source::StartupCode& code) {
    auto file = source::SourceFile::Read(code.file);
    if (!file) return false;
    ParseResult parsed = Parse((*file)->text(), {.target = platform_.version});
    if (!parsed.errors.empty()) return true;
    const Tree& tree = *parsed.tree;
    const ModuleFacts facts = ModuleFactsOf(tree, platform_, code.file, "sitecustomize");
    if (facts.installs_hooks || facts.registers_unread || !facts.registers.empty() ||
        facts.sys_path.any() || facts.sys_path_in_function != UINT32_MAX || facts.dynamic_names) {
      return false;
    }
    for (std::string_view word : {"__import__", "import_module", "exec", "eval", "addsitedir"}) {
      if (tree.names().Find(word)) return false;
    }
    for (const ImportItem& item : ImportItemsOf(tree, platform_)) {
      if (item.level > 0 || !item.module) return false;
      if (PlaceOf(tree.Name(item.module)) == Place::Elsewhere) return false;
    }
    return true;
  }

  // True where everything the line does to imports is in the result.
  bool ReadLine(const source::StartupCode& code) {
    ParseResult parsed = Parse(code.text, {.target = platform_.version});
    if (!parsed.errors.empty()) return true;  // CPython reports it and goes on without the file
    std::vector<std::string> names;
    for (const std::string& module : ImportedBy(*parsed.tree)) {
      if (module == "os" || module == "sys" || IsPreloaded(module)) continue;
      if (module.starts_with("__editable___") && module.ends_with("_finder")) {
        const std::string file = FileOf(module);
        auto finder = file.empty() ? std::nullopt : ReadFinder(file, platform_);
        if (!finder) return false;
        result_.editable.push_back(std::move(*finder));
        continue;
      }
      auto known = std::ranges::find(kKnownHooks, module, &KnownHook::module);
      if (known == std::end(kKnownHooks)) return false;
      for (std::string_view name : known->names) {
        if (!name.empty()) names.emplace_back(name);
      }
    }
    const std::string_view text = code.text;
    for (std::string_view word :
         {"meta_path", "path_hooks", "sys.path", "__path__", "modules", "exec", "addsitedir"}) {
      if (text.find(word) != text.npos) return false;
    }
    if (!names.empty()) {
      result_.hooks.push_back({code.file, code.line, code.text, false, std::move(names)});
    }
    return true;
  }

  const source::Environment& environment_;
  source::FolderCache& folders_;
  const Platform& platform_;
  Startup result_;
};

}  // namespace

const std::string* EditableFinder::PathOf(std::string_view module) const {
  auto at = std::ranges::find(mapping, module,
                              [](const auto& entry) -> std::string_view { return entry.first; });
  return at == mapping.end() ? nullptr : &at->second;
}

const StartupHook* Startup::HookBefore(std::string_view module) const {
  const std::string_view top = module.substr(0, module.find('.'));
  for (const StartupHook& hook : hooks) {
    if (!hook.any_name && std::ranges::find(hook.names, top) != hook.names.end()) return &hook;
  }
  return nullptr;
}

const StartupHook* Startup::HookFor(std::string_view module) const {
  if (const StartupHook* hook = HookBefore(module)) return hook;
  for (const StartupHook& hook : hooks) {
    if (hook.any_name) return &hook;
  }
  return nullptr;
}

Startup ReadStartup(const source::Environment& environment, source::FolderCache& folders,
                    const Platform& platform) {
  return StartupReader(environment, folders, platform).Read();
}

}  // namespace unspool::semantics
