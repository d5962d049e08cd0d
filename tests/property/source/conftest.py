import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def probe():
    """Runs the probe of the source layer; the build folder comes from UNSPOOL_BIN's."""
    unspool = pathlib.Path(os.environ.get("UNSPOOL_BIN", ROOT / "build/dev/bin/unspool"))
    binary = unspool.parent / "source_probe"

    def run(*arguments, text=None, cwd=None, check=False):
        return subprocess.run(
            [str(binary), *map(str, arguments)],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=cwd,
            check=check,
            timeout=300,
        )

    run.binary = binary
    return run
