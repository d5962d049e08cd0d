"""Workers end when the loop ends, however it ends, and nothing of theirs reaches the outside."""

import os
import signal
import time

import pytest
from support_project import METHODS, group_members, wait_until_gone

BUSY = """
    import multiprocessing, os, sys, time
    from parallel_support import ordered_map


    def busy(x):
        end = time.monotonic() + 0.05 if x < 20 else time.monotonic() + 30
        while time.monotonic() < end:
            pass
        return x


    if __name__ == "__main__":
        multiprocessing.set_start_method(sys.argv[1])
        done = []
        try:
            for item, result in ordered_map(busy, range(100), chunksize=1, workers=2):
                done.append(result)
                print(result, flush=True)
        except KeyboardInterrupt:
            print("interrupted", done == list(range(20)), multiprocessing.active_children(), flush=True)
            {after}
"""


def start_busy(project, method, after="raise"):
    script = project.write("busy.py", BUSY.replace("{after}", after))
    process = project.start(script, method)
    for line in process.stdout:
        if line == "19\n":
            break
    time.sleep(0.1)
    assert len(group_members(process.pid)) >= 3
    return process


@pytest.mark.parametrize("to_group", [True, False], ids=["group", "parent"])
@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c(project, method, to_group):
    process = start_busy(project, method)
    began = time.monotonic()
    (os.killpg if to_group else os.kill)(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=10)
    assert time.monotonic() - began < 1.5
    assert output == "interrupted True []\n"
    assert errors.count("KeyboardInterrupt") == 1 and errors.rstrip().endswith("KeyboardInterrupt")
    assert process.returncode in (1, -signal.SIGINT, 130)
    assert wait_until_gone(process.pid, 1) == []


@pytest.mark.parametrize("method", METHODS)
def test_program_goes_on_after_ctrl_c(project, method):
    process = start_busy(
        project, method, after="print([r for _, r in ordered_map(abs, range(5), workers=2)])"
    )
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=10)
    assert (output, errors, process.returncode) == ("interrupted True []\n[0, 1, 2, 3, 4]\n", "", 0)


@pytest.mark.parametrize("method", METHODS)
def test_program_with_its_own_handler(project, method):
    """Ctrl-C goes to the whole group, but what it means is for the program alone to say."""
    script = project.write(
        "handler.py",
        """
        import multiprocessing, os, signal, sys, time
        from parallel_support import ordered_map

        def slow(x):
            time.sleep(0.02)
            return os.getpid()

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            caught = []
            signal.signal(signal.SIGINT, lambda number, frame: caught.append(number))
            places = []
            for item, result in ordered_map(slow, range(60), chunksize=1, workers=2):
                places.append(result)
                print(item, flush=True)
            print(len(places), len(set(places)), os.getpid() in places, len(caught) > 0)
        """,
    )
    process = project.start(script, method)
    for line in process.stdout:
        if line in ("5\n", "30\n"):
            os.killpg(process.pid, signal.SIGINT)
        last = line
    assert (last, process.communicate()[1], process.returncode) == ("60 2 False True\n", "", 0)


def test_handlers_run_in_the_parent_only(project):
    """A forked worker would have the program's handlers, too; it must not act on signals for it."""
    code, output, _errors = project.run_script(
        """
        import os, signal, sys, time
        from parallel_support import ordered_map

        def slow(x):
            time.sleep(0.02)
            return x

        def handler(number, frame):
            with open("signals", "a") as file:
                file.write("%s\\n" % os.getpid())

        signal.signal(signal.SIGUSR1, handler)
        results = []
        for item, result in ordered_map(slow, range(30), chunksize=1, workers=2):
            results.append(result)
            if item == 5:
                os.killpg(0, signal.SIGUSR1)
        print(results == list(range(30)), open("signals").read().split() == [str(os.getpid())])
        """
    )
    assert (code, output) == (0, "True True\n")


