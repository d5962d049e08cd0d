// The units of a program: its project's files as they were parsed, and for what they import the
// stubs and sources that the program found.
#include "semantics/declarations/declare.h"
#include "semantics/modules/program.h"
#include "source/folder_cache.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace unspool::semantics::declarations {

namespace {

class ProgramTexts {
 public:
  ProgramTexts(const Program& program, bool installed_sources)
      : program_(program), installed_sources_(installed_sources) {}

  std::optional<UnitInput> Find(std::string_view module, UnitKind kind) const {
    if (kind == UnitKind::Stub) return FindStub(module);
    return installed_sources_ ? FindSource(module) : std::nullopt;
  }

 private:
  static std::optional<UnitInput> Read(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return std::nullopt;
    UnitInput input;
    input.path = path;
    const std::string_view name = source::NameOfPath(path);
    input.is_package = name == "__init__.py" || name == "__init__.pyi";
    auto file = source::SourceFile::Read(path);
    if (file) {
      input.text = (*file)->text();
      input.keep = *file;
    } else {
      input.unreadable = true;
    }
    return input;
  }

  const Module* ModuleNamed(std::string_view name) const {
    auto at = program_.by_name.find(name);
    return at == program_.by_name.end() ? nullptr : &program_.modules[at->second];
  }

  // Below the package that is nearest around: its folder and what is left of the name.
  template <typename FolderOf>
  std::optional<UnitInput> Below(std::string_view module, std::string_view ending,
                                 FolderOf&& folder_of) const {
    for (size_t dot = module.rfind('.'); dot != module.npos && dot > 0;
         dot = module.rfind('.', dot - 1)) {
      const Module* around = ModuleNamed(module.substr(0, dot));
      if (around == nullptr) continue;
      const std::string folder = folder_of(*around);
      if (folder.empty()) return std::nullopt;
      std::string rest(module.substr(dot + 1));
      std::ranges::replace(rest, '.', '/');
      if (auto input = Read(fmt::format("{}/{}/__init__{}", folder, rest, ending))) return input;
      return Read(fmt::format("{}/{}{}", folder, rest, ending));
    }
    return std::nullopt;
  }

  std::optional<UnitInput> FindStub(std::string_view module) const {
    if (const Module* found = ModuleNamed(module)) {
      switch (found->stub.origin) {
        // What other stubs of typeshed import is typeshed's, whatever the project has by that name.
        case StubOrigin::None:
        case StubOrigin::Typeshed:
          return FindTypeshedUnit(module, program_.platform.version);
        case StubOrigin::Beside:
        case StubOrigin::StubPackage:
          return Read(found->stub.path);
      }
    }
    if (auto input = FindTypeshedUnit(module, program_.platform.version)) return input;
    return Below(module, ".pyi", [](const Module& around) {
      const bool package =
          around.stub.origin != StubOrigin::Typeshed && around.stub.path.ends_with("/__init__.pyi");
      return package ? std::string(source::FolderOfPath(around.stub.path)) : std::string();
    });
  }

  std::optional<UnitInput> FindSource(std::string_view module) const {
    if (const Module* found = ModuleNamed(module)) {
      if (!found->file.ends_with(".py")) return std::nullopt;
      return Read(found->file);
    }
    return Below(module, ".py", [](const Module& around) {
      return around.file.ends_with("/__init__.py") ? std::string(source::FolderOfPath(around.file))
                                                   : std::string();
    });
  }

  const Program& program_;
  bool installed_sources_;
};

}  // namespace

std::unique_ptr<Declarations> DeclareProgram(const Program& program,
                                             const ProgramDeclareOptions& options) {
  DeclareOptions all;
  all.platform = program.platform;
  all.modules = options.modules;
  for (const Module& module : program.modules) {
    if (!module.in_project || !module.parsed) continue;
    UnitInput input;
    input.module = module.name;
    input.package = module.package;
    input.path = module.file;
    input.is_package = module.is_package;
    input.in_project = true;
    input.keep = module.parsed;
    const ParsedModule& parsed = *module.parsed;
    if (parsed.tree && parsed.errors.empty()) {
      input.tree = std::shared_ptr<const syntax::Tree>(module.parsed, parsed.tree.get());
    } else if (parsed.source) {
      input.text = parsed.source->text();
    } else {
      input.unreadable = true;
    }
    all.inputs.push_back(std::move(input));
  }
  const ProgramTexts texts(program, options.installed_sources);
  all.find = [&](std::string_view module, UnitKind kind) { return texts.Find(module, kind); };
  return Declare(std::move(all));
}

}  // namespace unspool::semantics::declarations
