#include "syntax/parse.h"

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
  return result;
}

}  // namespace unspool::syntax
