"""Whether recorded events of a frame are a path of its control-flow graph."""

from __future__ import annotations

import ast

# Parts that stand for no instruction with a line of its own.
STRUCTURE = {"exit", "raise-exit", "dispatch", "finally", "finally-end", "join", "star-raise"}
# Parts whose instructions CPython may give no line, or leave out.
FAINT = STRUCTURE | {"entry", "handler-end", "handler-target", "capture", "target"}


class LastStatements:
    """The ranges of lines of the last statements of blocks. What CPython compiles at the end of some
    blocks is given the line of the statement that it compiled last, which need not have run."""

    def __init__(self, source: bytes) -> None:
        self.of_finally: set[int] = set()
        self.of_star: set[int] = set()
        self.of_others: list[range] = []
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.Try, ast.TryStar)) and node.finalbody:
                self.of_finally.update(self._lines(node.finalbody))
            if isinstance(node, ast.TryStar):
                self.of_star.update(self._lines(node.handlers[-1].body))
            if isinstance(node, (ast.match_case, ast.AsyncWith)):
                self.of_others.append(self._lines(node.body))

    @staticmethod
    def _lines(body: list[ast.stmt]) -> range:
        return range(body[-1].lineno, body[-1].end_lineno + 1)

    def is_end(self, line: int | None, event: int) -> bool:
        """Whether code on `line` may end a block with an event of that line."""
        return any(line in lines and event in lines for lines in self.of_others)


class Graph:
    """One frame of `debug cfg --output-format json`, as an automaton that reads events."""

    def __init__(self, frame: dict, last: LastStatements) -> None:
        self.frame = frame
        self.last = last
        self.nodes = frame["nodes"]
        self.edges = [[(to, kind) for to, kind in node["edges"]] for node in self.nodes]
        self.lines = [self._lines(node) for node in self.nodes]
        self.faint = [self._is_faint(node) for node in self.nodes]
        self.steps: dict = {}

    def _lines(self, node: dict) -> frozenset[int]:
        if node["part"] == "entry":
            # The interpreter's own beginnings: a class body sets __module__ there.
            return frozenset({0, self.frame["line"]})
        if "line" not in node:
            return frozenset()
        lines = set(range(node["line"], node["end_line"] + 1))
        lines.add(node["statement_line"])
        if self.frame["kind"] in ("comprehension", "lambda"):
            lines.add(self.frame["line"])
        return frozenset(lines)

    def _is_faint(self, node: dict) -> bool:
        if node["part"] in FAINT:
            return True
        # CPython 3.11 joins instructions of hot code, and then misses lines between them: the
        # condition of a comprehension and the jump behind it, which has the line of the whole.
        if self.frame["kind"] == "comprehension" and node["part"] in ("next", "element"):
            return True
        return node.get("inert", False)

    def first_contradiction(self, events: tuple) -> int | None:
        """The index of the first event that no path has; none where there is one."""
        state = (frozenset({(0, ())}), None)
        for index, event in enumerate(events):
            key = (state, event)
            if key not in self.steps:
                self.steps[key] = self._step(*state, event)
            if not self.steps[key][0]:
                # The return at the end of a function has no line, and may be given that of any
                # statement that leads there.
                returns = isinstance(event, int) and events[index + 1 : index + 2] == ("R",)
                if returns and any(place[0] == 1 for place in self._silently(*state)):
                    return None
                return index
            state = self.steps[key]
        return None

    def _step(self, places: frozenset, line: int | None, event) -> tuple:
        if event == "C":
            return places, line
        reached = self._silently(places, line)
        if isinstance(event, int):
            found = {place for place in reached if self._meets(place, event, places, line)}
            found |= self._entered(reached, event)
            if event in self.last.of_finally:
                found |= {place for place in reached if self._on_its_way(place)}
            if event in self.last.of_star:
                found |= {place for place in reached if self._part(place) == "star-raise"}
            if self.last.is_end(line, event) and not self._is_entered(found):
                found |= reached
            return frozenset(found), event
        if event == "Y":
            found = {place for place in reached if self.nodes[place[0]]["suspends"]}
        elif event == "R":
            found = {place for place in reached if place[0] == 1}
        elif event == "U":
            found = {place for place in reached if place[0] == 2}
        else:
            found = set()
            for place in reached:
                node = self.nodes[place[0]]
                if event.startswith("B:"):
                    name = event[2:]
                    if name not in node["reads"] or name in node["bound"]:
                        continue
                for to, kind in self.edges[place[0]]:
                    if kind == "raise":
                        found.add(self._move(place, to, kind))
            if event == "S":
                found |= places
        return frozenset(found), line

    def _is_entered(self, found: set) -> bool:
        """Whether a node that evaluates something is among them."""
        return any(self._part(place) not in STRUCTURE for place in found)

    def _part(self, place: tuple) -> str:
        return self.nodes[place[0]]["part"]

    def _on_its_way(self, place: tuple) -> bool:
        """Where an exception has been raised in a finally block that was entered by another, the
        interpreter puts the other one away first, on the line of the block's last statement."""
        node = self.nodes[place[0]]
        arrived = node["part"] in ("dispatch", "raise-exit")
        return arrived or (node["part"] == "finally" and node.get("reason") == "exception")

    def _meets(self, place: tuple, event: int, places: frozenset, line: int | None) -> bool:
        """Whether a line event may come while a node goes on."""
        node = self.nodes[place[0]]
        if event not in self.lines[place[0]] or place not in places:
            return False
        return node["suspends"] or len(self.lines[place[0]]) > 1

    def _entered(self, reached: set, event: int) -> set:
        """The nodes with that line that follow directly."""
        found = set()
        for place in reached:
            for target in self._followers(place):
                if event in self.lines[target[0]]:
                    found.add(target)
        return found

    def _followers(self, place: tuple):
        bare_raise = self.nodes[place[0]].get("bare_raise", False)
        for to, kind in self.edges[place[0]]:
            if kind != "raise" or bare_raise:
                target = self._move(place, to, kind)
                if target is not None:
                    yield target

    def _silently(self, places: frozenset, line: int | None) -> set:
        """What may be reached without a line event: nodes on the same line, and those without."""
        reached = set(places)
        pending = list(places)
        while pending:
            for target in self._followers(pending.pop()):
                if target in reached:
                    continue
                if self.faint[target[0]] or line in self.lines[target[0]]:
                    reached.add(target)
                    pending.append(target)
        return reached

    def _move(self, place: tuple, to: int, kind: str) -> tuple | None:
        """Along an edge. A finally block that is shared by several reasons remembers the reason."""
        number, reasons = place
        node, target = self.nodes[number], self.nodes[to]
        if node["part"] == "finally-end":
            block = node["block"]
            own = [reason for other, reason in reasons if other == block]
            reasons = tuple(item for item in reasons if item[0] != block)
            wanted = {"reraise": "exception", "next": "normal"}.get(kind, kind)
            if own and own[-1] != wanted:
                return None
        if target["part"] == "finally" and target.get("reason") == "any":
            block = target["block"]
            reasons = (*(item for item in reasons if item[0] != block), (block, node["reason"]))
        return to, reasons
