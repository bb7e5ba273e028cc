"""Compiling the hot loops with numba, once for a machine, and only when a program is large enough to need it.

The modules stay plain Python: their functions are copied, and the copies call compiled copies. The result is
kept in numba's cache beside the sources, or, when that folder cannot be written, in the user's cache folder.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import cast

import numpy as np

from bot.matching import (
    assignment,
    blossom,
    blossom_cycles,
    blossom_state,
    blossom_tree,
    kernels,
    planes,
    sweep,
)
from bot.matching.columns import Ints
from bot.matching.kernels import Packed, Shorts
from bot.matching.sparse import Code, Longs


MODULES = (assignment, blossom_state, blossom_tree, blossom_cycles, blossom, kernels, planes, sweep)


@dataclass(frozen=True, slots=True)
class Tools:
    """The look at all pairs and the solvers, compiled or plain."""

    lay: Callable[[Packed, int, int, Shorts, Shorts, Shorts], None]
    visit: Callable[[Packed, int, int, Shorts, Shorts, Shorts, int, int, sweep.Held, Ints, Ints, Longs], None]
    code: Code


@cache
def compiled_code() -> (
    SimpleNamespace
):  # pragma: no cover  # 20 s to compile; benchmarks and the sizes' table run it
    """Give the compiled functions of the solvers and kernels by name; imports numba."""
    folder = cache_folder(Path(__file__).parent, Path.home())
    if folder is not None:
        os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))
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
                assert each.__name__ not in found, f"Two functions are called {each.__name__}."
                copy = FunctionType(each.__code__, space, each.__name__)
                copy.__module__, copy.__qualname__ = each.__module__, each.__qualname__
                found[each.__name__] = compile_one(copy)
    space |= found
    return found


def compiled_tools() -> Tools:  # pragma: no cover  # the same
    """Give the scan and the solvers compiled."""
    found = compiled_code()
    return Tools(
        found.lay, found.visit, Code(found.assign, found.open_cycles, found.solve, found.laminar, as_lists)
    )


def is_compiled(folder: Path | None = None) -> bool:
    """Tell whether this machine (or a folder) keeps what was compiled before."""
    told = os.environ.get("NUMBA_CACHE_DIR")
    folder = folder or (Path(told) if told else cache_folder(Path(__file__).parent, Path.home()))
    return any((folder or Path(__file__).parent / "__pycache__").rglob("*.nbi"))


def as_lists(array: Longs) -> list[int]:
    """Give an array of its own; the solvers read and write it as they do a list."""
    return cast("list[int]", np.array(array, np.int64))


def cache_folder(beside: Path, home: Path) -> Path | None:
    """Give the folder in which to keep compiled code: None when numba can use the one beside the sources."""
    if os.access(beside, os.W_OK):
        return None
    if os.access(home, os.W_OK):
        return home / ".cache" / "antipode"
    return Path(tempfile.gettempdir()) / "antipode-compiled"
