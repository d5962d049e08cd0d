"""Loops that call into a module beside the script: each of these modules keeps or changes something in
a way of its own. What is offered must do the same under every start method; what changes between
iterations, or between processes, must not be offered."""

import pytest
from commands import Folder

PROGRAM = """import sys
{imports}

{defs}
def main():
{before}
    numbers = list(range(12))
    results = []
    for number in numbers:
        results.append({expr})
    print(results)
{after}

if __name__ == "__main__":
    main()
"""


def case(helper, expr, imports="import helper", before="    pass", after="", defs=""):
    return dict(
        helper=helper,
        main=PROGRAM.format(imports=imports, expr=expr, before=before, after=after, defs=defs),
    )


WORK = """
def work(n):
    for step in range(20000):
        n = (n * 31 + step) % 10007
    return n
"""
CASES = {
    "instance": case(
        WORK
        + """
class Counter:
    def __init__(self): self.n = 0
    def bump(self):
        self.n += 1
        return self.n
counter = Counter()
def f(x): return work(x) + counter.bump()
""",
        "helper.f(number)",
    ),
    "classattr": case(
        WORK
        + """
class A:
    total = 0
    def go(self, x):
        A.total += 1
        return work(x) + A.total
""",
        "helper.A().go(number)",
    ),
    "funcattr": case(
        WORK
        + """
def f(x):
    f.calls = getattr(f, "calls", 0) + 1
    return work(x) + f.calls
""",
        "helper.f(number)",
    ),
    "default": case(
        WORK
        + """
def f(x, seen=[]):
    seen.append(x)
    return work(x) + len(seen)
""",
        "helper.f(number)",
    ),
    "closure": case(
        WORK
        + """
def make():
    n = 0
    def step(x):
        nonlocal n
        n += 1
        return work(x) + n
    return step
f = make()
""",
        "helper.f(number)",
    ),
    "lru": case(
        WORK
        + """
import functools
@functools.lru_cache(None)
def f(x): return work(x)
""",
        "helper.f(number % 3)",
        after="    print(helper.f.cache_info())",
    ),
    "setmode": case(
        WORK
        + """
mode = 1
def set_mode(v):
    global mode
    mode = v
def f(x): return work(x) * mode
""",
        "helper.f(number)",
        imports="import helper\nfrom helper import set_mode",
        before="    set_mode(7)",
    ),
    "count": case(
        WORK
        + """
import itertools
ids = itertools.count()
def f(x): return work(x) + next(ids)
""",
        "helper.f(number)",
    ),
    "shared": case(
        WORK
        + """
def f(x, log):
    log.append(x)
    return work(x)
""",
        "helper.f(number, results2)",
        before="    results2 = []",
        after="    print(results2)",
    ),
    "sentinel": case(
        WORK
        + """
MISSING = object()
def f(x): return MISSING if work(x) % 2 else x
""",
        "helper.f(number)",
        after="    print([r is helper.MISSING for r in results].count(True))",
    ),
    "subclass": case(
        WORK
        + """
class Base:
    def value(self, x): return self.extra(x) + work(x)
    def extra(self, x): return 0
""",
        "thing.value(number)",
        before="    thing = Mine()",
        defs="""
seen = []
class Mine(helper.Base):
    def extra(self, x):
        seen.append(x)
        return len(seen)
""",
    ),
    "setorder": case(
        WORK
        + """
def f(x):
    return [w for w in {"a%d" % (x + i) for i in range(4)}] and work(x)
""",
        "helper.f(number)",
    ),
    "rng": case(
        WORK
        + """
import random
source = random.Random(3)
def f(x): return work(x) + source.random()
""",
        "helper.f(number)",
    ),
    "samename": case(
        WORK
        + """
x = 5
def f(n):
    return work(n) + x
def put(v):
    global x
    x = v
""",
        "helper.f(number) + x",
        defs="x = 2\n",
    ),
    "samename2": case(
        WORK
        + """
x = 5
def f(n):
    return work(n) + x
def put(v):
    global x
    x = v
""",
        "helper.f(number) + x",
        defs="x = 2\n",
        before="    helper.put(9)",
    ),
    "tryimport": case(
        WORK
        + """
def f(n): return work(n)
""",
        "helper.f(number)",
        imports="try:\n    import helper\nexcept ImportError:\n    helper = None",
    ),
    "rebound": case(
        WORK
        + """
def f(n): return work(n)
""",
        "g(number)",
        imports="from helper import f as g",
        defs="""
def swap():
    global g
    g = abs
""",
        before="    swap()",
    ),
    "delattr": case(
        WORK
        + """
k = 3
def f(n): return work(n) + k
""",
        "helper.f(number)",
        before="    import helper as h2\n    del h2.k",
        imports="import helper",
    ),
    "patch": case(
        WORK
        + """
def extra(n): return 0
def f(n): return work(n) + extra(n)
""",
        "helper.f(number)",
        defs="""
def patch():
    helper.extra = abs
""",
        before="    patch()",
    ),
    "setattr": case(
        WORK
        + """
def extra(n): return 0
def f(n): return work(n) + extra(n)
""",
        "helper.f(number)",
        before='    setattr(helper, "extra", abs)',
    ),
    "clspatch": case(
        WORK
        + """
class A:
    def extra(self, n): return 0
    def f(self, n): return work(n) + self.extra(n)
""",
        "a.f(number)",
        before="    helper.A.extra = lambda self, n: n\n    a = helper.A()",
    ),
    "dictstate": case(
        WORK
        + """
config = {"k": 1}
def f(n): return work(n) + config["k"]
""",
        "helper.f(number)",
        before='    helper.config["k"] = 50',
    ),
    "dictalias": case(
        WORK
        + """
config = {"k": 1}
def get(): return config
def f(n): return work(n) + config["k"]
""",
        "helper.f(number)",
        before="    c = helper.get()\n    c.update(k=60)",
    ),
    "listdepth": case(
        WORK
        + """
rows = [[1], [2]]
def f(n): return work(n) + rows[n % 2][0]
""",
        "helper.f(number)",
        before="    first = helper.rows[0]\n    first[0] = 70",
    ),
    "guardhelper": case(
        WORK
        + """
k = 1
def f(n): return work(n) + k
if __name__ == "__main__":
    k = 5
""",
        "helper.f(number)",
    ),
    "exc": case(
        WORK
        + """
class Odd(Exception):
    pass
def f(n):
    if n == 7: raise Odd("seven")
    return work(n)
""",
        "helper.f(number)",
    ),
    "excstate": case(
        WORK
        + """
class Odd(Exception):
    def __init__(self, n):
        super().__init__("odd")
        self.n = n
def f(n):
    if n == 7: raise Odd(n)
    return work(n)
""",
        "helper.f(number)",
    ),
    "localcls": case(
        WORK
        + """
def make():
    class P:
        def __init__(self, n): self.n = n
    return P
P = make()
def f(n): return P(work(n))
""",
        "helper.f(number)",
        after="    print(results[0].n)",
    ),
    "moduleobj": case(
        WORK
        + """
import math
tools = [math, len]
def f(n): return work(n) + tools[0].floor(2.5)
""",
        "helper.f(number)",
    ),
    "name": case(
        WORK
        + """
def f(n): return (work(n), __name__)
""",
        "helper.f(number)",
    ),
    "lateimport": case(
        WORK
        + """
def f(n):
    import helper2
    return work(n) + helper2.k
""",
        "helper.f(number)",
    ),
    "prop": case(
        WORK
        + """
class A:
    def __init__(self): self.hits = 0
    @property
    def v(self):
        self.hits += 1
        return self.hits
a = A()
def f(n): return work(n) + a.v
""",
        "helper.f(number)",
    ),
    "ctx": case(
        WORK
        + """
import contextlib
depth = []
@contextlib.contextmanager
def level():
    depth.append(1)
    yield len(depth)
def f(n):
    with level() as d:
        return work(n) + d
""",
        "helper.f(number)",
    ),
    "slice": case(
        WORK
        + """
buf = [0] * 20
def f(n):
    buf[n] = work(n)
    return sum(buf)
""",
        "helper.f(number)",
    ),
}

