// What all targets share: a check that stays on in every build, and an input cut into a choice and
// a text. The first byte chooses the version of Python and whether the text is a notebook's cell.
#pragma once

#include "source/file.h"
#include "syntax/parse.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

// A property that must hold. libFuzzer keeps the input when the process aborts.
#define FUZZ_CHECK(condition, ...)                                                        \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      __VA_OPT__(std::fprintf(stderr, __VA_ARGS__);)                                      \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

namespace unspool::fuzz {

struct Input {
  syntax::Version target;
  bool notebook_cell;
  source::SourceFilePtr file;  // null where the bytes are no text
};

inline Input Cut(const uint8_t* data, size_t size) {
  const uint8_t choice = size ? data[0] : 0;
  Input input{{3, static_cast<uint8_t>(8 + choice % 8)}, (choice & 0x80) != 0, nullptr};
  std::string bytes(reinterpret_cast<const char*>(data) + (size ? 1 : 0), size ? size - 1 : 0);
  auto file = input.notebook_cell ? source::SourceFile::FromText("<fuzz>", std::move(bytes), 1)
                                  : source::SourceFile::FromBytes("<fuzz>", std::move(bytes));
  if (file) input.file = *file;
  return input;
}

}  // namespace unspool::fuzz
