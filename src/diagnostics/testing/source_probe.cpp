// A small program for the tests of `source` and `diagnostics`: one verb a function under test,
// plain text or JSON out. Not installed.
#include "diagnostics/diagnostic.h"
#include "diagnostics/json.h"
#include "diagnostics/render.h"
#include "source/atomic_write.h"
#include "source/config.h"
#include "source/diff.h"
#include "source/edits.h"
#include "source/file.h"
#include "source/ignore.h"
#include "source/notebook.h"
#include "source/pragmas.h"
#include "source/walk.h"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <linux/capability.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace unspool;
using Json = nlohmann::ordered_json;
using Arguments = std::vector<std::string>;

void Print(std::string_view text) {
  fwrite(text.data(), 1, text.size(), stdout);
}

std::string HexText(std::string_view text) {
  std::string out;
  for (char c : text) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string ReadOrDie(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

source::EditSet EditsOf(const Json& list) {
  source::EditSet edits;
  for (const Json& item : list) {
    if (!edits.Add(
            {item[0].get<uint32_t>(), item[1].get<uint32_t>(), item[2].get<std::string>()})) {
      Print("overlap\n");
      std::exit(3);
    }
  }
  return edits;
}

// Root reads everything; without these two capabilities modes count for root too.
void DropPrivileges() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return;
  data[0].effective &= ~((1u << CAP_DAC_OVERRIDE) | (1u << CAP_DAC_READ_SEARCH));
  syscall(SYS_capset, &header, data);
}

// Writing fails beyond the first bytes, as on a full disk.
void LimitFileSize() {
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{16, 16};
  setrlimit(RLIMIT_FSIZE, &limit);
}

struct Output {
  std::string format = "full";
  diagnostics::RenderOptions options;
};

// --output-format F, --color always|never|auto, --width N; the rest stays.
Output TakeOutput(Arguments& arguments) {
  Output output;
  Arguments rest;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--output-format") {
      output.format = arguments[++i];
    } else if (arguments[i] == "--color") {
      output.options.color =
          diagnostics::WantsColor(*diagnostics::ParseColorChoice(arguments[++i]), STDOUT_FILENO);
    } else if (arguments[i] == "--width") {
      output.options.width = static_cast<uint32_t>(std::stoul(arguments[++i]));
    } else {
      rest.push_back(arguments[i]);
    }
  }
  arguments = rest;
  return output;
}

int Show(std::vector<diagnostics::Diagnostic> list, const Output& output) {
  diagnostics::Sort(list);
  if (output.format == "json") {
    Print(diagnostics::RenderJson(list));
  } else if (output.format == "full") {
    Print(diagnostics::RenderAllFull(list, output.options));
  } else {
    for (const diagnostics::Diagnostic& d : list) {
      Print(output.format == "concise" ? diagnostics::RenderConcise(d, output.options)
                                       : diagnostics::RenderGitHub(d));
    }
  }
  return list.empty() ? 0 : 1;
}

// Reads files (and notebooks) and shows what is wrong with them.
int Read(Arguments arguments) {
  Output output = TakeOutput(arguments);
  std::vector<diagnostics::Diagnostic> list;
  for (const std::string& path : arguments) {
    if (source::IsNotebookPath(path)) {
      auto notebook = source::Notebook::Read(path);
      if (!notebook) list.push_back(diagnostics::FromProblem(notebook.error()));
    } else {
      auto file =
          path == "-" ? source::SourceFile::ReadStandardInput("-") : source::SourceFile::Read(path);
      if (!file) list.push_back(diagnostics::FromProblem(file.error()));
    }
  }
  return Show(std::move(list), output);
}

