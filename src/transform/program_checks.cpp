#include "transform/program_checks.h"

#include "syntax/views.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <iterator>
#include <set>

namespace unspool::transform {

using namespace syntax;

namespace {

class ProgramChecks {
 public:
  ProgramChecks(const Module& module, const LoopVerdict& verdict)
      : module_(module), tree_(module.tree), verdict_(verdict) {}

  std::vector<Refusal> refusals;

  // What the whole program does with exceptions: frames of workers cannot be seen, and their stacks
  // end elsewhere.
  void Run() {
    constexpr std::string_view kTracebacks[] = {"__traceback__", "exc_info",       "tb_frame",
                                                "tb_next",       "with_traceback", "traceback"};
    for (std::string_view name : kTracebacks) {
      if (tree_.names().Find(name)) {
        Refuse("traceback", fmt::format("the program looks at tracebacks (`{}`)", name),
               verdict_.loop);
      }
    }
    for (std::string_view name : {"RecursionError", "MemoryError"}) {
      if (tree_.names().Find(name)) {
        Refuse("recursion-limit",
               fmt::format("the program handles `{}`, and limits differ in a worker", name),
               verdict_.loop);
      }
    }
    RefuseSettings();
    if (NodeId file = SpecialFile()) {
      Refuse("special-file", "the program names a file that is another one in a worker process",
             file);
    }
    if (!HandlesAnything()) return;
    if (IsRecursive()) {
      Refuse("recursion-limit",
             "recursive calls whose RecursionError would be handled, and limits differ in a worker",
             verdict_.loop);
    }
  }

  // Settings of a process that one started afresh does not get, and that what the body calls may
  // depend on without naming them: dates on the zone, formats on the locale, pickles on their
  // registry.
  void RefuseSettings() {
    constexpr std::string_view kSetters[] = {
        "DefaultContext", "add_type",           "copyreg",        "field_size_limit",
        "putenv",         "register_dialect",   "register_error", "setlocale",
        "tzset",          "unregister_dialect", "unsetenv",
    };
    for (std::string_view name : kSetters) {
      if (tree_.names().Find(name)) {
        Refuse("process-settings",
               fmt::format("the program changes what a worker would not know of (`{}`)", name),
               verdict_.loop);
      }
    }
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) != NodeKind::Constant) continue;
      const auto& constant = tree_.constant(ConstantView(tree_, id).value());
      if (constant.kind == ConstantKind::Str && tree_.ConstantText(constant) == "TZ") {
        Refuse("process-settings", "the program may change the time zone (`TZ`)", verdict_.loop);
      }
    }
  }

  // A text that names what belongs to the process that opens it: standard input under its path, or
  // its entry of /proc. Other paths are taken to name files; see the assumptions.
  NodeId SpecialFile() const {
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) != NodeKind::Constant) continue;
      const auto& constant = tree_.constant(ConstantView(tree_, id).value());
      if (constant.kind != ConstantKind::Str && constant.kind != ConstantKind::Bytes) continue;
      const std::string_view text = tree_.ConstantText(constant);
      if (text.starts_with("/proc") || (text.starts_with("/dev") && text != "/dev/null")) {
        return id;
      }
    }
    return NodeId();
  }

  // A bare `except`, or one of a class that RecursionError belongs to.
  bool HandlesAnything() const {
    for (uint32_t index = 0; index < tree_.size(); ++index) {
      NodeId id(index);
      if (tree_.kind(id) != NodeKind::ExceptHandler) continue;
      NodeId type = ExceptHandlerView(tree_, id).type();
      if (!type) return true;
      std::string_view text = tree_.TextOf(type);
      for (std::string_view name : {"Exception", "BaseException", "RuntimeError"}) {
        size_t at = text.find(name);
        bool whole = at != std::string_view::npos &&
                     (at == 0 || !(std::isalnum(static_cast<unsigned char>(text[at - 1])) ||
                                   text[at - 1] == '_'));
        if (whole) return true;
      }
    }
    return false;
  }

  // Whether a function that the body reaches can reach itself.
  bool IsRecursive() const {
    auto reach = [&](NodeId root) {
      std::set<NodeId> found;
      std::vector<NodeId> pending = {root};
      const auto& callees = module_.facts.callees();
      while (!pending.empty()) {
        NodeId from = pending.back();
        pending.pop_back();
        for (auto at = callees.lower_bound(module_.starts[from]);
             at != callees.end() && at->first <= from; ++at) {
          for (effects::ObjectId callee : at->second) {
            NodeId definition = module_.facts.heap()[callee].definition;
            if (definition && found.insert(definition).second) pending.push_back(definition);
          }
        }
      }
      return found;
    };
    for (NodeId function : reach(verdict_.loop)) {
      if (reach(function).contains(function)) return true;
    }
    return false;
  }

 private:
  void Refuse(std::string_view code, std::string message, NodeId at) {
    refusals.push_back({code, std::move(message), at});
  }

  const Module& module_;
  const Tree& tree_;
  const LoopVerdict& verdict_;
};

}  // namespace

