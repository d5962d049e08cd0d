#include "syntax/parse.h"

#include "syntax/future_imports.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

namespace unspool::syntax {

ParseResult Parse(std::string_view text, const ParseOptions& options) {
  ParseResult result;
  result.tree = std::make_unique<Tree>(text);
  LexResult lexed =
      Tokenize(text, {.target = options.target, .notebook_cell = options.notebook_cell});
  Parser parser(text, options, lexed, *result.tree);
  result.errors = parser.Run();
  if (result.errors.empty() && options.target >= Version{3, 14}) {
    FutureImports future = FindFutureImports(*result.tree, options.target);
    if (future.unknown) result.errors.push_back(std::move(*future.unknown));
  }
  return result;
}

}  // namespace unspool::syntax
