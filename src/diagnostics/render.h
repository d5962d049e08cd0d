// Diagnostics as text: a box with the source and carets (`Full`), one line each (`Concise`), or
// GitHub's annotations. JSON is in json.h. Functions of their arguments only: nothing is printed
// here, and colours are the caller's decision.
#pragma once

#include "diagnostics/diagnostic.h"
#include "diagnostics/style.h"

#include <cstdint>
#include <span>
#include <string>

namespace unspool::diagnostics {

struct RenderOptions {
  bool color = false;
  bool unsafe_fixes = false;  // unsafe fixes count as applicable: they get the [*] too
  uint32_t width = 100;       // columns of source shown; longer lines are cut around the carets
  uint32_t context = 1;       // rows around a place
};

// pkg/mod.py:12:5: UNS101 [*] message
//    |
// 11 |     out = []
// 12 |     for x in xs:
//    |     ^^^^^^^^^^^^ label
// 13 |         out.append(f(x))
//    |         ---------------- further label
//    |
//    = help: ...
std::string RenderFull(const Diagnostic& diagnostic, const RenderOptions& options);

// pkg/mod.py:12:5: UNS101 [*] message
std::string RenderConcise(const Diagnostic& diagnostic, const RenderOptions& options);

// ::warning title=unspool (UNS101),file=pkg/mod.py,line=12,col=5,endLine=12,endColumn=17::message
std::string RenderGitHub(const Diagnostic& diagnostic);

// All of them, with blank lines between boxes.
std::string RenderAllFull(std::span<const Diagnostic> diagnostics, const RenderOptions& options);

// "pkg/mod.py:12:5", "nb.ipynb:cell 3:12:5", or the path alone.
std::string PlaceText(const Place& place);

}  // namespace unspool::diagnostics
