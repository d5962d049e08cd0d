// The stub that describes a module, in the order of the typing specification ("Import resolution
// ordering"): beside the project's sources, typeshed's standard library by its VERSIONS, `-stubs`
// packages, a stub beside an installed module. Nothing is run.
#pragma once

#include "semantics/modules/module_finder.h"
#include "semantics/modules/program.h"

#include <span>
#include <string>
#include <string_view>

namespace unspool::semantics {

class StubFinder {
 public:
  // `roots`: the project's folders of top-level modules.
  StubFinder(ModuleFinder& finder, std::span<const std::string> roots, syntax::Version target)
      : finder_(finder), roots_(roots), target_(target) {}

  // `found` may be what was not found: a stub may describe what is not installed.
  Stub Find(std::string_view name, const FoundModule& found) const;
  // The distribution of a module says, by a py.typed, that its annotations may be relied on.
  bool IsTyped(const FoundModule& found) const;

 private:
  Stub InFolder(const std::string& folder, std::string_view name, StubOrigin origin) const;
  Stub InStubPackage(const std::string& folder, std::string_view name) const;

  ModuleFinder& finder_;
  std::span<const std::string> roots_;
  syntax::Version target_;
};

}  // namespace unspool::semantics
