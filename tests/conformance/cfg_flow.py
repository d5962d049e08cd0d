"""What recorded reads of local variables and compiled lines say of a frame's data flow."""

from __future__ import annotations

from functools import cached_property


class Flow:
    def __init__(self, frame: dict) -> None:
        self.frame = frame
        self.nodes = frame["nodes"]

    def problems(self, name: str, writer: tuple | None, reader: tuple) -> list[str]:
        """A load of `name` at the place `reader` found what the store at `writer` had left; None is
        what the frame was called with. Places are those of instructions."""
        if reader is None or reader[0] is None or name.startswith("."):
            return []  # the interpreter's own
        readers = [node for node in self._at(reader) if name in node["reads"]]
        if not readers:
            return [f"nothing at {reader[:2]} reads {name}"]
        if writer is None and name not in self.nodes[0]["binds"]:
            # Read before it was bound, which raises.
            if all(name in node["bound"] for node in readers):
                return [f"{name} was not bound at {reader[:2]}"]
            return []
        if writer is None:
            writers = [self.nodes[0]]
        elif writer[0] is None:
            return []
        else:
            writers = [node for node in self._at(writer) if name in node["may_bind"]]
            # The end of a handler has the line of whatever stands before it.
            ends = [node for node in self.nodes if node["part"] == "handler-end"]
            writers += [node for node in ends if name in node["may_bind"]]
        if not writers:
            return [f"nothing at {writer[:2]} binds {name}"]
        numbers = {node["node"] for node in writers}
        problems = []
        if not any(numbers & set(node["definitions"][name]) for node in readers):
            problems.append(
                f"{name} at {reader[:2]} was bound at {writer}, which does not reach it"
            )
        # Where one node does both, it may be dead outside.
        within = any(node["node"] in numbers for node in readers)
        live = any(
            name in self.nodes[to]["live"]
            for node in writers
            for to, kind in node["edges"]
            if kind != "raise"
        )
        if not live and not within:
            problems.append(f"{name} is not live after {writer}, and was read at {reader[:2]}")
        return problems

    def _at(self, place: tuple) -> list[dict]:
        """The nodes that may hold an instruction with that place: those with its line."""
        line = place[0]
        return [
            node
            for node in self.nodes
            if "line" in node
            and (node["line"] <= line <= node["end_line"] or line == node["statement_line"])
        ]

    @cached_property
    def reached(self) -> set[int]:
        reached: set[int] = set()
        pending = [0]
        # CPython compiles handlers even for a body that cannot raise.
        arrivals: dict[int, list[int]] = {}
        for node in self.nodes:
            if node["part"] in ("dispatch", "finally"):
                arrivals.setdefault(node["statement_line"], []).append(node["node"])
        while pending:
            number = pending.pop()
            if number in reached:
                continue
            reached.add(number)
            node = self.nodes[number]
            pending += [to for to, _ in node["edges"]]
            if node["part"] == "try":
                pending += arrivals.get(node["line"], [])
        return reached

    def reachable_lines(self) -> set[int]:
        found = {self.frame["line"]}
        for number in self.reached:
            node = self.nodes[number]
            if "line" in node:
                found.update(range(node["line"], node["end_line"] + 1))
                found.add(node["statement_line"])
        return found

    def nodes_without(self, lines: set[int]):
        """Reachable nodes that evaluate something, without a line of code."""
        evaluating = {
            "statement",
            "iterable",
            "next",
            "with-enter",
            "subject",
            "element",
            "handler",
        }
        for number in self.reached:
            node = self.nodes[number]
            if node["part"] not in evaluating or "line" not in node or node.get("inert"):
                continue
            own = set(range(node["line"], node["end_line"] + 1)) | {node["statement_line"]}
            if not own & lines:
                yield node
