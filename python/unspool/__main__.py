"""`python -m unspool` is `unspool`, with this interpreter as the one whose packages are analysed."""

import os
import sys

from ._find import find_unspool_bin


def main():
    executable = find_unspool_bin()
    arguments = [executable, *sys.argv[1:]]
    # The executable takes this as its default for --python.
    environment = dict(os.environ)
    environment.setdefault("UNSPOOL_PYTHON", sys.executable)
    if os.name == "nt":
        import subprocess

        return subprocess.run(arguments, env=environment).returncode
    # Buffered output would be lost: exec flushes nothing.
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(executable, arguments, environment)
    return 2


if __name__ == "__main__":
    sys.exit(main())
