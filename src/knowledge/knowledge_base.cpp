#include "knowledge/knowledge_base.h"

#include "base/check.h"
#include "knowledge/embedded.h"
#include "knowledge/fact_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <functional>
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

struct KnowledgeBase::Store {
  ByName<CallFact*> calls;  // first overloads
  ByName<ClassFact> classes;
  ByName<ModuleFact> modules;
  std::set<std::string, std::less<>> standard_modules;
  std::vector<std::deque<CallFact>> call_owners;

  void Add(FactFileContent content);
};

// What a later file says about a name replaces what earlier files said.
void KnowledgeBase::Store::Add(FactFileContent content) {
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

KnowledgeBase::KnowledgeBase(std::unique_ptr<Store> store) : store_(std::move(store)) {}
KnowledgeBase::KnowledgeBase(KnowledgeBase&&) noexcept = default;
KnowledgeBase& KnowledgeBase::operator=(KnowledgeBase&&) noexcept = default;
KnowledgeBase::~KnowledgeBase() = default;

base::Result<KnowledgeBase> KnowledgeBase::LoadOnly(std::span<const FactFile> files) {
  auto store = std::make_unique<Store>();
  for (const FactFile& file : files) {
    auto content = ReadFactFile(file.path, file.text);
    if (!content) return std::unexpected(content.error());
    store->Add(std::move(*content));
  }
  return KnowledgeBase(std::move(store));
}

base::Result<KnowledgeBase> KnowledgeBase::Load(std::span<const FactFile> user_files) {
  std::span<const FactFile> embedded = EmbeddedFactFiles();
  std::vector<FactFile> files(embedded.begin(), embedded.end());
  files.insert(files.end(), user_files.begin(), user_files.end());
  return LoadOnly(files);
}

const KnowledgeBase& KnowledgeBase::Builtin() {
  static const KnowledgeBase base = [] {
    base::CheckContext context("knowledge", "built-in facts");
    auto loaded = Load({});
    if (!loaded) std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    UNSPOOL_CHECK(loaded.has_value());
    return std::move(*loaded);
  }();
  return base;
}

const CallFact* KnowledgeBase::FindCall(std::string_view name) const {
  auto found = store_->calls.find(name);
  return found == store_->calls.end() ? nullptr : found->second;
}

const CallFact* KnowledgeBase::FindMethod(std::string_view class_name,
                                          std::string_view method) const {
  return FindCall(fmt::format("{}.{}", class_name, method));
}

const ClassFact* KnowledgeBase::FindClass(std::string_view name) const {
  auto found = store_->classes.find(name);
  return found == store_->classes.end() ? nullptr : &found->second;
}

const ModuleFact* KnowledgeBase::FindModule(std::string_view name) const {
  auto found = store_->modules.find(name);
  return found == store_->modules.end() ? nullptr : &found->second;
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
  return store_->standard_modules.contains(name.substr(0, name.find('.')));
}

std::vector<const CallFact*> KnowledgeBase::Calls() const {
  std::vector<const CallFact*> all;
  for (const auto& [name, fact] : store_->calls) all.push_back(fact);
  std::ranges::sort(all, {}, &CallFact::name);
  return all;
}

std::vector<const ClassFact*> KnowledgeBase::Classes() const {
  std::vector<const ClassFact*> all;
  for (const auto& [name, fact] : store_->classes) all.push_back(&fact);
  std::ranges::sort(all, {}, &ClassFact::name);
  return all;
}

std::vector<const ModuleFact*> KnowledgeBase::Modules() const {
  std::vector<const ModuleFact*> all;
  for (const auto& [name, fact] : store_->modules) all.push_back(&fact);
  std::ranges::sort(all, {}, &ModuleFact::name);
  return all;
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
