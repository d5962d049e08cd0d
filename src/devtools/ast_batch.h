// `unspool debug ast`: one file's tree as Python prints it, or, for the conformance tests, those of
// many files without starting a process for each.
#pragma once

#include "syntax/parse.h"

#include <cstdio>
#include <string>

namespace unspool::devtools {

// Exit codes of both: 0 where ast.parse accepts, 1 where it does not, 2 where a file could not be
// read.
int PrintAst(const std::string& path, syntax::Version target);

// Reads requests from `in`, a line each: a path, or `=N` followed by N bytes and a line end.
// Answers each with `ok N` followed by the N bytes of the dump and a line end, `error ROW COLUMN
// MESSAGE`, or `unreadable MESSAGE`. Without a dump, N is 0.
enum class BatchMode : uint8_t {
  Dump,
  ParseOnly,
  Compile,       // refuses what compile() does
  SymbolTables,  // refuses what symtable.symtable() does, and answers with the tables
};
int RunAstBatch(std::FILE* in, std::FILE* out, syntax::Version target, BatchMode mode);

}  // namespace unspool::devtools
