#include "devtools/class_text.h"

#include "syntax/views.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <vector>

namespace unspool::devtools {

namespace {

using namespace semantics::declarations;

struct FlagName {
  uint16_t flag;
  std::string_view name;
};
constexpr FlagName kClassFlags[] = {
    {kProtocol, "protocol"},
    {kGeneric, "generic"},
    {kAbstractClass, "abstract"},
    {kFinalClass, "final"},
    {kEnum, "enum"},
    {kDataclass, "dataclass"},
    {kNamedTuple, "namedtuple"},
    {kTypedDict, "typeddict"},
    {kException, "exception"},
    {kFunctional, "functional"},
    {kCheckOnly, "check-only"},
    {kNotTotal, "not-total"},
    {kConditionalClass, "conditional"},
};
constexpr FlagName kFunctionFlags[] = {
    {kAsync, "async"},
    {kGenerator, "generator"},
    {kAbstract, "abstract"},
    {kOverload, "overload"},
    {kOverride, "override"},
    {kFinalFunction, "final"},
    {kCached, "cached"},
    {kUnknownWrapper, "unknown-wrapper"},
    {kContextManager, "context-manager"},
    {kCachedProperty, "cached-property"},
    {kDeprecated, "deprecated"},
};
constexpr std::string_view kKinds[] = {"function", "method", "classmethod", "staticmethod",
                                       "property", "setter", "deleter"};

template <size_t kCount>
std::vector<std::string_view> FlagNames(const FlagName (&flags)[kCount], uint16_t set) {
  std::vector<std::string_view> names;
  for (const FlagName& flag : flags) {
    if (set & flag.flag) names.push_back(flag.name);
  }
  return names;
}

class Printer {
 public:
  Printer(const Declarations& declarations, std::span<const UnitId> units)
      : out_(declarations), units_(units) {}

  std::string Text() {
    for (UnitId unit : units_) {
      const Unit& record = out_.units[unit];
      fmt::format_to(
          std::back_inserter(text_), "{} {}{}\n", record.kind == UnitKind::Stub ? "stub" : "module",
          record.module,
          record.open ? fmt::format(" (open: {})", CauseName(record.open_reason.cause)) : "");
      Names(record.names, 2);
    }
    return std::move(text_);
  }

  nlohmann::ordered_json Json() {
    auto list = nlohmann::ordered_json::array();
    for (UnitId unit : units_) {
      const Unit& record = out_.units[unit];
      nlohmann::ordered_json json;
      json["module"] = record.module;
      json["kind"] = record.kind == UnitKind::Stub ? "stub" : "source";
      json["path"] = record.path;
      json["open"] = record.open ? CauseName(record.open_reason.cause) : "";
      json["parsed"] = record.tree != nullptr;
      auto classes = nlohmann::ordered_json::array();
      for (uint32_t index = 0; index < record.classes.count; ++index) {
        classes.push_back(ClassJson(ClassId(record.classes.begin + index)));
      }
      json["classes"] = std::move(classes);
      auto functions = nlohmann::ordered_json::array();
      for (uint32_t index = 0; index < record.functions.count; ++index) {
        const FunctionId id(record.functions.begin + index);
        if (out_.functions[id].returns || HasAnnotation(id)) functions.push_back(FunctionJson(id));
      }
      json["functions"] = std::move(functions);
      list.push_back(std::move(json));
    }
    return list;
  }

 private:
  bool HasAnnotation(FunctionId id) const {
    for (const Parameter& parameter : out_.ParamsOf(id)) {
      if (parameter.annotation) return true;
    }
    return false;
  }

  std::string ClassName(ClassId id) const {
    const Class& record = out_.classes[id];
    return fmt::format("{}.{}", out_.units[record.unit].module, out_.Text(record.qualified_name));
  }

  // Module and qualified name told apart.
  std::string PlaceName(ClassId id) const {
    const Class& record = out_.classes[id];
    return fmt::format("{}:{}", out_.units[record.unit].module, out_.Text(record.qualified_name));
  }

  std::string TypeOf(DeclTypeId type) const { return TypeText(out_, out_.types, type); }

  std::string ReasonText(const Reason& reason) const {
    std::string text(CauseName(reason.cause));
    if (reason.name) text.append(" ").append(out_.Text(reason.name));
    return text;
  }

  std::string AnnotationText(const Annotation& annotation) const {
    std::string text = TypeOf(annotation.type);
    if (annotation.narrowed) {
      text = fmt::format("{}[{}]", annotation.marks & kTypeIs ? "TypeIs" : "TypeGuard",
                         TypeOf(annotation.narrowed));
    }
    if (annotation.marks & kClassVar) text = fmt::format("ClassVar[{}]", text);
    if (annotation.marks & kFinal) text = fmt::format("Final[{}]", text);
    return text;
  }

