// Library code that does what no signature can say, and what data classes and named tuples
// generate.
#include "semantics/types/evaluator.h"
#include "syntax/constants.h"

#include <algorithm>

namespace unspool::semantics::types {

namespace {

// Where a functools.partial keeps what it was given, among the contents of its site.
constexpr uint32_t kPartialFunction = 50;
constexpr uint32_t kPartialPositional = 51;
constexpr uint32_t kPartialKeywords = 52;

}  // namespace

using namespace syntax;
using declarations::Meaning;
using declarations::MeaningKind;

bool Evaluator::HasFields(ClassId cls) const {
  for (const declarations::MroEntry& entry : decls().MroOf(cls)) {
    if (decls().classes[entry.class_id].flags &
        (declarations::kDataclass | declarations::kNamedTuple)) {
      return true;
    }
  }
  return false;
}

// What __init__ of a data class or named tuple does: fields of bases first, each where it was first
// named. What is passed by *args may go to any field; fields that are no parameters get what is
// passed to others as well, which is more than may happen.
void Evaluator::InitializeFields(NodeId id, Type made, const Arguments& arguments) {
  const ImplicitScope implicit(*this);
  std::vector<SymbolId> fields;
  const auto order = decls().MroOf(ClassId(made.subject()));
  bool by_place = true;
  for (size_t index = order.size(); index-- > 0;) {
    const declarations::Class& cls = decls().classes[order[index].class_id];
    if (!(cls.flags & (declarations::kDataclass | declarations::kNamedTuple))) continue;
    for (const declarations::Name& member : decls().MembersOf(order[index].class_id)) {
      if (!member.meaning.Is(MeaningKind::Variable)) continue;
      const declarations::Definition& field = decls().definitions[member.meaning.definition_id()];
      if (!field.annotation.node || (field.annotation.marks & declarations::kClassVar)) continue;
      // `field(init=False)`, `KW_ONLY` and the like move the places of those behind.
      by_place &= !(field.annotation.marks & declarations::kInitVar) &&
                  !(field.expression &&
                    decls().units[cls.unit].tree->kind(field.expression) == NodeKind::Call) &&
                  decls().Text(member.symbol) != "_";
      if (std::ranges::find(fields, member.symbol) == fields.end()) fields.push_back(member.symbol);
    }
  }
  for (size_t place = 0; place < fields.size(); ++place) {
    const AttributeName name = session_.NameOf(fields[place]);
    auto store = [&](const Value& value) { StoreAttribute(id, Value::Of(made), name, value); };
    for (size_t index = 0; index < arguments.positional.size(); ++index) {
      const bool spread = arguments.positional[index].starred || !by_place;
      by_place &= !arguments.positional[index].starred;
      if (spread || index == place) store(arguments.positional[index].value);
    }
    for (const Arguments::Keyword& keyword : arguments.keywords) {
      if (keyword.name.number == name.number) store(keyword.value);
    }
    if (arguments.double_star) store(*arguments.double_star);
  }
  const SymbolId post_init = session_.names.post_init;
  Value ignored;
  Arguments passed;
  arguments.ForEach([&](const Value& value) { passed.positional.push_back({value, true}); });
  if (post_init) CallSpecial(id, Value::Of(made), post_init, passed, ignored);
}

// The name that is written as an argument, where it is a text and what is called gets the arguments
// as they are written: not by `*`, a partial or a function that calls it back.
std::optional<AttributeName> Evaluator::ConstantName(NodeId call_id, size_t index,
                                                     const Arguments& arguments) const {
  if (tree().kind(call_id) != NodeKind::Call || purpose_ != Purpose::Result) return std::nullopt;
  const NodeList written = CallView(tree(), call_id).args();
  if (written.size() != arguments.positional.size() || written.size() <= index) return std::nullopt;
  for (NodeId argument : written) {
    if (tree().kind(argument) == NodeKind::Starred) return std::nullopt;
  }
  const auto text = StringOf(tree(), written[index]);
  if (!text) return std::nullopt;
  return session_.NameOf(*text);
}

std::optional<Value> Evaluator::MakePartial(NodeId id, ClassId cls, const Arguments& arguments) {
  const Type made = InstanceAt(id, cls);
  if (!made.has_detail() || arguments.positional.empty() || arguments.positional[0].starred) {
    return std::nullopt;
  }
  PostContent(made.detail(), kPartialFunction, arguments.positional[0].value);
  for (size_t index = 1; index < arguments.positional.size(); ++index) {
    PostContent(made.detail(), kPartialPositional, arguments.positional[index].value);
  }
  for (const Arguments::Keyword& keyword : arguments.keywords) {
    PostContent(made.detail(), kPartialKeywords, keyword.value);
  }
  if (arguments.double_star) PostContent(made.detail(), kPartialKeywords, *arguments.double_star);
  return Value::Of(made);
}

// The order of what was bound and what is passed now is not kept: each may go to any parameter.
Value Evaluator::CallPartial(NodeId id, Type partial, const Arguments& arguments) {
  const Value function = Content(partial.detail(), kPartialFunction, id);
  const Value bound = Content(partial.detail(), kPartialPositional, id);
  const Value keywords = Content(partial.detail(), kPartialKeywords, id);
  Arguments all = arguments;
  if (!bound.empty()) {
    for (Arguments::Positional& argument : all.positional) argument.starred = true;
    all.positional.insert(all.positional.begin(), {bound, true});
  }
  if (!keywords.empty()) {
    if (!all.double_star) all.double_star.emplace();
    all.double_star->Join(keywords);
  }
  return Call(id, function, all);
}

std::optional<Value> Evaluator::CallModelled(NodeId id, FunctionId function,
                                             std::optional<Type> receiver,
                                             const Arguments& arguments) {
  const declarations::Function& declared = decls().functions[function];
  if (declared.in_class) {
    if (declared.name != session_.names.setattr) return std::nullopt;
    // `object.__setattr__(self, "name", value)`, or bound by super().
    const auto& given = arguments.positional;
    if (given.size() != (receiver ? 2u : 3u)) return std::nullopt;
    const Value object = receiver ? Value::Of(*receiver) : given[0].value;
    const std::optional<AttributeName> constant = ConstantName(id, receiver ? 0 : 1, arguments);
    if (constant) {
      StoreAttribute(id, object, *constant, given.back().value);
    } else {
      StoreAnyName(id, object, given.back().value);
    }
    return Of(decls().known.none_type);
  }
  const std::string_view module = decls().units[declared.unit].module;
  const std::string_view name = decls().Text(declared.name);
  if (module == "builtins") {
    const auto& given = arguments.positional;
    // The name is a text whose characters are not followed here.
    if (name == "setattr" && given.size() == 3) {
      for (Type type : given[0].value.types()) AskOne(id, type, session_.names.setattr);
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) {
        StoreAttribute(id, given[0].value, *constant, given[2].value);
      } else {
        StoreAnyName(id, given[0].value, given[2].value);
      }
      return Of(decls().known.none_type);
    }
    if (name == "getattr" && given.size() >= 2) {
      if (const std::optional<AttributeName> constant = ConstantName(id, 1, arguments)) {
        Value value = Attribute(id, given[0].value, *constant);
        if (given.size() == 3) JoinAndEscape(value, given[2].value);
        return value;
      }
      Escape(given[0].value);
      NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      for (Type type : given[0].value.types()) OpenMethods(id, type, ClassId());
      Value value = UnknownAt(CauseCode::Dynamic, id);
      if (given.size() == 3) JoinAndEscape(value, given[2].value);
      return value;
    }
    if (name == "hasattr" && given.size() == 2) {
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) {
        Attribute(id, given[0].value, *constant);
      } else {
        NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
        for (Type type : given[0].value.types()) OpenMethods(id, type, ClassId());
      }
      return Of(decls().known.bool_type);
    }
    if (name == "delattr" && given.size() == 2) {
      const std::optional<AttributeName> constant = ConstantName(id, 1, arguments);
      if (constant) DeleteAttribute(id, given[0].value, *constant);
      if (!constant) NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      return Of(decls().known.none_type);
    }
    if (name == "vars" && given.size() == 1 && !only_read_) {
      StoreAnyName(id, given[0].value, UnknownAt(CauseCode::Dynamic, id));
    }
    const bool runs_text = name == "exec" || name == "eval";
    if ((runs_text && given.size() == 1) || (name == "globals" && !only_read_)) {
      const Type module_type(TypeKind::Module, source_.unit.value());
      StoreAnyName(id, Value::Of(module_type), UnknownAt(CauseCode::Dynamic, id));
    }
    if (runs_text) {
      NoteUnknown(id, CauseAt(CauseCode::Dynamic, id));
      arguments.ForEach([&](const Value& value) { Escape(value); });
      return UnknownAt(CauseCode::Dynamic, id);
    }
  }
  if (module == "functools") {
    // The stub says that the result is an object that remembers what is wrapped; it is the wrapper.
    if (name == "update_wrapper" && !arguments.positional.empty()) {
      return arguments.positional[0].value;
    }
    if (name == "wraps" && session_.classes.partial) {
      const SymbolId update = decls().Find("update_wrapper");
      const Meaning meaning = decls().LookupAttribute(declared.unit, update);
      const PurposeScope purpose(*this, Purpose::Made);
      const Type made = InstanceAt(id, session_.classes.partial);
      if (!meaning.Is(MeaningKind::Function) || !made.has_detail()) return std::nullopt;
      PostContent(made.detail(), kPartialFunction,
                  Value::Of(Type(TypeKind::Stub, meaning.function_id().value())));
      return Value::Of(made);
    }
  }
  // Gives back what it was given, whatever it is said to be.
  if (module == "typing" && name == "cast" && arguments.positional.size() == 2 &&
      !arguments.positional[1].value.unknown()) {
    return arguments.positional[1].value;
  }
  return std::nullopt;
}

}  // namespace unspool::semantics::types
