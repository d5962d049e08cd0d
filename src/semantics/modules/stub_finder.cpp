#include "semantics/modules/stub_finder.h"

#include "knowledge/typeshed.h"
#include "source/file.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

using source::JoinPath;

std::string SlashedName(std::string_view name) {
  std::string path(name);
  std::ranges::replace(path, '.', '/');
  return path;
}

bool IsPartial(const std::string& folder, source::FolderCache& folders) {
  if (!folders.At(folder).HasFile("py.typed")) return false;
  auto text = source::ReadBytes(JoinPath(folder, "py.typed"));
  return text && text->find("partial\n") != std::string::npos;
}

}  // namespace

Stub StubFinder::InFolder(const std::string& folder, std::string_view name,
                          StubOrigin origin) const {
  source::FolderCache& folders = finder_.folders();
  const std::string base = JoinPath(folder, SlashedName(name));
  // As with modules, a package goes first.
  if (folders.KindOf(JoinPath(base, "__init__.pyi")) == source::EntryKind::File) {
    return {origin, false, JoinPath(base, "__init__.pyi")};
  }
  if (folders.KindOf(base + ".pyi") == source::EntryKind::File) {
    return {origin, false, base + ".pyi"};
  }
  return {};
}

Stub StubFinder::InStubPackage(const std::string& folder, std::string_view name) const {
  const size_t dot = std::min(name.find('.'), name.size());
  const std::string package = JoinPath(folder, std::string(name.substr(0, dot)) + "-stubs");
  Stub stub;
  if (dot == name.size()) {
    if (finder_.folders().KindOf(JoinPath(package, "__init__.pyi")) == source::EntryKind::File) {
      stub = {StubOrigin::StubPackage, false, JoinPath(package, "__init__.pyi")};
    }
  } else {
    stub = InFolder(package, name.substr(dot + 1), StubOrigin::StubPackage);
  }
  stub.partial = IsPartial(package, finder_.folders());
  return stub;
}

Stub StubFinder::Find(std::string_view name, const FoundModule& found) const {
  source::FolderCache& folders = finder_.folders();
  auto beside = [&]() -> Stub {
    if (!found.file.ends_with(".py") && found.kind != ModuleKind::Extension &&
        found.kind != ModuleKind::Bytecode) {
      return {};
    }
    std::string_view file = source::NameOfPath(found.file);
    const std::string stub = JoinPath(source::FolderOfPath(found.file),
                                      std::string(file.substr(0, file.find('.'))) + ".pyi");
    if (folders.KindOf(stub) != source::EntryKind::File) return {};
    return {StubOrigin::Beside, false, stub};
  };
  // 1. The project's own files.
  // A virtual environment may well lie in the project's folder.
  const source::Environment& environment = finder_.environment();
  const bool installed =
      std::any_of(environment.path.begin() + static_cast<std::ptrdiff_t>(environment.library_begin),
                  environment.path.end(),
                  [&](const std::string& entry) { return source::IsBelow(found.file, entry); });
  const bool in_project = !installed && std::ranges::any_of(roots_, [&](const std::string& root) {
    return source::IsBelow(found.file, root);
  });
  if (in_project) return beside();
  if (!found.found()) {
    for (const std::string& root : roots_) {
      if (Stub stub = InFolder(root, name, StubOrigin::Beside); stub.origin != StubOrigin::None) {
        return stub;
      }
    }
  }
  // 2. Typeshed's standard library.
  if (auto path = knowledge::FindTypeshedStub(name, target_.major, target_.minor)) {
    return {StubOrigin::Typeshed, false, std::string(*path)};
  }
  // 3. Stub packages.
  const std::string top(name.substr(0, name.find('.')));
  for (const std::string& folder : finder_.environment().path) {
    if (!folders.At(folder).HasFolder(top + "-stubs")) continue;
    Stub stub = InStubPackage(folder, name);
    if (stub.origin != StubOrigin::None) return stub;
    // One that is not partial speaks for the whole package.
    if (!stub.partial) return {};
  }
  // 4. What the package itself brings.
  return beside();
}

bool StubFinder::IsTyped(const FoundModule& found) const {
  // py.typed lies in the top-level package.
  if (found.file.empty()) return false;
  const auto depth = std::ranges::count(found.name, '.') + (found.is_package ? 1 : 0);
  std::string folder(source::FolderOfPath(found.file));
  for (std::ptrdiff_t level = 1; level < depth; ++level) folder = source::FolderOfPath(folder);
  return depth > 0 && finder_.folders().At(folder).HasFile("py.typed");
}

}  // namespace unspool::semantics
