#include "source/config_table.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>

namespace unspool::source {
namespace {

const ConfigKey kKeys[] = {
#define UNSPOOL_CONFIG(section, key, Type, field, choices, description) \
  {section, key, ConfigType::Type, &Config::field, choices, description},
#include "source/config_keys.def"
};

constexpr std::string_view kSections[] = {"check", "strategy", "verify", "bench"};
constexpr std::string_view kPerFileIgnores = "per-file-ignores";

using Json = nlohmann::ordered_json;

Json SchemaOf(const ConfigKey& key) {
  Json schema = {{"description", key.description}};
  switch (key.type) {
    case ConfigType::Bool:
      schema["type"] = "boolean";
      break;
    case ConfigType::Int:
      schema["type"] = "integer";
      schema["minimum"] = key.minimum();
      break;
    case ConfigType::Number:
      schema["type"] = "number";
      schema["minimum"] = key.minimum();
      break;
    case ConfigType::Text:
      schema["type"] = "string";
      if (key.key == "target-version") schema["pattern"] = "^(py3|3\\.)([89]|1[0-5])$";
      if (key.key == "numeric") schema["pattern"] = "^(exact|close(=[0-9.eE+-]+)?)$";
      break;
    case ConfigType::Texts:
      schema["type"] = "array";
      schema["items"] = {{"type", "string"}};
      break;
    case ConfigType::Choice:
      schema["type"] = "string";
      schema["enum"] = key.Choices();
      break;
  }
  return schema;
}

Json SchemaOfSection(std::string_view section) {
  Json properties = Json::object();
  for (const ConfigKey& key : kKeys) {
    if (key.section == section) properties[std::string(key.key)] = SchemaOf(key);
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
}

// Optimal string alignment: insertions, deletions, replacements, neighbours exchanged.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                             cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::vector<std::string_view> ConfigKey::Choices() const {
  std::vector<std::string_view> out;
  std::string_view rest = choices;
  while (!rest.empty()) {
    size_t end = rest.find('|');
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

int64_t ConfigKey::minimum() const {
  int64_t value = INT64_MIN;
  std::from_chars(choices.data(), choices.data() + choices.size(), value);
  return value;
}

const ConfigKey* FindConfigKey(std::string_view section, std::string_view key) {
  auto found = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const ConfigKey& candidate) {
    return candidate.section == section && candidate.key == key;
  });
  return found == std::end(kKeys) ? nullptr : found;
}

bool IsConfigSection(std::string_view name) {
  return std::find(std::begin(kSections), std::end(kSections), name) != std::end(kSections);
}

std::vector<std::string_view> ConfigKeysOf(std::string_view section) {
  std::vector<std::string_view> out;
  for (const ConfigKey& key : kKeys) {
    if (key.section == section) out.push_back(key.key);
  }
  if (section.empty()) {
    out.insert(out.end(), std::begin(kSections), std::end(kSections));
    out.push_back(kPerFileIgnores);
  }
  return out;
}

bool IsNumericMode(std::string_view text) {
  if (text == "exact" || text == "close") return true;
  if (!text.starts_with("close=")) return false;
  text.remove_prefix(6);
  double value = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0 && value < 1;
}

std::string ConfigSchema() {
  Json schema = SchemaOfSection("");
  for (std::string_view section : kSections) {
    schema["properties"][std::string(section)] = SchemaOfSection(section);
  }
  schema["properties"][std::string(kPerFileIgnores)] = {
      {"description", "Rules not to run, by pattern of files"},
      {"type", "object"},
      {"additionalProperties", {{"type", "array"}, {"items", {{"type", "string"}}}}}};
  Json out = {{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Unspool"},
              {"description", "Settings of [tool.unspool] in pyproject.toml, or of unspool.toml"}};
  out.update(schema);
  return out.dump(2) + "\n";
}

std::string Nearest(std::string_view word, const std::vector<std::string_view>& words) {
  size_t best = std::max<size_t>(1, word.size() / 3) + 1;
  std::string_view found;
  if (word.size() > 60) return {};
  std::string plain(word);
  std::replace(plain.begin(), plain.end(), '_', '-');
  for (std::string_view candidate : words) {
    size_t distance = Distance(plain, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return std::string(found);
}

}  // namespace unspool::source
