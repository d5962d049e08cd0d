#include "effects/interpreter.h"

#include "syntax/future_imports.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace unspool::effects {

using namespace syntax;
using semantics::ScopeKind;

namespace {
// A program whose facts still grow after this many rounds is given up on, and says so.
constexpr uint32_t kMaxRounds = 30;
}  // namespace

Facts Interpreter::Run(const Tree& tree, const semantics::ScopeTree& scopes,
                       const knowledge::KnowledgeBase& knowledge, const InterpretOptions& options) {
  Interpreter interpreter(tree, scopes, knowledge, options);
  interpreter.RunToFixpoint();
  return std::move(interpreter.facts_);
}

namespace {

// `inf`, "nan", " -Infinity", 1e999 and numbers from which one multiplication leads there.
bool MentionsNan(const Tree& tree, NodeId id) {
  std::string text;
  switch (tree.kind(id)) {
    case NodeKind::Name:
      text = tree.Name(NameView(tree, id).id());
      break;
    case NodeKind::Attribute:
      text = tree.Name(AttributeView(tree, id).attr());
      break;
    case NodeKind::Constant: {
      const auto& constant = tree.constant(ConstantView(tree, id).value());
      text = tree.ConstantText(constant);
      if (constant.kind == ConstantKind::Float)
        return std::fabs(std::strtod(text.c_str(), nullptr)) > 1e150;
      if (constant.kind != ConstantKind::Str) return false;
      break;
    }
    default:
      return false;
  }
  std::string bare;
  for (char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c))) {
      bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (c != '+' && c != '-' && c != ' ') {
      return false;
    }
  }
  return bare == "nan" || bare == "inf" || bare == "infinity";
}

// PEP 563, of one of several modules.
bool ImportsAnnotations(const Tree& tree, NodeId module) {
  for (NodeId statement : ModuleView(tree, module).body()) {
    if (!IsFutureImport(tree, statement, Version{3, 13})) continue;
    for (NodeId alias : ImportFromView(tree, statement).names()) {
      if (tree.Name(aliasView(tree, alias).name()) == "annotations") return true;
    }
  }
  return false;
}

}  // namespace

Interpreter::Interpreter(const Tree& tree, const semantics::ScopeTree& scopes,
                         const knowledge::KnowledgeBase& knowledge, const InterpretOptions& options)
    : tree_(tree),
      scopes_(scopes),
      knowledge_(knowledge),
      options_(options),
      facts_(tree),
      symbol_of_(tree.names().size()),
      parents_(ParentsOf(tree)),
      // Of a relative `.__future__`, which some versions heed, more is evaluated than need be.
      lazy_annotations_(FindFutureImports(tree, Version{3, 13}).annotations) {
  for (const LinkedModule& module : options.linked_modules) {
    linked_[module.name] = {module.root, scopes.ScopeOpenedBy(module.root)};
    lazy_annotations_ = lazy_annotations_ && ImportsAnnotations(tree, module.root);
  }
  for (uint32_t index = 0; index < scopes.size(); ++index) {
    ScopeId id(index);
    Layout& layout = layouts_[FrameOf(id).value()];
    layout.offsets[index] = layout.slots;
    layout.slots += static_cast<uint32_t>(scopes[id].symbols.size());
  }
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    mentions_nan_ |= MentionsNan(tree, id);
    if (tree.kind(id) != NodeKind::Name || tree.context(id) == ExprContext::Load) continue;
    NameId name = NameView(tree, id).id();
    if (tree.context(id) == ExprContext::Del) deleted_.insert(name);
    ++bindings_[{scopes.Resolve(scopes.ScopeAt(id), name).scope, name}];
  }
  auto module = std::make_unique<Context>();
  module->scope = scopes.module_scope();
  contexts_.push_back(std::move(module));
}

// A variable of a function, lambda or comprehension, of whatever name: while it is unbound reading
// it raises, where one of a module or class gives the builtin of its name.
bool Interpreter::OfFunction(NodeId name) const {
  auto resolution = scopes_.Resolve(scopes_.ScopeAt(name), NameView(tree_, name).id());
  return (resolution.kind == semantics::NameKind::Local ||
          resolution.kind == semantics::NameKind::Cell) &&
         scopes_[resolution.scope].is_function_like();
}