// One path a line on standard input, one JSON object a line out.
int Decode() {
  std::string path;
  while (std::getline(std::cin, path)) {
    auto file = source::SourceFile::Read(path);
    Json out = {{"path", path}, {"ok", file.has_value()}};
    if (file) {
      out["encoding"] = (*file)->encoding().name;
      out["bom"] = (*file)->has_bom();
      out["text"] = HexText((*file)->text());
      auto again = source::Encode((*file)->encoding(), (*file)->text());
      out["again"] = again ? HexText(*again) : "";
      std::vector<uint32_t> rows;
      for (uint32_t row = 1; row <= (*file)->lines().row_count(); ++row) {
        rows.push_back((*file)->lines().RowBegin(row));
      }
      out["rows"] = rows;
    } else {
      out["message"] = diagnostics::FromProblem(file.error()).message;
      out["row"] = file.error().begin.row;
      out["kind"] = diagnostics::FromProblem(file.error()).code();
    }
    Print(out.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n");
  }
  return 0;
}

// {"path", "edits": [[begin, end, text], ...]} a line in; the new bytes in hexadecimal out.
int EditFiles() {
  std::string line;
  while (std::getline(std::cin, line)) {
    Json request = Json::parse(line);
    auto file = source::SourceFile::Read(request["path"].get<std::string>());
    auto edited = source::Apply(**file, EditsOf(request["edits"]));
    Json out = {{"ok", edited.has_value()}};
    if (edited) {
      out["bytes"] = HexText(edited->bytes);
      out["text"] = HexText(edited->text);
      Json to_new = Json::array();
      Json to_old = Json::array();
      for (uint32_t at = 0; at <= (*file)->text().size(); ++at) {
        to_new.push_back(edited->offsets.ToNew(at));
      }
      for (uint32_t at = 0; at <= edited->text.size(); ++at) {
        auto old = edited->offsets.ToOld(at);
        to_old.push_back(old ? Json(*old) : Json(nullptr));
      }
      out["to_new"] = to_new;
      out["to_old"] = to_old;
    } else {
      out["message"] = diagnostics::FromProblem(edited.error()).message;
    }
    Print(out.dump() + "\n");
  }
  return 0;
}

// {"path", "cells": {"3": [[begin, end, text], ...]}} a line in.
int EditNotebooks() {
  std::string line;
  while (std::getline(std::cin, line)) {
    Json request = Json::parse(line);
    auto notebook = source::Notebook::Read(request["path"].get<std::string>());
    Json out = {{"ok", notebook.has_value()}};
    if (notebook) {
      Json cells = Json::object();
      for (const source::NotebookCell& cell : (*notebook)->cells()) {
        cells[std::to_string(cell.file->cell())] = cell.file->text();
      }
      out["cells"] = cells;
      std::vector<source::CellChange> changes;
      for (const auto& [number, edits] : request["cells"].items()) {
        changes.push_back({static_cast<uint32_t>(std::stoul(number)), EditsOf(edits)});
      }
      out["bytes"] = HexText(*(*notebook)->Apply(changes));
    } else {
      out["message"] = diagnostics::FromProblem(notebook.error()).message;
    }
    Print(out.dump() + "\n");
  }
  return 0;
}

int Diff(const Arguments& arguments) {
  Print(source::UnifiedDiff(ReadOrDie(arguments[0]), ReadOrDie(arguments[1]),
                            {arguments[2], arguments[3], 3}));
  return 0;
}

// Writes the files again and again, in one step each time, until it is killed.
int WriteForever(const Arguments& arguments) {
  for (unsigned round = 0;; ++round) {
    std::vector<source::FileChange> changes;
    for (const std::string& path : arguments) {
      std::string old = ReadOrDie(path);
      std::string bytes(200'000 + round % 7 * 1000, static_cast<char>('a' + round % 26));
      changes.push_back({path, source::HashOf(old), bytes + "\n"});
    }
    if (!source::WriteAll(changes, {.root = ".", .ready = {}}).empty()) return 1;
    if (round == 0) {
      Print("started\n");
      fflush(stdout);
    }
  }
}

// write ROOT [--stale] PATH=TEXT...
int Write(Arguments arguments) {
  Output output = TakeOutput(arguments);
  source::WriteOptions options{.root = arguments[0], .ready = {}};
  std::vector<source::FileChange> changes;
  bool stale = false;
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--stale") {
      stale = true;
      continue;
    }
    size_t equals = arguments[i].find('=');
    std::string path = arguments[i].substr(0, equals);
    auto bytes = source::ReadBytes(path);
    source::ContentHash hash = bytes ? source::HashOf(*bytes) : source::ContentHash{};
    if (stale) hash.low ^= 1;
    changes.push_back({path, hash, arguments[i].substr(equals + 1) + "\n"});
  }
  std::vector<diagnostics::Diagnostic> list;
  for (const source::Problem& problem : source::WriteAll(changes, options)) {
    list.push_back(diagnostics::FromProblem(problem));
  }
  return Show(std::move(list), output);
}

