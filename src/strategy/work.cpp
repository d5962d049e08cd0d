#include "strategy/work.h"

#include "knowledge/facts.h"
#include "syntax/views.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>
#include <vector>

namespace unspool::strategy {

using effects::Object;
using effects::ObjectId;
using effects::ObjectKind;
using effects::Value;
using syntax::NodeKind;
using syntax::NodeList;
using syntax::Tree;

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr Work kUnbounded = {0, kInfinite, false};
constexpr double kNanosecond = 1e-9;

Work Seconds(double seconds) {
  return {seconds, seconds, false};
}

Work Times(const Work& work, const std::optional<uint64_t>& trips) {
  if (!trips) return {0, work.most > 0 ? kInfinite : 0, work.unknown};
  if (*trips == 0) return {};
  return {work.least * double(*trips), work.most * double(*trips), work.unknown};
}

// One of two happens.
Work Either(const Work& a, const Work& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most), a.unknown || b.unknown};
}

// It may happen or not.
Work Perhaps(const Work& work) {
  return {0, work.most, work.unknown};
}

// Nanoseconds for a node of this kind beside its children, measured under CPython 3.11 with numbers
// and strings of ordinary size.
double OwnCost(NodeKind kind) {
  switch (kind) {
    case NodeKind::Constant:
    case NodeKind::Pass:
      return 2;
    case NodeKind::Name:
    case NodeKind::Assign:
    case NodeKind::If:
    case NodeKind::IfExp:
      return 5;
    case NodeKind::Attribute:
    case NodeKind::UnaryOp:
      return 14;
    case NodeKind::Subscript:
    case NodeKind::BinOp:
    case NodeKind::Compare:
    case NodeKind::AugAssign:
    case NodeKind::List:
    case NodeKind::Tuple:
    case NodeKind::Set:
      return 25;
    case NodeKind::Call:
    case NodeKind::Dict:
    case NodeKind::For:
    case NodeKind::Lambda:
    case NodeKind::FunctionDef:
    case NodeKind::Yield:
      return 50;
    case NodeKind::JoinedStr:
    case NodeKind::FormattedValue:
    case NodeKind::ListComp:
    case NodeKind::SetComp:
    case NodeKind::DictComp:
    case NodeKind::GeneratorExp:
    case NodeKind::With:
      return 80;
    case NodeKind::Raise:
      return 500;
    case NodeKind::Import:
    case NodeKind::ImportFrom:
    case NodeKind::ClassDef:
      return 20'000;
    default:
      return 3;
  }
}

// Above this a library call does more with an element, or with a byte or character, than it takes
// to send it to another process.
constexpr double kElementTransport = 100;
constexpr double kByteTransport = 10;

}  // namespace

Work& Work::operator+=(const Work& other) {
  least += other.least;
  most += other.most;
  unknown |= other.unknown;
  return *this;
}

class WorkModel::Counter {
 public:
  Counter(const Tree& tree, const effects::Facts& facts)
      : tree_(tree),
        facts_(facts),
        starts_(SubtreeStartsOf(tree)),
        work_(tree.size()),
        known_(tree.size(), false) {}

  Work OfIteration(NodeId loop) {
    Of(loop);
    switch (tree_.kind(loop)) {
      case NodeKind::For:
        return SumOf(syntax::ForView(tree_, loop).body());
      case NodeKind::AsyncFor:
        return SumOf(syntax::AsyncForView(tree_, loop).body());
      case NodeKind::While:
        return SumOf(syntax::WhileView(tree_, loop).body());
      default:
        return ClauseWork(loop, 0, /*results_travel=*/true);
    }
  }

  std::optional<uint64_t> TripsOf(NodeId loop) const {
    switch (tree_.kind(loop)) {
      case NodeKind::For:
        return LengthOf(syntax::ForView(tree_, loop).iter());
      case NodeKind::AsyncFor:
      case NodeKind::While:
        return std::nullopt;
      default:
        return LengthOf(ClauseAt(loop, 0).iter());
    }
  }