std::vector<Refusal> ProgramRefusals(const Module& module, const LoopVerdict& verdict) {
  ProgramChecks checks(module, verdict);
  checks.Run();
  return std::move(checks.refusals);
}

namespace {

// Modules that hand every exception of a callback on, run nothing after the end or beside the main
// thread, and show nobody the state of a program that has failed. Of all others that is not known.
bool LetsFailuresThrough(std::string_view module) {
  module = module.substr(0, module.find('.'));
  constexpr std::string_view kModules[] = {
      "__future__",  "abc",      "argparse", "array",       "base64",   "binascii",  "bisect",
      "bz2",         "calendar", "cmath",    "collections", "colorsys", "copy",      "csv",
      "dataclasses", "datetime", "decimal",  "difflib",     "enum",     "fractions", "functools",
      "glob",        "gzip",     "hashlib",  "heapq",       "hmac",     "html",      "io",
      "itertools",   "json",     "lzma",     "math",        "numbers",  "operator",  "os",
      "pathlib",     "pprint",   "random",   "re",          "secrets",  "shutil",    "statistics",
      "string",      "struct",   "sys",      "tempfile",    "textwrap", "time",      "typing",
      "unicodedata", "uuid",     "zlib",
  };
  return std::find(std::begin(kModules), std::end(kModules), module) != std::end(kModules);
}

}  // namespace

bool FailureEndsProgram(const Module& module, const LoopVerdict& verdict) {
  const Tree& tree = module.tree;
  // Whoever imports it may handle the exception; in a notebook the next cell sees what is left.
  if (!module.is_script || module.parse_options.notebook_cell) return false;
  // Methods that the interpreter calls for its own ends, and may take exceptions from.
  for (std::string_view name :
       {"__exit__", "__del__", "__getitem__", "__getattr__", "__getattribute__", "__len__",
        "__length_hint__", "__set_name__", "hasattr", "getattr", "excepthook", "unraisablehook",
        "settrace", "setprofile", "breakpoint", "_getframe", "register_at_fork"}) {
    if (tree.names().Find(name)) return false;
  }
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    NodeKind kind = tree.kind(id);
    if (kind == NodeKind::Import) {
      for (NodeId name : ImportView(tree, id).names()) {
        if (!LetsFailuresThrough(tree.Name(aliasView(tree, name).name()))) return false;
      }
    }
    if (kind == NodeKind::ImportFrom) {
      NameId from = ImportFromView(tree, id).module();
      bool relative = ImportFromView(tree, id).level() > 0;
      if (!from || relative || !LetsFailuresThrough(tree.Name(from))) return false;
    }
    if (kind != NodeKind::Try && kind != NodeKind::TryStar && kind != NodeKind::AsyncWith) continue;
    bool inside = module.starts[verdict.loop] <= id && id <= verdict.loop;
    if (!inside) return false;
  }
  return true;
}

