#include "semantics/types/session.h"

#include "syntax/views.h"

#include <algorithm>
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
      awaitable(FindStubClass(declarations, "typing", "Awaitable")),
      collection(FindStubClass(declarations, "typing", "Collection")),
      os_error(FindStubClass(declarations, "builtins", "OSError")),
      path(FindStubClass(declarations, "pathlib", "Path")),
      pure_path(FindStubClass(declarations, "pathlib", "PurePath")),
      field(FindStubClass(declarations, "dataclasses", "Field")),
      auto_value(FindStubClass(declarations, "enum", "auto")),
      named_tuple(FindStubClass(declarations, "typing", "NamedTuple")) {}

Session::Session(const Declarations& the_declarations, std::vector<Source> the_sources,
                 const SessionOptions& the_options)
    : declarations(the_declarations),
      options(the_options),
      names(the_declarations),
      classes(the_declarations),
      builtins(the_declarations.FindUnit("builtins")),
      sources(std::move(the_sources)),
      stores_nothing_(the_declarations.functions.size()),
      member_slots_(the_declarations.names.size()),
      frame_of_function_(the_declarations.functions.size(), UINT32_MAX) {
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
    const Scope& module = (*source.scopes)[source.scopes->module_scope()];
    for (uint32_t slot = 0; slot < module.symbols.size(); ++slot) {
      const base::NameId number =
          attribute_names.Intern(source.scopes->Text(module.symbols[slot].key));
      source.variable_names.push_back(number.value());
      source.variables.emplace_back(number.value(), slot);
    }
    std::ranges::sort(source.variables);
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
        const bool rebinds = std::ranges::any_of(what.symbols, [](const Symbol& symbol) {
          return symbol.bound() && (symbol.flags & kNonlocal);
        });
        for (ScopeId outer = what.parent; outer; outer = (*source.scopes)[outer].parent) {
          FrameInfo& around = frames[source.first_frame + outer.value()];
          around.has_inner_class = true;
          around.rebound_by_class |= rebinds;
        }
      }
    }
  }
  for (uint32_t function = 0; function < frame_of_function_.size(); ++function) {
    const declarations::Function& declared = declarations.functions[FunctionId(function)];
    const std::optional<uint32_t> index = SourceAt(declared.unit);
    if (!index) continue;
    const Source& source = sources[*index];
    const ScopeId scope = source.scopes->ScopeOpenedBy(declared.node);
    if (scope) frame_of_function_[function] = source.first_frame + scope.value();
  }
  FindPrivateFunctions();
  const auto& known = declarations.known;
  without_dict_ = {known.str,        known.bytes, known.int_type,     known.bool_type,
                   known.float_type, known.tuple, known.list,         known.set,
                   known.frozenset,  known.dict,  known.complex_type, known.none_type,
                   known.ellipsis,   known.slice};
  std::ranges::sort(without_dict_);
}

void Session::FindPrivateFunctions() {
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    if (!frames[frame].function) continue;
    const declarations::Function& function = declarations.functions[frames[frame].function];
    const std::string_view name = declarations.Text(function.name);
    if (name.starts_with("__") && name.ends_with("__")) continue;
    if (!name.starts_with("_") && (!options.closed_world || function.in_class)) continue;
    if (const base::NameId number = attribute_names.Find(name)) {
      private_functions_[number.value()].push_back(frame);
    }
  }
}

const std::vector<uint32_t>& Session::PrivateFunctions(uint32_t name) const {
  static const std::vector<uint32_t> none;
  const auto found = private_functions_.find(name);
  return found == private_functions_.end() ? none : found->second;
}

bool Session::IsWithoutDict(ClassId cls) const {
  return std::ranges::binary_search(without_dict_, cls);
}

AttributeName Session::NameOf(SymbolId symbol) const {
  const base::NameId number = attribute_names.Find(declarations.Text(symbol));
  // A name that no source has is stored and asked for in texts only: as one for all such names.
  return {number ? number.value() : (1u << 28) - 1, symbol};
}

AttributeName Session::NameOf(std::string_view text) const {
  const base::NameId number = attribute_names.Find(text);
  return {number ? number.value() : (1u << 28) - 1, declarations.Find(text)};
}

std::string_view Session::TextOf(AttributeName name) const {
  if (name.declared) return declarations.Text(name.declared);
  return name.number < attribute_names.size() ? attribute_names.Text(base::NameId(name.number))
                                              : "";
}

