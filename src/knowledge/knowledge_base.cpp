#include "knowledge/knowledge_base.h"

#include "base/check.h"
#include "knowledge/embedded.h"
#include "knowledge/fact_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

namespace unspool::knowledge {
namespace {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <typename T>
using ByName = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace

// What is known about one module. Built-in facts are parsed when they are first asked for: a script
// uses a handful of the modules that have facts.
struct KnowledgeBase::Shard {
  std::vector<FactFile> pending;
  std::once_flag once;
  ByName<CallFact*> calls;  // first overloads
  ByName<ClassFact> classes;
  ByName<ModuleFact> modules;
  std::set<std::string, std::less<>> standard_modules;
  std::vector<std::deque<CallFact>> call_owners;

  void Add(FactFileContent content);
  const Shard& Loaded();
};

// What a later file says about a name replaces what earlier files said.
void KnowledgeBase::Shard::Add(FactFileContent content) {
  CallFact* previous = nullptr;
  call_owners.push_back(std::move(content.calls));
  for (CallFact& fact : call_owners.back()) {
    if (previous && previous->name == fact.name) {
      previous->next_overload = &fact;
    } else {
      calls.insert_or_assign(fact.name, &fact);
    }
    previous = &fact;
  }
  for (ClassFact& fact : content.classes) {
    std::string name = fact.name;
    classes.insert_or_assign(std::move(name), std::move(fact));
  }
  for (ModuleFact& fact : content.modules) {
    std::string name = fact.name;
    modules.insert_or_assign(std::move(name), std::move(fact));
  }
  standard_modules.insert(content.standard_modules.begin(), content.standard_modules.end());
}

const KnowledgeBase::Shard& KnowledgeBase::Shard::Loaded() {
  std::call_once(once, [this] {
    for (const FactFile& file : pending) {
      base::CheckContext context("knowledge", file.path);
      auto content = ReadFactFile(file.path, file.text);
      if (!content) std::fprintf(stderr, "%s\n", content.error().message.c_str());
      UNSPOOL_CHECK(content.has_value());
      Add(std::move(*content));
    }
  });
  return *this;
}

struct KnowledgeBase::Store {
  Shard user;                               // files of the user, looked at first
  ByName<std::unique_ptr<Shard>> built_in;  // by module

