"""Programs that go all ways through try, finally, with, loops, match and coroutines: each function takes
its turns from a random stream of its own, so that one program takes many paths. All end."""

from __future__ import annotations

import random

PRELUDE = '''\
import asyncio
import contextlib
import random

choose = random.Random({seed})
budget = 4000


class Left(Exception):
    pass


class Right(Left):
    pass


class Other(Exception):
    pass


def turn(sides=2):
    """Which way to go; in the end always the first, so that everything ends."""
    global budget
    budget -= 1
    if budget < 0:
        return 0
    return choose.randrange(sides)


def may_raise(often=4):
    global budget
    if budget >= 0 and turn(often) == 1:
        raise choose.choice([Left, Right, Other])()
    return turn(3)


class Guard:
    def __init__(self, swallows=None):
        may_raise(12)
        self.swallows = bool(turn(3) == 1) if swallows is None else swallows

    def __enter__(self):
        may_raise(12)
        return turn(3)

    def __exit__(self, *args):
        may_raise(12)
        return self.swallows

    async def __aenter__(self):
        await asyncio.sleep(0)
        return self.__enter__()

    async def __aexit__(self, *args):
        await asyncio.sleep(0)
        return self.__exit__()


class Steps:
    def __init__(self):
        self.left = turn(3)

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0)
        self.left -= 1
        if self.left < 0:
            raise StopAsyncIteration
        return may_raise(9)


def drive(generator):
    """To its end, or closed or thrown into on the way."""
    try:
        value = next(generator)
        for _ in range(12):
            if turn(9) == 1:
                generator.close()
                break
            if turn(7) == 1:
                value = generator.throw(choose.choice([Left, Right, Other])())
            else:
                value = generator.send(turn(3))
    except Exception:
        pass


async def drive_async(generator):
    try:
        async for _ in generator:
            if turn(9) == 1:
                await generator.aclose()
                break
    except Exception:
        pass


def call(function):
    for _ in range(25):
        try:
            function(turn(3))
        except Exception:
            pass

'''

NAMES = ["a", "b", "c", "d"]


