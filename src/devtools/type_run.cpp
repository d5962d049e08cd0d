#include "devtools/type_run.h"

#include "devtools/json_text.h"
#include "semantics/types/program_types.h"
#include "semantics/types/type_text.h"
#include "source/line_index.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <unordered_map>

namespace unspool::devtools {

namespace {

namespace types = semantics::types;
using semantics::types::Cause;
using semantics::types::PlaceKind;
using semantics::types::Session;
using semantics::types::Source;
using semantics::types::Value;
using syntax::NodeId;
using syntax::NodeKind;

struct CallSite {
  std::set<types::Type> targets;
  Cause unknown;
};

// Results of one frame, joined over copies of its code.
class Results : public types::Recorder {
 public:
  void Place(PlaceKind kind, NodeId node, const Value& value) override {
    places[{node.value(), kind}].Join(value);
  }
  void Called(NodeId node, bool implicit, types::Type callee) override {
    calls[{node.value(), implicit}].targets.insert(callee);
  }
  void CalledUnknown(NodeId node, bool implicit, Cause cause) override {
    Cause& at = calls[{node.value(), implicit}].unknown;
    if (!at || cause < at) at = cause;
  }

  std::map<std::pair<uint32_t, PlaceKind>, Value> places;
  std::map<std::pair<uint32_t, bool>, CallSite> calls;  // by node, and whether nobody writes them
};

// Lines of a text, and columns in bytes.
class Positions {
 public:
  explicit Positions(std::string_view text) {
    starts_.push_back(0);
    for (size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n' ||
          (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'))) {
        starts_.push_back(static_cast<uint32_t>(at + 1));
      }
    }
  }
  std::pair<uint32_t, uint32_t> Of(uint32_t offset) const {
    const auto at = std::ranges::upper_bound(starts_, offset) - 1;
    return {static_cast<uint32_t>(at - starts_.begin()) + 1, offset - *at};
  }

 private:
  std::vector<uint32_t> starts_;
};

// Names of targets and texts of causes, each worked out once.
class Texts {
 public:
  explicit Texts(const Session& session) : session_(session), positions_(session.sources.size()) {}

  std::set<std::string> TargetsOf(const CallSite& site) {
    std::set<std::string> names;
    for (types::Type target : site.targets) {
      std::string& name = targets_[target.bits()];
      if (name.empty()) name = types::TargetOf(session_, target);
      names.insert(name);
    }
    return names;
  }
  std::string CauseText(Cause cause);
  const Positions& PositionsOf(uint32_t source) {
    std::unique_ptr<Positions>& at = positions_[source];
    if (!at) at = std::make_unique<Positions>(session_.sources[source].tree->text());
    return *at;
  }

 private:
  const Session& session_;
  std::unordered_map<uint64_t, std::string> targets_;
  std::vector<std::unique_ptr<Positions>> positions_;
};

std::string QuotedList(const auto& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) quoted.push_back(JsonString(item));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string_view WordOf(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::Parameter:
      return "parameter";
    case PlaceKind::Local:
      return "local";
    case PlaceKind::Attribute:
      return "attribute";
    case PlaceKind::Return:
      return "return";
    case PlaceKind::Yield:
      return "yield";
    case PlaceKind::Expression:
      return "expression";
  }
  return "";
}

std::string NameOf(const syntax::Tree& tree, NodeId node, PlaceKind kind) {
  if (kind != PlaceKind::Parameter && kind != PlaceKind::Local && kind != PlaceKind::Attribute) {
    return "";
  }
  switch (tree.kind(node)) {
    case NodeKind::Name:
      return std::string(tree.Name(syntax::NameView(tree, node).id()));
    case NodeKind::arg:
      return std::string(tree.Name(syntax::argView(tree, node).arg()));
    case NodeKind::Attribute:
      return std::string(tree.Name(syntax::AttributeView(tree, node).attr()));
    case NodeKind::ExceptHandler:
      return std::string(tree.Name(syntax::ExceptHandlerView(tree, node).name()));
    default:
      return "";
  }
}

// Shown where a place is not known: why, and where that began.
std::string Texts::CauseText(Cause cause) {
  std::string text(types::TextOf(cause.code()));
  const auto source = session_.SourceAt(types::UnitId(cause.unit()));
  if (cause.node() != 0 && source && cause.node() < session_.sources[*source].tree->size()) {
    const Source& at = session_.sources[*source];
    const auto [line, column] = PositionsOf(*source).Of(at.tree->begin(NodeId(cause.node())));
    return fmt::format("{}: {} ({}:{})", types::WordOf(cause.code()), text, at.module, line);
  }
  return fmt::format("{}: {}", types::WordOf(cause.code()), text);
}

struct Run {
  std::optional<semantics::Program> program;
  types::ProgramTypes types;
  std::vector<uint32_t> frames;
  std::vector<std::unique_ptr<Results>> results;  // by frame, in the same order
  bool unreadable = false;
};

bool Evaluate(const std::vector<std::string>& paths, const TypeRunOptions& options, Run& run) {
  run.program = ReadProgram(paths, options.modules, true, run.unreadable);
  if (!run.program) return false;
  run.types = types::InferProgram(*run.program, {.closed_world = options.closed_world});
  Session& session = *run.types.session;
  run.frames = types::OwnFrames(session);
  // By file, as people look for them.
  std::ranges::stable_sort(run.frames, {}, [&](uint32_t frame) -> const std::string& {
    return session.SourceOf(frame).path;
  });
  run.results.resize(run.frames.size());
  tbb::parallel_for(size_t{0}, run.frames.size(), [&](size_t index) {
    run.results[index] = std::make_unique<Results>();
    types::Outbox ignored;
    types::Evaluator(session, run.frames[index], ignored, run.results[index].get()).Run();
  });
  return true;
}

std::unique_ptr<tbb::global_control> Limit(int threads) {
  if (threads <= 0) return nullptr;
  return std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                               static_cast<size_t>(threads));
}