  // Calls `visit` with every shard that may know a qualified name, until it answers.
  template <typename Visit>
  auto Search(std::string_view name, Visit&& visit) const -> decltype(visit(user)) {
    if (auto answer = visit(user)) return answer;
    for (size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0;
         dot = name.rfind('.', dot - 1)) {
      if (auto answer = Ask(name.substr(0, dot), visit)) return answer;
    }
    return Ask("builtins", visit);
  }
  template <typename Visit>
  auto Ask(std::string_view module, Visit&& visit) const -> decltype(visit(user)) {
    auto found = built_in.find(module);
    if (found == built_in.end()) return nullptr;
    return visit(found->second->Loaded());
  }
  // Every shard, loaded; what the user says comes first.
  std::vector<const Shard*> All() const {
    std::vector<const Shard*> all = {&user};
    for (const auto& [module, shard] : built_in) all.push_back(&shard->Loaded());
    return all;
  }
};

KnowledgeBase::KnowledgeBase(std::unique_ptr<Store> store) : store_(std::move(store)) {}
KnowledgeBase::KnowledgeBase(KnowledgeBase&&) noexcept = default;
KnowledgeBase& KnowledgeBase::operator=(KnowledgeBase&&) noexcept = default;
KnowledgeBase::~KnowledgeBase() = default;

base::Result<KnowledgeBase> KnowledgeBase::LoadOnly(std::span<const FactFile> files) {
  auto store = std::make_unique<Store>();
  for (const FactFile& file : files) {
    auto content = ReadFactFile(file.path, file.text);
    if (!content) return std::unexpected(content.error());
    store->user.Add(std::move(*content));
  }
  return KnowledgeBase(std::move(store));
}

base::Result<KnowledgeBase> KnowledgeBase::Load(std::span<const FactFile> user_files) {
  auto base = LoadOnly(user_files);
  if (!base) return base;
  for (const EmbeddedFile& file : EmbeddedFactFiles()) {
    std::unique_ptr<Shard>& shard = base->store_->built_in[std::string(file.module)];
    if (!shard) shard = std::make_unique<Shard>();
    shard->pending.push_back({file.path, file.text});
  }
  return base;
}

base::Result<bool> KnowledgeBase::CheckBuiltin() {
  std::vector<FactFile> files;
  for (const EmbeddedFile& file : EmbeddedFactFiles()) files.push_back({file.path, file.text});
  auto loaded = LoadOnly(files);
  if (!loaded) return std::unexpected(loaded.error());
  return true;
}

const KnowledgeBase& KnowledgeBase::Builtin() {
  static const KnowledgeBase base = *Load({});
  return base;
}

const CallFact* KnowledgeBase::FindCall(std::string_view name) const {
  return store_->Search(name, [name](const Shard& shard) -> const CallFact* {
    auto found = shard.calls.find(name);
    return found == shard.calls.end() ? nullptr : found->second;
  });
}

const CallFact* KnowledgeBase::FindMethod(std::string_view class_name,
                                          std::string_view method) const {
  return FindCall(fmt::format("{}.{}", class_name, method));
}

const ClassFact* KnowledgeBase::FindClass(std::string_view name) const {
  return store_->Search(name, [name](const Shard& shard) -> const ClassFact* {
    auto found = shard.classes.find(name);
    return found == shard.classes.end() ? nullptr : &found->second;
  });
}

const ModuleFact* KnowledgeBase::FindModule(std::string_view name) const {
  auto visit = [name](const Shard& shard) -> const ModuleFact* {
    auto found = shard.modules.find(name);
    return found == shard.modules.end() ? nullptr : &found->second;
  };
  const ModuleFact* fact = visit(store_->user);
  return fact ? fact : store_->Ask(name, visit);
}

KnowledgeBase::NameKind KnowledgeBase::Lookup(std::string_view module,
                                              std::string_view name) const {
  std::string full = fmt::format("{}.{}", module, name);
  if (FindClass(module == "builtins" ? name : std::string_view(full))) return NameKind::Class;
  if (FindCall(full)) return NameKind::Call;
  const ModuleFact* fact = FindModule(module);
  if (fact && fact->constants.contains(name)) return NameKind::Constant;
  if (FindModule(full)) return NameKind::Module;
  return NameKind::Unknown;
}

bool KnowledgeBase::IsBuiltinName(std::string_view name) const {
  if (Lookup("builtins", name) != NameKind::Unknown) return true;
  const ModuleFact* builtins = FindModule("builtins");
  return builtins && std::ranges::binary_search(builtins->others, name, std::less<>());
}

bool KnowledgeBase::IsException(std::string_view name) const {
  const ClassFact* fact = FindClass(name);
  return fact && (name == "BaseException" || !fact->base.empty()) &&
         name.find('.') == std::string_view::npos;
}

bool KnowledgeBase::IsStandardModule(std::string_view name) const {
  std::string_view top = name.substr(0, name.find('.'));
  auto visit = [top](const Shard& shard) {
    return shard.standard_modules.contains(top) ? &shard : nullptr;
  };
  return visit(store_->user) || store_->Ask("__standard__", visit);
}

std::vector<const CallFact*> KnowledgeBase::Calls() const {
  std::map<std::string_view, const CallFact*> all;
  for (const Shard* shard : store_->All()) {
    for (const auto& [name, fact] : shard->calls) all.try_emplace(name, fact);
  }
  std::vector<const CallFact*> sorted;
  for (const auto& [name, fact] : all) sorted.push_back(fact);
  return sorted;
}

std::vector<const ClassFact*> KnowledgeBase::Classes() const {
  std::map<std::string_view, const ClassFact*> all;
  for (const Shard* shard : store_->All()) {
    for (const auto& [name, fact] : shard->classes) all.try_emplace(name, &fact);
  }
  std::vector<const ClassFact*> sorted;
  for (const auto& [name, fact] : all) sorted.push_back(fact);
  return sorted;
}

std::vector<const ModuleFact*> KnowledgeBase::Modules() const {
  std::map<std::string_view, const ModuleFact*> all;
  for (const Shard* shard : store_->All()) {
    for (const auto& [name, fact] : shard->modules) all.try_emplace(name, &fact);
  }
  std::vector<const ModuleFact*> sorted;
  for (const auto& [name, fact] : all) sorted.push_back(fact);
  return sorted;
}

bool RegexIsQuiet(std::string_view pattern) {
  // "Possible nested set" and "possible set operation" warnings, and flags or octal escapes whose
  // treatment changed between versions.
  constexpr std::array<std::string_view, 5> kTroubles = {"--", "&&", "~~", "||", "(?"};
  for (std::string_view trouble : kTroubles) {
    for (size_t at = pattern.find(trouble); at != std::string_view::npos;
         at = pattern.find(trouble, at + 1)) {
      if (trouble != "(?") return false;
      // Groups, lookaround and names are fine: only inline flags have changed.
      std::string_view next = pattern.substr(at + 2, 1);
      if (next != ":" && next != "=" && next != "!" && next != "<" && next != "P") return false;
    }
  }
  // A bracket inside a set: only where the set starts with it, or anywhere to be on the safe side.
  bool in_set = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      if (in_set) return false;
      in_set = true;
      if (pattern.substr(i + 1).starts_with("^")) ++i;
      if (pattern.substr(i + 1).starts_with("]")) ++i;
    } else if (pattern[i] == ']') {
      in_set = false;
    }
  }
  return true;
}

}  // namespace unspool::knowledge
