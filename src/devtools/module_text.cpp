#include "devtools/module_text.h"

#include "devtools/json_text.h"
#include "source/folder_cache.h"

#include <fmt/format.h>
#include <iterator>

namespace unspool::devtools {

namespace {

using namespace semantics;

struct GuardName {
  ImportGuard guard;
  std::string_view name;
};
constexpr GuardName kGuards[] = {
    {kHandlesImportError, "handled"},
    {kFallback, "fallback"},
    {kTypeChecking, "type-checking"},
    {kVersionTest, "version"},
    {kPlatformTest, "platform"},
    {kNotRun, "not-run"},
    {semantics::kConditional, "conditional"},
    {kInFunction, "function"},
};

std::string_view MeaningName(ImportMeaning meaning) {
  switch (meaning) {
    case ImportMeaning::Module:
      return "module";
    case ImportMeaning::Attribute:
      return "attribute";
    case ImportMeaning::Star:
      return "star";
    case ImportMeaning::NotFound:
      return "not-found";
    case ImportMeaning::Unknown:
      return "unknown";
  }
  return {};
}

std::string_view OriginName(StubOrigin origin) {
  switch (origin) {
    case StubOrigin::None:
      return "none";
    case StubOrigin::Beside:
      return "beside";
    case StubOrigin::StubPackage:
      return "stub-package";
    case StubOrigin::Typeshed:
      return "typeshed";
  }
  return {};
}

class TextPrinter {
 public:
  explicit TextPrinter(const Program& program)
      : program_(program), here_(source::AbsolutePath("")) {}

  std::string Print() {
    for (uint32_t index = 0; index < program_.project_count; ++index) {
      PrintModule(program_.modules[ModuleId(index)]);
    }
    PrintCircles();
    PrintTotals();
    return std::move(out_);
  }

 private:
  std::string Shown(std::string_view path) const {
    if (path == here_) return ".";
    const bool below = source::IsBelow(path, here_) && here_ != "/";
    return std::string(below ? path.substr(here_.size() + 1) : path);
  }
  bool IsHere(std::string_view path) const { return source::IsBelow(path, here_); }

  // "pkg.mod (pkg/mod.py)", "os (frozen)".
  std::string ModuleWords(const Module& module) const {
    std::string words = module.name;
    if (module.kind == ModuleKind::Namespace) {
      words += " (namespace:";
      for (const std::string& portion : module.portions) {
        words += " " + (IsHere(portion) ? Shown(portion) : std::string("..."));
      }
      return words + ")";
    }
    if (IsHere(module.file)) return fmt::format("{} ({})", words, Shown(module.file));
    return fmt::format("{} ({})", words, KindName(module.kind));
  }

  std::string StubWords(const Stub& stub) const {
    if (stub.origin == StubOrigin::None) return {};
    const bool shown = stub.origin == StubOrigin::Typeshed || IsHere(stub.path);
    return fmt::format(", stub {}", shown ? Shown(stub.path) : OriginName(stub.origin));
  }

  void PrintModule(const Module& module) {
    fmt::format_to(std::back_inserter(out_), "{}: {}", Shown(module.file), module.name);
    if (module.is_package) out_ += ", package";
    if (module.kind == ModuleKind::Frozen) out_ += ", frozen";
    out_ += StubWords(module.stub) + "\n";
    if (module.parsed && module.parsed->problem) out_ += "  cannot be read\n";
    if (module.parsed && !module.parsed->errors.empty()) {
      fmt::format_to(std::back_inserter(out_), "  {} syntax error{}: {}\n",
                     module.parsed->errors.size(), module.parsed->errors.size() == 1 ? "" : "s",
                     module.parsed->errors[0].message);
    }
    for (uint32_t at = 0; at < module.import_count; ++at) {
      PrintImport(program_.imports[ImportId(module.imports_begin.value() + at)]);
    }
  }

  void PrintImport(const Import& import) {
    std::string written = import.name.empty()
                              ? fmt::format("import {}", import.module)
                              : fmt::format("from {} import {}", import.module, import.name);
    fmt::format_to(std::back_inserter(out_), "  {}: {} -> {}", import.row, written, Answer(import));
    std::string guards;
    for (const GuardName& guard : kGuards) {
      if (import.guards & guard.guard) {
        guards += (guards.empty() ? "" : ", ") + std::string(guard.name);
      }
    }
    if (!guards.empty()) out_ += " [" + guards + "]";
    out_ += "\n";
  }

  std::string Answer(const Import& import) const {
    switch (import.meaning) {
      case ImportMeaning::Module: {
        const Module& module = program_.modules[import.target];
        return ModuleWords(module) + (module.in_project ? "" : StubWords(module.stub));
      }
      case ImportMeaning::Attribute:
        return fmt::format("{} of {}", import.name_seen ? "attribute" : "attribute, if any,",
                           ModuleWords(program_.modules[import.target]));
      case ImportMeaning::Star:
        return fmt::format("all of {}", ModuleWords(program_.modules[import.target]));
      case ImportMeaning::NotFound:
      case ImportMeaning::Unknown:
        break;
    }
    std::string words =
        fmt::format("{}: {}", import.meaning == ImportMeaning::NotFound ? "not found" : "unknown",
                    CauseText(import.cause));
    if (!import.detail.empty()) words += fmt::format(" ({})", Shown(import.detail));
    if (import.stub.origin != StubOrigin::None) words += StubWords(import.stub);
    return words;
  }

