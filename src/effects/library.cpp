// Library code: facts of the knowledge base applied to abstract arguments.
#include "effects/interpreter.h"
#include "knowledge/match.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;
using knowledge::CallFact;
using knowledge::FactEffect;
using knowledge::FactPlace;
using knowledge::OriginKind;
using knowledge::PlacePart;
using knowledge::TypeExpr;
using knowledge::TypeKind;

namespace {

struct ScalarName {
  uint16_t bit;
  std::string_view name;
};
constexpr ScalarName kScalarNames[] = {{kNone, "None"},   {kBool, "bool"},       {kInt, "int"},
                                       {kFloat, "float"}, {kComplex, "complex"}, {kStr, "str"},
                                       {kBytes, "bytes"}};

TypeExpr ClassType(std::string_view name, std::vector<TypeExpr> args = {}) {
  TypeExpr type;
  type.kind = TypeKind::Class;
  type.name = std::string(name);
  type.args = std::move(args);
  return type;
}

struct ContainerName {
  ObjectKind kind;
  std::string_view name;
};
constexpr ContainerName kContainerNames[] = {
    {ObjectKind::List, "list"},           {ObjectKind::Tuple, "tuple"},
    {ObjectKind::Dict, "dict"},           {ObjectKind::Set, "set"},
    {ObjectKind::FrozenSet, "frozenset"}, {ObjectKind::ByteArray, "bytearray"},
    {ObjectKind::Range, "range"},         {ObjectKind::Slice, "slice"},
};

WriteHow HowOf(knowledge::WriteHow how) {
  switch (how) {
    case knowledge::WriteHow::Append:
      return WriteHow::Append;
    case knowledge::WriteHow::Extend:
      return WriteHow::Extend;
    case knowledge::WriteHow::SetKey:
      return WriteHow::SetKey;
    case knowledge::WriteHow::AddToSet:
      return WriteHow::AddToSet;
    case knowledge::WriteHow::DeleteKey:
    case knowledge::WriteHow::Delete:
      return WriteHow::Delete;
    case knowledge::WriteHow::Resize:
      return WriteHow::Resize;
    case knowledge::WriteHow::Arbitrary:
      return WriteHow::Arbitrary;
  }
  return WriteHow::Arbitrary;
}

}  // namespace

Channel Interpreter::ChannelOf(std::string_view name) {
  if (name == "stdout") return Channel::Stdout;
  if (name == "stderr") return Channel::Stderr;
  if (name == "stdin") return Channel::Stdin;
  if (name == "fs" || name == "cwd") return Channel::FileSystem;
  if (name == "env") return Channel::Environment;
  if (name == "clock") return Channel::Clock;
  if (name == "random") return Channel::GlobalRandom;
  if (name == "process" || name == "threads" || name == "signal") return Channel::Process;
  if (name == "warnings") return Channel::Warnings;
  return Channel::Interpreter;
}

std::string Interpreter::ClassNameOf(const Object& object) const {
  // Subclasses of dict in the library have a full name.
  bool named = object.name && Text(object.name).find('.') != std::string_view::npos;
  for (const ContainerName& container : kContainerNames) {
    if (object.kind == container.kind && !named) return std::string(container.name);
  }
  return object.name ? std::string(Text(object.name)) : std::string(ObjectKindName(object.kind));
}

