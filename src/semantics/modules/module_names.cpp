#include "semantics/modules/module_names.h"

#include "semantics/modules/program_builder.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

bool IsIdentifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool IsInit(std::string_view file) {
  return source::NameOfPath(file) == "__init__.py";
}

std::string PackageOfName(const std::string& name, bool is_package) {
  if (is_package) return name;
  const size_t dot = name.rfind('.');
  return dot == std::string::npos ? std::string() : name.substr(0, dot);
}

bool IsPackageFolder(const std::string& folder, source::FolderCache& folders) {
  return folders.At(folder).HasFile("__init__.py");
}

// Folders in which a project begins.
bool IsProjectFolder(const std::string& folder, source::FolderCache& folders) {
  const source::Folder& listing = folders.At(folder);
  return listing.HasFile("pyproject.toml") || listing.HasFile("setup.py") ||
         listing.HasFile("setup.cfg") || listing.Find(".git") != source::EntryKind::None;
}

// `folder/src` holds modules and is none itself.
bool IsSourceFolder(const std::string& folder, source::FolderCache& folders) {
  const source::Folder& listing = folders.At(folder);
  if (!listing.listed() || listing.HasFile("__init__.py")) return false;
  return std::ranges::any_of(listing.entries(), [&](const source::Folder::Entry& entry) {
    if (entry.kind == source::EntryKind::File) return entry.name.ends_with(".py");
    return entry.kind == source::EntryKind::Folder && IsIdentifier(entry.name);
  });
}

}  // namespace

std::string DottedName(std::string_view file, std::string_view folder) {
  if (!source::IsBelow(file, folder) || !file.ends_with(".py")) return {};
  std::string_view rest = file.substr(folder.size());
  while (rest.starts_with('/')) rest.remove_prefix(1);
  rest.remove_suffix(3);
  if (rest == "__init__") return {};
  if (rest.ends_with("/__init__")) rest.remove_suffix(9);
  std::string name;
  while (!rest.empty()) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    if (!IsIdentifier(part)) return {};
    if (!name.empty()) name += '.';
    name += part;
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return name;
}

std::string_view ModuleNames::EntryOf(std::string_view file) const {
  std::string_view best;
  for (size_t index = environment_.library_begin; index < environment_.path.size(); ++index) {
    const std::string_view entry = environment_.path[index];
    if (entry.size() > best.size() && source::IsBelow(file, entry)) best = entry;
  }
  return best;
}

bool ModuleNames::IsRoot(const std::string& folder) const {
  // What PYTHONPATH names is on the path as a project's folders are.
  const auto begin = environment_.path.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(environment_.library_begin);
  return std::ranges::find(roots_, folder) != roots_.end() || std::find(begin, end, folder) != end;
}

std::string ModuleNames::FolderAbovePackages(const std::string& file) const {
  std::string folder(source::FolderOfPath(file));
  while (folder.size() > 1 && IsPackageFolder(folder, folders_) &&
         IsIdentifier(source::NameOfPath(folder))) {
    folder = source::FolderOfPath(folder);
  }
  return folder;
}

ModulePlace ModuleNames::ScriptPlaceOf(const std::string& file) const {
  ModulePlace place;
  place.script_folder = FolderAbovePackages(file);
  place.name = DottedName(file, place.script_folder);
  // `__main__.py` of a folder that is no package is what `python folder` starts.
  if (place.name == "__main__") place.name.clear();
  place.package = PackageOfName(place.name, IsInit(file));
  place.installed = IsInstalled(file);
  return place;
}

ModulePlace ModuleNames::PlaceOf(const std::string& file) const {
  if (std::string_view entry = EntryOf(file); !entry.empty()) {
    ModulePlace place;
    place.installed = true;
    place.name = DottedName(file, entry);
    place.package = PackageOfName(place.name, IsInit(file));
    return place;
  }
  ModulePlace place = ScriptPlaceOf(file);
  if (IsRoot(place.script_folder)) return place;
  std::string_view root;
  auto consider = [&](const std::string& candidate) {
    if (candidate.size() > root.size() && source::IsBelow(file, candidate)) root = candidate;
  };
  std::ranges::for_each(roots_, consider);
  for (size_t index = 0; index < environment_.library_begin; ++index) {
    consider(environment_.path[index]);
  }
  if (root.empty()) return place;
  place.namespace_name = DottedName(file, root);
  place.namespace_package = PackageOfName(place.namespace_name, IsInit(file));
  return place;
}

std::vector<std::string> ProjectRoots(const std::vector<std::string>& paths,
                                      const source::Environment& environment,
                                      source::FolderCache& folders) {
  std::vector<std::string> roots;
  auto add = [&](const std::string& folder) {
    const bool known = std::ranges::find(roots, folder) != roots.end();
    const auto begin = environment.path.begin();
    const auto library = begin + static_cast<std::ptrdiff_t>(environment.library_begin);
    const bool installed =
        std::find(begin, library, folder) != library ||
        std::any_of(library, environment.path.end(),
                    [&](const std::string& entry) { return source::IsBelow(folder, entry); });
    if (!known && !installed) roots.push_back(folder);
  };
  for (const std::string& path : paths) {
    std::string folder = path;
    if (folders.KindOf(path) != source::EntryKind::Folder) folder = source::FolderOfPath(path);
    while (folder.size() > 1 && IsPackageFolder(folder, folders)) {
      folder = source::FolderOfPath(folder);
    }
    std::string project;
    for (std::string at = folder;; at = source::FolderOfPath(at)) {
      if (IsProjectFolder(at, folders)) {
        project = at;
        break;
      }
      if (at.size() <= 1) break;
    }
    add(project.empty() ? folder : project);
    for (const std::string& around : {folder, project}) {
      if (around.empty()) continue;
      const std::string src = source::JoinPath(around, "src");
      if (folders.At(around).HasFolder("src") && IsSourceFolder(src, folders)) add(src);
    }
  }
  return roots;
}

}  // namespace unspool::semantics
