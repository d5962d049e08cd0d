// Whatever the text, there is a tree: every node lies inside the text and inside its parent, the
// ids are in post-order, every node but the root has one parent, and a text without an error has a
// tree without Invalid. Comments and blank lines behind an accepted program change nothing.
#include "fuzz/input.h"
#include "syntax/views.h"

#include <vector>

using unspool::syntax::ForEachChild;
using unspool::syntax::NodeId;
using unspool::syntax::NodeKind;
using unspool::syntax::ParseOptions;
using unspool::syntax::ParseResult;
using unspool::syntax::SyntaxError;
using unspool::syntax::Tree;

namespace {

// Decorators stand before the range of what they decorate, as in CPython's tree.
bool IsDecorated(NodeKind kind) {
  return kind == NodeKind::FunctionDef || kind == NodeKind::AsyncFunctionDef ||
         kind == NodeKind::ClassDef;
}

void CheckTree(const Tree& tree, bool accepted) {
  const auto size = static_cast<uint32_t>(tree.text().size());
  std::vector<uint8_t> parents(tree.size());
  const auto starts = unspool::syntax::SubtreeStartsOf(tree);
  for (uint32_t number = 0; number < tree.size(); ++number) {
    const NodeId node(number);
    const NodeKind kind = tree.kind(node);
    const int name = static_cast<int>(kind);
    FUZZ_CHECK(tree.begin(node) <= tree.end(node) && tree.end(node) <= size,
               "node %u of kind %d: %u-%u\n", number, name, tree.begin(node), tree.end(node));
    if (accepted) FUZZ_CHECK(kind != NodeKind::Invalid);
    ForEachChild(tree, node, [&](NodeId child) {
      FUZZ_CHECK(child.value() < number && child >= starts[node]);
      FUZZ_CHECK(parents[child.value()]++ == 0);
      const bool inside = tree.end(child) <= tree.end(node) &&
                          (tree.begin(child) >= tree.begin(node) || IsDecorated(kind));
      FUZZ_CHECK(inside, "node %u of kind %d: %u-%u has node %u of kind %d: %u-%u\n", number, name,
                 tree.begin(node), tree.end(node), child.value(),
                 static_cast<int>(tree.kind(child)), tree.begin(child), tree.end(child));
    });
  }
  for (uint32_t number = 0; number + 1 < tree.size(); ++number) FUZZ_CHECK(parents[number] == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const unspool::fuzz::Input input = unspool::fuzz::Cut(data, size);
  if (!input.file) return 0;
  const std::string text(input.file->text());
  const ParseOptions options{.target = input.target, .notebook_cell = input.notebook_cell};
  const ParseResult result = unspool::syntax::Parse(text, options);
  for (const SyntaxError& error : result.errors) {
    FUZZ_CHECK(error.begin <= error.end && error.end <= text.size() && !error.message.empty());
  }
  CheckTree(*result.tree, result.errors.empty());
  if (result.errors.empty() && !input.notebook_cell) {
    const std::string longer = text + "\n# end\n\n";
    const ParseResult again = unspool::syntax::Parse(longer, options);
    // A backslash at the end of the file would join the new line end to it.
    if (!text.ends_with('\\')) {
      FUZZ_CHECK(again.errors.empty());
      FUZZ_CHECK(again.tree->size() == result.tree->size());
    }
  }
  return 0;
}
