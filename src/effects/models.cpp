// Library code whose meaning is more than a fact can state: constructors that depend on what they
// are given, and argparse, whose result is what the program told it to expect.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {

constexpr std::string_view kModelled[] = {
    "abc.ABC",
    "abc.abstractmethod",
    "argparse.ArgumentDefaultsHelpFormatter",
    "argparse.ArgumentParser",
    "argparse.RawDescriptionHelpFormatter",
    "collections.defaultdict",
    "collections.namedtuple",
    "dataclasses.dataclass",
    "dataclasses.field",
    "functools.partial",
    "sys.exit",
    "typing.Any",
    "typing.Callable",
    "typing.Dict",
    "typing.Generic",
    "typing.Iterable",
    "typing.Iterator",
    "typing.List",
    "typing.NamedTuple",
    "typing.Optional",
    "typing.Sequence",
    "typing.Set",
    "typing.Tuple",
    "typing.TypeVar",
    "typing.Union",
};

}  // namespace

bool Interpreter::IsModelled(std::string_view name) {
  return std::binary_search(std::begin(kModelled), std::end(kModelled), name);
}

std::optional<Value> Interpreter::CallModel(NodeId id, std::string_view name, const Value* receiver,
                                            const CallArguments& arguments) {
  const std::vector<Value>& given = arguments.positional;
  auto keyword = [&](std::string_view wanted) -> const Value* {
    for (const auto& [keyword_name, value] : arguments.keywords) {
      if (Text(keyword_name) == wanted) return &value;
    }
    return nullptr;
  };

  if (name == "collections.defaultdict") {
    Value dict = Allocate(id, ObjectKind::Dict, Sym(name));
    Ref ref = dict.refs()[0];
    if (!given.empty() && !given[0].only(kNone)) {
      Store(facts_.heap_[ref.object].default_factory, given[0], ref);
    }
    if (given.size() > 1 && !UpdateDict(id, ref, given[1])) return std::nullopt;
    return dict;
  }
  if (name == "collections.namedtuple") {
    // A class with these fields; only constants tell which.
    if (given.size() < 2 || !given[0].text()) return std::nullopt;
    std::vector<Symbol> fields;
    if (given[1].text()) {
      std::string text(Text(given[1].text()));
      std::replace(text.begin(), text.end(), ',', ' ');
      for (size_t at = 0; at < text.size();) {
        size_t end = text.find(' ', at);
        if (end == std::string::npos) end = text.size();
        if (end > at) fields.push_back(Sym(text.substr(at, end - at)));
        at = end + 1;
      }
    } else {
      NodeId call = id;
      if (tree_.kind(call) != NodeKind::Call || CallView(tree_, call).args().size() < 2) {
        return std::nullopt;
      }
      NodeId list = CallView(tree_, call).args()[1];
      if (tree_.kind(list) != NodeKind::List && tree_.kind(list) != NodeKind::Tuple) {
        return std::nullopt;
      }
      for (NodeId element : NodeList(tree_.List(tree_.Word(list, 0)))) {
        Symbol text = facts_.values_[element].text();
        if (!text) return std::nullopt;
        fields.push_back(text);
      }
    }
    Value cls = Allocate(id, ObjectKind::Class, given[0].text());
    Object& object = facts_.heap_[cls.refs()[0].object];
    object.definition = id;
    object.classes = {cls.refs()[0].object};
    object.tuple_like = true;
    object.fields = fields;
    return cls;
  }
  if (name == "dataclasses.field") {
    for (std::string_view shifts : {"init", "kw_only"}) {
      if (keyword(shifts)) return std::nullopt;
    }
    Value field = Allocate(id, ObjectKind::Property, Sym("field"));
    Ref ref = field.refs()[0];
    if (const Value* value = keyword("default")) StoreContent(ref, *value);
    if (const Value* factory = keyword("default_factory")) {
      Store(facts_.heap_[ref.object].default_factory, *factory, ref);
    }
    return field;
  }
  if (name == "sys.getsizeof" || name == "sys.getrecursionlimit") {
    NoteWorld(id, Channel::Process, WriteHow::NotAWrite);  // differ in a worker
    return std::nullopt;
  }
  if (name == "sys.exit") {
    frame_->state.reachable = false;
    return Value();
  }
  // Files: entering gives the file itself, leaving closes it. What opening and writing do to the
  // file system is stated by their facts.
  if (receiver && name.starts_with("io.") &&
      (name.ends_with(".__enter__") || name.ends_with(".__exit__"))) {
    for (const Ref& ref : receiver->refs()) NoteContent(id, ref, WriteHow::Arbitrary);
    NoteWorld(id, Channel::FileSystem, WriteHow::NotAWrite);
    return name.ends_with(".__enter__") ? *receiver : Value::OfScalar(kNone);
  }
  if (name == "typing.TypeVar") return Allocate(id, ObjectKind::Opaque);
  if (name == "argparse.ArgumentParser" || name == "argparse.ArgumentParser.add_argument_group") {
    if (receiver) return *receiver;
    return Allocate(id, ObjectKind::Library, Sym("argparse.ArgumentParser"));
  }
  if (name == "argparse.ArgumentParser.add_argument" && receiver && receiver->single()) {
    return AddArgument(id, *receiver->single(), arguments);
  }
  if (name == "argparse.ArgumentParser.error" || name == "argparse.ArgumentParser.exit") {
    frame_->state.reachable = false;
    return Value();
  }
  if (name == "argparse.ArgumentParser.parse_args" && receiver && receiver->single()) {
    const Ref& parser = *receiver->single();
    NoteContent(id, parser, WriteHow::NotAWrite);
    NoteWorld(id, Channel::Interpreter, WriteHow::NotAWrite);
    NoteWorld(id, Channel::Stdout, WriteHow::Emit);  // --help
    Value result = Allocate(id, ObjectKind::Library, Sym("argparse.Namespace"));
    Ref ref = result.refs()[0];
    const auto attributes = facts_.heap_[parser.object].attributes;
    for (const auto& [attribute, value] : attributes) {
      Store(facts_.heap_[ref.object].attributes[attribute], Load(value, parser), ref);
    }
    return result;
  }
  return std::nullopt;
}

