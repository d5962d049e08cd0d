#include "rewrite/imports.h"

#include "syntax/views.h"

#include <fmt/format.h>

namespace unspool::rewrite {

using namespace syntax;

namespace {

bool IsDocstring(const Tree& tree, NodeId statement) {
  if (tree.kind(statement) != NodeKind::Expr) return false;
  NodeId value = ExprView(tree, statement).value();
  return tree.kind(value) == NodeKind::Constant &&
         tree.constant(ConstantView(tree, value).value()).kind == ConstantKind::Str;
}

bool IsFutureImport(const Tree& tree, NodeId statement) {
  if (tree.kind(statement) != NodeKind::ImportFrom) return false;
  ImportFromView import(tree, statement);
  return import.level() == 0 && import.module() && tree.Name(import.module()) == "__future__";
}

bool IsImport(const Tree& tree, NodeId statement) {
  return tree.kind(statement) == NodeKind::Import || tree.kind(statement) == NodeKind::ImportFrom;
}

}  // namespace

bool IsImported(const Tree& tree, const NeededImport& needed) {
  for (NodeId statement : ModuleView(tree, tree.root()).body()) {
    if (tree.kind(statement) != NodeKind::ImportFrom) continue;
    ImportFromView import(tree, statement);
    std::string module(import.level(), '.');
    if (import.module()) module += tree.Name(import.module());
    if (module != needed.module) continue;
    for (NodeId name : import.names()) {
      aliasView alias(tree, name);
      if (!alias.asname() && tree.Name(alias.name()) == needed.name) return true;
    }
  }
  return false;
}

bool AddImports(const Tree& tree, const Layout& layout, const std::vector<NeededImport>& needed,
                source::EditSet& edits) {
  NodeList body = ModuleView(tree, tree.root()).body();
  // The leading block: imports with nothing but docstring and __future__ before them.
  NodeId last_import, last_head;
  std::vector<NodeId> block;
  for (NodeId statement : body) {
    if (IsImport(tree, statement) && !IsFutureImport(tree, statement)) {
      block.push_back(statement);
      last_import = statement;
    } else if (block.empty() && ((last_head == NodeId() && IsDocstring(tree, statement)) ||
                                 IsFutureImport(tree, statement))) {
      last_head = statement;
    } else {
      break;
    }
  }
  std::string library, local;
  for (const NeededImport& import : needed) {
    if (IsImported(tree, import)) continue;
    std::string line = fmt::format("from {} import {}\n", import.module, import.name);
    if (import.local) {
      local += line;
      continue;
    }
    // Before the first `from` import that sorts behind it, else behind the last import of the
    // first section (a section ends at a blank line).
    NodeId behind, before;
    uint32_t previous_end = 0;
    for (NodeId statement : block) {
      if (previous_end &&
          layout.NextLine(previous_end) != layout.LineBegin(tree.begin(statement))) {
        break;
      }
      previous_end = tree.end(statement);
      behind = statement;
      if (tree.kind(statement) == NodeKind::ImportFrom && !before) {
        ImportFromView other(tree, statement);
        if (other.level() == 0 && other.module() && tree.Name(other.module()) > import.module) {
          before = statement;
        }
      }
    }
    if (before) {
      if (!edits.Insert(layout.LineBegin(tree.begin(before)), line)) return false;
    } else if (behind) {
      uint32_t at = layout.NextLine(tree.end(behind));
      if (at == tree.end(behind)) line = "\n" + line;  // the file ends without a line end
      if (!edits.Insert(at, line)) return false;
    } else {
      library += line;
    }
  }
  if (library.empty() && local.empty()) return true;
  if (last_import) {
    std::string added = local.empty() ? "" : "\n" + local;
    return edits.Insert(layout.NextLine(tree.end(last_import)), library + added);
  }
  std::string added = library + (library.empty() || local.empty() ? "" : "\n") + local;
  if (last_head) return edits.Insert(layout.NextLine(tree.end(last_head)), "\n" + added);
  if (body.empty()) return false;
  // No imports at all: above the first statement and its comments, but below a shebang.
  uint32_t at = layout.WithCommentsAbove(tree.begin(body[0]));
  return edits.Insert(at, added + "\n\n");
}

}  // namespace unspool::rewrite
