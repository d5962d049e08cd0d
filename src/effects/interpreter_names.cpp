// Names, assignment targets and what a condition tells about names.
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace unspool::effects {

using namespace syntax;
using semantics::NameKind;
using semantics::Resolution;

namespace {
effects::Value Outlived(const effects::Value& value) {
  return value.WithoutConstant().MapRefs([](Ref ref) { return Ref{ref.object, kOld, false}; });
}
}  // namespace

std::optional<uint32_t> Interpreter::SlotOf(ScopeId scope, uint32_t slot) const {
  auto at = frame_->layout->offsets.find(scope.value());
  if (at == frame_->layout->offsets.end()) return std::nullopt;
  return at->second + slot;
}

Value& Interpreter::Cell(uint32_t context, NameId name, ScopeId scope) {
  const uint64_t module = IsModuleScope(scope) ? scope.value() : 0;
  return contexts_[context]->cells[module << 32 | name.value()];
}

semantics::ScopeId Interpreter::FrameOf(ScopeId scope) const {
  const ScopeId frame = scopes_.FrameOf(scope);
  return IsModuleScope(frame) ? scopes_.module_scope() : frame;
}

std::string_view Interpreter::ModuleNameAt(NodeId id) const {
  const NodeId root = scopes_[scopes_.ModuleOf(scopes_.ScopeAt(id))].node;
  for (const auto& [name, module] : linked_) {
    if (module.root == root) return name;
  }
  return options_.module_name;
}

// The context whose call owns the variables of an enclosing scope.
uint32_t Interpreter::ContextOf(ScopeId scope) {
  ScopeId owner = FrameOf(scope);
  uint32_t context = frame_->context;
  while (contexts_[context]->scope != owner && context != 0) context = contexts_[context]->closure;
  return context;
}

// How fresh the variables of a function around this one are. Known for the innermost one; those
// further out, and the module's, count as old.
Age Interpreter::AgeOfCells(uint32_t owner) const {
  const Context& context = *contexts_[frame_->context];
  return owner != 0 && context.closure == owner ? context.closure_age : kOld;
}

Value Interpreter::ReadName(NodeId id, NameId name) {
  return ReadAs(id, name, scopes_.Resolve(scopes_.ScopeAt(id), name));
}

Value Interpreter::ReadAs(NodeId id, NameId name, const Resolution& resolution) {
  if (resolution.kind == NameKind::Implicit) {
    std::string_view text = tree_.Name(name);
    if (text == "__name__") {
      NoteWorld(id, Channel::ModuleName, WriteHow::NotAWrite);
    }
    if (text == "__name__") return Value::OfText(Sym(ModuleNameAt(id)));
    if (text == "__file__") return Value::OfScalar(kStr);
    if (text == "NotImplemented") return Value::OfScalar(kNotImplemented);
    if (scopes_[scopes_.ModuleOf(scopes_.ScopeAt(id))].has_star_import) {
      return ReadStarImport(id, name);
    }
    if (text == "IOError" || text == "EnvironmentError") text = "OSError";  // other names of it
    if (IsBuiltinName(text)) {
      return Value::OfObject(Global(ObjectKind::Builtin, text), kOld, false);
    }
    return UnknownAt(id, CauseCode::UnknownName,
                     fmt::format("`{}` is bound nowhere in this file", text));
  }
  const semantics::Symbol& symbol = scopes_[resolution.scope].symbols[resolution.slot];
  // As the scope that owns it writes it: `__x` in a class is `_Class__x`.
  const NameId written = std::exchange(name, symbol.name);
  const bool star = IsModuleScope(resolution.scope) && scopes_[resolution.scope].has_star_import;
  if (star && MayBeStarImported(symbol)) return ReadStarImport(id, name);
  if (auto slot = SlotOf(resolution.scope, resolution.slot)) {
    Value value = frame_->state.slots[*slot];
    if (star && (value.empty() || value.maybe_unbound())) return ReadStarImport(id, name);
    bool of_class = scopes_[resolution.scope].kind == semantics::ScopeKind::Class;
    if (of_class && (value.empty() || value.maybe_unbound())) {
      // A class body has the module's variable until it binds its own.
      value.Join(ReadAs(id, written, scopes_.ResolveGlobal(scopes_.ScopeAt(id), written)));
    }
    bool module_variable = IsModuleScope(resolution.scope);
    if (module_variable && (value.empty() || value.maybe_unbound())) JoinBuiltin(name, value);
    if (symbol.rebound_inside)
      value.Join(Heap::Absolute(Cell(frame_->context, name, resolution.scope), 0));
    value.set_maybe_unbound(false);
    return value;
  }
  Place place;
  uint32_t owner = 0;
  if (resolution.kind == NameKind::Global) {
    place.kind = PlaceKind::Global;
    place.owner = resolution.scope.value();
  } else {
    place.kind = PlaceKind::Cell;
    owner = ContextOf(resolution.scope);
    place.owner = owner;
  }
  place.name = SymOf(name);
  Age age = AgeOfCells(owner);
  Note(id, place, WriteHow::NotAWrite, age);
  Value value = Heap::Absolute(Cell(owner, name, resolution.scope), age);
  if (resolution.kind == NameKind::Global) {
    const uint32_t offset = LayoutOf(scopes_.module_scope()).offsets.at(resolution.scope.value());
    const Value& now = module_state_->slots[offset + resolution.slot];
    const bool unbound = now.empty() || now.maybe_unbound() || deleted_.contains(name);
    if (star && unbound) return ReadStarImport(id, name);
    if (unbound) JoinBuiltin(name, value);
  }
  return value;
}

Value Interpreter::ReadStarImport(NodeId id, NameId name) {
  return UnknownAt(id, CauseCode::UnknownName,
                   fmt::format("`{}` may come from a star import", tree_.Name(name)));
}

// Whether a star import may be what binds a variable of the module: all but those that the module
// binds for certain, and only behind the last one.
bool Interpreter::MayBeStarImported(const semantics::Symbol& symbol) const {
  const auto bindings = scopes_.BindingsOf(symbol);
  if (bindings.empty()) return true;
  const semantics::Binding& first = bindings.front();
  const NodeId last_star = scopes_.star_imports().back();
  return first.conditional || !IsModuleScope(first.from) ||
         tree_.begin(first.node) < tree_.begin(last_star);
}

// While a variable of the module is not bound, its name means the builtin.
void Interpreter::JoinBuiltin(NameId name, Value& value) {
  std::string_view text = tree_.Name(name);
  if (!IsBuiltinName(text)) return;
  value.Join(Value::OfObject(Global(ObjectKind::Builtin, text), kOld, false));
}

void Interpreter::AssignName(NodeId id, NameId name, const Value& value) {
  Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(id), name);
  if (resolution.kind == NameKind::Implicit) return;
  const semantics::Symbol& symbol = scopes_[resolution.scope].symbols[resolution.slot];
  name = symbol.name;
  Place place;
  place.name = SymOf(name);
  if (auto slot = SlotOf(resolution.scope, resolution.slot)) {
    frame_->state.slots.Edit(*slot) = value;
    NoteHandlerValue(*slot);
    std::erase_if(frame_->state.not_none, [&](const auto& known) { return known.first == *slot; });
    bool module_variable = IsModuleScope(resolution.scope);
    if (module_variable || symbol.captured) {
      Grow(Cell(frame_->context, name, resolution.scope),
           module_variable ? Outlived(value) : Heap::Relative(value, {ObjectId(), 0, true}, 0));
      // Functions that are called meanwhile see the variable: the write is theirs to conflict with.
      place.kind = module_variable ? PlaceKind::Global : PlaceKind::Cell;
      place.owner = module_variable ? resolution.scope.value() : frame_->context;
      if (symbol.captured) Note(id, place, WriteHow::Assign, 0);
    }
    return;
  }
  uint32_t owner = resolution.kind == NameKind::Global ? 0 : ContextOf(resolution.scope);
  place.kind = resolution.kind == NameKind::Global ? PlaceKind::Global : PlaceKind::Cell;
  place.owner = resolution.kind == NameKind::Global ? resolution.scope.value() : owner;
  Age age = AgeOfCells(owner);
  Note(id, place, WriteHow::Assign, age);
  // The variable may be older than is known here: what is stored counts as older still.
  bool known = age != kOld;
  Grow(Cell(owner, name, resolution.scope),
       known ? Heap::Relative(value, {ObjectId(), age, false}, static_cast<Age>(frame_->depth))
             : Outlived(value));
}

