#include "syntax/linked_tree.h"

#include "syntax/parse.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace unspool::syntax {
namespace {

constexpr std::string_view kTexts[] = {
    "import b\nfor x, in [1.5, 'a' 'b', b'c']:\n    print(f'{x!r:>{3}}', *x, sep='')\n",
    "",
    "def f(a, /, *b: int, c=None, **d):\n    global g, h\n    g = a if b else not c\n    del h\n"
    "    match d:\n        case {'k': [1, *_], **rest} | Point(x=0): return 1 < a <= 2\n"
    "class C(f, metaclass=g):\n    'text with \\n escapes'\n    x: int = 0x10\n",
};

TEST(LinkedTree, IsEachTreeUnderOtherNumbers) {
  std::vector<ParseResult> parsed;
  std::vector<const Tree*> trees;
  for (std::string_view text : kTexts) {
    parsed.push_back(Parse(text, {}));
    ASSERT_TRUE(parsed.back().errors.empty());
  }
  for (const ParseResult& result : parsed) trees.push_back(result.tree.get());
  const auto linked = LinkTrees(trees);
  const Tree& all = *linked->tree;
  EXPECT_EQ(all.text(), kTexts[0]);
  EXPECT_EQ(all.root(), trees[0]->root());
  for (size_t part = 0; part < trees.size(); ++part) {
    const Tree& tree = *trees[part];
    const uint32_t first = linked->parts[part].first_node;
    EXPECT_EQ(linked->parts[part].root.value(), first + tree.root().value());
    for (uint32_t index = 0; index < tree.size(); ++index) {
      const NodeId own(index), there(first + index);
      EXPECT_EQ(linked->PartOf(there), part);
      EXPECT_EQ(all.kind(there), tree.kind(own));
      EXPECT_EQ(all.context(there), tree.context(own));
      EXPECT_EQ(all.TextOf(there), tree.TextOf(own));
      std::vector<uint32_t> children, expected;
      ForEachChild(all, there, [&](NodeId child) { children.push_back(child.value()); });
      ForEachChild(tree, own, [&](NodeId child) { expected.push_back(first + child.value()); });
      EXPECT_EQ(children, expected);
      const auto fields = InfoOf(tree.kind(own)).fields;
      for (uint32_t field = 0; field < fields.size(); ++field) {
        const uint32_t word = tree.Word(own, field), moved = all.Word(there, field);
        switch (fields[field].type) {
          case FieldType::Name:
          case FieldType::OptionalName:
            if (!NameId(word).has_value()) {
              EXPECT_EQ(moved, word);
            } else {
              EXPECT_EQ(all.Name(NameId(moved)), tree.Name(NameId(word)));
            }
            break;
          case FieldType::Names:
            ASSERT_EQ(all.List(moved).size(), tree.List(word).size());
            for (size_t item = 0; item < tree.List(word).size(); ++item) {
              EXPECT_EQ(all.Name(NameId(all.List(moved)[item])),
                        tree.Name(NameId(tree.List(word)[item])));
            }
            break;
          case FieldType::Ops:
            EXPECT_TRUE(std::ranges::equal(all.List(moved), tree.List(word)));
            break;
          case FieldType::Op:
          case FieldType::Int:
            EXPECT_EQ(moved, word);
            break;
          case FieldType::Constant: {
            const auto& constant = tree.constant(ConstantId(word));
            EXPECT_EQ(all.constant(ConstantId(moved)).kind, constant.kind);
            EXPECT_EQ(all.ConstantText(all.constant(ConstantId(moved))),
                      tree.ConstantText(constant));
            break;
          }
          default:
            break;
        }
      }
    }
  }
}

}  // namespace
}  // namespace unspool::syntax
