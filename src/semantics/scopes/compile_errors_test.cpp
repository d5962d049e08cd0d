#include "semantics/scopes/compile_errors.h"

#include "syntax/parse.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::semantics {
namespace {

using syntax::Version;

// "LINE:COLUMN message" of the first error, "" where compile() accepts.
std::string First(std::string_view text, Version target = {3, 11}, bool top_level_await = false) {
  syntax::ParseResult parsed = syntax::Parse(text, {.target = target});
  EXPECT_TRUE(parsed.errors.empty()) << text << ": " << parsed.errors.front().message;
  if (!parsed.errors.empty()) return "does not parse";
  auto errors =
      FindCompileErrors(*parsed.tree, {.target = target, .top_level_await = top_level_await});
  if (errors.empty()) return "";
  const std::string_view before = text.substr(0, errors.front().begin);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto column = before.size() - (before.rfind('\n') + 1) + 1;
  return std::to_string(line) + ":" + std::to_string(column) + " " + errors.front().message;
}

constexpr Version k310{3, 10}, k312{3, 12}, k313{3, 13}, k314{3, 14}, k315{3, 15};

TEST(CompileErrors, OutsideFunctions) {
  EXPECT_EQ(First("return 1\n"), "1:1 'return' outside function");
  EXPECT_EQ(First("class C:\n  yield\n"), "2:3 'yield' outside function");
  EXPECT_EQ(First("await x\n"), "1:1 'await' outside function");
  EXPECT_EQ(First("def f():\n  await x\n"), "2:3 'await' outside async function");
  EXPECT_EQ(First("async def f(): yield from x\n"), "1:16 'yield from' inside async function");
  EXPECT_EQ(First("def f():\n  async with x: pass\n"), "2:3 'async with' outside async function");
  EXPECT_EQ(First("lambda: (yield)\nasync def f(): await x\n"), "");
  EXPECT_EQ(First("await x\nasync for y in x: pass\n", {3, 11}, true), "");
  EXPECT_EQ(First("def f(): await x\n", {3, 11}, true), "1:10 'await' outside async function");
}

TEST(CompileErrors, AsyncComprehensions) {
  const std::string message = "asynchronous comprehension outside of an asynchronous function";
  EXPECT_EQ(First("def f(): return [x async for x in y]\n"), "1:17 " + message);
  EXPECT_EQ(First("def f(): return (x async for x in y)\n"), "");
  EXPECT_EQ(First("async def f(): [[x async for x in y] for z in w]\n"), "");
  EXPECT_EQ(First("async def f(): [[x async for x in y] for z in w]\n", k310), "1:17 " + message);
  EXPECT_EQ(First("def f(): return [await x for x in y]\n", k314), "1:17 " + message);
}

TEST(CompileErrors, Loops) {
  EXPECT_EQ(First("for x in y:\n  def f(): break\n"), "2:12 'break' outside loop");
  EXPECT_EQ(First("while x: pass\nelse: continue\n"), "2:7 'continue' not properly in loop");
  EXPECT_EQ(First("while x:\n  try: pass\n  finally: continue\n"), "");
  EXPECT_EQ(First("for x in y:\n  try: pass\n  except* E: break\n"),
            "3:14 'break', 'continue' and 'return' cannot appear in an except* block");
  EXPECT_EQ(First("try: pass\nexcept* E:\n  for x in y: break\n"), "");
}

TEST(CompileErrors, Declarations) {
  EXPECT_EQ(First("def f(a, b, *a): pass\n"), "1:14 duplicate argument 'a' in function definition");
  EXPECT_EQ(First("def f(a, b, *a): pass\n", k315),
            "1:14 duplicate parameter 'a' in function definition");
  EXPECT_EQ(First("class C:\n  def f(__x, _C__x): pass\n"),
            "2:14 duplicate argument '_C__x' in function definition");
  EXPECT_EQ(First("nonlocal x\n"), "1:1 nonlocal declaration not allowed at module level");
  EXPECT_EQ(First("def f():\n  nonlocal x\n"), "2:3 no binding for nonlocal 'x' found");
  EXPECT_EQ(First("class C:\n  x = 1\n  def f(): nonlocal x\n"),
            "3:12 no binding for nonlocal 'x' found");
  EXPECT_EQ(First("class C:\n  def f(): nonlocal __class__\n"), "");
  EXPECT_EQ(First("def f(x):\n  def g(): nonlocal x\n"), "");
  EXPECT_EQ(First("def f():\n  x\n  global x\n"),
            "3:3 name 'x' is used prior to global declaration");
  EXPECT_EQ(First("def f():\n  x = 1\n  global x\n"),
            "3:3 name 'x' is assigned to before global declaration");
  EXPECT_EQ(First("def f(x):\n  global x\n"), "2:3 name 'x' is parameter and global");
  EXPECT_EQ(First("def f():\n  import x\n  global x\n"), "");
  EXPECT_EQ(First("def f():\n  global x\n  x: int\n"), "3:3 annotated name 'x' can't be global");
  EXPECT_EQ(First("def f():\n  global x; nonlocal x\n"), "2:3 name 'x' is nonlocal and global");
  EXPECT_EQ(First("def f():\n  from x import *\n"), "2:17 import * only allowed at module level");
}

TEST(CompileErrors, FutureImports) {
  EXPECT_EQ(First("\"doc\"\nfrom __future__ import division, foo\n"),
            "2:1 future feature foo is not defined");
  EXPECT_EQ(First("from __future__ import foo\n", k313), "1:24 future feature foo is not defined");
  EXPECT_EQ(First("from __future__ import braces\n"), "1:1 not a chance");
  const std::string late = "from __future__ imports must occur at the beginning of the file";
  EXPECT_EQ(First("x = 1\nfrom __future__ import division\n"), "2:1 " + late);
  EXPECT_EQ(First("x = 1; from __future__ import division\n"), "1:8 " + late);
  EXPECT_EQ(First("def f():\n  from __future__ import division\n"), "2:3 " + late);
  const std::string two =
      "'doc'\nfrom __future__ import division\nfrom __future__ import annotations\n";
  EXPECT_EQ(First(two), "");
  EXPECT_EQ(First(two, k314), "");
  EXPECT_EQ(First(two + "return\nfrom __future__ import division\n"),
            "4:1 'return' outside function");
  EXPECT_EQ(First(two + "return\nfrom __future__ import division\n", k314), "5:1 " + late);
}

TEST(CompileErrors, Stars) {
  EXPECT_EQ(First("*a\n"), "1:1 can't use starred expression here");
  EXPECT_EQ(First("*a = b\n"), "1:1 starred assignment target must be in a list or tuple");
  EXPECT_EQ(First("a, (*b, *c) = d\n"), "1:4 multiple starred expressions in assignment");
  EXPECT_EQ(First("x[*a]: int\n"), "1:3 can't use starred expression here");
  EXPECT_EQ(First("a = *b, *c\nx[*a] = f(*a)\n"), "");
  std::string many;
  for (int i = 0; i < 256; ++i) many += "a, ";
  EXPECT_EQ(First(many + "*b = c\n"), "1:1 too many expressions in star-unpacking assignment");
  EXPECT_EQ(First(many.substr(3) + "*b = c\n"), "");
}

TEST(CompileErrors, AssignmentExpressions) {
  EXPECT_EQ(First("[i := 0 for i in x]\n"),
            "1:2 assignment expression cannot rebind comprehension iteration variable 'i'");
  EXPECT_EQ(First("[0 for i in x if (j := 1) for j in y]\n"),
            "1:31 comprehension inner loop cannot rebind assignment expression target 'j'");
  EXPECT_EQ(First("[0 for i in (lambda: (j := 1))()]\n"),
            "1:23 assignment expression cannot be used in a comprehension iterable expression");
  EXPECT_EQ(First("class C:\n  [(i := 1) for x in y]\n"),
            "2:5 assignment expression within a comprehension cannot be used in a class body");
  EXPECT_EQ(First("def f():\n  [(i := 1) for x in y]\n  nonlocal i\n"),
            "3:3 name 'i' is assigned to before nonlocal declaration");
  EXPECT_EQ(First("def f():\n  global i\n  [(i := 1) for x in y]\n"), "");
}

TEST(CompileErrors, Patterns) {
  auto of = [](std::string pattern, Version target = {3, 11}) {
    return First("match x:\n case " + pattern + ": pass\n", target);
  };
  EXPECT_EQ(First("match x:\n case _: pass\n case 1: pass\n"),
            "2:7 wildcard makes remaining patterns unreachable");
  EXPECT_EQ(First("match x:\n case y if z: pass\n case 1: pass\n"), "");
  EXPECT_EQ(of("[1, y | 2]"), "2:11 name capture 'y' makes remaining patterns unreachable");
  EXPECT_EQ(of("[a, b] | [b]"), "2:17 alternative patterns bind different names");
  EXPECT_EQ(of("[a, b] | [b]", k312), "2:7 alternative patterns bind different names");
  EXPECT_EQ(of("(a, b) | (b, a)"), "");
  EXPECT_EQ(of("[a, *a]"), "2:11 multiple assignments to name 'a' in pattern");
  EXPECT_EQ(of("[*_, *a]"), "2:7 multiple starred names in sequence pattern");
  EXPECT_EQ(of("C(a=1, a=2)"), "2:16 attribute name repeated in class pattern: a");
  EXPECT_EQ(of("{f'': 1}"),
            "2:7 mapping pattern keys may only match literals and attribute lookups");
  EXPECT_EQ(of("{1: a, -1: b, 1.5: c, a.b: d, a.b: e}"), "");
}

// Keys are the same where Python says they are equal.
TEST(CompileErrors, MappingKeys) {
  auto repeated = [](std::string keys) {
    std::string found = First("match x:\n case {" + keys + "}: pass\n");
    const std::string words = "2:7 mapping pattern checks duplicate key (";
    return found.starts_with(words) ? found.substr(words.size()) : found;
  };
  EXPECT_EQ(repeated("1: _, True: _"), "True)");
  EXPECT_EQ(repeated("-0: _, 0.0: _"), "0.0)");
  EXPECT_EQ(repeated("1+0j: _, 1: _"), "1)");
  EXPECT_EQ(repeated("1-1j: _, 1 - 1j: _"), "(1-1j))");
  EXPECT_EQ(repeated("0x10: _, 1_6: _"), "16)");
  EXPECT_EQ(repeated("1e400: _, 1e999: _"), "inf)");
  EXPECT_EQ(repeated("'a' 'b': _, 'ab': _"), "'ab')");
  EXPECT_EQ(repeated("'': _, b'': _"), "");
  EXPECT_EQ(repeated("9007199254740993: _, 9007199254740992.0: _"), "");
}

TEST(CompileErrors, Debug) {
  EXPECT_EQ(First("a, __debug__ = b\n"), "1:4 cannot assign to __debug__");
  EXPECT_EQ(First("del __debug__\n"), "1:5 cannot delete __debug__");
  EXPECT_EQ(First("f(__debug__=1)\n"), "1:1 cannot assign to __debug__");
  EXPECT_EQ(First("f(__debug__=1)\n", k313), "1:3 cannot assign to __debug__");
  EXPECT_EQ(First("x.__debug__ += 1\ndel x.__debug__\nprint(__debug__)\n"), "");
  EXPECT_EQ(First("x.__debug__ += 1\n", k314), "1:1 cannot assign to __debug__");
  EXPECT_EQ(First("import a.__debug__\n"), "");
}

TEST(CompileErrors, KeywordsAndHandlers) {
  EXPECT_EQ(First("f(a=1,\n  a=2)\n"), "2:3 keyword argument repeated: a");
  EXPECT_EQ(First("class C(a=1, a=2): pass\n"), "1:14 keyword argument repeated: a");
  EXPECT_EQ(First("try: pass\nexcept: pass\nexcept E: pass\n"),
            "2:1 default 'except:' must be last");
}

TEST(CompileErrors, NestedBlocks) {
  auto nested = [](int depth, std::string_view head) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += std::string(i, ' ') + std::string(head) + "\n";
    return text + std::string(depth, ' ') + "pass\n";
  };
  EXPECT_EQ(First(nested(20, "while x:")), "");
  EXPECT_EQ(First(nested(21, "while x:")), "21:21 too many statically nested blocks");
  EXPECT_EQ(First(nested(21, "while x:"), k313), "");
  EXPECT_EQ(First(nested(60, "if x:")), "");
}

