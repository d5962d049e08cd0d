#include "semantics/declarations/cause.h"

#include "semantics/declarations/unit.h"

namespace unspool::semantics::declarations {

namespace {

struct CauseWords {
  Cause cause;
  std::string_view name;
  std::string_view text;
};

constexpr CauseWords kWords[] = {
    {Cause::None, "none", ""},
    {Cause::ModuleNotFound, "module-not-found", "no text that declares the module is there"},
    {Cause::ModuleUnread, "module-unread", "the module's text cannot be read or parsed"},
    {Cause::ImportUnknown, "import-unknown", "what is imported cannot be read off the files"},
    {Cause::DynamicModule, "dynamic-module",
     "the module may bind names that are not written in it"},
    {Cause::StarUnknown, "star-unknown", "a star import may bind it"},
    {Cause::NotExported, "not-exported", "the stub imports it for itself only"},
    {Cause::NameMissing, "name-missing", "nothing that is written binds it"},
    {Cause::SeveralBindings, "several-bindings", "it is bound to different things"},
    {Cause::Conditional, "conditional", "it is bound on some paths only"},
    {Cause::BoundElsewhere, "bound-elsewhere", "a function rebinds it"},
    {Cause::DeletedName, "deleted-name", "it is deleted"},
    {Cause::ParameterName, "parameter-name", "it is a variable of a function"},
    {Cause::NotStatic, "not-static", "only running the expression tells"},
    {Cause::ModuleAttribute, "module-attribute", "the module does not declare it"},
    {Cause::BaseUnknown, "base-unknown", "a base class is not known"},
    {Cause::BaseNotClass, "base-not-class", "a base is no class"},
    {Cause::InconsistentMro, "inconsistent-mro", "its bases have no consistent order"},
    {Cause::CyclicBases, "cyclic-bases", "it is a base of itself"},
    {Cause::ClassDecorator, "class-decorator", "a decorator may put something else in its place"},
    {Cause::FunctionDecorator, "function-decorator",
     "a decorator may put something else in its place"},
    {Cause::UnknownMetaclass, "unknown-metaclass", "its metaclass is not known"},
    {Cause::InvalidForm, "invalid-form", "it is no type expression"},
    {Cause::UnsupportedForm, "unsupported-form", "this form of type expression is not evaluated"},
    {Cause::StringSyntax, "string-syntax", "the string does not parse as an expression"},
    {Cause::RecursiveAlias, "recursive-alias", "it is defined by itself"},
    {Cause::TooDeep, "too-deep", "it is nested too deeply"},
    {Cause::TooLarge, "too-large", "it is too large"},
    {Cause::VariableAsType, "variable-as-type", "a variable stands where a type is wanted"},
    {Cause::WrongArguments, "wrong-arguments", "the type arguments do not fit its parameters"},
};

constexpr bool Complete() {
  for (size_t index = 0; index < std::size(kWords); ++index) {
    if (kWords[index].cause != static_cast<Cause>(index)) return false;
  }
  return std::size(kWords) == static_cast<size_t>(Cause::WrongArguments) + 1;
}
static_assert(Complete());

constexpr std::string_view kFormNames[] = {
    "Any",           "Union",      "Optional",  "Callable",     "Literal",       "ClassVar",
    "Final",         "Annotated",  "Required",  "NotRequired",  "ReadOnly",      "TypeGuard",
    "TypeIs",        "Self",       "Never",     "NoReturn",     "LiteralString", "Concatenate",
    "Unpack",        "Generic",    "Protocol",  "TypeAlias",    "NamedTuple",    "TypedDict",
    "NewType",       "TypeVar",    "ParamSpec", "TypeVarTuple", "Type",          "Tuple",
    "TypeAliasType", "ForwardRef", "TypeForm",
};
static_assert(std::size(kFormNames) == static_cast<size_t>(SpecialForm::TypeForm) + 1);

}  // namespace

std::string_view CauseName(Cause cause) {
  return kWords[static_cast<size_t>(cause)].name;
}
std::string_view CauseText(Cause cause) {
  return kWords[static_cast<size_t>(cause)].text;
}
std::string_view SpecialFormName(SpecialForm form) {
  return kFormNames[static_cast<size_t>(form)];
}

}  // namespace unspool::semantics::declarations
