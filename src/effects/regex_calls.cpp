// Matches of regular expressions that are known: which groups they have, and which cannot be None.
#include "effects/interpreter.h"
#include "effects/regex.h"

namespace unspool::effects {

using namespace syntax;

namespace {
constexpr int64_t kVerbose = 64;
constexpr int64_t kDebug = 128;
// Apart from the objects that the fact's own result consists of.
constexpr int kPart = 1 << 20;
}  // namespace

void Interpreter::KnowPattern(const Value& value, const Value& pattern) {
  for (const Ref& ref : value.refs()) {
    Object& object = facts_.heap_[ref.object];
    if (object.kind == ObjectKind::Iterator) {
      KnowPattern(object.content, pattern);
    } else if (object.kind == ObjectKind::Library) {
      Grow(object.pattern, pattern);
    }
  }
}

// The result of a call of `re`, made narrower where the expression is a constant. A pattern object
// or match of unknown origin has none, which says nothing.
Value Interpreter::RefineRegex(NodeId id, std::string_view name, const Value* receiver,
                               const CallArguments& arguments, const Value& result) {
  bool compiles = name == "re.compile";
  if (!receiver && (compiles || name == "re.match" || name == "re.search" ||
                    name == "re.fullmatch" || name == "re.finditer")) {
    // Flags that are not known may make the expression a verbose one. They are marked in the text.
    size_t flags_at = compiles ? 1 : 2;
    bool maybe_verbose = !arguments.keywords.empty();
    if (arguments.positional.size() > flags_at) {
      const Value& flags = arguments.positional[flags_at];
      bool known = flags.has_number() && flags.only(kInt | kBool);
      maybe_verbose |= !known || (flags.number() & kVerbose);
      if (!flags.refs().empty() || !known || (flags.number() & kDebug)) {
        if (flags.scalars()) NoteWorld(id, Channel::Stdout, WriteHow::Emit);
      }
    }
    for (const auto& [keyword, value] : arguments.keywords) {
      if (value.scalars() & kInt) NoteWorld(id, Channel::Stdout, WriteHow::Emit);
    }
    Value pattern = Value::OfScalar(kStr);
    if (!arguments.positional.empty() && !arguments.star && !arguments.double_star) {
      const Value& text = arguments.positional[0];
      if (text.text() && text.only(kStr) && GroupsOf(Text(text.text()), maybe_verbose)) {
        pattern = text;
      }
    }
    KnowPattern(result, pattern);
    return result;
  }
  const Ref* object = receiver ? receiver->single() : nullptr;
  bool about_match = name.starts_with("re.Match.");
  if (!object || result.is_unknown() || (!about_match && !name.starts_with("re.Pattern."))) {
    return result;
  }
  Value pattern = facts_.heap_[object->object].pattern;
  if (!about_match) {
    if (pattern.empty()) pattern = Value::OfScalar(kStr);
    KnowPattern(result, pattern);
    return result;
  }
  if (!pattern.text() || !pattern.only(kStr)) return result;
  std::optional<RegexGroups> groups = GroupsOf(Text(pattern.text()), false);
  if (!groups) return result;
  auto value_of = [&](size_t group) {
    return Value::OfScalar(groups->always[group] ? kStr : kStr | kNone);
  };
  // A group that does not exist raises IndexError: anything will do.
  auto asked = [&](const Value& which) {
    if (which.has_number() && which.only(kInt | kBool) && which.number() >= 0 &&
        static_cast<size_t>(which.number()) < groups->always.size()) {
      return value_of(static_cast<size_t>(which.number()));
    }
    if (which.text() && which.only(kStr)) {
      for (const auto& [group, number] : groups->names) {
        if (group == Text(which.text())) return value_of(static_cast<size_t>(number));
      }
    }
    return Value::OfScalar(kStr | kNone);
  };
  std::string_view method = name.substr(std::string_view("re.Match.").size());
  auto fresh = [&](ObjectKind kind) {
    return Ref{ObjectFor(id, kind, Symbol(), kPart), static_cast<Age>(frame_->depth), true};
  };
  if (method == "groupdict" && arguments.positional.empty() && arguments.keywords.empty()) {
    Ref dict = fresh(ObjectKind::Dict);
    for (const auto& [group, number] : groups->names) {
      StoreEntry(dict, Value::OfText(Sym(group)), value_of(static_cast<size_t>(number)));
    }
    return Value::OfObject(dict.object, dict.age);
  }
  if (method == "groups" && arguments.positional.empty() && arguments.keywords.empty()) {
    std::vector<Value> items;
    for (size_t group = 1; group <= groups->count(); ++group) items.push_back(value_of(group));
    return MakeTuple(id, fresh(ObjectKind::Tuple), items);
  }
  if (method == "__getitem__" || method == "group") {
    if (!arguments.keywords.empty() || arguments.star) return result;
    if (arguments.positional.empty()) return value_of(0);
    if (arguments.positional.size() == 1) return asked(arguments.positional[0]);
    std::vector<Value> items;
    for (const Value& which : arguments.positional) items.push_back(asked(which));
    return MakeTuple(id, fresh(ObjectKind::Tuple), items);
  }
  return result;
}

}  // namespace unspool::effects
