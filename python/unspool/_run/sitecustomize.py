"""Start-up hook that `unspool verify` puts into every Python process of a run.

It acts alike on the original and on the rewritten program. The folder named by UNSPOOL_RUN holds
`options` (name=value lines: start_method, workers, worker_hash_seed, watch) and receives

- `claim`: the process id of the program's own interpreter. Every later process finds the file and
  knows that it is a worker or another helper, which records nothing.
- `asked`: the program looked at the number of CPUs or used multiprocessing, so that what it does
  may depend on the options.
- `record.json`: the uncaught exception with its chain and frames, and the peak memory.

Standard library only, Python 3.8 and newer. As little as possible is imported here, and nothing
that the program could shadow with a file of its own is imported later.
"""

import sys


def _read_options(folder):
    options = {}
    with open(folder + "/options", encoding="utf-8") as lines:
        for line in lines:
            name, _, value = line.rstrip("\n").partition("=")
            options[name] = value
    return options


def _claim(os, folder):
    """True in the program's own interpreter, also after it has replaced itself with exec."""
    path = folder + "/claim"
    own = str(os.getpid())
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        with open(path, encoding="ascii") as claim:
            return claim.read() == own
    try:
        os.write(handle, own.encode("ascii"))
    finally:
        os.close(handle)
    return True


def _make_marker(os, folder):
    marked = []

    def mark():
        if not marked:
            marked.append(True)
            try:
                os.close(os.open(folder + "/asked", os.O_CREAT | os.O_WRONLY, 0o600))
            except OSError:
                pass

    return mark


def _set_cpu_count(os, workers, mark):
    """Tell of `workers` CPUs; with none given, only note that the program asked."""

    def forced(original):
        def count():
            mark()
            return original() if workers is None else workers

        count.__name__ = count.__qualname__ = original.__name__
        return count

    for name in ("cpu_count", "process_cpu_count"):
        original = getattr(os, name, None)
        if original is not None:
            setattr(os, name, forced(original))

    affinity_of = getattr(os, "sched_getaffinity", None)
    if affinity_of is None:
        return

    def sched_getaffinity(pid):
        mark()
        if workers is None or pid not in (0, os.getpid()):
            return affinity_of(pid)
        return set(range(workers))

    os.sched_getaffinity = sched_getaffinity


def _replace_worker_count(workers):
    """Replace `worker_count` of a generated support module once it has been imported.

    The pretended CPU count above reaches it too; this also gets past a limit that it reads from
    the control group.
    """
    from _frozen_importlib_external import SourceFileLoader

    load = SourceFileLoader.exec_module

    def exec_module(self, module):
        load(self, module)
        names = module.__dict__
        if "ordered_map" in names and callable(names.get("worker_count")):
            names["worker_count"] = lambda *args, **kwargs: workers

    SourceFileLoader.exec_module = exec_module


class _ContextFinder:
    """Waits for multiprocessing.context, so that nothing is imported that the program does not."""

    def __init__(self, patch):
        self.patch = patch

    def find_spec(self, name, path=None, target=None):
        if name != "multiprocessing.context":
            return None
        sys.meta_path.remove(self)
        spec = None
        for finder in list(sys.meta_path):
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                break
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            self.patch(module)

        spec.loader.exec_module = exec_module
        return spec


