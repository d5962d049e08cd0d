#include "frontends/cli/explain_command.h"

#include "diagnostics/render.h"
#include "frontends/cli/common_options.h"
#include "frontends/cli/loops_text.h"
#include "service/explain.h"
#include "service/rules.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace unspool::cli {

namespace {

using diagnostics::Palette;
using diagnostics::Style;
using Json = nlohmann::ordered_json;

void PrintProblems(const std::vector<diagnostics::Diagnostic>& problems,
                   const OutputOptions& output) {
  diagnostics::RenderOptions options;
  options.color = output.ColorOn(STDERR_FILENO);
  fmt::print(stderr, "{}", diagnostics::RenderAllFull(problems, options));
}

std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct ExplainOptions {
  std::string place;
  SettingsOptions settings;
  OutputOptions output;
  bool entry = false;
  bool no_entry = false;
  std::string format = "text";
};

int RunExplain(const ExplainOptions& options) {
  auto place = service::ParsePlace(options.place);
  if (!place) {
    PrintError(fmt::format("`{}` is not FILE:LINE, as in photos.py:12", options.place));
    return 2;
  }
  service::ExplainRequest request;
  request.place = *place;
  request.settings = options.settings.Request();
  if (options.entry || options.no_entry) request.as_script = options.entry;
  const service::ExplainResult result = service::Explain(request);
  PrintProblems(result.problems, options.output);
  if (!result.usage_error.empty()) PrintError(result.usage_error);
  if (!result.loop) return 2;
  if (options.format == "json") {
    Json json = service::ToJson(*result.loop);
    json["diff"] = result.diff.empty() ? Json(nullptr) : Json(result.diff);
    return PrintOut(Dump(json)) ? 0 : 2;
  }
  const Palette paint(options.output.ColorOn(STDOUT_FILENO));
  return PrintOut(ExplainPage(result, paint, TerminalWidth(STDOUT_FILENO))) ? 0 : 2;
}

// Headings, code and emphasis of Markdown in the colours of a terminal.
std::string PaintMarkdown(std::string_view text, const Palette& paint) {
  if (!paint.color()) return std::string(text);
  std::string out;
  bool code = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("```")) {
      code = !code;
      continue;
    }
    if (code) {
      out += "    " + paint(Style::Added, line) + "\n";
    } else if (line.starts_with('#')) {
      out += paint(Style::Bold, line.substr(line.find_first_not_of("# "))) + "\n";
    } else {
      std::string_view rest = line;
      while (!rest.empty()) {
        const size_t open = rest.find('`');
        const size_t close = open == rest.npos ? rest.npos : rest.find('`', open + 1);
        if (close == rest.npos) {
          out += rest;
          break;
        }
        out += rest.substr(0, open);
        out += paint(Style::Help, rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
      }
      out += "\n";
    }
  }
  return out;
}

int RunRule(const std::string& word, const OutputOptions& output) {
  const Palette paint(output.ColorOn(STDOUT_FILENO));
  if (word.empty()) {
    std::string text;
    for (const service::RulePage& page : service::RulePages()) {
      text += fmt::format("{}  {}\n", paint(Style::Bold, page.code), page.name);
    }
    return PrintOut(text) ? 0 : 2;
  }
  const service::RulePage* page = service::FindRulePage(word);
  if (!page) {
    const std::string nearest = service::NearestRule(word);
    PrintError(fmt::format("no rule is called `{}`{}", word,
                           nearest.empty() ? "; `unspool rule` lists all rules"
                                           : fmt::format("; did you mean `{}`?", nearest)));
    return 2;
  }
  return PrintOut(PaintMarkdown(page->text, paint)) ? 0 : 2;
}

struct LoopsOptions {
  std::vector<std::string> paths;
  SettingsOptions settings;
  OutputOptions output;
  bool entry = false;
  bool no_entry = false;
  std::string format = "text";
};

int RunLoops(const LoopsOptions& options) {
  service::LoopsRequest request;
  request.paths = options.paths;
  request.settings = options.settings.Request();
  if (options.entry || options.no_entry) request.as_script = options.entry;
  const service::LoopsResult result = service::Loops(request);
  PrintProblems(result.problems, options.output);
  std::string text;
  if (options.format == "json") {
    Json list = Json::array();
    for (const service::LoopRecord& loop : result.loops) list.push_back(service::ToJson(loop));
    text = Dump(list);
  } else {
    text = LoopsTable(result.loops, Palette(options.output.ColorOn(STDOUT_FILENO)));
  }
  if (!PrintOut(text)) return 2;
  if (result.failed) return 2;
  return result.problems.empty() ? 0 : 1;
}

void AddWorld(CLI::App* command, bool& entry, bool& no_entry) {
  CLI::Option* option = command->add_flag("--entry", entry, "The file is a script");
  command->add_flag("--no-entry", no_entry, "The file is a module that anybody may call")
      ->excludes(option);
}

void AddTextOrJson(CLI::App* command, std::string& format) {
  command->add_option("--output-format", format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
}

}  // namespace

void AddExplainCommand(CLI::App& app, int& status) {
  CLI::App* command =
      app.add_subcommand("explain", "Tell all that is known about the loop at one place");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("FILE:LINE", options->place, "A place inside the loop")->required();
  AddWorld(command, options->entry, options->no_entry);
  AddTextOrJson(command, options->format);
  AddSettings(command, options->settings);
  AddOutput(command, options->output);
  command->callback([options, &status] { status = RunExplain(*options); });
}

void AddRuleCommand(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand("rule", "Print the documentation of a rule, or list all");
  auto word = std::make_shared<std::string>();
  auto output = std::make_shared<OutputOptions>();
  command->add_option("CODE", *word, "Code or name of a rule");
  AddOutput(command, *output);
  command->callback([word, output, &status] { status = RunRule(*word, *output); });
}

void AddDebugLoops(CLI::App* debug, int& status) {
  CLI::App* command =
      debug->add_subcommand("loops", "Print the verdict on every loop and comprehension");
  auto options = std::make_shared<LoopsOptions>();
  command->add_option("PATH", options->paths, "Files and folders")->required();
  AddWorld(command, options->entry, options->no_entry);
  AddTextOrJson(command, options->format);
  AddWalk(command, options->settings);
  AddSettings(command, options->settings);
  AddOutput(command, options->output);
  command->callback([options, &status] { status = RunLoops(*options); });
}

}  // namespace unspool::cli
