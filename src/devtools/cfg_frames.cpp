#include "devtools/cfg_frames.h"

#include "syntax/views.h"

#include <algorithm>

namespace unspool::devtools {

using namespace syntax;
using semantics::CfgNode;
using semantics::CfgPart;
using semantics::Scope;
using semantics::ScopeId;
using semantics::ScopeKind;

namespace {

constexpr size_t kShownText = 48;

std::string OwnName(const Tree& tree, const Scope& scope) {
  switch (tree.kind(scope.node)) {
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
      return std::string(tree.Name(FunctionLike(tree, scope.node).name));
    case NodeKind::ClassDef:
      return std::string(tree.Name(ClassDefView(tree, scope.node).name()));
    case NodeKind::Lambda:
      return "<lambda>";
    case NodeKind::ListComp:
      return "<listcomp>";
    case NodeKind::SetComp:
      return "<setcomp>";
    case NodeKind::DictComp:
      return "<dictcomp>";
    case NodeKind::GeneratorExp:
      return "<genexpr>";
    default:
      return "<module>";
  }
}

std::string QualifiedName(const Tree& tree, const semantics::ScopeTree& scopes, ScopeId scope) {
  std::vector<std::string> parts;
  for (ScopeId at = scope; at; at = scopes[at].parent) {
    const Scope& part = scopes[at];
    if (part.kind == ScopeKind::TypeParameters) continue;
    if (part.kind == ScopeKind::Module && at != scope) break;
    if (at != scope && part.is_function_like()) parts.push_back("<locals>");
    parts.push_back(OwnName(tree, part));
  }
  std::string name;
  for (size_t index = parts.size(); index-- > 0;) {
    name += parts[index];
    if (index > 0) name += '.';
  }
  return name;
}

NodeList DecoratorsOf(const Tree& tree, NodeId id) {
  if (tree.kind(id) == NodeKind::ClassDef) return ClassDefView(tree, id).decorator_list();
  return FunctionLike(tree, id).decorators;
}

// What a `def` or `class` evaluates itself: from the first decorator to the end of its header.
source::Span HeaderOf(const Tree& tree, NodeId id) {
  source::Span span{tree.begin(id), tree.begin(id)};
  for (NodeId decorator : DecoratorsOf(tree, id)) {
    span.begin = std::min(span.begin, tree.begin(decorator));
  }
  const bool is_class = tree.kind(id) == NodeKind::ClassDef;
  const NodeList body = is_class ? ClassDefView(tree, id).body() : FunctionLike(tree, id).body;
  auto extend = [&](NodeId child) {
    if (child && tree.end(child) <= tree.begin(body.front())) {
      span.end = std::max(span.end, tree.end(child));
    }
  };
  ForEachChild(tree, id, extend);
  return span;
}

}  // namespace

CfgFrame::CfgFrame(const source::SourceFile& file, const Tree& tree,
                   const semantics::ScopeTree& scopes, ScopeId scope)
    : file_(file),
      tree_(tree),
      scopes_(scopes),
      scope_(scope),
      cfg_(semantics::Cfg::Build(tree, scopes, scope)),
      qualified_name_(QualifiedName(tree, scopes, scope)) {}

std::string CfgFrame::name() const {
  return OwnName(tree_, scopes_[scope_]);
}

std::string_view CfgFrame::kind() const {
  switch (scopes_[scope_].kind) {
    case ScopeKind::Module:
      return "module";
    case ScopeKind::Class:
      return "class";
    case ScopeKind::Lambda:
      return "lambda";
    case ScopeKind::Comprehension:
      return "comprehension";
    default:
      return scopes_[scope_].is_async ? "async function" : "function";
  }
}

// As co_firstlineno has it.
uint32_t CfgFrame::first_row() const {
  const NodeId node = scopes_[scope_].node;
  switch (tree_.kind(node)) {
    case NodeKind::Module:
      return 1;
    case NodeKind::FunctionDef:
    case NodeKind::AsyncFunctionDef:
    case NodeKind::ClassDef:
      return file_.PositionOf(HeaderOf(tree_, node).begin).row;
    default:
      return file_.PositionOf(tree_.begin(node)).row;
  }
}

source::Span CfgFrame::SpanOf(const CfgNode& node) const {
  switch (node.part) {
    case CfgPart::Entry:
    case CfgPart::Exit:
    case CfgPart::RaiseExit:
    case CfgPart::Dispatch:
    case CfgPart::Finally:
    case CfgPart::FinallyEnd:
    case CfgPart::Join:
      return {};
    case CfgPart::Handler:
    case CfgPart::HandlerTarget:
    case CfgPart::HandlerEnd: {
      const uint32_t begin = tree_.begin(node.ast);
      const NodeId type = ExceptHandlerView(tree_, node.ast).type();
      return {begin, type ? tree_.end(type) : begin};
    }
    case CfgPart::Try:
      return {tree_.begin(node.ast), tree_.begin(node.ast) + 3};
    case CfgPart::StarRaise:
      return {tree_.begin(node.ast), tree_.begin(node.ast)};
    case CfgPart::Element:
      if (tree_.kind(node.ast) == NodeKind::DictComp) {
        const NodeId value = DictCompView(tree_, node.ast).value();
        return {tree_.begin(node.code), tree_.end(value ? value : node.code)};
      }
      break;
    case CfgPart::Statement: {
      const NodeKind kind = tree_.kind(node.ast);
      if (kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
          kind == NodeKind::ClassDef) {
        return HeaderOf(tree_, node.ast);
      }
      break;
    }
    default:
      break;
  }
  const NodeId code = node.code ? node.code : node.ast;
  return {tree_.begin(code), tree_.end(code)};
}

bool CfgFrame::IsInert(uint32_t index) const {
  const CfgNode& node = cfg_.nodes()[index];
  if (node.part == CfgPart::Test || node.part == CfgPart::Guard) {
    return tree_.kind(node.code) == NodeKind::Constant;
  }
  if (node.part != CfgPart::Statement) return false;
  switch (tree_.kind(node.ast)) {
    case NodeKind::Global:
    case NodeKind::Nonlocal:
      return true;
    case NodeKind::Expr:
      return tree_.kind(ExprView(tree_, node.ast).value()) == NodeKind::Constant;
    case NodeKind::Delete: {
      // `del ()`
      bool empty = true;
      for (NodeId target : DeleteView(tree_, node.ast).targets()) {
        empty &= tree_.kind(target) == NodeKind::Tuple || tree_.kind(target) == NodeKind::List;
        ForEachChild(tree_, target, [&](NodeId) { empty = false; });
      }
      return empty;
    }
    case NodeKind::AnnAssign:
      return !AnnAssignView(tree_, node.ast).value();
    default:
      return false;
  }
}

bool CfgFrame::IsBareRaise(uint32_t index) const {
  const CfgNode& node = cfg_.nodes()[index];
  return node.part == CfgPart::Statement && tree_.kind(node.ast) == NodeKind::Raise &&
         !RaiseView(tree_, node.ast).exc();
}

CfgPlace CfgFrame::PlaceOf(uint32_t index) const {
  const CfgNode& node = cfg_.nodes()[index];
  CfgPlace place;
  if (!node.ast) return place;
  const source::Span span = SpanOf(node);
  place.statement_row = file_.PositionOf(tree_.begin(node.ast)).row;
  if (span == source::Span{}) return place;
  place.begin = file_.PositionOf(span.begin);
  place.end = file_.PositionOf(span.end);
  return place;
}

std::string CfgFrame::TextOf(uint32_t index) const {
  const CfgNode& node = cfg_.nodes()[index];
  if (!node.ast) return "";
  const source::Span span = SpanOf(node);
  std::string_view text = file_.TextOf(span);
  const size_t row_end = text.find_first_of("\r\n");
  bool cut = row_end != std::string_view::npos;
  if (cut) text = text.substr(0, row_end);
  if (text.size() > kShownText) {
    size_t end = kShownText;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
    cut = true;
  }
  return std::string(text) + (cut ? " ..." : "");
}

std::vector<CfgFrame> FramesOf(const source::SourceFile& file, const Tree& tree,
                               const semantics::ScopeTree& scopes) {
  std::vector<ScopeId> order;
  for (uint32_t index = 0; index < scopes.size(); ++index) {
    if (scopes[ScopeId(index)].kind != ScopeKind::TypeParameters) order.push_back(ScopeId(index));
  }
  std::ranges::sort(order, {}, [&](ScopeId scope) {
    const NodeId node = scopes[scope].node;
    return std::pair(tree.begin(node), UINT32_MAX - node.value());
  });
  std::vector<CfgFrame> frames;
  for (ScopeId scope : order) frames.emplace_back(file, tree, scopes, scope);
  return frames;
}

}  // namespace unspool::devtools