  std::string Signature(FunctionId id) const {
    std::string text = "(";
    bool star = false, slash = false;
    const auto params = out_.ParamsOf(id);
    for (size_t index = 0; index < params.size(); ++index) {
      const Parameter& parameter = params[index];
      if (index > 0) text += ", ";
      if (slash && parameter.kind != ParamKind::PositionalOnly) {
        text += "/, ";
        slash = false;
      }
      if (parameter.kind == ParamKind::PositionalOnly) slash = true;
      if (parameter.kind == ParamKind::VarArgs) {
        text += '*';
        star = true;
      }
      if (parameter.kind == ParamKind::VarKeywords) text += "**";
      if (parameter.kind == ParamKind::KeywordOnly && !star) {
        text += "*, ";
        star = true;
      }
      text += out_.Text(parameter.name);
      if (parameter.annotation) text += ": " + AnnotationText(parameter.annotation);
      if (parameter.default_value) text += " = ...";
    }
    if (slash) text += ", /";
    text += ')';
    if (out_.functions[id].returns) text += " -> " + AnnotationText(out_.functions[id].returns);
    return text;
  }

  void Line(int indent, std::string_view text) {
    text_.append(static_cast<size_t>(indent), ' ').append(text).append("\n");
  }

  void Names(NamespaceId in, int indent) {
    for (const Name& name : Declarations::Span(out_.names, out_.namespaces[in].names)) {
      OneName(name, in, indent);
    }
  }

  std::string NameMarks(const Name& name) const {
    std::string marks;
    if (name.flags & kPrivateImport) marks += " private";
    if (name.flags & kMayBeUnbound) marks += " may-be-unbound";
    if (name.flags & kSeveral) marks += " several";
    return marks;
  }

  void OneName(const Name& name, NamespaceId in, int indent) {
    const std::string marks = NameMarks(name);
    const std::string symbol(out_.Text(name.symbol));
    const Meaning& meaning = name.meaning;
    switch (meaning.kind) {
      case MeaningKind::Unknown:
        Line(indent, fmt::format("{}: unknown ({}){}", symbol, ReasonText(meaning.reason), marks));
        break;
      case MeaningKind::Absent:
        Line(indent, fmt::format("{}: absent{}", symbol, marks));
        break;
      case MeaningKind::Class: {
        const Class& record = out_.classes[meaning.class_id()];
        if (record.in == in && record.name == name.symbol) {
          OneClass(meaning.class_id(), indent, marks);
        } else {
          Line(indent,
               fmt::format("{} = class {}{}", symbol, ClassName(meaning.class_id()), marks));
        }
        break;
      }
      case MeaningKind::Function:
      case MeaningKind::Property: {
        const FunctionId id = meaning.function_id();
        const Function& record = out_.functions[id];
        if (record.in != in || record.name != name.symbol) {
          Line(indent, fmt::format("{} = function {}.{}{}", symbol, out_.units[record.unit].module,
                                   out_.Text(record.qualified_name), marks));
          break;
        }
        const auto group = out_.GroupOf(id);
        if (group.empty()) OneFunction(id, indent, marks);
        for (FunctionId each : group) OneFunction(each, indent, marks);
        break;
      }
      case MeaningKind::Variable: {
        const Definition& definition = out_.definitions[meaning.definition_id()];
        const std::string type = AnnotationText(definition.annotation);
        Line(indent,
             fmt::format("{}: variable{}{}{}", symbol, type.empty() ? "" : " ", type, marks));
        break;
      }
      case MeaningKind::Module:
        Line(indent,
             fmt::format("{} = module {}{}", symbol, out_.units[meaning.unit_id()].module, marks));
        break;
      case MeaningKind::BareModule:
        Line(indent, fmt::format("{} = module {} without text{}", symbol,
                                 out_.Text(SymbolId(meaning.value)), marks));
        break;
      case MeaningKind::Alias: {
        const Alias& alias = out_.aliases[meaning.alias_id()];
        Line(indent, fmt::format("{}{} = type {}{}", symbol, Params(alias.type_params),
                                 TypeOf(alias.type), marks));
        break;
      }
      case MeaningKind::TypeParam:
        Line(indent,
             fmt::format("{}: type parameter{}{}", symbol, Bound(meaning.type_param_id()), marks));
        break;
      case MeaningKind::NewType:
        Line(indent, fmt::format("{}: new type{}", symbol, marks));
        break;
      case MeaningKind::SpecialForm:
        Line(indent, fmt::format("{} = typing.{}{}", symbol,
                                 SpecialFormName(meaning.special_form()), marks));
        break;
    }
    if (name.typing.kind != meaning.kind || name.typing.value != meaning.value) {
      Name other = name;
      other.meaning = other.typing;
      other.symbol = name.symbol;
      Line(indent, fmt::format("for type checkers, {}:", symbol));
      OneName(other, in, indent + 2);
    }
  }

