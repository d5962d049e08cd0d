"""Makes variants of a script: the same program in other dress.

Every transformation keeps what a program does and applies to the whole of it. Variants are single
transformations first and then combinations of two and three, drawn with a fixed seed, so that the
same script always has the same variants.
"""

from __future__ import annotations

import ast
import builtins
import copy
import itertools
import random
from collections.abc import Callable, Iterator

Transformation = Callable[[ast.Module], bool]  # changes the tree in place; whether it could


def variants(source: str, count: int, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Up to `count` pairs of a name and a source, all different from each other."""
    names = [name for name in TRANSFORMATIONS if name not in skip]
    chance = random.Random(len(source))
    plans = [(name,) for name in names]
    plans += [tuple(chance.sample(names, chance.choice((2, 2, 3)))) for _ in range(8 * count)]
    seen = {ast.unparse(ast.parse(source))}
    for plan in plans:
        if count <= 0:
            return
        tree = ast.parse(source)
        if not all([TRANSFORMATIONS[name](tree) for name in plan]):
            continue
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        if text not in seen:
            seen.add(text)
            count -= 1
            yield "+".join(plan), text


# ---- helpers -------------------------------------------------------------------------------------


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _main(tree: ast.Module) -> ast.FunctionDef | None:
    return next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main"), None)


def _loops(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], int, ast.For]]:
    """Every `for` statement that has a function call in it, with the block and its place there."""
    for block in _blocks(tree):
        for place, statement in enumerate(block):
            if isinstance(statement, ast.For) and any(
                isinstance(node, ast.Call) for child in statement.body for node in ast.walk(child)
            ):
                yield block, place, statement


def _statements(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def _is_growing_list(statement: ast.stmt, kind: type) -> str | None:
    """The variable that the statement sets to an empty list or dictionary."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            entries = getattr(value, "elts", None) or getattr(value, "keys", None)
            if isinstance(value, kind) and not entries:
                return name
    return None


def _appended(statement: ast.stmt, name: str) -> ast.expr | None:
    match statement:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr="append"),
                args=[value],
                keywords=[],
            )
        ) if owner == name:
            return value
    return None


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


# ---- names ---------------------------------------------------------------------------------------


class _Renamer(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]):
        self.names = names

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        self.generic_visit(node)
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        return node

    def visit_Nonlocal(self, node):
        node.names = [self.names.get(name, name) for name in node.names]
        return node

    visit_Global = visit_Nonlocal


def _local_names(tree: ast.Module) -> list[str]:
    """Names that functions bind, and that nothing else of the program could mean."""
    bound: set[str] = set()
    taken = set(dir(builtins))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            taken.add(node.name)
        elif isinstance(node, ast.alias):
            taken.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.keyword) and node.arg:
            taken.add(node.arg)
        elif isinstance(node, ast.ClassDef):
            taken |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    for statement in tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                (bound if isinstance(statement, ast.FunctionDef) else taken).add(node.id)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
    return sorted(bound - taken)


def _rename(new_name: Callable[[int, str], str]) -> Transformation:
    def transform(tree: ast.Module) -> bool:
        names = {name: new_name(at, name) for at, name in enumerate(_local_names(tree))}
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if not names or used & set(names.values()):
            return False
        _Renamer(names).visit(tree)
        return True

    return transform


# ---- where the code stands -------------------------------------------------------------------------


def in_method(tree: ast.Module) -> bool:
    main = _main(tree)
    if main is None:
        return False
    body, main.body = main.body, _statements("Program().run()")
    holder = ast.parse("class Program:\n    def run(self):\n        pass").body[0]
    holder.body[0].body = body
    tree.body.insert(tree.body.index(main), holder)
    return True


def in_static_method(tree: ast.Module) -> bool:
    main = _main(tree)
    if main is None:
        return False
    body, main.body = main.body, _statements("Holder.run()")
    holder = ast.parse("class Holder:\n    @staticmethod\n    def run():\n        pass").body[0]
    holder.body[0].body = body
    tree.body.insert(tree.body.index(main), holder)
    return True


def nested_function(tree: ast.Module) -> bool:
    main = _main(tree)
    if main is None:
        return False
    inner = ast.parse("def inside():\n    pass").body[0]
    inner.body = main.body
    main.body = [inner, *_statements("return inside()")]
    return True


def in_coroutine(tree: ast.Module) -> bool:
    main = _main(tree)
    if main is None:
        return False
    inner = ast.parse("async def program():\n    pass").body[0]
    inner.body = main.body
    main.body = _statements("asyncio.run(program())")
    tree.body.insert(tree.body.index(main), inner)
    tree.body.insert(1, ast.parse("import asyncio").body[0])
    return True


def in_condition(tree: ast.Module) -> bool:
    found = list(_loops(tree))
    for block, place, loop in found:
        test = ast.parse("len('ab') == 2", mode="eval").body
        block[place] = ast.If(test, [loop], [])
    return bool(found)