def _set_start_method(method, mark):
    """Make `method` the chosen start method until the program chooses one itself."""

    def patch(module):
        mark()
        default = getattr(module, "_default_context", None)
        kind = getattr(module, "DefaultContext", None)
        if not method or default is None or kind is None:
            return
        default._actual_context = default.get_context(method)
        choose = kind.set_start_method
        ours = [True]

        def set_start_method(self, method, force=False):
            # The program's first choice counts as its first: ours was never made.
            if ours:
                ours.clear()
                force = True
            return choose(self, method, force)

        kind.set_start_method = set_start_method

    sys.meta_path.insert(0, _ContextFinder(patch))


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _json(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(_json(k) + ":" + _json(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    text = []
    for char in str.__str__(value):
        code = ord(char)
        if char in _ESCAPES:
            text.append(_ESCAPES[char])
        elif 0xD800 <= code < 0xE000:
            # A lone surrogate is not JSON: shown by its escape.
            text.append("\\\\u%04x" % code)
        elif code < 32:
            text.append("\\u%04x" % code)
        else:
            text.append(char)
    return '"' + "".join(text) + '"'


_MAX_TEXT = 20000
_MAX_CHAIN = 60
_MAX_FRAMES = 400


def _text(make, value):
    try:
        text = make(value)
    except BaseException as error:
        return "<" + make.__name__ + " failed with " + type(error).__name__ + ">"
    if len(text) > _MAX_TEXT:
        text = text[:_MAX_TEXT] + "... (%d characters)" % len(text)
    return text


def _frames(traceback):
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        line = traceback.tb_lineno
        frames.append([code.co_filename, 0 if line is None else line, code.co_name])
        traceback = traceback.tb_next
    if len(frames) > _MAX_FRAMES:
        half = _MAX_FRAMES // 2
        left_out = len(frames) - 2 * half
        frames = frames[:half] + [["", 0, "<%d more frames>" % left_out]] + frames[-half:]
    return frames


def _describe(error, seen):
    if error is None:
        return None
    if id(error) in seen or len(seen) >= _MAX_CHAIN:
        return {"type": "", "message": "<seen before>", "args": [], "frames": []}
    seen.add(id(error))
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__", "__mp_main__"):
        name = str(kind.__module__) + "." + name
    args = error.args if type(error.args) is tuple else (error.args,)
    notes = getattr(error, "__notes__", None)
    record = {
        "type": name,
        "message": _text(str, error),
        "args": [_text(repr, arg) for arg in args[:100]],
        "notes": [_text(str, note) for note in notes] if isinstance(notes, (list, tuple)) else [],
        "suppress_context": bool(error.__suppress_context__),
        "frames": _frames(error.__traceback__),
        "cause": _describe(error.__cause__, seen),
        "context": _describe(error.__context__, seen),
    }
    members = getattr(error, "exceptions", None)
    if isinstance(members, tuple) and all(isinstance(m, BaseException) for m in members):
        record["members"] = [_describe(member, seen) for member in members]
    return record


def _peak_kib(resource):
    """Largest resident size of one process: this one or a child that it has waited for."""
    peak = 0
    try:
        with open("/proc/self/status", "rb") as lines:
            for line in lines:
                if line.startswith(b"VmHWM:"):
                    peak = int(line.split()[1])
    except (OSError, ValueError):
        pass
    if resource is not None:
        peak = max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return peak


def _record_at_exit(os, folder):
    """The interpreter stores an uncaught exception in `sys` before it calls sys.excepthook.

    Reading it from there at exit leaves the hook alone: programs test whether it is the
    default, and replace it.
    """
    import atexit

    owner = os.getpid()
    resource = None
    if "resource" not in sys.modules:
        try:
            import resource
        except ImportError:
            pass
        sys.modules.pop("resource", None)

    def record():
        if os.getpid() != owner:
            return
        error = getattr(sys, "last_exc", None)
        if error is None:
            error = getattr(sys, "last_value", None)
        if not isinstance(error, BaseException):
            error = None
        content = {
            "exception": _describe(error, set()),
            "peak_kib": _peak_kib(resource),
        }
        data = _json(content).encode("utf-8")
        try:
            with open(folder + "/record.new", "wb") as file:
                file.write(data)
            os.rename(folder + "/record.new", folder + "/record.json")
        except OSError:
            pass

    # Registered first, so run last.
    atexit.register(record)


def _install():
    import os

    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if entry != here]
    folder = os.environ.get("UNSPOOL_RUN")
    if not folder:
        return
    options = _read_options(folder)
    if _claim(os, folder):
        seed = options.get("worker_hash_seed")
        if seed:
            os.environ["PYTHONHASHSEED"] = seed
        _record_at_exit(os, folder)
    workers = int(options["workers"]) if options.get("workers") else None
    if workers is not None or options.get("watch"):
        mark = _make_marker(os, folder)
        _set_cpu_count(os, workers, mark)
        _set_start_method(options.get("start_method"), mark)
    if workers is not None:
        _replace_worker_count(workers)


def _chain():
    """Run the sitecustomize that this one stands in front of."""
    own = sys.modules.pop(__name__, None)
    try:
        import sitecustomize  # noqa: F401
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
    finally:
        if own is not None:
            sys.modules.setdefault(__name__, own)


try:
    _install()
except OSError:
    # The run is over and its folder gone: a process that outlived it.
    pass
_chain()
