"""Where workers would be unsafe, useless or impossible, the loop runs as it always did."""

import os

import parallel_support
import pytest
from support_project import METHODS

ANSWER = str([x * x for x in range(30)])

HEAD = """
    import multiprocessing, os, sys
    from parallel_support import ordered_map

    def square(x):
        return x * x

    def place(x):
        return os.getpid()

    def squares():
        return [result for _, result in ordered_map(square, range(30), workers=2)]

    def elsewhere():
        "In how many other processes tasks ran."
        return len({result for _, result in ordered_map(place, range(200), chunksize=1, workers=2)} - {os.getpid()})
"""


def test_workers_do_run(project):
    """The measure that the other tests here rely on."""
    body = HEAD + "\n    if __name__ == '__main__': print(squares(), 1 <= elsewhere() <= 2)\n"
    assert project.run_script(body) == (0, f"{ANSWER} True\n", "")


@pytest.mark.parametrize("method", METHODS)
def test_without_main_guard(project, method):
    """The program must not run a second time in its workers."""
    body = HEAD + (
        "\n    multiprocessing.set_start_method(sys.argv[1], force=True)"
        "\n    print('once', flush=True)"
        "\n    print(squares(), elsewhere() > 0)\n"
    )
    parallel = method == "fork"
    assert project.run_script(body, method) == (0, f"once\n{ANSWER} {parallel}\n", "")


@pytest.mark.parametrize(
    ("guard", "parallel"),
    [
        ("if __name__ == '__main__':", True),
        ("if __name__ != '__mp_main__':", False),
        ("if __name__ == '__main__' or True:", False),
        ("for _ in [1]:", False),
    ],
)
def test_kinds_of_guard(project, guard, parallel):
    body = HEAD + (
        "\n    def main():"
        "\n        print('once', flush=True)"
        "\n        multiprocessing.set_start_method('spawn', force=True)"
        "\n        print(elsewhere() > 0)"
        f"\n    {guard}"
        "\n        main()\n"
    )
    assert project.run_script(body) == (0, f"once\n{parallel}\n", "")


def test_guard_with_else(project):
    body = HEAD + (
        "\n    multiprocessing.set_start_method('spawn', force=True)"
        "\n    if __name__ == '__main__': pass"
        "\n    else: print('again')"
        "\n    print(elsewhere() > 0)\n"
    )
    assert project.run_script(body) == (0, "False\n", "")


@pytest.mark.parametrize("method", METHODS)
def test_command_line_and_standard_input(project, method):
    source = "\n".join(line[4:] for line in HEAD.splitlines()) + (
        f"\nmultiprocessing.set_start_method({method!r})\nprint(squares(), elsewhere() > 0)\n"
    )
    parallel = method == "fork"
    assert project.run("-c", source) == (0, f"{ANSWER} {parallel}\n", "")
    assert project.run("-", text=source) == (0, f"{ANSWER} {parallel}\n", "")
    code, output, _errors = project.run(
        "-i",
        "-q",
        text=source.replace("\n\n", "\n")
        .replace("\ndef", "\n\ndef")
        .replace("\nmulti", "\n\nmulti"),
    )
    assert (code, output) == (0, f"{ANSWER} {parallel}\n")


@pytest.mark.parametrize("method", METHODS)
def test_command_line_with_tasks_in_a_module(project, method):
    """A main module that workers need not import is no obstacle."""
    project.write("app.py", HEAD)
    code = f"import app, multiprocessing; multiprocessing.set_start_method({method!r}); print(app.elsewhere() > 0)"
    assert project.run("-c", code) == (0, "True\n", "")


@pytest.mark.parametrize("method", METHODS)
def test_packages(project, method):
    (project.folder / "package").mkdir()
    (project.folder / "parallel_support.py").rename(
        project.folder / "package" / "parallel_support.py"
    )
    project.write("package/__init__.py", "")
    project.write("package/app.py", HEAD.replace("from parallel_support", "from .parallel_support"))
    main = "import multiprocessing; multiprocessing.set_start_method(%r, force=True)\nfrom package.app import elsewhere\nprint(elsewhere() > 0)"
    project.write("package/__main__.py", main % method)
    project.write("package/tool.py", main % method)
    project.write(
        "package/guarded.py",
        "if __name__ == '__main__':\n    " + (main % method).replace("\n", "\n    "),
    )
    assert project.run("-m", "package") == (0, "True\n", "")  # workers do not import __main__.py
    assert project.run("-m", "package.guarded") == (0, "True\n", "")
    assert project.run("-m", "package.tool") == (0, f"{method == 'fork'}\n", "")