def behind_call(tree: ast.Module) -> bool:
    """A function of the script with positional parameters alone goes behind one that calls it."""
    for place, node in enumerate(tree.body):
        match node:
            case ast.FunctionDef(
                name=name,
                decorator_list=[],
                args=ast.arguments(vararg=None, kwarg=None, defaults=[], kwonlyargs=[]) as args,
            ) if name == "heavy":
                call = f"{name}_itself({', '.join(arg.arg for arg in args.args)})"
                outer = ast.parse(f"def {name}(): return {call}").body[0]
                outer.args = copy.deepcopy(args)
                node.name = f"{name}_itself"
                tree.body.insert(place + 1, outer)
                return True
    return False


def helper_in_class(tree: ast.Module) -> bool:
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name == "heavy":
            holder = ast.parse("class Tools:\n    pass").body[0]
            node.decorator_list = [ast.Name("staticmethod", ast.Load())]
            node.name = "work"
            holder.body = [node]
            tree.body[place] = holder

            class Calls(ast.NodeTransformer):
                def visit_Name(self, name):
                    if name.id == "heavy":
                        return ast.parse("Tools.work", mode="eval").body
                    return name

            Calls().visit(tree)
            return True
    return False


# ---- the form of the loop --------------------------------------------------------------------------


def to_comprehension(tree: ast.Module) -> bool:
    """`out = []`, `for ...: out.append(e)` and the like become comprehensions."""
    changed = False
    for block in _blocks(tree):
        for first, second in itertools.pairwise(block[:]):
            if not isinstance(second, ast.For) or second.orelse:
                continue
            body = second.body
            tests = []
            while len(body) == 1 and isinstance(body[0], ast.If) and not body[0].orelse:
                tests.append(body[0].test)
                body = body[0].body
            if len(body) != 1 or (name := _is_growing_list(first, (ast.List, ast.Dict))) is None:
                continue
            clause = ast.comprehension(second.target, second.iter, tests, 0)
            if (value := _appended(body[0], name)) is not None:
                made = ast.ListComp(value, [clause])
            else:
                match body[0]:
                    case ast.Assign(
                        targets=[ast.Subscript(value=ast.Name(id=owner), slice=key)], value=value
                    ) if owner == name and isinstance(first.value, ast.Dict):
                        made = ast.DictComp(key, value, [clause])
                    case _:
                        continue
            targets = {n.id for n in ast.walk(second.target) if isinstance(n, ast.Name)}
            later = block[block.index(second) + 1 :]
            if _mentions(made, name) or any(_mentions(s, t) for s in later for t in targets):
                continue
            first.value = made
            block.remove(second)
            changed = True
    return changed


def from_comprehension(tree: ast.Module) -> bool:
    """`out = [e for ...]` and `return [e for ...]` with one clause become loops."""
    changed = False
    for block in _blocks(tree):
        for statement in block[:]:
            match statement:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.ListComp(elt=value, generators=[clause]),
                ):
                    pass
                case ast.Return(value=ast.ListComp(elt=value, generators=[clause])):
                    name = "gathered"
                case _:
                    continue
            if _mentions(statement.value, name):
                continue
            append = ast.parse(f"{name}.append(0)").body[0]
            append.value.args = [value]
            body: list[ast.stmt] = [append]
            for test in reversed(clause.ifs):
                body = [ast.If(test, body, [])]
            made = [*_statements(f"{name} = []"), ast.For(clause.target, clause.iter, body, [])]
            if isinstance(statement, ast.Return):
                made += _statements(f"return {name}")
            place = block.index(statement)
            block[place : place + 1] = made
            changed = True
    return changed


def enumerated(tree: ast.Module) -> bool:
    found = list(_loops(tree))
    for _, _, loop in found:
        loop.target = ast.Tuple([ast.Name("turn", ast.Store()), loop.target], ast.Store())
        loop.iter = ast.Call(ast.Name("enumerate", ast.Load()), [loop.iter], [])
    return bool(found)


def range_index(tree: ast.Module) -> bool:
    found = list(_loops(tree))
    for at, (block, place, loop) in reversed(list(enumerate(found))):
        listed = _statements(f"sequence_{at} = list(())")[0]
        listed.value.args = [loop.iter]
        item = _statements(f"x = sequence_{at}[turn_{at}]")[0]
        item.targets = [loop.target]
        loop.target = ast.Name(f"turn_{at}", ast.Store())
        loop.iter = ast.parse(f"range(len(sequence_{at}))", mode="eval").body
        loop.body.insert(0, item)
        block.insert(place, listed)
    return bool(found)


def items_first(tree: ast.Module) -> bool:
    found = list(_loops(tree))
    for block, place, loop in reversed(found):
        kept = _statements("items_here = ()")[0]
        kept.value = loop.iter
        loop.iter = ast.Name("items_here", ast.Load())
        block.insert(place, kept)
    return bool(found)


