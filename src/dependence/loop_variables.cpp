#include "dependence/loop_variables.h"

#include "dependence/loop_body.h"
#include "dependence/verdict_notes.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <unordered_map>

namespace unspool::dependence {

using namespace syntax;
using semantics::Cfg;
using semantics::CfgLoop;
using semantics::ScopeId;
using semantics::SlotSet;

class LoopVariables::Flow {
 public:
  Flow(const syntax::Tree& tree, const semantics::ScopeTree& scopes, const effects::Facts& facts,
       const base::IdVector<NodeId, NodeId>& parents, const base::IdVector<NodeId, NodeId>& starts)
      : tree_(tree), scopes_(scopes), facts_(facts), parents_(parents), starts_(starts) {}

  void JudgeVariables(LoopVerdict& verdict, NodeId loop) {
    if (InfoOf(tree_.kind(loop)).category != Category::Stmt) return;
    ScopeId scope = scopes_.FrameOf(scopes_.ScopeAt(loop));
    if (scopes_.ScopeAt(loop) != scope) {
      AddUnknown(verdict, "class-body", "a loop in a class body is not analysed", loop);
      return;
    }
    const FrameFlow& flow = FlowOf(scope);
    const CfgLoop* place = flow.cfg.LoopAt(loop);
    if (!place) return;
    uint32_t body_field = tree_.kind(loop) == NodeKind::While ? 1 : 2;
    NodeList body(tree_.List(tree_.Word(loop, body_field)));
    NodeId first = starts_[body.front()], last = body.back();
    size_t slots = scopes_[scope].symbols.size();
    std::vector<bool> inside(flow.cfg.nodes().size());
    std::map<uint32_t, NodeId> writes;
    uint32_t entry = UINT32_MAX;
    bool is_for = tree_.kind(loop) != NodeKind::While;
    for (size_t index = 0; index < inside.size(); ++index) {
      const auto& node = flow.cfg.nodes()[index];
      bool in_body = node.ast && first <= node.ast && node.ast <= last;
      bool binds_target = is_for && node.ast == loop && index == place->header + 1;
      bool tests = !is_for && index == place->header;
      inside[index] = in_body || binds_target || tests;
      if (!in_body) continue;
      for (uint32_t slot : node.clears) writes.try_emplace(slot, node.ast);
    }
    entry = is_for ? place->header + 1 : place->header;
    // Joining nodes without a statement (after inner loops, `with`, `finally`) belong to the region
    // if what they come from does.
    for (bool grew = true; grew;) {
      grew = false;
      for (size_t index = 0; index < inside.size(); ++index) {
        if (!inside[index]) continue;
        const auto& node = flow.cfg.nodes()[index];
        for (const auto* edges : {&node.next, &node.raises}) {
          for (uint32_t next : *edges) {
            if (inside[next] || flow.cfg.nodes()[next].ast) continue;
            if (next == flow.cfg.exit() || next == place->after || next == flow.cfg.entry())
              continue;
            if (!LeadsBack(flow.cfg, next, place->header, inside)) continue;
            inside[next] = grew = true;
          }
        }
      }
    }
    std::vector<SlotSet> exposed = LiveBefore(flow.cfg, slots, &inside);
    const SlotSet bound = BoundAtEnd(flow.cfg, slots, inside, entry, place->header);

    // What is read after the loop, on its normal end or in a handler around it.
    SlotSet after(slots);
    auto add_outside = [&](const std::vector<uint32_t>& edges) {
      for (uint32_t next : edges) {
        if (!inside[next] && next != place->header) after.AddAll(flow.live[next]);
      }
    };
    after.AddAll(flow.live[place->after]);
    // What a handler or `finally` around the loop reads is that of the iteration that failed.
    SlotSet in_handlers(slots);
    bool handled = false;
    for (size_t index = 0; index < inside.size(); ++index) {
      if (!inside[index]) continue;
      add_outside(flow.cfg.nodes()[index].next);
      add_outside(flow.cfg.nodes()[index].raises);
      for (uint32_t handler : flow.cfg.nodes()[index].raises) {
        if (inside[handler]) continue;
        handled = true;
        in_handlers.AddAll(flow.live[handler]);
      }
    }

    if (is_for) {
      for (uint32_t slot : flow.cfg.nodes()[place->header + 1].defs) {
        bool read_after = after.Has(slot) || OutlivesFrame(scope, slot);
        if (in_handlers.Has(slot) || (handled && OutlivesFrame(scope, slot))) {
          AddHazard(verdict, "target-in-handler",
                    fmt::format("`{}` is read where an exception of the loop is handled",
                                tree_.Name(scopes_[scope].symbols[slot].name)),
                    loop);
        }
        verdict.variables.push_back({scopes_[scope].symbols[slot].name,
                                     read_after ? VariableClass::LastValue : VariableClass::Target,
                                     loop, NodeId()});
      }
    }
    for (auto [slot, write] : writes) {
      const semantics::Symbol& symbol = scopes_[scope].symbols[slot];
      Variable variable{symbol.name, VariableClass::Private, write, NodeId()};
      if (exposed[entry].Has(slot)) {
        if (AccumulatesInPlace(loop, symbol.name)) continue;
        variable.read = FirstExposedRead(flow.cfg, inside, slot);
        variable.variable_class = VariableClass::Carried;
        if (IsReduction(loop, symbol.name)) {
          variable.variable_class = VariableClass::Reduction;
        }
      } else if (after.Has(slot) || OutlivesFrame(scope, slot)) {
        variable.variable_class = VariableClass::LastValue;
        variable.always_bound = bound.Has(slot);
        variable.in_handler = in_handlers.Has(slot) || (handled && OutlivesFrame(scope, slot));
      }
      verdict.variables.push_back(variable);
      if (variable.variable_class == VariableClass::Carried) {
        Obstacle obstacle;
        obstacle.code = "flow-dependence";
        obstacle.message = fmt::format("`{}` keeps a value from one iteration to the next",
                                       tree_.Name(symbol.name));
        obstacle.from = obstacle.from_via = write;
        obstacle.to = obstacle.to_via = variable.read ? variable.read : write;
        obstacle.unlock =
            fmt::format("compute `{}` from the item alone, or split the loop where it is used",
                        tree_.Name(symbol.name));
        Add(verdict, std::move(obstacle));
      }
    }
  }