 private:
  using Clause = syntax::comprehensionView;

  // How deep calls are followed; deeper ones are not bounded.
  static constexpr int kDeepest = 100;

  // ---- one node from its children ----

  Work Of(NodeId root) {
    for (uint32_t index = starts_[root].value(); index <= root.value(); ++index) {
      NodeId id(index);
      if (known_[id]) continue;
      work_[id] = Combine(id);
      work_[id] += CallsAt(id);
      known_[id] = true;
    }
    return work_[root];
  }

  Work Combine(NodeId id) {
    Work work = Seconds(OwnCost(tree_.kind(id)) * kNanosecond);
    switch (tree_.kind(id)) {
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
      case NodeKind::Lambda:
        return work;  // the body runs when it is called
      case NodeKind::For: {
        syntax::ForView loop(tree_, id);
        work += work_[loop.iter()];
        work += Times(SumOf(loop.body()), LengthOf(loop.iter()));
        work += SumOf(loop.orelse());
        return work;
      }
      case NodeKind::While:
      case NodeKind::AsyncFor:
        return kUnbounded;
      case NodeKind::ListComp:
      case NodeKind::SetComp:
      case NodeKind::DictComp:
      case NodeKind::GeneratorExp:
        work += work_[ClauseAt(id, 0).iter()];
        work += Times(ClauseWork(id, 0), LengthOf(ClauseAt(id, 0).iter()));
        return work;
      case NodeKind::If: {
        syntax::IfView choice(tree_, id);
        work += work_[choice.test()];
        work += Either(SumOf(choice.body()), SumOf(choice.orelse()));
        return work;
      }
      case NodeKind::IfExp: {
        syntax::IfExpView choice(tree_, id);
        work += work_[choice.test()];
        work += Either(work_[choice.body()], work_[choice.orelse()]);
        return work;
      }
      case NodeKind::BoolOp: {
        // The first operand is always evaluated.
        bool first = true;
        for (NodeId operand : syntax::BoolOpView(tree_, id).values()) {
          work += first ? work_[operand] : Perhaps(work_[operand]);
          first = false;
        }
        return work;
      }
      case NodeKind::ExceptHandler:
      case NodeKind::match_case: {
        ForEachChild(tree_, id, [&](NodeId child) { work += work_[child]; });
        return Perhaps(work);
      }
      default:
        ForEachChild(tree_, id, [&](NodeId child) { work += work_[child]; });
        return work;
    }
  }

  Work SumOf(NodeList nodes) const {
    Work work;
    for (NodeId node : nodes) work += work_[node];
    return work;
  }

  // ---- comprehensions ----

  NodeList ClausesOf(NodeId comprehension) const {
    const uint32_t field = tree_.kind(comprehension) == NodeKind::DictComp ? 2 : 1;
    return NodeList(tree_.List(tree_.Word(comprehension, field)));
  }
  Clause ClauseAt(NodeId comprehension, size_t index) const {
    return Clause(tree_, ClausesOf(comprehension)[index]);
  }

  // One iteration of the clause: its conditions, then the later clauses and the element. Where the
  // results have to travel to another process, elements that cost less than that count once only,
  // however many there are.
  Work ClauseWork(NodeId comprehension, size_t index, bool results_travel = false) const {
    Work work = SumOf(ClauseAt(comprehension, index).ifs());
    Work inner;
    if (index + 1 < ClausesOf(comprehension).size()) {
      const NodeId iterable = ClauseAt(comprehension, index + 1).iter();
      inner = work_[iterable];
      const Work element = ClauseWork(comprehension, index + 1, results_travel);
      inner += results_travel && element.most <= kLeastTransport
                   ? element
                   : Times(element, LengthOf(iterable));
    } else {
      inner = work_[NodeId(tree_.Word(comprehension, 0))];
      if (tree_.kind(comprehension) == NodeKind::DictComp) {
        inner += work_[NodeId(tree_.Word(comprehension, 1))];
      }
    }
    work += ClauseAt(comprehension, index).ifs().empty() ? inner : Perhaps(inner);
    return work;
  }