  void PrintCircles() {
    for (const auto& members : program_.components) {
      if (members.size() < 2) continue;
      out_ += "circle:";
      for (ModuleId id : members) out_ += " " + program_.modules[id].name;
      out_ += "\n";
    }
  }

  void PrintTotals() {
    size_t unknown = 0, missing = 0;
    for (const Import& import : program_.imports) {
      unknown += import.meaning == ImportMeaning::Unknown;
      missing += import.meaning == ImportMeaning::NotFound;
    }
    const size_t files = program_.project_count, imports = program_.imports.size();
    fmt::format_to(std::back_inserter(out_), "{} file{}, {} import{}: {} not found, {} unknown\n",
                   files, files == 1 ? "" : "s", imports, imports == 1 ? "" : "s", missing,
                   unknown);
  }

  const Program& program_;
  std::string here_;
  std::string out_;
};

void AddStrings(std::string& out, std::string_view key, const std::vector<std::string>& values) {
  fmt::format_to(std::back_inserter(out), "\"{}\": [", key);
  for (size_t index = 0; index < values.size(); ++index) {
    if (index > 0) out += ", ";
    out += JsonString(values[index]);
  }
  out += "]";
}

void AddModule(std::string& out, const Program& program, const Module& module) {
  fmt::format_to(std::back_inserter(out),
                 "    {{\"name\": {}, \"kind\": \"{}\", \"is_package\": {}, \"in_project\": {}, "
                 "\"file\": {}, \"package\": {}, ",
                 JsonString(module.name), KindName(module.kind), module.is_package,
                 module.in_project, JsonString(module.file), JsonString(module.package));
  AddStrings(out, "path", module.portions);
  out += ", ";
  AddStrings(out, "adds_to_path", module.adds_to_path);
  fmt::format_to(std::back_inserter(out),
                 ", \"stub\": \"{}\", \"stub_file\": {}, \"typed\": {}, \"errors\": {}}}",
                 OriginName(module.stub.origin), JsonString(module.stub.path), module.typed,
                 module.parsed ? module.parsed->errors.size() : 0);
}

void AddImport(std::string& out, const Program& program, const Import& import) {
  fmt::format_to(std::back_inserter(out),
                 "    {{\"importer\": {}, \"line\": {}, \"column\": {}, \"module\": {}, "
                 "\"name\": {}, \"guards\": [",
                 import.importer.value(), import.row, import.column, JsonString(import.module),
                 JsonString(import.name));
  bool first = true;
  for (const GuardName& guard : kGuards) {
    if (!(import.guards & guard.guard)) continue;
    fmt::format_to(std::back_inserter(out), "{}\"{}\"", first ? "" : ", ", guard.name);
    first = false;
  }
  fmt::format_to(std::back_inserter(out), "], \"meaning\": \"{}\", \"seen\": {}, \"target\": {}, ",
                 MeaningName(import.meaning), import.name_seen,
                 import.target ? std::to_string(import.target.value()) : "null");
  out += "\"loads\": [";
  first = true;
  for (ModuleId load : program.LoadsOf(import)) {
    fmt::format_to(std::back_inserter(out), "{}{}", first ? "" : ", ", load.value());
    first = false;
  }
  fmt::format_to(std::back_inserter(out), "], \"cause\": \"{}\", \"detail\": {}}}",
                 CauseName(import.cause), JsonString(import.detail));
}

}  // namespace

std::string ModulesText(const Program& program) {
  return TextPrinter(program).Print();
}

std::string ModulesJson(const Program& program) {
  const source::Interpreter& python = *program.environment->interpreter;
  std::string out =
      fmt::format("{{\n  \"python\": {{\"executable\": {}, \"version\": \"{}.{}\", ",
                  JsonString(python.executable), python.version.major, python.version.minor);
  AddStrings(out, "path", program.environment->path);
  out += "},\n  ";
  AddStrings(out, "roots", program.roots);
  out += ",\n  \"modules\": [\n";
  for (uint32_t index = 0; index < program.modules.size(); ++index) {
    if (index > 0) out += ",\n";
    AddModule(out, program, program.modules[ModuleId(index)]);
  }
  out += "\n  ],\n  \"imports\": [\n";
  for (uint32_t index = 0; index < program.imports.size(); ++index) {
    if (index > 0) out += ",\n";
    AddImport(out, program, program.imports[ImportId(index)]);
  }
  out += "\n  ],\n  \"circles\": [";
  bool first = true;
  for (const auto& members : program.components) {
    if (members.size() < 2) continue;
    std::vector<std::string> numbers;
    out += first ? "[" : ", [";
    for (size_t index = 0; index < members.size(); ++index) {
      fmt::format_to(std::back_inserter(out), "{}{}", index > 0 ? ", " : "",
                     members[index].value());
    }
    out += "]";
    first = false;
  }
  return out + "]\n}\n";
}

}  // namespace unspool::devtools
