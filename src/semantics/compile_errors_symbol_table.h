// The symbol table's blocks, as CPython's compiler opens them, and what each declares and uses.
// Errors of a declaration on its own are reported as it is made; those that need all bindings, by
// `Analyze` at the end.
#pragma once

#include "semantics/compile_errors_impl.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics::compile_errors {

enum Flag : uint32_t {
  kGlobal = 1 << 0,
  kLocal = 1 << 1,
  kParameter = 1 << 2,
  kNonlocal = 1 << 3,
  kUse = 1 << 4,
  kImport = 1 << 5,
  kAnnotated = 1 << 6,
  kIterated = 1 << 7,  // bound by a comprehension's `for`
  kTypeParameter = 1 << 8,
  kBound = kLocal | kParameter | kImport | kTypeParameter,
};

enum class BlockKind : uint8_t {
  Module,
  Class,
  Function,  // also lambdas
  Comprehension,
  Annotation,
  TypeVariable,
  TypeAlias,
  TypeParameters,
};

using BlockId = uint32_t;
constexpr BlockId kModule = 0;

struct Symbol {
  uint32_t name;
  uint32_t flags;
};

struct Directive {
  uint32_t name;
  uint32_t begin, end;
};

struct Block {
  BlockKind kind = BlockKind::Module;
  BlockId parent = 0;
  std::vector<Symbol> symbols;  // in order of first appearance
  std::vector<Directive> directives;
  std::string_view what;  // of a type variable: "a TypeVar bound"
  NodeKind comprehension = NodeKind::ListComp;
  uint32_t in_iterable = 0;  // inside the iterable of that many comprehensions
  bool in_target = false;    // of a comprehension
  bool is_async_def = false;
  BodyTraits traits;

  bool is_function_like() const { return kind != BlockKind::Module && kind != BlockKind::Class; }
};

class SymbolTable {
 public:
  explicit SymbolTable(Context& context) : context_(context), tree_(context.tree) {}

  // Blocks nest: the innermost open one is `here`.
  Block& here() { return blocks_[current_]; }
  bool at_module_level() const { return current_ == kModule; }
  void Open(BlockKind kind);
  void Close() { current_ = here().parent; }

  // Names are numbers: those of the tree, then those that only mangling makes.
  uint32_t Own(std::string_view text);
  uint32_t Mangle(NameId name);
  // Names are mangled by it; empty outside classes.
  std::string_view class_name() const { return class_name_; }
  void SetClassName(std::string_view name) { class_name_ = name; }

  uint32_t FlagsHere(uint32_t name) const { return FlagsIn(current_, name); }
  void Define(NameId name, uint32_t flag, NodeId at) {
    DefineIn(current_, Mangle(name), flag, at, context_.Text(name));
  }
  // `shown` is the name as it was written.
  void Define(uint32_t name, uint32_t flag, NodeId at, std::string_view shown) {
    DefineIn(current_, name, flag, at, shown);
  }
  // A `global` or `nonlocal` statement, or an assignment expression that acts as one.
  void Declare(uint32_t name, uint32_t flag, NodeId at, std::string_view shown);
  // The target of := in a comprehension belongs to the function or module around it.
  void BindOutside(NameId name, NodeId at);

  // Errors in what all blocks declare; once, when every block is closed.
  void Analyze();

 private:
  static uint64_t Key(BlockId block, uint32_t name) { return uint64_t{block} << 32 | name; }
  std::string_view TextOf(uint32_t name) const;
  uint32_t FlagsIn(BlockId block, uint32_t name) const;
  uint32_t& FlagsOf(BlockId block, uint32_t name);
  void DefineIn(BlockId block, uint32_t name, uint32_t flag, NodeId at, std::string_view shown);
  void Analyze(BlockId id);
  void FailAtDirective(BlockId id, uint32_t name, std::string message);
  // The flags of the binding that `nonlocal name` means; 0 where there is none.
  uint32_t OuterBinding(BlockId from, uint32_t name) const;

  Context& context_;
  const Tree& tree_;
  std::vector<Block> blocks_;
  BlockId current_ = kModule;
  std::unordered_map<uint64_t, uint32_t> slot_of_;
  std::unordered_map<std::string, uint32_t> own_names_;
  std::vector<std::string> own_texts_;
  std::string_view class_name_;
};

}  // namespace unspool::semantics::compile_errors
