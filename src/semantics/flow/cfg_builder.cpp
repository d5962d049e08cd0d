#include "semantics/flow/cfg_builder.h"

#include <algorithm>

namespace unspool::semantics {

using namespace syntax;

CfgBuilder::CfgBuilder(const Tree& tree, const ScopeTree& scopes, ScopeId scope)
    : tree_(tree), scopes_(scopes), scope_(scope), seen_(scopes[scope].symbols.size()) {
  const ScopeKind kind = scopes[scope].kind;
  binds_locals_ = kind != ScopeKind::Module && kind != ScopeKind::Class;
  out_.scope_ = scope;
}

Cfg CfgBuilder::Run() {
  const uint32_t entry = Add(CfgPart::Entry, NodeId());
  const NodeId node = scopes_[scope_].node;
  const bool is_function =
      tree_.kind(node) == NodeKind::FunctionDef || tree_.kind(node) == NodeKind::AsyncFunctionDef;
  if (is_function) DefineParameters(entry, FunctionLike(tree_, node).args);
  if (tree_.kind(node) == NodeKind::Lambda) DefineParameters(entry, LambdaView(tree_, node).args());
  Add(CfgPart::Exit, NodeId());
  raise_target_ = Add(CfgPart::RaiseExit, NodeId());
  // What is made when a generator or coroutine is called waits there, to be closed or thrown into.
  out_.nodes_[entry].suspends = scopes_[scope_].is_generator || scopes_[scope_].is_async ||
                                tree_.kind(node) == NodeKind::GeneratorExp;
  if (out_.nodes_[entry].suspends) Raises(entry);
  Become(entry, CfgEdgeKind::Next);
  switch (scopes_[scope_].kind) {
    case ScopeKind::Module:
      Block(ModuleView(tree_, node).body());
      break;
    case ScopeKind::Class:
      Block(ClassDefView(tree_, node).body());
      break;
    case ScopeKind::Function:
      Block(FunctionLike(tree_, node).body);
      break;
    case ScopeKind::Lambda: {
      const NodeId body = LambdaView(tree_, node).body();
      const uint32_t element = Step(CfgPart::Element, node, body);
      Use(element, body);
      Raises(element);
      break;
    }
    case ScopeKind::Comprehension:
      Comprehension(node);
      break;
    case ScopeKind::TypeParameters:
    case ScopeKind::TypeVariable:
    case ScopeKind::TypeAlias:
    case ScopeKind::Annotation:
      break;
  }
  Connect(out_.exit());
  return Finish();
}

uint32_t CfgBuilder::Add(CfgPart part, NodeId ast, NodeId code) {
  const uint32_t index = static_cast<uint32_t>(out_.nodes_.size());
  if (index > 0) SealSlots(index - 1);
  CfgNode& node = out_.nodes_.emplace_back();
  node.ast = ast;
  node.code = code;
  node.part = part;
  node.reason = reason_;
  return index;
}

void CfgBuilder::Edge(uint32_t from, uint32_t to, CfgEdgeKind kind) {
  edges_.push_back({from, {to, kind}});
}

void CfgBuilder::Connect(uint32_t to) {
  for (const Loose& loose : frontier_) Edge(loose.from, to, loose.kind);
  frontier_.clear();
}

uint32_t CfgBuilder::Step(CfgPart part, NodeId ast, NodeId code) {
  const uint32_t index = Add(part, ast, code);
  Connect(index);
  Become(index, CfgEdgeKind::Next);
  return index;
}

void CfgBuilder::Raises(uint32_t node) {
  out_.nodes_[node].may_raise = true;
  Edge(node, raise_target_, CfgEdgeKind::Raise);
}

// Sorts the edges by where they begin; those of one node stay in the order in which they were made,
// but for those of exceptions, which come last.
Cfg CfgBuilder::Finish() {
  SealSlots(static_cast<uint32_t>(out_.nodes_.size() - 1));
  const size_t nodes = out_.nodes_.size();
  std::vector<uint32_t>& begin = out_.edge_begin_;
  begin.assign(nodes + 1, 0);
  for (const auto& [from, edge] : edges_) ++begin[from + 1];
  for (size_t index = 0; index < nodes; ++index) begin[index + 1] += begin[index];
  std::vector<uint32_t> at(begin.begin(), begin.end() - 1);
  out_.edges_.resize(edges_.size());
  for (const bool raises : {false, true}) {
    for (const auto& [from, edge] : edges_) {
      if (edge.is_raise() == raises) out_.edges_[at[from]++] = edge;
    }
  }

  std::ranges::sort(out_.loops_, {}, [](const auto& loop) { return loop.second.setup; });
  std::vector<std::pair<NodeId, CfgLoop>> loops = out_.loops_;
  std::ranges::stable_sort(loops, {}, [](const auto& loop) { return loop.first; });
  for (const auto& [statement, loop] : loops) {
    const uint32_t index = static_cast<uint32_t>(out_.loops_by_statement_.size());
    out_.loops_by_statement_.push_back(loop);
    ++out_.loops_at_.try_emplace(statement.value(), index, 0U).first->second.second;
  }
  return std::move(out_);
}

void CfgBuilder::Block(NodeList statements) {
  for (NodeId statement : statements) Statement(statement);
}

void CfgBuilder::Statement(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::If:
      return If(id);
    case NodeKind::For: {
      ForView loop(tree_, id);
      return For(id, loop.iter(), loop.target(), loop.body(), loop.orelse(), false);
    }
    case NodeKind::AsyncFor: {
      AsyncForView loop(tree_, id);
      return For(id, loop.iter(), loop.target(), loop.body(), loop.orelse(), true);
    }
    case NodeKind::While:
      return While(id);
    case NodeKind::With:
    case NodeKind::AsyncWith:
      return With(id);
    case NodeKind::Try:
    case NodeKind::TryStar:
      return Try(id);
    case NodeKind::Match:
      return Match(id);
    case NodeKind::Assert:
      return Assert(id);
    default:
      return Simple(id);
  }
}