  std::string Bound(TypeParamId id) const {
    const TypeParam& param = out_.type_params[id];
    std::string text;
    if (param.bound) text += ", bound " + TypeOf(param.bound);
    for (DeclTypeId each : Declarations::Span(out_.type_lists, param.constraints)) {
      text += ", or " + TypeOf(each);
    }
    if (param.default_type) text += ", default " + TypeOf(param.default_type);
    return text;
  }

  std::string Params(Range params) const {
    if (params.empty()) return "";
    std::string text = "[";
    for (TypeParamId id : Declarations::Span(out_.type_param_lists, params)) {
      if (text.size() > 1) text += ", ";
      text += out_.Text(out_.type_params[id].name);
    }
    return text + "]";
  }

  void OneFunction(FunctionId id, int indent, std::string_view marks) {
    const Function& record = out_.functions[id];
    std::string line(kKinds[static_cast<size_t>(record.kind)]);
    for (std::string_view flag : FlagNames(kFunctionFlags, record.flags)) {
      line.append(" ").append(flag);
    }
    Line(indent, fmt::format("{} {}{}{}{}", line, out_.Text(record.name),
                             Params(record.type_params), Signature(id), marks));
  }

  void OneClass(ClassId id, int indent, std::string_view marks) {
    const Class& record = out_.classes[id];
    std::string flags;
    for (std::string_view flag : FlagNames(kClassFlags, record.flags)) {
      flags.append(" ").append(flag);
    }
    Line(indent, fmt::format("class {}{}{}{}", out_.Text(record.qualified_name),
                             Params(record.type_params), flags, marks));
    std::string order;
    for (const MroEntry& entry : out_.MroOf(id)) {
      if (entry.class_id == id) continue;
      if (!order.empty()) order += ", ";
      order += ClassName(entry.class_id);
      const auto args = Declarations::Span(out_.type_lists, entry.args);
      for (size_t index = 0; index < args.size(); ++index) {
        order += (index == 0 ? "[" : ", ") + TypeOf(args[index]);
      }
      if (!args.empty()) order += "]";
    }
    if (record.mro_state != MroState::Complete) {
      order += fmt::format("{}{} ({})", order.empty() ? "" : ", ",
                           record.mro_state == MroState::Partial ? "unknown" : "no order",
                           ReasonText(record.mro_reason));
    }
    Line(indent + 2, "order: " + order);
    if (!record.metaclass) {
      Line(indent + 2, "metaclass: unknown");
    } else if (record.metaclass != out_.known.type) {
      Line(indent + 2, "metaclass: " + ClassName(record.metaclass));
    }
    if (record.slots_state != SlotsState::None) {
      std::string slots;
      for (SymbolId symbol : Declarations::Span(out_.slot_names, record.slots)) {
        slots.append(" ").append(out_.Text(symbol));
      }
      Line(
          indent + 2,
          "slots:" + (record.slots_state == SlotsState::Unknown ? std::string(" unknown") : slots));
    }
    Names(record.members, indent + 2);
    for (const AttributeSite& site :
         Declarations::Span(out_.attribute_sites, record.instance_attributes)) {
      const std::string type = AnnotationText(site.declared);
      Line(indent + 2, fmt::format("self.{} in {}{}{}", out_.Text(site.name),
                                   out_.Text(out_.functions[site.method].name),
                                   type.empty() ? "" : ": ", type));
    }
  }

