// libFuzzer target: bytes to text, text to tree, tree to dump, for each version of Python. The
// first byte chooses the version.
#include "devtools/source_text.h"
#include "syntax/dump.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const unspool::syntax::Version target{3, static_cast<uint8_t>(8 + data[0] % 8)};
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  auto file = unspool::devtools::SourceFromBytes("<fuzz>", std::move(bytes));
  if (!file) return 0;
  const unspool::syntax::ParseResult result =
      unspool::syntax::Parse((*file)->text(), {.target = target});
  for (const unspool::syntax::SyntaxError& error : result.errors) {
    unspool::devtools::ErrorLine(**file, error);
  }
  if (result.errors.empty()) unspool::syntax::Dump(*result.tree, target);
  return 0;
}
