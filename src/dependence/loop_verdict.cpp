#include "dependence/loop_verdict.h"

#include "dependence/loop_body.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <unordered_map>

namespace unspool::dependence {

using namespace syntax;
using effects::Channel;
using effects::EffectKey;
using effects::EffectSite;
using effects::LoopFacts;
using effects::Place;
using effects::PlaceKind;
using semantics::Cfg;
using semantics::CfgLoop;
using semantics::ScopeId;
using semantics::SlotSet;

std::string_view VerdictName(Verdict verdict) {
  constexpr std::string_view kNames[] = {"sequential",   "unknown",   "search",
                                         "scan",         "reduction", "io",
                                         "vectorizable", "pipeline",  "parallel"};
  return kNames[static_cast<size_t>(verdict)];
}

std::string_view VariableClassName(VariableClass variable_class) {
  constexpr std::string_view kNames[] = {"target", "private", "last-value", "reduction", "carried"};
  return kNames[static_cast<size_t>(variable_class)];
}

namespace {

class Judge {
 public:
  Judge(const Tree& tree, const semantics::ScopeTree& scopes, const effects::Facts& facts)
      : tree_(tree),
        scopes_(scopes),
        facts_(facts),
        parents_(ParentsOf(tree)),
        starts_(SubtreeStartsOf(tree)) {
    for (const auto& [key, loop] : facts.loops()) facts_of_[key.first.value()].push_back(&loop);
  }

  std::vector<LoopVerdict> Run() {
    std::vector<LoopVerdict> verdicts;
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      NodeId id(index);
      std::string_view kind = KindOf(id);
      if (!kind.empty()) verdicts.push_back(JudgeLoop(id, kind));
    }
    std::stable_sort(verdicts.begin(), verdicts.end(), [&](const auto& a, const auto& b) {
      return tree_.begin(a.loop) < tree_.begin(b.loop);
    });
    return verdicts;
  }

 private:
  std::string_view KindOf(NodeId id) const {
    switch (tree_.kind(id)) {
      case NodeKind::For:
      case NodeKind::AsyncFor:
        return "for";
      case NodeKind::While:
        return "while";
      case NodeKind::ListComp:
        return "listcomp";
      case NodeKind::SetComp:
        return "setcomp";
      case NodeKind::DictComp:
        return "dictcomp";
      case NodeKind::GeneratorExp:
        return "genexp";
      default:
        return {};
    }
  }

  bool Inside(NodeId node, NodeId root) const { return starts_[root] <= node && node <= root; }

  // The node that carries the loop's facts: a comprehension's first clause.
  NodeId FactsNode(NodeId loop) const {
    switch (tree_.kind(loop)) {
      case NodeKind::ListComp:
      case NodeKind::SetComp:
      case NodeKind::GeneratorExp:
        return NodeList(tree_.List(tree_.Word(loop, 1)))[0];
      case NodeKind::DictComp:
        return DictCompView(tree_, loop).generators()[0];
      default:
        return loop;
    }
  }

  std::string FunctionName(NodeId loop) const {
    std::string name;
    for (NodeId node = parents_[loop]; node; node = parents_[node]) {
      std::string part;
      switch (tree_.kind(node)) {
        case NodeKind::FunctionDef:
        case NodeKind::AsyncFunctionDef:
          part = tree_.Name(FunctionLike(tree_, node).name);
          break;
        case NodeKind::ClassDef:
          part = tree_.Name(ClassDefView(tree_, node).name());
          break;
        case NodeKind::Lambda:
          part = "<lambda>";
          break;
        default:
          continue;
      }
      name = name.empty() ? part : part + "." + name;
    }
    return name.empty() ? "<module>" : name;
  }

  LoopVerdict JudgeLoop(NodeId loop, std::string_view kind) {
    LoopVerdict verdict;
    verdict.loop = loop;
    verdict.kind = kind;
    verdict.function = FunctionName(loop);
    NodeId facts_node = FactsNode(loop);
    const auto known = facts_of_.find(facts_node.value());
    std::vector<const LoopFacts*> contexts;
    if (known != facts_of_.end()) {
      for (const LoopFacts* facts : known->second) {
        if (facts->reached) contexts.push_back(facts);
      }
    }
    verdict.reached = !contexts.empty();
    if (facts_.dynamic()) {
      const effects::Cause& cause = facts_.cause(facts_.dynamic());
      AddUnknown(verdict, effects::CauseCodeName(cause.code), cause.message, cause.at);
    }
    if (!facts_.converged()) {
      AddUnknown(verdict, "limit", "the analysis of this file did not settle within its bound",
                 loop);
    }
    if (contexts.empty()) {
      AddUnknown(verdict, "not-reached",
                 "no call from the code that is analysed leads here, so nothing is known about "
                 "the values it works on",
                 loop);
    }
    bool exits = FindExits(verdict, loop);
    JudgeVariables(verdict, loop);
    for (const LoopFacts* facts : contexts) JudgeEffects(verdict, loop, *facts);
    Conclude(verdict, loop, exits);
    return verdict;
  }

