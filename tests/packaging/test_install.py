"""`pip install .` in a new virtual environment, and what a user can do after it."""

import os
import pathlib
import re
import subprocess
import sys
import zipfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r"project\(unspool VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
# What any Linux of the same age has; everything else must be linked statically or bundled.
EVERYWHERE = {
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libgcc_s.so.1",
    "libm.so.6",
    "libpthread.so.0",
    "libstdc++.so.6",  # shared, because oneTBB brings it in: two copies in one process would clash
    "linux-vdso.so.1",
}
BUNDLED_BY_AUDITWHEEL = {"libtbb.so.12"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def output(*command, **options):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=1500, **options
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    output(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The `bin` of a new virtual environment with nothing but the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    output(sys.executable, "-m", "venv", folder)
    output(folder / "bin/python", "-m", "pip", "install", "--no-index", wheel)
    return folder / "bin"


def test_one_wheel_serves_every_python(wheel):
    assert re.fullmatch(rf"unspool-{re.escape(VERSION)}-py3-none-\w+\.whl", wheel.name)


def test_wheel_holds_the_executable_and_python_only(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    executables = [n for n in names if n.endswith("/scripts/unspool")]
    assert len(executables) == 1
    rest = [n for n in names if n not in executables and ".dist-info/" not in n]
    assert rest
    assert all(n.startswith("unspool/") and n.endswith(".py") for n in rest), rest
    assert any(n.endswith(("licenses/LICENSE", "dist-info/LICENSE")) for n in names)


def test_command_and_module(environment, tmp_path):
    assert output(environment / "unspool", "--version", cwd=tmp_path).split()[-1] == VERSION
    module = output(environment / "python", "-m", "unspool", "--version", cwd=tmp_path)
    assert module.split()[-1] == VERSION


def test_module_passes_arguments_input_and_exit_code(environment, tmp_path):
    """What goes through `python -m unspool` comes out as from the command itself."""
    (tmp_path / "in put.py").write_text("def f(:\n")
    for arguments in (["check", "in put.py"], ["check", "-"], ["no-such-command"]):
        runs = [
            subprocess.run(
                [*start, *arguments],
                cwd=tmp_path,
                input=b"x = (\n",
                capture_output=True,
                timeout=60,
            )
            for start in ([environment / "unspool"], [environment / "python", "-m", "unspool"])
        ]
        assert runs[0].returncode == runs[1].returncode != 0
        assert (runs[0].stdout, runs[0].stderr) == (runs[1].stdout, runs[1].stderr)


def test_installed_into_a_folder(wheel, tmp_path):
    """`pip install --target` puts scripts and package elsewhere."""
    target = tmp_path / "target"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    output(*pip, "install", "--no-index", "--target", target, wheel)
    env = {**os.environ, "PYTHONPATH": str(target)}
    assert VERSION in output(sys.executable, "-m", "unspool", "--version", env=env, cwd=tmp_path)


def test_missing_executable_is_said_in_words(environment, wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import unspool; unspool.find_unspool_bin()"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "no executable `unspool` in any of" in done.stderr


def test_links_only_what_every_machine_has(environment):
    linked = set(re.findall(r"^\s*(\S+\.so\S*)", output("ldd", environment / "unspool"), re.M))
    names = {pathlib.Path(name).name for name in linked}
    assert names <= EVERYWHERE | BUNDLED_BY_AUDITWHEEL


def test_holds_no_path_of_the_building_machine(environment):
    assert str(ROOT).encode() + b"/src" not in (environment / "unspool").read_bytes()