// What facts need to know of a value; nothing is claimed of objects that the user's classes make.
TypeExpr Interpreter::ToType(const Value& value, int depth) const {
  if (value.is_unknown() || depth > 5) return TypeExpr();
  std::vector<TypeExpr> types;
  for (const ScalarName& scalar : kScalarNames) {
    if (value.scalars() & scalar.bit) types.push_back(ClassType(scalar.name));
  }
  if (value.scalars() & (kEllipsis | kNotImplemented)) return TypeExpr();
  for (const Ref& ref : value.refs()) {
    const Object& object = facts_.heap_[ref.object];
    TypeExpr type;
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
        type = ClassType(ClassNameOf(object), {ToType(object.content, depth + 1)});
        break;
      case ObjectKind::Tuple:
        type = ClassType("tuple");
        if (object.positional) {
          for (const Value& item : object.items) type.args.push_back(ToType(item, depth + 1));
        } else {
          type.variadic = true;
          type.args.push_back(ToType(object.content, depth + 1));
        }
        break;
      case ObjectKind::Dict:
        // Subclasses of dict have facts of their own.
        type = ClassType(ClassNameOf(object),
                         {ToType(object.keys, depth + 1), ToType(object.content, depth + 1)});
        break;
      case ObjectKind::ByteArray:
      case ObjectKind::Range:
      case ObjectKind::Slice:
        type = ClassType(ClassNameOf(object));
        break;
      case ObjectKind::View:
        type = ClassType(Text(object.name), {ToType(object.content, depth + 1)});
        break;
      case ObjectKind::Iterator:
        type.kind = TypeKind::Iterator;
        type.args.push_back(ToType(object.content, depth + 1));
        break;
      case ObjectKind::Library: {
        type = ClassType(Text(object.name));
        const knowledge::ClassFact* fact = knowledge_.FindClass(type.name);
        if (fact && fact->variables.size() == 1) {
          type.args.push_back(ToType(object.content, depth + 1));
        } else if (fact && fact->variables.size() == 2) {
          type.args = {ToType(object.keys, depth + 1), ToType(object.content, depth + 1)};
        }
        break;
      }
      default:
        return TypeExpr();
    }
    types.push_back(std::move(type));
  }
  if (types.size() == 1) return types[0];
  TypeExpr result;
  // Nothing is in there yet, or ever.
  result.kind = types.empty() ? TypeKind::Nothing : TypeKind::Union;
  result.args = std::move(types);
  return result;
}

// A value taken apart into its classes and objects.
std::vector<Value> Interpreter::ArmsOf(const Value& value) const {
  std::vector<Value> arms;
  if (value.is_unknown()) return arms;
  for (uint16_t bit = 1; bit && bit <= kNotImplemented; bit = static_cast<uint16_t>(bit << 1)) {
    if (value.scalars() & bit) arms.push_back(Value::OfScalar(bit));
  }
  for (const Ref& ref : value.refs())
    arms.push_back(Value::OfObject(ref.object, ref.age, ref.exact));
  return arms;
}

// Which values a signature's type variables met.
void Interpreter::BindVariables(const TypeExpr& type, const Value& value, VariableValues& bound) {
  switch (type.kind) {
    case TypeKind::Variable:
      bound[type.name].Join(value.WithoutConstant());
      return;
    case TypeKind::Union:
      for (const TypeExpr& arm : type.args) BindVariables(arm, value, bound);
      return;
    case TypeKind::Iterable:
    case TypeKind::Iterator: {
      Value items;
      if (value.scalars() & kStr) items.Join(Value::OfScalar(kStr));
      if (value.scalars() & kBytes) items.Join(Value::OfScalar(kInt));
      for (const Ref& ref : value.refs()) items.Join(ItemsOf(ref));
      BindVariables(type.args[0], items, bound);
      return;
    }
    case TypeKind::Class:
      for (const Ref& ref : value.refs()) {
        const Object object = facts_.heap_[ref.object];
        if (object.kind == ObjectKind::Tuple && object.positional && !type.variadic) {
          for (size_t index = 0; index < std::min(type.args.size(), object.items.size()); ++index) {
            BindVariables(type.args[index], Load(object.items[index], ref), bound);
          }
        } else if (type.args.size() == 1 && object.kind != ObjectKind::Instance) {
          BindVariables(type.args[0], ContentOf(ref), bound);
        } else if (type.args.size() == 2 && object.kind != ObjectKind::Instance &&
                   object.kind != ObjectKind::Tuple) {
          BindVariables(type.args[0], Load(object.keys, ref), bound);
          BindVariables(type.args[1], ContentOf(ref), bound);
        }
      }
      return;
    default:
      return;
  }
}

