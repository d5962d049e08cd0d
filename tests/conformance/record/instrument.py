"""Rewrites a module's syntax tree so that running it tells the values of its expressions.

Every expression `e` that is read becomes `probe(number, e)`, the function of every call
`callee(number, f)(...)`, and functions begin with `enter(number, parameters...)`. The alternative, an
event before each instruction (`sys.settrace` with `f_trace_opcodes`), sees only what lies in local
variables, takes the stack's values apart by guesswork, and costs some microseconds an instruction;
a probe costs a tenth of that, sees every occurrence with the exact position that `ast` gives it, and
leaves `sys.settrace` to the tests that use it.

The rewritten program does the same as the original, because

- a probe hands back the very object it got, at the moment when it would have been used; what is
  evaluated, in which order and in which frame stays (`super()`, `locals()`, `__class__` work);
- probes are constants of the code objects, put in after compilation: no name is added anywhere, which
  class bodies with namespaces of their own and `dir()` would show;
- all positions are those of the original: tracebacks, `inspect.getsource` and warnings stay;
- what has a meaning as syntax is left alone: annotations, patterns, targets, docstrings, format
  specifications, constants (but for those assigned or returned), slices.

What differs: frames of probes count towards the recursion limit, code objects have other constants
and sizes, and an exception in the middle of evaluating `f(...)` finds a bound method made already.
"""

from __future__ import annotations

import ast
import types
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field

# Stand for the probes until the code is compiled; no program has strings like these.
PROBE, CALLEE, ENTER, ENTER_LATER = (f"\0unspool {name}" for name in ("p", "c", "e", "g"))
# Shown in the record as the opcode of an implicit call otherwise; these bind names themselves.
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
READ = (
    *(
        ast.Attribute,
        ast.Await,
        ast.BinOp,
        ast.BoolOp,
        ast.Call,
        ast.Compare,
        ast.Dict,
        ast.DictComp,
    ),
    *(ast.GeneratorExp, ast.IfExp, ast.Lambda, ast.List, ast.ListComp, ast.Name, ast.NamedExpr),
    *(ast.Set, ast.SetComp, ast.Subscript, ast.Tuple, ast.UnaryOp, ast.Yield, ast.YieldFrom),
)

Position = tuple[int, int, int, int]


@dataclass
class Place:
    """Where values are seen. Several places may share a probe: `x = y` tells of `y` and of `x`."""

    site: int
    kind: str  # parameter, local, return, yield, attribute or expression
    name: str
    position: Position
    function: int  # index into Instrumented.functions; -1 is the module, and class bodies


@dataclass
class Function:
    name: str  # as in `code.co_qualname`
    line: int  # of `def`, `async` or `lambda`
    column: int
    first_line: int  # of the first decorator, as in `code.co_firstlineno`
    generator: bool = False


@dataclass
class CallSite:
    site: int
    position: Position
    function: int


@dataclass
class Instrumented:
    """The tree is rewritten in place; sites are numbered from `first`, functions from 0."""

    tree: ast.Module
    first: int
    count: int = 0
    places: list[Place] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    # Of each function, the site of its first parameter; the others follow.
    parameters: list[int] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)


