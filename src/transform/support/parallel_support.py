"""Runs the steps of a loop in several processes and gives the results in the loop's order.

    for path, size in ordered_map(measure, paths):
        sizes[path] = size

does the same as

    for path in paths:
        sizes[path] = measure(path)

but calls `measure` in worker processes. It rests on two conditions. `measure` is pure: its result
depends on its argument alone, and nobody can tell where, when or how often it ran. And reading the
input ahead is harmless: items stay as they were read, and nobody goes on reading the same iterator
after leaving the loop.

What the loop does, this does:
- Items are read once, in order, and only a few chunks ahead. The item that comes with a result is
  the very object that was read.
- An exception comes at its turn, after all results before it. The item that failed in a worker is
  run again in this process, so the exception is the original one. So is a warning.
- What workers cannot do is done in this process, item by item: everything, where there are few
  items, one processor or no safe way to start workers; the rest, from an item or result on that
  cannot be pickled, or when the workers have died. That is slower, never different.
- When the loop is left early, by `break`, `return`, an exception or Ctrl-C, the workers are ended
  at once. They end by themselves when this process is killed.

Unspool generated this module; it is yours to keep and to change. It needs nothing but the standard
library of Python 3.8 or newer.
"""

import collections
import contextlib
import gc
import itertools
import math
import multiprocessing
import multiprocessing.connection
import multiprocessing.resource_tracker
import os
import pickle
import queue
import signal
import sys
import threading
import warnings
import weakref

_CHUNKS_PER_WORKER = 4  # on their way: one in work, one at hand, the others done or to be given
_LARGEST_CHUNK = 1000  # bounds memory, however long the input
_LARGEST_CHUNK_UNSIZED = 64  # bounds reading ahead where the end is not known
_MOST_WORKERS = 61  # Windows cannot wait for more

_SIZED = list, tuple, range, str, bytes, set, frozenset, dict, type({}.keys()), type({}.items())

_channels = weakref.WeakSet()  # this process's ends of the channels to its workers


def ordered_map(task, items, *, min_items=0, chunksize=None, workers=None):
    """Yield each item with `task(item)`, in order: `for item, result in ordered_map(...)`.

    `task` is a function of a module, or a `functools.partial` of one; each worker gets it once.
    With fewer than `min_items` items no worker is started. `chunksize` items travel together;
    without it the length of the input decides.
    """
    source = _Source(items)
    if workers is None:
        workers = worker_count()
    if workers > 1 and not _is_child():  # a child leaves it to its parent to spread work
        workers = min(workers, _MOST_WORKERS)
        size = chunksize or source.fair_chunk(workers)
        ahead = source.read_ahead(max(min_items, workers * size))
        workers = min(workers, math.ceil(ahead / size))
        if workers > 1 and ahead >= min_items:
            crew = _Crew()
            try:
                if crew.hire(task, workers):
                    yield from crew.run(source, chunksize)
            finally:
                crew.dismiss()
    for item in source.rest():
        try:
            pair = item, task(item)
        except StopIteration as stop:
            pair = _Stopped(stop)
        yield pair


def worker_count():
    """The number of workers where the caller names none; 1 means that none are started.

    It is looked up for every loop, so that another function can be put in its place.
    """
    monitors = map(sys.monitoring.get_tool, range(6)) if hasattr(sys, "monitoring") else ()
    if sys.gettrace() or sys.getprofile() or any(monitors):
        return 1  # a debugger or profiler would not see the workers
    if "pytest" in sys.modules and "PYTEST_CURRENT_TEST" in os.environ:
        return 1  # nor would a test's patches and fixtures reach them
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        processors = os.process_cpu_count()
    elif hasattr(os, "sched_getaffinity"):
        processors = len(os.sched_getaffinity(0))
    else:
        processors = os.cpu_count()
    return max(1, min(processors or 1, round(min(_cpu_quota(), _MOST_WORKERS))))


