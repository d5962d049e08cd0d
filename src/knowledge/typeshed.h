// Typeshed's stubs of the standard library, inside the executable (docs/decisions/0008): which file
// describes a module of which version of Python. A build without the package `typeshed-client` has
// none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace unspool::knowledge {

struct TypeshedFile {
  std::string_view path;  // "typeshed/os/__init__.pyi"
  std::string_view text;
};

// Sorted by path.
std::span<const TypeshedFile> TypeshedFiles();

// The path of the stub of a module that the version has, by typeshed's file VERSIONS.
std::optional<std::string_view> FindTypeshedStub(std::string_view module, uint8_t major,
                                                 uint8_t minor);

// The text of a file by its path; nothing where there is none.
std::optional<std::string_view> TypeshedText(std::string_view path);

}  // namespace unspool::knowledge
