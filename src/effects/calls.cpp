// Calls of functions, classes and methods of the program.
#include "base/check.h"
#include "effects/interpreter.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_set>

namespace unspool::effects {

using namespace syntax;

namespace {

// More sets of argument values than this are joined into one.
constexpr size_t kMaxContexts = 16;
constexpr int kMaxCallDepth = 60;

NodeId ArgumentsOf(const Tree& tree, NodeId definition) {
  return tree.kind(definition) == NodeKind::Lambda ? LambdaView(tree, definition).args()
                                                   : FunctionLike(tree, definition).args;
}

}  // namespace

Value Interpreter::Call(NodeId id, const Value& callee, const CallArguments& arguments) {
  if (Missing(id, callee)) return Value();
  Value result;
  if (callee.is_unknown()) {
    result.Join(UnknownOperation(id, callee, "the call"));
    EscapeAll(id, arguments, callee.cause());
  }
  for (const Ref& ref : callee.refs()) result.Join(CallObject(id, ref, arguments));
  return result;
}

Value Interpreter::CallObject(NodeId id, const Ref& callee, const CallArguments& arguments) {
  const Object object = facts_.heap_[callee.object];
  switch (object.kind) {
    case ObjectKind::Function:
      return CallFunction(id, callee, arguments);
    case ObjectKind::Class:
      return CallClass(id, callee, arguments);
    case ObjectKind::BoundMethod: {
      Value receiver = Load(object.content, callee);
      if (object.name) return CallMethod(id, receiver, object.name, arguments);
      CallArguments call = arguments;
      call.positional.insert(call.positional.begin(), receiver);
      return CallObject(id, {object.function, kOld, false}, call);
    }
    case ObjectKind::Builtin: {
      std::string name(Text(object.name));
      if (std::optional<Value> value = CallBuiltin(id, name, arguments)) return *value;
      return CallLibrary(id, name, nullptr, arguments);
    }
    case ObjectKind::Instance: {
      Value result;
      if (const Value* method = FindInClasses(object, Sym("__call__"))) {
        CallArguments call = arguments;
        call.positional.insert(call.positional.begin(),
                               Value::OfObject(callee.object, callee.age, callee.exact));
        return Call(id, Load(*method, {callee.object, kOld, false}), call);
      }
      break;
    }
    default:
      break;
  }
  Value self = Value::OfObject(callee.object, callee.age, callee.exact);
  Value result = UnknownOperation(id, self, "the call");
  EscapeAll(id, arguments, result.cause());
  return result;
}

// Code that is not understood may store anything in whatever it can reach.
void Interpreter::EscapeAll(NodeId id, const CallArguments& arguments, CauseId cause) {
  std::vector<Value> values = arguments.positional;
  for (const auto& [name, value] : arguments.keywords) values.push_back(value);
  if (arguments.star) values.push_back(*arguments.star);
  if (arguments.double_star) values.push_back(*arguments.double_star);
  for (const Value& value : values) Escape(value, cause);
}

// What unknown code gets hold of it may keep and change at any time: an object that has escaped
// stays so, and CloseEscapes() lets what is stored in it later follow.
void Interpreter::Escape(const Value& value, CauseId cause) {
  UNSPOOL_CHECK(cause);
  std::vector<ObjectId> open;
  auto add = [&](const Value& more) {
    for (const Ref& ref : more.refs()) {
      Object& object = facts_.heap_[ref.object];
      if (object.escaped) continue;
      object.escaped = cause;
      open.push_back(ref.object);
    }
  };
  add(value);
  while (!open.empty()) {
    ObjectId id = open.back();
    open.pop_back();
    ForgetContents(id);
    ForEachReached(facts_.heap_[id], add);
  }
}

// What it holds may be anything from now on.
void Interpreter::ForgetContents(ObjectId id) {
  Object& object = facts_.heap_[id];
  Value unknown = Value::Unknown(object.escaped);
  switch (object.kind) {
    case ObjectKind::List:
    case ObjectKind::Dict:
    case ObjectKind::Set:
    case ObjectKind::ByteArray:
      Grow(object.content, unknown);
      if (object.kind == ObjectKind::Dict) {
        Grow(object.keys, unknown);
        Grow(object.rest, unknown);
      }
      break;
    case ObjectKind::Instance:
    case ObjectKind::Library:
      for (auto& [name, attribute] : object.attributes) Grow(attribute, unknown);
      break;
    default:
      break;
  }
}

// Once a round, so that escaping costs in proportion to the heap and not to heap times calls.
void Interpreter::CloseEscapes() {
  for (uint32_t index = 0; index < facts_.heap_.size(); ++index) {
    ObjectId id(index);
    CauseId cause = facts_.heap_[id].escaped;
    if (!cause) continue;
    ForgetContents(id);
    ForEachReached(facts_.heap_[id], [&](const Value& value) { Escape(value, cause); });
  }
}

std::vector<ObjectId> Interpreter::Reachable(const Value& value) const {
  std::vector<ObjectId> found;
  std::unordered_set<uint32_t> seen;
  auto add = [&](const Value& more) {
    for (const Ref& ref : more.refs()) {
      if (seen.insert(ref.object.value()).second) found.push_back(ref.object);
    }
  };
  add(value);
  for (size_t index = 0; index < found.size(); ++index) {
    ForEachReached(facts_.heap_[found[index]], add);
  }
  return found;
}

// Parameter values in the order posonly, positional, *args, keyword-only, **kwargs; empty where the
// call does not fit (it raises TypeError).
std::optional<std::vector<Value>> Interpreter::Bind(const Ref& function_ref,
                                                    const CallArguments& arguments, NodeId id) {
  const Object function = facts_.heap_[function_ref.object];
  argumentsView parameters(tree_, ArgumentsOf(tree_, function.definition));
  std::vector<NodeId> positional;
  for (NodeId arg : parameters.posonlyargs()) positional.push_back(arg);
  size_t positional_only = positional.size();
  for (NodeId arg : parameters.args()) positional.push_back(arg);
  size_t defaults = parameters.defaults().size();

  std::vector<Value> bound(positional.size());
  std::vector<bool> given(positional.size());
  Value rest;
  bool has_rest = false;
  for (size_t index = 0; index < arguments.positional.size(); ++index) {
    if (index < positional.size()) {
      bound[index] = arguments.positional[index];
      given[index] = true;
    } else if (parameters.vararg()) {
      rest.Join(arguments.positional[index]);
      has_rest = true;
    } else {
      return std::nullopt;
    }
  }
  if (arguments.star) {
    for (size_t index = arguments.positional.size(); index < positional.size(); ++index) {
      bound[index].Join(*arguments.star);
      given[index] = true;
    }
    rest.Join(*arguments.star);
  }
  std::vector<Value> keyword_only(parameters.kwonlyargs().size());
  std::vector<bool> keyword_given(keyword_only.size());
  Value extra;
  for (const auto& [name, value] : arguments.keywords) {
    bool found = false;
    for (size_t index = positional_only; index < positional.size() && !found; ++index) {
      if (PrivateSym(positional[index], argView(tree_, positional[index]).arg()) != name) continue;
      bound[index].Join(value);
      given[index] = found = true;
    }
    for (size_t index = 0; index < keyword_only.size() && !found; ++index) {
      NodeId parameter = parameters.kwonlyargs()[index];
      if (PrivateSym(parameter, argView(tree_, parameter).arg()) != name) continue;
      keyword_only[index] = value;
      keyword_given[index] = found = true;
    }
    if (!found && !parameters.kwarg()) return std::nullopt;
    if (!found) extra.Join(value);
  }
  if (arguments.double_star) {
    for (size_t index = positional_only; index < positional.size(); ++index) {
      bound[index].Join(*arguments.double_star);
      given[index] = true;
    }
    for (size_t index = 0; index < keyword_only.size(); ++index) {
      keyword_only[index].Join(*arguments.double_star);
      keyword_given[index] = true;
    }
    extra.Join(*arguments.double_star);
  }
  // Defaults: of the last positional parameters, then of keyword-only ones, in one list.
  bool unsure = arguments.star || arguments.double_star;
  for (size_t index = 0; index < positional.size(); ++index) {
    if (given[index] && !unsure) continue;
    size_t from_end = positional.size() - index;
    if (from_end <= defaults) {
      bound[index].Join(Load(function.arguments[defaults - from_end], function_ref));
    } else if (!given[index]) {
      return std::nullopt;
    }
  }
  for (size_t index = 0; index < keyword_only.size(); ++index) {
    if (keyword_given[index] && !unsure) continue;
    if (parameters.kw_defaults()[index]) {
      keyword_only[index].Join(Load(function.arguments[defaults + index], function_ref));
    } else if (!keyword_given[index]) {
      return std::nullopt;
    }
  }
  std::vector<Value> values = std::move(bound);
  if (parameters.vararg()) {
    Value tuple = Value::OfObject(ObjectFor(id, ObjectKind::Tuple, Sym("*args")),
                                  static_cast<Age>(frame_->depth));
    if (has_rest || arguments.star) StoreContent(tuple.refs()[0], rest);
    values.push_back(tuple);
  }
  values.insert(values.end(), keyword_only.begin(), keyword_only.end());
  if (parameters.kwarg()) {
    Value dict = Value::OfObject(ObjectFor(id, ObjectKind::Dict, Sym("**kwargs")),
                                 static_cast<Age>(frame_->depth));
    if (!extra.empty()) {
      StoreContent(dict.refs()[0], extra);
      StoreKeys(dict.refs()[0], Value::OfScalar(kStr));
    }
    values.push_back(dict);
  }
  return values;
}

Value Interpreter::CallFunction(NodeId id, const Ref& function, const CallArguments& arguments) {
  facts_.callees_[id].insert(function.object);
  std::optional<std::vector<Value>> bound = Bind(function, arguments, id);
  if (!bound) {
    // TypeError, unless the analysis took the call for another one.
    if (settled_) {
      NoteAnything(id, MakeCause(CauseCode::Unsupported, id,
                                 fmt::format("the arguments of `{}` do not fit what it calls",
                                             Excerpt(id))));
    }
    return Value();
  }
  for (const Value& value : *bound) {
    if (Missing(id, value)) return Value();  // an argument that is not computed yet
  }
  const Object object = facts_.heap_[function.object];
  ScopeId scope = scopes_.ScopeOpenedBy(object.definition);
  if (scopes_[scope].is_async) {
    Value result = UnknownAt(id, CauseCode::Unsupported, "coroutines are not modelled");
    NoteAnything(id, result.cause());
    EscapeAll(id, arguments, result.cause());
    return result;
  }
  if (scopes_[scope].is_generator) {
    // Nothing runs yet; the arguments wait in the generator.
    Value generator = Allocate(id, ObjectKind::Generator);
    Ref ref = generator.refs()[0];
    ObjectId object_id = ref.object;
    facts_.heap_[object_id].function = function.object;
    if (facts_.heap_[object_id].arguments.size() < bound->size()) {
      facts_.heap_[object_id].arguments.resize(bound->size());
    }
    for (size_t index = 0; index < bound->size(); ++index) {
      Store(facts_.heap_[object_id].arguments[index], (*bound)[index], ref);
    }
    return generator;
  }
  for (Value& value : *bound) value = ToCallee(value);
  return RunContext(id, ContextFor(function, std::move(*bound)));
}

// The age of the function reference is the caller's; it says how fresh the variables are that the
// function sees around it.
uint32_t Interpreter::ContextFor(const Ref& function, std::vector<Value> parameters) {
  Age closure_age = kOld;
  if (frame_ && facts_.heap_[function.object].closure != 0 && function.age != kOld) {
    int age = int{function.age} - frame_->depth - 1 - facts_.heap_[function.object].closure_depth;
    if (age >= kOldestTracked) closure_age = static_cast<Age>(age);
  }
  std::vector<uint32_t>& known = contexts_of_[function.object.value()];
  for (uint32_t index : known) {
    if (!contexts_[index]->merged && contexts_[index]->closure_age == closure_age &&
        contexts_[index]->parameters == parameters) {
      return index;
    }
  }
  for (uint32_t index : known) {
    if (!contexts_[index]->merged) continue;
    if (closure_age < contexts_[index]->closure_age) {
      contexts_[index]->closure_age = closure_age;
      contexts_[index]->round = 0;
      changed_ = true;
    }
    for (size_t at = 0; at < parameters.size(); ++at) {
      if (contexts_[index]->parameters[at].Join(parameters[at])) {
        changed_ = true;
        contexts_[index]->round = 0;
      }
    }
    return index;
  }
  const Object& object = facts_.heap_[function.object];
  auto context = std::make_unique<Context>();
  context->function = function.object;
  context->scope = scopes_.ScopeOpenedBy(object.definition);
  context->closure = object.closure;
  context->closure_age = closure_age;
  context->parameters = std::move(parameters);
  context->merged = known.size() + 1 >= kMaxContexts;
  contexts_.push_back(std::move(context));
  uint32_t index = static_cast<uint32_t>(contexts_.size() - 1);
  known.push_back(index);
  changed_ = true;
  return index;
}

// Runs the body once a round; a call that is already under way gives what is known so far.
void Interpreter::Evaluate(uint32_t index) {
  Context& context = *contexts_[index];
  if (context.running || context.round == round_) return;
  if (call_depth_ >= kMaxCallDepth) return;
  context.running = true;
  context.round = round_;
  ++call_depth_;
  const Object function = facts_.heap_[context.function];
  Frame frame;
  frame.context = index;
  frame.scope = context.scope;
  frame.layout = &LayoutOf(context.scope);
  frame.state.slots.Resize(frame.layout->slots);
  frame.is_generator = scopes_[context.scope].is_generator;
  if (!function.classes.empty()) frame.enclosing_class = function.classes[0];
  Frame* caller = frame_;
  int expression_depth = expression_depth_;
  frame_ = &frame;
  expression_depth_ = 0;

  NodeId arguments = ArgumentsOf(tree_, function.definition);
  size_t at = 0;
  ForEachChild(tree_, arguments, [&](NodeId child) {
    if (tree_.kind(child) != NodeKind::arg || at >= context.parameters.size()) return;
    NameId name = argView(tree_, child).arg();
    Value value = context.parameters[at++];
    facts_.values_[child].Join(value);
    auto resolution = scopes_.Resolve(context.scope, name);
    frame.state.slots.Edit(*SlotOf(resolution.scope, resolution.slot)) = value;
    if (scopes_[resolution.scope].symbols[resolution.slot].captured) {
      Grow(Cell(index, name, resolution.scope), Heap::Relative(value, {ObjectId(), 0, true}, 0));
    }
  });
  if (tree_.kind(function.definition) == NodeKind::Lambda) {
    frame.result = Eval(LambdaView(tree_, function.definition).body());
  } else {
    Block(FunctionLike(tree_, function.definition).body);
    if (frame.state.reachable) frame.result.Join(Value::OfScalar(kNone));
  }
  Grow(context.result, frame.result.WithoutConstant());
  Grow(context.yielded, frame.yielded.WithoutConstant());
  frame_ = caller;
  expression_depth_ = expression_depth;
  --call_depth_;
  context.running = false;
}

// Evaluates the context if it must be, and lets its effects happen at the call.
Value Interpreter::RunContext(NodeId id, uint32_t index) {
  if (call_depth_ >= kMaxCallDepth && contexts_[index]->round != round_) {
    Value result = UnknownAt(id, CauseCode::Limit, "calls nested too deeply");
    NoteAnything(id, result.cause());
    return result;
  }
  Evaluate(index);
  InstantiateEffects(id, index);
  return FromCallee(contexts_[index]->result);
}

void Interpreter::InstantiateEffects(NodeId id, uint32_t index) {
  frame_->state.not_none.clear();
  if (!frame_->state.reachable) return;
  const EffectSet& effects = contexts_[index]->effects;
  // Sets of effects only grow: what this call let happen before has been recorded. What a generator
  // has handed out differs from time to time.
  if (!frame_->is_generator) {
    size_t& done =
        instantiated_[{frame_->context, id, index, frame_->depth, contexts_[0]->running}];
    if (done == effects.size()) return;
    done = effects.size();
  }
  // A copy: a recursive call adds to the set it reads from.
  std::vector<std::pair<EffectKey, EffectSite>> all(effects.begin(), effects.end());
  for (auto& [key, site] : all) {
    EffectKey mapped = key;
    mapped.key_loop = NodeId();
    if (key.age != kOld) mapped.age = static_cast<Age>(key.age + frame_->depth + 1);
    Record(mapped, {site.at, id, site.cause});
  }
}

Value Interpreter::CallClass(NodeId id, const Ref& cls_ref, const CallArguments& arguments) {
  const Object cls = facts_.heap_[cls_ref.object];
  if (cls.unknown_bases) {
    Value result =
        UnknownAt(id, CauseCode::Unsupported,
                  fmt::format("class `{}` has bases or special methods that are not modelled",
                              Text(cls.name)));
    NoteAnything(id, result.cause());
    EscapeAll(id, arguments, result.cause());
    return result;
  }
  Value instance = Allocate(id, ObjectKind::Instance, cls.name);
  Ref ref = instance.refs()[0];
  facts_.heap_[ref.object].classes = cls.classes;
  Initialize(id, ref, 0, arguments);
  return instance;
}

// Runs the `__init__` that comes first in the order of classes from `from` on: one that is written
// out, or the one of a data class or named tuple. False where there is none.
bool Interpreter::Initialize(NodeId id, const Ref& ref, size_t from,
                             const CallArguments& arguments) {
  const Value instance = Value::OfObject(ref.object, ref.age, ref.exact);
  const Object view = facts_.heap_[ref.object];
  for (size_t index = from; index < view.classes.size(); ++index) {
    const Object cls = facts_.heap_[view.classes[index]];
    auto init = cls.attributes.find(Sym("__init__"));
    if (init != cls.attributes.end() && !init->second.empty()) {
      CallArguments call = arguments;
      call.positional.insert(call.positional.begin(), instance);
      Call(id, Load(init->second, {view.classes[index], kOld, false}), call);
      return true;
    }
    if (cls.data_class || cls.tuple_like) {
      InitializeFields(id, ref, cls, arguments);
      return true;
    }
  }
  return false;
}

// The generated constructor: fields in order, by position or by name.
void Interpreter::InitializeFields(NodeId id, const Ref& ref, const Object& cls,
                                   const CallArguments& arguments) {
  const Object view = facts_.heap_[ref.object];
  for (size_t index = 0; index < cls.fields.size(); ++index) {
    Symbol field = cls.fields[index];
    Value value;
    if (index < arguments.positional.size()) {
      value = arguments.positional[index];
    } else {
      bool given = false;
      for (const auto& [name, keyword] : arguments.keywords) {
        if (name == field) value = keyword, given = true;
      }
      if (arguments.star) value.Join(*arguments.star);
      if (arguments.double_star) value.Join(*arguments.double_star);
      if (!given) value.Join(FieldDefault(id, view, field));
    }
    if (value.empty()) continue;
    Store(facts_.heap_[ref.object].attributes[field], value, ref);
  }
  if (cls.data_class) {
    if (const Value* post = FindInClasses(view, Sym("__post_init__"))) {
      CallArguments call;
      call.positional.push_back(Value::OfObject(ref.object, ref.age, ref.exact));
      Call(id, Load(*post, {view.classes[0], kOld, false}), call);
    }
  }
}

Value Interpreter::FieldDefault(NodeId id, const Object& instance, Symbol field) {
  const Value* found = FindInClasses(instance, field);
  if (!found) return Value();
  Value value = Load(*found, {instance.classes[0], kOld, false});
  Value result = value;
  for (const Ref& ref : value.refs()) {
    const Object object = facts_.heap_[ref.object];
    if (object.kind != ObjectKind::Property || Text(object.name) != "field") continue;
    result.RemoveRef(ref.object);
    result.Join(Load(object.content, ref));
    if (!object.default_factory.empty()) {
      result.Join(Call(id, Load(object.default_factory, ref), {}));
    }
  }
  return result;
}

Value Interpreter::CallMethod(NodeId id, const Value& receiver, Symbol name,
                              const CallArguments& arguments) {
  if (Missing(id, receiver)) return Value();
  Value result;
  std::string method(Text(name));
  if (receiver.is_unknown()) {
    result.Join(UnknownOperation(id, receiver, "the call"));
    EscapeAll(id, arguments, receiver.cause());
    Escape(receiver, receiver.cause());
  }
  struct ScalarClass {
    uint16_t bit;
    std::string_view name;
  };
  constexpr ScalarClass kClasses[] = {{kBool, "int"},        {kInt, "int"}, {kFloat, "float"},
                                      {kComplex, "complex"}, {kStr, "str"}, {kBytes, "bytes"}};
  for (const ScalarClass& cls : kClasses) {
    if (!(receiver.scalars() & cls.bit)) continue;
    Value self = receiver.only(cls.bit) ? receiver : Value::OfScalar(cls.bit);
    result.Join(CallLibrary(id, fmt::format("{}.{}", cls.name, method), &self, arguments));
  }
  for (const Ref& ref : receiver.refs()) {
    const Object object = facts_.heap_[ref.object];
    Value self = Value::OfObject(ref.object, ref.age, ref.exact);
    switch (object.kind) {
      case ObjectKind::List:
      case ObjectKind::Tuple:
      case ObjectKind::Dict:
      case ObjectKind::Set:
      case ObjectKind::FrozenSet:
      case ObjectKind::ByteArray:
      case ObjectKind::Range:
      case ObjectKind::View:
      case ObjectKind::Iterator:
      case ObjectKind::Generator:
        if (std::optional<Value> value = CallContainerMethod(id, ref, method, arguments)) {
          result.Join(*value);
        } else {
          result.Join(
              CallLibrary(id, fmt::format("{}.{}", ClassNameOf(object), method), &self, arguments));
        }
        break;
      case ObjectKind::Library:
        result.Join(
            CallLibrary(id, fmt::format("{}.{}", Text(object.name), method), &self, arguments));
        break;
      case ObjectKind::Class: {
        bool found_any = false;
        for (ObjectId cls : object.classes) {
          auto at = facts_.heap_[cls].attributes.find(name);
          if (at == facts_.heap_[cls].attributes.end() || at->second.empty()) continue;
          found_any = true;
          if (object.unknown_bases) result.Join(UnknownOperation(id, self, "the call"));
          NoteAttributeRead(id, cls, name);
          Value methods = Load(at->second, {cls, kOld, false});
          for (const Ref& found : methods.refs()) {
            Value one = Value::OfObject(found.object, kOld, false);
            if (facts_.heap_[found.object].kind == ObjectKind::Property) {
              result.Join(CallFoundMethod(id, ref, one, arguments));
            } else {
              result.Join(CallObject(id, found, arguments));
            }
          }
          if (methods.is_unknown())
            result.Join(Call(id, Value::Unknown(methods.cause()), arguments));
          break;
        }
        if (!found_any) result.Join(Call(id, GetAttributeOf(id, ref, name), arguments));
        break;
      }
      case ObjectKind::Instance: {
        // A method found in the class gets the instance; one stored on the instance, which not
        // every instance need have, does not.
        auto own = object.attributes.find(name);
        const Value* found = FindInClasses(object, name);
        if (found) {
          for (ObjectId cls : object.classes) NoteAttributeRead(id, cls, name);
          result.Join(CallFoundMethod(id, ref, *found, arguments));
        }
        if (found && own != object.attributes.end()) {
          Place place;
          place.kind = PlaceKind::Attribute;
          place.object = ref.object;
          place.name = name;
          Note(id, place, WriteHow::NotAWrite, ref.age);
          result.Join(Call(id, Load(own->second, ref), arguments));
        }
        if (found) break;
        if (own == object.attributes.end()) {
          if (IsExceptionInstance(object)) {
            // with_traceback gives the exception itself, add_note nothing.
            bool known = method == "with_traceback" || method == "add_note";
            NoteContent(id, ref, WriteHow::Arbitrary);
            if (method == "add_note") result.Join(Value::OfScalar(kNone));
            if (method == "with_traceback") result.Join(self);
            if (!known) result.Join(UnknownOperation(id, self, "the call"));
            break;
          }
        }
        result.Join(Call(id, GetAttributeOf(id, ref, name), arguments));
        break;
      }
      case ObjectKind::Super: {
        // The next class after the one the method stands in.
        Value self_value = Load(object.content, ref);
        for (const Ref& target : self_value.refs()) {
          const Object instance = facts_.heap_[target.object];
          auto at = std::find(instance.classes.begin(), instance.classes.end(), object.source);
          size_t from = at == instance.classes.end() ? 0 : at - instance.classes.begin() + 1;
          if (const Value* found = FindInClasses(instance, name, from);
              found && method != "__init__") {
            result.Join(CallFoundMethod(id, target, *found, arguments));
          } else if (method == "__init__" && Initialize(id, target, from, arguments)) {
            result.Join(Value::OfScalar(kNone));
          } else if (method != "__init__" && method != "__init_subclass__") {
            result.Join(UnknownOperation(id, self, "the call"));
          } else {
            result.Join(Value::OfScalar(kNone));  // object.__init__, or that of an exception
          }
        }
        break;
      }
      default:
        result.Join(Call(id, GetAttributeOf(id, ref, name), arguments));
        break;
    }
  }
  return result;
}

// What a class attribute does when it is called through an instance.
Value Interpreter::CallFoundMethod(NodeId id, const Ref& receiver, const Value& found,
                                   const CallArguments& arguments) {
  Value result;
  Ref cls{receiver.object, kOld, false};
  Value methods = Load(found, cls);
  for (const Ref& method : methods.refs()) {
    const Object object = facts_.heap_[method.object];
    CallArguments call = arguments;
    if (object.kind == ObjectKind::Function) {
      call.positional.insert(call.positional.begin(),
                             Value::OfObject(receiver.object, receiver.age, receiver.exact));
      result.Join(CallFunction(id, method, call));
    } else if (object.kind == ObjectKind::Property) {
      std::string_view name = Text(object.name);
      Value wrapped = Load(object.content, method);
      if (name == "classmethod") {
        ObjectId owner = facts_.heap_[receiver.object].kind == ObjectKind::Class
                             ? receiver.object
                             : facts_.heap_[receiver.object].classes[0];
        call.positional.insert(call.positional.begin(), Value::OfObject(owner, kOld, false));
        result.Join(Call(id, wrapped, call));
      } else if (name == "staticmethod") {
        result.Join(Call(id, wrapped, call));
      } else {
        CallArguments getter;
        getter.positional.push_back(Value::OfObject(receiver.object, receiver.age, receiver.exact));
        result.Join(Call(id, Call(id, wrapped, getter), arguments));
      }
    } else {
      result.Join(CallObject(id, method, arguments));
    }
  }
  if (methods.is_unknown()) result.Join(Call(id, Value::Unknown(methods.cause()), arguments));
  return result;
}

}  // namespace unspool::effects
