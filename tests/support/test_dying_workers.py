"""A worker that dies takes nothing with it; a task that kills its process kills the program, as in the loop."""

import pytest
from support_project import METHODS

HEAD = """
    import logging, multiprocessing, os, signal, sys, time
    from parallel_support import ordered_map

    def die(x):
        if x == 11:
            os._exit(7)
        return x

    def die_once(x):
        if x == 11:
            try:
                open("died", "x").close()
            except FileExistsError:
                return x
            os.kill(os.getpid(), signal.SIGKILL)
        return x

    def die_each_time_but_here(x):
        if x >= 11 and multiprocessing.parent_process():
            os._exit(3)
        return x

    def crash(x):
        if x == 11:
            import ctypes
            ctypes.string_at(0)
        return x

    def close_everything(x):
        if x == 11 and multiprocessing.parent_process():
            os.closerange(3, 100)
            time.sleep(0.2)
        return x

    def deep(x):
        return 0 if x == 0 else 1 + deep(x - 1)
"""


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("workers", [2, 3, 8])
def test_one_dies(project, method, workers):
    body = (
        HEAD
        + """
    if __name__ == "__main__":
        multiprocessing.set_start_method(sys.argv[1])
        pairs = ordered_map(die_once, range(60), chunksize=1, workers=int(sys.argv[2]))
        print([item for item, result in pairs if item == result] == list(range(60)))
    """
    )
    code, output, errors = project.run_script(body, method, workers)
    assert (code, output) == (0, "True\n")
    assert errors == "a worker process died (exit code -9); its items are run again\n"


@pytest.mark.parametrize("task", ["die_each_time_but_here", "close_everything"])
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_all_die(project, method, task):
    body = (
        HEAD
        + f"""
    if __name__ == "__main__":
        multiprocessing.set_start_method(sys.argv[1])
        pairs = ordered_map({task}, range(60), chunksize=2, workers=3)
        print([item for item, result in pairs if item == result] == list(range(60)), multiprocessing.active_children())
    """
    )
    code, output, errors = project.run_script(body, method)
    assert (code, output) == (0, "True []\n")
    assert 1 <= errors.count("a worker process died") == len(errors.splitlines()) <= 3


@pytest.mark.parametrize(("task", "ending"), [("die", 7), ("crash", -11)])
@pytest.mark.parametrize("method", METHODS)
def test_the_program_dies_as_the_loop_would(project, method, task, ending):
    body = (
        HEAD
        + f"""
    if __name__ == "__main__":
        multiprocessing.set_start_method(sys.argv[1])
        for item, result in ordered_map({task}, range(60), chunksize=1, workers=2):
            print(result, flush=True)
    """
    )
    code, output, _errors = project.run_script(body, method)
    assert code == ending
    assert output == "".join(f"{x}\n" for x in range(11))


def test_killed_from_outside(project):
    body = (
        HEAD
        + """
    def slow(x):
        time.sleep(0.01)
        return x

    if __name__ == "__main__":
        seen = []
        for item, result in ordered_map(slow, range(60), chunksize=1, workers=3):
            seen.append(result)
            if item in (10, 20, 30):
                multiprocessing.active_children()[0].kill()
        print(seen == list(range(60)))
    """
    )
    code, output, errors = project.run_script(body)
    assert (code, output) == (0, "True\n")
    assert errors == "a worker process died (exit code -9); its items are run again\n" * 3


def test_task_that_workers_cannot_load(project):
    body = (
        HEAD
        + """
    if __name__ == "__main__":
        def only_here(x):
            return -x

    if __name__ == "__main__":
        multiprocessing.set_start_method("spawn")
        print([result for _, result in ordered_map(only_here, range(5), workers=2)])
    """
    )
    code, output, errors = project.run_script(body)
    assert (code, output) == (0, "[0, -1, -2, -3, -4]\n")
    assert errors == "a worker process died (exit code 1); its items are run again\n" * 2


def test_stack_too_small_in_workers(project):
    """A thread with a large stack reaches depths at which a worker's stack overflows."""
    body = (
        HEAD
        + """
    import threading

    def main():
        print([result for _, result in ordered_map(deep, [5, 150_000, 7], workers=2)])

    if __name__ == "__main__":
        import resource
        sys.setrecursionlimit(10**6)
        threading.stack_size(512 * 1024 * 1024)
        thread = threading.Thread(target=main)
        thread.start()
        thread.join()
    """
    )
    code, output, _errors = project.run_script(body)
    assert (code, output) == (0, "[5, 150000, 7]\n")


@pytest.mark.parametrize("method", METHODS)
def test_memory_of_workers_runs_out(project, method):
    """An item that only this process has the memory for."""
    body = (
        HEAD
        + """
    def hungry(x):
        if x == 9 and multiprocessing.parent_process():
            import resource
            resource.setrlimit(resource.RLIMIT_AS, (1, 1))
        return len(bytes(x * 10_000_000))

    if __name__ == "__main__":
        multiprocessing.set_start_method(sys.argv[1])
        pairs = ordered_map(hungry, range(12), chunksize=1, workers=2)
        print([result // 10_000_000 for _, result in pairs] == list(range(12)))
    """
    )
    code, output, _errors = project.run_script(body, method)
    assert (code, output) == (0, "True\n")
