// A Jupyter notebook: its Python code cells as separate texts, each a SourceFile with a cell
// number, magics and all; and the way back: only the `source` values of changed cells are replaced,
// line by line, in the style of the file; every other byte, key order and spacing stay.
#pragma once

#include "source/edits.h"
#include "source/file.h"
#include "source/problem.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::source {

struct NotebookCell {
  SourceFilePtr file;  // cell() is its 1-based number among all cells of the notebook
  Span value;          // of the `source` value in the notebook's bytes
};

struct CellChange {
  uint32_t cell;  // NotebookCell::file->cell()
  EditSet edits;
};

class Notebook;
using NotebookPtr = std::shared_ptr<const Notebook>;

class Notebook {
 public:
  static Outcome<NotebookPtr> Read(const std::string& path);
  static Outcome<NotebookPtr> FromBytes(std::string path, std::string bytes);

  const std::string& path() const { return path_; }
  std::string_view bytes() const { return bytes_; }
  ContentHash hash() const { return hash_; }
  // False where the kernel's language is another one; then there are no cells.
  bool is_python() const { return is_python_; }
  std::span<const NotebookCell> cells() const { return cells_; }

  // The notebook's bytes after the edits of its cells.
  Outcome<std::string> Apply(std::span<const CellChange> changes) const;

 private:
  Notebook() = default;

  std::string NewValue(const NotebookCell& cell, std::string_view text) const;
  std::string Quoted(std::string_view text) const;

  std::string path_;
  std::string bytes_;
  ContentHash hash_;
  bool is_python_ = true;
  bool escape_non_ascii_ = false;
  std::vector<NotebookCell> cells_;
};

bool IsNotebookPath(std::string_view path);

}  // namespace unspool::source
