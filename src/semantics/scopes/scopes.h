// Scopes and bindings of one file: the blocks that CPython's symbol table opens, what each
// declares, binds and reads, and what a name means where it is read. In: a tree and the version it
// is for. The walk that makes it (scope_walk.cpp) is also the one that finds the symbol table's
// errors; where there are some, the scopes are a best guess. Printed by `unspool debug symtable`;
// its oracle is CPython's `symtable`.
#pragma once

#include "base/ids.h"
#include "semantics/scopes/bindings.h"
#include "syntax/linked_tree.h"
#include "syntax/parse.h"

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics {

using syntax::NameId;
using syntax::NodeId;

struct ScopeTag;
using ScopeId = base::Id<ScopeTag>;

enum class ScopeKind : uint8_t {
  Module,
  Function,
  Lambda,
  Comprehension,  // also generator expressions
  Class,
  TypeParameters,  // PEP 695: around a generic function, class or type alias
  TypeVariable,    // the bound, constraints or default of a type parameter
  TypeAlias,       // the value of a `type` statement
  Annotation,      // annotations that are not evaluated where they stand: PEP 563 and 649
};

// What a scope does with a name, as bits: CPython's DEF_... and USE.
enum SymbolFlag : uint32_t {
  kGlobal = 1 << 0,  // `global name`
  kLocal = 1 << 1,   // assigned, or bound in another way that is not one of the below
  kParameter = 1 << 2,
  kNonlocal = 1 << 3,  // `nonlocal name`
  kUse = 1 << 4,       // read in this scope itself
  kImport = 1 << 5,
  kAnnotated = 1 << 6,
  kIterated = 1 << 7,  // bound by a comprehension's `for`
  kTypeParameter = 1 << 8,
  kFreeClass = 1 << 9,           // of a class scope: free in a function inside as well
  kComprehensionCell = 1 << 10,  // a cell of a comprehension that runs inline
  kBound = kLocal | kParameter | kImport | kTypeParameter,
};

// How the compiler finds the variable.
enum class Storage : uint8_t { None, Local, GlobalExplicit, GlobalImplicit, Free, Cell };

struct Symbol {
  NameId name;  // as it was first written here
  NameId key;   // the variable's own name: `_Class__x` for `__x` in a class; see ScopeTree::Text
  uint32_t flags = 0;
  Storage storage = Storage::None;
  bool captured = false;        // read or rebound by a function inside: lives in a cell
  bool rebound_inside = false;  // some inner scope declares it nonlocal, or global at module level
  bool bound_by_comprehension = false;  // of the module: target of := in a comprehension there
  bool inlined = false;  // no name of this scope, but of a comprehension that runs inline (PEP 709)
  uint32_t first_binding = 0;
  uint32_t binding_count = 0;

  bool bound() const { return (flags & kBound) != 0; }
  bool parameter() const { return (flags & kParameter) != 0; }
  bool read() const { return (flags & kUse) != 0; }
};

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  NodeId node;     // what opens it; of an Annotation that, or the first annotation in it
  ScopeId parent;  // none for the module
  // In order of first appearance; names that only pass through to an outer scope come last.
  std::vector<Symbol> symbols;
  std::unordered_map<uint32_t, uint32_t> slot_of;  // Symbol::key -> index into symbols
  NameId private_class;                            // names like `__x` are mangled by it
  bool has_star_import = false;
  bool is_generator = false;  // has a yield of its own
  bool is_async = false;
  bool nested = false;                   // inside a function
  bool detached = false;                 // annotations under PEP 563: no part of the program
  bool inlined = false;                  // a comprehension without a frame of its own (PEP 709)
  bool sees_class = false;               // names of the class right around it are visible
  bool conditional_annotations = false;  // PEP 649: which of them count is known at run time

  bool is_function_like() const {
    return kind == ScopeKind::Function || kind == ScopeKind::Lambda ||
           kind == ScopeKind::Comprehension;
  }
  // Scopes that exist for typing: they run when somebody asks for a type.
  bool is_of_types() const {
    return kind == ScopeKind::TypeParameters || kind == ScopeKind::TypeVariable ||
           kind == ScopeKind::TypeAlias || kind == ScopeKind::Annotation;
  }
};

