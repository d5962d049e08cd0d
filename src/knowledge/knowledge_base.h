// All that is known about libraries. In: the fact files built into the executable, and files of the
// user. Out: records found by their full name. Immutable to who looks at it, and safe to share
// between threads; pointers stay valid as long as the base lives.
#pragma once

#include "base/result.h"
#include "knowledge/facts.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::knowledge {

struct FactFile {
  std::string_view path;  // for messages
  std::string_view text;
};

class KnowledgeBase {
 public:
  // What is built in. Each module's facts are parsed when they are first asked for; the tests check
  // all of them, so a mistake found then is a bug of ours.
  static const KnowledgeBase& Builtin();
  // What is built in, and these files besides: their facts replace those of the same name. Errors
  // name file and line.
  static base::Result<KnowledgeBase> Load(std::span<const FactFile> user_files);
  // These files alone.
  static base::Result<KnowledgeBase> LoadOnly(std::span<const FactFile> files);
  // Reads all that is built in: for tests.
  static base::Result<bool> CheckBuiltin();

  KnowledgeBase(KnowledgeBase&&) noexcept;
  KnowledgeBase& operator=(KnowledgeBase&&) noexcept;
  ~KnowledgeBase();

  // The first overload ("math.sqrt", "list.append", "builtins.len"; constructors by the name of the
  // class: "list", "random.Random"); the others follow by next_overload. Null: unknown.
  const CallFact* FindCall(std::string_view name) const;
  // A method of a class: FindMethod("random.Random", "gauss").
  const CallFact* FindMethod(std::string_view class_name, std::string_view method) const;
  const ClassFact* FindClass(std::string_view name) const;
  const ModuleFact* FindModule(std::string_view name) const;

  // What `module.name` is. A module's attribute that is no constant, call, class or module is
  // Unknown even if the module is known.
  enum class NameKind : uint8_t { Unknown, Constant, Call, Class, Module };
  NameKind Lookup(std::string_view module, std::string_view name) const;

  // A name of the module builtins: function, class, exception or constant.
  bool IsBuiltinName(std::string_view name) const;
  // A built-in exception class that no library or user defines.
  bool IsException(std::string_view name) const;
  // A module of CPython's standard library, with or without facts, whose import has no effect that
  // a program can see but loading it.
  bool IsStandardModule(std::string_view name) const;

  // All of them, sorted by name: for tests, dumps and generated pages.
  std::vector<const CallFact*> Calls() const;
  std::vector<const ClassFact*> Classes() const;
  std::vector<const ModuleFact*> Modules() const;

 private:
  struct Shard;
  struct Store;
  explicit KnowledgeBase(std::unique_ptr<Store> store);

  std::unique_ptr<Store> store_;
};

// True if compiling this constant regular expression issues no warning in any supported version of
// Python. Conservative: false also for some that issue none.
bool RegexIsQuiet(std::string_view pattern);

}  // namespace unspool::knowledge
