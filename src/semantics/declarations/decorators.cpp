// What decorators make of functions and classes: the known ones by name, anything else is a wrapper
// that nobody knows.
#include "semantics/declarations/builder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

enum class Effect : uint8_t {
  Keeps,  // gives the function back, or one that is it in all that is recorded here
  Static,
  ClassMethod,
  Getter,
  CachedGetter,
  AbstractGetter,
  AbstractStatic,
  AbstractClass,
  Abstract,
  Overload,
  Override,
  Final,
  Cached,
  ContextManager,
  Deprecated,
  CheckOnly,
};

constexpr std::pair<std::string_view, Effect> kEffects[] = {
    {"abc.abstractclassmethod", Effect::AbstractClass},
    {"abc.abstractmethod", Effect::Abstract},
    {"abc.abstractproperty", Effect::AbstractGetter},
    {"abc.abstractstaticmethod", Effect::AbstractStatic},
    {"builtins.classmethod", Effect::ClassMethod},
    {"builtins.property", Effect::Getter},
    {"builtins.staticmethod", Effect::Static},
    {"contextlib.asynccontextmanager", Effect::ContextManager},
    {"contextlib.contextmanager", Effect::ContextManager},
    {"enum.property", Effect::Getter},
    {"functools.cache", Effect::Cached},
    {"functools.cached_property", Effect::CachedGetter},
    {"functools.lru_cache", Effect::Cached},
    {"functools.wraps", Effect::Keeps},
    {"types.DynamicClassAttribute", Effect::Getter},
    {"typing.dataclass_transform", Effect::Keeps},
    {"typing.final", Effect::Final},
    {"typing.no_type_check", Effect::Keeps},
    {"typing.overload", Effect::Overload},
    {"typing.override", Effect::Override},
    {"typing.type_check_only", Effect::CheckOnly},
    {"typing_extensions.dataclass_transform", Effect::Keeps},
    {"typing_extensions.deprecated", Effect::Deprecated},
    {"typing_extensions.final", Effect::Final},
    {"typing_extensions.overload", Effect::Overload},
    {"typing_extensions.override", Effect::Override},
    {"warnings.deprecated", Effect::Deprecated},
};
static_assert(std::ranges::is_sorted(kEffects, {}, &std::pair<std::string_view, Effect>::first));

constexpr std::string_view kKeepClass[] = {
    "dataclasses.dataclass",
    "enum.global_enum",
    "enum.unique",
    "enum.verify",
    "functools.total_ordering",
    "typing.dataclass_transform",
    "typing.final",
    "typing.runtime_checkable",
    "typing.type_check_only",
    "typing_extensions.dataclass_transform",
    "typing_extensions.deprecated",
    "typing_extensions.final",
    "typing_extensions.runtime_checkable",
    "warnings.deprecated",
};
static_assert(std::ranges::is_sorted(kKeepClass));

}  // namespace

std::string Builder::QualifiedText(const Meaning& meaning) const {
  auto text = [&](UnitId unit, SymbolId name) {
    return out_.units[unit].module + "." + std::string(Text(name));
  };
  switch (meaning.kind) {
    case MeaningKind::Class:
      return text(out_.classes[meaning.class_id()].unit,
                  out_.classes[meaning.class_id()].qualified_name);
    case MeaningKind::Function:
    case MeaningKind::Property:
      return text(out_.functions[meaning.function_id()].unit,
                  out_.functions[meaning.function_id()].qualified_name);
    case MeaningKind::SpecialForm:
      return "typing." + std::string(SpecialFormName(meaning.special_form()));
    default:
      return {};
  }
}

