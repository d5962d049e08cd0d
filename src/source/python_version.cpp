// Versions of Python as users and `requires-python` (PEP 440) write them; declared in config.h.
#include "source/config.h"

#include <algorithm>
#include <charconv>

namespace unspool::source {
namespace {

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<unsigned> TakeNumber(std::string_view& text) {
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > 255) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return value;
}

struct Clause {
  std::string_view op;
  unsigned major = 0;
  std::optional<unsigned> minor;
  bool has_patch = false;
  unsigned patch = 0;
  bool star = false;
};

std::optional<Clause> ParseClause(std::string_view text) {
  Clause clause;
  text = Trimmed(text);
  for (std::string_view op : {"===", "~=", "==", "!=", "<=", ">=", "<", ">"}) {
    if (text.starts_with(op)) {
      clause.op = op;
      break;
    }
  }
  if (clause.op.empty()) return std::nullopt;
  text = Trimmed(text.substr(clause.op.size()));
  if (text.starts_with('v')) text.remove_prefix(1);
  std::optional<unsigned> major = TakeNumber(text);
  if (!major) return std::nullopt;
  clause.major = *major;
  for (int part = 0; part < 2 && text.starts_with('.'); ++part) {
    text.remove_prefix(1);
    if (text == "*") {
      clause.star = true;
      return clause;
    }
    std::optional<unsigned> number = TakeNumber(text);
    if (!number) return std::nullopt;
    if (part == 0) {
      clause.minor = number;
    } else {
      clause.has_patch = true;
      clause.patch = *number;
    }
  }
  return clause;
}

// Whether some 3.minor.x satisfies the clause: a project that asks for 3.9.2 runs on 3.9.
bool Allows(const Clause& clause, PythonVersion version) {
  auto order = [&] {
    if (version.major != clause.major) return version.major < clause.major ? -1 : 1;
    unsigned minor = clause.minor.value_or(0);
    if (version.minor != minor) return version.minor < minor ? -1 : 1;
    return 0;
  }();
  if (clause.op == ">=") return order >= 0;
  if (clause.op == ">") return order > 0 || (order == 0 && clause.has_patch);
  if (clause.op == "<=") return order <= 0;
  if (clause.op == "<") return order < 0 || (order == 0 && clause.has_patch && clause.patch > 0);
  bool same_series = version.major == clause.major && (!clause.minor || order == 0);
  if (clause.op == "==" || clause.op == "===") {
    return clause.star || clause.has_patch || clause.minor ? same_series : order == 0;
  }
  if (clause.op == "!=") return !(clause.star && same_series);
  // ~=3.9 allows 3.x from 3.9 on; ~=3.9.2 allows 3.9 only.
  return clause.has_patch ? order == 0 : version.major == clause.major && order >= 0;
}

}  // namespace

std::optional<PythonVersion> ParsePythonVersion(std::string_view text) {
  if (text.starts_with("py3") && text.size() > 3) {
    text.remove_prefix(3);
  } else if (text.starts_with("3.")) {
    text.remove_prefix(2);
  } else {
    return std::nullopt;
  }
  std::optional<unsigned> minor = TakeNumber(text);
  if (!minor || !text.empty()) return std::nullopt;
  PythonVersion version{3, static_cast<uint8_t>(*minor)};
  if (version < kLowestPython || version > kHighestPython) return std::nullopt;
  return version;
}

std::optional<PythonVersion> LowestAllowed(std::string_view requires_python) {
  std::vector<Clause> clauses;
  while (!Trimmed(requires_python).empty()) {
    size_t comma = requires_python.find(',');
    std::optional<Clause> clause = ParseClause(requires_python.substr(0, comma));
    if (!clause) return std::nullopt;
    clauses.push_back(*clause);
    if (comma == std::string_view::npos) break;
    requires_python.remove_prefix(comma + 1);
  }
  if (clauses.empty()) return std::nullopt;
  for (uint8_t minor = kLowestPython.minor; minor <= kHighestPython.minor; ++minor) {
    PythonVersion version{3, minor};
    if (std::all_of(clauses.begin(), clauses.end(),
                    [&](const Clause& clause) { return Allows(clause, version); })) {
      return version;
    }
  }
  return std::nullopt;
}

}  // namespace unspool::source
