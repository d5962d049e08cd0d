"""Paths into JSON for `# select:`, so that a golden test shows only what it is about.

    .verdict            one field            .[]          each element
    .[0].fix            by position          .fix.edits[].content
    .[] {line,verdict}  several fields, as an object

One result a line: strings bare, everything else as compact JSON. A missing field prints `null`.
"""

from __future__ import annotations

import json
import re

STEP = re.compile(
    r"\.?(?:(?P<field>[A-Za-z_][\w-]*)|\[(?P<index>-?\d*)\])|\s*\{(?P<fields>[^}]*)\}"
)


def select(path: str, document: object) -> list[str]:
    values = [document]
    position = 1 if path == "." else 0
    while position < len(path):
        step = STEP.match(path, position)
        if not step:
            raise ValueError(f"cannot read `# select: {path}` at {path[position:]!r}")
        position = step.end()
        if step["field"] is not None:
            values = [_field(value, step["field"]) for value in values]
        elif step["fields"] is not None:
            names = [name.strip() for name in step["fields"].split(",")]
            values = [{name: _field(value, name) for name in names} for value in values]
        elif step["index"]:
            values = [value[int(step["index"])] for value in values]
        else:
            values = [element for value in values for element in (value or [])]
    return [v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values]


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
