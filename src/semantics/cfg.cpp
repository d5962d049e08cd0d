#include "semantics/cfg.h"

#include "syntax/views.h"

#include <algorithm>

namespace unspool::semantics {

using namespace syntax;

// Builds blocks in source order. `frontier_` holds the nodes whose normal flow reaches the next
// statement. A node that may raise has edges to the handlers of the innermost try; handlers that do
// not match are modelled by edges from the try's entry to the outer handlers.
class CfgBuilder {
 public:
  CfgBuilder(const Tree& tree, const ScopeTree& scopes, ScopeId scope)
      : tree_(tree), scopes_(scopes), scope_(scope) {
    out_.scope_ = scope;
  }

  Cfg Run() {
    Add(NodeId());  // entry
    Add(NodeId());  // exit
    frontier_ = {0};
    NodeId node = scopes_[scope_].node;
    switch (tree_.kind(node)) {
      case NodeKind::Module:
        Block(ModuleView(tree_, node).body());
        break;
      case NodeKind::FunctionDef:
        Block(FunctionDefView(tree_, node).body());
        break;
      case NodeKind::AsyncFunctionDef:
        Block(AsyncFunctionDefView(tree_, node).body());
        break;
      default:
        break;
    }
    Connect(out_.exit());
    return std::move(out_);
  }

 private:
  using Frontier = std::vector<uint32_t>;

  struct LoopContext {
    uint32_t header;
    Frontier* breaks;
    size_t finally_depth;
  };
  struct FinallyContext {
    Frontier* pending;  // nodes that leave through the finally block
  };

  uint32_t Add(NodeId ast) {
    out_.nodes_.emplace_back();
    out_.nodes_.back().ast = ast;
    uint32_t index = static_cast<uint32_t>(out_.nodes_.size() - 1);
    for (uint32_t handler : handlers_) out_.nodes_[index].raises.push_back(handler);
    return index;
  }

  void Edge(uint32_t from, uint32_t to) { out_.nodes_[from].next.push_back(to); }

  // Ends the frontier at `to`.
  void Connect(uint32_t to) {
    for (uint32_t from : frontier_) Edge(from, to);
    frontier_.clear();
  }

  // Adds a node after the frontier, and makes it the frontier.
  uint32_t Step(NodeId ast) {
    uint32_t index = Add(ast);
    Connect(index);
    frontier_ = {index};
    return index;
  }

  void Use(uint32_t node, NodeId expression) {
    if (expression) Collect(node, expression);
  }

  // Records uses and definitions of an expression, or of a whole simple statement. Bodies of
  // functions, lambdas and classes inside are not entered: what they read lives in cells, and a
  // captured name never counts as dead (see the callers of Symbol::captured).
  void Collect(uint32_t node, NodeId root) {
    std::vector<NodeId> stack = {root};
    while (!stack.empty()) {
      NodeId id = stack.back();
      stack.pop_back();
      switch (tree_.kind(id)) {
        case NodeKind::Name: {
          Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(id), NameView(tree_, id).id());
          if (resolution.scope != scope_) break;
          CfgNode& at = out_.nodes_[node];
          if (tree_.context(id) == ExprContext::Load) {
            at.uses.push_back(resolution.slot);
          } else {
            at.clears.push_back(resolution.slot);
            // Deleting a name that is not bound is an error.
            if (tree_.context(id) == ExprContext::Del) at.uses.push_back(resolution.slot);
            // Inside a larger expression or comprehension the binding may not happen.
            if (tree_.context(id) == ExprContext::Store && certain_) {
              at.defs.push_back(resolution.slot);
            }
          }
          break;
        }
        case NodeKind::Lambda: {
          argumentsView arguments(tree_, LambdaView(tree_, id).args());
          for (NodeId child : arguments.defaults()) stack.push_back(child);
          for (NodeId child : arguments.kw_defaults()) {
            if (child) stack.push_back(child);
          }
          break;
        }
        default:
          ForEachChild(tree_, id, [&](NodeId child) { stack.push_back(child); });
          break;
      }
    }
  }