def _cpu_quota(root="/"):
    """How many processors' time Linux control groups (containers) grant; infinity if no limit."""
    quota = math.inf
    for line in _text(root, "proc/self/cgroup").splitlines():
        _, controllers, group = line.split(":", 2)
        if not controllers:  # version 2
            top, names = "sys/fs/cgroup", ["cpu.max"]
        elif "cpu" in controllers.split(","):  # version 1
            top, names = "sys/fs/cgroup/cpu", ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
        else:
            continue
        parts = group.strip("/").split("/")
        for depth in range(len(parts) + 1):  # the outermost group and all within, down to our own
            limits = " ".join(_text(root, top, *parts[:depth], name) for name in names).split()
            if len(limits) == 2 and limits[0].isdigit():  # no limit is written "max" or "-1"
                quota = min(quota, int(limits[0]) / int(limits[1]))
    return quota


def _text(*path):
    with contextlib.suppress(OSError), open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()
    return ""


class _Stopped:
    """In place of a pair whose task raised StopIteration, which must not leave a generator.

    It raises the exception where the loop unpacks the pair, so in the loop's own body.
    """

    def __init__(self, stop):
        self.stop = stop

    def __iter__(self):
        try:
            raise self.stop
        finally:
            del self.stop  # no cycle through its traceback


