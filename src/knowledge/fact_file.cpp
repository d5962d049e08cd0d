#include "knowledge/fact_file.h"

#include "knowledge/signature.h"

#include <fmt/format.h>
// Header-only: the library of the system is built with exceptions.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <algorithm>
#include <charconv>
#include <optional>
#include <toml++/toml.h>
#include <utility>

namespace unspool::knowledge {
namespace {

using base::Error;

class FileReader {
 public:
  FileReader(std::string_view path, FactFileContent& content) : path_(path), content_(content) {}

  std::optional<Error> Read(const toml::table& root);

 private:
  // The properties of a call come from two tables: its own, and the group's behind it.
  struct Properties {
    const toml::table* own = nullptr;
    const toml::table* group = nullptr;

    const toml::node* Find(std::string_view key) const {
      if (own) {
        if (const toml::node* node = own->get(key)) return node;
      }
      return key == "about" ? nullptr : group->get(key);
    }
  };

  Error At(const toml::node& node, std::string message) const {
    return Error{fmt::format("{}:{}: {}", path_, node.source().begin.line, message)};
  }
  std::string Qualify(std::string_view name) const {
    return module_ == "builtins" ? std::string(name) : fmt::format("{}.{}", module_, name);
  }
  std::optional<Error> ReadNames(const toml::table& names);
  std::optional<Error> ReadClasses(const toml::table& classes);
  std::optional<Error> ReadClass(std::string_view name, const toml::table& table);
  std::optional<Error> ReadGroup(const toml::table& group);
  std::optional<Error> ReadCall(const std::string& name, const TypeExpr* self,
                                const toml::node& where, std::string_view signature,
                                const Properties& properties);
  std::optional<Error> ReadEffects(CallFact& fact, const Properties& properties,
                                   const toml::node& where);
  std::optional<Error> ReadRest(CallFact& fact, const Properties& properties);
  std::optional<Error> ReadCost(std::string_view text, CallFact& fact, const toml::node& where);
  std::optional<Error> Texts(const toml::node& node, bool single_allowed,
                             std::vector<std::string_view>& texts) const;