  void Define(uint32_t node, NodeId target) {
    bool outer = certain_;
    certain_ = true;
    Collect(node, target);
    certain_ = outer;
  }

  void DefineName(uint32_t node, NameId name) {
    Resolution resolution = scopes_.Resolve(scope_, name);
    if (resolution.scope != scope_) return;
    out_.nodes_[node].defs.push_back(resolution.slot);
    out_.nodes_[node].clears.push_back(resolution.slot);
  }

  void Block(NodeList statements) {
    for (NodeId statement : statements) Statement(statement);
  }

  void Statement(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::If: {
        // A chain of elif is walked in a loop, since its length is in the user's hands.
        Frontier ends;
        while (true) {
          IfView branch(tree_, id);
          uint32_t test = Step(id);
          Use(test, branch.test());
          Block(branch.body());
          ends.insert(ends.end(), frontier_.begin(), frontier_.end());
          frontier_ = {test};
          NodeList orelse = branch.orelse();
          if (orelse.size() == 1 && tree_.kind(orelse[0]) == NodeKind::If) {
            id = orelse[0];
            continue;
          }
          Block(orelse);
          break;
        }
        frontier_.insert(frontier_.end(), ends.begin(), ends.end());
        return;
      }
      case NodeKind::For: {
        ForView loop(tree_, id);
        return Loop(id, loop.iter(), loop.target(), loop.body(), loop.orelse());
      }
      case NodeKind::AsyncFor: {
        AsyncForView loop(tree_, id);
        return Loop(id, loop.iter(), loop.target(), loop.body(), loop.orelse());
      }
      case NodeKind::While: {
        WhileView loop(tree_, id);
        uint32_t header = Step(id);
        Use(header, loop.test());
        return LoopBody(id, header, header, loop.body(), loop.orelse());
      }
      case NodeKind::With:
      case NodeKind::AsyncWith: {
        uint32_t node = Step(id);
        for (NodeId item_id : NodeList(tree_.List(tree_.Word(id, 0)))) {
          withitemView item(tree_, item_id);
          Use(node, item.context_expr());
          if (item.optional_vars()) Define(node, item.optional_vars());
        }
        // __exit__ may swallow an exception: control then goes on after the statement.
        uint32_t after = Add(NodeId());
        handlers_.push_back(after);
        Block(NodeList(tree_.List(tree_.Word(id, 1))));
        handlers_.pop_back();
        Connect(after);
        frontier_ = {after};
        return;
      }
      case NodeKind::Try:
      case NodeKind::TryStar:
        return Try(id);
      case NodeKind::Match: {
        MatchView match(tree_, id);
        uint32_t subject = Step(id);
        Use(subject, match.subject());
        Frontier ends;
        for (NodeId case_id : match.cases()) {
          match_caseView match_case(tree_, case_id);
          uint32_t node = Step(case_id);
          Use(node, match_case.guard());
          std::vector<NodeId> stack = {match_case.pattern()};
          while (!stack.empty()) {
            NodeId pattern = stack.back();
            stack.pop_back();
            if (tree_.kind(pattern) == NodeKind::Name) Use(node, pattern);
            NameId captured;
            if (tree_.kind(pattern) == NodeKind::MatchAs) {
              captured = MatchAsView(tree_, pattern).name();
            } else if (tree_.kind(pattern) == NodeKind::MatchStar) {
              captured = MatchStarView(tree_, pattern).name();
            } else if (tree_.kind(pattern) == NodeKind::MatchMapping) {
              captured = MatchMappingView(tree_, pattern).rest();
            }
            if (captured) {
              // Bound on the way into this case only, and in alternatives perhaps not at all.
              Resolution resolution = scopes_.Resolve(scope_, captured);
              if (resolution.scope == scope_) out_.nodes_[node].clears.push_back(resolution.slot);
            }
            ForEachChild(tree_, pattern, [&](NodeId child) { stack.push_back(child); });
          }
          Block(match_case.body());
          ends.insert(ends.end(), frontier_.begin(), frontier_.end());
          frontier_ = {node};
        }
        frontier_.insert(frontier_.end(), ends.begin(), ends.end());
        return;
      }
      case NodeKind::Return: {
        uint32_t node = Step(id);
        Use(node, ReturnView(tree_, id).value());
        return LeaveTo(out_.exit(), 0);
      }
      case NodeKind::Raise:
        Collect(Step(id), id);
        frontier_.clear();
        return;
      case NodeKind::Break: {
        Step(id);
        if (loops_.empty()) return frontier_.clear();
        LeaveThroughFinally(loops_.back().finally_depth);
        loops_.back().breaks->insert(loops_.back().breaks->end(), frontier_.begin(),
                                     frontier_.end());
        frontier_.clear();
        return;
      }
      case NodeKind::Continue:
        Step(id);
        if (loops_.empty()) return frontier_.clear();
        return LeaveTo(loops_.back().header, loops_.back().finally_depth);
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
      case NodeKind::ClassDef: {
        // A class body runs here, and what it reads of this scope is a use.
        uint32_t node = Step(id);
        if (tree_.kind(id) == NodeKind::ClassDef) {
          ClassDefView cls(tree_, id);
          CollectChildren(node, id);
          return DefineName(node, cls.name());
        }
        FunctionDefinition(node, id);
        return;
      }
      case NodeKind::Import:
      case NodeKind::ImportFrom: {
        uint32_t node = Step(id);
        NodeList names(tree_.List(tree_.Word(id, tree_.kind(id) == NodeKind::Import ? 0 : 1)));
        for (NodeId name : names) {
          aliasView alias(tree_, name);
          if (alias.asname()) {
            DefineName(node, alias.asname());
          } else {
            std::string_view text = tree_.Name(alias.name());
            NameId top = tree_.names().Find(text.substr(0, text.find('.')));
            if (top) DefineName(node, top);
          }
        }
        return;
      }
      case NodeKind::Assign:
      case NodeKind::AugAssign:
      case NodeKind::AnnAssign: {
        uint32_t node = Step(id);
        bool augmented = tree_.kind(id) == NodeKind::AugAssign;
        if (tree_.kind(id) == NodeKind::Assign) {
          AssignView assign(tree_, id);
          Use(node, assign.value());
          for (NodeId target : assign.targets()) Define(node, target);
        } else if (augmented) {
          AugAssignView assign(tree_, id);
          Use(node, assign.value());
          Define(node, assign.target());
          if (tree_.kind(assign.target()) == NodeKind::Name) {
            Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(assign.target()),
                                                    NameView(tree_, assign.target()).id());
            if (resolution.scope == scope_) out_.nodes_[node].uses.push_back(resolution.slot);
          }
        } else {
          AnnAssignView assign(tree_, id);
          Use(node, assign.value());
          if (assign.value()) Define(node, assign.target());
        }
        return;
      }
      default:
        Collect(Step(id), id);
        return;
    }
  }

  void CollectChildren(uint32_t node, NodeId id) {
    ForEachChild(tree_, id, [&](NodeId child) { Collect(node, child); });
  }

  void FunctionDefinition(uint32_t node, NodeId id) {
    FunctionLike function(tree_, id);
    for (NodeId decorator : function.decorators) Use(node, decorator);
    argumentsView arguments(tree_, function.args);
    for (NodeId value : arguments.defaults()) Use(node, value);
    for (NodeId value : arguments.kw_defaults()) Use(node, value);
    DefineName(node, function.name);
  }

  void Loop(NodeId id, NodeId iter, NodeId target, NodeList body, NodeList orelse) {
    uint32_t setup = Step(id);
    Use(setup, iter);
    uint32_t header = Step(id);
    // The binding happens on the way into the body only.
    uint32_t bind = Add(id);
    Edge(header, bind);
    Define(bind, target);
    frontier_ = {bind};
    LoopBodyFrom(id, setup, header, body, orelse);
  }

  void LoopBody(NodeId id, uint32_t setup, uint32_t header, NodeList body, NodeList orelse) {
    frontier_ = {header};
    LoopBodyFrom(id, setup, header, body, orelse);
  }

  void LoopBodyFrom(NodeId id, uint32_t setup, uint32_t header, NodeList body, NodeList orelse) {
    Frontier breaks;
    loops_.push_back({header, &breaks, finallies_.size()});
    Block(body);
    Connect(header);
    loops_.pop_back();
    frontier_ = {header};
    uint32_t after = Step(NodeId());
    Block(orelse);
    frontier_.insert(frontier_.end(), breaks.begin(), breaks.end());
    out_.loops_[id.value()] = {setup, header, after};
  }

  void Try(NodeId id) {
    // Try and TryStar have the same fields.
    auto field = [&](uint32_t index) { return NodeList(tree_.List(tree_.Word(id, index))); };
    NodeList body = field(0), handlers = field(1), orelse = field(2), finalbody = field(3);
    bool has_finally = !finalbody.empty();
    Frontier leaving;
    std::vector<uint32_t> outer_handlers = handlers_;
    uint32_t finally_entry = 0;
    if (has_finally) {
      finally_entry = Add(NodeId());
      finallies_.push_back({&leaving});
      handlers_.push_back(finally_entry);
    }
    std::vector<uint32_t> handler_entries;
    for (NodeId handler : handlers) handler_entries.push_back(Add(handler));
    std::vector<uint32_t> inside = handlers_;
    handlers_.insert(handlers_.end(), handler_entries.begin(), handler_entries.end());
    Block(body);
    handlers_ = inside;
    Block(orelse);
    Frontier ends = frontier_;
    size_t index = 0;
    for (NodeId handler_id : handlers) {
      ExceptHandlerView handler(tree_, handler_id);
      uint32_t entry = handler_entries[index++];
      Use(entry, handler.type());
      if (handler.name()) DefineName(entry, handler.name());
      frontier_ = {entry};
      Block(handler.body());
      ends.insert(ends.end(), frontier_.begin(), frontier_.end());
    }
    frontier_ = ends;
    if (!has_finally) return;
    handlers_ = outer_handlers;
    finallies_.pop_back();
    frontier_.insert(frontier_.end(), leaving.begin(), leaving.end());
    bool left_early = !leaving.empty();
    Connect(finally_entry);
    frontier_ = {finally_entry};
    Block(finalbody);
    // After the block control may also go on to where a return, break or exception was heading.
    if (left_early || !handlers_.empty()) {
      for (uint32_t node : frontier_) {
        Edge(node, out_.exit());
        for (uint32_t handler : handlers_) Edge(node, handler);
        for (const LoopContext& loop : loops_) Edge(node, loop.header);
      }
      for (const LoopContext& loop : loops_) {
        loop.breaks->insert(loop.breaks->end(), frontier_.begin(), frontier_.end());
      }
    }
  }

  // Control leaves for `to`, through the finally blocks opened since `depth`.
  void LeaveTo(uint32_t to, size_t depth) {
    if (finallies_.size() > depth) return LeaveThroughFinally(depth), frontier_.clear();
    Connect(to);
  }

  void LeaveThroughFinally(size_t depth) {
    if (finallies_.size() <= depth) return;
    Frontier* pending = finallies_.back().pending;
    pending->insert(pending->end(), frontier_.begin(), frontier_.end());
  }

  const Tree& tree_;
  const ScopeTree& scopes_;
  ScopeId scope_;
  Cfg out_;
  Frontier frontier_;
  std::vector<uint32_t> handlers_;
  std::vector<LoopContext> loops_;
  std::vector<FinallyContext> finallies_;
  bool certain_ = false;
};

Cfg Cfg::Build(const Tree& tree, const ScopeTree& scopes, ScopeId scope) {
  return CfgBuilder(tree, scopes, scope).Run();
}

const CfgLoop* Cfg::LoopAt(NodeId statement) const {
  auto at = loops_.find(statement.value());
  return at == loops_.end() ? nullptr : &at->second;
}

}  // namespace unspool::semantics