  void AddUnknown(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at,
                  NodeId via = NodeId()) {
    Obstacle obstacle;
    obstacle.code = code;
    obstacle.message = std::move(message);
    obstacle.from = obstacle.to = at;
    obstacle.from_via = obstacle.to_via = via ? via : at;
    obstacle.concrete = false;
    Add(verdict, std::move(obstacle));
  }

  void Add(LoopVerdict& verdict, Obstacle obstacle) {
    for (const Obstacle& other : verdict.obstacles) {
      if (other.code == obstacle.code && other.from == obstacle.from && other.to == obstacle.to &&
          other.message == obstacle.message) {
        return;
      }
    }
    verdict.obstacles.push_back(std::move(obstacle));
  }

  void AddHazard(LoopVerdict& verdict, std::string_view code, std::string message, NodeId at) {
    for (const ProcessHazard& other : verdict.hazards) {
      if (other.code == code && other.at == at) return;
    }
    verdict.hazards.push_back({code, std::move(message), at});
  }

  // ---- exits ----

  // Early exits of the loop itself; yields and awaits inside are not modelled.
  bool FindExits(LoopVerdict& verdict, NodeId loop) {
    if (Category::Stmt != InfoOf(tree_.kind(loop)).category) {
      for (uint32_t index = starts_[loop].value(); index < loop.value(); ++index) {
        NodeId id(index);
        NodeKind kind = tree_.kind(id);
        if (kind == NodeKind::NamedExpr) {
          AddUnknown(verdict, "walrus", "a name bound with := inside a comprehension", id);
        }
        if (kind == NodeKind::Await || kind == NodeKind::Yield || kind == NodeKind::YieldFrom) {
          AddUnknown(verdict, "suspends", "the iteration suspends here", id);
        }
      }
      return false;
    }
    bool exits = false;
    WalkLoopBody(tree_, loop, [&](NodeId id, bool own) {
      switch (tree_.kind(id)) {
        case NodeKind::Break:
          if (!own) break;
          [[fallthrough]];
        case NodeKind::Return:
          exits = true;
          exit_ = id;
          break;
        case NodeKind::Yield:
        case NodeKind::YieldFrom:
        case NodeKind::Await:
          AddUnknown(verdict, "suspends", "the iteration suspends here", id);
          break;
        case NodeKind::FunctionDef:
        case NodeKind::AsyncFunctionDef:
        case NodeKind::Lambda:
          return false;
        default:
          break;
      }
      return true;
    });
    return exits;
  }

  // ---- variables ----

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

