#include "source/notebook.h"

#include "source/diff.h"
#include "source/json_scan.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace unspool::source {
namespace {

constexpr size_t kLongestMessage = 200;

using nlohmann::json;

// Checks the syntax and keeps the first fault; builds nothing.
class Validator : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    offset = position == 0 ? 0 : position - 1;
    // "[json.exception...] parse error at line 1, column 2: syntax error while parsing ..."
    std::string_view what = error.what();
    size_t column = what.find("column ");
    size_t colon = column == what.npos ? what.npos : what.find(": ", column);
    what.remove_prefix(colon == what.npos ? 0 : colon + 2);
    // What was read last may be a string of any length.
    if (what.size() > kLongestMessage) what = what.substr(0, what.find("; last read: "));
    message = what.substr(0, kLongestMessage);
    return false;
  }

  size_t offset = 0;
  std::string message;
};

std::string StringOf(std::string_view quoted) {
  json value = json::parse(quoted, nullptr, false);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool IsTextOrTexts(const JsonScan& scan, JsonRange value) {
  if (scan.KindOf(value) == '"') return true;
  if (scan.KindOf(value) != '[') return false;
  std::vector<JsonRange> items = scan.Items(value);
  return std::all_of(items.begin(), items.end(),
                     [&](JsonRange item) { return scan.KindOf(item) == '"'; });
}

std::string TextOf(const JsonScan& scan, JsonRange value) {
  if (scan.KindOf(value) == '"') return StringOf(scan.TextOf(value));
  std::string text;
  for (JsonRange item : scan.Items(value)) text += StringOf(scan.TextOf(item));
  return text;
}

std::string MemberText(const JsonScan& scan, JsonRange object, std::string_view name) {
  JsonRange value = scan.Find(object, name);
  if (value.begin == value.end || scan.KindOf(value) != '"') return {};
  return StringOf(scan.TextOf(value));
}

bool SpeaksPython(const JsonScan& scan, JsonRange root) {
  JsonRange metadata = scan.Find(root, "metadata");
  std::string language = MemberText(scan, scan.Find(metadata, "kernelspec"), "language");
  if (language.empty()) {
    language = MemberText(scan, scan.Find(metadata, "language_info"), "name");
  }
  return language.empty() || language == "python" || language == "ipython";
}

// VS Code lets one cell of a notebook be of another language.
bool CellSpeaksPython(const JsonScan& scan, JsonRange cell) {
  JsonRange vscode = scan.Find(scan.Find(cell, "metadata"), "vscode");
  std::string language = MemberText(scan, vscode, "languageId");
  return language.empty() || language == "python";
}

std::unexpected<Problem> ShapeProblem(const std::string& path, std::string_view bytes, size_t at,
                                      std::string what) {
  Position place = LineIndex(bytes).PositionOf(static_cast<uint32_t>(at));
  return Fail(ProblemKind::NotebookShape, path, {std::move(what)}, place, place);
}

}  // namespace

bool IsNotebookPath(std::string_view path) {
  return path.ends_with(".ipynb");
}

Outcome<NotebookPtr> Notebook::Read(const std::string& path) {
  Outcome<std::string> bytes = ReadBytes(path);
  if (!bytes) return std::unexpected(bytes.error());
  return FromBytes(path, *std::move(bytes));
}

