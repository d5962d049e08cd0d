#include "source/environment.h"

#include "source/file.h"
#include "source/folder_cache.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <unistd.h>

namespace unspool::source {

namespace {

std::string_view Stripped(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return lowered;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    // Universal newlines.
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    const bool pair = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (pair ? 2 : 1), text.size()));
  }
  return lines;
}

// The steps of CPython's site.main, in its order and under its names.
class Site {
 public:
  Site(const InterpreterPtr& interpreter, FolderCache& folders, const EnvironmentOptions& options)
      : python_(*interpreter), folders_(folders), options_(options) {
    result_.interpreter = interpreter;
  }

  Environment Main() && {
    AddPythonPath();
    result_.library_begin = result_.path.size();
    for (const std::string& entry : python_.path) Append(AbsolutePath(entry));
    result_.library_end = result_.path.size();
    bool user_site = options_.use_variables
                         ? !std::getenv("PYTHONNOUSERSITE") || !*std::getenv("PYTHONNOUSERSITE")
                         : true;
    user_site = user_site && getuid() == geteuid() && getgid() == getegid();
    bool system_site = true;
    if (!python_.venv_config.empty()) {
      AddFolders(python_.site_venv);
      system_site = IncludesSystemSite();
      user_site = user_site && system_site;
    }
    if (user_site && !python_.user_site.empty()) AddFolders({python_.user_site});
    if (system_site) AddFolders(python_.site_prefixes);
    AddCustomize("sitecustomize");
    if (user_site) AddCustomize("usercustomize");
    return std::move(result_);
  }

 private:
  void AddPythonPath() {
    const char* variable = options_.use_variables ? std::getenv("PYTHONPATH") : nullptr;
    if (!variable || !*variable) return;
    std::string_view rest = variable;
    while (true) {
      const size_t colon = std::min(rest.find(':'), rest.size());
      Append(AbsolutePath(rest.substr(0, colon)));
      if (colon == rest.size()) break;
      rest.remove_prefix(colon + 1);
    }
  }

  bool Append(std::string path) {
    if (!known_.insert(path).second) return false;
    result_.path.push_back(std::move(path));
    return true;
  }

  void AddFolders(const std::vector<std::string>& site_folders) {
    for (const std::string& given : site_folders) {
      const std::string path = AbsolutePath(given);
      const Folder& folder = folders_.At(path);
      if (folder.state() == Folder::State::Missing || folder.state() == Folder::State::NotAFolder) {
        continue;
      }
      Append(path);
      for (const Folder::Entry& entry : folder.entries()) {
        const std::string_view name = entry.name;
        if (name.starts_with('.') && python_.skips_hidden_pth) continue;
        if (name.ends_with(".pth")) AddPackage(path, JoinPath(path, name));
        // PEP 829, which takes the place of `import` lines.
        if (name.ends_with(".start") && python_.version >= PythonVersion{3, 15}) {
          AddCode(JoinPath(path, name), 0, {});
        }
      }
    }
  }

  void AddPackage(const std::string& folder, const std::string& file) {
    Outcome<std::string> bytes = ReadBytes(file);
    if (!bytes) return;
    std::string_view text = *bytes;
    if (text.starts_with("\xEF\xBB\xBF") && python_.version >= PythonVersion{3, 13}) {
      text.remove_prefix(3);
    }
    uint32_t row = 0;
    for (std::string_view line : Lines(text)) {
      ++row;
      if (line.starts_with('#') || Stripped(line).empty()) continue;
      if (line.starts_with("import ") || line.starts_with("import\t")) {
        AddCode(file, row, std::string(Stripped(line)));
        continue;
      }
      line = line.substr(0, line.find_last_not_of(" \t\f\v") + 1);
      const std::string path = AbsolutePath(JoinPath(line.starts_with('/') ? "" : folder, line));
      if (line.find('\0') != std::string_view::npos || known_.contains(path)) continue;
      if (folders_.KindOf(path) != EntryKind::None) Append(path);
    }
  }

  // The value of include-system-site-packages: true where nothing says otherwise.
  bool IncludesSystemSite() const {
    Outcome<std::string> bytes = ReadBytes(python_.venv_config);
    std::string value = "true";
    if (!bytes) return true;
    for (std::string_view line : Lines(*bytes)) {
      const size_t equals = line.find('=');
      if (equals == std::string_view::npos) continue;
      if (Lowered(Stripped(line.substr(0, equals))) == "include-system-site-packages") {
        value = Lowered(Stripped(line.substr(equals + 1)));
      }
    }
    return value == "true";
  }

  void AddCustomize(std::string_view name) {
    for (const std::string& entry : result_.path) {
      const Folder& folder = folders_.At(entry);
      const std::string file = std::string(name) + ".py";
      if (folder.HasFile(file)) return AddCode(JoinPath(entry, file), 0, {});
      if (folder.HasFolder(name) && folders_.At(JoinPath(entry, name)).HasFile("__init__.py")) {
        return AddCode(JoinPath(JoinPath(entry, name), "__init__.py"), 0, {});
      }
    }
  }

  void AddCode(std::string file, uint32_t line, std::string text) {
    result_.startup_code.push_back({std::move(file), line, std::move(text)});
  }

  const Interpreter& python_;
  FolderCache& folders_;
  const EnvironmentOptions& options_;
  std::set<std::string, std::less<>> known_;
  Environment result_;
};

}  // namespace

EnvironmentPtr EnvironmentOf(InterpreterPtr interpreter, FolderCache& folders,
                             const EnvironmentOptions& options) {
  return std::make_shared<const Environment>(Site(interpreter, folders, options).Main());
}

}  // namespace unspool::source
