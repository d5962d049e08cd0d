#include "semantics/declarations/evaluator.h"

#include "syntax/parse.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_set>

namespace unspool::semantics::declarations {

using namespace syntax;

namespace {

constexpr int kMaxTypeDepth = 150;
constexpr size_t kMaxAlternatives = 5000;

bool IsIdentifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::ranges::all_of(text, [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

// Words that the lookup of names must not be asked for.
bool IsKeyword(std::string_view text) {
  return text == "None" || text == "True" || text == "False" || text == "lambda" || text == "not" ||
         text == "await" || text == "yield";
}

}  // namespace

std::optional<std::vector<DeclTypeId>> FitArguments(Declarations& out,
                                                    std::span<const TypeParamId> params,
                                                    std::vector<DeclTypeId> args) {
  DeclTypeArena& types = out.types;
  if (params.size() == 1 && out.type_params[params[0]].kind == TypeParamKind::ParamSpec) {
    const bool fits = args.size() == 1 && (types[args[0]].kind == DeclTypeKind::ParamList ||
                                           types[args[0]].kind == DeclTypeKind::Ellipsis ||
                                           types[args[0]].kind == DeclTypeKind::ParamSpec ||
                                           types[args[0]].kind == DeclTypeKind::Concatenate ||
                                           types[args[0]].kind == DeclTypeKind::Any);
    if (!fits) args = {types.Make(DeclTypeKind::ParamList, 0, UINT32_MAX, args)};
    return args;
  }
  size_t variadic = params.size();
  for (size_t index = 0; index < params.size(); ++index) {
    if (out.type_params[params[index]].kind == TypeParamKind::TypeVarTuple) variadic = index;
  }
  if (variadic < params.size()) {
    const size_t behind = params.size() - variadic - 1;
    if (args.size() < variadic + behind) return std::nullopt;
    const std::vector<DeclTypeId> middle(args.begin() + static_cast<std::ptrdiff_t>(variadic),
                                         args.end() - static_cast<std::ptrdiff_t>(behind));
    std::vector<DeclTypeId> fitted(args.begin(),
                                   args.begin() + static_cast<std::ptrdiff_t>(variadic));
    fitted.push_back(types.Tuple(TupleForm::Fixed, middle));
    fitted.insert(fitted.end(), args.end() - static_cast<std::ptrdiff_t>(behind), args.end());
    return fitted;
  }
  if (args.size() > params.size()) return std::nullopt;
  for (size_t index = args.size(); index < params.size(); ++index) {
    const DeclTypeId otherwise = out.type_params[params[index]].default_type;
    if (!otherwise) return std::nullopt;
    args.push_back(otherwise);
  }
  return args;
}

void CollectParams(const DeclTypeArena& types, DeclTypeId type, std::vector<TypeParamId>& params) {
  std::vector<DeclTypeId> stack = {type};
  std::unordered_set<uint32_t> seen;
  while (!stack.empty()) {
    const DeclTypeId id = stack.back();
    stack.pop_back();
    const DeclType& record = types[id];
    if (!record.has_params || !seen.insert(id.value()).second) continue;
    switch (record.kind) {
      case DeclTypeKind::TypeVar:
      case DeclTypeKind::ParamSpec:
      case DeclTypeKind::TypeVarTuple:
      case DeclTypeKind::ParamSpecArgs:
      case DeclTypeKind::ParamSpecKwargs:
        if (std::ranges::find(params, record.type_param_id()) == params.end()) {
          params.push_back(record.type_param_id());
        }
        break;
      default: {
        const auto args = types.Args(id);
        for (size_t index = args.size(); index-- > 0;) stack.push_back(args[index]);
        break;
      }
    }
  }
}

Annotation Evaluator::Evaluate(NodeId node) {
  Annotation result;
  result.node = node;
  if (!node) return result;
  // Marks that may stand alone.
  const NodeKind kind = at_.tree->kind(node);
  if (kind == NodeKind::Name || kind == NodeKind::Attribute) {
    const Meaning meaning = builder_.Resolve(at_, node);
    if (meaning.Is(MeaningKind::SpecialForm)) {
      switch (meaning.special_form()) {
        case SpecialForm::Final:
          result.marks = kFinal;
          return result;
        case SpecialForm::ClassVar:
          result.marks = kClassVar;
          return result;
        case SpecialForm::TypeAlias:
          result.marks = kTypeAliasMark;
          return result;
        default:
          break;
      }
    }
  }
  result.type = Type(node);
  result.marks = marks_;
  result.narrowed = narrowed_;
  return result;
}

DeclTypeId Evaluator::Unknown(Cause cause, NodeId node, SymbolId name) {
  return types_.Unknown(builder_.Why(cause, at_, node, name));
}

DeclTypeId Evaluator::Type(NodeId node) {
  if (depth_ >= kMaxTypeDepth) return Unknown(Cause::TooDeep, node);
  ++depth_;
  DeclTypeId result;
  const Tree& tree = *at_.tree;
  switch (tree.kind(node)) {
    case NodeKind::Constant:
      result = OfConstant(node);
      break;
    case NodeKind::Name:
      result = OfMeaning(builder_.Resolve(at_, node), node);
      break;
    case NodeKind::Attribute: {
      AttributeView attribute(tree, node);
      const std::string_view name = tree.Name(attribute.attr());
      if (name == "args" || name == "kwargs") {
        const Meaning base = builder_.Resolve(at_, attribute.value());
        if (base.Is(MeaningKind::TypeParam)) {
          result = types_.TypeParam(
              name == "args" ? DeclTypeKind::ParamSpecArgs : DeclTypeKind::ParamSpecKwargs,
              base.type_param_id());
          break;
        }
      }
      result = OfMeaning(builder_.Resolve(at_, node), node);
      break;
    }
    case NodeKind::Subscript:
      result = OfSubscript(node);
      break;
    case NodeKind::BinOp:
      result = OfUnion(node);
      break;
    case NodeKind::Starred: {
      const DeclTypeId inner = Type(StarredView(tree, node).value());
      result = types_.Make(DeclTypeKind::Unpack, 0, UINT32_MAX, {&inner, 1});
      break;
    }
    default:
      result = Unknown(Cause::InvalidForm, node);
      break;
  }
  --depth_;
  return result;
}

DeclTypeId Evaluator::OfConstant(NodeId node) {
  const auto& constant = at_.tree->constant(ConstantView(*at_.tree, node).value());
  if (constant.kind == ConstantKind::None) return DeclTypeArena::kNone;
  if (constant.kind == ConstantKind::Str) {
    return OfString(node, at_.tree->ConstantText(constant));
  }
  return Unknown(Cause::InvalidForm, node);
}

DeclTypeId Evaluator::OfString(NodeId node, std::string_view text) {
  const ReadPlace outer = at_;
  at_.place = at_.in_string() ? at_.place : node;
  at_.late = true;
  DeclTypeId result;
  if (IsIdentifier(text) && !IsKeyword(text)) {
    const SymbolId symbol = builder_.Intern(text);
    Meaning meaning = builder_.LookupFrom(at_, symbol, at_.place);
    if (meaning.Is(MeaningKind::Absent)) {
      meaning = Builder::UnknownMeaning(builder_.Why(Cause::NameMissing, at_, node, symbol));
    }
    result = OfMeaning(meaning, node);
  } else {
    // As eval() reads it; what goes over several lines is taken to stand in brackets.
    const size_t first = text.find_first_not_of(" \t");
    std::string source(first == text.npos ? "" : text.substr(first));
    if (source.find('\n') != source.npos) source = "(" + source + "\n)";
    const ParseResult parsed = Parse(source, {.target = out_.version});
    const NodeList body = ModuleView(*parsed.tree, parsed.tree->root()).body();
    if (!parsed.errors.empty() || body.size() != 1 ||
        parsed.tree->kind(body.front()) != NodeKind::Expr) {
      result = Unknown(Cause::StringSyntax, node);
    } else {
      at_.tree = parsed.tree.get();
      result = Type(ExprView(*parsed.tree, body.front()).value());
    }
  }
  at_ = outer;
  return result;
}

DeclTypeId Evaluator::OfUnion(NodeId node) {
  // a | b | c leans to the left: walked in a loop, so that length is no depth.
  const Tree& tree = *at_.tree;
  std::vector<NodeId> parts;
  NodeId left = node;
  while (tree.kind(left) == NodeKind::BinOp) {
    BinOpView operation(tree, left);
    if (operation.op() != Operator::BitOr) return Unknown(Cause::InvalidForm, left);
    parts.push_back(operation.right());
    if (parts.size() > kMaxAlternatives) return Unknown(Cause::TooLarge, node);
    left = operation.left();
  }
  parts.push_back(left);
  std::vector<DeclTypeId> alternatives;
  for (size_t index = parts.size(); index-- > 0;) alternatives.push_back(Type(parts[index]));
  return types_.Union(alternatives);
}

DeclTypeId Evaluator::OfMeaning(const Meaning& meaning, NodeId node) {
  switch (meaning.kind) {
    case MeaningKind::Class: {
      const ClassId id = meaning.class_id();
      if (id == out_.known.tuple) {
        return types_.Tuple(TupleForm::Homogeneous, std::array{DeclTypeArena::kAny});
      }
      if (id == out_.known.none_type) return DeclTypeArena::kNone;
      return types_.Class(id);
    }
    case MeaningKind::Alias: {
      builder_.EnsureAlias(meaning.alias_id());
      const Alias& alias = out_.aliases[meaning.alias_id()];
      if (!alias.type) return Unknown(Cause::RecursiveAlias, node, alias.name);
      if (alias.type_params.empty()) return alias.type;
      const auto params = Declarations::Span(out_.type_param_lists, alias.type_params);
      std::vector<DeclTypeId> args;
      for (TypeParamId param : params) {
        builder_.EnsureTypeParam(param);
        const DeclTypeId otherwise = out_.type_params[param].default_type;
        args.push_back(otherwise ? otherwise
                       : out_.type_params[param].kind == TypeParamKind::ParamSpec
                           ? DeclTypeArena::kEllipsis
                           : DeclTypeArena::kAny);
      }
      return Substitute(out_, types_, alias.type, {params, args, {}});
    }
    case MeaningKind::TypeParam: {
      static constexpr DeclTypeKind kKinds[] = {DeclTypeKind::TypeVar, DeclTypeKind::ParamSpec,
                                                DeclTypeKind::TypeVarTuple};
      const TypeParamId id = meaning.type_param_id();
      return types_.TypeParam(kKinds[static_cast<size_t>(out_.type_params[id].kind)], id);
    }
    case MeaningKind::NewType: {
      const DeclTypeId base = builder_.EvaluateNewType(meaning.definition_id());
      return types_.Make(DeclTypeKind::NewType, 0, meaning.value, {&base, 1});
    }
    case MeaningKind::SpecialForm:
      return OfForm(meaning.special_form(), node);
    case MeaningKind::Unknown:
      return types_.Unknown(meaning.reason);
    case MeaningKind::Absent:
      return Unknown(Cause::NameMissing, node);
    case MeaningKind::Variable:
      return Unknown(Cause::VariableAsType, node, out_.definitions[meaning.definition_id()].name);
    case MeaningKind::BareModule:
      return Unknown(Cause::ModuleNotFound, node, SymbolId(meaning.value));
    case MeaningKind::Function:
    case MeaningKind::Property:
    case MeaningKind::Module:
      break;
  }
  return Unknown(Cause::InvalidForm, node);
}

DeclTypeId Evaluator::OfForm(SpecialForm form, NodeId node) {
  auto class_of_typing = [&]() {
    const UnitId unit = out_.FindUnit("typing", UnitKind::Stub);
    const ClassId id = unit ? out_.FindClass(unit, SpecialFormName(form)) : ClassId();
    return id ? types_.Class(id) : Unknown(Cause::UnsupportedForm, node);
  };
  switch (form) {
    case SpecialForm::Any:
      return DeclTypeArena::kAny;
    case SpecialForm::Never:
    case SpecialForm::NoReturn:
      return DeclTypeArena::kNever;
    case SpecialForm::Self:
      return types_.Self(self_class_);
    case SpecialForm::LiteralString:
      return types_.Class(out_.known.str);
    case SpecialForm::Callable:
      return types_.Callable(CallableForm::Any, std::array{DeclTypeArena::kAny});
    case SpecialForm::Tuple:
      return types_.Tuple(TupleForm::Homogeneous, std::array{DeclTypeArena::kAny});
    case SpecialForm::Type:
      return types_.Class(out_.known.type);
    case SpecialForm::TypeVar:
    case SpecialForm::ParamSpec:
    case SpecialForm::TypeVarTuple:
    case SpecialForm::NewType:
    case SpecialForm::NamedTuple:
    case SpecialForm::TypeAliasType:
    case SpecialForm::ForwardRef:
      return class_of_typing();
    case SpecialForm::TypedDict:
    case SpecialForm::TypeForm:
      return Unknown(Cause::UnsupportedForm, node);
    default:
      return Unknown(Cause::InvalidForm, node);
  }
}

std::vector<NodeId> Evaluator::Items(NodeId slice) const {
  if (at_.tree->kind(slice) != NodeKind::Tuple) return {slice};
  std::vector<NodeId> items;
  for (NodeId item : TupleView(*at_.tree, slice).elts()) items.push_back(item);
  return items;
}

DeclTypeId Evaluator::Argument(NodeId node) {
  const Tree& tree = *at_.tree;
  if (tree.kind(node) == NodeKind::List) {
    std::vector<DeclTypeId> items;
    for (NodeId item : ListView(tree, node).elts()) items.push_back(Type(item));
    return types_.Make(DeclTypeKind::ParamList, 0, UINT32_MAX, items);
  }
  if (tree.kind(node) == NodeKind::Constant &&
      tree.constant(ConstantView(tree, node).value()).kind == ConstantKind::Ellipsis) {
    return DeclTypeArena::kEllipsis;
  }
  return Type(node);
}

std::vector<DeclTypeId> Evaluator::Arguments(NodeId slice) {
  std::vector<DeclTypeId> args;
  for (NodeId item : Items(slice)) args.push_back(Argument(item));
  return args;
}

DeclTypeId Evaluator::OfSubscript(NodeId node) {
  SubscriptView subscript(*at_.tree, node);
  const NodeKind kind = at_.tree->kind(subscript.value());
  if (kind != NodeKind::Name && kind != NodeKind::Attribute) {
    return Unknown(Cause::InvalidForm, node);
  }
  const Meaning head = builder_.Resolve(at_, subscript.value());
  switch (head.kind) {
    case MeaningKind::SpecialForm:
      return OfFormArguments(head.special_form(), node, subscript.slice());
    case MeaningKind::Class:
      return OfClassArguments(head.class_id(), node, subscript.slice());
    case MeaningKind::Alias: {
      builder_.EnsureAlias(head.alias_id());
      std::vector<DeclTypeId> args = Arguments(subscript.slice());
      const Alias alias = out_.aliases[head.alias_id()];
      if (!alias.type) return Unknown(Cause::RecursiveAlias, node, alias.name);
      const auto list = Declarations::Span(out_.type_param_lists, alias.type_params);
      const std::vector<TypeParamId> params(list.begin(), list.end());
      for (TypeParamId param : params) builder_.EnsureTypeParam(param);
      auto fitted = FitArguments(out_, params, std::move(args));
      if (!fitted || params.empty()) return Unknown(Cause::WrongArguments, node, alias.name);
      return Substitute(out_, types_, alias.type, {params, *fitted, {}});
    }
    case MeaningKind::TypeParam:
    case MeaningKind::NewType:
      return Unknown(Cause::WrongArguments, node);
    default:
      return OfMeaning(head, node);
  }
}

DeclTypeId Evaluator::OfClassArguments(ClassId id, NodeId node, NodeId slice) {
  if (id == out_.known.tuple) return OfTuple(node, slice);
  if (id == out_.known.type) {
    const DeclTypeId of = Type(slice);
    return types_.Make(DeclTypeKind::Type, 0, UINT32_MAX, {&of, 1});
  }
  // collections.abc's source is a class of its own; what stands in its brackets is a Callable's.
  if (out_.classes[id].name == out_.Find("Callable") &&
      out_.units[out_.classes[id].unit].module == "_collections_abc") {
    return OfCallable(node, slice);
  }
  std::vector<DeclTypeId> args = Arguments(slice);
  builder_.EnsureTypeParams(id);
  // On the way to its own parameters nobody can count them yet.
  if (builder_.param_states_[id.value()] == EnsureState::Busy) return types_.Class(id, args);
  const auto list = out_.TypeParamsOf(id);
  const std::vector<TypeParamId> params(list.begin(), list.end());
  // A class may take brackets at run time (__class_getitem__) and have no parameters.
  if (params.empty()) return types_.Class(id);
  for (TypeParamId param : params) builder_.EnsureTypeParam(param);
  auto fitted = FitArguments(out_, params, std::move(args));
  if (!fitted) return Unknown(Cause::WrongArguments, node, out_.classes[id].name);
  return types_.Class(id, *fitted);
}

DeclTypeId Evaluator::OfTuple(NodeId node, NodeId slice) {
  const Tree& tree = *at_.tree;
  const std::vector<NodeId> items = Items(slice);
  auto is_dots = [&](NodeId item) {
    return tree.kind(item) == NodeKind::Constant &&
           tree.constant(ConstantView(tree, item).value()).kind == ConstantKind::Ellipsis;
  };
  if (items.size() == 2 && is_dots(items[1])) {
    const DeclTypeId item = Type(items[0]);
    return types_.Tuple(TupleForm::Homogeneous, {&item, 1});
  }
  if (items.size() > kMaxAlternatives) return Unknown(Cause::TooLarge, node);
  std::vector<DeclTypeId> parts;
  for (NodeId item : items) parts.push_back(Type(item));
  return types_.Tuple(TupleForm::Fixed, parts);
}

DeclTypeId Evaluator::OfCallable(NodeId node, NodeId slice) {
  const std::vector<NodeId> items = Items(slice);
  if (items.size() != 2) return Unknown(Cause::WrongArguments, node);
  const DeclTypeId params = Argument(items[0]);
  const DeclTypeId result = Type(items[1]);
  std::vector<DeclTypeId> args;
  switch (types_[params].kind) {
    case DeclTypeKind::Ellipsis:
      return types_.Callable(CallableForm::Any, {&result, 1});
    case DeclTypeKind::ParamList:
    case DeclTypeKind::Concatenate: {
      const auto list = types_.Args(params);
      args.assign(list.begin(), list.end());
      args.push_back(result);
      return types_.Callable(types_[params].kind == DeclTypeKind::ParamList
                                 ? CallableForm::List
                                 : CallableForm::Concatenate,
                             args);
    }
    case DeclTypeKind::ParamSpec:
      return types_.Callable(CallableForm::ParamSpec, std::array{params, result});
    case DeclTypeKind::Unknown:
      return params;
    default:
      return Unknown(Cause::InvalidForm, items[0]);
  }
}

DeclTypeId Evaluator::OfLiteral(NodeId node, int depth) {
  const Tree& tree = *at_.tree;
  if (depth > 20) return Unknown(Cause::TooDeep, node);
  std::string sign;
  NodeId value = node;
  if (tree.kind(node) == NodeKind::UnaryOp) {
    UnaryOpView unary(tree, node);
    if (unary.op() != Operator::USub) return Unknown(Cause::InvalidForm, node);
    sign = "-";
    value = unary.operand();
  }
  if (tree.kind(value) == NodeKind::Constant) {
    const auto& constant = tree.constant(ConstantView(tree, value).value());
    std::string text(tree.ConstantText(constant));
    switch (constant.kind) {
      case ConstantKind::None:
        return DeclTypeArena::kNone;
      case ConstantKind::True:
      case ConstantKind::False:
        return types_.Literal({LiteralKind::Bool,
                               constant.kind == ConstantKind::True ? "True" : "False",
                               out_.known.bool_type});
      case ConstantKind::Int: {
        std::erase(text, '_');
        int base = 10;
        if (text.size() > 2 && text[0] == '0') {
          const char mark = static_cast<char>(text[1] | 0x20);
          base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
          if (base != 10) text.erase(0, 2);
        }
        uint64_t number = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
        if (error != std::errc() || end != text.data() + text.size()) {
          return Unknown(Cause::TooLarge, node);
        }
        text = (number == 0 ? "" : sign) + std::to_string(number);
        return types_.Literal({LiteralKind::Int, text, out_.known.int_type});
      }
      case ConstantKind::Str:
        return types_.Literal({LiteralKind::Str, text, out_.known.str});
      case ConstantKind::Bytes:
        return types_.Literal({LiteralKind::Bytes, text, out_.known.bytes});
      default:
        return Unknown(Cause::InvalidForm, node);
    }
  }
  if (tree.kind(node) == NodeKind::Attribute) {
    AttributeView attribute(tree, node);
    const Meaning base = builder_.Resolve(at_, attribute.value());
    if (base.Is(MeaningKind::Class)) {
      return types_.Literal(
          {LiteralKind::Enum, std::string(tree.Name(attribute.attr())), base.class_id()});
    }
  }
  if (tree.kind(node) == NodeKind::Name || tree.kind(node) == NodeKind::Subscript ||
      tree.kind(node) == NodeKind::Attribute) {
    // Another Literal, or an alias of one.
    return Type(node);
  }
  return Unknown(Cause::InvalidForm, node);
}

DeclTypeId Evaluator::OfFormArguments(SpecialForm form, NodeId node, NodeId slice) {
  switch (form) {
    case SpecialForm::Union: {
      std::vector<DeclTypeId> alternatives;
      for (NodeId item : Items(slice)) alternatives.push_back(Type(item));
      return types_.Union(alternatives);
    }
    case SpecialForm::Optional:
      return types_.Union(std::array{Type(slice), DeclTypeArena::kNone});
    case SpecialForm::Callable:
      return OfCallable(node, slice);
    case SpecialForm::Literal: {
      std::vector<DeclTypeId> values;
      for (NodeId item : Items(slice)) values.push_back(OfLiteral(item, 0));
      return types_.Union(values);
    }
    case SpecialForm::Annotated: {
      marks_ |= kAnnotated;
      return Type(Items(slice).front());
    }
    case SpecialForm::ClassVar:
      marks_ |= kClassVar;
      return Type(slice);
    case SpecialForm::Final:
      marks_ |= kFinal;
      return Type(slice);
    case SpecialForm::Required:
      marks_ |= kRequired;
      return Type(slice);
    case SpecialForm::NotRequired:
      marks_ |= kNotRequired;
      return Type(slice);
    case SpecialForm::ReadOnly:
      marks_ |= kReadOnly;
      return Type(slice);
    case SpecialForm::TypeGuard:
    case SpecialForm::TypeIs: {
      marks_ |= form == SpecialForm::TypeGuard ? kTypeGuard : kTypeIs;
      narrowed_ = Type(slice);
      return types_.Class(out_.known.bool_type);
    }
    case SpecialForm::Type: {
      const DeclTypeId of = Type(slice);
      return types_.Make(DeclTypeKind::Type, 0, UINT32_MAX, {&of, 1});
    }
    case SpecialForm::Tuple:
      return OfTuple(node, slice);
    case SpecialForm::Unpack: {
      const DeclTypeId inner = Type(slice);
      return types_.Make(DeclTypeKind::Unpack, 0, UINT32_MAX, {&inner, 1});
    }
    case SpecialForm::Concatenate: {
      const std::vector<DeclTypeId> args = Arguments(slice);
      return types_.Make(DeclTypeKind::Concatenate, 0, UINT32_MAX, args);
    }
    case SpecialForm::TypeForm:
      return Unknown(Cause::UnsupportedForm, node);
    default:
      return Unknown(Cause::InvalidForm, node);
  }
}

}  // namespace unspool::semantics::declarations
