// Built-in functions whose results depend on the objects they are given, not on types alone. All
// others, and every call that does not fit here, go through the knowledge base.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {

// Built-in names that are modelled here, and may have no fact.
constexpr std::string_view kSpecialNames[] = {
    "NotImplemented", "classmethod", "enumerate", "filter", "isinstance",
    "issubclass",     "iter",        "len",       "map",    "next",
    "object",         "print",       "property",  "range",  "reversed",
    "staticmethod",   "super",       "type",      "zip",
};

template <size_t size>
bool Contains(const std::string_view (&sorted)[size], std::string_view name) {
  return std::binary_search(std::begin(sorted), std::end(sorted), name);
}

}  // namespace

bool Interpreter::IsBuiltinName(std::string_view name) const {
  return knowledge_.IsException(name) || Contains(kSpecialNames, name) ||
         knowledge_.FindCall(fmt::format("builtins.{}", name)) || knowledge_.FindCall(name) ||
         knowledge_.FindClass(name);
}

std::optional<Value> Interpreter::CallBuiltin(NodeId id, std::string_view name,
                                              const CallArguments& arguments) {
  const std::vector<Value>& given = arguments.positional;
  bool simple = arguments.keywords.empty() && !arguments.star && !arguments.double_star;
  for (const Value& value : given) {
    if (Missing(id, value)) return Value();
  }
  if (knowledge_.IsException(name)) {
    Value exception = Allocate(id, ObjectKind::Exception, Sym(name));
    for (const Value& value : given) {
      StoreContent(exception.refs()[0], value);
      HoldInException(value);
    }
    return exception;
  }
  if (name == "object" && simple && given.empty()) return Allocate(id, ObjectKind::Opaque);
  if (name == "range" && simple && !given.empty() && given.size() <= 3) {
    for (const Value& value : given) {
      if (!value.only(kInt | kBool)) return std::nullopt;
    }
    Value range = Allocate(id, ObjectKind::Range);
    bool from_zero = given.size() == 1 || (given[0].has_number() && given[0].number() >= 0);
    bool upwards = given.size() < 3 || (given[2].has_number() && given[2].number() > 0);
    Object& object = facts_.heap_[range.refs()[0].object];
    object.counts_up = from_zero && upwards;
    return range;
  }
  if (name == "slice") {
    // What its parts do as indices shows when it is used.
    for (const Value& value : given) {
      if (!value.only(kInt | kBool | kNone)) return UnknownOperation(id, value, "slicing");
    }
    if (simple) return Allocate(id, ObjectKind::Slice);
  }
  if (name == "enumerate" && !given.empty() && !arguments.star && !arguments.double_star) {
    Value start = given.size() > 1 ? given[1] : Value::OfInt(0);
    for (const auto& [keyword, value] : arguments.keywords) start = value;
    if (!start.only(kInt | kBool)) return std::nullopt;
    Value iterator = Allocate(id, ObjectKind::Iterator, Sym("enumerate"));
    Ref ref = iterator.refs()[0];
    facts_.heap_[ref.object].counts_up = start.has_number() && start.number() >= 0;
    StoreKeys(ref, given[0]);
    Value pair = Value::OfObject(ObjectFor(id, ObjectKind::Tuple, Symbol(), 1), ref.age);
    MakeTuple(id, pair.refs()[0], {Value::OfScalar(kInt), Peek(id, given[0])});
    StoreContent(ref, pair);
    return iterator;
  }
  if (name == "zip" && !given.empty() && !arguments.star && !arguments.double_star) {
    Value iterator = Allocate(id, ObjectKind::Iterator, Sym("zip"));
    Ref ref = iterator.refs()[0];
    std::vector<Value> items;
    for (const Value& value : given) {
      StoreKeys(ref, value);
      items.push_back(Peek(id, value));
    }
    Value tuple = Value::OfObject(ObjectFor(id, ObjectKind::Tuple, Symbol(), 1), ref.age);
    MakeTuple(id, tuple.refs()[0], items);
    StoreContent(ref, tuple);
    return iterator;
  }
  if ((name == "map" || name == "filter") && given.size() >= 2 && simple) {
    bool filter = name == "filter";
    Value iterator = Allocate(id, ObjectKind::Iterator, Sym(name));
    Ref ref = iterator.refs()[0];
    Object* object = &facts_.heap_[ref.object];
    object->counts_up = filter;
    if (object->arguments.size() < given.size() - 1) object->arguments.resize(given.size() - 1);
    for (size_t index = 1; index < given.size(); ++index) {
      StoreKeys(ref, given[index]);
      Value items = Peek(id, given[index]);
      Store(facts_.heap_[ref.object].arguments[index - 1], items, ref);
      if (filter) StoreContent(ref, items);
    }
    if (given[0].only(kNone)) {
      CheckTruth(id, Peek(id, given[1]));
      return iterator;
    }
    Store(facts_.heap_[ref.object].default_factory, given[0], ref);
    return iterator;
  }
  if (name == "iter" && given.size() == 1 && simple) {
    bool already = given[0].scalars() == 0 && !given[0].is_unknown();
    for (const Ref& ref : given[0].refs()) {
      ObjectKind kind = facts_.heap_[ref.object].kind;
      already &= kind == ObjectKind::Iterator || kind == ObjectKind::Generator;
    }
    if (already) return given[0];
    Value iterator = Allocate(id, ObjectKind::Iterator, Sym("iter"));
    StoreKeys(iterator.refs()[0], given[0]);
    StoreContent(iterator.refs()[0], Peek(id, given[0]));
    return iterator;
  }
  if (name == "reversed" && given.size() == 1 && simple) {
    for (const Ref& ref : given[0].refs()) {
      ObjectKind kind = facts_.heap_[ref.object].kind;
      if (kind != ObjectKind::List && kind != ObjectKind::Tuple && kind != ObjectKind::Range &&
          kind != ObjectKind::Dict) {
        return std::nullopt;
      }
    }
    if (given[0].is_unknown()) return std::nullopt;
    Value iterator = Allocate(id, ObjectKind::Iterator, Sym("reversed"));
    StoreKeys(iterator.refs()[0], given[0]);
    StoreContent(iterator.refs()[0], Peek(id, given[0]));
    return iterator;
  }
  if (name == "next" && !given.empty() && simple) {
    Value items = Iterate(id, given[0]);
    if (given.size() > 1) {
      items.Join(given[1]);
    } else {
      // StopIteration out of a loop's body is not what it is in a worker.
      Place place;
      place.kind = PlaceKind::StopIteration;
      Note(id, place, WriteHow::NotAWrite, kOld);
    }
    return items;
  }
  if (name == "len" && given.size() == 1 && simple) {
    Value result = Value::OfScalar(kInt);
    if (given[0].is_unknown()) return UnknownOperation(id, given[0], "len()");
    for (const Ref& ref : given[0].refs()) {
      const Object& object = facts_.heap_[ref.object];
      switch (object.kind) {
        case ObjectKind::Instance: {
          Value ignored;
          if (!CallDunder(id, ref, "__len__", {}, ignored) &&
              !facts_.heap_[object.classes[0]].tuple_like) {
            return UnknownOperation(id, given[0], "len()");
          }
          break;
        }
        case ObjectKind::List:
        case ObjectKind::Dict:
        case ObjectKind::Set:
        case ObjectKind::ByteArray:
          NoteContent(id, ref, WriteHow::NotAWrite);
          break;
        case ObjectKind::Tuple:
        case ObjectKind::FrozenSet:
        case ObjectKind::Range:
          break;
        case ObjectKind::View:
          CheckTruth(id, given[0]);
          break;
        default:
          return std::nullopt;
      }
    }
    return result;
  }
  if ((name == "list" || name == "tuple" || name == "set" || name == "frozenset") && simple &&
      given.size() <= 1) {
    ObjectKind kind = name == "list"    ? ObjectKind::List
                      : name == "tuple" ? ObjectKind::Tuple
                      : name == "set"   ? ObjectKind::Set
                                        : ObjectKind::FrozenSet;
    Value result = Allocate(id, kind);
    if (given.empty()) return result;
    Value items = Exhaust(id, given[0]);
    StoreContent(result.refs()[0], items);
    if (kind == ObjectKind::Set || kind == ObjectKind::FrozenSet) {
      CheckKey(id, result.refs()[0], items);
    }
    return result;
  }
  if (name == "dict" && !arguments.star && !arguments.double_star && given.size() <= 1) {
    Value result = Allocate(id, ObjectKind::Dict);
    Ref ref = result.refs()[0];
    if (!given.empty() && !UpdateDict(id, ref, given[0])) return std::nullopt;
    for (const auto& [keyword, value] : arguments.keywords) {
      StoreEntry(ref, Value::OfText(keyword), value);
    }
    return result;
  }
  if (name == "sorted" && given.size() == 1) {
    Value items = PeekUnordered(id, given[0]);
    Value result = Allocate(id, ObjectKind::List);
    StoreContent(result.refs()[0], items);
    Value compared = items;
    for (const auto& [keyword, value] : arguments.keywords) {
      if (Text(keyword) == "reverse") {
        if (!value.only(kInt | kBool)) UnknownOperation(id, value, "sorting");
      } else if (Text(keyword) == "key" && !value.only(kNone)) {
        CallArguments call;
        call.positional.push_back(items);
        compared = Call(id, value, call);
        // Ties are resolved by position.
        for (const Ref& ref : given[0].refs()) {
          ObjectKind kind = facts_.heap_[ref.object].kind;
          if (kind == ObjectKind::Set || kind == ObjectKind::FrozenSet) {
            NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
          }
        }
      }
    }
    if (!items.empty()) CheckOrder(id, compared);
    return result;
  }
  if ((name == "min" || name == "max") && !given.empty() && !arguments.star) {
    Value items;
    if (given.size() == 1) {
      items = PeekUnordered(id, given[0]);
    } else {
      for (const Value& value : given) items.Join(value.WithoutConstant());
    }
    Value compared = items;
    Value result = items;
    for (const auto& [keyword, value] : arguments.keywords) {
      if (Text(keyword) == "default") {
        result.Join(value);
      } else if (Text(keyword) == "key" && !value.only(kNone)) {
        CallArguments call;
        call.positional.push_back(items);
        compared = Call(id, value, call);
        // Ties are resolved by position.
        for (const Ref& ref : given[0].refs()) {
          ObjectKind kind = facts_.heap_[ref.object].kind;
          if (kind == ObjectKind::Set || kind == ObjectKind::FrozenSet) {
            NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
          }
        }
      }
    }
    if (!compared.empty()) CheckOrder(id, compared);
    return result;
  }
  if (name == "sum" && !given.empty() && given.size() <= 2 && arguments.keywords.empty() &&
      simple) {
    Value items = Exhaust(id, given[0]);
    Value total = given.size() > 1 ? given[1] : Value::OfScalar(kInt);
    if (items.empty()) return total;
    for (int step = 0; step < 3; ++step) total.Join(Binary(id, Operator::Add, total, items));
    return total.WithoutConstant();
  }
  if ((name == "any" || name == "all") && given.size() == 1 && simple) {
    CheckTruth(id, Exhaust(id, given[0]));
    return Value::OfScalar(kBool);
  }
  if (name == "bool" && given.size() == 1 && simple) {
    CheckTruth(id, given[0]);
    return Value::OfScalar(kBool);
  }
  if ((name == "str" || name == "repr" || name == "ascii") && given.size() == 1 && simple) {
    CheckText(id, given[0], name == "str" ? TextUse::Str : TextUse::Repr);
    return Value::OfScalar(kStr);
  }
  if ((name == "setattr" || name == "delattr") && !given.empty()) {
    if (name == "setattr" && given.size() == 3 && given[1].text()) {
      SetAttribute(id, given[0], given[1].text(), given[2]);
      return Value::OfScalar(kNone);
    }
    SetDynamic(id, name);
    return std::nullopt;
  }
  if (name == "hash" && given.size() == 1 && simple) {
    CheckHashable(id, given[0]);
    // The hash of texts differs between processes, and so does whatever is built on it.
    if (!given[0].only(kNumbers)) NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
    return Value::OfScalar(kInt);
  }
  if (name == "abs" && given.size() == 1 && simple) {
    Value result;
    bool called = !given[0].refs().empty();
    for (const Ref& ref : given[0].refs()) called &= CallDunder(id, ref, "__abs__", {}, result);
    if (called && !given[0].scalars() && !given[0].is_unknown()) return result;
    return std::nullopt;
  }
  if (name == "print") {
    for (const Value& value : given) CheckText(id, value, TextUse::Str);
    if (arguments.star) CheckText(id, *arguments.star, TextUse::Str);
    Channel channel = Channel::Stdout;
    for (const auto& [keyword, value] : arguments.keywords) {
      if (Text(keyword) != "file") {
        CheckText(id, value, TextUse::Str);
        continue;
      }
      const Ref* ref = value.single();
      std::string_view file = ref ? Text(facts_.heap_[ref->object].name) : "";
      if (file == "sys.stderr")
        channel = Channel::Stderr;
      else if (file != "sys.stdout" && !value.only(kNone)) {
        NoteWorld(id, Channel::FileSystem, WriteHow::Emit);
      }
    }
    NoteWorld(id, channel, WriteHow::Emit);
    return Value::OfScalar(kNone);
  }
  if ((name == "isinstance" || name == "issubclass") && given.size() == 2 && simple) {
    // Classes may answer for themselves, and so may the instance.
    bool plain = !given[0].is_unknown() && !given[1].is_unknown();
    Value tested = given[1];
    for (int depth = 0; depth < 4; ++depth) {
      Value inner;
      for (const Ref& ref : tested.refs()) {
        const Object& object = facts_.heap_[ref.object];
        plain &= object.kind == ObjectKind::Builtin || object.kind == ObjectKind::Tuple ||
                 (object.kind == ObjectKind::Class && !object.unknown_bases);
        if (object.kind == ObjectKind::Tuple) inner.Join(ContentOf(ref));
      }
      plain &= !tested.is_unknown();
      tested = inner;
    }
    plain &= tested.empty();
    for (const Ref& ref : given[0].refs()) {
      for (ObjectId cls : facts_.heap_[ref.object].classes) {
        plain &= !facts_.heap_[cls].unknown_bases;
      }
    }
    if (!plain) return UnknownOperation(id, Value(), "isinstance()");
    return Value::OfScalar(kBool);
  }
  if (name == "type" && given.size() == 1 && simple) {
    Value result;
    for (const Ref& ref : given[0].refs()) {
      const Object& object = facts_.heap_[ref.object];
      if (object.kind != ObjectKind::Instance || object.classes.empty()) return std::nullopt;
      result.Join(Value::OfObject(object.classes[0], kOld, false));
    }
    if (given[0].scalars() || given[0].is_unknown()) return std::nullopt;
    return result;
  }
  if (name == "super" && given.empty() && simple && frame_->enclosing_class) {
    // The first parameter of the method around it.
    const Context& context = *contexts_[frame_->context];
    if (context.parameters.empty()) return std::nullopt;
    Value result = Allocate(id, ObjectKind::Super);
    Ref ref = result.refs()[0];
    facts_.heap_[ref.object].source = frame_->enclosing_class;
    StoreContent(ref, context.parameters[0]);
    return result;
  }
  return std::nullopt;
}