  // What every iteration has bound, when it goes on to the next.
  static SlotSet BoundAtEnd(const Cfg& cfg, size_t slots, const std::vector<bool>& inside,
                            uint32_t entry, uint32_t header) {
    SlotSet all(slots);
    for (uint32_t slot = 0; slot < slots; ++slot) all.Add(slot);
    std::vector<SlotSet> before(cfg.nodes().size(), all);
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

  // ---- effects ----

  struct Access {
    const EffectKey* key;
    const EffectSite* site;
  };

  std::string PlaceText(const Place& place) const {
    switch (place.kind) {
      case PlaceKind::Content:
        return fmt::format("the contents of {}", ObjectText(place.object));
      case PlaceKind::Attribute:
        return fmt::format("attribute `{}` of {}", facts_.Text(place.name),
                           ObjectText(place.object));
      case PlaceKind::Global:
        return fmt::format("the module variable `{}`", facts_.Text(place.name));
      case PlaceKind::Cell:
        return fmt::format("the variable `{}` of the function around", facts_.Text(place.name));
      case PlaceKind::World:
        return std::string(effects::ChannelName(place.channel));
      default:
        return "something";
    }
  }

  std::string ObjectText(ObjectId id) const {
    const effects::Object& object = facts_.heap()[id];
    std::string text;
    if (object.kind == effects::ObjectKind::Instance) {
      text = fmt::format("a `{}`", facts_.Text(object.name));
    } else if (object.kind == effects::ObjectKind::Class) {
      text = fmt::format("class `{}`", facts_.Text(object.name));
    } else if (object.kind == effects::ObjectKind::Library) {
      text = fmt::format("a `{}`", facts_.Text(object.name));
    } else {
      text = fmt::format("a {}", effects::ObjectKindName(object.kind));
    }
    return text;
  }

  void JudgeEffects(LoopVerdict& verdict, NodeId loop, const LoopFacts& facts) {
    std::map<Place, std::vector<Access>> by_place;
    for (const auto& [key, site] : facts.effects) by_place[key.place].push_back({&key, &site});
    for (const auto& [place, accesses] : by_place) {
      switch (place.kind) {
        case PlaceKind::Anything:
          for (const Access& access : accesses) {
            const effects::Cause& cause = facts_.cause(access.site->cause);
            AddUnknown(verdict, effects::CauseCodeName(cause.code), cause.message, access.site->at,
                       access.site->via);
          }
          break;
        case PlaceKind::StopIteration:
          AddHazard(verdict, "stop-iteration", "the body may raise StopIteration",
                    accesses[0].site->via);
          break;
        case PlaceKind::Identity:
          AddHazard(verdict, "identity",
                    fmt::format("the body asks which object {} is, and in another process it is "
                                "a copy",
                                ObjectText(place.object)),
                    accesses[0].site->via);
          break;
        case PlaceKind::World:
          JudgeChannel(verdict, place.channel, accesses);
          break;
        default:
          JudgePlace(verdict, loop, facts, place, accesses);
          break;
      }
    }
  }

  static const Access* FirstWrite(const std::vector<Access>& accesses) {
    for (const Access& access : accesses) {
      if (access.key->how != WriteHow::NotAWrite) return &access;
    }
    return nullptr;
  }
  static const Access* FirstRead(const std::vector<Access>& accesses) {
    for (const Access& access : accesses) {
      if (access.key->how == WriteHow::NotAWrite) return &access;
    }
    return nullptr;
  }

  void AddConflict(LoopVerdict& verdict, std::string_view code, std::string message,
                   const Access& from, const Access& to, std::string unlock) {
    Obstacle obstacle;
    obstacle.code = code;
    obstacle.message = std::move(message);
    obstacle.from = from.site->at;
    obstacle.from_via = from.site->via;
    obstacle.to = to.site->at;
    obstacle.to_via = to.site->via;
    obstacle.unlock = std::move(unlock);
    Add(verdict, std::move(obstacle));
  }

  void JudgeChannel(LoopVerdict& verdict, Channel channel, const std::vector<Access>& accesses) {
    const Access* write = FirstWrite(accesses);
    const Access* read = FirstRead(accesses);
    std::string name(effects::ChannelName(channel));
    switch (channel) {
      case Channel::HashOrder:
        AddHazard(verdict, "hash-order",
                  "the body iterates over a set, whose order differs between processes",
                  accesses[0].site->via);
        return;
      case Channel::Stdout:
      case Channel::Stderr:
        if (write) {
          AddHazard(verdict, "output",
                    fmt::format("the body writes to {}, in the order of the iterations", name),
                    write->site->via);
        }
        return;
      case Channel::Process:
        if (!write) {
          AddHazard(verdict, "process-identity",
                    "the body asks about its process, and in a worker that is another one",
                    accesses[0].site->via);
          return;
        }
        break;
      case Channel::ModuleName:
        AddHazard(verdict, "module-name",
                  "the body looks at the name its module runs under, which differs in a worker",
                  accesses[0].site->via);
        return;
      case Channel::Warnings:
        AddHazard(verdict, "warnings", "the body may issue warnings, which are counted per process",
                  accesses[0].site->via);
        return;
      case Channel::Clock:
        AddUnknown(verdict, "clock",
                   "the body reads the clock: what it gets depends on when it runs",
                   accesses[0].site->at, accesses[0].site->via);
        return;
      case Channel::Stdin:
        AddConflict(verdict, "world-dependence", "each iteration reads on from standard input",
                    accesses[0], accesses[0], "read all input before the loop");
        return;
      case Channel::GlobalRandom:
        if (write) {
          AddConflict(verdict, "random-stream",
                      "all iterations draw from one random stream, in order", *write, *write,
                      "draw the numbers before the loop, or give each item a generator of its own");
        }
        return;
      default:
        break;
    }
    if (!write) return;
    AddConflict(verdict, "world-dependence",
                read ? fmt::format("one iteration may read from {} what another wrote", name)
                     : fmt::format("the iterations write to {} in order", name),
                *write, read ? *read : *write,
                "return what is to be written, and write it after the loop");
  }

  // Updates whose replay in order gives the same container.
  static bool CanReplay(WriteHow how, effects::ObjectKind kind) {
    switch (how) {
      case WriteHow::Append:
      case WriteHow::Extend:
        return kind == effects::ObjectKind::List;
      case WriteHow::SetKey:
        return kind == effects::ObjectKind::List || kind == effects::ObjectKind::Dict;
      case WriteHow::AddToSet:
        return kind == effects::ObjectKind::Set;
      default:
        return false;
    }
  }

  void JudgePlace(LoopVerdict& verdict, NodeId loop, const LoopFacts& facts, const Place& place,
                  const std::vector<Access>& accesses) {
    const Access* write = FirstWrite(accesses);
    if (!write) return;
    // A variable that the loop itself binds is judged by its flow; here count only the accesses of
    // functions that are called.
    NodeId facts_node = facts.loop;
    bool keyed = place.kind == PlaceKind::Content;
    for (const Access& access : accesses) keyed &= access.key->key_loop == facts_node;
    const Access* read = FirstRead(accesses);
    bool replayable = place.kind == PlaceKind::Content;
    for (const Access& access : accesses) {
      WriteHow how = access.key->how;
      if (how == WriteHow::NotAWrite) {
        replayable &= keyed;
        continue;
      }
      bool accumulates = place.object && CanReplay(how, facts_.heap()[place.object].kind);
      // In the loop's own code, where the rewrite can take it out.
      bool direct = access.site->at == access.site->via && Inside(access.site->at, loop);
      replayable &= accumulates && direct;
    }
    if (replayable && (!read || keyed)) {
      for (const Access& access : accesses) {
        if (access.key->how == WriteHow::NotAWrite) continue;
        Accumulation accumulation{access.site->at, access.key->how, place.object};
        bool known = false;
        for (const Accumulation& other : verdict.accumulations) {
          known |= other.site == accumulation.site && other.how == accumulation.how &&
                   other.container == accumulation.container;
        }
        if (!known) verdict.accumulations.push_back(accumulation);
      }
      if (keyed && read) {
        AddHazard(verdict, "in-place", "the loop reads the elements that it replaces",
                  read->site->via);
      }
      return;
    }
    std::string what = PlaceText(place);
    const Access* draw = nullptr;
    for (const Access& access : accesses) {
      if (access.key->how == WriteHow::Draw) draw = &access;
    }
    if (draw) {
      bool stream = facts_.heap()[place.object].kind == effects::ObjectKind::Library;
      AddConflict(
          verdict, stream ? "random-stream" : "shared-iterator",
          fmt::format("all iterations draw from one {}, in order", stream ? "stream" : "iterator"),
          *draw, *draw,
          stream ? "give each item a generator of its own"
                 : "collect the elements before the loop");
    } else if (read) {
      AddConflict(verdict, "flow-dependence",
                  fmt::format("one iteration may read from {} what another wrote", what), *write,
                  *read, "give each iteration what it needs as a value of its own");
    } else {
      AddConflict(verdict, "output-dependence",
                  fmt::format("several iterations may write to {}", what), *write, *write,
                  "return the value, and store it after the loop");
    }
  }

  // ---- conclusion ----

  void Conclude(LoopVerdict& verdict, NodeId loop, bool exits) {
    bool concrete = false, unknown = false;
    for (const Obstacle& obstacle : verdict.obstacles) {
      (obstacle.concrete ? concrete : unknown) = true;
    }
    if (exits && !concrete && !unknown && (!verdict.accumulations.empty() || HasOutput(verdict))) {
      // Still a search: updates and output are replayed up to the iteration that ends the loop.
      Obstacle obstacle;
      obstacle.code = "early-exit";
      obstacle.message = "an iteration may end the loop, and later ones must not have acted";
      obstacle.from = obstacle.to = obstacle.from_via = obstacle.to_via = exit_;
      obstacle.unlock = "compute first, and look for the end in the results";
      Add(verdict, std::move(obstacle));
    }
    bool reduction = false;
    for (const Variable& variable : verdict.variables) {
      reduction |= variable.variable_class == VariableClass::Reduction;
    }
    verdict.verdict = concrete    ? Verdict::Sequential
                      : unknown   ? Verdict::Unknown
                      : exits     ? Verdict::Search
                      : reduction ? Verdict::Reduction
                                  : Verdict::Parallel;
  }

  static bool HasOutput(const LoopVerdict& verdict) {
    for (const ProcessHazard& hazard : verdict.hazards) {
      if (hazard.code == "output") return true;
    }
    return false;
  }

  const Tree& tree_;
  const semantics::ScopeTree& scopes_;
  const effects::Facts& facts_;
  base::IdVector<NodeId, NodeId> parents_;
  base::IdVector<NodeId, NodeId> starts_;
  std::unordered_map<uint32_t, std::vector<const LoopFacts*>> facts_of_;
  std::unordered_map<uint32_t, FrameFlow> flows_;
  NodeId exit_;
};

}  // namespace

std::vector<LoopVerdict> JudgeLoops(const Tree& tree, const semantics::ScopeTree& scopes,
                                    const effects::Facts& facts) {
  return Judge(tree, scopes, facts).Run();
}

}  // namespace unspool::dependence
