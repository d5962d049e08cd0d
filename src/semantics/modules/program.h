// A whole program as a structure: its files parsed, each with the name it is imported by, every
// import with the module it leads to, and the graph of imports with its circles. Immutable once
// built (program_builder.h); typed ids, tables beside each other. The order of ids follows names
// and paths, never threads. Printed by `unspool debug modules`.
#pragma once

#include "base/ids.h"
#include "semantics/modules/module_kinds.h"
#include "semantics/modules/parsed_module.h"
#include "source/environment.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

struct ModuleTag;
using ModuleId = base::Id<ModuleTag>;
struct ImportTag;
using ImportId = base::Id<ImportTag>;
struct ComponentTag;
using ComponentId = base::Id<ComponentTag>;

enum class StubOrigin : uint8_t { None, Beside, StubPackage, Typeshed };

struct Stub {
  StubOrigin origin = StubOrigin::None;
  bool partial = false;  // of a -stubs package that says so in its py.typed
  std::string path;  // a file; for typeshed "typeshed/stdlib/os/path.pyi", inside the executable
};

struct Module {
  std::string name;  // dotted; "__main__" for a script that has no other
  ModuleKind kind = ModuleKind::Source;
  bool is_package = false;
  bool in_project = false;                // one of the files asked about
  std::string file;                       // empty for namespaces and what is in the interpreter
  std::string package;                    // what its relative imports are relative to; may be empty
  std::vector<std::string> portions;      // __path__ of packages
  std::vector<std::string> adds_to_path;  // folders that its top level puts on sys.path
  Stub stub;
  bool typed = false;      // its distribution has a py.typed
  ParsedModulePtr parsed;  // of project files, and of others where asked for
  ImportId imports_begin;  // its imports are [begin, begin + count)
  uint32_t import_count = 0;
};

enum class ImportMeaning : uint8_t {
  Module,     // `import a.b`; `from p import n` where n is a submodule
  Attribute,  // `from m import n` where m binds n
  Star,       // `from m import *`
  NotFound,
  Unknown,
};

struct Import {
  ModuleId importer;
  uint32_t item = 0;  // index into the importer's parsed->items
  uint32_t row = 0;   // of the statement
  uint32_t column = 0;
  uint8_t guards = 0;  // ImportGuard
  ImportMeaning meaning = ImportMeaning::Unknown;
  bool name_seen = true;     // of Attribute: its binding is written somewhere
  std::string module;        // what is asked for: absolute and dotted, as written where it has none
  std::string name;          // of `from`
  ModuleId target;           // of Module, Attribute and Star
  uint32_t loads_begin = 0;  // what is loaded on the way, outermost package first: Program::loads
  uint32_t load_count = 0;
  ImportCause cause = ImportCause::None;
  std::string detail;
  Stub stub;  // of NotFound: what describes a module that is not there
};

// What one module's imports load, without doubles; `deferred` where only inside functions or under
// TYPE_CHECKING.
struct ImportEdge {
  ModuleId to;
  bool deferred = false;
};

struct Program {
  source::EnvironmentPtr environment;
  Platform platform;
  std::vector<std::string> roots;  // folders of top-level modules of the project, in search order

  base::IdVector<ModuleId, Module> modules;  // the project's first, by path; then others, by name
  base::IdVector<ImportId, Import> imports;  // by module, in source order
  std::vector<ModuleId> load_ids;
  size_t project_count = 0;

  std::vector<uint32_t> edge_begins;  // by module; one more than modules
  std::vector<ImportEdge> edges;      // each module's sorted by `to`
  base::IdVector<ModuleId, ComponentId> component_of;
  // Strongly connected components of imports at top level, imported ones before importers.
  base::IdVector<ComponentId, std::vector<ModuleId>> components;

  std::map<std::string, ModuleId, std::less<>> by_file;
  std::map<std::string, ModuleId, std::less<>> by_name;  // the first, where several share a name

  std::span<const ImportEdge> EdgesOf(ModuleId id) const {
    return std::span(edges).subspan(edge_begins[id.value()],
                                    edge_begins[id.value() + 1] - edge_begins[id.value()]);
  }
  std::span<const ModuleId> LoadsOf(const Import& import) const {
    return std::span(load_ids).subspan(import.loads_begin, import.load_count);
  }
};

}  // namespace unspool::semantics