TEST(CompileErrors, Annotations) {
  EXPECT_EQ(First("def f():\n  x: (yield)\n"), "");
  EXPECT_EQ(First("def f():\n  x: (yield)\n", k314),
            "2:7 yield expression cannot be used within an annotation");
  const std::string future = "from __future__ import annotations\n";
  EXPECT_EQ(First(future + "x: (y := 1)\n"),
            "2:5 'named expression' can not be used within an annotation");
  EXPECT_EQ(First(future + "x: f(a=1, a=1)\n"), "");
  EXPECT_EQ(First("x: f(a=1, a=1)\n"), "1:11 keyword argument repeated: a");
}

TEST(CompileErrors, TypeParameters) {
  EXPECT_EQ(First("def f[T, *T](): pass\n", k312), "1:10 duplicate type parameter 'T'");
  EXPECT_EQ(First("type X[T: ((yield), 1)] = 1\n", k313),
            "1:13 yield expression cannot be used within a TypeVar constraint");
  EXPECT_EQ(First("type X = (yield)\n", k312),
            "1:11 yield expression cannot be used within a type alias");
  EXPECT_EQ(First("class C[T]((yield)): pass\n", k312),
            "1:13 yield expression cannot be used within the definition of a generic");
  EXPECT_EQ(First("class C[T]:\n  def f(): nonlocal T\n", k312),
            "2:12 nonlocal binding not allowed for type parameter 'T'");
  EXPECT_EQ(First("def f[T = int, U](): pass\n", k313),
            "1:16 non-default type parameter 'U' follows default type parameter");
}