std::optional<uint32_t> Session::SourceAt(UnitId unit) const {
  if (unit.value() >= source_of_unit.size()) return std::nullopt;
  const uint32_t at = source_of_unit[unit.value()];
  return at == UINT32_MAX ? std::nullopt : std::optional(at);
}

std::optional<std::pair<uint32_t, uint32_t>> Session::PlaceOfMember(ClassId owner,
                                                                    uint32_t name) const {
  constexpr uint32_t kNone = 1, kFirst = 2;
  const declarations::Class& cls = declarations.classes[owner];
  const Source& source = sources[*SourceAt(cls.unit)];
  const ScopeId scope = source.scopes->ScopeOpenedBy(cls.node);
  if (!scope) return std::nullopt;
  std::atomic<uint32_t>& known = member_slots_[name];
  uint32_t answer = known.load(std::memory_order_relaxed);
  if (answer == 0) {
    const std::string_view text = declarations.Text(declarations.names[name].symbol);
    const syntax::NameId there = source.tree->names().Find(text);
    const auto& slots = (*source.scopes)[scope].slot_of;
    const auto at = there ? slots.find(there.value()) : slots.end();
    answer = at == slots.end() ? kNone : at->second + kFirst;
    known.store(answer, std::memory_order_relaxed);
  }
  if (answer == kNone) return std::nullopt;
  return std::pair(source.first_frame + scope.value(), answer - kFirst);
}

std::optional<uint32_t> Source::SlotOf(uint32_t name) const {
  const auto at = std::ranges::lower_bound(variables, std::pair(name, 0u));
  return at == variables.end() || at->first != name ? std::nullopt : std::optional(at->second);
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

const CallFact* Session::FactOf(FunctionId function) const {
  const declarations::Function& declared = declarations.functions[function];
  const std::string& module = declarations.units[declared.unit].module;
  const std::string prefix = module == "builtins" ? "" : module + ".";
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  const std::string_view name = declarations.Text(declared.name);
  if (!declared.in_class) return base.FindCall(fmt::format("{}.{}", module, name));
  const std::string_view cls =
      declarations.Text(declarations.classes[declared.in_class].qualified_name);
  return base.FindMethod(fmt::format("{}{}", prefix, cls), name);
}

bool Session::IsKnown(FunctionId function) const {
  const declarations::Function& declared = declarations.functions[function];
  const std::string& module = declarations.units[declared.unit].module;
  const bool of_language = module == "builtins" || module == "typing" || module == "types" ||
                           module == "collections" || module == "functools" ||
                           module == "itertools" || module == "operator" || module == "abc";
  if (of_language || FactOf(function)) return true;
  if (!declared.in_class || (declared.name != names.init && declared.name != names.new_)) {
    return false;
  }
  const std::string_view cls =
      declarations.Text(declarations.classes[declared.in_class].qualified_name);
  return KnowledgeBase::Builtin().FindCall(fmt::format("{}.{}", module, cls)) != nullptr;
}

namespace {

// Whether a parameter takes objects of any class, or holds such, as far as the facts go; and
// whether something is run on them.
struct AnyObjects {
  bool taken = false;
  bool asked = false;

  void Add(const CallFact& fact, const knowledge::TypeExpr& type) {
    using knowledge::TypeKind;
    asked |= type.kind == TypeKind::Plain || type.kind == TypeKind::Frozen;
    taken |= type.kind == TypeKind::Any;
    if (type.kind == TypeKind::Variable) {
      const auto* variable = fact.FindVariable(type.name);
      const bool bounded = variable && variable->bound.kind != TypeKind::Any;
      (bounded ? asked : taken) = true;
    }
    for (const knowledge::TypeExpr& arg : type.args) Add(fact, arg);
  }
};

}  // namespace

// By the types for which the facts hold: `any` is what nothing is run on.
bool Session::LeavesAlone(FunctionId function) const {
  const CallFact* fact = FactOf(function);
  AnyObjects objects;
  for (; fact; fact = fact->next_overload) {
    if (fact->HasEffect(EffectKind::Unknown) || fact->HasEffect(EffectKind::Call)) return false;
    for (const knowledge::Parameter& parameter : fact->parameters) {
      if (parameter.name != "self") objects.Add(*fact, parameter.type);
    }
  }
  return objects.taken && !objects.asked;
}

// By the facts about it: it writes nothing and keeps nothing.
bool Session::StoresNothing(FunctionId function) const {
  std::atomic<uint8_t>& known = stores_nothing_[function.value()];
  if (const uint8_t answer = known.load(std::memory_order_relaxed)) return answer == 2;
  const CallFact* fact = FactOf(function);
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