  // ---- calls ----

  Work CallsAt(NodeId id) {
    Work work;
    if (tree_.kind(id) == NodeKind::Call &&
        facts_.ValueOf(syntax::CallView(tree_, id).func()).is_unknown()) {
      work = {0, kInfinite, true};
    }
    bool by_library = false;
    if (auto at = facts_.library_calls().find(id); at != facts_.library_calls().end()) {
      by_library = true;
      Work calls;
      bool first = true;
      for (const knowledge::CallFact* fact : at->second) {
        const Work call = LibraryCall(id, *fact);
        calls = first ? call : Either(calls, call);
        first = false;
      }
      work += calls;
    }
    auto at = facts_.callees().find(id);
    if (at == facts_.callees().end()) return work;
    Work bodies;
    bool first = true;
    for (ObjectId callee : at->second) {
      const Work body = BodyOf(facts_.heap()[callee].definition);
      bodies = first ? body : Either(bodies, body);
      first = false;
    }
    // What a library function or a loop calls back, it calls as often as it likes.
    const NodeKind kind = tree_.kind(id);
    const bool once = !by_library && kind != NodeKind::For && kind != NodeKind::comprehension;
    work += once ? bodies : Times(bodies, std::nullopt);
    return work;
  }

  Work BodyOf(NodeId definition) {
    if (!definition) return kUnbounded;
    auto [at, fresh] = bodies_.try_emplace(definition.value(), kUnbounded);  // also for recursion
    if (!fresh) return at->second;
    if (depth_ >= kDeepest) {
      bodies_.erase(at);
      return kUnbounded;
    }
    ++depth_;
    Of(definition);
    --depth_;
    Work body;
    switch (tree_.kind(definition)) {
      case NodeKind::FunctionDef:
        body = SumOf(syntax::FunctionDefView(tree_, definition).body());
        break;
      case NodeKind::Lambda:
        body = work_[syntax::LambdaView(tree_, definition).body()];
        break;
      default:
        body = kUnbounded;
    }
    bodies_[definition.value()] = body;
    return body;
  }

  Work LibraryCall(NodeId id, const knowledge::CallFact& fact) const {
    const knowledge::Cost& cost = fact.cost;
    if (!cost.known) return {};
    if (cost.heavy) return kUnbounded;
    Work work = Seconds(cost.base_ns * kNanosecond);
    if (cost.parameter < 0) return work;
    const double per_item = cost.per_item_ns * kNanosecond;
    const NodeId argument = ArgumentOf(id, fact);
    if (std::optional<uint64_t> length = argument ? LengthOf(argument) : std::nullopt) {
      const double items = double(*length);
      work += Seconds(per_item * items * (cost.log_factor && items > 1 ? std::log2(items) : 1));
      return work;
    }
    const bool text = argument && facts_.ValueOf(argument).only(effects::kStr | effects::kBytes);
    // Of unknown length: without bound only if the elements are worth being sent elsewhere.
    constexpr double kOrdinaryLog = 10;
    const double each = cost.per_item_ns * (cost.log_factor ? kOrdinaryLog : 1);
    if (each > (text ? kByteTransport : kElementTransport)) work.most = kInfinite;
    return work;
  }

  // The expression given for the parameter that the cost depends on, if it is plain to see.
  NodeId ArgumentOf(NodeId id, const knowledge::CallFact& fact) const {
    if (tree_.kind(id) != NodeKind::Call) return NodeId();
    syntax::CallView call(tree_, id);
    const bool method = !fact.parameters.empty() && fact.parameters[0].name == "self";
    size_t position = static_cast<size_t>(fact.cost.parameter);
    if (method) {
      if (position == 0) {
        return tree_.kind(call.func()) == NodeKind::Attribute
                   ? syntax::AttributeView(tree_, call.func()).value()
                   : NodeId();
      }
      --position;
    }
    for (NodeId argument : call.args()) {
      if (tree_.kind(argument) == NodeKind::Starred) return NodeId();
    }
    return position < call.args().size() ? call.args()[position] : NodeId();
  }