void Builder::EnsureFunction(FunctionId id) {
  if (function_states_[id.value()] != EnsureState::New) return;
  function_states_[id.value()] = EnsureState::Busy;
  Function function = out_.functions[id];
  const std::string_view name = Text(function.name);
  if (function.in_class) {
    function.kind = FunctionKind::Instance;
    if (name == "__new__") function.kind = FunctionKind::Static;
    if (name == "__init_subclass__" || name == "__class_getitem__") {
      function.kind = FunctionKind::Class;
    }
  }
  const ReadPlace at{function.unit, function.in, &TreeOf(function.unit), {}, false};
  // The innermost is applied first.
  for (uint32_t index = function.decorators.count; index-- > 0;) {
    Decorator decorator = out_.decorators[function.decorators.begin + index];
    ApplyDecorator(function, decorator, at);
    out_.decorators[function.decorators.begin + index] = decorator;
  }
  Function& record = out_.functions[id];
  record.kind = function.kind;
  record.flags = function.flags;
  function_states_[id.value()] = EnsureState::Done;
}

void Builder::ApplyDecorator(Function& function, Decorator& decorator, const ReadPlace& at) {
  const Tree& tree = *at.tree;
  // @x.setter over a function x.
  if (tree.kind(decorator.node) == NodeKind::Attribute && !decorator.called) {
    AttributeView attribute(tree, decorator.node);
    if (tree.kind(attribute.value()) == NodeKind::Name &&
        NameView(tree, attribute.value()).id() == FunctionLike(tree, function.node).name) {
      const std::string_view name = tree.Name(attribute.attr());
      if (name == "setter" || name == "deleter") {
        function.kind = name == "setter" ? FunctionKind::Setter : FunctionKind::Deleter;
        return;
      }
    }
  }
  decorator.meaning = Resolve(at, decorator.node);
  const std::string text = QualifiedText(decorator.meaning);
  const auto* effect = std::ranges::lower_bound(kEffects, std::string_view(text), {},
                                                &std::pair<std::string_view, Effect>::first);
  if (effect == std::end(kEffects) || effect->first != text) {
    function.flags |= kUnknownWrapper;
    return;
  }
  const bool wrapped_by_descriptor = function.kind == FunctionKind::Getter;
  switch (effect->second) {
    case Effect::Keeps:
      break;
    case Effect::Static:
      function.kind = FunctionKind::Static;
      break;
    case Effect::ClassMethod:
      // A class method of a property is neither.
      if (wrapped_by_descriptor) function.flags |= kUnknownWrapper;
      function.kind = FunctionKind::Class;
      break;
    case Effect::AbstractGetter:
      function.flags |= kAbstract;
      function.kind = FunctionKind::Getter;
      break;
    case Effect::Getter:
      function.kind = FunctionKind::Getter;
      break;
    case Effect::CachedGetter:
      function.kind = FunctionKind::Getter;
      function.flags |= kCachedProperty;
      break;
    case Effect::AbstractStatic:
      function.flags |= kAbstract;
      function.kind = FunctionKind::Static;
      break;
    case Effect::AbstractClass:
      function.flags |= kAbstract;
      function.kind = FunctionKind::Class;
      break;
    case Effect::Abstract:
      function.flags |= kAbstract;
      break;
    case Effect::Overload:
      function.flags |= kOverload;
      break;
    case Effect::Override:
      function.flags |= kOverride;
      break;
    case Effect::Final:
      function.flags |= kFinalFunction;
      break;
    case Effect::Cached:
      function.flags |= kCached;
      break;
    case Effect::ContextManager:
      function.flags |= kContextManager;
      break;
    case Effect::Deprecated:
      function.flags |= kDeprecated;
      break;
    case Effect::CheckOnly:
      function.flags |= kTypeCheckOnly;
      break;
  }
}

bool Builder::KeepsClass(ClassId id) {
  const Class record = out_.classes[id];
  const ReadPlace at{record.unit, record.in, &TreeOf(record.unit), {}, false};
  for (uint32_t index = 0; index < record.decorators.count; ++index) {
    Decorator decorator = out_.decorators[record.decorators.begin + index];
    if (decorator.meaning.Is(MeaningKind::Unknown) && !decorator.meaning.reason) {
      decorator.meaning = Resolve(at, decorator.node);
      out_.decorators[record.decorators.begin + index] = decorator;
    }
    const std::string text = QualifiedText(decorator.meaning);
    if (!std::ranges::binary_search(kKeepClass, std::string_view(text))) return false;
  }
  return true;
}

}  // namespace unspool::semantics::declarations