 private:
  struct FrameFlow {
    Cfg cfg;
    std::vector<SlotSet> live;
  };

  const FrameFlow& FlowOf(ScopeId scope) {
    auto at = flows_.find(scope.value());
    if (at != flows_.end()) return at->second;
    FrameFlow flow{Cfg::Build(tree_, scopes_, scope), {}};
    flow.live = LiveBefore(flow.cfg, scopes_[scope].symbols.size());
    return flows_.emplace(scope.value(), std::move(flow)).first->second;
  }

  // What every iteration has bound, when it goes on to the next.
  static SlotSet BoundAtEnd(const Cfg& cfg, size_t slots, const std::vector<bool>& inside,
                            uint32_t entry, uint32_t header) {
    SlotSet all(slots);
    for (uint32_t slot = 0; slot < slots; ++slot) all.Add(slot);
    std::vector<SlotSet> before(cfg.nodes().size());
    for (size_t index = 0; index < before.size(); ++index) {
      if (inside[index]) before[index] = all;
    }
    SlotSet at_end = all;
    before[entry] = SlotSet(slots);
    std::vector<bool> seen(cfg.nodes().size());
    std::vector<uint32_t> work = {entry};
    seen[entry] = true;
    auto flow_to = [&](uint32_t next, const SlotSet& bound) {
      if (!inside[next]) return;
      bool changed = before[next].KeepOnly(bound);
      if (changed || !seen[next]) work.push_back(next);
      seen[next] = true;
    };
    while (!work.empty()) {
      uint32_t index = work.back();
      work.pop_back();
      const semantics::CfgNode& node = cfg.nodes()[index];
      SlotSet after = before[index];
      for (uint32_t slot : node.clears) after.Remove(slot);
      for (uint32_t next : node.raises) {
        flow_to(next, after);
      }
      for (uint32_t slot : node.defs) after.Add(slot);
      for (uint32_t next : node.next) {
        if (next == header) at_end.KeepOnly(after);
        flow_to(next, after);
      }
    }
    return at_end;
  }

