"""Unspool's Python side: it finds and starts the executable, which does all the work."""

from ._find import find_unspool_bin

__all__ = ["find_unspool_bin"]