// A fresh value of a type. `part` numbers the objects that one call makes.
Value Interpreter::FromType(NodeId id, const TypeExpr& type, int part,
                            const VariableValues* bound) {
  int next = part * 8 + 1;
  auto fresh = [&](ObjectKind kind, Symbol name = Symbol()) {
    return Value::OfObject(ObjectFor(id, kind, name, part), static_cast<Age>(frame_->depth));
  };
  switch (type.kind) {
    case TypeKind::Variable:
      if (bound) {
        auto at = bound->find(type.name);
        if (at != bound->end()) return at->second;
      }
      return Value();
    case TypeKind::Nothing:
      return Value();
    case TypeKind::Union: {
      Value value;
      for (const TypeExpr& arm : type.args) value.Join(FromType(id, arm, next++, bound));
      return value;
    }
    case TypeKind::Iterator:
    case TypeKind::Iterable: {
      Value value = fresh(ObjectKind::Iterator);
      StoreContent(value.refs()[0], FromType(id, type.args[0], next, bound));
      return value;
    }
    case TypeKind::Class: {
      for (const ScalarName& scalar : kScalarNames) {
        if (type.name == scalar.name) return Value::OfScalar(scalar.bit);
      }
      if (type.name == "tuple" && !type.variadic) {
        std::vector<Value> items;
        for (const TypeExpr& arg : type.args) items.push_back(FromType(id, arg, next++, bound));
        Value value = fresh(ObjectKind::Tuple);
        return MakeTuple(id, value.refs()[0], items);
      }
      ObjectKind kind = ObjectKind::Library;
      for (const ContainerName& container : kContainerNames) {
        if (type.name == container.name) kind = container.kind;
      }
      bool dict_like = type.name == "collections.Counter" ||
                       type.name == "collections.OrderedDict" ||
                       type.name == "collections.defaultdict";
      if (dict_like) kind = ObjectKind::Dict;
      bool named = kind == ObjectKind::Library || dict_like;
      Value value = fresh(kind, named ? Sym(type.name) : Symbol());
      Ref ref = value.refs()[0];
      if (type.args.size() == 1) {
        StoreContent(ref, FromType(id, type.args[0], next, bound));
      } else if (type.args.size() == 2) {
        StoreKeys(ref, FromType(id, type.args[0], next, bound));
        StoreContent(ref, FromType(id, type.args[1], next + 1, bound));
      } else if (type.name == "collections.Counter" || kind == ObjectKind::ByteArray) {
        StoreContent(ref, Value::OfScalar(kInt));
      }
      if (kind == ObjectKind::ByteArray) StoreContent(ref, Value::OfScalar(kInt));
      return value;
    }
    default:
      return UnknownAt(id, CauseCode::UnknownType,
                       fmt::format("the class of what `{}` gives is not known", Excerpt(id)));
  }
}

// Classes of which a function takes no instance: it raises TypeError before it does anything.
uint16_t Interpreter::RejectedScalars(std::string_view name) {
  if (name.starts_with("math.")) return kNone | kComplex | kStr | kBytes;
  if (name == "int" || name == "float") return kNone | kComplex;
  if (name == "builtins.round" || name == "round") return kNone | kComplex | kStr | kBytes;
  if (name == "datetime.datetime.strptime") return kScalarsBesideStr;
  return 0;
}

namespace {

// Why a fact that fits the call is not used.
std::string OtherVersion(const CallFact& fact, uint16_t target) {
  auto text = [](uint16_t version) { return fmt::format("{}.{}", version >> 8, version & 0xFF); };
  return fact.since > target ? fmt::format(
                                   "what is known about this call of `{}` holds from Python {} on; "
                                   "the target version is {}",
                                   fact.name, text(fact.since), text(target))
                             : fmt::format(
                                   "what is known about this call of `{}` held before Python {}; "
                                   "the target version is {}",
                                   fact.name, text(fact.until), text(target));
}

}  // namespace

