#include "semantics/types/type_text.h"

#include "syntax/views.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::semantics::types {

namespace {

constexpr int kMaxShownDepth = 2;

std::string Qualified(const Session& session, UnitId unit, SymbolId name) {
  const std::string& module = session.declarations.units[unit].module;
  const std::string_view text = session.declarations.Text(name);
  return module == "builtins" ? std::string(text) : fmt::format("{}.{}", module, text);
}

std::string ClassName(const Session& session, ClassId cls) {
  const declarations::Class& declared = session.declarations.classes[cls];
  return Qualified(session, declared.unit, declared.qualified_name);
}

uint32_t LineOf(const Session& session, uint32_t frame) {
  const Source& source = session.SourceOf(frame);
  const syntax::NodeId node = (*source.scopes)[session.frames[frame].scope].node;
  uint32_t begin = source.tree->begin(node);
  const syntax::NodeKind kind = source.tree->kind(node);
  if (kind == syntax::NodeKind::FunctionDef || kind == syntax::NodeKind::AsyncFunctionDef) {
    const syntax::FunctionLike function(*source.tree, node);
    if (!function.decorators.empty()) begin = source.tree->begin(function.decorators.front());
  }
  const std::string_view before = source.tree->text().substr(0, begin);
  return 1 + static_cast<uint32_t>(std::ranges::count(before, '\n'));
}

std::string FrameName(const Session& session, uint32_t frame) {
  const std::string name = FunctionName(session, frame);
  return fmt::format("{}.{}@{}", session.SourceOf(frame).module, name, LineOf(session, frame));
}

// As a part of the names of what is inside. From 3.12 on (PEP 709) only generators are functions.
std::string_view ComprehensionName(syntax::NodeKind kind, const Session& session) {
  if (kind == syntax::NodeKind::GeneratorExp) return "<genexpr>";
  if (session.declarations.version >= syntax::Version{3, 12}) return "";
  return kind == syntax::NodeKind::ListComp  ? "<listcomp>"
         : kind == syntax::NodeKind::SetComp ? "<setcomp>"
                                             : "<dictcomp>";
}

std::string TermOf(const Session& session, Type type, int depth);

std::string Inside(const Session& session, const Value& value, int depth) {
  if (value.unknown()) return "?";
  std::vector<std::string> terms;
  for (Type type : value.types()) terms.push_back(TermOf(session, type, depth + 1));
  std::ranges::sort(terms);
  terms.erase(std::ranges::unique(terms).begin(), terms.end());
  return fmt::format("{}", fmt::join(terms, " | "));
}

std::string InstanceTerm(const Session& session, Type type, int depth) {
  const Declarations& declarations = session.declarations;
  const ClassId cls(type.subject());
  std::string text = ClassName(session, cls);
  const bool plain = cls == declarations.known.list || cls == declarations.known.set ||
                     cls == declarations.known.dict || cls == declarations.known.frozenset ||
                     cls == declarations.known.tuple;
  const bool shown = plain && type.has_detail() && depth < kMaxShownDepth &&
                     session.cells.Read(CellKey(CellKind::Escaped, type.detail())).empty();
  if (shown) {
    const uint32_t parts = type.positional()                ? type.arity()
                           : cls == declarations.known.dict ? 2
                                                            : 1;
    std::vector<std::string> items;
    bool known = true;
    for (uint32_t index = 0; index < parts; ++index) {
      items.push_back(Inside(
          session, session.cells.Read(CellKey(CellKind::Content, type.detail(), index)), depth));
      known &= items.back() != "?";
    }
    const bool empty = std::ranges::all_of(items, &std::string::empty);
    // Keys of which nobody knows a value, and the like: a place that is never reached.
    const bool some_empty = std::ranges::any_of(items, &std::string::empty);
    if (some_empty && (!empty || type.positional())) known = false;
    if (known && empty && !type.positional()) {
      text += "[]";
    } else if (known) {
      if (cls == declarations.known.tuple && !type.positional()) items.push_back("...");
      text += fmt::format("[{}]", fmt::join(items, ", "));
    }
  }
  if (!type.exact()) text += "+";
  return text;
}

// A method of an object whose class may be one that is not seen.
bool MayBeOverridden(const Session& session, Type method) {
  return method.has_detail() && !session.options.closed_world &&
         !Type::FromBits(session.receivers[method.detail()]).exact();
}

std::string TermOf(const Session& session, Type type, int depth) {
  switch (type.kind()) {
    case TypeKind::Instance:
      return InstanceTerm(session, type, depth);
    case TypeKind::Class:
      if (type.alias()) return "types.GenericAlias";
      return fmt::format("type[{}{}]", ClassName(session, ClassId(type.subject())),
                         type.exact() ? "" : "+");
    case TypeKind::Frame:
      return fmt::format("{} {}{}", type.has_detail() ? "method" : "function",
                         FrameName(session, type.subject()),
                         MayBeOverridden(session, type) ? "+" : "");
    case TypeKind::Stub:
      return fmt::format("builtin {}", TargetOf(session, type));
    case TypeKind::Module:
      return fmt::format("module {}", session.declarations.units[UnitId(type.subject())].module);
    case TypeKind::Callable:
      return "collections.abc.Callable+";
  }
  return "";
}

bool IsOfTyping(const Session& session, ClassId cls) {
  const declarations::Class& declared = session.declarations.classes[cls];
  return (declared.flags & declarations::kGeneric) &&
         session.declarations.units[declared.unit].module == "typing";
}

}  // namespace

