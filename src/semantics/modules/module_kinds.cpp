#include "semantics/modules/module_kinds.h"

namespace unspool::semantics {

std::string_view KindName(ModuleKind kind) {
  switch (kind) {
    case ModuleKind::Source:
      return "source";
    case ModuleKind::Package:
      return "package";
    case ModuleKind::Namespace:
      return "namespace";
    case ModuleKind::Extension:
      return "extension";
    case ModuleKind::Bytecode:
      return "bytecode";
    case ModuleKind::Builtin:
      return "builtin";
    case ModuleKind::Frozen:
      return "frozen";
    case ModuleKind::StubOnly:
      return "stub-only";
    case ModuleKind::NotFound:
      return "not-found";
    case ModuleKind::Unknown:
      return "unknown";
  }
  return {};
}

namespace {

struct CauseWords {
  std::string_view name;
  std::string_view text;
};

CauseWords WordsOf(ImportCause cause) {
  switch (cause) {
    case ImportCause::None:
      return {"", ""};
    case ImportCause::NoSuchModule:
      return {"no-such-module", "no folder of the search path has it"};
    case ImportCause::NotAPackage:
      return {"not-a-package", "its parent is no package"};
    case ImportCause::NoSuchName:
      return {"no-such-name", "the module has neither an attribute nor a submodule of that name"};
    case ImportCause::BeyondTopLevel:
      return {"beyond-top-level", "the relative import goes beyond the top-level package"};
    case ImportCause::NoKnownParent:
      return {"no-known-parent", "a relative import in a file that is in no package"};
    case ImportCause::ImportHook:
      return {"import-hook", "code that is not run here may answer the import itself"};
    case ImportCause::PathAttribute:
      return {"path-attribute", "the package changes its __path__"};
    case ImportCause::SysModules:
      return {"sys-modules", "the module changes sys.modules"};
    case ImportCause::SysPath:
      return {"sys-path", "the file changes sys.path"};
    case ImportCause::Archive:
      return {"archive", "an archive on the search path may hold it"};
    case ImportCause::UnreadableFolder:
      return {"unreadable-folder", "a folder of the search path cannot be listed"};
    case ImportCause::UnreadableFile:
      return {"unreadable-file", "the package cannot be read or parsed"};
    case ImportCause::DependsOnStart:
      return {"depends-on-start", "which module it is depends on how the program is started"};
    case ImportCause::ModuleGetattr:
      return {"module-getattr", "the package answers by its __getattr__"};
    case ImportCause::DynamicNames:
      return {"dynamic-names", "the package binds names that are not written in it"};
    case ImportCause::ConditionalBinding:
      return {"conditional-binding", "the package binds the name on some paths only"};
    case ImportCause::AttributeOrSubmodule:
      return {"attribute-or-submodule",
              "the package binds the name and has a submodule of the name; which is seen depends "
              "on the order of imports"};
  }
  return {};
}

}  // namespace

std::string_view CauseName(ImportCause cause) {
  return WordsOf(cause).name;
}
std::string_view CauseText(ImportCause cause) {
  return WordsOf(cause).text;
}

}  // namespace unspool::semantics
