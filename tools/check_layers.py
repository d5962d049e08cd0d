"""The include rule: a file includes its own layer and those that src/layers.toml allows it.

Includes are written from src/ ("syntax/tree.h"). The layers stand in the order of the pipeline,
and a layer names only layers above it, so there are no cycles. Front ends live in
src/frontends/<layer>. cmake/UnspoolLayer.cmake links by the same file.
"""

from __future__ import annotations

import pathlib
import re
import sys
import tomllib

from repository import CPP, ROOT, files, report, text

INCLUDE = re.compile(r'^\s*#\s*include\s*(?P<path>"[^"]+"|<[^>]+>)', re.MULTILINE)
# Written below build/ by CMake, included by any layer.
GENERATED = {"version.h"}


def layer_of(path: str) -> str | None:
    """The layer of a path below src/."""
    parts = pathlib.PurePosixPath(path).parts
    if len(parts) < 2:
        return None
    return parts[1] if parts[0] == "frontends" and len(parts) > 2 else parts[0]


def check(layers: dict[str, list[str]], sources: dict[str, str]) -> list[str]:
    """Findings for `sources` (path below src/ to text)."""
    found = []
    seen: set[str] = set()
    for layer, allowed in layers.items():
        for other in allowed:
            if other not in layers:
                found.append(f"src/layers.toml: {layer} names {other}, which is no layer")
            elif other not in seen:
                found.append(
                    f"src/layers.toml: {layer} names {other}, which does not stand above it"
                )
        if (
            sorted(allowed, key=list(layers).index if set(allowed) <= set(layers) else None)
            != allowed
        ):
            found.append(f"src/layers.toml: {layer}: not in the order of the pipeline")
        seen.add(layer)
    for path, content in sources.items():
        layer = layer_of(path)
        if layer is None:
            continue
        if layer not in layers:
            found.append(f"src/{path}: folder {layer} is not in src/layers.toml")
            continue
        for match in INCLUDE.finditer(content):
            line = content.count("\n", 0, match.start("path")) + 1
            where = f"src/{path}:{line}"
            target = match["path"][1:-1]
            quoted = match["path"].startswith('"')
            if not quoted:
                if layer_of(target) in layers and target in sources:
                    found.append(f'{where}: write "{target}" with quotes')
                continue
            if target in GENERATED:
                continue
            # CMake makes x.h from x.h.in beside it.
            if target not in sources and f"{target}.in" not in sources:
                found.append(f"{where}: {target} does not exist below src/")
                continue
            other = layer_of(target)
            if other != layer and other not in layers[layer]:
                found.append(f"{where}: {layer} may not include {target} (see src/layers.toml)")
    return found


def main() -> int:
    layers = tomllib.loads(text("src/layers.toml"))["layers"]
    names = [name for name in files(*CPP, ".inc", ".h.in", under="src")]
    sources = {
        name.removeprefix("src/"): (ROOT / name).read_text(encoding="utf-8") for name in names
    }
    return report(check(layers, sources), f"{len(sources)} files of {len(layers)} layers")


if __name__ == "__main__":
    sys.exit(main())
