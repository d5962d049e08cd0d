#include "syntax/dump.h"

#include <gtest/gtest.h>

namespace unspool::syntax {
namespace {

std::string DumpOf(std::string_view text, Version target = {3, 11}) {
  const ParseResult result = Parse(text, {.target = target});
  EXPECT_TRUE(result.errors.empty()) << text;
  return Dump(*result.tree, target);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST(Dump, EmptyModule) {
  EXPECT_EQ(DumpOf(""), "Module(body=[], type_ignores=[])");
  EXPECT_EQ(DumpOf("", {3, 13}), "Module()");
}

// Printed by CPython 3.11.
TEST(Dump, Layout) {
  EXPECT_EQ(DumpOf("é = x < 1"), R"(Module(
  body=[
    Assign(
      targets=[
        Name(
          id='é',
          ctx=Store(),
          lineno=1,
          col_offset=0,
          end_lineno=1,
          end_col_offset=2)],
      value=Compare(
        left=Name(
          id='x',
          ctx=Load(),
          lineno=1,
          col_offset=5,
          end_lineno=1,
          end_col_offset=6),
        ops=[
          Lt()],
        comparators=[
          Constant(
            value=1,
            lineno=1,
            col_offset=9,
            end_lineno=1,
            end_col_offset=10)],
        lineno=1,
        col_offset=5,
        end_lineno=1,
        end_col_offset=10),
      lineno=1,
      col_offset=0,
      end_lineno=1,
      end_col_offset=10)],
  type_ignores=[]))");
}

TEST(Dump, WhatEachVersionPrints) {
  EXPECT_TRUE(Has(DumpOf("def f(): pass"), "decorator_list=[],\n      lineno"));
  EXPECT_TRUE(Has(DumpOf("def f(): pass", {3, 12}), "type_params=[]"));
  EXPECT_FALSE(Has(DumpOf("def f(): pass", {3, 13}), "type_params"));
  EXPECT_TRUE(Has(DumpOf("def f(): pass", {3, 13}), "args=arguments(),"));
  EXPECT_TRUE(Has(DumpOf("x", {3, 14}), "ctx=Load()"));
  EXPECT_FALSE(Has(DumpOf("x", {3, 15}), "ctx"));
  EXPECT_TRUE(Has(DumpOf("x = 1", {3, 15}), "ctx=Store()"));
  EXPECT_TRUE(Has(DumpOf("import a", {3, 9}), "alias(name='a')"));
  EXPECT_TRUE(Has(DumpOf("import a", {3, 15}), "is_lazy"));
  EXPECT_FALSE(Has(DumpOf("import a", {3, 14}), "is_lazy"));
}

TEST(Dump, Constants) {
  EXPECT_TRUE(Has(DumpOf("u'x'"), "value='x',\n        kind='u'"));
  EXPECT_TRUE(Has(DumpOf("None"), "value=None"));
  EXPECT_TRUE(Has(DumpOf("..."), "value=Ellipsis"));
  EXPECT_TRUE(Has(DumpOf("{**a}"), "keys=[\n          None]"));
}

TEST(Dump, OldFStringPartsHaveThePlaceOfTheWhole) {
  const std::string dump = DumpOf("a = 'b' f'c{d}'");
  EXPECT_TRUE(Has(dump, "value='bc',\n            lineno=1,\n            col_offset=4,"));
  EXPECT_TRUE(Has(dump,
                  "id='d',\n              ctx=Load(),\n              lineno=1,\n"
                  "              col_offset=12,"));
}

TEST(Dump, OldFieldTuplesTakeInTheirParentheses) {
  EXPECT_TRUE(Has(DumpOf("f'{a, b}'"),
                  "ctx=Load(),\n              lineno=1,\n"
                  "              col_offset=2,\n"
                  "              end_lineno=1,\n"
                  "              end_col_offset=8)"));
}

TEST(Dump, DeepTrees) {
  const int depth = 150;
  std::string text;
  for (int level = 0; level < depth; ++level) text += "(a +";
  text += "b" + std::string(depth, ')');
  EXPECT_TRUE(Has(DumpOf(text), "id='b'"));
}

}  // namespace
}  // namespace unspool::syntax