Value Interpreter::CallLibrary(NodeId id, std::string_view name, const Value* receiver,
                               const CallArguments& arguments_given) {
  CallArguments arguments = arguments_given;
  if (uint16_t rejected = RejectedScalars(name)) {
    for (Value& value : arguments.positional) {
      if (!value.is_unknown() && (value.scalars() & rejected))
        value = value.WithoutScalars(rejected);
    }
  }
  if (std::optional<Value> modelled = CallModel(id, name, receiver, arguments)) return *modelled;
  const CallFact* first = knowledge_.FindCall(name);
  if (!first) first = knowledge_.FindCall(fmt::format("builtins.{}", name));
  auto unknown = [&](std::string message) {
    Value result = UnknownAt(id, CauseCode::UnknownCall, std::move(message));
    NoteAnything(id, result.cause());
    EscapeAll(id, arguments, result.cause());
    if (receiver) Escape(*receiver, result.cause());
    return result;
  };
  if (!first) return unknown(fmt::format("nothing is known about `{}`", name));
  if (arguments.double_star) {
    return unknown(fmt::format("`{}` is called with **arguments", name));
  }
  std::vector<Value> values;
  if (receiver) values.push_back(*receiver);
  values.insert(values.end(), arguments.positional.begin(), arguments.positional.end());
  // *args: as many of its elements as the signature takes.
  if (arguments.star) {
    bool variadic = false;
    for (const knowledge::Parameter& parameter : first->parameters) {
      variadic |= parameter.kind == knowledge::ParameterKind::VarPositional;
    }
    if (!variadic) return unknown(fmt::format("`{}` is called with *arguments", name));
    values.push_back(*arguments.star);
  }
  std::vector<std::pair<std::string_view, TypeExpr>> keywords;
  std::vector<std::string_view> keyword_names;
  std::vector<TypeExpr> types;
  auto type_of = [&](const Value& value) {
    // A constant text stands for itself: modes and formats decide what a call does.
    if (value.text() && value.only(kStr)) {
      TypeExpr literal;
      literal.kind = TypeKind::Literal;
      literal.name = std::string(Text(value.text()));
      return literal;
    }
    return ToType(value);
  };
  for (const Value& value : values) {
    if (Missing(id, value)) return Value();  // not computed yet
    types.push_back(type_of(value));
  }
  for (const auto& [keyword, value] : arguments.keywords) {
    if (Missing(id, value)) return Value();
    keywords.emplace_back(Text(keyword), type_of(value));
    values.push_back(value);
  }
  const auto target = static_cast<uint16_t>(options_.target.major << 8 | options_.target.minor);
  auto match = knowledge::MatchCall(knowledge_, *first, types, keywords, target);
  if (!match && !arguments.star) {
    // Where an argument may be of several classes, each may fit a signature of its own.
    for (size_t index = 0; index < arguments.positional.size(); ++index) {
      std::vector<Value> arms = ArmsOf(arguments.positional[index]);
      if (arms.size() < 2 || arms.size() > 6) continue;
      Value result;
      for (const Value& arm : arms) {
        CallArguments one = arguments;
        one.positional[index] = arm;
        result.Join(CallLibrary(id, name, receiver, one));
      }
      return result;
    }
  }
  if (!match) {
    for (const Value& value : values) {
      if (value.is_unknown()) {
        NoteAnything(id, value.cause());
        EscapeAll(id, arguments, value.cause());
        return Value::Unknown(value.cause());
      }
    }
    if (auto other = knowledge::MatchCall(knowledge_, *first, types, keywords, std::nullopt)) {
      return unknown(OtherVersion(*other->fact, target));
    }
    std::string given;
    for (const TypeExpr& type : types) {
      if (!given.empty()) given += ", ";
      given += knowledge::ToString(type);
    }
    return unknown(fmt::format("no fact about `{}` covers the arguments ({})", name, given));
  }
  facts_.library_calls_[id].insert(match->fact);
  Value result = ApplyFact(id, *match->fact, match->parameters, values);
  return name.starts_with("re.") ? RefineRegex(id, name, receiver, arguments, result) : result;
}

