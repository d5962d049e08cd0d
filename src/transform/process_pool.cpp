#include "transform/process_pool.h"

#include "rewrite/imports.h"
#include "transform/program_checks.h"
#include "transform/worker_body.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace unspool::transform {

using namespace syntax;
using dependence::LoopVerdict;
using dependence::VariableClass;
using dependence::Verdict;
using effects::LoopFacts;
using effects::ObjectKind;
using effects::PlaceKind;
using effects::Value;
using effects::WriteHow;
using semantics::NameKind;

Module::Module(const Tree& tree_in, const semantics::ScopeTree& scopes_in,
               const effects::Facts& facts_in, const knowledge::KnowledgeBase& knowledge_in)
    : tree(tree_in),
      scopes(scopes_in),
      facts(facts_in),
      knowledge(knowledge_in),
      parents(ParentsOf(tree_in)),
      starts(SubtreeStartsOf(tree_in)),
      layout(tree_in),
      import_time(tree_in, scopes_in, facts_in),
      travel(tree_in, scopes_in, facts_in, knowledge_in) {}

namespace {

class Planner {
 public:
  Planner(const Module& module, const LoopVerdict& verdict, rewrite::FreshNames& functions,
          const PlanOptions& options)
      : module_(module),
        tree_(module.tree),
        verdict_(verdict),
        options_(options),
        functions_(functions),
        names_(module.tree) {
    plan_.verdict = &verdict;
    plan_.cost = options.cost;
    plan_.rule = verdict.kind == "for" ? "UNS101" : "UNS102";
    plan_.strategy = "process-pool";
  }

  Plan Run() {
    if (!IsCandidate()) return Finish();
    CollectContexts();
    RefuseHazards();
    RegionResult read =
        ReadRegion(tree_, module_.scopes, verdict_, module_.parents, module_.starts);
    region_ = std::move(read.region);
    if (!read.problem.empty()) Refuse("shape", read.problem, read.problem_at);
    if (!plan_.refusals.empty()) return Finish();
    for (Refusal& refusal : ProgramRefusals(module_, verdict_)) plan_.refusals.push_back(refusal);
    CheckIterable();
    CheckStart();
    if (region_.is_statement) {
      PlanStatement();
    } else {
      PlanComprehension();
    }
    return Finish();
  }

 private:
  Plan Finish() {
    if (!plan_.refusals.empty()) {
      plan_.strategy = "none";
      plan_.edits.reset();
    }
    return std::move(plan_);
  }

  void Refuse(std::string_view code, std::string message, NodeId at) {
    for (const Refusal& other : plan_.refusals) {
      if (other.code == code && other.at == at) return;
    }
    plan_.refusals.push_back({code, std::move(message), at});
  }

  void Discharge(std::string_view id, Evidence evidence, std::string because,
                 std::vector<NodeId> places = {}) {
    plan_.obligations.push_back({id, evidence, std::move(because), std::move(places)});
  }

  // ---- may it be done at all? ----

  bool IsCandidate() {
    if (verdict_.verdict != Verdict::Parallel) {
      plan_.rule = "";
      Refuse("verdict", "the iterations are not independent", verdict_.loop);
      return false;
    }
    if (verdict_.kind != "for" && verdict_.kind != "listcomp" && verdict_.kind != "setcomp" &&
        verdict_.kind != "dictcomp") {
      plan_.rule = "";
      Refuse("kind", "neither a loop nor a comprehension that builds a container", verdict_.loop);
      return false;
    }
    if (verdict_.kind == "for" && verdict_.accumulations.empty()) {
      plan_.rule = "";
      Refuse("builds-nothing", "the loop builds no list, dict or set", verdict_.loop);
      return false;
    }
    if (plan_.cost.workload == strategy::Workload::Trivial) {
      Refuse("too-little-work", "an iteration does too little to be worth a process",
             verdict_.loop);
      return false;
    }
    return true;
  }

  NodeId FactsNode() const {
    if (verdict_.kind == "for") return verdict_.loop;
    uint32_t field = verdict_.kind == "dictcomp" ? 2 : 1;
    return NodeList(tree_.List(tree_.Word(verdict_.loop, field)))[0];
  }

  void CollectContexts() {
    NodeId node = FactsNode();
    for (auto at = module_.facts.loops().lower_bound({node, 0});
         at != module_.facts.loops().end() && at->first.first == node; ++at) {
      if (!at->second.reached) continue;
      contexts_.push_back(&at->second);
      iterable_.Join(at->second.iterable);
      item_.Join(at->second.item);
      depth_ = at->second.depth;
    }
  }