  bool LeadsBack(const Cfg& cfg, uint32_t from, uint32_t header,
                 const std::vector<bool>& inside) const {
    std::vector<uint32_t> stack = {from};
    std::vector<bool> seen(cfg.nodes().size());
    while (!stack.empty()) {
      uint32_t index = stack.back();
      stack.pop_back();
      if (index == header || inside[index]) return true;
      if (seen[index] || cfg.nodes()[index].ast) continue;
      seen[index] = true;
      for (uint32_t next : cfg.nodes()[index].next) stack.push_back(next);
    }
    return false;
  }

  // Variables of modules can be read by any function, and by whoever imports the module.
  bool OutlivesFrame(ScopeId scope, uint32_t slot) const {
    const semantics::Symbol& symbol = scopes_[scope].symbols[slot];
    return symbol.captured || symbol.rebound_inside;
  }

  NodeId FirstExposedRead(const Cfg& cfg, const std::vector<bool>& inside, uint32_t slot) const {
    for (size_t index = 0; index < inside.size(); ++index) {
      if (!inside[index]) continue;
      const auto& uses = cfg.nodes()[index].uses;
      if (std::find(uses.begin(), uses.end(), slot) != uses.end()) return cfg.nodes()[index].ast;
    }
    return NodeId();
  }

  template <typename Visit>
  void ForEachName(NodeId loop, NameId name, Visit&& visit) const {
    for (uint32_t index = starts_[loop].value(); index <= loop.value(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) == NodeKind::Name && NameView(tree_, id).id() == name) visit(id);
    }
  }

  // `out += [x]` on what is always a list: the name stays bound to the same object, and the update
  // is an effect on the list, judged with the other effects.
  bool AccumulatesInPlace(NodeId loop, NameId name) const {
    bool all = true;
    ForEachName(loop, name, [&](NodeId id) {
      if (tree_.context(id) != ExprContext::Store) return;
      NodeId parent = parents_[id];
      bool augmented = tree_.kind(parent) == NodeKind::AugAssign &&
                       AugAssignView(tree_, parent).op() == Operator::Add;
      const effects::Value& value = facts_.ValueOf(id);
      bool lists = !value.is_unknown() && value.scalars() == 0 && !value.refs().empty();
      for (const effects::Ref& ref : value.refs()) {
        lists &= facts_.heap()[ref.object].kind == effects::ObjectKind::List;
      }
      all &= augmented && lists;
    });
    return all;
  }

  // All uses of the name in the loop are one kind of update, `name op= expression`, associative and
  // exact on the classes it is known to have.
  bool IsReduction(NodeId loop, NameId name) const {
    bool all = true;
    std::optional<Operator> op;
    ForEachName(loop, name, [&](NodeId id) {
      NodeId parent = parents_[id];
      if (tree_.kind(parent) != NodeKind::AugAssign ||
          AugAssignView(tree_, parent).target() != id) {
        all = false;
        return;
      }
      Operator current = AugAssignView(tree_, parent).op();
      if (op && *op != current) all = false;
      op = current;
      const effects::Value& value = facts_.ValueOf(id);
      bool associative = current == Operator::Add || current == Operator::Mult ||
                         current == Operator::BitAnd || current == Operator::BitOr ||
                         current == Operator::BitXor;
      all &= associative && value.only(effects::kInt | effects::kBool | effects::kFloat |
                                       effects::kStr | effects::kBytes);
    });
    return all && op;
  }

  const syntax::Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const effects::Facts& facts_;
  const base::IdVector<NodeId, NodeId>& parents_;
  const base::IdVector<NodeId, NodeId>& starts_;
  std::unordered_map<uint32_t, FrameFlow> flows_;
};

LoopVariables::LoopVariables(const Tree& tree, const semantics::ScopeTree& scopes,
                             const effects::Facts& facts,
                             const base::IdVector<NodeId, NodeId>& parents,
                             const base::IdVector<NodeId, NodeId>& starts)
    : flow_(std::make_unique<Flow>(tree, scopes, facts, parents, starts)) {}

LoopVariables::~LoopVariables() = default;

void LoopVariables::Judge(LoopVerdict& verdict, NodeId loop) {
  flow_->JudgeVariables(verdict, loop);
}

}  // namespace unspool::dependence
