#include "source/config.h"

#include "source/config_table.h"

#include <fmt/format.h>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <algorithm>
#include <filesystem>
#include <set>
#include <toml++/toml.h>

namespace unspool::source {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxExtends = 32;

std::string_view TypeOf(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

std::string_view WantedType(ConfigType type) {
  switch (type) {
    case ConfigType::Bool:
      return "true or false";
    case ConfigType::Int:
      return "an integer";
    case ConfigType::Number:
      return "a number";
    case ConfigType::Text:
    case ConfigType::Choice:
      return "a string";
    case ConfigType::Texts:
      return "a list of strings";
  }
  return "";
}

class Reader {
 public:
  Reader(Config& config, std::string path, std::vector<Problem>& problems)
      : config_(config), path_(std::move(path)), problems_(problems) {}

  // `prefix` is how the table is named to the user: "tool.unspool." or nothing.
  void ReadTable(const toml::table& table, const std::string& prefix) {
    prefix_ = prefix;
    for (const auto& [key, node] : table) {
      std::string_view name = key.str();
      if (name == "per-file-ignores") {
        ReadPerFileIgnores(node);
      } else if (IsConfigSection(name)) {
        const toml::table* section = node.as_table();
        if (section == nullptr) {
          Wrong(node, std::string(name), "a table");
          continue;
        }
        for (const auto& [inner, value] : *section) ReadKey(name, inner, value);
      } else {
        ReadKey("", key, node);
      }
    }
  }

 private:
  void ReadKey(std::string_view section, const toml::key& key, const toml::node& node) {
    std::string name =
        section.empty() ? std::string(key.str()) : fmt::format("{}.{}", section, key.str());
    const ConfigKey* spec = FindConfigKey(section, key.str());
    if (spec == nullptr) {
      std::string nearest = Nearest(key.str(), ConfigKeysOf(section));
      Report(ProblemKind::ConfigUnknownKey, key.source(),
             {prefix_ + name, nearest.empty() ? "" : fmt::format("did you mean `{}`?", nearest)});
      return;
    }
    switch (spec->type) {
      case ConfigType::Bool:
        if (auto value = node.value_exact<bool>()) return SetConfig(config_, *spec, *value);
        break;
      case ConfigType::Int:
        if (auto value = node.value_exact<int64_t>()) {
          if (*value < spec->minimum()) return TooSmall(node, name, *spec);
          return SetConfig(config_, *spec, *value);
        }
        break;
      case ConfigType::Number:
        if (auto value = node.value<double>();
            value && (node.is_integer() || node.is_floating_point())) {
          if (!(*value >= static_cast<double>(spec->minimum()))) return TooSmall(node, name, *spec);
          return SetConfig(config_, *spec, *value);
        }
        break;
      case ConfigType::Text:
      case ConfigType::Choice:
        if (auto value = node.value_exact<std::string>())
          return ReadText(node, name, *spec, *value);
        break;
      case ConfigType::Texts:
        if (auto list = ReadTexts(node, name)) SetConfig(config_, *spec, *std::move(list));
        return;
    }
    Wrong(node, name, WantedType(spec->type));
  }

  void ReadText(const toml::node& node, const std::string& name, const ConfigKey& spec,
                const std::string& value) {
    if (spec.type == ConfigType::Choice) {
      std::vector<std::string_view> choices = spec.Choices();
      if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
        std::string nearest = Nearest(value, choices);
        std::string help = nearest.empty() ? "" : fmt::format("did you mean `{}`?", nearest);
        Report(ProblemKind::ConfigValue, node.source(),
               {prefix_ + name, fmt::format("`{}` is none of {}", value, fmt::join(choices, ", ")),
                help});
        return;
      }
    }
    if (spec.key == "target-version" && !ParsePythonVersion(value)) {
      Report(ProblemKind::ConfigValue, node.source(),
             {prefix_ + name, fmt::format("`{}` is no Python version from 3.8 to 3.15", value),
              "write it as `py311` or `3.11`"});
      return;
    }
    if (spec.key == "numeric" && !IsNumericMode(value)) {
      Report(ProblemKind::ConfigValue, node.source(),
             {prefix_ + name, fmt::format("`{}` is none of exact, close, close=RTOL", value), ""});
      return;
    }
    SetConfig(config_, spec, value);
  }

  std::optional<std::vector<std::string>> ReadTexts(const toml::node& node,
                                                    const std::string& name) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      Wrong(node, name, "a list of strings");
      return std::nullopt;
    }
    std::vector<std::string> list;
    for (const toml::node& item : *array) {
      auto text = item.value_exact<std::string>();
      if (!text) {
        Wrong(item, fmt::format("{}[{}]", name, list.size()), "a string");
        return std::nullopt;
      }
      list.push_back(*std::move(text));
    }
    return list;
  }

  void ReadPerFileIgnores(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return Wrong(node, "per-file-ignores", "a table");
    config_.per_file_ignores.clear();
    // In the order of the file; toml++ sorts keys.
    std::vector<std::pair<toml::source_position, std::pair<std::string, std::vector<std::string>>>>
        entries;
    for (const auto& [key, value] : *table) {
      std::string name(key.str());
      if (auto list = ReadTexts(value, fmt::format("per-file-ignores.\"{}\"", name))) {
        entries.push_back({key.source().begin, {name, *std::move(list)}});
      }
    }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
    for (auto& entry : entries) config_.per_file_ignores.push_back(std::move(entry.second));
  }

  void TooSmall(const toml::node& node, const std::string& name, const ConfigKey& spec) {
    Report(ProblemKind::ConfigValue, node.source(),
           {prefix_ + name, fmt::format("it must be at least {}", spec.minimum()), ""});
  }

  void Wrong(const toml::node& node, const std::string& name, std::string_view wanted) {
    Report(ProblemKind::ConfigType, node.source(),
           {prefix_ + name, std::string(wanted), std::string(TypeOf(node))});
  }

  void Report(ProblemKind kind, const toml::source_region& at, std::vector<std::string> arguments) {
    Position begin{at.begin.line, at.begin.column};
    Position end{at.end.line, at.end.column};
    problems_.push_back(Fail(kind, path_, std::move(arguments), begin, end).error());
  }

  Config& config_;
  std::string path_;
  std::string prefix_;
  std::vector<Problem>& problems_;
};