// argparse: what an argument's attribute may hold.
Value Interpreter::AddArgument(NodeId id, const Ref& parser, const CallArguments& arguments) {
  auto keyword = [&](std::string_view wanted) -> const Value* {
    for (const auto& [keyword_name, value] : arguments.keywords) {
      if (Text(keyword_name) == wanted) return &value;
    }
    return nullptr;
  };
  Value result = Value::OfScalar(kNone);
  std::string destination;
  bool optional = false, is_long = false;
  for (const Value& flag : arguments.positional) {
    if (!flag.text()) return UnknownOperation(id, flag, "an argument whose name is not a constant");
    std::string_view text = Text(flag.text());
    optional |= text.starts_with('-');
    std::string bare(text.substr(std::min(text.find_first_not_of('-'), text.size())));
    std::replace(bare.begin(), bare.end(), '-', '_');
    // The first long option names the attribute, else the first short one.
    if (destination.empty() || (text.starts_with("--") && !is_long)) destination = bare;
    is_long |= text.starts_with("--");
  }
  if (const Value* dest = keyword("dest"); dest && dest->text()) destination = Text(dest->text());
  if (destination.empty()) return UnknownOperation(id, Value(), "an argument without a name");

  Value value;
  const Value* action = keyword("action");
  std::string_view action_name = action && action->text() ? Text(action->text()) : "store";
  if (action_name == "store_true" || action_name == "store_false") {
    value = Value::OfScalar(kBool);
  } else if (action_name == "count") {
    value = Value::OfScalar(kInt | kNone);
  } else if (action_name == "store") {
    Value one = Value::OfScalar(kStr);
    if (const Value* type = keyword("type"); type && !type->only(kNone)) {
      CallArguments call;
      call.positional.push_back(Value::OfScalar(kStr));
      one = Call(id, *type, call);
    }
    const Value* count = keyword("nargs");
    bool one_or_none = count && count->text() && Text(count->text()) == "?";
    if (count && !count->only(kNone) && !one_or_none) {
      Value list = Allocate(id, ObjectKind::List);
      StoreContent(list.refs()[0], one);
      value = list;
    } else {
      value = one;
    }
    if (const Value* fallback = keyword("default"))
      value.Join(fallback->WithoutConstant());
    else if (optional || one_or_none)
      value.Join(Value::OfScalar(kNone));
  } else if (action_name != "version" && action_name != "help") {
    value = UnknownAt(id, CauseCode::Unsupported,
                      fmt::format("the argparse action in `{}` is not modelled", Excerpt(id)));
  }
  NoteContent(id, parser, WriteHow::Arbitrary);
  if (!value.empty()) {
    Store(facts_.heap_[parser.object].attributes[Sym(destination)], value.WithoutConstant(),
          parser);
  }
  return result;
}

}  // namespace unspool::effects
