// The scopes as the walk opens and fills them. Errors of a declaration on its own are reported as
// it is made; those that need all bindings, by `Finish`, which also works out what each name means.
#pragma once

#include "semantics/scopes/compile_errors_impl.h"
#include "semantics/scopes/scopes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::semantics {

class ScopeBuilder {
 public:
  using Context = compile_errors::Context;
  using NodeKind = syntax::NodeKind;

  struct Directive {
    NameId key;
    uint32_t begin, end;
  };

  // What only the walk needs to know of a scope.
  struct Block {
    std::vector<Directive> directives;
    std::string_view what;  // of a type variable: "a TypeVar bound"
    NodeKind comprehension = NodeKind::ListComp;
    uint32_t in_iterable = 0;  // inside the iterable of that many comprehensions
    uint32_t in_compound = 0;  // inside that many compound statements
    uint32_t in_branch = 0;    // inside that many parts that may be left out
    bool in_target = false;    // of a comprehension
    bool is_async_def = false;
    bool unevaluated = false;  // an annotation of a local variable: names in it are not read
    ScopeId annotations;       // PEP 649: the scope of its variables' annotations
    compile_errors::BodyTraits traits;
  };

  explicit ScopeBuilder(Context& context);

  // Scopes nest: the innermost open one is `here`.
  Block& here() { return blocks_[current_]; }
  Block& BlockOf(ScopeId scope) { return blocks_[scope]; }
  Scope& scope() { return out_.scopes_[current_]; }
  ScopeId current() const { return current_; }
  bool at_module_level() const { return current_ == out_.module_scope(); }
  void Open(ScopeKind kind, NodeId node);
  void Reopen(ScopeId scope) { current_ = scope; }
  void Close() { current_ = scope().parent; }
  void Place(NodeId node) { out_.scope_at_[node] = current_; }
  // The target of := in a comprehension.
  void PlaceOutside(NodeId node);

  // The key of a text that may be no name of the tree's.
  NameId Own(std::string_view text);
  NameId Mangle(NameId name);
  // Names are mangled by it; none outside classes.
  NameId class_name() const { return class_name_; }
  void SetClassName(NameId name) { class_name_ = name; }

  uint32_t FlagsHere(NameId key) const { return FlagsIn(current_, key); }
  void Use(NameId name, NodeId at) { DefineIn(current_, Mangle(name), name, kUse, at); }
  void Bind(NameId name, uint32_t flags, NodeId at, BindingKind kind);
  // A name that nobody wrote, as `__class__` beside `super`.
  void DefineHidden(std::string_view name, uint32_t flags, NodeId at);
  // A `global` or `nonlocal` statement, or an assignment expression that acts as one.
  void Declare(NameId key, NameId name, uint32_t flag, NodeId at);
  void NoteGlobalStatement(NameId key);
  // The target of := in a comprehension belongs to the function or module around it.
  void BindOutside(NameId name, NodeId at);
  void AddStarImport(NodeId alias) {
    scope().has_star_import = true;
    if (at_module_level()) out_.star_imports_.push_back(alias);
  }

  // Once, when every scope is closed.
  ScopeTree Finish();

 private:
  struct NewBinding {
    Binding binding;
    NameId key;
  };

  std::string_view TextOf(NameId key) const { return out_.Text(key); }
  uint32_t FlagsIn(ScopeId scope, NameId key) const;
  Symbol& SymbolIn(ScopeId scope, NameId key, NameId name);
  void DefineIn(ScopeId scope, NameId key, NameId name, uint32_t flags, NodeId at);
  void CheckNonlocals(ScopeId scope);
  void FailAtDirective(ScopeId scope, NameId key, std::string message);
  // The flags of the binding that `nonlocal name` means; 0 where there is none.
  uint32_t OuterBinding(ScopeId from, NameId key) const;
  void LinkCaptures();
  void LinkBindings();

  Context& context_;
  const syntax::Tree& tree_;
  ScopeTree out_;
  base::IdVector<ScopeId, Block> blocks_;
  ScopeId current_;
  NameId class_name_;
  std::vector<NewBinding> new_bindings_;
};

// Says of every symbol how the compiler finds it, as CPython's analysis of the symbol table does.
class ScopeAnalysis {
 public:
  ScopeAnalysis(ScopeTree& scopes, syntax::Version target);
  void Run();

 private:
  std::vector<NameId> Analyze(ScopeId id, ScopeId seen_class);
  Storage StorageOf(const Symbol& symbol, ScopeId seen_class) const;
  bool IsBoundFor(const Scope& scope, const Symbol& symbol) const;
  bool RunsInline(ScopeId outer, ScopeId inner) const;
  void Inline(ScopeId outer, ScopeId inner, std::vector<NameId>& free,
              std::vector<NameId>& inlined_cells);
  bool IsFreeInside(ScopeId scope, NameId key) const;
  bool Since(uint8_t minor) const { return target_ >= syntax::Version{3, minor}; }
  Scope& At(ScopeId id) { return scopes_.scopes_[id]; }
  const Scope& At(ScopeId id) const { return scopes_.scopes_[id]; }
  Symbol* Find(ScopeId scope, NameId key);
  Symbol& Add(ScopeId scope, NameId key);

  ScopeTree& scopes_;
  const syntax::Version target_;
  std::vector<std::vector<ScopeId>> children_;  // by scope, without detached ones
  std::vector<bool> bound_outside_;             // by key: by a function around the scope at hand
  // Names that a class provides to the functions in it.
  std::vector<NameId> of_class_;
};

}  // namespace unspool::semantics
