#include "semantics/types/session.h"

#include "syntax/views.h"

#include <fmt/format.h>

namespace unspool::semantics::types {

using knowledge::CallFact;
using knowledge::EffectKind;
using knowledge::KnowledgeBase;

KnownNames::KnownNames(const Declarations& declarations) {
#define UNSPOOL_KNOWN_NAME(name, text) name = declarations.Find(text);
#include "semantics/types/known_names.def"
}

namespace {

// As stubs have it: the program may be the standard library itself.
ClassId FindStubClass(const Declarations& declarations, std::string_view module,
                      std::string_view name) {
  const UnitId unit = declarations.FindUnit(module, declarations::UnitKind::Stub);
  return unit ? declarations.FindClass(unit, name) : declarations.FindClass(module, name);
}

}  // namespace

KnownClasses::KnownClasses(const Declarations& declarations)
    : generator(FindStubClass(declarations, "types", "GeneratorType")),
      coroutine(FindStubClass(declarations, "types", "CoroutineType")),
      async_generator(FindStubClass(declarations, "types", "AsyncGeneratorType")),
      partial(declarations.FindClass("functools", "partial")),
      super_type(FindStubClass(declarations, "builtins", "super")),
      iterable(FindStubClass(declarations, "typing", "Iterable")),
      async_iterable(FindStubClass(declarations, "typing", "AsyncIterable")),
      awaitable(FindStubClass(declarations, "typing", "Awaitable")) {}

Session::Session(const Declarations& the_declarations, std::vector<Source> the_sources,
                 const SessionOptions& the_options)
    : declarations(the_declarations),
      options(the_options),
      names(the_declarations),
      classes(the_declarations),
      sources(std::move(the_sources)),
      stores_nothing_(the_declarations.functions.size()) {
  source_of_unit.assign(the_declarations.units.size(), UINT32_MAX);
  uint32_t node = 0;
  for (uint32_t index = 0; index < sources.size(); ++index) {
    Source& source = sources[index];
    source_of_unit[source.unit.value()] = index;
    source.first_node = node;
    node += static_cast<uint32_t>(source.tree->size());
    source.first_frame = static_cast<uint32_t>(frames.size());
    const base::Interner& own = source.tree->names();
    for (uint32_t name = 0; name < own.size(); ++name) {
      const std::string_view text = own.Text(base::NameId(name));
      source.names.push_back({attribute_names.Intern(text).value(), declarations.Find(text)});
    }
    for (uint32_t scope = 0; scope < source.scopes->size(); ++scope) {
      FrameInfo& frame = frames.emplace_back();
      frame.source = index;
      frame.scope = ScopeId(scope);
      const Scope& what = (*source.scopes)[ScopeId(scope)];
      if (what.kind == ScopeKind::Function) {
        frame.function = declarations.FunctionAt(source.unit, what.node);
        if (frame.function) frame.cls = declarations.functions[frame.function].in_class;
      } else if (what.kind == ScopeKind::Class) {
        frame.cls = declarations.ClassAt(source.unit, what.node);
        for (ScopeId outer = what.parent; outer; outer = (*source.scopes)[outer].parent) {
          frames[source.first_frame + outer.value()].has_inner_class = true;
        }
      }
    }
  }
}

AttributeName Session::NameOf(SymbolId symbol) const {
  const base::NameId number = attribute_names.Find(declarations.Text(symbol));
  // A name that no source has is stored and asked for by nobody.
  return {number ? number.value() : (1u << 28) - 1, symbol};
}

std::optional<uint32_t> Session::SourceAt(UnitId unit) const {
  if (unit.value() >= source_of_unit.size()) return std::nullopt;
  const uint32_t at = source_of_unit[unit.value()];
  return at == UINT32_MAX ? std::nullopt : std::optional(at);
}

std::optional<uint32_t> Session::FrameOf(FunctionId function) const {
  const declarations::Function& declared = declarations.functions[function];
  const std::optional<uint32_t> index = SourceAt(declared.unit);
  if (!index) return std::nullopt;
  const Source& source = sources[*index];
  const ScopeId scope = source.scopes->ScopeOpenedBy(declared.node);
  if (!scope) return std::nullopt;
  return source.first_frame + scope.value();
}

FrameGraph& Session::GraphOf(uint32_t frame) {
  FrameInfo& info = frames[frame];
  if (!info.graph) {
    const Source& source = sources[info.source];
    Cfg cfg = Cfg::Build(*source.tree, *source.scopes, info.scope);
    Ssa ssa = Ssa::Build(cfg, (*source.scopes)[info.scope].symbols.size());
    info.graph = std::make_unique<FrameGraph>(FrameGraph{std::move(cfg), std::move(ssa)});
  }
  return *info.graph;
}

// By the facts about it: it writes nothing and keeps nothing.
bool Session::StoresNothing(FunctionId function) const {
  std::atomic<uint8_t>& known = stores_nothing_[function.value()];
  if (const uint8_t answer = known.load(std::memory_order_relaxed)) return answer == 2;
  const declarations::Function& declared = declarations.functions[function];
  const std::string& module = declarations.units[declared.unit].module;
  const std::string prefix = module == "builtins" ? "" : module + ".";
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  const std::string_view name = declarations.Text(declared.name);
  const CallFact* fact = nullptr;
  if (declared.in_class) {
    const std::string_view cls =
        declarations.Text(declarations.classes[declared.in_class].qualified_name);
    fact = base.FindMethod(fmt::format("{}{}", prefix, cls), name);
  } else {
    fact = base.FindCall(fmt::format("{}.{}", module, name));
  }
  bool nothing = fact != nullptr;
  for (; fact && nothing; fact = fact->next_overload) {
    for (const knowledge::FactEffect& effect : fact->effects) {
      const bool keeps = effect.kind == EffectKind::Escape || effect.kind == EffectKind::Unknown;
      const bool writes = effect.kind == EffectKind::Write && !effect.place.is_channel();
      nothing &= !keeps && !writes;
    }
  }
  known.store(nothing ? 2 : 1, std::memory_order_relaxed);
  return nothing;
}

}  // namespace unspool::semantics::types