std::vector<std::string> TermsOf(const Session& session, const Value& value) {
  std::vector<std::string> terms;
  for (Type type : value.types()) {
    if (type.alias()) {
      terms.insert(terms.end(), {"types.GenericAlias", "typing._GenericAlias"});
      continue;
    }
    terms.push_back(TermOf(session, type, 0));
    // What `typing` calls as a class of collections.abc is an object that stands for it.
    if (type.kind() == TypeKind::Class && IsOfTyping(session, ClassId(type.subject()))) {
      terms.push_back("typing._SpecialGenericAlias");
    }
    // A stub does not say whether Python or C implements what it describes.
    if (type.kind() == TypeKind::Stub) {
      terms.push_back("function " + TargetOf(session, type));
      if (type.has_detail()) terms.push_back("method " + TargetOf(session, type));
    }
  }
  std::ranges::sort(terms);
  terms.erase(std::ranges::unique(terms).begin(), terms.end());
  return terms;
}

std::string TargetOf(const Session& session, Type callee) {
  const Declarations& declarations = session.declarations;
  switch (callee.kind()) {
    case TypeKind::Frame:
      return FrameName(session, callee.subject());
    case TypeKind::Stub: {
      const declarations::Function& function = declarations.functions[FunctionId(callee.subject())];
      return fmt::format("{}.{}@stub", declarations.units[function.unit].module,
                         declarations.Text(function.qualified_name));
    }
    case TypeKind::Class: {
      const declarations::Class& cls = declarations.classes[ClassId(callee.subject())];
      return fmt::format("{}.{}", declarations.units[cls.unit].module,
                         declarations.Text(cls.qualified_name));
    }
    default:
      return "";
  }
}

std::string FunctionName(const Session& session, uint32_t frame) {
  const FrameInfo& info = session.frames[frame];
  if (info.function) {
    return std::string(
        session.declarations.Text(session.declarations.functions[info.function].qualified_name));
  }
  const Source& source = session.SourceOf(frame);
  const Scope& scope = (*source.scopes)[info.scope];
  if (scope.kind != ScopeKind::Lambda) return "";
  std::string name = "<lambda>";
  for (ScopeId outer = scope.parent; outer; outer = (*source.scopes)[outer].parent) {
    const ScopeKind kind = (*source.scopes)[outer].kind;
    const uint32_t around = source.first_frame + outer.value();
    if (kind == ScopeKind::Class && session.frames[around].cls) {
      const declarations::Class& cls = session.declarations.classes[session.frames[around].cls];
      return fmt::format("{}.{}", session.declarations.Text(cls.qualified_name), name);
    }
    if (kind == ScopeKind::Function || kind == ScopeKind::Lambda) {
      return fmt::format("{}.<locals>.{}", FunctionName(session, around), name);
    }
    if (kind == ScopeKind::Comprehension) {
      const std::string_view own =
          ComprehensionName(source.tree->kind((*source.scopes)[outer].node), session);
      if (!own.empty()) name = fmt::format("{}.{}", own, name);
    }
  }
  return name;
}

}  // namespace unspool::semantics::types