def continue_early(tree: ast.Module) -> bool:
    """A body that ends in `if c: ...` becomes `if not c: continue` and the rest."""
    changed = False
    for _, _, loop in _loops(tree):
        last = loop.body[-1]
        if isinstance(last, ast.If) and not last.orelse:
            test = ast.UnaryOp(ast.Not(), last.test)
            loop.body[-1:] = [ast.If(test, [ast.Continue()], []), *last.body]
            changed = True
    return changed


# ---- statements --------------------------------------------------------------------------------------


def neutral_statements(tree: ast.Module) -> bool:
    for _, _, loop in _loops(tree):
        loop.body[:0] = _statements("pass\nspare = 0")
        loop.body += _statements("spare = spare + 1")
    main = _main(tree)
    if main is None:
        return False
    main.body[:0] = _statements("'Does it all.'\nbefore = (1, 2)\nassert len(before) == 2")
    return True


def value_named_first(tree: ast.Module) -> bool:
    changed = False
    for block in list(_blocks(tree)):
        for statement in block[:]:
            match statement:
                case ast.Expr(
                    value=ast.Call(func=ast.Attribute(attr="append"), args=[ast.Call() as value])
                ):
                    kept = _statements("fresh = 0")[0]
                    kept.value = value
                    statement.value.args = [ast.Name("fresh", ast.Load())]
                    block.insert(block.index(statement), kept)
                    changed = True
    return changed


def extended(tree: ast.Module) -> bool:
    changed = False
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="append") as function, args=[value]):
                function.attr = "extend"
                node.args = [ast.List([value], ast.Load())]
                changed = True
    return changed


def list_called(tree: ast.Module) -> bool:
    """Empty displays are written as calls."""
    changed = False
    for block in _blocks(tree):
        for statement in block:
            for kind, name in ((ast.List, "list"), (ast.Dict, "dict")):
                if _is_growing_list(statement, kind) is not None:
                    statement.value = ast.Call(ast.Name(name, ast.Load()), [], [])
                    changed = True
    return changed


def swapped_operands(tree: ast.Module) -> bool:
    """`a + 1` becomes `1 + a`, `a * 2` becomes `2 * a`, `x == 1` becomes `1 == x`."""
    changed = False
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Add() | ast.Mult(), right=ast.Constant(value=int())):
                node.left, node.right = node.right, node.left
                changed = True
            case ast.Compare(ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant()]):
                node.left, node.comparators = node.comparators[0], [node.left]
                changed = True
    return changed


def annotated(tree: ast.Module) -> bool:
    object_type = ast.Name("object", ast.Load())
    for function in _functions(tree):
        for arg in function.args.args:
            if arg.arg != "self":
                arg.annotation = object_type
    for function in _functions(tree):
        shared = {
            n
            for node in ast.walk(tree)
            if isinstance(node, (ast.Global, ast.Nonlocal))
            for n in node.names
        }
        done: set[str] = set()
        for place, statement in enumerate(function.body):
            name = _is_growing_list(statement, (ast.List, ast.Dict))
            if name is not None and name not in shared | done:
                kind = "list" if isinstance(statement.value, ast.List) else "dict"
                function.body[place] = ast.AnnAssign(
                    ast.Name(name, ast.Store()), ast.Name(kind, ast.Load()), statement.value, 1
                )
                done.add(name)
    return True


def in_try(tree: ast.Module) -> bool:
    found = list(_loops(tree))
    for block, place, loop in found:
        block[place] = ast.Try([loop], [], [], _statements("ended = True"))
    return bool(found)


def unchanged(tree: ast.Module) -> bool:
    """Comments and lay-out go, and so does the docstring."""
    if ast.get_docstring(tree) is None:
        return False
    del tree.body[0]
    return True


TRANSFORMATIONS: dict[str, Transformation] = {
    "plain": unchanged,
    "short-names": _rename(lambda at, name: "vwabcdefghmqr"[at % 13] + str(at)),
    "long-names": _rename(lambda at, name: f"the_{name}_of_this_function_{at}"),
    "private-names": _rename(lambda at, name: f"_{name}"),
    "letters": _rename(lambda at, name: f"größe_{at}"),
    "method": in_method,
    "static-method": in_static_method,
    "nested": nested_function,
    "coroutine": in_coroutine,
    "condition": in_condition,
    "behind-call": behind_call,
    "helper-in-class": helper_in_class,
    "comprehension": to_comprehension,
    "statement": from_comprehension,
    "enumerate": enumerated,
    "range-index": range_index,
    "items-first": items_first,
    "continue": continue_early,
    "neutral": neutral_statements,
    "named-value": value_named_first,
    "extend": extended,
    "list-call": list_called,
    "operands": swapped_operands,
    "annotations": annotated,
    "try": in_try,
}