void Interpreter::Assign(NodeId target, const Value& value) {
  switch (tree_.kind(target)) {
    case NodeKind::Name:
      Grow(facts_.values_[target], value);
      return AssignName(target, NameView(tree_, target).id(), value);
    case NodeKind::Tuple:
      return AssignUnpacked(target, TupleView(tree_, target).elts(), value);
    case NodeKind::List:
      return AssignUnpacked(target, ListView(tree_, target).elts(), value);
    case NodeKind::Starred: {
      Value list = Allocate(target, ObjectKind::List);
      StoreContent(list.refs()[0], value);
      return Assign(StarredView(tree_, target).value(), list);
    }
    case NodeKind::Attribute: {
      AttributeView attribute(tree_, target);
      Value object = Eval(attribute.value());
      return SetAttribute(target, object, PrivateSym(target, attribute.attr()), value);
    }
    case NodeKind::Subscript: {
      SubscriptView subscript(tree_, target);
      Value object = Eval(subscript.value());
      Value key = Eval(subscript.slice());
      return AssignItem(target, object, key, value);
    }
    default:
      return;
  }
}

// The elements of a tuple of known length, or of a named tuple; empty for anything else.
std::vector<Value> Interpreter::PositionsOf(const Ref& ref) const {
  const Object& object = facts_.heap_[ref.object];
  std::vector<Value> parts;
  if (object.kind == ObjectKind::Tuple && object.positional) {
    for (const Value& item : object.items) parts.push_back(Load(item, ref));
  } else if (object.kind == ObjectKind::Instance && !object.classes.empty() &&
             facts_.heap_[object.classes[0]].tuple_like &&
             !facts_.heap_[object.classes[0]].attributes.contains(iter_)) {
    for (Symbol field : facts_.heap_[object.classes[0]].fields) {
      auto at = object.attributes.find(field);
      if (at == object.attributes.end()) return {};
      parts.push_back(Load(at->second, ref));
    }
  }
  return parts;
}