class _Source:
    """The loop's iterable: read ahead on demand; what it raises is kept until its turn."""

    def __init__(self, items):
        self.iterator = iter(items)
        self.length = len(items) if type(items) in _SIZED else None
        self.ahead = collections.deque()
        self.count = 0
        self.error = None

    def fair_chunk(self, workers):
        """The size of the next chunk, such that all workers will end at about the same time."""
        if self.length is None:
            return min(_LARGEST_CHUNK_UNSIZED, self.count // (workers * 16) + 1)
        left = self.length - self.count
        return max(1, min(_LARGEST_CHUNK, math.ceil(left / (workers * _CHUNKS_PER_WORKER))))

    def read_ahead(self, count):
        """Have the next `count` items at hand, or all that are left; return how many there are."""
        try:
            self.ahead.extend(itertools.islice(self.iterator, max(0, count - len(self.ahead))))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.error = error
        if len(self.ahead) < count:
            self.iterator = iter(())  # at its end: a loop would not ask it again
        return len(self.ahead)

    def take(self, count):
        taken = [self.ahead.popleft() for _ in range(min(count, self.read_ahead(count)))]
        self.count += len(taken)
        return taken

    def put_back(self, items):
        self.ahead.extendleft(reversed(items))

    def rest(self):
        """All items that were not taken, and then the end or the exception that the iterable had."""
        return itertools.chain(self.leftovers(), self.iterator)

    def leftovers(self):
        while self.ahead:
            yield self.ahead.popleft()
        if self.error is not None:
            try:
                raise self.error
            finally:
                self.error = None  # no cycle through its traceback


class _Chunk:
    """Items that travel together. `results` come back for all of them, or up to a troubled one."""

    def __init__(self, items):
        self.items = items
        self.results = None
        self.lost = False  # whether a worker died with it


class _Worker:
    """A worker process, as seen from here."""

    def __init__(self, context, task):
        self.chunks = collections.deque()  # in its hands: the first in work, the second next
        self.channel, its_end = context.Pipe()
        _channels.add(self.channel)
        self.process = context.Process(target=_work, args=(its_end, task), daemon=True)
        try:
            self.process.start()
        finally:
            its_end.close()


class _Crew:
    """The workers of one loop and the chunks on their way."""

    def __init__(self):
        self.owner = os.getpid()
        self.workers = []
        self.chunks = collections.deque()  # in the loop's order
        self.waiting = collections.deque()  # those of them that no worker has

    def hire(self, task, count):
        """Start workers, if that can be done safely; tell whether it was done."""
        method = multiprocessing.get_start_method(allow_none=True)  # somebody's choice, or None
        if method in (None, "fork"):
            method = "fork" if _is_single_threaded() else "spawn"
        try:
            if method == "fork":
                letters = []  # workers begin as copies of this process
            else:
                letters = [_pickled(_settings()), _pickled(task)]
                if not _can_start_afresh(letters[1]):
                    return False
                task = None
                if os.name == "posix":
                    multiprocessing.resource_tracker.ensure_running()  # first: it lets interrupts in
            context = multiprocessing.get_context(method)
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()  # or a forked worker has what is buffered, too
            for _ in range(count):
                with _interrupts_held():  # until the worker can ignore them
                    self.workers.append(_Worker(context, task))
            for worker, letter in itertools.product(self.workers, letters):
                worker.channel.send_bytes(letter)
        except Exception:  # the task cannot be pickled, or the system denies processes
            return False
        return True

    def run(self, source, chunksize):
        """Yield pairs up to the end or the first trouble; then the source has the items left over."""
        while True:
            while len(self.chunks) < len(self.workers) * _CHUNKS_PER_WORKER:
                items = source.take(chunksize or source.fair_chunk(len(self.workers)))
                if not items:
                    break
                self.chunks.append(_Chunk(items))
                self.waiting.append(self.chunks[-1])
                self.collect(wait=False)
                self.hand_out()
            if not self.chunks:
                return
            first = self.chunks[0]
            while first.results is None and self.workers:
                self.collect()
                self.hand_out()
            self.chunks.popleft()
            results = first.results or []
            yield from zip(first.items, results)
            if len(results) < len(first.items):
                source.put_back([item for chunk in self.chunks for item in chunk.items])
                source.put_back(first.items[len(results) :])
                return

    def hand_out(self):
        """Give a chunk to who has none, and a second one while enough wait to balance the end."""
        for at_most, reserve in ((0, 0), (1, len(self.workers))):
            for worker in list(self.workers):
                if len(worker.chunks) <= at_most and len(self.waiting) > reserve:
                    self.give(worker, self.waiting.popleft())

    def give(self, worker, chunk):
        try:
            letter = _pickled(chunk.items)
        except Exception:
            chunk.results = []
            return
        worker.chunks.append(chunk)
        try:
            worker.channel.send_bytes(letter)
        except OSError:
            self.bury(worker)

    def collect(self, wait=True):
        """Take in what workers have sent; wait for at least one of them."""
        channels = [worker.channel for worker in self.workers]
        ready = multiprocessing.connection.wait(channels, None if wait else 0)
        for worker in [worker for worker in self.workers if worker.channel in ready]:
            try:
                letter = worker.channel.recv_bytes()
            except (EOFError, OSError):
                self.bury(worker)
                continue
            chunk = worker.chunks.popleft()
            try:
                chunk.results = pickle.loads(letter)
            except Exception:
                chunk.results = []

    def bury(self, worker):
        """Let others do what a dead worker had in hand, once; then it is for this process."""
        self.workers.remove(worker)
        for chunk in reversed(worker.chunks):
            if chunk.lost:
                chunk.results = []
            else:
                chunk.lost = True
                self.waiting.appendleft(chunk)
        worker.channel.close()
        worker.process.join(1)
        worker.process.kill()
        worker.process.join()
        import logging  # seldom needed

        logging.getLogger(__name__).warning(
            "a worker process died (exit code %s); its items are run again", worker.process.exitcode
        )

    def dismiss(self):
        """End the workers at once: they have nothing that anybody still needs."""
        if os.getpid() != self.owner:
            return  # a copy, in a forked child
        with _interrupts_held():
            for worker in self.workers:
                worker.process.kill()
                worker.channel.close()
            for worker in self.workers:
                worker.process.join()
        self.workers.clear()


def _pickled(thing):
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


@contextlib.contextmanager
def _interrupts_held():
    """Ctrl-C waits until the end of the block."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _is_child():
    """Whether this process was started by multiprocessing, or is just importing the main module."""
    importing = getattr(multiprocessing.current_process(), "_inheriting", False)
    return importing or multiprocessing.parent_process() is not None


def _is_single_threaded():
    """Whether certainly no other thread lives that could hold a lock while it is forked."""
    try:
        return threading.active_count() == 1 and len(os.listdir("/proc/self/task")) == 1
    except OSError:  # not Linux, where forking is not safe at all
        return False


def _can_start_afresh(pickled_task):
    """Whether new interpreters find the task, and do not run the whole program when they look."""
    if getattr(sys, "frozen", False):
        return False
    main = sys.modules["__main__"]
    spec, path = getattr(main, "__spec__", None), getattr(main, "__file__", None)
    if spec.name.endswith("__main__") if spec else path is None:
        return __name__ != "__main__" and b"__main__" not in pickled_task  # they do not import it
    frame = sys._current_frames().get(threading.main_thread().ident)
    while frame and not (frame.f_globals is vars(main) and frame.f_code.co_name == "<module>"):
        frame = frame.f_back
    if frame is None or frame.f_code.co_filename != path:
        return False
    return _is_guarded(path, frame.f_lineno)


def _is_guarded(path, line):
    """Whether a line of the main script is under `if __name__ == "__main__":`."""
    import ast  # seldom needed

    with open(path, "rb") as file:
        statements = ast.parse(file.read()).body
    guard = ast.dump(ast.parse('__name__ == "__main__"', mode="eval").body)
    return any(
        isinstance(statement, ast.If)
        and ast.dump(statement.test) == guard
        and statement.body[0].lineno <= line <= statement.body[-1].end_lineno
        for statement in statements
    )


def _settings():
    """What a fresh interpreter would not know, and a task may depend on."""
    decimal, frame, depth = sys.modules.get("decimal"), sys._getframe(), 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    return {
        "stack": sys.getrecursionlimit() - depth,
        "digits": getattr(sys, "get_int_max_str_digits", int)(),  # Python 3.11
        "environment": dict(os.environ),
        "warnings": list(warnings.filters),
        "decimal": decimal and decimal.getcontext(),
    }


def _adopt(settings):
    sys.setrecursionlimit(settings["stack"])
    getattr(sys, "set_int_max_str_digits", int)(settings["digits"])
    os.environ.clear()
    os.environ.update(settings["environment"])
    warnings.resetwarnings()
    warnings.filters.extend(settings["warnings"])
    if settings["decimal"]:
        sys.modules["decimal"].setcontext(settings["decimal"])


def _work(channel, task):
    """The life of a worker: answer one chunk after the other until the channel closes."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        for inherited in list(_channels):  # or a channel would outlive the parent
            inherited.close()
        gc.freeze()  # what is the parent's is not to be collected here
        inbox = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(channel, inbox), daemon=True).start()
        if task is None:
            _adopt(pickle.loads(inbox.get()))
            task = pickle.loads(inbox.get())
        warned = []
        warnings.showwarning = lambda *details: warned.append(details)
        while True:
            channel.send_bytes(_answer(task, inbox.get(), warned))
    finally:
        os._exit(1)  # nothing of the parent's is to be flushed or cleaned up here


def _listen(channel, inbox):
    """Take in chunks as they come, so that the parent never waits; leave when the parent has."""
    parent = os.getppid()
    try:
        while os.getppid() == parent:
            if channel.poll(1):
                inbox.put(channel.recv_bytes())
    finally:
        os._exit(0)


def _answer(task, letter, warned):
    """The pickled results of a chunk; of one with an exception or a warning, those before it."""
    results = []
    try:
        for item in pickle.loads(letter):
            result = task(item)
            if warned:
                break
            results.append(result)
    except BaseException:  # it comes again in the parent, at its turn
        pass
    try:
        return _pickled(results)
    except Exception:
        return _pickled([])
