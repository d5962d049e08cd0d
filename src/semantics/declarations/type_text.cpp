// Declared types as Python writes them.
#include "semantics/declarations/declarations.h"
#include "syntax/repr.h"

namespace unspool::semantics::declarations {

namespace {

constexpr size_t kMaxText = 4000;
constexpr int kMaxDeclTypeDepth = 100;

class Writer {
 public:
  Writer(const Declarations& declarations, const DeclTypeArena& types, bool short_names)
      : declarations_(declarations), types_(types), short_(short_names) {}

  std::string Run(DeclTypeId type) {
    Write(type, 0);
    return std::move(text_);
  }

 private:
  void Name(UnitId unit, SymbolId name) {
    if (!short_ && declarations_.units[unit].module != "builtins") {
      text_ += declarations_.units[unit].module;
      text_ += '.';
    }
    text_ += declarations_.Text(name);
  }

  void List(std::span<const DeclTypeId> args, int depth) {
    for (size_t index = 0; index < args.size(); ++index) {
      if (index > 0) text_ += ", ";
      Write(args[index], depth);
    }
  }

  void Brackets(std::string_view head, std::span<const DeclTypeId> args, int depth) {
    text_ += head;
    text_ += '[';
    List(args, depth);
    text_ += ']';
  }

  void Write(DeclTypeId id, int depth) {
    if (text_.size() > kMaxText || depth > kMaxDeclTypeDepth) {
      if (!text_.ends_with("...")) text_ += "...";
      return;
    }
    ++depth;
    const DeclType& type = types_[id];
    const auto args = types_.Args(id);
    switch (type.kind) {
      case DeclTypeKind::Unknown:
        text_ += "Unknown(";
        text_ += CauseName(types_.reason(id).cause);
        text_ += ')';
        break;
      case DeclTypeKind::Any:
        text_ += "Any";
        break;
      case DeclTypeKind::None:
        text_ += "None";
        break;
      case DeclTypeKind::Never:
        text_ += "Never";
        break;
      case DeclTypeKind::Class: {
        const Class& record = declarations_.classes[type.class_id()];
        Name(record.unit, record.qualified_name);
        if (!args.empty()) Brackets("", args, depth);
        break;
      }
      case DeclTypeKind::Tuple:
        if (type.tuple_form() == TupleForm::Homogeneous) {
          text_ += "tuple[";
          Write(args[0], depth);
          text_ += ", ...]";
        } else if (args.empty()) {
          text_ += "tuple[()]";
        } else {
          Brackets("tuple", args, depth);
        }
        break;
      case DeclTypeKind::Union:
        for (size_t index = 0; index < args.size(); ++index) {
          if (index > 0) text_ += " | ";
          Write(args[index], depth);
        }
        break;
      case DeclTypeKind::Literal:
        Literal(types_.literal(type.literal_id()));
        break;
      case DeclTypeKind::Callable:
        Callable(type, args, depth);
        break;
      case DeclTypeKind::Type:
        Brackets("type", args, depth);
        break;
      case DeclTypeKind::TypeVar:
      case DeclTypeKind::ParamSpec:
      case DeclTypeKind::TypeVarTuple:
      case DeclTypeKind::ParamSpecArgs:
      case DeclTypeKind::ParamSpecKwargs:
        text_ += declarations_.Text(declarations_.type_params[type.type_param_id()].name);
        if (type.kind == DeclTypeKind::ParamSpecArgs) text_ += ".args";
        if (type.kind == DeclTypeKind::ParamSpecKwargs) text_ += ".kwargs";
        break;
      case DeclTypeKind::Self:
        text_ += "Self";
        break;
      case DeclTypeKind::Unpack:
        text_ += '*';
        Write(args[0], depth);
        break;
      case DeclTypeKind::ParamList:
        Brackets("", args, depth);
        break;
      case DeclTypeKind::Ellipsis:
        text_ += "...";
        break;
      case DeclTypeKind::Concatenate:
        Brackets("Concatenate", args, depth);
        break;
      case DeclTypeKind::NewType: {
        const Definition& definition = declarations_.definitions[type.definition_id()];
        Name(declarations_.namespaces[definition.in].unit, definition.name);
        break;
      }
      case DeclTypeKind::Module:
        text_ += "Module[" + declarations_.units[type.unit_id()].module + "]";
        break;
    }
  }

  void Literal(const LiteralValue& value) {
    text_ += "Literal[";
    switch (value.kind) {
      case LiteralKind::Int:
      case LiteralKind::Bool:
        text_ += value.text;
        break;
      case LiteralKind::Str:
        syntax::AppendStringRepr(text_, value.text, declarations_.version);
        break;
      case LiteralKind::Bytes:
        syntax::AppendBytesRepr(text_, value.text);
        break;
      case LiteralKind::Enum: {
        const Class& record = declarations_.classes[value.class_id];
        Name(record.unit, record.qualified_name);
        text_ += '.';
        text_ += value.text;
        break;
      }
    }
    text_ += ']';
  }

  void Callable(const DeclType& type, std::span<const DeclTypeId> args, int depth) {
    text_ += "Callable[";
    const auto params = args.first(args.size() - 1);
    switch (type.callable_form()) {
      case CallableForm::List:
        Brackets("", params, depth);
        break;
      case CallableForm::Any:
        text_ += "...";
        break;
      case CallableForm::ParamSpec:
        Write(params[0], depth);
        break;
      case CallableForm::Concatenate:
        Brackets("Concatenate", params, depth);
        break;
    }
    text_ += ", ";
    Write(args.back(), depth);
    text_ += ']';
  }

  const Declarations& declarations_;
  const DeclTypeArena& types_;
  bool short_;
  std::string text_;
};

}  // namespace

std::string TypeText(const Declarations& declarations, const DeclTypeArena& types, DeclTypeId type,
                     bool short_names) {
  if (!type) return "";
  return Writer(declarations, types, short_names).Run(type);
}

}  // namespace unspool::semantics::declarations
