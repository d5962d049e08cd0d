// Definitions and imports: what binds functions, classes and modules to names.
#include "effects/interpreter.h"

#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;

namespace {

// Methods through which a class takes part in what the interpreter does by itself, in ways that
// are not modelled: an instance of such a class is not understood.
constexpr std::string_view kUnmodelledMethods[] = {
    "__getattribute__", "__getattr__",      "__setattr__",       "__delattr__",
    "__del__",          "__new__",          "__class_getitem__", "__init_subclass__",
    "__set_name__",     "__getstate__",     "__setstate__",      "__reduce__",
    "__reduce_ex__",    "__getnewargs__",   "__instancecheck__", "__subclasscheck__",
    "__prepare__",      "__get__",          "__set__",           "__delete__",
    "__class__",        "__subclasshook__", "__getnewargs_ex__", "__mro_entries__",
};

}  // namespace

Value Interpreter::MakeFunction(NodeId id, NodeId arguments_id) {
  argumentsView arguments(tree_, arguments_id);
  ObjectId function = ObjectFor(id, ObjectKind::Function, Symbol());
  Ref ref{function, static_cast<Age>(frame_->depth), true};
  std::vector<Value> defaults;
  for (NodeId value : arguments.defaults()) defaults.push_back(Eval(value));
  for (NodeId value : arguments.kw_defaults()) defaults.push_back(value ? Eval(value) : Value());
  Object& object = facts_.heap_[function];
  object.definition = id;
  object.closure = frame_->context;
  object.closure_depth = std::max(object.closure_depth, static_cast<Age>(frame_->depth));
  if (frame_->enclosing_class) object.classes = {frame_->enclosing_class};
  object.arguments.resize(defaults.size());
  // Defaults live as long as the function: they are shared by all its calls.
  for (size_t index = 0; index < defaults.size(); ++index) {
    Store(facts_.heap_[function].arguments[index], defaults[index], ref);
  }
  return Value::OfObject(function, ref.age);
}

// Evaluated where it stands, for what it may do: only calls do something, and names are bound by
// := alone. Types themselves are not looked at.
void Interpreter::Annotation(NodeId id) {
  if (!id || lazy_annotations_) return;
  NodeKind kind = tree_.kind(id);
  if (kind == NodeKind::Call || kind == NodeKind::NamedExpr || kind == NodeKind::ListComp ||
      kind == NodeKind::SetComp || kind == NodeKind::DictComp || kind == NodeKind::GeneratorExp) {
    Eval(id);
    return;
  }
  if (kind == NodeKind::Lambda) return;
  ForEachChild(tree_, id, [&](NodeId child) { Annotation(child); });
}

void Interpreter::FunctionDefinition(NodeId id) {
  FunctionLike function(tree_, id);
  Value value = MakeFunction(id, function.args);
  ForEachChild(tree_, function.args, [&](NodeId child) {
    if (tree_.kind(child) == NodeKind::arg) Annotation(argView(tree_, child).annotation());
  });
  Annotation(NodeId(tree_.Word(id, field_index::FunctionDef::returns)));
  value = Decorated(id, value, function.decorators);
  Grow(facts_.values_[id], value);
  AssignName(id, function.name, value);
}

Value Interpreter::Decorated(NodeId id, const Value& function, NodeList decorators) {
  Value value = function;
  for (size_t index = decorators.size(); index-- > 0;) {
    NodeId decorator = decorators[index];
    Value applied = Eval(decorator);
    const Ref* ref = applied.single();
    std::string_view name;
    if (ref && facts_.heap_[ref->object].kind == ObjectKind::Builtin) {
      name = Text(facts_.heap_[ref->object].name);
    }
    if (name == "staticmethod" || name == "classmethod" || name == "property") {
      Value wrapped = Value::OfObject(ObjectFor(decorator, ObjectKind::Property, Sym(name)),
                                      static_cast<Age>(frame_->depth));
      StoreContent(wrapped.refs()[0], value);
      value = wrapped;
    } else if (name == "abc.abstractmethod" || name == "typing.override" ||
               name == "typing.final" || name == "typing.overload") {
      continue;  // mark the function, and give it back
    } else {
      CallArguments arguments;
      arguments.positional.push_back(value);
      value = Call(decorator, applied, arguments);
    }
  }
  return value;
}