void Interpreter::AssignUnpacked(NodeId id, NodeList targets, const Value& value) {
  // Tuples of this length are taken apart by position, joined where there are several.
  bool by_position = !value.is_unknown() && value.scalars() == 0 && !value.refs().empty();
  std::vector<Value> items(targets.size());
  for (const Ref& ref : value.refs()) {
    std::vector<Value> parts = PositionsOf(ref);
    if (parts.size() != targets.size()) {
      by_position = false;
      break;
    }
    for (size_t index = 0; index < items.size(); ++index) items[index].Join(parts[index]);
  }
  for (NodeId target : targets) by_position &= tree_.kind(target) != NodeKind::Starred;
  if (by_position) {
    size_t index = 0;
    for (NodeId target : targets) Assign(target, items[index++]);
    return;
  }
  Value element = Exhaust(id, value);
  for (NodeId target : targets) Assign(target, element);
}

bool Interpreter::IsSlice(const Value& key) const {
  if (key.is_unknown() || key.scalars() != 0 || key.refs().empty()) return false;
  return std::ranges::all_of(key.refs(), [&](const Ref& ref) {
    return facts_.heap_[ref.object].kind == ObjectKind::Slice;
  });
}

void Interpreter::AssignItem(NodeId id, const Value& object, const Value& key, const Value& value) {
  if (object.is_unknown() || object.scalars() & ~kNone) {
    UnknownOperation(id, object, "item assignment");
  }
  for (const Ref& ref : object.refs()) {
    switch (facts_.heap_[ref.object].kind) {
      case ObjectKind::List:
      case ObjectKind::ByteArray:
        if (key.only(kInt | kBool)) {
          NoteContent(id, ref, WriteHow::SetKey, key.term().loop);
          StoreContent(ref, value);
        } else if (IsSlice(key)) {
          // Takes the elements of what is assigned.
          NoteContent(id, ref, WriteHow::Resize);
          StoreContent(ref, Exhaust(id, value));
        } else {
          UnknownOperation(id, key, "item assignment");
          StoreContent(ref, value);
        }
        break;
      case ObjectKind::Dict:
        NoteContent(id, ref, WriteHow::SetKey, key.term().loop);
        StoreEntry(ref, key, value);
        CheckKey(id, ref, key);
        break;
      case ObjectKind::Instance: {
        Value ignored;
        if (!CallDunder(id, ref, "__setitem__", {key, value}, ignored)) {
          UnknownOperation(id, Value::OfObject(ref.object, ref.age), "item assignment");
        }
        break;
      }
      default:
        UnknownOperation(id, Value::OfObject(ref.object, ref.age), "item assignment");
        break;
    }
  }
}

