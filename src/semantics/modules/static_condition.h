// What a condition of a module says before the program runs: tests of the version, the platform and
// the like against one interpreter, and `TYPE_CHECKING`. Anything else is not known.
#pragma once

#include "syntax/parse.h"
#include "syntax/tree.h"

#include <optional>
#include <string>

namespace unspool::semantics {

struct Platform {
  syntax::Version version{3, 11};
  std::string sys_platform = "linux";
  std::string os_name = "posix";
  std::string implementation = "cpython";
  bool little_endian = true;
  bool pointers_64 = true;
};

struct StaticCondition {
  std::optional<bool> value;    // when the program runs; nothing where it cannot be told
  bool tests_version = false;   // sys.version_info
  bool tests_platform = false;  // sys.platform, os.name, sys.implementation
  bool type_checking = false;   // true for type checkers, false at run time
  bool not_checking = false;    // `not TYPE_CHECKING`
};

StaticCondition ConditionOf(const syntax::Tree& tree, syntax::NodeId test,
                            const Platform& platform);

}  // namespace unspool::semantics