void CfgBuilder::Simple(NodeId id) {
  const uint32_t node = Step(CfgPart::Statement, id);
  out_.nodes_[node].starts = true;
  CollectStatement(node, id);
  if (!CannotRaise(id)) Raises(node);
  switch (tree_.kind(id)) {
    case NodeKind::Return:
      return Leave(CfgReason::Return);
    case NodeKind::Break:
      return Leave(CfgReason::Break);
    case NodeKind::Continue:
      return Leave(CfgReason::Continue);
    case NodeKind::Raise:
      return frontier_.clear();
    default:
      return;
  }
}

// What a simple statement reads and binds, in the order in which it does.
void CfgBuilder::CollectStatement(uint32_t node, NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::Assign: {
      AssignView assign(tree_, id);
      Use(node, assign.value());
      for (NodeId target : assign.targets()) Define(node, target);
      return;
    }
    case NodeKind::AugAssign: {
      AugAssignView assign(tree_, id);
      Use(node, assign.value());
      const bool is_name = tree_.kind(assign.target()) == NodeKind::Name;
      if (is_name) {
        // The old value is read first: `x += (x := 1)` aside, before anything here binds it.
        const NodeId target = assign.target();
        const Resolution resolution =
            scopes_.Resolve(scopes_.ScopeAt(target), NameView(tree_, target).id());
        if (resolution.scope == scope_) uses_.push_back(resolution.slot);
      }
      return Define(node, assign.target());
    }
    case NodeKind::AnnAssign: {
      AnnAssignView assign(tree_, id);
      Use(node, assign.value());
      // Functions do not evaluate annotations of variables.
      if (!binds_locals_) Use(node, assign.annotation());
      // `a[i]: int` evaluates `a` and `i`; a bare name is only declared.
      const bool is_name = tree_.kind(assign.target()) == NodeKind::Name;
      if (assign.value() || !is_name) Define(node, assign.target());
      return;
    }
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef: {
      FunctionLike function(tree_, id);
      for (NodeId decorator : function.decorators) Use(node, decorator);
      UseArguments(node, function.args);
      Use(node, NodeId(tree_.Word(id, field_index::FunctionDef::returns)));
      return DefineName(node, function.name);
    }
    case NodeKind::ClassDef:
      // The body runs here, and what it reads of this scope is a use.
      ForEachChild(tree_, id, [&](NodeId child) { Use(node, child); });
      return DefineName(node, ClassDefView(tree_, id).name());
    case NodeKind::TypeAlias:
      return Define(node, TypeAliasView(tree_, id).name());
    case NodeKind::Import:
    case NodeKind::ImportFrom: {
      const uint32_t field = tree_.kind(id) == NodeKind::Import ? 0 : 1;
      for (NodeId name : NodeList(tree_.List(tree_.Word(id, field)))) {
        aliasView alias(tree_, name);
        const std::string_view text = tree_.Name(alias.name());
        if (alias.asname()) {
          DefineName(node, alias.asname());
        } else if (text == "*") {
          out_.nodes_[node].binds_anything = true;
        } else if (NameId top = tree_.names().Find(text.substr(0, text.find('.')))) {
          DefineName(node, top);
        }
      }
      return;
    }
    case NodeKind::Opaque:
    case NodeKind::Invalid:
      out_.nodes_[node].binds_anything = true;
      return;
    default:
      return Use(node, id);
  }
}