void Interpreter::ClassDefinition(NodeId id) {
  ClassDefView definition(tree_, id);
  Value cls = Allocate(id, ObjectKind::Class, SymOf(definition.name()));
  Ref ref = cls.refs()[0];
  bool unknown_bases = !definition.keywords().empty();
  std::vector<ObjectId> order = {ref.object};
  bool tuple_like = false;
  for (NodeId base_id : definition.bases()) {
    Value base = Eval(base_id);
    const Ref* base_ref = base.single();
    if (!base_ref) {
      unknown_bases = true;
      continue;
    }
    const Object& object = facts_.heap_[base_ref->object];
    if (object.kind == ObjectKind::Class) {
      // With several bases the order of resolution would need C3; one base is a plain chain.
      unknown_bases |= object.unknown_bases || definition.bases().size() > 1;
      order.insert(order.end(), object.classes.begin(), object.classes.end());
    } else if (object.kind == ObjectKind::Builtin) {
      std::string_view name = Text(object.name);
      if (name == "typing.NamedTuple") {
        tuple_like = true;
      } else if (knowledge_.IsException(name)) {
        order.push_back(base_ref->object);
      } else if (name != "object" && name != "abc.ABC") {
        unknown_bases = true;
      }
    } else {
      unknown_bases = true;
    }
  }
  for (NodeId keyword : definition.keywords()) Eval(keywordView(tree_, keyword).value());

  // The body runs now, in a scope whose variables become the attributes.
  ScopeId scope = scopes_.ScopeOpenedBy(id);
  for (uint32_t number = 0; number < scopes_[scope].symbols.size(); ++number) {
    frame_->state.slots.Edit(*SlotOf(scope, number)) = Value();
  }
  ObjectId outer_class = frame_->enclosing_class;
  frame_->enclosing_class = ref.object;
  Block(definition.body());
  frame_->enclosing_class = outer_class;
  std::vector<Symbol> fields;
  for (NodeId statement : definition.body()) {
    if (tree_.kind(statement) != NodeKind::AnnAssign) continue;
    NodeId target = AnnAssignView(tree_, statement).target();
    // Pseudo fields change what the constructor takes.
    std::string_view type = tree_.TextOf(AnnAssignView(tree_, statement).annotation());
    for (std::string_view pseudo : {"InitVar", "ClassVar", "KW_ONLY"}) {
      unknown_bases |= type.find(pseudo) != std::string_view::npos;
    }
    if (tree_.kind(target) == NodeKind::Name) {
      fields.push_back(PrivateSym(target, NameView(tree_, target).id()));
    }
  }
  for (uint32_t number = 0; number < scopes_[scope].symbols.size(); ++number) {
    const semantics::Symbol& symbol = scopes_[scope].symbols[number];
    if (!symbol.bound() || symbol.inlined) continue;
    Value value = frame_->state.slots[*SlotOf(scope, number)];
    if (value.empty()) continue;
    std::string_view name = tree_.Name(symbol.name);
    for (std::string_view unmodelled : kUnmodelledMethods) unknown_bases |= name == unmodelled;
    // Where the body does not bind it, what a base has under the name counts.
    for (size_t base = 1; base < order.size() && value.maybe_unbound(); ++base) {
      unknown_bases |= facts_.heap_[order[base]].attributes.contains(SymOf(symbol.name));
    }
    Store(facts_.heap_[ref.object].attributes[PrivateSym(definition.body()[0], symbol.name)], value,
          ref);
  }

  for (size_t index = 1; index < order.size(); ++index) {
    bool exception = facts_.heap_[order[index]].kind == ObjectKind::Builtin;
    if (exception && !facts_.heap_[ref.object].attributes.empty() && !program_exceptions_) {
      program_exceptions_ = true;
      changed_ = true;
    }
  }
  Object& object = facts_.heap_[ref.object];
  object.definition = id;
  object.classes = order;
  object.unknown_bases |= unknown_bases;
  object.tuple_like |= tuple_like;
  if (tuple_like) object.fields = fields;

  CallClassHooks(id, ref, order);

  Value value = cls;
  for (size_t index = definition.decorator_list().size(); index-- > 0;) {
    NodeId decorator = definition.decorator_list()[index];
    NodeId called =
        tree_.kind(decorator) == NodeKind::Call ? CallView(tree_, decorator).func() : decorator;
    Value applied = Eval(called);
    const Ref* decorator_ref = applied.single();
    if (decorator_ref && facts_.heap_[decorator_ref->object].kind == ObjectKind::Builtin &&
        Text(facts_.heap_[decorator_ref->object].name) == "dataclasses.dataclass") {
      DataClass(ref.object, decorator, fields);
      continue;
    }
    if (decorator_ref && facts_.heap_[decorator_ref->object].kind == ObjectKind::Builtin &&
        Text(facts_.heap_[decorator_ref->object].name) == "functools.total_ordering") {
      facts_.heap_[ref.object].unknown_bases = true;  // adds methods
      continue;
    }
    CallArguments arguments;
    arguments.positional.push_back(value);
    value = Call(decorator, Eval(decorator), arguments);
  }
  Grow(facts_.values_[id], value);
  AssignName(id, definition.name(), value);
}