@pytest.mark.parametrize("method", METHODS)
def test_leaving_workers_that_never_pause(project, method):
    """A task deep in C code does not let any other thread of its process run; it is ended all the same."""
    code, output, errors = project.run_script(
        """
        import multiprocessing, sys, time
        from parallel_support import ordered_map

        def endless(x):
            return x if x < 2 else sum(range(10**10))

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            for item, result in ordered_map(endless, range(50), chunksize=1, workers=2):
                if item == 1:
                    time.sleep(0.2)
                    began = time.monotonic()
                    break
            print(time.monotonic() - began < 1)
        """,
        method,
        timeout=20,
    )
    assert (code, output, errors) == (0, "True\n", "")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("method", METHODS)
def test_workers_leave_with_their_parent(project, method, number):
    process = start_busy(project, method)
    os.kill(process.pid, number)
    assert wait_until_gone(process.pid, 2) == []
    assert process.communicate()[1] == ""
    assert process.returncode == -number


@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c_at_any_moment(project, method):
    """Interrupts while workers start, work and end; all that may come out is one KeyboardInterrupt."""
    script = project.write(
        "any.py",
        """
        import multiprocessing, os, sys
        from parallel_support import ordered_map

        def work(x):
            return sum(range(x * 100))

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            print("ready", flush=True)
            while True:
                for item, result in ordered_map(work, range(300), workers=3):
                    pass
        """,
    )
    for turn in range(10):
        process = project.start(script, method)
        assert process.stdout.readline() == "ready\n"
        time.sleep((0.003 if method == "fork" else 0.012) * turn)
        os.killpg(process.pid, signal.SIGINT)
        errors = process.communicate(timeout=10)[1]
        assert errors.count("Traceback") == 1, errors
        assert errors.rstrip().endswith("KeyboardInterrupt")
        assert wait_until_gone(process.pid, 1) == []


@pytest.mark.parametrize("method", METHODS)
def test_leaving_the_loop(project, method):
    """After break, return, or an exception in the loop's body, no worker is there any more."""
    code, output, errors = project.run_script(
        """
        import multiprocessing, os, sys, time
        from parallel_support import ordered_map

        def slow(x):
            time.sleep(0.0 if x < 3 else 60)
            return x

        def children():
            here = [p for p in os.listdir("/proc") if p.isdigit()]
            me = str(os.getpid())
            count = 0
            for pid in here:
                try:
                    fields = open("/proc/%s/stat" % pid).read().rpartition(")")[2].split()
                    command = open("/proc/%s/cmdline" % pid).read()
                except OSError:
                    continue
                if fields[1] == me and "tracker" not in command and "forkserver" not in command:
                    count += 1
            return count, multiprocessing.active_children()

        def by_return():
            for item, result in ordered_map(slow, range(50), chunksize=1, workers=2):
                if result == 1:
                    return children()

        def by_generator():
            for item, result in ordered_map(slow, range(50), chunksize=1, workers=2):
                yield result

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            began = time.monotonic()
            for item, result in ordered_map(slow, range(50), chunksize=1, workers=2):
                if result == 2:
                    break
            print(item, result, children())
            by_return()
            print(children())
            try:
                for item, result in ordered_map(slow, range(50), chunksize=1, workers=2):
                    if result == 2:
                        raise LookupError
            except LookupError:
                print(children())
            results = by_generator()
            print(next(results), next(results))
            results.close()
            print(children())
            (a, b), *rest = zip(ordered_map(slow, range(2), workers=2), ordered_map(slow, range(3), workers=2))
            print(a, b, rest, children())
            print("fast" if time.monotonic() - began < 8 else time.monotonic() - began)
        """,
        method,
    )
    assert errors == "" and code == 0
    assert output.splitlines() == [
        "2 2 (0, [])", "(0, [])", "(0, [])", "0 1", "(0, [])", "(0, 0) (0, 0) [((1, 1), (1, 1))] (0, [])", "fast",
    ]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_exit_with_an_open_loop(project, method):
    code, output, errors = project.run_script(
        """
        import multiprocessing, sys, time
        from parallel_support import ordered_map

        def slow(x):
            time.sleep(0.0 if x < 3 else 60)
            return x

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            pairs = ordered_map(slow, range(50), chunksize=1, workers=2)
            cycle = [ordered_map(slow, range(50), chunksize=1, workers=2)]
            cycle.append(cycle)
            print(next(pairs), next(cycle[0]))
        """,
        method,
        timeout=20,
    )
    assert (code, output, errors) == (0, "(0, 0) (0, 0)\n", "")


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_printed_twice(project, method):
    code, output, errors = project.run_script(
        """
        import multiprocessing, sys
        from parallel_support import ordered_map

        def measure(x):
            return x, sys.stdin.read()

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            sys.stdout.write("header,")
            sys.stderr.write("note,")
            notes = open("notes.txt", "w")
            notes.write("buffered,")
            import atexit
            atexit.register(print, "bye")
            print([result for _, result in ordered_map(measure, range(3), workers=2)])
            notes.write("end")
            print(sys.stdin.readline(), end="")
            for item, result in ordered_map(measure, range(3), workers=2):
                print(item)
            print(sys.stdin.readline(), end="")
        """,
        method,
        text="first line\nsecond line\n",
    )
    assert (code, errors) == (0, "note,")
    assert output == "header,[(0, ''), (1, ''), (2, '')]\nfirst line\n0\n1\n2\nsecond line\nbye\n"
    assert (project.folder / "notes.txt").read_text() == "buffered,end"