TEST(CompileErrors, LazyImports) {
  EXPECT_EQ(First("lazy import a\nif b:\n  lazy from c import d\n", k315), "");
  EXPECT_EQ(First("def f():\n  lazy import a\n", k315),
            "2:3 lazy import not allowed inside functions");
  EXPECT_EQ(First("try:\n  lazy from a import b\nfinally: pass\n", k315),
            "2:3 lazy from ... import not allowed inside try/except blocks");
  EXPECT_EQ(First("lazy from a import *\n", k315), "1:1 lazy from ... import * is not allowed");
}

// CPython's phases go over the whole file one after the other; the first error is the first
// phase's.
TEST(CompileErrors, TheFirstIsThatOfCPythonAndTheRestFollowInOrder) {
  const std::string_view text = "return 1\ndef f(a, a): break\nyield\n";
  syntax::ParseResult parsed = syntax::Parse(text);
  auto errors = FindCompileErrors(*parsed.tree, {});
  ASSERT_EQ(errors.size(), 4u);
  EXPECT_EQ(errors[0].message, "duplicate argument 'a' in function definition");
  EXPECT_EQ(errors[1].message, "'return' outside function");
  EXPECT_EQ(errors[2].message, "'break' outside loop");
  EXPECT_EQ(errors[3].message, "'yield' outside function");
  EXPECT_EQ(First("return 1\nawait x\n"), "1:1 'return' outside function");
  EXPECT_EQ(First("return 1\nawait x\n", k314), "2:1 'await' outside function");
}

// Each `break` compiles the bodies of the `finally` it leaves once more; not so many times here.
TEST(CompileErrors, NestedFinallyStaysQuick) {
  std::string text = "while x:\n";
  for (int i = 1; i < 90; ++i)
    text += std::string(i, ' ') + "try: break\n" + std::string(i, ' ') + "finally:\n";
  text += std::string(90, ' ') + "pass\n";
  EXPECT_NE(First(text), "does not parse");
}

}  // namespace
}  // namespace unspool::semantics