  void RefuseHazards() {
    for (const dependence::ProcessHazard& hazard : verdict_.hazards) {
      Refuse(hazard.code, hazard.message, hazard.at);
    }
    for (const dependence::Variable& variable : verdict_.variables) {
      if (variable.variable_class == VariableClass::LastValue && variable.write != verdict_.loop) {
        Refuse("used-after",
               fmt::format("`{}` is assigned in the body and used after the loop",
                           tree_.Name(variable.name)),
               variable.write);
      }
    }
    Discharge("no-carried-dependence", Evidence::Proved,
              "no iteration reads or writes what another one writes");
    Discharge("no-shared-effects", Evidence::Proved,
              "every call in the body is followed to its end, and changes nothing that outlives "
              "the iteration");
  }

  // Reading ahead must be harmless: the iterable is a container, or an iterator made for this loop.
  void CheckIterable() {
    if (iterable_.is_unknown() || iterable_.empty()) {
      Refuse("iterable", "what the loop iterates over is not known", region_.iter);
      return;
    }
    bool made_here = tree_.kind(region_.iter) == NodeKind::Call ||
                     tree_.kind(region_.iter) == NodeKind::GeneratorExp;
    for (const effects::Ref& ref : iterable_.refs()) {
      CheckIterableObject(ref, made_here, 0);
    }
    if (auto why = module_.travel.WhyNotIn(item_)) {
      Refuse("item-cannot-travel", fmt::format("the items cannot be sent to a worker: {}", *why),
             region_.iter);
    }
  }

  void CheckIterableObject(const effects::Ref& ref, bool made_here, int nesting) {
    const effects::Object& object = module_.facts.heap()[ref.object];
    // Made by evaluating the header itself: what a function hands back may be older than the call.
    made_here &=
        object.site && module_.starts[region_.iter] <= object.site && object.site <= region_.iter;
    for (const Value& argument : object.arguments) {
      for (const effects::Ref& held : argument.refs()) {
        ObjectKind kind = module_.facts.heap()[held.object].kind;
        made_here &= kind != ObjectKind::Iterator && kind != ObjectKind::Generator &&
                     kind != ObjectKind::Library;
      }
    }
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Tuple:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
      case ObjectKind::ByteArray:
      case ObjectKind::Range:
      case ObjectKind::View:
        return;
      case ObjectKind::Iterator:
        if (made_here && tree_.kind(object.site) == NodeKind::GeneratorExp) {
          CheckGeneratorExpression(object.site);
          return;
        }
        if (made_here && nesting < 3) {
          // enumerate(xs), zip(xs, ys): as good as what they read; nested ones must be made here
          // as well, which only containers and calls guarantee.
          for (const effects::Ref& source : object.keys.refs()) {
            const effects::Object& inner = module_.facts.heap()[source.object];
            bool iterator = inner.kind == ObjectKind::Iterator ||
                            inner.kind == ObjectKind::Generator ||
                            inner.kind == ObjectKind::Library || inner.kind == ObjectKind::Instance;
            if (iterator) {
              Refuse("shared-iterator",
                     "the loop draws from an iterator that others may draw from as well",
                     region_.iter);
            }
          }
          return;
        }
        break;
      case ObjectKind::Generator:
        // Its body runs ahead of the loop's: it must touch nothing but its own variables.
        if (made_here) {
          for (const LoopFacts* facts : contexts_) {
            for (const auto& [key, site] : facts->effects) {
              bool header = module_.starts[region_.iter] <= site.via && site.via <= region_.iter;
              if ((header || site.via == verdict_.loop) && key.how != WriteHow::NotAWrite) {
                Refuse("generator-effects", "the generator changes something as it goes", site.at);
              }
            }
          }
          return;
        }
        break;
      default:
        break;
    }
    Refuse("shared-iterator",
           fmt::format("the loop draws from a {} that is not made for it alone",
                       effects::ObjectKindName(object.kind)),
           region_.iter);
  }

  // A generator expression runs ahead of the loop's body: it must change nothing, and read nothing
  // that the loop changes.
  void CheckGeneratorExpression(NodeId expression) {
    NodeId clause = NodeList(tree_.List(tree_.Word(expression, 1)))[0];
    const auto& loops = module_.facts.loops();
    for (auto at = loops.lower_bound({clause, 0}); at != loops.end() && at->first.first == clause;
         ++at) {
      for (const auto& [key, site] : at->second.effects) {
        bool updated = false;
        for (const dependence::Accumulation& accumulation : verdict_.accumulations) {
          updated |= key.place.object == accumulation.container;
        }
        bool world = key.place.kind == PlaceKind::World || key.place.kind == PlaceKind::Anything;
        if (key.how != WriteHow::NotAWrite || updated || world) {
          Refuse("generator-effects",
                 "the generator expression would run ahead of the loop, and that would show",
                 site.at);
        }
      }
    }
  }