namespace {

// Certainly objects that can change: no two of them are one for the sake of economy, as numbers,
// texts and tuples may be.
bool HasOwnIdentity(const Module& module, NodeId expression) {
  const effects::Value& value = module.facts.ValueOf(expression);
  if (value.is_unknown() || value.scalars() != 0 || value.refs().empty()) return false;
  for (const effects::Ref& ref : value.refs()) {
    effects::ObjectKind kind = module.facts.heap()[ref.object].kind;
    if (kind != effects::ObjectKind::List && kind != effects::ObjectKind::Dict &&
        kind != effects::ObjectKind::ByteArray) {
      return false;
    }
  }
  return true;
}

// `len({id(row) for row in rows})`: how many there are, not which.
bool OnlyCountsIdentities(const Module& module, NodeId name) {
  const Tree& tree = module.tree;
  NodeId call = module.parents[name];
  if (tree.kind(call) != NodeKind::Call || CallView(tree, call).func() != name ||
      CallView(tree, call).args().size() != 1 ||
      !HasOwnIdentity(module, CallView(tree, call).args()[0])) {
    return false;
  }
  NodeId set = module.parents[call];
  if (tree.kind(set) != NodeKind::SetComp || NodeId(tree.Word(set, 0)) != call) return false;
  NodeId outer = module.parents[set];
  if (tree.kind(outer) != NodeKind::Call || CallView(tree, outer).args().size() != 1) return false;
  NodeId counter = CallView(tree, outer).func();
  if (tree.kind(counter) != NodeKind::Name || tree.TextOf(counter) != "len") return false;
  auto resolution =
      module.scopes.Resolve(module.scopes.ScopeAt(counter), NameView(tree, counter).id());
  return resolution.kind == semantics::NameKind::Implicit;
}

}  // namespace

// `is` between values that are not None, True, False or ..., id(), or a NaN (which containers find
// by identity only).
bool AsksForIdentity(const Module& module) {
  const Tree& tree = module.tree;
  auto harmless = [&](NodeId id) {
    if (tree.kind(id) != NodeKind::Constant) return false;
    ConstantKind kind = tree.constant(ConstantView(tree, id).value()).kind;
    return kind == ConstantKind::None || kind == ConstantKind::True ||
           kind == ConstantKind::False || kind == ConstantKind::Ellipsis;
  };
  for (uint32_t index = 0; index < tree.size(); ++index) {
    NodeId id(index);
    switch (tree.kind(id)) {
      case NodeKind::Compare: {
        CompareView compare(tree, id);
        NodeId left = compare.left();
        for (size_t at = 0; at < compare.ops().size(); ++at) {
          NodeId right = compare.comparators()[at];
          Operator op = static_cast<Operator>(compare.ops()[at]);
          bool is = op == Operator::Is || op == Operator::IsNot;
          if (is && !harmless(left) && !harmless(right) &&
              !(HasOwnIdentity(module, left) && HasOwnIdentity(module, right))) {
            return true;
          }
          left = right;
        }
        break;
      }
      case NodeKind::Name: {
        std::string_view name = tree.Name(NameView(tree, id).id());
        if (name == "nan" || name == "NaN") return true;
        if (name == "id" && !OnlyCountsIdentities(module, id)) return true;
        break;
      }
      case NodeKind::Attribute: {
        std::string_view name = tree.Name(AttributeView(tree, id).attr());
        if (name == "nan" || name == "NaN" || name == "getsizeof") return true;
        break;
      }
      case NodeKind::Constant: {
        const auto& constant = tree.constant(ConstantView(tree, id).value());
        std::string_view text = tree.ConstantText(constant);
        if (constant.kind == ConstantKind::Str && (text == "nan" || text == "NaN")) return true;
        break;
      }
      default:
        break;
    }
  }
  return false;
}

}  // namespace unspool::transform
