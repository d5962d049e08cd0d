"""Runs a script once and takes the time of some of its loops.

It stands in the place of the script, in a copy of its folder, so that arguments, working folder and
file name are those of the script. The file named by the environment variable UNSPOOL_PROFILE holds
what to do, as JSON: `source` (path of the script's own text), `output` (path of the answer), `loops`
([line, column] of `for` statements and comprehensions, columns in bytes from 0, as in `ast`).

The answer is a JSON object: `seconds` of the whole run and `loops`, in the order asked for, each with
`line`, `column`, `found`, `executions`, `iterations`, `most_iterations` and `fewest_iterations` of an
execution, `seconds` in the iterations, `longest` iteration, `iterable` (class names, with counts).

The script is compiled from its own tree, with each iterable wrapped in a generator that takes the
time between handing out an item and being asked for the next. Line numbers stay, `__main__` is a module
that holds the script's names only. Standard library only, Python 3.8 and newer.
"""

import sys


def _begin():
    import ast
    import atexit
    import json
    import os
    import types
    from time import perf_counter

    with open(os.environ.pop("UNSPOOL_PROFILE"), encoding="utf-8") as request_file:
        request = json.load(request_file)
    with open(request["source"], "rb") as source_file:
        source = source_file.read()

    class Record:
        def __init__(self, line, column):
            self.line, self.column = line, column
            self.found = False
            self.executions = self.iterations = self.active = 0
            self.most, self.fewest = 0, None
            self.seconds = self.longest = 0.0
            self.iterable = {}

    records = [Record(line, column) for line, column in request["loops"]]
    by_place = {(record.line, record.column): record for record in records}
    begin = perf_counter()
    process = os.getpid()

    def write():
        if os.getpid() != process:
            return  # a child that inherited us
        answer = {"seconds": perf_counter() - begin, "loops": []}
        for record in records:
            answer["loops"].append(
                {
                    "line": record.line,
                    "column": record.column,
                    "found": record.found,
                    "executions": record.executions,
                    "iterations": record.iterations,
                    "most_iterations": record.most,
                    "fewest_iterations": record.fewest or 0,
                    "seconds": record.seconds,
                    "longest": record.longest,
                    "iterable": record.iterable,
                }
            )
        with open(request["output"], "w", encoding="utf-8") as output:
            json.dump(answer, output)

    def watch(number, items):
        record = records[number]
        name = type(items).__name__
        record.iterable[name] = record.iterable.get(name, 0) + 1
        record.executions += 1
        record.active += 1
        outermost = record.active == 1  # of a recursive function, the time counts once
        count = 0
        spent = longest = 0.0
        clock = perf_counter
        try:
            for item in items:
                count += 1
                start = clock()
                try:
                    yield item
                finally:
                    took = clock() - start
                    spent += took
                    if took > longest:
                        longest = took
        finally:
            record.active -= 1
            record.iterations += count
            record.most = max(record.most, count)
            record.fewest = count if record.fewest is None else min(record.fewest, count)
            if outermost:
                record.seconds += spent
            record.longest = max(record.longest, longest)

    class Instrument(ast.NodeTransformer):
        """Wraps the iterable of each loop asked for: `for x in __watch(3, items)`."""

        def wrap(self, node, holder):
            record = by_place.get((node.lineno, node.col_offset))
            if record is None or record.found:
                return
            record.found = True
            place = holder.iter
            number = ast.copy_location(ast.Constant(records.index(record)), place)
            function = ast.copy_location(ast.Name(name, ast.Load()), place)
            holder.iter = ast.copy_location(ast.Call(function, [number, place], []), place)

        def visit_For(self, node):
            self.wrap(node, node)
            return self.generic_visit(node)

        def comprehension(self, node):
            if not node.generators[0].is_async:
                self.wrap(node, node.generators[0])
            return self.generic_visit(node)

        visit_ListComp = visit_SetComp = visit_DictComp = comprehension

    name = "__unspool_watch__"  # with underscores at the end, or a class would rename it
    while name.encode() in source:
        name += "_"
    tree = Instrument().visit(ast.parse(source, sys.argv[0]))
    code = compile(tree, sys.argv[0], "exec", dont_inherit=True)

    main = types.ModuleType("__main__")
    own = sys.modules["__main__"]
    for attribute in ("__file__", "__spec__", "__loader__", "__package__", "__cached__"):
        if hasattr(own, attribute):
            setattr(main, attribute, getattr(own, attribute))
    main.__doc__ = None
    import builtins

    main.__builtins__ = builtins
    setattr(builtins, name, watch)
    sys.modules["__main__"] = main
    sys.modules["__unspool_profile"] = own  # kept alive
    atexit.register(write)
    return code, main.__dict__


exec(*_begin())
