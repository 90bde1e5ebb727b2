"""Many numpy arrays in one file that is mapped into memory, not read.

A file begins with one line of JSON: for each array its name, type, shape and first byte, counted
from the end of that line. Processes that map the same file share its pages; a file is never changed
once it is written.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
_ALIGNED = 64


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of plain types. Raises OSError."""
    head: dict[str, tuple[str, tuple[int, ...], int]] = {}
    end = 0
    for name, array in arrays.items():
        start = -(-end // _ALIGNED) * _ALIGNED
        head[name] = (array.dtype.str, array.shape, start)
        end = start + array.nbytes
    line = json.dumps(head).encode()
    line += b" " * (-(len(line) + 1) % _ALIGNED) + b"\n"
    with path.open("wb") as file:
        file.write(line)
        for name, array in arrays.items():
            file.seek(len(line) + head[name][2])
            file.write(np.ascontiguousarray(array).data)
        file.truncate(len(line) + end)


def map_arrays(content: NDArray[np.uint8]) -> Arrays:
    """The arrays of a file's bytes, read-only and without a copy. Raises ValueError."""
    head = bytes(content[: 1 << 16]).partition(b"\n")[0]
    try:
        described = json.loads(head).items()
    except ValueError as error:
        raise ValueError("no file of arrays") from error
    body = content[len(head) + 1 :]
    return {
        name: np.frombuffer(body, np.dtype(kind), int(np.prod(shape)), start).reshape(shape)
        for name, (kind, shape, start) in described
    }


def map_file(path: Path) -> NDArray[np.uint8]:
    """The bytes of a file, mapped. Raises OSError, and ValueError for an empty file."""
    return np.memmap(path, np.uint8, mode="r")