// `__x` in a class and `_Class__x` are one variable.
bool Interpreter::IsWrittenInTwoWays(NodeId id) const {
  const NameId name = NameView(tree_, id).id();
  auto resolution = scopes_.Resolve(scopes_.ScopeAt(id), name);
  return resolution.kind != semantics::NameKind::Implicit &&
         scopes_[resolution.scope].symbols[resolution.slot].name != name;
}

bool Interpreter::WithinClass(NodeId id) const {
  for (ScopeId scope = scopes_.ScopeAt(id); scope; scope = scopes_[scope].parent) {
    if (scopes_[scope].kind == ScopeKind::Class) return true;
  }
  return false;
}

// Features through which a program can rebind names, attributes or code where the analysis does
// not see it (assumption A1 ends where one of them is in sight).
void Interpreter::FindDynamicFeatures() {
  constexpr std::string_view kNames[] = {"globals", "exec", "eval", "__import__", "__builtins__"};
  constexpr std::string_view kAttributes[] = {
      "__dict__",       "__globals__",    "__code__", "__builtins__", "__bases__", "__closure__",
      "__defaults__",   "__kwdefaults__", "modules",  "_getframe",    "settrace",  "setprofile",
      "__subclasses__", "__mro__",        "f_locals", "f_globals",    "gi_frame"};
  constexpr std::string_view kModules[] = {"builtins", "importlib",     "imp",
                                           "gc",       "inspect",       "ctypes",
                                           "mock",     "unittest.mock", "__main__"};
  for (uint32_t index = 0; index < tree_.size(); ++index) {
    NodeId id(index);
    switch (tree_.kind(id)) {
      case NodeKind::Name: {
        std::string_view name = tree_.Name(NameView(tree_, id).id());
        // Names stand for variables below: one variable under two of them is not followed.
        if (name.starts_with('_') && IsWrittenInTwoWays(id)) SetDynamic(id, name);
        if (OfFunction(id)) break;
        // In a class it stands for a variable of another name.
        if (name.starts_with("__") && !name.ends_with("__") && WithinClass(id)) {
          SetDynamic(id, name);
        }
        for (std::string_view dynamic : kNames) {
          if (name == dynamic) SetDynamic(id, name);
        }
        // vars(), locals() and dir() of a module are its variables; vars(x) is looked at when
        // called.
        bool scope_names = name == "vars" || name == "locals" || name == "dir";
        NodeId parent = parents_[id];
        bool call =
            parent && tree_.kind(parent) == NodeKind::Call && CallView(tree_, parent).func() == id;
        if (scope_names &&
            !(call && name != "locals" && CallView(tree_, parent).args().size() == 1)) {
          SetDynamic(id, name);
        }
        break;
      }
      case NodeKind::Attribute: {
        std::string_view name = tree_.Name(AttributeView(tree_, id).attr());
        for (std::string_view dynamic : kAttributes) {
          if (name == dynamic) SetDynamic(id, name);
        }
        if (name == "__class__" && tree_.context(id) != ExprContext::Load) SetDynamic(id, name);
        break;
      }
      case NodeKind::alias: {
        std::string_view name = tree_.Name(aliasView(tree_, id).name());
        for (std::string_view dynamic : kModules) {
          if (name == dynamic) SetDynamic(id, name);
        }
        break;
      }
      case NodeKind::ImportFrom: {
        ImportFromView import(tree_, id);
        if (!import.module()) break;
        for (std::string_view dynamic : kModules) {
          if (tree_.Name(import.module()) == dynamic) SetDynamic(id, dynamic);
        }
        break;
      }
      default:
        break;
    }
  }
}

