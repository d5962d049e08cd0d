#include "semantics/scopes.h"

#include "syntax/views.h"

namespace unspool::semantics {

using namespace syntax;

// Walks the tree from the root down in one linear pass: since children have smaller ids than their
// parents, going through the ids backwards meets every parent first.
class ScopeBuilder {
 public:
  explicit ScopeBuilder(const Tree& tree) : tree_(tree) {}

  ScopeTree Run() {
    out_.scope_at_.resize(tree_.size());
    Open(ScopeKind::Module, tree_.root(), ScopeId());
    out_.scope_at_[tree_.root()] = ScopeId(0);
    for (uint32_t index = static_cast<uint32_t>(tree_.size()); index-- > 0;) Visit(NodeId(index));
    LinkCaptures();
    return std::move(out_);
  }

 private:
  ScopeId Open(ScopeKind kind, NodeId node, ScopeId parent) {
    Scope scope;
    scope.kind = kind;
    scope.node = node;
    scope.parent = parent;
    ScopeId id = out_.scopes_.Add(std::move(scope));
    out_.opened_by_[node.value()] = id;
    return id;
  }

  Symbol& SymbolIn(ScopeId scope_id, NameId name) {
    Scope& scope = out_.scopes_[scope_id];
    auto [at, fresh] = scope.slot_of.try_emplace(name.value(), scope.symbols.size());
    if (fresh) {
      scope.symbols.emplace_back();
      scope.symbols.back().name = name;
    }
    return scope.symbols[at->second];
  }

  void Bind(ScopeId scope, NameId name) { SymbolIn(scope, name).bound = true; }

  void Place(NodeId node, ScopeId scope) {
    if (node) out_.scope_at_[node] = scope;
  }
  void PlaceAll(NodeList nodes, ScopeId scope) {
    for (NodeId node : nodes) Place(node, scope);
  }