void Interpreter::Delete(NodeId target) {
  switch (tree_.kind(target)) {
    case NodeKind::Name: {
      // Reading it afterwards is an error; the value simply goes. Destructors that a deletion may
      // run belong to instances, and classes with __del__ are not modelled (see ClassDefinition).
      AssignName(target, NameView(tree_, target).id(), Value());
      return;
    }
    case NodeKind::Attribute: {
      AttributeView attribute(tree_, target);
      Value object = Eval(attribute.value());
      UnknownOperation(target, object, "deletion of an attribute");
      for (const Ref& ref : object.refs()) {
        const ObjectKind kind = facts_.heap_[ref.object].kind;
        if (kind == ObjectKind::Module || kind == ObjectKind::Class) {
          SetDynamic(target, Excerpt(target));
        }
      }
      return;
    }
    case NodeKind::Subscript: {
      SubscriptView subscript(tree_, target);
      Value object = Eval(subscript.value());
      Value key = Eval(subscript.slice());
      if (object.is_unknown() || object.scalars()) UnknownOperation(target, object, "deletion");
      for (const Ref& ref : object.refs()) {
        ObjectKind kind = facts_.heap_[ref.object].kind;
        if (kind == ObjectKind::Dict) {
          CheckKey(target, ref, key);
        } else if (!key.only(kInt | kBool) && !IsSlice(key)) {
          UnknownOperation(target, key, "deletion");
        }
        if (kind == ObjectKind::List || kind == ObjectKind::Dict || kind == ObjectKind::ByteArray) {
          NoteContent(target, ref, WriteHow::Delete);
        } else {
          UnknownOperation(target, object, "deletion");
        }
      }
      return;
    }
    case NodeKind::Tuple:
      for (NodeId element : TupleView(tree_, target).elts()) Delete(element);
      return;
    case NodeKind::List:
      for (NodeId element : ListView(tree_, target).elts()) Delete(element);
      return;
    default:
      return;
  }
}