Value Interpreter::ApplyFact(NodeId id, const CallFact& fact, const std::vector<int>& parameters,
                             const std::vector<Value>& values) {
  // By parameter: what was passed for it.
  std::vector<Value> passed(fact.parameters.size());
  VariableValues bound;
  for (size_t index = 0; index < values.size(); ++index) {
    int parameter = parameters[index];
    if (parameter < 0) continue;
    passed[parameter].Join(values[index]);
    BindVariables(fact.parameters[parameter].type, values[index], bound);
  }
  Value called;  // what callable arguments returned
  auto value_at = [&](const FactPlace& place) -> Value {
    if (place.parameter < 0) return Value();
    const Value& value = passed[place.parameter];
    Value result;
    switch (place.part) {
      case PlacePart::Itself:
        return value;
      case PlacePart::Items:
        if (value.scalars() & kStr) result.Join(Value::OfScalar(kStr));
        if (value.scalars() & kBytes) result.Join(Value::OfScalar(kInt));
        for (const Ref& ref : value.refs()) result.Join(ItemsOf(ref));
        return result;
      case PlacePart::Keys:
        for (const Ref& ref : value.refs()) result.Join(Load(facts_.heap_[ref.object].keys, ref));
        return result;
      case PlacePart::Values:
        for (const Ref& ref : value.refs()) result.Join(ContentOf(ref));
        return result;
      case PlacePart::Called:
        return called;
      case PlacePart::Deep:
        return value;
    }
    return result;
  };

  for (const FactEffect& effect : fact.effects) {
    const FactPlace& place = effect.place;
    switch (effect.kind) {
      case knowledge::EffectKind::Read:
        if (place.is_channel()) {
          NoteWorld(id, ChannelOf(place.channel), WriteHow::NotAWrite);
          bool inherited = place.channel == "env" || place.channel == "locale";
          if (inherited && environment_) NoteAnything(id, environment_);
        } else {
          NoteDeepRead(id, value_at(place));
        }
        break;
      case knowledge::EffectKind::Write:
        if (place.is_channel()) {
          NoteWorld(id, ChannelOf(place.channel), WriteHow::Emit);
        } else {
          Value target = value_at(place);
          NodeId key_loop;
          if (effect.key >= 0) key_loop = passed[effect.key].term().loop;
          for (const Ref& ref : target.refs()) NoteContent(id, ref, HowOf(effect.how), key_loop);
        }
        break;
      case knowledge::EffectKind::Escape: {
        Value stored = value_at(place);
        FactPlace holder = effect.into;
        PlacePart part = holder.part;
        holder.part = PlacePart::Itself;
        for (const Ref& ref : value_at(holder).refs()) {
          bool keys =
              part == PlacePart::Keys ||
              (part == PlacePart::Items && facts_.heap_[ref.object].kind == ObjectKind::Dict);
          if (keys)
            StoreKeys(ref, stored);
          else
            StoreContent(ref, stored);
        }
        break;
      }
      case knowledge::EffectKind::Drop:
        break;  // classes with finalizers are not modelled at all
      case knowledge::EffectKind::Consume:
        for (const Ref& ref : passed[place.parameter].refs()) {
          const Object& object = facts_.heap_[ref.object];
          bool unordered = object.kind == ObjectKind::Set || object.kind == ObjectKind::FrozenSet;
          if (unordered && fact.parameters[place.parameter].order_free) continue;
          Exhaust(id, Value::OfObject(ref.object, ref.age, ref.exact));
        }
        break;
      case knowledge::EffectKind::Call: {
        const Value& callable = passed[place.parameter];
        if (callable.empty() || callable.only(kNone)) break;
        CallArguments call;
        for (const FactPlace& argument : effect.arguments) {
          call.positional.push_back(value_at(argument));
        }
        called.Join(Call(id, callable.WithoutScalars(kNone), call));
        break;
      }
      case knowledge::EffectKind::Draw:
        if (place.is_channel()) {
          NoteWorld(id, Channel::GlobalRandom, WriteHow::Draw);
        } else {
          for (const Ref& ref : passed[place.parameter].refs()) {
            NoteContent(id, ref, WriteHow::Draw);
          }
        }
        break;
      case knowledge::EffectKind::Block:
        break;  // waiting is no effect; the workload is judged from the facts themselves
      case knowledge::EffectKind::Warn: {
        bool quiet = effect.word == "regex" && place.parameter >= 0 &&
                     passed[place.parameter].text() &&
                     knowledge::RegexIsQuiet(Text(passed[place.parameter].text()));
        if (!quiet) {
          NoteWorld(id, Channel::Warnings, WriteHow::Arbitrary);
          NoteWorld(id, Channel::Stderr, WriteHow::Emit);
        }
        break;
      }
      case knowledge::EffectKind::Unknown: {
        Value result =
            UnknownAt(id, CauseCode::Dynamic, fmt::format("`{}`: {}", Excerpt(id), effect.word));
        NoteAnything(id, result.cause());
        for (const Value& value : passed) Escape(value, result.cause());
        return result;
      }
    }
  }
  if (fact.determinism != knowledge::Determinism::Yes) {
    switch (fact.determinism) {
      case knowledge::Determinism::HashSeed:
        NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
        break;
      case knowledge::Determinism::Identity:
        for (const Value& value : passed) NoteIdentity(id, value);
        break;
      default:
        break;  // stated through the channels it reads
    }
  }

  Value result;
  bool fresh = fact.origins.empty();
  for (const knowledge::Origin& origin : fact.origins) {
    if (origin.kind == OriginKind::Place) {
      result.Join(value_at(origin.place));
    } else {
      fresh = true;
    }
  }
  if (!fresh) {
    // An element, or what the signature offers instead of it.
    TypeExpr type = fact.result;
    if (type.kind == TypeKind::Union) {
      for (const TypeExpr& arm : type.args) {
        if (arm.kind == TypeKind::Class) result.Join(FromType(id, arm, 0, &bound));
      }
    }
    return result;
  }
  if (!called.empty()) bound.try_emplace("R", called);
  result.Join(FromType(id, fact.result, 0, &bound));
  for (const knowledge::Origin& origin : fact.origins) {
    if (origin.kind != OriginKind::Iterator && origin.kind != OriginKind::View) continue;
    for (const Ref& ref : result.refs()) {
      // Remembered as what is read when the iterator is advanced.
      if (facts_.heap_[ref.object].kind != ObjectKind::Iterator) continue;
      if (origin.place.is_channel()) {
        std::vector<std::string>& steps = facts_.heap_[ref.object].steps;
        if (std::find(steps.begin(), steps.end(), origin.place.channel) == steps.end()) {
          steps.push_back(origin.place.channel);
          changed_ = true;
        }
      } else {
        StoreKeys(ref, value_at({.channel = {},
                                 .parameter = origin.place.parameter,
                                 .part = PlacePart::Itself}));
      }
    }
  }
  return result;
}