@pytest.mark.parametrize("method", METHODS)
def test_inside_workers(project, method):
    """In a worker, in a daemon, in any other child: the parent has spread the work already."""
    body = (
        HEAD
        + """
    def outer(x):
        return x, elsewhere()

    def report():
        print(squares() == [x * x for x in range(30)], elsewhere(), flush=True)

    if __name__ == '__main__':
        multiprocessing.set_start_method(sys.argv[1])
        print([result for _, result in ordered_map(outer, range(4), workers=2)], flush=True)
        with multiprocessing.Pool(1) as pool:
            print(pool.map(outer, range(2)), flush=True)
        for daemon in (True, False):
            child = multiprocessing.Process(target=report, daemon=daemon)
            child.start()
            child.join()
    """
    )
    code, output, errors = project.run_script(body, method)
    assert (code, errors) == (0, "")
    assert output.splitlines() == [
        str([(x, 0) for x in range(4)]),
        "[(0, 0), (1, 0)]",
        "True 0",
        "True 0",
    ]


@pytest.mark.parametrize("method", METHODS)
def test_while_a_worker_imports_the_program(project, method):
    """Another pool's workers run the unguarded loop as they did before it was rewritten."""
    body = (
        HEAD
        + """
    places = {result for _, result in ordered_map(place, range(50), chunksize=1, workers=2)}

    def report(_):
        return places == {os.getpid()}

    if __name__ == '__main__':
        with multiprocessing.get_context(sys.argv[1]).Pool(1) as pool:
            print(pool.map(report, range(2)), len(places))
    """
    )
    code, output, errors = project.run_script(body, method)
    assert (code, errors) == (0, "")
    assert output in (f"{[method != 'fork'] * 2} {count}\n" for count in (1, 2))


@pytest.mark.parametrize("method", ["default", "fork"])
def test_never_forks_beside_threads(project, method):
    body = (
        HEAD
        + """
    import threading
    forks = []
    os.register_at_fork(before=lambda: forks.append(1))

    def report(done):
        print(squares(), elsewhere() > 0, forks)
        done.set()

    if __name__ == '__main__':
        if sys.argv[1] != 'default':
            multiprocessing.set_start_method(sys.argv[1])
        done = threading.Event()
        threading.Thread(target=done.wait, daemon=True).start()
        report(threading.Event())
        threads = [threading.Thread(target=report, args=(done,)) for _ in range(2)]
        for thread in threads:
            thread.start()
            thread.join()
    """
    )
    code, output, errors = project.run_script(body, method)
    assert (code, output, errors) == (0, f"{ANSWER} True []\n" * 3, "")


def test_several_loops_at_once_in_threads(project):
    body = (
        HEAD
        + """
    import threading

    def run(number):
        found[number] = [result for _, result in ordered_map(square, range(number, 40), chunksize=1, workers=2)]

    if __name__ == '__main__':
        found = {}
        threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(found == {n: [x * x for x in range(n, 40)] for n in range(4)})
    """
    )
    assert project.run_script(body) == (0, "True\n", "")


def test_inside_an_event_loop(project):
    body = (
        HEAD
        + """
    import asyncio

    async def main():
        print(squares(), elsewhere() > 0)
        await asyncio.sleep(0)

    if __name__ == '__main__':
        asyncio.run(main())
    """
    )
    assert project.run_script(body) == (0, f"{ANSWER} True\n", "")


def test_traced_and_profiled(project):
    body = (
        HEAD
        + """
    from parallel_support import worker_count

    if __name__ == '__main__':
        print(worker_count() > 1)
        for start in (sys.settrace, sys.setprofile):
            start(lambda *_: None)
            print(worker_count())
            start(None)
        if hasattr(sys, "monitoring"):
            sys.monitoring.use_tool_id(0, "debugger")
        print(worker_count() > 1)
    """
    )
    code, output, errors = project.run_script(body)
    assert (code, errors) == (0, "")
    has_monitoring = (
        project.run("-c", "import sys; print(hasattr(sys, 'monitoring'))")[1] == "True\n"
    )
    many = str(len(os.sched_getaffinity(0)) > 1)
    assert output.split() == [many, "1", "1", str(many == "True" and not has_monitoring)]