  void Visit(NodeId id) {
    ScopeId here = out_.scope_at_[id];
    switch (tree_.kind(id)) {
      case NodeKind::FunctionDef:
        return VisitFunction(FunctionDefView(tree_, id), id, here);
      case NodeKind::AsyncFunctionDef:
        return VisitFunction(AsyncFunctionDefView(tree_, id), id, here);
      case NodeKind::Lambda: {
        LambdaView lambda(tree_, id);
        ScopeId inner = Open(ScopeKind::Lambda, id, here);
        Place(lambda.body(), inner);
        Place(lambda.args(), inner);
        return VisitArguments(argumentsView(tree_, lambda.args()), here, inner);
      }
      case NodeKind::ClassDef: {
        ClassDefView cls(tree_, id);
        Bind(here, cls.name());
        ScopeId outer = OpenTypeParameters(cls.type_params(), id, here);
        ScopeId inner = Open(ScopeKind::Class, id, outer);
        PlaceAll(cls.decorator_list(), here);
        PlaceAll(cls.bases(), outer);
        PlaceAll(cls.keywords(), outer);
        return PlaceAll(cls.body(), inner);
      }
      case NodeKind::TypeAlias: {
        TypeAliasView alias(tree_, id);
        ScopeId inner = OpenTypeParameters(alias.type_params(), id, here);
        Place(alias.name(), here);
        return Place(alias.value(), inner);
      }
      case NodeKind::ListComp:
      case NodeKind::SetComp:
      case NodeKind::GeneratorExp: {
        ScopeId inner = Open(ScopeKind::Comprehension, id, here);
        Place(NodeId(tree_.Word(id, 0)), inner);
        return VisitGenerators(NodeList(tree_.List(tree_.Word(id, 1))), here, inner);
      }
      case NodeKind::DictComp: {
        DictCompView comp(tree_, id);
        ScopeId inner = Open(ScopeKind::Comprehension, id, here);
        Place(comp.key(), inner);
        Place(comp.value(), inner);
        return VisitGenerators(comp.generators(), here, inner);
      }
      case NodeKind::comprehension:
        return;  // its children were placed by the comprehension expression
      case NodeKind::arguments:
        return;  // placed by the function
      case NodeKind::Name: {
        NameView name(tree_, id);
        if (tree_.context(id) == ExprContext::Load) {
          SymbolIn(here, name.id()).read = true;
        } else {
          Bind(here, name.id());
        }
        return;
      }
      case NodeKind::NamedExpr: {
        NamedExprView named(tree_, id);
        Place(named.value(), here);
        Place(named.target(), WalrusScope(here));
        return;
      }
      case NodeKind::Global:
      case NodeKind::Nonlocal:
        for (uint32_t word : tree_.List(tree_.Word(id, 0))) {
          Symbol& symbol = SymbolIn(here, NameId(word));
          if (tree_.kind(id) == NodeKind::Nonlocal) {
            symbol.nonlocal_decl = true;
          } else {
            symbol.global_decl = true;
            if (here != ScopeId(0)) SymbolIn(ScopeId(0), NameId(word)).rebound_inside = true;
          }
        }
        return;
      case NodeKind::alias: {
        aliasView alias(tree_, id);
        std::string_view name = tree_.Name(alias.name());
        if (alias.asname()) {
          Bind(here, alias.asname());
        } else if (name == "*") {
          out_.scopes_[here].has_star_import = true;
        } else {
          size_t dot = name.find('.');
          NameId top = dot == std::string_view::npos ? alias.name()
                                                     : tree_.names().Find(name.substr(0, dot));
          if (top) Bind(here, top);
        }
        return;
      }
      case NodeKind::ExceptHandler: {
        ExceptHandlerView handler(tree_, id);
        if (handler.name()) Bind(here, handler.name());
        break;
      }
      case NodeKind::MatchAs:
        if (NameId name = MatchAsView(tree_, id).name()) Bind(here, name);
        break;
      case NodeKind::MatchStar:
        if (NameId name = MatchStarView(tree_, id).name()) Bind(here, name);
        break;
      case NodeKind::MatchMapping:
        if (NameId name = MatchMappingView(tree_, id).rest()) Bind(here, name);
        break;
      case NodeKind::TypeVar:
      case NodeKind::ParamSpec:
      case NodeKind::TypeVarTuple:
        Bind(here, NameId(tree_.Word(id, 0)));
        break;
      case NodeKind::Yield:
      case NodeKind::YieldFrom:
        out_.scopes_[here].is_generator = true;
        break;
      default:
        break;
    }
    ForEachChild(tree_, id, [&](NodeId child) { Place(child, here); });
  }

  template <typename FunctionView>
  void VisitFunction(const FunctionView& function, NodeId id, ScopeId here) {
    Bind(here, function.name());
    ScopeId outer = OpenTypeParameters(function.type_params(), id, here);
    ScopeId inner = Open(ScopeKind::Function, id, outer);
    out_.scopes_[inner].is_async = tree_.kind(id) == NodeKind::AsyncFunctionDef;
    PlaceAll(function.decorator_list(), here);
    Place(function.returns(), outer);
    PlaceAll(function.body(), inner);
    Place(function.args(), inner);
    VisitArguments(argumentsView(tree_, function.args()), outer, inner);
  }

  ScopeId OpenTypeParameters(NodeList parameters, NodeId owner, ScopeId here) {
    if (parameters.empty()) return here;
    ScopeId scope = Open(ScopeKind::TypeParameters, owner, here);
    PlaceAll(parameters, scope);
    return scope;
  }

  // Defaults and annotations are evaluated outside; the parameters themselves are bound inside.
  void VisitArguments(const argumentsView& arguments, ScopeId outer, ScopeId inner) {
    auto bind = [&](NodeId node) {
      if (!node) return;
      argView arg(tree_, node);
      Symbol& symbol = SymbolIn(inner, arg.arg());
      symbol.bound = symbol.parameter = true;
      Place(node, outer);
    };
    for (NodeId node : arguments.posonlyargs()) bind(node);
    for (NodeId node : arguments.args()) bind(node);
    bind(arguments.vararg());
    for (NodeId node : arguments.kwonlyargs()) bind(node);
    bind(arguments.kwarg());
    PlaceAll(arguments.defaults(), outer);
    PlaceAll(arguments.kw_defaults(), outer);
  }