// Reads of all that the value's built-in containers hold, however deep.
void Interpreter::NoteDeepRead(NodeId id, const Value& value, int depth) {
  if (depth > 6) {
    NoteAnything(id, MakeCause(CauseCode::Limit, id, "containers nested too deeply"));
    return;
  }
  for (const Ref& ref : value.refs()) {
    const Object object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::ByteArray:
      case ObjectKind::Library:
        NoteContent(id, ref, WriteHow::NotAWrite);
        [[fallthrough]];
      case ObjectKind::Tuple:
      case ObjectKind::FrozenSet:
        NoteDeepRead(id, ContentOf(ref), depth + 1);
        NoteDeepRead(id, Load(object.keys, ref), depth + 1);
        break;
      case ObjectKind::View:
        if (object.source) NoteContent(id, {object.source, kOld, false}, WriteHow::NotAWrite);
        break;
      default:
        break;
    }
  }
}

// What a module's attribute is: a constant, or something of the knowledge base to call.
Value Interpreter::ModuleAttribute(NodeId id, std::string_view module, std::string_view name,
                                   const std::string& full) {
  using NameKind = knowledge::KnowledgeBase::NameKind;
  if (const knowledge::ModuleFact* fact = knowledge_.FindModule(module)) {
    auto at = fact->constants.find(name);
    if (at != fact->constants.end()) return FromType(id, at->second, 0);
  }
  if (full == "sys.argv") {
    Value list = Value::OfObject(Global(ObjectKind::List, "sys.argv"), kOld, false);
    StoreContent(list.refs()[0], Value::OfScalar(kStr));
    return list;
  }
  if (full == "sys.stdout" || full == "sys.stderr" || full == "sys.stdin") {
    return Value::OfObject(Global(ObjectKind::Library, full), kOld, false);
  }
  switch (knowledge_.Lookup(module, name)) {
    case NameKind::Call:
    case NameKind::Class:
      return Value::OfObject(Global(ObjectKind::Builtin, full), kOld, false);
    case NameKind::Module:
      return Value::OfObject(Global(ObjectKind::Module, full), kOld, false);
    default:
      break;
  }
  if (IsModelled(full)) return Value::OfObject(Global(ObjectKind::Builtin, full), kOld, false);
  return UnknownAt(id, CauseCode::UnknownCall, fmt::format("nothing is known about `{}`", full));
}

}  // namespace unspool::effects
