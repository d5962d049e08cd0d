#include "verify/failure.h"

#include "verify/compare.h"
#include "verify/traceback.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <string_view>

namespace unspool::verify {

namespace {

constexpr size_t kLines = 8;
constexpr uint64_t kBytes = 1 << 16;

std::string TailOf(const std::filesystem::path& path) {
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(path, error);
  auto text = ReadAll(path, uint64_t{64} << 20);
  if (!text) return {};
  if (error || size <= kBytes || text->size() <= kBytes) return *text;
  const size_t line = text->find('\n', text->size() - kBytes);
  return line == std::string::npos ? text->substr(text->size() - kBytes) : text->substr(line + 1);
}

std::vector<std::string> LinesOf(const Runner& runner, const std::string& text) {
  const FrameNormaliser normaliser(runner.subject(), runner.place(), runner.hook_folder());
  std::vector<std::string> lines;
  std::string frame_before;
  for (const StderrLine& line : normaliser.Stderr(Side::Original, text)) {
    if (line.text.empty()) continue;
    std::string shown = line.text;
    if (const size_t in = shown.rfind("\", in "); line.is_frame && in != std::string::npos) {
      // A profiled script is run by the profiler, whose frame is the outer one of two.
      if (line.text == frame_before && line.text.ends_with("\", in <module>")) lines.pop_back();
      if (line.line > 0) shown.insert(in + 1, fmt::format(", line {}", line.line));
    }
    frame_before = line.text;
    // Not Excerpt of a whole line: its indentation says which frame it belongs to.
    const size_t indent = std::min(shown.find_first_not_of(' '), size_t{8});
    lines.push_back(std::string(indent, ' ') + Excerpt(std::string_view(shown).substr(indent)));
  }
  if (lines.size() > kLines) {
    lines.erase(lines.begin(), lines.end() - kLines);
    lines.front() = "...";
  }
  return lines;
}

std::string AdviceFor(const Runner& runner, const Run& run, std::string text) {
  const Subject& subject = runner.subject();
  const std::string_view source =
      subject.files.empty() ? std::string_view() : std::string_view(subject.files.front().original);
  const std::string type = run.exception ? run.exception->type : "";
  auto mentions = [&](std::string_view word) { return source.find(word) != source.npos; };
  if (type == "ModuleNotFoundError" || type == "ImportError") {
    return "name the interpreter that has this module with `--python PATH`";
  }
  if (type == "FileNotFoundError") {
    return fmt::format(
        "it runs in a copy of {}, in the folder you are in now: what it reads has to lie below it, "
        "or be named by a full path",
        subject.root.string());
  }
  const bool reads = mentions("input(") || mentions("stdin");
  if (runner.options().stdin_file.empty() && (type == "EOFError" || (reads && !mentions("argv")))) {
    return "its standard input is empty here: name a file to be read as such with `--stdin FILE`";
  }
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool usage = run.process.exit_code == 2 || text.find("usage") != std::string::npos;
  const bool wants_arguments = usage || mentions("argv") || mentions("argparse");
  if (subject.arguments.empty() && wants_arguments) {
    return fmt::format("give the script its arguments, after its name: `{} ARGUMENT...`",
                       subject.script.string());
  }
  if (usage) return "see that these are the arguments it wants";
  return "make it run to its end first";
}

}  // namespace

std::optional<Failure> FailureOf(const Runner& runner, const Run& run) {
  const ProcessOutcome& process = run.process;
  Failure failure;
  if (process.ending == Ending::Signalled) {
    failure.ending =
        fmt::format("was ended by signal {} ({})", process.signal, strsignal(process.signal));
  } else if (process.ending == Ending::Exited && process.exit_code != 0) {
    failure.ending = fmt::format("ended with exit code {}", process.exit_code);
  } else {
    return std::nullopt;
  }
  const std::string text = TailOf(run.stderr_path);
  failure.lines = LinesOf(runner, text);
  failure.advice = AdviceFor(runner, run, text);
  return failure;
}

std::string FormatText(const Failure& failure) {
  std::string text = fmt::format("The script {}{}\n", failure.ending,
                                 failure.lines.empty() ? ", without a word" : ":");
  for (const std::string& line : failure.lines) text += fmt::format("  | {}\n", line);
  text += fmt::format("  = help: {}\n", failure.advice);
  return text;
}

}  // namespace unspool::verify