// The elements an iterator will give, before it is advanced: generators run when they are consumed,
// but what they yield must be known for what is built on them.
Value Interpreter::Peek(NodeId id, const Value& iterable) {
  bool runs = false;
  for (const Ref& ref : iterable.refs()) {
    ObjectKind kind = facts_.heap_[ref.object].kind;
    runs |= kind != ObjectKind::List && kind != ObjectKind::Tuple && kind != ObjectKind::Dict &&
            kind != ObjectKind::Range && kind != ObjectKind::ByteArray;
  }
  if (runs || iterable.is_unknown()) return Iterate(id, iterable);
  Value items;
  if (iterable.scalars() & kStr) items.Join(Value::OfScalar(kStr));
  if (iterable.scalars() & kBytes) items.Join(Value::OfScalar(kInt));
  for (const Ref& ref : iterable.refs()) items.Join(ItemsOf(ref));
  return items.WithoutConstant();
}

// Exceptions are texts of what they hold. Where any may hold more than values whose text is the
// same everywhere, no text of an exception is understood.
void Interpreter::HoldInException(const Value& value) {
  if (exceptions_hold_objects_) return;
  bool simple = IsPlain(value);
  if (simple) {
    simple = std::ranges::none_of(Reachable(value), [&](ObjectId id) {
      ObjectKind kind = facts_.heap_[id].kind;
      return kind == ObjectKind::Set || kind == ObjectKind::FrozenSet;
    });
  }
  if (simple) return;
  exceptions_hold_objects_ = true;
  changed_ = true;
}

// For consumers whose result does not show the order in which a set is iterated.
Value Interpreter::PeekUnordered(NodeId id, const Value& iterable) {
  Value ordered = iterable;
  Value items;
  for (const Ref& ref : iterable.refs()) {
    ObjectKind kind = facts_.heap_[ref.object].kind;
    if (kind != ObjectKind::Set && kind != ObjectKind::FrozenSet) continue;
    ordered.RemoveRef(ref.object);
    NoteContent(id, ref, WriteHow::NotAWrite);
    items.Join(ItemsOf(ref));
    // Ties between equal elements that differ are resolved by position: only scalars have none.
    if (!items.only_scalars()) NoteWorld(id, Channel::HashOrder, WriteHow::NotAWrite);
  }
  if (!ordered.empty()) items.Join(Exhaust(id, ordered));
  return items;
}

}  // namespace unspool::effects