// walk [--no-gitignore] [--no-excludes] [--force-exclude] [--exclude P] [--extend-exclude P]
// PATH...
int WalkPaths(Arguments arguments) {
  Output output = TakeOutput(arguments);
  source::WalkOptions options;
  Arguments paths;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--no-gitignore") {
      options.respect_gitignore = false;
    } else if (arguments[i] == "--force-exclude") {
      options.force_exclude = true;
    } else if (arguments[i] == "--exclude") {
      options.exclude.push_back(arguments[++i]);
    } else if (arguments[i] == "--extend-exclude") {
      options.extend_exclude.push_back(arguments[++i]);
    } else {
      paths.push_back(arguments[i]);
    }
  }
  source::WalkResult result = source::Walk(paths, options);
  for (const source::WalkedFile& file : result.files) {
    Print(file.path + (file.named ? " (named)" : "") + "\n");
  }
  std::vector<diagnostics::Diagnostic> list;
  for (const source::Problem& problem : result.problems) {
    list.push_back(diagnostics::FromProblem(problem));
  }
  return Show(std::move(list), output);
}

// One line: what a fix would be refused for.
int Refuse(Arguments arguments) {
  Output output = TakeOutput(arguments);
  if (source::IsNotebookPath(arguments[0])) {
    auto notebook = source::Notebook::Read(arguments[0]);
    std::vector<source::CellChange> changes;
    for (const Json& change : Json::parse(arguments[1])) {
      changes.push_back({change[0].get<uint32_t>(), EditsOf(change[1])});
    }
    auto bytes = (*notebook)->Apply(changes);
    if (bytes) return 0;
    return Show({diagnostics::FromProblem(bytes.error())}, output);
  }
  auto file = source::SourceFile::Read(arguments[0]);
  source::EditSet edits = EditsOf(Json::parse(arguments[1]));
  auto edited = source::Apply(**file, edits);
  if (edited) return 0;
  return Show({diagnostics::FromProblem(edited.error(), *file)}, output);
}

diagnostics::Place PlaceAt(const source::SourceFilePtr& file, std::string_view needle) {
  size_t at = file->text().find(needle);
  auto begin = static_cast<uint32_t>(at == std::string_view::npos ? 0 : at);
  auto length = static_cast<uint32_t>(at == std::string_view::npos ? 0 : needle.size());
  return diagnostics::PlaceOf(file, {begin, begin + length});
}

// show FILE SPEC.json: a diagnostic as a rule would make it, its places found by their text.
int ShowDiagnostic(Arguments arguments) {
  Output output = TakeOutput(arguments);
  std::map<std::string, source::SourceFilePtr> files;
  auto open = [&](const std::string& path) {
    auto& file = files[path];
    if (file == nullptr) file = *source::SourceFile::Read(path);
    return file;
  };
  Json list = Json::parse(ReadOrDie(arguments[0]));
  std::vector<diagnostics::Diagnostic> out;
  for (const Json& spec : list) {
    auto place = [&](const Json& item) {
      return PlaceAt(open(item["file"].get<std::string>()), item["at"].get<std::string>());
    };
    std::vector<std::string> words = spec["arguments"].get<std::vector<std::string>>();
    diagnostics::Diagnostic d = diagnostics::Make(
        *diagnostics::FindKind(spec["kind"].get<std::string>()), place(spec), words);
    d.label = spec.value("label", "");
    for (const Json& item : spec.value("labels", Json::array())) {
      d.labels.push_back({place(item), item["text"].get<std::string>()});
    }
    d.notes = spec.value("notes", std::vector<std::string>{});
    for (const std::string& help : spec.value("help", std::vector<std::string>{})) {
      d.help.push_back(help);
    }
    if (spec.contains("fix")) {
      const Json& fix = spec["fix"];
      diagnostics::Fix made{fix["message"].get<std::string>(), EditsOf(fix["edits"])};
      made.edits.set_applicability(
          static_cast<source::Applicability>(fix["applicability"].get<int>()));
      d.fix = made;
    }
    if (spec.contains("parallel")) {
      diagnostics::Parallel parallel;
      parallel.verdict = spec["parallel"]["verdict"].get<std::string>();
      parallel.workload = "cpu";
      parallel.strategy = "process-pool";
      parallel.conditions = {"type(xs) is list"};
      parallel.estimate = diagnostics::Estimate{3.5, 3.1, 3.8, 12};
      parallel.obstacles.push_back({"DEP-01", "flow", d.place, d.place, {d.place}});
      parallel.obligations.push_back({"no-carried-dependence", "proved", {d.place}});
      parallel.assumptions = {"A1"};
      d.parallel = std::make_shared<diagnostics::Parallel>(parallel);
    }
    out.push_back(std::move(d));
  }
  return Show(std::move(out), output);
}