void PrintStatistics(const Run& run) {
  const types::InferenceStatistics& statistics = run.types.statistics;
  size_t places = 0, known = 0, empty = 0;
  for (const auto& result : run.results) {
    for (const auto& [place, value] : result->places) {
      ++places;
      empty += value.empty();
      known += !value.unknown() && !value.empty();
    }
  }
  fmt::print("sources      {}\n", run.types.session->sources.size());
  fmt::print("frames       {}\n", run.frames.size());
  fmt::print("rounds       {}\n", statistics.rounds);
  fmt::print("evaluations  {}\n", statistics.evaluations);
  fmt::print("cells        {}\n", statistics.cells);
  fmt::print("places       {}\n", places);
  fmt::print("known        {} ({:.1f} %)\n", known, places ? 100.0 * known / places : 0.0);
  fmt::print("unreached    {} ({:.1f} %)\n", empty, places ? 100.0 * empty / places : 0.0);
}

}  // namespace

int RunTypes(const std::vector<std::string>& paths, const TypeRunOptions& options) {
  const auto limit = Limit(options.modules.threads);
  Run run;
  if (!Evaluate(paths, options, run)) return 2;
  const Session& session = *run.types.session;
  if (options.statistics) {
    PrintStatistics(run);
    return run.unreadable ? 2 : 0;
  }
  Texts texts(session);
  std::string out;
  bool first = true;
  uint32_t source_index = UINT32_MAX;
  const Positions* positions = nullptr;
  for (size_t index = 0; index < run.frames.size(); ++index) {
    const uint32_t frame = run.frames[index];
    const std::string function = types::FunctionName(session, frame);
    if (!options.function.empty() && function != options.function) continue;
    const Source& source = session.SourceOf(frame);
    if (session.frames[frame].source != source_index) {
      source_index = session.frames[frame].source;
      positions = &texts.PositionsOf(source_index);
      if (!options.modules.json) out += fmt::format("{}\n", source.path);
    }
    if (run.results[index]->places.empty()) continue;
    std::vector<std::string> lines;
    for (const auto& [place, value] : run.results[index]->places) {
      const NodeId node(place.first);
      const auto [line, column] = positions->Of(source.tree->begin(node));
      const auto [end_line, end_column] = positions->Of(source.tree->end(node));
      const std::string name = NameOf(*source.tree, node, place.second);
      if (options.modules.json) {
        std::string what;
        if (value.unknown()) {
          what = fmt::format("\"types\": \"unknown\", \"cause\": {}",
                             JsonString(texts.CauseText(value.cause())));
        } else {
          what = fmt::format(
              "\"types\": {}, \"provenance\": \"{}\"", QuotedList(types::TermsOf(session, value)),
              value.provenance() == types::Provenance::Proved ? "proved" : "declared");
        }
        lines.push_back(fmt::format(
            "    {{\"kind\": \"{}\", \"name\": {}, \"line\": {}, \"column\": {}, \"end_line\": {}, "
            "\"end_column\": {}, {}}}",
            WordOf(place.second), JsonString(name), line, column, end_line, end_column, what));
      } else if (place.second != PlaceKind::Expression) {
        const std::string shown =
            value.unknown() ? "unknown, " + texts.CauseText(value.cause())
            : value.empty()
                ? "never"
                : fmt::format("{}{}", fmt::join(types::TermsOf(session, value), " | "),
                              value.provenance() == types::Provenance::Proved ? "" : " (declared)");
        lines.push_back(fmt::format("  {}:{}  {} {}{}{}", line, column + 1, WordOf(place.second),
                                    name, name.empty() ? "" : ": ", shown));
      }
    }
    if (lines.empty()) continue;
    if (options.modules.json) {
      out += fmt::format("{}{{\"filename\": {}, \"function\": {}, \"places\": [\n{}\n  ]}}",
                         first ? "[\n  " : ",\n  ", JsonString(source.path), JsonString(function),
                         fmt::join(lines, ",\n"));
    } else {
      out += fmt::format(" {}\n{}\n", function.empty() ? "(module)" : function,
                         fmt::join(lines, "\n"));
    }
    first = false;
  }
  if (options.modules.json) out += first ? "[]\n" : "\n]\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  return run.unreadable ? 2 : 0;
}

