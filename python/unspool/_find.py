"""Where the executable lies, for every way pip has of installing a package."""

import os
import sys
import sysconfig


class UnspoolNotFound(FileNotFoundError):
    """The package is installed without its executable."""


def find_unspool_bin():
    """The path of the executable that was installed with this package."""
    name = "unspool" + (sysconfig.get_config_var("EXE") or "")
    tried = []
    for folder in _folders():
        path = os.path.join(folder, name)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
        tried.append(folder)
    raise UnspoolNotFound(
        "no executable `unspool` in any of: " + ", ".join(tried) + "; reinstall the package"
    )


def _folders():
    package = os.path.dirname(os.path.abspath(__file__))
    # A published wheel: auditwheel moves the executable beside the libraries it bundles.
    yield os.path.join(os.path.dirname(package), "unspool.scripts")
    yield sysconfig.get_path("scripts")
    # pip install --user
    user_scheme = (
        sysconfig.get_preferred_scheme("user")
        if sys.version_info >= (3, 10)
        else ("nt_user" if os.name == "nt" else "posix_user")
    )
    yield sysconfig.get_path("scripts", scheme=user_scheme)
    # A virtual environment laid over another: the scripts beside this very copy of the package,
    # as in PREFIX/lib/python3.x/site-packages/unspool.
    prefix = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(package))))
    yield os.path.join(prefix, "Scripts" if os.name == "nt" else "bin")
    # pip install --target FOLDER
    yield os.path.join(os.path.dirname(package), "bin")
