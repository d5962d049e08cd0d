#include "semantics/modules/parsed_module.h"

#include "base/check.h"
#include "syntax/views.h"

namespace unspool::semantics {

using namespace syntax;

namespace {

bool HasMainGuard(const Tree& tree) {
  for (NodeId statement : ModuleView(tree, tree.root()).body()) {
    if (tree.kind(statement) != NodeKind::If) continue;
    const NodeId test = IfView(tree, statement).test();
    if (tree.kind(test) != NodeKind::Compare) continue;
    const std::string_view text = tree.TextOf(test);
    if (text.find("__name__") != text.npos && text.find("__main__") != text.npos) return true;
  }
  return false;
}

std::string KeyOf(const std::string& path, std::string_view module_name) {
  std::string key = path;
  return key.append(1, '\0').append(module_name);
}

}  // namespace

ParsedModulePtr ParseModule(const std::string& path, std::string_view module_name,
                            const ParseModuleOptions& options, ModuleFacts& facts) {
  base::CheckContext context("modules", path);
  auto result = std::make_shared<ParsedModule>();
  source::Outcome<source::SourceFilePtr> file = source::SourceFile::Read(path);
  if (!file) {
    result->problem = file.error();
    return result;
  }
  result->source = *file;
  ParseResult parsed = Parse((*file)->text(), {.target = options.platform.version});
  result->errors = std::move(parsed.errors);
  const Tree& tree = *parsed.tree;
  result->items = ImportItemsOf(tree, options.platform);
  result->item_texts.reserve(result->items.size());
  for (const ImportItem& item : result->items) {
    ParsedModule::ItemText text;
    if (item.module) text.module = tree.Name(item.module);
    if (item.name) text.name = tree.Name(item.name);
    text.offset = tree.begin(item.alias);
    const source::Position position = (*file)->PositionOf(tree.begin(item.statement));
    text.row = position.row;
    text.column = position.column;
    result->item_texts.push_back(std::move(text));
  }
  result->is_main_script = HasMainGuard(tree);
  if (result->errors.empty()) {
    facts = ModuleFactsOf(tree, options.platform, path, module_name);
    if (options.scopes && options.keep_tree) {
      result->scopes = std::make_unique<ScopeTree>(ScopeTree::Build(tree));
    }
  }
  if (options.keep_tree) {
    result->tree = std::move(parsed.tree);
  } else {
    result->source = nullptr;
  }
  return result;
}

const ModuleFacts* ModuleFactsCache::Find(const std::string& key) {
  Shard& shard = shards_[std::hash<std::string>()(key) % kShards];
  std::lock_guard lock(shard.mutex);
  auto at = shard.facts.find(key);
  return at == shard.facts.end() ? nullptr : at->second.get();
}

const ModuleFacts& ModuleFactsCache::Keep(const std::string& key, ModuleFacts facts) {
  Shard& shard = shards_[std::hash<std::string>()(key) % kShards];
  std::lock_guard lock(shard.mutex);
  std::unique_ptr<const ModuleFacts>& slot = shard.facts[key];
  if (!slot) slot = std::make_unique<const ModuleFacts>(std::move(facts));
  return *slot;
}

const ModuleFacts& ModuleFactsCache::Of(const std::string& path, std::string_view module_name) {
  const std::string key = KeyOf(path, module_name);
  if (const ModuleFacts* known = Find(key)) return *known;
  // Two threads may both do it; they come to the same.
  ModuleFacts facts;
  ParseModule(path, module_name, {.platform = platform_, .keep_tree = false, .scopes = false},
              facts);
  return Keep(key, std::move(facts));
}

void ModuleFactsCache::Put(const std::string& path, std::string_view module_name,
                           ModuleFacts facts) {
  Keep(KeyOf(path, module_name), std::move(facts));
}

}  // namespace unspool::semantics
