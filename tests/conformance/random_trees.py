"""Random trees of the running interpreter's own `ast` classes, written down by `ast.unparse`.

The classes describe themselves (`ast.If.__doc__` is "If(expr test, stmt* body, stmt* orelse)"), so a
new node is generated without a change here. Trees that no program has are unparsed to text that is
rejected, which is as good a test.
"""

from __future__ import annotations

import ast
import random
import re

NAMES = ["a", "b", "xs", "_", "match", "case", "type", "é", "self", "__x__", "f"]
VALUES = [None, True, False, ..., 0, 1, 10**30, 0.5, 1e400, 5e-324, 2j, 1e400j, "", "a", "it's", 'say "x"', "'\"",
          "{x}", "\n", "\\", "\x00", "é😀", "\ud800", b"", b"a'\"\n\xff", "a\nb\tc", "'''", '"""', "#"]  # fmt: skip
LEAVES = {
    "expr": ["Name", "Constant"],
    "stmt": ["Pass", "Expr", "Break"],
    "pattern": ["MatchAs", "MatchValue"],
}


def constructors(kind: str) -> list[type]:
    return [c for c in getattr(ast, kind).__subclasses__() if c.__module__ in ("ast", "_ast")]


FIELD = re.compile(r"(\w+)([?*]?) (\w+)")
FIELDS: dict[type, list[tuple[str, str, str]]] = {}
SUMS = {}


def fields_of(node: type) -> list[tuple[str, str, str]]:
    if node not in FIELDS:
        inner = (node.__doc__ or "").partition("(")[2]
        FIELDS[node] = [(m[1], m[2], m[3]) for m in FIELD.finditer(inner)]
    return FIELDS[node]


def choices(kind: str) -> list[type]:
    if kind not in SUMS:
        known = constructors(kind)
        # Old names that build other nodes, and what has no text of its own.
        SUMS[kind] = [c for c in known if c.__name__ not in ("Num", "Str", "Bytes", "NameConstant",
                                                            "Ellipsis", "FormattedValue")]  # fmt: skip
    return SUMS[kind]