// What a name means where it stands.
enum class NameKind : uint8_t {
  Local,     // a symbol of the scope itself (function-like or class scope)
  Cell,      // a symbol of an enclosing function-like scope
  Global,    // a name of the module (bound there or by a `global` statement)
  Implicit,  // not bound anywhere in the file: a builtin, or missing
};

struct Resolution {
  NameKind kind = NameKind::Implicit;
  ScopeId scope;      // where the symbol lives, for Local, Cell and Global
  uint32_t slot = 0;  // its index there
};

class ScopeTree {
 public:
  ScopeTree() = default;
  ScopeTree(ScopeTree&&) = default;
  ScopeTree& operator=(ScopeTree&&) = default;
  // `errors`, where asked for, is empty exactly where CPython's symbol table accepts the file.
  static ScopeTree Build(const syntax::Tree& tree, syntax::Version target = {3, 11},
                         std::vector<syntax::SyntaxError>* errors = nullptr);

  // Of linked trees (syntax/linked_tree.h), from those of the trees they are made of; module scopes
  // have no parent. Errors and star imports are not looked for across files.
  static ScopeTree Link(const syntax::LinkedTree& linked, std::span<const ScopeTree* const> parts);

  ScopeId module_scope() const { return ScopeId(0); }
  // The module that a scope is in: one of several only where trees are linked.
  ScopeId ModuleOf(ScopeId scope) const;
  const Scope& operator[](ScopeId id) const { return scopes_[id]; }
  size_t size() const { return scopes_.size(); }

  // The scope in which a node is evaluated. The target of := in a comprehension is in the scope
  // that owns the variable.
  ScopeId ScopeAt(NodeId node) const { return scope_at_[node]; }
  // The scope that a function, lambda, class or comprehension node opens; none for other nodes.
  ScopeId ScopeOpenedBy(NodeId node) const;

  // `name` is as written; within a class names like `__x` are looked up mangled.
  Resolution Resolve(ScopeId from, NameId name) const;
  // What a name bound by a class body means there while it is not bound yet: the module's or a
  // builtin, whatever functions around the class bind.
  Resolution ResolveGlobal(ScopeId from, NameId name) const;

  // The function, lambda or module in whose call a scope runs: comprehensions and class bodies run
  // within the function around them.
  ScopeId FrameOf(ScopeId scope) const;

  // The text of a Symbol::key, which may be a name that nobody wrote.
  std::string_view Text(NameId key) const {
    const size_t written = tree_->names().size();
    return key.value() < written ? tree_->Name(key)
                                 : std::string_view(own_names_[key.value() - written]);
  }
  // Every place that binds the variable, in source order, from whatever scope.
  std::span<const Binding> BindingsOf(const Symbol& symbol) const {
    return std::span(bindings_).subspan(symbol.first_binding, symbol.binding_count);
  }
  // The module's `from m import *`, in source order.
  std::span<const NodeId> star_imports() const { return star_imports_; }

 private:
  explicit ScopeTree(const syntax::Tree& tree) : tree_(&tree) {}

  // The key of a name as written in a scope; none if no scope has it.
  NameId KeyOf(ScopeId from, NameId name) const;
  const Symbol* Find(ScopeId scope, NameId key) const;
  Resolution Global(ScopeId module, NameId key) const;
  Resolution ResolveKey(ScopeId from, NameId key) const;

  const syntax::Tree* tree_ = nullptr;
  base::IdVector<ScopeId, Scope> scopes_;
  base::IdVector<NodeId, ScopeId> scope_at_;
  std::unordered_map<uint32_t, ScopeId> opened_by_;
  std::deque<std::string> own_names_;                           // keys behind those of the tree
  std::unordered_map<std::string_view, uint32_t> own_name_of_;  // into own_names_
  std::vector<Binding> bindings_;
  std::vector<NodeId> star_imports_;

  friend class ScopeBuilder;
  friend class ScopeAnalysis;
  friend class ScopeLinker;
};

// Identifiers written `__x` inside a class are stored as `_Class__x`.
std::string MangledName(std::string_view class_name, std::string_view name);

}  // namespace unspool::semantics
