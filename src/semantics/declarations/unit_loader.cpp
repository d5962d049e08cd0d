#include "semantics/declarations/unit_loader.h"

#include "knowledge/typeshed.h"
#include "semantics/modules/module_finder.h"
#include "syntax/views.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tbb/parallel_for.h>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

// Always there: what every text refers to, and what evaluation itself refers to.
constexpr std::string_view kAlways[] = {"builtins",  "types", "typing", "collections.abc",
                                        "_typeshed", "enum",  "abc",    "collections",
                                        "contextlib"};

struct Wanted {
  bool by_source = false;
  bool by_stub = false;
};
using WantedModules = std::map<std::string, Wanted, std::less<>>;

std::string PackageOf(const UnitInput& input) {
  if (!input.package.empty() || input.is_package) {
    return input.package.empty() ? input.module : input.package;
  }
  const size_t dot = input.module.rfind('.');
  return dot == std::string::npos ? std::string() : input.module.substr(0, dot);
}

// Every module that the text may import, submodules named by `from` among them.
std::vector<std::string> ImportedModules(const UnitInput& input) {
  std::vector<std::string> modules;
  auto add = [&](std::string_view name) {
    // Packages around it, outermost first.
    for (size_t dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
      modules.emplace_back(name.substr(0, dot));
    }
    modules.emplace_back(name);
  };
  const Tree& tree = *input.tree;
  for (uint32_t index = 0; index < tree.size(); ++index) {
    const NodeId node(index);
    if (tree.kind(node) == NodeKind::Import) {
      for (NodeId alias : ImportView(tree, node).names()) {
        add(tree.Name(aliasView(tree, alias).name()));
      }
    } else if (tree.kind(node) == NodeKind::ImportFrom) {
      ImportFromView import(tree, node);
      const std::string_view written = import.module() ? tree.Name(import.module()) : "";
      auto module =
          AbsoluteModuleName(input.package, static_cast<uint32_t>(import.level()), written);
      if (!module || module->empty()) continue;
      add(*module);
      for (NodeId alias : import.names()) {
        const std::string_view name = tree.Name(aliasView(tree, alias).name());
        if (name != "*") modules.push_back(*module + "." + std::string(name));
      }
    }
  }
  std::ranges::sort(modules);
  modules.erase(std::ranges::unique(modules).begin(), modules.end());
  return modules;
}

void ParseUnit(LoadedUnit& unit, Version version) {
  base::CheckContext context("declarations", unit.input.path);
  if (unit.input.unreadable) {
    unit.input.tree = Parse("").tree;
  } else if (!unit.input.tree) {
    ParseResult result = Parse(unit.input.text, {.target = version});
    unit.parsed = result.errors.empty();
    unit.input.tree = std::move(result.tree);
  } else {
    unit.parsed = true;
  }
  unit.input.package = PackageOf(unit.input);
}

class Loader {
 public:
  explicit Loader(const DeclareOptions& options) : options_(options) {}

  std::vector<LoadedUnit> Load() && {
    for (const UnitInput& input : options_.inputs) Add(input);
    WantedModules wanted;
    for (std::string_view name : kAlways) wanted[std::string(name)].by_stub = true;
    for (const std::string& name : options_.modules) wanted[name].by_source = true;
    for (size_t begin = 0;;) {
      Fetch(wanted);
      if (begin == units_.size()) break;
      const size_t end = units_.size();
      std::vector<std::vector<std::string>> imports(end - begin);
      tbb::parallel_for(begin, end, [&](size_t index) {
        ParseUnit(units_[index], options_.platform.version);
        imports[index - begin] = ImportedModules(units_[index].input);
      });
      wanted.clear();
      for (size_t index = begin; index < end; ++index) {
        const bool stub = units_[index].input.kind == UnitKind::Stub;
        for (std::string& name : imports[index - begin]) {
          Wanted& by = wanted[std::move(name)];
          (stub ? by.by_stub : by.by_source) = true;
        }
      }
      begin = end;
    }
    std::ranges::stable_sort(units_, [](const LoadedUnit& left, const LoadedUnit& right) {
      return std::tie(left.input.module, left.input.kind) <
             std::tie(right.input.module, right.input.kind);
    });
    return std::move(units_);
  }

 private:
  using Key = std::pair<std::string, UnitKind>;

  void Add(UnitInput input) {
    // Of several files of one name the first is the one that the name leads to.
    if (!loaded_.emplace(input.module, input.kind).second) {
      input.module += "@" + input.path;
    }
    if (input.in_project && input.kind == UnitKind::Source) project_.insert(input.module);
    units_.push_back({std::move(input), false});
  }

  void Fetch(const WantedModules& wanted) {
    std::vector<std::pair<Key, std::optional<UnitInput>>> asked;
    for (const auto& [name, by] : wanted) {
      const bool project = project_.contains(name);
      // To a reader of sources the project's own text is the module; other readers want its stub.
      if (by.by_stub || !project) Ask({name, UnitKind::Stub}, asked);
    }
    FindAll(asked);
    std::vector<std::pair<Key, std::optional<UnitInput>>> sources;
    for (auto& [key, input] : asked) {
      if (input) {
        Add(std::move(*input));
      } else if (!loaded_.contains({key.first, UnitKind::Source})) {
        Ask({key.first, UnitKind::Source}, sources);
      }
    }
    FindAll(sources);
    for (auto& [key, input] : sources) {
      if (input) Add(std::move(*input));
    }
  }

  void Ask(Key key, std::vector<std::pair<Key, std::optional<UnitInput>>>& list) {
    if (loaded_.contains(key) || !asked_.insert(key).second) return;
    list.emplace_back(std::move(key), std::nullopt);
  }

  void FindAll(std::vector<std::pair<Key, std::optional<UnitInput>>>& list) {
    tbb::parallel_for(size_t{0}, list.size(), [&](size_t index) {
      auto& [key, input] = list[index];
      if (options_.find) {
        input = options_.find(key.first, key.second);
      } else if (key.second == UnitKind::Stub) {
        input = FindTypeshedUnit(key.first, options_.platform.version);
      }
      if (input) {
        input->module = key.first;
        input->kind = key.second;
      }
    });
  }

  const DeclareOptions& options_;
  std::vector<LoadedUnit> units_;
  std::set<Key> loaded_;
  std::set<Key> asked_;
  std::set<std::string, std::less<>> project_;
};

}  // namespace

std::optional<UnitInput> FindTypeshedUnit(std::string_view module, Version version) {
  auto path = knowledge::FindTypeshedStub(module, version.major, version.minor);
  if (!path) return std::nullopt;
  auto text = knowledge::TypeshedText(*path);
  if (!text) return std::nullopt;
  UnitInput input;
  input.module = module;
  input.path = *path;
  input.kind = UnitKind::Stub;
  input.is_package = path->ends_with("/__init__.pyi");
  input.typeshed = true;
  input.text = *text;
  return input;
}

std::vector<LoadedUnit> LoadUnits(const DeclareOptions& options) {
  return Loader(options).Load();
}

}  // namespace unspool::semantics::declarations