def test_one_processor(project):
    body = (
        HEAD
        + """
    from parallel_support import worker_count

    if __name__ == '__main__':
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
        print(worker_count(), {result for _, result in ordered_map(place, range(200))} == {os.getpid()})
    """
    )
    assert project.run_script(body) == (0, "1 True\n", "")


def test_worker_count_can_be_replaced(project):
    body = (
        HEAD
        + """
    import parallel_support

    if __name__ == '__main__':
        for count in (1, 2, 3, 8):
            parallel_support.worker_count = lambda: count
            seen = set()
            pairs = ordered_map(place, range(64), chunksize=1)
            next(pairs)
            print(len(multiprocessing.active_children()))
    """
    )
    assert project.run_script(body) == (0, "0\n2\n3\n8\n", "")


def test_under_pytest_it_runs_alone():
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert parallel_support.worker_count() == 1


@pytest.mark.parametrize(
    ("files", "quota"),
    [
        ({}, float("inf")),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "max 100000\n"}, float("inf")),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"}, 1.5),
        (
            {
                "proc/self/cgroup": "0::/a/b\n",
                "sys/fs/cgroup/a/cpu.max": "300000 100000\n",
                "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
            },
            3.0,
        ),
        (
            {
                "proc/self/cgroup": "9:name=systemd:/x\n3:cpu,cpuacct:/docker/1\n2:cpuset:/\n",
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            2.0,
        ),
        (
            {
                "proc/self/cgroup": "3:cpu:/\n",
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            float("inf"),
        ),
    ],
)
def test_quota_of_control_groups(tmp_path, files, quota):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert parallel_support._cpu_quota(str(tmp_path)) == quota


@pytest.mark.parametrize("closed", ["sys.stdout.close()", "sys.stdout = None", "os.close(1)"])
def test_broken_output(project, closed):
    body = (
        HEAD
        + f"""
    if __name__ == '__main__':
        {closed}
        sys.exit(squares() == [x * x for x in range(30)])
    """
    )
    assert project.run_script(body)[0] == 1


def test_system_denies_processes(project):
    body = (
        HEAD
        + """
    import parallel_support

    class Denied(parallel_support._Worker):
        left = 1
        def __init__(self, *arguments):
            if not Denied.left:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            Denied.left -= 1
            super().__init__(*arguments)

    if __name__ == '__main__':
        parallel_support._Worker = Denied
        print(squares(), multiprocessing.active_children())
    """
    )
    assert project.run_script(body) == (0, f"{ANSWER} []\n", "")


def test_redefined_task(project):
    """A name that leads elsewhere now is not what workers would find (they begin afresh here)."""
    body = (
        HEAD
        + """
    if __name__ == '__main__':
        multiprocessing.set_start_method("spawn")
        old, square = square, lambda x: "new"
        print([result for _, result in ordered_map(old, range(3), workers=2)])
    """
    )
    assert project.run_script(body) == (0, "[0, 1, 4]\n", "")


def test_items_of_a_main_module_that_workers_cannot_import(project):
    project.write("app.py", HEAD + "\n    def value(thing): return thing.x\n")
    source = (
        "import app, multiprocessing\nclass Thing:\n    def __init__(self, x): self.x = x\n"
        "multiprocessing.set_start_method('spawn')\n"
        "print([r for _, r in app.ordered_map(app.value, [Thing(x) for x in range(9)], workers=2)])"
    )
    assert project.run("-c", source) == (0, "[0, 1, 2, 3, 4, 5, 6, 7, 8]\n", "")


def test_constants_are_pickled_once(project):
    body = (
        HEAD
        + """
    import functools

    class Table:
        pickled = 0
        def __reduce__(self):
            Table.pickled += 1
            return Table, ()

    def look(x, table):
        return x, type(table).__name__

    if __name__ == '__main__':
        multiprocessing.set_start_method("spawn")
        task = functools.partial(look, table=Table())
        print([r for _, r in ordered_map(task, range(20), chunksize=1, workers=2)] == [(x, "Table") for x in range(20)])
        print(Table.pickled)
    """
    )
    assert project.run_script(body) == (0, "True\n1\n", "")