class Writer:
    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.depth = 0
        self.loops = 0
        self.star = 0
        self.kind = "def"
        self.budget = 0

    def put(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def name(self) -> str:
        return self.random.choice(NAMES)

    def value(self) -> str:
        choices = ["may_raise()", "turn()", self.name(), f"{self.name()} + 1", "1"]
        if self.kind in ("generator", "async generator"):
            choices += ["(yield 1)"] if self.kind == "generator" else []
        if self.kind.startswith("async"):
            choices.append("await step()")
        choices += [
            f"[{self.name()}\n{'    ' * self.depth}    for x in range(turn(3)) if may_raise(9)\n"
            f"{'    ' * self.depth}]",
            f"({self.name()}\n{'    ' * self.depth}    if turn() else may_raise())",
            f"({self.name()} := turn()) and {self.name()}",
        ]
        return self.random.choice(choices)

    def block(self) -> None:
        self.depth += 1
        for _ in range(self.random.choice([1, 1, 2, 3])):
            self.statement()
        self.depth -= 1

    def simple(self) -> None:
        choices = [
            lambda: self.put(f"{self.name()} = {self.value()}"),
            lambda: self.put(f"{self.name()} = {self.value()}"),
            lambda: self.put(f"{self.name()} += 1"),
            lambda: self.put("may_raise()"),
            lambda: self.put("pass"),
            lambda: self.put(f"del {self.name()}"),
            lambda: self.put("raise Left" if self.random.random() < 0.4 else "may_raise(2)"),
            lambda: self.put(f"assert turn(5), {self.name()}"),
            lambda: self.put(f"print({self.name()},\n{'    ' * self.depth}      may_raise())"),
            lambda: self.put(f"{self.name()}, {self.name()} = turn(), 1"),
            lambda: self.put(f"{self.name()} = lambda {self.name()}=turn(): may_raise()"),
        ]
        if self.kind == "generator":
            choices += [lambda: self.put(f"{self.name()} = yield {self.name()}")]
            choices += [lambda: self.put("yield from range(turn(3))")]
        if self.kind == "async generator":
            choices += [lambda: self.put("yield may_raise()")]
        if self.kind.startswith("async"):
            choices += [lambda: self.put("await step()")]
        if not self.star:
            result = "" if self.kind == "async generator" else f" {self.name()}"
            choices += [lambda: self.put(f"if turn(3) == 1: return{result}")]
            if self.loops:
                choices += [lambda: self.put(self.random.choice(["break", "continue"]))]
                choices += [
                    lambda: self.put(f"if turn(): {self.random.choice(['break', 'continue'])}")
                ]
            choices += [lambda: self.put(f"return{result}")] if self.random.random() < 0.3 else []
        self.random.choice(choices)()

    def statement(self) -> None:
        self.budget -= 1
        if self.budget < 0 or self.depth > 7 or self.random.random() < 0.4:
            return self.simple()
        choices = [self.if_, self.for_, self.while_, self.try_, self.try_, self.try_finally]
        choices += [self.with_, self.match, self.try_star, self.class_]
        self.random.choice(choices)()

    def if_(self) -> None:
        self.put(f"if {self.random.choice(['turn()', 'may_raise()', 'True', '0', self.name()])}:")
        self.block()
        while self.random.random() < 0.3:
            self.put("elif may_raise(6):")
            self.block()
        if self.random.random() < 0.5:
            self.put("else:")
            self.block()

    def loop(self) -> None:
        self.loops += 1
        self.block()
        self.loops -= 1
        if self.random.random() < 0.4:
            self.put("else:")
            self.block()

    def loop_or_block(self) -> None:
        """In a clause of except* nothing may jump out."""
        if self.star:
            self.block()
        else:
            self.loop()

    def for_(self) -> None:
        if self.kind.startswith("async") and self.random.random() < 0.4:
            self.put(f"async for {self.name()} in Steps():")
        else:
            self.put(f"for {self.name()} in range(turn(4)):")
        self.loop_or_block()

    def while_(self) -> None:
        if self.star or self.random.random() < 0.6:
            self.put("while turn(3) == 1:")
            return self.loop_or_block()
        self.put("while True:")
        self.depth += 1
        self.put("if turn() == 0: break")
        self.depth -= 1
        self.loop()

    def handlers(self) -> None:
        for _ in range(self.random.choice([1, 1, 2])):
            caught = self.random.choice(
                ["Left", "Right", "Other", "(Left, Other)", "may_raise(9) or Left"]
            )
            if caught.startswith("may"):
                caught = "[Left, Other, Right][may_raise(9)]"
            bound = f" as {self.name()}" if self.random.random() < 0.5 else ""
            self.put(f"except {caught}{bound}:")
            self.block()
        if self.random.random() < 0.3:
            self.put("except Exception:" if self.random.random() < 0.5 else "except:")
            self.depth += 1
            self.put("raise" if self.random.random() < 0.5 else "pass")
            self.depth -= 1

    def try_(self) -> None:
        self.put("try:")
        self.block()
        self.handlers()
        if self.random.random() < 0.4:
            self.put("else:")
            self.block()
        if self.random.random() < 0.4:
            self.put("finally:")
            self.block()

    def try_finally(self) -> None:
        self.put("try:")
        self.block()
        self.put("finally:")
        self.block()

    def try_star(self) -> None:
        self.put("try:")
        self.block()
        loops, self.loops = self.loops, 0
        self.star += 1
        for caught in self.random.choice([["Left"], ["Right", "Left"], ["Other", "Left"]]):
            bound = f" as {self.name()}" if self.random.random() < 0.5 else ""
            self.put(f"except* {caught}{bound}:")
            self.block()
        self.star -= 1
        self.loops = loops

    def with_(self) -> None:
        word = (
            "async with" if self.kind.startswith("async") and self.random.random() < 0.5 else "with"
        )
        first = "Guard()" + (f" as {self.name()}" if self.random.random() < 0.5 else "")
        if self.random.random() < 0.3:
            first += f", Guard() as {self.name()}"
        self.put(f"{word} {first}:")
        self.block()

    def match(self) -> None:
        self.put(f"match {self.random.choice(['turn(4)', '[turn(), turn()]', 'may_raise()'])}:")
        self.depth += 1
        patterns = [
            "0",
            "1 | 2",
            "[a, 1]",
            "[0, *b]",
            "int(c)",
            "[1, d] if turn()",
            "x if may_raise(5)",
        ]
        for pattern in self.random.sample(patterns, 3):
            self.put(f"case {pattern}:")
            self.block()
        if self.random.random() < 0.5:
            self.put("case _:")
            self.block()
        self.depth -= 1

    def class_(self) -> None:
        self.put("class Inner:")
        kind, self.kind = self.kind, "class"
        loops, self.loops, star, self.star = self.loops, 0, self.star, 1
        self.block()
        self.kind, self.loops, self.star = kind, loops, star

    def function(self, number: int) -> None:
        self.kind = self.random.choice(["def", "def", "generator", "async", "async generator"])
        self.budget = 22
        keyword = "async def" if self.kind.startswith("async") else "def"
        self.put(f"{keyword} f{number}(a):")
        self.depth += 1
        if self.random.random() < 0.3:
            self.put('"""What it does."""')
        if self.kind.endswith("generator"):
            self.put("yield 0")
        for _ in range(4):
            self.statement()
        self.depth -= 1
        self.put("")
        self.put("")
        if self.kind == "def":
            self.put(f"call(f{number})")
        elif self.kind == "generator":
            self.put(f"for _ in range(25): drive(f{number}(turn()))")
        elif self.kind == "async":
            self.put(f"call(lambda a: asyncio.run(f{number}(a)))")
        else:
            self.put(f"for _ in range(15): asyncio.run(drive_async(f{number}(turn())))")
        self.put("budget = 4000")
        self.put("")


def program(seed: str) -> str:
    writer = Writer(seed)
    writer.put("async def step():")
    writer.put("    await asyncio.sleep(0)")
    writer.put("    return may_raise()")
    writer.put("")
    writer.put("")
    for number in range(6):
        writer.function(number)
    return PRELUDE.replace("{seed}", repr(seed)) + "\n".join(writer.lines) + "\n"