CfgBuilder::Branches CfgBuilder::Test(CfgPart part, NodeId ast, NodeId test) {
  const uint32_t node = Step(part, ast, test);
  Use(node, test);
  const Truth truth = TruthOf(tree_, test);
  if (tree_.kind(test) != NodeKind::Constant) Raises(node);
  Branches branches;
  if (truth != Truth::False) branches.when_true = {{node, CfgEdgeKind::True}};
  if (truth != Truth::True) branches.when_false = {{node, CfgEdgeKind::False}};
  frontier_.clear();
  return branches;
}

void CfgBuilder::If(NodeId id) {
  Frontier ends;
  while (true) {
    IfView branch(tree_, id);
    Branches ways = Test(CfgPart::Test, id, branch.test());
    out_.nodes_.back().starts = true;
    frontier_ = std::move(ways.when_true);
    Block(branch.body());
    ends.insert(ends.end(), frontier_.begin(), frontier_.end());
    frontier_ = std::move(ways.when_false);
    const NodeList orelse = branch.orelse();
    if (orelse.size() == 1 && tree_.kind(orelse[0]) == NodeKind::If) {
      id = orelse[0];
      continue;
    }
    Block(orelse);
    break;
  }
  Append(ends);
}

void CfgBuilder::Assert(NodeId id) {
  AssertView assertion(tree_, id);
  Branches ways = Test(CfgPart::Test, id, assertion.test());
  out_.nodes_.back().starts = true;
  frontier_ = std::move(ways.when_false);
  if (!frontier_.empty()) {
    const uint32_t failure = Step(CfgPart::AssertFailure, id, assertion.msg());
    if (assertion.msg()) Use(failure, assertion.msg());
    Raises(failure);
  }
  frontier_ = std::move(ways.when_true);
}

void CfgBuilder::Match(NodeId id) {
  MatchView match(tree_, id);
  const uint32_t subject = Step(CfgPart::Subject, id, match.subject());
  out_.nodes_[subject].starts = true;
  Use(subject, match.subject());
  Raises(subject);
  Frontier ends;
  for (NodeId case_id : match.cases()) {
    match_caseView match_case(tree_, case_id);
    const NodeId pattern = match_case.pattern();
    const uint32_t node = Step(CfgPart::Pattern, case_id, pattern);
    UsePattern(node, pattern);
    const bool is_capture =
        tree_.kind(pattern) == NodeKind::MatchAs && !MatchAsView(tree_, pattern).pattern();
    if (!is_capture) Raises(node);
    Frontier next;
    // Other patterns that always match (`(_ as a) | b` and the like) are few.
    if (!is_capture) next.push_back({node, CfgEdgeKind::NoCase});
    Become(node, CfgEdgeKind::Case);
    DefineCaptures(node, pattern);
    if (match_case.guard()) {
      Branches ways = Test(CfgPart::Guard, case_id, match_case.guard());
      next.insert(next.end(), ways.when_false.begin(), ways.when_false.end());
      frontier_ = std::move(ways.when_true);
    }
    Block(match_case.body());
    ends.insert(ends.end(), frontier_.begin(), frontier_.end());
    frontier_ = std::move(next);
  }
  Append(ends);
}

