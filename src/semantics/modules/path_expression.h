// The value of an expression that names a file or folder by where the module lies:
// `os.path.join(os.path.dirname(__file__), "lib")`, `str(Path(__file__).parent / "lib")`.
#pragma once

#include "syntax/tree.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace unspool::semantics {

// The value of a module's name, where it is assigned once: none otherwise.
using NamedExpression = std::function<syntax::NodeId(std::string_view)>;

// Absolute, or nothing where it depends on anything but the module's place.
std::optional<std::string> PathOf(const syntax::Tree& tree, syntax::NodeId expression,
                                  std::string_view file, const NamedExpression& value_of);

}  // namespace unspool::semantics