// What making a class runs: methods of its bases, of its metaclass and of what it holds.
void Interpreter::CallClassHooks(NodeId id, const Ref& cls, const std::vector<ObjectId>& order) {
  ClassDefView definition(tree_, id);
  for (NodeId base_id : definition.bases()) {
    const Value base = facts_.ValueOf(base_id);
    if (base.is_unknown()) UnknownOperation(id, base, "the base");
    for (const Ref& ref : base.refs()) {
      if (facts_.heap_[ref.object].kind == ObjectKind::Instance) SetDynamic(id, Excerpt(base_id));
    }
  }
  CallArguments arguments;
  for (NodeId keyword_id : definition.keywords()) {
    keywordView keyword(tree_, keyword_id);
    if (!keyword.arg() || tree_.Name(keyword.arg()) != "metaclass") {
      if (keyword.arg()) {
        arguments.keywords.emplace_back(SymOf(keyword.arg()), facts_.ValueOf(keyword.value()));
      }
      continue;
    }
    const Value given = facts_.ValueOf(keyword.value());
    const Ref* metaclass = given.single();
    if (!metaclass || facts_.heap_[metaclass->object].kind != ObjectKind::Builtin) {
      SetDynamic(id, Excerpt(keyword_id));
    }
  }
  for (size_t index = 1; index < order.size(); ++index) {
    const Object base = facts_.heap_[order[index]];
    auto hook = base.attributes.find(Sym("__init_subclass__"));
    if (hook == base.attributes.end()) continue;
    CallFoundMethod(id, cls, hook->second, arguments);
    break;
  }
  const auto attributes = facts_.heap_[cls.object].attributes;
  for (const auto& [name, held] : attributes) {
    for (const Ref& ref : Load(held, cls).refs()) {
      Value ignored;
      CallDunder(id, ref, "__set_name__",
                 {Value::OfObject(cls.object, cls.age, cls.exact), Value::OfScalar(kStr)}, ignored);
    }
  }
}

// PEP 557. The generated methods compare and hash by the fields, in order.
void Interpreter::DataClass(ObjectId cls, NodeId decorator, const std::vector<Symbol>& fields) {
  std::vector<Symbol> all;
  for (size_t index = facts_.heap_[cls].classes.size(); index-- > 1;) {
    for (Symbol field : facts_.heap_[facts_.heap_[cls].classes[index]].fields) {
      if (std::find(all.begin(), all.end(), field) == all.end()) all.push_back(field);
    }
  }
  for (Symbol field : fields) {
    if (std::find(all.begin(), all.end(), field) == all.end()) all.push_back(field);
  }
  Object& object = facts_.heap_[cls];
  object.fields = all;
  object.data_class = true;
  if (tree_.kind(decorator) != NodeKind::Call) return;
  for (NodeId keyword_id : CallView(tree_, decorator).keywords()) {
    keywordView keyword(tree_, keyword_id);
    std::string_view name = keyword.arg() ? tree_.Name(keyword.arg()) : "";
    bool is_true = facts_.ValueOf(keyword.value()).has_number() &&
                   facts_.ValueOf(keyword.value()).number() == 1;
    NodeId given = keyword.value();
    is_true |= tree_.kind(given) == NodeKind::Constant &&
               tree_.constant(ConstantView(tree_, given).value()).kind == ConstantKind::True;
    if ((name == "eq" || name == "repr") && !is_true) object.unknown_bases = true;
    // Hides the comparisons of bases.
    if (name == "order" && object.classes.size() > 1) object.unknown_bases = true;
    // eq, order and frozen change methods that are modelled by the fields; the others change what
    // the constructor takes.
    if (name != "frozen" && name != "order" && name != "eq" && name != "repr" && name != "slots") {
      object.unknown_bases = true;
    }
  }
}

