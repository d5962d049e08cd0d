#include "devtools/symbol_tables.h"

#include "devtools/scope_lines.h"
#include "devtools/source_text.h"
#include "semantics/modules/module_all.h"
#include "semantics/scopes/scopes.h"
#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

namespace unspool::devtools {

namespace {

using Json = nlohmann::ordered_json;
using semantics::Scope;
using semantics::ScopeId;
using semantics::ScopeKind;
using semantics::ScopeTree;
using semantics::Storage;
using semantics::Symbol;
using syntax::NodeId;
using syntax::NodeKind;

class Tables {
 public:
  Tables(const source::SourceFile& file, const syntax::Tree& tree, const ScopeTree& scopes,
         syntax::Version target)
      : file_(file),
        tree_(tree),
        scopes_(scopes),
        target_(target),
        lines_(file, tree, target),
        children_(scopes.size()) {
    for (uint32_t index = 1; index < scopes.size(); ++index) {
      const Scope& scope = scopes[ScopeId(index)];
      if (scope.detached || scope.inlined) continue;
      // What is inside a comprehension that runs inline stands in its place.
      ScopeId parent = scope.parent;
      while (scopes[parent].inlined) parent = scopes[parent].parent;
      children_[parent.value()].push_back(ScopeId(index));
    }
  }

  std::string Text(ScopeId id) const {
    std::string out;
    WriteText(id, 0, out);
    return out;
  }

  Json ToJson(ScopeId id) const;

  // Those of that name, outermost first, without those inside one of them.
  std::vector<ScopeId> Named(std::string_view name) const {
    std::vector<ScopeId> found;
    std::vector<bool> inside(scopes_.size());
    for (uint32_t index = 1; index < scopes_.size(); ++index) {
      const Scope& scope = scopes_[ScopeId(index)];
      if (scope.detached || scope.inlined) continue;
      inside[index] = inside[scope.parent.value()];
      const bool is_function = scope.is_function_like() || scope.kind == ScopeKind::Class;
      if (inside[index] || !is_function || NameOf(ScopeId(index)) != name) continue;
      found.push_back(ScopeId(index));
      inside[index] = true;
    }
    return found;
  }

 private:
  bool Since(uint8_t minor) const { return target_ >= syntax::Version{3, minor}; }

  std::string_view TypeOf(ScopeId id) const {
    switch (scopes_[id].kind) {
      case ScopeKind::Module:
        return "module";
      case ScopeKind::Class:
        return "class";
      case ScopeKind::TypeParameters:
        return Since(13) ? "type parameters" : "type parameter";
      case ScopeKind::TypeVariable:
        return Since(13) ? "type variable" : "TypeVar bound";
      case ScopeKind::TypeAlias:
        return "type alias";
      case ScopeKind::Annotation:
        return "annotation";
      default:
        return "function";
    }
  }

  std::string NameOf(ScopeId id) const {
    const Scope& scope = scopes_[id];
    auto angled = [&](std::string_view word) {
      return Since(15) ? fmt::format("<{}>", word) : std::string(word);
    };
    auto named = [&](NodeId node) {
      return std::string(tree_.Name(syntax::NameId(tree_.Word(node, 0))));
    };
    switch (scope.kind) {
      case ScopeKind::Module:
        return "top";
      case ScopeKind::Annotation:
        return Since(14) ? "__annotate__" : "_annotation";
      case ScopeKind::Lambda:
        return angled("lambda");
      case ScopeKind::Comprehension:
        switch (tree_.kind(scope.node)) {
          case NodeKind::ListComp:
            return angled("listcomp");
          case NodeKind::SetComp:
            return angled("setcomp");
          case NodeKind::DictComp:
            return angled("dictcomp");
          default:
            return angled("genexpr");
        }
      default:
        if (tree_.kind(scope.node) == NodeKind::TypeAlias) {
          return named(syntax::TypeAliasView(tree_, scope.node).name());
        }
        return named(scope.node);
    }
  }

  uint32_t LineOf(ScopeId id) const {
    const Scope& scope = scopes_[id];
    return scope.kind == ScopeKind::Module ? 0 : lines_.LineOf(scope.node);
  }

