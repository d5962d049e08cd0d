// Scopes and bindings of one file: which names each module, function, class, lambda and
// comprehension binds, and what a name means where it is read. Follows the rules of CPython's
// symbol table (Language Reference 4.2, PEP 227, PEP 572); comprehensions are scopes of their own.
#pragma once

#include "base/ids.h"
#include "syntax/tree.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace unspool::semantics {

using syntax::NameId;
using syntax::NodeId;

struct ScopeTag;
using ScopeId = base::Id<ScopeTag>;

enum class ScopeKind : uint8_t { Module, Function, Lambda, Comprehension, Class, TypeParameters };

struct Symbol {
  NameId name;
  bool bound = false;  // some statement of this scope binds it
  bool parameter = false;
  bool global_decl = false;     // `global name`
  bool nonlocal_decl = false;   // `nonlocal name`
  bool read = false;            // read in this scope itself
  bool captured = false;        // read or rebound by a function inside: lives in a cell
  bool rebound_inside = false;  // some inner scope declares it nonlocal, or global at module level
};

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  NodeId node;     // the FunctionDef, Lambda, ClassDef, comprehension expression or Module
  ScopeId parent;  // none for the module
  std::vector<Symbol> symbols;
  std::unordered_map<uint32_t, uint32_t> slot_of;  // NameId -> index into symbols
  bool has_star_import = false;
  bool is_generator = false;  // has a yield of its own
  bool is_async = false;

  bool is_function_like() const {
    return kind == ScopeKind::Function || kind == ScopeKind::Lambda ||
           kind == ScopeKind::Comprehension;
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
  static ScopeTree Build(const syntax::Tree& tree);

  ScopeId module_scope() const { return ScopeId(0); }
  const Scope& operator[](ScopeId id) const { return scopes_[id]; }
  size_t size() const { return scopes_.size(); }

  // The scope in which a node is evaluated.
  ScopeId ScopeAt(NodeId node) const { return scope_at_[node]; }
  // The scope that a function, lambda, class or comprehension node opens; none for other nodes.
  ScopeId ScopeOpenedBy(NodeId node) const;

  Resolution Resolve(ScopeId from, NameId name) const;

  // The function, lambda or module in whose call a scope runs: comprehensions and class bodies run
  // within the function around them.
  ScopeId FrameOf(ScopeId scope) const;

 private:
  base::IdVector<ScopeId, Scope> scopes_;
  base::IdVector<NodeId, ScopeId> scope_at_;
  std::unordered_map<uint32_t, ScopeId> opened_by_;

  friend class ScopeBuilder;
};

// Identifiers written `__x` inside a class are stored as `_Class__x`.
std::string MangledName(std::string_view class_name, std::string_view name);

}  // namespace unspool::semantics
