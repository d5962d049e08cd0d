// Builds Declarations: loads the closure of units in parallel, numbers them by name, then reads,
// resolves and evaluates everything they declare. Linear in the text of the units.
#pragma once

#include "semantics/declarations/declarations.h"
#include "semantics/modules/static_condition.h"
#include "source/file.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {
struct Program;
}

namespace unspool::semantics::declarations {

// One text, parsed or to be parsed.
struct UnitInput {
  std::string module;
  std::string package;  // empty: derived from module and is_package
  std::string path;
  UnitKind kind = UnitKind::Source;
  bool is_package = false;
  bool in_project = false;
  bool typeshed = false;
  bool unreadable = false;                   // there is a file, and no text of it
  std::string_view text;                     // where it is not parsed yet
  std::shared_ptr<const syntax::Tree> tree;  // where it is
  std::shared_ptr<const void> keep;          // whatever text and tree live in
};

// The unit for a module by its dotted name, for modules that are not among the inputs. Called by
// several threads.
using FindUnitText =
    std::function<std::optional<UnitInput>(std::string_view module, UnitKind kind)>;

// Typeshed's stub of the standard library for the version, from inside the executable.
std::optional<UnitInput> FindTypeshedUnit(std::string_view module, syntax::Version version);

struct DeclareOptions {
  Platform platform;
  std::vector<UnitInput> inputs;
  FindUnitText find;                 // typeshed's stubs where none is given
  std::vector<std::string> modules;  // further ones to load, stub before source
};

std::unique_ptr<Declarations> Declare(const DeclareOptions& options);

struct ProgramDeclareOptions {
  bool installed_sources = true;  // of modules without a stub
  std::vector<std::string> modules;
};

// All units of a program: its project's sources, and what they import.
std::unique_ptr<Declarations> DeclareProgram(const Program& program,
                                             const ProgramDeclareOptions& options = {});

}  // namespace unspool::semantics::declarations
