#include "devtools/cfg_print.h"

#include "devtools/cfg_frames.h"
#include "devtools/source_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace unspool::devtools {

using semantics::Cfg;
using semantics::CfgEdge;
using semantics::CfgEdgeKind;
using semantics::CfgNode;
using semantics::CfgReason;
using Json = nlohmann::ordered_json;

namespace {

CfgFlowFacts FactsOf(const CfgFrame& frame, const CfgPrintOptions& options) {
  CfgFlowFacts facts;
  if (options.liveness) AddLiveness(frame, facts);
  if (options.bound) AddBound(frame, facts);
  if (options.definitions) AddDefinitions(frame, facts);
  if (options.dominators) AddDominators(frame, facts);
  return facts;
}

template <typename Slots>
std::vector<std::string> Names(const CfgFrame& frame, const Slots& slots) {
  std::vector<std::string> names;
  for (uint32_t slot : slots) names.emplace_back(frame.SlotName(slot));
  std::ranges::sort(names);
  return names;
}

std::string PartAndReason(const CfgNode& node) {
  std::string text(WordOf(node.part));
  if (node.reason != CfgReason::None) text += fmt::format(" ({})", WordOf(node.reason));
  return text;
}

// ---- text ----

std::string EdgesText(std::span<const CfgEdge> edges) {
  std::vector<std::string> parts;
  for (const CfgEdge& edge : edges) {
    const bool plain = edge.kind == CfgEdgeKind::Next;
    parts.push_back(plain ? fmt::format("{}", edge.to)
                          : fmt::format("{} {}", WordOf(edge.kind), edge.to));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string FactsText(const CfgFrame& frame, const CfgFlowFacts& facts, uint32_t node) {
  std::string text;
  auto line = [&](std::string_view label, const auto& items) {
    text += fmt::format("        {}: {}\n", label, fmt::join(items, ", "));
  };
  if (!facts.live.empty()) line("live", Names(frame, facts.live[node]));
  if (!facts.bound.empty()) line("bound", Names(frame, facts.bound[node]));
  if (!facts.reads.empty()) {
    for (const CfgFlowFacts::Read& read : facts.reads[node]) {
      std::vector<std::string> from;
      if (read.maybe_unbound) from.emplace_back("before");
      for (uint32_t definition : read.nodes) from.push_back(fmt::format("{}", definition));
      line(fmt::format("{} from", frame.SlotName(read.slot)), from);
    }
  }
  auto number = [&](std::string_view label, const std::vector<uint32_t>& numbers) {
    if (!numbers.empty() && numbers[node] != UINT32_MAX) {
      text += fmt::format("        {}: {}\n", label, numbers[node]);
    }
  };
  number("dominated by", facts.dominator);
  number("leads to", facts.end_dominator);
  number("in the loop of", facts.loop);
  return text;
}

std::string FrameText(const CfgFrame& frame, const CfgFlowFacts& facts) {
  std::string text =
      fmt::format("{} ({}, line {})\n", frame.qualified_name(), frame.kind(), frame.first_row());
  const Cfg& cfg = frame.cfg();
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) {
    const CfgNode& node = cfg.nodes()[index];
    const CfgPlace place = frame.PlaceOf(index);
    std::string code = frame.TextOf(index);
    if (place.begin.row > 0) code = fmt::format("{}: {}", place.begin.row, code);
    std::string row = fmt::format("{:4}  {:<26}", index, PartAndReason(node));
    if (!code.empty()) row += fmt::format("  {}", code);
    if (node.suspends) row += "  [suspends]";
    if (!cfg.EdgesFrom(index).empty()) {
      row += fmt::format("  -> {}", EdgesText(cfg.EdgesFrom(index)));
    }
    text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    text += FactsText(frame, facts, index);
  }
  return text;
}

// ---- JSON ----

Json NodeJson(const CfgFrame& frame, const CfgFlowFacts& facts, uint32_t index) {
  const Cfg& cfg = frame.cfg();
  const CfgNode& node = cfg.nodes()[index];
  const CfgPlace place = frame.PlaceOf(index);
  Json json;
  json["node"] = index;
  json["part"] = WordOf(node.part);
  if (node.reason != CfgReason::None) json["reason"] = WordOf(node.reason);
  if (place.begin.row > 0) {
    json["line"] = place.begin.row;
    json["column"] = place.begin.column;
    json["end_line"] = place.end.row;
    json["end_column"] = place.end.column;
  }
  if (place.statement_row > 0) json["statement_line"] = place.statement_row;
  // Which finally block it belongs to.
  const bool is_finally =
      node.part == semantics::CfgPart::Finally || node.part == semantics::CfgPart::FinallyEnd;
  if (is_finally) json["block"] = node.ast.value();
  if (frame.IsInert(index)) json["inert"] = true;
  if (frame.IsBareRaise(index)) json["bare_raise"] = true;
  json["may_raise"] = node.may_raise;
  json["suspends"] = node.suspends;
  json["reads"] = Names(frame, cfg.Uses(index));
  json["binds"] = Names(frame, cfg.Defs(index));
  json["may_bind"] = Names(frame, cfg.Clears(index));
  if (node.binds_anything) json["binds_anything"] = true;
  Json edges = Json::array();
  for (const CfgEdge& edge : cfg.EdgesFrom(index)) {
    edges.push_back(Json::array({edge.to, WordOf(edge.kind)}));
  }
  json["edges"] = std::move(edges);
  if (!facts.live.empty()) json["live"] = Names(frame, facts.live[index]);
  if (!facts.bound.empty()) json["bound"] = Names(frame, facts.bound[index]);
  if (!facts.reads.empty()) {
    Json reads = Json::object();
    for (const CfgFlowFacts::Read& read : facts.reads[index]) {
      Json from = read.nodes;
      // What the frame was entered with stands as null.
      if (read.maybe_unbound) from.insert(from.begin(), nullptr);
      reads[std::string(frame.SlotName(read.slot))] = std::move(from);
    }
    json["definitions"] = std::move(reads);
  }
  auto number = [&](const char* key, const std::vector<uint32_t>& numbers) {
    if (!numbers.empty()) json[key] = numbers[index] == UINT32_MAX ? Json() : Json(numbers[index]);
  };
  number("dominator", facts.dominator);
  number("post_dominator", facts.end_dominator);
  number("loop", facts.loop);
  return json;
}

Json FrameJson(const CfgFrame& frame, const CfgFlowFacts& facts) {
  Json json;
  json["name"] = frame.name();
  json["qualified_name"] = frame.qualified_name();
  json["kind"] = frame.kind();
  json["line"] = frame.first_row();
  Json nodes = Json::array();
  for (uint32_t index = 0; index < frame.cfg().nodes().size(); ++index) {
    nodes.push_back(NodeJson(frame, facts, index));
  }
  json["nodes"] = std::move(nodes);
  return json;
}

// ---- Graphviz ----

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string FrameDot(const CfgFrame& frame) {
  std::string text =
      fmt::format("digraph {} {{\n  node [shape=box];\n", Quoted(frame.qualified_name()));
  const Cfg& cfg = frame.cfg();
  for (uint32_t index = 0; index < cfg.nodes().size(); ++index) {
    const std::string code = frame.TextOf(index);
    std::string label = fmt::format("{} {}", index, PartAndReason(cfg.nodes()[index]));
    if (!code.empty()) label += ": " + code;
    text += fmt::format("  {} [label={}];\n", index, Quoted(label));
    for (const CfgEdge& edge : cfg.EdgesFrom(index)) {
      const bool plain = edge.kind == CfgEdgeKind::Next;
      text += fmt::format("  {} -> {} [label={}{}];\n", index, edge.to,
                          Quoted(plain ? "" : WordOf(edge.kind)),
                          edge.carries_exception() ? ", style=dashed" : "");
    }
  }
  return text + "}\n";
}

void Write(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int PrintCfgs(const std::vector<std::string>& paths, const CfgPrintOptions& options) {
  int status = 0;
  bool found = options.function.empty();
  bool first = true;
  Json files = Json::array();
  for (const std::string& path : paths) {
    auto file = ReadSource(path);
    if (!file) {
      fmt::print(stderr, "{}\n", file.error().message);
      status = std::max(status, file.error().is_syntax_error ? 1 : 2);
      continue;
    }
    const syntax::ParseResult parsed = syntax::Parse((*file)->text(), {.target = options.target});
    if (!parsed.errors.empty()) {
      fmt::print(stderr, "{}\n", ErrorLine(**file, parsed.errors.front()));
      status = std::max(status, 1);
      continue;
    }
    const auto scopes = semantics::ScopeTree::Build(*parsed.tree);
    Json frames = Json::array();
    for (const CfgFrame& frame : FramesOf(**file, *parsed.tree, scopes)) {
      const bool wanted = options.function.empty() || options.function == frame.name() ||
                          options.function == frame.qualified_name();
      if (!wanted) continue;
      found = true;
      if (options.format == CfgFormat::Text && !std::exchange(first, false)) Write("\n");
      const CfgFlowFacts facts = FactsOf(frame, options);
      switch (options.format) {
        case CfgFormat::Text:
          Write(FrameText(frame, facts));
          break;
        case CfgFormat::Dot:
          Write(FrameDot(frame));
          break;
        case CfgFormat::Json:
          frames.push_back(FrameJson(frame, facts));
          break;
      }
    }
    if (options.format == CfgFormat::Json) {
      Json entry;
      entry["file"] = path;
      entry["frames"] = std::move(frames);
      files.push_back(std::move(entry));
    }
  }
  if (options.format == CfgFormat::Json) {
    Write(files.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  if (!found) {
    fmt::print(stderr, "there is no frame called {}\n", options.function);
    status = std::max(status, 1);
  }
  return status;
}

}  // namespace unspool::devtools
