// One finding about user code or one thing that went wrong with a file: what the user sees as a
// line of text, a box with source, JSON, an annotation or an LSP diagnostic. Kinds are declared in
// kinds.def; a Diagnostic is plain data, made by `Make` or `MakeAt`, ordered by `Sort`, and printed
// by a Renderer (render.h).
#pragma once

#include "source/edits.h"
#include "source/file.h"
#include "source/problem.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::diagnostics {

enum class Kind : uint16_t {
#define UNSPOOL_DIAGNOSTIC(Kind, code, name, severity, message, help) Kind,
#include "diagnostics/kinds.def"
};

enum class Severity : uint8_t { Error, Warning, Info };
// "error", "warning", "info".
std::string_view SeverityName(Severity severity);

struct KindInfo {
  std::string_view code;  // "UNS101"
  std::string_view name;  // "parallel-loop"
  Severity severity;
  std::string_view message;  // with {0}, {1}
  std::string_view help;
};

const KindInfo& InfoOf(Kind kind);
std::span<const KindInfo> AllKinds();
// By code or by name; for `rule`, `--select` and pragmas.
std::optional<Kind> FindKind(std::string_view code_or_name);

// A range in a file. `file` gives the excerpt; it is empty where the file could not be read.
struct Place {
  source::SourceFilePtr file;
  std::string path;
  uint32_t cell = 0;       // 1-based; 0: not a notebook
  source::Position begin;  // rows and columns in characters; {0, 0}: the file as a whole
  source::Position end;
};
Place PlaceOf(source::SourceFilePtr file, source::Span span);

// A further place with its own words: the other end of a dependence, the call that blocks.
struct Label {
  Place place;
  std::string text;
};

struct Fix {
  std::string message;  // "Run the loop in a process pool"
  source::EditSet edits;
};

// What rules say beyond a line of text, in the words of JSON's `parallel`.
struct Obstacle {
  std::string code;
  std::string message;
  Place from;
  Place to;
  std::vector<Place> path;
};
struct Obligation {
  std::string id;
  std::string evidence;  // "proved", "known", "stated", "guarded", "observed"; empty: open
  std::vector<Place> places;
};
struct Estimate {
  double speedup = 1;
  double low = 1;
  double high = 1;
  std::optional<uint64_t> break_even_n;
};
struct Parallel {
  std::string verdict;
  std::vector<std::string> conditions;
  std::string workload;
  std::string strategy;
  std::optional<Estimate> estimate;
  std::vector<Obstacle> obstacles;
  std::vector<Obligation> obligations;
  std::vector<std::string> assumptions;
};

struct Diagnostic {
  Kind kind = Kind::ReadFailed;
  std::string message;  // filled in, one line
  Place place;
  std::string label;  // words under the carets; may be empty
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<std::string> help;
  std::optional<Fix> fix;
  std::shared_ptr<const Parallel> parallel;  // rules only
  uint32_t noqa_row = 0;  // where a `# noqa` would stand; 0: the first row of the place

  std::string_view code() const { return InfoOf(kind).code; }
  Severity severity() const { return InfoOf(kind).severity; }
};

// Fills the kind's message and help with the arguments.
Diagnostic Make(Kind kind, Place place, std::span<const std::string> arguments = {});
Diagnostic MakeAt(Kind kind, source::SourceFilePtr file, source::Span span,
                  std::span<const std::string> arguments = {});
inline Diagnostic MakeAt(Kind kind, source::SourceFilePtr file, source::Span span,
                         std::initializer_list<std::string> arguments) {
  return MakeAt(kind, std::move(file), span, std::span(arguments.begin(), arguments.size()));
}

// Words a record of the source layer. `file` gives the excerpt where there is one.
Diagnostic FromProblem(const source::Problem& problem, source::SourceFilePtr file = nullptr);
// A syntax error in CPython's words.
Diagnostic FromSyntaxError(source::SourceFilePtr file, source::Span span, std::string message);

// By path, cell, place and code; equal ones keep their order. Drops exact repetitions.
void Sort(std::vector<Diagnostic>& diagnostics);

}  // namespace unspool::diagnostics