// What a condition says about the names in it, applied to the state in which it is `truth`. Gives
// the condition's value where it is the same on all runs.
std::optional<bool> Interpreter::Refine(NodeId test, bool truth) {
  switch (tree_.kind(test)) {
    case NodeKind::Constant: {
      const auto& constant = tree_.constant(ConstantView(tree_, test).value());
      if (constant.kind == ConstantKind::True) return true;
      if (constant.kind == ConstantKind::False || constant.kind == ConstantKind::None) return false;
      if (constant.kind == ConstantKind::Int) {
        return tree_.ConstantText(constant) != "0";
      }
      return std::nullopt;
    }
    case NodeKind::UnaryOp: {
      UnaryOpView unary(tree_, test);
      if (unary.op() != Operator::Not) return std::nullopt;
      std::optional<bool> inner = Refine(unary.operand(), !truth);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    case NodeKind::BoolOp: {
      BoolOpView op(tree_, test);
      bool all = op.op() == Operator::And;
      // `a and b` is true where both are; `a or b` is false where both are.
      if (all != truth) return std::nullopt;
      for (NodeId value : op.values()) Refine(value, truth);
      return std::nullopt;
    }
    case NodeKind::Name: {
      const Value& value = facts_.values_[test];
      if (truth && !RefineName(test, false, Value::OfScalar(kNone))) return false;
      if (value.has_number() && value.only(kBool | kInt)) return value.number() != 0;
      return std::nullopt;
    }
    case NodeKind::Attribute:
      if (auto known = RefinableAttribute(test); truth && known) {
        frame_->state.not_none.insert(*known);
      }
      return std::nullopt;
    case NodeKind::Compare: {
      CompareView compare(tree_, test);
      if (compare.ops().size() != 1) return std::nullopt;
      Operator op = static_cast<Operator>(compare.ops()[0]);
      NodeId right = compare.comparators()[0];
      bool is = op == Operator::Is;
      bool is_not = op == Operator::IsNot;
      if ((is || is_not) && tree_.kind(right) == NodeKind::Constant &&
          tree_.constant(ConstantView(tree_, right).value()).kind == ConstantKind::None) {
        if (!RefineName(compare.left(), is == truth, Value::OfScalar(kNone))) return !truth;
        if (auto known = RefinableAttribute(compare.left()); known && is != truth) {
          frame_->state.not_none.insert(*known);
        }
      }
      const Value& value = facts_.values_[test];
      if (value.has_number() && value.only(kBool)) return value.number() != 0;
      return std::nullopt;
    }
    case NodeKind::Call: {
      // isinstance(name, class)
      CallView call(tree_, test);
      if (tree_.kind(call.func()) != NodeKind::Name || call.args().size() != 2 ||
          tree_.Name(NameView(tree_, call.func()).id()) != "isinstance") {
        return std::nullopt;
      }
      const Value& callee = facts_.values_[call.func()];
      if (!callee.single() || facts_.heap_[callee.single()->object].kind != ObjectKind::Builtin) {
        return std::nullopt;  // another function of that name
      }
      Value classes = facts_.values_[call.args()[1]];
      std::vector<Ref> candidates = classes.refs();
      if (const Ref* ref = classes.single();
          ref && facts_.heap_[ref->object].kind == ObjectKind::Tuple) {
        candidates = ContentOf(*ref).refs();
      }
      // Of an unknown value isinstance() proves nothing: subclasses pass it too.
      // Where no possible value passes (or fails) the test, it is known how it ends.
      if (!classes.is_unknown() && !RefineIsInstance(call.args()[0], candidates, truth)) {
        return !truth;
      }
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// The local variable a name stands for, if what is learnt of it here stays true.
std::optional<uint32_t> Interpreter::RefinableSlot(NodeId node) const {
  if (tree_.kind(node) == NodeKind::NamedExpr) node = NamedExprView(tree_, node).target();
  if (tree_.kind(node) != NodeKind::Name) return std::nullopt;
  Resolution resolution = scopes_.Resolve(scopes_.ScopeAt(node), NameView(tree_, node).id());
  if (resolution.kind == NameKind::Implicit) return std::nullopt;
  if (scopes_[resolution.scope].symbols[resolution.slot].rebound_inside) return std::nullopt;
  auto slot = SlotOf(resolution.scope, resolution.slot);
  return slot && !frame_->state.slots[*slot].is_unknown() ? slot : std::nullopt;
}

// An attribute of a local variable's object, if reading it twice gives the same twice as long as
// nothing is assigned: no property, and nothing that the class has as well.
std::optional<std::pair<uint32_t, Symbol>> Interpreter::RefinableAttribute(NodeId node) {
  if (tree_.kind(node) != NodeKind::Attribute) return std::nullopt;
  AttributeView attribute(tree_, node);
  if (tree_.kind(attribute.value()) != NodeKind::Name) return std::nullopt;
  auto slot = RefinableSlot(attribute.value());
  if (!slot) return std::nullopt;
  const Value& value = frame_->state.slots[*slot];
  if (value.refs().empty()) return std::nullopt;
  Symbol name = PrivateSym(node, attribute.attr());
  for (const Ref& ref : value.refs()) {
    const Object& object = facts_.heap_[ref.object];
    bool plain = object.kind == ObjectKind::Library && Text(object.name) == "argparse.Namespace";
    if (object.kind == ObjectKind::Instance && !FindInClasses(object, name)) {
      plain = !IsExceptionInstance(object);
      for (ObjectId cls : object.classes) plain &= !facts_.heap_[cls].unknown_bases;
    }
    if (!plain || !object.attributes.contains(name)) return std::nullopt;
  }
  return std::pair(*slot, name);
}

// Removes scalars from the value of a local name, or keeps only them; false where nothing is left.
bool Interpreter::RefineName(NodeId node, bool keep, const Value& scalars) {
  auto slot = RefinableSlot(node);
  if (!slot || frame_->state.slots[*slot].empty()) return true;
  const Value& value = frame_->state.slots[*slot];
  Value rest =
      keep ? value.OnlyScalars(scalars.scalars()) : value.WithoutScalars(scalars.scalars());
  if (rest.empty()) return false;
  if (rest != value) frame_->state.slots.Edit(*slot) = rest;
  return true;
}

// What passes (or fails) an isinstance() test against these classes; false where nothing does.
bool Interpreter::RefineIsInstance(NodeId node, const std::vector<Ref>& classes, bool truth) {
  auto slot = RefinableSlot(node);
  if (!slot || frame_->state.slots[*slot].empty()) return true;
  const Value value = frame_->state.slots[*slot];
  uint16_t scalars = 0;
  std::set<ObjectKind> kinds;
  std::set<ObjectId> own;
  for (const Ref& ref : classes) {
    const Object& cls = facts_.heap_[ref.object];
    // Abstract base classes take in others by register().
    if (cls.kind == ObjectKind::Class && tree_.names().Find("register")) return true;
    if (cls.kind == ObjectKind::Class && !cls.unknown_bases) {
      own.insert(ref.object);
      continue;
    }
    if (cls.kind != ObjectKind::Builtin) return true;
    std::string_view name = Text(cls.name);
    if (name == "int")
      scalars |= kInt | kBool;
    else if (name == "bool")
      scalars |= kBool;
    else if (name == "float")
      scalars |= kFloat;
    else if (name == "complex")
      scalars |= kComplex;
    else if (name == "str")
      scalars |= kStr;
    else if (name == "bytes")
      scalars |= kBytes;
    else if (name == "list")
      kinds.insert(ObjectKind::List);
    else if (name == "tuple")
      kinds.insert(ObjectKind::Tuple);
    else if (name == "dict")
      kinds.insert(ObjectKind::Dict);
    else if (name == "set")
      kinds.insert(ObjectKind::Set);
    else
      return true;
  }
  Value kept = truth ? value.OnlyScalars(value.scalars() & scalars) : value.WithoutScalars(scalars);
  if (truth) {
    for (const Ref& ref : value.refs()) kept.Join(Value::OfObject(ref.object, ref.age, ref.exact));
  }
  for (const Ref& ref : value.refs()) {
    const Object& object = facts_.heap_[ref.object];
    bool passes = kinds.contains(object.kind);
    // A named tuple is a tuple.
    const Object* made_of = FieldsClassOf(object);
    bool tuple_like = object.kind == ObjectKind::Instance && made_of && made_of->tuple_like;
    passes |= tuple_like && kinds.contains(ObjectKind::Tuple);
    for (ObjectId cls : object.classes) passes |= own.contains(cls);
    bool simple = object.kind == ObjectKind::Instance || object.kind == ObjectKind::List ||
                  object.kind == ObjectKind::Tuple || object.kind == ObjectKind::Dict ||
                  object.kind == ObjectKind::Set;
    if (simple && passes != truth) kept.RemoveRef(ref.object);
  }
  if (kept.empty()) return false;
  frame_->state.slots.Edit(*slot) = kept;
  return true;
}

}  // namespace unspool::effects