class Tree:
    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.left = self.random.choice((10, 40, 120))

    def value(self, kind: str, name: str, context: type, depth: int):
        if kind == "identifier":
            return self.random.choice(NAMES)
        if kind == "int":
            return {"conversion": self.random.choice((-1, 115, 114, 97)), "simple": self.random.randint(0, 1),
                    "is_async": self.random.choice((0, 0, 1)), "level": self.random.choice((0, 0, 1, 3))}.get(name, 0)  # fmt: skip
        if kind == "string":
            return None
        if kind == "constant":
            return self.random.choice(VALUES)
        if kind == "expr_context":
            return context()
        return self.node(kind, context, depth)

    def store(self, depth: int) -> ast.AST:
        kind = self.random.choice(["Name"] * 5 + ["Attribute", "Subscript", "Tuple", "List"])
        return self.build(getattr(ast, kind), ast.Store, depth)

    def node(self, kind: str, context: type, depth: int) -> ast.AST:
        known = choices(kind)
        if not known:
            return self.build(getattr(ast, kind), context, depth)
        if kind == "expr" and context is not ast.Load and self.random.random() < 0.97:
            return self.store(depth)
        if kind in LEAVES and (self.left <= 0 or depth > 9 or self.random.random() < 0.25):
            return self.build(getattr(ast, self.random.choice(LEAVES[kind])), context, depth)
        chosen = self.random.choice(known)
        # These belong in few places only.
        if (
            chosen in (ast.Starred, ast.Slice, ast.Yield, ast.MatchStar)
            and self.random.random() < 0.9
        ):
            chosen = known[0]
        return self.build(chosen, context, depth)

    def count(self, node: type, name: str) -> int:
        if name in (
            "body",
            "targets",
            "names",
            "items",
            "cases",
            "generators",
            "comparators",
            "ops",
        ) or (node is ast.BoolOp):
            low = 1 if self.random.random() < 0.98 else 0
        else:
            low = 0
        return self.random.randint(low, 2 if self.left > 0 else low)

    def build(self, node: type, context: type, depth: int) -> ast.AST:
        self.left -= 1
        made = node()
        size: dict[str, int] = {}
        for kind, many, name in fields_of(node):
            own = context if name in ("ctx", "elts") else ast.Load
            if name in ("target", "targets", "optional_vars"):
                own = ast.Del if node is ast.Delete else ast.Store
            if node is ast.Starred:
                own = context
            if many == "*":
                pair = {
                    "values": "keys",
                    "patterns": "keys",
                    "comparators": "ops",
                    "kwd_patterns": "kwd_attrs",
                }
                if name == "type_ignores":
                    value = []
                else:
                    count = size.get(pair.get(name, ""))
                    count = self.count(node, name) if count is None else count
                    if node is ast.BoolOp:
                        count += 1
                    value = [self.value(kind, name, own, depth + 1) for _ in range(count)]
                    size[name] = count
            elif many == "?" and self.random.random() < 0.5:
                value = None
            else:
                value = self.value(kind, name, own, depth + 1)
            setattr(made, name, value)
        self.mend(made)
        return made

    def mend(self, made: ast.AST) -> None:
        """What the classes do not say and the grammar wants."""
        match made:
            case ast.Dict():
                made.values = [self.node("expr", ast.Load, 9) for _ in made.keys]
            case ast.JoinedStr():
                made.values = [
                    ast.FormattedValue(v, self.random.choice((-1, 115, 114, 97)), None)
                    if self.random.random() < 0.6
                    else ast.Constant(self.random.choice(["", "a", "{", "é", "'", "\n"]))
                    for v in made.values
                ]
            case ast.arguments():
                own = len(made.posonlyargs) + len(made.args)
                made.defaults = made.defaults[:own]
                made.kw_defaults = [
                    self.random.choice([None, ast.Constant(1)]) for _ in made.kwonlyargs
                ]
            case ast.Import():
                for alias in made.names:
                    alias.name = self.random.choice(["a", "a.b", "a.b.c"])
            case ast.ImportFrom():
                made.level = made.level or 0
                if made.module is None and not made.level:
                    made.module = "m"
                if self.random.random() < 0.1:
                    made.names = [ast.alias("*")]
            case ast.Try() | ast.AST() if type(made).__name__ in ("Try", "TryStar"):
                if not made.handlers:
                    made.orelse = []
                    made.finalbody = made.finalbody or [ast.Pass()]
                if type(made).__name__ == "TryStar":
                    for handler in made.handlers:
                        handler.type = handler.type or ast.Name("E", ast.Load())
            case ast.AnnAssign():
                made.simple = int(isinstance(made.target, ast.Name))
                if isinstance(made.target, (ast.Tuple, ast.List)):
                    made.target = ast.Name("x", ast.Store())
            case ast.AugAssign():
                if isinstance(made.target, (ast.Tuple, ast.List)):
                    made.target = ast.Name("x", ast.Store())
            case ast.NamedExpr():
                made.target = ast.Name("x", ast.Store())
            case _ if type(made).__name__ == "MatchAs":
                if made.name is None:
                    made.pattern = None
            case _ if type(made).__name__ == "MatchValue":
                made.value = self.random.choice(
                    [
                        ast.Constant(1),
                        ast.Constant("a"),
                        ast.Attribute(ast.Name("m", ast.Load()), "n", ast.Load()),
                    ]
                )
            case _ if type(made).__name__ == "MatchSingleton":
                made.value = self.random.choice([None, True, False])
            case _ if type(made).__name__ == "MatchClass":
                made.cls = ast.Name("C", ast.Load())
            case _ if type(made).__name__ == "MatchMapping":
                made.keys = [ast.Constant(number) for number, _ in enumerate(made.keys)]
            case _ if type(made).__name__ == "MatchOr":
                while len(made.patterns) < 2:
                    made.patterns.append(ast.MatchValue(ast.Constant(0)))


def program(seed: str) -> bytes:
    """The same program for the same seed and version of Python."""
    for attempt in range(20):
        tree = Tree(f"{seed}/{attempt}")
        body = [tree.node("stmt", ast.Load, 0) for _ in range(tree.random.randint(1, 3))]
        try:
            text = ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))
        except (ValueError, TypeError, AttributeError, IndexError, RecursionError, KeyError):
            continue  # a tree that cannot be written down
        return text.encode("utf-8", "surrogatepass")
    return b"pass\n"
