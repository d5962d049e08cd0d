#include "diagnostics/diagnostic.h"

#include "base/check.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace unspool::diagnostics {
namespace {

constexpr KindInfo kKinds[] = {
#define UNSPOOL_DIAGNOSTIC(Kind, code, name, severity, message, help) \
  {code, name, Severity::severity, message, help},
#include "diagnostics/kinds.def"
};

Kind KindOf(source::ProblemKind kind) {
  switch (kind) {
#define UNSPOOL_SAME(name)        \
  case source::ProblemKind::name: \
    return Kind::name;
    UNSPOOL_SAME(FileNotFound)
    UNSPOOL_SAME(PermissionDenied)
    UNSPOOL_SAME(IsDirectory)
    UNSPOOL_SAME(NotRegularFile)
    UNSPOOL_SAME(ReadFailed)
    UNSPOOL_SAME(FileTooLarge)
    UNSPOOL_SAME(NullByte)
    UNSPOOL_SAME(UnknownEncoding)
    UNSPOOL_SAME(NotTextEncoding)
    UNSPOOL_SAME(UnsupportedEncoding)
    UNSPOOL_SAME(EncodingWithBom)
    UNSPOOL_SAME(Undecodable)
    UNSPOOL_SAME(NotebookSyntax)
    UNSPOOL_SAME(NotebookShape)
    UNSPOOL_SAME(FolderUnreadable)
    UNSPOOL_SAME(ConfigSyntax)
    UNSPOOL_SAME(ConfigUnknownKey)
    UNSPOOL_SAME(ConfigType)
    UNSPOOL_SAME(ConfigValue)
    UNSPOOL_SAME(ConfigExtend)
    UNSPOOL_SAME(PragmaUnknown)
    UNSPOOL_SAME(PragmaMalformed)
    UNSPOOL_SAME(PragmaUnmatched)
    UNSPOOL_SAME(EditInvalid)
    UNSPOOL_SAME(EditOverlap)
    UNSPOOL_SAME(NotEncodable)
    UNSPOOL_SAME(FileChanged)
    UNSPOOL_SAME(OutsideRoot)
    UNSPOOL_SAME(ReadOnlyFile)
    UNSPOOL_SAME(WriteFailed)
    UNSPOOL_SAME(HardLinked)
#undef UNSPOOL_SAME
  }
  return Kind::ReadFailed;
}

// {0} is the first argument; anything else stays, so that user text with braces is safe.
std::string Fill(std::string_view words, std::span<const std::string> arguments) {
  std::string out;
  for (size_t at = 0; at < words.size(); ++at) {
    bool hole = words[at] == '{' && at + 2 < words.size() && words[at + 2] == '}' &&
                words[at + 1] >= '0' && words[at + 1] <= '9';
    if (!hole) {
      out += words[at];
      continue;
    }
    auto index = static_cast<size_t>(words[at + 1] - '0');
    if (index < arguments.size()) out += arguments[index];
    at += 2;
  }
  return out;
}

// Messages go into JSON, and arguments may quote bytes of files and paths.
std::string ValidUtf8(std::string text) {
  std::string out;
  std::string_view rest = text;
  while (true) {
    source::CodecError fault = source::FindUtf8Fault(rest);
    if (fault.begin == std::string_view::npos) break;
    out.append(rest.substr(0, fault.begin)).append("\xEF\xBF\xBD");
    rest.remove_prefix(fault.end);
  }
  return out.append(rest);
}

auto KeyOf(const Diagnostic& d) {
  return std::tie(d.place.path, d.place.cell, d.place.begin, d.place.end);
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames = {"error", "warning", "info"};
  return kNames[static_cast<size_t>(severity)];
}

const KindInfo& InfoOf(Kind kind) {
  return kKinds[static_cast<size_t>(kind)];
}

std::span<const KindInfo> AllKinds() {
  return kKinds;
}

std::optional<Kind> FindKind(std::string_view code_or_name) {
  for (size_t i = 0; i < std::size(kKinds); ++i) {
    if (kKinds[i].code == code_or_name || kKinds[i].name == code_or_name) {
      return static_cast<Kind>(i);
    }
  }
  return std::nullopt;
}

Place PlaceOf(source::SourceFilePtr file, source::Span span) {
  UNSPOOL_CHECK(file != nullptr);
  Place place;
  place.path = file->path();
  place.cell = file->cell();
  place.begin = file->PositionOf(span.begin);
  place.end = file->PositionOf(std::max(span.begin, span.end));
  place.file = std::move(file);
  return place;
}

Diagnostic Make(Kind kind, Place place, std::span<const std::string> arguments) {
  Diagnostic diagnostic;
  diagnostic.kind = kind;
  diagnostic.message = ValidUtf8(Fill(InfoOf(kind).message, arguments));
  diagnostic.place = std::move(place);
  diagnostic.noqa_row = diagnostic.place.begin.row;
  std::string help = ValidUtf8(Fill(InfoOf(kind).help, arguments));
  if (!help.empty()) diagnostic.help.push_back(std::move(help));
  return diagnostic;
}

Diagnostic MakeAt(Kind kind, source::SourceFilePtr file, source::Span span,
                  std::span<const std::string> arguments) {
  return Make(kind, PlaceOf(std::move(file), span), arguments);
}

Diagnostic FromProblem(const source::Problem& problem, source::SourceFilePtr file) {
  Place place;
  place.file = std::move(file);
  place.path = problem.path;
  place.cell = problem.cell;
  place.begin = problem.begin;
  place.end = std::max(problem.begin, problem.end);
  return Make(KindOf(problem.kind), std::move(place), problem.arguments);
}

Diagnostic FromSyntaxError(source::SourceFilePtr file, source::Span span, std::string message) {
  return MakeAt(Kind::SyntaxError, std::move(file), span, {std::move(message)});
}

void Sort(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     if (KeyOf(a) != KeyOf(b)) return KeyOf(a) < KeyOf(b);
                     return a.code() < b.code();
                   });
  auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.kind == b.kind && KeyOf(a) == KeyOf(b) && a.message == b.message;
  };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

}  // namespace unspool::diagnostics