void Interpreter::Import(NodeId id) {
  for (NodeId name_id : ImportView(tree_, id).names()) {
    aliasView alias(tree_, name_id);
    std::string_view name = tree_.Name(alias.name());
    ImportModule(name_id, name);
    std::string_view bound = alias.asname() ? name : name.substr(0, name.find('.'));
    NameId target = alias.asname();
    if (!target) {
      target = tree_.names().Find(bound);
      if (!target) continue;
    }
    AssignName(name_id, target, ModuleValue(name_id, bound));
  }
}

// Importing a module of the standard library runs none of the user's code; of any other, nobody
// knows what it does.
void Interpreter::ImportModule(NodeId id, std::string_view name) {
  RunLinked(id, name);
  const bool of_library = !options_.unknown_modules.contains(name) &&
                          (knowledge_.FindModule(name) || knowledge_.IsStandardModule(name));
  if (of_library || options_.quiet_modules.contains(name)) return;
  NoteAnything(id, MakeCause(CauseCode::UnknownImport, id,
                             fmt::format("importing `{}` may do anything", name)));
}

// The code of a linked module, where it is first imported. That nothing but its own names comes of
// it has been found out before.
void Interpreter::RunLinked(NodeId id, std::string_view name) {
  const auto at = linked_.find(name);
  if (at == linked_.end() || at->second.round == round_ || frame_->context != 0) return;
  at->second.round = round_;
  for (NodeId statement : ModuleView(tree_, at->second.root).body()) Statement(statement);
}

// A variable of a linked module, from outside: whatever it was bound to.
Value Interpreter::LinkedAttribute(NodeId id, std::string_view module, Symbol name) {
  const ScopeId scope = linked_.find(module)->second.scope;
  const NameId written = tree_.names().Find(Text(name));
  const auto slot =
      written ? scopes_[scope].slot_of.find(written.value()) : scopes_[scope].slot_of.end();
  if (slot == scopes_[scope].slot_of.end() || !scopes_[scope].symbols[slot->second].bound()) {
    // There may be a __getattr__.
    const CauseId cause =
        MakeCause(CauseCode::UnknownName, id,
                  fmt::format("`{}` binds no `{}` of its own", module, Text(name)));
    NoteAnything(id, cause);
    return Value::Unknown(cause);
  }
  Place place;
  place.kind = PlaceKind::Global;
  place.owner = scope.value();
  place.name = name;
  Note(id, place, WriteHow::NotAWrite, kOld);
  Value value = Heap::Absolute(Cell(0, written, scope), kOld);
  if (Missing(id, value)) return Value();
  return value;
}

Value Interpreter::ModuleValue(NodeId id, std::string_view name) {
  return Value::OfObject(Global(ObjectKind::Module, name), kOld, false);
}

void Interpreter::ImportFrom(NodeId id) {
  ImportFromView import(tree_, id);
  std::string_view module = import.module() ? tree_.Name(import.module()) : "";
  bool relative = import.level() > 0;
  if (!relative && module == "__future__") return;
  if (!relative) {
    ImportModule(id, module);
  } else {
    NoteAnything(id, MakeCause(CauseCode::UnknownImport, id,
                               fmt::format("importing `{}` may do anything", Excerpt(id))));
  }
  for (NodeId name_id : import.names()) {
    aliasView alias(tree_, name_id);
    std::string_view name = tree_.Name(alias.name());
    if (name == "*") continue;
    Value value;
    if (relative) {
      value = UnknownAt(id, CauseCode::UnknownImport,
                        fmt::format("`{}` comes from a module that is not analysed", name));
    } else {
      value = GetAttribute(name_id, ModuleValue(id, module), Sym(name));
    }
    Grow(facts_.values_[name_id], value);
    AssignName(name_id, alias.asname() ? alias.asname() : alias.name(), value);
  }
}

}  // namespace unspool::effects
