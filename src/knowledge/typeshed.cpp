#include "knowledge/typeshed.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

namespace unspool::knowledge {

namespace {

using Version = std::pair<unsigned, unsigned>;
struct Range {
  Version first{0, 0};
  Version last{UINT32_MAX, UINT32_MAX};
};
using Versions = std::map<std::string_view, Range>;

std::optional<Version> ReadVersion(std::string_view text) {
  Version version;
  const char* end = text.data() + text.size();
  const char* const begin = text.data();
  auto major = std::from_chars(begin, end, version.first);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  auto minor = std::from_chars(major.ptr + 1, end, version.second);
  if (minor.ec != std::errc() || minor.ptr != end) return std::nullopt;
  return version;
}

// Lines such as `asyncio.mixins: 3.10-` and `asynchat: 3.0-3.11  # removed`.
Versions ReadVersions() {
  Versions versions;
  std::string_view text = TypeshedText("typeshed/VERSIONS").value_or("");
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = line.substr(0, line.find('#'));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view span = line.substr(colon + 1);
    while (span.starts_with(' ')) span.remove_prefix(1);
    const size_t dash = span.find('-');
    if (dash == std::string_view::npos) continue;
    auto first = ReadVersion(span.substr(0, dash));
    auto last = ReadVersion(span.substr(dash + 1));
    if (!first) continue;
    versions.emplace(line.substr(0, colon), Range{*first, last.value_or(Range{}.last)});
  }
  return versions;
}

}  // namespace

std::optional<std::string_view> TypeshedText(std::string_view path) {
  const auto files = TypeshedFiles();
  auto at = std::ranges::lower_bound(files, path, {}, &TypeshedFile::path);
  if (at == files.end() || at->path != path) return std::nullopt;
  return at->text;
}

std::optional<std::string_view> FindTypeshedStub(std::string_view module, uint8_t major,
                                                 uint8_t minor) {
  static const Versions versions = ReadVersions();
  // The module's own entry, or that of the nearest package around it.
  for (std::string_view name = module;;) {
    if (auto at = versions.find(name); at != versions.end()) {
      const Version version{major, minor};
      if (version < at->second.first || version > at->second.last) return std::nullopt;
      break;
    }
    const size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    name = name.substr(0, dot);
  }
  std::string path = "typeshed/";
  path += module;
  std::replace(path.begin() + 9, path.end(), '.', '/');
  const auto files = TypeshedFiles();
  for (std::string_view ending : {"/__init__.pyi", ".pyi"}) {
    const std::string whole = path + std::string(ending);
    auto at = std::ranges::lower_bound(files, std::string_view(whole), {}, &TypeshedFile::path);
    if (at != files.end() && at->path == whole) return at->path;
  }
  return std::nullopt;
}

}  // namespace unspool::knowledge
