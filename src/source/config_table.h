// config_keys.def as a table, and what follows from it: setting a field by its key, the names for
// "did you mean", the JSON Schema.
#pragma once

#include "source/config.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace unspool::source {

enum class ConfigType : uint8_t { Bool, Int, Number, Text, Texts, Choice };

using ConfigField = std::variant<bool Config::*, int64_t Config::*, double Config::*,
                                 std::string Config::*, std::vector<std::string> Config::*>;

struct ConfigKey {
  std::string_view section;
  std::string_view key;
  ConfigType type;
  ConfigField field;
  std::string_view choices;  // of Choice; of Int and Number: the least value allowed
  std::string_view description;

  std::vector<std::string_view> Choices() const;
  int64_t minimum() const;
};

const ConfigKey* FindConfigKey(std::string_view section, std::string_view key);
bool IsConfigSection(std::string_view name);
// The keys of a section; of the top also the names of the sections.
std::vector<std::string_view> ConfigKeysOf(std::string_view section);
// "exact", "close", "close=1e-9".
bool IsNumericMode(std::string_view text);

template <typename T>
void SetConfig(Config& config, const ConfigKey& key, T value) {
  config.*std::get<T Config::*>(key.field) = std::move(value);
}

}  // namespace unspool::source
