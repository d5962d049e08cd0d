"""Where the engine has what an instruction of CPython does by itself.

Instructions are placed at the statement or expression that they were compiled for: the test of an `if`
at the whole statement, the iteration of a comprehension at the comprehension. The engine names the
expression concerned: the condition, the iterable. `Places` leads from the one to the others.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

Position = tuple[int, int, int, int]


class Places:
    def __init__(self, source: bytes) -> None:
        self.nodes: dict[Position, list[ast.AST]] = defaultdict(list)
        self.wholes: dict[Position, list[ast.AST]] = defaultdict(list)
        for node in ast.walk(ast.parse(source)):
            if hasattr(node, "lineno"):
                self.nodes[_position(node)].append(node)
                if isinstance(node, ast.MatchMapping):
                    # What is left for `**rest` is taken at the last of the patterns.
                    for pattern in node.patterns:
                        self.wholes[_position(pattern)].append(node)
                if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Tuple):
                    # `"%s" % (value,)` is compiled as an f-string.
                    for value in node.right.elts:
                        self.wholes[_position(value)].append(node)
            elif isinstance(node, ast.match_case):
                # A guard's jump stands at the pattern.
                self.nodes[_position(node.pattern)].append(node)

    def formatted(self, position: Position) -> list[tuple[int, int]]:
        """Where the parts of an f-string begin: before 3.12 all of them stand at the whole."""
        found = []
        for node in self.nodes.get(position, ()):
            if isinstance(node, ast.JoinedStr):
                parts = (one for one in ast.walk(node) if isinstance(one, ast.FormattedValue))
                found += [(part.value.lineno, part.value.col_offset - 1) for part in parts]
        return found

    def of(self, position: Position) -> list[Position]:
        """The position itself, and those of the parts for which code stands there, too."""
        found = {position: None}
        for node in self.nodes.get(position, ()):
            for part in _parts(node):
                found[_position(part)] = None
        for node in self.wholes.get(position, ()):
            found[_position(node)] = None
        return list(found)


def _position(node: ast.AST) -> Position:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If() | ast.While() | ast.Assert():
            yield from _tested(node.test)
        case ast.IfExp() | ast.BoolOp() | ast.UnaryOp():
            yield from _tested(node)
        case ast.For() | ast.AsyncFor():
            yield node.iter
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for generator in node.generators:
                yield generator.iter
                for test in generator.ifs:
                    yield from _tested(test)
        case ast.With() | ast.AsyncWith():
            for item in node.items:
                yield item.context_expr
        case ast.Call():
            yield from (argument for argument in node.args if isinstance(argument, ast.Starred))
        case ast.List() | ast.Tuple() | ast.Set():
            yield from (item for item in node.elts if isinstance(item, ast.Starred))
        case ast.Subscript():
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for part in parts:
                if isinstance(part, ast.Slice):
                    yield from filter(None, (part.lower, part.upper, part.step))
        case ast.Raise():
            yield from filter(None, (node.exc, node.cause))
        case ast.ClassDef():
            yield from node.bases
        case ast.match_case() if node.guard:
            yield from _tested(node.guard)


def _tested(test: ast.expr) -> Iterator[ast.expr]:
    """What a condition, and the conditions that it is made of, ask for their truth."""
    yield test
    match test:
        case ast.BoolOp():
            for value in test.values:
                yield from _tested(value)
        case ast.UnaryOp(op=ast.Not()):
            yield from _tested(test.operand)
        case ast.IfExp():
            for part in (test.test, test.body, test.orelse):
                yield from _tested(part)
        case ast.NamedExpr():
            yield from _tested(test.value)
