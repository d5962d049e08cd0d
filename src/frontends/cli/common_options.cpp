#include "frontends/cli/common_options.h"

#include "source/file.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>

namespace unspool::cli {

namespace {

// "a,b" and repeated options alike.
void AddList(CLI::App* command, const std::string& name, std::vector<std::string>& list,
             const std::string& description) {
  command->add_option(name, list, description)->delimiter(',')->allow_extra_args(false);
}

}  // namespace

service::SettingsRequest SettingsOptions::Request() const {
  service::SettingsRequest request;
  request.isolated = isolated;
  for (const std::string& item : config) {
    std::error_code ignored;
    const bool assignment =
        item.find('=') != std::string::npos && !std::filesystem::exists(item, ignored);
    if (assignment) {
      request.assignments.push_back(item);
    } else {
      request.file = item;
    }
  }
  request.adjust = [options = *this](source::Config& to) {
    auto replace = [](std::vector<std::string>& list, const std::vector<std::string>& with) {
      if (!with.empty()) list = with;
    };
    auto extend = [](std::vector<std::string>& list, const std::vector<std::string>& with) {
      list.insert(list.end(), with.begin(), with.end());
    };
    replace(to.select, options.select);
    extend(to.extend_select, options.extend_select);
    extend(to.ignore, options.ignore);
    replace(to.fixable, options.fixable);
    extend(to.unfixable, options.unfixable);
    extend(to.extend_fixable, options.extend_fixable);
    replace(to.exclude, options.exclude);
    extend(to.extend_exclude, options.extend_exclude);
    if (options.no_gitignore) to.respect_gitignore = false;
    if (options.force_exclude) to.force_exclude = true;
    if (options.unsafe_fixes) to.unsafe_fixes = *options.unsafe_fixes;
    if (options.show_refusals) to.show_refusals = true;
    if (!options.target_version.empty()) to.target_version = options.target_version;
  };
  return request;
}

void AddSettings(CLI::App* command, SettingsOptions& options) {
  command
      ->add_option("--config", options.config,
                   "A configuration file, or a setting as \"key = value\" (TOML)")
      ->allow_extra_args(false);
  command->add_flag("--isolated", options.isolated, "Ignore all configuration files");
  command
      ->add_option("--target-version", options.target_version,
                   "Lowest Python version to support, as py311 or 3.11")
      ->check([](const std::string& text) {
        const auto version = source::ParsePythonVersion(text);
        const bool known =
            version && *version >= source::kLowestPython && *version <= source::kHighestPython;
        return known ? std::string() : "must be a version from 3.8 to 3.15, as py311 or 3.11";
      });
}

void AddWalk(CLI::App* command, SettingsOptions& options) {
  AddList(command, "--exclude", options.exclude, "Patterns to leave out, instead of the defaults");
  AddList(command, "--extend-exclude", options.extend_exclude, "Further patterns to leave out");
  command->add_flag("--no-respect-gitignore", options.no_gitignore,
                    "Take also what .gitignore files name");
  command->add_flag("--force-exclude", options.force_exclude,
                    "Leave out excluded files even when they are named");
}

void AddRules(CLI::App* command, SettingsOptions& options) {
  AddList(command, "--select", options.select, "Rules to run: codes, prefixes, names, or ALL");
  AddList(command, "--extend-select", options.extend_select, "Rules to run besides");
  AddList(command, "--ignore", options.ignore, "Rules not to run");
  AddList(command, "--fixable", options.fixable, "Rules whose fixes may be applied");
  AddList(command, "--unfixable", options.unfixable, "Rules whose fixes are not applied");
  AddList(command, "--extend-fixable", options.extend_fixable,
          "Rules whose fixes may be applied besides");
}

void AddOutput(CLI::App* command, OutputOptions& options) {
  command
      ->add_option_function<std::string>(
          "--color",
          [&options](const std::string& word) {
            options.color = *diagnostics::ParseColorChoice(word);
          },
          "When to use colours: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->add_flag("-q,--quiet", options.verbosity.quiet, "Print findings only");
  command->add_flag("-s,--silent", options.verbosity.silent, "Print nothing; the exit code tells");
  command->add_flag("-v,--verbose", options.verbosity.verbose, "Tell what is done");
}

std::optional<std::vector<std::string>> ExpandArgumentFiles(int argc, char** argv) {
  std::vector<std::string> arguments;
  bool only_positional = false;
  for (int index = 1; index < argc; ++index) {
    const std::string argument = argv[index];
    only_positional |= argument == "--";
    if (only_positional || argument.size() < 2 || argument[0] != '@') {
      arguments.push_back(argument);
      continue;
    }
    auto text = source::ReadBytes(argument.substr(1));
    if (!text) {
      PrintError(fmt::format("{}: {}", argument, diagnostics::FromProblem(text.error()).message));
      return std::nullopt;
    }
    std::string_view rest = *text;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) arguments.emplace_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return arguments;
}

}  // namespace unspool::cli