  std::vector<const Symbol*> SymbolsOf(ScopeId id) const {
    std::vector<const Symbol*> symbols;
    for (const Symbol& symbol : scopes_[id].symbols) symbols.push_back(&symbol);
    std::ranges::sort(symbols, {}, [&](const Symbol* symbol) { return scopes_.Text(symbol->key); });
    return symbols;
  }

  // The `is_...` methods of symtable.Symbol that say yes.
  std::vector<std::string_view> WordsOf(ScopeId id, const Symbol& symbol,
                                        const std::vector<std::string>& names_inside) const {
    std::vector<std::string_view> words;
    auto add = [&](std::string_view word, bool holds) {
      if (holds) words.push_back(word);
    };
    const uint32_t flags = symbol.flags;
    const bool has = (flags & semantics::kBound) != 0;
    // As CPython has it, a function called `top` too.
    const bool of_module = NameOf(id) == "top" && has;
    const Storage storage = symbol.storage;
    const bool is_global = storage == Storage::GlobalExplicit || storage == Storage::GlobalImplicit;
    add("referenced", flags & semantics::kUse);
    add("imported", flags & semantics::kImport);
    add("parameter", flags & semantics::kParameter);
    add("type_parameter", Since(14) && (flags & semantics::kTypeParameter));
    add("global", is_global || of_module);
    add("declared_global", storage == Storage::GlobalExplicit);
    add("nonlocal", flags & semantics::kNonlocal);
    add("local", storage == Storage::Local || storage == Storage::Cell || of_module);
    add("annotated", flags & semantics::kAnnotated);
    add("free", storage == Storage::Free);
    add("cell", Since(15) && storage == Storage::Cell);
    add("free_class", Since(14) && (flags & semantics::kFreeClass));
    add("assigned", flags & semantics::kLocal);
    add("comp_iter", Since(14) && (flags & semantics::kIterated));
    add("comp_cell", Since(14) && (flags & semantics::kComprehensionCell));
    add("namespace",
        std::ranges::find(names_inside, scopes_.Text(symbol.key)) != names_inside.end());
    return words;
  }

  std::vector<std::string> NamesInside(ScopeId id) const {
    std::vector<std::string> names;
    for (ScopeId child : children_[id.value()]) names.push_back(NameOf(child));
    return names;
  }

  // Functions are in functions as deep as somebody nests them, which the parser limits.
  void WriteText(ScopeId id, size_t level, std::string& out) const {
    const Scope& scope = scopes_[id];
    out.append(2 * level, ' ');
    out += fmt::format("{} {}, line {}", TypeOf(id), NameOf(id), LineOf(id));
    if (scope.nested) out += ", nested";
    if (scope.is_function_like()) out += ", optimized";
    if (!children_[id.value()].empty()) out += ", has_children";
    out += '\n';
    const std::vector<std::string> inside = NamesInside(id);
    for (const Symbol* symbol : SymbolsOf(id)) {
      out.append(2 * level, ' ');
      out += fmt::format("  . {}: {}\n", scopes_.Text(symbol->key),
                         fmt::join(WordsOf(id, *symbol, inside), ", "));
    }
    for (ScopeId child : children_[id.value()]) WriteText(child, level + 1, out);
  }

  Json PlaceOf(NodeId node) const {
    const source::Position position = file_.PositionOf(tree_.begin(node));
    return {{"line", position.row}, {"column", position.column}};
  }