std::string ConfigFolder(const std::string& path) {
  std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

bool IsPyproject(const std::string& path) {
  return fs::path(path).filename() == "pyproject.toml";
}

// The parsed file, with its text kept for excerpts; nothing after a problem.
std::optional<toml::table> ParseFile(const std::string& path, ConfigLoad& load) {
  Outcome<std::string> bytes = ReadBytes(path);
  if (!bytes) {
    load.problems.push_back(bytes.error());
    return std::nullopt;
  }
  Outcome<SourceFilePtr> text = SourceFile::FromText(path, *std::move(bytes));
  if (!text) {
    load.problems.push_back(text.error());
    return std::nullopt;
  }
  load.texts.push_back(*text);
  toml::parse_result parsed = toml::parse((*text)->text(), path);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    Position at{error.source().begin.line, error.source().begin.column};
    load.problems.push_back(
        Fail(ProblemKind::ConfigSyntax, path, {std::string(error.description())}, at, at).error());
    return std::nullopt;
  }
  return std::move(parsed).table();
}

std::optional<PythonVersion> InferVersion(const toml::table& pyproject) {
  auto text = pyproject["project"]["requires-python"].value<std::string>();
  return text ? LowestAllowed(*text) : std::nullopt;
}

// Reads one file on top of what it extends. `chain` holds the files on the way here.
void LoadInto(Config& config, const std::string& path, ConfigLoad& load,
              std::vector<std::string>& chain) {
  std::optional<toml::table> table = ParseFile(path, load);
  if (!table) return;
  toml::table* settings = &*table;
  std::string prefix;
  std::optional<PythonVersion> inferred;
  if (IsPyproject(path)) {
    inferred = InferVersion(*table);
    settings = (*table)["tool"]["unspool"].as_table();
    prefix = "tool.unspool.";
  } else {
    std::string beside = (fs::path(ConfigFolder(path)) / "pyproject.toml").string();
    // Its own faults are not ours to report.
    ConfigLoad ignored;
    std::error_code error;
    if (fs::exists(beside, error)) {
      if (auto pyproject = ParseFile(beside, ignored)) inferred = InferVersion(*pyproject);
    }
  }
  if (settings != nullptr) {
    if (const toml::node* extend = settings->get("extend"); extend && extend->is_string()) {
      fs::path wanted(*extend->value<std::string>());
      std::string base = (wanted.is_absolute() ? wanted : fs::path(ConfigFolder(path)) / wanted)
                             .lexically_normal()
                             .string();
      Position begin{extend->source().begin.line, extend->source().begin.column};
      Position end{extend->source().end.line, extend->source().end.column};
      std::error_code error;
      std::string fault;
      if (std::find(chain.begin(), chain.end(), base) != chain.end() ||
          chain.size() >= kMaxExtends) {
        fault = "it extends this file in turn";
      } else if (!fs::is_regular_file(base, error)) {
        fault = "no such file";
      }
      if (!fault.empty()) {
        load.problems.push_back(
            Fail(ProblemKind::ConfigExtend, path, {wanted.string(), fault}, begin, end).error());
      } else {
        chain.push_back(base);
        LoadInto(config, base, load, chain);
      }
    }
    Reader(config, path, load.problems).ReadTable(*settings, prefix);
  }
  if (inferred) config.inferred_version = inferred;
}

