#include "devtools/ast_batch.h"

#include "devtools/source_text.h"
#include "devtools/symbol_tables.h"
#include "semantics/scopes/compile_errors.h"
#include "source/file.h"
#include "syntax/dump.h"

#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>

namespace unspool::devtools {

namespace {

constexpr int kAccepted = 0;
constexpr int kRejected = 1;
constexpr int kUnreadable = 2;

void Put(std::FILE* out, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), out);
}

// Messages may quote the source.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

std::optional<std::string> ReadLine(std::FILE* in) {
  std::string line;
  for (int c = std::getc(in); c != '\n'; c = std::getc(in)) {
    if (c == EOF) return line.empty() ? std::nullopt : std::optional(line);
    line += static_cast<char>(c);
  }
  return line;
}

// The bytes behind a `=N` line.
std::optional<std::string> ReadInline(std::FILE* in, std::string_view size_text) {
  size_t size = 0;
  auto [end, error] = std::from_chars(size_text.data(), size_text.data() + size_text.size(), size);
  if (error != std::errc() || end != size_text.data() + size_text.size()) return std::nullopt;
  std::string bytes(size, '\0');
  if (std::fread(bytes.data(), 1, size, in) != size) return std::nullopt;
  std::getc(in);
  return bytes;
}

std::string Answer(const std::expected<source::SourceFilePtr, ReadFailure>& file,
                   syntax::Version target, BatchMode mode) {
  if (!file) {
    const ReadFailure& failure = file.error();
    return OneLine(failure.is_syntax_error
                       ? fmt::format("error {} 0 {}", failure.row, failure.message)
                       : fmt::format("unreadable {}", failure.message));
  }
  syntax::ParseResult result = syntax::Parse((*file)->text(), {.target = target});
  std::string text;
  if (result.errors.empty()) {
    switch (mode) {
      case BatchMode::Dump:
        text = syntax::Dump(*result.tree, target);
        break;
      case BatchMode::ParseOnly:
        break;
      case BatchMode::Compile:
        result.errors = semantics::FindCompileErrors(*result.tree, {.target = target});
        break;
      case BatchMode::SymbolTables: {
        SymbolTableText tables = SymbolTablesOf(**file, *result.tree, target);
        result.errors = std::move(tables.errors);
        text = std::move(tables.text);
        break;
      }
    }
  }
  if (!result.errors.empty()) {
    const syntax::SyntaxError& error = result.errors.front();
    const source::Position position = (*file)->PositionOf(error.begin);
    return OneLine(fmt::format("error {} {} {}", position.row, position.column, error.message));
  }
  return fmt::format("ok {}\n{}", text.size(), text);
}

}  // namespace

int PrintAst(const std::string& path, syntax::Version target) {
  auto file = ReadSourceOrInput(path);
  if (!file) {
    Put(stderr, file.error().message + "\n");
    return file.error().is_syntax_error ? kRejected : kUnreadable;
  }
  const syntax::ParseResult result = syntax::Parse((*file)->text(), {.target = target});
  for (const syntax::SyntaxError& error : result.errors)
    Put(stderr, ErrorLine(**file, error) + "\n");
  if (!result.errors.empty()) return kRejected;
  Put(stdout, syntax::Dump(*result.tree, target));
  Put(stdout, "\n");
  return kAccepted;
}

int RunAstBatch(std::FILE* in, std::FILE* out, syntax::Version target, BatchMode mode) {
  int status = kAccepted;
  while (std::optional<std::string> line = ReadLine(in)) {
    std::string answer;
    if (line->starts_with('=')) {
      std::optional<std::string> bytes = ReadInline(in, std::string_view(*line).substr(1));
      if (!bytes) {
        Put(stderr, "the standard input is not a list of requests\n");
        return kUnreadable;
      }
      answer = Answer(SourceFromBytes("<input>", std::move(*bytes)), target, mode);
    } else {
      answer = Answer(ReadSource(*line), target, mode);
    }
    if (answer.starts_with("error")) status = std::max(status, kRejected);
    if (answer.starts_with("unreadable")) status = kUnreadable;
    Put(out, answer + "\n");
    std::fflush(out);
  }
  return status;
}

}  // namespace unspool::devtools