// The frame of a comprehension: its first iterable was evaluated outside.
void CfgBuilder::Comprehension(NodeId id) {
  const bool is_dict = tree_.kind(id) == NodeKind::DictComp;
  const bool is_generator = tree_.kind(id) == NodeKind::GeneratorExp;
  const NodeList generators(tree_.List(tree_.Word(id, is_dict ? 2 : 1)));
  uint32_t outer_next = kNone;
  Frontier ends;
  std::vector<std::pair<NodeId, CfgLoop>> loops;
  for (NodeId part : generators) {
    comprehensionView generator(tree_, part);
    uint32_t setup = kNone;
    if (outer_next != kNone) {
      setup = Step(CfgPart::Iterable, part, generator.iter());
      Use(setup, generator.iter());
      Raises(setup);
    }
    const uint32_t next = Step(CfgPart::Next, part, generator.iter());
    out_.nodes_[next].suspends = generator.is_async();
    Raises(next);
    if (setup == kNone) setup = next;
    if (outer_next == kNone) {
      ends.push_back({next, CfgEdgeKind::Exhausted});
    } else {
      Edge(next, outer_next, CfgEdgeKind::Exhausted);
    }
    Become(next, CfgEdgeKind::Iterate);
    const uint32_t target = Step(CfgPart::Target, part, generator.target());
    Define(target, generator.target());
    if (!IsPlainLocal(generator.target())) Raises(target);
    loops.push_back({part, {setup, next, target, 0}});
    for (NodeId condition : generator.ifs()) {
      Branches ways = Test(CfgPart::Test, part, condition);
      for (const Loose& loose : ways.when_false) Edge(loose.from, next, loose.kind);
      frontier_ = std::move(ways.when_true);
    }
    outer_next = next;
  }
  const uint32_t element = Step(CfgPart::Element, id, NodeId(tree_.Word(id, 0)));
  Use(element, NodeId(tree_.Word(id, 0)));
  if (is_dict && DictCompView(tree_, id).value()) Use(element, DictCompView(tree_, id).value());
  out_.nodes_[element].suspends |= is_generator;
  Raises(element);
  Connect(outer_next);
  frontier_ = std::move(ends);
  const uint32_t after = Step(CfgPart::Join, id);
  for (auto& [part, loop] : loops) {
    loop.after = after;
    out_.loops_.emplace_back(part, loop);
  }
}

Truth TruthOf(const Tree& tree, NodeId test) {
  if (tree.kind(test) == NodeKind::BoolOp) {
    // One literal may decide, wherever it stands (`x and 0` is never true), or all that do not.
    BoolOpView operation(tree, test);
    const bool is_and = operation.op() == Operator::And;
    const Truth deciding = is_and ? Truth::False : Truth::True;
    bool all_known = true;
    for (NodeId value : operation.values()) {
      const Truth truth = TruthOfLiteral(tree, value);
      if (truth == deciding) return deciding;
      all_known &= truth != Truth::Unknown;
    }
    if (!all_known) return Truth::Unknown;
    return is_and ? Truth::True : Truth::False;
  }
  return TruthOfLiteral(tree, test);
}

Truth TruthOfLiteral(const Tree& tree, NodeId test) {
  if (tree.kind(test) != NodeKind::Constant) return Truth::Unknown;
  const Constant& constant = tree.constant(ConstantView(tree, test).value());
  const std::string_view text = tree.ConstantText(constant);
  auto from = [](bool truth) { return truth ? Truth::True : Truth::False; };
  switch (constant.kind) {
    case ConstantKind::None:
    case ConstantKind::False:
      return Truth::False;
    case ConstantKind::True:
    case ConstantKind::Ellipsis:
      return Truth::True;
    case ConstantKind::Str:
    case ConstantKind::Bytes:
      return from(!text.empty());
    case ConstantKind::Int: {
      const bool prefixed = text.size() > 1 && text[0] == '0' && (text[1] | 32) > '9';
      return from(text.find_first_not_of("0_", prefixed ? 2 : 0) != std::string_view::npos);
    }
    case ConstantKind::Float:
    case ConstantKind::Imag: {
      // Zero for certain where all digits are; others may be too small to be kept.
      const std::string_view digits = text.substr(0, text.find_first_of("eEjJ"));
      const bool zero = digits.find_first_not_of("0_.") == std::string_view::npos;
      return zero ? Truth::False : Truth::Unknown;
    }
  }
  return Truth::Unknown;
}

}  // namespace unspool::semantics