// A worker that is started afresh takes the environment as it is then, and makes its time zone and
// its locale of it. As long as the program leaves all three alone, they are the same everywhere.
void Interpreter::FindEnvironmentChanges() {
  constexpr std::string_view kChanges[] = {"bindtextdomain", "environ",   "environb", "locale",
                                           "putenv",         "setlocale", "tzset",    "unsetenv"};
  for (uint32_t index = 0; index < tree_.size() && !environment_; ++index) {
    NodeId id(index);
    std::string_view name;
    if (tree_.kind(id) == NodeKind::Name) name = tree_.Name(NameView(tree_, id).id());
    if (tree_.kind(id) == NodeKind::Attribute) name = tree_.Name(AttributeView(tree_, id).attr());
    if (tree_.kind(id) == NodeKind::alias) name = tree_.Name(aliasView(tree_, id).name());
    if (std::find(std::begin(kChanges), std::end(kChanges), name) == std::end(kChanges)) continue;
    // `environ.get(...)` and `environ[...]` only look.
    NodeId parent = parents_[id];
    bool looks = parent && tree_.kind(parent) == NodeKind::Subscript &&
                 tree_.context(parent) == ExprContext::Load;
    if (parent && tree_.kind(parent) == NodeKind::Attribute) {
      std::string_view method = tree_.Name(AttributeView(tree_, parent).attr());
      looks = method == "get" || method == "copy" || method == "items" || method == "keys";
    }
    if (looks && tree_.kind(id) != NodeKind::alias && name.starts_with("environ")) continue;
    environment_ = MakeCause(CauseCode::Unsupported, id,
                             fmt::format("the program may change its environment, time zone or "
                                         "locale (`{}`), which a new process need not follow",
                                         name));
  }
}

void Interpreter::SetDynamic(NodeId id, std::string_view what) {
  if (facts_.dynamic_) return;
  facts_.dynamic_ =
      MakeCause(CauseCode::Dynamic, id,
                fmt::format("with `{}` the program may rebind names where nobody sees it", what));
}

void Interpreter::RunToFixpoint() {
  FindDynamicFeatures();
  FindEnvironmentChanges();
  do {
    changed_ = false;
    ++round_;
    RunModule();
    if (!options_.closed_world) RunUncalledFunctions();
    CloseEscapes();
    facts_.converged_ = !changed_;
    if (!changed_ && !settled_) {
      settled_ = true;
      changed_ = true;
    }
  } while (changed_ && round_ < kMaxRounds);

  for (const auto& context : contexts_) {
    FunctionFacts function;
    function.function = context->function;
    function.definition = scopes_[context->scope].node;
    function.parameters = context->parameters;
    function.result = context->result;
    function.effects = context->effects;
    facts_.functions_.push_back(std::move(function));
  }
}

void Interpreter::RunModule() {
  Frame module;
  module.scope = scopes_.module_scope();
  module.layout = &LayoutOf(module.scope);
  module.state.slots.Resize(module.layout->slots);
  frame_ = &module;
  module_state_ = &module.state;
  contexts_[0]->round = round_;
  contexts_[0]->running = true;
  for (NodeId statement : ModuleView(tree_, tree_.root()).body()) {
    module.top_level = &facts_.top_level_[statement];
    Statement(statement);
  }
  contexts_[0]->running = false;
  module_end_ = std::move(module.state);
  module_state_ = &module_end_;
  frame_ = nullptr;
}

// Functions that nothing in this file calls may be called by anybody, with anything.
void Interpreter::RunUncalledFunctions() {
  for (size_t index = 0; index < facts_.heap_.size(); ++index) {
    ObjectId id(static_cast<uint32_t>(index));
    const Object object = facts_.heap_[id];
    if (object.kind != ObjectKind::Function || contexts_of_.contains(id.value())) continue;
    ScopeId scope = scopes_.ScopeOpenedBy(object.definition);
    std::vector<Value> parameters;
    NodeId arguments(
        tree_.Word(object.definition, tree_.kind(object.definition) == NodeKind::Lambda ? 0 : 1));
    ForEachChild(tree_, arguments, [&](NodeId child) {
      if (tree_.kind(child) != NodeKind::arg) return;
      parameters.push_back(
          UnknownAt(child, CauseCode::UnknownParameter,
                    fmt::format("parameter `{}` of a function that nothing in this file calls",
                                tree_.Name(argView(tree_, child).arg()))));
    });
    (void)scope;
    Evaluate(ContextFor({id, kOld, false}, std::move(parameters)));
  }
}

const Interpreter::Layout& Interpreter::LayoutOf(ScopeId scope) {
  return layouts_.at(scope.value());
}

Symbol Interpreter::SymOf(NameId name) {
  Symbol& symbol = symbol_of_[name.value()];
  if (!symbol) symbol = Sym(tree_.Name(name));
  return symbol;
}