  std::string_view path_;
  std::string module_;
  FactFileContent& content_;
};

std::optional<Error> FileReader::Texts(const toml::node& node, bool single_allowed,
                                       std::vector<std::string_view>& texts) const {
  if (const auto* text = node.as_string(); text && single_allowed) {
    texts.push_back(text->get());
    return std::nullopt;
  }
  const toml::array* array = node.as_array();
  if (!array) return At(node, "expected a list of strings");
  for (const toml::node& item : *array) {
    const auto* text = item.as_string();
    if (!text) return At(item, "expected a string");
    texts.push_back(text->get());
  }
  return std::nullopt;
}

std::optional<Error> FileReader::Read(const toml::table& root) {
  const toml::node* module = root.get("module");
  if (!module || !module->is_string()) {
    return Error{fmt::format("{}:1: the file does not say which module it is about", path_)};
  }
  module_ = module->as_string()->get();
  for (const auto& [key, node] : root) {
    std::string_view name = key.str();
    std::optional<Error> error;
    if (name == "module") {
      continue;
    } else if (name == "names" && node.is_table()) {
      error = ReadNames(*node.as_table());
    } else if (name == "class" && node.is_table()) {
      error = ReadClasses(*node.as_table());
    } else if (name == "group" && node.is_array()) {
      for (const toml::node& group : *node.as_array()) {
        if (!group.is_table()) return At(group, "a group is a table");
      }
    } else if (name == "standard-modules" && node.is_array()) {
      std::vector<std::string_view> texts;
      error = Texts(node, false, texts);
      content_.standard_modules.assign(texts.begin(), texts.end());
    } else {
      return At(node, fmt::format("nothing is called '{}' here", name));
    }
    if (error) return error;
  }
  // After the classes, whose type variables methods need.
  if (const toml::node* groups = root.get("group")) {
    for (const toml::node& group : *groups->as_array()) {
      if (auto error = ReadGroup(*group.as_table())) return error;
    }
  }
  return std::nullopt;
}

std::optional<Error> FileReader::ReadNames(const toml::table& names) {
  ModuleFact fact;
  fact.name = module_;
  for (const auto& [key, node] : names) {
    std::string_view name = key.str();
    if (name == "import") {
      fact.import_pure = node.value<std::string_view>() == "pure";
      if (!fact.import_pure) return At(node, "import is \"pure\" or absent");
    } else if (name == "other") {
      std::vector<std::string_view> texts;
      if (auto error = Texts(node, false, texts)) return error;
      fact.others.assign(texts.begin(), texts.end());
      std::ranges::sort(fact.others);
    } else if (name == "constants" && node.is_table()) {
      for (const auto& [constant, type_node] : *node.as_table()) {
        auto text = type_node.value<std::string_view>();
        if (!text) return At(type_node, "a constant has a type");
        auto type = ParseType(*text);
        if (!type) return At(type_node, type.error().message);
        fact.constants.emplace(constant.str(), std::move(*type));
      }
    } else {
      return At(node, fmt::format("names cannot have '{}'", name));
    }
  }
  content_.modules.push_back(std::move(fact));
  return std::nullopt;
}

std::optional<Error> FileReader::ReadClasses(const toml::table& classes) {
  for (const auto& [key, node] : classes) {
    if (!node.is_table()) return At(node, "a class is a table");
    if (auto error = ReadClass(key.str(), *node.as_table())) return error;
  }
  return std::nullopt;
}

std::optional<Error> FileReader::ReadClass(std::string_view name, const toml::table& table) {
  ClassFact fact;
  fact.name = Qualify(name);
  for (const auto& [key, node] : table) {
    std::string_view field = key.str();
    auto text = node.value<std::string_view>();
    auto flag = node.value<bool>();
    if (field == "params") {
      std::vector<std::string_view> texts;
      if (auto error = Texts(node, false, texts)) return error;
      fact.variables.assign(texts.begin(), texts.end());
    } else if (field == "steps") {
      std::vector<std::string_view> texts;
      if (auto error = Texts(node, false, texts)) return error;
      fact.steps.assign(texts.begin(), texts.end());
    } else if (field == "picklable" && flag) {
      fact.pickling = *flag ? Pickling::Yes : Pickling::No;
    } else if (field == "picklable" && text == "items") {
      fact.pickling = Pickling::IfItems;
    } else if (field == "mutable" && flag) {
      fact.is_mutable = *flag;
    } else if (field == "ordered" && flag) {
      fact.ordered = *flag;
    } else if (field == "iterator" && flag) {
      fact.is_iterator = *flag;
    } else if (field == "base" && text) {
      fact.base = *text;
    } else if (field == "stands_for" && text) {
      fact.stands_for = *text;
    } else if (field == "hash" && text) {
      if (text == "value") {
        fact.hashing = Hashing::Value;
      } else if (text == "identity") {
        fact.hashing = Hashing::Identity;
      } else if (text == "none") {
        fact.hashing = Hashing::None;
      } else {
        return At(node, "hash is \"value\", \"identity\" or \"none\"");
      }
    } else if (field == "iter" && text) {
      auto type = ParseType(*text);
      if (!type) return At(node, type.error().message);
      fact.iterable = true;
      fact.item = std::move(*type);
    } else if (field == "truth" && flag) {
      fact.always_true = *flag;
    } else if ((field == "attributes" || field == "constants") && node.is_table()) {
      auto& members = field == "constants" ? fact.constants : fact.attributes;
      for (const auto& [attribute, type_node] : *node.as_table()) {
        auto type = ParseType(type_node.value_or(std::string_view()));
        if (!type) return At(type_node, type.error().message);
        members.emplace(attribute.str(), std::move(*type));
      }
    } else if (field != "note") {
      return At(node, fmt::format("a class cannot have this '{}'", field));
    }
  }
  content_.classes.push_back(std::move(fact));
  return std::nullopt;
}

std::optional<Error> FileReader::ReadGroup(const toml::table& group) {
  std::string prefix = module_ + ".";
  std::optional<TypeExpr> self;
  if (const toml::node* on = group.get("on")) {
    auto owner = on->value<std::string_view>();
    std::string class_name = Qualify(owner.value_or(""));
    auto fact = std::ranges::find(content_.classes, class_name, &ClassFact::name);
    if (fact == content_.classes.end()) {
      return At(*on, fmt::format("this file has no class '{}'", class_name));
    }
    prefix = class_name + ".";
    self = TypeExpr{TypeKind::Class, class_name == "tuple", class_name, {}};
    for (const std::string& variable : fact->variables) {
      self->args.push_back({TypeKind::Variable, false, variable, {}});
    }
  }
  const toml::node* calls = group.get("calls");
  if (!calls || !calls->is_table()) return At(group, "a group needs a table of calls");
  for (const auto& [key, node] : *calls->as_table()) {
    // Constructors are found under the name of the class, which for built-in classes has no module.
    std::string name(key.str());
    bool constructor = !self && std::ranges::find(content_.classes, Qualify(name),
                                                  &ClassFact::name) != content_.classes.end();
    name = constructor ? Qualify(name) : prefix + name;
    auto read = [&](const toml::node& each) -> std::optional<Error> {
      Properties properties{each.as_table(), &group};
      std::optional<std::string_view> signature = each.value<std::string_view>();
      if (properties.own) signature = (*properties.own)["sig"].value<std::string_view>();
      if (!signature) return At(each, fmt::format("'{}' has no signature", name));
      return ReadCall(name, self ? &*self : nullptr, each, *signature, properties);
    };
    if (const toml::array* overloads = node.as_array()) {
      for (const toml::node& each : *overloads) {
        if (auto error = read(each)) return error;
      }
    } else if (auto error = read(node)) {
      return error;
    }
  }
  return std::nullopt;
}

std::optional<Error> FileReader::ReadCall(const std::string& name, const TypeExpr* self,
                                          const toml::node& where, std::string_view signature,
                                          const Properties& properties) {
  static constexpr std::string_view kKeys[] = {
      "about",   "array", "async", "calls",       "cost",       "deterministic",
      "effects", "gil",   "note",  "on",          "order_free", "raises",
      "result",  "sig",   "since", "thread_safe", "until"};
  for (const toml::table* table : {properties.own, properties.group}) {
    if (!table) continue;
    for (const auto& [key, node] : *table) {
      if (std::ranges::find(kKeys, key.str()) == std::end(kKeys)) {
        return At(node, fmt::format("a fact cannot have '{}'", key.str()));
      }
    }
  }
  CallFact& fact = content_.calls.emplace_back();
  fact.name = name;
  if (auto error = ParseSignature(signature, self, fact)) {
    return At(where, fmt::format("{}: {}", name, error->message));
  }
  if (auto error = ReadEffects(fact, properties, where)) return error;
  return ReadRest(fact, properties);
}

std::optional<Error> FileReader::ReadEffects(CallFact& fact, const Properties& properties,
                                             const toml::node& where) {
  for (std::string_view key : {"effects", "raises", "result"}) {
    const toml::node* node = properties.Find(key);
    if (!node) return At(where, fmt::format("{} says nothing about {}", fact.name, key));
    std::vector<std::string_view> texts;
    if (auto error = Texts(*node, key == "result", texts)) return error;
    for (std::string_view text : texts) {
      if (key == "raises") {
        fact.raises.emplace_back(text);
      } else if (key == "effects") {
        auto effect = ParseEffect(text, fact);
        if (!effect) return At(*node, fmt::format("{}: {}", fact.name, effect.error().message));
        fact.effects.push_back(std::move(*effect));
      } else {
        auto origin = ParseOrigin(text, fact);
        if (!origin) return At(*node, fmt::format("{}: {}", fact.name, origin.error().message));
        fact.origins.push_back(std::move(*origin));
      }
    }
  }
  AddImpliedReads(fact);
  return std::nullopt;
}

std::optional<uint16_t> ParseVersion(std::string_view text) {
  unsigned major = 0;
  unsigned minor = 0;
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto first = std::from_chars(text.data(), text.data() + dot, major);
  auto second = std::from_chars(text.data() + dot + 1, text.data() + text.size(), minor);
  if (first.ec != std::errc() || second.ec != std::errc() || minor > 255) return std::nullopt;
  return static_cast<uint16_t>(major << 8 | minor);
}

std::optional<Error> FileReader::ReadRest(CallFact& fact, const Properties& properties) {
  auto text = [&](std::string_view key, const toml::node*& node) {
    node = properties.Find(key);
    return node ? node->value<std::string_view>() : std::nullopt;
  };
  const toml::node* node = nullptr;
  if (auto value = text("deterministic", node)) {
    fact.determinism = value == "yes"         ? Determinism::Yes
                       : value == "hash-seed" ? Determinism::HashSeed
                       : value == "identity"  ? Determinism::Identity
                                              : Determinism::No;
    if (fact.determinism == Determinism::No && value != "no") {
      return At(*node, "unknown word for deterministic");
    }
  }
  if (auto value = text("gil", node)) {
    if (value != "released" && value != "released-large") return At(*node, "unknown word for gil");
    fact.gil = value == "released" ? Gil::Released : Gil::ReleasedLarge;
  }
  if (auto value = text("cost", node)) {
    if (auto error = ReadCost(*value, fact, *node)) return error;
  }
  if (auto value = text("array", node)) fact.array_counterpart = *value;
  if (auto value = text("async", node)) fact.async_counterpart = *value;
  for (std::string_view key : {"since", "until"}) {
    auto value = text(key, node);
    if (!value) continue;
    auto version = ParseVersion(*value);
    if (!version) return At(*node, "a version is written \"3.9\"");
    (key == "since" ? fact.since : fact.until) = *version;
  }
  if (const toml::node* safe = properties.Find("thread_safe")) {
    fact.thread_safe = safe->value_or(false);
  }
  if (const toml::node* free = properties.Find("order_free")) {
    std::vector<std::string_view> texts;
    if (auto error = Texts(*free, false, texts)) return error;
    for (std::string_view name : texts) {
      int index = fact.FindParameter(name);
      if (index < 0) return At(*free, fmt::format("{} has no parameter '{}'", fact.name, name));
      fact.parameters[index].order_free = true;
    }
  }
  return std::nullopt;
}

// "60", "100 + 20 per iterable", "100 + 30 per iterable log", "heavy".
std::optional<Error> FileReader::ReadCost(std::string_view text, CallFact& fact,
                                          const toml::node& where) {
  Cost& cost = fact.cost;
  cost.known = true;
  if (text == "heavy") {
    cost.heavy = true;
    return std::nullopt;
  }
  TextScanner scanner(text);
  auto number = [&scanner](double& value) {
    std::string_view digits = scanner.TakeName(true);
    auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return code == std::errc() && end == digits.data() + digits.size();
  };
  bool good = number(cost.base_ns);
  if (good && scanner.Take("+")) {
    good = number(cost.per_item_ns) && scanner.Take("per");
    if (good) cost.parameter = fact.FindParameter(scanner.TakeName(false));
    good = good && cost.parameter >= 0;
    cost.log_factor = scanner.Take("log");
  }
  if (!good || !scanner.AtEnd()) {
    return At(where, fmt::format("{}: cost '{}' is not understood", fact.name, text));
  }
  return std::nullopt;
}

}  // namespace

base::Result<FactFileContent> ReadFactFile(std::string_view path, std::string_view text) {
  toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return base::Fail(fmt::format("{}:{}: {}", path, parsed.error().source().begin.line,
                                  parsed.error().description()));
  }
  FactFileContent content;
  if (auto error = FileReader(path, content).Read(parsed.table())) {
    return std::unexpected(std::move(*error));
  }
  return content;
}

}  // namespace unspool::knowledge
