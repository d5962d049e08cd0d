"""Puts the start method and the number of workers that a run asks for in place of the usual ones."""

import importlib.abc
import importlib.machinery
import multiprocessing
import os
import sys

WORKERS = int(os.environ["HAZARD_WORKERS"])


class SupportFinder(importlib.abc.MetaPathFinder):
    """Finds the support module of a rewritten program, and loads it with another worker count."""

    def find_spec(self, name, path=None, target=None):
        if name != "parallel_support":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                if not callable(module.worker_count):
                    raise TypeError("the support module has no worker_count to replace")
                module.worker_count = lambda: WORKERS

            spec.loader.exec_module = exec_module
        return spec


multiprocessing.set_start_method(os.environ["HAZARD_START_METHOD"])
sys.meta_path.insert(0, SupportFinder())
