#include "syntax/dump.h"
#include "syntax/parse.h"
#include "syntax/views.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <regex>
#include <string>
#include <vector>

namespace unspool::syntax {
namespace {

// The tree on one line, without positions.
std::string Shape(std::string_view text, Version target = {3, 11}) {
  ParseResult result = Parse(text, {.target = target});
  if (!result.errors.empty()) return "error: " + result.errors.front().message;
  std::string dump = Dump(*result.tree, target);
  std::string flat;
  for (size_t at = 0; at < dump.size(); ++at) {
    if (dump[at] != '\n') {
      flat += dump[at];
      continue;
    }
    while (at + 1 < dump.size() && dump[at + 1] == ' ') ++at;
    if (flat.back() == ',') flat += ' ';
  }
  static const std::regex positions("(, )?(end_)?(lineno|col_offset)=[0-9]+");
  return std::regex_replace(flat, positions, "");
}

bool Accepts(std::string_view text, uint8_t minor = 11) {
  return Parse(text, {.target = {3, minor}}).errors.empty();
}

std::string FirstError(std::string_view text, uint8_t minor = 11) {
  ParseResult result = Parse(text, {.target = {3, minor}});
  return result.errors.empty() ? "" : result.errors.front().message;
}

// Children come before their parent, and the subtree of a node is a contiguous range of ids.
void ExpectPostOrder(const Tree& tree) {
  std::vector<uint32_t> first(tree.size());
  for (uint32_t index = 0; index < tree.size(); ++index) {
    uint32_t lowest = index;
    uint32_t count = 1;
    ForEachChild(tree, NodeId(index), [&](NodeId child) {
      ASSERT_LT(child.value(), index);
      lowest = std::min(lowest, first[child.value()]);
      count += child.value() - first[child.value()] + 1;
    });
    first[index] = lowest;
    ASSERT_EQ(count, index - lowest + 1) << "node " << index;
  }
  ASSERT_EQ(first.back(), 0u) << "nodes outside of the tree";
}

TEST(ParserTest, BindsOperatorsAsPythonDoes) {
  EXPECT_EQ(Shape("-a ** -b"),
            "Module(body=[Expr(value=UnaryOp(op=USub(), operand=BinOp(left=Name(id='a', "
            "ctx=Load()), op=Pow(), right=UnaryOp(op=USub(), operand=Name(id='b', "
            "ctx=Load())))))], type_ignores=[])");
  EXPECT_EQ(Shape("a ** b ** c"), Shape("a ** (b ** c)"));
  EXPECT_EQ(Shape("a - b - c"), Shape("(a - b) - c"));
  EXPECT_EQ(Shape("not a == b and c or d"), Shape("((not (a == b)) and c) or d"));
  EXPECT_EQ(Shape("a if b else c if d else e"), Shape("a if b else (c if d else e)"));
  EXPECT_EQ(
      Shape("a < b not in c is not d").find("ops=[Lt(), NotIn(), IsNot()]") != std::string::npos,
      true);
  EXPECT_EQ(Shape("lambda: a, b"), Shape("(lambda: a), b"));
}

TEST(ParserTest, TellsMatchTheStatementFromMatchTheName) {
  for (std::string_view text :
       {"match(x)\n", "match[x]\n", "match = 1\n", "match * a\n", "match - x\n", "match in x\n",
        "match: int = 1\n", "match.x = 1\n", "match not in x\n"}) {
    EXPECT_TRUE(Shape(text).find("Match(") == std::string::npos) << text;
  }
  for (std::string_view text :
       {"match(x):\n case _: pass\n", "match [x]:\n case y: pass\n", "match -x:\n case 1: pass\n",
        "match *a, b:\n case c: pass\n", "match not x:\n case d: pass\n",
        "match lambda: x:\n case e: pass\n", "match {}:\n case {**r}: pass\n"}) {
    EXPECT_TRUE(Shape(text).find("Match(") != std::string::npos) << text << Shape(text);
  }
}

TEST(ParserTest, TellsParenthesizedItemsFromExpressions) {
  auto items = [](std::string_view text) {
    ParseResult result = Parse(text);
    EXPECT_TRUE(result.errors.empty()) << text;
    ModuleView module(*result.tree, result.tree->root());
    return WithView(*result.tree, module.body().front()).items().size();
  };
  EXPECT_EQ(items("with (a, b): pass"), 2u);
  EXPECT_EQ(items("with (a as b, c,): pass"), 2u);
  EXPECT_EQ(items("with (a, b) as c: pass"), 1u);
  EXPECT_EQ(items("with (a), b: pass"), 2u);
  EXPECT_EQ(items("with (yield): pass"), 1u);
  EXPECT_EQ(items("with (a := b): pass"), 1u);
  EXPECT_EQ(items("with (*a, b): pass"), 1u);
  EXPECT_EQ(items("with (a for a in b): pass"), 1u);
  EXPECT_EQ(items("with (a).b: pass"), 1u);
}

TEST(ParserTest, DecidesByTheTarget) {
  struct Case {
    std::string_view text;
    uint8_t since;
  };
  for (const Case& item : std::vector<Case>{
           {"with (a as b): pass", 9},
           {"@a[0]\ndef f(): pass", 9},
           {"for x in *a, b: pass", 9},
           {"match x:\n case 1: pass", 10},
           {"a[b := 1]", 10},
           {"try: pass\nexcept* A: pass", 11},
           {"a[*b]", 11},
           {"def f(*args: *Ts): pass", 11},
           {"type X = int", 12},
           {"def f[T](): pass", 12},
           {"class A[T: int, *Ts, **P]: pass", 12},
           {"f'{\"a\" 'b'}'", 12},
           {"f'{x\n}'", 12},
           {"type X[T = int] = T", 13},
           {"t'{a}'", 14},
           {"try: pass\nexcept A, B: pass", 14},
           {"lazy import a", 15},
           {"[*a for a in b]", 15},
           {"{**a for a in b}", 15},
       }) {
    EXPECT_FALSE(Accepts(item.text, item.since - 1)) << item.text;
    EXPECT_TRUE(Accepts(item.text, item.since)) << item.text << FirstError(item.text, item.since);
  }
}

TEST(ParserTest, BuildsFStrings) {
  const std::string old_way = Shape("f'a{x!r:>{w}}b' 'c'", {3, 11});
  EXPECT_EQ(old_way,
            "Module(body=[Expr(value=JoinedStr(values=[Constant(value='a'), "
            "FormattedValue(value=Name(id='x', ctx=Load()), conversion=114, "
            "format_spec=JoinedStr(values=[Constant(value='>'), "
            "FormattedValue(value=Name(id='w', ctx=Load()), conversion=-1)])), "
            "Constant(value='bc')]))], type_ignores=[])");
  EXPECT_EQ(Shape("f'a{x!r:>{w}}b' 'c'", {3, 12}), old_way);
  for (Version target : {Version{3, 11}, Version{3, 12}}) {
    EXPECT_NE(Shape("f'{{a}} { x = }'", target).find("Constant(value='{a}  x = ')"),
              std::string::npos);
    ParseResult result = Parse("f'a{x=}b{f(y)=:z}'", {.target = target});
    ASSERT_TRUE(result.errors.empty());
    ExpectPostOrder(*result.tree);
  }
  EXPECT_TRUE(Accepts("f'{x for x in y}'", 11));
  EXPECT_FALSE(Accepts("f'{x for x in y}'", 12));
}

// CPython's parser does not turn back from these; found by programs made at random.
TEST(ParserTest, RefusesWhatCPythonDoesNotTurnBackFrom) {
  for (std::string_view target :
       {"(a).b", "(a)[0]", "((a))[0]", "(a.b)[0]", "(f().x)[0]", "(a)(b).c", "((x).y)().z",
        "(a).b.c.d", "(1 .x)[0]", "(\na\n)[0]"}) {
    const std::string text = std::string(target) + ": int";
    EXPECT_EQ(FirstError(text), "illegal target for annotation") << text;
    EXPECT_TRUE(Accepts(text, 8)) << text;
    EXPECT_TRUE(Accepts(std::string(target) + " = 1", 11)) << target;
  }
  for (std::string_view target :
       {"(f())[0]", "(a, b)[0]", "(a + b).c", "((a).b)", "((f)()).x", "(True).x", "(((f())))[0]",
        "((f()))().x", "[a][0]", "(a.b)", "((a))", "(await a.x).y"}) {
    EXPECT_TRUE(Accepts(std::string(target) + ": int", 11)) << target;
  }
  for (std::string_view pattern : {"C(b, _=1)", "C(b, _=1, a=2)", "C(_, _=1)", "a.b(x, _=1)"}) {
    const std::string text = "match x:\n case " + std::string(pattern) + ": pass";
    EXPECT_EQ(FirstError(text), "invalid syntax") << text;
  }
  for (std::string_view pattern : {"C(_=1)", "C(a=1, _=2)", "C(b, a=2, _=1)", "C(b, _)"}) {
    EXPECT_TRUE(Accepts("match x:\n case " + std::string(pattern) + ": pass", 11)) << pattern;
  }
}

TEST(ParserTest, SaysWhatCPythonSays) {
  EXPECT_EQ(FirstError("x = (a b)"), "invalid syntax. Perhaps you forgot a comma?");
  EXPECT_EQ(FirstError("x = a b"), "invalid syntax");
  EXPECT_EQ(FirstError("if x\n  pass"), "expected ':'");
  EXPECT_EQ(FirstError("if x = 1: pass"),
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  EXPECT_EQ(FirstError("f() = 1"),
            "cannot assign to function call here. Maybe you meant '==' instead of '='?");
  EXPECT_EQ(FirstError("x = f() = 1"), "cannot assign to function call");
  EXPECT_EQ(FirstError("None = 1"), "cannot assign to None");
  EXPECT_EQ(FirstError("del f()"), "cannot delete function call");
  EXPECT_EQ(FirstError("if x:\npass"), "expected an indented block after 'if' statement on line 1");
  EXPECT_EQ(FirstError("  x"), "unexpected indent");
  EXPECT_EQ(FirstError("try:\n  x\ny"), "expected 'except' or 'finally' block");
  EXPECT_EQ(FirstError("print 1"),
            "Missing parentheses in call to 'print'. Did you mean print(...)?");
  EXPECT_EQ(FirstError("f(a for a in b, c)"), "Generator expression must be parenthesized");
  EXPECT_EQ(FirstError("f(a=1, b)"), "positional argument follows keyword argument");
  EXPECT_EQ(FirstError("def f(a=1, b): pass"), "non-default argument follows default argument");
  EXPECT_EQ(FirstError("def f(a=1, b): pass", 12),
            "parameter without a default follows parameter with a default");
  EXPECT_EQ(FirstError("(a, b): int"), "only single target (not tuple) can be annotated");
  EXPECT_EQ(FirstError("from a import b,"),
            "trailing comma not allowed without surrounding parentheses");
  EXPECT_EQ(FirstError("b'a' 'b'"), "cannot mix bytes and nonbytes literals");
  EXPECT_EQ(FirstError("f'{a'"), "f-string: expecting '}'");
}

TEST(ParserTest, PutsTheErrorCPythonReportsFirst) {
  // A lexical error later in the file takes the place of a syntax error.
  ParseResult result = Parse("x x\ny = 'abc\n");
  ASSERT_EQ(result.errors.size(), 2u);
  EXPECT_EQ(result.errors[0].message, "unterminated string literal (detected at line 2)");
  EXPECT_EQ(result.errors[1].message, "invalid syntax");
  // But not that of an unexpected indent, nor one the tokenizer keeps to itself.
  EXPECT_EQ(FirstError("  x\ny = 'abc\n"), "unexpected indent");
  EXPECT_EQ(FirstError("x x\nif y:\n    a\n  b\n"), "invalid syntax");
}

TEST(ParserTest, GoesOnBehindErrors) {
  ParseResult result =
      Parse("def f(:\n  a = 1\n  b b\nclass C:\n  def g(self):\n    c c\n    d\nx = (\n");
  EXPECT_EQ(result.errors.size(), 4u);
  const Tree& tree = *result.tree;
  ExpectPostOrder(tree);
  ModuleView module(tree, tree.root());
  std::vector<NodeKind> kinds;
  for (NodeId statement : module.body()) kinds.push_back(tree.kind(statement));
  EXPECT_EQ(kinds, (std::vector{NodeKind::Invalid, NodeKind::Assign, NodeKind::Invalid,
                                NodeKind::ClassDef, NodeKind::Invalid}));
}

TEST(ParserTest, MeetsLimitsWithAnError) {
  auto repeat = [](std::string_view text, int count) {
    std::string result;
    for (int index = 0; index < count; ++index) result += text;
    return result;
  };
  EXPECT_EQ(FirstError("x = " + repeat("(", 10000) + repeat(")", 10000)),
            "too many nested parentheses");
  for (const std::string& text :
       {"if x: pass\n" + repeat("elif x: pass\n", 100000), "x = 1" + repeat(" + 1", 100000),
        "x = " + repeat("-", 100000) + "1", "x = " + repeat("lambda: ", 100000) + "1",
        "x = " + repeat("lambda x=", 20000) + "1" + repeat(": 1", 20000),
        "x" + repeat(".a", 100000), "x = 1" + repeat(" ** 1", 100000),
        "x = " + repeat("1 if 1 else ", 100000) + "1",
        "x = " + repeat("(", 190) + "1" + repeat(repeat(" + 1", 60) + ")", 190)}) {
    EXPECT_EQ(FirstError(text), "too deeply nested for Unspool") << text.substr(0, 30);
  }
  EXPECT_TRUE(Accepts("x = [" + repeat("1, ", 1000000) + "]"));
  EXPECT_TRUE(Accepts("x = 1" + repeat(" or 1", 100000)));
}

// Random sequences of tokens, most of them wrong: never a crash, and a tree in post-order.
TEST(ParserTest, SurvivesAnything) {
  const std::vector<std::string> pieces = {"x",       "1",       "'s'",     "f'{a!r:{b}}'",
                                           "f'{a=}'", "(",       ")",       "[",
                                           "]",       "{",       "}",       ",",
                                           ":",       "=",       ":=",      ".",
                                           "*",       "**",      "+",       "-",
                                           "not ",    "in ",     "is ",     "if ",
                                           "else ",   "for ",    "while ",  "def f",
                                           "class A", "lambda ", "return ", "yield ",
                                           "await ",  "async ",  "with ",   "as ",
                                           "import ", "from ",   "try",     "except ",
                                           "finally", "match ",  "case ",   "type ",
                                           "lazy ",   "\n",      "\n  ",    "\n    ",
                                           ";",       "@",       "->",      "None",
                                           "_",       "del ",    "global ", "raise ",
                                           "assert ", "print ",  "|"};
  std::mt19937 random(11);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int count = random() % 30; count > 0; --count) text += pieces[random() % pieces.size()];
    const uint8_t minor = 8 + random() % 8;
    ParseResult result = Parse(text, {.target = {3, minor}});
    ExpectPostOrder(*result.tree);
    if (HasFatalFailure()) FAIL() << text;
    for (const SyntaxError& error : result.errors) {
      ASSERT_LE(error.begin, text.size()) << text;
      ASSERT_FALSE(error.message.empty()) << text;
    }
  }
}

}  // namespace
}  // namespace unspool::syntax
