"""A literate golden test: a Markdown file as files to write, commands to run and what they print.

Reads the text into sections and writes it back with new expectations, leaving every other line as
it stands. Knows nothing of how commands are run.
"""

from __future__ import annotations

import dataclasses
import re
import shlex

FENCE = re.compile(r"^(?P<fence>```+)\s*(?P<language>[\w+-]*)\s*(?P<attributes>.*)$")
STATUS = re.compile(r"^\[(\d+)\]$")


class Malformed(Exception):
    pass


@dataclasses.dataclass
class Command:
    text: str  # without the prompt
    select: str | None
    expected: list[str]
    status: int
    # Position of the lines of `expected` (and of the status) in the document.
    begin: int
    end: int


@dataclasses.dataclass
class File:
    name: str
    text: str


@dataclasses.dataclass
class Section:
    title: str
    line: int
    steps: list[File | Command] = dataclasses.field(default_factory=list)


def parse(text: str) -> list[Section]:
    """The sections with a command; what precedes the first `## ` is part of each of them."""
    lines = text.split("\n")
    preamble = Section("", 1)
    sections: list[Section] = []
    current = preamble
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("## "):
            current = Section(line[3:].strip(), i + 1)
            sections.append(current)
        opening = FENCE.match(line)
        if not opening:
            i += 1
            continue
        fence = opening["fence"]
        close = next((j for j in range(i + 1, len(lines)) if lines[j].rstrip() == fence), None)
        if close is None:
            raise Malformed(f"line {i + 1}: fence is never closed")
        body = lines[i + 1 : close]
        if opening["language"] == "console":
            current.steps += _commands(body, i + 1)
        else:
            name = _attributes(opening["attributes"], i + 1).get("name")
            if name:
                current.steps.append(File(name, "".join(part + "\n" for part in body)))
        i = close + 1
    if any(isinstance(step, Command) for step in preamble.steps):
        if sections:
            raise Malformed("a command stands before the first `## `")
        return [preamble]
    for section in sections:
        section.steps[:0] = preamble.steps
    return [s for s in sections if any(isinstance(step, Command) for step in s.steps)]


def _attributes(text: str, line: int) -> dict[str, str]:
    found = {}
    for word in shlex.split(text):
        key, equals, value = word.partition("=")
        if not equals or key != "name":
            raise Malformed(f"line {line}: unknown attribute {word!r}; there is only name=FILE")
        found[key] = value
    return found


def _commands(body: list[str], offset: int) -> list[Command]:
    commands: list[Command] = []
    select = None
    for index, line in enumerate(body):
        position = offset + index
        if line.startswith("$ "):
            commands.append(Command(line[2:], select, [], 0, position + 1, position + 1))
            select = None
        elif line.startswith("# select: "):
            select = line[len("# select: ") :].strip()
        elif not commands:
            raise Malformed(f"line {position + 1}: a console block begins with `$ COMMAND`")
        elif select is not None:
            raise Malformed(f"line {position}: `# select:` belongs right above a command")
        else:
            commands[-1].expected.append(line)
            commands[-1].end = position + 1
    for command in commands:
        if command.expected and (status := STATUS.match(command.expected[-1])):
            command.status = int(status[1])
            command.expected.pop()
    return commands


def rewritten(text: str, actual: dict[int, tuple[list[str], int]]) -> str:
    """`text` with the output and status of the commands that begin at the given lines."""
    lines = text.split("\n")
    commands = [s for section in parse(text) for s in section.steps if isinstance(s, Command)]
    for command in sorted(commands, key=lambda c: -c.begin):
        if command.begin in actual:
            output, status = actual[command.begin]
            lines[command.begin : command.end] = output + ([f"[{status}]"] if status else [])
    return "\n".join(lines)