  // Under spawn and forkserver a worker imports the module again.
  void CheckStart() {
    if (module_.import_time.effectful().empty()) {
      Discharge("process-safe-start", Evidence::Proved,
                "importing the module again runs nothing but definitions");
      return;
    }
    if (module_.is_script && !module_.import_time.main_guard()) {
      // Without a main guard the support module starts no process that would import the script
      // again: workers are forked, with all that the program has at that moment, or there are none.
      forked_only_ = true;
      Discharge("process-safe-start", Evidence::Guarded,
                "the script has no main guard, so workers are only ever forked; where that is not "
                "possible, the loop runs in one process");
      return;
    }
    NodeId at = module_.import_time.effectful().front();
    Refuse("import-effects",
           "importing the module again, as worker processes do, would repeat what this statement "
           "does",
           at);
  }

  // ---- names the body needs ----

  struct Constant {
    std::string name;
    NodeId use;
  };

  // Sorts the free names of the body into module names that every process has, and values to pass.
  void Classify(const std::vector<FreeName>& needed) {
    for (const FreeName& free : needed) {
      bool module_name = free.resolution.scope == module_.scopes.module_scope();
      if (module_name && forked_only_) continue;
      if (module_name) {
        std::optional<std::string> why = module_.import_time.WhyNotStable(free.name);
        if (!why) continue;
      }
      Value value = ValueOfName(free.name);
      if (std::optional<std::string> why = module_.travel.WhyNotIn(value)) {
        Refuse("value-cannot-travel",
               fmt::format("`{}` cannot be sent to a worker: {}", tree_.Name(free.name), *why),
               free.first_use);
        continue;
      }
      if (!IsBound(free)) {
        Refuse("maybe-unbound",
               fmt::format("`{}` may not be bound yet when the loop begins", tree_.Name(free.name)),
               free.first_use);
        continue;
      }
      constants_.push_back({std::string(tree_.Name(free.name)), free.first_use});
    }
    if (!forked_only_) CheckReads();
    Discharge("picklable", Evidence::Proved,
              "items, constants and results are of classes that pickle keeps as they are");
  }

  // All that a name may stand for in the loop.
  Value ValueOfName(NameId name) const {
    Value value;
    for (uint32_t index = module_.starts[verdict_.loop].value(); index <= verdict_.loop.value();
         ++index) {
      NodeId id(index);
      if (tree_.kind(id) == NodeKind::Name && NameView(tree_, id).id() == name) {
        value.Join(module_.facts.ValueOf(id));
      }
    }
    return value;
  }

  bool IsBound(const FreeName& free) const {
    const semantics::Scope& scope = module_.scopes[free.resolution.scope];
    if (scope.symbols[free.resolution.slot].parameter) return true;
    semantics::ScopeId frame = module_.scopes.FrameOf(free.resolution.scope);
    if (frame != free.resolution.scope) return true;  // a comprehension's own variable
    // The statement of that frame within which the loop stands.
    NodeId at = verdict_.loop;
    while (at && (module_.scopes.FrameOf(module_.scopes.ScopeAt(at)) != frame ||
                  InfoOf(tree_.kind(at)).category != Category::Stmt)) {
      at = module_.parents[at];
    }
    if (!at) return false;
    semantics::Cfg cfg = semantics::Cfg::Build(tree_, module_.scopes, frame);
    semantics::SlotSet entry(scope.symbols.size());
    for (uint32_t slot = 0; slot < scope.symbols.size(); ++slot) {
      if (scope.symbols[slot].parameter) entry.Add(slot);
    }
    auto bound = semantics::BoundBefore(cfg, scope.symbols.size(), entry);
    for (size_t index = 0; index < cfg.nodes().size(); ++index) {
      if (cfg.nodes()[index].ast == at) return bound[index].Has(free.resolution.slot);
    }
    return false;
  }

