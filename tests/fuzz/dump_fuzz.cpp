// Bytes to text, text to tree, tree to dump, for each version of Python: the dump ends, is the same
// twice, closes every bracket it opens outside of strings, and is UTF-8.
#include "fuzz/input.h"
#include "source/encoding.h"
#include "syntax/dump.h"

namespace {

// Whether brackets outside of quoted strings are balanced and no string is left open.
bool Balanced(std::string_view dump) {
  int64_t depth = 0;
  for (size_t at = 0; at < dump.size(); ++at) {
    const char c = dump[at];
    if (c == '\'' || c == '"') {
      for (++at; at < dump.size() && dump[at] != c; ++at) {
        if (dump[at] == '\\') ++at;
      }
      if (at >= dump.size()) return false;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      if (--depth < 0) return false;
    } else if (static_cast<unsigned char>(c) < ' ' && c != '\n') {
      return false;
    }
  }
  return depth == 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const unspool::fuzz::Input input = unspool::fuzz::Cut(data, size);
  if (!input.file || input.notebook_cell) return 0;
  const unspool::syntax::ParseResult result =
      unspool::syntax::Parse(input.file->text(), {.target = input.target});
  for (const unspool::syntax::SyntaxError& error : result.errors) {
    const auto place = input.file->PositionOf(error.begin);
    FUZZ_CHECK(place.row >= 1 && place.column >= 1);
  }
  if (!result.errors.empty()) return 0;
  const std::string dump = unspool::syntax::Dump(*result.tree, input.target);
  FUZZ_CHECK(dump.starts_with("Module(") && dump.ends_with(")"));
  FUZZ_CHECK(Balanced(dump), "%s\n", dump.c_str());
  FUZZ_CHECK(unspool::source::FindUtf8Fault(dump).begin == std::string_view::npos);
  FUZZ_CHECK(dump == unspool::syntax::Dump(*result.tree, input.target));
  return 0;
}
