#include "dependence/loop_variables.h"

#include "dependence/frame_flow.h"
#include "dependence/verdict_notes.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <unordered_map>
#include <vector>

namespace unspool::dependence {

using namespace syntax;
using semantics::Cfg;
using semantics::CfgRegion;
using semantics::ScopeId;
using semantics::SlotTable;

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
    FrameFlow& flow = FlowOf(scope);
    const LoopRegion* region = flow.RegionOf(loop);
    if (!region) return;
    if (tree_.kind(loop) != NodeKind::While) JudgeTargets(verdict, loop, flow, *region);
    JudgeWrites(verdict, loop, flow, *region);
  }

 private:
  FrameFlow& FlowOf(ScopeId scope) {
    auto at = flows_.find(scope.value());
    if (at != flows_.end()) return at->second;
    return flows_.emplace(scope.value(), FrameFlow(tree_, scopes_, scope)).first->second;
  }

  // What is read after the loop, on its normal end or in a handler around it.
  bool ReadAfter(const FrameFlow& flow, const LoopRegion& region, uint32_t slot) const {
    return flow.LiveBeforeAny(region.outside, slot) || OutlivesFrame(flow.cfg().scope(), slot);
  }

  // What a handler or `finally` around the loop reads is that of the iteration that failed.
  bool ReadInHandler(const FrameFlow& flow, const LoopRegion& region, uint32_t slot) const {
    return flow.LiveBeforeAny(region.handlers, slot) ||
           (!region.handlers.empty() && OutlivesFrame(flow.cfg().scope(), slot));
  }

  void JudgeTargets(LoopVerdict& verdict, NodeId loop, const FrameFlow& flow,
                    const LoopRegion& region) const {
    for (uint32_t slot : flow.cfg().Defs(region.entry)) {
      const NameId name = scopes_[flow.cfg().scope()].symbols[slot].name;
      if (ReadInHandler(flow, region, slot)) {
        AddHazard(
            verdict, "target-in-handler",
            fmt::format("`{}` is read where an exception of the loop is handled", tree_.Name(name)),
            loop);
      }
      verdict.variables.push_back(
          {name, ReadAfter(flow, region, slot) ? VariableClass::LastValue : VariableClass::Target,
           loop, NodeId()});
    }
  }

  void JudgeWrites(LoopVerdict& verdict, NodeId loop, const FrameFlow& flow,
                   const LoopRegion& region) {
    if (region.writes.empty()) return;
    const CfgRegion& part = region.part;
    const SlotTable exposed = LiveBefore(flow.cfg(), part);
    const std::vector<bool> bound = BoundOnEveryWay(flow.cfg(), part, region.entry, region.header);
    const std::vector<NodeId> reads = FirstReads(flow.cfg(), part);
    const uint32_t entry = part.nodes.PositionOf(region.entry);
    for (auto [slot, write] : region.writes) {
      const semantics::Symbol& symbol = scopes_[flow.cfg().scope()].symbols[slot];
      const uint32_t number = part.slots.PositionOf(slot);
      Variable variable{symbol.name, VariableClass::Private, write, NodeId()};
      if (exposed.Has(entry, number)) {
        if (AccumulatesInPlace(loop, symbol.name)) continue;
        variable.read = reads[number];
        variable.variable_class = VariableClass::Carried;
        if (IsReduction(loop, symbol.name)) {
          variable.variable_class = VariableClass::Reduction;
        }
      } else if (ReadAfter(flow, region, slot)) {
        variable.variable_class = VariableClass::LastValue;
        variable.always_bound = bound[number];
        variable.in_handler = ReadInHandler(flow, region, slot);
      }
      verdict.variables.push_back(variable);
      if (variable.variable_class == VariableClass::Carried) AddCarried(verdict, variable);
    }
  }

  void AddCarried(LoopVerdict& verdict, const Variable& variable) const {
    const std::string_view name = tree_.Name(variable.name);
    Obstacle obstacle;
    obstacle.code = "flow-dependence";
    obstacle.message = fmt::format("`{}` keeps a value from one iteration to the next", name);
    obstacle.from = obstacle.from_via = variable.write;
    obstacle.to = obstacle.to_via = variable.read ? variable.read : variable.write;
    obstacle.unlock =
        fmt::format("compute `{}` from the item alone, or split the loop where it is used", name);
    Add(verdict, std::move(obstacle));
  }

  // The first statement in the region that reads each of its slots.
  static std::vector<NodeId> FirstReads(const Cfg& cfg, const CfgRegion& part) {
    std::vector<NodeId> reads(part.slots.size());
    for (uint32_t index : part.nodes.keys()) {
      for (uint32_t slot : cfg.Uses(index)) {
        if (!part.slots.Has(slot)) continue;
        NodeId& read = reads[part.slots.PositionOf(slot)];
        if (!read) read = cfg.nodes()[index].ast;
      }
    }
    return reads;
  }

  // Variables of modules can be read by any function, and by whoever imports the module.
  bool OutlivesFrame(ScopeId scope, uint32_t slot) const {
    const semantics::Symbol& symbol = scopes_[scope].symbols[slot];
    return symbol.captured || symbol.rebound_inside;
  }

  // Visits the places in the loop where the name stands.
  template <typename Visit>
  void ForEachName(NodeId loop, NameId name, Visit&& visit) {
    if (!names_) names_ = NamesOf(tree_);
    const auto begin =
        std::lower_bound(names_->begin(), names_->end(), std::pair(name, starts_[loop]));
    for (auto at = begin; at != names_->end() && *at <= std::pair(name, loop); ++at) {
      visit(at->second);
    }
  }

  // All names in the tree with where they stand, in order.
  static std::vector<std::pair<NameId, NodeId>> NamesOf(const Tree& tree) {
    std::vector<std::pair<NameId, NodeId>> names;
    for (uint32_t index = 0; index < tree.size(); ++index) {
      NodeId id(index);
      if (tree.kind(id) == NodeKind::Name) names.emplace_back(NameView(tree, id).id(), id);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // `out += [x]` on what is always a list: the name stays bound to the same object, and the update
  // is an effect on the list, judged with the other effects.
  bool AccumulatesInPlace(NodeId loop, NameId name) {
    bool all = true;
    // What `def`, `class` or `import` binds stands nowhere as a name that is stored.
    bool any = false;
    ForEachName(loop, name, [&](NodeId id) {
      if (tree_.context(id) != ExprContext::Store) return;
      any = true;
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
    return all && any;
  }

  // All uses of the name in the loop are one kind of update, `name op= expression`, associative and
  // exact on the classes it is known to have.
  bool IsReduction(NodeId loop, NameId name) {
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
  // Made when the first is asked for.
  std::optional<std::vector<std::pair<NameId, NodeId>>> names_;
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