  // The kind of what a class's __dict__ holds, as far as it is claimed.
  std::string MemberKind(const Name& name, const Class& owner) const {
    // A metaclass may put something else in place of what the body binds.
    if (owner.metaclass_state == MetaclassState::Unknown) return "unknown unknown-metaclass";
    const bool enumeration = (owner.flags & kEnum) != 0;
    const Meaning& meaning = name.meaning;
    const std::string_view symbol = out_.Text(name.symbol);
    switch (meaning.kind) {
      case MeaningKind::Function: {
        const Function& record = out_.functions[meaning.function_id()];
        // Enumerations put a __new__ of their own there.
        if (enumeration && symbol == "__new__") return "variable";
        // type() wraps plain functions of these names, wherever they were written.
        if (!record.in_class || record.kind == FunctionKind::Instance) {
          if (symbol == "__new__") return "staticmethod";
          if (symbol == "__init_subclass__" || symbol == "__class_getitem__") return "classmethod";
        }
        // A function of a stub may be anything that can be called.
        if (out_.units[record.unit].kind == UnitKind::Stub) return "variable";
        if (record.flags & kCached) return "other";
        return record.kind == FunctionKind::Class    ? "classmethod"
               : record.kind == FunctionKind::Static ? "staticmethod"
                                                     : "function";
      }
      case MeaningKind::Property:
        return out_.functions[meaning.function_id()].flags & kCachedProperty ? "other" : "property";
      case MeaningKind::Class:
        return "class";
      case MeaningKind::Unknown:
        return fmt::format("unknown {}", CauseName(meaning.reason.cause));
      case MeaningKind::Absent:
        return "absent";
      default:
        return "variable";
    }
  }

  nlohmann::ordered_json ClassJson(ClassId id) const {
    const Class& record = out_.classes[id];
    nlohmann::ordered_json json;
    json["qualname"] = out_.Text(record.qualified_name);
    const auto& tree = *out_.units[record.unit].tree;
    json["offset"] = tree.begin(record.node);
    json["flags"] = FlagNames(kClassFlags, record.flags);
    auto order = nlohmann::ordered_json::array();
    auto stubs = nlohmann::ordered_json::array();
    for (const MroEntry& entry : out_.MroOf(id)) {
      order.push_back(PlaceName(entry.class_id));
      const bool stub = out_.units[out_.classes[entry.class_id].unit].kind == UnitKind::Stub;
      stubs.push_back(stub ? 1 : 0);
    }
    json["mro"] = std::move(order);
    json["mro_stub"] = std::move(stubs);
    json["mro_state"] = record.mro_state == MroState::Complete  ? "complete"
                        : record.mro_state == MroState::Partial ? "partial"
                                                                : "inconsistent";
    json["reason"] = ReasonText(record.mro_reason);
    json["metaclass"] = record.metaclass ? PlaceName(record.metaclass) : "";
    json["replaced"] = Replaced(id);
    nlohmann::ordered_json members = nlohmann::ordered_json::object();
    for (const Name& name : out_.MembersOf(id)) {
      members[std::string(out_.Text(name.symbol))] = {MemberKind(name, record),
                                                      (name.flags & kMayBeUnbound) != 0};
    }
    json["members"] = std::move(members);
    return json;
  }

  // Whether its name leads to it: other bindings, decorators and conditions may keep it from that.
  std::string Replaced(ClassId id) const {
    const Class& record = out_.classes[id];
    if (record.in_function) return "in a function";
    const Name* name = out_.FindName(record.in, record.name);
    if (name == nullptr) return "no name";
    if (name->meaning.Is(MeaningKind::Unknown)) {
      return fmt::format("unknown {}", CauseName(name->meaning.reason.cause));
    }
    if (!name->meaning.Is(MeaningKind::Class) || name->meaning.class_id() != id) return "absent";
    if (name->flags & kMayBeUnbound) return "conditional";
    return record.in_class ? Replaced(record.in_class) : "";
  }

  nlohmann::ordered_json FunctionJson(FunctionId id) const {
    const Function& record = out_.functions[id];
    nlohmann::ordered_json json;
    json["qualname"] = out_.Text(record.qualified_name);
    json["flags"] = FlagNames(kFunctionFlags, record.flags);
    json["line_offset"] = out_.units[record.unit].tree->begin(record.node);
    nlohmann::ordered_json hints = nlohmann::ordered_json::object();
    for (const Parameter& parameter : out_.ParamsOf(id)) {
      if (parameter.annotation.node) {
        hints[std::string(out_.Text(parameter.name))] = AnnotationText(parameter.annotation);
      }
    }
    if (record.returns.node) hints["return"] = AnnotationText(record.returns);
    json["hints"] = std::move(hints);
    return json;
  }

  const Declarations& out_;
  std::span<const UnitId> units_;
  std::string text_;
};

}  // namespace

std::string ClassesText(const Declarations& declarations, std::span<const UnitId> units) {
  return Printer(declarations, units).Text();
}

std::string ClassesJson(const Declarations& declarations, std::span<const UnitId> units) {
  nlohmann::ordered_json json;
  json["units"] = Printer(declarations, units).Json();
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace unspool::devtools