def test_copies_in_other_processes_change_nothing(project):
    """A process that the program forks while the loop is open does not end the loop's workers."""
    code, output, errors = project.run_script(
        """
        import os, sys
        from parallel_support import ordered_map

        def work(x):
            return x + 1

        def main():
            seen = []
            pairs = ordered_map(work, range(100), chunksize=1, workers=2)
            for item, result in pairs:
                seen.append(result)
                if item == 5:
                    child = os.fork()
                    if child == 0:
                        pairs.close()
                        os._exit(0)
                    assert os.waitpid(child, 0)[1] == 0
            print(seen == list(range(1, 101)))

        main()
        """
    )
    assert (code, output, errors) == (0, "True\n", "")


@pytest.mark.parametrize("workers", [1, 2])
def test_iterator_that_is_left_early_stays_open(project, workers):
    """Leaving a loop does not close the generator that it reads; the program may still hold it."""
    code, output, errors = project.run_script(
        """
        import sys
        from parallel_support import ordered_map

        def numbers():
            try:
                yield from range(1000)
            finally:
                print("closed")

        source = numbers()
        for item, result in ordered_map(abs, source, workers=int(sys.argv[1])):
            if item == 3:
                break
        print("left", next(source) == 4 if sys.argv[1] == "1" else next(source) < 100)
        source.close()
        for item, result in ordered_map(abs, numbers(), workers=int(sys.argv[1])):
            if item == 3:
                break
        print("left")
        """,
        workers,
    )
    assert (code, output, errors) == (0, "left True\nclosed\nclosed\nleft\n", "")


def test_slow_reader_does_not_pile_up_results(project):
    """What is read ahead and what waits stay bounded when the loop's body is the slow part."""
    code, output, errors = project.run_script(
        r"""
        import re, time
        from parallel_support import ordered_map

        read = 0

        def numbers():
            global read
            for read in range(1, 400):
                yield read

        def big(x):
            return bytes(1_000_000)

        furthest = most = 0
        for count, (item, result) in enumerate(ordered_map(big, numbers(), chunksize=1, workers=2)):
            time.sleep(0.001)
            furthest = max(furthest, read - count)
        # Not ru_maxrss: it still counts what the process was before exec.
        peak = int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read()).group(1))
        print(count, furthest <= 9, peak < 120_000)
        """
    )
    assert (code, output, errors) == (0, "398 True True\n", "")