  // What called functions read of the module must be the same in every process.
  void CheckReads() {
    std::set<effects::ObjectId> sent;
    std::vector<effects::ObjectId> pending;
    auto send = [&](const Value& value) {
      for (const effects::Ref& ref : value.refs()) {
        ObjectKind kind = module_.facts.heap()[ref.object].kind;
        // Classes and functions travel by name: workers have their own.
        if (kind == ObjectKind::Class || kind == ObjectKind::Function) continue;
        if (sent.insert(ref.object).second) pending.push_back(ref.object);
      }
    };
    send(item_);
    send(iterable_);
    for (const FreeName& free : region_.free_names) send(ValueOfName(free.name));
    while (!pending.empty()) {
      const effects::Object& object = module_.facts.heap()[pending.back()];
      pending.pop_back();
      if (object.kind == ObjectKind::Class || object.kind == ObjectKind::Function) continue;
      send(object.content);
      send(object.keys);
      for (const Value& part : object.items) send(part);
      for (const auto& [name, attribute] : object.attributes) send(attribute);
    }
    for (const LoopFacts* facts : contexts_) {
      for (const auto& [key, site] : facts->effects) {
        if (key.how != WriteHow::NotAWrite) continue;
        if (key.place.kind == PlaceKind::Global) {
          NameId name = tree_.names().Find(module_.facts.Text(key.place.name));
          if (!name) continue;
          // Read by the body itself: passed, or stable already.
          bool direct = site.at == site.via;
          if (direct) continue;
          if (auto why = module_.import_time.WhyNotStable(name)) {
            Refuse("global-differs",
                   fmt::format("a called function reads a module variable, and {}", *why), site.at);
          }
        } else if (key.place.kind == PlaceKind::Cell && site.at != site.via) {
          Refuse("closure", "a called function reads a variable of the function around it",
                 site.at);
        } else if (key.place.object && !sent.contains(key.place.object)) {
          CheckStableObject(key.place.object, site.at);
        }
      }
    }
  }

  void CheckStableObject(effects::ObjectId id, NodeId at) {
    auto writers = module_.facts.writers().find(id);
    if (writers == module_.facts.writers().end()) return;
    for (NodeId writer : writers->second) {
      NodeId statement = module_.import_time.TopLevelOf(writer);
      bool in_function =
          module_.scopes.FrameOf(module_.scopes.ScopeAt(writer)) != module_.scopes.module_scope();
      if (in_function || statement == module_.import_time.main_guard()) {
        Refuse("state-differs", "the body reads an object that the program changes after import",
               at);
        return;
      }
    }
  }

  void CheckResult(NodeId expression) {
    if (auto why = module_.travel.WhyNotOut(module_.facts.ValueOf(expression), depth_)) {
      Refuse("result-cannot-travel",
             fmt::format("`{}` cannot come back from a worker as it is: {}",
                         tree_.TextOf(expression), *why),
             expression);
    }
    // Numbers and texts have no identity, unless the program asks for it all the same.
    const Value& value = module_.facts.ValueOf(expression);
    bool plain_truth =
        (value.scalars() & ~(effects::kNone | effects::kBool)) == 0 && value.refs().empty();
    if (!plain_truth && AsksForIdentity(tree_)) {
      Refuse("identity", "the program compares objects by identity, and results are copies",
             expression);
    }
  }

  // ---- loops ----

  void PlanStatement() {
    SplitResult split_result =
        SplitLoop(tree_, region_, module_.layout, names_, module_.parents, module_.starts);
    if (!split_result.split) {
      Refuse("shape", split_result.problem, split_result.problem_at);
      return;
    }
    const Split& split = *split_result.split;
    for (NodeId expression : split.returned) CheckResult(expression);
    if (split.form != SplitForm::Collected) CheckUpdatesInTry();
    if (split.partial_updates) CheckPartialUpdates();
    for (const dependence::Accumulation& accumulation : verdict_.accumulations) {
      const effects::Object& container = module_.facts.heap()[accumulation.container];
      bool by_key = split.form == SplitForm::Collected && accumulation.how == WriteHow::SetKey;
      if (by_key && (container.kind != ObjectKind::Dict || container.name)) {
        Refuse("shape", "elements of a list are replaced in several places", accumulation.site);
      }
    }
    Classify(NeededByWorker());
    if (!plan_.refusals.empty()) return;
    DischargeForm();

    source::EditSet edits;
    std::string worker = WorkerName();
    std::string parameter = ItemParameter();
    std::string function = fmt::format("def {}({}):\n", worker, Parameters(parameter));
    if (tree_.kind(region_.target) != NodeKind::Name) {
      function += fmt::format("{}{} = {}\n", module_.layout.indent_unit(),
                              tree_.TextOf(region_.target), parameter);
    }
    function += split.worker_body;
    bool fine = InsertWorker(edits, function);

    // The header: the item (where anybody needs it) with its result, through ordered_map.
    bool item_needed = split.item_used || TargetUsedAfter() || !names_.IsFree("_");
    std::string target(tree_.TextOf(region_.target));
    if (!item_needed)
      target = "_";
    else if (tree_.kind(region_.target) != NodeKind::Name && !target.starts_with('(')) {
      target = fmt::format("({})", target);
    }
    fine &= edits.Add({tree_.begin(region_.target), tree_.end(region_.target),
                       fmt::format("{}, {}", target, split.result_pattern)});
    std::string task = Task(worker);
    if (!constants_.empty()) {
      // The constants are bound on a line of their own, above the loop and its comments.
      std::string name = names_.Take({"task", "one_task"});
      uint32_t line = module_.layout.WithCommentsAbove(tree_.begin(verdict_.loop));
      fine &=
          edits.Insert(line, fmt::format("{}{} = {}\n", module_.layout.IndentOf(line), name, task));
      task = name;
    }
    std::string iterable = Wrapped(tree_, region_.iter);
    fine &=
        edits.Add({tree_.begin(region_.iter), tree_.end(region_.iter), MapCall(task, iterable)});
    fine &= ReplaceBody(edits, split.parent_body);
    FinishEdits(std::move(edits), fine, worker);
  }