int RunCallGraph(const std::vector<std::string>& paths, const TypeRunOptions& options) {
  const auto limit = Limit(options.modules.threads);
  Run run;
  if (!Evaluate(paths, options, run)) return 2;
  const Session& session = *run.types.session;
  if (options.statistics) {
    PrintStatistics(run);
    return run.unreadable ? 2 : 0;
  }
  Texts texts(session);
  std::string out;
  size_t index = 0;
  bool first_file = true;
  while (index < run.frames.size()) {
    const uint32_t source_index = session.frames[run.frames[index]].source;
    const Source& source = session.sources[source_index];
    const Positions& positions = texts.PositionsOf(source_index);
    std::vector<std::string> lines;
    for (; index < run.frames.size() && session.frames[run.frames[index]].source == source_index;
         ++index) {
      const std::string caller = types::FunctionName(session, run.frames[index]);
      if (!options.function.empty() && caller != options.function) continue;
      for (const auto& [place, site] : run.results[index]->calls) {
        const NodeId node(place.first);
        const auto [line, column] = positions.Of(source.tree->begin(node));
        const auto [end_line, end_column] = positions.Of(source.tree->end(node));
        const bool is_call = !place.second;
        const bool unknown = static_cast<bool>(site.unknown);
        const std::set<std::string> targets = texts.TargetsOf(site);
        if (options.modules.json) {
          lines.push_back(fmt::format(
              "    {{\"kind\": \"{}\", \"line\": {}, \"column\": {}, \"end_line\": {}, "
              "\"end_column\": {}, \"caller\": {}, \"targets\": {}, \"unknown\": {}{}}}",
              is_call ? "call" : "implicit", line, column, end_line, end_column, JsonString(caller),
              QuotedList(targets), unknown,
              unknown ? ", \"cause\": " + JsonString(texts.CauseText(site.unknown)) : ""));
        } else {
          std::vector<std::string> shown(targets.begin(), targets.end());
          if (unknown) shown.push_back("unknown, " + texts.CauseText(site.unknown));
          lines.push_back(fmt::format("  {}:{}  {}{}: {}", line, column + 1,
                                      caller.empty() ? "(module)" : caller,
                                      is_call ? "" : " (implicit)", fmt::join(shown, " | ")));
        }
      }
    }
    if (options.modules.json) {
      out +=
          fmt::format("{}{{\"filename\": {}, \"sites\": [{}{}{}]}}", first_file ? "[\n  " : ",\n  ",
                      JsonString(source.path), lines.empty() ? "" : "\n", fmt::join(lines, ",\n"),
                      lines.empty() ? "" : "\n  ");
      first_file = false;
    } else if (!lines.empty()) {
      out += fmt::format("{}\n{}\n", source.path, fmt::join(lines, "\n"));
    }
  }
  if (options.modules.json) out += first_file ? "[]\n" : "\n]\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  return run.unreadable ? 2 : 0;
}

}  // namespace unspool::devtools