bool HasTable(const std::string& pyproject) {
  ConfigLoad load;
  std::optional<toml::table> table = ParseFile(pyproject, load);
  // One that cannot be parsed is reported rather than passed over.
  return !table || (*table)["tool"]["unspool"].is_table();
}

}  // namespace

ConfigLoad LoadConfig(const std::string& path) {
  ConfigLoad load;
  auto config = std::make_shared<Config>();
  std::vector<std::string> chain{fs::path(path).lexically_normal().string()};
  LoadInto(*config, path, load, chain);
  config->path = path;
  config->root = ConfigFolder(path);
  load.config = std::move(config);
  return load;
}

ConfigLoad OverrideConfig(const Config& base, std::string_view toml, std::string_view shown) {
  ConfigLoad load;
  auto config = std::make_shared<Config>(base);
  toml::parse_result parsed = toml::parse(toml, std::string(shown));
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    Position at{error.source().begin.line, error.source().begin.column};
    load.problems.push_back(
        Fail(ProblemKind::ConfigSyntax, shown, {std::string(error.description())}, at, at).error());
  } else {
    Reader(*config, std::string(shown), load.problems).ReadTable(parsed.table(), "");
  }
  load.config = std::move(config);
  return load;
}

std::string FindConfig(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::absolute(folder, error).lexically_normal();
  if (at.filename().empty()) at = at.parent_path();
  while (true) {
    for (const char* name : {".unspool.toml", "unspool.toml", "pyproject.toml"}) {
      std::string path = (at / name).string();
      if (!fs::is_regular_file(path, error)) continue;
      if (name == std::string_view("pyproject.toml") && !HasTable(path)) continue;
      return path;
    }
    if (!at.has_relative_path()) return {};
    at = at.parent_path();
  }
}

const ConfigLoad& ConfigResolver::For(const std::string& source_path) {
  std::string folder = ConfigFolder(source_path);
  auto found = file_of_folder_.find(folder);
  if (found == file_of_folder_.end()) {
    found = file_of_folder_.emplace(folder, FindConfig(folder)).first;
  }
  auto load = loads_.find(found->second);
  if (load == loads_.end()) {
    ConfigLoad made;
    if (found->second.empty()) {
      auto config = std::make_shared<Config>();
      config->root = ".";
      made.config = std::move(config);
    } else {
      made = LoadConfig(found->second);
    }
    load = loads_.emplace(found->second, std::move(made)).first;
  }
  return load->second;
}

}  // namespace unspool::source