  // The first iterable of a comprehension is evaluated outside it.
  void VisitGenerators(NodeList generators, ScopeId outer, ScopeId inner) {
    bool first = true;
    for (NodeId node : generators) {
      comprehensionView generator(tree_, node);
      Place(node, inner);
      Place(generator.target(), inner);
      Place(generator.iter(), first ? outer : inner);
      PlaceAll(generator.ifs(), inner);
      if (generator.is_async()) out_.scopes_[inner].is_async = true;
      first = false;
    }
  }

  // PEP 572: the target of := in a comprehension belongs to the scope around it.
  ScopeId WalrusScope(ScopeId scope) const {
    while (out_.scopes_[scope].kind == ScopeKind::Comprehension) scope = out_.scopes_[scope].parent;
    return scope;
  }

  // A name that an inner scope takes from an outer one lives in a cell there.
  void LinkCaptures() {
    for (uint32_t index = 0; index < out_.scopes_.size(); ++index) {
      ScopeId id(index);
      for (size_t slot = 0; slot < out_.scopes_[id].symbols.size(); ++slot) {
        Symbol symbol = out_.scopes_[id].symbols[slot];
        Resolution resolution = out_.Resolve(id, symbol.name);
        if (resolution.kind == NameKind::Implicit) continue;
        if (out_.FrameOf(resolution.scope) == out_.FrameOf(id)) continue;
        Symbol& owner = out_.scopes_[resolution.scope].symbols[resolution.slot];
        owner.captured = true;
        if (symbol.bound) owner.rebound_inside = true;
      }
    }
  }

  const Tree& tree_;
  ScopeTree out_;
};

ScopeTree ScopeTree::Build(const Tree& tree) {
  return ScopeBuilder(tree).Run();
}

ScopeId ScopeTree::ScopeOpenedBy(NodeId node) const {
  auto at = opened_by_.find(node.value());
  return at == opened_by_.end() ? ScopeId() : at->second;
}

ScopeId ScopeTree::FrameOf(ScopeId scope) const {
  while (scopes_[scope].kind != ScopeKind::Module && scopes_[scope].kind != ScopeKind::Function &&
         scopes_[scope].kind != ScopeKind::Lambda) {
    scope = scopes_[scope].parent;
  }
  return scope;
}

Resolution ScopeTree::Resolve(ScopeId from, NameId name) const {
  auto symbol_at = [&](ScopeId scope) -> const Symbol* {
    auto at = scopes_[scope].slot_of.find(name.value());
    return at == scopes_[scope].slot_of.end() ? nullptr : &scopes_[scope].symbols[at->second];
  };
  auto global = [&]() -> Resolution {
    ScopeId module = module_scope();
    auto at = scopes_[module].slot_of.find(name.value());
    if (at == scopes_[module].slot_of.end()) return {};
    // A name only read at module level, and bound nowhere, is a builtin or missing.
    return scopes_[module].symbols[at->second].bound ||
                   scopes_[module].symbols[at->second].rebound_inside
               ? Resolution{NameKind::Global, module, at->second}
               : Resolution{};
  };

  const Symbol* own = symbol_at(from);
  if (own && own->global_decl) return global();
  if (from == module_scope()) return global();
  if (own && own->bound && !own->nonlocal_decl) {
    return {NameKind::Local, from, scopes_[from].slot_of.at(name.value())};
  }
  for (ScopeId scope = scopes_[from].parent; scope && scope != module_scope();
       scope = scopes_[scope].parent) {
    if (scopes_[scope].kind == ScopeKind::Class) continue;
    const Symbol* symbol = symbol_at(scope);
    if (!symbol) continue;
    if (symbol->global_decl) return global();
    if (symbol->bound && !symbol->nonlocal_decl) {
      return {NameKind::Cell, scope, scopes_[scope].slot_of.at(name.value())};
    }
  }
  return global();
}

std::string MangledName(std::string_view class_name, std::string_view name) {
  if (!name.starts_with("__") || name.ends_with("__") || name.find('.') != std::string_view::npos) {
    return std::string(name);
  }
  size_t start = class_name.find_first_not_of('_');
  if (start == std::string_view::npos) return std::string(name);
  return "_" + std::string(class_name.substr(start)) + std::string(name);
}

}  // namespace unspool::semantics