Symbol Interpreter::PrivateSym(NodeId at, NameId name) {
  std::string_view text = tree_.Name(name);
  if (!text.starts_with("__") || text.ends_with("__")) return SymOf(name);
  for (ScopeId scope = scopes_.ScopeAt(at); scope; scope = scopes_[scope].parent) {
    if (scopes_[scope].kind != ScopeKind::Class) continue;
    std::string_view owner = tree_.Name(ClassDefView(tree_, scopes_[scope].node).name());
    return Sym(semantics::MangledName(owner, text));
  }
  return SymOf(name);
}

bool Interpreter::Missing(NodeId id, const Value& value) {
  if (!value.empty()) return false;
  if (settled_ && frame_->state.reachable) {
    NoteAnything(
        id, MakeCause(CauseCode::UnknownName, id,
                      fmt::format("something in `{}` is not found by the analysis", Excerpt(id))));
  }
  return true;
}

// ---- heap ----

ObjectId Interpreter::ObjectFor(NodeId id, ObjectKind kind, Symbol name, int part) {
  auto [at, fresh] = allocated_.try_emplace({id, frame_ ? frame_->context : 0, kind, name, part});
  if (fresh) {
    Object object;
    object.kind = kind;
    object.site = id;
    object.context = frame_ ? frame_->context : 0;
    object.name = name;
    at->second = facts_.heap_.Add(std::move(object));
    changed_ = true;
  }
  if (frame_) frame_->yielded_objects.erase(at->second);
  return at->second;
}

Value Interpreter::Allocate(NodeId id, ObjectKind kind, Symbol name) {
  return Value::OfObject(ObjectFor(id, kind, name), static_cast<Age>(frame_->depth));
}

ObjectId Interpreter::Global(ObjectKind kind, std::string_view name) {
  Symbol symbol = Sym(name);
  auto [at, fresh] = globals_.try_emplace({kind, symbol});
  if (fresh) {
    Object object;
    object.kind = kind;
    object.name = symbol;
    at->second = facts_.heap_.Add(std::move(object));
  }
  return at->second;
}

Value Interpreter::Load(const Value& stored, const Ref& holder) const {
  return Heap::Absolute(stored, holder.age);
}

void Interpreter::Store(Value& into, const Value& value, const Ref& holder) {
  Grow(into, Heap::Relative(value, holder, static_cast<Age>(frame_->depth)));
}

void Interpreter::StoreContent(const Ref& holder, const Value& value) {
  Object& object = facts_.heap_[holder.object];
  Store(object.content, value, holder);
  if (object.kind == ObjectKind::Dict) Store(object.rest, value, holder);
}

void Interpreter::StoreKeys(const Ref& holder, const Value& value) {
  Store(facts_.heap_[holder.object].keys, value, holder);
}

Value Interpreter::ContentOf(const Ref& ref) const {
  const Object& object = facts_.heap_[ref.object];
  Value content = object.content;
  for (const Value& item : object.items) content.Join(item);
  return Load(content.WithoutConstant(), ref);
}

// ---- effects ----

void Interpreter::Record(const EffectKey& key, const EffectSite& site) {
  facts_.runs_unknown_code_ |= key.place.kind == PlaceKind::Anything;
  for (LoopEntry& loop : frame_->loops) {
    if (key.age < loop.depth && loop.facts->effects.Add(key, site)) changed_ = true;
  }
  if (key.age < 0 && contexts_[frame_->context]->effects.Add(key, site)) changed_ = true;
  if (frame_->top_level) frame_->top_level->Add(key, site);
  if (frame_->watched) frame_->watched->Add(key, site);
  // Every change of an object that outlives the call in which it was made gets here: through the
  // module's own code, or through a function that is analysed on its own.
  if (key.how != WriteHow::NotAWrite && key.place.object) {
    if (frame_->context == 0)
      facts_.writers_[key.place.object].insert(site.via);
    else if (!contexts_[0]->running && key.age < 0) {
      facts_.writers_[key.place.object].insert(site.at);
    }
  }
  // A generator that changes what it has handed out: see Iterate.
  if (frame_->is_generator && key.how != WriteHow::NotAWrite && key.age >= 0 &&
      (key.age < frame_->depth || frame_->yielded_objects.contains(key.place.object))) {
    if (contexts_[frame_->context]->own_writes.Add(key, site)) changed_ = true;
  }
}

