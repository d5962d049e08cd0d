"""Every kind of diagnostic shows in a golden test, and kinds.def keeps its house rules."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
KINDS = ROOT / "src/diagnostics/kinds.def"
CALL = re.compile(
    r'^UNSPOOL_DIAGNOSTIC\((\w+), "(\w+)", "([\w-]+)", (\w+),\s*((?:"[^"]*"\s*)+),', re.MULTILINE
)


def kinds():
    found = CALL.findall(KINDS.read_text())
    assert len(found) == KINDS.read_text().count("\nUNSPOOL_DIAGNOSTIC(")
    return found


def test_every_kind_appears_in_a_golden_test():
    shown = set()
    for path in (ROOT / "tests/golden").rglob("*.md"):
        for block in re.findall(r"^```console\n(.*?)^```", path.read_text(), re.M | re.S):
            output = "\n".join(row for row in block.splitlines() if not row.startswith(("$", "#")))
            shown.update(re.findall(r"\bUNS\d+\b", output))
    missing = [f"{code} {name}" for _, code, name, _, _ in kinds() if code not in shown]
    assert not missing, f"no golden test shows {', '.join(missing)}"


def test_codes_are_sorted_and_unique():
    codes = [code for _, code, *_ in kinds()]
    assert codes == sorted(set(codes))
    assert len({name for _, _, name, *_ in kinds()}) == len(codes)


def test_messages_have_no_final_period():
    for _, code, _, _, message in kinds():
        text = "".join(re.findall(r'"([^"]*)"', message))
        assert text and not text.endswith("."), code
