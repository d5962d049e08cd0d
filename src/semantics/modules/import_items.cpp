#include "semantics/modules/import_items.h"

#include "syntax/views.h"

#include <algorithm>

namespace unspool::semantics {

using namespace syntax;

namespace {

bool NamesImportError(const Tree& tree, NodeId type) {
  std::string_view text = tree.TextOf(type);
  if (size_t dot = text.rfind('.'); dot != text.npos) text = text.substr(dot + 1);
  return text == "ImportError" || text == "ModuleNotFoundError" || text == "Exception" ||
         text == "BaseException";
}

bool AnyNamesImportError(const Tree& tree, NodeId type) {
  if (tree.kind(type) != NodeKind::Tuple) return NamesImportError(tree, type);
  for (NodeId item : TupleView(tree, type).elts()) {
    if (NamesImportError(tree, item)) return true;
  }
  return false;
}

// `with suppress(ImportError):`
bool Suppresses(const Tree& tree, NodeList items) {
  for (NodeId item : items) {
    const NodeId expression = withitemView(tree, item).context_expr();
    if (tree.kind(expression) != NodeKind::Call) continue;
    CallView call(tree, expression);
    const std::string_view function = tree.TextOf(call.func());
    if (function != "suppress" && function != "contextlib.suppress") continue;
    for (NodeId argument : call.args()) {
      if (AnyNamesImportError(tree, argument)) return true;
    }
  }
  return false;
}

class Collector {
 public:
  Collector(const Tree& tree, const Platform& platform) : tree_(tree), platform_(platform) {}

  std::vector<ImportItem> Collect() {
    Push(ModuleView(tree_, tree_.root()).body(), 0);
    while (!pending_.empty()) {
      const Pending next = pending_.back();
      pending_.pop_back();
      Visit(next.statement, next.guards);
    }
    std::ranges::sort(items_, {}, [&](const ImportItem& item) { return tree_.begin(item.alias); });
    return std::move(items_);
  }

 private:
  struct Pending {
    NodeId statement;
    uint8_t guards;
  };

  void Push(NodeList body, unsigned guards) {
    for (NodeId statement : body) pending_.push_back({statement, static_cast<uint8_t>(guards)});
  }

  void Visit(NodeId id, uint8_t guards) {
    switch (tree_.kind(id)) {
      case NodeKind::Import:
        for (NodeId alias : ImportView(tree_, id).names()) {
          items_.push_back({id, alias, aliasView(tree_, alias).name(), {}, 0, guards});
        }
        break;
      case NodeKind::ImportFrom: {
        ImportFromView from(tree_, id);
        for (NodeId alias : from.names()) {
          items_.push_back({id, alias, from.module(), aliasView(tree_, alias).name(),
                            static_cast<uint32_t>(std::max(from.level(), 0)), guards});
        }
        break;
      }
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
        Push(FunctionLike(tree_, id).body, guards | kInFunction);
        break;
      case NodeKind::ClassDef:
        Push(ClassDefView(tree_, id).body(), guards);
        break;
      case NodeKind::If:
        VisitIf(id, guards);
        break;
      case NodeKind::Try: {
        TryView statement(tree_, id);
        VisitTry(statement.body(), statement.handlers(), statement.orelse(), statement.finalbody(),
                 guards);
        break;
      }
      case NodeKind::TryStar: {
        TryStarView statement(tree_, id);
        VisitTry(statement.body(), statement.handlers(), statement.orelse(), statement.finalbody(),
                 guards);
        break;
      }
      case NodeKind::With: {
        WithView statement(tree_, id);
        const bool suppresses = Suppresses(tree_, statement.items());
        Push(statement.body(), guards | (suppresses ? kHandlesImportError : 0));
        break;
      }
      default:
        VisitOther(id, guards);
        break;
    }
  }

  void VisitIf(NodeId id, uint8_t guards) {
    IfView statement(tree_, id);
    const StaticCondition condition = ConditionOf(tree_, statement.test(), platform_);
    unsigned both = guards;
    if (condition.tests_version) both |= kVersionTest;
    if (condition.tests_platform) both |= kPlatformTest;
    if (!condition.value) both |= kConditional;
    unsigned body = both, orelse = both;
    if (condition.type_checking) body |= kTypeChecking;
    if (condition.not_checking) orelse |= kTypeChecking;
    if (condition.value == false) body |= kNotRun;
    if (condition.value == true) orelse |= kNotRun;
    Push(statement.body(), body);
    Push(statement.orelse(), orelse);
  }

  void VisitTry(NodeList body, NodeList handlers, NodeList orelse, NodeList finalbody,
                uint8_t guards) {
    bool takes = false;
    for (NodeId handler : handlers) takes |= TakesImportError(tree_, handler);
    Push(body, guards | (takes ? kHandlesImportError : 0));
    for (NodeId handler : handlers) {
      const bool fallback = TakesImportError(tree_, handler);
      Push(ExceptHandlerView(tree_, handler).body(),
           guards | kConditional | (fallback ? kFallback : 0));
    }
    Push(orelse, guards | kConditional);
    Push(finalbody, guards);
  }

  // Loops, `match` and `async with`: their parts run or not.
  void VisitOther(NodeId id, uint8_t guards) {
    const NodeKind kind = tree_.kind(id);
    if (kind != NodeKind::For && kind != NodeKind::AsyncFor && kind != NodeKind::While &&
        kind != NodeKind::AsyncWith && kind != NodeKind::Match && kind != NodeKind::match_case) {
      return;
    }
    const unsigned inside = guards | (kind == NodeKind::AsyncWith ? 0 : kConditional);
    ForEachChild(tree_, id, [&](NodeId child) {
      const bool statement = InfoOf(tree_.kind(child)).category == Category::Stmt;
      if (statement || tree_.kind(child) == NodeKind::match_case) {
        pending_.push_back({child, static_cast<uint8_t>(inside)});
      }
    });
  }

  const Tree& tree_;
  const Platform& platform_;
  std::vector<Pending> pending_;
  std::vector<ImportItem> items_;
};

}  // namespace

bool TakesImportError(const Tree& tree, NodeId handler) {
  const NodeId type = ExceptHandlerView(tree, handler).type();
  return !type || AnyNamesImportError(tree, type);
}

std::vector<ImportItem> ImportItemsOf(const Tree& tree, const Platform& platform) {
  return Collector(tree, platform).Collect();
}

}  // namespace unspool::semantics
