"""Compiling the hot loops with numba, once for a machine, and only when a program is large enough to need it.

The modules stay plain Python: their functions are copied, and the copies call compiled copies. The result is
kept in numba's cache beside the sources, or, when that folder cannot be written, in the user's cache folder.
"""

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import cast

import numpy as np

from bot.matching import assignment, blossom, blossom_cycles, blossom_state, blossom_tree, kernels
from bot.matching.sparse import Code, Longs


MODULES = (assignment, blossom_state, blossom_tree, blossom_cycles, blossom, kernels)


@cache
def compiled_code() -> SimpleNamespace:
    """Give the compiled functions of the solvers and kernels by name; imports numba."""
    _choose_cache()
    from numba import njit  # noqa: PLC0415  # most of a second, and 60 MB, that small programs should not pay

    return SimpleNamespace(**copied(njit(cache=True, nogil=True)))


def copied(compile_one: Callable[[FunctionType], object]) -> dict[str, object]:
    """Compile copies of the functions of all modules, which call each other's copies."""
    space: dict[str, object] = {}
    for module in MODULES:
        space |= vars(module)
    found: dict[str, object] = {}
    for module in MODULES:
        for each in vars(module).values():
            if isinstance(each, FunctionType) and each.__module__ == module.__name__:
                copy = FunctionType(each.__code__, space, each.__name__)
                copy.__module__, copy.__qualname__ = each.__module__, each.__qualname__
                found[each.__name__] = compile_one(copy)
    space |= found
    return found


def compiled_solvers() -> Code:
    """Give the solvers compiled."""
    found = compiled_code()
    return Code(found.assign, found.open_cycles, found.solve, found.laminar, _laid)


def _laid(array: Longs) -> list[int]:
    """Give an array of its own; the solvers read and write it as they do a list."""
    return cast("list[int]", np.array(array, np.int64))


def _choose_cache() -> None:
    """Point numba at a folder it can write, unless the user chose one."""
    beside = Path(__file__).parent / "__pycache__"
    if "NUMBA_CACHE_DIR" in os.environ or os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = (
        home / "antipode"
        if os.access(home, os.W_OK)
        else Path(tempfile.gettempdir()) / f"antipode-{os.getuid()}"
    )
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
