// A Python file as the whole-program phases want it: source, tree, scopes, imports, facts. Read and
// parsed once for each file, by whichever thread comes first; immutable from then on.
#pragma once

#include "semantics/modules/import_items.h"
#include "semantics/modules/module_facts.h"
#include "semantics/scopes/scopes.h"
#include "source/file.h"
#include "syntax/parse.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace unspool::semantics {

struct ParsedModule {
  source::SourceFilePtr source;            // none where the file cannot be read
  std::optional<source::Problem> problem;  // why not
  std::unique_ptr<syntax::Tree> tree;      // none where it cannot be read, or was not to be kept
  std::vector<syntax::SyntaxError> errors;
  std::unique_ptr<ScopeTree> scopes;  // beside the tree, where it has no errors
  std::vector<ImportItem> items;
  // Names of the items and their places, for when the tree is gone.
  struct ItemText {
    std::string module;
    std::string name;
    uint32_t row = 0;
    uint32_t column = 0;  // of the statement, from 1, in characters
    uint32_t offset = 0;
  };
  std::vector<ItemText> item_texts;
  bool is_main_script = false;  // has `if __name__ == "__main__"`
};
using ParsedModulePtr = std::shared_ptr<const ParsedModule>;

struct ParseModuleOptions {
  Platform platform;
  bool keep_tree = true;
  bool scopes = true;
};

// Never fails: what is wrong is in the result. `facts` gets what ModuleFactsOf says.
ParsedModulePtr ParseModule(const std::string& path, std::string_view module_name,
                            const ParseModuleOptions& options, ModuleFacts& facts);

// Facts by file and module name. Safe for several threads.
class ModuleFactsCache {
 public:
  explicit ModuleFactsCache(Platform platform) : platform_(std::move(platform)) {}

  const Platform& platform() const { return platform_; }
  // The reference holds as long as the cache.
  const ModuleFacts& Of(const std::string& path, std::string_view module_name);
  // What was learned elsewhere; kept unless it is there already.
  void Put(const std::string& path, std::string_view module_name, ModuleFacts facts);

 private:
  static constexpr size_t kShards = 32;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::unique_ptr<const ModuleFacts>> facts;
  };
  const ModuleFacts* Find(const std::string& key);
  const ModuleFacts& Keep(const std::string& key, ModuleFacts facts);

  Platform platform_;
  Shard shards_[kShards];
};

}  // namespace unspool::semantics