  const source::SourceFile& file_;
  const syntax::Tree& tree_;
  const ScopeTree& scopes_;
  const syntax::Version target_;
  const ScopeLines lines_;
  std::vector<std::vector<ScopeId>> children_;
};

Json Tables::ToJson(ScopeId id) const {
  const Scope& scope = scopes_[id];
  Json symbols = Json::array();
  const std::vector<std::string> inside = NamesInside(id);
  for (const Symbol* symbol : SymbolsOf(id)) {
    Json entry = {{"name", scopes_.Text(symbol->key)}};
    entry["is"] = WordsOf(id, *symbol, inside);
    Json bindings = Json::array();
    for (const semantics::Binding& binding : scopes_.BindingsOf(*symbol)) {
      Json site = PlaceOf(binding.node);
      site["kind"] = WordOf(binding.kind);
      if (binding.conditional) site["conditional"] = true;
      if (binding.from != id) site["from"] = NameOf(binding.from);
      bindings.push_back(std::move(site));
    }
    entry["bindings"] = std::move(bindings);
    symbols.push_back(std::move(entry));
  }
  Json table = {{"type", TypeOf(id)},
                {"name", NameOf(id)},
                {"line", LineOf(id)},
                {"nested", scope.nested},
                {"optimized", scope.is_function_like()},
                {"has_children", !children_[id.value()].empty()},
                {"symbols", std::move(symbols)}};
  if (scope.kind == ScopeKind::Module) {
    Json stars = Json::array();
    for (NodeId star : scopes_.star_imports()) stars.push_back(PlaceOf(star));
    table["star_imports"] = std::move(stars);
    const semantics::ModuleAll all = semantics::FindModuleAll(tree_, scopes_);
    Json exported;
    switch (all.state) {
      case semantics::ModuleAll::State::Absent:
        break;
      case semantics::ModuleAll::State::Known: {
        exported["items"] = Json::array();
        for (const semantics::ModuleAll::Item& item : all.items) {
          exported["items"].push_back(item.module ? Json{{"all_of", tree_.TextOf(item.module)}}
                                                  : Json(item.name));
        }
        if (all.star_import_later) exported["star_import_later"] = PlaceOf(all.star_import_later);
        break;
      }
      case semantics::ModuleAll::State::Unknown:
        exported["unknown"] = PlaceOf(all.place);
        exported["unknown"]["reason"] = all.reason;
        break;
    }
    table["all"] = std::move(exported);
  }
  table["children"] = Json::array();
  for (ScopeId child : children_[id.value()]) table["children"].push_back(ToJson(child));
  return table;
}

}  // namespace

SymbolTableText SymbolTablesOf(const source::SourceFile& file, const syntax::Tree& tree,
                               syntax::Version target) {
  SymbolTableText result;
  const ScopeTree scopes = ScopeTree::Build(tree, target, &result.errors);
  if (result.errors.empty()) {
    result.text = Tables(file, tree, scopes, target).Text(scopes.module_scope());
  }
  return result;
}

int PrintSymbolTables(const std::vector<std::string>& paths, const SymbolTableOptions& options) {
  int status = 0;
  bool found = !options.function;
  bool refused = false;
  Json documents = Json::array();
  for (const std::string& path : paths) {
    auto file = ReadSourceOrInput(path);
    if (!file) {
      fmt::print(stderr, "{}\n", file.error().message);
      status = std::max(status, file.error().is_syntax_error ? 1 : 2);
      refused = true;
      continue;
    }
    syntax::ParseResult parsed = syntax::Parse((*file)->text(), {.target = options.target});
    const syntax::Tree& tree = *parsed.tree;
    ScopeTree scopes;
    if (parsed.errors.empty()) scopes = ScopeTree::Build(tree, options.target, &parsed.errors);
    if (!parsed.errors.empty()) {
      fmt::print(stderr, "{}\n", ErrorLine(**file, parsed.errors.front()));
      status = std::max(status, 1);
      refused = true;
      continue;
    }
    const Tables tables(**file, tree, scopes, options.target);
    std::vector<ScopeId> chosen{scopes.module_scope()};
    if (options.function) chosen = tables.Named(*options.function);
    found |= !chosen.empty();
    Json of_file = Json::array();
    if (!options.json && paths.size() > 1) fmt::print("{}:\n", path);
    for (ScopeId id : chosen) {
      if (options.json) {
        of_file.push_back(tables.ToJson(id));
      } else {
        fmt::print("{}", tables.Text(id));
      }
    }
    documents.push_back({{"file", path}, {"tables", std::move(of_file)}});
  }
  if (options.json) {
    fmt::print("{}\n", documents.dump(2, ' ', false, Json::error_handler_t::replace));
  }
  if (!found && !refused) {
    fmt::print(stderr, "there is no function or class called {}\n", *options.function);
    status = std::max(status, 1);
  }
  return status;
}

}  // namespace unspool::devtools