# The module itself is quiet; a function of it is called where workers would call it again.
PRINTS = (
    WORK
    + """
def setup(): print("ready")
def f(n): return work(n)
"""
)
CASES["called on import"] = case(
    PRINTS,
    "helper.f(number)",
    defs="helper.setup()\n",
)
CASES["called on import of a try"] = case(
    PRINTS,
    "helper.f(number)",
    imports="try:\n    import helper\n    helper.setup()\nexcept ImportError:\n    raise",
)
CASES["called by a class body"] = case(
    PRINTS,
    "helper.f(number)",
    defs="class Settings:\n    import helper as module\n    value = module.setup()\n",
)
CASES["arguments kept by the module"] = case(
    WORK
    + """
import sys
words = sys.argv[1:]
def f(n): return work(n) + len(words)
""",
    "helper.f(number)",
    before='    sys.argv.append("more")',
)
# Imported where only the main program runs, after what it depends on has changed.
CASES["imported late"] = {
    "helper": WORK
    + """
import sys
from helper2 import numbers
size = len(numbers)
class Thing:
    def go(self, n): return work(n) + size
""",
    "main": """import helper2

def main(thing):
    numbers = list(range(12))
    results = []
    for number in numbers:
        results.append(thing.go(number))
    print(results)


if __name__ == "__main__":
    helper2.numbers.append(5)
    import helper

    main(helper.Thing())
""",
}

# What is independent, also in processes that start afresh.
INDEPENDENT = {"rebound", "exc", "excstate"}


@pytest.fixture(params=CASES)
def folder(request, tmp_path):
    made = Folder(tmp_path)
    made.name = request.param
    (tmp_path / "program.py").write_text(CASES[request.param]["main"])
    (tmp_path / "helper.py").write_text(CASES[request.param]["helper"])
    (tmp_path / "helper2.py").write_text("k = 4\nnumbers = [1, 2]\n")
    return made


def test_only_what_is_independent_is_offered(folder):
    answer = folder.run("check", "--isolated", "--entry", "--exit-zero", "program.py")
    assert answer.status == 0, answer.err
    assert ("UNS101" in answer.out) == (folder.name in INDEPENDENT), answer.out


def test_what_is_offered_does_the_same(folder):
    if folder.name not in INDEPENDENT:
        pytest.skip("stays as it is")
    answer = folder.run("verify", "--no-measure", "--workers", "1,3", "program.py")
    assert answer.status == 0, answer.out + answer.err
    assert "6 of 6 ways to run equal" in answer.out