  void DischargeForm() {
    Discharge("order-kept", Evidence::Proved, "results are handed out in the order of the items");
    Discharge("exceptions-kept", Evidence::Proved,
              "the body has no effects, so the first item that fails is run again in the parent, "
              "after the results before it");
    Discharge("names-kept", Evidence::Proved, "no variable of the body is read after the loop");
    Discharge("bounded-workers", Evidence::Proved, "at most one worker for each processor");
    Discharge("resources-closed", Evidence::Proved,
              "the workers end with the loop, however it ends");
    Discharge("numeric-kept", Evidence::Proved, "the same operations in the same order");
  }

  // Where the iteration that fails has updated containers before, those updates must be out of
  // everybody's sight.
  void CheckPartialUpdates() {
    for (NodeId node = module_.parents[verdict_.loop]; node; node = module_.parents[node]) {
      NodeKind kind = tree_.kind(node);
      if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef) break;
      if (kind == NodeKind::Try || kind == NodeKind::TryStar || kind == NodeKind::With) {
        Refuse("partial-updates",
               "an iteration that fails may have updated the container before, and the code "
               "around could see it",
               node);
        return;
      }
    }
    for (const dependence::Accumulation& accumulation : verdict_.accumulations) {
      for (const LoopFacts* facts : contexts_) {
        for (const auto& [key, site] : facts->effects) {
          if (key.place.object != accumulation.container || key.how == WriteHow::NotAWrite)
            continue;
          bool own = key.age != effects::kOld && key.age >= 0 && !IsHeldElsewhere(key.place.object);
          if (!own) {
            Refuse("partial-updates",
                   "an iteration that fails may have updated the container before, and the caller "
                   "could see it",
                   site.at);
            return;
          }
        }
      }
    }
    if (module_.scopes.FrameOf(module_.scopes.ScopeAt(verdict_.loop)) ==
            module_.scopes.module_scope() &&
        !module_.is_script) {
      Refuse("partial-updates", "whoever imports the module could see a partial result",
             verdict_.loop);
    }
  }

  // An update that may raise, inside a `try` or `with` of the body, must not be taken out of it.
  void CheckUpdatesInTry() {
    for (const Update& update : region_.updates) {
      bool guarded = false;
      for (NodeId node = module_.parents[update.statement]; node != region_.loop;
           node = module_.parents[node]) {
        NodeKind kind = tree_.kind(node);
        guarded |= kind == NodeKind::Try || kind == NodeKind::TryStar || kind == NodeKind::With;
      }
      if (!guarded) continue;
      bool only_dicts = true;
      for (const dependence::Accumulation& accumulation : verdict_.accumulations) {
        only_dicts &= module_.facts.heap()[accumulation.container].kind == ObjectKind::Dict;
      }
      bool hashable =
          !update.arguments.empty() && module_.facts.ValueOf(update.arguments[0]).only_scalars();
      bool cannot_raise = update.how == WriteHow::Append ||
                          (update.how == WriteHow::SetKey && only_dicts && hashable) ||
                          (update.how == WriteHow::AddToSet && hashable);
      if (!cannot_raise) {
        Refuse("update-in-try", "an update that may raise stands where its exception is handled",
               update.statement);
      }
    }
  }

  // Whether any other object, variable of another function or generator may refer to it.
  bool IsHeldElsewhere(effects::ObjectId container) const {
    const effects::Heap& heap = module_.facts.heap();
    for (uint32_t index = 0; index < heap.size(); ++index) {
      const effects::Object& object = heap[effects::ObjectId(index)];
      auto mentions = [&](const Value& value) {
        for (const effects::Ref& ref : value.refs()) {
          if (ref.object == container) return true;
        }
        return false;
      };
      if (mentions(object.content) || mentions(object.keys)) return true;
      for (const Value& item : object.items) {
        if (mentions(item)) return true;
      }
      for (const Value& argument : object.arguments) {
        if (mentions(argument)) return true;
      }
      for (const auto& [name, attribute] : object.attributes) {
        if (mentions(attribute)) return true;
      }
    }
    // A captured variable, or one of the module.
    for (const Update& update : region_.updates) {
      if (tree_.kind(update.receiver) != NodeKind::Name) return true;
      auto resolution = module_.scopes.Resolve(module_.scopes.ScopeAt(update.receiver),
                                               NameView(tree_, update.receiver).id());
      const auto& symbol = module_.scopes[resolution.scope].symbols[resolution.slot];
      if (symbol.captured || symbol.rebound_inside) return true;
    }
    semantics::ScopeId frame = module_.scopes.FrameOf(module_.scopes.ScopeAt(verdict_.loop));
    return module_.scopes[frame].is_generator;
  }

  bool TargetUsedAfter() const {
    for (const dependence::Variable& variable : verdict_.variables) {
      if (variable.variable_class == VariableClass::LastValue && variable.write == verdict_.loop) {
        return true;
      }
    }
    return false;
  }

  // Free names that the worker's part mentions: those that only name containers stay behind.
  std::vector<FreeName> NeededByWorker() const {
    std::vector<FreeName> needed;
    for (const FreeName& free : region_.free_names) {
      bool used = false;
      for (uint32_t index = module_.starts[region_.body.front()].value();
           index <= region_.body.back().value() && !used; ++index) {
        NodeId id(index);
        if (tree_.kind(id) != NodeKind::Name || NameView(tree_, id).id() != free.name) continue;
        bool receiver = false;
        for (const Update& update : region_.updates) {
          receiver |= module_.starts[update.receiver] <= id && id <= update.receiver;
        }
        used = !receiver;
      }
      if (used) needed.push_back(free);
    }
    return needed;
  }

  std::string WorkerName() {
    std::string base = verdict_.function;
    base = base.substr(base.rfind('.') + 1);
    if (base.starts_with('<')) base.clear();
    while (base.starts_with('_')) base.erase(0, 1);
    std::string item =
        region_.target_names.empty() ? "item" : std::string(tree_.Name(region_.target_names[0]));
    while (item.starts_with('_')) item.erase(0, 1);
    if (item.empty()) item = "item";
    std::string one =
        base.empty() ? fmt::format("_for_{}", item) : fmt::format("_{}_{}", base, item);
    return functions_.Take({one, one + "_task"});
  }

  std::string ItemParameter() {
    if (tree_.kind(region_.target) == NodeKind::Name) {
      return std::string(tree_.TextOf(region_.target));
    }
    return names_.Take({"item", "entry"});
  }

  std::string Parameters(const std::string& item) const {
    std::string text = item;
    for (const Constant& constant : constants_) text += ", " + constant.name;
    return text;
  }

  // The task: the function itself, or with its constants bound.
  std::string Task(const std::string& worker) {
    if (constants_.empty()) return worker;
    needs_partial_ = true;
    std::string text = fmt::format("partial({}", worker);
    for (const Constant& constant : constants_) {
      text += fmt::format(", {0}={0}", constant.name);
    }
    return text + ")";
  }

  std::string MapCall(const std::string& task, std::string_view iterable) {
    std::string text = fmt::format("ordered_map({}, {}", task, iterable);
    if (options_.min_items > 1) text += fmt::format(", min_items={}", options_.min_items);
    return text + ")";
  }

  bool ReplaceBody(source::EditSet& edits, const std::string& parent_body) {
    NodeId first = region_.body.front(), last = region_.body.back();
    const rewrite::Layout& layout = module_.layout;
    uint32_t begin = tree_.begin(first);
    uint32_t line = layout.LineBegin(begin);
    bool own_line = line + layout.IndentOf(begin).size() == begin;
    uint32_t end = tree_.end(last);
    uint32_t line_end = layout.NextLine(end);
    std::string_view tail = tree_.text().substr(end, line_end - end);
    while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.remove_suffix(1);
    size_t mark = tail.find_first_not_of(" \t;");
    if (mark == std::string_view::npos || tail[mark] == '#') {
      end += static_cast<uint32_t>(tail.size());
    }
    if (own_line) return edits.Add({layout.WithCommentsAbove(begin), end, parent_body});
    return edits.Add({begin, end, "\n" + parent_body});
  }

  // Above the function or class the loop stands in, or above the statement at the top level.
  bool InsertWorker(source::EditSet& edits, const std::string& function) {
    NodeId top = module_.import_time.TopLevelOf(verdict_.loop);
    uint32_t begin = tree_.begin(top);
    NodeKind kind = tree_.kind(top);
    if (kind != NodeKind::FunctionDef && kind != NodeKind::AsyncFunctionDef &&
        kind != NodeKind::ClassDef) {
      // Below the last definition before the loop, so that the script's own code stays together.
      NodeId last;
      for (NodeId statement : ModuleView(tree_, tree_.root()).body()) {
        if (statement == top) break;
        NodeKind other = tree_.kind(statement);
        if (other == NodeKind::FunctionDef || other == NodeKind::ClassDef) last = statement;
      }
      if (last) {
        return edits.Insert(module_.layout.NextLine(tree_.end(last)), "\n\n" + function);
      }
    }
    if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
        kind == NodeKind::ClassDef) {
      uint32_t field = kind == NodeKind::ClassDef ? 4 : 3;
      NodeList decorators(tree_.List(tree_.Word(top, field)));
      if (!decorators.empty()) begin = std::min(begin, tree_.begin(decorators[0]));
    }
    return edits.Insert(module_.layout.WithCommentsAbove(begin), function + "\n\n");
  }

  void FinishEdits(source::EditSet edits, bool fine, const std::string& worker) {
    std::vector<rewrite::NeededImport> imports;
    if (needs_partial_) imports.push_back({"functools", "partial", false});
    imports.push_back({module_.support_module, "ordered_map", true});
    for (const rewrite::NeededImport& import : imports) {
      if (!rewrite::IsImported(tree_, import) && tree_.names().Find(import.name)) {
        Refuse("name-taken", fmt::format("`{}` means something else in this file", import.name),
               verdict_.loop);
        return;
      }
    }
    if (!fine) {
      Refuse("edit", "the text of the loop cannot be edited without overlap", verdict_.loop);
      return;
    }
    edits.set_applicability(plan_.applicability());
    plan_.edits = std::move(edits);
    plan_.imports = std::move(imports);
    plan_.worker = worker;
    plan_.needs_support = true;
  }

  // ---- comprehensions ----

  void PlanComprehension() {
    bool dict = verdict_.kind == "dictcomp";
    NodeList generators(tree_.List(tree_.Word(verdict_.loop, dict ? 2 : 1)));
    comprehensionView first(tree_, generators[0]);
    NodeId element(tree_.Word(verdict_.loop, 0));
    NodeId value = dict ? DictCompView(tree_, verdict_.loop).value() : NodeId();
    if ((dict && !value) || tree_.kind(element) == NodeKind::Starred) {
      Refuse("shape", "unpacking inside a comprehension", verdict_.loop);
      return;
    }
    for (NodeId node = module_.parents[verdict_.loop];
         node && InfoOf(tree_.kind(node)).category != Category::Stmt;
         node = module_.parents[node]) {
      if (tree_.kind(node) == NodeKind::JoinedStr || tree_.kind(node) == NodeKind::TemplateStr) {
        Refuse("shape", "the comprehension stands inside an f-string", verdict_.loop);
        return;
      }
    }
    CheckResult(element);
    if (value) CheckResult(value);
    Classify(region_.free_names);
    if (!plan_.refusals.empty()) return;
    DischargeForm();

    const std::string& unit = module_.layout.indent_unit();
    std::string worker = WorkerName();
    std::string parameter = ItemParameter();
    std::string function = fmt::format("def {}({}):\n", worker, Parameters(parameter));
    bool tuple_target = tree_.kind(region_.target) != NodeKind::Name;
    if (tuple_target) {
      function += fmt::format("{}{} = {}\n", unit, tree_.TextOf(region_.target), parameter);
    }
    std::string condition;
    for (NodeId test : first.ifs()) {
      std::string text = Wrapped(tree_, test);
      bool loose = tree_.kind(test) == NodeKind::BoolOp || tree_.kind(test) == NodeKind::IfExp ||
                   tree_.kind(test) == NodeKind::Lambda;
      if (first.ifs().size() > 1 && loose && !text.starts_with('(')) text = "(" + text + ")";
      condition += condition.empty() ? text : " and " + text;
    }
    bool nested = generators.size() > 1;
    auto is_item = [&](NodeId expression) {
      return !tuple_target && tree_.kind(expression) == NodeKind::Name &&
             tree_.TextOf(expression) == tree_.TextOf(region_.target);
    };
    std::string result = names_.Take({"result", "value", "outcome"});
    std::string pattern, produced, target = "_";
    std::string target_text(tree_.TextOf(region_.target));
    if (!names_.IsFree("_")) target = names_.Take({"item", "source_item"});
    if (nested) {
      // The inner clauses run in the worker; the parent joins what they give.
      std::string inner(tree_.text().substr(
          tree_.begin(generators[1]),
          tree_.end(generators[generators.size() - 1]) - tree_.begin(generators[1])));
      std::string part = names_.Take({"part", "results", "partial_results"});
      std::string stored =
          dict ? fmt::format("({}, {})", Wrapped(tree_, element), Wrapped(tree_, value))
               : Wrapped(tree_, element);
      if (!condition.empty()) {
        function += fmt::format("{0}if not ({1}):\n{0}{0}return []\n", unit, condition);
      }
      function += fmt::format("{}return [{} {}]\n", unit, stored, inner);
      if (dict) {
        std::string key = names_.Take({"key", "result_key"});
        produced = fmt::format("{}: {}", key, result);
        pattern = part;
        tail_ = fmt::format(" for {}, {} in {}", key, result, part);
      } else {
        produced = result;
        pattern = part;
        tail_ = fmt::format(" for {} in {}", result, part);
      }
    } else {
      std::vector<std::string> values, slots;
      if (dict) {
        if (is_item(element)) {
          target = target_text;
          produced = target_text;
        } else {
          std::string key = names_.Take({"key", "result_key"});
          values.push_back(Wrapped(tree_, element));
          slots.push_back(key);
          produced = key;
        }
        produced += ": ";
        if (is_item(value)) {
          target = target_text;
          produced += target_text;
        } else {
          values.push_back(Wrapped(tree_, value));
          slots.push_back(result);
          produced += result;
        }
      } else if (is_item(element)) {
        target = target_text;
        produced = target_text;
      } else {
        values.push_back(Wrapped(tree_, element));
        slots.push_back(result);
        produced = result;
      }
      auto joined = [](const std::vector<std::string>& parts) {
        std::string text = fmt::format("{}", fmt::join(parts, ", "));
        return parts.size() > 1 ? fmt::format("({})", text) : text;
      };
      if (condition.empty()) {
        if (values.empty()) {
          Refuse("builds-nothing", "the comprehension only copies", verdict_.loop);
          return;
        }
        function += fmt::format("{}return {}\n", unit, fmt::join(values, ", "));
        pattern = joined(slots);
      } else if (values.empty()) {
        std::string keep = names_.Take({"keep", "found", "kept"});
        function += fmt::format("{}return bool({})\n", unit, condition);
        if (!names_.IsFree("bool")) {
          // The file has a name `bool` (or mentions it): say it without.
          function = function.substr(0, function.rfind("return bool("));
          function += fmt::format("return True if {} else False\n", condition);
        }
        pattern = keep;
        tail_ = fmt::format(" if {}", keep);
      } else {
        std::string keep = names_.Take({"keep", "found", "kept"});
        function +=
            fmt::format("{0}if {1}:\n{0}{0}return True, {2}\n{0}return False, {3}\n", unit,
                        condition, joined(values), values.size() > 1 ? "(None, None)" : "None");
        pattern = fmt::format("({}, {})", keep, joined(slots));
        tail_ = fmt::format(" if {}", keep);
      }
    }
    source::EditSet edits;
    bool fine = InsertWorker(edits, function);
    std::string iterable = Wrapped(tree_, region_.iter);
    std::string text = fmt::format("{} for {}, {} in {}{}", produced, target, pattern,
                                   MapCall(Task(worker), iterable), tail_);
    // Everything between the brackets is new; comments inside would be lost with it.
    std::string_view old = tree_.TextOf(verdict_.loop);
    if (HasComment(tree_.begin(verdict_.loop), tree_.end(verdict_.loop))) {
      Refuse("comments", "there are comments inside the comprehension", verdict_.loop);
      return;
    }
    fine &= edits.Add({tree_.begin(verdict_.loop), tree_.end(verdict_.loop),
                       fmt::format("{}{}{}", old.front(), text, old.back())});
    FinishEdits(std::move(edits), fine, worker);
  }

  bool HasComment(uint32_t begin, uint32_t end) const {
    // A # outside of strings: inside a bracket it starts a comment.
    for (uint32_t at = begin; at < end; ++at) {
      if (tree_.text()[at] != '#') continue;
      bool in_string = false;
      for (uint32_t index = module_.starts[verdict_.loop].value();
           index <= verdict_.loop.value() && !in_string; ++index) {
        NodeId id(index);
        NodeKind kind = tree_.kind(id);
        if (kind != NodeKind::Constant && kind != NodeKind::JoinedStr) continue;
        in_string = tree_.begin(id) <= at && at < tree_.end(id);
      }
      if (!in_string) return true;
    }
    return false;
  }

  const Module& module_;
  const Tree& tree_;
  const LoopVerdict& verdict_;
  PlanOptions options_;
  rewrite::FreshNames& functions_;
  rewrite::FreshNames names_;  // of variables; each rewrite has its own
  Plan plan_;
  Region region_;
  std::vector<const LoopFacts*> contexts_;
  Value iterable_, item_;
  int depth_ = 1;
  std::vector<Constant> constants_;
  bool needs_partial_ = false;
  bool forked_only_ = false;
  std::string tail_;
};

}  // namespace

Plan PlanProcessPool(const Module& module, const LoopVerdict& verdict,
                     rewrite::FreshNames& functions, const PlanOptions& options) {
  return Planner(module, verdict, functions, options).Run();
}

}  // namespace unspool::transform