void Interpreter::Note(NodeId id, const Place& place, WriteHow how, Age age, NodeId key_loop) {
  if (!frame_->state.reachable) return;
  Record({place, how, age, key_loop, NodeId()}, {id, id, CauseId()});
}

void Interpreter::NoteContent(NodeId id, const Ref& ref, WriteHow how, NodeId key_loop) {
  Place place;
  place.kind = PlaceKind::Content;
  place.object = ref.object;
  Note(id, place, how, ref.age, key_loop);
}

void Interpreter::NoteWorld(NodeId id, Channel channel, WriteHow how) {
  Place place;
  place.kind = PlaceKind::World;
  place.channel = channel;
  Note(id, place, how, kOld);
}

void Interpreter::NoteAnything(NodeId id, CauseId cause) {
  frame_->state.not_none.clear();
  if (!frame_->state.reachable) return;
  Record({Place{}, WriteHow::Arbitrary, kOld, NodeId(), NodeId()}, {id, id, cause});
}

void Interpreter::NoteIdentity(NodeId id, const Value& value) {
  for (const Ref& ref : value.refs()) {
    ObjectKind kind = facts_.heap_[ref.object].kind;
    if (kind == ObjectKind::Function || kind == ObjectKind::Class || kind == ObjectKind::Builtin ||
        kind == ObjectKind::Module) {
      continue;  // found again by name in any process
    }
    Place place;
    place.kind = PlaceKind::Identity;
    place.object = ref.object;
    Note(id, place, WriteHow::NotAWrite, ref.age);
  }
}

CauseId Interpreter::MakeCause(CauseCode code, NodeId at, std::string message) {
  auto [entry, fresh] = cause_ids_.try_emplace({at.value(), message});
  if (fresh) entry->second = facts_.causes_.Add({code, std::move(message), at});
  return entry->second;
}

Value Interpreter::UnknownAt(NodeId id, CauseCode code, std::string message) {
  return Value::Unknown(MakeCause(code, id, std::move(message)));
}

Value Interpreter::UnknownOperation(NodeId id, const Value& operand, std::string_view what) {
  CauseId cause = operand.is_unknown()
                      ? operand.cause()
                      : MakeCause(CauseCode::Unsupported, id,
                                  fmt::format("{} in `{}` is not modelled", what, Excerpt(id)));
  NoteAnything(id, cause);
  return Value::Unknown(cause);
}

std::string Interpreter::Excerpt(NodeId id) const {
  std::string_view text = tree_.TextOf(id);
  text = text.substr(0, text.find('\n'));
  if (text.size() <= 60) return std::string(text);
  // Cut between characters, not inside one.
  size_t cut = 57;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return std::string(text.substr(0, cut)) + "...";
}

Value Interpreter::ToCallee(const Value& value) const {
  int shift = frame_->depth + 1;
  return value.WithoutConstant().MapRefs([&](Ref ref) {
    int age = int{ref.age} - shift;
    if (ref.age == kOld || age < kOldestTracked) return Ref{ref.object, kOld, false};
    return Ref{ref.object, static_cast<Age>(age), ref.exact};
  });
}

Value Interpreter::FromCallee(const Value& value) const {
  int depth = frame_->depth;
  return value.MapRefs([&](Ref ref) {
    if (ref.age == kOld) return ref;
    // Allocated within the call: in the current iteration of the caller.
    if (ref.age >= 0) return Ref{ref.object, static_cast<Age>(depth), true};
    return Ref{ref.object, static_cast<Age>(ref.age + depth + 1), ref.exact};
  });
}

// Built-in containers of scalars, all the way down: their equality, hash, order and text run no
// user code.
bool Interpreter::IsPlain(const Value& value, int depth) const {
  if (value.is_unknown() || depth > 6) return false;
  for (const Ref& ref : value.refs()) {
    const Object& object = facts_.heap_[ref.object];
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Tuple:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
      case ObjectKind::ByteArray:
      case ObjectKind::Range:
      case ObjectKind::View:
        if (!IsPlain(object.content, depth + 1) || !IsPlain(object.keys, depth + 1)) return false;
        for (const Value& item : object.items) {
          if (!IsPlain(item, depth + 1)) return false;
        }
        break;
      default:
        return false;
    }
  }
  return true;
}

}  // namespace unspool::effects
