// The words in which imports are answered: what kind of module was found, and why one was not, or
// why nobody can tell. Printed by `unspool debug modules`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

enum class ModuleKind : uint8_t {
  Source,     // a .py file
  Package,    // a folder with __init__.py
  Namespace,  // folders without (PEP 420)
  Extension,  // a shared library, as a module or as a package's __init__
  Bytecode,   // a .pyc file without its source
  Builtin,    // in the interpreter
  Frozen,     // in the interpreter, from a source file of the standard library
  StubOnly,   // a .pyi file describes it and nothing implements it
  NotFound,   // the import fails, with ModuleNotFoundError or ImportError
  Unknown,    // what happens cannot be read off the files
};

enum class ImportCause : uint8_t {
  None,
  // Why it is not found.
  NoSuchModule,    // no folder of the search path has it
  NotAPackage,     // `import a.b` where a is a module
  NoSuchName,      // `from p import n`: neither an attribute nor a submodule
  BeyondTopLevel,  // more dots than packages around
  NoKnownParent,   // a relative import of what is in no package
  // Why it is unknown.
  ImportHook,            // code run at start-up, or by the package, may answer the import itself
  PathAttribute,         // the package changes its __path__ in a way that is not read
  SysModules,            // the module puts others, or itself anew, into sys.modules
  SysPath,               // the file changes sys.path in a way that is not read
  Archive,               // a zip file on the search path comes first
  UnreadableFolder,      // a folder of the search path cannot be listed
  UnreadableFile,        // the package's __init__ cannot be read or parsed
  DependsOnStart,        // another module where the program is started as a script
  ModuleGetattr,         // the package's __getattr__ (PEP 562) answers
  DynamicNames,          // the package binds names that are not written in it
  ConditionalBinding,    // the package binds the name on some paths only
  AttributeOrSubmodule,  // bound by the package and a submodule: which depends on the order
};

std::string_view KindName(ModuleKind kind);     // "source", "not-found", ...
std::string_view CauseName(ImportCause cause);  // "import-hook", ...
// A sentence's end: "code run at start-up may answer the import itself".
std::string_view CauseText(ImportCause cause);

// What a search for one dotted name came to.
struct FoundModule {
  ModuleKind kind = ModuleKind::NotFound;
  bool is_package = false;
  std::string name;                   // by which it was found; "posixpath" for "os.path"
  std::string file;                   // empty for namespaces and what is in the interpreter
  std::vector<std::string> portions;  // __path__ of packages: where submodules are looked for
  ImportCause cause = ImportCause::None;
  std::string detail;  // of the cause: the file, the folder, the package

  bool found() const { return kind < ModuleKind::StubOnly; }
  bool unknown() const { return kind == ModuleKind::Unknown; }
};

}  // namespace unspool::semantics
