// What statements that define functions and classes, and imports, bind.
#include "semantics/types/evaluator.h"

#include <algorithm>

namespace unspool::semantics::types {

using namespace syntax;

void Evaluator::DefineFunction(NodeId id) {
  FunctionLike function(tree(), id);
  std::vector<Value> decorators;
  for (NodeId decorator : function.decorators) decorators.push_back(Eval(decorator));
  const uint32_t frame = FrameAt(scopes().ScopeOpenedBy(id));
  argumentsView arguments(tree(), function.args);
  // Parameters get their defaults wherever the call leaves them out.
  const size_t positional = arguments.posonlyargs().size() + arguments.args().size();
  size_t index = positional - arguments.defaults().size();
  for (NodeId value : arguments.defaults()) {
    Post(CellKey(CellKind::Parameter, frame, static_cast<uint32_t>(index++)), Eval(value));
  }
  index = positional + (arguments.vararg() ? 1 : 0);
  for (NodeId value : arguments.kw_defaults()) {
    if (value) Post(CellKey(CellKind::Parameter, frame, static_cast<uint32_t>(index)), Eval(value));
    ++index;
  }
  auto run_annotation = [&](NodeId arg) {
    if (arg) RunAnnotation(argView(tree(), arg).annotation());
  };
  for (NodeId arg : arguments.posonlyargs()) run_annotation(arg);
  for (NodeId arg : arguments.args()) run_annotation(arg);
  run_annotation(arguments.vararg());
  for (NodeId arg : arguments.kwonlyargs()) run_annotation(arg);
  run_annotation(arguments.kwarg());
  RunAnnotation(NodeId(tree().Word(id, field_index::FunctionDef::returns)));
  Value made = Value::Of(Type(TypeKind::Frame, frame));
  for (size_t decorator = decorators.size(); decorator-- > 0;) {
    // How these bind is known by the kind of the function.
    const auto with = decorators[decorator].types();
    const bool binds = !decorators[decorator].unknown() && with.size() == 1 &&
                       with[0].kind() == TypeKind::Class &&
                       (ClassId(with[0].subject()) == decls().known.staticmethod ||
                        ClassId(with[0].subject()) == decls().known.classmethod);
    const FunctionId id_of = session_.frames[frame].function;
    const declarations::FunctionKind kind =
        id_of ? decls().functions[id_of].kind : declarations::FunctionKind::Plain;
    if (binds &&
        (kind == declarations::FunctionKind::Static || kind == declarations::FunctionKind::Class)) {
      continue;
    }
    made = Call(function.decorators[decorator], decorators[decorator], Arguments::Of({made}));
  }
  AssignName(id, function.name, made);
}

void Evaluator::DefineClass(NodeId id) {
  ClassDefView cls(tree(), id);
  std::vector<Value> decorators;
  for (NodeId decorator : cls.decorator_list()) decorators.push_back(Eval(decorator));
  for (NodeId base : cls.bases()) {
    for (Type type : Eval(base).types()) AskOne(base, type, session_.names.mro_entries);
  }
  for (NodeId keyword_id : cls.keywords()) Eval(keywordView(tree(), keyword_id).value());
  const ClassId declared = decls().ClassAt(source_.unit, id);
  Value made = declared ? Value::Of(Type(TypeKind::Class, declared.value()))
                        : UnknownAt(CauseCode::UnknownBase, id);
  if (declared && MetaclassMayCall(declared)) {
    made.Join(UnknownAt(CauseCode::Metaclass, id));
    Escape(made);
  }
  AskForClass(id, declared);
  if (declared) OpenFields(declared);
  for (size_t decorator = decorators.size(); decorator-- > 0;) {
    made = Call(cls.decorator_list()[decorator], decorators[decorator], Arguments::Of({made}));
  }
  AssignName(id, cls.name(), made);
}

void Evaluator::Import(NodeId id) {
  for (NodeId name_id : ImportView(tree(), id).names()) {
    aliasView alias(tree(), name_id);
    const std::string_view text = tree().Name(alias.name());
    const std::string_view bound = alias.asname() ? text : text.substr(0, text.find('.'));
    const UnitId unit = decls().FindUnit(bound);
    const Value module = unit ? Value::Of(Type(TypeKind::Module, unit.value()))
                              : UnknownAt(CauseCode::UnknownImport, id);
    const NameId name = alias.asname() ? alias.asname() : tree().names().Find(bound);
    if (name) AssignName(name_id, name, module);
  }
}

// The unit that `from` names.
UnitId Evaluator::ImportedFrom(NodeId id) const {
  ImportFromView import(tree(), id);
  const uint32_t level = static_cast<uint32_t>(std::max(import.level(), 0));
  const std::string_view written = import.module() ? tree().Name(import.module()) : "";
  if (level == 0) return decls().FindUnit(written);
  std::string module = decls().units[source_.unit].package;
  for (uint32_t up = 1; up < level; ++up) {
    const size_t dot = module.rfind('.');
    module = dot == std::string::npos ? std::string() : module.substr(0, dot);
  }
  if (!written.empty()) module += (module.empty() ? "" : ".") + std::string(written);
  return decls().FindUnit(module);
}

// `from m import *` binds names of this module that other statements bind, too. Others are found
// when they are read.
void Evaluator::ImportAll(NodeId id) {
  const UnitId from = ImportedFrom(id);
  const ScopeId module = scopes().module_scope();
  const std::set<uint32_t> later = BoundBehind(id);
  const auto& symbols = scopes()[module].symbols;
  for (uint32_t slot = 0; slot < symbols.size(); ++slot) {
    const std::string_view text = scopes().Text(symbols[slot].key);
    const base::NameId number = session_.attribute_names.Find(text);
    if (!symbols[slot].bound() || !number || later.contains(number.value())) continue;
    Value value;
    if (!from) {
      value = UnknownAt(CauseCode::UnknownImport, id);
    } else if (const SymbolId symbol = decls().Find(text); symbol && !text.starts_with("_")) {
      const bool there = decls().LookupAttribute(from, symbol).known();
      if (there) value = ModuleAttribute(id, from, {number.value(), symbol});
    }
    Post(
        CellKey(CellKind::ClassAttribute, CellKey::kModules | source_.unit.value(), number.value()),
        value);
  }
}

// Numbers of the names that functions and classes at the top of the module have, behind a place.
std::set<uint32_t> Evaluator::BoundBehind(NodeId id) const {
  std::set<uint32_t> names;
  for (NodeId statement : ModuleView(tree(), tree().root()).body()) {
    if (tree().begin(statement) < tree().begin(id)) continue;
    NameId name;
    switch (tree().kind(statement)) {
      case NodeKind::FunctionDef:
      case NodeKind::AsyncFunctionDef:
        name = FunctionLike(tree(), statement).name;
        break;
      case NodeKind::ClassDef:
        name = ClassDefView(tree(), statement).name();
        break;
      case NodeKind::Assign: {
        const NodeList targets = AssignView(tree(), statement).targets();
        if (tree().kind(targets.front()) == NodeKind::Name) {
          name = NameView(tree(), targets.front()).id();
        }
        break;
      }
      default:
        break;
    }
    if (name) names.insert(NameOf(name).number);
  }
  return names;
}

void Evaluator::ImportFrom(NodeId id) {
  ImportFromView import(tree(), id);
  const UnitId from = ImportedFrom(id);
  for (NodeId name_id : import.names()) {
    aliasView alias(tree(), name_id);
    if (tree().Name(alias.name()) == "*") {
      ImportAll(id);
      continue;
    }
    const NameId name = alias.asname() ? alias.asname() : alias.name();
    Value value;
    if (from) {
      // Whether the module is a package, the import asks it by an attribute.
      AskModule(id, from);
      value = ModuleAttribute(name_id, from, NameOf(alias.name()));
    } else {
      value = UnknownAt(CauseCode::UnknownImport, id);
    }
    AssignName(name_id, name, value);
  }
}

}  // namespace unspool::semantics::types