// Settings as `key = value`, or what is wrong with them.
int Settings(const source::ConfigLoad& load, const Output& output) {
  std::vector<diagnostics::Diagnostic> list;
  for (const source::Problem& problem : load.problems) {
    source::SourceFilePtr text;
    for (const source::SourceFilePtr& candidate : load.texts) {
      if (candidate->path() == problem.path) text = candidate;
    }
    list.push_back(diagnostics::FromProblem(problem, text));
  }
  const source::Config& config = *load.config;
  auto target = config.Target();
  Json shown = {{"path", config.path},
                {"root", config.root},
                {"target", target ? fmt::format("{}.{}", target->major, target->minor) : ""},
                {"exclude", config.exclude},
                {"select", config.select},
                {"ignore", config.ignore},
                {"max_workers", config.max_workers},
                {"min_speedup", config.min_speedup},
                {"numeric", config.numeric},
                {"per_file_ignores", Json::array()}};
  for (const auto& [pattern, rules] : config.per_file_ignores) {
    shown["per_file_ignores"].push_back({pattern, rules});
  }
  if (list.empty()) Print(shown.dump(2) + "\n");
  return Show(std::move(list), output);
}

// Comments are taken to begin at the first # of a row, logical lines to be rows of code.
int ShowPragmas(Arguments arguments) {
  Output output = TakeOutput(arguments);
  source::SourceFilePtr file = *source::SourceFile::Read(arguments[0]);
  std::vector<source::Span> comments;
  std::vector<source::Span> lines;
  for (uint32_t row = 1; row <= file->lines().row_count(); ++row) {
    std::string_view text = file->lines().RowText(row);
    uint32_t begin = file->lines().RowBegin(row);
    size_t hash = text.find('#');
    if (hash != std::string_view::npos) {
      comments.push_back({begin + static_cast<uint32_t>(hash), file->lines().RowEnd(row)});
    }
    size_t code = text.find_first_not_of(" \t");
    if (code != std::string_view::npos && code != hash) {
      lines.push_back({begin + static_cast<uint32_t>(code), file->lines().RowEnd(row)});
    }
  }
  source::Pragmas pragmas(*file, comments, lines);
  for (source::Span line : lines) {
    std::string said;
    if (pragmas.Suppresses("UNS101", "parallel-loop", line.begin)) said += " suppressed";
    for (const source::Pragma* fact : pragmas.FactsAt(line.begin)) {
      said += " " + std::string(file->TextOf(fact->span));
    }
    if (!said.empty()) Print(fmt::format("{}:{}\n", file->PositionOf(line.begin).row, said));
  }
  for (const source::Pragma* unused : pragmas.Unused()) {
    Print(fmt::format("{}: unused {}\n", file->PositionOf(unused->span.begin).row,
                      file->TextOf(unused->span)));
  }
  std::vector<diagnostics::Diagnostic> list;
  for (const source::Problem& problem : pragmas.problems()) {
    list.push_back(diagnostics::FromProblem(problem, file));
  }
  return Show(std::move(list), output);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments.front() == "--unprivileged") {
    DropPrivileges();
    arguments.erase(arguments.begin());
  }
  if (!arguments.empty() && arguments.front() == "--full-disk") {
    LimitFileSize();
    arguments.erase(arguments.begin());
  }
  if (arguments.empty()) return 2;
  std::string verb = arguments.front();
  arguments.erase(arguments.begin());
  if (verb == "read") return Read(arguments);
  if (verb == "decode") return Decode();
  if (verb == "edit") return EditFiles();
  if (verb == "edit-notebook") return EditNotebooks();
  if (verb == "diff") return Diff(arguments);
  if (verb == "write-forever") return WriteForever(arguments);
  if (verb == "write") return Write(arguments);
  if (verb == "walk") return WalkPaths(arguments);
  if (verb == "refuse") return Refuse(arguments);
  if (verb == "show") return ShowDiagnostic(arguments);
  if (verb == "schema") return Print(source::ConfigSchema()), 0;
  if (verb == "pragmas") return ShowPragmas(arguments);
  if (verb == "config") {
    Output output = TakeOutput(arguments);
    return Settings(source::LoadConfig(arguments[0]), output);
  }
  if (verb == "config-for") {
    Output output = TakeOutput(arguments);
    return Settings(source::ConfigResolver().For(arguments[0]), output);
  }
  if (verb == "config-override") {
    Output output = TakeOutput(arguments);
    return Settings(source::OverrideConfig({}, arguments[0], "--config"), output);
  }
  if (verb == "lowest-python") {
    auto version = source::LowestAllowed(arguments[0]);
    Print(version ? fmt::format("{}.{}\n", version->major, version->minor) : "none\n");
    return 0;
  }
  fmt::print(stderr, "source_probe: no verb '{}'\n", verb);
  return 2;
}