Outcome<NotebookPtr> Notebook::FromBytes(std::string path, std::string bytes) {
  Validator validator;
  if (!json::sax_parse(bytes, &validator)) {
    size_t offset = std::min(validator.offset, bytes.size());
    bool text = FindUtf8Fault(bytes).begin == std::string_view::npos;
    Position place = LineIndex(bytes).PositionOf(static_cast<uint32_t>(offset),
                                                 text ? ColumnUnit::CodePoint : ColumnUnit::Byte);
    return Fail(ProblemKind::NotebookSyntax, path, {validator.message}, place, place);
  }
  auto notebook = std::shared_ptr<Notebook>(new Notebook());
  JsonScan scan(bytes);
  JsonRange root = scan.Root();
  if (scan.KindOf(root) != '{') return ShapeProblem(path, bytes, root.begin, "it is not an object");
  JsonRange cells = scan.Find(root, "cells");
  if (cells.begin == cells.end) {
    bool old = scan.Find(root, "worksheets").end != 0;
    return ShapeProblem(path, bytes, root.begin,
                        old ? "its format is older than version 4" : "it has no `cells`");
  }
  if (scan.KindOf(cells) != '[') {
    return ShapeProblem(path, bytes, cells.begin, "`cells` is not a list");
  }
  notebook->is_python_ = SpeaksPython(scan, root);
  uint32_t number = 0;
  for (JsonRange cell : scan.Items(cells)) {
    ++number;
    if (scan.KindOf(cell) != '{') {
      return ShapeProblem(path, bytes, cell.begin, fmt::format("cell {} is not an object", number));
    }
    if (MemberText(scan, cell, "cell_type") != "code") continue;
    if (!notebook->is_python_ || !CellSpeaksPython(scan, cell)) continue;
    JsonRange value = scan.Find(cell, "source");
    if (value.begin == value.end || !IsTextOrTexts(scan, value)) {
      return ShapeProblem(path, bytes, std::max(value.begin, cell.begin),
                          fmt::format("cell {} has no text in `source`", number));
    }
    Outcome<SourceFilePtr> file = SourceFile::FromText(path, TextOf(scan, value), number);
    if (!file) return std::unexpected(file.error());
    notebook->cells_.push_back(
        {*file, {static_cast<uint32_t>(value.begin), static_cast<uint32_t>(value.end)}});
  }
  bool ascii = std::all_of(bytes.begin(), bytes.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  notebook->escape_non_ascii_ = ascii && bytes.find("\\u") != std::string::npos;
  notebook->hash_ = HashOf(bytes);
  notebook->path_ = std::move(path);
  notebook->bytes_ = std::move(bytes);
  return notebook;
}

std::string Notebook::Quoted(std::string_view text) const {
  return json(text).dump(-1, ' ', escape_non_ascii_);
}

// Lines that stay keep their very bytes; new ones are written as the file writes its own.
std::string Notebook::NewValue(const NotebookCell& cell, std::string_view text) const {
  JsonScan scan(bytes_);
  JsonRange value{cell.value.begin, cell.value.end};
  if (scan.KindOf(value) == '"') return Quoted(text);
  std::vector<JsonRange> items = scan.Items(value);
  std::string opening = "[", separator = ", ", closing = "]";
  if (!items.empty()) {
    opening = bytes_.substr(value.begin, items.front().begin - value.begin);
    closing = bytes_.substr(items.back().end, value.end - items.back().end);
    if (items.size() > 1) {
      separator = bytes_.substr(items[0].end, items[1].begin - items[0].end);
    } else if (opening.size() > 1) {
      separator = "," + opening.substr(1);
    }
  }
  std::vector<std::string> old_texts;
  for (JsonRange item : items) old_texts.push_back(StringOf(scan.TextOf(item)));
  std::vector<std::string_view> old_lines(old_texts.begin(), old_texts.end());
  std::vector<std::string_view> new_lines = SplitLines(text);
  std::string out = opening;
  bool first = true;
  for (const DiffLine& line : DiffLines(old_lines, new_lines)) {
    if (line.kind == DiffKind::Delete) continue;
    if (!first) out += separator;
    first = false;
    if (line.kind == DiffKind::Keep) {
      out += scan.TextOf(items[line.old_line]);
    } else {
      out += Quoted(new_lines[line.new_line]);
    }
  }
  return first ? "[]" : out + closing;
}

Outcome<std::string> Notebook::Apply(std::span<const CellChange> changes) const {
  std::string out;
  size_t at = 0;
  for (const NotebookCell& cell : cells_) {
    EditSet edits;
    for (const CellChange& change : changes) {
      if (change.cell != cell.file->cell()) continue;
      if (!edits.Merge(change.edits)) {
        Problem problem{ProblemKind::EditOverlap, path_, change.cell, {}, {}, {}};
        return std::unexpected(std::move(problem));
      }
    }
    if (edits.empty()) continue;
    Outcome<EditedFile> edited = source::Apply(*cell.file, edits);
    if (!edited) {
      edited.error().cell = cell.file->cell();
      return std::unexpected(edited.error());
    }
    out.append(bytes_, at, cell.value.begin - at);
    out += NewValue(cell, edited->text);
    at = cell.value.end;
  }
  out.append(bytes_, at);
  return out;
}

}  // namespace unspool::source