def position(node: ast.AST) -> Position:
    return (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def instrument(source: bytes | str, path: str, first: int, first_function: int) -> Instrumented:
    """The same source and numbers give the same places."""
    with _no_warnings():
        tree = ast.parse(source, path)
    result = Instrumented(tree, first)
    _Rewriter(result, first_function).module(tree)
    return result


def compiled(tree: ast.Module, path: str, probes: dict[str, object]) -> types.CodeType:
    with _no_warnings():
        code = compile(tree, path, "exec", dont_inherit=True)
    return _with_probes(code, probes)


@contextmanager
def _no_warnings():
    """Calling a constant is worth one to the compiler."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _with_probes(code: types.CodeType, probes: dict[str, object]) -> types.CodeType:
    constants = []
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            constant = _with_probes(constant, probes)
        elif type(constant) is str and constant in probes:
            constant = probes[constant]
        constants.append(constant)
    return code.replace(co_consts=tuple(constants))


class _Rewriter:
    """Walks in the order of the source. `scope` is the path of names as in `__qualname__`."""

    def __init__(self, result: Instrumented, first_function: int) -> None:
        self.result = result
        self.first_function = first_function
        self.scope: list[str] = []
        self.function = -1
        self.in_class_body = False
        self.in_function = False  # and not in a comprehension of it, or a class in it
        self.asynchronous_generator = False
        # Names that `global` gives to the module, function by function: they change `__qualname__`.
        self.globals: set[str] = set()

    def module(self, tree: ast.Module) -> None:
        tree.body = self.block(tree.body)

    # ---- numbers ----

    def new_site(self) -> int:
        self.result.count += 1
        return self.result.first + self.result.count - 1

    def place(self, site: int, kind: str, name: str, node: ast.AST) -> None:
        self.result.places.append(Place(site, kind, name, position(node), self.function))

    # ---- statements ----

    def block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        rewritten = []
        for statement in statements:
            after = self.statement(statement)
            rewritten += [statement, *after]
        return rewritten

    def statement(self, node: ast.stmt) -> list[ast.stmt]:
        """Rewrites the statement; returns what is to stand behind it."""
        method = getattr(self, "statement_" + type(node).__name__, None)
        if method is not None:
            return method(node) or []
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(node, name, self.expression(value))
            elif isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, name, self.block(value))
            elif isinstance(value, list) and value and isinstance(value[0], ast.expr):
                setattr(node, name, [self.expression(one) for one in value])
        return []

    def statement_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        first_line = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        node.decorator_list = [self.expression(one) for one in node.decorator_list]
        self.defaults(node.args)
        saved = self.enter_function(node, node.name, first_line)
        entry = self.entry(node)
        docstring = [node.body.pop(0)] if ast.get_docstring(node, clean=False) is not None else []
        ends = not isinstance(node.body[-1], (ast.Return, ast.Raise)) if node.body else True
        body = self.block(node.body)
        if ends:
            # Not a `return`: asynchronous generators must not have one with a value.
            site = self.new_site()
            self.place(site, "return", "", node)
            end = node.body[-1] if node.body else node
            body.append(self.after(end, self.wrapped(PROBE, site, ast.Constant(None), end)))
        node.body = [*docstring, self.after(node, entry), *body]
        self.restore(saved)

    statement_AsyncFunctionDef = statement_FunctionDef

    def statement_ClassDef(self, node: ast.ClassDef) -> None:
        node.decorator_list = [self.expression(one) for one in node.decorator_list]
        node.bases = [self.expression(one) for one in node.bases]
        for keyword in node.keywords:
            keyword.value = self.expression(keyword.value)
        saved = self.saved()
        top = node.name in self.globals
        self.scope = [node.name] if top else [*self.scope, *self.inner(), node.name]
        self.function, self.in_class_body, self.in_function = -1, True, False
        self.globals = declared_global(node.body)
        docstring = [node.body.pop(0)] if ast.get_docstring(node, clean=False) is not None else []
        node.body = [*docstring, *self.block(node.body)] or docstring
        self.restore(saved)

    def statement_Return(self, node: ast.Return) -> None:
        value = node.value
        if value is None:
            if self.asynchronous_generator:
                return
            value = ast.copy_location(ast.Constant(None), node)
        place = value if node.value is not None else node
        node.value, site = self.observed(value)
        self.place(site, "return", "", place)

    def statement_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        node.value, site = self.observed(node.value)
        after = []
        for target in node.targets:
            after += self.assigned(target, site)
        return after

    def statement_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.target(node.target)
        if node.value is not None:
            node.value, site = self.observed(node.value)
            self.alias(node.target, site)

    def statement_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        self.target(node.target)
        node.value = self.expression(node.value)
        return self.look(node.target)

    def statement_For(self, node: ast.For | ast.AsyncFor) -> None:
        node.iter = self.expression(node.iter)
        self.target(node.target)
        look = self.look(node.target)
        node.body = [*look, *self.block(node.body)]
        node.orelse = self.block(node.orelse)

    statement_AsyncFor = statement_For

    def statement_With(self, node: ast.With | ast.AsyncWith) -> None:
        look = []
        for item in node.items:
            item.context_expr = self.expression(item.context_expr)
            if item.optional_vars is not None:
                self.target(item.optional_vars)
                look += self.look(item.optional_vars)
        node.body = [*look, *self.block(node.body)]

    statement_AsyncWith = statement_With

    def statement_Try(self, node: ast.Try | ast.TryStar) -> None:
        node.body = self.block(node.body)
        for handler in node.handlers:
            if handler.type is not None:
                handler.type = self.expression(handler.type)
            look = []
            if handler.name is not None and not self.in_class_body:
                # The name has no position of its own: that of the handler.
                site = self.new_site()
                self.place(site, "local", handler.name, handler)
                look = [self.after(handler, self.reading(site, handler.name, handler))]
            handler.body = [*look, *self.block(handler.body)]
        node.orelse = self.block(node.orelse)
        node.finalbody = self.block(node.finalbody)

    statement_TryStar = statement_Try

    def statement_Match(self, node: ast.Match) -> None:
        node.subject = self.expression(node.subject)
        for case in node.cases:
            look = []
            for pattern in _walk(case.pattern):
                name = getattr(
                    pattern, "rest" if isinstance(pattern, ast.MatchMapping) else "name", None
                )
                if name is not None and not self.in_class_body:
                    site = self.new_site()
                    self.place(site, "local", name, pattern)
                    look.append(self.after(pattern, self.reading(site, name, pattern)))
            if case.guard is not None:
                case.guard = self.expression(case.guard)
            case.body = [*look, *self.block(case.body)]

    def statement_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.target(target)

    def statement_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        """What is imported is seen where it is used."""

    statement_ImportFrom = statement_Import

    # ---- targets ----

    def target(self, node: ast.expr) -> None:
        """What a target reads on its way: `a` and `i` of `a[i] = v`."""
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            node.value = self.expression(node.value)
            if isinstance(node, ast.Subscript):
                node.slice = self.expression(node.slice)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for element in node.elts:
                self.target(element)
        elif isinstance(node, ast.Starred):
            self.target(node.value)

    def alias(self, target: ast.expr, site: int) -> bool:
        """The target gets just what the probe of the value saw."""
        if isinstance(target, ast.Name):
            self.place(site, "local", target.id, target)
        elif isinstance(target, ast.Attribute):
            self.place(site, "attribute", target.attr, target)
        return isinstance(target, (ast.Name, ast.Attribute, ast.Subscript))

    def assigned(self, target: ast.expr, site: int) -> list[ast.stmt]:
        self.target(target)
        return [] if self.alias(target, site) else self.look(target)

    def names(self, target: ast.expr) -> list[ast.Name]:
        if isinstance(target, ast.Name):
            return [target]
        if isinstance(target, (ast.Tuple, ast.List)):
            return [name for element in target.elts for name in self.names(element)]
        return self.names(target.value) if isinstance(target, ast.Starred) else []

    def look(self, target: ast.expr) -> list[ast.stmt]:
        """Statements that read the names just bound. Namespaces of classes may do anything on being
        read, so nothing is read there that the program does not read."""
        if self.in_class_body:
            return []
        statements = []
        for name in self.names(target):
            site = self.new_site()
            self.place(site, "local", name.id, name)
            statements.append(self.after(name, self.reading(site, name.id, name)))
        return statements

    # ---- expressions ----

    def expression(self, node: ast.expr) -> ast.expr:
        """The expression with all it contains observed, if it is of a kind worth it."""
        self.inside(node)
        if not isinstance(node, READ) or not self.is_value(node):
            return node
        return self.probed(node)[0]

    def observed(self, node: ast.expr) -> tuple[ast.expr, int]:
        """The same with its site; constants too."""
        self.inside(node)
        return self.probed(node)

    def probed(self, node: ast.expr, probe: str = PROBE) -> tuple[ast.expr, int]:
        site = self.new_site()
        name = node.id if isinstance(node, ast.Name) else ""
        if isinstance(node, ast.Attribute):
            name = node.attr
        self.place(site, "expression", name, node)
        return self.wrapped(probe, site, node, node), site

    @staticmethod
    def is_value(node: ast.expr) -> bool:
        if not isinstance(getattr(node, "ctx", None), (ast.Load, type(None))):
            return False
        # `x[1:2, 3]`: the tuple contains what is no expression by itself.
        return not (
            isinstance(node, ast.Tuple) and any(isinstance(one, ast.Slice) for one in node.elts)
        )

    def inside(self, node: ast.expr) -> None:
        if isinstance(node, ast.Lambda):
            self.lambda_(node)
        elif isinstance(node, COMPREHENSIONS):
            self.comprehension(node)
        elif isinstance(node, ast.Call):
            self.call(node)
        elif isinstance(node, ast.NamedExpr):
            node.value, site = self.observed(node.value)
            self.place(site, "local", node.target.id, node.target)
        elif isinstance(node, ast.Yield):
            if node.value is not None:
                node.value, site = self.observed(node.value)
                self.place(site, "yield", "", node.value)
        elif isinstance(node, ast.FormattedValue):
            node.value = self.expression(node.value)
            if node.format_spec is not None:
                self.inside(node.format_spec)
        else:
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.expr):
                    setattr(node, name, self.expression(value))
                elif isinstance(value, list) and value:
                    setattr(
                        node,
                        name,
                        [self.expression(x) if isinstance(x, ast.expr) else x for x in value],
                    )

    def call(self, node: ast.Call) -> None:
        self.inside(node.func)
        node.func, site = self.probed(node.func, CALLEE)
        self.result.calls.append(CallSite(site, position(node), self.function))
        node.args = [self.expression(one) for one in node.args]
        for keyword in node.keywords:
            keyword.value = self.expression(keyword.value)

    def comprehension(self, node: ast.expr) -> None:
        """Names bound are seen by a condition that always holds."""
        name = {ast.GeneratorExp: "<genexpr>"}.get(type(node), f"<{type(node).__name__.lower()}>")
        first = node.generators[0]
        first.iter = self.expression(first.iter)
        saved = self.saved()
        self.scope = [*self.scope, *self.inner(), name]
        self.in_class_body = self.in_function = False
        for generator in node.generators:
            if generator is not first:
                generator.iter = self.expression(generator.iter)
            self.target(generator.target)
            conditions = [self.expression(one) for one in generator.ifs]
            for bound in reversed(self.names(generator.target)):
                site = self.new_site()
                self.place(site, "local", bound.id, bound)
                seen = self.reading(site, bound.id, bound)
                both = ast.Tuple([seen], ast.Load())
                conditions.insert(0, self.located(both, bound))
            generator.ifs = conditions
        if isinstance(node, ast.DictComp):
            node.key = self.expression(node.key)
            node.value = self.expression(node.value)
        else:
            node.elt = self.expression(node.elt)
        self.restore(saved)

    def lambda_(self, node: ast.Lambda) -> None:
        self.defaults(node.args)
        saved = self.enter_function(node, "<lambda>", node.lineno)
        entry = self.entry(node)
        node.body, site = self.observed(node.body)
        self.place(site, "return", "", node.body)
        # `enter` answers None.
        both = ast.BoolOp(ast.Or(), [entry, node.body])
        node.body = self.located(both, node.body)
        self.restore(saved)

    # ---- functions ----

    def inner(self) -> list[str]:
        """What `__qualname__` has between this scope and one inside it."""
        return ["<locals>"] if self.in_function else []

    def enter_function(self, node: ast.AST, name: str, first_line: int) -> tuple:
        saved = self.saved()
        top = name in self.globals
        self.scope = [name] if top else [*self.scope, *self.inner(), name]
        yields = has_yield(node)
        function = Function(
            ".".join(self.scope), node.lineno, node.col_offset, first_line, generator=yields
        )
        self.function = len(self.result.functions)
        self.result.functions.append(function)
        self.in_class_body, self.in_function = False, True
        self.asynchronous_generator = yields and isinstance(node, ast.AsyncFunctionDef)
        body = node.body if isinstance(node.body, list) else []
        self.globals = declared_global(body)
        return saved

    def saved(self) -> tuple:
        return (
            *(self.scope, self.function, self.in_class_body, self.in_function),
            *(self.asynchronous_generator, self.globals),
        )

    def restore(self, saved: tuple) -> None:
        (self.scope, self.function, self.in_class_body, self.in_function, *rest) = saved
        self.asynchronous_generator, self.globals = rest

    def defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.expression(one) for one in arguments.defaults]
        arguments.kw_defaults = [one and self.expression(one) for one in arguments.kw_defaults]

    def entry(self, node: ast.AST) -> ast.expr:
        """`enter(number, a, b, ...)`: tells who called, and the parameters."""
        arguments = node.args
        parameters = [*arguments.posonlyargs, *arguments.args]
        parameters += [arguments.vararg] if arguments.vararg else []
        parameters += arguments.kwonlyargs
        parameters += [arguments.kwarg] if arguments.kwarg else []
        first = self.result.first + self.result.count
        for parameter in parameters:
            self.place(self.new_site(), "parameter", parameter.arg, parameter)
        self.result.parameters.append(first)
        # Who resumes a generator or coroutine is not who called it.
        function = self.result.functions[self.function]
        later = function.generator or isinstance(node, ast.AsyncFunctionDef)
        names = [ast.Name(parameter.arg, ast.Load()) for parameter in parameters]
        number = ast.Constant(self.first_function + self.function)
        probe = ast.Constant(ENTER_LATER if later else ENTER)
        return self.located(ast.Call(probe, [number, *names], []), node)

    # ---- making nodes ----

    def wrapped(self, probe: str, site: int, value: ast.expr, at: ast.AST) -> ast.Call:
        call = ast.Call(ast.Constant(probe), [ast.Constant(site), value], [])
        for part in (call, call.func, call.args[0]):
            ast.copy_location(part, at)
        if not hasattr(value, "lineno"):
            ast.copy_location(value, at)
        return call

    def reading(self, site: int, name: str, at: ast.AST) -> ast.Call:
        return self.wrapped(PROBE, site, ast.Name(name, ast.Load()), at)

    def located(self, node: ast.expr, at: ast.AST) -> ast.expr:
        """Every part that has no position yet gets that of `at`."""
        for part in _walk(node):
            if "lineno" in part._attributes and not hasattr(part, "lineno"):
                ast.copy_location(part, at)
        return node

    @staticmethod
    def after(at: ast.AST, value: ast.expr) -> ast.Expr:
        return ast.copy_location(ast.Expr(value), at)


def _walk(root: ast.AST) -> list[ast.AST]:
    """As `ast.walk`, which imports while it runs: the program's modules, by then."""
    found = [root]
    for node in found:
        found.extend(ast.iter_child_nodes(node))
    return found


def _own_nodes(roots: list[ast.AST]) -> list[ast.AST]:
    """All nodes below that belong to the same function."""
    found, stack = [], list(roots)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            stack.extend(ast.iter_child_nodes(node))
        elif not isinstance(node, ast.Lambda):
            # Decorators, defaults and bases are evaluated here.
            stack.extend(node.decorator_list)
    return found


def has_yield(node: ast.AST) -> bool:
    body = node.body if isinstance(node.body, list) else [node.body]
    return any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in _own_nodes(body))


def declared_global(body: list[ast.stmt]) -> set[str]:
    names: set[str] = set()
    for node in _own_nodes(body):
        if isinstance(node, ast.Global):
            names.update(node.names)
    return names
