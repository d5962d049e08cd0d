// The name that a file is imported by, from where it lies: relative to a folder of the
// interpreter's path for what is installed, to the folder above its packages for a project's.
#pragma once

#include "source/environment.h"
#include "source/folder_cache.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

struct ModulePlace {
  std::string name;           // dotted; empty where no import statement can name it
  std::string package;        // what its relative imports are relative to; empty: nothing
  std::string script_folder;  // first on sys.path when it is started; empty for installed modules
  bool installed = false;     // below the interpreter's path
  // Its name where the folders between it and a root are taken for namespace packages.
  std::string namespace_name;
  std::string namespace_package;
};

class ModuleNames {
 public:
  ModuleNames(const source::Environment& environment, std::span<const std::string> roots,
              source::FolderCache& folders)
      : environment_(environment), roots_(roots), folders_(folders) {}

  ModulePlace PlaceOf(const std::string& file) const;
  // As a script, whatever its name elsewhere: relative to the folder above its packages.
  ModulePlace ScriptPlaceOf(const std::string& file) const;
  bool IsInstalled(std::string_view file) const { return !EntryOf(file).empty(); }
  // A folder of top-level modules, by the project or by PYTHONPATH.
  bool IsRoot(const std::string& folder) const;

 private:
  // The deepest folder of the installation that the file is in; empty where none.
  std::string_view EntryOf(std::string_view file) const;
  // The first folder upwards that is no package.
  std::string FolderAbovePackages(const std::string& file) const;

  const source::Environment& environment_;
  std::span<const std::string> roots_;
  source::FolderCache& folders_;
};

// `a.b` for a/b.py and a/b/__init__.py below the folder; empty where a part is no identifier.
std::string DottedName(std::string_view file, std::string_view folder);

}  // namespace unspool::semantics