  // ---- lengths ----

  // How many elements an expression gives, where the text says so.
  std::optional<uint64_t> LengthOf(NodeId expression) const {
    switch (tree_.kind(expression)) {
      case NodeKind::List:
        return DisplayLength(syntax::ListView(tree_, expression).elts());
      case NodeKind::Tuple:
        return DisplayLength(syntax::TupleView(tree_, expression).elts());
      case NodeKind::Set:
        return DisplayLength(syntax::SetView(tree_, expression).elts());
      case NodeKind::Call:
        return CallLength(syntax::CallView(tree_, expression));
      default:
        break;
    }
    const Value& value = facts_.ValueOf(expression);
    if (const effects::Ref* ref = value.single()) {
      const Object& object = facts_.heap()[ref->object];
      if (object.kind == ObjectKind::Tuple && object.positional) return object.items.size();
    }
    return std::nullopt;
  }

  std::optional<uint64_t> DisplayLength(NodeList elements) const {
    for (NodeId element : elements) {
      if (tree_.kind(element) == NodeKind::Starred) return std::nullopt;
    }
    return elements.size();
  }

  std::optional<uint64_t> CallLength(const syntax::CallView& call) const {
    const effects::Ref* callee = facts_.ValueOf(call.func()).single();
    if (!callee || facts_.heap()[callee->object].kind != ObjectKind::Builtin) return std::nullopt;
    const std::string_view name = facts_.Text(facts_.heap()[callee->object].name);
    if (call.args().empty() || DisplayLength(call.args()) == std::nullopt) return std::nullopt;
    if (name == "range") return RangeLength(call.args());
    if (name == "zip") {
      std::optional<uint64_t> shortest;
      for (NodeId argument : call.args()) {
        std::optional<uint64_t> length = LengthOf(argument);
        if (length && (!shortest || *length < *shortest)) shortest = length;
      }
      return shortest;  // at most; the others are not shorter as far as is known
    }
    if (name == "enumerate" || name == "reversed" || name == "sorted" || name == "list" ||
        name == "tuple") {
      return LengthOf(call.args()[0]);
    }
    return std::nullopt;
  }

  std::optional<uint64_t> RangeLength(NodeList arguments) const {
    int64_t numbers[3] = {0, 0, 1};
    size_t count = 0;
    for (NodeId argument : arguments) {
      const Value& value = facts_.ValueOf(argument);
      if (count == 3 || !value.has_number()) return std::nullopt;
      numbers[count++] = value.number();
    }
    int64_t start = count == 1 ? 0 : numbers[0];
    int64_t stop = count == 1 ? numbers[0] : numbers[1];
    const int64_t step = numbers[2];
    constexpr int64_t kFar = int64_t{1} << 60;
    if (step == 0 || std::max({start, -start, stop, -stop, step, -step}) > kFar)
      return std::nullopt;
    const int64_t distance = step > 0 ? stop - start : start - stop;
    const int64_t stride = step > 0 ? step : -step;
    return distance <= 0 ? 0 : static_cast<uint64_t>((distance + stride - 1) / stride);
  }

  const Tree& tree_;
  const effects::Facts& facts_;
  base::IdVector<NodeId, NodeId> starts_;
  base::IdVector<NodeId, Work> work_;
  base::IdVector<NodeId, bool> known_;
  std::unordered_map<uint32_t, Work> bodies_;  // by definition
  int depth_ = 0;
};

WorkModel::WorkModel(const Tree& tree, const effects::Facts& facts)
    : counter_(std::make_unique<Counter>(tree, facts)) {}
WorkModel::~WorkModel() = default;

Work WorkModel::OfIteration(NodeId loop) {
  return counter_->OfIteration(loop);
}
std::optional<uint64_t> WorkModel::TripsOf(NodeId loop) const {
  return counter_->TripsOf(loop);
}

}  // namespace unspool::strategy
